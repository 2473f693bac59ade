"""Settings and trust on the screen: one tab for each part, made when somebody first goes there."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QStackedWidget, QWidget

from workbench.ui.look.look import in_force
from workbench.ui.shell.place import Place, Screen, Shell
from workbench.ui.trust.part import Part
from workbench.ui.trust.parts import PARTS
from workbench.ui.widgets.buttons import Choice
from workbench.ui.widgets.flow import column
from workbench.ui.widgets.text import Label

FIRST = "look"
_LOW = 480


class SettingsScreen(Screen):
    """Settings and trust; a place names its part in `tab`."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, parent)
        self.setAccessibleName("Settings and trust")
        self._tab = FIRST
        self._made: dict[str, Part] = {}
        lines = column(self, gap=0)
        head = QFrame()
        head.setProperty("head", "true")
        look = in_force()
        inner = column(head, gap=8)
        inner.setContentsMargins(look.px(24), look.px(14), look.px(24), 0)
        self._title = Label("Settings and trust", "display")
        inner.addWidget(self._title)
        self._tabs = Choice("Parts of settings", {key: part.title for key, part in PARTS.items()}, "tab")
        self._tabs.chosen.connect(lambda tab: self.shell.go(Place("settings", tab=tab)))
        inner.addWidget(self._tabs)
        lines.addWidget(head, 0, Qt.AlignmentFlag(0))
        self._stack = QStackedWidget()
        lines.addWidget(self._stack, 1)

    def arrive(self, place: Place) -> None:
        """Shows a part."""
        self._tab = place.tab if place.tab in PARTS else FIRST
        self._tabs.choose(self._tab)
        part = self._part()
        self._stack.setCurrentWidget(part)
        part.arrive(place)

    def here(self) -> Place:
        """With the part one is at, and where in it the cursor is to be."""
        return Place("settings", tab=self._tab, words=self._part().mark())

    def leave(self) -> None:
        """Lets secrets go that were typed and not used."""
        self._part().leave()

    def first(self) -> QWidget | None:
        """The first place of the part, else its tab."""
        return self._part().first() or self._tabs.button(self._tab)

    def help_page(self) -> str:
        """The guidance for the part."""
        return self._part().help_page

    def find_here(self) -> None:
        """Finds in the part, where it can."""
        self._part().find_here()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leaves the title away where the part needs the room; the tab says where one is."""
        super().resizeEvent(event)
        self._title.setVisible(event.size().height() >= in_force().px(_LOW))

    def _part(self) -> Part:
        if self._tab not in self._made:
            made = PARTS[self._tab](self.shell)
            self._made[self._tab] = made
            self._stack.addWidget(made)
        return self._made[self._tab]
