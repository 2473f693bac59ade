"""From an open event on Today through one sitting, in the real window: written apart, signed together."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.casework.test_sitting import filled
from tests.casework.test_threads import write
from tests.conftest import Stores
from tests.journeys.conftest import Journey
from tests.journeys.test_a_days_work import register
from workbench.casework.desk import Desk
from workbench.ui.shell.place import Place


@pytest.fixture
def person(at_work: Journey, stores: Stores) -> str:
    """Assessed, then with a new partner; the journey stands on Today."""

    def begin(desk: Desk) -> str:
        case = register(desk)
        write(desk, case, "risk-management-plan")
        # A longer gap would be a sleep to the window, and lock it.
        stores.clock.move(timedelta(seconds=5))
        write(desk, case, "significant-event", kind="new-partner", learnt_on="2026-03-10T09:00:05Z")
        write(desk, case, "address")
        return case

    case = str(at_work.desk(begin))
    at_work.workspace.go(Place("today"))
    at_work.settle()
    return case


def test_a_sitting_from_today_to_the_signatures(at_work: Journey, person: str) -> None:
    """What is typed in a form is in its draft when one comes back; both are signed with one press."""
    at_work.click("One sitting, A new partner")
    assert at_work.workspace.here == Place("sitting", case=person)
    assert "1. What changed" in at_work.words()
    at_work.click("Begin empty: ARMS-informed OASys prompts")
    at_work.desk(lambda desk: filled(desk, person, "risk-management-plan"))
    here = at_work.workspace.here
    assert (here.screen, here.tab, bool(here.draft)) == ("form", "sitting", True)
    at_work.press("Ctrl+PgDown")
    at_work.press("Ctrl+Return")
    at_work.settle()
    at_work.press("Ctrl+Return")
    at_work.settle()
    assert at_work.workspace.here == Place("sitting", case=person)
    at_work.click("Sign 2 together")
    assert "Signed together: ARMS-informed OASys prompts, Risk management plan." in at_work.words()

    def signed(desk: Desk) -> list[str | None]:
        case = desk.case(person)
        entries = (case.of_form("oasys-prompts")[-1], case.of_form("risk-management-plan")[-1])
        return [entry.head.content.sitting for entry in entries if entry.head.content]

    sittings = at_work.desk(signed)
    assert isinstance(sittings, list)
    assert (len(sittings), len(set(sittings)), None in sittings) == (2, 1, False)


def test_a_sitting_is_in_the_list_of_commands(at_work: Journey, person: str) -> None:
    """For the case one is at; without one it says so."""
    for where, screen in ((Place("today"), "today"), (Place("case", case=person), "sitting")):
        at_work.workspace.go(where)
        at_work.settle()
        at_work.press("Ctrl+K")
        at_work.settle()
        at_work.type("one sitting")
        at_work.settle()
        at_work.press("Return")
        at_work.settle()
        assert at_work.workspace.here.screen == screen
