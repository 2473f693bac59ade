"""Which form to write: everything this role may write on a case, found by typing."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QWidget
from shiboken6 import isValid

from workbench.casework.desk import Desk
from workbench.resources import say
from workbench.ui.look.look import in_force
from workbench.ui.widgets.announce import announce
from workbench.ui.widgets.flow import column
from workbench.ui.widgets.inputs import SearchField
from workbench.ui.widgets.row import Row
from workbench.ui.widgets.rows import Rows
from workbench.ui.widgets.text import Label

# Written every week: these stand first.
OFTEN = (
    "contact",
    "home-visit",
    "significant-event",
    "information-exchange",
    "safeguarding-check",
    "arms",
    "rosh",
    "risk-management-plan",
    "mappa-level-1-review",
    "recall",
)
# Made by other screens, never begun by hand.
_ELSEWHERE = frozenset(
    {
        "registration",
        "report-issued",
        "duty-deferred",
        "event-closed",
        "mark-loosened",
        "misfiled",
        "restricted",
        "erased",
        "carried-over",
        "dispute",
        "brought-in-file",
        "release-of-withheld-answer",
        "switched",
    }
)


class NewEntry(QFrame):
    """A panel over the case."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._over = parent
        self.setProperty("floating", "true")
        self.setAccessibleName("New entry")
        self._all: list[Row] = []
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

    @staticmethod
    def forms(desk: Desk) -> list[Row]:
        """The forms that the person at this store may write, those written most first."""
        role = desk.device.card.role
        order = {form: number for number, form in enumerate(OFTEN)}
        found = [form for form in desk.library.all() if role in form.for_ and form.form not in _ELSEWHERE]
        found.sort(key=lambda form: (order.get(form.form, len(order)), say(form.title)))
        return [Row(form.form, say(form.title), line=say(form.about)) for form in found]

    def appear(self, forms: list[Row]) -> None:
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
        wanted = text.casefold().split()
        fits = [row for row in self._all if all(word in row.spoken.casefold() for word in wanted)]
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
