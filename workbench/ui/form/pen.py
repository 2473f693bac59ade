"""Autosave: what is written is kept within a second, one answer a row; what cannot be kept is tried again."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from workbench.casework.desk import Desk
from workbench.casework.drafting import Spot
from workbench.errors import Expected
from workbench.resources import Words
from workbench.ui.form import presenter
from workbench.ui.form.sheet import Sheet
from workbench.ui.shell.place import Shell

_SAVING = Words("Saving…", "Yn cadw…")
_NOT_SAVED = Words("Not saved. {why}", "Heb ei gadw. {why}")
_SAVED = Words("Saved {time}", "Cadwyd {time}")
PAUSE_MS = 600
AGAIN_MS = 5_000


class Pen(QObject):
    """Keeps one sheet in one draft, which begins with the first words.

    `said` tells the state of saving, and whether it failed.
    """

    said = Signal(str, bool)

    def __init__(
        self, shell: Shell, sheet: Sheet, spot: Callable[[], Spot], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._shell = shell
        self._sheet = sheet
        self._spot = spot
        # Changed on the desk's thread alone, where everything runs in the order it was asked for.
        self.writing = sheet.opened.writing
        self._begun = self.writing.kept
        self._done = False
        self._pause = self._timer(PAUSE_MS)
        self._again = self._timer(AGAIN_MS)
        sheet.wrote.connect(self._wrote)
        sheet.rested.connect(self.save)

    @property
    def begun(self) -> bool:
        """Whether the draft is in the store, or on its way there."""
        return self._begun and not self._done

    @property
    def unsaved(self) -> bool:
        """Whether something is written that is not kept."""
        return self._pause.isActive() or bool(self._sheet.unkept)

    def save(self) -> None:
        """Keeps what is written now."""
        self._sheet.settle()
        self._pause.stop()
        if self._done or not (self._sheet.unkept or self._sheet.unkept_marks):
            return
        if not self._begun:
            self._begun = True
            self._sheet.everything()
        answers, marks = self._sheet.taken()
        self._tell(self._sheet.say(_SAVING))
        spot = self._spot()

        def work(desk: Desk) -> str:
            self.writing, at = presenter.keep(desk, self.writing, answers, marks, spot)
            return at

        def failed(error: Expected) -> None:
            self._sheet.give_back(answers, marks=bool(marks))
            self._begun = self.writing.kept
            self._tell(self._sheet.say(_NOT_SAVED, why=error.sentence()), failed=True)
            self._again.start()

        self._shell.ask(work, self._saved, failed)

    def close(self) -> None:
        """Keeps what is written and lays the draft down: it was left on purpose."""
        if self._done:
            return
        self.save()
        spot = self._spot()
        self._shell.ask(lambda desk: presenter.lay_down(desk, self.writing, spot), None, lambda _: None)

    def finish(self) -> None:
        """There is nothing to keep any more: it was signed or thrown away."""
        self._pause.stop()
        self._again.stop()
        self._done = True

    def _wrote(self) -> None:
        # Counted from the first word not kept, never from the last: who writes on without a pause loses no more.
        if not self._done and not self._pause.isActive():
            self._tell(self._sheet.say(_SAVING))
            self._pause.start()

    def _saved(self, at: str) -> None:
        self._again.stop()
        if not self.unsaved:
            self._tell(self._sheet.say(_SAVED, time=at))

    def _tell(self, text: str, *, failed: bool = False) -> None:
        self.said.emit(text, failed)
        self._shell.saved(text, failed=failed)

    def _timer(self, ms: int) -> QTimer:
        made = QTimer(self)
        made.setSingleShot(True)
        made.setInterval(ms)
        made.timeout.connect(self.save)
        return made
