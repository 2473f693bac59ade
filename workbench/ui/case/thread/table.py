"""One table of the map: columns side by side where there is room, else each row as a block under its headings.

Tab goes through every way to an entry in reading order; the up and down arrows stay in a column.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from workbench.ui.case.thread.presenter import Cell, Line, Part, Row
from workbench.ui.look.look import in_force
from workbench.ui.widgets.buttons import Button
from workbench.ui.widgets.flow import column, row
from workbench.ui.widgets.panels import Card, Icon
from workbench.ui.widgets.panels import Line as Rule
from workbench.ui.widgets.text import Label, Pill

_SHARES = (3, 4, 4, 4)


class Table(Card):
    """One part of the map; `wide` puts its columns side by side, `go` opens an entry, `write` what mends it."""

    def __init__(
        self, part: Part, *, wide: bool, go: Callable[[str], None], write: Callable[[], None]
    ) -> None:
        super().__init__(part.title, gap=8)
        self._go = go
        self._ways: list[tuple[Button, int]] = []
        if part.says:
            self.body.addWidget(_alight(part.says, "warn"))
        if part.form:
            mend = Button(part.words, write, icon="pencil", kind="link")
            mend.setAccessibleName(f"{part.words}, for: {part.title}")
            self.body.addWidget(mend, 0, Qt.AlignmentFlag.AlignLeft)
        if not part.rows:
            self.body.addWidget(Label(part.empty, "quiet"))
        elif wide:
            self.body.addWidget(self._grid(part))
        else:
            self._blocks(part)

    # Side by side

    def _grid(self, part: Part) -> QWidget:
        held = QWidget()
        grid = QGridLayout(held)
        look = in_force()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(look.gap(16))
        grid.setVerticalSpacing(look.gap(6))
        for at, title in enumerate(part.columns):
            grid.addWidget(Label(title, "small"), 0, at)
            grid.setColumnStretch(at, _SHARES[at])
        line = 1
        for each in part.rows:
            grid.addWidget(Rule(), line, 0, 1, len(part.columns))
            top = Qt.AlignmentFlag.AlignTop
            grid.addWidget(self._head(each), line + 1, 0, len(each.lines), 1, top)
            for number, done in enumerate(each.lines):
                for at, cell in enumerate(_cells(done, part), start=1):
                    name = f"{each.head.words}, {part.columns[at]}"
                    grid.addWidget(self._cell(cell, at, name), line + 1 + number, at, top)
            line += 1 + len(each.lines)
        return held

    # One below the other

    def _blocks(self, part: Part) -> None:
        for each in part.rows:
            self.body.addWidget(Rule())
            self.body.addWidget(self._head(each))
            for done in each.lines:
                for at, cell in enumerate(_cells(done, part), start=1):
                    if cell != Cell():
                        self.body.addWidget(Label(part.columns[at], "small"))
                        self.body.addWidget(self._cell(cell, at, f"{each.head.words}, {part.columns[at]}"))

    # Cells

    def _head(self, each: Row) -> QWidget:
        return self._cell(each.head, 0, each.head.words, role="strong", pill=(each.rating, each.tone))

    def _cell(
        self, cell: Cell, at: int, name: str, *, role: str = "", pill: tuple[str, str] = ("", "")
    ) -> QWidget:
        held = QWidget()
        held.setAccessibleName(f"{name}: {pill[0] or cell.words or cell.alight}")
        lines = column(held, gap=2)
        if cell.words:
            lines.addWidget(Label(cell.words, role, copyable=True))
        if pill[0]:
            lines.addWidget(Pill(*pill), 0, Qt.AlignmentFlag.AlignLeft)
        if cell.more:
            lines.addWidget(Label(cell.more, "quiet"))
        if cell.alight:
            lines.addWidget(_alight(cell.alight, cell.tone))
        for link in cell.links:
            way = Button(link.words, partial(self._go, link.entry), kind="source")
            way.setAccessibleName(f"Open the entry: {link.words}. {name}")
            way.installEventFilter(self)
            self._ways.append((way, at))
            lines.addWidget(way, 0, Qt.AlignmentFlag.AlignLeft)
        return held

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up and down go to the next way in the same column."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            by = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
            if by is not None:
                at = next(at for way, at in self._ways if way is watched)
                there = [way for way, column_ in self._ways if column_ == at]
                place = next(number for number, way in enumerate(there) if way is watched) + by
                if 0 <= place < len(there):
                    there[place].setFocus(Qt.FocusReason.OtherFocusReason)
                return True
        return super().eventFilter(watched, event)


def _cells(line: Line, part: Part) -> tuple[Cell, ...]:
    return (line.done, line.worked, line.shown)[: len(part.columns) - 1]


def _alight(words: str, tone: str) -> QWidget:
    """What is alight, in words with a sign before them; a quiet one without."""
    if tone == "quiet":
        return Label(words, "quiet")
    held = QWidget()
    across = row(held, gap=6)
    across.addWidget(Icon("circle-alert", tone, 16), 0, Qt.AlignmentFlag.AlignTop)
    across.addWidget(Label(words, tone=tone), 1)
    return held
