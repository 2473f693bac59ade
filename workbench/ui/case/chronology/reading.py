"""One entry read whole: every answer, who wrote and countersigned it, what came before, what may be done."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QWidget

from workbench.errors import Expected
from workbench.ui.case.chronology.presenter import Account, Answered, Whole
from workbench.ui.form.tabbing import put_in_order, stops
from workbench.ui.look.look import in_force
from workbench.ui.widgets.buttons import Button
from workbench.ui.widgets.flow import Flow, Page, column, row
from workbench.ui.widgets.inputs import Choose, PlainField
from workbench.ui.widgets.panels import Band, Card, Line, Shield
from workbench.ui.widgets.text import Label, Pill


class Reading(QFrame):
    """The pane beside the list."""

    closed = Signal()
    amend = Signal()
    follow = Signal(str)
    take_out = Signal(str)
    on_paper = Signal()
    withdraw = Signal(str)
    countersign = Signal()
    give_back = Signal(dict)
    lifted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("side", "true")
        self.setAccessibleName("Entry")
        lines = column(self)
        head = row(gap=6, margin=10)
        self._title = Label("", "title")
        head.addWidget(self._title, 1)
        self._close = Button("Back to the list", self.closed.emit, icon="x", kind="icon")
        head.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        lines.addLayout(head)
        self._page = Page(margin=14)
        lines.addWidget(self._page, 1)
        self._reason: PlainField | None = None
        self._asking: QWidget | None = None
        # What was written as a reason is kept as long as the entry is read: Escape is pressed in error too.
        self._begun = ""
        self._shielded = True
        self._whole: Whole | None = None

    def first(self) -> QWidget:
        """Where the cursor goes."""
        return self._close

    def show_entry(self, whole: Whole | None, *, shielded: bool) -> None:
        """Shows an entry, or that it is no longer here."""
        same = whole is not None and self._whole is not None and whole.entry == self._whole.entry
        self._begun = self._written() or self._begun if same else ""
        self._shielded, self._whole, self._asking, self._reason = shielded, whole, None, None
        self._page.clear()
        into = self._page.column
        if whole is None:
            self._title.say("Not here")
            into.addWidget(Label("This entry was taken out, or is kept to named people.", "quiet"))
            into.addStretch(1)
            return
        self._title.say(whole.title)
        into.addWidget(Pill(whole.status, whole.status_tone if whole.status_tone != "plain" else "info"))
        into.addWidget(Label(whole.says, "quiet", copyable=True))
        into.addWidget(self._acts(whole))
        if len(whole.accounts) > 1:
            into.addWidget(
                Band(
                    "Two people wrote this apart. Both accounts stand until somebody who has read both says which.",
                    "warn",
                )
            )
        for account in whole.accounts:
            into.addWidget(self._account(account, named=len(whole.accounts) > 1))
        into.addWidget(self._history(whole))
        into.addStretch(1)
        put_in_order([self._close, *stops(self._page)])

    def _acts(self, whole: Whole) -> QWidget:
        held = QWidget()
        flow = Flow(held, gap=8)
        if whole.may_amend:
            flow.addWidget(Button("Amend", self.amend.emit, icon="pencil", kind="secondary"))
        if whole.may_countersign:
            flow.addWidget(Button("Countersign", self.countersign.emit, icon="check", kind="primary"))
            flow.addWidget(
                Button("Return for rework", lambda: self._ask_point(whole), icon="undo-2", kind="plain")
            )
        if whole.may_print:
            flow.addWidget(Button("Print", self.on_paper.emit, icon="printer", kind="plain"))
        for form, words in whole.follows:
            flow.addWidget(Button(words, partial(self.follow.emit, form), kind="plain"))
        if whole.may_withdraw:
            flow.addWidget(Button("Withdraw", self._ask_why, kind="danger"))
        for form, words in whole.ways_out:
            flow.addWidget(Button(words, partial(self.take_out.emit, form), kind="plain"))
        # Shown with its page: shown by itself it would be a window, and take the keys from this one.
        if not flow.count():
            held.hide()
        return held

    def _account(self, account: Account, *, named: bool) -> Card:
        card = Card(f"As {account.by} wrote it" if named else "", gap=10)
        if not account.answers:
            card.body.addWidget(Label("Nothing of it is held here any more.", "quiet"))
        for number, answered in enumerate(account.answers):
            if number:
                card.body.addWidget(Line())
            card.body.addWidget(self._answered(answered))
        return card

    def _answered(self, answered: Answered) -> QWidget:
        held = QWidget()
        lines = column(held, gap=3)
        top = QWidget()
        flow = Flow(top, gap=6)
        flow.addWidget(Label(answered.ask, "strong"))
        for mark in answered.marks:
            flow.addWidget(Pill(mark, "plain"))
        lines.addWidget(top)
        if answered.sensitive and self._shielded:
            lines.addWidget(Shield("what is written here", answered.words, self.lifted.emit))
        else:
            lines.addWidget(Label(answered.words, copyable=True))
        return held

    def _history(self, whole: Whole) -> Card:
        card = Card("How it came to stand so", gap=4)
        for earlier in whole.earlier:
            card.body.addWidget(Label(earlier.says))
            if earlier.why:
                card.body.addWidget(Label(f"Why: {earlier.why}", "quiet", copyable=True))
        return card

    # Asking

    def _ask_why(self) -> None:
        self._ask(
            "Why is it withdrawn? Its words stay readable; they no longer count.",
            "Withdraw it",
            self._withdraw,
        )

    def _ask(self, says: str, action: str, press: object, chooser: Choose | None = None) -> None:
        self._leave_it()
        card = Card("", gap=8)
        card.body.addWidget(Label(says, "strong"))
        if chooser is not None:
            card.body.addWidget(chooser)
        self._reason = PlainField(says)
        self._reason.setPlainText(self._begun)
        self._reason.setFixedHeight(in_force().px(96))
        card.body.addWidget(self._reason)
        across = row()
        across.addWidget(Button(action, press if callable(press) else None, kind="danger"))
        across.addWidget(Button("Leave it", self._left, kind="link"))
        across.addStretch(1)
        card.body.addLayout(across)
        self._asking = card
        self._page.column.insertWidget(3, card)
        self._reason.setFocus()

    def _left(self) -> None:
        self._leave_it()
        self._close.setFocus()

    def _leave_it(self) -> None:
        """Asks no more; what was written as a reason comes back with the question."""
        if self._asking is not None:
            self._begun = self._written()
            self._asking.deleteLater()
        self._asking = self._reason = None

    def _withdraw(self) -> None:
        self.withdraw.emit(self._written())

    def _ask_point(self, whole: Whole) -> None:
        chooser = Choose("About which question", dict(whole.questions))
        self._ask("What should be worked on?", "Return it", partial(self._give_back, chooser), chooser)

    def _give_back(self, chooser: Choose) -> None:
        text = self._written()
        self.give_back.emit({chooser.key(): text} if text else {})

    def _written(self) -> str:
        return self._reason.toPlainText().strip() if self._reason is not None else ""

    def refuse(self, failure: Expected) -> None:
        """Says why it was not done."""
        band = Band(failure.sentence(), "danger")
        self._page.column.insertWidget(0, band)
        band.announce()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves what is asked, then goes back to the list."""
        if event.key() == Qt.Key.Key_Escape:
            if self._asking is not None:
                self._left()
            else:
                self.closed.emit()
            return
        super().keyPressEvent(event)
