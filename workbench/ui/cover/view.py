"""Covering for: whose cases, for how long, and what somebody who steps in must know of them."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from workbench.ui.cover import presenter
from workbench.ui.cover.presenter import AHEAD, Covering
from workbench.ui.shell.place import Place, Screen, Shell
from workbench.ui.widgets.filled import Filled
from workbench.ui.widgets.flow import Flow, column
from workbench.ui.widgets.inputs import Choose
from workbench.ui.widgets.lists import LISTS, Lists
from workbench.ui.widgets.text import Label

PARTS = {
    "dangerous": "Dangerous now",
    "promised": "Promised",
    "missed": "Must not be missed",
    "away": "While you were away",
}
# How much of an officer's name is shown at least.
_LETTERS = 28
_EMPTY = {
    "dangerous": (
        "Nobody stands out",
        "Open recalls, serious events, releases and very high risk will stand here.",
    ),
    "promised": ("Nothing is promised", "Appointments, planned visits and actions of plans will stand here."),
    "missed": (
        "Nothing comes due",
        "What the officer owes in these days, and what is late and serious, will stand here.",
    ),
    "away": ("Nothing came", "What others wrote, what happened and what came due will stand here."),
}


class CoverScreen(Screen):
    """Leave cover, handed over and handed back."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, parent)
        self.setAccessibleName("Covering for")
        self._officer = ""
        lines = column(self)
        page = Filled()
        lines.addWidget(page)
        head = QWidget()
        across = Flow(head, gap=16)
        across.addWidget(Label("Covering for", "display", wrap=False))
        self._says = Label("", "quiet", wrap=False)
        across.addWidget(self._says)
        page.column.addWidget(head)
        tools = QWidget()
        choices = Flow(tools, gap=10)
        self._who = Choose("Whose cases", {})
        self._who.setMinimumContentsLength(_LETTERS)
        self._who.activated.connect(lambda _: self._ask(self._who.key()))
        self._days = Choose("For how long", AHEAD)
        self._days.activated.connect(lambda _: self._ask(self._who.key()))
        choices.addWidget(self._who)
        choices.addWidget(self._days)
        page.column.addWidget(tools)
        self._lists = Lists("Parts of covering", PARTS, _EMPTY)
        self._lists.opened.connect(self._open)
        self._lists.chosen.connect(lambda part: shell.go(Place("cover", tab=part)))
        page.fill(self._lists, LISTS)

    def arrive(self, place: Place) -> None:
        """Shows one list, for the officer last chosen here."""
        self._lists.show_part(place.tab)
        self._ask(self._officer)

    def _ask(self, officer: str) -> None:
        days = int(self._days.key())
        self.shell.ask(lambda desk: presenter.covering_for(desk, officer, days), self._show, key="cover")

    def _show(self, found: Covering) -> None:
        self._officer = found.officer
        self._who.clear()
        for name in found.officers:
            self._who.addItem(name, name)
        self._who.choose(found.officer)
        self._says.say(found.says)
        self._lists.show_rows(
            {
                "dangerous": found.dangerous,
                "promised": found.promised,
                "missed": found.missed,
                "away": found.away,
            }
        )

    def _open(self, _: str, key: str) -> None:
        self.shell.go(Place("case", case=presenter.case_of(key)))

    def first(self) -> QWidget | None:
        """The list that is shown."""
        return self._lists.first()

    def help_page(self) -> str:
        """The guidance for this screen."""
        return "cover"
