"""The quick switcher (Ctrl+K): a name, a CRN, a command or, on a case, a form to write; then Enter."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from operator import itemgetter

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QWidget

from workbench.forms.called import Also, Fit, called, fit
from workbench.ui.case.offered import Offered, fitting
from workbench.ui.look.look import in_force
from workbench.ui.shell.command import Command
from workbench.ui.widgets.flow import column
from workbench.ui.widgets.inputs import SearchField
from workbench.ui.widgets.row import Row
from workbench.ui.widgets.rows import Rows
from workbench.ui.widgets.text import Label


class Switcher(QFrame):
    """A panel over the window; it tells which command or case was chosen and goes away.

    `wanted` asks for the people whom some words fit; they come a moment after the commands.
    """

    closed = Signal()
    wanted = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._over = parent
        self.setProperty("floating", "true")
        self.setAccessibleName("Go to a person or a command")
        self._commands: Sequence[Command] = ()
        self._cases: Sequence[Row] = ()
        self._open_case: Callable[[str], None] = lambda case: None
        self._others: Mapping[str, Also] = {}
        self._forms: Sequence[Offered] = ()
        self._write: Callable[[str], None] = lambda form: None
        lines = column(self, gap=8, margin=12)
        self._field = SearchField("Go to a person or a command", "Name, CRN, command or form")
        self._field.textChanged.connect(self._typed)
        self._rows = Rows("People and commands", lines=2)
        self._rows.opened.connect(self._take)
        self._rows.steered_by(self._field)
        self._rows.setMinimumHeight(in_force().px(200))
        lines.addWidget(self._field)
        lines.addWidget(self._rows, 1)
        lines.addWidget(Label("Arrows choose, Enter opens, Esc closes", "small"))
        self.hide()

    def appear(self, commands: Sequence[Command], open_case: Callable[[str], None]) -> None:
        """Shows itself with these commands, and asks for people."""
        self._commands, self._cases, self._open_case = commands, (), open_case
        self._others, self._forms = called().commands, ()
        self.place()
        with QSignalBlocker(self._field):
            self._field.clear()
        self._typed("")
        self.show()
        self.raise_()
        self._field.setFocus()

    def _typed(self, text: str) -> None:
        # Until people come again, only those who fit still: Enter must open nobody else.
        wanted = text.casefold().split()
        self._cases = [row for row in self._cases if all(word in row.spoken.casefold() for word in wanted)]
        self._fill(text)
        self.wanted.emit(text)

    def offer_cases(self, cases: Sequence[Row]) -> None:
        """Takes the people once they are read."""
        self._cases = cases
        self._fill(self._field.text())

    def offer_forms(self, forms: Sequence[Offered], write: Callable[[str], None]) -> None:
        """Takes the forms that may be written on the case one is at; they show once something is typed."""
        self._forms, self._write = forms, write
        self._fill(self._field.text())

    def place(self) -> None:
        """In the middle of the window, near its top."""
        look, room = in_force(), self._over.rect()
        width = min(look.px(620), room.width() - look.px(24))
        height = min(look.px(460), room.height() - look.px(48))
        self.setGeometry((room.width() - width) // 2, look.px(24), width, height)

    def _fill(self, text: str) -> None:
        forms = fitting(self._forms, text) if text.strip() else ()
        fits = ((self._fit(each, text), each) for each in self._commands)
        found = [(how.rank, _form(each)) for how, each in forms]
        found += [(how.rank, _command(each)) for how, each in fits if how is not None]
        rows = [row for _, row in sorted(found, key=itemgetter(0))]
        self._rows.show_rows([*self._cases, *rows])
        self._rows.setCurrentIndex(self._rows.rows.index(0))

    def _fit(self, command: Command, text: str) -> Fit | None:
        others = self._others.get(command.key)
        return fit(text, command.words, others.all() if others else ())

    def _take(self, key: str) -> None:
        self.go_away()
        kind, _, rest = key.partition(":")
        if kind == "command":
            next(each for each in self._commands if each.key == rest).run()
        elif kind == "form":
            self._write(rest)
        else:
            self._open_case(rest)

    def go_away(self) -> None:
        """Hides itself."""
        self.hide()
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes it."""
        if event.key() == Qt.Key.Key_Escape:
            self.go_away()
            return
        super().keyPressEvent(event)


def _command(command: Command) -> Row:
    return Row(f"command:{command.key}", command.words, command.stroke, line="Command")


def _form(form: Offered) -> Row:
    return Row(f"form:{form.form}", form.title, line="New entry on this case")
