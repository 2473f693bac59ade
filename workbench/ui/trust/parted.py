"""A screen of several parts: one tab for each, made when somebody first goes there."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QStackedWidget, QWidget

from workbench.ui.look.look import in_force
from workbench.ui.shell.place import Place, Screen, Shell
from workbench.ui.trust.part import Part
from workbench.ui.widgets.buttons import Choice
from workbench.ui.widgets.flow import column
from workbench.ui.widgets.text import Label

_LOW = 480


class PartedScreen(Screen):
    """A screen whose place names its part in `tab`, and in `words` where in it the cursor is to be.

    `screen` is its key in the register; an unknown tab is the first of `parts`.
    """

    def __init__(
        self,
        shell: Shell,
        screen: str,
        title: str,
        parts: Mapping[str, type[Part]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(shell, parent)
        self.setAccessibleName(title)
        self._screen = screen
        self._parts = parts
        self._made: dict[str, Part] = {}
        self.tab = next(iter(parts))
        self.lines = column(self, gap=0)
        head = QFrame()
        head.setProperty("head", "true")
        look = in_force()
        inner = column(head, gap=8)
        inner.setContentsMargins(look.gap(24), look.gap(14), look.gap(24), 0)
        self._title = Label(title, "display")
        inner.addWidget(self._title)
        self.tabs = Choice(
            f"Parts of {title.lower()}", {key: part.title for key, part in parts.items()}, "tab"
        )
        self.tabs.chosen.connect(lambda tab: self.shell.go(Place(screen, tab=tab)))
        inner.addWidget(self.tabs)
        self.lines.addWidget(head, 0, Qt.AlignmentFlag(0))
        self._stack = QStackedWidget()
        self.lines.addWidget(self._stack, 1)

    def arrive(self, place: Place) -> None:
        """Shows a part."""
        self.tab = place.tab if place.tab in self._parts else next(iter(self._parts))
        self.tabs.choose(self.tab)
        part = self.part()
        self._stack.setCurrentWidget(part)
        self.give_way()
        part.arrive(place)

    def here(self) -> Place:
        """With the part one is at, and what is open in it."""
        return Place(self._screen, tab=self.tab, words=self.part().mark())

    def leave(self) -> None:
        """Tells the part, which lets go what was typed and not used."""
        self.part().leave()

    def first(self) -> QWidget | None:
        """The first place of the part, else its tab."""
        return self.part().first() or self.tabs.button(self.tab)

    def help_page(self) -> str:
        """The guidance for the part."""
        return self.part().help_page

    def find_here(self) -> None:
        """Finds in the part, where it can."""
        self.part().find_here()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Gives way where there is little room."""
        super().resizeEvent(event)
        self.give_way()

    def give_way(self) -> bool:
        """Leaves the title away where the part needs the room, the tab says where one is; gives whether it stands."""
        high = self.height() >= in_force().px(_LOW)
        self._title.setVisible(high)
        return high

    def part(self) -> Part:
        """The part that is shown, made when it is first wanted."""
        if self.tab not in self._made:
            self._made[self.tab] = self.make(self._parts[self.tab])
            self._stack.addWidget(self._made[self.tab])
        return self._made[self.tab]

    def make(self, kind: type[Part]) -> Part:
        """Makes a part."""
        return kind(self.shell)
