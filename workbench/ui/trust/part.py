"""What each part of the settings has in common."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from workbench.ui.shell.place import Place, Shell
from workbench.ui.widgets.flow import Page, column

WIDEST = 900


class Part(QWidget):
    """One part of the settings."""

    title = ""
    help_page = "settings"

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shell = shell
        self.setAccessibleName(self.title)

    def arrive(self, place: Place) -> None:
        """Asks for what it shows."""

    def leave(self) -> None:
        """Is told before another place is shown."""

    def first(self) -> QWidget | None:
        """Where the cursor goes on arrival."""
        return None

    def mark(self) -> str:
        """Where in it one is, for the way back."""
        return ""

    def find_here(self) -> None:
        """Finds in it."""


class Sheet(Part):
    """A part that is a column of cards and scrolls."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, parent)
        page = Page(width=WIDEST)
        column(self).addWidget(page)
        self.column = page.column
