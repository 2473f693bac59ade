"""What one copy of a chronology holds: from which day to which, of what kinds, and what it is for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from workbench.models.released import Chosen
from workbench.resources import Words, say
from workbench.ui.form.days import DayBox
from workbench.ui.widgets.buttons import Button
from workbench.ui.widgets.flow import column, empty
from workbench.ui.widgets.inputs import LineField, Tick
from workbench.ui.widgets.panels import Card
from workbench.ui.widgets.text import Label

_HOLDS = Words("What it holds", "Yr hyn sydd ynddo")
_FROM = Words("From", "O")
_TO = Words("To", "Hyd at")
_TO_DAY = Words("To, that day included", "Hyd at, gan gynnwys y diwrnod hwnnw")
_PURPOSE = Words("What it is for", "Ar gyfer beth")
_PRINTED = Words("Printed on its first page", "Argreffir ar ei dudalen gyntaf")
_KINDS = Words("Kinds; all where none is ticked", "Mathau; pob un lle nad oes dim wedi'i dicio")
_AGAIN = Words("Draw it again", "Ei lunio eto")


class Narrowing(Card):
    """The period, the kinds and the purpose; all of it where nothing is said. `again` asks for the pages anew."""

    again = Signal()

    def __init__(self, language: str = "en", parent: QWidget | None = None) -> None:
        super().__init__(say(_HOLDS, language), parent=parent)
        self._today = date.min
        self._since = DayBox(say(_FROM, language), lambda: self._today, _nothing, language=language)
        self._until = DayBox(say(_TO_DAY, language), lambda: self._today, _nothing, language=language)
        self._purpose = LineField(say(_PURPOSE, language), say(_PRINTED, language))
        self._kinds = column(gap=4)
        self._ticks: dict[str, Tick] = {}
        for words, field in ((_FROM, self._since), (_TO, self._until), (_PURPOSE, self._purpose)):
            self.body.addWidget(Label(say(words, language), "strong"))
            self.body.addWidget(field)
        self.body.addWidget(Label(say(_KINDS, language), "strong"))
        self.body.addLayout(self._kinds)
        self.body.addWidget(Button(say(_AGAIN, language), self.again.emit, icon="history", kind="secondary"))

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
