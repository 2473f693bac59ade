"""The look itself: one question, a decision, why, what is to be done; the touch-point form, kept and signed as any."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QWidget

from workbench.casework.drafting import Spot
from workbench.forms.definition import Question
from workbench.ui.form.block import Block
from workbench.ui.form.sheet import Sheet
from workbench.ui.form.texts import NarrativeField
from workbench.ui.oversight.review.presenter import Review
from workbench.ui.widgets.buttons import Button
from workbench.ui.widgets.flow import Flow, Page, column
from workbench.ui.widgets.panels import Band, Card
from workbench.ui.widgets.text import Label

# What is judged here; all else the form asks is put down beforehand and folded away.
JUDGED = ("question", "decision", "why", "actions")


class Judging(QFrame):
    """The form beside the record; `signs` once nothing is missing, `opens_form` for the whole of it."""

    signs = Signal()
    opens_form = Signal()

    def __init__(self, review: Review, sheet: Sheet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("side", "true")
        self.setAccessibleName("Your look")
        self.sheet = sheet
        self._review = review
        self._blocks: dict[str, Block] = {}
        lines = column(self, gap=0)
        self._page = Page(margin=16)
        lines.addWidget(self._page, 1)
        self._at = 0
        self._band: Band | None = None
        self._page.column.addWidget(self._asks())
        for name in JUDGED:
            self._page.column.addWidget(self._block(name))
        self._page.column.addWidget(self._beforehand())
        self._page.column.addStretch(1)
        lines.addWidget(self._foot())
        sheet.changed.connect(lambda _: self.refresh())
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            stroke = QShortcut(QKeySequence(keys), self)
            stroke.setContext(Qt.ShortcutContext.WindowShortcut)
            stroke.activated.connect(self.press)
        self.refresh()

    def spot(self) -> Spot:
        """Where its writer stands, for the draft."""
        return Spot(self.sheet.form.pages[0].page, JUDGED[0], open=True)

    def first(self) -> QWidget:
        """What takes the question that is offered."""
        return self._take

    # Parts

    def _asks(self) -> Card:
        card = Card("One question", gap=6)
        self._asked = Label("")
        self._comes_from = Label("", "small")
        card.body.addWidget(self._asked)
        card.body.addWidget(self._comes_from)
        acts = QWidget()
        flow = Flow(acts, gap=12)
        self._take = Button("Ask this", self.take, icon="quote", kind="secondary")
        flow.addWidget(self._take)
        if len(self._review.asks) > 1:
            flow.addWidget(Button("Another one", self.other, kind="link"))
        card.body.addWidget(acts)
        self._show_ask()
        return card

    def _show_ask(self) -> None:
        ask = self._review.asks[self._at % len(self._review.asks)]
        self._asked.say(ask.says)
        self._comes_from.say(f"From {ask.comes_from}. Or write your own below.")
        self._take.setAccessibleName(f"Ask this: {ask.says}")

    def _block(self, name: str) -> Block:
        made = Block(self.sheet, self._question(name), self)
        self._blocks[name] = made
        return made

    def _question(self, name: str) -> Question:
        return next(question for question in self.sheet.form.questions() if question.id == name)

    def _beforehand(self) -> Card:
        card = Card("Put down for you", gap=8)
        card.body.addWidget(
            Label(
                "Why now, what you read here, how fresh it was and what changed. It is signed with your look.",
                "quiet",
            )
        )
        self._turn = Button("Look it over", self.turn, icon="chevron-down", kind="link")
        card.body.addWidget(self._turn, 0, Qt.AlignmentFlag.AlignLeft)
        self._folded = QWidget()
        lines = column(self._folded, gap=14)
        for question in self.sheet.form.questions():
            if question.id not in JUDGED and question.kind != "shown":
                lines.addWidget(self._block(question.id))
        whole = Button("Open it as a form", self.opens_form.emit, kind="link")
        lines.addWidget(whole, 0, Qt.AlignmentFlag.AlignLeft)
        card.body.addWidget(self._folded)
        self._folded.hide()
        return card

    def _foot(self) -> QFrame:
        foot = QFrame(self)
        foot.setProperty("surface", "true")
        lines = column(foot, gap=6, margin=12)
        self._said = column(gap=6)
        lines.addLayout(self._said)
        holder = QWidget(foot)
        flow = Flow(holder, gap=10)
        self._sign = Button("Sign this look", self.press, icon="check", kind="primary")
        self._sign.setToolTip("Sign this look (Ctrl+Enter)")
        self._saved = Label("", "small", wrap=False)
        flow.addWidget(self._sign)
        flow.addWidget(self._saved)
        lines.addWidget(holder)
        return foot

    # Doing

    def take(self) -> None:
        """Puts the question shown down as the one that is asked, and goes on to the decision."""
        field = self._blocks["question"].field
        if isinstance(field, NarrativeField):
            field.field.put_in(self._review.asks[self._at % len(self._review.asks)].says, all_of_it=True)
        self.sheet.settle()
        target = self._blocks["decision"].field.first()
        if target is not None:
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    def other(self) -> None:
        """Shows another question that could be asked."""
        self._at += 1
        self._show_ask()

    def turn(self) -> None:
        """Shows what was put down beforehand, or folds it away."""
        self._folded.setVisible(self._folded.isHidden())
        shown = not self._folded.isHidden()
        self._turn.say("Fold it away" if shown else "Look it over", "chevron-up" if shown else "chevron-down")

    def press(self) -> None:
        """Signs, or says what is missing and goes there."""
        self.sheet.settle()
        self.sheet.all_due()
        self.refresh()
        wrong = next((path.split("/")[0] for path in self.sheet.errors()), "")
        if not wrong:
            self.signs.emit()
            return
        if wrong not in JUDGED and self._folded.isHidden():
            self.turn()
        self.refuse("This cannot be signed yet: see what is said in red.")
        block = self._blocks.get(wrong)
        target = block.field.first() if block is not None else None
        if block is not None and target is not None:
            target.setFocus(Qt.FocusReason.OtherFocusReason)
            self._page.ensureWidgetVisible(block)

    def refuse(self, says: str) -> None:
        """Says why it was not signed."""
        if self._band is not None:
            self._band.deleteLater()
        self._band = Band(says, "danger")
        self._said.addWidget(self._band)
        self._band.announce()

    def say_saved(self, text: str, failed: bool) -> None:
        """Shows the state of saving."""
        self._saved.say(text)
        self._saved.setProperty("tone", "danger" if failed else "")
        self._saved.style().polish(self._saved)

    def refresh(self) -> None:
        """Follows the sheet."""
        for block in self._blocks.values():
            block.refresh()
