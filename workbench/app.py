"""Opens the window: the application, its look, the store it stands on."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from workbench import clock as clocks
from workbench import logs
from workbench import settings as settings_module
from workbench.clock import Clock, FixedClock, SystemClock
from workbench.settings import Settings
from workbench.ui.gate.gate import opening_of
from workbench.ui.look import look
from workbench.ui.look.tokens import Theme
from workbench.ui.shell.window import Window

if TYPE_CHECKING:
    from PySide6.QtCore import QMessageLogContext, QtMsgType
    from PySide6.QtWidgets import QApplication


def run(folder: Path) -> int:
    """Opens the window on a store, or on the first run where there is none, and gives the exit code once closed."""
    application = dressed(settings_module.load())
    window = Window(application, settings_module.load(), SystemClock(), opening_of(folder), folder)
    window.resize(1366, 768)
    window.show()
    return application.exec()


def dressed(settings: Settings) -> QApplication:
    """The application with its fonts and look on."""
    from PySide6.QtCore import qInstallMessageHandler
    from PySide6.QtWidgets import QApplication

    # Thousands of widgets and records live long here; going through them again and again finds nothing.
    gc.set_threshold(20_000, 50, 100)
    gc.enable()
    qInstallMessageHandler(_qt_said)
    held = QApplication.instance()
    # As an argument: asked for later, the style comes back as an object with hundreds of names to be made.
    drawn = [*sys.argv[:1], "-style", "Fusion"]
    application = held if isinstance(held, QApplication) else QApplication(drawn)
    application.setApplicationName("workbench")
    application.setApplicationDisplayName("Workbench")
    look.load_fonts()
    look.put_on(application, look.chosen(settings))
    return application


def tour(
    out: Path, folder: Path, today: date | None, themes: Sequence[Theme], scales: Sequence[float]
) -> list[tuple[str, str]]:
    """Writes a picture of every screen of a sample store; gives file names and what each shows."""
    from workbench.ui import tour as touring

    if not os.environ.get("DISPLAY") and not os.environ.get("WAYLAND_DISPLAY"):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    clock: Clock = FixedClock(clocks.noon(today)) if today else SystemClock()
    application = dressed(Settings(still=True))
    found = opening_of(folder, clock)
    assert found is not None
    written: list[tuple[str, str]] = []
    for theme in themes:
        for scale in scales:
            written += touring.pictures(application, out, found, clock, theme, scale)
    return written


def _qt_said(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
    """Qt's own warnings go to the log as a count of their kind: their text may quote what is on the screen."""
    if "propagateSizeHints" not in text:
        logs.note("the toolkit warned", kind=kind.name)
