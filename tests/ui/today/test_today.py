"""Today: the decisive first, ten at most, what is held back said, each row with its why and its form."""

from __future__ import annotations

from collections.abc import Callable

from pytestqt.qtbot import QtBot

from tests.forms.examples import EXAMPLES
from tests.ui.conftest import Frame
from workbench.casework import recording, unfinished
from workbench.casework.desk import Desk
from workbench.casework.owing import Pile
from workbench.models.results import State
from workbench.ui.shell.place import Place
from workbench.ui.today import presenter
from workbench.ui.today.view import ItemRow, TodayScreen
from workbench.ui.widgets.buttons import Button


def test_an_empty_store_says_what_to_do_first(frame: Frame, qtbot: QtBot) -> None:
    """Not an empty list."""
    screen = TodayScreen(frame)
    qtbot.addWidget(screen)
    screen.show()
    screen.arrive(Place("today"))
    qtbot.wait(1)
    names = [button.accessibleName() for button in screen.findChildren(Button) if button.isVisible()]
    assert names[0] == "Register a person"
    assert presenter.today(frame.desk).items == ()


def test_a_draft_stands_there_to_be_finished(desk: Desk, registered: Callable[..., str]) -> None:
    """With whose it is and since when."""
    case = registered(name="Gwyn Sample")
    draft = recording.begin_draft(desk, case, "contact")
    recording.keep_answer(desk, draft, "note", "half a")
    found = presenter.today(desk).drafts
    assert [(each.title, each.name, each.since) for each in found] == [
        ("Contact", "Gwyn Sample", "begun today")
    ]


def test_a_draft_thrown_away_is_fetched_back_by_one_press(
    frame: Frame, registered: Callable[..., str], qtbot: QtBot
) -> None:
    """It opens as it was; the card goes with the last of them."""
    case = registered(name="Gwyn Sample")
    draft = recording.begin_draft(frame.desk, case, "contact")
    recording.keep_answer(frame.desk, draft, "note", "half a")
    unfinished.throw_away(frame.desk, draft)
    screen = TodayScreen(frame)
    qtbot.addWidget(screen)
    screen.show()
    screen.arrive(Place("today"))
    name = "Fetch back: Contact, Gwyn Sample, thrown away today"
    next(each for each in screen.findChildren(Button) if each.accessibleName() == name).click()
    assert frame.went == [Place("form", case=case, form="contact", draft=draft)]
    found = presenter.today(frame.desk)
    assert (found.thrown, [each.draft for each in found.drafts]) == ((), [draft])


def test_the_next_appointment_stands_in_the_diary(desk: Desk, registered: Callable[..., str]) -> None:
    """Until the day is past; its time in Europe/London."""
    case = registered(name="Gwyn Sample")
    session = recording.start(desk, case, "contact")
    session.answer("on", "2026-03-09T10:00:00Z")
    session.answer("note", "Came on time.")
    session.answer("next_appointment", "2026-03-30T13:30:00Z")
    recording.sign(desk, case, session)
    diary = presenter.today(desk).diary
    assert [(each.name, each.day, each.time) for each in diary] == [("Gwyn Sample", "Mon 30 Mar", "14:30")]


def test_rows_give_why_and_the_form(frame: Frame, qtbot: QtBot, registered: Callable[..., str]) -> None:
    """One press each."""
    case = registered()
    session = recording.start(frame.desk, case, "recall")
    session.restore(
        {**EXAMPLES["recall"][0], "state": "spo-agreed", "spo_stand_in": "D Example", "mappa_checked": "yes"}
    )
    recording.sign(frame.desk, case, session)
    screen = TodayScreen(frame)
    qtbot.addWidget(screen)
    screen.resize(1100, 700)
    screen.show()
    screen.arrive(Place("today"))
    qtbot.wait(1)
    row = screen.findChildren(ItemRow)[0]
    why, go = (
        next(button for button in row.findChildren(Button) if button.accessibleName().startswith(begins))
        for begins in ("Why", "Recall")
    )
    why.click()
    go.click()
    assert frame.why[0][1].rule == "recall-open"
    assert frame.went[-1] == Place("form", case=case, form="recall")


def test_what_is_not_shown_is_counted_the_most_pressing_first() -> None:
    """And in words of one kind: no half sentence in the middle of a list."""
    states: tuple[State, ...] = ("owed-no-date", "due-soon", "overdue")
    piles = [Pile((0, 0), state, 2, lambda _: []) for state in states]
    assert presenter._held(piles, ()) == "6 more in the caseload: 2 overdue, 2 due, 2 owed."
