"""Colleagues on the screen: one's own card first, then each card held, with its words to compare."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from workbench.casework import trusting
from workbench.casework.desk import Desk
from workbench.casework.trusting import Trusted
from workbench.errors import Expected
from workbench.ui.exchange import files, parcels, presenter
from workbench.ui.exchange.comparing import Comparing
from workbench.ui.exchange.parcels import Came
from workbench.ui.exchange.part import ExchangeSheet
from workbench.ui.exchange.presenter import Colleague, Colleagues, Compare
from workbench.ui.form.days import DayBox
from workbench.ui.gate.field import Field
from workbench.ui.shell.place import Place, Shell
from workbench.ui.widgets.buttons import Button
from workbench.ui.widgets.flow import Flow, column, empty, while_there
from workbench.ui.widgets.inputs import LineField, SearchField
from workbench.ui.widgets.panels import Band, Card, Nothing
from workbench.ui.widgets.text import Label, Pill

# Fewer than this are found at a glance.
_SEARCH_FROM = 6
# What a card waits for, as the button that does it says it, and how it stands out.
_ASKS = {
    "words": ("Compare the words", "primary"),
    "voucher": ("Vouch for the role", "secondary"),
    "": ("Compare the words", "link"),
}
TRAVELS = "The voucher travels with your next bundles. Save it as a file where somebody waits for it."


class ColleaguesPart(ExchangeSheet):
    """Every card held; `words` of a place names the one whose words are to be compared."""

    title = "Colleagues"

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, parent)
        self._wanted = ""
        self._told = column(gap=8)
        self.column.addLayout(self._told)
        self.column.addWidget(self._own_card())
        self._search = SearchField("Search colleagues", "Name or role")
        self._search.asked.connect(lambda _: self._ask())
        self.column.addWidget(self._search)
        self._cards = column(gap=10)
        self.column.addLayout(self._cards)
        self.column.addStretch(1)

    def _own_card(self) -> Card:
        card = Card("Your card", gap=8)
        self._own = column(gap=8)
        card.body.addLayout(self._own)
        buttons = QWidget()
        across = Flow(buttons)
        self._save = Button("Save your card as a file", self._save_own, icon="download", kind="primary")
        across.addWidget(self._save)
        across.addWidget(Button("Take in a card", self._choose, icon="plus", kind="secondary"))
        card.body.addWidget(buttons)
        card.body.addWidget(
            Label(
                "It holds your name, your role and the keys of this laptop, and no secret. Give it to colleagues in "
                "any way you like, and take in theirs.",
                "small",
            )
        )
        return card

    def arrive(self, place: Place) -> None:
        """Asks for the cards."""
        self._wanted = place.words
        empty(self._told)
        self._ask()

    def mark(self) -> str:
        """The card whose words are being compared."""
        return self._wanted

    def first(self) -> QWidget | None:
        """The button that saves one's own card."""
        return self._save

    def find_here(self) -> None:
        """Goes to the search field."""
        if self._search.isVisible():
            self._search.setFocus()
            self._search.selectAll()

    def _ask(self) -> None:
        words, wanted = self._search.text(), self._wanted
        self.shell.ask(
            lambda desk: presenter.colleagues(desk, words, wanted), self._show, key="exchange-colleagues"
        )

    def _show(self, found: Colleagues) -> None:
        empty(self._own)
        empty(self._cards)
        if found.note:
            self._own.addWidget(Band(found.note, "info"))
        top, says = about(found.own)
        self._own.addWidget(top)
        self._own.addWidget(says)
        self._search.setVisible(found.held >= _SEARCH_FROM)
        for each in found.others:
            self._cards.addWidget(self._card(each))
        if found.more:
            self._cards.addWidget(Label(f"{found.more:,} more. Search for a name.", "quiet"))
        if not found.others:
            self._cards.addWidget(_nobody(found))
        self._chain()

    def _card(self, each: Colleague) -> ColleagueCard:
        card = ColleagueCard(each)
        card.compares.connect(partial(self._compare, card))
        card.ends.connect(partial(self._end, card))
        if each.card == self._wanted and each.may_compare:
            self._compare(card)
        return card

    # One's own card, and taking in others'

    def _save_own(self) -> None:
        def read(desk: Desk) -> tuple[str, bytes]:
            return presenter.suggested(desk), trusting.own_card(desk)

        def save(file: tuple[str, bytes]) -> None:
            files.save(
                self.shell, self, (file,), lambda name: self._say(f"Your card is saved as {name}.", "good")
            )

        self.shell.ask(read, save)

    def _choose(self) -> None:
        for path in files.to_take_in(self, "Choose a card to take in"):
            self.shell.ask(partial(parcels.take_in, path=path), self._came)

    def _came(self, came: Came) -> None:
        self._say(" ".join(came.says), "danger" if came.refused else "good")
        if came.strangers:
            self._wanted = came.strangers[0].card
        self._ask()
        self.changed.emit()

    def _say(self, says: str, tone: str) -> None:
        band = Band(says, tone, closes=True)
        self._told.addWidget(band)
        band.announce()

    # Trusting and ending

    def _compare(self, card: ColleagueCard) -> None:
        def show(compared: Compare) -> None:
            self._wanted = compared.card
            panel = card.compare(compared)
            panel.trusts.connect(partial(self._trust, card, panel))
            panel.leaves.connect(self._not_now)
            self._chain()
            panel.first().setFocus()
            self.reveal(card)

        # Where the list is drawn anew meanwhile, the card there is opened instead.
        self._wanted = card.colleague.card
        self.shell.ask(lambda desk: presenter.compare(desk, card.colleague.card), while_there(card, show))

    def _not_now(self) -> None:
        self._wanted = ""
        self._ask()

    def _trust(self, card: ColleagueCard, panel: Comparing) -> None:
        vouch = panel.vouch is not None and panel.vouch.isChecked()
        vetted, last, compared = panel.vetted, panel.last, panel.compared
        self.shell.ask(
            lambda desk: presenter.trust(desk, compared, vouch=vouch, vetted=vetted, last=last),
            self._done,
            while_there(panel, panel.refuse),
        )

    def _end(self, card: ColleagueCard) -> None:
        why, since = card.why.text(), card.since.day()
        name = card.colleague.card
        self.shell.ask(
            lambda desk: presenter.end(desk, name, why, since), self._done, while_there(card, card.refuse)
        )

    def _done(self, done: Trusted) -> None:
        self._wanted = ""
        empty(self._told)
        self._say(" ".join(done.says), "good")
        self._save.setFocus()
        if done.file is not None:
            self._told.addWidget(self._to_save(done.file))
        self._ask()
        self.changed.emit()

    def _to_save(self, file: bytes) -> QWidget:
        """Offers what was signed as a file."""

        def save(name: str) -> None:
            files.save(
                self.shell, self, ((name, file),), lambda saved: self._say(f"It is saved as {saved}.", "good")
            )

        return Band(TRAVELS, "info", "Save it as a file", lambda: self.shell.ask(presenter.suggested, save))

    def _chain(self) -> None:
        """Tab goes from top to bottom, also to what was made later than what stands below it."""
        last: QWidget = self._search
        for place in range(self._cards.count()):
            item = self._cards.itemAt(place)
            held = item.widget() if item is not None else None
            for each in held.stops() if isinstance(held, ColleagueCard) else ():
                QWidget.setTabOrder(last, each)
                last = each


