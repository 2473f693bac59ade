"""The tray on the screen: the list at the left, the words that will be copied beside it; one key each."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QWidget

from workbench.casework import carrying
from workbench.errors import Expected
from workbench.models.results import Changes
from workbench.ui.carry import presenter
from workbench.ui.carry.clip import CLEARED_AFTER_S, clip
from workbench.ui.carry.panel import ItemPanel
from workbench.ui.carry.presenter import Item, Marked, Tray
from workbench.ui.look.look import in_force
from workbench.ui.shell.place import Place, Screen, Shell
from workbench.ui.widgets.filled import Filled, OneOf
from workbench.ui.widgets.flow import Flow, column, empty, row
from workbench.ui.widgets.panels import Band, Card, Nothing
from workbench.ui.widgets.rows import Rows
from workbench.ui.widgets.text import Label

_BESIDE_FROM = 860
# What the words need at least, with what is done with them above, to scroll by themselves.
_LEAST = 400


class CarryScreen(Screen):
    """What waits to be carried over."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, parent)
        self.setAccessibleName("Carry-over")
        self._items: dict[str, Item] = {}
        self._marked: Changes | None = None
        self._busy = False
        self._wanted = ""
        self._read = False
        self._page = Filled(margin=20)
        self._page.stood.connect(lambda _: self._stand())
        # What is told stands above what scrolls.
        self._told = column(gap=4)
        above = column(self, gap=0)
        above.addLayout(self._told)
        above.addWidget(self._page, 1)
        lines = self._page.column
        head = QWidget()
        flow = Flow(head, gap=16)
        flow.addWidget(Label("Carry-over", "display", wrap=False))
        self._says = Label("", "quiet", wrap=False)
        flow.addWidget(self._says)
        lines.addWidget(head)
        self._rows = Rows("What waits to be carried over, the oldest first")
        self._rows.moved.connect(self._to)
        self._rows.opened.connect(self._open_words)
        self._panel = ItemPanel(self._copy, self._done, self._open, self._back_to_list)
        self._both = QWidget()
        parts = row(self._both, gap=14)
        parts.addWidget(self._rows, 2)
        parts.addWidget(self._panel, 3)
        self._empty = Card()
        self._stack = OneOf()
        self._stack.add(self._both)
        self._stack.add(self._empty)
        self._page.fill(self._stack, _LEAST)
        for keys, press in (("Ctrl+C", self._copy), ("Ctrl+Return", self._done), ("Ctrl+Z", self._undo)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(press)

    def arrive(self, place: Place) -> None:
        """Asks for what waits; who comes back finds the row they left, else it is the oldest."""
        self._say_nothing()
        self._read = False
        self._stand()
        self._panel.clear()
        self._rows.rows.show_items([])
        self._wanted = f"{place.entry}:{place.tab}"
        self.shell.ask(presenter.tray, self.show_tray, key="carry")

    def here(self) -> Place:
        """With the row one is at."""
        item = self._panel.item
        return Place("carry", entry=item.entry, tab=item.system) if item is not None else Place("carry")

    def help_page(self) -> str:
        """The guidance for this screen."""
        return "carry-over"

    def first(self) -> QWidget | None:
        """The list, or the words where they stand in its place; where nothing waits, the way on."""
        if self._stack.shown is self._empty:
            return next((nothing.button for nothing in self._empty.findChildren(Nothing)), None)
        return self._rows if self._panel.back.isHidden() else self._panel.back

    # Showing

    def show_tray(self, tray: Tray) -> None:
        """Draws it; where a row is gone, the one that took its place is chosen."""
        place = max(0, self._rows.currentIndex().row())
        keys = [item.key for item in tray.items]
        if self._wanted in keys:
            place = keys.index(self._wanted)
        self._wanted = ""
        self._items = {item.key: item for item in tray.items}
        self._says.say(tray.says if tray.carries else "")
        self._rows.rows.show_items([item.row for item in tray.items])
        if not tray.items:
            self._show_empty(tray)
            return
        self._stack.choose(self._both)
        self._rows.setCurrentIndex(self._rows.rows.index(min(place, len(tray.items) - 1)))
        (self.first() or self._rows).setFocus()
        if self._read:
            self._page.bring(self._panel)

    def _show_empty(self, tray: Tray) -> None:
        self._panel.clear()
        empty(self._empty.body)
        if tray.carries:
            nothing = Nothing(
                "Everything is carried over",
                "What you sign from now on, and another system holds too, will stand here until you mark it.",
                "Go to Today",
                self._to_today,
            )
        else:
            nothing = Nothing(
                "Nothing to carry over here",
                "Your role signs nothing that is typed into another system.",
                "Go to Today",
                self._to_today,
                icon="info",
            )
        self._empty.body.addWidget(nothing)
        self._empty.body.addStretch(1)
        self._stack.choose(self._empty)
        nothing.show()
        if self.isVisible() and nothing.button is not None:
            nothing.button.setFocus()

    def _to_today(self) -> None:
        self.shell.go(Place("today"))

    def _to(self, key: str) -> None:
        """Shows one item, and asks for its words."""
        item = self._items.get(key)
        if item is None or item == self._panel.item:
            return
        self._panel.show_item(item)
        self.shell.ask(
            lambda desk: presenter.preview(desk, item.entry, item.system),
            self._panel.show_preview,
            self._refused,
            key="carry-words",
        )

    # Doing

    def _copy(self) -> None:
        item = self._panel.item
        if item is not None:
            self.shell.ask(
                lambda desk: carrying.text(desk, item.entry, item.system),
                partial(self._copied, item),
                self._refused,
            )

    def _copied(self, item: Item, text: str) -> None:
        application = QApplication.instance()
        if isinstance(application, QApplication):
            clip(application).put(text)
            self._say(
                f"Copied for {item.system_name}, {item.name}. It is taken off the clipboard in "
                f"{CLEARED_AFTER_S} seconds.",
                "info",
            )

    def _done(self) -> None:
        item = self._panel.item
        if item is not None and not self._busy:
            self._busy = True
            self.shell.ask(lambda desk: presenter.mark(desk, item), self._was_marked, self._refused)

    def _was_marked(self, marked: Marked) -> None:
        self._busy = False
        self._marked = marked.changes
        self._panel.clear()
        self._say(marked.says, "good", "Undo (Ctrl+Z)", self._undo)
        self.show_tray(marked.tray)
        self.shell.changed(marked.changes)

    def _undo(self) -> None:
        marked = self._marked
        if marked is not None and not self._busy:
            self._busy, self._marked = True, None
            self.shell.ask(lambda desk: presenter.undo(desk, marked), self._undone, self._refused)

    def _undone(self, found: tuple[Changes, Tray]) -> None:
        self._busy = False
        changes, tray = found
        self._panel.clear()
        self._say("The mark was taken back: it waits again.", "info")
        self.show_tray(tray)
        self.shell.changed(changes)

    def _open(self) -> None:
        item = self._panel.item
        if item is not None:
            self.shell.go(Place("case", case=item.case, tab="chronology", entry=item.entry))

    def _refused(self, failure: Expected) -> None:
        self._busy = False
        self._say(failure.sentence(), "danger")

    def _say(self, text: str, tone: str, action: str = "", press: Callable[[], None] | None = None) -> None:
        self._say_nothing()
        band = Band(text, tone, action, press)
        self._told.addWidget(band)
        band.show()
        band.announce()

    def _say_nothing(self) -> None:
        empty(self._told)

    # The words beside the list, or in its place

    def _open_words(self, key: str) -> None:
        """Shows the words of an item in the place of the list, where they do not stand beside it."""
        self._to(key)
        if not self._beside():
            self._read = True
            self._stand()
            self._panel.back.setFocus()
            self._page.bring(self._panel)

    def _back_to_list(self) -> None:
        self._read = False
        self._stand()
        self._rows.setFocus()
        self._page.bring(self._rows)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape goes back to the list."""
        if event.key() == Qt.Key.Key_Escape and not self._panel.back.isHidden():
            self._back_to_list()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One at a time where there is no room for both."""
        super().resizeEvent(event)
        self._stand()

    def _beside(self) -> bool:
        return self.width() >= in_force().px(_BESIDE_FROM) and not self._page.whole

    def _stand(self) -> None:
        beside = self._beside()
        alone = self._read and not beside
        self._rows.setVisible(not alone)
        self._panel.setVisible(beside or alone)
        self._panel.back.setVisible(alone)
