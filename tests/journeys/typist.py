"""A person who writes in the real window until the process is killed: each word is told once it is on the screen."""

from __future__ import annotations

import os
import secrets
import sys
import time
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.conftest import PASSPHRASE
from workbench.casework import opening
from workbench.casework.opening import Secret
from workbench.clock import SystemClock
from workbench.models.ids import Ids
from workbench.security.keyring import NoKeyring
from workbench.settings import Settings
from workbench.ui import tour
from workbench.ui.look import look
from workbench.ui.shell.place import Place
from workbench.ui.shell.window import Opening, Window


def main(folder: Path, case: str) -> None:
    """Writes a contact, a word every 60 ms, and tells each with its time."""
    application = QApplication([])
    look.load_fonts()
    look.put_on(application, look.Look(still=True))
    clock = SystemClock()
    ids = Ids(clock, secrets.token_bytes)

    def open_(secret: Secret) -> opening.Desk:
        return opening.open_desk(folder, secret, clock, ids, NoKeyring())

    window = Window(application, Settings(still=True), clock, Opening(open_))
    window.show()
    window.activateWindow()
    window.unlock(Secret(PASSPHRASE))
    tour.settle(application, window)
    assert window.workspace is not None
    window.workspace.go(Place("form", case=case, form="contact"))
    tour.settle(application, window)
    QTest.keySequence(application.focusWidget(), "Ctrl+PgDown")
    tour.settle(application, window)
    QTest.keySequence(application.focusWidget(), "Tab")
    number = 0
    while True:
        QTest.keyClicks(application.focusWidget(), f"word{number} ")
        sys.stdout.write(f"{number} {time.time()}\n")
        sys.stdout.flush()
        number += 1
        end = time.monotonic() + 0.06
        while time.monotonic() < end:
            application.processEvents()
            time.sleep(0.002)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
