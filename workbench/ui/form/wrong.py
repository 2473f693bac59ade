"""Words in a row with others, and what is wrong with an answer, said beside it."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from workbench.ui.widgets.announce import announce
from workbench.ui.widgets.flow import row
from workbench.ui.widgets.panels import Icon
from workbench.ui.widgets.text import Label


class OneLine(Label):
    """Words that ask for one line, and wrap where there is less room than that."""

    def sizeHint(self) -> QSize:
        """As wide as the words."""
        hint = super().sizeHint()
        wide = self.fontMetrics().horizontalAdvance(self.text()) + self.fontMetrics().averageCharWidth()
        return QSize(wide, min(hint.height(), self.heightForWidth(wide)))


class Wrong(QWidget):
    """What is wrong with an answer, beside it; read out when it appears."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words: Label | None = None
        self._said = ""
        self.hide()

    def say(self, says: str) -> None:
        """Shows this, or nothing."""
        if says != self._said:
            self._said = says
            if self._words is None:
                line = row(self, gap=6)
                line.addWidget(Icon("circle-alert", "danger", 16, self))
                self._words = Label(tone="danger", parent=self)
                line.addWidget(self._words, 1)
            self._words.say(says)
            self.setVisible(bool(says))
            if says:
                announce(self)
