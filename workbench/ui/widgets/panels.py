"""Cards, bands, covers and rows of named values."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

from workbench.ui.look.icons import picture
from workbench.ui.widgets.announce import announce
from workbench.ui.widgets.buttons import Button
from workbench.ui.widgets.flow import Flow, column, row
from workbench.ui.widgets.text import Label

TONE_ICONS = {
    "plain": "info",
    "info": "info",
    "good": "circle-check",
    "warn": "circle-alert",
    "danger": "triangle-alert",
    "grave": "triangle-alert",
}


class Icon(QLabel):
    """A small drawing beside words that say the same; a reader passes over it."""

    def __init__(
        self, name: str, colour: str = "text", size: float = 18, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._which = (name, colour, size)
        self.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Minimum)
        self.setPixmap(picture(*self._which))

    def draw(self, name: str, colour: str) -> None:
        """Shows another drawing."""
        self._which = (name, colour, self._which[2])
        self.setPixmap(picture(*self._which))

    def changeEvent(self, event: QEvent) -> None:
        """Draws anew in another theme or text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.setPixmap(picture(*self._which))


class Card(QFrame):
    """A panel with a heading; `body` is the column inside it."""

    def __init__(self, title: str = "", *, gap: float = 8, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", "true")
        self.body = column(self, gap=gap, margin=16)
        if title:
            self.setAccessibleName(title)
            self.body.addWidget(Label(title, "heading"))


class Band(QFrame):
    """A message across the screen, with what to do about it; it is read out when it appears."""

    def __init__(
        self,
        text: str,
        tone: str = "info",
        action: str = "",
        press: Callable[[], None] | None = None,
        *,
        closes: bool = False,
        close_words: str = "Close this message",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("band", tone)
        self.setAccessibleName(text)
        line = row(self, gap=10, margin=10)
        # The icon stands beside the first line of the words, however high what follows them is.
        told = row(gap=10)
        told.addWidget(
            Icon(TONE_ICONS[tone], "text" if tone == "plain" else tone), 0, Qt.AlignmentFlag.AlignTop
        )
        self.words = Label(text)
        told.addWidget(self.words, 1)
        # Between stretches, not aligned: a layout that is aligned is never higher than its words in one line.
        middle = column(gap=0)
        middle.addStretch(1)
        middle.addLayout(told)
        middle.addStretch(1)
        line.addLayout(middle, 1)
        if action:
            line.addWidget(Button(action, press, kind="link"))
        if closes:
            line.addWidget(Button(close_words, self.hide, icon="x", kind="icon"))

    def announce(self) -> None:
        """Has it read out."""
        announce(self)


class Nothing(QWidget):
    """What stands where a list is empty: why, and what to do next."""

    def __init__(
        self,
        title: str,
        says: str,
        action: str = "",
        press: Callable[[], None] | None = None,
        *,
        icon: str = "circle-check",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        lines = column(self, gap=6, margin=20)
        lines.addWidget(Icon(icon, "quiet", 28))
        lines.addWidget(Label(title, "heading"))
        lines.addWidget(Label(says, "quiet"))
        self.button = Button(action, press, kind="secondary") if action else None
        if self.button is not None:
            lines.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        # It stands together at the top, however high the place is that it fills.
        lines.addStretch(1)


class Values(QWidget):
    """Named values side by side, wrapping where there is no room: CRN, age, sentence."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[tuple[str, str], ...] = ()
        self._flow = Flow(self, gap=24)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def show_values(self, values: tuple[tuple[str, str], ...]) -> None:
        """Shows these names and values in place of those there."""
        from workbench.ui.widgets.flow import empty

        if values == self._shown:
            return
        self._shown = values
        empty(self._flow)
        for name, value in values:
            pair = QWidget()
            lines = column(pair, gap=1)
            lines.addWidget(Label(name, "small", wrap=False))
            lines.addWidget(Label(value, "strong"))
            pair.setAccessibleName(f"{name}: {value}")
            self._flow.addWidget(pair)
            pair.show()


class Line(QFrame):
    """A thin line between two parts."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("line", "true")
        self.setFixedHeight(1)


class Shield(QFrame):
    """A calm cover over offence detail until somebody asks for it; `lifted` is told, so that it can be logged."""

    def __init__(
        self,
        what: str,
        text: str,
        lifted: Callable[[], None],
        *,
        up: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._lines = column(self, gap=6, margin=10)
        self._text, self._lifted = text, lifted
        self.setProperty("shield", "true" if up else "false")
        self._cover = Button(f"Show {what}", self.lift, icon="eye", kind="link")
        self._shown = Label("" if up else text, copyable=True)
        self._lines.addWidget(self._cover, 0, Qt.AlignmentFlag.AlignLeft)
        self._lines.addWidget(self._shown)
        self._cover.setVisible(up)
        self._shown.setVisible(not up)

    def lift(self) -> None:
        """Shows what is covered."""
        self._shown.say(self._text)
        self._shown.show()
        self._cover.hide()
        self.setProperty("shield", "false")
        self.style().polish(self)
        self._lifted()
