"""The people around the person, on the screen."""

from __future__ import annotations

from workbench.ui.case.parts import PartsTab
from workbench.ui.case.people import presenter
from workbench.ui.shell.place import Place


class People(PartsTab):
    """People and agencies."""

    def arrive(self, place: Place) -> None:
        """Asks for them."""
        self.come_to(place)
        self.ask_parts(presenter.parts, "people-tab")
