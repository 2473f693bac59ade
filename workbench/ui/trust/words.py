"""Your words: spellings that are right here, and short forms that are written out while typing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from workbench.casework import own_words
from workbench.casework.desk import Desk
from workbench.errors import Expected
from workbench.ui.gate.field import Field
from workbench.ui.look.look import in_force
from workbench.ui.shell.place import Place, Shell
from workbench.ui.trust.part import Sheet
from workbench.ui.widgets.buttons import Button
from workbench.ui.widgets.flow import Flow, column, empty, row
from workbench.ui.widgets.inputs import LineField, PlainField
from workbench.ui.widgets.panels import Band, Card, Line
from workbench.ui.widgets.text import Label

_LEFT = Qt.AlignmentFlag.AlignLeft
_Then = Callable[[dict[str, str]], None]


class Words(Sheet):
    """Own words and short forms; both lie in the store."""

    title = "Your words"

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, parent)
        self._own, self._short = Own(shell), Short(shell)
        self.column.addWidget(self._short)
        self.column.addWidget(self._own)
        self.column.addStretch(1)

    def arrive(self, place: Place) -> None:
        """Asks for both."""
        self.shell.ask(_both, self._show, key="words")

    def first(self) -> QWidget | None:
        """The field for a new short form."""
        return self._short.first()

    def _show(self, both: tuple[tuple[str, ...], dict[str, str]]) -> None:
        self._own.show_words(both[0])
        self._short.show_short(both[1])


def _both(desk: Desk) -> tuple[tuple[str, ...], dict[str, str]]:
    return own_words.own_words(desk), own_words.snippets(desk)


class Own(Card):
    """Words that the speller takes as right."""

    def __init__(self, shell: Shell) -> None:
        super().__init__("Spellings that are right here", gap=10)
        self._shell = shell
        self._word = LineField("A word to add")
        self._word.returnPressed.connect(self._add)
        self._field = Field("A word to add", self._word)
        self.body.addWidget(self._field)
        self.body.addWidget(Button("Add the word", self._add, icon="plus", kind="secondary"), 0, _LEFT)
        self._none = Label("No words yet. In a form, a word is added from its menu.", "quiet")
        self.body.addWidget(self._none)
        held = QWidget()
        self._flow = Flow(held, gap=8)
        self.body.addWidget(held)
        self._gone = column()
        self.body.addLayout(self._gone)

    def show_words(self, words: tuple[str, ...]) -> None:
        """Shows the words; each is taken out by its button."""
        empty(self._gone)
        empty(self._flow)
        self._none.setVisible(not words)
        for word in words:
            chip = self._chip(word)
            self._flow.addWidget(chip)
            chip.show()

    def _chip(self, word: str) -> Button:
        button = Button(word, lambda: self._remove(word), icon="x", kind="chip")
        button.setAccessibleName(f"Take out {word}")
        return button

    def _add(self) -> None:
        word = self._word.text()

        def added(words: tuple[str, ...]) -> None:
            self._word.clear()
            self._field.refuse("")
            self.show_words(words)

        self._shell.ask(lambda desk: own_words.add_own_word(desk, word), added, self._refused)

    def _remove(self, word: str) -> None:
        def gone(words: tuple[str, ...]) -> None:
            self.show_words(words)
            _tell_gone(self._gone, word, partial(self._put_back, word))

        self._shell.ask(lambda desk: own_words.remove_own_word(desk, word), gone)

    def _put_back(self, word: str) -> None:
        self._shell.ask(lambda desk: own_words.add_own_word(desk, word), self.show_words, self._refused)

    def _refused(self, failure: Expected) -> None:
        self._field.refuse(failure.sentence())


class Short(Card):
    """Short forms and what they stand for."""

    def __init__(self, shell: Shell) -> None:
        super().__init__("Short forms", gap=10)
        self._shell = shell
        self._held: dict[str, str] = {}
        self.body.addWidget(
            Label("Write ; and a short form in a text, then a space: ;dna is written out.", "quiet")
        )
        self._list = column(gap=10)
        self.body.addLayout(self._list)
        self._gone = column()
        self.body.addLayout(self._gone)
        self.body.addWidget(Line())
        self._short = LineField("Short form", "small letters and digits")
        self._text = PlainField("What it stands for")
        self._text.setFixedHeight(in_force().px(76))
        self._field = Field("Short form", self._short)
        self.body.addWidget(self._field)
        self.body.addWidget(Field("What it stands for", self._text))
        self.body.addWidget(Button("Keep it", self._keep, icon="check", kind="secondary"), 0, _LEFT)

    def first(self) -> QWidget:
        """The field for a new one."""
        return self._short

    def show_short(self, held: Mapping[str, str]) -> None:
        """Shows the short forms there are."""
        self._held = dict(held)
        empty(self._gone)
        empty(self._list)
        for short, text in self._held.items():
            self._list.addWidget(self._one(short, text))

    def _one(self, short: str, text: str) -> QWidget:
        held = QWidget()
        across = row(held, gap=12)
        name = Label(short, "strong", wrap=False)
        name.setMinimumWidth(in_force().px(60))
        across.addWidget(name)
        across.addWidget(Label(text), 1)
        change = Button(f"Change {short}", lambda: self._edit(short), icon="pencil", kind="icon")
        remove = Button(f"Take out {short}", lambda: self._remove(short), icon="trash-2", kind="icon")
        across.addWidget(change)
        across.addWidget(remove)
        return held

    def _edit(self, short: str) -> None:
        self._short.setText(short)
        self._text.setPlainText(self._held[short])
        self._text.setFocus()

    def _keep(self) -> None:
        short, text = self._short.text().strip(), self._text.toPlainText()

        def kept(held: dict[str, str]) -> None:
            self._short.clear()
            self._text.clear()
            self._field.refuse("")
            self.show_short(held)

        self._put({**self._held, short: text}, kept)

    def _remove(self, short: str) -> None:
        text = self._held[short]

        def gone(held: dict[str, str]) -> None:
            self.show_short(held)
            _tell_gone(self._gone, short, lambda: self._put({**self._held, short: text}, self.show_short))

        self._put({key: each for key, each in self._held.items() if key != short}, gone)

    def _put(self, wanted: dict[str, str], then: _Then) -> None:
        self._shell.ask(
            lambda desk: own_words.keep_snippets(desk, wanted),
            then,
            lambda failure: self._field.refuse(failure.sentence()),
        )


def _tell_gone(where: QVBoxLayout, what: str, undo: Callable[[], None]) -> None:
    """Says what was taken out, with the way to put it back; the cursor is on that."""
    band = Band(f"{what} was taken out.", "plain", "Undo", undo)
    where.addWidget(band)
    band.show()
    band.announce()
    if (button := band.findChild(Button)) is not None:
        button.setFocus()
