"""A tab of parts: cards of lines, in two columns where there is room; each line leads to the entry it comes from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from workbench.casework.desk import Desk
from workbench.ui.case.facts import Fact, Part
from workbench.ui.case.tab import Tab
from workbench.ui.look.look import in_force
from workbench.ui.shell.place import Place, Shell
from workbench.ui.widgets.buttons import Button
from workbench.ui.widgets.flow import Page, column, empty, row
from workbench.ui.widgets.panels import Card, Shield
from workbench.ui.widgets.text import Label

_TWO_FROM = 700


class PartsTab(Tab):
    """A tab that a presenter's parts fill."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, parent)
        self.case = ""
        lines = column(self)
        self._page = Page(margin=14)
        lines.addWidget(self._page)
        self.top = column(gap=12)
        self._page.column.addLayout(self.top)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setSpacing(in_force().px(12))
        self._left, self._right = column(gap=12), column(gap=12)
        self._columns.addLayout(self._left, 1)
        self._columns.addLayout(self._right, 1)
        self._page.column.addLayout(self._columns)
        self._page.column.addStretch(1)

    def come_to(self, place: Place) -> None:
        """Forgets another case's parts at once, so that none is ever seen under the wrong name."""
        if place.case != self.case:
            self.clear()
        self.case = place.case

    def ask_parts(self, parts: Callable[[Desk, str], tuple[Part, ...]], key: str) -> None:
        """Asks for the parts and shows them."""
        case = self.case

        def show(found: tuple[Part, ...]) -> None:
            if case == self.case:
                self.clear()
                self.show_parts(found)

        self.shell.ask(lambda desk: parts(desk, case), show, key=key)

    def clear(self) -> None:
        """Takes everything away."""
        for lines in (self.top, self._left, self._right):
            empty(lines)

    def show_parts(self, parts: Sequence[Part]) -> None:
        """Shows parts, left and right in turn."""
        self.show_cards([self.part(part) for part in parts])

    def show_cards(self, cards: Sequence[Card]) -> None:
        """Shows cards, left and right in turn."""
        for number, card in enumerate(cards):
            (self._right if number % 2 else self._left).addWidget(card)
        self._left.addStretch(1)
        self._right.addStretch(1)

    def part(self, part: Part) -> Card:
        """One part as a card."""
        card = Card(part.title, gap=6)
        if not part.facts:
            card.body.addWidget(Label(part.empty, "quiet"))
        elif part.sensitive and self.shell.settings().shielded:
            told = "\n".join(f"{fact.name}: {fact.words}" for fact in part.facts)
            card.body.addWidget(Shield("what is recorded of the offence", told, self._lifted))
        else:
            for fact in part.facts:
                card.body.addWidget(self._fact(fact))
        if part.tab:
            where = Place("case", case=self.case, tab=part.tab)
            more = Button("More", partial(self.shell.go, where), kind="link")
            more.setAccessibleName(f"More: {part.title}")
            card.body.addWidget(more, 0, Qt.AlignmentFlag.AlignLeft)
        return card

    def _fact(self, fact: Fact) -> QWidget:
        held = QWidget()
        lines = column(held, gap=0)
        across = row(gap=8)
        if fact.name:
            across.addWidget(Label(fact.name, "quiet"), 2, Qt.AlignmentFlag.AlignTop)
        words = Label(fact.words, "" if fact.recorded else "quiet", tone=fact.tone, copyable=True)
        across.addWidget(words, 4, Qt.AlignmentFlag.AlignTop)
        told = f"{fact.name}: {fact.words}" if fact.name else fact.words
        if fact.since and fact.entry and not fact.accounts:
            source = self.to_entry(fact.since, fact.entry, source=f"{told}, from {fact.since}")
            across.addWidget(source, 0, Qt.AlignmentFlag.AlignTop)
        lines.addLayout(across)
        for account, by, entry in fact.accounts:
            lines.addWidget(self.to_entry(f"{account}, as {by} wrote", entry))
        return held

    def to_entry(self, words: str, entry: str, source: str = "") -> Button:
        """A way to an entry in the chronology; with `source` a quiet one, named by what rests on it."""
        where = Place("case", case=self.case, tab="chronology", entry=entry)
        made = Button(words, partial(self.shell.go, where), kind="source" if source else "link")
        if source:
            made.setAccessibleName(f"Open the entry: {source}")
        return made

    def _lifted(self) -> None:
        case = self.case
        self.shell.ask(lambda desk: desk.log("revealed", case=case))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One column where two would be cramped."""
        super().resizeEvent(event)
        ways = QBoxLayout.Direction
        two = event.size().width() >= in_force().px(_TWO_FROM)
        self._columns.setDirection(ways.LeftToRight if two else ways.TopToBottom)
