"""Short forms such as `;dna`, written out at the next space or Tab; no Qt."""

from __future__ import annotations

import re
from collections.abc import Mapping

from workbench.errors import BadInput
from workbench.resources import Words
from workbench.ui.words import said

_HOW = Words(
    "Line {line}: write it as 'dna = Did not attend.'",
    "Llinell {line}: ysgrifennwch hi fel 'dna = Heb ddod.'",
)
_TWICE = Words("Line {line}: '{short}' stands there twice.", "Llinell {line}: mae '{short}' yno ddwywaith.")
_SHORT = re.compile(r"(?:^|(?<=\s));([a-z0-9]{1,20})\Z")


def expansion(before: str, snippets: Mapping[str, str]) -> tuple[int, str] | None:
    """How many letters before the cursor a short form takes, and what it stands for; None where there is none."""
    found = _SHORT.search(before)
    if found is None or found[1] not in snippets:
        return None
    return len(found[1]) + 1, snippets[found[1]]


def as_text(snippets: Mapping[str, str]) -> str:
    """Short forms as a person edits them: one a line, `dna = Did not attend.`"""
    return "\n".join(f"{short} = {' '.join(text.split())}" for short, text in sorted(snippets.items()))


def from_text(text: str, language: str = "en") -> dict[str, str]:
    """Short forms from the lines a person edited.

    Raises:
        BadInput: a line has no short form, or one that stands there twice.
    """
    found: dict[str, str] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        short, sign, stands = line.partition("=")
        short = short.strip().removeprefix(";")
        if not sign or not short or not stands.strip():
            raise BadInput(said(_HOW, language, line=number))
        if short in found:
            raise BadInput(said(_TWICE, language, line=number, short=short))
        found[short] = stands.strip() + (" " if stands.endswith(" ") else "")
    return found
