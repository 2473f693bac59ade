"""The exchange on the screen: its parts, what waits in each, and what is to be known before anything is sent."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

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
from workbench.ui.shell.place import Place, Shell
from workbench.ui.trust.part import Part
from workbench.ui.trust.parted import PartedScreen
from workbench.ui.widgets.panels import Band

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


class ExchangeScreen(PartedScreen):
    """The exchange; a place names its part in `tab`, and in `words` or `entry` what is open in it."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, "exchange", "Exchange", PARTS, parent)
        self._warns = ""
        self._warning = Band("", "warn")
        self._warning.hide()
        self.lines.insertWidget(1, self._warning)

    def arrive(self, place: Place) -> None:
        """Shows a part, and asks what waits in the others."""
        super().arrive(place)
        self._count()

    def give_way(self) -> bool:
        """Leaves the warning to the first part too."""
        high = super().give_way()
        self._warning.setVisible(bool(self._warns) and (high or self.tab == FIRST))
        return high

    def make(self, kind: type[Part]) -> Part:
        """Makes a part, and counts anew whenever something changes in it."""
        made = super().make(kind)
        if isinstance(made, ExchangePart):
            made.changed.connect(self._count)
        return made

    def _count(self) -> None:
        self.shell.ask(presenter.exchange, self._take, key="exchange")

    def _take(self, found: Exchange) -> None:
        self._warns = found.warns
        self._warning.words.say(found.warns)
        self._warning.setAccessibleName(found.warns)
        self.give_way()
        for key, part in PARTS.items():
            count = found.waiting.get(key, 0)
            self.tabs.button(key).say(f"{part.title} ({count:,})" if count else part.title)
