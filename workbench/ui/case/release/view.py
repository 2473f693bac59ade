"""The release board on the screen: the day on top, what must stand for it, the weeks that lead to it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from workbench.models.amounts import counted
from workbench.ui.case.release import presenter
from workbench.ui.case.release.matters import Gap, Matter
from workbench.ui.case.release.papers import Said
from workbench.ui.case.release.presenter import Board
from workbench.ui.case.release.rail import Rail
from workbench.ui.case.tab import Tab
from workbench.ui.look.look import in_force
from workbench.ui.shell.place import Place, Shell
from workbench.ui.widgets.buttons import Button
from workbench.ui.widgets.flow import Flow, Page, column, empty, row
from workbench.ui.widgets.panels import Band, Card, Icon, Line, Nothing
from workbench.ui.widgets.text import Label, Pill

# From these widths on (pixels at 100 %) matters stand in two columns, and the weeks beside them.
_TWO_FROM, _RAIL_FROM = 680, 880
# How the width is shared between matters and weeks.
_MATTERS, _RAIL = 7, 4


class Release(Tab):
    """The board; it has the whole width, for what is due before release stands on its rail."""

    alone = True

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, parent)
        self._case = ""
        self._boarded = False
        lines = column(self)
        self._page = Page(margin=14)
        lines.addWidget(self._page)
        self._top = column(gap=8)
        self._page.column.addLayout(self._top)
        self._parts = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._parts.setSpacing(in_force().gap(12))
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setSpacing(in_force().gap(12))
        self._left, self._right, self._rail = column(gap=12), column(gap=12), column(gap=12)
        self._columns.addLayout(self._left, 1)
        self._columns.addLayout(self._right, 1)
        self._parts.addLayout(self._columns, _MATTERS)
        self._parts.addLayout(self._rail, _RAIL)
        self._page.column.addLayout(self._parts)
        self._page.column.addStretch(1)

    def arrive(self, place: Place) -> None:
        """Asks for the board; another case's is gone at once."""
        if place.case != self._case:
            self._clear()
        case = self._case = place.case

        def show(board: Board | None) -> None:
            if case == self._case:
                self._show(board)

        self.shell.ask(lambda desk: presenter.board(desk, case), show, key="release")

    def help_page(self) -> str:
        """The guidance for it."""
        return "release"

    def on_paper(self) -> Place | None:
        """The plan for release, for somebody who is to be released."""
        return _on_paper(self._case) if self._boarded else None

    def _clear(self) -> None:
        self._boarded = False
        for lines in (self._top, self._left, self._right, self._rail):
            empty(lines)

    def _show(self, board: Board | None) -> None:
        self._clear()
        if board is None:
            says = "The board stands while somebody is in custody or recalled to it."
            self._top.addWidget(Nothing("Not in custody", says, icon="door-open"))
            return
        self._boarded = True
        self._top.addWidget(self._day(board))
        for says, tone in board.flags:
            self._top.addWidget(Band(says, tone))
        for number, (title, matters) in enumerate(board.groups):
            lines = self._right if number == 1 else self._left
            lines.addWidget(self._group(title, matters))
        for lines in (self._left, self._right):
            lines.addStretch(1)
        if board.weeks:
            self._rail.addWidget(Rail(self.shell, board.case, board.weeks))
        self._rail.addStretch(1)
        self._parts.setStretch(1, _RAIL if board.weeks else 0)
        self._stand(self.width())

    def _day(self, board: Board) -> Card:
        card = Card(gap=4)
        card.setAccessibleName("The day of release")
        held = QWidget()
        flow = Flow(held, gap=12)
        flow.addWidget(Label(board.day or "No day of release recorded", "title"))
        if board.day:
            flow.addWidget(Pill(board.away[:1].upper() + board.away[1:], "info"))
            flow.addWidget(Pill(board.known, board.known_tone))
            flow.addWidget(self._to_entry("Where it stands", board.entry, f"{board.day}, {board.known}"))
        change = Place("form", case=board.case, form="sentence", entry=board.sentence)
        words = "Record another day" if board.day else "Record the day"
        flow.addWidget(Button(words, partial(self.shell.go, change), icon="pencil", kind="link"))
        paper = Place("report", case=board.case, report="release-plan")
        flow.addWidget(
            Button("The plan on paper", partial(self.shell.go, paper), icon="printer", kind="link")
        )
        card.body.addWidget(held)
        told = f"{board.settled} of {counted(board.matters, 'matter')} settled."
        left = board.matters - board.settled
        card.body.addWidget(Label(f"{told} {left} still need something." if left else told, "quiet"))
        return card

    def _group(self, title: str, matters: tuple[Matter, ...]) -> Card:
        card = Card(title, gap=8)
        for number, matter in enumerate(matters):
            if number:
                card.body.addWidget(Line())
            card.body.addWidget(self._matter(matter))
        return card

    def _matter(self, matter: Matter) -> QWidget:
        held = QWidget()
        words, tone = matter.state
        held.setAccessibleName(f"{matter.name}: {words}")
        lines = column(held, gap=3)
        head = QWidget()
        flow = Flow(head, gap=8)
        flow.addWidget(Label(matter.name, "strong"))
        flow.addWidget(Pill(words, tone))
        lines.addWidget(head)
        before = ""
        for said in matter.said:
            lines.addWidget(self._said(matter, said, led=said.entry == before))
            before = said.entry
        for gap in matter.gaps:
            lines.addWidget(self._gap(gap))
        for gap in _forms(matter.gaps):
            lines.addWidget(self._fill(matter, gap), 0, Qt.AlignmentFlag.AlignLeft)
        return held

    def _said(self, matter: Matter, said: Said, *, led: bool) -> QWidget:
        """An answer, with the way to its entry unless the line above leads there."""
        held = QWidget()
        across = row(held, gap=8)
        told = f"{said.name}: {said.words}" if said.name else said.words
        across.addWidget(Label(told, copyable=True), 1, Qt.AlignmentFlag.AlignTop)
        if not led:
            source = self._to_entry(said.since, said.entry, f"{matter.name}, {told}, from {said.since}")
            across.addWidget(source, 0, Qt.AlignmentFlag.AlignTop)
        return held

    def _gap(self, gap: Gap) -> QWidget:
        held = QWidget()
        across = row(held, gap=6)
        across.addWidget(Icon("circle-alert", "warn", 16), 0, Qt.AlignmentFlag.AlignTop)
        across.addWidget(Label(gap.says, tone="warn"), 1)
        return held

    def _fill(self, matter: Matter, gap: Gap) -> Button:
        place = Place("form", case=self._case, form=gap.form, entry=gap.entry, words=gap.question)
        fill = Button(gap.title, partial(self.shell.go, place), icon="pencil", kind="link")
        fill.setAccessibleName(f"{gap.title}, to record: {matter.name}")
        return fill

    def _to_entry(self, words: str, entry: str, name: str) -> Button:
        place = Place("case", case=self._case, tab="chronology", entry=entry)
        made = Button(words, partial(self.shell.go, place), kind="source")
        made.setAccessibleName(f"Open the entry: {name}")
        return made

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One below the other where two would be cramped."""
        super().resizeEvent(event)
        self._stand(event.size().width())

    def _stand(self, width: int) -> None:
        ways, look = QBoxLayout.Direction, in_force()
        beside = ways.LeftToRight if width >= look.px(_RAIL_FROM) else ways.TopToBottom
        self._parts.setDirection(beside)
        two = width >= look.px(_TWO_FROM)
        self._columns.setDirection(ways.LeftToRight if two else ways.TopToBottom)


def _on_paper(case: str) -> Place:
    return Place("report", case=case, report="release-plan")


def _forms(gaps: tuple[Gap, ...]) -> list[Gap]:
    """The first gap of each form that fills some: one way to each is enough."""
    return list({gap.form: gap for gap in reversed(gaps) if gap.form}.values())[::-1]
