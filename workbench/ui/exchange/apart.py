"""What is kept apart on the screen: whose it claims to be, why it does not count, and what to do."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from workbench.ui.exchange import parcels
from workbench.ui.exchange.parcels import Kept
from workbench.ui.exchange.part import ExchangeSheet
from workbench.ui.shell.place import Place, Shell
from workbench.ui.widgets.buttons import Button
from workbench.ui.widgets.flow import Flow, column, empty
from workbench.ui.widgets.panels import Card, Icon, Nothing
from workbench.ui.widgets.text import Label


class ApartPart(ExchangeSheet):
    """The quarantine."""

    title = "Kept apart"

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, parent)
        self._list = column(gap=10)
        self.column.addLayout(self._list)
        self.column.addStretch(1)

    def arrive(self, place: Place) -> None:
        """Asks what lies there."""
        self.shell.ask(parcels.kept_apart, self._show, key="exchange-apart")

    def _show(self, found: tuple[Kept, ...]) -> None:
        empty(self._list)
        for each in found:
            self._list.addWidget(self._card(each))
        if not found:
            self._list.addWidget(
                Nothing(
                    "Nothing is kept apart",
                    "What arrives from somebody whose words nobody compared, or whose card was ended, lies here and "
                    "does not count until it is let in.",
                )
            )

    def _card(self, each: Kept) -> Card:
        card = Card(gap=6)
        card.setAccessibleName(each.title)
        top = QWidget()
        flow = Flow(top, gap=8)
        flow.addWidget(Icon("lock", "warn"))
        flow.addWidget(Label(each.title, "heading"))
        card.body.addWidget(top)
        for says in each.says:
            card.body.addWidget(Label(says))
        if each.may_compare:
            held = QWidget()
            across = Flow(held)
            place = Place("exchange", tab="colleagues", words=each.card)
            button = Button("Compare the words", partial(self.shell.go, place), icon="users", kind="primary")
            button.setAccessibleName(f"Compare the words with {each.name}")
            across.addWidget(button)
            card.body.addWidget(held)
        return card
