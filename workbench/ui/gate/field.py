"""A field with its name above, what helps below it, and what is wrong with it beside it."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLineEdit, QScrollArea, QWidget

from workbench.ui.widgets.announce import announce
from workbench.ui.widgets.buttons import Button
from workbench.ui.widgets.flow import column, row
from workbench.ui.widgets.inputs import SecretField
from workbench.ui.widgets.panels import Icon
from workbench.ui.widgets.text import Label


class Field(QWidget):
    """One field of a short form."""

    def __init__(self, name: str, field: QWidget, guide: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = field
        lines = column(self, gap=4)
        lines.addWidget(Label(name, "strong"))
        if guide:
            lines.addWidget(Label(guide, "quiet"))
            field.setAccessibleDescription(guide)
        lines.addWidget(field)
        self._guide = guide
        self._wrong = QWidget()
        across = row(self._wrong, gap=6)
        across.addWidget(Icon("circle-alert", "danger", 16))
        self._says = Label("", tone="danger")
        across.addWidget(self._says, 1)
        lines.addWidget(self._wrong)
        self._wrong.hide()

    def refuse(self, says: str) -> None:
        """Says what is wrong, and puts the cursor there; nothing takes it back."""
        self._says.say(says)
        self._wrong.setVisible(bool(says))
        self.field.setProperty("wrong", "true" if says else "false")
        self.field.setAccessibleDescription(says or self._guide)
        self.field.style().polish(self.field)
        if says:
            self.field.setFocus()
            QTimer.singleShot(0, self._into_sight)
            announce(self._wrong)

    def _into_sight(self) -> None:
        """Scrolls to it, once it is laid out."""
        around = self.parentWidget()
        while around is not None and not isinstance(around, QScrollArea):
            around = around.parentWidget()
        if around is not None:
            around.ensureWidgetVisible(self)

    @property
    def wrong(self) -> str:
        """What is said to be wrong; empty where nothing is."""
        return self._says.text()


class Twice(QWidget):
    """A new passphrase, typed twice, shown where it is asked for."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        lines = column(self, gap=10)
        self.one = SecretField(name)
        self.two = SecretField(f"{name} again")
        self.first = Field(name, self.one, "Six words, or at least 14 varied characters.")
        self.second = Field("Type it again", self.two)
        lines.addWidget(self.first)
        lines.addWidget(self.second)
        self._show = Button("Show what is typed", self._turn, icon="eye", kind="link")
        under = row()
        under.addWidget(self._show)
        under.addStretch(1)
        lines.addLayout(under)

    def _turn(self) -> None:
        shown = self.one.echoMode() == QLineEdit.EchoMode.Normal
        for field in (self.one, self.two):
            field.setEchoMode(QLineEdit.EchoMode.Password if shown else QLineEdit.EchoMode.Normal)
        self._show.say("Show what is typed" if shown else "Hide what is typed", "eye" if shown else "eye-off")

    def given(self) -> str:
        """The passphrase where both are the same; else says what is wrong, and gives none."""
        self.first.refuse("")
        self.second.refuse("")
        if not self.one.text():
            self.first.refuse("Type a passphrase.")
        elif self.one.text() != self.two.text():
            self.second.refuse("The two are not the same. Type it again.")
        else:
            return self.one.text()
        return ""

    def clear(self) -> None:
        """Forgets what was typed."""
        for field in (self.one, self.two):
            field.clear()
            field.setEchoMode(QLineEdit.EchoMode.Password)
        self._show.say("Show what is typed", "eye")
