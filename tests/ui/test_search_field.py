"""The cross that empties a search field: ours, large enough at every size of text, and named."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from workbench.ui.look import look
from workbench.ui.look.icons import picture
from workbench.ui.look.look import Look, in_force
from workbench.ui.look.tokens import TARGET, Theme
from workbench.ui.widgets.inputs import SearchField

SIZES = (0.75, 1.0, 1.5, 2.0)


@pytest.fixture(params=[(theme, size) for theme in get_args(Theme) for size in SIZES], ids=str)
def worn(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[Look]:
    """Each theme at each size of text."""
    look.load_fonts()
    look.put_on(qapp, Look(*request.param, still=True, spacing="close"))
    yield in_force()
    look.put_on(qapp, Look(still=True))


def field(qtbot: QtBot, text: str) -> tuple[SearchField, QAbstractButton]:
    made = SearchField("Search the caseload", "Name or CRN")
    qtbot.addWidget(made)
    made.setText(text)
    made.resize(400, made.sizeHint().height())
    made.show()
    (cross,) = made.findChildren(QAbstractButton)
    return made, cross


def test_the_cross_grows_with_the_text_and_is_drawn_in_the_colours_of_the_theme(
    worn: Look, qtbot: QtBot
) -> None:
    made, cross = field(qtbot, "w" * 200)
    assert min(cross.width(), cross.height()) >= max(TARGET, worn.px(24))
    assert made.rect().contains(cross.geometry())
    drawn, side = made.grab(cross.geometry()).toImage(), worn.px(16)
    where = QRect((cross.width() - side) // 2, (cross.height() - side) // 2, side, side)
    wanted = QImage(side, side, drawn.format())
    wanted.fill(worn.colour("surface"))
    painter = QPainter(wanted)
    painter.drawPixmap(0, 0, picture("x", "quiet", 16))
    painter.end()
    seen = drawn.copy(where)
    assert [seen.pixelColor(at, at).name() for at in range(side)] == [
        wanted.pixelColor(at, at).name() for at in range(side)
    ]


def test_it_is_named_empties_the_field_and_leaves_the_cursor_there(qtbot: QtBot, qapp: QApplication) -> None:
    look.put_on(qapp, Look(still=True))
    made, cross = field(qtbot, "")
    assert not cross.isVisible()
    with qtbot.waitSignal(made.asked):
        qtbot.keyClicks(made, "Ash")
    assert (cross.isVisible(), cross.accessibleName()) == (True, "Clear this search")
    with qtbot.waitSignal(made.asked) as told:
        qtbot.mouseClick(cross, Qt.MouseButton.LeftButton, pos=QPoint(1, 1))
    assert (made.text(), told.args, cross.isVisible()) == ("", [""], False)
    assert qapp.focusWidget() is made
