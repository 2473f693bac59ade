"""Colours that can be told apart, icons that are there, letters that the fonts hold."""

from __future__ import annotations

import re

import pytest
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.resources.test_house import ROOT
from workbench.ui.look import icons, look, sheet
from workbench.ui.look.tokens import EDGE_PAIRS, PALETTES, TEXT_PAIRS, THEMES, Theme, contrast
from workbench.ui.widgets.panels import Band, Icon, Nothing


def test_the_ratio_of_black_and_white_is_the_standards() -> None:
    """21 to 1, and 1 to 1 for the same colour."""
    assert round(contrast("#000000", "#ffffff"), 2) == 21.0
    assert contrast("#777777", "#777777") == 1.0


@pytest.mark.parametrize("theme", THEMES)
def test_every_pair_of_colours_meets_the_standard(theme: Theme) -> None:
    """Text 4.5 to 1, edges and focus 3 to 1 (WCAG 2.2 AA)."""
    palette = PALETTES[theme]

    def weak(pairs: tuple[tuple[str, str], ...], least: float) -> list[str]:
        return [
            f"{one} on {other}: {ratio:.2f}"
            for one, other in pairs
            if (ratio := contrast(getattr(palette, one), getattr(palette, other))) < least
        ]

    assert weak(TEXT_PAIRS, 4.5) == []
    assert weak(EDGE_PAIRS, 3.0) == []


def test_every_icon_the_window_names_is_there() -> None:
    """Named in the code as `icon="..."`, in a table of icons, or drawn."""
    there = {path.stem for path in (ROOT / "resources" / "icons").glob("*.svg")}
    named = set()
    for path in (ROOT / "workbench" / "ui").rglob("*.py"):
        text = path.read_text("utf-8")
        named |= set(re.findall(r'icon="([a-z0-9-]+)"', text))
        named |= set(re.findall(r'Icon\("([a-z0-9-]+)"', text))
        named |= set(re.findall(r'draw\(painter, "([a-z0-9-]+)"', text))
    assert named - there == set()


def test_no_icon_lies_there_unused() -> None:
    """Thirty or forty of two thousand are copied in, each for a use."""
    text = "\n".join(path.read_text("utf-8") for path in (ROOT / "workbench" / "ui").rglob("*.py"))
    unused = [
        path.stem for path in (ROOT / "resources" / "icons").glob("*.svg") if f'"{path.stem}"' not in text
    ]
    assert unused == []


def test_an_icon_is_drawn_in_the_colour_asked_for(qapp: QApplication) -> None:
    """And not in black, which no dark theme could show."""
    look.put_on(qapp, look.Look("dark", still=True))
    image = icons.picture("house", "accent", 40).toImage()
    colours = {
        image.pixelColor(x, y).name()
        for x in range(40)
        for y in range(40)
        if image.pixelColor(x, y).alpha() == 255
    }
    assert PALETTES["dark"].accent in colours
    assert "#000000" not in colours


def test_the_fonts_hold_welsh_letters(qapp: QApplication) -> None:
    """Among them the two that cut fonts lack."""
    look.load_fonts()
    metrics = QFontMetrics(look.Look().font())
    assert [letter for letter in "ŵŷâêîôûŴŶ" if not metrics.inFontUcs4(ord(letter))] == []


def test_lengths_grow_with_the_text(qapp: QApplication) -> None:
    """And never vanish."""
    assert look.Look(scale=2.0).px(7) == 14
    assert look.Look(scale=0.75).px(1) == 1
    assert look.Look(scale=2.0).font(15).pixelSize() == 30


def test_what_stands_for_an_empty_list_stands_together(qtbot: QtBot) -> None:
    """However high the place is that it fills."""
    nothing = Nothing("No people yet", "Register a person.", "Register", lambda: None)
    qtbot.addWidget(nothing)
    nothing.resize(600, 800)
    nothing.show()
    assert nothing.button is not None
    assert nothing.button.geometry().bottom() < 240


def test_the_icon_of_a_band_stands_beside_its_first_line(qtbot: QtBot) -> None:
    """Where a button makes the band higher than one line, too."""
    band = Band("A recall is open", "danger", "Open the recall", lambda: None)
    qtbot.addWidget(band)
    band.resize(900, 60)
    band.show()
    icon = band.findChild(Icon)
    assert abs(icon.geometry().top() - band.words.geometry().top()) <= 4


def test_a_tab_that_is_chosen_and_has_the_cursor_shows_both(qapp: QApplication) -> None:
    """The ring does not take the line under the chosen one away."""
    text = sheet.of(PALETTES["light"], round, round)
    rule = re.search(r'kind="tab"\]:checked:focus \{ ([^}]*) \}', text)
    assert rule is not None
    assert PALETTES["light"].accent in rule.group(1)
