"""The writer's own words: spellings that are right here, and short forms that are written out; kept in the store."""

from __future__ import annotations

import re
from collections.abc import Mapping

import msgspec

from workbench.casework.desk import Desk
from workbench.errors import BadInput

MAX_WORDS = 5_000
MAX_SNIPPETS = 100
MAX_SNIPPET = 2_000
_WORDS = "own_words"
_SNIPPETS = "snippets"
_SHORT = re.compile(r"[a-z0-9]{1,20}")
# What a new store starts with; a person changes them as they like.
FIRST_SNIPPETS = {
    "dna": "Did not attend and did not get in touch beforehand.",
    "nfa": "No further action, because ",
    "tc": "Telephone call with ",
}


def own_words(desk: Desk) -> tuple[str, ...]:
    """The words that were added to the dictionaries here, in order."""
    data = desk.store.meta(_WORDS)
    return msgspec.json.decode(data, type=tuple[str, ...]) if data else ()


def add_own_word(desk: Desk, word: str) -> tuple[str, ...]:
    """Adds a word, and gives them all.

    Raises:
        BadInput: it is not one word, or there are too many.
    """
    word = word.strip()
    held = own_words(desk)
    if not word or len(word) > 60 or len(word.split()) != 1:
        raise BadInput("Only a single word is added to your words.")
    if len(held) >= MAX_WORDS:
        raise BadInput(f"There are {MAX_WORDS:,} words of your own already.")
    if word not in held:
        held = tuple(sorted({*held, word}, key=str.casefold))
        _keep(desk, _WORDS, msgspec.json.encode(held))
    return held


def remove_own_word(desk: Desk, word: str) -> tuple[str, ...]:
    """Takes a word out again, and gives those that are left."""
    held = tuple(each for each in own_words(desk) if each != word)
    _keep(desk, _WORDS, msgspec.json.encode(held))
    return held


def snippets(desk: Desk) -> dict[str, str]:
    """What each short form is written out to."""
    data = desk.store.meta(_SNIPPETS)
    return msgspec.json.decode(data, type=dict[str, str]) if data else dict(FIRST_SNIPPETS)


def keep_snippets(desk: Desk, wanted: Mapping[str, str]) -> dict[str, str]:
    """Keeps these short forms in place of those there.

    Raises:
        BadInput: a short form is not made of small letters and digits, or its text is empty or too long.
    """
    if len(wanted) > MAX_SNIPPETS:
        raise BadInput(f"At most {MAX_SNIPPETS} short forms are kept.")
    for short, text in wanted.items():
        if not _SHORT.fullmatch(short):
            raise BadInput(f"'{short}' must be small letters and digits, 20 at most.")
        if not text.strip() or len(text) > MAX_SNIPPET:
            raise BadInput(f"What '{short}' stands for must have 1 to {MAX_SNIPPET:,} characters.")
    held = dict(sorted(wanted.items()))
    _keep(desk, _SNIPPETS, msgspec.json.encode(held))
    return held


def _keep(desk: Desk, key: str, data: bytes) -> None:
    device = desk.device
    desk.store.set_meta({key: data}, desk.logged("own words"), device.card.name, device.device)
