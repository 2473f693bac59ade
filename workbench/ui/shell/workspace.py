"""The unlocked window: rail, bands, the screen one is at, the panel that says why, and the way back."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

import msgspec
from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout, QWidget
from shiboken6 import isValid

from workbench.casework.desk import Desk
from workbench.errors import Expected
from workbench.models.results import Because, Changes
from workbench.settings import Settings
from workbench.ui.look.look import in_force
from workbench.ui.shell import counts
from workbench.ui.shell.command import Command
from workbench.ui.shell.place import Place, Screen
from workbench.ui.shell.rail import CARRYING, HEADING, OVERSEEING, TAKING_OUT, Rail
from workbench.ui.shell.register import SCREENS
from workbench.ui.shell.thread import DeskThread, Line
from workbench.ui.widgets.flow import column, empty, row
from workbench.ui.widgets.panels import Band

if TYPE_CHECKING:
    from workbench.ui.shell.switcher import Switcher
    from workbench.ui.shell.why import Why

T = TypeVar("T")
Way = tuple[list[Place], list[Place], tuple[str, ...]]
_RAIL_BELOW = 1150
# Rail, screen and panel side by side, in pixels at 100 %.
_WHY_FROM = 1100
_KEPT = 100


class Workspace(QWidget):
    """The shell that every screen is given; made at unlock, gone at lock with everything it held."""

    lock_asked = Signal()
    room_asked = Signal(str)
    chosen = Signal(object)

    def __init__(
        self, desks: DeskThread, drawing: Line, settings: Settings, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._desks, self._drawing, self._settings = desks, drawing, settings
        self._screens: dict[str, Screen] = {}
        self._past: list[Place] = []
        self._coming: list[Place] = []
        self._here = Place("")
        self._recent: tuple[str, ...] = ()
        self._across = across = row(self, gap=0)
        self.rail = Rail()
        self.rail.chosen.connect(lambda key: self.go(Place(key, words=self._help_words(key))))
        self.rail.locked.connect(self.lock)
        across.addWidget(self.rail)
        self._middle = QWidget()
        middle = column(self._middle, gap=0)
        self._bands: QVBoxLayout = column(gap=4)
        middle.addLayout(self._bands)
        self._stack = QStackedWidget()
        middle.addWidget(self._stack, 1)
        across.addWidget(self._middle, 1)
        # Made when they are first asked for.
        self._why: Why | None = None
        self._switcher: Switcher | None = None

    # Places

    @property
    def here(self) -> Place:
        """Where one is, with the draft of a form that was begun since."""
        screen = self._screens.get(self._here.screen)
        return screen.here() or self._here if screen is not None else self._here

    def at(self) -> Screen:
        """The screen one is at."""
        return self._screens[self._here.screen]

    def go(self, place: Place) -> None:
        """Goes to a place and remembers where one was."""
        if self._here.screen:
            self._past = [*self._past[-_KEPT:], self.here]
        self._coming = []
        self._show(place)

    def back(self) -> None:
        """Goes back one place."""
        if self._past:
            self._coming.append(self.here)
            self._show(self._past.pop())

    def forward(self) -> None:
        """Goes forward again."""
        if self._coming:
            self._past.append(self.here)
            self._show(self._coming.pop())

    @property
    def way(self) -> Way:
        """The way back and forward, and who was read last, without the words that were searched for."""
        return [*map(_bare, self._past)], [*map(_bare, self._coming)], self._recent

    def take_way(self, way: Way) -> None:
        """Goes on from the way of the workspace that it was made instead of."""
        self._past, self._coming, self._recent = way

    def _show(self, place: Place) -> None:
        if self._here.screen:
            self.at().leave()
        if self._why is not None:
            self._why.hide()
        self._give_way()
        empty(self._bands)
        if place.screen not in self._screens:
            made = SCREENS[place.screen](self)
            self._screens[place.screen] = made
            self._stack.addWidget(made)
        self._here = place
        if place.case:
            self._recent = (place.case, *(case for case in self._recent if case != place.case))[:8]
        self.rail.show_place(place.screen)
        screen = self._screens[place.screen]
        self._stack.setCurrentWidget(screen)
        screen.arrive(place)
        self._focus_screen()

    def at_first(self) -> None:
        """Brings the cursor onto the screen one is at."""
        self._focus_screen()

    def _focus_screen(self) -> None:
        target = self.at().first() if self._here.screen else None
        (target or self._stack).setFocus()

    def _to_entry(self, entry: str) -> None:
        """Shows an entry that a because rests on, in the chronology of its case."""

        def found(case: str) -> None:
            self.go(Place("case", case=case, tab="chronology", entry=entry))

        self.ask(lambda desk: counts.case_of_entry(desk, entry), found)

    def _help_words(self, key: str) -> str:
        return self.at().help_page() if key == "guidance" and self._here.screen else ""

    def help(self) -> None:
        """Opens the guidance for where one is."""
        if self._here.screen != "guidance":
            self.go(Place("guidance", words=self._help_words("guidance")))

    # What screens ask

    def ask(
        self,
        work: Callable[[Desk], T],
        then: Callable[[T], None] | None = None,
        failed: Callable[[Expected], None] | None = None,
        *,
        key: str = "",
    ) -> None:
        """Has something done with the desk, on its thread."""
        follow = self._while_here(self._keeping_place(then)) if then is not None else None
        self._desks.with_desk(work, follow, self._while_here(failed or self._refused), key=key)

    def _while_here(self, told: Callable[[T], None]) -> Callable[[T], None]:
        """What is told only while this workspace stands: answers may come after it was made anew in another look."""
        return lambda answer: told(answer) if isValid(self) else None

    def _keeping_place(self, then: Callable[[T], None]) -> Callable[[T], None]:
        """What shows a result, so that the cursor stays on the screen when what held it is drawn anew."""

        def follow(result: T) -> None:
            screen, before = self._stack.currentWidget(), QApplication.focusWidget()
            here = before is self._stack or _within(screen, before)
            then(result)
            # A dialog that was opened there may have outlasted the lock.
            if not isValid(self):
                return
            stays = screen is self._stack.currentWidget()
            if here and stays and not _within(screen, QApplication.focusWidget()):
                self._focus_screen()

        return follow

    def apart(
        self,
        work: Callable[[], T],
        then: Callable[[T], None],
        failed: Callable[[Expected], None] | None = None,
    ) -> None:
        """Has something drawn, on a thread of its own."""
        self._drawing.ask(work, self._while_here(then), self._while_here(failed or self._refused))

    def _refused(self, failure: Expected) -> None:
        self.say(failure.sentence(), "danger")

    def explain(self, title: str, because: Because) -> None:
        """Says why, in the panel."""
        if self._why is None:
            from workbench.ui.shell.why import Why

            self._why = Why(self._to_entry, self)
            self._why.closed.connect(self._why_closed)
            self._across.addWidget(self._why)
        self._why.explain(title, because)
        self._give_way()

    def _why_closed(self) -> None:
        self._give_way()
        self._focus_screen()

    def _give_way(self) -> None:
        """The panel beside the screen where there is room for both, else in its place."""
        if self._why is None:
            return
        beside = self.width() >= in_force().px(_WHY_FROM)
        self._why.stand(beside=beside)
        self._middle.setVisible(beside or not self._why.isVisibleTo(self))

    def say(self, text: str, tone: str = "info") -> None:
        """Says something across the window; the last three messages stand until closed or left."""
        while self._bands.count() >= 3:
            item = self._bands.takeAt(0)
            if item is not None and (held := item.widget()) is not None:
                held.deleteLater()
        band = Band(text, tone, closes=True)
        self._bands.addWidget(band)
        band.announce()

    def saved(self, text: str, *, failed: bool = False) -> None:
        """Shows the state of saving."""
        self.rail.show_saved(text, failed=failed)

    def changed(self, changes: Changes) -> None:
        """Asks for the counts again."""
        self.count()

    def count(self) -> None:
        """Asks for the counts of the rail."""
        self.ask(counts.counts, self._counted, key="counts")

    def _counted(self, found: counts.Counts) -> None:
        self.rail.show_count("today", found.pressing)
        self.rail.show_count("caseload", found.cases)
        for key, count in ((OVERSEEING, found.overseen), (CARRYING, found.carried)):
            self.rail.offer(key, offered=count is not None)
            self.rail.show_count(key, count or 0)
        self.rail.offer(TAKING_OUT, offered=found.leads)
        self.rail.offer(HEADING, offered=found.heads)

    def settings(self) -> Settings:
        """The choices in force."""
        return self._settings

    def take(self, settings: Settings) -> None:
        """Is told of other choices."""
        self._settings = settings

    def choose(self, settings: Settings) -> None:
        """Takes up other choices."""
        self.take(settings)
        self.chosen.emit(settings)

    def lock(self) -> None:
        """Asks to be locked."""
        self.lock_asked.emit()

    def room(self, case: str) -> None:
        """Asks for a case to be put in the room."""
        self.room_asked.emit(case)

    # The switcher

    def switch(self, commands: tuple[Command, ...]) -> None:
        """Shows the quick switcher."""
        if self._switcher is None:
            from workbench.ui.shell.switcher import Switcher

            self._switcher = made = Switcher(self)
            made.closed.connect(self._focus_screen)
            made.wanted.connect(lambda words: self._look_for(words, made))
        self._switcher.appear(commands, lambda case: self.go(Place("case", case=case)))

    def _look_for(self, words: str, switcher: Switcher) -> None:
        recent = self._recent
        self.ask(lambda desk: counts.people(desk, recent, words), switcher.offer_cases, key="switcher")

    def pin(self, case: str) -> None:
        """Pins a case, or lets it go where it is pinned, and says so."""

        def told(kept: bool) -> None:
            self.at().pinned(case, kept=kept)
            self.say(counts.PINNED if kept else counts.UNPINNED)

        self.ask(lambda desk: counts.pin(desk, case), told)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Gives the screen the room that the rail's words took, where there is little."""
        super().resizeEvent(event)
        self.rail.give_way(narrow=event.size().width() < in_force().px(_RAIL_BELOW))
        self._give_way()
        if self._switcher is not None:
            self._switcher.place()


def _bare(place: Place) -> Place:
    return msgspec.structs.replace(place, words="") if place.screen == "search" else place


def _within(screen: QWidget | None, widget: QWidget | None) -> bool:
    return (
        screen is not None
        and widget is not None
        and screen.isAncestorOf(widget)
        and widget.isVisibleTo(screen)
    )
