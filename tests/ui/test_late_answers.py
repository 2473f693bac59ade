"""Answers that come after the person has moved elsewhere: nothing is shown under another name, nothing is lost."""

from __future__ import annotations

import io
from collections.abc import Callable

import pypdf
import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.conftest import PASSPHRASE, Stores
from tests.ui.conftest import Frame, Late
from tests.ui.oversight.conftest import led, team_folder
from workbench.casework import attaching, drafting, looks, renewing
from workbench.casework.desk import Desk
from workbench.casework.opening import Secret
from workbench.errors import Refused, StoreProblem
from workbench.ui.card.view import CardScreen
from workbench.ui.case.documents.view import DocumentsTab
from workbench.ui.gate.recovery import RecoveryCode
from workbench.ui.report.pages import Pages
from workbench.ui.shell.place import Place
from workbench.ui.trust.view import SettingsScreen
from workbench.ui.widgets.buttons import Button
from workbench.ui.widgets.flow import column
from workbench.ui.widgets.inputs import Tick
from workbench.ui.widgets.text import Label

__all__ = ["led", "team_folder"]

SAFETY = Place("settings", tab="safety")


def settle(application: QApplication) -> None:
    """Lets go of what was let go."""
    for _ in range(3):
        application.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        application.processEvents()


def press(screen: QWidget, name: str) -> None:
    """Presses the button in sight of this name."""
    (found,) = (
        each for each in screen.findChildren(Button) if each.isVisible() and each.accessibleName() == name
    )
    found.click()


def field(screen: QWidget, name: str) -> QLineEdit:
    """The field in sight of this name."""
    (found,) = (
        each for each in screen.findChildren(QLineEdit) if each.isVisible() and each.accessibleName() == name
    )
    return found


def words(screen: QWidget) -> str:
    """Every label in sight."""
    QApplication.processEvents()
    return "\n".join(each.accessibleName() for each in screen.findChildren(Label) if each.isVisible())


def codes(screen: QWidget) -> list[RecoveryCode]:
    """The codes that are shown."""
    return [each for each in screen.findChildren(RecoveryCode) if not each.isHidden()]


# A new recovery code


@pytest.fixture
def safety(late: Late, qtbot: QtBot) -> SettingsScreen:
    """Settings and trust, at the part on safety."""
    screen = SettingsScreen(late)
    qtbot.addWidget(screen)
    screen.resize(1100, 720)
    screen.show()
    screen.arrive(SAFETY)
    late.come()
    return screen


def ask_for_a_code(screen: SettingsScreen) -> None:
    field(screen, "Present passphrase, for a new code").setText(PASSPHRASE)
    press(screen, "Make a new recovery code")


def test_a_code_that_comes_when_nobody_is_there_is_let_go_unseen(
    safety: SettingsScreen, late: Late, qapp: QApplication
) -> None:
    """It holds for nothing, so nothing is lost; it is said, and another can be made."""
    keys = late.desk.keys
    ask_for_a_code(safety)
    safety.leave()
    safety.arrive(Place("settings", tab="log"))
    late.come()
    settle(qapp)
    assert codes(safety) == []
    assert [said for said, _ in late.said] == [
        "You went elsewhere, so the new recovery code was let go unseen. The code from before still holds."
    ]
    assert late.desk.keys == keys
    safety.leave()
    safety.arrive(SAFETY)
    late.come()
    ask_for_a_code(safety)
    late.come()
    assert len(codes(safety)) == 1


def test_a_code_that_was_not_typed_back_opens_nothing_and_it_is_said(
    safety: SettingsScreen, late: Late, stores: Stores, qapp: QApplication
) -> None:
    """Whoever comes back reads which code holds; after a lock the store opens as before."""
    ask_for_a_code(safety)
    late.come()
    (shown,) = codes(safety)
    press(safety, "I have written it down")
    code = shown._code
    safety.leave()
    safety.arrive(SAFETY)
    late.come()
    settle(qapp)
    assert codes(safety) == []
    assert "destroy its paper. The code from before still holds." in words(safety)
    assert "The code that was shown when this store was made holds." in words(safety)
    late.desk.store.close()
    with pytest.raises(StoreProblem, match="not the recovery code"):
        stores.open(secret=Secret(recovery=code))
    stores.open().close()


def test_a_code_that_was_typed_back_comes_to_hold_wherever_one_goes_meanwhile(
    safety: SettingsScreen, late: Late, stores: Stores
) -> None:
    """Also when the window is locked before the store is encrypted anew."""
    ask_for_a_code(safety)
    late.come()
    (shown,) = codes(safety)
    code = shown._code
    press(safety, "I have written it down")
    field(safety, "Recovery code, typed back").setText(code)
    press(safety, "Check it and go on")
    assert codes(safety) == []
    safety.leave()
    safety.arrive(Place("settings", tab="log"))
    late.come()
    assert late.said[-1] == ("The new recovery code is in force. Make a backup now.", "good")
    safety.leave()
    safety.arrive(SAFETY)
    late.come()
    assert "The code made on 10 March 2026 holds, and none from before." in words(safety)
    assert [look.why for look in looks.page(late.desk, 2, what=("keys renewed",))] == [None, "begun"]
    late.desk.store.close()
    stores.open(secret=Secret(recovery=code)).close()


def test_a_code_is_not_taken_up_once_the_passphrase_was_changed(desk: Desk) -> None:
    """It was made for the passphrase of before: taken up, the new one would open nothing."""
    ready = renewing.ready_code(desk, PASSPHRASE)
    renewing.change_passphrase(desk, PASSPHRASE, "granite willow teapot ladder comet prism")
    keys = desk.keys
    with pytest.raises(Refused, match="passphrase was changed"):
        renewing.take_up(desk, ready)
    assert desk.keys == keys


