"""Ways out on the screen: three lists, and what an act would do before its form is opened."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QWidget

from workbench.casework.desk import Desk
from workbench.errors import Expected
from workbench.models.amounts import counted
from workbench.ui.look.look import in_force
from workbench.ui.shell.place import Place, Screen, Shell
from workbench.ui.trust.part import WIDEST
from workbench.ui.waysout import presenter
from workbench.ui.waysout.presenter import Before, Listed
from workbench.ui.widgets import panels
from workbench.ui.widgets.buttons import Button, Choice
from workbench.ui.widgets.flow import Flow, Page, column
from workbench.ui.widgets.panels import Band, Nothing
from workbench.ui.widgets.text import Label, Pill

TABS = {"out": "Taken out", "holds": "Legal holds", "requests": "Requests"}
_READ: dict[str, Callable[[Desk], Listed]] = {
    "out": presenter.out,
    "holds": presenter.holds,
    "requests": presenter.requests,
}
_EMPTY = {
    "out": (
        "Nothing was taken out",
        "To take an entry out, open it in the chronology of its case: the ways stand beside it.",
    ),
    "holds": ("No legal hold", "A hold is recorded on its case, by a new entry."),
    "requests": ("No request", "Letters and requests of the people here will stand here."),
}
_LOW = 480
_LEFT = Qt.AlignmentFlag.AlignLeft


class WaysOutScreen(Screen):
    """What left the record; with an `entry` and a `form` in its place, what that act would do."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, parent)
        self.setAccessibleName("Ways out")
        self._place = Place("waysout")
        self._first: QWidget | None = None
        lines = column(self, gap=0)
        head = QFrame()
        head.setProperty("head", "true")
        look = in_force()
        inner = column(head, gap=8)
        inner.setContentsMargins(look.gap(24), look.gap(14), look.gap(24), 0)
        self._title = Label("Ways out", "display")
        inner.addWidget(self._title)
        self._tabs = Choice("Ways out", TABS, "tab")
        self._tabs.chosen.connect(lambda tab: self.shell.go(Place("waysout", tab=tab)))
        inner.addWidget(self._tabs)
        lines.addWidget(head, 0, Qt.AlignmentFlag(0))
        self._page = Page(width=WIDEST)
        lines.addWidget(self._page, 1)

    def arrive(self, place: Place) -> None:
        """Shows a list, or what an act would do."""
        self._place = place
        self._first = None
        self._page.clear()
        self._tabs.choose(self._tab())
        if place.entry and place.form:
            case, entry, form = place.case, place.entry, place.form
            self.shell.ask(
                lambda desk: presenter.before(desk, case, entry, form),
                self._show_before,
                self._refused,
                key="waysout",
            )
            return
        self.shell.ask(_READ[self._tab()], self._show_list, key="waysout")

    def first(self) -> QWidget | None:
        """The way on to the form, else the tab."""
        return self._first or self._tabs.button(self._tab())

    def help_page(self) -> str:
        """The guidance for this screen."""
        return "ways-out"

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leaves the title away where the list needs the room; the tab says where one is."""
        super().resizeEvent(event)
        self._title.setVisible(event.size().height() >= in_force().px(_LOW))

    def _tab(self) -> str:
        return self._place.tab if self._place.tab in TABS else "out"

    # Lists

    def _show_list(self, listed: Listed) -> None:
        into = self._page.column
        self._page.clear()
        into.addWidget(Label(listed.says, "quiet"))
        if self._tab() == "out":
            who = Button(
                "Who looked at what",
                partial(self.shell.go, Place("settings", tab="log")),
                icon="eye",
                kind="link",
            )
            into.addWidget(who, 0, _LEFT)
        for each in listed.cards:
            into.addWidget(self._card(each))
        if not listed.cards:
            into.addWidget(Nothing(*_EMPTY[self._tab()], icon="shield"))
        if listed.more:
            into.addWidget(
                Label(f"{counted(listed.more, 'older one is', 'older ones are')} not shown.", "quiet")
            )
        into.addStretch(1)

    def _card(self, each: presenter.Card) -> panels.Card:
        card = panels.Card(gap=6)
        card.setAccessibleName(f"{each.title}: {each.state}")
        head = QWidget()
        across = Flow(head, gap=10)
        across.addWidget(Label(each.title, "strong"))
        across.addWidget(Pill(each.state, each.tone))
        card.body.addWidget(head)
        for line in each.lines:
            card.body.addWidget(Label(line))
        for line in each.stores:
            card.body.addWidget(Label(line, "quiet"))
        place = Place("case", case=each.case, tab="chronology", entry=each.entry)
        button = Button("Show it in the chronology", partial(self.shell.go, place), kind="link")
        button.setAccessibleName(f"Show it in the chronology: {each.title}")
        card.body.addWidget(button, 0, _LEFT)
        return card

    # Before an act

    def _show_before(self, before: Before) -> None:
        into = self._page.column
        self._page.clear()
        into.addWidget(Label(before.title, "title"))
        into.addWidget(Label(before.does))
        for part in before.parts:
            if part.tone:
                into.addWidget(Band(f"{part.title}. {' '.join(part.lines)}", part.tone))
                continue
            card = panels.Card(part.title, gap=6)
            for line in part.lines:
                card.body.addWidget(Label(line))
            into.addWidget(card)
        buttons = QWidget()
        across = Flow(buttons)
        place = Place("form", case=before.case, form=before.form, given=before.given)
        go = Button(before.action, partial(self.shell.go, place), icon="arrow-right", kind="primary")
        across.addWidget(go)
        across.addWidget(Button("Leave it as it is", self.shell.back, kind="link"))
        into.addWidget(buttons)
        into.addStretch(1)
        self._first = go
        if self.isVisible():
            go.setFocus(Qt.FocusReason.OtherFocusReason)

    def _refused(self, failure: Expected) -> None:
        self._page.clear()
        self._page.column.addWidget(Band(failure.sentence(), "danger"))
        self._page.column.addStretch(1)
