"""A small bar chart of shares over time, painted; its words stand in its name and in the table below it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from workbench.ui.figures.presenter import Quarter
from workbench.ui.look.look import in_force

HEIGHT, _BAR = 150, 46


class Chart(QWidget):
    """One bar a quarter, the oldest at the left; what counts nothing has a line in its place."""

    def __init__(self, quarters: tuple[Quarter, ...], spoken: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._quarters = quarters
        self.setAccessibleName(f"Share over time. {spoken}")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """High enough for bars and their words."""
        return QSize(in_force().px(300), in_force().px(HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws it."""
        look = in_force()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        each = self.width() / max(1, len(self._quarters))
        top, foot = look.px(22), look.px(24)
        room = self.height() - top - foot
        base = top + room
        for place, quarter in enumerate(self._quarters):
            middle = each * (place + 0.5)
            width = min(look.px(_BAR), each * 0.7)
            bar = QRectF(middle - width / 2, base, width, 0)
            if quarter.share is not None:
                bar.setTop(base - max(look.px(2), room * quarter.share))
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(look.colour("accent"))
                painter.drawRoundedRect(bar, look.px(3), look.px(3))
                self._say(painter, quarter.label, middle, each, bar.top() - look.px(20), "text")
            else:
                self._say(painter, quarter.label, middle, each, base - look.px(20), "quiet")
            self._say(painter, _short(quarter.name, each), middle, each, base + look.px(3), "quiet")
        painter.setPen(QPen(look.colour("edge"), 1))
        painter.drawLine(0, round(base), self.width(), round(base))
        painter.end()

    def _say(self, painter: QPainter, text: str, middle: float, room: float, y: float, colour: str) -> None:
        look = in_force()
        painter.setFont(look.font(13, bold=colour == "text"))
        painter.setPen(look.colour(colour))
        where = QRectF(middle - room / 2, y, room, look.px(20))
        painter.drawText(where, Qt.AlignmentFlag.AlignCenter, text)


def _short(name: str, room: float) -> str:
    """`2026 Q1`, or `Q1` where there is little room."""
    look = in_force()
    return name if room >= look.px(64) else name[-2:]
