"""Comparing eight words with a colleague: shown large, read aloud, and said to be the same before a card is trusted."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QWidget

from workbench.errors import Expected
from workbench.ui.exchange.presenter import Compare
from workbench.ui.form.days import DayBox
from workbench.ui.gate.field import Field
from workbench.ui.widgets.buttons import Button
from workbench.ui.widgets.flow import Flow, column, empty
from workbench.ui.widgets.inputs import Tick
from workbench.ui.widgets.panels import Band
from workbench.ui.widgets.text import Label

DIFFER = (
    "Then the card is not theirs, or one of you holds an old one. Do not trust it. Ask for the card again, by "
    "another way, and take in that file."
)


class Comparing(QWidget):
    """The words of one card, what is vouched for, and the button that trusts; `trusts` is told when it is pressed."""

    trusts = Signal()
    leaves = Signal()

    def __init__(self, compared: Compare, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.compared = compared
        lines = column(self, gap=10)
        lines.addWidget(
            Label(
                f"Ring {compared.name} on a number you know, or meet. They open your card here, as you opened theirs. "
                "Read the words to each other, in turn."
            )
        )
        lines.addWidget(_words(compared.words))
        self._same = Tick("They read me the same eight words, in this order")
        lines.addWidget(self._same)
        self.vouch: Tick | None = None
        if compared.may_vouch:
            lines.addWidget(self._vouching(compared))
        else:
            lines.addWidget(Label(compared.why_not, "quiet"))
        self._told = column(gap=4)
        lines.addLayout(self._told)
        buttons = QWidget()
        across = Flow(buttons)
        self.go = Button("Trust this card", self._pressed, icon="check", kind="primary")
        across.addWidget(self.go)
        across.addWidget(Button("The words differ", self._differ, kind="danger"))
        across.addWidget(Button("Not now", self.leaves.emit, kind="link"))
        lines.addWidget(buttons)

    def _vouching(self, compared: Compare) -> QWidget:
        held = QWidget()
        lines = column(held, gap=8)
        self.vouch = Tick(f"I vouch that they are {compared.a_role}")
        lines.addWidget(self.vouch)
        self._more = QWidget()
        more = column(self._more, gap=8)
        more.setContentsMargins(self.fontMetrics().averageCharWidth() * 3, 0, 0, 0)
        self._vetted = Tick("They were vetted, and may be sent intelligence")
        more.addWidget(self._vetted)
        self._last = DayBox("Last day on which it counts", lambda: compared.today, lambda: None)
        self._field = Field(
            "Last day on which it counts", self._last, "Leave it empty where no end is known."
        )
        more.addWidget(self._field)
        lines.addWidget(self._more)
        self._more.hide()
        self.vouch.toggled.connect(self._more.setVisible)
        return held

    def first(self) -> QWidget:
        """Where the cursor goes."""
        return self._same

    @property
    def vetted(self) -> bool:
        """Whether the voucher says vetted."""
        return self.vouch is not None and self.vouch.isChecked() and self._vetted.isChecked()

    @property
    def last(self) -> date | None:
        """The last day of the voucher; None for no end."""
        return self._last.day() if self.vouch is not None and self.vouch.isChecked() else None

    def _pressed(self) -> None:
        if not self._same.isChecked():
            self._say("Tick that you heard the same words, or say that they differ.", "warn")
            self._same.setFocus()
            return
        if self.vouch is not None and self.vouch.isChecked():
            typed = self._last.line.text().strip()
            self._field.refuse("")
            if typed and self._last.day() is None:
                self._field.refuse("This is no day. Write it as 3 March 2027, or leave it empty.")
                self._last.line.setFocus()
                return
        self.go.setEnabled(False)
        self.trusts.emit()

    def refuse(self, failure: Expected) -> None:
        """Says why it was not done."""
        self.go.setEnabled(True)
        self._say(failure.sentence(), "danger")

    def _differ(self) -> None:
        self._same.setChecked(False)
        self._say(DIFFER, "danger")

    def _say(self, says: str, tone: str) -> None:
        empty(self._told)
        band = Band(says, tone)
        self._told.addWidget(band)
        band.announce()


def _words(words: tuple[str, ...]) -> QFrame:
    """The words, numbered, as large as anything on the screen."""
    frame = QFrame()
    frame.setProperty("band", "plain")
    frame.setAccessibleName(f"The eight words: {', '.join(words)}")
    held = column(frame, margin=14)
    inner = QWidget()
    flow = Flow(inner, gap=28)
    for place, word in enumerate(words, start=1):
        pair = QWidget()
        lines = column(pair, gap=0)
        lines.addWidget(Label(str(place), "small", wrap=False), 0, Qt.AlignmentFlag.AlignLeft)
        lines.addWidget(Label(word, "display", wrap=False))
        pair.setAccessibleName(f"Word {place}: {word}")
        flow.addWidget(pair)
    held.addWidget(inner)
    return frame
