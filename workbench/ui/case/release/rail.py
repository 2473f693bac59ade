"""The week rail: the weeks before a day, each with what is owed or planned in it; today's week says so."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QWidget

from workbench.ui.case.release.presenter import Owed, Week
from workbench.ui.look.look import in_force
from workbench.ui.shell.place import Place, Shell
from workbench.ui.widgets.buttons import Button
from workbench.ui.widgets.flow import Flow, column, row
from workbench.ui.widgets.panels import Card, Icon, Line
from workbench.ui.widgets.text import Label, Pill


class Rail(Card):
    """The weeks, the earliest first."""

    def __init__(
        self, shell: Shell, case: str, weeks: tuple[Week, ...], parent: QWidget | None = None
    ) -> None:
        super().__init__("The weeks before", gap=6, parent=parent)
        self._shell, self._case = shell, case
        for number, week in enumerate(weeks):
            if number:
                self.body.addWidget(Line())
            self.body.addWidget(self._week(week))

    def _week(self, week: Week) -> QWidget:
        held = QFrame()
        told = f"{len(week.owed)} thing{'s' if len(week.owed) != 1 else ''}" if week.owed else "nothing"
        held.setAccessibleName(f"{week.name}, {week.begins}: {told}{', this week' if week.now else ''}")
        lines = column(held, gap=4)
        head = QWidget()
        flow = Flow(head, gap=8)
        flow.addWidget(Label(week.name, "strong" if week.owed or week.now else "quiet", wrap=False))
        if week.begins:
            flow.addWidget(Label(week.begins, "small", wrap=False))
        if week.now:
            flow.addWidget(Pill("This week", "info"))
        lines.addWidget(head)
        for owed in week.owed:
            lines.addWidget(self._owed(owed))
        return held

    def _owed(self, owed: Owed) -> QWidget:
        held = QWidget()
        held.setAccessibleName(f"{owed.asks}, {owed.stands}")
        across = row(held, gap=8)
        across.setContentsMargins(in_force().gap(6), 0, 0, 0)
        across.addWidget(Icon(owed.icon, owed.tone, 16), 0, Qt.AlignmentFlag.AlignTop)
        words = column(gap=1)
        words.addWidget(Label(owed.asks))
        line = QWidget()
        flow = Flow(line, gap=10)
        flow.addWidget(Label(owed.stands, "small" if owed.tone == "quiet" else "", tone=owed.tone))
        for way in self._ways(owed):
            flow.addWidget(way)
        words.addWidget(line)
        across.addLayout(words, 1)
        return held

    def _ways(self, owed: Owed) -> list[Button]:
        ways: list[Button] = []
        if owed.because is not None:
            why = Button("Why?", partial(self._shell.explain, owed.asks, owed.because), kind="source")
            why.setAccessibleName(f"Why: {owed.asks}")
            ways.append(why)
        if owed.form:
            place = Place("form", case=self._case, form=owed.form)
            go = Button(owed.title, partial(self._shell.go, place), kind="source")
            go.setAccessibleName(f"{owed.title}, for: {owed.asks}")
            ways.append(go)
        if owed.entry:
            place = Place("case", case=self._case, tab="chronology", entry=owed.entry)
            source = Button("Where it stands", partial(self._shell.go, place), kind="source")
            source.setAccessibleName(f"Open the entry: {owed.asks}, {owed.stands}")
            ways.append(source)
        return ways
