"""A tab of parts: cards of lines, in two columns where there is room; each line leads to the entry it comes from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QWidget

from workbench.casework.desk import Desk
from workbench.ui.case.facts import Fact, Part
from workbench.ui.case.tab import Tab
from workbench.ui.look.look import in_force
from workbench.ui.shell.place import Place, Shell
from workbench.ui.widgets.buttons import Button
from workbench.ui.widgets.flow import Page, column, empty
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
        self._columns.setSpacing(in_force().gap(12))
        self._left, self._right = column(gap=12), column(gap=12)
        self._cards: tuple[Card, ...] = ()
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
        self._cards = ()
        for lines in (self.top, self._left, self._right):
            empty(lines)

    def show_parts(self, parts: Sequence[Part]) -> None:
        """Shows parts as cards."""
        self.show_cards([self.part(part) for part in parts])

    def show_cards(self, cards: Sequence[Card]) -> None:
        """Shows cards: one under another in their order, or each in the column that is shorter so far."""
        self._cards = (*self._cards, *cards)
        self._arrange()

    def _arrange(self) -> None:
        for lines in (self._left, self._right):
            while lines.takeAt(0) is not None:
                pass
        width = self._page.viewport().width() // 2
        heights = {self._left: 0, self._right: 0}
        two = self._columns.direction() == QBoxLayout.Direction.LeftToRight
        for card in self._cards:
            lines = min(heights, key=lambda each: heights[each]) if two else self._left
            lines.addWidget(card)
            heights[lines] += card.heightForWidth(width) if two else 0
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
            card.body.addWidget(self._facts(part.facts))
        if part.tab:
            where = Place("case", case=self.case, tab=part.tab)
            more = Button("More", partial(self.shell.go, where), kind="link")
            more.setAccessibleName(f"More: {part.title}")
            card.body.addWidget(more, 0, Qt.AlignmentFlag.AlignLeft)
        return card

    def _facts(self, facts: Sequence[Fact]) -> QWidget:
        """The lines under one another: names, words and days each in a column of their own."""
        held = QWidget()
        table = QGridLayout(held)
        look = in_force()
        table.setContentsMargins(0, 0, 0, 0)
        table.setHorizontalSpacing(look.gap(8))
        table.setVerticalSpacing(look.gap(6))
        named = any(fact.name for fact in facts)
        table.setColumnStretch(0, 2 if named else 0)
        table.setColumnStretch(1, 4)
        top = Qt.AlignmentFlag.AlignTop
        for fact in facts:
            at = table.rowCount()
            if fact.name:
                table.addWidget(Label(fact.name, "quiet"), at, 0, top)
            words = Label(fact.words, "" if fact.recorded else "quiet", tone=fact.tone, copyable=True)
            sourced = bool(fact.since and fact.entry and not fact.accounts)
            # What the card's own title names goes across; a further line of a list stands under the one before.
            start = 0 if named and not fact.name and fact is facts[0] else 1
            table.addWidget(words, at, start, 1, (2 if sourced else 3) - start, top)
            told = f"{fact.name}: {fact.words}" if fact.name else fact.words
            if sourced:
                source = self.to_entry(fact.since, fact.entry, source=f"{told}, from {fact.since}")
                table.addWidget(source, at, 2, top)
            for number, (account, by, entry) in enumerate(fact.accounts, start=1):
                table.addWidget(self.to_entry(f"{account}, as {by} wrote", entry), at + number, 0, 1, 3)
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
        way = ways.LeftToRight if two else ways.TopToBottom
        if way != self._columns.direction():
            self._columns.setDirection(way)
            self._arrange()
