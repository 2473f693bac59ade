"""Search on the screen: type, pause, read; Enter opens the place in the chronology."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from workbench.casework import choices
from workbench.casework.choices import Choices
from workbench.ui.look.look import in_force
from workbench.ui.search import presenter
from workbench.ui.search.presenter import Found, Hit
from workbench.ui.search.results import Hits
from workbench.ui.shell.place import Place, Screen, Shell
from workbench.ui.widgets.buttons import Button
from workbench.ui.widgets.filled import Filled, OneOf
from workbench.ui.widgets.flow import Flow, column, empty, row
from workbench.ui.widgets.inputs import SearchField, Tick
from workbench.ui.widgets.panels import Nothing
from workbench.ui.widgets.text import Label

# Each search is a row of the look-log: it waits until the writer has paused.
_PAUSE_MS = 350
# Letters of a search that its chip shows; its name has all of them.
_CHIP = 40


class SearchScreen(Screen):
    """Across history and documents."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, parent)
        self.setAccessibleName("Search")
        self._case = ""
        self._kept = Choices()
        self._asked = ""
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._search)
        self._page = Filled()
        column(self).addWidget(self._page)
        lines = self._page.column
        lines.setSpacing(in_force().gap(12))
        lines.addWidget(Label("Search", "display", wrap=False))
        self._field = self._where_one_types()
        lines.addWidget(self._field)
        across = row(gap=16)
        self._current = Tick("Only what is current", "Leave out superseded versions")
        self._current.toggled.connect(lambda _: self._search(anew=True))
        across.addWidget(self._current)
        self._keep = Button("Keep this search", self._keep_it, kind="link")
        across.addWidget(self._keep)
        across.addStretch(1)
        self._count = Label("", "quiet", wrap=False)
        across.addWidget(self._count)
        lines.addLayout(across)
        self._kept_row = QWidget()
        self._kept_flow = Flow(self._kept_row, gap=8)
        lines.addWidget(self._kept_row)
        self._stack = OneOf()
        self._hits = Hits()
        self._hits.opened.connect(self._open)
        self._nothing = Nothing("Search", "", icon="search")
        self._stack.add(self._hits)
        self._stack.add(self._nothing)
        self._page.fill(self._stack)

    def _where_one_types(self) -> SearchField:
        field = SearchField("Search everything that was written", 'Words, or "a phrase"')
        field.textChanged.connect(lambda _: self._pause.start())
        field.returnPressed.connect(self._enter)
        down = QShortcut(QKeySequence(Qt.Key.Key_Down), field)
        down.setContext(Qt.ShortcutContext.WidgetShortcut)
        down.activated.connect(self._into_hits)
        return field

    def arrive(self, place: Place) -> None:
        """Shows the last searches, or searches at once for what was asked."""
        self._case = place.case
        self._asked = ""
        if place.words:
            self._field.setText(place.words)
            self._search()
        else:
            self.shell.ask(presenter.start, self._start, key="search")

    def here(self) -> Place:
        """With the words that are searched for."""
        return Place("search", case=self._case, words=self._field.text())

    def leave(self) -> None:
        """Stops waiting for the writer."""
        self._pause.stop()

    def first(self) -> QWidget | None:
        """The field."""
        return self._field

    def find_here(self) -> None:
        """Goes to the field."""
        self._field.setFocus()
        self._field.selectAll()

    def help_page(self) -> str:
        """The guidance for this screen."""
        return "search"

    def _search(self, *, anew: bool = False) -> None:
        words = self._field.text().strip()
        if len(words) < presenter.LEAST or (words == self._asked and not anew):
            return
        self._asked = words
        current, case = self._current.isChecked(), self._case
        self.shell.ask(
            lambda desk: presenter.search(desk, words, current_only=current, case=case),
            self._show,
            key="search",
        )

    def _enter(self) -> None:
        """Enter searches at once; a second Enter goes into the list."""
        if self._field.text().strip() == self._asked and self._hits.hits.rowCount():
            self._into_hits()
        else:
            self._pause.stop()
            self._search()

    def _into_hits(self) -> None:
        """Goes from the field to the first thing found."""
        if self._hits.hits.rowCount():
            self._hits.setFocus()
            self._hits.setCurrentIndex(self._hits.hits.index(0))

    def _start(self, found: Found) -> None:
        self._hits.hits.show_items(())
        self._count.say("")
        self._say(
            "Search everything",
            "Notes, plans, assessments, visits: all words of this store, on this device. Each search is logged.",
        )
        self._offer(found.kept)

    def _show(self, found: Found) -> None:
        hits = (*found.people, *found.hits)
        self._hits.hits.show_items(hits)
        self._count.say(
            f"{len(hits):,} found" if len(hits) < presenter.SHOWN else f"The first {len(hits):,} found"
        )
        if hits:
            self._stack.choose(self._hits)
        else:
            self._say(
                "Nothing found", "Try fewer words, the beginning of a word, or another spelling of a name."
            )
        self._offer(found.kept)

    def _say(self, title: str, says: str) -> None:
        fresh = Nothing(title, says, icon="search")
        self._stack.put_instead(self._nothing, fresh)
        self._nothing = fresh

    def _offer(self, kept: Choices) -> None:
        """Searches kept, then the last ones, each a chip."""
        self._kept = kept
        empty(self._kept_flow)
        for words in kept.saved:
            self._chip(words, f"Kept: {words}")
        for words in kept.recent[:5]:
            if words not in kept.saved:
                self._chip(words, words)
        self._keep.say("Let this search go" if self._asked in kept.saved else "Keep this search")
        self._keep.setVisible(bool(self._asked))

    def _chip(self, words: str, shown: str) -> None:
        short = shown if len(shown) <= _CHIP else f"{shown[:_CHIP].rstrip()}…"
        button = Button(short, lambda: self._again(words), icon="history", kind="chip")
        button.setAccessibleName(f"Search again: {words}")
        self._kept_flow.addWidget(button)
        button.show()

    def _again(self, words: str) -> None:
        self._field.setText(words)
        self._pause.stop()
        self._search(anew=True)

    def _keep_it(self) -> None:
        words, kept = self._asked, self._asked not in self._kept.saved
        self.shell.ask(lambda desk: choices.keep_search(desk, words, kept=kept), self._offer)

    def _open(self, hit: Hit) -> None:
        if hit.entry:
            self.shell.go(Place("case", case=hit.case, tab="chronology", entry=hit.entry))
        else:
            self.shell.go(Place("case", case=hit.case))
