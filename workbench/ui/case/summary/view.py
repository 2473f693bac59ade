"""A case on one page, on the screen."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from workbench.ui.case.parts import PartsTab
from workbench.ui.case.summary import presenter
from workbench.ui.case.summary.presenter import Page, Remark
from workbench.ui.shell.place import Place
from workbench.ui.widgets.buttons import Button
from workbench.ui.widgets.flow import Flow
from workbench.ui.widgets.panels import Card
from workbench.ui.widgets.text import Label, Pill


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
        card = Card("To be looked at", gap=10)
        for remark in remarks:
            held = QWidget()
            flow = Flow(held, gap=8)
            flow.addWidget(Pill(remark.level, remark.tone))
            why = Button("Why?", partial(self.shell.explain, remark.says, remark.because), kind="link")
            why.setAccessibleName(f"Why: {remark.says}")
            flow.addWidget(why)
            if remark.entry:
                flow.addWidget(self.to_entry("The entry", remark.entry))
            card.body.addWidget(Label(remark.says))
            card.body.addWidget(held)
        return card
