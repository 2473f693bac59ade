"""About: the version, and everything the program is made of with its licence."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QWidget

from workbench.ui.guidance.blocks import show
from workbench.ui.guidance.pages import Block
from workbench.ui.shell.place import Place, Shell
from workbench.ui.trust import presenter
from workbench.ui.trust.part import Sheet
from workbench.ui.widgets.panels import Card
from workbench.ui.widgets.text import Label


class About(Sheet):
    """The program."""

    title = "About"

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, parent)
        card = Card("This program")
        _pairs(card, presenter.program())
        card.body.addWidget(
            Label(
                "It never goes on line: no updates, no measurements, no pictures or letters from elsewhere.",
                "quiet",
            )
        )
        made = Card("What it is made of")
        _pairs(made, ((each.name, f"{each.use}. {each.licence}") for each in presenter.made_of()))
        made.body.addWidget(Label("The full licences lie in the program's folder.", "quiet"))
        for each in (card, made):
            self.column.addWidget(each)
        self.column.addStretch(1)

    def arrive(self, place: Place) -> None:
        """It stands as it is."""


def _pairs(card: Card, values: Iterable[tuple[str, str]]) -> None:
    show((Block("pair", name, value) for name, value in values), card.body, lambda _: None)
