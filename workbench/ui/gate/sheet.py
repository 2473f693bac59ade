"""The recovery sheet on paper; the printer keeps a page of it in its memory, so the sheet says where it belongs."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget

from workbench.ui.look.look import FALLBACK, FAMILY

_ACROSS = 4
_WORDS = (
    "This code opens the store when the passphrase is forgotten or the laptop is gone.",
    "Keep it apart from the laptop, in a locked place. Whoever holds it and the store can read everything.",
    "Where it is used: on the first screen, choose 'Use the recovery code'.",
)


def print_sheet(over: QWidget, code: str) -> None:
    """Asks for a printer and prints the sheet."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName("Workbench recovery sheet")
    if QPrintDialog(printer, over).exec() == QPrintDialog.DialogCode.Accepted:
        painter = QPainter(printer)
        draw(painter, QRectF(painter.viewport()), code)
        painter.end()


def draw(painter: QPainter, page: QRectF, code: str) -> None:
    """Draws the sheet on a page."""
    line = page.height() / 40
    painter.setFont(_font(line))
    painter.drawText(page, int(Qt.AlignmentFlag.AlignTop), "Workbench recovery sheet")
    painter.setFont(_font(line * 0.9))
    for number, group in enumerate(code.split("-")):
        down, across = divmod(number, _ACROSS)
        where = QRectF(
            across * page.width() / _ACROSS, line * (4 + 2 * down), page.width() / _ACROSS, line * 2
        )
        painter.drawText(where, int(Qt.AlignmentFlag.AlignLeft), group)
    painter.setFont(_font(line * 0.5))
    top = line * (6 + 2 * (len(code.split("-")) // _ACROSS + 1))
    for words in _WORDS:
        where = QRectF(0, top, page.width(), line * 2)
        painter.drawText(where, int(Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap), words)
        top += line * 1.6


def _font(size: float) -> QFont:
    made = QFont([FAMILY, FALLBACK])
    made.setPixelSize(max(1, round(size)))
    return made
