"""The exchange through its real widgets, over real stores."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.casework.meeting import meet, send
from tests.casework.test_recording import ROSH, case_of, record
from tests.conftest import Stores
from tests.ui.conftest import Frame
from tests.ui.exchange.test_presenter import OFFER, alone, apart
from workbench.casework import drafting, receiving, sending, trusting
from workbench.casework.desk import Desk
from workbench.ui.exchange import files, presenter, settling
from workbench.ui.exchange.colleagues import ColleaguesPart
from workbench.ui.exchange.comparing import DIFFER, Comparing
from workbench.ui.exchange.picking import AddresseePicker, CasePicker
from workbench.ui.exchange.receive import Drop
from workbench.ui.exchange.view import PARTS, ExchangeScreen
from workbench.ui.shell.place import Place
from workbench.ui.widgets.inputs import Choose, LineField, Tick
from workbench.ui.widgets.rows import Rows

W = TypeVar("W", bound=QWidget)
Shows = Callable[..., ExchangeScreen]


@pytest.fixture
def show(qtbot: QtBot) -> Shows:
    """Shows a part of the exchange on a frame."""

    def shown(
        frame: Frame, tab: str = "colleagues", size: tuple[int, int] = (1150, 720), **more: str
    ) -> ExchangeScreen:
        screen = ExchangeScreen(frame)
        qtbot.addWidget(screen)
        screen.resize(*size)
        screen.show()
        screen.arrive(Place("exchange", tab=tab, **more))
        QApplication.processEvents()
        return screen

    return shown


@pytest.fixture
def colleague(stores: Stores, desk: Desk) -> Desk:
    """Somebody whom the frame's person met."""
    other = stores.desk("bo", person="Bo Example")
    meet(desk, other)
    return other


def press(screen: QWidget, words: str) -> None:
    """Presses the button in sight of this name."""
    shown = [each for each in screen.findChildren(QPushButton) if each.isVisible()]
    found = [each for each in shown if each.accessibleName() == words]
    assert found, (words, sorted(each.accessibleName() for each in shown))
    found[0].click()
    QApplication.processEvents()


def words(screen: QWidget) -> str:
    """Everything in sight that a screen reader would be given."""
    QApplication.processEvents()
    return "\n".join(each.accessibleName() for each in screen.findChildren(QWidget) if each.isVisible())


def part(screen: QWidget, kind: type[W]) -> W:
    """The one widget of a kind in sight."""
    (found,) = [each for each in screen.findChildren(kind) if each.isVisible()]
    return found


@pytest.mark.parametrize("tab", PARTS)
def test_every_part_opens_empty_and_names_all_that_can_be_reached(
    frame: Frame, show: Shows, tab: str
) -> None:
    """In a store that never met another."""
    screen = show(frame, tab)
    assert screen.here().tab == tab
    assert screen.first() is not None
    nameless = [
        type(each).__name__
        for each in screen.findChildren(QWidget)
        if each.isVisible()
        and isinstance(each, QAbstractButton | QLineEdit | QComboBox | Rows)
        and not each.accessibleName()
        and not isinstance(each.parent(), QLineEdit | QComboBox)
    ]
    assert nameless == []
    assert frame.said == []


def test_a_role_nobody_vouched_for_is_said_on_top(stores: Stores, frame: Frame, show: Shows) -> None:
    """In a low window on the first part alone, where it does not take the room from a list."""
    frame.desk = alone(stores, "una", "Una One")
    screen = show(frame, "send")
    told = presenter.NOT_VOUCHED.format("practitioner", "a practitioner")
    assert told in words(screen)
    screen.resize(1150, 400)
    assert told not in words(screen)


