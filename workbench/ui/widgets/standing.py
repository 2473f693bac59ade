"""Lists that scroll by themselves, or stand as high as all their lines in a page that scrolls them."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QSize, Qt
from PySide6.QtWidgets import QAbstractItemView, QListView, QScrollArea, QWidget

from workbench.ui.widgets.listed import Index

_KEYS = QAbstractItemView.CursorAction


class StandingList(QListView):
    """A list of lines, one below the other; `high` is how high all of them are."""

    def __init__(self, parent: QWidget | None = None) -> None:
        # Making the list asks whether it stands whole.
        self._page: QScrollArea | None = None
        super().__init__(parent)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)

    def stand_whole(self, page: QScrollArea | None) -> None:
        """Stands as high as all its lines in a page that scrolls it, or scrolls by itself again."""
        self._page = page
        off, needed = Qt.ScrollBarPolicy.ScrollBarAlwaysOff, Qt.ScrollBarPolicy.ScrollBarAsNeeded
        self.setVerticalScrollBarPolicy(needed if page is None else off)
        self.updateGeometry()

    def high(self) -> int:
        """How high all its lines are, in pixels, as they were last laid out."""
        return self.contentsSize().height()

    def sizeHint(self) -> QSize:
        """Where it stands whole, as high as all its lines."""
        hint = super().sizeHint()
        return hint if self._page is None else QSize(hint.width(), self.high())

    def minimumSizeHint(self) -> QSize:
        """Where it stands whole, as high as all its lines."""
        hint = super().minimumSizeHint()
        return hint if self._page is None else QSize(hint.width(), self.high())

    def scrollTo(
        self, index: Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        """Brings a line into sight, here or in the page that scrolls it."""
        super().scrollTo(index, hint)
        if self._page is not None:
            self._page.ensureWidgetVisible(self)

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """A page of lines is what the window shows of them."""
        if self._page is None or action not in (_KEYS.MovePageUp, _KEYS.MovePageDown):
            return super().moveCursor(action, modifiers)
        shown = self._page.viewport().height() // max(1, self.sizeHintForRow(0))
        by = max(1, shown - 1) * (1 if action == _KEYS.MovePageDown else -1)
        last = self.model().rowCount() - 1
        return self.model().index(max(0, min(last, self.currentIndex().row() + by)), 0)
