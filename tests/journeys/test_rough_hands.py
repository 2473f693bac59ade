"""Rough hands: seeded presses, clicks, pastes and sizes in the real window; nothing breaks, no cursor is lost."""

from __future__ import annotations

import random
import secrets
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import TracebackType

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QFileDialog,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QScrollArea,
    QWidget,
)
from shiboken6 import isValid

from tests.conftest import Kept
from tests.journeys.conftest import Journey
from workbench import clock as clocks
from workbench.casework import opening, sample, stories
from workbench.casework.opening import Secret
from workbench.clock import FixedClock
from workbench.models.ids import Ids
from workbench.security.keyring import NoKeyring
from workbench.settings import Settings
from workbench.ui.gate.gate import Gate, Opening
from workbench.ui.look import look
from workbench.ui.report import leaving
from workbench.ui.shell.window import Window

STEPS = 45
WORKED = (QAbstractButton, QLineEdit, QPlainTextEdit, QComboBox, QAbstractItemView)
KEYS = (
    *("Tab", "Tab", "Tab", "Shift+Tab", "Return", "Return", "Space", "Up", "Down", "Left", "Right"),
    *("Escape", "Home", "End", "PgDown", "PgUp", "Delete", "Backspace"),
    *("Ctrl+Return", "Ctrl+PgDown", "Ctrl+PgUp", "Ctrl+E", "Ctrl+M", "Ctrl+S", "Ctrl+Z", "Ctrl+A"),
)
# Each screen is made anew for these.
ANEW = ("Ctrl+Shift+D", "Ctrl++", "Ctrl+-")
PASTED = (
    "Gwelwyd ef yn y llys; tŷ, ŵyr.",
    "🙂👩‍👩‍👧‍👦 flag",
    "x" * 5000,
    "\u202eright to left\u202c עברית",
    "a\x00b\x07c\x1b[31m",
    "one\r\n\ttwo",
    "<b>bold</b><script>alert(1)</script>",
    "2026-02-30",
)


class Hands:
    """Somebody who does anything at all, by seed."""

    def __init__(self, journey: Journey, passphrase: str, seed: int) -> None:
        self.journey, self.passphrase = journey, passphrase
        self.window, self.application = journey.window, journey.application
        self.chance = random.Random(seed)
        self.trail: list[str] = []
        strokes = {each.key().toString() for each in self.window.findChildren(QShortcut)}
        self.strokes = sorted(strokes - set(ANEW) - {""})

    def step(self) -> None:
        """One thing, and what comes of it."""
        if isinstance(self.window._stack.currentWidget(), Gate):
            self.unlock()
        ways: tuple[tuple[Callable[[], None], int], ...] = (
            (self.press, 40),
            (self.click, 30),
            (self.go, 12),
            (self.paste, 10),
            (self.resize, 4),
            (self.look, 2),
            (self.lock, 2),
        )
        self.chance.choices([way for way, _ in ways], [weight for _, weight in ways])[0]()
        self.close_popups()
        self.journey.settle()
        self.check_cursor()

    def press(self) -> None:
        """A key where the cursor is, a few times."""
        keys, times = self.chance.choice(KEYS), self.chance.randint(1, 4)
        self.trail.append(f"{keys} x{times}")
        self.journey.press(keys, times)

    def go(self) -> None:
        """A stroke of the window."""
        keys = self.chance.choice(self.strokes)
        self.trail.append(keys)
        self.journey.press(keys)

    def click(self) -> None:
        """Anything in sight that can be worked, now and then twice."""
        shown = [each for each in self.window.findChildren(QWidget) if self.worked(each)]
        if not shown:
            return
        widget = self.chance.choice(shown)
        self.trail.append(f"click {widget.accessibleName()[:50]!r}")
        for area in self.window.findChildren(QScrollArea):
            if area.isAncestorOf(widget):
                area.ensureWidgetVisible(widget)
        view = widget.viewport() if isinstance(widget, QPlainTextEdit | QAbstractItemView) else widget
        at = QPoint(self.chance.randint(1, view.width() - 1), self.chance.randint(1, view.height() - 1))
        for _ in range(self.chance.choice((1, 1, 2))):
            if isValid(view) and view.isVisible():
                QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=at)

    def worked(self, widget: QWidget) -> bool:
        """Whether somebody can work it now."""
        seen = widget.isVisible() and widget.isEnabled() and min(widget.width(), widget.height()) > 3
        return seen and isinstance(widget, WORKED)

    def paste(self) -> None:
        """Words, or what nobody should have to write."""
        data, text = QMimeData(), self.chance.choice(PASTED)
        data.setText(text)
        data.setHtml(f"<b>{text}</b><img src='file:///etc/passwd'>")
        self.application.clipboard().setMimeData(data)
        self.trail.append(f"paste {text[:12]!r}")
        self.journey.press("Ctrl+V")

    def resize(self) -> None:
        """Any size from the smallest."""
        width, height = self.chance.randint(720, 1366), self.chance.randint(480, 768)
        self.trail.append(f"{width} by {height}")
        self.window.resize(width, height)

    def look(self) -> None:
        """Another theme or text size in the middle of everything."""
        keys = self.chance.choice(ANEW)
        self.trail.append(keys)
        self.journey.press(keys)

    def lock(self) -> None:
        """Locks in the middle of what was asked."""
        if self.window.workspace is not None:
            self.journey.press(self.chance.choice(("Ctrl+1", "Ctrl+2", "Ctrl+6")))
        self.trail.append("lock")
        self.window.lock()

    def unlock(self) -> None:
        """Back in."""
        self.journey.settle()
        self.window.unlock(Secret(self.passphrase))
        self.journey.settle()

    def close_popups(self) -> None:
        """Leaves a list that was opened, and keeps the window in front."""
        while self.application.activePopupWidget() is not None:
            for chooser in self.window.findChildren(QComboBox):
                chooser.hidePopup()
            if (popup := self.application.activePopupWidget()) is not None:
                popup.close()
            self.application.processEvents()
            self.window.activateWindow()

    def check_cursor(self) -> None:
        """The cursor is on something that is shown and can be worked."""
        cursor = self.application.focusWidget()
        assert cursor is not None, "the cursor is lost"
        assert cursor.isVisible(), f"the cursor is out of sight: {cursor.accessibleName()!r}"
        assert cursor.isEnabled(), f"the cursor is where nothing can be done: {cursor.accessibleName()!r}"


