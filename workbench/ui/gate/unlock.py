"""Unlocking: the passphrase, or the recovery code; each failure in its own words with what to do next."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from workbench.casework.opening import Secret
from workbench.errors import Expected
from workbench.ui.gate.gate import Gate
from workbench.ui.look.look import in_force
from workbench.ui.widgets.buttons import Button
from workbench.ui.widgets.flow import column, empty, row
from workbench.ui.widgets.inputs import LineField, SecretField
from workbench.ui.widgets.panels import Band, Card, Icon
from workbench.ui.widgets.text import Label


class Unlock(Gate):
    """The lock on the window; `given` tells what was typed."""

    given = Signal(object)

    def __init__(
        self, warning: str = "", sample: Callable[[], str] | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("ground", "true")
        self.setAccessibleName("Unlock the workbench")
        outer = column(self)
        outer.addStretch(1)
        card = Card()
        card.setFixedWidth(in_force().px(440))
        across = row()
        across.addStretch(1)
        across.addWidget(card)
        across.addStretch(1)
        outer.addLayout(across)
        outer.addStretch(2)
        card.body.addWidget(Icon("heart-handshake", "accent", 36))
        card.body.addWidget(Label("Workbench", "display"))
        self._told = column()
        card.body.addLayout(self._told)
        if warning:
            card.body.addWidget(Band(warning, "warn"))
        self._by_code = False
        self._name = Label("Passphrase", "strong")
        self._secret = SecretField("Passphrase")
        self._secret.returnPressed.connect(self._give)
        self._code = LineField("Recovery code")
        self._code.returnPressed.connect(self._give)
        self._code.hide()
        self._go = Button("Unlock", self._give, icon="key-round", kind="primary")
        self._other = Button("Use the recovery code", self._swap, kind="link")
        for widget in (self._name, self._secret, self._code, self._go):
            card.body.addWidget(widget)
        card.body.addWidget(self._other, 0, Qt.AlignmentFlag.AlignLeft)
        if sample is not None:
            self._offer_sample(card, sample)

    def _offer_sample(self, card: Card, sample: Callable[[], str]) -> None:
        card.body.addWidget(Label("This is the sample caseload: everybody in it is invented.", "quiet"))
        open_it = Button("Open the sample", lambda: self.given.emit(Secret(sample())), kind="secondary")
        card.body.addWidget(open_it)

    def first(self) -> QWidget:
        """Where the cursor goes."""
        return self._code if self._by_code else self._secret

    def working(self) -> None:
        """Shows that it is being opened; the key is made slowly on purpose."""
        empty(self._told)
        self._go.setEnabled(False)
        self._go.say("Unlocking …")

    def refuse(self, failure: Expected) -> None:
        """Shows why it did not open, and what to do next."""
        self._go.setEnabled(True)
        self._go.say("Unlock")
        empty(self._told)
        band = Band(failure.sentence(), "danger")
        self._told.addWidget(band)
        band.announce()
        self._secret.clear()
        self.first().setFocus()

    def _swap(self) -> None:
        self._by_code = not self._by_code
        self._secret.setVisible(not self._by_code)
        self._code.setVisible(self._by_code)
        self._name.say("Recovery code" if self._by_code else "Passphrase")
        self._other.say("Use the passphrase" if self._by_code else "Use the recovery code")
        self.first().setFocus()

    def _give(self) -> None:
        typed = self._code.text().strip() if self._by_code else self._secret.text()
        if typed:
            self.given.emit(Secret(recovery=typed) if self._by_code else Secret(typed))
