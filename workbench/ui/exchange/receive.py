"""Receiving on the screen: files chosen or dropped, and what each of them brought."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from workbench.casework.desk import Desk
from workbench.models.results import Changes
from workbench.ui.exchange import files, parcels
from workbench.ui.exchange.parcels import Came
from workbench.ui.exchange.part import ExchangeSheet
from workbench.ui.gate.busy import Busy
from workbench.ui.shell.place import Place, Shell
from workbench.ui.widgets.buttons import Button
from workbench.ui.widgets.flow import Flow, column, row
from workbench.ui.widgets.panels import Card, Icon
from workbench.ui.widgets.row import Row
from workbench.ui.widgets.text import Label, Pill

# So many are listed one by one.
_LISTED = 5
_LEFT = Qt.AlignmentFlag.AlignLeft


class ReceivePart(ExchangeSheet):
    """Takes in one file after another; what each brought stands below, the newest first."""

    title = "Receive"

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, parent)
        self._waiting: list[tuple[Path, Callable[[Desk], Came]]] = []
        self._count = self._taken = 0
        self._receipts: dict[str, bytes] = {}
        drop = Drop()
        drop.dropped.connect(self.take_in)
        self.go = Button("Choose files", self._choose, icon="download", kind="primary")
        drop.body.addWidget(self.go, 0, _LEFT)
        self._busy = Busy()
        drop.body.addWidget(self._busy)
        self.column.addWidget(drop)
        self._answer = Button("", self._save_receipts, icon="save", kind="secondary")
        self._answer.hide()
        self.column.addWidget(self._answer, 0, _LEFT)
        self._came = column(gap=10)
        self.column.addLayout(self._came)
        self.column.addStretch(1)

    def first(self) -> QWidget | None:
        """The button that chooses."""
        return self.go

    def _choose(self) -> None:
        self.take_in(files.to_take_in(self, "Choose files from colleagues"))

    def take_in(self, paths: tuple[Path, ...]) -> None:
        """Takes these files in, one after another, so that other screens get their turn between."""
        for path in paths:
            self._line_up(path, partial(parcels.take_in, path=path))

    def _line_up(self, path: Path, work: Callable[[Desk], Came]) -> None:
        idle = not self._waiting
        self._waiting.append((path, work))
        self._count += 1
        if idle:
            self._next()

    def _next(self) -> None:
        path, work = self._waiting[0]
        told = f"Reading {path.name}" + (f" ({self._taken + 1} of {self._count})" if self._count > 1 else "")
        self._busy.begin(f"{told}. A large file takes a while …")
        self.shell.ask(work, partial(self._show, path))

    def _show(self, path: Path, came: Came) -> None:
        self._waiting.pop(0)
        self._taken += 1
        card = self._card(path, came)
        self._came.insertWidget(0, card)
        self.reveal(card)
        if came.receipt is not None:
            self._receipts[came.receipt_name] = came.receipt
        self._offer_receipts()
        if came.cases:
            self.shell.changed(Changes(came.cases[0][0], ("received",)))
        self.changed.emit()
        if self._waiting:
            self._next()
        else:
            self._busy.end()
            self._count = self._taken = 0

    def _card(self, path: Path, came: Came) -> Card:
        card = Card(gap=6)
        card.setAccessibleName(f"{came.file}: {' '.join(came.says)}")
        top = QWidget()
        flow = Flow(top, gap=8)
        icon, tone = ("triangle-alert", "danger") if came.refused else ("circle-check", "good")
        flow.addWidget(Icon(*(("info", "info") if came.case_file else (icon, tone))))
        flow.addWidget(Label(came.file, "strong"))
        if came.refused:
            flow.addWidget(Pill("Refused", "danger"))
        elif came.case_file:
            flow.addWidget(Pill("Another kind of file", "info"))
        card.body.addWidget(top)
        for says in came.says:
            card.body.addWidget(Label(says, tone="danger" if came.refused else ""))
        for matter in came.matters[:_LISTED]:
            card.body.addWidget(self._matter(matter))
        if len(came.matters) > _LISTED:
            all_of_it = partial(self.shell.go, Place("exchange", tab="accounts"))
            card.body.addWidget(
                Button(f"All {len(came.matters)} to settle", all_of_it, kind="link"), 0, _LEFT
            )
        ways = self._ways(path, came)
        if ways is not None:
            card.body.addWidget(ways)
        return card

    def _matter(self, matter: Row) -> QWidget:
        """Two accounts that came to be, with the way to settle them."""
        held = QWidget()
        across = row(held, gap=8)
        across.addWidget(Icon("scale", "warn"), 0, Qt.AlignmentFlag.AlignTop)
        across.addWidget(Label(f"Two accounts. {matter.line}. {matter.note}."), 1)
        place = Place("exchange", tab="accounts", words=matter.key)
        settle = Button("Settle", partial(self.shell.go, place), kind="secondary")
        settle.setAccessibleName(f"Settle: {matter.line}")
        across.addWidget(settle, 0, Qt.AlignmentFlag.AlignTop)
        return held

    def _ways(self, path: Path, came: Came) -> QWidget | None:
        """A way to each thing that a file asks for."""
        found: list[Button] = []
        go = self.shell.go
        if came.offered:
            answer = Place("exchange", tab="handover")
            found.append(
                Button("Accept or refuse the case", partial(go, answer), icon="user", kind="primary")
            )
        for each in came.strangers:
            compare = Place("exchange", tab="colleagues", words=each.card)
            button = Button("Compare the words", partial(go, compare), icon="users", kind="primary")
            button.setAccessibleName(f"Compare the words with {each.name}")
            found.append(button)
        for case, name in came.cases:
            open_case = Button(
                "Open the case", partial(go, Place("case", case=case)), icon="user", kind="secondary"
            )
            open_case.setAccessibleName(f"Open the case of {name}")
            found.append(open_case)
        if came.case_file:
            bring = partial(self._line_up, path, partial(parcels.bring_in, path=path))
            found.append(Button("Bring it in as a case file", bring, icon="download", kind="secondary"))
        if not found:
            return None
        held = QWidget()
        across = Flow(held)
        for each_button in found:
            across.addWidget(each_button)
        return held

    # Receipts

    def _offer_receipts(self) -> None:
        count = len(self._receipts)
        self._answer.setVisible(bool(count))
        if count:
            self._answer.say("Save the receipt for its sender" if count == 1 else f"Save {count} receipts")

    def _save_receipts(self) -> None:
        held = dict(self._receipts)

        def saved(names: str) -> None:
            for name in held:
                self._receipts.pop(name, None)
            self._offer_receipts()
            self.shell.say(f"Saved as {names}. Give it to the sender.", "good")

        files.save(self.shell, self, tuple(held.items()), saved)


class Drop(Card):
    """Where files are dropped; `dropped` tells which."""

    dropped = Signal(tuple)

    def __init__(self) -> None:
        super().__init__("Take in files from colleagues", gap=8)
        self.setAcceptDrops(True)
        self.body.addWidget(
            Label(
                "Bundles, cards, vouchers and receipts. Drop them here, or choose them. Each is taken in whole or "
                "not at all."
            )
        )
        self.body.addWidget(
            Label(
                "A receipt tells the sender what you hold. Save it as a file, or leave it: it travels with your next "
                "bundle to them.",
                "small",
            )
        )

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Takes files."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Tells which files were dropped."""
        paths = tuple(Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile())
        if paths:
            event.acceptProposedAction()
            self.dropped.emit(paths)
