"""A case on one page, on the screen."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from workbench.ui.case.parts import PartsTab
from workbench.ui.case.summary import presenter
from workbench.ui.case.summary.presenter import Page, Remark
from workbench.ui.shell.place import Place
from workbench.ui.widgets.buttons import Button
from workbench.ui.widgets.flow import Flow, column
from workbench.ui.widgets.panels import Card, Line
from workbench.ui.widgets.text import Label, Pill

# How many entries one remark names.
ENTRIES = 4


class Summary(PartsTab):
    """The page: what changed, what to look at, then the parts."""

    def arrive(self, place: Place) -> None:
        """Asks for the page."""
        self.come_to(place)
        case = place.case
        self.shell.ask(lambda desk: presenter.page(desk, case), self._show, key="summary")

    def _show(self, page: Page) -> None:
        if page.case != self.case:
            return
        self.clear()
        if page.news:
            self.top.addWidget(self._news(page))
        if page.remarks:
            self.top.addWidget(self._remarks(page.remarks))
        self.show_parts(page.parts)

    def _news(self, page: Page) -> Card:
        card = Card(f"What changed {page.since}", gap=2)
        for news in page.news:
            card.body.addWidget(self.to_entry(news.title, news.entry))
        if page.more_news:
            card.body.addWidget(Label(f"and {page.more_news} more in the chronology", "quiet"))
        return card

    def _remarks(self, remarks: tuple[Remark, ...]) -> Card:
        card = Card("To be looked at", gap=8)
        for number, remark in enumerate(remarks):
            if number:
                card.body.addWidget(Line())
            card.body.addWidget(self._remark(remark))
        return card

    def _remark(self, remark: Remark) -> QWidget:
        """What it says, then its level, why, and the entries it is about."""
        held = QWidget()
        lines = column(held, gap=2)
        lines.addWidget(Label(remark.says))
        row = QWidget()
        flow = Flow(row, gap=8)
        flow.addWidget(Pill(remark.level, remark.tone))
        if remark.times > 1:
            flow.addWidget(Label(f"{remark.times} times", "quiet", wrap=False))
        why = Button("Why?", partial(self.shell.explain, remark.says, remark.because), kind="link")
        why.setAccessibleName(f"Why: {remark.says}")
        flow.addWidget(why)
        for words, entry in remark.entries[:ENTRIES]:
            flow.addWidget(self.to_entry(words, entry, source=f"{words}: {remark.says}"))
        if len(remark.entries) > ENTRIES:
            more = len(remark.entries) - ENTRIES
            flow.addWidget(Label(f"and {more} more in the chronology", "small", wrap=False))
        lines.addWidget(row)
        return held
