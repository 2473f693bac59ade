"""Fields to choose from: one of a few, one of many, several."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QCompleter,
    QWidget,
)

from workbench.forms.definition import Question
from workbench.resources import Words
from workbench.ui.form import words
from workbench.ui.form.base import Field
from workbench.ui.form.options import Option, Radio, Tick
from workbench.ui.form.sheet import Sheet
from workbench.ui.look.look import in_force
from workbench.ui.widgets.buttons import Button
from workbench.ui.widgets.flow import Flow, column, empty
from workbench.ui.widgets.inputs import Choose
from workbench.ui.widgets.text import Label

_CLEAR = Words("Clear", "Clirio")
_TAKE_ANSWER = Words("Take this answer away: {name}", "Tynnu'r ateb hwn i ffwrdd: {name}")
_SEARCH = Words("Type to search, or choose", "Teipiwch i chwilio, neu dewiswch")
_NOT_CHOSEN = Words("Not chosen", "Heb ei ddewis")
_ADD = Words("Add…", "Ychwanegu…")
_TAKE = Words("Take away: {name}", "Tynnu i ffwrdd: {name}")
FEW = 6
SHORT = 14


# Options in a row and options one below the other answer to the same keys.
ARROWS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Left: -1}


class Keys(QObject):
    """Arrows and number keys choose among options; Delete takes the answer away where that may be."""

    def __init__(
        self,
        choose: Callable[[int], None],
        step: Callable[[QObject, int], None],
        clear: Callable[[], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._choose = choose
        self._step = step
        self._clear = clear

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Takes arrows, number keys and Delete."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
                self._clear()
                return True
            by = ARROWS.get(Qt.Key(event.key()), 0)
            if by and event.modifiers() in (
                Qt.KeyboardModifier.NoModifier,
                Qt.KeyboardModifier.KeypadModifier,
            ):
                self._step(watched, by)
                return True
            place = event.key() - Qt.Key.Key_1
            if 0 <= place < 9 and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self._choose(place)
                return True
        return False


class RadioField(Field):
    """One of a few: arrows and number keys choose."""

    def __init__(
        self,
        sheet: Sheet,
        question: Question,
        path: str,
        parent: QWidget | None = None,
        *,
        choices: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(sheet, question, path, parent)
        self.choices = dict(choices if choices is not None else words.options(question))
        self._group = QButtonGroup(self)
        self._options: dict[str, Option] = {}
        short = all(len(text) <= SHORT for text in self.choices.values())
        holder = QWidget(self)
        lines = Flow(holder, gap=10) if short else column(holder, gap=0)
        keys = Keys(self._choose_at, self._step, self.clear, self)
        for key, text in self.choices.items():
            option = Radio(text, holder)
            self._group.addButton(option)
            option.clicked.connect(lambda _=False: self._chosen())
            option.installEventFilter(keys)
            self.watch(option)
            lines.addWidget(option)
            self._options[key] = option
        self.body.addWidget(holder)
        self._clear = Button(sheet.say(_CLEAR), self.clear, kind="link", parent=self)
        self._clear.setAccessibleName(sheet.say(_TAKE_ANSWER, name=self.name))
        self._clear.hide()
        if short:
            lines.addWidget(self._clear)
        else:
            self.body.addWidget(self._clear, 0, Qt.AlignmentFlag.AlignLeft)

    def show_value(self) -> None:
        """Shows what the sheet holds."""
        held = self.sheet.value(self.path)
        self._group.setExclusive(False)
        for key, option in self._options.items():
            option.setChecked(key == held)
        self._group.setExclusive(True)
        clears = held is not None and self.question.required == "no" and not self.question.default
        if self._clear.isHidden() == clears:
            self._clear.setVisible(clears)

    def value(self) -> str | None:
        """The chosen one."""
        return next((key for key, option in self._options.items() if option.isChecked()), None)

    def inputs(self) -> list[QWidget]:
        """The options."""
        return list(self._options.values())

    def first(self) -> QWidget | None:
        """The chosen option, else the first."""
        chosen = self.value()
        return self._options[chosen] if chosen else super().first()

    def clear(self) -> None:
        """Takes the answer away, where the form does not need one."""
        if self.question.required != "yes":
            self.sheet.answer(self.path, None)
            self.show_value()

    def _choose_at(self, place: int) -> None:
        keys = list(self._options)
        if place < len(keys):
            self._options[keys[place]].setFocus(Qt.FocusReason.ShortcutFocusReason)
            self._options[keys[place]].click()

    def _step(self, option: QObject, by: int) -> None:
        self._choose_at(max(0, self.inputs().index(option) + by))  # type: ignore[arg-type]

    def _chosen(self) -> None:
        self.settled()
        self.show_value()


class ManyField(Field):
    """Several of a list."""

    def __init__(self, sheet: Sheet, question: Question, path: str, parent: QWidget | None = None) -> None:
        super().__init__(sheet, question, path, parent)
        self._options: dict[str, Option] = {}
        for key, text in words.options(question).items():
            option = Tick(text, self)
            option.clicked.connect(lambda _=False: self.settled())
            self.watch(option)
            self.body.addWidget(option)
            self._options[key] = option
        self.body.setSpacing(in_force().gap(2))

    def show_value(self) -> None:
        """Shows what the sheet holds."""
        held = self.sheet.value(self.path) or []
        for key, option in self._options.items():
            option.setChecked(key in held)

    def value(self) -> list[str] | None:
        """The chosen ones, in the form's order."""
        return [key for key, option in self._options.items() if option.isChecked()] or None

    def inputs(self) -> list[QWidget]:
        """The options."""
        return list(self._options.values())