def _nobody(found: Colleagues) -> Nothing:
    if found.held:
        return Nothing("Nobody fits", "No card here bears these words.", icon="users")
    return Nothing(
        "No colleagues yet",
        "Give your card to a colleague and take in theirs. Then compare eight words, by telephone or face to face.",
        icon="users",
    )


def about(colleague: Colleague) -> tuple[QWidget, QWidget]:
    """Whose card it is, with how far it counts, and the sentences about it."""
    top = QWidget()
    flow = Flow(top, gap=10)
    flow.addWidget(Label(colleague.name, "heading"))
    flow.addWidget(Label(colleague.role, "quiet", wrap=False))
    for words, tone in colleague.pills:
        flow.addWidget(Pill(words, tone))
    return top, Label(" ".join(colleague.says), "quiet")


class ColleagueCard(Card):
    """One card: whose, how far it counts, and the panels that compare its words or end it."""

    compares = Signal()
    ends = Signal()

    def __init__(self, colleague: Colleague) -> None:
        super().__init__(gap=8)
        self.colleague = colleague
        self.setAccessibleName(f"{colleague.name}, {colleague.role}")
        for widget in about(colleague):
            self.body.addWidget(widget)
        self._place = column(gap=8)
        self.body.addLayout(self._place)
        self._field: Field | None = None
        self.offer()

    def offer(self) -> None:
        """Shows what may be done with it."""
        empty(self._place)
        buttons = QWidget()
        across = Flow(buttons)
        each = self.colleague
        if each.may_compare:
            words, kind = _ASKS[each.asks]
            compare = Button(words, self.compares.emit, icon="users", kind=kind)
            compare.setAccessibleName(f"{words}, {each.name}")
            across.addWidget(compare)
        if each.may_end:
            end = Button("End this card", self._ask_why, kind="link")
            end.setAccessibleName(f"End the card of {each.name}")
            across.addWidget(end)
        if across.count():
            self._place.addWidget(buttons)
        else:
            buttons.deleteLater()

    def compare(self, compared: Compare) -> Comparing:
        """Shows the words in place of the buttons."""
        empty(self._place)
        panel = Comparing(compared)
        self._place.addWidget(panel)
        return panel

    def _ask_why(self) -> None:
        empty(self._place)
        self._place.addWidget(
            Label(
                "Use this where the laptop was stolen or lost, or the person has left. What arrives of this card from "
                "then on is kept apart, whatever day it states. It cannot be undone: they need a new card."
            )
        )
        self.why = LineField("What happened?")
        self._field = Field("What happened?", self.why)
        self._place.addWidget(self._field)
        today = self.colleague.today
        self.since = DayBox("Out of their hands since", lambda: today, lambda: None)
        self._day_field = Field("Out of their hands since", self.since, "Empty means from now on.")
        self._place.addWidget(self._day_field)
        buttons = QWidget()
        across = Flow(buttons)
        across.addWidget(Button("End the card", self._end, kind="danger"))
        across.addWidget(Button("Leave it", self.offer, kind="link"))
        self._place.addWidget(buttons)
        self.why.setFocus()

    def _end(self) -> None:
        self._day_field.refuse("")
        if self.since.line.text().strip() and self.since.day() is None:
            self._day_field.refuse("This is no day. Write it as 3 March 2026, or leave it empty.")
            self.since.line.setFocus()
        else:
            self.ends.emit()

    def refuse(self, failure: Expected) -> None:
        """Says what is wrong."""
        if self._field is not None:
            self._field.refuse(failure.sentence())

    def stops(self) -> list[QWidget]:
        """Everything in it that Tab stops at, from top to bottom."""
        return [
            widget
            for widget in self.findChildren(QWidget)
            if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and not widget.isHidden()
        ]
