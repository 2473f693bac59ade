"""A case on the screen: the head that is always there, the tabs, what is due beside them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QStackedWidget, QVBoxLayout, QWidget

from workbench.casework.desk import Desk
from workbench.ui.case import offered, presenter
from workbench.ui.case.due import DueColumn
from workbench.ui.case.entries import NewEntry
from workbench.ui.case.presenter import Head
from workbench.ui.case.tab import Tab
from workbench.ui.case.tabs import LISTED, MAKE, OVER, TABS, WITHIN
from workbench.ui.caseload import presenter as caseload
from workbench.ui.look.look import in_force
from workbench.ui.shell import counts
from workbench.ui.shell.place import Place, Screen, Shell
from workbench.ui.widgets.buttons import Button, Choice
from workbench.ui.widgets.flow import Flow, column, row
from workbench.ui.widgets.inputs import Choose
from workbench.ui.widgets.panels import Band, Values
from workbench.ui.widgets.row import Row
from workbench.ui.widgets.rows import Rows
from workbench.ui.widgets.text import Label, Pill

DUE = {"due": "What is due"}
_LIST_FROM, _SIDE_FROM, _SIDE = 1300, 900, 300
_FEW = 4


class CaseScreen(Screen):
    """One case."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, parent)
        self.setAccessibleName("Case")
        self._place = Place("case")
        self._made: dict[str, Tab] = {}
        across = row(self, gap=0)
        self._list = self._people()
        across.addWidget(self._list)
        middle = column(gap=0)
        middle.addWidget(self._head_part())
        middle.addWidget(self._within_part())
        self._parts = row(gap=0)
        self._stack = QStackedWidget()
        # Every tab scrolls: the highest of them must not press the head together.
        self._stack.setMinimumHeight(1)
        self._due = DueColumn(shell)
        self._beside = True
        self._head: Head | None = None
        self._inside = False
        self._parts.addWidget(self._stack, 1)
        self._parts.addWidget(self._due)
        self._due.setFixedWidth(in_force().px(_SIDE))
        middle.addLayout(self._parts, 1)
        across.addLayout(middle, 1)
        self._new = NewEntry(self)
        self._new.chosen.connect(self._write)

    # Parts

    def _people(self) -> QFrame:
        held = QFrame()
        held.setProperty("side", "left")
        held.setFixedWidth(in_force().px(_SIDE))
        lines = column(held, gap=8)
        pad = in_force().gap(14)
        lines.setContentsMargins(pad, pad, 0, 0)
        lines.addWidget(Label("Caseload", "title", wrap=False))
        self._rows = Rows("Caseload, due first")
        self._rows.opened.connect(lambda case: self.shell.go(Place("case", case=case, tab=self._place.tab)))
        lines.addWidget(self._rows, 1)
        return held

    def _head_part(self) -> QFrame:
        head = QFrame()
        head.setProperty("head", "true")
        look = in_force()
        lines = column(head, gap=8)
        lines.setContentsMargins(look.gap(20), look.gap(12), look.gap(20), 0)
        self._lines = lines
        top = row(gap=10)
        who = QWidget()
        flow = Flow(who, gap=10)
        self._name = Label("", "display")
        self._rosh, self._mappa, self._restricted = (
            Pill(""),
            Pill("", "info"),
            Pill("Restricted parts", "warn"),
        )
        for widget in (self._name, self._rosh, self._mappa, self._restricted):
            flow.addWidget(widget)
        top.addWidget(who, 1)
        self._make_acts()
        top.addWidget(self._acts, 0, Qt.AlignmentFlag.AlignTop)
        lines.addLayout(top)
        self._top = top
        self._recall = Band("", "danger", "Open the recall", self._open_recall)
        self._recall.hide()
        lines.addWidget(self._recall)
        self._values = Values()
        lines.addWidget(self._values)
        self._add_tabs(lines)
        return head

    def _make_acts(self) -> None:
        """What to do with the case, in a row of its own: it goes where there is room for it."""
        self._acts = QWidget()
        buttons = row(self._acts, gap=8)
        self._report = Button("Report", self._draw_report, icon="file-text", kind="secondary")
        self._write_new = Button("New entry", self._offer, icon="plus", kind="primary")
        self._pin = Button("Pin", self._turn_pin, icon="pin")
        self._buttons = (
            self._pin,
            Button("Sixty-second card (F7)", self._card, icon="timer", kind="icon"),
            Button("In the room (F8)", self._room, icon="users", kind="icon"),
            self._report,
            self._write_new,
        )
        for button in self._buttons:
            buttons.addWidget(button)

    def _add_tabs(self, lines: QVBoxLayout) -> None:
        """The tabs in a row, and the list that takes its place where the window is narrow."""
        self._tabs = Choice("Parts of the case", TABS, "tab")
        self._tabs.chosen.connect(self._to_tab)
        self._tabs.button("release").hide()
        lines.addWidget(self._tabs)
        self._tab_list = Choose("Part of the case", _listed_tabs(inside=False))
        self._tab_list.activated.connect(lambda _: self._to_tab(self._tab_list.key()))
        self._tab_list.hide()
        self._narrow = row(gap=8)
        self._narrow.addWidget(self._tab_list, 1)
        lines.addLayout(self._narrow)

    def _within_part(self) -> QWidget:
        """The parts of a tab that has several; hidden where it has one."""
        held = QWidget()
        held.setProperty("ground", "true")
        look = in_force()
        lines = column(held)
        lines.setContentsMargins(look.gap(14), look.gap(10), look.gap(14), 0)
        self._within = Choice("Parts of this tab", {})
        self._within.chosen.connect(self._to_tab)
        self._within_of = ""
        lines.addWidget(self._within)
        held.hide()
        self._within_row = held
        return held

    # Coming and going

    def arrive(self, place: Place) -> None:
        """Shows a tab of a case."""
        tab = place.tab if place.tab in MAKE or (place.tab == "due" and not self._beside) else "summary"
        fresh = place.case != self._place.case
        self._place = Place("case", case=place.case, tab=tab, entry=place.entry)
        self._tabs.choose(OVER.get(tab, tab))
        self._tab_list.choose(tab)
        self._offer_parts(tab)
        if fresh:
            self._name.say(" ")
        case = place.case
        self.shell.ask(lambda desk: presenter.head(desk, case), self._show, key="head")
        if tab == "due":
            self._stack.setCurrentWidget(self._due)
        else:
            self._stack.setCurrentWidget(self._tab(tab))
            self._tab(tab).arrive(self._place)
        if self._beside:
            self._due.setHidden(self._now().alone)
        # Last, for the caseload may be long and nobody came here for it.
        if self._list.isVisible() or self.width() >= in_force().px(_LIST_FROM):
            self.shell.ask(_listed, self._show_people, key="people")

    def _offer_parts(self, tab: str) -> None:
        over = OVER.get(tab, "")
        if over and over != self._within_of:
            self._within.offer(WITHIN[over])
            self._within_of = over
        self._within.choose(tab)
        self._within_row.setVisible(bool(over) and self._beside)

    def _to_tab(self, tab: str) -> None:
        self.shell.go(Place("case", case=self._place.case, tab=tab))

    def _tab(self, key: str) -> Tab:
        if key not in self._made:
            self._made[key] = MAKE[key](self.shell)
            self._stack.addWidget(self._made[key])
        return self._made[key]

    def first(self) -> QWidget | None:
        """The first place of the tab, else the tabs themselves."""
        if not self._beside:
            return self._tab_list
        tab = self._place.tab or "summary"
        button = self._tabs.button(OVER.get(tab, tab))
        return self._now().first() or (self._tabs.button("summary") if button.isHidden() else button)

    def _now(self) -> Tab:
        return self._tab(self._place.tab if self._place.tab in MAKE else "summary")

    def help_page(self) -> str:
        """The guidance for the tab."""
        return self._now().help_page()

    def find_here(self) -> None:
        """Finds in the tab."""
        self._now().find_here()

    def on_paper(self) -> Place | None:
        """What is open in the tab."""
        return self._now().on_paper()

    # Showing

    def _show(self, head: Head) -> None:
        if head.case != self._place.case:
            return
        self._name.say(head.name)
        self._rosh.say(head.rosh, head.rosh_tone)
        self._mappa.say(head.mappa, "info")
        self._mappa.setVisible(bool(head.mappa))
        self._restricted.setVisible(head.restricted)
        self._recall.words.say(head.recall)
        self._recall.setVisible(bool(head.recall))
        self._head = head
        self.pinned(head.case, kept=head.pinned)
        self._offer_tabs(head)
        self._values.show_values(head.values if self._beside else head.values[:_FEW])
        self._due.show_head(head)
        self._rows.choose(head.case)

    def _offer_tabs(self, head: Head) -> None:
        """Offers the tabs of this case: a release board for those alone who are in custody."""
        if head.inside == self._inside:
            return
        self._inside = head.inside
        self._tabs.button("release").setVisible(head.inside)
        self._tab_list.clear()
        for key, words in _listed_tabs(inside=head.inside).items():
            self._tab_list.addItem(words, key)
        self._tab_list.choose(self._place.tab or "summary")
        if self._place.tab == "release" and head.inside and self._tabs.button("summary").hasFocus():
            # It stood in for a tab that was not there yet.
            self._tabs.button("release").setFocus()

    def _show_people(self, rows: list[Row]) -> None:
        self._rows.show_rows(rows)
        self._rows.choose(self._place.case)

    # Doing

    def _offer(self) -> None:
        self.shell.ask(offered.forms, self._new.appear, key="forms")

    def _write(self, form: str) -> None:
        self.shell.go(Place("form", case=self._place.case, form=form))

    def _draw_report(self) -> None:
        self.shell.go(Place("report", case=self._place.case))

    def _card(self) -> None:
        self.shell.go(Place("card", case=self._place.case))

    def _room(self) -> None:
        self.shell.room(self._place.case)

    def _turn_pin(self) -> None:
        case = self._place.case
        self.shell.ask(lambda desk: counts.pin(desk, case), lambda kept: self.pinned(case, kept=kept))

    def pinned(self, case: str, *, kept: bool) -> None:
        """Says on the button what it does next."""
        if case == self._place.case:
            self._pin.say("Unpin" if kept else "Pin")
            self._pin.setAccessibleName(
                "Unpin: keep this person at hand no longer (F9)"
                if kept
                else "Pin: keep this person at hand (F9)"
            )

    def _open_recall(self) -> None:
        self.shell.go(Place("form", case=self._place.case, form="recall"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The caseload beside it where there is room; what is due a tab of its own where there is little."""
        super().resizeEvent(event)
        look, width = in_force(), event.size().width()
        self._list.setVisible(width >= look.px(_LIST_FROM))
        left = width - (look.px(_SIDE) if self._list.isVisible() else 0)
        beside = left >= look.px(_SIDE_FROM)
        if beside != self._beside:
            self._stand(beside=beside)
        self._new.place()

    def _stand(self, *, beside: bool) -> None:
        """Stands what is due beside the tabs, or among them."""
        self._beside = beside
        self._tabs.setVisible(beside)
        self._tab_list.setVisible(not beside)
        self._put_acts(beside=beside)
        look = in_force()
        self._lines.setContentsMargins(look.gap(20), look.gap(12), look.gap(20), 0 if beside else look.gap(8))
        self._within_row.setVisible(beside and bool(OVER.get(self._place.tab)))
        if beside:
            self._stack.removeWidget(self._due)
            self._parts.addWidget(self._due)
            self._due.setFixedWidth(in_force().px(_SIDE))
            self._due.setHidden(self._now().alone)
        else:
            self._due.setMinimumWidth(0)
            self._due.setMaximumWidth(16_777_215)
            self._stack.addWidget(self._due)
        if self._head is not None:
            self._show(self._head)

    def _put_acts(self, *, beside: bool) -> None:
        """Puts what to do beside the name, or beside the list of tabs: there a long name has the whole width."""
        if beside:
            self._top.addWidget(self._acts, 0, Qt.AlignmentFlag.AlignTop)
            _chain(self._rows, self._buttons)
        else:
            self._narrow.addWidget(self._acts)
            _chain(self._tab_list, self._buttons)


def _chain(first: QWidget, then: Sequence[QWidget]) -> None:
    """Has Tab go through these, one after another."""
    for one, other in pairwise((first, *then)):
        QWidget.setTabOrder(one, other)


def _listed_tabs(*, inside: bool) -> dict[str, str]:
    """Every tab and part, for the list that stands where the window is narrow."""
    found: dict[str, str] = {}
    for tab, words in TABS.items():
        if inside or tab != "release":
            parts = WITHIN.get(tab, {})
            found |= {part: LISTED.get(part, says) for part, says in parts.items()} or {
                tab: LISTED.get(tab, words)
            }
    return found | DUE


def _listed(desk: Desk) -> list[Row]:
    found = caseload.caseload(desk)
    return caseload.rows(caseload.chosen(found, "", "due"), found.today)
