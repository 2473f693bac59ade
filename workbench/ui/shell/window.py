"""The window of the program: the way in, the workspace, the room; the lock that lies between them."""

from __future__ import annotations

import gc
from collections.abc import Callable
from functools import partial
from importlib import import_module
from pathlib import Path

import msgspec
from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget, QWidget

from workbench import logs
from workbench import settings as settings_module
from workbench.casework.opening import Secret
from workbench.clock import Clock
from workbench.errors import Expected
from workbench.settings import Settings
from workbench.ui.gate.gate import Gate, Opening
from workbench.ui.look import look
from workbench.ui.look.tokens import THEMES
from workbench.ui.shell.command import Command
from workbench.ui.shell.idle import Idle
from workbench.ui.shell.place import Place
from workbench.ui.shell.thread import DeskThread, Line
from workbench.ui.shell.workspace import Way, Workspace
from workbench.ui.widgets.flow import column
from workbench.ui.widgets.panels import Band

TITLE = "Workbench"
# Until the first screen is painted, on any machine that is quick enough to work on.
_PAINTED_MS = 60
SIZES = (75, 100, 125, 150, 175, 200)
# Screens one goes to from anywhere, with the words and the key stroke of each.
_PLACES = (
    ("today", "Go to Today", "Ctrl+1"),
    ("caseload", "Go to the caseload", "Ctrl+2"),
    ("oversight", "Oversight", "Ctrl+3"),
    ("figures", "Figures", "Ctrl+4"),
    ("carry", "Carry over what was signed", "Ctrl+5"),
    ("exchange", "Exchange", "Ctrl+6"),
    ("cover", "Covering for a colleague, and while you were away", "Ctrl+7"),
    ("waysout", "Ways out of the record", "Ctrl+8"),
    ("pdu", "Head of PDU", "Ctrl+9"),
    ("search", "Search everything", "Ctrl+Shift+F"),
    ("settings", "Settings and trust", "Ctrl+,"),
)


def _looks(settings: Settings) -> tuple[object, ...]:
    """What of the choices is seen on every screen."""
    return settings.theme, settings.text_size, settings.spacing, settings.still


def _go_to(screen: str, shell: Workspace) -> None:
    shell.go(Place(screen))


