"""Ways out: from an opened entry to its act, and what was taken out with how far that came."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.casework.meeting import meet, send
from tests.casework.test_recording import ROSH, case_of, record
from tests.conftest import Stores, vouch
from tests.ui.conftest import Frame
from workbench.casework import exporting, importing, keeping, receiving, sending
from workbench.forms.definition import rows
from workbench.ui.case.chronology import presenter as chronology
from workbench.ui.form import presenter as forms
from workbench.ui.shell import counts
from workbench.ui.shell.place import Place
from workbench.ui.waysout import presenter
from workbench.ui.waysout.view import WaysOutScreen

WORD = "Quokkaword"


class World:
    """A case at its author's and at the data protection lead's, with one entry that is to go."""

    def __init__(self, stores: Stores) -> None:
        self.ann = stores.desk("ann")
        self.joan = stores.desk("joan", role="data-protection", person="Joan Lead")
        self.case = case_of(self.ann)
        version = record(self.ann, self.case, "rosh", {**ROSH, "who": f"Children near {WORD}."}).version
        assert version
        self.version = self.entry = version
        meet(self.ann, self.joan)
        for desk in (self.ann, self.joan):
            vouch(desk, self.ann, self.joan)
        send(self.ann, self.joan, self.case)

    def erase(self) -> str:
        """The lead erases the entry, and sends that to its author."""
        answers = {
            "versions": [{"id": "r1", "version": self.version}],
            "ground": "retention",
            "why": "Its time is over.",
        }
        act = keeping.erase(self.joan, self.case, [self.version], answers).version
        assert act
        return act


@pytest.fixture
def world(stores: Stores) -> World:
    """The world of this test."""
    return World(stores)


def words(screen: QWidget) -> str:
    """All that is shown."""
    QApplication.processEvents()
    return "\n".join(each.accessibleName() for each in screen.findChildren(QWidget) if each.isVisible())


def shown(frame: Frame, qtbot: QtBot, place: Place) -> WaysOutScreen:
    """The screen at a place."""
    made = WaysOutScreen(frame)
    qtbot.addWidget(made)
    made.resize(1100, 720)
    made.show()
    made.arrive(place)
    return made


def test_an_opened_entry_offers_the_ways_that_a_role_has(world: World) -> None:
    """A mark can only come off where one is."""
    (registration,) = world.joan.case(world.case).of_form("registration")
    ways = {}
    for desk in (world.ann, world.joan):
        for entry in (world.entry, registration.id):
            whole = chronology.whole(desk, world.case, entry)
            assert whole
            ways[desk.device.card.role, whole.form] = [form for form, _ in whole.ways_out]
    out = ["misfiled", "restricted", "erased"]
    assert ways == {
        ("practitioner", "rosh"): ["mark-loosened"],
        ("practitioner", "registration"): [],
        ("data-protection", "rosh"): [*out, "mark-loosened"],
        ("data-protection", "registration"): out,
    }


def test_before_an_act_stands_what_it_does_and_the_form_begins_with_its_versions(
    frame: Frame, world: World, qtbot: QtBot
) -> None:
    frame.desk = world.joan
    screen = shown(frame, qtbot, Place("waysout", case=world.case, entry=world.entry, form="restricted"))
    told = words(screen)
    assert "Restrict: Gwyn Sample" in told
    assert "Facts: " in told
    assert "RoSH, overall" in told
    assert "No report was issued since it was written." in told
    go = screen.first()
    assert isinstance(go, QPushButton)
    go.click()
    (place,) = frame.went
    opened = forms.opened(world.joan, place.case, place.form, given=place.given)
    answers = opened.session.answers()
    assert [row["version"] for row in rows(answers["versions"])] == [world.version]
    assert "RoSH, overall" in answers["vanishes"]


def test_another_role_is_refused_in_words(frame: Frame, world: World, qtbot: QtBot) -> None:
    frame.desk = world.ann
    screen = shown(frame, qtbot, Place("waysout", case=world.case, entry=world.entry, form="erased"))
    assert "Ask the data protection lead." in words(screen)


def test_what_was_taken_out_is_listed_with_who_has_confirmed_it(
    frame: Frame, world: World, qtbot: QtBot
) -> None:
    frame.desk = world.joan
    screen = shown(frame, qtbot, Place("waysout"))
    assert "Nothing was taken out" in words(screen)
    world.erase()
    (card,) = presenter.out(world.joan).cards
    assert (card.title, card.state, card.stores) == (
        "Gwyn Sample",
        "Erased",
        ("The case was sent to nobody from here.",),
    )
    came = receiving.receive(world.ann, sending.bundle(world.joan, world.case, "Ann Example").data)
    assert presenter.out(world.joan).cards[0].stores == (
        "Ann Example (practitioner): has not confirmed it yet",
    )
    assert came.receipt
    receiving.receive(world.joan, came.receipt)
    screen.arrive(Place("waysout", tab="out"))
    told = words(screen)
    assert "Ann Example (practitioner): has confirmed it" in told
    assert "Why: Its time is over." in told
    assert WORD not in told


def test_an_act_of_a_role_nobody_vouched_for_says_so(stores: Stores, world: World) -> None:
    stores.make("eve", "data-protection", "Eve Lead")
    eve = stores.open("eve")
    importing.bring(eve, exporting.export(world.ann, world.case), "case.json")
    world.joan = eve
    world.erase()
    (card,) = presenter.out(eve).cards
    assert "Without effect here: nobody has vouched for that role." in card.lines
    assert card.tone == "plain"


def test_holds_and_requests(frame: Frame, world: World, qtbot: QtBot) -> None:
    held = {"held": "yes", "reason": "Inquiry (invented)", "from_day": "2026-03-09"}
    record(world.joan, world.case, "legal-hold", held)
    record(
        world.ann, world.case, "request", {"on": "2026-03-02", "how": "letter", "words": "May I see my file?"}
    )
    frame.desk = world.joan
    told = words(shown(frame, qtbot, Place("waysout", tab="holds")))
    assert "Held" in told
    assert "From 9 March 2026, no end known. Recorded by Joan Lead." in told
    before = presenter.before(world.joan, world.case, world.entry, "erased")
    assert "A legal hold stands on this case" in [part.title for part in before.parts]
    frame.desk = world.ann
    told = words(shown(frame, qtbot, Place("waysout", tab="requests")))
    assert "1 request without an answer, the oldest first." in told
    assert "Received 2 March 2026." in told


def test_only_the_lead_is_led_there_by_the_rail(world: World) -> None:
    assert [counts.counts(desk).leads for desk in (world.ann, world.joan)] == [False, True]
