"""Whether a word is in the British English or the Welsh dictionary; both load on first use (0.3 s)."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from workbench import resources

LANGUAGES = ("en_GB", "cy")
FOLDER = "dictionaries"


class Dictionary:
    """British English and Welsh together, and the words of the field that neither has."""

    def knows(self, word: str) -> bool:
        """Whether the word is known in some way of writing it, as a name too (`Bangor`, `Pritchard`)."""
        return self.common(word) or any(self._spells(form) for form in {word, word.capitalize()})

    def common(self, word: str) -> bool:
        """Whether the word is known written small: a word, not only a name, and never a number."""
        return word.isalpha() and (word.casefold() in self._field or self._spells(word.lower()))

    def _spells(self, word: str) -> bool:
        return any(books.spell(word) for books in self._books)

    @cached_property
    def _books(self) -> tuple[Any, ...]:
        import hunspell

        folder = str(resources.root() / FOLDER)
        return tuple(hunspell.Hunspell(language, hunspell_data_dir=folder) for language in LANGUAGES)

    @cached_property
    def _field(self) -> frozenset[str]:
        text = (resources.root() / FOLDER / "field-words.txt").read_text("utf-8")
        return frozenset(
            line.strip().casefold() for line in text.splitlines() if line.strip() and not line.startswith("#")
        )
