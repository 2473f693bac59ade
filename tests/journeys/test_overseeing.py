"""An SPO at the real window: a clean touch point counted in strokes, every screen of hers walked by Tab."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests import team as teams
from tests.conftest import NOW, Kept
from tests.journeys.conftest import Journey
from tests.journeys.test_every_screen import controls, cut, named, spills, unreached
from workbench.casework import opening, overseeing
from workbench.casework.desk import Desk
from workbench.casework.opening import Secret
from workbench.clock import FixedClock
from workbench.models.ids import Ids
from workbench.security.keyring import NoKeyring
from workbench.settings import Settings
from workbench.ui import tour
from workbench.ui.gate.gate import Opening
from workbench.ui.look import look
from workbench.ui.shell.place import Place
from workbench.ui.shell.window import Window


@pytest.fixture(scope="module")
def folder(kept: Kept) -> Path:
    """One store for all journeys here."""
    return teams.copy(kept)


@pytest.fixture
def lead(folder: Path, qapp: object) -> Iterator[Callable[[int], Journey]]:
    """Unlocks a window over it, at a text size; the journey stands on Today with nothing counted."""
    made: list[Window] = []
    clock = FixedClock(NOW)
    ids = Ids(clock, secrets.token_bytes)

    def open_(size: int = 100) -> Journey:
        look.load_fonts()
        look.put_on(qapp, look.Look("light", size / 100, still=True))  # type: ignore[arg-type]

        def desk(secret: Secret) -> Desk:
            return opening.open_desk(folder, secret, clock, ids, NoKeyring())

        window = Window(qapp, Settings(text_size=size, still=True), clock, Opening(desk))  # type: ignore[arg-type]
        window.resize(tour.WIDTH, tour.HEIGHT)
        window.show()
        window.activateWindow()
        made.append(window)
        journey = Journey(qapp, window)  # type: ignore[arg-type]
        journey.unlock(teams.passphrase(folder))
        journey.strokes = 0
        return journey

    yield open_
    for window in made:
        window.close()
        window.deleteLater()


def test_a_clean_touch_point_is_finished_in_ten_strokes(lead: Callable[..., Journey]) -> None:
    """From Today: the first look that is owed, its question, the decision, why, signed."""
    journey = lead()
    owed = journey.desk(lambda desk: overseeing.team(desk).looks[0].row.case)
    journey.workspace.go(Place("today"))
    journey.settle()
    journey.strokes = 0
    assert journey.button("Oversight, ").isVisible()
    journey.press("Ctrl+3")
    journey.settle()
    journey.press("Return")
    journey.settle()
    assert journey.workspace.here == Place("review", case=str(owed))
    journey.press("Space")
    journey.press("Down")
    journey.press("Tab")
    journey.type("The plan answers the risk, and contact is as agreed.")
    journey.press("Ctrl+Return")
    journey.settle()
    assert journey.strokes <= 10
    answers = journey.desk(lambda desk: desk.case(str(owed)).of_form("touch-point")[-1].head.answers())
    assert (answers["decision"], answers["why"]) == (  # type: ignore[index]
        "endorsed",
        "The plan answers the risk, and contact is as agreed.",
    )
    assert answers["question"]  # type: ignore[index]
    assert journey.desk(lambda desk: overseeing.look(desk, str(owed))) is None
    assert journey.workspace.here.screen == "oversight"
    assert "1 look done since Monday." in journey.words()


def test_who_oversees_nobody_is_offered_figures_alone(at_work: Journey) -> None:
    """In the rail of a practitioner there is no Oversight."""
    shown = at_work.words().splitlines()
    assert "Figures" in shown
    assert "Oversight" not in shown


@pytest.mark.timeout(200)
@pytest.mark.parametrize("size", [100, 200])
def test_every_screen_of_hers_is_named_reached_and_uncut(lead: Callable[..., Journey], size: int) -> None:
    """One walk through what she alone is shown."""
    journey = lead(size)
    who = journey.desk(tour.cases)
    assert isinstance(who, tour.Cases)
    wrong: list[str] = []
    stops = list(tour.stops(who))
    assert {"oversight-looks", "oversight-reading", "review", "figures-team"} <= {stop.name for stop in stops}
    for stop in stops:
        stop.go(journey.window)
        journey.settle()
        told = [
            f"no name: {type(widget).__name__}" for widget in controls(journey.window) if not named(widget)
        ]
        told += [f"cut: {each}" for each in cut(journey.window)]
        told += [f"not reached: {each}" for each in unreached(journey.window, journey.application)]
        told += [f"spills: {each}" for each in spills(journey.window)]
        wrong += [f"{stop.name}: {each}" for each in told]
    assert "\n".join(wrong) == ""
