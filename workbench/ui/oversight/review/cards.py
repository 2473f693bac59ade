"""What is laid before the reader of a case: what changed, what is open, the plan, levels, the inspectors' questions."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QWidget

from workbench.ui.look.look import in_force
from workbench.ui.oversight.presenter import capital
from workbench.ui.oversight.review.changes import Change
from workbench.ui.oversight.review.lens import Seen
from workbench.ui.oversight.review.presenter import Action, Item, Level, Review
from workbench.ui.shell.place import Place, Shell
from workbench.ui.widgets.buttons import Button
from workbench.ui.widgets.flow import Flow, Page, column, row
from workbench.ui.widgets.panels import Card, Icon, Line
from workbench.ui.widgets.text import Label, Pill

Go = Callable[[str], None]


class Laid(Page):
    """A column of cards over one case; every line leads to the entry it comes from."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(margin=16, parent=parent)
        self.setAccessibleName("What the record holds")
        self._shell = shell

    def show_review(self, review: Review) -> None:
        """Draws it."""
        self.clear()
        to_entry = partial(self._to_entry, review.case)
        for card in (
            _changed(review, to_entry),
            self._open(review),
            _plan(review, to_entry),
            _levels(review.levels),
            Lens(review, to_entry),
        ):
            self.column.addWidget(card)
        self.column.addStretch(1)

    def _to_entry(self, case: str, entry: str) -> None:
        self._shell.go(Place("case", case=case, tab="chronology", entry=entry))

    def _open(self, review: Review) -> Card:
        card = Card("Open on this case", gap=8)
        if not review.open:
            card.body.addWidget(
                Label("Nothing is owed in the next week, and nothing calls for a second look.", "quiet")
            )
        for number, item in enumerate(review.open):
            if number:
                card.body.addWidget(Line())
            card.body.addWidget(self._item(item))
        if review.more_open:
            card.body.addWidget(Label(f"and {review.more_open} more, on the case", "quiet"))
        return card

    def _item(self, item: Item) -> QWidget:
        held = QWidget()
        held.setAccessibleName(f"{item.asks}, {item.stands}")
        across = row(held, gap=8)
        across.addWidget(Icon(item.icon, item.tone), 0, Qt.AlignmentFlag.AlignTop)
        words = column(gap=1)
        words.addWidget(Label(item.asks))
        line = QWidget()
        flow = Flow(line, gap=12)
        flow.addWidget(Label(capital(item.stands), tone=item.tone, wrap=False))
        why = Button("Why?", lambda: self._shell.explain(item.asks, item.because), kind="source")
        why.setAccessibleName(f"Why: {item.asks}")
        flow.addWidget(why)
        words.addWidget(line)
        across.addLayout(words, 1)
        return held


class Lens(Card):
    """The inspectors' questions, folded away until they are asked for."""

    def __init__(self, review: Review, to_entry: Go) -> None:
        super().__init__("The inspectors' questions", gap=8)
        self._review, self._go = review, to_entry
        self._made: QWidget | None = None
        self.body.addWidget(
            Label("What in this record speaks to each, and what is missing. The judgement is yours.", "quiet")
        )
        self._turn = Button("Read the case against them", self.turn, icon="chevron-down", kind="link")
        self.body.addWidget(self._turn, 0, Qt.AlignmentFlag.AlignLeft)

    def turn(self) -> None:
        """Opens it, or folds it away."""
        if self._made is None:
            self._made = _lens(self._review, self._go)
            self.body.addWidget(self._made)
        else:
            self._made.setVisible(self._made.isHidden())
        folded = self._made.isHidden()
        self._turn.say(
            "Read the case against them" if folded else "Fold the questions away",
            "chevron-down" if folded else "chevron-up",
        )


def _changed(review: Review, to_entry: Go) -> Card:
    since = review.since
    card = Card("Since the last look" if since.on else "What is recorded", gap=6)
    card.body.addWidget(Label(since.looked, "quiet"))
    for change in since.changes:
        card.body.addWidget(_change(change, to_entry))
    if since.on and not since.changes:
        card.body.addWidget(Label("No level, date, address or person changed."))
    if since.written:
        card.body.addWidget(Line())
        card.body.addWidget(Label("Written since", "strong"))
        held = QWidget()
        flow = Flow(held, gap=10)
        for written in since.written:
            told = (
                f"{written.words}, the last {written.last}"
                if written.count > 1
                else f"{written.title}, {written.last}"
            )
            flow.addWidget(_link(told, written.entry, to_entry))
        card.body.addWidget(held)
    if since.on and not since.written:
        card.body.addWidget(Label("Nothing was written.", tone="warn"))
    return card


