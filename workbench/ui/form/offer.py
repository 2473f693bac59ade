"""A band with a choice: what was found, and the few things that may be done about it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QFrame, QWidget

from workbench.ui.widgets.buttons import Button
from workbench.ui.widgets.flow import Flow, column, row
from workbench.ui.widgets.panels import TONE_ICONS, Icon
from workbench.ui.widgets.text import Label


class Offer(QFrame):
    """Words, and buttons in the order in which they are offered; the first is the one most people want."""

    def __init__(
        self,
        says: str,
        choices: Sequence[tuple[str, Callable[[], None]]],
        tone: str = "info",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("band", tone)
        self.setAccessibleName(says)
        line = row(self, gap=10, margin=12)
        line.addWidget(Icon(TONE_ICONS[tone], tone))
        right = column(gap=8)
        right.addWidget(Label(says))
        holder = QWidget()
        flow = Flow(holder, gap=8)
        self.buttons = [Button(words, press) for words, press in choices]
        for button in self.buttons:
            flow.addWidget(button)
        right.addWidget(holder)
        line.addLayout(right, 1)
