"""What every long list stands on: items in order, each with its words; the drawing is the delegate's."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QStringListModel, Qt

Index = QModelIndex | QPersistentModelIndex
T = TypeVar("T")
ITEM = int(Qt.ItemDataRole.UserRole)


class Listed(QStringListModel, Generic[T]):
    """Items in a plain list; another list takes its place whole.

    The toolkit keeps empty words for them and counts those: asked in Python, twice for every row that it lays
    out, the counting took longer than the laying out.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.items: Sequence[T] = ()

    def show_items(self, items: Sequence[T]) -> None:
        """Shows these."""
        self.items = items
        self.setStringList([""] * len(items))

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Each can be chosen; none is written in or moved."""
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def supportedDropActions(self) -> Qt.DropAction:
        """What is dragged out of it stays in it."""
        return Qt.DropAction.CopyAction

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
