"""The real window over a real encrypted store, driven by keys and clicks as a person would."""

from __future__ import annotations

import os
import secrets
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from tests.conftest import PASSPHRASE, Stores
from workbench.casework import opening
from workbench.casework.desk import Desk
from workbench.casework.opening import Secret
from workbench.models.ids import Ids
from workbench.security.keyring import NoKeyring
from workbench.settings import Settings
from workbench.ui import tour
from workbench.ui.gate.gate import Opening
from workbench.ui.look import look
from workbench.ui.shell.window import Window
from workbench.ui.shell.workspace import Workspace

BEAT_MS = 5


class Heart:
    """Beats in the window's thread and notes the longest pause: what a person would feel as a hitch."""

    def __init__(self) -> None:
        self.gaps: list[float] = []
        self._last = time.perf_counter()
        self._timer = QTimer()
        self._timer.setInterval(BEAT_MS)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def _beat(self) -> None:
        now = time.perf_counter()
        self.gaps.append(now - self._last)
        self._last = now

    def stop(self) -> float:
        """The longest pause, in seconds."""
        self._timer.stop()
        return max(self.gaps, default=0.0)


class Journey:
    """A person at the window."""

    def __init__(self, application: QApplication, window: Window) -> None:
        self.application = application
        self.window = window
        self.strokes = 0

    @property
    def workspace(self) -> Workspace:
        """The unlocked window."""
        assert self.window.workspace is not None
        return self.window.workspace

    def settle(self) -> None:
        """Waits until all that was asked has come."""
        tour.settle(self.application, self.window)

    def unlock(self, passphrase: str = PASSPHRASE) -> None:
        """Types the passphrase and presses Enter."""
        self.settle()
        self.type(passphrase)
        self.press("Return")
        self.settle()

    def press(self, keys: str, times: int = 1) -> None:
        """Presses a key or a chord where the cursor is; each is one stroke."""
        for _ in range(times):
            self.strokes += 1
            sequence = QKeySequence(keys)[0]
            target = self.application.focusWidget() or self.window
            QTest.keyClick(target, sequence.key(), sequence.keyboardModifiers())
            self.application.processEvents()

    def type(self, text: str) -> None:
        """Types words where the cursor is."""
        target = self.application.focusWidget() or self.window
        QTest.keyClicks(target, text)
        self.application.processEvents()

    def click(self, name: str) -> None:
        """Clicks the button of this name; one stroke."""
        self.strokes += 1
        QTest.mouseClick(self.button(name), Qt.MouseButton.LeftButton)
        self.settle()

    def button(self, name: str) -> QPushButton:
        """The button in sight that bears this name, or whose name begins so."""
        shown = [button for button in self.window.findChildren(QPushButton) if button.isVisible()]
        exact = [button for button in shown if button.accessibleName() == name]
        begins = [button for button in shown if button.accessibleName().startswith(name)]
        found = exact or begins
        assert found, f"no button {name!r} among {sorted(button.accessibleName() for button in shown)}"
        return found[0]

    def words(self) -> str:
        """Everything in sight that a screen reader would be given."""
        return "\n".join(
            widget.accessibleName() for widget in self.window.findChildren(QWidget) if widget.isVisible()
        )

    def desk(self, work: Callable[[Desk], object]) -> object:
        """Asks the desk something, where it lives."""
        told: list[object] = []
        self.window.desks.with_desk(work, told.append)
        self.settle()
        return told[0]


@pytest.fixture
def open_window(qapp: QApplication, stores: Stores) -> Iterator[Callable[..., Journey]]:
    """Opens windows on stores of this test and closes them again."""
    made: list[Window] = []
    look.load_fonts()

    def open_(folder: str = "store", settings: Settings | None = None, *, sample: bool = False) -> Journey:
        path = stores.folder / folder

        def desk(secret: Secret) -> Desk:
            return opening.open_desk(path, secret, stores.clock, stores.ids, NoKeyring())

        chosen = settings or Settings(still=True)
        look.put_on(qapp, look.Look(chosen.theme, chosen.text_size / 100, still=True))
        window = Window(
            qapp, chosen, stores.clock, Opening(desk, "", (lambda: PASSPHRASE) if sample else None)
        )
        window.resize(1366, 768)
        window.show()
        window.activateWindow()
        made.append(window)
        return Journey(qapp, window)

    yield open_
    for window in made:
        window.close()
        window.deleteLater()
    qapp.processEvents()


@pytest.fixture
def at_work(stores: Stores, open_window: Callable[..., Journey]) -> Journey:
    """An unlocked window over a new, empty store of a practitioner."""
    stores.make()
    journey = open_window()
    journey.unlock()
    return journey


@pytest.fixture
def random_ids(stores: Stores) -> Ids:
    """Ids that no two tests share."""
    return Ids(stores.clock, secrets.token_bytes)


@pytest.fixture
def later(stores: Stores) -> Callable[[float], None]:
    """Lets minutes pass."""
    return lambda minutes: stores.clock.move(timedelta(minutes=minutes))


@pytest.fixture
def folder(stores: Stores) -> Path:
    """Where the stores of this test lie."""
    return stores.folder
