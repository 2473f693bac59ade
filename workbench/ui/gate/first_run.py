"""The first run: three steps to a store that works, can be recovered, and is backed up; or the sample."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import msgspec
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QProgressBar, QWidget

from workbench import settings as settings_module
from workbench.casework import backups, opening, starting
from workbench.casework.opening import Made, Secret
from workbench.clock import Clock, SystemClock
from workbench.errors import Expected, Refused
from workbench.models.ids import Ids
from workbench.settings import Settings
from workbench.ui.gate.gate import Gate, opening_of
from workbench.ui.gate.recovery import RecoveryCode
from workbench.ui.gate.steps import AboutYou, BackupPlace, BringBack, Person, Step, Welcome
from workbench.ui.look.look import in_force
from workbench.ui.shell.thread import Line
from workbench.ui.widgets.buttons import Button
from workbench.ui.widgets.flow import Page, column, empty, row
from workbench.ui.widgets.panels import Band, Card, Icon
from workbench.ui.widgets.text import Label

T = TypeVar("T")
STEPS = 3
WIDEST = 660
MADE = "The store is made. If you close the window now, it opens with your passphrase the next time."


class FirstRun(Gate):
    """The first run; `made` tells how the store is opened, what opens it, and what was chosen."""

    made = Signal(object, object, object)

    def __init__(
        self,
        line: Line,
        settings: Settings,
        folder: Path | None = None,
        clock: Clock | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("ground", "true")
        self.setAccessibleName("First run")
        self._line, self._settings = line, settings
        self._folder = folder or settings_module.store_folder()
        self._clock = clock or SystemClock()
        self._ids = Ids(self._clock, secrets.token_bytes)
        self._person: Person | None = None
        self._store: Made | None = None
        self._draw()
        self._welcome_step = Welcome(str(self._folder))
        self._welcome_step.chosen.connect(self._start)
        self._about = AboutYou()
        self._about.done.connect(self._make)
        self._about.wanted.connect(self._offer)
        self._backup = BackupPlace()
        self._backup.looked.connect(self._look_at)
        self._backup.done.connect(self._finish)
        self._back = BringBack()
        self._back.done.connect(self._bring_back)
        self._code: Code | None = None
        self._at: Step = self._welcome_step
        for step in (self._welcome_step, self._about, self._backup, self._back):
            self._place.addWidget(step)
            step.hide()
        self._go(self._welcome_step, 0)

    def _draw(self) -> None:
        lines = column(self)
        page = Page()
        lines.addWidget(page)
        card = Card(gap=14)
        card.setMaximumWidth(in_force().px(WIDEST))
        across = row()
        across.addStretch(1)
        across.addWidget(card, 100)
        across.addStretch(1)
        page.column.addLayout(across)
        page.column.addStretch(1)
        head = row(gap=12)
        head.addWidget(Icon("heart-handshake", "accent", 32), 0, Qt.AlignmentFlag.AlignVCenter)
        self._title = Label("Welcome", "display")
        head.addWidget(self._title, 1)
        self._return = Button("Back", self._step_back, icon="arrow-left", kind="link")
        head.addWidget(self._return, 0, Qt.AlignmentFlag.AlignVCenter)
        card.body.addLayout(head)
        self._number = Label("", "quiet")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName("Steps done")
        card.body.addWidget(self._number)
        card.body.addWidget(self._bar)
        self._told = column()
        card.body.addLayout(self._told)
        self._busy = Label("", "strong")
        card.body.addWidget(self._busy)
        self._busy.hide()
        self._place = column()
        card.body.addLayout(self._place)

    # Coming and going

    def first(self) -> QWidget:
        """Where the cursor goes."""
        return self._at.first()

    def working(self) -> None:
        """Shows that the store is being opened."""
        self._wait("Opening the store …")

    def refuse(self, failure: Expected) -> None:
        """Shows why it did not open, and what to do next."""
        self._rest()
        self._tell(failure.sentence(), "danger")

    def _go(self, step: Step, number: int) -> None:
        """Shows a step; `number` is 0 for one that is none of the three."""
        self._at.hide()
        self._at = step
        empty(self._told)
        self._title.say(step.title)
        self._number.say(f"Step {number} of {STEPS}")
        for part in (self._number, self._bar):
            part.setVisible(number > 0)
        self._bar.setRange(0, STEPS)
        self._bar.setValue(number)
        self._return.setVisible(step is not self._welcome_step)
        step.show()
        step.first().setFocus()

    def _step_back(self) -> None:
        before: dict[Step, Callable[[], None]] = {self._backup: self._show_code}
        if self._code is not None:
            before[self._code] = lambda: self._go(self._about, 1)
        before.get(self._at, lambda: self._go(self._welcome_step, 0))()

    def _start(self, way: str) -> None:
        if way == "sample":
            self._sample()
        elif way == "backup":
            self._go(self._back, 0)
        else:
            self._offer()
            self._go(self._about, 1)

    # The three steps

    def _offer(self) -> None:
        self._line.ask(lambda: opening.offer_passphrase(self._ids), self._about.offer)

    def _make(self, person: Person) -> None:
        if person == self._person and self._store is not None:
            self._show_code()
            return
        before, folder = self._store, self._folder

        def work() -> Made:
            if before is not None:
                starting.unmake(folder, before)
            return starting.begin(folder, person.name, person.role, person.passphrase, self._clock, self._ids)

        def made(store: Made) -> None:
            self._person, self._store = person, store
            self._show_code()

        self._do("Making the store …", work, made)

    def _show_code(self) -> None:
        assert self._store is not None
        if self._code is not None:
            self._code.deleteLater()
        code = self._code = Code(self._store.recovery)
        code.known.connect(self._go_to_backups)
        self._place.addWidget(code)
        self._go(code, 2)
        self._tell(MADE, "info")

    def _go_to_backups(self) -> None:
        self._go(self._backup, 3)
        self._tell(MADE, "info")

    def _look_at(self, chosen: str) -> None:
        """Whether the folder will do for backups."""
        self._do(
            "Looking at the folder …",
            lambda: backups.check_place(self._folder, Path(chosen)),
            lambda warning: self._backup.take(chosen, warning),
        )

    def _finish(self, target: str, encrypted: str) -> None:
        assert self._person is not None
        secret = Secret(self._person.passphrase)
        chosen = msgspec.convert(
            {**msgspec.to_builtins(self._settings), "backup_folder": target, "disk_encrypted": encrypted},
            Settings,
        )
        if not target:
            self._open(self._folder, secret, chosen)
            return
        self._do(
            "Making the first backup, and checking it …",
            lambda: starting.first_backup(self._folder, secret, Path(target), self._clock, self._ids),
            lambda _: self._open(self._folder, secret, chosen),
        )

    # The other ways

    def _sample(self) -> None:
        folder = self._folder.with_name("sample")
        self._do(
            "Making the sample caseload: invented people, and years of entries about them. "
            "This takes a few seconds …",
            lambda: starting.sample_at(folder, self._clock, self._ids),
            lambda secret: self._open(folder, secret, self._settings),
        )

    def _bring_back(self, place: str, passphrase: str, code: str) -> None:
        secret = Secret(passphrase, code)
        self._do(
            "Checking the backup, and copying it …",
            lambda: starting.bring_back(Path(place), self._folder, secret, self._clock, self._ids),
            lambda _: self._open(self._folder, secret, self._settings),
        )

    def _open(self, folder: Path, secret: Secret, settings: Settings) -> None:
        found = opening_of(folder, self._clock)
        assert found is not None
        self.made.emit(found, secret, settings)

    # Waiting

    def _do(self, says: str, work: Callable[[], T], then: Callable[[T], None]) -> None:
        """Has something done away from the window, and says so; a refusal is said beside what it is about."""

        def done(result: T) -> None:
            self._rest()
            then(result)

        def failed(failure: Expected) -> None:
            self._rest()
            if isinstance(failure, Refused) or self._at in (self._backup, self._back):
                self._at.refuse(failure.sentence())
            else:
                self._tell(failure.sentence(), "danger")

        self._wait(says)
        self._line.ask(work, done, failed)

    def _wait(self, says: str) -> None:
        empty(self._told)
        self._busy.say(says)
        self._busy.show()
        self._bar.show()
        if not in_force().still:
            self._bar.setRange(0, 0)
        self._at.setEnabled(False)
        self._return.setEnabled(False)

    def _rest(self) -> None:
        self._busy.hide()
        self._bar.setRange(0, STEPS)
        self._bar.setVisible(self._number.isVisible())
        self._at.setEnabled(True)
        self._return.setEnabled(True)

    def _tell(self, says: str, tone: str) -> None:
        band = Band(says, tone)
        self._told.addWidget(band)
        band.announce()


class Code(Step):
    """The recovery code, as a step."""

    title = "Your recovery code"
    known = Signal()

    def __init__(self, code: str) -> None:
        super().__init__()
        lines = column(self)
        self._code = RecoveryCode(code)
        self._code.known.connect(self.known.emit)
        lines.addWidget(self._code)

    def first(self) -> QWidget:
        """The button that covers it."""
        return self._code.go
