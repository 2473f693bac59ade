"""One entry on paper, whatever its form: each question that was answered, in the words of the form.

Short answers that follow one another stand together; a long one, or a list, stands under its question. Ids
that point at other entries are for the screen: paper leads nowhere, so they are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from workbench.models.released import ReleasedEntry, Row, Value
from workbench.models.shapes import ACTION, EVIDENCE, FACTOR

SHORT = 80
# The columns of the lists whose rows every form shares: their headings are words of the report.
FIXED = (*FACTOR, *ACTION, *EVIDENCE)
_IDS = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}(, [0-9a-f-]{36})*")
Answer = Value | tuple[Row, ...]


class Cell:
    """One cell of a row: its heading in the words of the form, or as a key of the fixed words, and its value."""

    __slots__ = ("asks", "key", "says")

    def __init__(self, asks: str | None, column: str, says: Value) -> None:
        fixed = not asks and column in FIXED
        self.asks = None if fixed else asks or column.replace("_", " ").capitalize()
        self.key = f"column_{column}" if fixed else None
        self.says = says


class Point:
    """One piece of evidence: what it says, and on what it stands."""

    __slots__ = ("basis", "checked", "on", "source", "text", "whose")

    def __init__(self, row: Row) -> None:
        for column in self.__slots__:
            setattr(self, column, row.columns.get(column))


class Line:
    """One row of a list: its cells, and the evidence within it."""

    __slots__ = ("cells", "points")

    def __init__(self, entry: ReleasedEntry, question: str, row: Row) -> None:
        asked = [path.rpartition(".")[2] for path in entry.asks if path.startswith(f"{question}.")]
        place = {column: at for at, column in enumerate((*asked, *FIXED))}
        columns = sorted(row.columns.items(), key=lambda cell: place.get(cell[0], -1))
        self.cells = tuple(
            Cell(entry.asks.get(f"{question}.{column}"), column, answer)
            for column, answer in columns
            if isinstance(answer, Value) and _readable(answer)
        )
        self.points = tuple(
            Point(inner) for _, answer in columns if not isinstance(answer, Value) for inner in answer
        )


class Part:
    """One question and what was answered: `says`, or `points` of evidence, or `rows`."""

    __slots__ = ("asks", "points", "rows", "says")

    def __init__(self, entry: ReleasedEntry, question: str, answer: Answer) -> None:
        self.asks = entry.asks.get(question) or question.replace("_", " ").capitalize()
        self.says = answer if isinstance(answer, Value) else None
        rows = () if isinstance(answer, Value) else answer
        evidence = all(row.columns.keys() <= set(EVIDENCE) for row in rows)
        self.points = tuple(map(Point, rows)) if evidence else ()
        self.rows = () if evidence else tuple(Line(entry, question, row) for row in rows)

    @property
    def short(self) -> bool:
        """Whether it takes a line beside others."""
        return self.says is not None and self.says.kind != "narrative" and len(self.says.text) <= SHORT


class Block:
    """Short answers that follow one another, or long ones."""

    __slots__ = ("long", "short")

    def __init__(self, parts: tuple[Part, ...], *, short: bool) -> None:
        self.short = parts if short else ()
        self.long = () if short else parts


def blocks(entry: ReleasedEntry) -> tuple[Block, ...]:
    """All that one entry says, in the order of its form."""
    parts = tuple(_parts(entry))
    return tuple(Block(tuple(run), short=short) for short, run in groupby(parts, key=lambda part: part.short))


def _parts(entry: ReleasedEntry) -> Iterator[Part]:
    for question, answer in entry.answers.items():
        if answer != () and (not isinstance(answer, Value) or _readable(answer)):
            yield Part(entry, question, answer)


def _readable(value: Value) -> bool:
    """Whether it says anything to a reader of paper: also that something is held back."""
    return bool(value.cut or value.text.strip()) and not _IDS.fullmatch(value.text)
