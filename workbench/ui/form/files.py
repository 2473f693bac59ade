"""The field for a file: taken into the store at once, named by the entry when it is signed."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QWidget

from workbench.casework.attaching import MAX_FILE
from workbench.errors import Expected
from workbench.forms.definition import Question
from workbench.models.records import FileRef
from workbench.ui.form.base import Field
from workbench.ui.form.sheet import Sheet
from workbench.ui.widgets.buttons import Button
from workbench.ui.widgets.flow import Flow
from workbench.ui.widgets.text import Label

KINDS = "Files (*.pdf *.docx *.png *.jpg *.jpeg *.eml *.txt)"
MOST_MB = MAX_FILE // 1024**2


class FileField(Field):
    """A file: chosen or dropped here; PDF, Word, picture, e-mail or plain text of at most 25 MB."""

    def __init__(self, sheet: Sheet, question: Question, path: str, parent: QWidget | None = None) -> None:
        super().__init__(sheet, question, path, parent)
        self.setAcceptDrops(True)
        holder = QWidget(self)
        flow = Flow(holder, gap=8)
        self._shown = Label("", "strong", parent=holder)
        self._choose = Button("Choose a file", self._ask, icon="paperclip", parent=holder)
        self._away = Button("Take it away", self._take_away, kind="link", parent=holder)
        for widget in (self._shown, self._choose, self._away):
            flow.addWidget(widget)
        self._says = Label("", "small", parent=self)
        self.body.addWidget(holder)
        self.body.addWidget(self._says)
        self.watch(self._choose)
        self._tell(f"PDF, Word, picture, e-mail or plain text, at most {MOST_MB} MB. Or drop it here.")

    def show_value(self) -> None:
        """Shows what the sheet holds."""
        held = self.sheet.value(self.path)
        ref = self.sheet.files.get(str(held))
        self._shown.say(
            f"{ref.name} ({_size(ref.bytes)})" if ref else f"File {str(held)[:12]}" if held else ""
        )
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
                self._tell(f"A file may have {MOST_MB} MB.", wrong=True)
                return
            data = path.read_bytes()
        except OSError:
            self._tell("The file cannot be read.", wrong=True)
            return
        self._tell("Taking the file into the store…")
        self.sheet.wants_file.emit(path.name, data, self)

    def taken(self, ref: FileRef) -> None:
        """The file lies in the store."""
        self.sheet.add_file(ref)
        self.sheet.answer(self.path, ref.sha256)
        self.show_value()
        self._tell("It lies in the store, encrypted. The copy outside stays where it was.")

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
        found, _ = QFileDialog.getOpenFileName(self, "Choose a file", "", KINDS)
        if found:
            self.take(Path(found))

    def _take_away(self) -> None:
        self.sheet.answer(self.path, None)
        self.show_value()
        self._choose.setFocus(Qt.FocusReason.OtherFocusReason)

    def _tell(self, says: str, *, wrong: bool = False) -> None:
        self._says.say(says)
        self._says.setProperty("tone", "danger" if wrong else "")
        self._says.style().polish(self._says)


def _size(count: int) -> str:
    return f"{count / 1024**2:.1f} MB" if count >= 1024**2 else f"{max(1, round(count / 1024))} kB"
