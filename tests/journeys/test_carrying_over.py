"""From Today to what is carried over, and to the card, in the real window; strokes counted."""

from __future__ import annotations

import pytest

from tests.journeys.conftest import Journey
from tests.journeys.test_a_days_work import NAME, open_case, register
from workbench.casework import carrying, recording
from workbench.casework.desk import Desk
from workbench.ui.shell.place import Place
from workbench.ui.widgets.inputs import Tick


@pytest.fixture
def person(at_work: Journey) -> str:
    """Registered, with a contact signed; the journey stands on Today with nothing counted."""

    def begin(desk: Desk) -> str:
        case = register(desk)
        session = recording.start(desk, case, "contact")
        session.answer("note", "Came on time.")
        session.answer("next_appointment", "2026-03-20T10:00:00Z")
        recording.sign(desk, case, session)
        return case

    case = str(at_work.desk(begin))
    at_work.workspace.go(Place("today"))
    at_work.workspace.count()
    at_work.settle()
    at_work.strokes = 0
    return case


def test_the_oldest_is_marked_in_two_strokes(at_work: Journey, person: str) -> None:
    """And the count in the rail goes with it."""
    assert "Carry-over, 1" in at_work.words()
    at_work.press("Ctrl+5")
    at_work.settle()
    at_work.press("Ctrl+Return")
    at_work.settle()
    assert at_work.strokes <= 2
    assert at_work.desk(carrying.count) == 0
    assert "Everything is carried over" in at_work.words()
    assert "Carry-over, 1" not in at_work.words()


def test_it_is_in_the_list_of_commands(at_work: Journey, person: str) -> None:
    """By what one wants to do."""
    at_work.press("Ctrl+K")
    at_work.settle()
    at_work.type("carry over")
    at_work.settle()
    at_work.press("Return")
    at_work.settle()
    assert at_work.workspace.here.screen == "carry"


def test_copied_words_are_gone_at_lock(at_work: Journey, person: str) -> None:
    """From the clipboard and the screen."""
    at_work.press("Ctrl+5")
    at_work.settle()
    at_work.press("Ctrl+C")
    at_work.settle()
    assert "Came on time." in at_work.application.clipboard().text()
    at_work.press("Ctrl+L")
    at_work.settle()
    assert at_work.application.clipboard().text() == ""
    assert "Came on time." not in at_work.words()


def test_the_card_is_one_stroke_from_the_diary_and_from_the_case(at_work: Journey, person: str) -> None:
    """From there one key leads into the room, one to the record."""
    at_work.click("Sixty-second card")
    assert at_work.workspace.here == Place("card", case=person)
    assert at_work.strokes == 1
    assert "Came on time." in at_work.words()
    at_work.press("F8")
    at_work.settle()
    assert NAME in at_work.words()
    assert "The last three contacts" not in at_work.words()
    at_work.press("F8")
    at_work.settle()
    open_case(at_work)
    at_work.press("F7")
    at_work.settle()
    assert at_work.workspace.here.screen == "card"
    at_work.window.findChildren(Tick)[0].click()
    at_work.press("F8", times=2)
    at_work.settle()
    at_work.press("Ctrl+N")
    at_work.settle()
    here = at_work.workspace.here
    assert (here.form, here.given) == ("contact", (("visor_checked", "checked"),))