# The same day and the same ids each time, so that a seed does the same again.
AT = FixedClock(clocks.noon(date(2026, 11, 20)))


def _ids(seed: str) -> Ids:
    return Ids(AT, random.Random(seed).randbytes)


def _store(role: str) -> Callable[[Path], None]:
    return lambda folder: sample.make(
        folder, AT, _ids(role), stories.tellers(len(stories.TELLERS)), role=role
    )


@pytest.fixture
def faults(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[BaseException]:
    """What broke, wherever it did; files and printers are answered for."""
    found: list[BaseException] = []

    def slot(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        found.append(error)

    monkeypatch.setattr(sys, "excepthook", slot)
    monkeypatch.setattr(Window, "_fault", lambda window, error: found.append(error))
    chosen = tmp_path / "chosen"
    chosen.mkdir()
    (chosen / "note.txt").write_text("No bundle.")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(chosen / secrets.token_hex(4)), ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(chosen / "note.txt"), ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(chosen / "note.txt")], ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "")
    monkeypatch.setattr(leaving, "printed", lambda *_, draft: True)
    monkeypatch.setattr(QMenu, "exec", lambda *_: None)
    return found


@pytest.mark.parametrize("role", ["practitioner", "spo"])
def test_nothing_breaks_under_rough_hands(
    role: str, kept: Kept, qapp: QApplication, faults: list[BaseException]
) -> None:
    """A failure names its last steps; the same seed does the same again."""
    folder = kept.copy(f"rough-{role}", _store(role))
    passphrase = (folder / "passphrase.txt").read_text().strip()
    ids = _ids(f"hands of {role}")
    look.load_fonts()
    look.put_on(qapp, look.Look(still=True))
    window = Window(
        qapp,
        Settings(still=True),
        AT,
        Opening(lambda secret: opening.open_desk(folder, secret, AT, ids, NoKeyring())),
    )
    window.resize(1366, 768)
    window.show()
    window.activateWindow()
    hands = Hands(Journey(qapp, window), passphrase, seed=len(role))
    try:
        for _ in range(STEPS):
            hands.step()
            assert faults == []
    except AssertionError as error:
        raise AssertionError(f"{error}\nafter: {'; '.join(hands.trail[-20:])}") from error
    finally:
        window.close()
        window.deleteLater()
        qapp.processEvents()
