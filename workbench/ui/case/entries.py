"""Which form to write: everything this role may write on a case, found by typing."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QWidget
from shiboken6 import isValid

from workbench.ui.case.offered import Offered, rows
from workbench.ui.look.look import in_force
from workbench.ui.widgets.announce import announce
from workbench.ui.widgets.flow import column
from workbench.ui.widgets.inputs import SearchField
from workbench.ui.widgets.rows import Rows
from workbench.ui.widgets.text import Label


class NewEntry(QFrame):
    """A panel over the case."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._over = parent
        self.setProperty("floating", "true")
        self.setAccessibleName("New entry")
        self._all: Sequence[Offered] = ()
        lines = column(self, gap=8, margin=12)
        self._field = SearchField("Which form?", "Contact, home visit, ARMS …")
        self._field.textChanged.connect(self._fill)
        self._rows = Rows("Forms", lines=2)
        self._rows.opened.connect(self._take)
        self._rows.steered_by(self._field)
        self._none = Label("You write no form that is called so. Try another word.", "quiet")
        lines.addWidget(self._field)
        lines.addWidget(self._none)
        lines.addWidget(self._rows, 1)
        self._before: QWidget | None = None
        self.hide()

    def appear(self, forms: Sequence[Offered]) -> None:
        """Shows itself; Escape leads back to where the cursor was."""
        if self._over.isHidden():
            # Somebody went on before the forms were there.
            return
        self._all = forms
        self._before = QApplication.focusWidget()
        self._field.clear()
        self._fill("")
        self.place()
        self.show()
        self.raise_()
        self._field.setFocus()

    def place(self) -> None:
        """At the right, below the head."""
        look, room = in_force(), self._over.rect()
        width = min(look.px(460), room.width() - look.px(24))
        height = min(look.px(520), room.height() - look.px(24))
        self.setGeometry(room.width() - width - look.px(12), look.px(12), width, height)

    def _fill(self, text: str) -> None:
        fits = rows(self._all, text)
        self._rows.show_rows(fits)
        self._none.setVisible(not fits)
        if not fits and text:
            announce(self._none)
        self._rows.setCurrentIndex(self._rows.rows.index(0))

    def _take(self, form: str) -> None:
        self.hide()
        self.chosen.emit(form)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes it."""
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
            if self._before is not None and isValid(self._before):
                self._before.setFocus()
            return
        super().keyPressEvent(event)