# Documents of a case


def document(desk: Desk, case: str, name: str) -> None:
    """Files a report of two pages, as it went out."""
    paper, data = pypdf.PdfWriter(), io.BytesIO()
    for _ in range(2):
        paper.add_blank_page(595, 842)
    paper.write(data)
    ref = attaching.attach(desk, name, data.getvalue())
    writing, session = drafting.begin(desk, case, "report-issued")
    answers = {"report": "Plan", "audience": "police", "sha256": ref.sha256, "file": ref.sha256}
    for question, value in answers.items():
        session.answer(question, value)
    drafting.finish(desk, writing, session, files=(ref,))


@pytest.fixture
def documents(late: Late, qtbot: QtBot) -> DocumentsTab:
    """The tab of documents, in sight."""
    tab = DocumentsTab(late)
    qtbot.addWidget(tab)
    tab.resize(900, 700)
    tab.show()
    return tab


def test_the_documents_of_one_case_are_never_shown_under_another(
    documents: DocumentsTab, late: Late, registered: Callable[..., str]
) -> None:
    """However late they come, and though no other answer makes them void."""
    one, two = registered("X100001"), registered("X100002", "Other Person")
    document(late.desk, one, "plan-of-one.pdf")
    documents.arrive(Place("case", case=one, tab="documents"))
    ((_, answer),) = late.waiting
    late.waiting.clear()
    documents.arrive(Place("case", case=two, tab="documents"))
    late.come()
    answer()
    assert "plan-of-one.pdf" not in words(documents)
    assert "No document yet" in words(documents)


@pytest.mark.parametrize("when", ["asked", "read"])
def test_pages_that_come_for_a_list_drawn_anew_are_let_go(
    documents: DocumentsTab, late: Late, registered: Callable[..., str], qapp: QApplication, when: str
) -> None:
    """Somebody looked at a document and moved on, before it was read or while it was drawn."""
    one, two = registered("X100001"), registered("X100002", "Other Person")
    document(late.desk, one, "plan-of-one.pdf")
    documents.arrive(Place("case", case=one, tab="documents"))
    late.come()
    settle(qapp)
    press(documents, "Look at plan-of-one.pdf")
    if when == "read":
        late.come()
        (pages,) = documents.findChildren(Pages)
        assert len(pages._leaves) == 2
    documents.arrive(Place("case", case=two, tab="documents"))
    settle(qapp)
    late.come()
    settle(qapp)
    assert documents.findChildren(Pages) == []
    assert "plan-of-one.pdf" not in words(documents)


def test_a_document_is_looked_at_once_and_closed_again(
    documents: DocumentsTab, late: Late, registered: Callable[..., str], qapp: QApplication
) -> None:
    """Pressed twice before it comes, it is closed: nothing opens by itself afterwards."""
    case = registered()
    document(late.desk, case, "plan.pdf")
    documents.arrive(Place("case", case=case, tab="documents"))
    late.come()
    settle(qapp)
    for name, open_now in (("Look at plan.pdf", 1), ("Close plan.pdf", 0), ("Look at plan.pdf", 1)):
        press(documents, name)
        late.come()
        settle(qapp)
        assert len(documents.findChildren(Pages)) == open_now
    press(documents, "Close plan.pdf")
    press(documents, "Look at plan.pdf")
    press(documents, "Close plan.pdf")
    settle(qapp)
    late.come()
    settle(qapp)
    assert documents.findChildren(Pages) == []


# The card before a contact


def test_the_card_of_one_person_is_never_shown_for_another(
    frame: Frame, late: Late, registered: Callable[..., str], qtbot: QtBot
) -> None:
    """Also where it comes last."""
    one, two = registered("X100001"), registered("X100002", "Other Person")
    screen = CardScreen(late)
    qtbot.addWidget(screen)
    screen.show()
    screen.arrive(Place("card", case=one))
    ((_, answer),) = late.waiting
    screen.arrive(Place("card", case=two))
    assert len(late.waiting) == 1
    late.come()
    answer()
    assert "Gwyn Sample" not in words(screen)
    assert "Other Person" in words(screen)


def test_a_tick_set_while_the_card_is_asked_for_again_is_kept(
    late: Late, registered: Callable[..., str], qtbot: QtBot, qapp: QApplication
) -> None:
    """It goes into the record of the contact."""
    case = registered()
    screen = CardScreen(late)
    qtbot.addWidget(screen)
    screen.show()
    screen.arrive(Place("card", case=case))
    late.come()
    screen.arrive(screen.here())
    (tick,) = screen.findChildren(Tick)
    tick.setChecked(True)
    late.come()
    settle(qapp)
    (tick,) = screen.findChildren(Tick)
    assert tick.isChecked()
    tick.setChecked(False)
    screen.arrive(screen.here())
    late.come()
    settle(qapp)
    (tick,) = screen.findChildren(Tick)
    assert not tick.isChecked()


def test_the_card_of_who_writes_none_leaves_the_cursor_where_they_went(
    led: Frame, qtbot: QtBot, qapp: QApplication
) -> None:
    """It stood on the record of the contact, which an SPO has not; there it goes to the way into the room."""
    late = Late(led.desk)
    case = led.desk.cases()[0].case
    holder, screen, elsewhere = QWidget(), CardScreen(late), QLineEdit()
    qtbot.addWidget(holder)
    lines = column(holder)
    lines.addWidget(elsewhere)
    lines.addWidget(screen)
    holder.show()
    holder.activateWindow()
    for target, stays in ((screen._record, screen._in_room), (elsewhere, elsewhere)):
        screen._record.show()
        screen.arrive(Place("card", case=case))
        target.setFocus()
        late.come()
        settle(qapp)
        assert screen._record.isHidden()
        assert qapp.focusWidget() is stays
