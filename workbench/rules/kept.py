"""What was worked out of a case before, part by part, each with what it looked at: only what changed is done again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import TypeVar

import msgspec

from workbench.models.facts import FactBook
from workbench.models.fold import Case
from workbench.rules.episodes import Episode
from workbench.rules.record import ANY_FACT, Record
from workbench.rules.rounds import Owed

Name = TypeVar("Name")


class Part(msgspec.Struct, frozen=True):
    """What one rule or kind of finding gave, and what of the case it looked at to say so."""

    looked_at: frozenset[str]
    owed: Owed


class Kept:
    """The parts of one case as last worked out; they hold for one day, one set of books and of roles.

    Whoever keeps this lets go of it when the books change, or who may say what.
    """

    def __init__(self) -> None:
        self._parts: dict[tuple[str, ...], Part] = {}
        self._bare: set[tuple[str, str]] = set()
        self._case: Case | None = None
        self._day: date | None = None
        self._episodes: tuple[Episode, ...] = ()

    def turn_to(self, record: Record) -> None:
        """Lets go of every part that looked at something which has changed since, and hands on what never does."""
        record.bare = self._bare
        case, before = record.case, self._case
        same = (
            before is not None
            and before.id == case.id
            and self._day == record.today
            and self._episodes == record.episodes
        )
        if before is None or not same:
            self._parts.clear()
        else:
            changed = touched(before, case, record.facts)
            self._parts = {
                name: part for name, part in self._parts.items() if part.looked_at.isdisjoint(changed)
            }
        self._case, self._day, self._episodes = case, record.today, record.episodes

    def part(self, name: tuple[str, ...], record: Record, work: Callable[..., None], *of: object) -> Owed:
        """What a part gives: as kept, else worked out; `work` fills in what is owed, given the record and `of`."""
        found = self._parts.get(name)
        if found is None:
            record.looked_at.clear()
            owed = Owed()
            work(record, owed, *of)
            found = self._parts[name] = Part(frozenset(record.looked_at), owed)
        return found.owed


def touched(before: Case, after: Case, facts: FactBook) -> frozenset[str]:
    """What differs between two states of a case, named as a record names what it looks at."""
    found: set[str] = set()
    for one, other in ((before, after), (after, before)):
        for entry in _other(one.entries, other.entries):
            found.add(f"form {one.entries[entry].form}")
        for fact, _ in _other(one.claims, other.claims):
            found.update((fact, ANY_FACT))
            if fact in facts:
                found.add(f"of {facts[fact].of}")
    return frozenset(found)


def _other(one: Mapping[Name, object], other: Mapping[Name, object]) -> Iterator[Name]:
    """The names under which the two do not hold the very same thing."""
    return (name for name, value in one.items() if other.get(name) is not value)
