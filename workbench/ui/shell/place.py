"""Where somebody is in the window, and what a screen may ask of the frame around it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeVar

import msgspec
from PySide6.QtWidgets import QWidget

from workbench.casework.desk import Desk
from workbench.errors import Expected
from workbench.models.results import Because, Changes
from workbench.settings import Settings

T = TypeVar("T")


class Place(msgspec.Struct, frozen=True):
    """One place in the window; only ids and fixed words, so that it may stand in a history.

    `screen` is a key of the register of screens. `tab` is a part of it; `entry`, `form`, `draft` and `report`
    say what of the case is open there. `words` is what is searched for, the page of the guidance, the
    question a form begins at, or what is open in the exchange (ids).
    `given` are answers that a new form starts with: the id of the duty, entry or version it is about.
    """

    screen: str
    case: str = ""
    tab: str = ""
    entry: str = ""
    form: str = ""
    draft: str = ""
    report: str = ""
    words: str = ""
    given: tuple[tuple[str, str], ...] = ()


class Shell(Protocol):
    """What every screen may ask of the frame. All of it is called in the window's thread."""

    def go(self, place: Place) -> None:
        """Goes to a place; the present one is left (its draft written) and stands in the history."""

    def back(self) -> None:
        """Goes back to the place before."""

    def ask(
        self,
        work: Callable[[Desk], T],
        then: Callable[[T], None] | None = None,
        failed: Callable[[Expected], None] | None = None,
        *,
        key: str = "",
    ) -> None:
        """Runs `work` where the desk lives, then `then` with its result here, in order of asking.

        A later ask with the same `key` makes the result of an earlier one void. Without `failed` an
        expected failure is shown as a band across the window.
        """

    def apart(
        self,
        work: Callable[[], T],
        then: Callable[[T], None],
        failed: Callable[[Expected], None] | None = None,
    ) -> None:
        """Runs work that needs no desk (drawing a report) in a thread of its own."""

    def explain(self, title: str, because: Because) -> None:
        """Opens the panel that says why."""

    def say(self, text: str, tone: str = "info") -> None:
        """Shows a message across the window."""

    def saved(self, text: str, *, failed: bool = False) -> None:
        """Shows the state of saving in the rail: 'Saved 10:42', 'Saving', 'Not saved'."""

    def changed(self, changes: Changes) -> None:
        """Tells the frame that something was recorded, so that its counts are asked for again."""

    def settings(self) -> Settings:
        """The choices of the person at this machine."""

    def choose(self, settings: Settings) -> None:
        """Takes up other choices at once and keeps them."""

    def lock(self) -> None:
        """Locks the window; drafts are written first."""

    def room(self, case: str) -> None:
        """Puts a case in the room: released for the person, nothing else on the screen until it is lifted."""


class Screen(QWidget):
    """One screen. It is made once and shown each time somebody goes there."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shell = shell
        self.setProperty("ground", "true")

    def arrive(self, place: Place) -> None:
        """Shows a place; asks for what it needs and draws it when it comes."""

    def leave(self) -> None:
        """Is told before another place is shown, the window is locked or closed: unwritten words are written now."""

    def here(self) -> Place | None:
        """Where exactly one is by now (a draft begun since arriving, say); None where it is where one arrived."""
        return None

    def pinned(self, case: str, *, kept: bool) -> None:
        """Is told that a case was pinned, or let go, by a key stroke or from the list of commands."""

    def first(self) -> QWidget | None:
        """Where the cursor goes on arrival; None leaves it where it is."""
        return None

    def help_page(self) -> str:
        """The page of the guidance that F1 opens here."""
        return "start"

    def find_here(self) -> None:
        """Ctrl+F: find in this page."""

    def on_paper(self) -> Place | None:
        """Ctrl+P: where what is open here is put on paper; None where that is a report on the case."""
        return None
