"""The panel that says why: any date or warning in a sentence, with its rule, source, entries and arithmetic."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from workbench.models.results import Because, BecauseEntry
from workbench.ui.look.look import in_force
from workbench.ui.widgets.buttons import Button
from workbench.ui.widgets.flow import Page, column, row
from workbench.ui.widgets.text import Label, Pill
from workbench.ui.words import day_words, fact_words, value_words

CONFIDENCE = {
    "firm": ("Policy, read at its source", "good"),
    "check": ("Check local policy", "warn"),
    "empty": ("No figure is known", "plain"),
    "ours": ("Ours, not policy", "info"),
}
WIDTH = 360
_ALL = 16_777_215


class Why(QFrame):
    """The panel; `closed` is told when it goes away, `wanted` when an entry it rests on is to be seen."""

    closed = Signal()

    def __init__(self, wanted: Callable[[str], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("side", "true")
        self.setAccessibleName("Why")
        self._wanted = wanted
        lines = column(self)
        head = row(gap=6, margin=12)
        self._title = Label("Why", "heading")
        head.addWidget(self._title, 1)
        self._close = Button("Close", self.close_panel, icon="x", kind="icon")
        head.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        lines.addLayout(head)
        self._page = Page(margin=14)
        lines.addWidget(self._page, 1)
        self.hide()

    def stand(self, *, beside: bool) -> None:
        """Stands beside the screen, or in its place where there is no room for both."""
        self.setMinimumWidth(in_force().px(WIDTH) if beside else 0)
        self.setMaximumWidth(in_force().px(WIDTH) if beside else _ALL)

    def explain(self, title: str, because: Because) -> None:
        """Shows why."""
        self._title.say(title)
        self._page.clear()
        into = self._page.column
        words, tone = CONFIDENCE[because.confidence]
        into.addWidget(Pill(words, tone), 0, Qt.AlignmentFlag.AlignLeft)
        into.addWidget(Label(because.says, copyable=True))
        if because.arithmetic:
            _part(into, "How it is reckoned", because.arithmetic)
        if because.source is not None:
            told = f"{because.source.document}, {because.source.place} ({day_words(because.source.dated)})"
            _part(into, "Source", told)
        if because.entries:
            into.addWidget(Label("What it rests on", "strong"))
            for each in because.entries:
                into.addWidget(self._entry(each))
        # What would change it says the same in the words of the rules, where they have some.
        if because.unknown and not because.would_change:
            _part(into, "Not recorded", "\n".join(fact_words(name) for name in because.unknown))
        if because.would_change:
            _part(into, "What would change it", "\n".join(because.would_change))
        if because.note:
            _part(into, "Note", because.note)
        into.addWidget(Label(_rule_words(because), "small", copyable=True))
        into.addStretch(1)
        self.show()
        self._close.setFocus()

    def _entry(self, each: BecauseEntry) -> QWidget:
        """What an entry says, whole, and the way to it below: the words of a button do not wrap."""
        said = f"{fact_words(each.fact)}: {value_words(each.value)}" if each.fact else ""
        held = QWidget()
        lines = column(held, gap=0)
        if said:
            lines.addWidget(Label(said))
        words = f"Entry of {day_words(each.on)}"
        link = Button(words, lambda: self._wanted(each.entry), icon="file-text", kind="link")
        link.setAccessibleName(f"{said}. {words}" if said else words)
        lines.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
        return held

    def close_panel(self) -> None:
        """Closes the panel."""
        self.hide()
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes it."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_panel()
            return
        super().keyPressEvent(event)


def _part(into: QVBoxLayout, title: str, says: str) -> None:
    into.addWidget(Label(title, "strong"))
    into.addWidget(Label(says, copyable=True))


def _rule_words(because: Because) -> str:
    text = f", text {because.text}" if because.text is not None else ""
    return f"Rule {because.rule}{text}, book: {because.book}"
