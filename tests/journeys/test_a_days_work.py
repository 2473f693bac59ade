"""A day's work through the real window, its strokes counted from Today: keys and clicks, beyond the typing itself."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.forms.examples import EXAMPLES
from tests.journeys.conftest import Journey
from workbench.casework import choices, recording
from workbench.casework.desk import Desk
from workbench.ui.report import leaving
from workbench.ui.shell import counts
from workbench.ui.shell.place import Place

NAME = "Gwyn Sample-Person"


def register(desk: Desk) -> str:
    """A person to work with."""
    return recording.new_case(
        desk,
        {
            "crn": "X100001",
            "name": NAME,
            "born": "1980-02-01",
            "taken_on": "2026-03-02",
            "officer": "Ann Example",
        },
    ).case


def signed(form: str, **more: object) -> Callable[[Desk, str], object]:
    """Signs the worked example of a form."""

    def sign(desk: Desk, case: str) -> object:
        session = recording.start(desk, case, form)
        session.restore({**EXAMPLES[form][0], **more})
        return recording.sign(desk, case, session).entry

    return sign


@pytest.fixture
def person(at_work: Journey) -> str:
    """Registered beforehand; the journey stands on Today with nothing counted."""
    case = at_work.desk(register)
    at_work.workspace.go(Place("today"))
    at_work.settle()
    at_work.strokes = 0
    return str(case)


def open_case(journey: Journey, name: str = "gwyn") -> None:
    """By name, from anywhere: two strokes."""
    journey.press("Ctrl+K")
    journey.settle()
    journey.type(name)
    journey.settle()
    journey.press("Return")
    journey.settle()


def test_a_case_is_pinned_by_a_key_from_wherever_it_is_open(at_work: Journey, person: str) -> None:
    """And it is said, in a form too."""
    at_work.press("F9")
    assert "Open a case first; then F9 pins it." in at_work.words()
    open_case(at_work)
    at_work.press("F9")
    at_work.settle()
    assert counts.PINNED in at_work.words()
    assert at_work.button("Unpin: keep this person at hand no longer (F9)").text() == "Unpin"
    at_work.press("Ctrl+N")
    at_work.settle()
    at_work.press("F9")
    at_work.settle()
    assert counts.UNPINNED in at_work.words()
    assert at_work.desk(choices.pinned) == ()


def test_a_contact_is_recorded_in_twelve_strokes(at_work: Journey, person: str) -> None:
    """Named source included; then it stands in the chronology."""
    open_case(at_work)
    at_work.press("Ctrl+N")
    at_work.settle()
    at_work.press("Ctrl+PgDown")
    at_work.settle()
    at_work.press("Tab")
    at_work.type("Came on time. Works at the allotment on Tuesdays.")
    at_work.press("Ctrl+Return")
    at_work.settle()
    at_work.press("Ctrl+Return")
    at_work.settle()
    notes = at_work.desk(
        lambda desk: [entry.head.answers() for entry in desk.case(person).of_form("contact")]
    )
    assert [(answers["note"], answers["said_by"]) for answers in notes] == [  # type: ignore[attr-defined]
        ("Came on time. Works at the allotment on Tuesdays.", "self-report")
    ]
    assert at_work.workspace.here.screen == "case"
    assert at_work.strokes <= 12


def test_a_home_visit_is_begun_in_three(at_work: Journey, person: str) -> None:
    """From Today to the first question at the door."""
    open_case(at_work)
    at_work.press("Ctrl+Shift+H")
    at_work.settle()
    assert at_work.workspace.here.form == "home-visit"
    assert at_work.strokes <= 3


def test_one_key_puts_the_case_in_the_room(at_work: Journey, person: str) -> None:
    """Victims, third parties, counts and other people are gone, and come back when it is lifted."""
    at_work.desk(lambda desk: signed("victims")(desk, person))
    open_case(at_work)
    at_work.strokes = 0
    at_work.press("F8")
    at_work.settle()
    words = at_work.words()
    assert at_work.strokes == 1
    assert NAME in words
    assert "Adult victim" not in words
    assert "Caseload" not in words
    at_work.press("F8")
    at_work.settle()
    assert "Caseload" in at_work.words()


def test_a_fact_of_ten_years_ago_is_found_in_six(at_work: Journey, person: str) -> None:
    """Search, the list, the entry."""

    def write(desk: Desk) -> None:
        session = recording.start(desk, person, "contact")
        session.answer("on", "2016-03-01T10:00:00Z")
        session.answer("note", "A green Bedford van stood outside.")
        recording.sign(desk, person, session)

    at_work.desk(write)
    at_work.press("Ctrl+Shift+F")
    at_work.settle()
    at_work.type("bedford")
    at_work.press("Return")
    at_work.settle()
    at_work.press("Return")
    at_work.press("Return")
    at_work.settle()
    assert at_work.workspace.here.tab == "chronology"
    assert "A green Bedford van stood outside." in at_work.words()
    assert at_work.strokes <= 6


def test_the_release_plan_is_printed_in_five(
    at_work: Journey, person: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Drawn, looked at, printed; the look-log says so."""
    drafts: list[bool] = []

    def printed(over: object, drawn: object, *, draft: bool) -> bool:
        drafts.append(draft)
        return True

    monkeypatch.setattr(leaving, "printed", printed)
    at_work.desk(lambda desk: signed("risk-management-plan")(desk, person))
    at_work.strokes = 0
    open_case(at_work)
    at_work.press("Ctrl+P")
    at_work.settle()
    at_work.click("Print")
    assert at_work.strokes <= 5
    assert drafts == [True]
    assert at_work.desk(lambda desk: list(desk.store.log_rows())[-1].what) == "printed"


def test_hostile_names_stay_words(at_work: Journey) -> None:
    """Markup in a name is shown, never read."""
    name = '<img src="/etc/passwd"><b>Bold</b> & Co'

    def register_hostile(desk: Desk) -> object:
        answers = {
            "crn": "X100009",
            "name": name,
            "born": "1980-02-01",
            "taken_on": "2026-03-02",
            "officer": "A",
        }
        return recording.new_case(desk, answers).case

    case = str(at_work.desk(register_hostile))
    at_work.workspace.go(Place("case", case=case))
    at_work.settle()
    assert name in at_work.words()
