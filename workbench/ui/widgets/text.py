"""Words on the screen: always plain text, never markup, whatever they hold."""

from __future__ import annotations

import re

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

_LONG = re.compile(r"[^\s-]{28,}")
# Characters on a line that still reads well.
_LINE = 75


def breakable(text: str) -> str:
    """The text with places to break in words that no line could hold."""
    return _LONG.sub(lambda word: "\u200b".join(re.findall(r".{1,12}", word.group())), text)


class Label(QLabel):
    """A text; it wraps unless told not to. `role` is one of display, title, heading, strong, quiet, small."""

    def __init__(
        self,
        text: str = "",
        role: str = "",
        *,
        tone: str = "",
        wrap: bool = True,
        copyable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        if role:
            self.setProperty("role", role)
        if tone:
            self.setProperty("tone", tone)
        if wrap:
            self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        if copyable:
            self.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
        self.say(text)

    def say(self, text: str) -> None:
        """Shows another text."""
        self.setText(breakable(text))
        self.setAccessibleName(text)

    def sizeHint(self) -> QSize:
        """On one line where that is not absurdly long; a layout with less room breaks it."""
        hint = super().sizeHint()
        if not self.wordWrap() or not self.text():
            return hint
        self.ensurePolished()
        metrics = self.fontMetrics()
        longest = max(metrics.horizontalAdvance(line) for line in self.text().split("\n"))
        width = min(longest + 2, metrics.averageCharWidth() * _LINE)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Small enough that no long word holds a window open; lines break instead."""
        hint = super().minimumSizeHint()
        if self.wordWrap():
            hint.setWidth(min(hint.width(), self.fontMetrics().averageCharWidth() * 14))
        return hint


class Pill(QLabel):
    """A short state in a tinted shape; the words alone say it, the tint repeats it."""

    def __init__(self, text: str, tone: str = "plain", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("pill", tone)
        self.setText(text)
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def say(self, text: str, tone: str) -> None:
        """Shows another state."""
        self.setText(text)
        self.setAccessibleName(text)
        if self.property("pill") != tone:
            self.setProperty("pill", tone)
            self.style().polish(self)
