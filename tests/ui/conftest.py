"""A frame for screens under test: it asks a real desk over a real store at once, and notes what it is told."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TypeVar

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from workbench.casework.desk import Desk
from workbench.errors import Expected
from workbench.models.results import Because, Changes
from workbench.settings import Settings
from workbench.ui.look import look
from workbench.ui.shell.place import Place

T = TypeVar("T")


class Frame:
    """A shell without a window around it."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.went: list[Place] = []
        self.said: list[tuple[str, str]] = []
        self.why: list[tuple[str, Because]] = []
        self.saves: list[tuple[str, bool]] = []
        self.told: list[Changes] = []
        self.rooms: list[str] = []
        self.locked = 0
        self.chosen = Settings()

    def go(self, place: Place) -> None:
        """Notes where to."""
        self.went.append(place)

    def back(self) -> None:
        """Notes that it went back."""
        self.went.append(Place("back"))

    def ask(
        self,
        work: Callable[[Desk], T],
        then: Callable[[T], None] | None = None,
        failed: Callable[[Expected], None] | None = None,
        *,
        key: str = "",
    ) -> None:
        """Asks the desk at once."""
        self.apart(lambda: work(self.desk), then or (lambda _: None), failed)

    def apart(
        self,
        work: Callable[[], T],
        then: Callable[[T], None],
        failed: Callable[[Expected], None] | None = None,
    ) -> None:
        """Does it at once."""
        try:
            result = work()
        except Expected as expected:
            (failed or (lambda error: self.say(error.sentence(), "danger")))(expected)
            return
        then(result)

    def explain(self, title: str, because: Because) -> None:
        """Notes what was to be explained."""
        self.why.append((title, because))

    def say(self, text: str, tone: str = "info") -> None:
        """Notes what was said."""
        self.said.append((text, tone))

    def saved(self, text: str, *, failed: bool = False) -> None:
        """Notes the state of saving."""
        self.saves.append((text, failed))

    def changed(self, changes: Changes) -> None:
        """Notes what changed."""
        self.told.append(changes)

    def settings(self) -> Settings:
        """The choices."""
        return self.chosen

    def choose(self, settings: Settings) -> None:
        """Takes others."""
        self.chosen = settings

    def lock(self) -> None:
        """Counts."""
        self.locked += 1

    def room(self, case: str) -> None:
        """Notes the case."""
        self.rooms.append(case)


class Late(Frame):
    """A shell whose answers wait until they are let come, as from a slow store; a later key makes an earlier void."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.waiting: list[tuple[str, Callable[[], None]]] = []

    def ask(
        self,
        work: Callable[[Desk], T],
        then: Callable[[T], None] | None = None,
        failed: Callable[[Expected], None] | None = None,
        *,
        key: str = "",
    ) -> None:
        """Keeps what was asked."""
        self.waiting = [each for each in self.waiting if not key or each[0] != key]
        self.waiting.append((key, lambda: Frame.ask(self, work, then, failed)))

    def come(self) -> None:
        """Lets everything come, in order, also what is asked for meanwhile."""
        while self.waiting:
            self.waiting.pop(0)[1]()


@pytest.fixture
def late(frame: Frame) -> Late:
    """A frame whose answers come when they are let."""
    return Late(frame.desk)


@pytest.fixture
def frame(desk: Desk, qapp: QApplication) -> Frame:
    """A frame over a new, empty store of a practitioner, dressed in the light theme."""
    # The screens of the test before are let go of first: dressing them again would take longer each time.
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    look.load_fonts()
    look.put_on(qapp, look.Look(still=True))
    return Frame(desk)
