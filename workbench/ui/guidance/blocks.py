"""A page of the guide drawn with the widgets every screen is made of: plain text, never markup."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import groupby

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPixmap, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from workbench.ui.guidance import pages
from workbench.ui.guidance.pages import Block
from workbench.ui.look.look import in_force
from workbench.ui.widgets.buttons import Button
from workbench.ui.widgets.flow import column, row
from workbench.ui.widgets.panels import Band, Icon
from workbench.ui.widgets.text import Label, Pill


def show(blocks: Iterable[Block], into: QVBoxLayout, go: Callable[[str], None]) -> None:
    """Puts the pieces of a page into a column; `go` is told of the page a link leads to."""
    for kind, run in groupby(blocks, lambda block: _TOGETHER.get(block.kind, block.kind)):
        if kind == "pair":
            _pairs(into, run)
        elif kind == "item":
            lines = column(gap=5)
            for block in run:
                lines.addWidget(_item(block))
            into.addLayout(lines)
        else:
            for block in run:
                _put(into, block, go)


_TOGETHER = {"number": "item"}


def _put(into: QVBoxLayout, block: Block, go: Callable[[str], None]) -> None:
    made = _one(block, go)
    if made is not None:
        own = Qt.AlignmentFlag.AlignLeft if block.kind in ("pill", "link") else Qt.AlignmentFlag(0)
        into.addWidget(made, 0, own)


def _one(block: Block, go: Callable[[str], None]) -> QWidget | None:
    if block.kind == "picture":
        path = pages.picture(block.more)
        return Picture(block.text, QPixmap(str(path))) if path else None
    if block.kind == "link":
        return Button(block.text, lambda: go(block.more), icon="arrow-right", kind="link")
    if block.kind == "note":
        return Band(block.text, "info")
    if block.kind == "pill":
        return Pill(block.text, block.more)
    role = {"heading": "heading", "strong": "strong"}.get(block.kind, "")
    words = Label(block.text, role, copyable=True)
    if role:
        # A heading stands nearer to what it is about than to what came before.
        words.setContentsMargins(0, in_force().gap(10 if role == "heading" else 4), 0, 0)
    return words


def _item(block: Block) -> QWidget:
    held = QWidget()
    across = row(held, gap=10)
    mark = Label(f"{block.more}." if block.kind == "number" else "•", "strong", wrap=False)
    mark.setMinimumWidth(in_force().px(22))
    across.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
    across.addWidget(Label(block.text, copyable=True), 1)
    return held


def _pairs(into: QVBoxLayout, pairs: Iterable[Block]) -> None:
    """Terms and meanings in two columns."""
    held = QWidget()
    grid = QGridLayout(held)
    look = in_force()
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(look.gap(18))
    grid.setVerticalSpacing(look.gap(8))
    grid.setColumnStretch(0, 2)
    grid.setColumnStretch(1, 5)
    for line, pair in enumerate(pairs):
        grid.addWidget(Label(pair.text, "strong", copyable=True), line, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(Label(pair.more, copyable=True), line, 1, Qt.AlignmentFlag.AlignTop)
    into.addWidget(held)


class Picture(Icon):
    """A picture as wide as there is room, never wider than it is."""

    def __init__(self, says: str, drawn: QPixmap) -> None:
        super().__init__("info")
        self._drawn = drawn
        self.setAccessibleName(says)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._fit(min(drawn.width(), 600))

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return self.pixmap().size()

    def minimumSizeHint(self) -> QSize:
        """Any width."""
        return QSize(1, self.pixmap().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fits it anew."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit(event.size().width())

    def _fit(self, width: int) -> None:
        wide = max(1, min(width, self._drawn.width()))
        self.setPixmap(self._drawn.scaledToWidth(wide, Qt.TransformationMode.SmoothTransformation))
        self.updateGeometry()
