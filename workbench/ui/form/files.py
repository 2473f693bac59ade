"""The field for a file: taken into the store at once, named by the entry when it is signed."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from workbench.casework.attaching import MAX_FILE
from workbench.errors import Expected
from workbench.forms.definition import Question
from workbench.models.records import FileRef
from workbench.resources import Text, Words
from workbench.ui.form.base import Field
from workbench.ui.form.sheet import Sheet
from workbench.ui.widgets import choosing
from workbench.ui.widgets.buttons import Button
from workbench.ui.widgets.flow import Flow
from workbench.ui.widgets.text import Label

KINDS = "*.pdf *.docx *.png *.jpg *.jpeg *.eml *.txt"
MOST_MB = MAX_FILE // 1024**2
_FILES = Words("Files", "Ffeiliau")
_CHOOSE = Words("Choose a file", "Dewis ffeil")
_AWAY = Words("Take it away", "Ei thynnu i ffwrdd")
_WHICH = Words(
    "PDF, Word, picture, e-mail or plain text, at most {most} MB. Or drop it here.",
    "PDF, Word, llun, e-bost neu destun plaen, {most} MB ar y mwyaf. Neu gollyngwch hi yma.",
)
_NAMELESS = Words("File {start}", "Ffeil {start}")
_TOO_LONG = Words("A file may have {most} MB.", "Caiff ffeil fod hyd at {most} MB.")
_UNREADABLE = Words("The file cannot be read.", "Ni ellir darllen y ffeil.")
_TAKING = Words("Taking the file into the store…", "Yn cymryd y ffeil i'r storfa…")
_TAKEN = Words(
    "It lies in the store, encrypted. The copy outside stays where it was.",
    "Mae yn y storfa, wedi'i hamgryptio. Mae'r copi y tu allan yn aros lle'r oedd.",
)


class FileField(Field):
    """A file: chosen or dropped here; PDF, Word, picture, e-mail or plain text of at most 25 MB."""

    def __init__(self, sheet: Sheet, question: Question, path: str, parent: QWidget | None = None) -> None:
        super().__init__(sheet, question, path, parent)
        self.setAcceptDrops(True)
        holder = QWidget(self)
        flow = Flow(holder, gap=8)
        self._shown = Label("", "strong", parent=holder)
        self._choose = Button(sheet.say(_CHOOSE), self._ask, icon="paperclip", parent=holder)
        self._away = Button(sheet.say(_AWAY), self._take_away, kind="link", parent=holder)
        for widget in (self._shown, self._choose, self._away):
            flow.addWidget(widget)
        self._says = Label("", "small", parent=self)
        self.body.addWidget(holder)
        self.body.addWidget(self._says)
        self.watch(self._choose)
        self._tell(_WHICH)

    def show_value(self) -> None:
        """Shows what the sheet holds."""
        held = self.sheet.value(self.path)
        ref = self.sheet.files.get(str(held))
        nameless = self.sheet.say(_NAMELESS, start=str(held)[:12]) if held else ""
        self._shown.say(f"{ref.name} ({_size(ref.bytes)})" if ref else nameless)
        self._shown.setVisible(bool(held))
        self._away.setVisible(bool(held))

    def value(self) -> str | None:
        """The SHA-256 of the file."""
        held = self.sheet.value(self.path)
        return str(held) if held else None

    def inputs(self) -> list[QWidget]:
        """The button."""
        return [self._choose]

    def take(self, path: Path) -> None:
        """Takes a file into the store."""
        try:
            if path.stat().st_size > MAX_FILE:
                self._tell(_TOO_LONG, wrong=True)
                return
            data = path.read_bytes()
        except OSError:
            self._tell(_UNREADABLE, wrong=True)
            return
        self._tell(_TAKING)
        self.sheet.wants_file.emit(path.name, data, self)

    def taken(self, ref: FileRef) -> None:
        """The file lies in the store."""
        self.sheet.add_file(ref)
        self.sheet.answer(self.path, ref.sha256)
        self.show_value()
        self._tell(_TAKEN)

    def refused(self, error: Expected) -> None:
        """The file cannot be taken."""
        self._tell(error.sentence(), wrong=True)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Takes one file."""
        urls = event.mimeData().urls()
        if self._choose.isEnabled() and len(urls) == 1 and urls[0].isLocalFile():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Takes the file that was dropped."""
        event.acceptProposedAction()
        self.take(Path(event.mimeData().urls()[0].toLocalFile()))

    def _ask(self) -> None:
        found = choosing.file_to_open(self, "", f"{self.sheet.say(_FILES)} ({KINDS})")
        if found:
            self.take(Path(found))

    def _take_away(self) -> None:
        self.sheet.answer(self.path, None)
        self.show_value()
        self._choose.setFocus(Qt.FocusReason.OtherFocusReason)

    def _tell(self, says: Text, *, wrong: bool = False) -> None:
        # A sentence of the store's own is shown as it stands.
        self._says.say(says if isinstance(says, str) else self.sheet.say(says, most=MOST_MB))
        self._says.setProperty("tone", "danger" if wrong else "")
        self._says.style().polish(self._says)


def _size(count: int) -> str:
    return f"{count / 1024**2:.1f} MB" if count >= 1024**2 else f"{max(1, round(count / 1024))} kB"
