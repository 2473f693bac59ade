"""Who looked: the log, the newest first, page by page as one scrolls."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from workbench.casework.looks import FROM_THE_END
from workbench.ui.look.look import in_force
from workbench.ui.shell.place import Place, Shell
from workbench.ui.trust import presenter
from workbench.ui.trust.part import Part
from workbench.ui.trust.presenter import KINDS, Page
from workbench.ui.widgets.buttons import Button, Choice
from workbench.ui.widgets.flow import column
from workbench.ui.widgets.inputs import SearchField
from workbench.ui.widgets.row import Row
from workbench.ui.widgets.rows import Rows
from workbench.ui.widgets.text import Label

_LOW = 400


class LogPart(Part):
    """The log of who looked; a row about a case opens it."""

    title = "Who looked"

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, parent)
        self._rows: tuple[Row, ...] = ()
        self._before = FROM_THE_END
        self._more = self._asking = False
        lines = column(self, gap=10, margin=24)
        self._about = Label(
            "Every look, search, entry and copy on this device. Rows cannot be changed; each carries a mark of "
            "the one before. Opening Help and support is never in it.",
            "quiet",
        )
        lines.addWidget(self._about)
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
        self._list.verticalScrollBar().valueChanged.connect(self._scrolled)
        lines.addWidget(self._list, 1)
        self._older = Button("Show older rows", self._ask_more, kind="link")
        lines.addWidget(self._older)

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
        at = self._list.verticalScrollBar().value() if len(self._rows) > len(page.rows) else 0
        self._list.show_rows(self._rows)
        # Laid out now, so that there is something to scroll back to.
        self._list.doItemsLayout()
        self._list.verticalScrollBar().setValue(at)
        shown = f"{len(self._rows):,} rows" if len(self._rows) != 1 else "1 row"
        self._count.say(f"The newest {shown}; scroll for older ones" if self._more else shown)
        self._older.setVisible(self._more)

    def _scrolled(self, at: int) -> None:
        """Asks for older rows before the end is reached."""
        bar = self._list.verticalScrollBar()
        if self._more and not self._asking and bar.maximum() and at > bar.maximum() - 2 * bar.pageStep():
            self._ask_more()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leaves the words above away where the list needs the room."""
        super().resizeEvent(event)
        high = event.size().height() >= in_force().px(_LOW)
        for words in (self._about, self._count):
            words.setVisible(high)

    def _open(self, key: str) -> None:
        case = key.partition(":")[2]
        if case:
            self.shell.go(Place("case", case=case))
