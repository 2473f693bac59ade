"""A tab of registers: each a card with its lines, the entries each line stands in, and the form that adds to it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from workbench.casework.desk import Desk
from workbench.ui.case.parts import PartsTab
from workbench.ui.case.registers import Item, Register
from workbench.ui.shell.place import Place, Shell
from workbench.ui.widgets.buttons import Button
from workbench.ui.widgets.flow import Flow, column, row
from workbench.ui.widgets.panels import Card, Icon, Line
from workbench.ui.widgets.text import Label, Pill

Presenter = Callable[[Desk, str], tuple[Register, ...]]


class RegisterTab(PartsTab):
    """Registers of one kind; `presenter` gives them, `key` tells its asks from those of other tabs."""

    def __init__(self, shell: Shell, presenter: Presenter, key: str, parent: QWidget | None = None) -> None:
        super().__init__(shell, parent)
        self._presenter = presenter
        self._key = key

    def arrive(self, place: Place) -> None:
        """Asks for them."""
        self.come_to(place)
        case, presenter = self.case, self._presenter

        def show(found: tuple[Register, ...]) -> None:
            if case == self.case:
                self.clear()
                self.show_cards([self._register(each) for each in found])

        self.shell.ask(lambda desk: presenter(desk, case), show, key=self._key)

    def help_page(self) -> str:
        """The guidance for it."""
        return "registers"

    def _register(self, register: Register) -> Card:
        card = Card(register.title, gap=8)
        if not register.items:
            card.body.addWidget(Label(register.empty, "quiet"))
        for number, item in enumerate(register.items):
            if number:
                card.body.addWidget(Line())
            card.body.addWidget(self._item(item, register.form))
        if register.form:
            place = Place("form", case=self.case, form=register.form, entry=register.entry)
            icon = "pencil" if register.entry else "plus"
            add = Button(register.words, partial(self.shell.go, place), icon=icon, kind="link")
            add.setAccessibleName(f"{register.words}, to: {register.title}")
            card.body.addWidget(add, 0, Qt.AlignmentFlag.AlignLeft)
        return card

    def _item(self, item: Item, form: str) -> QWidget:
        held = QWidget()
        held.setAccessibleName(". ".join(part for part in (item.name, item.state, *item.alight) if part))
        lines = column(held, gap=3)
        head = QWidget()
        flow = Flow(head, gap=8)
        flow.addWidget(Label(item.name, "strong", copyable=True))
        if item.state:
            flow.addWidget(Pill(item.state, item.tone))
        lines.addWidget(head)
        for says in item.alight:
            lines.addWidget(_alight(says))
        for name, words in item.facts:
            lines.addWidget(_fact(name, words))
        ways = QWidget()
        flow = Flow(ways, gap=10)
        for words, entry in item.entries:
            flow.addWidget(self.to_entry(words, entry, source=f"{item.name}, {words}"))
        if form and item.at:
            place = Place("form", case=self.case, form=form, entry=item.entries[0][1], words=item.at)
            change = Button("Change", partial(self.shell.go, place), kind="source")
            change.setAccessibleName(f"Change: {item.name}")
            flow.addWidget(change)
        lines.addWidget(ways)
        return held


def _fact(name: str, words: str) -> QWidget:
    held = QWidget()
    across = row(held, gap=8)
    if name:
        across.addWidget(Label(name, "quiet"), 2, Qt.AlignmentFlag.AlignTop)
    across.addWidget(Label(words, copyable=True), 4, Qt.AlignmentFlag.AlignTop)
    return held


def _alight(says: str) -> QWidget:
    held = QWidget()
    across = row(held, gap=6)
    across.addWidget(Icon("circle-alert", "warn", 16), 0, Qt.AlignmentFlag.AlignTop)
    across.addWidget(Label(says, tone="warn"), 1)
    return held
