"""What scrolls on a screen that is shown."""

from __future__ import annotations

from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QWidget

# The window at its smallest, and a common laptop at the largest text, without the rail: scale, width, height.
LITTLE = ((1.0, 656, 440), (2.0, 1264, 688))
# How much of a screen at least moves when it is scrolled.
_MOST = 0.6


def settle() -> None:
    """Lays out everything that was asked for, also what follows from it."""
    for _ in range(8):
        QApplication.processEvents()


def wrong(screen: QWidget) -> list[str]:
    """One scroll bar within another, one for a small part of the screen alone, and any that goes sideways."""
    settle()
    seen = [each for each in screen.findChildren(QAbstractScrollArea) if each.isVisible()]
    down = [each for each in seen if each.verticalScrollBar().maximum() > 0]
    found = [f"sideways: {each.accessibleName()!r}" for each in seen if each.horizontalScrollBar().maximum()]
    if len(down) > 1:
        found += [f"one of several: {each.accessibleName()!r}" for each in down]
    elif down and down[0].viewport().height() < _MOST * screen.height():
        found.append(f"low: {type(down[0]).__name__} of {down[0].viewport().height()}")
    return found
