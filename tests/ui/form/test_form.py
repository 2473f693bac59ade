"""The form screen through its real widgets, over a real store."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QRadioButton,
)
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Frame
from tests.ui.form.conftest import Open, field, kept, note, press, visited, words_of, work_of, wrongs
from workbench.casework import recording, unfinished
from workbench.ui.form.choices import ListField, RadioField
from workbench.ui.form.days import DayField, MomentField
from workbench.ui.form.factor import FactorField
from workbench.ui.form.lists import EvidenceField
from workbench.ui.form.rows import RepeatField
from workbench.ui.form.texts import NarrativeField
from workbench.ui.shell.place import Place


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
    assert unfinished.begun(frame.desk) == ()
    screen.leave()
    assert unfinished.begun(frame.desk) == ()


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
    held = unfinished.draft_of(frame.desk, screen._pen.writing.draft)
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


def test_rows_that_gave_way_to_those_of_last_time_are_put_back(
    frame: Frame, opens: Open, registered: Callable[..., str]
) -> None:
    """With one press, as long as nothing else was taken away."""
    case = registered()
    before = {
        "id": "p1",
        "name": "Carys Invented",
        "relation": "parent",
        "under_18": "no",
        "contact_allowed": "yes",
    }
    session = recording.start(frame.desk, case, "people")
    session.answer("on", "2026-03-01")
    session.answer("people", [before])
    recording.sign(frame.desk, case, session)
    screen = opens(case=case, form="people")
    people = field(screen, "people")
    assert isinstance(people, RepeatField)
    row = people.add()
    work_of(screen).sheet.answer(f"people/{row}/name", "Typed Today")
    held = work_of(screen).sheet.value("people")
    work_of(screen).take_before("people")
    assert [each["name"] for each in work_of(screen).sheet.value("people")] == ["Carys Invented"]
    press(screen, "Undo")
    assert work_of(screen).sheet.value("people") == held
