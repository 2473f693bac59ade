"""The guide on the screen: a list of pages at the left, the page beside it, a search over all of them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QWidget

from workbench.ui.guidance import presenter
from workbench.ui.guidance.blocks import show
from workbench.ui.guidance.presenter import SECTIONS, Guide
from workbench.ui.look.look import in_force
from workbench.ui.shell.place import Place, Screen, Shell
from workbench.ui.widgets.buttons import Button, Choice
from workbench.ui.widgets.flow import Page, column, row
from workbench.ui.widgets.inputs import SearchField
from workbench.ui.widgets.rows import Rows
from workbench.ui.widgets.text import Label

_LIST = 320
_BESIDE_FROM = 860
_WIDEST = 780


class GuidanceScreen(Screen):
    """The guide; a place names its page in `words`."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, parent)
        self.setAccessibleName("Guidance")
        self._guide: Guide | None = None
        self._key = presenter.PAGES[0]
        across = row(self, gap=0)
        self._side = self._list()
        across.addWidget(self._side)
        self._reading = QWidget()
        lines = column(self._reading, gap=0)
        self._all = Button("All pages", self._show_list, icon="arrow-left", kind="link")
        above = row(margin=12)
        above.addWidget(self._all, 0, Qt.AlignmentFlag.AlignLeft)
        lines.addLayout(above)
        self._page = Page(width=_WIDEST)
        lines.addWidget(self._page, 1)
        across.addWidget(self._reading, 1)
        self._listing = False

    def _list(self) -> QFrame:
        side = QFrame()
        side.setProperty("side", "left")
        look = in_force()
        lines = column(side, gap=10)
        lines.setContentsMargins(look.gap(14), look.gap(16), 0, 0)
        lines.addWidget(Label("Guidance", "title", wrap=False))
        inner = column(gap=10)
        inner.setContentsMargins(0, 0, look.gap(14), 0)
        self._search = SearchField("Search the guidance", "Search the guidance")
        self._search.asked.connect(lambda _: self._fill())
        self._search.returnPressed.connect(self._open_first)
        inner.addWidget(self._search)
        self._section = Choice("Parts of the guidance", SECTIONS)
        self._section.choose("guide")
        self._section.chosen.connect(lambda _: self._turn())
        inner.addWidget(self._section)
        lines.addLayout(inner)
        self._rows = Rows("Pages", lines=2)
        self._rows.opened.connect(lambda key: self.shell.go(Place("guidance", words=key)))
        lines.addWidget(self._rows, 1)
        return side

    # Coming and going

    def arrive(self, place: Place) -> None:
        """Shows a page; the first where none is named."""
        self._key = place.words or presenter.PAGES[0]
        self._listing = False
        if self._guide is None:
            self.shell.ask(presenter.guide, self._take, key="guide")
        else:
            self._show()

    def here(self) -> Place:
        """With the page that is open."""
        return Place("guidance", words=self._key)

    def first(self) -> QWidget | None:
        """The list, where it is in sight."""
        return self._rows if self._side.isVisibleTo(self) else self._all

    def find_here(self) -> None:
        """Goes to the search field."""
        self._show_list()
        self._search.setFocus()
        self._search.selectAll()

    def help_page(self) -> str:
        """The page on how to use the guide is the first."""
        return presenter.PAGES[0]

    # Showing

    def _take(self, guide: Guide) -> None:
        self._guide = guide
        self._show()

    def _show(self) -> None:
        if self._guide is None:
            return
        topic = self._guide.topic(self._key)
        self._key = topic.key
        if not self._search.text():
            self._section.choose(topic.section)
        self._fill()
        self._page.clear()
        self._page.verticalScrollBar().setValue(0)
        self._page.column.addWidget(Label(topic.title, "display"))
        show(topic.blocks, self._page.column, lambda key: self.shell.go(Place("guidance", words=key)))
        self._page.column.addStretch(1)
        self._page.setAccessibleName(topic.title)
        self._give_way()

    def _fill(self) -> None:
        if self._guide is not None:
            self._rows.show_rows(presenter.rows(self._guide, self._section.current(), self._search.text()))
            self._rows.choose(self._key)

    def _turn(self) -> None:
        self._search.clear()
        self._fill()

    def _open_first(self) -> None:
        if self._guide is not None:
            found = presenter.rows(self._guide, self._section.current(), self._search.text())
            if found:
                self.shell.go(Place("guidance", words=found[0].key))

    def _show_list(self) -> None:
        self._listing = True
        self._give_way()

    def _give_way(self) -> None:
        """List and page side by side, or one of the two where there is no room for both."""
        look = in_force()
        beside = self.width() >= look.px(_BESIDE_FROM)
        self._side.setVisible(beside or self._listing)
        self._reading.setVisible(beside or not self._listing)
        self._all.setVisible(not beside)
        self._side.setMaximumWidth(look.px(_LIST) if beside else 16_777_215)
        self._side.setMinimumWidth(look.px(_LIST) if beside else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Gives way."""
        super().resizeEvent(event)
        self._give_way()
