"""Says that something takes a while, and that it is still being done."""

from __future__ import annotations

from PySide6.QtWidgets import QProgressBar, QWidget

from workbench.ui.look.look import in_force
from workbench.ui.widgets.flow import column
from workbench.ui.widgets.text import Label


class Busy(QWidget):
    """Words and a moving bar; where things are kept still, the words alone."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        lines = column(self, gap=6)
        self._words = Label("", "strong")
        self._bar = QProgressBar()
        self._bar.setRange(0, 0)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName("Working")
        lines.addWidget(self._words)
        lines.addWidget(self._bar)
        self.hide()

    def begin(self, says: str) -> None:
        """Says what is being done."""
        self._words.say(says)
        self._bar.setVisible(not in_force().still)
        self.show()

    def end(self) -> None:
        """It is done."""
        self.hide()
