"""Takes times: floor and subject in turn, the median of several rounds with the spread."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import msgspec

# Does one round and gives the seconds it took; what it must prepare first is its own business.
Action = Callable[[], float]


class Spread(msgspec.Struct, frozen=True):
    """The median, the least and the most of several rounds."""

    median: float
    least: float
    most: float


class Line(msgspec.Struct, frozen=True):
    """One line of the table: what took how long, how often its floor that is, and what it may take.

    `took` is in `unit`; `ratio` is that of each round. A floor that could not be measured says why in `note`.
    """

    what: str
    floor: str = ""
    took: Spread | None = None
    unit: str = "ms"
    ratio: Spread | None = None
    may_ratio: float | None = None
    may_take: float | None = None
    note: str = ""

    @property
    def held(self) -> bool | None:
        """Whether the budget held; None where there is no budget or nothing was measured."""
        found = []
        if self.may_ratio is not None and self.ratio is not None:
            found.append(self.ratio.median <= self.may_ratio)
        if self.may_take is not None and self.took is not None:
            found.append(self.took.median <= self.may_take)
        return all(found) if found else None


class Sizes(msgspec.Struct, frozen=True):
    """How much each benchmark handles."""

    rounds: int
    cases: int
    entries: int
    rows: int
    indexed: int
    files: int
    region: int
    held: int
    pages: int
    team: int
    others: bool


USUAL = Sizes(7, 38, 5_000, 20_000, 100_000, 301, 2_000, 20_000, 300, 700, True)
FULL = Sizes(7, 60, 5_000, 100_000, 1_000_000, 20_000, 20_000, 20_000, 300, 700, True)
TINY = Sizes(1, 2, 100, 200, 500, 2, 20, 20, 0, 10, False)

Bench = Callable[[Sizes, Path], Iterator[Line]]


def took(do: Callable[[], object], times: int = 1) -> float:
    """The seconds that one call takes; of several, their mean."""
    began = time.perf_counter()
    for _ in range(times):
        do()
    return (time.perf_counter() - began) / times


def alone(action: Action, rounds: int) -> Spread:
    """The spread of an action that has no floor; of several rounds one more, the first, only warms."""
    if rounds > 1:
        action()
    return spread([action() for _ in range(rounds)])


def compare(subject: Action, floor: Action, rounds: int) -> tuple[Spread, Spread]:
    """The subject's spread and that of its ratio to the floor, one after the other in each round.

    Of several rounds one more, the first, only warms.
    """
    found: list[tuple[float, float]] = []
    for _ in range(rounds + 1 if rounds > 1 else 1):
        gc.collect()
        above = subject()
        found.append((above, floor()))
    found = found[-rounds:]
    ratios = spread([above / below for above, below in found])
    middle = spread([above for above, _ in found])
    # The ratio of the medians: a slow round of one side alone does not carry it.
    median = middle.median / statistics.median(below for _, below in found)
    return middle, Spread(median, ratios.least, ratios.most)


def spread(values: Sequence[float]) -> Spread:
    """The spread of these values."""
    return Spread(statistics.median(values), min(values), max(values))


def times(found: Spread, factor: float) -> Spread:
    """The spread in another unit."""
    return Spread(found.median * factor, found.least * factor, found.most * factor)


def versus(
    what: str,
    floor: str,
    found: tuple[Spread, Spread],
    *,
    ratio: float | None = None,
    ms: float | None = None,
    note: str = "",
) -> Line:
    """The line of a comparison."""
    return Line(what, floor, times(found[0], 1000), "ms", found[1], ratio, ms, note)


def single(what: str, found: Spread, *, ms: float | None = None, note: str = "") -> Line:
    """The line of an action without a floor."""
    return Line(what, took=times(found, 1000), may_take=ms, note=note)


def missing(what: str, floor: str) -> Line:
    """The line of a floor whose tool is not on this machine."""
    return Line(what, floor, note="floor not installed")


def table(lines: Sequence[Line]) -> str:
    """All lines as one table for people."""
    cells = [("", "what", "took", "ratio to floor", "budget", "floor", "note")]
    for line in lines:
        mark = {True: "ok", False: "MISS", None: ""}[line.held]
        cells.append(
            (
                mark,
                line.what,
                _shown(line.took, f" {line.unit}"),
                _shown(line.ratio, " ×"),
                _budget(line),
                line.floor,
                line.note,
            )
        )
    widths = [max(len(row[column]) for row in cells) for column in range(len(cells[0]))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in cells
    )


def _shown(found: Spread | None, unit: str) -> str:
    if found is None:
        return ""
    if found.least == found.most:
        return f"{_number(found.median)}{unit}"
    return f"{_number(found.median)}{unit} ({_number(found.least)}-{_number(found.most)})"


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def _budget(line: Line) -> str:
    parts = [f"≤ {line.may_ratio:g} ×"] if line.may_ratio is not None else []
    parts += [f"≤ {line.may_take:g} {line.unit}"] if line.may_take is not None else []
    return " and ".join(parts)