def test_ones_own_card_is_saved_under_a_name_that_tells_nothing(
    frame: Frame, show: Shows, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As the card that others take in."""
    suggested: list[str] = []

    def where(over: QWidget, names: tuple[str, ...]) -> tuple[Path, ...]:
        suggested.extend(names)
        return (tmp_path / names[0],)

    monkeypatch.setattr(files, "where_to", where)
    screen = show(frame)
    press(screen, "Save your card as a file")
    assert "ann" not in suggested[0].casefold()
    assert (tmp_path / suggested[0]).read_bytes() == trusting.own_card(frame.desk)
    assert f"Your card is saved as {suggested[0]}." in words(screen)


def test_a_card_is_taken_in_its_words_compared_and_trusted(
    stores: Stores, frame: Frame, show: Shows, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not before it is said that they are the same; where they differ, it says what to do."""
    other = alone(stores, "bo", "Bo Example")
    path = tmp_path / "card.json"
    path.write_bytes(trusting.own_card(other))
    monkeypatch.setattr(files, "to_take_in", lambda over, title: (path,))
    screen = show(frame)
    press(screen, "Take in a card")
    panel = part(screen, Comparing)
    receiving.receive(other, trusting.own_card(frame.desk))
    there = trusting.words(other, frame.desk.device.card.sha256())
    assert f"The eight words: {', '.join(there)}" in words(screen)
    press(screen, "Trust this card")
    assert not frame.desk.standing.is_verified(other.device.card.sha256())
    assert "Tick that you heard the same words" in words(screen)
    press(screen, "The words differ")
    assert DIFFER in words(screen)
    part(panel, Tick).setChecked(True)
    press(screen, "Trust this card")
    assert frame.desk.standing.is_verified(other.device.card.sha256())
    assert "The card of Bo Example (practitioner) is trusted here." in words(screen)


def test_an_spo_vouches_with_an_end_and_ends_a_card(stores: Stores, frame: Frame, show: Shows) -> None:
    """A day that is none is refused beside its field; an ending says why."""
    spo, other = stores.desk("sam", role="spo", person="Sam Spo"), alone(stores, "bo", "Bo Example")
    receiving.receive(spo, trusting.own_card(other))
    frame.desk = spo
    card = other.device.card.sha256()
    screen = show(frame, words=card)
    same, vouch, *_ = [each for each in screen.findChildren(Tick) if each.isVisible()]
    same.setChecked(True)
    vouch.setChecked(True)
    field = next(
        each for each in screen.findChildren(LineField) if each.accessibleName().startswith("Last day")
    )
    field.setText("soon")
    press(screen, "Trust this card")
    assert "This is no day." in words(screen)
    field.setText("31 December 2026")
    press(screen, "Trust this card")
    (voucher,) = spo.standing.vouchers[card]
    assert (voucher.until, voucher.vetted) == ("2027-01-01", False)
    assert "Save it as a file" in words(screen)
    press(screen, "End the card of Bo Example")
    press(screen, "End the card")
    assert card not in spo.standing.ended
    why, since = (
        next(each for each in screen.findChildren(LineField) if each.accessibleName() == name)
        for name in ("What happened?", "Out of their hands since")
    )
    why.setText("Left in a train.")
    since.setText("some day")
    press(screen, "End the card")
    assert card not in spo.standing.ended
    since.setText("9/3/2026")
    press(screen, "End the card")
    ended = spo.standing.ended[card]
    assert (ended.why, ended.from_[:10]) == ("Left in a train.", "2026-03-09")


def test_a_case_is_picked_sealed_and_saved_and_a_full_disk_loses_nothing(
    frame: Frame, show: Shows, colleague: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It says what goes first; what is sealed and could not be written is kept until it is."""
    case_of(frame.desk)
    screen = show(frame, "send")
    picker = part(screen, CasePicker)
    # Nobody looks chosen before somebody is.
    assert picker._rows.current() == ""
    picker.search.setText("gwyn")
    picker.ask()
    qt_return(picker.search)
    assert picker._rows.current() != ""
    whom = part(part(screen, AddresseePicker), Choose)
    whom.choose("Bo Example")
    whom.activated.emit(1)
    assert "Gwyn Sample, X100001: 1 version of 1 entry." in words(screen)
    targets = iter([tmp_path / "gone" / "a.wbundle", tmp_path / "b.wbundle"])
    monkeypatch.setattr(files, "where_to", lambda over, names: (next(targets),))
    press(screen, "Seal and save")
    assert "It is sealed, and not saved yet." in words(screen)
    assert len(sending.sent(frame.desk)) == 1
    press(screen, "Save it elsewhere")
    assert receiving.receive(colleague, (tmp_path / "b.wbundle").read_bytes()).new == 1
    assert "Leave out Gwyn Sample, X100001" not in words(screen)


def qt_return(field: QLineEdit) -> None:
    """Presses Enter in a field."""
    field.returnPressed.emit()
    QApplication.processEvents()


def test_dropped_files_are_taken_in_and_two_accounts_and_receipt_have_a_way(
    frame: Frame, show: Shows, colleague: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One good, one damaged: each says what came of it."""
    case, _ = apart(frame.desk, colleague)
    record(colleague, case, "rosh", {**ROSH, "on": "2026-03-08"})
    good, bad = tmp_path / "good.wbundle", tmp_path / "bad.wbundle"
    good.write_bytes(sending.bundle(colleague, case, "Ann Example").data)
    bad.write_bytes(good.read_bytes()[:-9])
    screen = show(frame, "receive")
    drop = part(screen, Drop)
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in (good, bad)])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    drop.dropEvent(QDropEvent(QPointF(5, 5), copy, mime, left, none))
    told = words(screen)
    assert "X100001: 1 new version" in told
    assert "Nothing of this file was taken." in told
    assert "Two accounts. X100001" in told
    monkeypatch.setattr(files, "where_to", lambda over, names: (tmp_path / names[0],))
    press(screen, "Save the receipt for its sender")
    (receipt,) = [path for path in tmp_path.glob("*.wbundle") if path not in (good, bad)]
    receiving.receive(colleague, receipt.read_bytes())
    assert any(sent.confirmed for sent in sending.sent(colleague))
    settle = next(
        each for each in screen.findChildren(QPushButton) if each.accessibleName().startswith("Settle: ")
    )
    settle.click()
    assert frame.went[-1].words == settling.of_case(frame.desk, case)[0].key
    assert [changes.kinds for changes in frame.told] == [("received",)]


