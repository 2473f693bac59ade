"""What the commands may ask of the window, without knowing it: handed in at the start, or not there at all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Protocol

import click

from workbench.errors import Refused


class Windows(Protocol):
    """The window, as far as commands know it."""

    def open(self, folder: Path) -> int:
        """Opens it on a store and gives the exit code once it is closed."""

    def tour(
        self, out: Path, folder: Path, today: date | None, themes: Sequence[str], scales: Sequence[float]
    ) -> list[tuple[str, str]]:
        """Writes a picture of every screen of a sample store; gives file names and what each shows."""


def windows(context: click.Context) -> Windows:
    """The window of this program.

    Raises:
        Refused: it was started without one.
    """
    found: Windows | None = context.find_root().obj
    if found is None:
        raise Refused("There is no window in this program.", "Start it with 'python -m workbench'.")
    return found


class LateWindows:
    """A window that is read from disk only once a command opens it."""

    def __init__(self, read: Callable[[], Any]) -> None:
        self._read = read

    def open(self, folder: Path) -> int:
        """Opens it."""
        return int(self._read().run(folder))

    def tour(
        self, out: Path, folder: Path, today: date | None, themes: Sequence[str], scales: Sequence[float]
    ) -> list[tuple[str, str]]:
        """Writes its pictures."""
        found: list[tuple[str, str]] = self._read().tour(out, folder, today, themes, scales)
        return found
