"""Parts that are pages of the guide: what the workbench protects, and help for the person at it."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from workbench.ui.guidance import pages
from workbench.ui.guidance.blocks import show
from workbench.ui.shell.place import Place, Shell
from workbench.ui.trust.part import Sheet
from workbench.ui.widgets.text import Label


class _Written(Sheet):
    """A page of the guide; it asks the desk for nothing, so that reading it leaves no trace."""

    page = ""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, parent)
        found = pages.read(self.page)
        self.column.addWidget(Label(found.title, "title"))
        show(found.blocks, self.column, lambda key: shell.go(Place("guidance", words=key)))
        self.column.addStretch(1)


class Protects(_Written):
    """What the workbench protects, from whom, and what it cannot do."""

    title = "What this protects"
    help_page = page = "protects"


class Support(_Written):
    """Structured Professional Support and the helpline; opening it is never logged or counted."""

    title = "Help and support"
    help_page = page = "support"
