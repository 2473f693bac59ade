"""Head of PDU on the screen: what waits for the ACO, one list at a time, and the draw of decisions."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from workbench.ui.pdu import presenter
from workbench.ui.pdu.presenter import Drawn, Headed
from workbench.ui.shell.place import Place, Screen, Shell
from workbench.ui.widgets.buttons import Button
from workbench.ui.widgets.filled import Filled
from workbench.ui.widgets.flow import Flow, column
from workbench.ui.widgets.inputs import Choose, LineField
from workbench.ui.widgets.lists import LISTS, Lists
from workbench.ui.widgets.panels import Nothing
from workbench.ui.widgets.text import Label

PARTS = {
    "recalls": "Recalls",
    "sample": "Decisions to sample",
    "placements": "Placements without authority",
    "unreached": "Not reached by SPOs",
}
_EMPTY = {
    "recalls": (
        "No recall is open",
        "What an SPO has agreed and you are to authorise or cancel will stand here.",
    ),
    "sample": (
        "Nothing drawn yet",
        "Decisions to recall, and not to recall, are drawn by chance from three months.",
    ),
    "placements": (
        "Every hotel has its authority",
        "A hotel that probation pays for without one will stand here.",
    ),
    "unreached": (
        "Everything is reached",
        "Looks that are late, and what SPOs take upward, will stand here.",
    ),
}
_COUNTS = {"3": "3 decisions", "5": "5 decisions", "10": "10 decisions"}


class PduScreen(Screen):
    """What the head of a PDU decides, samples and unblocks."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, parent)
        self.setAccessibleName("Head of PDU")
        self._drawn: Drawn | None = None
        lines = column(self)
        page = Filled()
        lines.addWidget(page)
        head = QWidget()
        across = Flow(head, gap=16)
        across.addWidget(Label("Head of PDU", "display", wrap=False))
        self._says = Label("", "quiet", wrap=False)
        across.addWidget(self._says)
        page.column.addWidget(head)
        self._nobody = Nothing(
            "This is for heads of PDU",
            "Your own work stands under Today.",
            "Go to Today",
            lambda: shell.go(Place("today")),
            icon="users",
        )
        page.column.addWidget(self._nobody)
        self._lists = Lists("Parts of the PDU", PARTS, _EMPTY)
        self._lists.opened.connect(self._open)
        self._lists.chosen.connect(lambda part: shell.go(Place("pdu", tab=part)))
        page.fill(self._lists, LISTS)
        self._lists.beside("sample", self._tools())
        self._nobody.hide()

    def _tools(self) -> QWidget:
        held = QWidget()
        flow = Flow(held, gap=10)
        self._count = Choose("How many decisions", _COUNTS)
        self._seed = LineField("Seed; leave it empty to draw by chance", "Seed, or empty")
        self._seed.returnPressed.connect(self._draw)
        self._told = Label("The draw is logged. Each decision opens as a sample to be written.", "quiet")
        flow.addWidget(self._count)
        flow.addWidget(self._seed)
        flow.addWidget(Button("Draw decisions", self._draw, icon="list-checks", kind="secondary"))
        flow.addWidget(self._told)
        return held

    def arrive(self, place: Place) -> None:
        """Shows one list of what waits."""
        self._lists.show_part(place.tab)
        self.shell.ask(presenter.headed, self._show, key="pdu")

    def _show(self, found: Headed) -> None:
        self._nobody.setVisible(not found.may)
        self._lists.setVisible(found.may)
        self._says.say(found.says)
        self._lists.show_rows(
            {"recalls": found.recalls, "placements": found.placements, "unreached": found.unreached}
        )
        if not found.may and self.isVisible() and self._nobody.button is not None:
            self._nobody.button.setFocus()

    def _draw(self) -> None:
        seed, count = self._seed.text(), int(self._count.key())
        self.shell.ask(lambda desk: presenter.draw(desk, seed, count), self._show_drawn, key="drawn")

    def _show_drawn(self, drawn: Drawn) -> None:
        self._drawn = drawn
        self._told.say(drawn.says)
        self._lists.show_rows({"sample": drawn.rows})

    def _open(self, part: str, key: str) -> None:
        case, entry = presenter.case_of(key), presenter.entry_of(key)
        if part == "recalls":
            self.shell.go(Place("form", case=case, form="recall"))
        elif part == "sample" and self._drawn is not None:
            given = (("what", self._drawn.what[key]), ("drawn", self._drawn.drawn))
            self.shell.go(Place("form", case=case, form="decision-sample", given=given))
        elif entry:
            self.shell.go(Place("case", case=case, tab="chronology", entry=entry))
        else:
            self.shell.go(Place("review", case=case))

    def first(self) -> QWidget | None:
        """The list that is shown; of the sample, how many to draw; for who heads no PDU, the way out."""
        if not self._nobody.isHidden():
            return self._nobody.button
        return self._count if self._lists.part == "sample" else self._lists.first()

    def help_page(self) -> str:
        """The guidance for this screen."""
        return "pdu"
