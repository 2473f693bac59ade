"""Figures on the screen: every number has its cases, a reader outside sees neither small numbers nor cases."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from tests import team as teams
from tests.conftest import Kept
from tests.ui.conftest import Frame
from workbench.casework.desk import Desk
from workbench.ui.figures import presenter
from workbench.ui.figures.chart import Chart
from workbench.ui.figures.view import FILE, Behind, FiguresScreen
from workbench.ui.look import look
from workbench.ui.shell.place import Place
from workbench.ui.widgets.buttons import Button
from workbench.ui.widgets.rows import Rows


@pytest.fixture(scope="module")
def folder(kept: Kept) -> Path:
    """One store for all tests here."""
    return teams.copy(kept)


@pytest.fixture
def led(folder: Path, qapp: QApplication) -> Iterator[Frame]:
    """The SPO's frame."""
    look.load_fonts()
    look.put_on(qapp, look.Look(still=True))
    desk = teams.open_(folder)
    yield Frame(desk)
    desk.store.close()


@pytest.fixture
def screen(led: Frame, qtbot: QtBot) -> FiguresScreen:
    """Figures, shown."""
    made = FiguresScreen(led)
    qtbot.addWidget(made)
    made.resize(1150, 720)
    made.show()
    made.arrive(Place("figures"))
    return made


def press(screen: FiguresScreen, name: str) -> None:
    """Presses the button of this name."""
    next(button for button in screen.findChildren(Button) if button.accessibleName() == name).click()


def test_every_number_has_its_cases_behind_it(led: Frame) -> None:
    """As many as are counted, short notice among them."""
    found = presenter.read(led.desk, "spo", "")
    assert len(found.shown) == len(found.rows) == 8
    for shown, told in zip(found.shown, found.told, strict=True):
        total = told.sum()
        assert len(shown.cases) == total.of + total.short
        for quarter in told.quarters:
            behind = presenter.behind(shown, quarter, told)
            assert len(behind) == told.sum(quarter).of + told.sum(quarter).short
    assert any(told.sum().of for told in found.told)


def test_outside_the_team_small_numbers_are_kept_back_and_no_case_is_named(led: Frame) -> None:
    """Nor is anybody's own figure to be had."""
    name = next(row.officer for row in led.desk.cases() if row.officer)
    found = presenter.read(led.desk, "figures", name)
    assert found.officer == ""
    assert all(shown.cases == () for shown in found.shown)
    told = " ".join(quarter.words for shown in found.shown for quarter in shown.quarters)
    assert "<5" in told
    assert " 1 of " not in told


def test_one_officer_is_seen_by_choosing_and_nobody_is_ranked(led: Frame) -> None:
    """In order of name."""
    everybody = presenter.read(led.desk, "spo", "")
    names = list(everybody.officers.values())
    assert names[0] == "Everybody"
    assert names[1:] == sorted(names[1:], key=str.casefold)
    one = presenter.read(led.desk, "spo", names[1])
    assert 0 < sum(told.sum().of for told in one.told) < sum(told.sum().of for told in everybody.told)


def test_the_chart_says_what_it_draws(screen: FiguresScreen) -> None:
    """Every quarter in its name."""
    shown = presenter.read(screen.shell.desk, "spo", "").shown[0]  # type: ignore[attr-defined]
    name = screen.findChild(Chart).accessibleName()
    assert all(f"{quarter.name}: {quarter.words}" in name for quarter in shown.quarters)
    assert not screen.findChild(Chart).grab().isNull()


def test_the_cases_behind_it_open(led: Frame, screen: FiguresScreen) -> None:
    """One press."""
    behind = screen.findChildren(Behind)[-1].findChild(Rows)
    behind.opened.emit(behind.rows.items[0].key)
    assert led.went[-1] == Place("case", case=behind.rows.items[0].key)


def test_the_file_is_cut_to_its_reader_named_after_nobody_and_logged(
    led: Frame, screen: FiguresScreen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Small numbers stay here."""
    offered: list[str] = []

    def chosen(over: object, title: str, name: str, kinds: str) -> tuple[str, str]:
        offered.append(name)
        return str(tmp_path / "out.csv"), kinds

    monkeypatch.setattr(QFileDialog, "getSaveFileName", chosen)
    press(screen, "Outside the team")
    press(screen, "Save as CSV")
    text = (tmp_path / "out.csv").read_text("utf-8-sig")
    assert offered == [FILE]
    assert text.startswith("figure,whose,quarter,")
    assert "<5" in text
    assert not [row.name for row in led.desk.cases() if row.name and row.name in text]
    last = list(led.desk.store.log_rows())[-1]
    assert (last.what, last.detail) == ("exported", "figures as csv, small numbers kept back")


def test_an_empty_store_has_figures_of_nothing(frame: Frame, desk: Desk, qtbot: QtBot) -> None:
    """And says so."""
    made = FiguresScreen(frame)
    qtbot.addWidget(made)
    made.show()
    made.arrive(Place("figures"))
    found = presenter.read(desk, "spo", "")
    assert {row.line for row in found.rows} == {"Nothing counted in these quarters"}


def test_without_room_beside_a_figure_it_is_chosen_from_a_list_that_opens(led: Frame, qtbot: QtBot) -> None:
    screen = FiguresScreen(led)
    qtbot.addWidget(screen)
    screen.arrive(Place("figures"))
    screen.resize(1200, 700)
    screen.show()
    assert (screen._rows.isVisible(), screen._which.isVisible()) == (True, False)
    screen.resize(700, 700)
    assert (screen._rows.isVisible(), screen._which.isVisible()) == (False, True)
    assert screen.first() is screen._which
    titles = [row.title for row in screen._rows.rows.items]
    assert [screen._which.itemText(at) for at in range(screen._which.count())] == titles
    screen._which.setCurrentIndex(2)
    screen._which.activated.emit(2)
    assert screen._rows.current() == screen._which.key()
    assert screen.findChildren(Behind)[-1]._shown.title == titles[2]
