"""What was sent and confirmed, and how old the last news of each colleague is."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QStackedWidget, QWidget

from workbench.casework.desk import Desk
from workbench.ui.exchange import parcels
from workbench.ui.exchange.part import ExchangePart
from workbench.ui.shell.place import Place, Shell
from workbench.ui.widgets.buttons import Choice
from workbench.ui.widgets.flow import Page, column
from workbench.ui.widgets.panels import Nothing
from workbench.ui.widgets.row import Row
from workbench.ui.widgets.rows import Rows

_KINDS = {"sent": "What was sent", "heard": "Who was heard from"}
_READ: dict[str, Callable[[Desk], tuple[Row, ...]]] = {"sent": parcels.sent, "heard": parcels.heard}
_EMPTY = {
    "sent": (
        "Nothing sent yet",
        "What you seal for a colleague stands here until their receipt has come, and after.",
    ),
    "heard": ("Nobody yet", "Compare words with a colleague first. Then their news has an age here."),
}


class SentPart(ExchangePart):
    """Two lists; Enter opens the case that was sent."""

    title = "Sent and heard"

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, parent)
        lines = column(self, gap=10, margin=24)
        self._kind = Choice("Show", _KINDS)
        self._kind.choose("sent")
        self._kind.chosen.connect(lambda _: self._ask())
        lines.addWidget(self._kind)
        self._stack = QStackedWidget()
        self._rows = Rows("What was sent, the newest first")
        self._rows.opened.connect(self._open)
        self._stack.addWidget(self._rows)
        self._nothing = Page(margin=1)
        self._stack.addWidget(self._nothing)
        lines.addWidget(self._stack, 1)

    def arrive(self, place: Place) -> None:
        """Asks for the list."""
        if place.words in _KINDS:
            self._kind.choose(place.words)
        self._ask()

    def mark(self) -> str:
        """Which of the lists is shown."""
        return self._kind.current()

    def first(self) -> QWidget | None:
        """The choice of the list."""
        return self._kind.button(self._kind.current())

    def _ask(self) -> None:
        self.shell.ask(_READ[self._kind.current()], self._show, key="exchange-sent")

    def _show(self, rows: tuple[Row, ...]) -> None:
        kind = self._kind.current()
        if not rows:
            self._nothing.clear()
            self._nothing.column.addWidget(Nothing(*_EMPTY[kind], icon="clock"))
            self._nothing.column.addStretch(1)
            self._stack.setCurrentWidget(self._nothing)
            return
        self._rows.setAccessibleName(
            "What was sent, the newest first"
            if kind == "sent"
            else "Who was heard from, the oldest news first"
        )
        self._rows.show_rows(rows)
        self._stack.setCurrentWidget(self._rows)
        if not self._rows.current():
            self._rows.setCurrentIndex(self._rows.rows.index(0))

    def _open(self, key: str) -> None:
        if self._kind.current() == "heard":
            self.shell.go(Place("exchange", tab="colleagues", words=key))
        elif case := key.partition("/")[2]:
            self.shell.go(Place("case", case=case))
