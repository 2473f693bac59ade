"""From the locked window to work and back: nothing lost, nothing left behind, the same place again."""

from __future__ import annotations

import weakref
from collections.abc import Callable

import msgspec
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from tests.conftest import Stores, case_file
from tests.journeys.conftest import Heart, Journey
from workbench import settings
from workbench.casework import importing
from workbench.models.results import Because, Duty
from workbench.settings import Settings
from workbench.store.store import Results
from workbench.ui.look import look
from workbench.ui.shell.place import Place
from workbench.ui.shell.switcher import Switcher
from workbench.ui.widgets.flow import Page


def test_a_wrong_passphrase_says_so_and_the_right_one_opens(
    stores: Stores, open_window: Callable[..., Journey]
) -> None:
    """The field is empty again and the cursor in it."""
    stores.make()
    journey = open_window()
    journey.unlock("not this one")
    assert "The passphrase is not right" in journey.words()
    assert journey.window.workspace is None
    journey.unlock()
    assert "No people yet" in journey.words()


def test_the_idle_lock_closes_the_store_and_gives_the_place_back(
    at_work: Journey, later: Callable[[float], None], stores: Stores
) -> None:
    """Every screen is let go, and unlocking leads back to where one was."""
    at_work.workspace.go(Place("settings"))
    at_work.settle()
    screen = weakref.ref(at_work.workspace.at())
    for _ in range(9):
        later(0.5)
        at_work.window.idle.tick()
    assert at_work.window.workspace is not None
    later(0.5)
    at_work.window.idle.tick()
    at_work.settle()
    assert at_work.window.workspace is None
    assert screen() is None
    stores.open().store.close()
    at_work.unlock()
    assert at_work.workspace.here.screen == "settings"


def test_a_sign_of_a_person_keeps_it_open(at_work: Journey, later: Callable[[float], None]) -> None:
    """A key, or the mouse moved over the window, counts from then on."""
    window = at_work.window.windowHandle()
    signs: tuple[Callable[[], None], ...] = (
        lambda: QTest.keyClick(window, Qt.Key.Key_Shift),
        lambda: QTest.mouseMove(window, QPoint(300, 200)),
        lambda: QTest.mouseClick(window, Qt.MouseButton.LeftButton, pos=QPoint(5, 5)),
    )
    for sign in signs:
        for _ in range(8):
            later(0.5)
            at_work.window.idle.tick()
        sign()
    at_work.settle()
    assert at_work.window.workspace is not None


def test_sleep_locks_whatever_was_allowed(at_work: Journey, later: Callable[[float], None]) -> None:
    """A gap between two looks at the clock is a sleep."""
    later(1)
    at_work.window.idle.tick()
    at_work.settle()
    assert at_work.window.workspace is None


@pytest.mark.parametrize("key", ["Ctrl+L"])
def test_one_key_locks(at_work: Journey, key: str) -> None:
    """And the passphrase is asked for at once."""
    at_work.press(key)
    at_work.settle()
    assert "Passphrase" in at_work.words()


def test_the_cursor_stays_on_a_screen_that_is_drawn_anew(
    stores: Stores, open_window: Callable[..., Journey]
) -> None:
    """From unlocking on: what held it is gone, the first thing to do has it, and the page stays at its top."""
    desk = stores.desk()
    importing.bring(desk, case_file(), "case.json")
    (row,) = desk.cases()
    why = Because("", "home-visit-first", 1, "national", None, "firm")
    owed = Duty(
        "home-visit-first/x/1",
        "home-visit-first",
        row.case,
        "Visit",
        "practitioner",
        "duty",
        "2026-01-01",
        why,
    )
    desk.store.put_results([Results(row, (msgspec.structs.replace(owed, due="2026-03-01"),))])
    stores.close()
    journey = open_window(settings=Settings(text_size=200, still=True))
    journey.unlock()
    for _ in range(2):
        screen, here = journey.workspace.at(), journey.application.focusWidget()
        assert here is not None
        assert here is screen.first()
        page = screen.findChild(Page)
        assert isinstance(page, Page)
        assert page.verticalScrollBar().maximum() > 0
        assert page.verticalScrollBar().value() == 0
        journey.press("Ctrl+1")
        journey.settle()


