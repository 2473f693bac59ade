"""One tab of a case: it asks for what it shows when somebody comes to it, and again when something changed."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from workbench.ui.shell.place import Place, Shell


class Tab(QWidget):
    """The base of every tab; one that is `alone` has the whole width, without what is due beside it."""

    alone = False

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shell = shell
        self.setProperty("ground", "true")

    def arrive(self, place: Place) -> None:
        """Asks for this tab of a case and draws it when it comes."""

    def first(self) -> QWidget | None:
        """Where the cursor goes on arrival."""
        return None

    def find_here(self) -> None:
        """Ctrl+F: find in this tab."""

    def on_paper(self) -> Place | None:
        """Ctrl+P: where what is open in this tab is put on paper; None where that is a report on the case."""
        return None

    def help_page(self) -> str:
        """The page of the guidance for it."""
        return "case"
