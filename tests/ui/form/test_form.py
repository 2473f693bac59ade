"""The form screen through its real widgets, over a real store."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QEvent, QMimeData, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.journeys.test_every_screen import cut
from tests.ui.conftest import Frame
from workbench.casework import drafting, recording
from workbench.casework.desk import Desk
from workbench.casework.drafting import Spot
from workbench.errors import StoreProblem
from workbench.ui.form.choices import ListField, RadioField
from workbench.ui.form.days import DayField, MomentField
from workbench.ui.form.factor import FactorField
from workbench.ui.form.lists import EvidenceField
from workbench.ui.form.offer import Offer
from workbench.ui.form.rows import RepeatField
from workbench.ui.form.texts import NarrativeField, TextField
from workbench.ui.form.view import FormScreen
from workbench.ui.form.work import CHECK, Work
from workbench.ui.form.wrong import Wrong
from workbench.ui.look import look
from workbench.ui.look.look import in_force
from workbench.ui.shell.place import Place
from workbench.ui.widgets.inputs import LineField
from workbench.ui.widgets.text import Label
from workbench.ui.writing.field import LineOfWriting

Open = Callable[..., FormScreen]


@pytest.fixture
def opens(qtbot: QtBot, frame: Frame) -> Iterator[Open]:
    """Opens a place on a form screen of a laptop's size."""
    screen = FormScreen(frame)
    screen._tools._asked = True  # spelling is tested apart; loading it takes a while
    screen.resize(1150, 700)
    screen.show()
    screen.activateWindow()

    def open_(**place: str) -> FormScreen:
        screen.arrive(Place("form", **place))
        QApplication.processEvents()
        return screen

    yield open_
    screen.hide()
    screen.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def work_of(screen: FormScreen) -> Work:
    assert screen._work is not None
    return screen._work


def field(screen: FormScreen, path: str) -> QWidget:
    """The field of a question, on the page it stands on."""
    work = work_of(screen)
    page = next(each for each in work.opened.form.pages if any(q.id == path for q in each.questions))
    if work._at != page.page:
        work.go(page.page)
    block = work._page(page.page).block(path)
    assert block is not None
    return block.field


def note(screen: FormScreen) -> QPlainTextEdit:
    found = field(screen, "note")
    assert isinstance(found, NarrativeField)
    return found.field


def kept(desk: Desk, screen: FormScreen) -> dict[str, object]:
    """The answers that the store holds of what is being written."""
    assert screen._pen is not None
    held = drafting.draft_of(desk, screen._pen.writing.draft)
    return dict(held.answers) if held else {}


def words_of(screen: FormScreen) -> str:
    QApplication.processEvents()
    return " ".join(each.text() for each in screen.findChildren(Label) if each.isVisible())


