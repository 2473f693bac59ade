"""Has something read out by those who listen to the screen."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget


def announce(widget: QWidget) -> None:
    """Tells a screen reader that this widget has something to say now."""
    # The toolkit makes its two hundred accessible roles and events when they are first named: not at the start.
    from PySide6.QtGui import QAccessible, QAccessibleEvent

    QAccessible.updateAccessibility(QAccessibleEvent(widget, QAccessible.Event.Alert))