class Window(QMainWindow):
    """The one window; its title never says whose case is open."""

    opened = Signal()

    def __init__(
        self,
        application: QApplication,
        settings: Settings,
        clock: Clock,
        opening: Opening | None,
        folder: Path | None = None,
    ) -> None:
        super().__init__()
        self._application, self._settings, self._opening = application, settings, opening
        self.setWindowTitle(TITLE)
        self.setMinimumSize(720, 480)
        self.desks = DeskThread(self)
        self.drawing = Line("drawing", self)
        for line in (self.desks, self.drawing):
            line.fault.connect(self._fault)
        self._holder = QWidget()
        self._over = column(self._holder, gap=0)
        self._stack = QStackedWidget()
        self._over.addWidget(self._stack, 1)
        self.setCentralWidget(self._holder)
        self._sample_band: Band | None = None
        self.workspace: Workspace | None = None
        self._room: QWidget | None = None
        self._return_to = Place("today")
        self._remaking = self._outworn = False
        self._way: Way = ([], [], ())
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_PAINTED_MS)
        self._soon.timeout.connect(self._follow)
        self._commands = self._all_commands()
        for command in self._commands:
            if command.stroke:
                shortcut = QShortcut(QKeySequence(command.stroke), self)
                shortcut.activated.connect(command.run)
        QShortcut(QKeySequence("Ctrl+K"), self).activated.connect(self.switch)
        self.idle = Idle(application, clock, settings.idle_minutes, self)
        self.idle.away.connect(self.lock)
        if opening is None:
            self._first_run(folder or settings_module.store_folder())
        else:
            self._gate()

    # The way in

    def _first_run(self, folder: Path) -> None:
        from workbench.ui.gate.first_run import FirstRun

        first = FirstRun(self.drawing, self._settings, folder)
        first.made.connect(self._made)
        self._put(first)
        first.first().setFocus()

    def _made(self, opening: Opening, secret: Secret, settings: Settings) -> None:
        """A store was made: opens it, with what was chosen."""
        self._take(settings)
        self._opening = opening
        self.unlock(secret)

    def _gate(self) -> None:
        from workbench.ui.gate.unlock import Unlock

        assert self._opening is not None
        gate = Unlock(self._opening.warning, self._opening.sample)
        gate.given.connect(self.unlock)
        self._put(gate)
        gate.first().setFocus()

    def unlock(self, secret: Secret) -> None:
        """Opens the store with what was typed."""
        gate = self._stack.currentWidget()
        opening = self._opening
        assert opening is not None
        if isinstance(gate, Gate):
            gate.working()

        def refused(failure: Expected) -> None:
            frame.deleteLater()
            if isinstance(gate, Gate):
                gate.refuse(failure)

        self.desks.open(lambda: opening.open(secret), lambda _: self._enter(frame), refused)
        # The desk's thread is at work on the key, which takes its time on purpose.
        frame = Workspace(self.desks, self.drawing, self._settings)

    def _enter(self, made: Workspace | None = None) -> None:
        """Goes in, with the frame made beforehand unless other choices were made since."""
        if made is not None and made.settings() != self._settings:
            made.deleteLater()
            made = None
        workspace = made or Workspace(self.desks, self.drawing, self._settings)
        workspace.lock_asked.connect(self.lock)
        workspace.room_asked.connect(self._into_room)
        workspace.chosen.connect(self._take)
        self.workspace = workspace
        self._put(workspace)
        workspace.go(self._return_to)
        workspace.take_way(self._way)
        # The answer to nothing comes when the first screen has its own; that is to be painted before more is asked.
        self.desks.with_desk(lambda _: None, lambda _: self._soon.start(), lambda _: None)
        self.desks.with_desk(lambda desk: desk.about.sample, self._mark_sample)
        self._allow_idle()
        self.opened.emit()

    def _follow(self) -> None:
        """What is to stand a moment after the first screen."""
        if self.workspace is not None:
            self.workspace.count()
            self._refresh()

    def _refresh(self) -> None:
        """Works out anew what a new day or a new rule book changed, a few cases at a time, so that writing goes on."""
        from workbench.ui.shell import counts

        def done(left: int) -> None:
            if left and self.workspace is not None:
                self._refresh()
            elif self.workspace is not None:
                self.workspace.count()
                # The largest room, and the one gone to from everywhere: nobody is to wait for its first reading.
                import_module("workbench.ui.form.view")

        self.desks.with_desk(counts.refresh_some, done, lambda _: None)

    def _allow_idle(self) -> None:
        """Waits before it locks for as long as the person chose, and no longer than the region allows."""
        from workbench.ui.shell import counts

        chosen = self._settings.idle_minutes
        self.idle.allow(chosen)
        if self.workspace is not None:
            self.desks.with_desk(
                counts.most_idle, lambda most: self.idle.allow(min(chosen, most or chosen)), lambda _: None
            )

    def _mark_sample(self, sample: bool) -> None:
        if self._sample_band is not None:
            self._sample_band.deleteLater()
            self._sample_band = None
        if sample:
            self._sample_band = Band(
                "Sample caseload: everybody in it is invented. It exchanges with nobody.", "plain"
            )
            self._over.insertWidget(0, self._sample_band)

    def _put(self, widget: QWidget) -> None:
        """Shows this alone; what stood there goes, with all it held."""
        while (old := self._stack.widget(0)) is not None:
            self._stack.removeWidget(old)
            old.deleteLater()
        self._stack.addWidget(widget)
        self._stack.setCurrentWidget(widget)

    # The lock

    def lock(self) -> None:
        """Locks: the draft is written, the store closed, every screen let go; the place is remembered."""
        if self.workspace is None:
            return
        if self._room is not None:
            self._out_of_room()
        self.workspace.at().leave()
        self._return_to, self._way = self.workspace.here, self.workspace.way
        # Screens and what they showed hang together in rings; they are to be gone now, not at some later time.
        self.workspace.destroyed.connect(lambda: QTimer.singleShot(0, gc.collect))
        self.workspace = None
        self.desks.close()
        self.drawing.forget()
        self._application.clipboard().clear()
        self._gate()

    def showEvent(self, event: QShowEvent) -> None:
        """Is looked at for signs of a person, whether or not the desktop gives it the focus."""
        super().showEvent(event)
        self.idle.watch(self.windowHandle())

    def closeEvent(self, event: QCloseEvent) -> None:
        """Writes what is unwritten, closes the store, ends the threads."""
        if self.workspace is not None:
            self.workspace.at().leave()
        self.desks.close()
        self.desks.stop()
        self.drawing.stop()
        super().closeEvent(event)

    # In the room

    def toggle_room(self) -> None:
        """Puts the case one is at in the room, or takes it out again."""
        if self._room is not None:
            self._out_of_room()
        elif self.workspace is not None and self.workspace.here.case:
            self._into_room(self.workspace.here.case)
        elif self.workspace is not None:
            self.workspace.say("Open a case first; then F8 puts it in the room.")

    def _into_room(self, case: str) -> None:
        from workbench.ui.room.view import Room

        if self.workspace is None:
            return
        self.workspace.at().leave()
        room = Room(self.workspace, case)
        room.left.connect(self._out_of_room)
        self._room = room
        self._stack.addWidget(room)
        self._stack.setCurrentWidget(room)
        room.first().setFocus()

    def _out_of_room(self) -> None:
        room, self._room = self._room, None
        if room is not None and self.workspace is not None:
            # Left before its words came: they are for nobody now.
            self.workspace.ask(lambda desk: None, key="room")
            self._stack.removeWidget(room)
            room.deleteLater()
            self._stack.setCurrentWidget(self.workspace)
            if self._outworn:
                self._let_go()
                QTimer.singleShot(0, self, self._wear)
            else:
                self.workspace.at().arrive(self.workspace.here)
                self.workspace.at_first()

    # Commands

    def switch(self) -> None:
        """Shows the quick switcher."""
        if self.workspace is not None and self._room is None:
            self.workspace.switch(self._commands)

    def _here(self, run: Callable[[Workspace], None]) -> Callable[[], None]:
        """A command of the workspace: nothing while it is locked or in the room."""

        def held() -> None:
            if self.workspace is not None and self._room is None:
                run(self.workspace)

        return held

    def _all_commands(self) -> tuple[Command, ...]:
        at = self._here
        return (
            *(Command(key, words, stroke, at(partial(_go_to, key))) for key, words, stroke in _PLACES),
            Command("guidance", "Guidance for where you are", "F1", at(lambda shell: shell.help())),
            *self._writing_commands(),
            Command("report", "Report on this case", "Ctrl+P", at(self._report)),
            Command("sitting", "One sitting on this case: reviews signed together", "", at(self._sitting)),
            Command("card", "Sixty-second card on this case", "F7", at(self._card)),
            Command("room", "In the room: show this case to the person", "F8", self.toggle_room),
            Command("pin", "Pin this case, or let it go", "F9", at(self._pin)),
            Command("back", "Back", "Alt+Left", at(lambda shell: shell.back())),
            Command("forward", "Forward", "Alt+Right", at(lambda shell: shell.forward())),
            Command("find", "Find in this page", "Ctrl+F", at(lambda shell: shell.at().find_here())),
            Command("theme", "Light, dark or high contrast", "Ctrl+Shift+D", self._next_theme),
            Command("larger", "Larger text", "Ctrl++", lambda: self._resize_text(1)),
            Command("smaller", "Smaller text", "Ctrl+-", lambda: self._resize_text(-1)),
            Command("lock", "Lock now", "Ctrl+L", self.lock),
        )

    def _writing_commands(self) -> tuple[Command, ...]:
        at = self._here
        return (
            Command(
                "new", "New contact on this case", "Ctrl+N", at(lambda shell: self._write(shell, "contact"))
            ),
            Command(
                "visit",
                "Home visit on this case",
                "Ctrl+Shift+H",
                at(lambda shell: self._write(shell, "home-visit")),
            ),
            Command(
                "register",
                "Register a person",
                "",
                at(lambda shell: shell.go(Place("form", form="registration"))),
            ),
        )

    def _write(self, shell: Workspace, form: str) -> None:
        here = shell.here
        if here.case:
            # What was ticked on the card belongs into the contact, however it is begun.
            given = here.given if here.screen == "card" and form == "contact" else ()
            shell.go(Place("form", case=here.case, form=form, given=given))
        else:
            shell.say("Open a case first; then the same keys begin an entry on it.")

    def _sitting(self, shell: Workspace) -> None:
        if shell.here.case:
            shell.go(Place("sitting", case=shell.here.case))
        else:
            shell.say("Open a case first; then a sitting begins on it.")

    def _card(self, shell: Workspace) -> None:
        if shell.here.case:
            shell.go(Place("card", case=shell.here.case))
        else:
            shell.say("Open a case first; then F7 shows what to read before you meet.")

    def _report(self, shell: Workspace) -> None:
        if shell.here.case:
            shell.go(shell.at().on_paper() or Place("report", case=shell.here.case))
        else:
            shell.say("Open a case first; then Ctrl+P draws a report on it.")

    def _pin(self, shell: Workspace) -> None:
        if shell.here.case:
            shell.pin(shell.here.case)
        else:
            shell.say("Open a case first; then F9 pins it.")

    # Looks and settings

    def _next_theme(self) -> None:
        number = (THEMES.index(self._settings.theme) + 1) % len(THEMES)
        self._take(msgspec.structs.replace(self._settings, theme=THEMES[number]))

    def _resize_text(self, step: int) -> None:
        near = min(range(len(SIZES)), key=lambda index: abs(SIZES[index] - self._settings.text_size))
        size = SIZES[max(0, min(len(SIZES) - 1, near + step))]
        self._take(msgspec.structs.replace(self._settings, text_size=size))

    def _take(self, settings: Settings) -> None:
        """Takes up other choices and keeps them; screens are made anew where lengths changed."""
        before, self._settings = self._settings, settings
        settings_module.save(settings)
        self._allow_idle()
        if _looks(before) != _looks(settings):
            self._let_go()
            # Screens that go are not dressed first: with many of them open that takes seconds.
            QTimer.singleShot(0, self, self._wear)
        elif self.workspace is not None:
            self.workspace.take(settings)

    def _let_go(self) -> None:
        """Lets every screen go; the place where one is is remembered. In the room that waits until it is left."""
        self._outworn = self._room is not None
        if self.workspace is not None and self._room is None:
            self.workspace.at().leave()
            self._return_to = self.workspace.here
            self._remaking, self._way, self.workspace = True, self.workspace.way, None
            self._put(QWidget())

    def _wear(self) -> None:
        """Puts on the look that was chosen, and makes the screens that were let go anew."""
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        look.put_on(self._application, look.chosen(self._settings))
        if self._remaking:
            self._remaking = False
            self._enter()

    def _fault(self, error: BaseException) -> None:
        """Says plainly that the program failed; drafts are kept, the log holds the place and no content."""
        place = logs.bug(error)
        says = f"This is a fault in the program ({place}). Your drafts are kept. Please report it; go on or restart."
        if self.workspace is not None:
            self.workspace.say(says, "danger")
        else:
            band = Band(says, "danger", closes=True)
            self._over.insertWidget(0, band)

    def settled(self) -> bool:
        """Whether nothing asked is still to come."""
        return self.desks.waiting == 0 and self.drawing.waiting == 0 and not self._soon.isActive()

    def keep_above(self) -> None:
        """Comes to the front."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.raise_()
        self.activateWindow()
