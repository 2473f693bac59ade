"""Fields that hold rows: each a card that opens, closes, is taken away and put back."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from workbench.forms.definition import Question, rows
from workbench.resources import Words
from workbench.ui.form import words
from workbench.ui.form.base import Field
from workbench.ui.form.make import field as make_field
from workbench.ui.form.options import Tick
from workbench.ui.form.part import Part, Parts
from workbench.ui.form.sheet import Sheet
from workbench.ui.widgets.buttons import Button
from workbench.ui.widgets.flow import Flow, column, row
from workbench.ui.widgets.panels import Band
from workbench.ui.widgets.text import Label

_OPEN = Words("Open {row}", "Agor {row}")
_CLOSE = Words("Close {row}", "Cau {row}")
_AWAY = Words("Take away {row}", "Tynnu i ffwrdd: {row}")
_GONE = Words("Taken away.", "Tynnwyd i ffwrdd.")
_UNDO = Words("Undo", "Dadwneud")
_CLOSE_BAND = Words("Close this message", "Cau'r neges hon")
_NONE = Words("None", "Dim")
_NEEDED = Words("{title} (needed)", "{title} (gofynnol)")
# Rows with at most so many columns always stand open.
SIMPLE = 3
# Words of a closed row longer than this are a text to be read, not a title.
TITLE = 80
# Kinds of columns that say which row it is.
NAMING = ("text", "narrative", "person", "place", "agency", "one-of")


class RowCard(QFrame):
    """One row: its number and what it says, its parts once it is opened."""

    def __init__(self, owner: RowsField, row_id: str, *, opened: bool, closes: bool) -> None:
        super().__init__(owner)
        self.setProperty("card", "true")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._owner, self.row_id = owner, row_id
        self.parts: Parts | None = None
        self._lines = column(self, gap=6, margin=12)
        head = row(gap=6)
        self._title = Label("", "strong", parent=self)
        self._toggle = Button("", self._turn, icon="chevron-down", kind="icon", parent=self)
        self._toggle.setVisible(closes)
        self._away = Button(
            "", lambda: owner.remove(row_id), icon="trash-2", kind="icon", tint="quiet", parent=self
        )
        head.addWidget(self._title, 1)
        head.addWidget(self._toggle, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self._away, 0, Qt.AlignmentFlag.AlignTop)
        self._lines.addLayout(head)
        if opened:
            self.open()

    def name(self, number: int) -> None:
        """Says which row it is."""
        told = self._owner.summary(self.row_id)
        title = self._owner.title(self.row_id, number)
        closed = self.parts is None or not self.parts.isVisibleTo(self)
        self._title.say(f"{number}. {told}" if told and closed else title)
        role = "" if closed and len(told) > TITLE else "strong"
        if self._title.property("role") != role:
            self._title.setProperty("role", role)
            self._title.style().polish(self._title)
        sheet = self._owner.sheet
        self._toggle.say(
            sheet.say(_OPEN if closed else _CLOSE, row=title), "chevron-down" if closed else "chevron-up"
        )
        self._away.say(sheet.say(_AWAY, row=title))

    def open(self) -> None:
        """Shows its parts, made the first time."""
        if self.parts is None:
            self.parts = Parts(self._owner.parts_of(self.row_id))
            for widget in self._owner.beside_parts(self.row_id):
                self._lines.addWidget(widget)
            self._lines.addWidget(self.parts)
            self._owner.sheet.grew.emit()
        self.parts.show()

    def refresh(self) -> None:
        """Follows the sheet; opens where something is wrong inside."""
        if any(self._owner.sheet.error(path) for path in self._owner.wrong_in(self.row_id)):
            self.open()
        if self.parts is not None:
            self.parts.refresh()

    def _turn(self) -> None:
        if self.parts is None or not self.parts.isVisibleTo(self):
            self.open()
        else:
            self.parts.hide()
        self._owner.number()


class RowsField(Field):
    """A list of rows; `row_word` is what one of them is called."""

    row_word = Words("Row", "Rhes")
    add_words = Words("Add", "Ychwanegu")

    def __init__(self, sheet: Sheet, question: Question, path: str, parent: QWidget | None = None) -> None:
        super().__init__(sheet, question, path, parent)
        self._cards: dict[str, RowCard] = {}
        self._column: QVBoxLayout = column(gap=8)
        self.body.addLayout(self._column)
        self._gone: list[tuple[int, dict[str, Any]]] = []
        self._instead: list[Any] = []
        self._band = Band(
            sheet.say(_GONE),
            "plain",
            sheet.say(_UNDO),
            self.undo,
            closes=True,
            close_words=sheet.say(_CLOSE_BAND),
            parent=self,
        )
        self._band.hide()
        self.body.addWidget(self._band)
        buttons = QWidget(self)
        self.buttons = Flow(buttons, gap=8)
        adds = sheet.say(self.add_words)
        self._add = Button(adds, self._add_row, icon="plus", kind="plain", parent=buttons)
        self._add.setAccessibleName(f"{adds}: {self.name}")
        self.buttons.addWidget(self._add)
        self.watch(self._add)
        self.body.addWidget(buttons)

    # What kinds of rows say of themselves

    def parts_of(self, row_id: str) -> list[Part]:
        """The parts of a row."""
        raise NotImplementedError

    def beside_parts(self, row_id: str) -> list[QWidget]:
        """What stands above the parts of a row."""
        return []

    def summary(self, row_id: str) -> str:
        """What a closed row says."""
        held = self.sheet.value(f"{self.path}/{row_id}")
        return words.answer(self.question, [held], self.sheet.opened.names, self.sheet.language)

    def title(self, row_id: str, number: int) -> str:
        """What an open row is called."""
        return f"{self.sheet.say(self.row_word)} {number}"

    def closes(self) -> bool:
        """Whether rows open and close."""
        return True

    # What they share

    def show_value(self) -> None:
        """Shows the rows of the sheet."""
        held = [str(each.get("id")) for each in rows(self.sheet.value(self.path))]
        for row_id in [known for known in self._cards if known not in held]:
            self._drop(self._cards.pop(row_id))
        for place, row_id in enumerate(held):
            if row_id not in self._cards:
                card = RowCard(self, row_id, opened=not self.closes(), closes=self.closes())
                self._cards[row_id] = card
                self._column.insertWidget(place, card)
        self.number()

    def number(self) -> None:
        """Numbers the rows as they stand."""
        for number, each in enumerate(rows(self.sheet.value(self.path)), start=1):
            card = self._cards.get(str(each.get("id")))
            if card is not None:
                card.name(number)

    def refresh(self) -> None:
        """Follows the sheet."""
        if {str(each.get("id")) for each in rows(self.sheet.value(self.path))} != set(self._cards):
            self.show_value()
        for card in self._cards.values():
            card.refresh()
        self.number()

    def wrong_in(self, row_id: str) -> list[str]:
        """The paths inside a row of which something is wrong."""
        return [path for path in self.sheet.errors() if path.startswith(f"{self.path}/{row_id}/")]

    def inputs(self) -> list[QWidget]:
        """The button that adds a row."""
        return [self._add]

    def first(self) -> QWidget | None:
        """The first thing to fill in of the first open row, else the button that adds one."""
        for card in self._cards.values():
            if card.parts is not None and card.parts.isVisibleTo(card):
                return next((part.field.first() for part in card.parts.parts if part.isVisibleTo(card)), None)
        return self._add

    def reveal(self, path: str) -> QWidget | None:
        """Opens the row that a path lies in, and gives where the cursor goes."""
        row_id = path.removeprefix(f"{self.path}/").split("/")[0]
        card = self._cards.get(row_id)
        if card is None:
            return self.first()
        card.open()
        self.number()
        assert card.parts is not None
        found = next((part for part in card.parts.parts if part.field.path == path), None)
        return found.field.first() if found else next(iter(card.parts.parts)).field.first()

    def add(self) -> str:
        """Adds an empty row, open."""
        row_id = self.sheet.add_row(self.path)
        self.show_value()
        self._cards[row_id].open()
        self.number()
        return row_id

    def remove(self, row_id: str) -> None:
        """Takes a row away; it can be put back."""
        held = rows(self.sheet.value(self.path))
        place = next(at for at, each in enumerate(held) if each.get("id") == row_id)
        self.sheet.settle()
        held = rows(self.sheet.value(self.path))
        self.sheet.put_rows(self.path, [each for each in held if each.get("id") != row_id] or None)
        self._taken_away([(place, held[place])], [])
        self._add.setFocus(Qt.FocusReason.OtherFocusReason)

    def replace(self, wanted: list[Any]) -> None:
        """Puts other rows in the place of all that stand there; those can be put back."""
        self.sheet.settle()
        gone = [(place, each) for place, each in enumerate(rows(self.sheet.value(self.path)))]
        self.sheet.put_rows(self.path, wanted)
        self._taken_away(gone, wanted)

    def _taken_away(self, gone: list[tuple[int, dict[str, Any]]], instead: list[Any]) -> None:
        self._gone, self._instead = gone, [each.get("id") for each in instead]
        self.show_value()
        if gone:
            self._band.show()
            self._band.announce()

    def undo(self) -> None:
        """Puts what was taken away last back in its place, and takes out what came instead."""
        if self._gone:
            held = [each for each in rows(self.sheet.value(self.path)) if each.get("id") not in self._instead]
            for place, gone in self._gone:
                held.insert(place, gone)
            self.sheet.put_rows(self.path, held)
            self._gone = []
            self.show_value()
        self._band.hide()

    def _add_row(self) -> None:
        row_id = self.add()
        first = self.reveal(f"{self.path}/{row_id}")
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _drop(self, card: RowCard) -> None:
        self._column.removeWidget(card)
        card.hide()
        card.deleteLater()


class RepeatField(RowsField):
    """The rows of a repeat; where it must be answered, 'none' is an answer."""

    def __init__(self, sheet: Sheet, question: Question, path: str, parent: QWidget | None = None) -> None:
        super().__init__(sheet, question, path, parent)
        self._none = Tick(sheet.say(_NONE), self)
        self._none.setAccessibleName(f"{sheet.say(_NONE)}: {self.name}")
        self._none.clicked.connect(self._say_none)
        self.buttons.addWidget(self._none)
        self.watch(self._none)

    def parts_of(self, row_id: str) -> list[Part]:
        """Its columns."""
        made = []
        for column_ in self.question.of:
            path = f"{self.path}/{row_id}/{column_.id}"
            title = words.asks(column_)
            needed = self.sheet.say(_NEEDED, title=title) if column_.required == "yes" else title
            made.append(Part(make_field(self.sheet, column_, path, inside=True), needed))
        return made

    def title(self, row_id: str, number: int) -> str:
        """Its number and its first words."""
        held = self.sheet.value(f"{self.path}/{row_id}") or {}
        first = next((each for each in self.question.of if each.id in held and each.kind in NAMING), None)
        names, language = self.sheet.opened.names, self.sheet.language
        told = words.answer(first, held[first.id], names, language) if first else ""
        return f"{number}. {told}"

    def closes(self) -> bool:
        """Rows of a few columns always stand open."""
        return len(self.question.of) > SIMPLE

    def show_value(self) -> None:
        """Shows the rows, or that there are none."""
        super().show_value()
        held = self.sheet.value(self.path)
        self._none.setVisible(not rows(held))
        self._none.setChecked(held == [])

    def refresh(self) -> None:
        """Follows the sheet."""
        super().refresh()
        held = self.sheet.value(self.path)
        self._none.setVisible(not rows(held))
        self._none.setChecked(held == [])

    def _say_none(self, checked: bool) -> None:
        self.sheet.put_rows(self.path, [] if checked else None)
