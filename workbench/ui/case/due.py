"""Beside every tab: what is due, the risk by group, the conditions in force."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QWidget

from workbench.models.amounts import counted
from workbench.ui.case.presenter import Due, Head
from workbench.ui.shell.place import Place, Shell
from workbench.ui.widgets.buttons import Button
from workbench.ui.widgets.flow import Flow, Page, column, row
from workbench.ui.widgets.panels import Card, Icon, Line
from workbench.ui.widgets.text import Label, Pill

SHOWN = 5


class DueColumn(QFrame):
    """The column; a tab of its own where the window is narrow."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Due on this case")
        self._shell = shell
        self._shown: Head | None = None
        self._page = Page(margin=12)
        column(self).addWidget(self._page)

    def show_head(self, head: Head) -> None:
        """Draws it; what stands there already is left, so that going from tab to tab builds nothing."""
        if head == self._shown:
            return
        self._shown = head
        self._page.clear()
        self._page.column.addWidget(self._due(head))
        self._page.column.addWidget(self._risk(head))
        self._page.column.addWidget(self._conditions(head))
        self._page.column.addStretch(1)

    def _due(self, head: Head) -> Card:
        card = Card("Due on this case", gap=8)
        if not head.due:
            card.body.addWidget(Label("Nothing is due in the next week.", "quiet"))
        for number, due in enumerate(head.due):
            if number:
                card.body.addWidget(Line())
            card.body.addWidget(self._one(head, due))
        return card

    def _one(self, head: Head, due: Due) -> QWidget:
        held = QWidget()
        held.setAccessibleName(f"{due.asks}, {due.stands}")
        across = row(held, gap=8)
        across.addWidget(Icon(due.icon, due.tone), 0, Qt.AlignmentFlag.AlignTop)
        words = column(gap=2)
        words.addWidget(Label(due.asks, "strong"))
        words.addWidget(Label(due.stands, tone=due.tone))
        for asks, state in due.steps[:SHOWN]:
            words.addWidget(Label(f"{asks}: {state}", "small"))
        if len(due.steps) > SHOWN:
            words.addWidget(Label(f"and {counted(len(due.steps) - SHOWN, 'more step')}", "small"))
        acts = QWidget()
        act = Flow(acts, gap=10)
        why = Button("Why?", lambda: self._shell.explain(due.asks, due.because), kind="link")
        why.setAccessibleName(f"Why: {due.asks}")
        act.addWidget(why)
        if due.action.form:
            go = Button(
                due.action.words,
                lambda: self._shell.go(Place("form", case=head.case, form=due.action.form)),
                kind="link",
                icon="pencil",
            )
            act.addWidget(go)
        if due.sits:
            sit = Button("One sitting", lambda: self._shell.go(Place("sitting", case=head.case)), kind="link")
            sit.setAccessibleName(f"One sitting, for: {due.asks}")
            act.addWidget(sit)
        words.addWidget(acts)
        if due.settle:
            where = Place("form", case=head.case, form=due.settle, given=due.settled_by)
            settle = Button(due.settle_words, lambda: self._shell.go(where), kind="source")
            settle.setAccessibleName(f"{due.settle_words}: {due.asks}")
            words.addWidget(settle, 0, Qt.AlignmentFlag.AlignLeft)
        across.addLayout(words, 1)
        return held

    def _risk(self, head: Head) -> Card:
        card = Card("Risk of serious harm", gap=6)
        for risk in head.risks:
            across = row()
            across.addWidget(Label(risk.group), 1)
            across.addWidget(Pill(risk.level.capitalize(), risk.tone))
            card.body.addLayout(across)
        if head.assessed:
            card.body.addWidget(Label(head.assessed, "small"))
        return card

    def _conditions(self, head: Head) -> Card:
        card = Card(f"Conditions in force: {len(head.conditions)}", gap=6)
        for words in head.conditions[:4]:
            card.body.addWidget(Label(words, "quiet"))
        where = Place("case", case=head.case, tab="conditions")
        all_ = Button("All conditions", lambda: self._shell.go(where), kind="link")
        card.body.addWidget(all_, 0, Qt.AlignmentFlag.AlignLeft)
        return card
