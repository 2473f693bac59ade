"""One item of the tray: what is chosen and filled in there, the words as they will be copied, what stays out."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from workbench.ui.carry.presenter import Item, Preview
from workbench.ui.widgets.buttons import Button
from workbench.ui.widgets.flow import Flow, Page, column, empty
from workbench.ui.widgets.panels import Band, Card, Line, Values
from workbench.ui.widgets.text import Label, Pill


class ItemPanel(Card):
    """One item; what is done with it stands above the words, which scroll."""

    def __init__(
        self,
        copy: Callable[[], None],
        done: Callable[[], None],
        open_: Callable[[], None],
        back: Callable[[], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(gap=10, parent=parent)
        self.setAccessibleName("The chosen entry")
        self.item: Item | None = None
        # Shown where it stands in the place of the list.
        self.back = Button("Back to the list", back, icon="arrow-left", kind="link")
        self.body.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        head = QWidget()
        flow = Flow(head, gap=10)
        self._name, self._system = Label("", "title"), Pill("", "info")
        flow.addWidget(self._name)
        flow.addWidget(self._system)
        flow.addWidget(Button("Open the entry", open_, kind="link"))
        self.body.addWidget(head)
        acts = QWidget()
        act = Flow(acts, gap=10)
        self._copy = Button("Copy the words (Ctrl+C)", copy, icon="copy", kind="secondary")
        self._done = Button("Mark as carried over (Ctrl+Enter)", done, icon="check", kind="primary")
        act.addWidget(self._copy)
        act.addWidget(self._done)
        self.body.addWidget(acts)
        self._page = _words_page()
        self._values = Values()
        self._source = Label("", "small")
        self._notes = column(gap=6)
        self._text = Label("")
        into = self._page.column
        into.addWidget(self._values)
        into.addWidget(self._source)
        into.addLayout(self._notes)
        into.addWidget(Line())
        into.addWidget(self._text)
        into.addStretch(1)
        self.body.addWidget(self._page, 1)

    def clear(self) -> None:
        """Shows nothing of anybody."""
        self.item = None
        self._name.say("")
        self._text.say("")
        self._values.show_values(())
        empty(self._notes)

    def show_item(self, item: Item) -> None:
        """Shows whose it is and what is chosen there; the words come after."""
        self.clear()
        self.item = item
        self._name.say(item.name)
        self._system.say(f"To {item.system_name}", "info")
        self._values.show_values(item.values)
        self._source.say(item.source)
        self._source.setVisible(bool(item.source))
        self._copy.setEnabled(False)
        self._page.verticalScrollBar().setValue(0)

    def show_preview(self, preview: Preview) -> None:
        """Shows the words, if they are still wanted."""
        if self.item is None or self.item.key != preview.key:
            return
        self._copy.setEnabled(bool(preview.text))
        self._text.say(preview.text or "Nothing of it may be copied there. Write there what belongs there.")
        if preview.notes:
            self._notes.addWidget(Band("\n".join(preview.notes), "warn"))


def _words_page() -> Page:
    """What scrolls the words: they are long, so arrows and Page Down reach it."""
    page = Page(margin=0)
    page.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    page.setAccessibleName("The words that will be copied")
    # It lies on a card: the ground of a page would show as a patch.
    sheet = page.widget()
    assert sheet is not None
    sheet.setProperty("ground", "false")
    sheet.setAutoFillBackground(False)
    page.viewport().setAutoFillBackground(False)
    return page
