"""What all fields of writing share: the speller and the short forms, and what a writer asks of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QObject, QTimer, Signal

from workbench.ui.writing.speller import Speller

_LOOK_MS = 100


class Tools(QObject):
    """One for a screen; its fields hear when spelling is ready or words were added."""

    changed = Signal()
    adds = Signal(str)
    edits_snippets = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.speller = Speller()
        self.language = "en"
        self.snippets: Mapping[str, str] = {}
        self._asked = False
        # Looked for here, never told from there: the thread that loads outlives a screen that is locked away.
        self._loading = QTimer(self)
        self._loading.setInterval(_LOOK_MS)
        self._loading.timeout.connect(self._look)

    def wake(self) -> None:
        """Loads the dictionaries, the first time somebody writes."""
        if not self._asked:
            self._asked = True
            self.speller.load()
            self._loading.start()

    def _look(self) -> None:
        if self.speller.ready:
            self._loading.stop()
            self.changed.emit()

    def take(self, words: Iterable[str], snippets: Mapping[str, str]) -> None:
        """Takes the writer's own words and short forms."""
        self.speller.own(words)
        self.snippets = dict(snippets)
        self.changed.emit()