def test_back_and_forward_go_where_one_was(at_work: Journey) -> None:
    """As in a browser."""
    at_work.workspace.go(Place("search"))
    at_work.workspace.go(Place("settings"))
    at_work.press("Alt+Left")
    assert at_work.workspace.here.screen == "search"
    at_work.press("Alt+Left")
    assert at_work.workspace.here.screen == "today"
    at_work.press("Alt+Right", times=2)
    assert at_work.workspace.here.screen == "settings"


@pytest.mark.parametrize("keys", [("Ctrl+Shift+D",), ("Ctrl+L",)])
def test_another_look_and_a_lock_keep_the_way_back(at_work: Journey, keys: tuple[str, ...]) -> None:
    """Every screen is made anew; where one was before is still one key away."""
    at_work.workspace.go(Place("search", words="allotment"))
    at_work.settle()
    at_work.workspace.go(Place("settings"))
    assert at_work.workspace._past[-1].words == "allotment"
    before = weakref.ref(at_work.workspace)
    for key in keys:
        at_work.press(key)
        at_work.settle()
    if at_work.window.workspace is None:
        at_work.unlock()
    assert before() is not at_work.workspace
    assert at_work.workspace.here.screen == "settings"
    # What was searched for may name somebody: it does not outlast the screens.
    assert at_work.workspace._past[-1].words == ""
    at_work.press("Alt+Left")
    assert at_work.workspace.here.screen == "search"
    at_work.press("Alt+Left")
    at_work.press("Alt+Right")
    assert at_work.workspace.here.screen == "search"


def test_a_look_chosen_in_the_room_is_worn_by_the_screens_behind_it(
    stores: Stores, open_window: Callable[..., Journey]
) -> None:
    """They are made anew once the room is left, and not while somebody sits in it."""
    desk = stores.desk()
    importing.bring(desk, case_file(), "case.json")
    (row,) = desk.cases()
    stores.close()
    journey = open_window()
    journey.unlock()
    journey.workspace.go(Place("case", case=row.case))
    journey.settle()
    behind = journey.workspace
    journey.press("F8")
    journey.settle()
    journey.press("Ctrl++")
    journey.settle()
    assert journey.workspace is behind
    journey.press("F8")
    journey.settle()
    assert journey.workspace is not behind
    assert journey.workspace.here.case == row.case
    assert look.in_force().scale == 1.25


def test_the_switcher_runs_a_command_by_its_words(at_work: Journey) -> None:
    """Three strokes to anywhere."""
    at_work.settle()
    at_work.press("Ctrl+K")
    at_work.settle()
    at_work.type("caseload")
    at_work.settle()
    at_work.press("Return")
    at_work.settle()
    assert at_work.workspace.here.screen == "caseload"
    assert not at_work.window.findChildren(Switcher)[0].isVisible()


def test_the_window_never_stands_still_for_long(at_work: Journey) -> None:
    """A generous bound here; the figures stand in the benchmarks."""
    heart = Heart()
    for screen in ("caseload", "search", "settings", "today"):
        at_work.workspace.go(Place(screen))
        at_work.settle()
    assert heart.stop() < 1.5


def test_the_title_names_nobody(at_work: Journey) -> None:
    """Whatever is open."""
    assert at_work.window.windowTitle() == "Workbench"


def test_close_spacing_is_taken_up_at_once_where_one_is(at_work: Journey) -> None:
    """The screen is made anew in it, the cursor where it was; it is kept for the next time."""
    at_work.press("Ctrl+,")
    at_work.settle()
    before = at_work.button("Dark").height()
    at_work.click("Close")
    assert at_work.workspace.here.screen == "settings"
    assert at_work.button("Dark").height() < before
    assert at_work.application.focusWidget() is at_work.button("Close")
    assert settings.load().spacing == "close"
