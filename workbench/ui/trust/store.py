"""This store: whose it is, where it lies, how much it holds."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from workbench.ui.guidance.blocks import show
from workbench.ui.guidance.pages import Block
from workbench.ui.shell.place import Place, Shell
from workbench.ui.trust import presenter
from workbench.ui.trust.part import Sheet
from workbench.ui.widgets.flow import empty
from workbench.ui.widgets.panels import Card


class StorePart(Sheet):
    """What this store is."""

    title = "This store"

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, parent)
        self._card = Card()
        self.column.addWidget(self._card)
        self.column.addStretch(1)

    def arrive(self, place: Place) -> None:
        """Asks what it is now."""
        self.shell.ask(presenter.store, self._show, key="store")

    def _show(self, values: tuple[tuple[str, str], ...]) -> None:
        empty(self._card.body)
        show((Block("pair", name, value) for name, value in values), self._card.body, lambda _: None)
