"""Safety: backups, passphrase, recovery code, disk, and the check of the whole store."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from workbench.casework import renewing
from workbench.casework.guarding import Check
from workbench.casework.opening import Renewal
from workbench.errors import Expected
from workbench.models.amounts import counted
from workbench.ui.gate.busy import Busy
from workbench.ui.gate.field import Field, Twice
from workbench.ui.gate.recovery import RecoveryCode
from workbench.ui.gate.roles import ENCRYPTED
from workbench.ui.shell.place import Place, Shell
from workbench.ui.trust import presenter
from workbench.ui.trust.choosing import choose
from workbench.ui.trust.part import Sheet
from workbench.ui.trust.presenter import Safety, Told
from workbench.ui.widgets import choosing
from workbench.ui.widgets.buttons import Button, Choice
from workbench.ui.widgets.flow import Flow, column, empty, row
from workbench.ui.widgets.inputs import LineField, SecretField
from workbench.ui.widgets.panels import Band, Card, Icon
from workbench.ui.widgets.text import Label

_LEFT = Qt.AlignmentFlag.AlignLeft
_NOT_HELD = "The new code was not typed back, so it opens nothing: destroy its paper. The code from before still holds."
_NOT_SHOWN = (
    "You went elsewhere, so the new recovery code was let go unseen. The code from before still holds."
)
_Taker = Callable[[Safety], None]
_Changed = Callable[[], None]


class SafetyPart(Sheet):
    """How safe the store is, and what can be done about it."""

    title = "Safety"
    help_page = "backup-and-recovery"

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, parent)
        self._told = column(gap=8)
        self.column.addLayout(self._told)
        self._backups = Backups(shell, self._take)
        self._disk = Disk(shell, self._ask)
        self._passphrase = Passphrase(shell)
        self._code = Recovery(shell, self._ask)
        for card in (self._backups, self._disk, self._passphrase, self._code, Checks(shell), _restoring()):
            self.column.addWidget(card)
        self.column.addStretch(1)

    def arrive(self, place: Place) -> None:
        """Asks how safe it is now."""
        self._disk.show_answer()
        self._ask()

    def leave(self) -> None:
        """Forgets secrets that were typed, or shown."""
        self._passphrase.clear()
        self._code.clear()

    def first(self) -> QWidget | None:
        """The button that backs up."""
        return self._backups.go

    def _ask(self) -> None:
        self.shell.ask(presenter.safety, self._take, key="safety")

    def _take(self, safety: Safety) -> None:
        empty(self._told)
        for told in safety.told:
            self._told.addWidget(Band(told.says, told.tone))
        self._backups.show_safety(safety)
        self._code.show_code(safety.code)


class Backups(Card):
    """Where backups go, the last of them, and one more now."""

    def __init__(self, shell: Shell, told: _Taker) -> None:
        super().__init__("Backups", gap=10)
        self._shell, self._tell = shell, told
        self._folder = LineField("Folder for backups")
        self._folder.setReadOnly(True)
        self._field = Field("Folder for backups", self._folder)
        self.body.addWidget(self._field)
        buttons = QWidget()
        across = Flow(buttons)
        self.go = Button("Back up now", self._back_up, icon="save", kind="primary")
        across.addWidget(self.go)
        across.addWidget(Button("Choose another folder", self._choose, kind="secondary"))
        self.body.addWidget(buttons)
        self._busy = Busy()
        self.body.addWidget(self._busy)
        self._list = column(gap=4)
        self.body.addLayout(self._list)
        self.body.addWidget(
            Label(
                "Each backup is checked before an older one goes. Seven days and four weeks are kept, "
                "none longer than 35 days.",
                "small",
            )
        )

    def show_safety(self, safety: Safety) -> None:
        """Shows where backups go and which there are."""
        self._folder.setText(safety.folder)
        empty(self._list)
        for words in safety.backups:
            held = QWidget()
            across = row(held, gap=8)
            across.addWidget(Icon("circle-check", "good", 16))
            across.addWidget(Label(words), 1)
            self._list.addWidget(held)

    def _back_up(self) -> None:
        self._field.refuse("")
        self.go.setEnabled(False)
        self._busy.begin("Making a backup, and checking it …")

        def done(safety: Safety) -> None:
            self._rest()
            self._tell(safety)
            self._shell.say("The backup is made and checked.", "good")

        self._shell.ask(presenter.back_up, done, self._refused)

    def _refused(self, failure: Expected) -> None:
        self._rest()
        self._field.refuse(failure.sentence())

    def _rest(self) -> None:
        self.go.setEnabled(True)
        self._busy.end()

    def _choose(self) -> None:
        chosen = choosing.folder(self, "Choose the folder for backups")
        if chosen:
            self.look_at(chosen)

    def look_at(self, chosen: str) -> None:
        """Takes a folder for backups, where it will do."""

        def taken(_: str) -> None:
            self._field.refuse("")
            choose(self._shell, backup_folder=chosen)
            self._shell.ask(presenter.safety, self._tell, key="safety")

        self._shell.ask(lambda desk: presenter.check_folder(desk, chosen), taken, self._refused)


class Disk(Card):
    """Whether the disk is encrypted, as the person says."""

    def __init__(self, shell: Shell, changed: _Changed) -> None:
        super().__init__("The disk of this computer", gap=8)
        self._shell, self._changed = shell, changed
        self.body.addWidget(Label("Is the whole disk encrypted (BitLocker, FileVault, LUKS)?"))
        self._choice = Choice("Is the whole disk encrypted?", ENCRYPTED)
        self._choice.chosen.connect(self._answer)
        self.body.addWidget(self._choice)

    def show_answer(self) -> None:
        """Shows what was answered."""
        self._choice.choose(self._shell.settings().disk_encrypted)

    def _answer(self, answer: str) -> None:
        choose(self._shell, disk_encrypted=answer)
        self._changed()


class Passphrase(Card):
    """Another passphrase, for whoever knows the present one."""

    def __init__(self, shell: Shell) -> None:
        super().__init__("Change the passphrase", gap=10)
        self._shell = shell
        self._current = SecretField("Present passphrase")
        self._field = Field("Present passphrase", self._current)
        self._fresh = Twice("New passphrase")
        self._fresh.two.returnPressed.connect(self._change)
        self._busy = Busy()
        self.body.addWidget(self._field)
        self.body.addWidget(self._fresh)
        self._go = Button("Change the passphrase", self._change, kind="secondary")
        self.body.addWidget(self._go, 0, _LEFT)
        self.body.addWidget(self._busy)
        self.body.addWidget(Label("Backups made before still open with the old one.", "small"))

    def clear(self) -> None:
        """Forgets what was typed."""
        self._current.clear()
        self._field.refuse("")
        self._fresh.clear()

    def _change(self) -> None:
        if not self._go.isEnabled():
            return
        self._field.refuse("")
        fresh, current = self._fresh.given(), self._current.text()
        if not current:
            self._field.refuse("Type the present passphrase.")
        elif fresh:
            self._go.setEnabled(False)
            self._busy.begin("Changing the passphrase …")
            self._shell.ask(
                lambda desk: renewing.change_passphrase(desk, current, fresh), self._done, self._refused
            )

    def _done(self, _: None) -> None:
        self._rest()
        self.clear()
        self._shell.say("The passphrase is changed. Use the new one from now on.", "good")

    def _refused(self, failure: Expected) -> None:
        """What is wrong with the present one is said there, the rest beside the new one."""
        self._rest()
        field = self._field if "not right" in failure.says else self._fresh.first
        field.refuse(failure.sentence())

    def _rest(self) -> None:
        self._go.setEnabled(True)
        self._busy.end()


class Recovery(Card):
    """Which recovery code holds, and another where its paper is lost: it holds once it was typed back."""

    def __init__(self, shell: Shell, changed: _Changed) -> None:
        super().__init__("Recovery code", gap=10)
        self._shell, self._changed = shell, changed
        self._wanted = False
        self._ready: Renewal | None = None
        self._holds = column()
        self.body.addLayout(self._holds)
        self.body.addWidget(
            Label(
                "It opens the store when the passphrase is forgotten, and a backup on another computer. "
                "It is shown once, when it is made, and is kept nowhere here."
            )
        )
        self.body.addWidget(
            Label(
                "If the paper is lost, or somebody else saw it, make a new code. The old one holds until you have "
                "typed the new one back; then the whole store is encrypted anew, which can take minutes. "
                "Backups made before still open with the old code.",
                "quiet",
            )
        )
        self._current = SecretField("Present passphrase, for a new code")
        self._field = Field("Present passphrase", self._current)
        self._current.returnPressed.connect(self._make)
        self._go = Button("Make a new recovery code", self._make, icon="key-round", kind="secondary")
        self._busy = Busy()
        self._place = column()
        self.body.addWidget(self._field)
        self.body.addWidget(self._go, 0, _LEFT)
        self.body.addWidget(self._busy)
        self.body.addLayout(self._place)

    def show_code(self, code: Told) -> None:
        """Says which code holds."""
        empty(self._holds)
        self._holds.addWidget(
            Label(code.says, "strong") if code.tone == "plain" else Band(code.says, code.tone)
        )

    def clear(self) -> None:
        """Forgets what was typed, and a code that was not typed back: the old one still holds, and it is said."""
        dropped = self._ready is not None
        self._wanted, self._ready = False, None
        self._current.clear()
        self._field.refuse("")
        empty(self._place)
        if dropped:
            self._place.addWidget(Band(_NOT_HELD, "warn"))
        self._field.show()
        self._go.show()

    def _make(self) -> None:
        if not self._go.isEnabled():
            return
        current = self._current.text()
        if not current:
            self._field.refuse("Type the present passphrase.")
            return
        self._field.refuse("")
        self._wanted = True
        self._begin("Making a new code …")
        self._shell.ask(lambda desk: renewing.ready_code(desk, current), self._show, self._refused)

    def _show(self, ready: Renewal) -> None:
        """Shows the code, to somebody who is still there to write it down."""
        self._rest()
        if not self._wanted:
            self._shell.say(_NOT_SHOWN, "info")
            return
        self.clear()
        self._ready = ready
        self._field.hide()
        self._go.hide()
        shown = RecoveryCode(ready.recovery)
        shown.known.connect(self._known)
        self._place.addWidget(Band("Not in force yet: type it back, and it holds.", "info"))
        self._place.addWidget(shown)
        shown.show()
        shown.go.setFocus()

    def _known(self) -> None:
        ready, self._ready = self._ready, None
        if ready is None:
            return
        self.clear()
        self._begin("Encrypting the whole store anew …")
        self._shell.ask(lambda desk: renewing.take_up(desk, ready), self._taken_up, self._refused)

    def _taken_up(self, _: None) -> None:
        self._rest()
        self._changed()
        self._shell.say("The new recovery code is in force. Make a backup now.", "good")

    def _refused(self, failure: Expected) -> None:
        self._rest()
        self._wanted = False
        self._field.refuse(failure.sentence())

    def _begin(self, says: str) -> None:
        self._go.setEnabled(False)
        self._busy.begin(says)

    def _rest(self) -> None:
        self._go.setEnabled(True)
        self._busy.end()


class Checks(Card):
    """Whether everything is as it was signed."""

    def __init__(self, shell: Shell) -> None:
        super().__init__("Check the whole store", gap=10)
        self._shell = shell
        self.body.addWidget(
            Label(
                "Looks at every page, signature, file and list. Other screens wait until it is done.", "quiet"
            )
        )
        self._go = Button("Check now", self._check, icon="list-checks", kind="secondary")
        self._busy = Busy()
        self._list = column(gap=6)
        self.body.addWidget(self._go, 0, _LEFT)
        self.body.addWidget(self._busy)
        self.body.addLayout(self._list)

    def _check(self) -> None:
        empty(self._list)
        self._go.setEnabled(False)
        self._busy.begin("Checking …")
        self._shell.ask(presenter.verify, self._show, self._refused)

    def _show(self, checks: list[Check]) -> None:
        self._go.setEnabled(True)
        self._busy.end()
        bad = sum(not check.ok for check in checks)
        band = (
            Band(
                f"{bad} of {counted(len(checks), 'check')} failed. Keep this store and tell IT support.",
                "danger",
            )
            if bad
            else Band("Everything is as it was written and signed.", "good")
        )
        self._list.addWidget(band)
        band.announce()
        for check in checks:
            held = QWidget()
            across = row(held, gap=8)
            icon, tone = ("circle-check", "good") if check.ok else ("triangle-alert", "danger")
            across.addWidget(Icon(icon, tone, 16))
            across.addWidget(Label(check.says, tone="" if check.ok else "danger"), 1)
            held.setAccessibleName(f"{'Holds' if check.ok else 'Fails'}: {check.says}")
            self._list.addWidget(held)

    def _refused(self, failure: Expected) -> None:
        self._go.setEnabled(True)
        self._busy.end()
        self._list.addWidget(Band(failure.sentence(), "danger"))


def _restoring() -> Card:
    card = Card("Bringing back a backup", gap=8)
    for words in (
        "On a new computer, or where the store's folder is gone: start the workbench and choose "
        "'Bring back a backup' on the first screen.",
        "Another computer needs the recovery code, where a keyring guarded the store.",
        "The restored store is a new device of yours. What was written after the backup is not in it; "
        "the log of who looked says how much is missing.",
    ):
        card.body.addWidget(Label(words))
    return card
