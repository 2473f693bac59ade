"""What a form version looks like from outside: the kinds of its questions, for rules, reports and lint."""

from __future__ import annotations

import msgspec

from workbench.resources import Text


class Shape(msgspec.Struct, frozen=True):
    """One question or column: its kind, its words, and the columns of a repeat.

    `options` maps option ids to their words, in the form's order. `identifies` is true where the answer
    names somebody or somewhere (the leak gate treats such values as needles).
    """

    kind: str
    ask: Text
    options: dict[str, Text] = {}
    marks: tuple[str, ...] = ()
    columns: dict[str, Shape] = {}
    identifies: bool = False
    decimals: int = 0


class FormShape(msgspec.Struct, frozen=True):
    """One version of a form; `marks` hold for all its questions."""

    form: str
    version: int
    title: Text
    questions: dict[str, Shape]
    marks: tuple[str, ...] = ()
    happened: str | None = None


class Opening(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An event that an entry of a form opens when `when`, an expression over its questions, holds.

    `if_unknown` says whether it opens too where that cannot be told.
    """

    event: str
    form: str
    when: str
    if_unknown: bool = False


class CheckDefinition(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One named check that an expression may call; coded in `rules/checks.py`."""

    check: str
    takes: tuple[str, ...]
    gives: str
    reads: tuple[str, ...]
    means: str
    values: tuple[str, ...] = ()


# The columns of the kinds whose rows have a fixed form.
EVIDENCE = ("text", "source", "basis", "whose", "on", "checked", "how", "from", "file")
ACTION = ("what", "who", "by", "answers", "done_on", "shown_by")
FACTOR = ("rating", "known", "changed", "evidence", "managed_by")
