"""Things to press: each has a name, a place in the tab order, and an icon that follows the theme."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QPushButton, QSizePolicy, QWidget

from workbench.ui.look.icons import icon as tinted
from workbench.ui.look.look import Look, in_force
from workbench.ui.widgets.flow import Flow

_TINTS = {
    "primary": "on_accent",
    "secondary": "accent",
    "danger": "danger",
    "link": "accent",
    "rail": "rail_text",
}


class Button(QPushButton):
    """A button; `kind` is primary, secondary, danger, link, row, icon, chip, tab, rail or plain.

    With kind `icon` the text is its name, for a reader and as a tip, and is not drawn.
    """

    def __init__(
        self,
        text: str,
        press: Callable[[], None] | None = None,
        *,
        icon: str = "",
        kind: str = "plain",
        tint: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("" if kind == "icon" else text.replace("&", "&&"), parent)
        self._icon = icon
        self._tint = tint or _TINTS.get(kind, "text")
        self._drawn: tuple[str, Look, bool, int] | None = None
        self.setProperty("kind", kind)
        self.setAccessibleName(text)
        self.setAutoDefault(False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        if kind == "icon":
            self.setToolTip(text)
        self._draw()
        if press is not None:
            self.clicked.connect(lambda _=False: press())

    def say(self, text: str, icon: str | None = None) -> None:
        """Shows another text, and another icon where one is given."""
        if self.property("kind") == "icon":
            self.setToolTip(text)
        else:
            self.setText(text.replace("&", "&&"))
        self.setAccessibleName(text)
        if icon is not None:
            self._icon = icon
            self._draw()

    def _draw(self) -> None:
        if not self._icon:
            return
        # Qt's own gap between icon and words does not grow with the text.
        gap = 4 if self.text() else 0
        look, able = in_force(), self.isEnabled()
        drawn = (self._icon, look, able, gap)
        # A button is told of the style three times before it is first seen.
        if drawn != self._drawn:
            self._drawn = drawn
            side = look.px(18)
            self.setIconSize(QSize(side + (look.px(gap) if gap else 0), side))
            self.setIcon(tinted(self._icon, self._tint if able else "quiet", gap=gap))

    def changeEvent(self, event: QEvent) -> None:
        """Draws its icon anew in another theme or text size, and when it can or cannot be pressed."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.EnabledChange):
            self._draw()


class Choice(QWidget):
    """A row of chips or tabs of which one is chosen; arrows move between them, Tab goes past."""

    chosen = Signal(str)

    def __init__(
        self,
        name: str,
        choices: Mapping[str, str],
        kind: str = "chip",
        parent: QWidget | None = None,
        *,
        gap: float | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._buttons: dict[str, Button] = {}
        self._row = Flow(self, gap=gap or (18 if kind == "tab" else 8))
        self._kind = kind
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.offer(choices)

    def offer(self, choices: Mapping[str, str]) -> None:
        """Puts other choices in the place of those there."""
        for button in self._buttons.values():
            self._group.removeButton(button)
            button.deleteLater()
        self._buttons = {}
        for key, words in choices.items():
            button = Button(words, kind=self._kind, parent=self)
            button.setCheckable(True)
            button.clicked.connect(lambda _=False, key=key: self.chosen.emit(key))
            self._group.addButton(button)
            self._row.addWidget(button)
            self._buttons[key] = button

    def choose(self, key: str) -> None:
        """Shows one as chosen, without telling anybody."""
        if key in self._buttons:
            self._buttons[key].setChecked(True)

    def current(self) -> str:
        """The chosen one; empty where none is."""
        return next((key for key, button in self._buttons.items() if button.isChecked()), "")

    def button(self, key: str) -> Button:
        """The button of one choice."""
        return self._buttons[key]
