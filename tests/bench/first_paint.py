"""A process of its own: starts the window on a store whose data key is handed in, and tells when Today is painted.

python -m tests.bench.first_paint (bare | today FOLDER KEY MOMENT | search FOLDER KEY MOMENT WORDS)

It says 'painted' and, on a line of its own, the memory it holds in KiB.
"""

from __future__ import annotations

import os
import secrets
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from workbench.ui.shell.window import Window

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def main() -> None:
    """Runs what is asked and ends the process at once."""
    how, *rest = sys.argv[1:]
    if how == "bare":
        _bare()
    else:
        _window(*rest)


def _tell() -> None:
    with open("/proc/self/status", encoding="ascii") as file:
        held = next(line.split()[1] for line in file if line.startswith("VmRSS"))
    print(f"painted\n{held}", flush=True)
    os._exit(0)


def _bare() -> None:
    from PySide6.QtWidgets import QApplication, QMainWindow

    application = QApplication([])
    window = QMainWindow()
    window.resize(1366, 768)
    window.show()
    application.processEvents()
    _tell()


def _window(folder: str, key: str, moment: str, words: str = "") -> None:
    # As the program does it: the toolkit comes with the window.
    from workbench.__main__ import window as read

    app: Any = read()
    from PySide6.QtCore import QTimer

    from workbench.casework import opening
    from workbench.casework.opening import Secret
    from workbench.clock import FixedClock
    from workbench.models.ids import Ids
    from workbench.security.keyring import NoKeyring
    from workbench.settings import Settings
    from workbench.ui.gate.gate import Opening
    from workbench.ui.shell.window import Window
    from workbench.ui.today.view import TodayScreen

    opening.data_key = lambda *_: bytes.fromhex(key)  # type: ignore[assignment]
    settings, clock = Settings(still=True), FixedClock(datetime.fromisoformat(moment))
    ids = Ids(clock, secrets.token_bytes)
    application = app.dressed(settings)
    desk = lambda secret: opening.open_desk(Path(folder), secret, clock, ids, NoKeyring())
    window = Window(application, settings, clock, Opening(desk))
    window.resize(1366, 768)
    shows = TodayScreen.show_today

    def show_today(screen: TodayScreen, state: Any) -> None:
        shows(screen, state)
        QTimer.singleShot(0, lambda: _shown(application, window, words))

    TodayScreen.show_today = show_today  # type: ignore[method-assign]
    window.unlock(Secret("handed in"))
    window.show()
    application.exec()


def _shown(application: QApplication, window: Window, words: str) -> None:
    """Today stands: paints it, and looks for words where some are given."""
    window.repaint()
    application.processEvents()
    if words:
        from workbench.ui import tour
        from workbench.ui.shell.place import Place

        assert window.workspace is not None
        window.workspace.go(Place("search", words=words))
        tour.settle(application, window)
    _tell()


if __name__ == "__main__":
    main()
