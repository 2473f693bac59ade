"""Layouts that give way: rows that wrap, pages that scroll."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLayout,
    QLayoutItem,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from workbench.ui.look.look import in_force

T = TypeVar("T")


class Flow(QLayout):
    """Widgets in a row that goes on in the next line where there is no more room; `gap` in pixels at 100 %."""

    def __init__(self, parent: QWidget | None = None, gap: float = 8) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        # Boxes ask for the height at one width many times over; it is worked out again once something changed.
        self._heights: dict[int, int] = {}
        self._gap = gap
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        """Takes one more item."""
        self._items.append(item)
        self._heights.clear()

    def count(self) -> int:
        """How many items there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """The item at a place."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Takes the item at a place out."""
        self._heights.clear()
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def invalidate(self) -> None:
        """Forgets how high it was."""
        self._heights.clear()
        super().invalidate()

    def expandingDirections(self) -> Qt.Orientation:
        """It takes no more room than it needs."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """The narrower, the higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height at a width."""
        height = self._heights.get(width)
        if height is None:
            height = self._heights[width] = self._lay(QRect(0, 0, width, 0), move=False)
        return height

    def setGeometry(self, rect: QRect) -> None:
        """Places everything."""
        super().setGeometry(rect)
        self._lay(rect, move=True)

    def sizeHint(self) -> QSize:
        """All in one row."""
        gap = in_force().gap(self._gap)
        shown = [item.sizeHint() for item in self._items if not item.isEmpty()]
        width = sum(hint.width() for hint in shown) + gap * max(0, len(shown) - 1)
        return QSize(width, max((hint.height() for hint in shown), default=0))

    def minimumSize(self) -> QSize:
        """The widest single item."""
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size

    def _lay(self, rect: QRect, *, move: bool) -> int:
        """Breaks the items into lines, each item in the middle of its line's height; gives the whole height."""
        gap = in_force().gap(self._gap)
        y = rect.y()
        for line in self._lines(rect.width(), gap):
            height = max(size.height() for _, size in line)
            x = rect.x()
            for item, size in line:
                if move:
                    item.setGeometry(QRect(QPoint(x, y + (height - size.height()) // 2), size))
                x += size.width() + gap
            y += height + gap
        return max(0, y - gap - rect.y())

    def _lines(self, room: int, gap: int) -> list[list[tuple[QLayoutItem, QSize]]]:
        lines: list[list[tuple[QLayoutItem, QSize]]] = []
        used = 0
        for item in self._items:
            if item.isEmpty():
                continue
            hint = item.sizeHint()
            width = min(hint.width(), max(room, item.minimumSize().width()))
            height = item.heightForWidth(width) if item.hasHeightForWidth() else hint.height()
            if not lines or used + width > room:
                lines.append([])
                used = 0
            lines[-1].append((item, QSize(width, height)))
            used += width + gap
        return lines


class _Sheet(QWidget):
    """What a page scrolls: as high as its width asks for, and no higher."""

    def minimumSizeHint(self) -> QSize:
        """Any height: what lines need is known once the width is, and blank room below would scroll."""
        return QSize(super().minimumSizeHint().width(), 0)


class Page(QScrollArea):
    """A column that scrolls; never sideways. `width` is its widest line, in pixels at 100 %; 0 is no limit."""

    def __init__(self, width: float = 0, margin: float = 24, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        look = in_force()
        self._whole = False
        self._outer = outer = _Sheet()
        outer.setProperty("ground", "true")
        side = QHBoxLayout(outer)
        # The room above and below the column together.
        pad = look.gap(margin)
        self.around = 2 * pad
        side.setContentsMargins(pad, pad, pad, pad)
        self.inner = inner = QWidget()
        if width:
            inner.setMaximumWidth(look.px(width))
        inner.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.column = QVBoxLayout(inner)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(look.gap(14))
        side.addWidget(inner, 1)
        if width:
            side.addStretch(0)
        self.setWidget(outer)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keeps the column as wide as the window, so that lines break instead of running out."""
        super().resizeEvent(event)
        # The size that is told here is that of what is seen.
        self._outer.setMaximumWidth(event.size().width())

    def stand_whole(self, page: Page | None) -> None:
        """Stands as high as its content in a page that scrolls it, or scrolls by itself again."""
        self._whole = page is not None
        off, needed = Qt.ScrollBarPolicy.ScrollBarAlwaysOff, Qt.ScrollBarPolicy.ScrollBarAsNeeded
        self.setVerticalScrollBarPolicy(off if self._whole else needed)
        self.updateGeometry()

    def hasHeightForWidth(self) -> bool:
        """Where it stands whole: the narrower, the higher."""
        return self._whole

    def heightForWidth(self, width: int) -> int:
        """The height of all its content."""
        return self._outer.heightForWidth(width)

    def minimumSizeHint(self) -> QSize:
        """Narrow enough for any window; where it stands whole, the layout above asks for its height by its width."""
        hint = super().minimumSizeHint()
        return QSize(hint.width(), 0) if self._whole else hint

    def event(self, event: QEvent) -> bool:
        """What changes in it changes its height where it stands whole."""
        if event.type() == QEvent.Type.LayoutRequest and self._whole:
            self.updateGeometry()
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leaves the keys that scroll to the page that scrolls it."""
        if self._whole:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def clear(self) -> None:
        """Takes everything out of the column."""
        empty(self.column)


def column(parent: QWidget | None = None, gap: float = 8, margin: float = 0) -> QVBoxLayout:
    """A column of widgets; lengths in pixels at 100 %."""
    look = in_force()
    made = QVBoxLayout(parent) if parent is not None else QVBoxLayout()
    made.setContentsMargins(*([look.gap(margin) if margin else 0] * 4))
    made.setSpacing(look.gap(gap))
    return made


def row(parent: QWidget | None = None, gap: float = 8, margin: float = 0) -> QHBoxLayout:
    """A row of widgets; lengths in pixels at 100 %."""
    look = in_force()
    made = QHBoxLayout(parent) if parent is not None else QHBoxLayout()
    made.setContentsMargins(*([look.gap(margin) if margin else 0] * 4))
    made.setSpacing(look.gap(gap))
    return made


def heights(layout: QVBoxLayout, width: int, but: QWidget | None = None) -> int:
    """How high what is shown in a column is at a width, with the gaps between; without one widget, but its gap."""
    shown = [
        item for number in range(layout.count()) if (item := layout.itemAt(number)) and not item.isEmpty()
    ]
    high = [
        item.heightForWidth(width) if item.hasHeightForWidth() else item.sizeHint().height()
        for item in shown
        if but is None or item.widget() is not but
    ]
    return sum(high) + layout.spacing() * max(0, len(shown) - 1)


def while_there(widget: QWidget, told: Callable[[T], None]) -> Callable[[T], None]:
    """What takes an answer for a widget of a list that may have been drawn anew before it came."""
    return lambda answer: told(answer) if isValid(widget) else None


def empty(layout: QLayout) -> None:
    """Takes every widget out of a layout and lets it go."""
    focus = QApplication.focusWidget()
    while (item := layout.takeAt(0)) is not None:
        held = item.widget()
        if held is not None:
            if focus is not None and (focus is held or held.isAncestorOf(focus)):
                # Hidden with the cursor in it, it would hand it on from one to the next, and scroll after it.
                focus.clearFocus()
                focus = None
            held.hide()
            held.deleteLater()
        inner = item.layout()
        if inner is not None:
            empty(inner)
