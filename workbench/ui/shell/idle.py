"""Locks by itself: after minutes without a key or a touch, and after the machine slept."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QWindow
from PySide6.QtWidgets import QApplication

from workbench.clock import Clock

_TICK_MS = 5_000
# A tick that comes this much too late was slept through.
_SLEPT = timedelta(seconds=45)
_SIGNS = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TabletPress,
    }
)


class Idle(QObject):
    """Watches for signs of a person; `away` is told once none was seen for `minutes`, or the machine slept."""

    away = Signal()

    def __init__(
        self, application: QApplication, clock: Clock, minutes: int, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._clock = clock
        self._limit = timedelta(minutes=minutes)
        self._seen = self._ticked = clock.now()
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self.tick)
        self._timer.start()
        application.focusWindowChanged.connect(self.watch)

    def allow(self, minutes: int) -> None:
        """Waits this long from now on."""
        self._limit = timedelta(minutes=minutes)

    def tick(self) -> None:
        """Looks at the clock: who was away long enough, or slept, is locked out."""
        now = self._clock.now()
        slept = now - self._ticked > _SLEPT
        self._ticked = now
        if slept or now - self._seen >= self._limit:
            self._seen = now
            self.away.emit()

    def watch(self, window: QWindow | None) -> None:
        """Looks for signs in this window too; every window that comes to have the focus is looked at anyhow.

        Signs come through a window before any widget. Watching the application instead would bring every
        event of every widget here, thousands to a screen.
        """
        if window is not None:
            window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notes a sign of a person, and lets everything through."""
        if event.type() in _SIGNS:
            self._seen = self._clock.now()
        return False
