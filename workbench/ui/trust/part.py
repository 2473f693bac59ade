"""What each part of the settings has in common."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from workbench.ui.shell.place import Place, Shell
from workbench.ui.widgets.flow import Page


class Part(Page):
    """One part: a column of cards that scrolls."""

    title = ""
    help_page = "settings"

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(width=900, parent=parent)
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
