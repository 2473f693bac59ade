"""The exchange on the screen: one tab for each part, made when somebody first goes there."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QStackedWidget, QWidget

from workbench.ui.exchange import presenter
from workbench.ui.exchange.accounts import AccountsPart
from workbench.ui.exchange.apart import ApartPart
from workbench.ui.exchange.colleagues import ColleaguesPart
from workbench.ui.exchange.handover import HandoverPart
from workbench.ui.exchange.part import ExchangePart
from workbench.ui.exchange.presenter import Exchange
from workbench.ui.exchange.receive import ReceivePart
from workbench.ui.exchange.send import SendPart
from workbench.ui.exchange.sent import SentPart
from workbench.ui.look.look import in_force
from workbench.ui.shell.place import Place, Screen, Shell
from workbench.ui.widgets.buttons import Choice
from workbench.ui.widgets.flow import column
from workbench.ui.widgets.panels import Band
from workbench.ui.widgets.text import Label

PARTS: dict[str, type[ExchangePart]] = {
    "colleagues": ColleaguesPart,
    "send": SendPart,
    "receive": ReceivePart,
    "sent": SentPart,
    "apart": ApartPart,
    "accounts": AccountsPart,
    "handover": HandoverPart,
}
FIRST = "colleagues"
_LOW = 480


class ExchangeScreen(Screen):
    """The exchange; a place names its part in `tab`, and in `words` or `entry` what is open in it."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, parent)
        self.setAccessibleName("Exchange")
        self._tab = FIRST
        self._warns = ""
        self._made: dict[str, ExchangePart] = {}
        lines = column(self, gap=0)
        head = QFrame()
        head.setProperty("head", "true")
        look = in_force()
        inner = column(head, gap=8)
        inner.setContentsMargins(look.px(24), look.px(14), look.px(24), 0)
        self._title = Label("Exchange", "display")
        inner.addWidget(self._title)
        self._tabs = Choice("Parts of the exchange", {key: part.title for key, part in PARTS.items()}, "tab")
        self._tabs.chosen.connect(lambda tab: self.shell.go(Place("exchange", tab=tab)))
        inner.addWidget(self._tabs)
        lines.addWidget(head, 0, Qt.AlignmentFlag(0))
        self._warning = Band("", "warn")
        self._warning.hide()
        lines.addWidget(self._warning)
        self._stack = QStackedWidget()
        lines.addWidget(self._stack, 1)

    def arrive(self, place: Place) -> None:
        """Shows a part, and asks what waits in the others."""
        self._tab = place.tab if place.tab in PARTS else FIRST
        self._tabs.choose(self._tab)
        part = self._part()
        self._stack.setCurrentWidget(part)
        self._give_way()
        part.arrive(place)
        self._count()

    def here(self) -> Place:
        """With the part one is at, and what is open in it."""
        return Place("exchange", tab=self._tab, words=self._part().mark())

    def leave(self) -> None:
        """Tells the part."""
        self._part().leave()

    def first(self) -> QWidget | None:
        """The first place of the part, else its tab."""
        return self._part().first() or self._tabs.button(self._tab)

    def help_page(self) -> str:
        """The guidance for this screen."""
        return "exchange"

    def find_here(self) -> None:
        """Finds in the part, where it can."""
        self._part().find_here()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leaves the title away where the part needs the room, and the warning to the first part."""
        super().resizeEvent(event)
        self._give_way()

    def _give_way(self) -> None:
        high = self.height() >= in_force().px(_LOW)
        self._title.setVisible(high)
        self._warning.setVisible(bool(self._warns) and (high or self._tab == FIRST))

    def _count(self) -> None:
        self.shell.ask(presenter.exchange, self._take, key="exchange")

    def _take(self, found: Exchange) -> None:
        self._warns = found.warns
        self._warning.words.say(found.warns)
        self._warning.setAccessibleName(found.warns)
        self._give_way()
        for key, part in PARTS.items():
            count = found.waiting.get(key, 0)
            self._tabs.button(key).say(f"{part.title} ({count:,})" if count else part.title)

    def _part(self) -> ExchangePart:
        if self._tab not in self._made:
            made = PARTS[self._tab](self.shell)
            made.changed.connect(self._count)
            self._made[self._tab] = made
            self._stack.addWidget(made)
        return self._made[self._tab]
