"""The sixty-second card on the screen: read it, then into the room, or straight to the record."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from workbench.ui.card import presenter
from workbench.ui.card.presenter import CHECKED, CardState
from workbench.ui.look.look import in_force
from workbench.ui.shell.place import Place, Screen, Shell
from workbench.ui.widgets.buttons import Button
from workbench.ui.widgets.flow import Flow, Page, column, empty, row
from workbench.ui.widgets.inputs import Tick
from workbench.ui.widgets.panels import Card, Line
from workbench.ui.widgets.text import Label, Pill

_BESIDE_FROM = 800


class CardScreen(Screen):
    """One case, as one reads it before a contact."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, parent)
        self.setAccessibleName("Sixty-second card")
        self._case = ""
        self._page = Page(margin=18)
        column(self).addWidget(self._page)
        into = self._page.column
        into.setSpacing(in_force().gap(10))
        self._head = QWidget()
        self._who = Flow(self._head, gap=10)
        into.addWidget(self._head)
        self._acts = QWidget()
        self._act = Flow(self._acts, gap=10)
        into.addWidget(self._acts)
        self._record = Button("Record the contact (Ctrl+N)", self._write, icon="pencil", kind="primary")
        self._act.addWidget(self._record)
        self._in_room = Button("In the room (F8)", self._room, icon="users", kind="secondary")
        self._act.addWidget(self._in_room)
        self._act.addWidget(Button("Open the case", self._open, kind="link"))
        self._parts = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._parts.setSpacing(in_force().gap(12))
        self._left, self._right = column(gap=12), column(gap=12)
        self._parts.addLayout(self._left, 1)
        self._parts.addLayout(self._right, 1)
        into.addLayout(self._parts)
        into.addStretch(1)
        self._checked: Tick | None = None
        self._given: tuple[tuple[str, str], ...] = ()

    def arrive(self, place: Place) -> None:
        """Asks for the card; another person's is gone at once."""
        if place.case != self._case:
            self._clear()
        self._case, self._given = place.case, place.given
        case = place.case
        self.shell.ask(lambda desk: presenter.card(desk, case), self.show_card, key="card")

    def here(self) -> Place:
        """With the tick: it goes into the record, however one comes to it from here."""
        checked = self._checked is not None and self._checked.isChecked()
        return Place("card", case=self._case, given=(CHECKED,) if checked else ())

    def help_page(self) -> str:
        """The guidance for this screen."""
        return "case"

    def first(self) -> QWidget | None:
        """The record of the contact; for who writes none, the way into the room."""
        return self._in_room if self._record.isHidden() else self._record

    # Showing

    def show_card(self, state: CardState) -> None:
        """Draws it."""
        if state.case != self._case:
            return
        # A tick set while the card was asked for is not lost when it comes.
        if self._checked is not None:
            self._given = self.here().given
        self._clear()
        for widget in (
            Label(state.name, "display"),
            Label(state.crn, "quiet", wrap=False),
            *(Pill(words, tone) for words, tone in state.pills),
            Label(f"Next appointment: {state.coming}", "strong"),
        ):
            self._who.addWidget(widget)
            widget.show()
        held = self._record.hasFocus()
        self._record.setVisible(state.may_write)
        if held and not state.may_write:
            self._in_room.setFocus()
        for card in (self._contacts(state), self._promised(state), self._visor(state)):
            self._left.addWidget(card)
        for card in (self._asks(state), self._conditions(state)):
            self._right.addWidget(card)
        self._left.addStretch(1)
        self._right.addStretch(1)

    def _clear(self) -> None:
        self._checked = None
        for lines in (self._who, self._left, self._right):
            empty(lines)

    def _contacts(self, state: CardState) -> Card:
        card = Card("The last three contacts", gap=6)
        if not state.contacts:
            card.body.addWidget(Label("No contact is recorded yet.", "quiet"))
        for number, contact in enumerate(state.contacts):
            if number:
                card.body.addWidget(Line())
            across = row(gap=8)
            across.addWidget(Label(f"{contact.when}: {contact.what}", "strong"), 1)
            where = Place("case", case=state.case, tab="chronology", entry=contact.entry)
            read = Button("Read", lambda where=where: self.shell.go(where), kind="source")  # type: ignore[misc]
            read.setAccessibleName(f"Read the contact of {contact.when}: {contact.what}")
            across.addWidget(read, 0, Qt.AlignmentFlag.AlignTop)
            card.body.addLayout(across)
            if contact.words:
                card.body.addWidget(Label(contact.words))
        return card

    def _promised(self, state: CardState) -> Card:
        on = f", {state.promised_on}" if state.promised_on else ""
        card = Card(f"What was promised{on}", gap=6)
        says = state.promised or "No task was set at the last contacts."
        card.body.addWidget(Label(says, "" if state.promised else "quiet"))
        return card

    def _asks(self, state: CardState) -> Card:
        card = Card("To ask, from the plan", gap=6)
        if not state.asks:
            card.body.addWidget(Label("The plan leaves no action open.", "quiet"))
        for ask in state.asks:
            card.body.addWidget(Label(ask.asks, "strong"))
            card.body.addWidget(
                Label(ask.note, "" if ask.tone == "danger" else "quiet", tone=_tone(ask.tone))
            )
        return card

    def _conditions(self, state: CardState) -> Card:
        card = Card("Conditions to check today", gap=6)
        if not state.conditions:
            card.body.addWidget(Label("No condition of this person's own is in force.", "quiet"))
        for condition in state.conditions:
            card.body.addWidget(Label(condition.words))
            if condition.note:
                card.body.addWidget(Label(condition.note, "small"))
        if state.more_conditions:
            card.body.addWidget(Label(state.more_conditions, "quiet"))
        return card

    def _visor(self, state: CardState) -> Card:
        card = Card("ViSOR or MAPPS", gap=6)
        card.body.addWidget(Label(state.visor, tone=state.visor_tone))
        if state.may_write:
            self._checked = Tick("I have checked it today; put it into the record of the contact")
            self._checked.setChecked(CHECKED in self._given)
            card.body.addWidget(self._checked)
        return card

    # Doing

    def _write(self) -> None:
        self.shell.go(Place("form", case=self._case, form=presenter.CONTACT, given=self.here().given))

    def _room(self) -> None:
        self.shell.room(self._case)

    def _open(self) -> None:
        self.shell.go(Place("case", case=self._case))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One column where two would be cramped."""
        super().resizeEvent(event)
        ways = QBoxLayout.Direction
        two = event.size().width() >= in_force().px(_BESIDE_FROM)
        self._parts.setDirection(ways.LeftToRight if two else ways.TopToBottom)


def _tone(tone: str) -> str:
    return tone if tone == "danger" else ""
