"""The load of each officer, in order of name: nothing is ranked."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from workbench.ui.look.look import in_force
from workbench.ui.oversight.presenter import LOAD, Officer, Oversight, capital
from workbench.ui.widgets.flow import Flow, Page
from workbench.ui.widgets.panels import Band, Card, Values
from workbench.ui.widgets.text import Label, Pill

_TABLE_FROM = 820


class TeamPart(Page):
    """A line an officer where there is room, else a card; and whose laptops have been silent."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(margin=0, parent=parent)
        self.setAccessibleName("Team")
        self._found: Oversight | None = None
        self._wide = False

    def show_team(self, found: Oversight) -> None:
        """Draws it."""
        self._found = found
        self._wide = self.width() >= in_force().px(_TABLE_FROM)
        self.clear()
        if found.silent:
            says = f"Nothing has come for more than five working days from {'; '.join(found.silent)}."
            self.column.addWidget(
                Band(f"{says} What reads overdue there is not known to be done: ring.", "warn")
            )
        if self._wide and found.officers:
            self.column.addWidget(_table(found.officers))
        else:
            for officer in found.officers:
                self.column.addWidget(_card(officer))
        told = (
            "In order of name. Leave and vacancies are not recorded here: read each line with them in mind."
        )
        self.column.addWidget(Label(told, "small"))
        self.column.addStretch(1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A table or cards, as there is room."""
        super().resizeEvent(event)
        wide = self.width() >= in_force().px(_TABLE_FROM)
        if self._found is not None and wide != self._wide:
            self.show_team(self._found)


def _table(officers: tuple[Officer, ...]) -> Card:
    card = Card()
    held = QWidget()
    grid = QGridLayout(held)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(in_force().gap(14))
    grid.setVerticalSpacing(in_force().gap(12))
    for place, name in enumerate(("Responsible officer", *LOAD), start=0):
        grid.addWidget(Label(name, "small"), 0, place, Qt.AlignmentFlag.AlignBottom)
        grid.setColumnStretch(place, 1 if place else 4)
    for line, officer in enumerate(officers, start=1):
        grid.addWidget(_who(officer), line, 0)
        for place, (name, number) in enumerate(zip(LOAD, officer.numbers, strict=True), start=1):
            cell = Label(str(number), "strong" if number else "quiet", wrap=False)
            cell.setAccessibleName(f"{officer.name}, {name}: {number}")
            grid.addWidget(cell, line, place, Qt.AlignmentFlag.AlignVCenter)
    card.body.addWidget(held)
    return card


def _who(officer: Officer) -> QWidget:
    held = QWidget()
    across = Flow(held, gap=10)
    across.addWidget(Label(officer.name, "strong"))
    heard = capital(officer.heard)
    across.addWidget(Pill(heard, "warn") if officer.silent else Label(heard, "small", wrap=False))
    return held


def _card(officer: Officer) -> Card:
    card = Card(gap=8)
    card.setAccessibleName(officer.name)
    card.body.addWidget(_who(officer))
    values = Values()
    values.show_values(tuple((name, str(number)) for name, number in zip(LOAD, officer.numbers, strict=True)))
    card.body.addWidget(values)
    return card
