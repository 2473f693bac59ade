"""What every long list stands on: items in order, each with its words; the drawing is the delegate's."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

Index = QModelIndex | QPersistentModelIndex
T = TypeVar("T")
ITEM = int(Qt.ItemDataRole.UserRole)


class Listed(QAbstractListModel, Generic[T]):
    """Items in a plain list; another list takes its place whole."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.items: Sequence[T] = ()

    def show_items(self, items: Sequence[T]) -> None:
        """Shows these."""
        self.beginResetModel()
        self.items = items
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        """How many there are."""
        return 0 if parent is not None and parent.isValid() else len(self.items)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The item itself (`ITEM`), its words, and what a screen reader says of it."""
        if not index.isValid():
            return None
        item = self.items[index.row()]
        if role == ITEM:
            return item
        if role == Qt.ItemDataRole.DisplayRole:
            return self.words(item)
        return self.spoken(item) if role == Qt.ItemDataRole.AccessibleTextRole else None

    def words(self, item: T) -> str:
        """An item in words."""
        return self.spoken(item)

    def spoken(self, item: T) -> str:
        """An item as a screen reader says it: its own text, where a list has no more to say."""
        return str(item)
