"""What every field of a form is, and the words around it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from workbench.forms.definition import Question
from workbench.ui.form import words
from workbench.ui.form.sheet import Sheet
from workbench.ui.widgets.flow import column
from workbench.ui.writing.field import opens_evidence, speak


class Field(QWidget):
    """The widget of one question or column at a path of the sheet.

    A field shows what the sheet holds, writes what a person does into it, and says when the cursor comes and goes.
    """

    def __init__(self, sheet: Sheet, question: Question, path: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sheet = sheet
        self.question = question
        self.path = path
        self.name = words.asks(question)
        self.body = column(self, gap=6)

    def show_value(self) -> None:
        """Shows what the sheet holds."""

    def value(self) -> Any:
        """The answer as it stands in the field; None where it is empty."""
        return None

    def say_wrong(self, says: str) -> None:
        """Shows that something is wrong with it, also to a screen reader."""
        for widget in self.inputs():
            if bool(widget.property("wrong")) != bool(says):
                widget.setProperty("wrong", "true" if says else "")
                widget.style().polish(widget)
            widget.setAccessibleDescription(says)

    def inputs(self) -> list[QWidget]:
        """The widgets that take keys, in order."""
        return []

    def first(self) -> QWidget | None:
        """Where the cursor goes."""
        return next(iter(self.inputs()), None)

    def reveal(self, path: str) -> QWidget | None:
        """Brings the part at a path into sight, and gives where the cursor goes."""
        return self.first()

    def texts(self) -> list[QWidget]:
        """Every line and field of writing in it, in order, for finding."""
        found = self.findChildren(QWidget)
        return [each for each in found if isinstance(each, QLineEdit | QPlainTextEdit) and each.isVisible()]

    def refresh(self) -> None:
        """Follows what changed elsewhere on the sheet."""

    # For the fields themselves

    def watch(self, *inputs: QWidget) -> None:
        """Says when the cursor comes to one of these widgets and when it goes."""
        for widget in inputs:
            widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hears the cursor come and go."""
        if event.type() == QEvent.Type.FocusIn:
            self.sheet.focused.emit(self.path)
        elif event.type() == QEvent.Type.FocusOut:
            self.left()
        elif event.type() == QEvent.Type.ShortcutOverride and opens_evidence(event):
            event.ignore()
            return True
        elif isinstance(event, QContextMenuEvent) and isinstance(watched, QLineEdit):
            menu = watched.createStandardContextMenu()
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            speak(menu, self.sheet.language)
            menu.popup(event.globalPos())
            return True
        return False

    def left(self) -> None:
        """The cursor has gone: what was typed is settled, and what is wrong with it may be said."""
        self.sheet.settle()
        self.sheet.left(self.path)
        self.sheet.changed.emit(self.path)
        self.sheet.rested.emit()

    def typed(self) -> None:
        """Something is being typed."""
        self.sheet.typing(self.path, self.value)

    def settled(self) -> None:
        """Something was chosen."""
        self.sheet.answer(self.path, self.value())
