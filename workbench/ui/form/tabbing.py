"""The way of Tab: Qt appends what is made later, so that a row added in the middle would come last of all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QScrollArea, QWidget


def stops(root: QWidget) -> Iterator[QWidget]:
    """What takes the cursor in a widget, in the order in which it is laid out; also what is hidden just now."""
    # Of options that exclude each other Qt lets Tab stop at one only, now at this, now at that.
    if root.focusPolicy() != Qt.FocusPolicy.NoFocus and root.focusProxy() is None:
        yield root
    inside = root.widget() if isinstance(root, QScrollArea) else None
    if inside is not None:
        yield from stops(inside)
        return
    layout = root.layout()
    if layout is not None:
        yield from _laid(layout)


def put_in_order(way: Sequence[QWidget]) -> None:
    """Makes Tab go this way."""
    for before, after in pairwise(way):
        QWidget.setTabOrder(before, after)


def _laid(layout: QLayout) -> Iterator[QWidget]:
    for place in range(layout.count()):
        item = layout.itemAt(place)
        widget, inner = (item.widget(), item.layout()) if item is not None else (None, None)
        if widget is not None:
            yield from stops(widget)
        elif inner is not None:
            yield from _laid(inner)
