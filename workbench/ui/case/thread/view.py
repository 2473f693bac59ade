"""The golden thread map on the screen."""

from __future__ import annotations

from functools import partial

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from workbench.ui.case.tab import Tab
from workbench.ui.case.thread import presenter
from workbench.ui.case.thread.presenter import Map
from workbench.ui.case.thread.table import Table
from workbench.ui.look.look import in_force
from workbench.ui.shell.place import Place, Shell
from workbench.ui.widgets.flow import Page, column
from workbench.ui.widgets.panels import Band

# From this width on (pixels at 100 %) the columns stand side by side.
_WIDE_FROM = 900


class Thread(Tab):
    """The map; it has the whole width, for it has four columns."""

    alone = True

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, parent)
        self._case = ""
        self._shown: Map | None = None
        self._wide = True
        lines = column(self)
        self._page = Page(margin=14)
        lines.addWidget(self._page)

    def arrive(self, place: Place) -> None:
        """Asks for the map; another case's is gone at once."""
        if place.case != self._case:
            self._page.clear()
            self._shown = None
        case = self._case = place.case
        self.shell.ask(lambda desk: presenter.thread(desk, case), self._show, key="thread")

    def help_page(self) -> str:
        """The guidance for it."""
        return "thread"

    def _show(self, found: Map) -> None:
        if found.case != self._case:
            return
        self._shown = found
        self._wide = self.width() >= in_force().px(_WIDE_FROM)
        self._page.clear()
        for form, title in found.missing:
            write = partial(self.shell.go, Place("form", case=self._case, form=form))
            says = f"There is no {title} yet, so the map is not whole."
            self._page.column.addWidget(Band(says, "info", f"Write it: {title}", write))
        for part in found.parts:
            plan = Place("form", case=self._case, form=part.form, entry=part.entry)
            write = partial(self.shell.go, plan)
            self._page.column.addWidget(Table(part, wide=self._wide, go=self._to_entry, write=write))
        self._page.column.addStretch(1)

    def _to_entry(self, entry: str) -> None:
        self.shell.go(Place("case", case=self._case, tab="chronology", entry=entry))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draws it anew where the columns come to stand otherwise."""
        super().resizeEvent(event)
        wide = event.size().width() >= in_force().px(_WIDE_FROM)
        if self._shown is not None and wide != self._wide:
            self._show(self._shown)
