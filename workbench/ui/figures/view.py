"""Figures on the screen: the list at the left, one figure over time at the right with the cases behind it."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from workbench.casework.figures import Told
from workbench.ui.figures import presenter
from workbench.ui.figures.chart import Chart
from workbench.ui.figures.presenter import Figures, Shown
from workbench.ui.look.look import in_force
from workbench.ui.report import leaving
from workbench.ui.shell.place import Place, Screen, Shell
from workbench.ui.widgets import choosing
from workbench.ui.widgets.buttons import Button, Choice
from workbench.ui.widgets.flow import Flow, Page, column, empty, row
from workbench.ui.widgets.inputs import Choose
from workbench.ui.widgets.panels import Card
from workbench.ui.widgets.rows import Rows
from workbench.ui.widgets.text import Label

FILE = "team-figures.csv"
_BESIDE = 1000


class FiguresScreen(Screen):
    """What was done in time, out of how many."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, parent)
        self.setAccessibleName("Figures")
        self._found: Figures | None = None
        self._reader, self._officer, self._quarter = "spo", presenter.ALL, ""
        lines = column(self)
        self._page = Page()
        lines.addWidget(self._page)
        into = self._page.column
        into.addWidget(Label("Figures", "display"))
        self._period = Label("", "quiet")
        into.addWidget(self._period)
        into.addWidget(self._tools())
        # The list, and where there is no room for it beside the figure, the same to choose from above it.
        self._which = Choose("Which figure", {})
        self._which.activated.connect(lambda _: self._choose(self._which.key()))
        into.addWidget(self._which)
        parts = row(gap=16)
        self._rows = Rows("Figures", lines=2)
        self._rows.stand_whole(self._page)
        self._rows.moved.connect(lambda _: self._show_one())
        self._rows.opened.connect(lambda _: self._show_one())
        parts.addWidget(self._rows, 2, Qt.AlignmentFlag.AlignTop)
        self._one = column(gap=14)
        parts.addLayout(self._one, 4)
        into.addLayout(parts, 1)

    def _tools(self) -> QWidget:
        held = QWidget()
        flow = Flow(held, gap=12)
        self._readers = Choice("For whom", presenter.READERS)
        self._readers.choose(self._reader)
        self._readers.chosen.connect(self._for_reader)
        flow.addWidget(self._readers)
        self._whose = Choose("Whose cases", {presenter.ALL: "Everybody"})
        self._whose.activated.connect(lambda _: self._for_officer())
        flow.addWidget(self._whose)
        flow.addWidget(Button("Save as CSV", self._save, icon="download", kind="secondary"))
        return held

    # Coming and going

    def arrive(self, place: Place) -> None:
        """Asks for the figures."""
        self._ask()

    def _ask(self) -> None:
        reader, officer = self._reader, self._officer
        self.shell.ask(lambda desk: presenter.read(desk, reader, officer), self.show_figures, key="figures")

    def first(self) -> QWidget | None:
        """The list of figures, or what they are chosen from in its place."""
        return self._which if self._rows.isHidden() else self._rows

    def help_page(self) -> str:
        """The guidance for this screen."""
        return "figures"

    # Showing

    def show_figures(self, found: Figures) -> None:
        """Draws them."""
        self._found = found
        whose = f"{found.officer}. " if found.officer else ""
        self._period.say(f"{whose}{found.period}")
        if [self._whose.itemData(at) for at in range(self._whose.count())] != list(found.officers):
            self._whose.clear()
            for key, words in found.officers.items():
                self._whose.addItem(words, key)
        self._whose.choose(found.officer)
        self._whose.setEnabled(found.reader == "spo" and len(found.officers) > 1)
        self._rows.show_rows(found.rows)
        if not self._rows.current():
            self._rows.choose(found.rows[0].key)
        if not self._which.count():
            for figure in found.rows:
                self._which.addItem(figure.title, figure.key)
        self._show_one()

    def _show_one(self) -> None:
        found = self._found
        if found is None:
            return
        empty(self._one)
        self._which.choose(self._rows.current())
        for shown, told in zip(found.shown, found.told, strict=True):
            if shown.figure == self._rows.current():
                self._one.addWidget(self._sum(shown))
                self._one.addWidget(Label(presenter.NOTE, "small"))
                if found.reader == "spo":
                    self._one.addWidget(Behind(self.shell, self._page, shown, told))
        self._one.addStretch(1)

    def _choose(self, figure: str) -> None:
        self._rows.choose(figure)
        self._show_one()

    def _sum(self, shown: Shown) -> Card:
        card = Card(shown.title, gap=8)
        card.body.addWidget(Label(shown.sum, "title"))
        for says in shown.says:
            card.body.addWidget(Label(says, "quiet"))
        card.body.addWidget(Chart(shown.quarters, shown.spoken))
        card.body.addWidget(_table(shown))
        return card

    # Doing

    def _for_reader(self, reader: str) -> None:
        self._reader = reader
        self._ask()

    def _for_officer(self) -> None:
        self._officer = self._whose.key()
        self._ask()

    def _save(self) -> None:
        chosen = choosing.file_to_save(self, "Save the figures", FILE, "*.csv")
        if chosen and self._found is not None:
            found, target = self._found, Path(chosen)
            self.shell.ask(lambda desk: presenter.csv(desk, found), partial(self._write, target))

    def _write(self, target: Path, text: str) -> None:
        failed = leaving.written(target, text.encode("utf-8-sig"))
        if failed:
            self.shell.say(failed, "danger")
        else:
            self.shell.say(
                "The figures were saved. They are outside the workbench now: look after them.", "good"
            )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The list, where there is room for it beside the figure."""
        super().resizeEvent(event)
        beside = event.size().width() >= in_force().px(_BESIDE)
        self._rows.setVisible(beside)
        self._which.setVisible(not beside)


class Behind(Card):
    """The cases behind a figure, of one quarter or all."""

    def __init__(self, shell: Shell, page: Page, shown: Shown, told: Told) -> None:
        super().__init__("The cases behind it", gap=8)
        self._shown, self._told = shown, told
        quarters = {each.name: each.name for each in reversed(shown.quarters) if each.words != "none"}
        self._quarter = Choose("Which quarter", {"": "All quarters", **quarters})
        self._quarter.activated.connect(lambda _: self._show())
        self.body.addWidget(self._quarter, 0, Qt.AlignmentFlag.AlignLeft)
        self._none = Label("Nothing is counted here.", "quiet")
        self.body.addWidget(self._none)
        self._list = Rows("The cases behind the figure", lines=2)
        self._list.stand_whole(page)
        self._list.opened.connect(lambda case: shell.go(Place("case", case=case)))
        self.body.addWidget(self._list)
        self._show()

    def _show(self) -> None:
        rows = presenter.behind(self._shown, self._quarter.key(), self._told)
        self._list.show_rows(rows)
        self._list.setVisible(bool(rows))
        self._none.setVisible(not rows)


def _table(shown: Shown) -> QWidget:
    """The same numbers as words, the newest first."""
    held = QWidget()
    held.setAccessibleName("The same numbers as a table")
    grid = QGridLayout(held)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(in_force().gap(12))
    grid.setVerticalSpacing(in_force().gap(4))
    for place, name in enumerate(shown.head):
        grid.addWidget(Label(name, "small"), 0, place, Qt.AlignmentFlag.AlignBottom)
    for line, each in enumerate(reversed(shown.quarters), start=1):
        for place, words in enumerate((each.name, each.words, each.arrived, each.short)[: len(shown.head)]):
            cell = Label(words, "strong" if place == 0 else "" if each.words != "none" else "quiet")
            cell.setAccessibleName(f"{each.name}, {shown.head[place]}: {words}")
            grid.addWidget(cell, line, place)
    return held
