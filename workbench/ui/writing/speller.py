"""Spelling in English (en-GB), Welsh, the words of the field and the writer's own; no Qt."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Iterable
from typing import Protocol

from workbench import resources

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
LANGUAGES = ("en_GB", "cy")
# What Welsh joins to the word before: amodau'r, yma'n, o'i.
JOINED = frozenset(("r", "n", "i", "u", "w", "m", "th", "ch"))
_MOST = 6
_TURN = 0.05


class Dictionary(Protocol):
    """What is asked of a dictionary: the one place that knows which library reads it."""

    def spell(self, word: str) -> bool:
        """Whether the word is in it."""

    def suggest(self, word: str) -> tuple[str, ...]:
        """Words near to one that is not."""


class Speller:
    """Which words are right, with everything asked before remembered; before it is loaded, all are."""

    def __init__(self) -> None:
        self._dictionaries: tuple[Dictionary, ...] = ()
        self._cache: dict[str, bool] = {}
        self._own: frozenset[str] = frozenset()
        self._names: frozenset[str] = frozenset()
        self._field: frozenset[str] = frozenset()

    @property
    def ready(self) -> bool:
        """Whether the dictionaries are loaded."""
        return bool(self._dictionaries)

    def load(self) -> None:
        """Reads the dictionaries in a thread of its own, one after another, until it is `ready`."""
        if not self.ready:
            threading.Thread(target=self._load, name="spelling", daemon=True).start()

    def own(self, words: Iterable[str]) -> None:
        """Takes these as the writer's own words."""
        self._own = frozenset(_plain(word) for word in words)
        self._cache.clear()

    def names(self, texts: Iterable[str]) -> None:
        """Takes the words of these names as right while this case is written about."""
        self._names = frozenset(_plain(word) for text in texts for word in WORD.findall(text))
        self._cache.clear()

    def right(self, word: str) -> bool:
        """Whether a word stands in any dictionary; what is all capitals is taken for an abbreviation."""
        if not self.ready:
            return True
        found = self._cache.get(word)
        if found is None:
            found = self._cache[word] = self._asked(_plain(word))
        return found

    def suggest(self, word: str, language: str = "en") -> tuple[str, ...]:
        """A few words that may have been meant: of `language`, and only where it has none of the other."""
        held = self._dictionaries[::-1] if language == "cy" else self._dictionaries
        found = (tuple(dict.fromkeys(each.suggest(_plain(word)))) for each in held)
        return next((near[:_MOST] for near in found if near), ())

    def _asked(self, word: str) -> bool:
        if word.isupper() and len(word) > 1:
            return True
        if word in self._own or word in self._names or word in self._field:
            return True
        bare = word.removesuffix("'s")
        if bare in self._names or bare in self._field or bare in self._own:
            return True
        if any(held.spell(word) for held in self._dictionaries):
            return True
        base, _, tail = word.rpartition("'")
        return tail in JOINED and bool(base) and self._dictionaries[-1].spell(base)

    def _load(self) -> None:
        import hunspell

        folder = resources.root() / "dictionaries"
        text = (folder / "field-words.txt").read_text(encoding="utf-8")
        lines = (line.strip() for line in text.splitlines())
        self._field = frozenset(line for line in lines if line and not line.startswith("#"))
        held: tuple[Dictionary, ...] = ()
        for language in LANGUAGES:
            held = (*held, hunspell.Hunspell(language, hunspell_data_dir=str(folder)))
            # The library lets no other thread run while it reads: the window gets its turn in between.
            time.sleep(_TURN)
        self._dictionaries = held


def _plain(word: str) -> str:
    return word.replace("’", "'")
