"""The caseload on the screen: search as you type, filters that are words, a table or a list as there is room."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from workbench.models.amounts import counted
from workbench.ui.caseload import presenter
from workbench.ui.caseload.presenter import COLUMNS, Caseload
from workbench.ui.caseload.table import PeopleTable
from workbench.ui.look.look import in_force
from workbench.ui.shell.place import Place, Screen, Shell
from workbench.ui.widgets.buttons import Button, Choice
from workbench.ui.widgets.filled import Filled, OneOf
from workbench.ui.widgets.flow import column, row
from workbench.ui.widgets.inputs import Choose, SearchField
from workbench.ui.widgets.panels import Nothing
from workbench.ui.widgets.rows import Rows
from workbench.ui.widgets.text import Label

_LIST_BELOW = 950


class CaseloadScreen(Screen):
    """Everybody held."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, parent)
        self.setAccessibleName("Caseload")
        self._found: Caseload | None = None
        self._sort = (-1, False)
        self._page = Filled()
        self._page.stood.connect(lambda _: self._show())
        column(self).addWidget(self._page)
        lines = self._page.column
        lines.setSpacing(in_force().gap(12))
        head = row(gap=12)
        head.addWidget(Label("Caseload", "display", wrap=False))
        head.addStretch(1)
        self._count = Label("", "quiet", wrap=False)
        head.addWidget(self._count)
        head.addWidget(
            Button(
                "Register a person",
                lambda: shell.go(Place("form", form="registration")),
                icon="plus",
                kind="primary",
            )
        )
        lines.addLayout(head)
        self._search = SearchField("Search the caseload", "Name or CRN")
        self._search.asked.connect(lambda _: self._show())
        self._search.returnPressed.connect(self._open_first)
        lines.addWidget(self._search)
        lines.addLayout(self._tools())
        self._stack = OneOf()
        self._table, self._rows = PeopleTable(), Rows("Caseload")
        self._table.opened.connect(self._open)
        self._table.sorted_by.connect(self._sorted)
        self._rows.opened.connect(self._open)
        self._nobody = Nothing("Nobody", "", icon="users")
        for widget in (self._table, self._rows, self._nobody):
            self._stack.add(widget)
        self._page.fill(self._stack)

    def _tools(self) -> QHBoxLayout:
        """Filters, and the order."""
        self._filter = Choice("Show", presenter.FILTERS)
        self._filter.choose("due")
        self._filter.chosen.connect(lambda _: self._filtered())
        tools = row(gap=8)
        tools.addWidget(self._filter, 1)
        # The headings sort by a click; this does the same from the keyboard.
        self._order = Choose("Sort by", {"": "Sort by…", **{str(n): name for n, name in enumerate(COLUMNS)}})
        self._order.activated.connect(lambda _: self._sort_from_list())
        tools.addWidget(self._order, 0, Qt.AlignmentFlag.AlignTop)
        return tools

    def arrive(self, place: Place) -> None:
        """Reads the caseload anew."""
        self.shell.ask(presenter.caseload, self._take, key="caseload")

    def first(self) -> QWidget | None:
        """The search field."""
        return self._search

    def help_page(self) -> str:
        """The guidance for this screen."""
        return "caseload"

    def find_here(self) -> None:
        """Goes to the search field."""
        self._search.setFocus()
        self._search.selectAll()

    def _take(self, found: Caseload) -> None:
        self._found = found
        self._show()

    def _filtered(self) -> None:
        self._sort = (-1, False)
        self._table.unsorted()
        self._show()

    def _sort_from_list(self) -> None:
        self._table.sort_by(int(self._order.key() or -1))

    def _sorted(self, by: int, down: bool) -> None:
        self._sort = (by, down)
        self._order.choose(str(by) if by >= 0 else "")
        self._show()

    def _show(self) -> None:
        found = self._found
        if found is None:
            return
        by, down = self._sort
        people = presenter.chosen(found, self._search.text(), self._filter.current(), by, down=down)
        self._count.say(f"{len(people):,} of {counted(len(found.people), 'person', 'people')}")
        if not people:
            self._show_nobody(found)
            return
        if self._page.whole or self.width() < in_force().px(_LIST_BELOW):
            self._rows.show_rows(presenter.rows(people, found.today))
            self._stack.choose(self._rows)
        else:
            self._table.show_people(people, found.today)
            self._stack.choose(self._table)

    def _show_nobody(self, found: Caseload) -> None:
        nobody = Nothing(*presenter.nobody(found, self._search.text(), self._filter.current()), icon="users")
        self._stack.put_instead(self._nobody, nobody)
        self._nobody = nobody

    def _open_first(self) -> None:
        """Enter in the search field opens the first who fits."""
        if self._found is not None:
            people = presenter.chosen(
                self._found, self._search.text(), self._filter.current(), *self._sort[:1]
            )
            if people:
                self._open(people[0].case)

    def _open(self, case: str) -> None:
        self.shell.go(Place("case", case=case))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Table or list, as there is room."""
        super().resizeEvent(event)
        self._show()
