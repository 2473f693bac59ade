"""Dialogs of the desktop that outlast a lock: what is chosen in them then leads to nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from workbench.ui.widgets import choosing

ASK: dict[str, Callable[[QWidget], object]] = {
    "save": lambda over: choosing.file_to_save(over, "Save", "report.pdf"),
    "open": lambda over: choosing.file_to_open(over, "Open", "*.pdf"),
    "several": lambda over: choosing.files_to_open(over, "Open"),
    "folder": lambda over: choosing.folder(over, "Choose"),
    "paper": lambda over: choosing.paper(over, QPrinter(), 1),
}
MEANWHILE: dict[str, Callable[[QWidget], object]] = {
    "nothing": lambda over: None,
    "hidden": lambda over: over.hide(),
    "gone": delete,
}


@pytest.mark.parametrize("how", ASK)
@pytest.mark.parametrize("what", MEANWHILE)
def test_what_is_chosen_counts_only_where_the_screen_is_still_shown(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, how: str, what: str
) -> None:
    over = QWidget()
    over.show()

    def chosen(answer: object) -> Callable[..., object]:
        def choose(*_: object) -> object:
            MEANWHILE[what](over)
            return answer

        return choose

    monkeypatch.setattr(QFileDialog, "getSaveFileName", chosen(("a.pdf", "")))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", chosen(("a.pdf", "")))
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", chosen((["a.pdf"], "")))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", chosen("a"))
    monkeypatch.setattr(QPrintDialog, "exec", chosen(QPrintDialog.DialogCode.Accepted))
    assert bool(ASK[how](over)) == (what == "nothing")
