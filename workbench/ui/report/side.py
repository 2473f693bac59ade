"""Beside the pages: which report for whom, what its reader will not see, what must be done before it leaves."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from workbench.errors import Expected
from workbench.resources import Text, Words
from workbench.ui.report.narrowing import Narrowing
from workbench.ui.report.presenter import FORMATS, LANGUAGES, Asked, Choices, Shown
from workbench.ui.widgets.buttons import Button
from workbench.ui.widgets.flow import Page, column, empty
from workbench.ui.widgets.inputs import Choose, LineField, PlainField, Tick
from workbench.ui.widgets.panels import Band, Card
from workbench.ui.widgets.text import Label, Pill
from workbench.ui.words import said

_REPORT = Words("Report", "Adroddiad")
_FOR = Words("Written for", "Ysgrifennwyd ar gyfer")
_LANGUAGE = Words("Language", "Iaith")
_RECIPIENT = Words("Who receives it", "Pwy sy'n ei dderbyn")
_WHO = Words("Name and agency", "Enw ac asiantaeth")
_BASIS = Words("On what basis it is shared", "Ar ba sail y caiff ei rannu")
_WORKING = Words(
    "Drawing the pages and searching them for what must not leave …",
    "Yn llunio'r tudalennau, ac yn eu chwilio am yr hyn na chaiff adael …",
)
_ISSUED = Words("Issued", "Cyhoeddwyd")
_NOT_ISSUED = Words("Draft, not issued", "Drafft, heb ei gyhoeddi")
_RECORD_FIRST = Words("Record this before it can be issued", "Cofnodwch hyn cyn y gellir ei gyhoeddi")
_HELD = Words("Held back from this reader: {count}", "Daliwyd yn ôl rhag y darllenydd: {count}")
_NONE_HELD = Words("Nothing was held back.", "Ni chafodd dim ei ddal yn ôl.")
_MORE_HELD = Words("and {count} more kinds", "a {count} math arall")
_ISSUE = Words("Issue it", "Ei gyhoeddi")
_KEPT = Words(
    "This very file is kept with the case, with who received it and why.",
    "Cedwir yr union ffeil hon gyda'r achos, gyda phwy a'i derbyniodd a pham.",
)
_LOOKED = Words("I looked at: {words}", "Edrychais ar: {words}")
_MAY_STAND = Words("I looked at {words}; it may stand", "Edrychais ar {words}; caiff aros")
_GIVE = Words("I read what is held back; issue it", "Rwyf wedi darllen yr hyn a ddaliwyd yn ôl; ei gyhoeddi")
_LEAVING = Words("Print or save", "Argraffu neu gadw")
_PRINT = Words("Print", "Argraffu")
_SAVE = Words("Save a copy: {format}", "Cadw copi: {format}")


class Side(QFrame):
    """The choices and what follows from them."""

    asked = Signal(object)
    issue = Signal(str, str, tuple)
    print_it = Signal()
    save_it = Signal(str)

    def __init__(self, language: str = "en", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._spoken = language
        self.setProperty("side", "true")
        self._page = Page(margin=14)
        column(self).addWidget(self._page)
        self._choices: Choices | None = None
        self._report = Choose(self._say(_REPORT), {})
        self._audience = Choose(self._say(_FOR), {})
        self._language = Choose(self._say(_LANGUAGE), LANGUAGES)
        for name, field in (
            (_REPORT, self._report),
            (_FOR, self._audience),
            (_LANGUAGE, self._language),
        ):
            pair = column(gap=4)
            pair.addWidget(Label(self._say(name), "strong"))
            pair.addWidget(field)
            self._page.column.addLayout(pair)
        self._report.activated.connect(lambda _: self._offer_readers())
        self._audience.activated.connect(lambda _: self._ask())
        self._language.activated.connect(lambda _: self._ask())
        self._narrowing = Narrowing(language)
        self._narrowing.again.connect(self._ask)
        self._narrowing.hide()
        self._page.column.addWidget(self._narrowing)
        self._told: QVBoxLayout = column(gap=10)
        self._page.column.addLayout(self._told)
        self._page.column.addStretch(1)
        self._ticks: dict[str, Tick] = {}
        self._recipient = LineField(self._say(_RECIPIENT), self._say(_WHO))
        self._basis = PlainField(self._say(_BASIS))

    def _say(self, text: Text, **parts: object) -> str:
        return said(text, self._spoken, **parts)

    def first(self) -> QWidget:
        """Where the cursor goes."""
        return self._report

    # Choosing

    def offer(self, choices: Choices, report: str) -> None:
        """Offers what can be drawn, and asks for the first of it."""
        self._choices = choices
        self._report.clear()
        for key, words in choices.reports.items():
            self._report.addItem(words, key)
        if report:
            self._report.choose(report)
        self._language.choose(choices.language)
        self._offer_readers()

    def _offer_readers(self) -> None:
        if self._choices is None:
            return
        self._audience.clear()
        readers = self._choices.audiences.get(self._report.key(), {})
        for key, words in readers.items():
            self._audience.addItem(words, key)
        kinds = self._choices.kinds.get(self._report.key(), {})
        self._narrowing.offer(kinds, self._choices.today)
        self._ask()

    def _ask(self) -> None:
        self.asked.emit(self.wanted())

    def wanted(self) -> Asked:
        """What is chosen."""
        return Asked(self._report.key(), self._audience.key(), self._language.key(), self._narrowing.chosen())

    def reader(self) -> str:
        """The reader, in words."""
        return self._audience.currentText()

    def title(self) -> str:
        """The report, in words."""
        return self._report.currentText()

    # Showing

    def working(self) -> None:
        """Says that it is being drawn."""
        empty(self._told)
        self._told.addWidget(Label(self._say(_WORKING), "quiet"))

    def stopped(self, failure: Expected) -> None:
        """Says why there is nothing to see."""
        empty(self._told)
        self.refuse(failure)

    def refuse(self, failure: Expected) -> None:
        """Says why it did not leave."""
        band = Band(failure.sentence(), "danger")
        self._told.insertWidget(0, band)
        band.announce()

    def show_drawn(self, shown: Shown, *, issued: bool) -> None:
        """Shows what is held back, what stands against issuing it, and how it leaves."""
        empty(self._told)
        self._ticks = {}
        state, tone = (_ISSUED, "good") if issued else (_NOT_ISSUED, "warn")
        self._told.addWidget(Pill(self._say(state), tone))
        self._told.addWidget(self._held(shown))
        if shown.gaps and not issued:
            card = Card(self._say(_RECORD_FIRST))
            for gap in shown.gaps:
                card.body.addWidget(Label(gap, tone="warn"))
            self._told.addWidget(card)
        if not issued:
            self._told.addWidget(self._issuing(shown))
        self._told.addWidget(self._leaving())

    def _held(self, shown: Shown) -> Card:
        count = len(shown.drawn.withheld.values)
        card = Card(self._say(_HELD, count=f"{count:,}"))
        if not shown.held:
            card.body.addWidget(Label(self._say(_NONE_HELD), "quiet"))
        for held in shown.held[:40]:
            card.body.addWidget(Label(f"{held.what}: {held.why}", "quiet"))
        if len(shown.held) > 40:
            card.body.addWidget(Label(self._say(_MORE_HELD, count=len(shown.held) - 40), "quiet"))
        return card

    def _issuing(self, shown: Shown) -> Card:
        card = Card(self._say(_ISSUE))
        card.body.addWidget(Label(self._say(_KEPT), "quiet"))
        for words in shown.to_tick:
            box = Tick(self._say(_LOOKED, words=words), self._say(_MAY_STAND, words=words))
            self._ticks[words] = box
            card.body.addWidget(box)
        self._recipient = LineField(self._say(_RECIPIENT), self._say(_WHO))
        self._basis = PlainField(self._say(_BASIS))
        self._basis.setFixedHeight(self._basis.fontMetrics().lineSpacing() * 4)
        for name, field in ((_RECIPIENT, self._recipient), (_BASIS, self._basis)):
            card.body.addWidget(Label(self._say(name), "strong"))
            card.body.addWidget(field)
        go = Button(self._say(_GIVE), self._give, icon="file-check-2", kind="primary")
        go.setEnabled(not shown.gaps)
        card.body.addWidget(go)
        return card

    def _give(self) -> None:
        ticked = tuple(words for words, box in self._ticks.items() if box.isChecked())
        self.issue.emit(self._recipient.text().strip(), self._basis.toPlainText().strip(), ticked)

    def _leaving(self) -> Card:
        card = Card(self._say(_LEAVING))
        card.body.addWidget(Button(self._say(_PRINT), self.print_it.emit, icon="printer", kind="secondary"))
        for kind, words in FORMATS.items():
            save = partial(self.save_it.emit, kind)
            card.body.addWidget(Button(self._say(_SAVE, format=self._say(words)), save, kind="link"))
        return card