def test_a_contact_is_written_kept_checked_and_signed_by_keys(
    qtbot: QtBot, frame: Frame, opens: Open, registered: Callable[..., str]
) -> None:
    case = registered()
    screen = opens(case=case, form="contact")
    qtbot.keyClick(screen, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(note(screen), "Spoke of the allotment.")
    qtbot.waitUntil(lambda: kept(frame.desk, screen).get("note") == "Spoke of the allotment.", timeout=1_000)
    assert kept(frame.desk, screen)["how"] == "face-to-face"
    assert frame.saves[-1][0].startswith("Saved ")
    qtbot.keyClick(screen, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(screen, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    (changes,) = frame.told
    entry = frame.desk.case(case).entries[changes.entry or ""]
    assert entry.head.answers()["note"] == "Spoke of the allotment."
    assert frame.said == [("Signed: Contact, 10 March 2026, 09:00.", "good")]
    assert frame.went == [Place("case", case, tab="chronology", entry=changes.entry or "")]
    assert drafting.begun(frame.desk) == ()
    screen.leave()
    assert drafting.begun(frame.desk) == ()


def test_opening_a_form_keeps_nothing(
    qtbot: QtBot, frame: Frame, opens: Open, registered: Callable[..., str]
) -> None:
    screen = opens(case=registered(), form="arms")
    for page in work_of(screen).opened.form.pages:
        work_of(screen).go(page.page)
    qtbot.wait(20)
    screen.leave()
    assert drafting.begun(frame.desk) == ()
    assert screen.here() is None
    assert frame.saves == []


def test_leaving_keeps_the_last_words_and_coming_back_finds_them(
    qtbot: QtBot, frame: Frame, opens: Open, registered: Callable[..., str]
) -> None:
    case = registered()
    screen = opens(case=case, form="contact")
    qtbot.keyClicks(note(screen), "Half a sen")
    screen.leave()
    place = screen.here()
    assert place is not None
    screen = opens(case=place.case, draft=place.draft)
    assert note(screen).toPlainText() == "Half a sen"
    assert work_of(screen).opened.recovered is None
    assert len(drafting.begun(frame.desk)) == 1


def test_undo_goes_on_across_autosave(qtbot: QtBot, opens: Open, registered: Callable[..., str]) -> None:
    screen = opens(case=registered(), form="contact")
    written = note(screen)
    qtbot.keyClicks(written, "One")
    screen._save_now()
    written.undo()
    assert written.toPlainText() == ""
    written.redo()
    assert written.toPlainText() == "One"


def test_what_cannot_be_kept_is_told_and_tried_again(
    qtbot: QtBot, frame: Frame, opens: Open, registered: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = opens(case=registered(), form="contact")
    full = StoreProblem("full", "The disk is full.", "Free some room.")

    def refuse(*_: object) -> None:
        raise full

    with monkeypatch.context() as broken:
        broken.setattr(drafting, "keep", refuse)
        qtbot.keyClicks(note(screen), "Words that must not go")
        screen._save_now()
    assert frame.saves[-1] == ("Not saved. The disk is full. Free some room.", True)
    assert screen._pen is not None
    assert screen._pen.unsaved
    screen._pen._again.timeout.emit()
    assert kept(frame.desk, screen)["note"] == "Words that must not go"
    assert kept(frame.desk, screen)["how"] == "face-to-face"
    assert not screen._pen.unsaved


def crashed(desk: Desk, case: str) -> str:
    """A draft that was open when the program ended."""
    writing, session = drafting.begin(desk, case, "contact")
    session.answer("note", "Before the crash")
    drafting.keep(desk, writing, session.draft(), {}, Spot("record", "note", open=True))
    return writing.draft


def wrongs(screen: FormScreen) -> str:
    QApplication.processEvents()
    shown = [each for each in screen.findChildren(Wrong) if each.isVisible()]
    return " ".join(label.text() for each in shown for label in each.findChildren(Label))


def press(screen: FormScreen, words: str) -> None:
    QApplication.processEvents()
    next(
        each for each in screen.findChildren(QAbstractButton) if each.text() == words and each.isVisible()
    ).click()


def test_after_a_crash_the_words_are_there_and_the_writer_decides(
    frame: Frame, opens: Open, registered: Callable[..., str]
) -> None:
    draft = crashed(frame.desk, registered())
    screen = opens(draft=draft)
    assert "This is what you had written at 10 March 2026, 09:00." in words_of(screen)
    assert note(screen).toPlainText() == "Before the crash"
    press(screen, "Continue")
    assert "This is what you had written" not in words_of(screen)
    assert kept(frame.desk, screen)["note"] == "Before the crash"


def test_words_are_thrown_away_only_when_asked_twice(
    frame: Frame, opens: Open, registered: Callable[..., str]
) -> None:
    draft = crashed(frame.desk, registered())
    screen = opens(draft=draft)
    press(screen, "Start again")
    assert len(drafting.begun(frame.desk)) == 1
    press(screen, "Throw them away and start again")
    assert drafting.begun(frame.desk) == ()
    assert note(screen).toPlainText() == ""


def test_an_answer_left_out_stays_greyed_until_the_page_is_left(
    opens: Open, registered: Callable[..., str]
) -> None:
    screen = opens(case=registered(), form="contact")
    outcome = field(screen, "outcome")
    assert isinstance(outcome, RadioField)
    outcome._choose_at(1)
    excuse = field(screen, "explanation")
    assert isinstance(excuse, NarrativeField)
    excuse.field.put_in("The bus did not come.")
    outcome._choose_at(0)
    block = work_of(screen)._page("contact").block("explanation")
    assert block is not None
    assert block.isVisible()
    assert not excuse.isEnabled()
    assert "Kept in the draft, not signed" in words_of(screen)
    assert "explanation" not in work_of(screen).sheet.session.answers()
    work_of(screen).step(1)
    work_of(screen).step(-1)
    assert not block.isVisible()
    outcome._choose_at(1)
    assert excuse.field.toPlainText() == "The bus did not come."


def test_what_is_wrong_is_told_once_the_field_is_left(
    qtbot: QtBot, opens: Open, registered: Callable[..., str]
) -> None:
    screen = opens(case=registered(), form="contact")
    when = field(screen, "on")
    assert isinstance(when, MomentField)
    when.box.line.setFocus()
    when.box.line.selectAll()
    qtbot.keyClicks(when.box.line, "tomorrow")
    assert when.box.said.text() == "Wednesday 11 March 2026, tomorrow"
    assert wrongs(screen) == ""
    when.left()
    assert wrongs(screen) == "A contact that has not happened yet is an appointment, not a contact."
    assert when.box.line.accessibleDescription().startswith("A contact that has not happened")
    when.box.line.selectAll()
    qtbot.keyClicks(when.box.line, "never")
    when.left()
    assert wrongs(screen) == "Write a day and a time, such as 3 March and 14:30."
    when._now()
    when.left()
    assert wrongs(screen) == ""


def test_what_is_missing_is_told_at_the_check_and_each_row_leads_there(
    frame: Frame, opens: Open, registered: Callable[..., str]
) -> None:
    screen = opens(case=registered(), form="home-visit")
    assert "still to be answered" not in words_of(screen)
    work_of(screen).press_sign()
    assert "What happened?: still to be answered." in words_of(screen)
    work_of(screen).press_sign()
    assert frame.told == []
    work_of(screen).check.goes.emit("outcome")
    assert work_of(screen)._at == "door"
    assert isinstance(screen.focusWidget(), QRadioButton)


def test_a_choice_is_made_by_its_number_and_taken_away_by_delete(
    qtbot: QtBot, opens: Open, registered: Callable[..., str]
) -> None:
    screen = opens(case=registered(), form="contact")
    checked = field(screen, "visor_checked")
    qtbot.keyClick(checked.inputs()[0], Qt.Key.Key_2)
    assert work_of(screen).sheet.value("visor_checked") == "not-checked"
    qtbot.keyClick(checked.inputs()[1], Qt.Key.Key_Delete)
    assert work_of(screen).sheet.value("visor_checked") is None


def test_a_row_that_was_taken_away_comes_back_whole(
    qtbot: QtBot, opens: Open, registered: Callable[..., str]
) -> None:
    screen = opens(case=registered(), form="contact")
    signs = field(screen, "signs")
    assert isinstance(signs, RepeatField)
    first = signs.add()
    signs.add()
    line = signs.reveal(f"signs/{first}/sign")
    qtbot.keyClicks(line, "Drink")
    signs.remove(first)
    assert [row["id"] for row in work_of(screen).sheet.value("signs")] != [first]
    signs.undo()
    assert work_of(screen).sheet.value("signs")[0] == {"id": first, "sign": "Drink"}
    QApplication.processEvents()
    assert signs._cards[first].isVisible()


def test_nobody_is_an_answer(qtbot: QtBot, opens: Open, registered: Callable[..., str]) -> None:
    screen = opens(case=registered(), form="home-visit")
    others = field(screen, "others")
    assert isinstance(others, RepeatField)
    others._none.click()
    assert work_of(screen).sheet.value("others") == []
    others.add()
    assert len(work_of(screen).sheet.value("others")) == 1


def visited(desk: Desk, case: str) -> str:
    session = recording.start(desk, case, "home-visit")
    concern = {"id": "c1", "text": "A scooter stood in the hall, too small for an adult.", "source": "police"}
    session.restore(
        {"visited_on": "2026-03-09T14:30:00Z", "outcome": "seen", "others": [], "concern": [concern]}
    )
    return recording.sign(desk, case, session).entry or ""


def test_words_of_the_record_become_evidence_with_their_link_and_marks(
    qtbot: QtBot, frame: Frame, opens: Open, registered: Callable[..., str]
) -> None:
    case = registered()
    entry = visited(frame.desk, case)
    screen = opens(case=case, form="home-visit")
    concern = field(screen, "concern")
    assert isinstance(concern, EvidenceField)
    qtbot.keyClick(screen, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    drawer = work_of(screen).side.drawer
    qtbot.keyClicks(drawer.search, "scooter")
    qtbot.waitUntil(lambda: drawer.model.rowCount() == 1)
    cursor = drawer.words.textCursor()
    cursor.setPosition(2)
    cursor.setPosition(9, cursor.MoveMode.KeepAnchor)
    drawer.words.setTextCursor(cursor)
    qtbot.keyClick(drawer.list, Qt.Key.Key_Return)
    (row,) = work_of(screen).sheet.value("concern")
    assert (row["text"], row["source"]) == ("scooter", "police")
    assert (row["from"]["entry"], row["from"]["path"], row["from"]["start"], row["from"]["end"]) == (
        entry,
        "concern/c1/text",
        2,
        9,
    )
    assert "police" in work_of(screen).sheet.session.marks()[f"concern/{row['id']}/text"]
    assert "Copied from: Home visit, 9 March 2026, 14:30, Ann Example" in words_of(screen)
    screen._save_now()
    assert kept(frame.desk, screen)["concern"] == [row]


def test_a_factor_is_written_on_one_page_and_managed_by_an_action(
    qtbot: QtBot, frame: Frame, opens: Open, registered: Callable[..., str]
) -> None:
    screen = opens(case=registered(gender="man"), form="arms")
    factor = field(screen, "opportunity")
    assert isinstance(factor, FactorField)
    qtbot.keyClicks(factor.known.field, "Lives by a park.")
    factor.rating._choose_at(2)
    factor.managed._add_action()
    assert work_of(screen)._at == "overall"
    (action,) = work_of(screen).sheet.value("actions")
    assert action["answers"] == ["opportunity"]
    held = work_of(screen).sheet.value("opportunity")
    assert held == {"known": "Lives by a park.", "rating": "high", "managed_by": [action["id"]]}
    work_of(screen).go("opportunity")
    assert [box.isChecked() for box in factor.managed._boxes.values()] == [True]


def test_of_a_long_answer_the_beginning_is_seen(opens: Open, registered: Callable[..., str]) -> None:
    screen = opens(case=registered(), form="home-visit")
    work = work_of(screen)
    work.sheet.answer("with_whom", "A Example, B Example, C Example and D Example of the unit " * 4)
    shown = field(screen, "with_whom")
    shown.show_value()
    assert isinstance(shown, TextField)
    assert shown.line.cursorPosition() == 0


def test_an_amendment_is_signed_with_its_reason(
    qtbot: QtBot, frame: Frame, opens: Open, registered: Callable[..., str]
) -> None:
    case = registered()
    entry = visited(frame.desk, case)
    screen = opens(case=case, form="home-visit", entry=entry)
    work = work_of(screen)
    work.press_sign()
    work.press_sign()
    assert frame.told == []
    assert "An amendment says why. Write the reason first." in words_of(screen)
    qtbot.keyClicks(work.check._why, "The time was wrong")
    work.press_sign()
    assert frame.told[0].entry == entry
    head = frame.desk.case(case).entries[entry].head
    assert head.content is not None
    assert head.content.because == "The time was wrong"


def test_a_new_person_is_registered(qtbot: QtBot, frame: Frame, opens: Open) -> None:
    screen = opens(form="registration")
    qtbot.keyClicks(field(screen, "name").first(), "Gwyn Sample")
    qtbot.keyClicks(field(screen, "crn").first(), "x100009")
    born = field(screen, "born")
    assert isinstance(born, DayField)
    qtbot.keyClicks(born.box.line, "1 Feb 1980")
    qtbot.keyClicks(field(screen, "officer").first(), "Ann Example")
    work_of(screen).press_sign()
    work_of(screen).press_sign()
    assert [row.crn for row in frame.desk.store.cases()] == ["X100009"]


def test_a_mark_is_added_and_kept(frame: Frame, opens: Open, registered: Callable[..., str]) -> None:
    screen = opens(case=registered(), form="contact")
    qtbot_field = field(screen, "note")
    assert isinstance(qtbot_field, NarrativeField)
    qtbot_field.field.put_in("From police.")
    block = work_of(screen)._page("record").block("note")
    assert block is not None
    menu = block._marking.menu()
    next(each for each in menu.actions() if each.text() == "It came from police").trigger()
    screen._save_now()
    assert screen._pen is not None
    held = drafting.draft_of(frame.desk, screen._pen.writing.draft)
    assert held is not None
    assert held.marks == {"note": ("police",)}
    again = [each for each in block._marking.menu().actions() if each.isChecked()]
    assert [(each.text(), each.isEnabled()) for each in again] == [("It came from police", False)]


def test_a_long_list_is_searched_and_wrong_words_choose_nothing(
    qtbot: QtBot, opens: Open, registered: Callable[..., str]
) -> None:
    screen = opens(case=registered(), form="significant-event")
    kind = field(screen, "kind")
    assert isinstance(kind, ListField)
    line = kind.box.lineEdit()
    assert line is not None
    line.selectAll()
    qtbot.keyClicks(line, "Household changed")
    line.editingFinished.emit()
    kind.left()
    assert work_of(screen).sheet.value("kind") == "household-changed"
    line.setText("no such thing")
    line.editingFinished.emit()
    kind.left()
    assert work_of(screen).sheet.value("kind") == "household-changed"
    assert line.text() == "Household changed"


def test_a_narrow_window_gives_way_and_grows_its_targets(
    qtbot: QtBot, opens: Open, registered: Callable[..., str]
) -> None:
    screen = opens(case=registered(), form="home-visit")
    work = work_of(screen)
    assert work.pages.isVisible()
    assert work.side.isVisible()
    screen.resize(480, 800)
    qtbot.waitUntil(lambda: not work.pages.isVisible())
    assert not work.side.isVisible()
    assert work._choose.currentText().startswith("1 of 3: At the door")
    outcome = field(screen, "outcome")
    assert isinstance(outcome, RadioField)
    assert min(option.height() for option in outcome._options.values()) >= 44
    assert work._next.height() >= 44
    work.open_evidence()
    assert work.side.isVisible()
    assert not work.stack.isVisible()


FORMS = [
    "address",
    "arms",
    "home-visit-plan",
    "mappa-level-1-review",
    "orders-and-conditions",
    "people",
    "recall",
]


@pytest.mark.parametrize(
    "form", [*FORMS, "report-issued", "safeguarding-check", "scores", "sentence", "significant-event"]
)
def test_every_widget_has_a_name_and_nothing_runs_out_of_the_page(
    qtbot: QtBot, opens: Open, registered: Callable[..., str], form: str
) -> None:
    screen = opens(case=registered(gender="man"), form=form)
    screen.resize(700, 700)
    work = work_of(screen)
    for page in work.opened.form.pages:
        work.go(page.page)
        shown = work._page(page.page)
        for rows in shown.findChildren(RepeatField):
            if rows.isVisible():
                rows.add()
        qtbot.wait(1)
        assert work.stack.currentWidget() is shown
        for widget in shown.findChildren(QWidget):
            if widget.isVisible() and isinstance(
                widget, QAbstractButton | QLineEdit | QPlainTextEdit | QComboBox
            ):
                assert named(widget), (page.page, widget)
        assert shown.widget().width() <= shown.viewport().width()


def named(widget: QWidget) -> str:
    found = QAccessible.queryAccessibleInterface(widget)
    return found.text(QAccessible.Text.Name) if found is not None else ""


def test_it_fits_at_twice_the_text(
    qtbot: QtBot, qapp: object, opens: Open, registered: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    look.put_on(qapp, look.Look(scale=2.0, still=True))  # type: ignore[arg-type]
    try:
        screen = opens(case=registered(name="A" * 58), form="home-visit")
        assert screen.size().toTuple() == (1150, 700)
        assert screen.minimumSizeHint().width() <= 1150
        assert not work_of(screen).pages.isVisible()
        assert in_force().scale == 2.0
    finally:
        look.put_on(qapp, look.Look(still=True))  # type: ignore[arg-type]


def test_a_line_inside_a_row_grows_with_its_words_and_stays_one_line(
    qtbot: QtBot, opens: Open, registered: Callable[..., str]
) -> None:
    screen = opens(case=registered(), form="contact")
    signs = field(screen, "signs")
    assert isinstance(signs, RepeatField)
    row = signs.add()
    QApplication.processEvents()
    line = signs.reveal(f"signs/{row}/sign")
    assert isinstance(line, LineOfWriting)
    narrow = line.height()
    assert narrow == LineField("").sizeHint().height()
    qtbot.keyClicks(line, "Drinks more than was agreed on the days after benefits come, alone and at home")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    pasted = QMimeData()
    pasted.setText(" and\nwith others ")
    line.insertFromMimeData(pasted)
    QApplication.processEvents()
    assert line.height() > narrow
    work_of(screen).sheet.settle()
    held = work_of(screen).sheet.value(f"signs/{row}/sign")
    assert held.endswith("at home and with others")
    assert "\n" not in held


def test_in_a_narrow_window_what_is_offered_scrolls_with_the_page(
    qtbot: QtBot, frame: Frame, opens: Open, registered: Callable[..., str]
) -> None:
    screen = opens(draft=crashed(frame.desk, registered()))
    work = work_of(screen)
    (offer,) = work.findChildren(Offer)
    assert not work.stack.isAncestorOf(offer)
    screen.resize(480, 800)
    qtbot.waitUntil(lambda: work.stack.isAncestorOf(offer))
    for page in ("contact", CHECK, "record", CHECK):
        work.go(page)
        QApplication.processEvents()
        assert offer.isVisible()
        assert work.stack.currentWidget().isAncestorOf(offer)
    work.check.show_check()
    assert work.check.isAncestorOf(offer)
    screen.resize(1150, 700)
    qtbot.waitUntil(lambda: not work.stack.isAncestorOf(offer))
    work.withdraw()
    assert not offer.isVisible()


def test_what_is_wrong_in_a_row_is_told_whole_however_late(
    qtbot: QtBot, qapp: QApplication, opens: Open, registered: Callable[..., str]
) -> None:
    look.put_on(qapp, look.Look(scale=2.0, still=True))
    screen = opens(case=registered(), form="maps-review")
    work = work_of(screen)
    lists = [each for each in work._page(work._at).findChildren(RepeatField) if each.isVisible()]
    for each in lists:
        each.add()
    qtbot.wait(20)
    work.sheet.all_due()
    work._refresh()
    qtbot.wait(20)
    assert lists
    assert wrongs(screen).count("still to be answered") > 2
    assert cut(work) == []


def test_what_is_known_leads_to_the_entry_that_says_it(
    frame: Frame, opens: Open, registered: Callable[..., str]
) -> None:
    case = registered()
    entry = visited(frame.desk, case)
    screen = opens(case=case, form="home-visit")
    side = work_of(screen).side
    side.show_question("visited_on")
    side.tabs.choose("known")
    side._draw()
    press(screen, "Open the entry")
    assert frame.went[-1] == Place("case", case, tab="chronology", entry=entry)
