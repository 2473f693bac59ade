"""Cases handed over: those offered here, and the form that offers one to a colleague."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from workbench.ui.exchange import handing, parcels
from workbench.ui.exchange.handing import Given, Handover, Offered, Waiting
from workbench.ui.exchange.part import ExchangeSheet
from workbench.ui.exchange.picking import AddresseePicker, CasePicker
from workbench.ui.shell.place import Place, Shell
from workbench.ui.widgets.buttons import Button
from workbench.ui.widgets.flow import Flow, column, empty
from workbench.ui.widgets.panels import Band, Card, Nothing, Values
from workbench.ui.widgets.text import Label

_LEFT = Qt.AlignmentFlag.AlignLeft


class HandoverPart(ExchangeSheet):
    """Offers to answer on top; below, one's own that wait for an answer, and a case to offer."""

    title = "Handing over"

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, parent)
        self._case = ""
        self._offers = column(gap=10)
        self.column.addLayout(self._offers)
        self._waiting = column(gap=10)
        self.column.addLayout(self._waiting)
        self._own = Card("Offer a case to a colleague", gap=8)
        self._own.body.addWidget(
            Label(
                "Every duty stays where it is until they accept. Send them the case once the offer is signed.",
                "quiet",
            )
        )
        self._picker = CasePicker(shell, "handover")
        self._picker.picked.connect(self._pick)
        self._own.body.addWidget(self._picker)
        self._picked = Label("", "strong")
        self._own.body.addWidget(self._picked)
        self._whom = AddresseePicker(shell)
        self._whom.picked.connect(self._turn)
        self._own.body.addWidget(self._whom)
        self._go = Button("Write the offer", self._offer, kind="primary")
        self._own.body.addWidget(self._go, 0, _LEFT)
        self.column.addWidget(self._own)
        self.column.addStretch(1)

    def arrive(self, place: Place) -> None:
        """Asks what is offered, and whom a case may be offered to."""
        self._pick("", "")
        self._picker.ask()
        self.shell.ask(parcels.addressees, self._whom.offer, key="handover-whom")
        self.shell.ask(handing.handover, self._show, key="handover")

    def first(self) -> QWidget | None:
        """The search field."""
        return self._picker.search if self._own.isVisible() else None

    def _show(self, found: Handover) -> None:
        empty(self._offers)
        if found.why_not:
            self._offers.addWidget(Band(found.why_not, "info"))
        for each in found.offers:
            self._offers.addWidget(self._card(each, may=not found.why_not))
        if not found.offers:
            self._offers.addWidget(
                Nothing("No case is offered to you", "An offer stands here once it has come.")
            )
        empty(self._waiting)
        for waits in found.waiting:
            self._waiting.addWidget(self._waits(waits))
        self._own.setVisible(not found.why_not)
        self._turn()

    def _card(self, each: Offered, *, may: bool) -> Card:
        card = Card(gap=8)
        card.setAccessibleName(f"Offered to you: {each.title}")
        card.body.addWidget(Label(each.title, "heading"))
        facts = Values()
        facts.show_values(each.facts)
        card.body.addWidget(facts)
        for name, words in each.says:
            said = column(gap=1)
            said.addWidget(Label(name, "small"))
            said.addWidget(Label(words, copyable=True))
            card.body.addLayout(said)
        buttons = QWidget()
        across = Flow(buttons)
        if may:
            across.addWidget(self._answer("Accept it", each, each.accept, "primary"))
            across.addWidget(self._answer("Refuse it", each, each.refuse, "danger"))
        read = Button("Read the case", partial(self.shell.go, Place("case", case=each.case)), kind="plain")
        read.setAccessibleName(f"Read the case of {each.title}")
        across.addWidget(read)
        card.body.addWidget(buttons)
        return card

    def _waits(self, waits: Waiting) -> Card:
        """An offer of one's own: the case goes once more where it may not have arrived, or the offer is withdrawn."""
        card = Card(gap=8)
        card.setAccessibleName(f"Offered by you: {waits.title}")
        card.body.addWidget(Label(waits.title, "heading"))
        card.body.addWidget(Label(waits.says))
        buttons = QWidget()
        across = Flow(buttons)
        send = Place("exchange", tab="send", case=waits.case)
        again = Button("Send the case", partial(self.shell.go, send), kind="secondary")
        again.setAccessibleName(f"Send the case of {waits.title}")
        across.addWidget(again)
        write = partial(self._write, waits.case, waits.withdraw)
        back = Button("Withdraw the offer", write, kind="danger")
        back.setAccessibleName(f"Withdraw the offer: {waits.title}")
        across.addWidget(back)
        card.body.addWidget(buttons)
        return card

    def _answer(self, words: str, each: Offered, given: Given, kind: str) -> Button:
        button = Button(words, partial(self._write, each.case, given), kind=kind)
        button.setAccessibleName(f"{words}: {each.title}")
        return button

    # Offering

    def _pick(self, case: str, words: str) -> None:
        self._case = case
        self._picked.say(f"Offer: {words}" if case else "")
        self._picked.setVisible(bool(case))
        self._turn()

    def _turn(self) -> None:
        self._go.setEnabled(bool(self._case) and self._whom.chosen() is not None)

    def _offer(self) -> None:
        whom = self._whom.chosen()
        if self._case and whom is not None:
            self._write(self._case, handing.to_offer(whom.name))

    def _write(self, case: str, given: Given) -> None:
        """Opens the form on a draft that holds what is given: a place holds no words."""
        self.shell.ask(
            lambda desk: handing.begin_form(desk, case, given),
            lambda draft: self.shell.go(Place("form", case=case, draft=draft)),
        )
