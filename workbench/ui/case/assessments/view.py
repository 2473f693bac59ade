"""Assessments on the screen: a table of words for each kind, then what is missing."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from workbench.ui.case.assessments import presenter
from workbench.ui.case.assessments.presenter import Assessments as State
from workbench.ui.case.assessments.presenter import Table
from workbench.ui.case.parts import PartsTab
from workbench.ui.look.look import in_force
from workbench.ui.shell.place import Place
from workbench.ui.widgets.flow import column
from workbench.ui.widgets.panels import Card, Nothing
from workbench.ui.widgets.text import Label

# The narrowest a column of words reads well in, at 100 %.
_COLUMN = 150


class Assessments(PartsTab):
    """ARMS, RoSH and scores."""

    def arrive(self, place: Place) -> None:
        """Asks for them."""
        self.come_to(place)
        case = place.case
        self.shell.ask(lambda desk: presenter.assessments(desk, case), self._show, key="assessments")

    def _show(self, state: State) -> None:
        if state.case != self.case:
            return
        self.clear()
        for table in state.tables:
            self.top.addWidget(self._table(table))
        if not state.tables:
            write = partial(self.shell.go, Place("form", case=self.case, form="rosh"))
            says = "RoSH, ARMS and scores will stand here as dated states, side by side."
            self.top.addWidget(
                Nothing("No assessment yet", says, "Record the RoSH", write, icon="shield-alert")
            )
        self.show_parts(state.parts)

    def _table(self, table: Table) -> Card:
        card = Card(table.title, gap=8)
        held = QWidget()
        grid = QGridLayout(held)
        look = in_force()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(look.gap(14))
        grid.setVerticalSpacing(look.gap(6))
        room = max(1, (self.width() - look.px(60)) // look.px(_COLUMN) - 1)
        columns = table.columns[:room]
        for number, each in enumerate(columns):
            head = QWidget()
            lines = column(head, gap=0)
            lines.addWidget(self.to_entry(each.day, each.entry))
            lines.addWidget(Label(each.status, "small"))
            grid.addWidget(head, 0, number + 1)
            grid.setColumnStretch(number + 1, 2)
        grid.setColumnStretch(0, 2)
        for line, (name, cells) in enumerate(table.rows, start=1):
            grid.addWidget(Label(name, "quiet"), line, 0, Qt.AlignmentFlag.AlignTop)
            for number, cell in enumerate(cells[: len(columns)]):
                words = Label(cell, "quiet" if cell == "not recorded" else "")
                words.setAccessibleName(f"{name}, {columns[number].day}: {cell}")
                grid.addWidget(words, line, number + 1, Qt.AlignmentFlag.AlignTop)
        card.body.addWidget(held)
        left_out = len(table.columns) - len(columns)
        if left_out:
            card.body.addWidget(Label(f"{left_out} earlier in the chronology", "small"))
        return card
