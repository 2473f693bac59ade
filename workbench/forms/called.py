"""What people call forms and commands beside their titles, and how well what somebody types fits."""

from __future__ import annotations

import re
from collections.abc import Iterable

import msgspec

from workbench import resources

FILE = "called.yaml"
_WORD = re.compile(r"\w+")


class Also(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Other words for one thing, in English and in Welsh: whoever types may use either."""

    en: tuple[str, ...]
    cy: tuple[str, ...]

    def all(self) -> tuple[str, ...]:
        """Both."""
        return (*self.en, *self.cy)


class Called(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Other words for forms and for the window's commands, by their ids."""

    forms: dict[str, Also]
    commands: dict[str, Also]


class Fit(msgspec.Struct, frozen=True):
    """How well something fits what was typed: the lower the `rank` the better; by which other words, if by any."""

    rank: int
    by: str = ""


def called() -> Called:
    """The other words of every form and command."""
    return resources.read(resources.root() / FILE).to(Called)


def fit(typed: str, title: str, also: Iterable[str] = (), about: str = "") -> Fit | None:
    """How a thing with this title, these other words and this description fits; None where it does not.

    A title that begins so comes first, then words that are just what was typed, then those that hold it (the
    title's before others), then the description.
    """
    wanted = _words(typed)
    if title.casefold().startswith(typed.strip().casefold()):
        return Fit(0)
    held = [each for each in also if _begin(wanted, each)]
    exact = next((each for each in held if _words(each) == wanted), None)
    if exact is not None:
        return Fit(1, exact)
    if _begin(wanted, title):
        return Fit(2)
    if held:
        return Fit(3, held[0])
    spoken = f"{title} {about}".casefold()
    return Fit(4) if all(word in spoken for word in typed.casefold().split()) else None


def _begin(wanted: list[str], words: str) -> bool:
    """Whether each word that was typed begins one of these words."""
    return bool(wanted) and all(any(own.startswith(word) for own in _words(words)) for word in wanted)


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())
