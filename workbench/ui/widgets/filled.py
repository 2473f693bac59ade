"""A page of which one part takes the height that is left; where that is too little, the page alone scrolls."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from workbench.ui.look.look import in_force
from workbench.ui.widgets.flow import Page, column, heights
from workbench.ui.widgets.standing import StandingList

# What a part needs at least to scroll by itself: about three rows, in pixels at 100 %.
LEAST = 240


class OneOf(QWidget):
    """Widgets of which one is shown; it is as high as that one, whatever the others need."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = column(self, gap=0)
        self._shown: QWidget | None = None

    def add(self, widget: QWidget) -> None:
        """Takes one more; the first is shown."""
        self._lines.addWidget(widget)
        if self._shown is None:
            self._shown = widget
        else:
            widget.hide()

    def choose(self, widget: QWidget) -> None:
        """Shows one of them in place of the one before."""
        before, self._shown = self._shown, widget
        if before is widget or before is None:
            return
        cursor = QApplication.focusWidget()
        if cursor is not None and (cursor is before or before.isAncestorOf(cursor)):
            # Hidden with the cursor in it, it would hand it on to whatever comes next, and scroll after it.
            cursor.clearFocus()
        before.hide()
        widget.show()

    def put_instead(self, old: QWidget, fresh: QWidget) -> None:
        """Takes one in the place of another, which is let go, and shows it."""
        self.add(fresh)
        self.choose(fresh)
        self._lines.removeWidget(old)
        old.hide()
        old.deleteLater()

    @property
    def shown(self) -> QWidget | None:
        """The one that is shown."""
        return self._shown


class _Held(QWidget):
    """What holds the part: `least` high where it scrolls by itself, as high as its content where it does not."""

    def __init__(self, part: QWidget, least: float) -> None:
        super().__init__()
        self.whole = False
        self._least = least
        column(self, gap=0).addWidget(part)

    @property
    def least(self) -> int:
        """What it needs to scroll by itself, in pixels."""
        return in_force().px(self._least)

    def hasHeightForWidth(self) -> bool:
        """Only where it stands whole: else the page asks for its least height."""
        return self.whole and super().hasHeightForWidth()

    def sizeHint(self) -> QSize:
        """As its content would be, or its least height."""
        hint = super().sizeHint()
        return hint if self.whole else QSize(hint.width(), self.least)

    def minimumSizeHint(self) -> QSize:
        """As its content would be, or its least height."""
        hint = super().minimumSizeHint()
        return hint if self.whole else QSize(hint.width(), self.least)


class Filled(Page):
    """A page with a part that fills the window: its lists and pages scroll by themselves, its head stays.

    Where less than `least` is left for them, they stand there whole and the page scrolls, head and all:
    never one scroll bar within another. `stood` is told when that changes.
    """

    stood = Signal(bool)

    def __init__(self, width: float = 0, margin: float = 24, parent: QWidget | None = None) -> None:
        super().__init__(width, margin, parent)
        self._held: _Held | None = None
        self.inner.installEventFilter(self)

    @property
    def whole(self) -> bool:
        """Whether the part stands there whole, and the page scrolls."""
        return self._held is not None and self._held.whole

    def fill(self, part: QWidget, least: float = LEAST) -> None:
        """Takes the part; what is added to the column later stands below it."""
        self._held = _Held(part, least)
        self.column.addWidget(self._held, 1)

    def bring(self, widget: QWidget) -> None:
        """Brings what took another's place into sight, once it is laid out: a list at its chosen row, else the top."""
        if self.whole:
            QTimer.singleShot(0, self, lambda: self._bring(widget))

    def _bring(self, widget: QWidget) -> None:
        sheet = self.widget()
        if not isValid(widget) or sheet is None or not sheet.isAncestorOf(widget):
            return
        if isinstance(widget, StandingList):
            self.ensureWidgetVisible(widget)
        else:
            self.verticalScrollBar().setValue(widget.mapTo(sheet, QPoint()).y())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Looks again at the room that is left once something in the column changed."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Looks again at the room that is left."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        held = self._held
        if held is None:
            return
        seen = self.viewport().size()
        across = min(seen.width() - self.around, self.inner.maximumWidth())
        taken = heights(self.column, across, but=held) + self.around
        whole = taken + held.least > seen.height()
        if whole == held.whole:
            return
        held.whole = whole
        parts: list[StandingList | Page] = [*held.findChildren(StandingList), *held.findChildren(Page)]
        for each in parts:
            each.stand_whole(self if whole else None)
        held.updateGeometry()
        self.stood.emit(whole)
