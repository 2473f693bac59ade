"""How a report leaves: onto paper, or as a copy in a file the person names."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget

from workbench.casework import reporting
from workbench.casework.reporting import Drawn
from workbench.resources import Words, say
from workbench.ui.report.pages import image_of, stamp_draft
from workbench.ui.widgets import choosing
from workbench.ui.words import said

_NOT_WRITTEN = Words(
    "The copy could not be written: {why}. Choose another folder.",
    "Ni ellid ysgrifennu'r copi: {why}. Dewiswch ffolder arall.",
)
_NO_REASON = Words("no reason given", "ni roddwyd rheswm")
# Dots an inch on paper: fine enough for 9-point text, quick enough for 300 pages.
DOTS = 200
POINTS = 72


def printed(over: QWidget, drawn: Drawn, *, draft: bool) -> bool:
    """Asks for a printer and prints; says whether it did. The job's name holds no person's name."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName("Workbench report")
    printer.setFullPage(True)
    if not choosing.paper(over, printer, drawn.pages):
        return False
    put_on(printer, drawn, draft=draft)
    return True


def put_on(printer: QPrinter, drawn: Drawn, *, draft: bool) -> None:
    """Draws the pages on a printer, one at a time."""
    first = max(1, printer.fromPage())
    last = printer.toPage() or drawn.pages
    printer.setResolution(DOTS)
    printer.setFullPage(True)
    painter = QPainter(printer)
    for number in range(first - 1, last):
        if number > first - 1:
            printer.newPage()
        paper = QRectF(0, 0, printer.width(), printer.height())
        for picture in reporting.page_pictures(drawn.data, range(number, number + 1), DOTS / POINTS):
            painter.drawImage(paper, image_of(picture))
        if draft:
            stamp_draft(painter, paper.width(), paper.height(), drawn.language)
    painter.end()


def where_to_save(over: QWidget, name: str, format: str) -> Path | None:
    """Where the person wants the copy; None where they change their mind."""
    suggested = f"{name.rsplit('.', 1)[0]}.{format}"
    chosen = choosing.file_to_save(over, "", suggested, f"*.{format}")
    return Path(chosen) if chosen else None


def written(target: Path, data: bytes, language: str = "en") -> str:
    """Writes a copy whole or not at all; gives what went wrong, empty where nothing did."""
    part = target.with_name(f"{target.name}.part")
    try:
        part.write_bytes(data)
        part.replace(target)
    except OSError as error:
        part.unlink(missing_ok=True)
        return said(_NOT_WRITTEN, language, why=error.strerror or say(_NO_REASON, language))
    return ""
