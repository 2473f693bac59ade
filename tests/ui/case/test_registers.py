"""The registers: people, agencies, places, conditions and devices, each line with what is missing and its entries."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.ui.case.test_case import write
from tests.ui.conftest import Frame
from workbench.casework import recording
from workbench.casework.desk import Desk
from workbench.ui.case.addresses import presenter as addresses
from workbench.ui.case.agencies import presenter as agencies
from workbench.ui.case.conditions import presenter as conditions
from workbench.ui.case.devices import presenter as devices
from workbench.ui.case.people import presenter as people
from workbench.ui.case.registers import Item, Register
from workbench.ui.case.summary import presenter as summary
from workbench.ui.case.view import CaseScreen
from workbench.ui.shell.place import Place
from workbench.ui.widgets.buttons import Button


@pytest.fixture
def case(registered: Callable[..., str]) -> str:
    """Somebody of whom nothing is recorded yet."""
    return registered(name="Gwyn Sample")


def item(registers: tuple[Register, ...], name: str) -> Item:
    """The line of a name."""
    return next(each for register in registers for each in register.items if each.name == name)


def titles(registers: tuple[Register, ...]) -> dict[str, list[str]]:
    """The names in each register that has some."""
    return {each.title: [item.name for item in each.items] for each in registers if each.items}


def person(id: str, name: str, relation: str, **more: Any) -> dict[str, Any]:
    """A row of the list of people."""
    return {"id": id, "name": name, "relation": relation, "under_18": "no", "contact_allowed": "yes", **more}


def test_people_stand_by_their_tie_and_children_first(desk: Desk, case: str) -> None:
    """Whoever may be a child stands with the children; an ended tie stands last and says so."""
    rows = [
        person("p1", "Carys", "partner", since="2025-01-01", until_day="2026-03-01", household="yes"),
        person("p2", "Dilys", "parent"),
        person("p3", "Tom", "child", under_18="unknown", contact_allowed="unknown"),
        person("p4", "Dr Hale", "professional"),
        person("p5", "adult victim A", "victim", contact_allowed="no"),
    ]
    entry = write(desk, case, "people", on="2026-01-05", people=rows)
    found = people.people(desk, case)
    assert titles(found) == {
        "Children, and what contact is allowed": ["Tom"],
        "Family and partners": ["Dilys", "Carys"],
        "Professionals": ["Dr Hale"],
        "Victims, by reference": ["adult victim A"],
    }
    assert (item(found, "Carys").state, item(found, "Tom").state) == (
        "Until 1 March 2026",
        "Contact: not known",
    )
    assert item(found, "Dilys").entries == (("5 January 2026", entry),)
    # What has ended counts nowhere else either.
    assert desk.case(case).known("network.household", "p1", "2026-03-10").value is None
    shown = next(part for part in summary.page(desk, case).parts if part.title == "People around the person")
    assert "Carys" not in [fact.name for fact in shown.facts]


def test_what_is_missing_of_a_child_is_said(desk: Desk, case: str) -> None:
    """How contact happens, who decided; and a condition that says otherwise."""
    write(desk, case, "people", people=[person("p1", "Tom", "child", under_18="yes", household="no")])
    bans = [{"id": "n1", "person": "p1", "kind": "shpo", "in_force": "yes"}]
    write(desk, case, "orders-and-conditions", no_contact=bans)
    assert item(people.people(desk, case), "Tom").alight == (
        "A condition forbids contact, and here it is allowed.",
        "How contact happens, and with whom present, is not recorded.",
        "Who decided on contact is not recorded.",
    )


def test_an_amended_person_stands_once_with_every_entry(desk: Desk, case: str) -> None:
    """A second entry about the same row is the same person."""
    first = write(desk, case, "people", on="2026-03-02", people=[person("p1", "Dilys", "parent")])
    second = write(
        desk, case, "people", on="2026-03-09", people=[person("p1", "Dilys", "parent", phone="01632 960001")]
    )
    found = item(people.people(desk, case), "Dilys")
    assert found.entries == (("9 March 2026", second), ("2 March 2026", first))
    assert ("Telephone", "01632 960001") in found.facts


def test_an_agency_stands_while_the_plan_names_it(desk: Desk, case: str) -> None:
    """With what it agreed to, and that the day is missing."""
    write(desk, case, "risk-management-plan", agencies=[{"id": "a1", "name": "Housing", "agreed": "A room"}])
    write(desk, case, "risk-management-plan", agencies=[{"id": "a2", "name": "Police", "agreed": "Visits"}])
    found = agencies.agencies(desk, case)
    assert titles(found)["Agencies in the plan"] == ["Police"]
    assert item(found, "Police").alight == ("When it was agreed is not recorded.",)
    assert item(found, "Responsible officer").facts == (("", "Ann Example"),)


def test_a_place_says_who_approved_it_and_who_was_there(desk: Desk, case: str) -> None:
    """Its visits stand with it; what nobody has recorded is said of the place where the person is, and of no other."""
    rows = [
        {
            "id": "h1",
            "text": "The old house",
            "type": "family",
            "from_day": "2025-01-01",
            "until_day": "2026-02-01",
            "children": "no",
        },
        {
            "id": "h2",
            "text": "The new house",
            "type": "rented",
            "from_day": "2026-02-01",
            "children": "unknown",
            "police_view": "Fine",
        },
    ]
    write(desk, case, "address", places=rows)
    visit = write(desk, case, "home-visit", place="h1")
    found = addresses.addresses(desk, case)
    new, old = item(found, "The new house"), item(found, "The old house")
    assert (new.state, old.state) == ("Lives here now", "Left 1 February 2026")
    assert new.alight == (
        "No approval is recorded.",
        "What children's services say of it is not recorded.",
        "No visit to it is recorded.",
    )
    assert (old.alight, old.entries[-1][1]) == ((), visit)


def test_a_condition_says_when_and_how_it_was_checked(desk: Desk, case: str) -> None:
    """Only with a day; what is past its review or ended says so."""
    rows = [
        {
            "id": "c1",
            "kind": "shpo",
            "wording": "No devices",
            "in_force": "yes",
            "check_every": "Monthly",
            "review_on": "2026-03-01",
        },
        {
            "id": "c2",
            "kind": "shpo",
            "wording": "No travel",
            "purpose": "Flight",
            "in_force": "yes",
            "told_on": "2026-01-01",
            "checked_on": "2026-03-02",
            "checked_how": "police",
        },
        {"id": "c3", "kind": "curfew", "wording": "At home by ten", "in_force": "no"},
    ]
    write(desk, case, "orders-and-conditions", conditions=rows)
    found = conditions.conditions(desk, case)
    assert titles(found)["No longer in force"] == ["At home by ten"]
    assert item(found, "No devices").alight == (
        "What it is there to prevent is not recorded.",
        "No one has recorded that it was explained.",
        "It is to be checked, and no check is recorded with its day.",
        "Whether it is still needed was to be asked by 1 March 2026.",
    )
    assert item(found, "No travel").alight == ()
    assert ("Last checked", "2 March 2026: by police") in item(found, "No travel").facts


def test_devices_say_whether_they_are_declared_and_which_check_is_past(desk: Desk, case: str) -> None:
    """And the conditions that speak of them."""
    session = recording.start(desk, case, "devices")
    session.restore(
        {
            "on": "2026-01-05",
            "devices": [
                {"id": "d1", "what": "Telephone", "declared": "yes", "monitored": "software"},
                {"id": "d2", "what": "Tablet", "declared": "no"},
                {"id": "d3", "what": "Old phone", "declared": "yes", "until_day": "2026-01-01"},
            ],
            "accounts": [{"id": "a1", "what": "Mail", "called": "gwyn", "declared": "yes"}],
            "checks": [{"id": "k1", "done_on": "2026-01-05", "by": "Police"}],
            "next_check_on": "2026-02-05",
        }
    )
    recording.sign(desk, case, session)
    terms = {"id": "c1", "kind": "shpo", "wording": "Declare every device.", "in_force": "yes"}
    write(desk, case, "orders-and-conditions", conditions=[terms])
    found = devices.devices(desk, case)
    assert (item(found, "Tablet").state, item(found, "Tablet").alight) == (
        "Not declared",
        ("How it is monitored is not recorded.",),
    )
    assert item(found, "Old phone").state == "No longer held from 1 January 2026"
    assert item(found, "Next check: 5 February 2026").state == "Past"
    assert item(found, "5 January 2026").alight == ("What was found is not recorded.",)
    assert titles(found)["Conditions that speak of devices"] == ["Declare every device."]


def test_a_line_opens_its_entry_and_its_row_and_adding_the_form(
    frame: Frame, case: str, qtbot: QtBot
) -> None:
    """All three by keyboard, on the part of the tab that was chosen."""
    entry = write(frame.desk, case, "people", on="2026-03-02", people=[person("p1", "Dilys", "parent")])
    screen = CaseScreen(frame)
    qtbot.addWidget(screen)
    screen.resize(1200, 800)
    screen.show()
    screen.arrive(Place("case", case=case, tab="people"))
    qtbot.wait(1)
    for name, place in (
        ("Open the entry: Dilys, 2 March 2026", Place("case", case=case, tab="chronology", entry=entry)),
        ("Change: Dilys", Place("form", case=case, form="people", entry=entry, words="people/p1")),
        ("Add a person, to: Family and partners", Place("form", case=case, form="people")),
        ("Addresses", Place("case", case=case, tab="addresses")),
    ):
        button = next(each for each in screen.findChildren(Button) if each.accessibleName() == name)
        qtbot.keyClick(button, Qt.Key.Key_Space)
        assert frame.went[-1] == place
