"""Conditions and devices on the screen."""

from __future__ import annotations

from workbench.ui.case.conditions import presenter
from workbench.ui.case.parts import PartsTab
from workbench.ui.shell.place import Place


class Conditions(PartsTab):
    """Conditions and devices."""

    def arrive(self, place: Place) -> None:
        """Asks for them."""
        self.come_to(place)
        self.ask_parts(presenter.parts, "conditions")
