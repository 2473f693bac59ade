"""The recovery sheet on paper; the printer keeps a page of it in its memory, so the sheet says where it belongs."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QPainter
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget

from workbench.ui.look.look import FALLBACK, FAMILY
from workbench.ui.widgets import choosing

_ACROSS = 5
_WORDS = (
    "This code opens the store when the passphrase is forgotten or the laptop is gone.",
    "Keep it apart from the laptop, in a locked place. Whoever holds it and the store can read everything.",
    "Where it is used: on the first screen, choose 'Use the recovery code', or 'Bring back a backup'.",
)


def print_sheet(over: QWidget, code: str) -> None:
    """Asks for a printer and prints the sheet."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName("Workbench recovery sheet")
    if choosing.paper(over, printer, 1):
        painter = QPainter(printer)
        draw(painter, QRectF(painter.viewport()), code)
        painter.end()


def draw(painter: QPainter, page: QRectF, code: str) -> None:
    """Draws the sheet on a page: the groups with their numbers, then what they are for."""
    line = page.height() / 40
    _put(painter, page, 0, 0, line * 1.2, "Workbench recovery sheet")
    groups = code.split("-")
    for place, group in enumerate(groups):
        down, across = divmod(place, _ACROSS)
        left, top = across * page.width() / _ACROSS, line * (3 + 2.6 * down)
        _put(painter, page, left, top, line * 0.45, str(place + 1))
        _put(painter, page, left, top + line * 0.6, line * 0.9, group)
    top = line * (4 + 2.6 * (len(groups) // _ACROSS + 1))
    for words in _WORDS:
        _put(painter, page, 0, top, line * 0.5, words)
        top += line * 1.6


def _put(painter: QPainter, page: QRectF, left: float, top: float, size: float, words: str) -> None:
    """Words at a place of the page, wrapped at its right edge."""
    painter.setFont(_font(size))
    where = QRectF(page.x() + left, page.y() + top, page.width() - left, size * 3)
    painter.drawText(where, int(Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap), words)


def _font(size: float) -> QFont:
    made = QFont([FAMILY, FALLBACK])
    made.setPixelSize(max(1, round(size)))
    return made
