"""Fields for words and numbers."""

from __future__ import annotations

import re
from typing import Any

from PySide6.QtWidgets import QWidget

from workbench.forms.definition import Question
from workbench.resources import Words
from workbench.ui.form.base import Field
from workbench.ui.form.sheet import Sheet, at
from workbench.ui.form.words import day_words
from workbench.ui.look.look import in_force
from workbench.ui.widgets.flow import column
from workbench.ui.widgets.inputs import LineField
from workbench.ui.widgets.text import Label
from workbench.ui.writing.field import LineOfWriting, WritingField

_WHOLE = re.compile(r"-?\d{1,15}")
_DAY = re.compile(r"\b\d{4}-\d\d-\d\d\b")
LONG = 600
_ONE_WORD = Words("1 word", "1 gair")
_WORDS = Words("{count} words", "{count} gair")
_LONG = Words("Long: does it begin with what matters most?", "Hir: a yw'n dechrau gyda'r hyn sydd bwysicaf?")
_NOT_YET = Words("Not known yet", "Ddim yn hysbys eto")
_NOTHING = Words("Nothing is recorded about this yet.", "Nid oes dim wedi'i gofnodi am hyn eto.")


class TextField(Field):
    """One line."""

    def __init__(self, sheet: Sheet, question: Question, path: str, parent: QWidget | None = None) -> None:
        super().__init__(sheet, question, path, parent)
        self.line = LineField(self.name, parent=self)
        self.line.setMaxLength(2_000)
        self.line.textEdited.connect(lambda _: self.typed())
        self.body.addWidget(self.line)
        self.watch(self.line)

    def show_value(self) -> None:
        """Shows what the sheet holds."""
        held = str(self.sheet.value(self.path) or "")
        if self.line.text().strip() != held:
            self.line.setText(held)
            # Where it is longer than the field, its beginning is seen.
            self.line.setCursorPosition(0)

    def value(self) -> str | None:
        """The line without blanks around it."""
        return self.line.text().strip() or None

    def inputs(self) -> list[QWidget]:
        """The line."""
        return [self.line]


class NarrativeField(Field):
    """A paragraph or many, with a quiet count of words."""

    counts = True

    def __init__(
        self, sheet: Sheet, question: Question, path: str, parent: QWidget | None = None, *, least: int = 3
    ) -> None:
        super().__init__(sheet, question, path, parent)
        self.field = self.made(least)
        self.field.wrote.connect(self._wrote)
        self.field.left.connect(self.left)
        self.field.entered.connect(lambda: sheet.focused.emit(path))
        self._count = Label("", "small", parent=self)
        self._count.hide()
        self.body.addWidget(self.field)
        self.body.addWidget(self._count)

    def show_value(self) -> None:
        """Shows what the sheet holds."""
        held = str(self.sheet.value(self.path) or "")
        if self.field.toPlainText().strip() != held.strip():
            self.field.put(held)
        self._tell_length()

    def value(self) -> str | None:
        """The words; blanks at the end are left out."""
        return self.field.toPlainText().rstrip() or None

    def inputs(self) -> list[QWidget]:
        """The field."""
        return [self.field]

    def _wrote(self) -> None:
        self.typed()
        self._tell_length()

    def made(self, least: int) -> WritingField:
        """What is written in; `least` lines high."""
        return WritingField(self.name, self.sheet.tools, least=least, parent=self)

    def _tell_length(self) -> None:
        if not self.counts:
            return
        count = self.field.words()
        told = self.sheet.say(_ONE_WORD if count == 1 else _WORDS, count=f"{count:,}")
        self._count.say(f"{told}. {self.sheet.say(_LONG)}" if count > LONG else told)
        if self._count.isHidden() == (count > 0):
            self._count.setVisible(count > 0)


class RowTextField(NarrativeField):
    """One line inside a row: beside others it is narrow, so it grows with what is written."""

    counts = False

    def made(self, least: int) -> WritingField:
        """What is written in: one line at first."""
        return LineOfWriting(self.name, self.sheet.tools, self)

    def value(self) -> str | None:
        """The words without blanks around them."""
        return self.field.toPlainText().strip() or None


class NumberField(Field):
    """A number; what is not one stays as it was typed, and is told when the field is left."""

    def __init__(self, sheet: Sheet, question: Question, path: str, parent: QWidget | None = None) -> None:
        super().__init__(sheet, question, path, parent)
        self.line = LineField(self.name, parent=self)
        self.line.setMaximumWidth(in_force().px(180))
        self.line.textEdited.connect(lambda _: self.typed())
        self.body.addWidget(self.line)
        self.watch(self.line)

    def show_value(self) -> None:
        """Shows what the sheet holds."""
        held = self.sheet.value(self.path)
        text = "" if held is None else str(held)
        if self.line.text().strip() != text:
            self.line.setText(text)

    def value(self) -> Any:
        """The number as answers write it; what cannot be read as it was typed."""
        text = self.line.text().strip().rstrip("%").strip().replace(",", "")
        if not text:
            return None
        return int(text) if not self.question.decimals and _WHOLE.fullmatch(text) else text

    def inputs(self) -> list[QWidget]:
        """The line."""
        return [self.line]


class ComputedField(Field):
    """What follows from other answers, with its working; nothing to fill in."""

    def __init__(self, sheet: Sheet, question: Question, path: str, parent: QWidget | None = None) -> None:
        super().__init__(sheet, question, path, parent)
        self._value = Label("", "strong", copyable=True, parent=self)
        self._working = Label("", "small", parent=self)
        self.body.addWidget(self._value)
        self.body.addWidget(self._working)

    def show_value(self) -> None:
        """Works it out from the answers as they stand."""
        held = at(self.sheet.session.answers(), self.path)
        told = held if isinstance(held, dict) else None
        language = self.sheet.language
        self._value.say(day_words(told["value"], language) if told else self.sheet.say(_NOT_YET))
        in_words = _DAY.sub(lambda day: day_words(day.group(), language), told["working"]) if told else ""
        self._working.say(in_words)
        self._working.setVisible(bool(told))

    def refresh(self) -> None:
        """Follows the answers it is worked out from."""
        self.show_value()


class ShownField(Field):
    """What is known already, each with its source; nothing to fill in."""

    def __init__(self, sheet: Sheet, question: Question, path: str, parent: QWidget | None = None) -> None:
        super().__init__(sheet, question, path, parent)
        found = sheet.opened.known.get(question.id, ())
        for known in found:
            line = QWidget(self)
            pair = column(line, gap=1)
            pair.setContentsMargins(0, 0, 0, in_force().gap(4))
            pair.addWidget(Label(f"{known.what}: {known.value}", "strong", copyable=True, parent=line))
            pair.addWidget(Label(known.source, "small", parent=line))
            self.body.addWidget(line)
        if not found:
            self.body.addWidget(Label(sheet.say(_NOTHING), "quiet", parent=self))
