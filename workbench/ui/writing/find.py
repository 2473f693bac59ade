"""Find in the page: a bar that walks through what the fields of a page hold."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QFrame, QLineEdit, QPlainTextEdit, QWidget

from workbench.resources import Words, say
from workbench.ui.widgets.buttons import Button
from workbench.ui.widgets.flow import row
from workbench.ui.widgets.inputs import LineField
from workbench.ui.widgets.text import Label
from workbench.ui.words import said

_FIND = Words("Find in this page", "Chwilio yn y dudalen hon")
_PREVIOUS = Words("Previous", "Blaenorol")
_NEXT = Words("Next", "Nesaf")
_CLOSE = Words("Close", "Cau")
_NOTHING = Words("Nothing found", "Ni chanfuwyd dim")
_PLACE = Words("{place} of {count}", "{place} o {count}")
Place = tuple[QWidget, int, int]


class FindBar(QFrame):
    """What to look for, which of how many this is, on and back; Escape closes it."""

    closed = Signal()
    shown = Signal(object)

    def __init__(
        self,
        fields: Callable[[], Sequence[QWidget]],
        parent: QWidget | None = None,
        *,
        language: str = "en",
    ) -> None:
        super().__init__(parent)
        self.setProperty("floating", "true")
        find = say(_FIND, language)
        self.setAccessibleName(find)
        self._fields = fields
        self._language = language
        self._at = -1
        line = row(self, gap=6, margin=8)
        self.wanted = LineField(find, find)
        self.wanted.textChanged.connect(lambda _: self.step(0))
        self.count = Label("", "small", wrap=False)
        line.addWidget(self.wanted, 1)
        line.addWidget(self.count)
        for words, press, icon in (
            (_PREVIOUS, lambda: self.step(-1), "chevron-up"),
            (_NEXT, lambda: self.step(1), "chevron-down"),
            (_CLOSE, self.close_bar, "x"),
        ):
            line.addWidget(Button(say(words, language), press, icon=icon, kind="icon"))

    def open_bar(self) -> None:
        """Shows the bar with the cursor in it."""
        self.show()
        self.wanted.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.wanted.selectAll()

    def close_bar(self) -> None:
        """Hides it and goes back to what was found."""
        self.hide()
        self.closed.emit()

    def step(self, by: int) -> None:
        """Goes on to the next place (or, with 0, to the first)."""
        places = self._places()
        if not places:
            self.count.say(say(_NOTHING, self._language) if self.wanted.text() else "")
            self._at = -1
            return
        self._at = 0 if by == 0 else (self._at + by) % len(places)
        self.count.say(said(_PLACE, self._language, place=self._at + 1, count=len(places)))
        field, start, length = places[self._at]
        _select(field, start, length)
        self.shown.emit(field)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on, Shift+Enter back, Escape closes."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.step(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        elif event.key() == Qt.Key.Key_Escape:
            self.close_bar()
        else:
            super().keyPressEvent(event)

    def _places(self) -> list[Place]:
        wanted = self.wanted.text().casefold()
        if not wanted:
            return []
        found: list[Place] = []
        for field in self._fields():
            text = _text(field).casefold()
            start = text.find(wanted)
            while start >= 0:
                found.append((field, start, len(wanted)))
                start = text.find(wanted, start + len(wanted))
        return found


def _text(field: QWidget) -> str:
    if isinstance(field, QPlainTextEdit):
        return field.toPlainText()
    return field.text() if isinstance(field, QLineEdit) else ""


def _select(field: QWidget, start: int, length: int) -> None:
    if isinstance(field, QPlainTextEdit):
        cursor = field.textCursor()
        cursor.setPosition(start)
        cursor.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
        field.setTextCursor(cursor)
    elif isinstance(field, QLineEdit):
        field.setSelection(start, length)
