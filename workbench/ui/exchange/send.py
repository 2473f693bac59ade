"""Sending on the screen: which cases, to whom, what will go, then sealed into files."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from workbench.casework.desk import Desk
from workbench.errors import Expected
from workbench.ui.exchange import files, parcels
from workbench.ui.exchange.parcels import Planned, Sealed
from workbench.ui.exchange.part import ExchangeSheet
from workbench.ui.exchange.picking import AddresseePicker, CasePicker
from workbench.ui.gate.busy import Busy
from workbench.ui.shell.place import Place, Shell
from workbench.ui.widgets.buttons import Button
from workbench.ui.widgets.flow import column, empty, row
from workbench.ui.widgets.panels import Band, Card, Icon
from workbench.ui.widgets.text import Label

_LEFT = Qt.AlignmentFlag.AlignLeft
_MIDDLE = Qt.AlignmentFlag.AlignVCenter


class SendPart(ExchangeSheet):
    """One step below another; a place may name the case to begin with."""

    title = "Send"

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, parent)
        self._cases: dict[str, str] = {}
        self._planned: Planned | None = None
        self._kept: tuple[Sealed, str] | None = None
        self._told = column(gap=8)
        self.column.addLayout(self._told)
        which = Card("Which case?", gap=8)
        self._picker = CasePicker(shell, "send")
        self._picker.picked.connect(self._add)
        which.body.addWidget(self._picker)
        self._picked = column(gap=4)
        which.body.addLayout(self._picked)
        self.column.addWidget(which)
        whom = Card("To whom?", gap=8)
        self._whom = AddresseePicker(shell)
        self._whom.picked.connect(self._plan)
        whom.body.addWidget(self._whom)
        self.column.addWidget(whom)
        goes = Card("What will go", gap=8)
        self._goes = column(gap=6)
        goes.body.addLayout(self._goes)
        self._go = Button("Seal and save", self._seal, kind="primary")
        goes.body.addWidget(self._go, 0, _LEFT)
        self._busy = Busy()
        goes.body.addWidget(self._busy)
        self.column.addWidget(goes)
        self.column.addStretch(1)
        self._show_plan(None)

    def arrive(self, place: Place) -> None:
        """Asks who there is."""
        self._picker.ask()
        self.shell.ask(parcels.addressees, self._whom.offer, key="send-whom")
        if place.case and place.case not in self._cases:
            case = place.case
            self.shell.ask(lambda desk: parcels.named(desk, case), partial(self._add, case))
        else:
            self._plan()

    def first(self) -> QWidget | None:
        """The search field."""
        return self._picker.search

    def find_here(self) -> None:
        """Goes to the search field."""
        self._picker.search.setFocus()
        self._picker.search.selectAll()

    # Choosing

    def _add(self, case: str, words: str) -> None:
        if self._kept is None:
            empty(self._told)
        self._cases[case] = words
        self._show_cases()

    def _remove(self, case: str) -> None:
        self._cases.pop(case, None)
        self._show_cases()
        self._picker.search.setFocus()

    def _show_cases(self) -> None:
        empty(self._picked)
        for case, words in self._cases.items():
            held = QWidget()
            across = row(held, gap=8)
            across.addWidget(Icon("circle-check", "good", 16), 0, _MIDDLE)
            across.addWidget(Label(words), 1)
            leave = Button("Leave it out", partial(self._remove, case), icon="x", kind="icon")
            leave.setAccessibleName(f"Leave out {words}")
            across.addWidget(leave, 0, _MIDDLE)
            self._picked.addWidget(held)
        self._plan()

    def _plan(self) -> None:
        cases, whom = tuple(self._cases), self._whom.chosen()
        if not cases or whom is None:
            self._show_plan(None)
            return
        self.shell.ask(
            lambda desk: parcels.plan(desk, cases, whom.to), self._show_plan, self._cannot, key="send-plan"
        )

    def _show_plan(self, planned: Planned | None) -> None:
        self._planned = planned
        empty(self._goes)
        if planned is None:
            missing = "Choose a colleague." if self._cases else "Pick a case, then a colleague."
            self._goes.addWidget(Label(missing, "quiet"))
        for says in planned.says if planned else ():
            self._goes.addWidget(Label(says))
        self._go.setEnabled(planned is not None)
        self._go.say("Seal and save" if planned is None or planned.fresh else "Seal and save all the same")

    def _cannot(self, failure: Expected) -> None:
        self._show_plan(None)
        empty(self._goes)
        self._goes.addWidget(Band(failure.sentence(), "danger"))

    # Sealing

    def _seal(self) -> None:
        """Where to comes first: what is sealed is noted as sent."""
        if self._planned is None or self._whom.chosen() is None:
            return
        count = len(self._cases)
        self.shell.ask(lambda desk: parcels.names(desk, count), self._ask_where)

    def _ask_where(self, names: tuple[str, ...]) -> None:
        if not self._go.isEnabled():
            return
        targets = files.where_to(self, names)
        if targets:
            self.seal_into(targets)

    def seal_into(self, targets: tuple[Path, ...]) -> None:
        """Seals what is picked and writes it to these files."""
        cases, whom = tuple(self._cases), self._whom.chosen()
        if whom is None:
            return
        self._go.setEnabled(False)
        self._busy.begin("Sealing …")

        def work(desk: Desk) -> Sealed:
            return parcels.seal(desk, cases, whom.to)

        def sealed(found: Sealed) -> None:
            self._kept = (found, whom.name)
            self._write(targets)

        self.shell.ask(work, sealed, self._refused)

    def _write(self, targets: tuple[Path, ...]) -> None:
        if self._kept is None:
            return
        found, name = self._kept
        data = tuple(each for _, each in found.files)
        files.put(self.shell, targets, data, partial(self._done, found, name), self._not_written)

    def _done(self, found: Sealed, name: str, saved: str) -> None:
        self._busy.end()
        self._kept = None
        self._cases.clear()
        self._show_cases()
        self._tell(
            f"{' '.join(found.says)} Saved as {saved}. Give it to {name}; ask for the receipt that their laptop "
            "makes of it.",
            "good",
        )

    def _not_written(self, failure: Expected) -> None:
        """What is sealed is kept until it is written somewhere."""
        self._busy.end()
        self._tell(f"{failure.says} It is sealed, and not saved yet.", "danger", "Save it elsewhere")

    def _elsewhere(self) -> None:
        if self._kept is not None:
            targets = files.where_to(self, tuple(name for name, _ in self._kept[0].files))
            if targets:
                self._write(targets)

    def _refused(self, failure: Expected) -> None:
        self._busy.end()
        self._go.setEnabled(True)
        self._tell(failure.sentence(), "danger")

    def _tell(self, says: str, tone: str, action: str = "") -> None:
        empty(self._told)
        band = Band(says, tone, action, self._elsewhere if action else None)
        self._told.addWidget(band)
        band.announce()
        self.page.ensureWidgetVisible(band)
