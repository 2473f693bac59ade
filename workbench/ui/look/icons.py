"""The icons: Lucide drawings copied into `resources/icons`, tinted with a colour of the palette."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap, QPixmapCache
from PySide6.QtSvg import QSvgRenderer

from workbench import resources
from workbench.ui.look.look import in_force


def picture(name: str, colour: str = "text", size: float = 18) -> QPixmap:
    """An icon as a picture; `colour` is a name of the palette, `size` in pixels at 100 %."""
    return _drawn(name, colour, in_force().px(size))


def draw(painter: QPainter, name: str, where: QRectF, colour: str = "text") -> None:
    """Draws an icon into a square."""
    made = _drawn(name, colour, round(where.width()))
    painter.drawPixmap(where, made, QRectF(made.rect()))


def _drawn(name: str, colour: str, side: int) -> QPixmap:
    """The icon so many pixels wide, as kept, or drawn from its file."""
    tint = getattr(in_force().palette, colour)
    screen = QGuiApplication.primaryScreen()
    ratio = screen.devicePixelRatio() if screen is not None else 1.0
    key = f"{name} {tint} {side} {ratio}"
    made = QPixmap()
    if QPixmapCache.find(key, made):
        return made
    made = QPixmap(round(side * ratio), round(side * ratio))
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    text = (resources.root() / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    QSvgRenderer(QByteArray(text.replace("currentColor", tint).encode())).render(
        painter, QRectF(0, 0, side, side)
    )
    painter.end()
    QPixmapCache.insert(key, made)
    return made


def icon(name: str, colour: str = "text", size: float = 18, *, gap: float = 0) -> QIcon:
    """An icon for a button or a list; `gap` is blank room at its right."""
    drawn = picture(name, colour, size)
    if not gap:
        return QIcon(drawn)
    ratio = drawn.devicePixelRatio()
    wider = QPixmap(drawn.width() + round(in_force().px(gap) * ratio), drawn.height())
    wider.setDevicePixelRatio(ratio)
    wider.fill(Qt.GlobalColor.transparent)
    painter = QPainter(wider)
    painter.drawPixmap(0, 0, drawn)
    painter.end()
    return QIcon(wider)