class Searching(Choose):
    """One of many: what is typed narrows the list to what holds it."""

    def __init__(
        self, name: str, choices: Mapping[str, str], hint: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(name, choices, parent)
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        completer = QCompleter(self.model(), self)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setCompleter(completer)
        line = self.lineEdit()
        if line is not None:
            line.setAccessibleName(name)
            line.setPlaceholderText(hint)
            line.editingFinished.connect(self._put_back)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Whatever is typed takes the place of what stood there, however the cursor came."""
        super().focusInEvent(event)
        line = self.lineEdit()
        if line is not None and event.reason() != Qt.FocusReason.PopupFocusReason:
            line.selectAll()

    def _put_back(self) -> None:
        """Takes the choice that was written, or the only one that holds it; else the one before stands again."""
        line = self.lineEdit()
        if line is not None:
            said = line.text().strip().casefold()
            found = self.findText(said, Qt.MatchFlag.MatchFixedString)
            holding = [at for at in range(self.count()) if said and said in self.itemText(at).casefold()]
            if found < 0 and len(holding) == 1:
                found = holding[0]
            if found >= 0:
                self.setCurrentIndex(found)
            line.setText(self.itemText(self.currentIndex()))


class ListField(Field):
    """One of many, or of people and places known; the empty line takes the answer away."""

    def __init__(
        self,
        sheet: Sheet,
        question: Question,
        path: str,
        parent: QWidget | None = None,
        *,
        choices: Mapping[str, str] | None = None,
        nothing: str = "",
    ) -> None:
        super().__init__(sheet, question, path, parent)
        found = dict(choices if choices is not None else words.options(question))
        offered = {"": sheet.say(_NOT_CHOSEN), **found}
        self.box: Choose = (
            Searching(self.name, offered, sheet.say(_SEARCH), self)
            if len(found) > FEW
            else Choose(self.name, offered, self)
        )
        self.box.activated.connect(lambda _: self.settled())
        self.body.addWidget(self.box)
        line = self.box.lineEdit()
        if line is not None:
            line.editingFinished.connect(self.settled)
        self.watch(self.box, *([line] if line is not None else []))
        if nothing and not found:
            self.box.hide()
            self.body.addWidget(Label(nothing, "quiet", parent=self))

    def show_value(self) -> None:
        """Shows what the sheet holds; an id nobody knows stays, under its own name."""
        held = str(self.sheet.value(self.path) or "")
        if self.box.findData(held) < 0:
            self.box.addItem(self.sheet.name(held), held)
        self.box.choose(held)
        line = self.box.lineEdit()
        if line is not None and not line.hasFocus():
            # Where the words are longer than the field, their beginning is seen.
            line.setCursorPosition(0)

    def value(self) -> Any:
        """The chosen one."""
        return self.box.key() or None

    def left(self) -> None:
        """What was typed and found counts as chosen."""
        self.settled()
        super().left()

    def inputs(self) -> list[QWidget]:
        """The list."""
        return [self.box]


class IdsField(Field):
    """Several ids, each with its words: what an action answers, which actions manage a factor."""

    def __init__(
        self,
        sheet: Sheet,
        question: Question,
        path: str,
        choices: Mapping[str, str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(sheet, question, path, parent)
        self._choices = dict(choices)
        self._chips = QWidget(self)
        self._flow = Flow(self._chips, gap=6)
        self._more = Searching(self.name, {"": sheet.say(_ADD), **self._choices}, sheet.say(_SEARCH), self)
        self._more.activated.connect(lambda _: self._add())
        line = self._more.lineEdit()
        if line is not None:
            line.editingFinished.connect(self._add)
        self.watch(self._more)
        self.body.addWidget(self._chips)
        self.body.addWidget(self._more)

    def show_value(self) -> None:
        """Shows what the sheet holds."""
        empty(self._flow)
        held = self.value() or []
        for key in held:
            chip = Button(
                self._words(key), partial(self._take, key), icon="x", kind="chip", parent=self._chips
            )
            chip.setAccessibleName(self.sheet.say(_TAKE, name=self._words(key)))
            self._flow.addWidget(chip)
        self._chips.setVisible(bool(held))
        self._more.setCurrentIndex(0)

    def value(self) -> list[str] | None:
        """The ids as the sheet holds them."""
        held = self.sheet.value(self.path)
        return [str(each) for each in held] if isinstance(held, list) and held else None

    def inputs(self) -> list[QWidget]:
        """The list to add from."""
        return [self._more]

    def _words(self, key: str) -> str:
        return self._choices.get(key) or self.sheet.name(key)

    def _add(self) -> None:
        key = self._more.key()
        held = self.value() or []
        if key and key not in held:
            self.sheet.answer(self.path, [*held, key])
        self.show_value()

    def _take(self, key: str) -> None:
        self.sheet.answer(self.path, [each for each in self.value() or [] if each != key] or None)
        self.show_value()
