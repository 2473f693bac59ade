"""Who looked: the log, the newest first, page by page as one scrolls."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollBar, QWidget

from workbench.casework.looks import FROM_THE_END
from workbench.models.amounts import counted
from workbench.ui.shell.place import Place, Shell
from workbench.ui.trust import presenter
from workbench.ui.trust.part import Part
from workbench.ui.trust.presenter import KINDS, Page
from workbench.ui.widgets.buttons import Button, Choice
from workbench.ui.widgets.filled import Filled
from workbench.ui.widgets.flow import column
from workbench.ui.widgets.inputs import SearchField
from workbench.ui.widgets.row import Row
from workbench.ui.widgets.rows import Rows
from workbench.ui.widgets.text import Label


class LogPart(Part):
    """The log of who looked; a row about a case opens it."""

    title = "Who looked"

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, parent)
        self._rows: tuple[Row, ...] = ()
        self._before = FROM_THE_END
        self._more = self._asking = False
        self._page = Filled()
        column(self).addWidget(self._page)
        lines = self._page.column
        lines.addWidget(
            Label(
                "Every look, search, entry and copy on this device. Rows cannot be changed; each carries a mark of "
                "the one before. Opening Help and support is never in it.",
                "quiet",
            )
        )
        self._search = SearchField("Search the log", "Name, CRN or word")
        self._search.asked.connect(lambda _: self._ask())
        lines.addWidget(self._search)
        self._kind = Choice("Show", KINDS)
        self._kind.choose("")
        self._kind.chosen.connect(lambda _: self._ask())
        lines.addWidget(self._kind)
        self._count = Label("", "quiet")
        lines.addWidget(self._count)
        self._list = Rows("Who looked, the newest first", lines=2)
        self._list.opened.connect(self._open)
        self._page.fill(self._list)
        for bar in (self._list.verticalScrollBar(), self._page.verticalScrollBar()):
            bar.valueChanged.connect(lambda at, bar=bar: self._scrolled(bar, at))
        self._older = Button("Show older rows", self._ask_more, kind="link")
        lines.addWidget(self._older, 0, Qt.AlignmentFlag.AlignLeft)

    def arrive(self, place: Place) -> None:
        """Asks for the newest."""
        self._ask()

    def first(self) -> QWidget | None:
        """The search field."""
        return self._search

    def find_here(self) -> None:
        """Goes to the search field."""
        self._search.setFocus()
        self._search.selectAll()

    def _ask(self) -> None:
        self._rows, self._before = (), FROM_THE_END
        self._ask_more()

    def _ask_more(self) -> None:
        kind, words, before = self._kind.current(), self._search.text(), self._before
        self._asking = True
        self.shell.ask(lambda desk: presenter.log(desk, kind, words, before), self._show, key="log")

    def _show(self, page: Page) -> None:
        self._asking = False
        self._rows = (*self._rows, *page.rows)
        self._before, self._more = page.before, page.more
        bars = self._list.verticalScrollBar(), self._page.verticalScrollBar()
        at = bars[0].value() if len(self._rows) > len(page.rows) else 0, bars[1].value()
        self._list.show_rows(self._rows)
        # Laid out now, so that there is something to scroll back to.
        self._list.doItemsLayout()
        for bar, value in zip(bars, at, strict=True):
            bar.setValue(value)
        shown = counted(len(self._rows), "row")
        self._count.say(f"The newest {shown}; scroll for older ones" if self._more else shown)
        self._older.setVisible(self._more)

    def _scrolled(self, bar: QScrollBar, at: int) -> None:
        """Asks for older rows before the end is reached."""
        if self._more and not self._asking and bar.maximum() and at > bar.maximum() - 2 * bar.pageStep():
            self._ask_more()

    def _open(self, key: str) -> None:
        case = key.partition(":")[2]
        if case:
            self.shell.go(Place("case", case=case))