@pytest.mark.parametrize("width", [1150, 620])
def test_two_accounts_stand_side_by_side_or_below_and_begin_the_form(
    frame: Frame, show: Shows, colleague: Desk, width: int
) -> None:
    """Each answer with whose it is; the form opens with the account begun from."""
    case, _ = apart(frame.desk, colleague)
    screen = show(frame, "accounts", (width, 720))
    part(screen, Rows).opened.emit(part(screen, Rows).current())
    screen.arrive(frame.went[-1])
    told = words(screen)
    assert "Bo Example: Nobody in particular." in told
    assert "The same in both" in told
    sides = [
        each for each in screen.findChildren(QWidget) if each.accessibleName().startswith("The account of")
    ]
    assert (sides[0].y() == sides[1].y()) == (width > 1000)
    press(screen, "Begin from the account of Bo Example")
    place = frame.went[-1]
    assert (place.screen, place.case) == ("form", case)
    assert place.draft


def answered(frame: Frame) -> dict[str, object]:
    """The answers of the form that was opened last; the place itself holds no words."""
    place = frame.went[-1]
    assert (place.screen, place.given) == ("form", ())
    return drafting.take_up(frame.desk, place.draft).session.answers()


def test_an_offer_opens_the_form_with_what_it_said(stores: Stores, frame: Frame, show: Shows) -> None:
    """And a case of one's own is offered the same way."""
    sam = stores.desk("sam", person="Sam Spo")
    meet(frame.desk, sam)
    case = case_of(frame.desk)
    record(frame.desk, case, "officer-change", OFFER)
    send(frame.desk, sam, case)
    there = Frame(sam)
    screen = show(there, "handover")
    press(screen, "Refuse it: Gwyn Sample")
    assert answered(there) == {
        "state": "refused",
        "on": "2026-03-10",
        "from_officer": "Ann Example",
        "to_officer": "Sam Spo",
        "caretaking": "no",
    }
    picker = part(screen, CasePicker)
    qt_return(picker.search)
    whom = part(part(screen, AddresseePicker), Choose)
    whom.choose("Ann Example")
    whom.activated.emit(1)
    press(screen, "Write the offer")
    assert there.went[-1].case == case
    assert answered(there)["to_officer"] == "Ann Example"


def test_an_offer_of_ones_own_waits_and_can_be_sent_again_or_withdrawn(
    frame: Frame, show: Shows, colleague: Desk
) -> None:
    """Sending comes with the case picked."""
    case = case_of(frame.desk)
    record(frame.desk, case, "officer-change", {**OFFER, "to_officer": colleague.device.card.name})
    screen = show(frame, "handover")
    press(screen, "Withdraw the offer: Gwyn Sample, X100001")
    assert answered(frame)["state"] == "withdrawn"
    press(screen, "Send the case of Gwyn Sample, X100001")
    screen.arrive(frame.went[-1])
    assert "Leave out Gwyn Sample, X100001" in words(screen)


def test_what_is_kept_apart_leads_to_the_words(
    stores: Stores, frame: Frame, show: Shows, tmp_path: Path
) -> None:
    """Of the card it is signed with."""
    other = alone(stores, "bo", "Bo Example")
    receiving.receive(other, trusting.own_card(frame.desk))
    compared = presenter.compare(other, frame.desk.device.card.sha256())
    presenter.trust(other, compared, vouch=False, vetted=False, last=None)
    receiving.receive(frame.desk, sending.bundle(other, case_of(other), "Ann Example").data)
    screen = show(frame, "apart")
    assert "Kept apart (1)" in words(screen)
    press(screen, "Compare the words with Bo Example")
    assert frame.went[-1] == Place("exchange", tab="colleagues", words=other.device.card.sha256())
    screen.arrive(frame.went[-1])
    QApplication.processEvents()
    assert part(screen, Comparing).compared.name == "Bo Example"


def test_words_that_come_once_the_list_was_drawn_anew_are_shown_there(
    frame: Frame, stores: Stores, show: Shows, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The card that was pressed is gone by then."""
    receiving.receive(frame.desk, trusting.own_card(stores.desk("bo", person="Bo Example")))
    screen = show(frame)
    late: list[Callable[[], None]] = []
    at_once = frame.ask
    monkeypatch.setattr(frame, "ask", lambda *asked, key="": late.append(lambda: at_once(*asked, key=key)))
    part = screen.part()
    assert isinstance(part, ColleaguesPart)
    part._ask()
    compare = next(
        each
        for each in screen.findChildren(QPushButton)
        if each.accessibleName().startswith("Compare the words")
    )
    compare.click()
    while late:
        late.pop(0)()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QApplication.processEvents()
    assert len([each for each in screen.findChildren(Comparing) if each.isVisible()]) == 1
