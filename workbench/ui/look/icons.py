"""The icons: Lucide drawings copied into `resources/icons`, tinted with a colour of the palette."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap, QPixmapCache
from PySide6.QtSvg import QSvgRenderer

from workbench import resources
from workbench.ui.look.look import in_force


def picture(name: str, colour: str = "text", size: float = 18) -> QPixmap:
    """An icon as a picture; `colour` is a name of the palette, `size` in pixels at 100 %."""
    look = in_force()
    side = look.px(size)
    screen = QGuiApplication.primaryScreen()
    ratio = screen.devicePixelRatio() if screen is not None else 1.0
    key = f"{name} {getattr(look.palette, colour)} {side} {ratio}"
    drawn = QPixmap()
    if QPixmapCache.find(key, drawn):
        return drawn
    made = QPixmap(round(side * ratio), round(side * ratio))
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    draw(painter, name, QRectF(0, 0, side, side), colour)
    painter.end()
    QPixmapCache.insert(key, made)
    return made


def draw(painter: QPainter, name: str, where: QRectF, colour: str = "text") -> None:
    """Draws an icon into a rectangle."""
    tint = getattr(in_force().palette, colour)
    text = (resources.root() / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    QSvgRenderer(QByteArray(text.replace("currentColor", tint).encode())).render(painter, where)


def icon(name: str, colour: str = "text", size: float = 18) -> QIcon:
    """An icon for a button or a list."""
    return QIcon(picture(name, colour, size))