def _change(change: Change, to_entry: Go) -> QWidget:
    held = QWidget()
    held.setAccessibleName(change.words)
    lines = column(held, gap=0)
    head = QWidget()
    flow = Flow(head, gap=8)
    flow.addWidget(Label(change.what, "strong"))
    if change.entry:
        source = Button(change.since, lambda: to_entry(change.entry), kind="source")
        source.setAccessibleName(f"Open the entry: {change.words}")
        flow.addWidget(source)
    lines.addWidget(head)
    told = f"was {change.before}; now {change.after}" if change.before else change.after
    lines.addWidget(Label(told, copyable=True))
    return held


def _link(words: str, entry: str, to_entry: Go) -> Button:
    return Button(words, lambda: to_entry(entry), kind="source")


def _plan(review: Review, to_entry: Go) -> Card:
    card = Card("The plan, against what shows it happens", gap=8)
    card.body.addWidget(Label(review.plan, "quiet"))
    if not review.actions:
        card.body.addWidget(Label("No action is recorded in it.", tone="warn"))
    for number, action in enumerate(review.actions):
        if number:
            card.body.addWidget(Line())
        card.body.addWidget(_action(action, to_entry))
    return card


def _action(action: Action, to_entry: Go) -> QWidget:
    held = QWidget()
    held.setAccessibleName(f"{action.what}, {action.stands}")
    lines = column(held, gap=1)
    lines.addWidget(Label(action.what))
    line = QWidget()
    flow = Flow(line, gap=12)
    tone = "" if action.tone == "quiet" else action.tone
    flow.addWidget(Label(capital(action.stands), "quiet" if not tone else "", tone=tone))
    for words, entry in action.shown:
        flow.addWidget(_link(f"shown by {words}", entry, to_entry))
    lines.addWidget(line)
    return held


def _levels(levels: Iterable[Level]) -> Card:
    """Dated states beside one another: no sum, no line between them."""
    card = Card("Levels as recorded, the latest first", gap=8)
    for level in levels:
        held = QWidget()
        told = "; ".join(f"{words} on {day}" for day, words, _ in level.cells) or "not recorded"
        held.setAccessibleName(f"{level.name}: {told}")
        flow = Flow(held, gap=10)
        name = Label(level.name, "strong", wrap=False)
        name.setMinimumWidth(in_force().px(98))
        flow.addWidget(name)
        for day, words, tone in level.cells:
            flow.addWidget(_cell(day, words, tone))
        if not level.cells:
            flow.addWidget(Label("not recorded", "quiet", wrap=False))
        card.body.addWidget(held)
    return card


def _cell(day: str, words: str, tone: str) -> QWidget:
    held = QFrame()
    across = row(held, gap=6)
    across.addWidget(Pill(words, tone))
    across.addWidget(Label(day, "small", wrap=False))
    return held


def _lens(review: Review, to_entry: Go) -> QWidget:
    held = QWidget()
    lines = column(held, gap=8)
    part = ""
    for seen in review.seen:
        if seen.part != part:
            part = seen.part
            lines.addWidget(Line())
            lines.addWidget(Label(part, "heading"))
        lines.addWidget(_seen(seen, to_entry))
    lines.addWidget(Label(review.source, "small"))
    return held


def _seen(seen: Seen, to_entry: Go) -> QWidget:
    held = QWidget()
    held.setAccessibleName(seen.asks)
    lines = column(held, gap=2)
    lines.addWidget(Label(seen.asks, "strong"))
    if seen.speaks:
        line = QWidget()
        flow = Flow(line, gap=12)
        for words, entry in seen.speaks:
            flow.addWidget(_link(words, entry, to_entry))
        lines.addWidget(line)
    for says in seen.missing:
        lines.addWidget(Label(says, tone="warn"))
    return held
