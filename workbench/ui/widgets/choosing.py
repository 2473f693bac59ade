"""Files and folders that a person chooses; none where they change their mind, or the window locked meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QWidget
from shiboken6 import isValid

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter


def _chosen(over: QWidget, choose: Callable[[], str]) -> str:
    """What was chosen, if the screen that asked is still shown.

    The dialog of a desktop stays open while the window locks itself: what is chosen there then leaves no more.
    """
    shown = over.isVisible()
    chosen = choose()
    return chosen if isValid(over) and over.isVisible() == shown else ""


def file_to_save(over: QWidget, title: str, suggested: str, kinds: str = "") -> str:
    """Where to write a file; its suggested name holds no name of a person."""
    return _chosen(over, lambda: QFileDialog.getSaveFileName(over, title, suggested, kinds)[0])


def file_to_open(over: QWidget, title: str, kinds: str) -> str:
    """One file to read."""
    return _chosen(over, lambda: QFileDialog.getOpenFileName(over, title, "", kinds)[0])


def files_to_open(over: QWidget, title: str) -> tuple[str, ...]:
    """Files to read."""
    chosen: list[str] = []

    def choose() -> str:
        chosen.extend(QFileDialog.getOpenFileNames(over, title)[0])
        return "chosen"

    return tuple(chosen) if _chosen(over, choose) else ()


def folder(over: QWidget, title: str) -> str:
    """A folder."""
    return _chosen(over, lambda: QFileDialog.getExistingDirectory(over, title))


def paper(over: QWidget, printer: QPrinter, pages: int) -> bool:
    """Whether a printer was chosen for so many pages."""
    from PySide6.QtPrintSupport import QPrintDialog

    dialog = QPrintDialog(printer, over)
    dialog.setMinMax(1, pages)
    accepted = QPrintDialog.DialogCode.Accepted
    return bool(_chosen(over, lambda: "yes" if dialog.exec() == accepted else ""))
