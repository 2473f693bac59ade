"""The steps of the first run: the ways to start, who you are, where backups go, a backup brought back."""

from __future__ import annotations

from pathlib import Path

import msgspec
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from workbench.ui.gate.field import Field, Twice
from workbench.ui.gate.roles import ENCRYPTED, ROLES
from workbench.ui.widgets import choosing
from workbench.ui.widgets.buttons import Button, Choice
from workbench.ui.widgets.flow import Flow, column, empty
from workbench.ui.widgets.inputs import Choose, LineField, SecretField
from workbench.ui.widgets.panels import Band, Line
from workbench.ui.widgets.text import Label


class Person(msgspec.Struct, frozen=True):
    """Whose store it will be."""

    name: str
    role: str
    passphrase: str


class Step(QWidget):
    """One step: its words, where the cursor goes, and where a refusal is said."""

    title = ""

    def first(self) -> QWidget:
        """Where the cursor goes."""
        return self

    def refuse(self, says: str) -> None:
        """Says what is wrong, beside what it is about."""


class Welcome(Step):
    """The ways to start; `chosen` tells which: store, sample or backup."""

    title = "Welcome"
    chosen = Signal(str)

    def __init__(self, place: str) -> None:
        super().__init__()
        lines = column(self, gap=12)
        lines.addWidget(
            Label(
                "A store of your own takes three steps: who you are, a recovery code, and a place for backups. "
                "Everything stays on this computer, encrypted. Nothing needs a network."
            )
        )
        self._go = Button(
            "Set up my store", lambda: self.chosen.emit("store"), icon="arrow-right", kind="primary"
        )
        lines.addWidget(self._go)
        lines.addWidget(Label(f"It will lie in {place}", "small"))
        lines.addWidget(Line())
        lines.addWidget(
            Label(
                "Only looking around? The sample caseload shows everything with invented people. "
                "You can set up your own store the next time you start.",
                "quiet",
            )
        )
        lines.addWidget(
            Button(
                "Look at the sample caseload",
                lambda: self.chosen.emit("sample"),
                icon="users",
                kind="secondary",
            )
        )
        lines.addWidget(Line())
        lines.addWidget(Label("New laptop, or the old store is damaged?", "quiet"))
        lines.addWidget(
            Button(
                "Bring back a backup", lambda: self.chosen.emit("backup"), icon="history", kind="secondary"
            )
        )

    def first(self) -> QWidget:
        """The first way."""
        return self._go


class AboutYou(Step):
    """Name, role and passphrase; `done` tells them once nothing is missing, `offered` asks for six words."""

    title = "Who you are"
    done = Signal(object)
    wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        lines = column(self, gap=16)
        self._name = LineField("Your name")
        self._role = Choose("Your role", {"": "Choose your role", **ROLES})
        self.name = Field("Your name", self._name, "As it will stand beside everything you sign.")
        self.role = Field("Your role", self._role)
        lines.addWidget(self.name)
        lines.addWidget(self.role)
        lines.addWidget(Line())
        lines.addWidget(Label("A passphrase", "heading"))
        lines.addWidget(
            Label(
                "Six words drawn by chance are strong and can be learnt. Take these, or use your own. "
                "Without passphrase or recovery code nobody can open the store: there is no back door."
            )
        )
        self._offer = Band("", "plain", "Offer others", self.wanted.emit)
        self._offer.words.setProperty("role", "heading")
        self._offer.hide()
        lines.addWidget(self._offer)
        self.passphrase = Twice("Passphrase")
        self.passphrase.two.returnPressed.connect(self._check)
        lines.addWidget(self.passphrase)
        self._go = Button("Make the store and go on", self._check, kind="primary")
        lines.addWidget(self._go, 0, Qt.AlignmentFlag.AlignLeft)

    def first(self) -> QWidget:
        """The name."""
        return self._name

    def offer(self, words: str) -> None:
        """Shows six words to take or leave."""
        self._offer.words.say(words)
        self._offer.setAccessibleName(f"Offered passphrase: {words}")
        self._offer.show()

    def refuse(self, says: str) -> None:
        """What is refused once all is filled in is the passphrase."""
        self.passphrase.first.refuse(says)

    def _check(self) -> None:
        """Says everything that is missing; the cursor goes to the first of it."""
        passphrase = self.passphrase.given()
        self.role.refuse("" if self._role.key() else "Choose your role.")
        name = self._name.text().strip()
        self.name.refuse("" if name else "Type your name.")
        if name and self._role.key() and passphrase:
            self.done.emit(Person(name, self._role.key(), passphrase))


