"""Several lists of rows, one at a time, each behind a tab that says how many there are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from workbench.ui.widgets.buttons import Choice
from workbench.ui.widgets.filled import LEAST, OneOf
from workbench.ui.widgets.flow import column
from workbench.ui.widgets.panels import Nothing
from workbench.ui.widgets.row import Row
from workbench.ui.widgets.rows import Rows

# What they need at least to scroll by themselves: a list, and the tabs above it.
LISTS = LEAST + 60


class Lists(QWidget):
    """The lists of a screen: `words` names each, `empty` says of each what stands there when nothing does."""

    opened = Signal(str, str)
    chosen = Signal(str)

    def __init__(
        self, name: str, words: Mapping[str, str], empty: Mapping[str, tuple[str, str]], lines: int = 3
    ) -> None:
        super().__init__()
        self._words = dict(words)
        below = column(self, gap=12)
        self.tabs = Choice(name, self._words, "tab")
        self.tabs.chosen.connect(self.chosen)
        below.addWidget(self.tabs)
        self._stack = OneOf()
        self._beside: dict[str, QWidget] = {}
        self._below = below
        self._lists: dict[str, Rows] = {}
        self._nothing: dict[str, QWidget] = {}
        for part, words_ in self._words.items():
            rows = self._lists[part] = Rows(words_, lines)
            rows.opened.connect(lambda key, part=part: self.opened.emit(part, key))
            self._nothing[part] = QWidget()
            says = column(self._nothing[part])
            says.addWidget(Nothing(*empty[part]))
            says.addStretch(1)
            self._stack.add(rows)
            self._stack.add(self._nothing[part])
        below.addWidget(self._stack, 1)
        self.part = next(iter(self._words))

    def beside(self, part: str, tools: QWidget) -> None:
        """Puts tools between the tabs and one list; they are shown with it alone."""
        self._beside[part] = tools
        self._below.insertWidget(1, tools)
        tools.setVisible(self.part == part)

    def show_rows(self, found: Mapping[str, Sequence[Row]]) -> None:
        """Fills the lists, and shows the one that is chosen; its first rows take the cursor from its tab."""
        waited = not self._lists[self.part].rows.rowCount() and self.tabs.button(self.part).hasFocus()
        for part, rows in found.items():
            self._lists[part].show_rows(rows)
            count = f" ({len(rows)})" if rows else ""
            self.tabs.button(part).say(f"{self._words[part]}{count}")
        self.show_part(self.part)
        if waited:
            self.first().setFocus()

    def show_part(self, part: str) -> None:
        """Shows one list; an unknown one is the first."""
        self.part = part if part in self._words else next(iter(self._words))
        self.tabs.choose(self.part)
        for each, tools in self._beside.items():
            tools.setVisible(each == self.part)
        rows = self._lists[self.part]
        some = rows.rows.rowCount() > 0
        self._stack.choose(rows if some else self._nothing[self.part])
        if some and not rows.current():
            rows.setCurrentIndex(rows.rows.index(0))

    def list_of(self, part: str) -> Rows:
        """One list."""
        return self._lists[part]

    def first(self) -> QWidget:
        """The list that is shown, or its tab where it is empty."""
        rows = self._lists[self.part]
        return rows if rows.rows.rowCount() else self.tabs.button(self.part)
