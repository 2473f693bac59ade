"""Two accounts on the screen: what is to be settled, and each pair side by side, field by field."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QStackedWidget, QWidget

from workbench.models.amounts import counted
from workbench.ui.exchange import settling
from workbench.ui.exchange.part import ExchangePart
from workbench.ui.exchange.settling import Asked, Beside, Side
from workbench.ui.look.look import in_force
from workbench.ui.shell.place import Place, Shell
from workbench.ui.widgets.buttons import Button
from workbench.ui.widgets.flow import Page, column, empty
from workbench.ui.widgets.panels import Card, Nothing, Shield
from workbench.ui.widgets.row import Row
from workbench.ui.widgets.rows import Rows
from workbench.ui.widgets.text import Label

_AT_ONCE = 20
# From this width two accounts stand side by side, else one below the other.
_BESIDE = 720
_LEFT = Qt.AlignmentFlag.AlignLeft


class AccountsPart(ExchangePart):
    """The list, or one pair; a place names the pair in `words`, and in `case` whose alone are listed."""

    title = "Two accounts"

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, parent)
        self._key = ""
        self._rows_found: tuple[Row, ...] = ()
        self._round = 0
        lines = column(self)
        self._stack = QStackedWidget()
        lines.addWidget(self._stack, 1)
        listed = QWidget()
        inner = column(listed, gap=8, margin=24)
        self._count = Label("", "quiet")
        inner.addWidget(self._count)
        self._list = Rows("Two accounts to settle")
        self._list.opened.connect(lambda key: shell.go(Place("exchange", tab="accounts", words=key)))
        inner.addWidget(self._list, 1)
        self._nothing = Page(margin=1)
        self._nothing.column.addWidget(
            Nothing(
                "Nothing to settle",
                "Where two people write different things without having read each other's, both accounts stand here.",
            )
        )
        self._nothing.column.addStretch(1)
        inner.addWidget(self._nothing, 1)
        self._pair = Pair(shell)
        self._stack.addWidget(listed)
        self._stack.addWidget(self._pair)
        self._listed = listed

    def arrive(self, place: Place) -> None:
        """Shows one pair, or begins to look through the cases."""
        self._key = place.words
        self._round += 1
        if self._key:
            key = self._key
            self._stack.setCurrentWidget(self._pair)
            self.shell.ask(lambda desk: settling.beside(desk, key), self._show_pair, key="accounts")
            return
        self._stack.setCurrentWidget(self._listed)
        self._rows_found = ()
        self._nothing.hide()
        self._list.show()
        self._count.show()
        if place.case:
            self._look(place.case, (place.case,), 0)
            return
        self._count.say("Looking through the cases …")
        self.shell.ask(settling.to_look_through, lambda cases: self._look("", cases, 0), key="accounts")

    def leave(self) -> None:
        """Looks no further."""
        self._round += 1

    def mark(self) -> str:
        """The pair that is open."""
        return self._key

    def first(self) -> QWidget | None:
        """The list, or the way back to it; none where nothing is to settle."""
        if self._key:
            return self._pair.back
        return None if self._list.isHidden() else self._list

    def _look(self, only: str, cases: tuple[str, ...], at: int) -> None:
        """Looks through some cases, then asks again: a large store keeps answering others meanwhile."""
        some, now = cases[at : at + _AT_ONCE], self._round

        def show(rows: tuple[Row, ...]) -> None:
            if now != self._round:
                return
            self._rows_found = (*self._rows_found, *rows)
            self._list.show_rows(self._rows_found)
            done = at + len(some)
            self._count.say(self._told(done, len(cases)))
            if done < len(cases):
                self._look(only, cases, done)
            else:
                self._looked()

        self.shell.ask(lambda desk: settling.among(desk, some), show, key="accounts")

    def _told(self, done: int, of: int) -> str:
        count = len(self._rows_found)
        told = f"{count:,} to settle" if count else "Nothing to settle so far"
        return told if done >= of else f"{told}. Looked through {done:,} of {counted(of, 'case')} …"

    def _looked(self) -> None:
        found = bool(self._rows_found)
        self._list.setVisible(found)
        self._count.setVisible(found)
        self._nothing.setVisible(not found)
        if found and not self._list.current():
            self._list.setCurrentIndex(self._list.rows.index(0))

    def _show_pair(self, found: Beside | None) -> None:
        self._pair.show_pair(found)


class Pair(QWidget):
    """The accounts of one matter side by side; where there is no room, one below the other."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shell = shell
        self._found: Beside | None = None
        self._across: list[QBoxLayout] = []
        page = Page(width=1200)
        column(self).addWidget(page)
        self.back = Button(
            "All that is to settle",
            lambda: shell.go(Place("exchange", tab="accounts")),
            icon="arrow-left",
            kind="link",
        )
        page.column.addWidget(self.back, 0, _LEFT)
        self._body = column(gap=10)
        page.column.addLayout(self._body)
        page.column.addStretch(1)

    def show_pair(self, found: Beside | None) -> None:
        """Shows the accounts, or that they were settled meanwhile."""
        self._found, self._across = found, []
        empty(self._body)
        if found is None:
            self._body.addWidget(
                Nothing(
                    "Settled", "Somebody who had read both has said which, or the entry is kept to others."
                )
            )
            return
        self._body.addWidget(Label(found.title, "title"))
        self._body.addWidget(Label(found.says, "quiet"))
        self._body.addWidget(self._line([self._side(found, side) for side in found.sides]))
        same = [row for row in found.rows if not row.differs]
        for asked in found.rows:
            if asked.differs:
                self._body.addWidget(self._asked(found, asked))
        if same:
            self._body.addWidget(self._same(same))
        self._stand()

    def _line(self, widgets: list[QWidget]) -> QWidget:
        held = QWidget()
        across = QBoxLayout(QBoxLayout.Direction.LeftToRight, held)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(in_force().gap(10))
        for widget in widgets:
            across.addWidget(widget, 1)
        self._across.append(across)
        return held

    def _side(self, found: Beside, side: Side) -> Card:
        card = Card(gap=6)
        card.setAccessibleName(f"The account of {side.by}")
        card.body.addWidget(Label(side.by, "heading"))
        card.body.addWidget(Label(side.says, "quiet"))
        if side.why_not:
            card.body.addWidget(Label(side.why_not, "small"))
        else:
            begin = Button(
                "Begin from this account", partial(self._begin, found, side), icon="pencil", kind="secondary"
            )
            begin.setAccessibleName(f"Begin from the account of {side.by}")
            card.body.addWidget(begin, 0, _LEFT)
        card.body.addStretch(1)
        return card

    def _asked(self, found: Beside, asked: Asked) -> Card:
        card = Card(gap=6)
        card.setAccessibleName(asked.ask)
        card.body.addWidget(Label(asked.ask, "strong"))
        cells = [
            self._cell(found, side, words, sensitive=asked.sensitive)
            for side, words in zip(found.sides, asked.cells, strict=True)
        ]
        card.body.addWidget(self._line(cells))
        return card

    def _cell(self, found: Beside, side: Side, words: str, *, sensitive: bool) -> QWidget:
        frame = QFrame()
        frame.setProperty("band", "plain")
        frame.setAccessibleName(f"{side.by}: {words or 'not answered'}")
        lines = column(frame, gap=2, margin=10)
        lines.addWidget(Label(side.by, "small"))
        if sensitive and words and self._shell.settings().shielded:
            lines.addWidget(Shield("what is written here", words, partial(self._lifted, found)))
        else:
            lines.addWidget(Label(words or "Not answered", "" if words else "quiet", copyable=bool(words)))
        lines.addStretch(1)
        return frame

    def _lifted(self, found: Beside) -> None:
        self._shell.ask(lambda desk: desk.log("revealed", case=found.case))

    def _same(self, rows: list[Asked]) -> Card:
        card = Card("The same in both", gap=6)
        for row in rows:
            card.body.addWidget(Label(row.ask, "small"))
            if row.sensitive and self._shell.settings().shielded and self._found is not None:
                card.body.addWidget(
                    Shield("what is written here", row.cells[0], partial(self._lifted, self._found))
                )
            else:
                card.body.addWidget(Label(row.cells[0], copyable=True))
        return card

    def _begin(self, found: Beside, side: Side) -> None:
        """Opens the form that says which: of one entry amended apart a draft of its join, else the entry itself."""
        forked = len({each.entry for each in found.sides}) == 1
        if not forked:
            self._shell.go(Place("form", case=found.case, entry=side.entry))
            return
        self._shell.ask(
            lambda desk: settling.begin_from(desk, found.case, side.entry, side.version),
            lambda draft: self._shell.go(Place("form", case=found.case, draft=draft)),
        )

    def _stand(self) -> None:
        beside = self.width() >= in_force().px(_BESIDE)
        way = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        for across in self._across:
            across.setDirection(way)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Side by side where there is room."""
        super().resizeEvent(event)
        self._stand()
