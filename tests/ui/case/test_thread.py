"""The golden thread map: what is missing is said in words, and every cell leads to its entry by keyboard."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.casework.test_threads import case as case_with_threads
from tests.ui.conftest import Frame
from workbench.casework.desk import Desk
from workbench.ui.case.thread import presenter
from workbench.ui.case.view import CaseScreen
from workbench.ui.shell.place import Place
from workbench.ui.widgets.buttons import Button

case = case_with_threads


def row(found: presenter.Map, part: int, head: str) -> presenter.Row:
    """A row of the map by its first words."""
    return next(each for each in found.parts[part].rows if each.head.words == head)


def test_a_factor_without_action_is_alight_in_words(desk: Desk, case: str) -> None:
    """And so is an action that answers nothing; direction is a person's sentence."""
    found = presenter.thread(desk, case)
    bare = row(found, 0, "Social influences")
    assert (bare.rating, bare.lines[0].done.alight) == ("High priority", "No action answers it.")
    assert row(found, 0, "Opportunity").head.more == "Changed: He moved away from the school."
    loose = [each.lines[0].done.words for each in found.parts[2].rows if each.head.alight]
    assert "Ring somebody" in loose
    assert found.parts[0].entry == desk.case(case).of_form("risk-management-plan")[-1].id


def test_a_sign_the_plan_is_silent_on_is_alight(desk: Desk, case: str) -> None:
    """The other one says who does what, within what time."""
    found = presenter.thread(desk, case)
    assert row(found, 3, "Stops answering").lines[0].worked.alight == "The plan does not say who does what."
    assert row(found, 3, "alone by the  school").lines[0].worked.words == "A: ring police, today."


def test_an_empty_map_says_what_is_missing(desk: Desk, registered: Callable[..., str]) -> None:
    """The two forms it begins with."""
    found = presenter.thread(desk, registered())
    assert [form for form, _ in found.missing] == ["arms", "risk-management-plan"]
    assert all(not part.rows and part.empty for part in found.parts)


def test_cells_are_walked_with_arrows_and_opened(frame: Frame, case: str, qtbot: QtBot) -> None:
    """Down stays in the column; Space opens the entry. Narrow, the same stands in blocks."""
    screen = CaseScreen(frame)
    qtbot.addWidget(screen)
    screen.resize(1200, 800)
    screen.show()
    screen.arrive(Place("case", case=case, tab="thread"))
    qtbot.wait(1)
    visit = next(
        each
        for each in screen.findChildren(Button)
        if each.accessibleName().startswith("Open the entry: Home visit")
    )
    factors = ("Opportunity", "Sexual preoccupation")
    heads = [each for each in screen.findChildren(Button) if each.accessibleName().endswith(factors)]
    heads[0].setFocus()
    qtbot.keyClick(heads[0], Qt.Key.Key_Down)
    assert QApplication.focusWidget() is heads[1]
    qtbot.keyClick(visit, Qt.Key.Key_Space)
    opened = frame.desk.case(case).entries[frame.went[-1].entry]
    assert opened.form == "home-visit"
    screen.resize(700, 800)
    qtbot.wait(1)
    assert screen._tab_list.key() == "thread"
