"""The plan on the screen."""

from __future__ import annotations

from functools import partial

from workbench.ui.case.facts import Part
from workbench.ui.case.parts import PartsTab
from workbench.ui.case.plan import presenter
from workbench.ui.shell.place import Place
from workbench.ui.widgets.panels import Nothing


class Plan(PartsTab):
    """The plan, and whether it happens."""

    def arrive(self, place: Place) -> None:
        """Asks for the plan."""
        self.come_to(place)
        case = place.case

        def show(parts: tuple[Part, ...]) -> None:
            if case != self.case:
                return
            self.clear()
            self.show_parts(parts)
            if not parts:
                write = partial(self.shell.go, Place("form", case=case, form="risk-management-plan"))
                self.top.addWidget(
                    Nothing(
                        "No plan yet",
                        "The risk management plan will stand here, each action with what shows that it happened.",
                        "Write the plan",
                        write,
                        icon="target",
                    )
                )

        self.shell.ask(lambda desk: presenter.parts(desk, case), show, key="plan")