class BackupPlace(Step):
    """Where backups go, and whether the disk is encrypted; `done` tells the folder, empty for later."""

    title = "A place for backups"
    done = Signal(str, str)
    looked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        lines = column(self, gap=14)
        lines.addWidget(
            Label(
                "A backup is a whole copy of the store, as encrypted as the store itself. "
                "A stick or an outer disk is best: it survives a lost or broken laptop."
            )
        )
        self._folder = LineField("Folder for backups", "No folder chosen yet")
        self._folder.setReadOnly(True)
        self._field = Field("Folder for backups", self._folder)
        lines.addWidget(self._field)
        self._choose = Button("Choose a folder", self._ask, icon="hard-drive", kind="secondary")
        lines.addWidget(self._choose, 0, Qt.AlignmentFlag.AlignLeft)
        self._warned = column()
        lines.addLayout(self._warned)
        lines.addWidget(Line())
        lines.addWidget(Label("Is the whole disk of this computer encrypted?", "strong"))
        lines.addWidget(
            Label(
                "BitLocker, FileVault or LUKS. Without it, parts of what you read may be left on the disk in clear. "
                "Your IT support can tell you.",
                "quiet",
            )
        )
        self._disk = Choice("Is the whole disk encrypted?", ENCRYPTED)
        lines.addWidget(self._disk)
        lines.addWidget(Line())
        buttons = QWidget()
        across = Flow(buttons, gap=14)
        across.addWidget(Button("Back up now and open", self._check, kind="primary"))
        across.addWidget(Button("Open without a backup", self._later, kind="link"))
        lines.addWidget(buttons)
        lines.addWidget(Label("Without one, Settings says so until the first backup is made.", "small"))

    def first(self) -> QWidget:
        """The button for the folder."""
        return self._choose

    def refuse(self, says: str) -> None:
        """What is refused is the folder."""
        self._field.refuse(says)

    def take(self, folder: str, warning: str) -> None:
        """Shows a folder that will do, with what is to be known of it."""
        self._folder.setText(folder)
        self._field.refuse("")
        empty(self._warned)
        if warning:
            self._warned.addWidget(Band(warning, "warn"))

    def _ask(self) -> None:
        chosen = choosing.folder(self, "Choose the folder for backups")
        if chosen:
            self.looked.emit(chosen)

    def _answer(self) -> str:
        return self._disk.current() or "not-asked"

    def _check(self) -> None:
        if self._folder.text():
            self.done.emit(self._folder.text(), self._answer())
        else:
            self._field.refuse("Choose a folder first, or open without a backup.")

    def _later(self) -> None:
        self.done.emit("", self._answer())


class BringBack(Step):
    """A backup and what opens it; `done` tells folder, passphrase and recovery code, one of the two empty."""

    title = "Bring back a backup"
    done = Signal(str, str, str)

    def __init__(self) -> None:
        super().__init__()
        lines = column(self, gap=14)
        lines.addWidget(
            Label(
                "The backup is checked first and then copied. This computer becomes a new device of the store."
            )
        )
        self._folder = LineField("Folder of the backup", "The folder that holds manifest.json")
        self._folder.setReadOnly(True)
        self._field = Field("Folder of the backup", self._folder)
        lines.addWidget(self._field)
        self._choose = Button("Choose the backup", self._ask, icon="history", kind="secondary")
        lines.addWidget(self._choose, 0, Qt.AlignmentFlag.AlignLeft)
        self._passphrase = SecretField("Passphrase of the backup")
        self._code = LineField("Recovery code")
        for field in (self._passphrase, self._code):
            field.returnPressed.connect(self._check)
        self._opens = Field(
            "Passphrase of the backup",
            self._passphrase,
            "Where a keyring guarded the store, another computer needs the recovery code.",
        )
        lines.addWidget(self._opens)
        lines.addWidget(Field("Or the recovery code", self._code))
        lines.addWidget(Button("Bring it back", self._check, kind="primary"), 0, Qt.AlignmentFlag.AlignLeft)

    def first(self) -> QWidget:
        """The button for the backup."""
        return self._choose

    def refuse(self, says: str) -> None:
        """What is refused is the backup or what opens it; the sentence says which."""
        self._field.refuse(says)

    def _ask(self) -> None:
        chosen = choosing.folder(self, "Choose the backup to bring back")
        if chosen:
            self._folder.setText(str(Path(chosen)))
            self._field.refuse("")
            self._passphrase.setFocus()

    def _check(self) -> None:
        self._opens.refuse("")
        if not self._folder.text():
            self._field.refuse("Choose the backup first.")
        elif self._code.text().strip():
            self.done.emit(self._folder.text(), "", self._code.text().strip())
        elif self._passphrase.text():
            self.done.emit(self._folder.text(), self._passphrase.text(), "")
        else:
            self._opens.refuse("Type the passphrase, or the recovery code below.")
