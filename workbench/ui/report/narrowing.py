"""What one copy of a chronology holds: from which day to which, of what kinds, and what it is for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from workbench.models.released import Chosen
from workbench.ui.form.days import DayBox
from workbench.ui.widgets.buttons import Button
from workbench.ui.widgets.flow import column, empty
from workbench.ui.widgets.inputs import LineField, Tick
from workbench.ui.widgets.panels import Card
from workbench.ui.widgets.text import Label


class Narrowing(Card):
    """The period, the kinds and the purpose; all of it where nothing is said. `again` asks for the pages anew."""

    again = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("What it holds", parent=parent)
        self._today = date.min
        self._since = DayBox("From", lambda: self._today, _nothing)
        self._until = DayBox("To, that day included", lambda: self._today, _nothing)
        self._purpose = LineField("What it is for", "Printed on its first page")
        self._kinds = column(gap=4)
        self._ticks: dict[str, Tick] = {}
        for words, field in (("From", self._since), ("To", self._until), ("What it is for", self._purpose)):
            self.body.addWidget(Label(words, "strong"))
            self.body.addWidget(field)
        self.body.addWidget(Label("Kinds; all where none is ticked", "strong"))
        self.body.addLayout(self._kinds)
        self.body.addWidget(Button("Draw it again", self.again.emit, icon="history", kind="secondary"))

    def offer(self, kinds: Mapping[str, str], today: date) -> None:
        """Shows the kinds there are; hides itself where the report has no chronology."""
        self._today = today
        self.setVisible(bool(kinds))
        if [*kinds] == [*self._ticks]:
            return
        empty(self._kinds)
        self._ticks = {kind: Tick(words) for kind, words in kinds.items()}
        for tick in self._ticks.values():
            self._kinds.addWidget(tick)

    def chosen(self) -> Chosen:
        """What is chosen; nothing where the report has no chronology."""
        if not self._ticks:
            return Chosen()
        since, until = self._since.day(), self._until.day()
        return Chosen(
            since=since.isoformat() if since else self._since.line.text().strip(),
            until=until.isoformat() if until else self._until.line.text().strip(),
            kinds=tuple(kind for kind, tick in self._ticks.items() if tick.isChecked()),
            purpose=self._purpose.text().strip(),
        )


def _nothing() -> None:
    """What is typed is read when the pages are asked for."""
