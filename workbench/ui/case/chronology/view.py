"""The chronology on the screen: filters, find, jump to a day, the list, and the entry one reads."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from workbench.casework.desk import Desk
from workbench.models.results import Changes
from workbench.ui.case.chronology import lines, period, presenter
from workbench.ui.case.chronology.lines import Cut, Lines, Preview
from workbench.ui.case.chronology.listing import Listing
from workbench.ui.case.chronology.presenter import Whole
from workbench.ui.case.chronology.reading import Reading
from workbench.ui.case.tab import Tab
from workbench.ui.form import typed
from workbench.ui.look.look import in_force
from workbench.ui.shell.place import Place, Shell
from workbench.ui.widgets.buttons import Choice
from workbench.ui.widgets.flow import Flow, Page, column, row
from workbench.ui.widgets.inputs import Choose, LineField, SearchField, Tick
from workbench.ui.widgets.panels import Nothing
from workbench.ui.widgets.text import Label

_BESIDE_FROM = 820


class Chronology(Tab):
    """Everything by date."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, parent)
        self._case, self._open = "", ""
        self._found: Lines | None = None
        self._among: frozenset[str] | None = None
        self._days: period.Days | None = None
        self._whole: Whole | None = None
        whole = column(self, gap=8)
        pad = in_force().gap(14)
        whole.setContentsMargins(pad, pad, 0, 0)
        self._tools = self._make_tools(pad)
        whole.addWidget(self._tools)
        self._parts = row(gap=0)
        self._stack = QStackedWidget()
        self._list = Listing()
        self._list.stand(compact=self._compact.isChecked())
        self._list.opened.connect(self._read)
        self._list.wanted.connect(self._preview)
        self._nothing = _scrolled(
            Nothing("Nothing yet", "What is recorded will stand here, the latest first.", icon="history")
        )
        self._nothing_fits = _scrolled(
            Nothing(
                "Nothing fits",
                "Entries are here, and none of them is in what is chosen above.",
                "Show everything",
                self._show_all,
                icon="search",
            )
        )
        for widget in (self._list, self._nothing, self._nothing_fits):
            self._stack.addWidget(widget)
        self._reading = Reading()
        self._reading.hide()
        self._listen()
        self._parts.addWidget(self._stack, 1)
        self._parts.addWidget(self._reading, 1)
        whole.addLayout(self._parts, 1)

    def _make_tools(self, pad: int) -> QWidget:
        held = QWidget()
        tools = column(held, gap=8)
        tools.addWidget(self._make_choices(pad))
        across = row(gap=8)
        self._find = SearchField("Find in this chronology", "Find in this chronology")
        self._find.returnPressed.connect(self._search)
        self._find.textChanged.connect(self._cleared)
        self._jump = LineField("Go to a day, or cut to a period", "Day, month or period")
        self._jump.returnPressed.connect(self._go_to_day)
        self._jump.textChanged.connect(self._days_cleared)
        self._count = Label("", "quiet", wrap=False)
        across.addWidget(self._find, 1)
        across.addWidget(self._jump, 1)
        across.addWidget(self._count)
        across.addSpacing(pad)
        tools.addLayout(across)
        return held

    def _make_choices(self, pad: int) -> QWidget:
        """What is shown, as chips, or as a list where there is little room; and how."""
        held = QWidget()
        flow = Flow(held, gap=8)
        flow.setContentsMargins(0, 0, pad, 0)
        self._filter = Choice("Show", lines.FILTERS, gap=6)
        self._filter.chosen.connect(self._to_filter)
        self._filter_list = Choose("Show", lines.FILTERS)
        self._filter_list.activated.connect(lambda _: self._to_filter(self._filter_list.key()))
        self._filter_list.hide()
        self._practice = Tick("No admin", "Hide what is only administration of the record")
        self._practice.setToolTip("Hide what is only administration: carried over, issued, kept to readers")
        self._practice.toggled.connect(lambda _: self._show())
        self._compact = Tick("Compact", "Compact: one line an entry")
        self._compact.setChecked(self.shell.settings().chronology == "compact")
        self._compact.toggled.connect(self._stand_compact)
        for widget in (self._filter, self._filter_list, self._practice, self._compact):
            flow.addWidget(widget)
        self._filter.choose("all")
        return held

    def _listen(self) -> None:
        self._reading.closed.connect(self._close)
        self._reading.amend.connect(self._amend)
        self._reading.follow.connect(self._follow)
        self._reading.take_out.connect(self._take_out)
        self._reading.on_paper.connect(self._print)
        self._reading.withdraw.connect(
            lambda why: self._act(lambda desk, w, v: presenter.withdraw(desk, w.case, v, why))
        )
        self._reading.countersign.connect(
            lambda: self._act(lambda desk, w, v: presenter.countersign(desk, w.case, v))
        )
        self._reading.give_back.connect(self._give_back)
        self._reading.lifted.connect(self._lifted)

    def arrive(self, place: Place) -> None:
        """Reads the lines of a case, and opens the entry one came for."""
        if place.case != self._case:
            self._case, self._found, self._among = place.case, None, None
            self._list.lines.previews.clear()
            self._find.clear()
            self._jump.clear()
            self._close()
        self._open = place.entry
        case = place.case
        self.shell.ask(lambda desk: lines.read(desk, case), self._take, key="chronology")

    def first(self) -> QWidget | None:
        """The list, or the entry that is read."""
        return self._list

    def find_here(self) -> None:
        """Goes to the field that finds."""
        self._find.setFocus()
        self._find.selectAll()

    def help_page(self) -> str:
        """The guidance for it."""
        return "chronology"

    # The list

    def _take(self, found: Lines) -> None:
        if found.case != self._case:
            return
        self._found = found
        self._show()
        if self._open:
            self._list.choose(self._open)
            self._read(self._open)

    def _show(self) -> None:
        found = self._found
        if found is None:
            return
        first, last = (day.isoformat() for day in self._days) if self._days else ("", "")
        cut = Cut(self._filter.current(), self._among, first, last, self._practice.isChecked())
        seen = lines.shown(found, cut)
        self._list.show_lines(seen)
        self._count.say(lines.counted(found, seen))
        nothing = self._nothing_fits if found.entries else self._nothing
        self._stack.setCurrentWidget(self._list if seen else nothing)

    def _show_all(self) -> None:
        """Lets go of everything that cuts."""
        self._among = self._days = None
        for field in (self._find, self._jump):
            field.clear()
        self._practice.setChecked(False)
        self._to_filter("all")
        self._list.setFocus()

    def _to_filter(self, key: str) -> None:
        self._filter.choose(key)
        self._filter_list.choose(key)
        self._show()

    def _stand_compact(self, compact: bool) -> None:
        self._list.stand(compact=compact)
        chosen = msgspec.structs.replace(self.shell.settings(), chronology="compact" if compact else "full")
        self.shell.choose(chosen)

    def _preview(self, entries: list[str]) -> None:
        case = self._case

        def take(found: Mapping[str, Preview]) -> None:
            if case == self._case:
                self._list.lines.add_previews(found)

        self.shell.ask(lambda desk: presenter.previews(desk, case, entries), take)

    def _search(self) -> None:
        case, words = self._case, self._find.text().strip()
        if not words:
            return

        def found(entries: frozenset[str]) -> None:
            self._among = entries
            self._show()

        self.shell.ask(lambda desk: presenter.find(desk, case, words), found, key="find")

    def _cleared(self, text: str) -> None:
        if not text and self._among is not None:
            self._among = None
            self._show()

    def _days_cleared(self, text: str) -> None:
        if not text and self._days is not None:
            self._days = None
            self._show()

    def _go_to_day(self) -> None:
        """A day is gone to; a stretch of days cuts the list."""
        text, today = self._jump.text(), self._found.today if self._found else date.min
        days = period.read(text, today)
        if days is not None or self._days is not None:
            self._days = days
            self._show()
        if days is not None:
            return
        day = typed.day(text, today)
        if day is None:
            self.shell.say(
                "That could not be read. Write a day as 3 March 2024 or 3/3/24, a period as March 2024 or "
                "3 March to 9 April 2024.",
                "warn",
            )
            return
        entry = self._list.shown.nearest(day.isoformat()) if self._list.shown is not None else ""
        if not entry or not self._list.choose(entry):
            self.shell.say("Nothing is recorded on or before that day.", "info")

    # Reading

    def _read(self, entry: str) -> None:
        case = self._case

        def show(whole: Whole | None) -> None:
            if case != self._case:
                return
            self._whole = whole
            self._reading.show_entry(whole, shielded=self.shell.settings().shielded)
            self._reading.show()
            self._give_way()
            # An answer that comes late takes the cursor from nobody who went on meanwhile.
            if self.isVisible():
                self._reading.first().setFocus(Qt.FocusReason.OtherFocusReason)

        self.shell.ask(lambda desk: presenter.whole(desk, case, entry), show, key="entry")

    def _close(self) -> None:
        self._reading.hide()
        self._give_way()
        self._list.setFocus()

    def _give_way(self) -> None:
        """Beside the list where there is room, in its place where there is not."""
        beside = self.width() >= in_force().px(_BESIDE_FROM)
        alone = not beside and self._reading.isVisibleTo(self)
        self._stack.setVisible(not alone)
        self._tools.setVisible(not alone)
        self._filter.setVisible(beside)
        self._filter_list.setVisible(not beside)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Gives way."""
        super().resizeEvent(event)
        self._give_way()

    # Acts

    def _amend(self) -> None:
        if self._whole is not None:
            self.shell.go(
                Place("form", case=self._whole.case, form=self._whole.form, entry=self._whole.entry)
            )

    def _follow(self, form: str) -> None:
        whole = self._whole
        if whole is not None:
            given: tuple[tuple[str, str], ...] = (("entry", whole.entry),)
            if form == "dispute" and whole.accounts:
                given = (*given, ("version", whole.accounts[0].version))
            self.shell.go(Place("form", case=whole.case, form=form, given=given))

    def on_paper(self) -> Place | None:
        """The entry that is open, by itself."""
        if self._whole is None or not self._whole.may_print or self._reading.isHidden():
            return None
        return Place("report", case=self._case, entry=self._whole.entry)

    def _print(self) -> None:
        place = self.on_paper()
        if place is not None:
            self.shell.go(place)

    def _take_out(self, form: str) -> None:
        if self._whole is not None:
            self.shell.go(Place("waysout", case=self._case, entry=self._whole.entry, form=form))

    def _give_back(self, points: dict[str, str]) -> None:
        self._act(lambda desk, whole, version: presenter.give_back(desk, whole.case, version, points))

    def _act(self, act: Callable[[Desk, Whole, str], Changes]) -> None:
        whole = self._whole
        if whole is None or not whole.accounts:
            return
        version = whole.accounts[0].version

        def done(changes: Changes) -> None:
            self.shell.changed(changes)
            self.shell.go(Place("case", case=self._case, tab="chronology", entry=whole.entry))

        self.shell.ask(lambda desk: act(desk, whole, version), done, self._reading.refuse)

    def _lifted(self) -> None:
        case = self._case
        self.shell.ask(lambda desk: desk.log("revealed", case=case))


def _scrolled(nothing: Nothing) -> Page:
    """At the top of the room there is, however little."""
    page = Page(margin=0)
    page.column.addWidget(nothing)
    page.column.addStretch(1)
    return page
