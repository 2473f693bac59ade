"""In the room: large calm text for two people to look at; nothing else of the workbench is on the screen."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from workbench.ui.room import presenter
from workbench.ui.room.presenter import RoomState
from workbench.ui.shell.place import Shell
from workbench.ui.widgets.buttons import Button
from workbench.ui.widgets.flow import Page, column
from workbench.ui.widgets.panels import Card, Nothing
from workbench.ui.widgets.text import Label


class Room(QWidget):
    """One case, released for the person."""

    left = Signal()

    def __init__(self, shell: Shell, case: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("ground", "true")
        self.setAccessibleName("In the room")
        lines = column(self)
        self._page = Page(width=900)
        lines.addWidget(self._page)
        self._leave = Button("Leave the room", self.left.emit, icon="door-open", kind="secondary")
        language = shell.settings().language
        shell.ask(lambda desk: presenter.room(desk, case, language), self.show_room, key="room")

    def first(self) -> QWidget:
        """Where the cursor goes."""
        return self._leave

    def show_room(self, state: RoomState) -> None:
        """Draws it."""
        into = self._page.column
        into.addWidget(Label(state.name, "display"))
        into.addWidget(Label(state.says, "quiet"))
        for part in state.parts:
            card = Card(part.title, gap=10)
            for line in part.lines:
                card.body.addWidget(Label(line, copyable=False))
            into.addWidget(card)
        if not state.parts:
            into.addWidget(Nothing(*state.empty, icon="info"))
        self._leave.say(state.leave)
        into.addWidget(self._leave, 0, Qt.AlignmentFlag.AlignLeft)
        into.addStretch(1)
        self._leave.setFocus()
