"""Close spacing: less room between things and around them, the same letters, and nothing too small to press."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from typing import get_args

import pytest
from PySide6.QtCore import QModelIndex
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPushButton, QStyleOptionViewItem, QWidget
from pytestqt.qtbot import QtBot

from tests.resources.test_house import ROOT
from workbench import settings
from workbench.settings import Settings
from workbench.ui.caseload.table import PeopleTable
from workbench.ui.look import look
from workbench.ui.look.look import Look, in_force
from workbench.ui.look.tokens import TARGET, Spacing
from workbench.ui.widgets.buttons import Button, Choice
from workbench.ui.widgets.flow import Page, column
from workbench.ui.widgets.inputs import Choose, LineField, PlainField, SearchField, SecretField, Tick
from workbench.ui.widgets.panels import Card
from workbench.ui.widgets.rows import Rows
from workbench.ui.widgets.text import Label

KINDS = ("plain", "primary", "secondary", "danger", "link", "source", "row", "icon", "chip", "tab", "rail")
SIZES = (0.75, 1.0, 1.25, 1.5, 1.75, 2.0)
UI = ROOT / "workbench" / "ui"
GAPS = ("setContentsMargins", "setSpacing", "setHorizontalSpacing", "setVerticalSpacing", "addSpacing")
# The rail, the gate and Today keep a measure of their own.
OWN_MEASURE = ("shell", "gate", "today")
Wear = Callable[[Look], None]


@pytest.fixture
def wear(qapp: QApplication) -> Iterator[Wear]:
    """Dresses the application, and puts it back as the other tests find it."""
    look.load_fonts()
    yield lambda worn: look.put_on(qapp, worn)
    look.put_on(qapp, Look(still=True))


def pressed() -> list[QWidget]:
    """One of everything that is pressed or written in."""
    buttons = [Button("1", kind=kind, icon="x" if kind == "icon" else "") for kind in KINDS]
    tight = Button("", kind="rail", icon="x")
    tight.setProperty("tight", "true")
    fields = [LineField("A"), SecretField("A"), SearchField("A", "b"), PlainField("A")]
    return [*buttons, tight, *fields, Choose("A", {"a": "A"}), Tick("A")]


@pytest.mark.parametrize("spacing", get_args(Spacing))
@pytest.mark.parametrize("size", SIZES)
def test_everything_is_high_enough_to_press(qtbot: QtBot, wear: Wear, size: float, spacing: Spacing) -> None:
    """24 pixels, also in the smallest text (WCAG 2.2, 2.5.8)."""
    wear(Look(scale=size, still=True, spacing=spacing))
    holder = QWidget()
    qtbot.addWidget(holder)
    lines = column(holder)
    made = pressed()
    for widget in made:
        lines.addWidget(widget)
    holder.show()
    low = [(type(each).__name__, each.property("kind"), each.height()) for each in made]
    assert [each for each in low if each[2] < TARGET] == []


@pytest.mark.parametrize("size", SIZES)
def test_what_is_focused_keeps_its_size_and_its_ring_is_whole(qtbot: QtBot, wear: Wear, size: float) -> None:
    """The ring stands at all four edges, and the words do not move."""
    wear(Look(scale=size, still=True, spacing="close"))
    holder = QWidget()
    qtbot.addWidget(holder)
    lines = column(holder, gap=20, margin=20)
    made = [widget for widget in pressed() if isinstance(widget, QPushButton | QLineEdit | QComboBox)]
    for widget in made:
        lines.addWidget(widget)
    holder.show()
    holder.activateWindow()
    ring = in_force().colour("focus").name()
    broken = []
    for widget in made:
        before = widget.size()
        widget.setFocus()
        QApplication.processEvents()
        image = widget.grab().toImage()
        across, down = image.width() // 2, image.height() // 2
        edges = ((across, 0), (across, image.height() - 1), (0, down), (image.width() - 1, down))
        seen = [image.pixelColor(*edge).name() for edge in edges]
        if widget.size() != before or seen != [ring] * 4:
            broken.append((type(widget).__name__, widget.property("kind"), seen))
    assert broken == []


def test_only_the_room_around_words_shrinks(wear: Wear) -> None:
    """By a third; letters and icons stay, and no gap vanishes."""
    roomy, close = Look(), Look(spacing="close")
    assert (roomy.gap(20), close.gap(20), close.gap(1)) == (20, 13, 1)
    assert close.px(20) == roomy.px(20)
    assert close.font() == roomy.font()
    assert (roomy.line(38, 26), close.line(38, 26), close.line(60, 26)) == (38, 26, 39)


def test_a_page_is_lower(qtbot: QtBot, wear: Wear) -> None:
    """The same cards, fields and buttons take at least a sixth less height, though their letters stay."""

    def height() -> int:
        page = Page()
        qtbot.addWidget(page)
        for _ in range(4):
            card = Card("Title")
            for widget in (Label("Words"), LineField("Field"), Button("Press"), Choice("Which", {"a": "A"})):
                card.body.addWidget(widget)
            page.column.addWidget(card)
        page.show()
        return page.widget().sizeHint().height()

    heights = {}
    for spacing in get_args(Spacing):
        wear(Look(still=True, spacing=spacing))
        heights[spacing] = height()
    assert heights["close"] < 0.84 * heights["roomy"]


@pytest.mark.parametrize("size", SIZES)
def test_lines_of_lists_are_lower_and_hold_their_letters(qtbot: QtBot, wear: Wear, size: float) -> None:
    """A table, and rows of one, two and three lines."""
    heights: dict[Spacing, list[int]] = {}
    for spacing in get_args(Spacing):
        worn = Look(scale=size, still=True, spacing=spacing)
        wear(worn)
        table = PeopleTable()
        qtbot.addWidget(table)
        rows = [Rows("Rows", lines) for lines in (1, 2, 3)]
        for each in rows:
            qtbot.addWidget(each)
        hints = [
            each.itemDelegate().sizeHint(QStyleOptionViewItem(), QModelIndex()).height() for each in rows
        ]
        heights[spacing] = [table.verticalHeader().defaultSectionSize(), *hints]
    title, below = (QFontMetrics(worn.font(of)).height() for of in (15, 14))
    needed = [title, title, title + below, title + 2 * below]
    assert all(close < roomy for close, roomy in zip(heights["close"], heights["roomy"], strict=True))
    assert all(close >= least for close, least in zip(heights["close"], needed, strict=True))
    assert min(heights["close"]) >= TARGET


def test_no_gap_is_set_by_hand() -> None:
    """What stands around things or between them follows the spacing: `gap` or none, never `px` or a number."""
    found = []
    for path in sorted(UI.rglob("*.py")):
        if path.relative_to(UI).parts[0] in OWN_MEASURE:
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call) or getattr(node.func, "attr", "") not in GAPS:
                continue
            fixed = [each for each in node.args if isinstance(each, ast.Constant) and each.value]
            calls = [
                each.func for given in node.args for each in ast.walk(given) if isinstance(each, ast.Call)
            ]
            if fixed or any(getattr(call, "attr", "") == "px" for call in calls):
                found.append(f"{path.relative_to(UI)}:{node.lineno}")
    assert found == []


def test_settings_of_before_are_roomy() -> None:
    """Their file lacks the choice, and is read all the same."""
    path = settings.settings_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text('{"theme": "dark", "text_size": 150}')
    assert settings.load() == Settings(theme="dark", text_size=150)
    assert look.chosen(settings.load()).spacing == "roomy"
