"""Picking a case by typing a name or CRN, and a colleague from those a case may be sealed to."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QWidget

from workbench.ui.exchange import parcels
from workbench.ui.exchange.parcels import Addressee
from workbench.ui.shell.place import Place, Shell
from workbench.ui.widgets.buttons import Button
from workbench.ui.widgets.flow import Flow, column
from workbench.ui.widgets.inputs import Choose, SearchField
from workbench.ui.widgets.row import Row
from workbench.ui.widgets.rows import Rows
from workbench.ui.widgets.text import Label

_SHOWN = 3


class CasePicker(QWidget):
    """Search as you type; Enter or a click picks. `picked` tells the case and its words."""

    picked = Signal(str, str)

    def __init__(self, shell: Shell, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shell, self._key = shell, key
        lines = column(self, gap=6)
        self.search = SearchField("Find a case", "Name or CRN")
        self.search.asked.connect(lambda _: self.ask())
        self.search.returnPressed.connect(self._first)
        lines.addWidget(self.search)
        self._rows = Rows("Cases", lines=2)
        self._rows.opened.connect(self._take)
        lines.addWidget(self._rows)
        self._nobody = Label("", "quiet")
        self._nobody.hide()
        lines.addWidget(self._nobody)

    def ask(self) -> None:
        """Asks for the cases that fit."""
        words = self.search.text()
        self._shell.ask(lambda desk: parcels.people(desk, words), self._show, key=f"{self._key}-cases")

    def _show(self, rows: tuple[Row, ...]) -> None:
        self._rows.show_rows(rows)
        # As high as what it shows, up to three: more is found by typing.
        row = self._rows.sizeHintForRow(0) if rows else 0
        self._rows.setFixedHeight(row * min(len(rows), _SHOWN) + 2 * self._rows.frameWidth())
        self._rows.setVisible(bool(rows))
        typed = bool(self.search.text().strip())
        self._nobody.say("No name or CRN here holds these words." if typed else "There is no case here yet.")
        self._nobody.setVisible(not rows)
        # Enter in the field takes the first that fits; without words none is meant, and none looks chosen.
        self._rows.setCurrentIndex(self._rows.rows.index(0) if typed else QModelIndex())

    def _first(self) -> None:
        if self._rows.rows.items:
            self._take(self._rows.rows.items[0].key)

    def _take(self, case: str) -> None:
        row = next(row for row in self._rows.rows.items if row.key == case)
        self._rows.choose(case)
        self.picked.emit(case, f"{row.title}, {row.line}" if row.title != row.line else row.line)


class AddresseePicker(QWidget):
    """A colleague from a list, or the way to get one."""

    picked = Signal()

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._found: tuple[Addressee, ...] = ()
        lines = column(self, gap=6)
        self._choose = Choose("To whom", {})
        self._choose.activated.connect(lambda _: self.picked.emit())
        lines.addWidget(self._choose)
        self._none = QWidget()
        across = Flow(self._none)
        across.addWidget(Label("Nobody's card is verified here yet.", "quiet"))
        across.addWidget(
            Button(
                "Compare words with a colleague",
                lambda: shell.go(Place("exchange", tab="colleagues")),
                icon="users",
                kind="link",
            )
        )
        lines.addWidget(self._none)
        self.offer(())

    def offer(self, found: tuple[Addressee, ...]) -> None:
        """Offers these, and keeps the chosen one where it is still among them."""
        held, self._found = self._choose.key(), found
        self._choose.clear()
        self._choose.addItem("Choose a colleague…", "")
        for each in found:
            self._choose.addItem(each.words, each.to)
        self._choose.choose(held if any(each.to == held for each in found) else "")
        self._choose.setVisible(bool(found))
        self._none.setVisible(not found)

    def chosen(self) -> Addressee | None:
        """The chosen one."""
        key = self._choose.key()
        return next((each for each in self._found if each.to == key), None)
