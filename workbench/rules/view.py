"""What rules read: facts of a case on a day, and answers of an entry, as scopes of expressions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from workbench import clock
from workbench.clock import day_of
from workbench.models.amounts import Amount
from workbench.models.evaluation import Answer, Plain
from workbench.models.facts import FactBook
from workbench.models.fold import Case, Entry, Live, Resolved, resolve, resolve_many, stand
from workbench.models.shapes import ACTION, EVIDENCE, FACTOR, FormShape, Shape
from workbench.rules.calendar import Calendar
from workbench.rules.episodes import Run

Check = Callable[[tuple[Answer, ...]], Answer]
Checks = Mapping[str, Check]
Shapes = Mapping[tuple[str, int], FormShape]
ROWS = {"evidence": EVIDENCE, "actions": ACTION, "factor": FACTOR}


class History:
    """Which entries of a case were amended, so that what was known at a moment can be told."""

    def __init__(self, case: Case) -> None:
        self._case = case
        self._amended: dict[tuple[str, str | None], tuple[Entry, ...]] | None = None

    def then(self, fact: str, of: str | None, said: str) -> tuple[Live, ...]:
        """The claims on a fact by what were the heads at a moment; an amended entry counts as it stood then."""
        entries = self._case.entries
        kept = [
            live
            for live in self._case.claims.get((fact, of), ())
            if live.version.said_at <= said and len(entries[live.version.header.entry].versions) == 1
        ]
        for entry in self._changed().get((fact, of), ()):
            versions = [v for v in entry.versions if v.said_at <= said]
            live = stand(entry.id, versions).live if versions else ()
            kept += [Live(c, v) for v in live for c in v.claims if (c.fact, c.of) == (fact, of)]
        return tuple(kept)

    def _changed(self) -> dict[tuple[str, str | None], tuple[Entry, ...]]:
        if self._amended is None:
            found: dict[tuple[str, str | None], dict[str, Entry]] = {}
            for entry in self._case.entries.values():
                if len(entry.versions) > 1:
                    for version in entry.versions:
                        for claim in version.claims:
                            found.setdefault((claim.fact, claim.of), {})[entry.id] = entry
            self._amended = {key: tuple(entries.values()) for key, entries in found.items()}
        return self._amended


class View:
    """The facts of a case as they stand on one day; with `said`, as the record knew them at that moment."""

    def __init__(
        self,
        case: Case,
        facts: FactBook,
        day: date,
        said: str | None = None,
        history: History | None = None,
        read: set[str] | None = None,
    ) -> None:
        self.case = case
        self.facts = facts
        self.day = day
        self._day = day.isoformat()
        self.said = said
        self._history = history or History(case)
        # The facts looked at so far, by path, and `of <kind>` where somebody asked which things there are.
        self._read = set() if read is None else read
        self._held: dict[tuple[str, str | None], Resolved] = {}
        self._values: dict[tuple[str, str | None], Answer] = {}
        self._things: dict[str, tuple[str, ...]] = {}

    def resolved(self, fact: str, of: str | None = None) -> Resolved:
        """Which claims hold."""
        key = (fact, of)
        self._read.add(fact)
        if key not in self._held:
            many = fact in self.facts and self.facts[fact].holds == "many"
            now = self.said is None
            lives = self.case.claims.get(key, ()) if now else self._history.then(fact, of, self.said or "")
            self._held[key] = (resolve_many if many else resolve)(fact, of, lives, self._day)
        return self._held[key]

    def value(self, fact: str, of: str | None = None) -> Answer:
        """What is known, typed; None where nothing is or it is disputed."""
        key = (fact, of)
        self._read.add(fact)
        if key not in self._values:
            self._values[key] = self._typed(fact, of)
        return self._values[key]

    def claims(self, fact: str, of: str | None = None) -> tuple[Live, ...]:
        """Every current claim on a fact, whatever day it holds from."""
        self._read.add(fact)
        return self.case.claims.get((fact, of), ())

    def _typed(self, fact: str, of: str | None) -> Answer:
        held = self.resolved(fact, of)
        definition = self.facts.get(fact)
        if definition is None or not held.known:
            return None
        if held.many:
            return tuple(v for v in (typed(definition.type, each) for each in held.values) if v is not None)
        return typed(definition.type, held.value)

    def things(self, kind: str) -> tuple[str, ...]:
        """Every person, condition and the like of whom anything was ever said, by id."""
        self._read.add(f"of {kind}")
        if kind not in self._things:
            wanted = {name for name, fact in self.facts.items() if fact.of == kind}
            found = {of for name, of in self.case.claims if of is not None and name in wanted}
            self._things[kind] = tuple(sorted(found))
        return self._things[kind]


class FactScope:
    """A case's facts as an expression of a rule reads them; in a row of a group, of one thing.

    Besides facts it knows `episode.kind`, `episode.from` and `episode.until` of the run at hand. A fact of
    a sentence is that of the run's sentences: the earliest day, else the value they share.
    """

    def __init__(
        self,
        view: View,
        checks: Checks,
        calendar: Calendar,
        now: datetime,
        run: Run | None = None,
        thing: tuple[str, str] | None = None,
    ) -> None:
        self.view = view
        self.run = run
        self._checks = checks
        self._calendar = calendar
        self._now = now
        self._thing = thing

    def value(self, path: str) -> Answer:
        """The value of a fact path; None where it is not known or disputed."""
        if self.run is not None and path.startswith("episode."):
            part = path[8:]
            return {"kind": self.run.kind, "from": self.run.from_, "until": self.run.until}.get(part)
        if self._thing is not None and path == self._thing[0]:
            return self._thing[1]
        definition = self.view.facts.get(path)
        if definition is None:
            return None
        if definition.of == "case":
            return self.view.value(path)
        if self._thing is not None and definition.of == self._thing[0]:
            return self.view.value(path, self._thing[1])
        if definition.of == "sentence" and self.run is not None:
            return self._of_sentences(path)
        return None

    def rows(self, group: str) -> tuple[FactScope, ...] | None:
        """One scope for each thing of this kind; None where none was ever recorded."""
        things = self.view.things(group)
        if not things:
            return None
        return tuple(self.of(group, thing) for thing in things)

    def of(self, kind: str, thing: str) -> FactScope:
        """The scope as one thing of a kind sees it, as in a row of a group."""
        return FactScope(self.view, self._checks, self._calendar, self._now, self.run, (kind, thing))

    def check(self, name: str, args: tuple[Answer, ...]) -> Answer:
        """What a named check gives."""
        check = self._checks.get(name)
        return check(args) if check is not None else None

    def shift(self, start: date | datetime, amount: Amount, *, back: bool) -> date | datetime:
        """The day or moment an amount away."""
        return self._calendar.shift(start, amount, back=back)

    def today(self) -> date:
        """The day on which the facts are read."""
        return self.view.day

    def now(self) -> datetime:
        """The present moment."""
        return self._now

    def _of_sentences(self, path: str) -> Answer:
        assert self.run is not None
        values = [self.view.value(path, sentence) for sentence in self.run.sentences]
        known = [value for value in values if value is not None]
        days = [value for value in known if isinstance(value, date)]
        if days:
            return min(days)
        return known[0] if known and all(value == known[0] for value in known) else None


class AnswerScope:
    """The answers of one version as an expression over its form reads them.

    A repeat that the form asks and nobody filled has no rows; one that the form never asked is unknown.
    """

    def __init__(
        self,
        answers: Mapping[str, Any],
        columns: Mapping[str, Shape],
        checks: Checks,
        calendar: Calendar,
        now: datetime,
        outer: AnswerScope | None = None,
    ) -> None:
        self._answers = answers
        self._columns = columns
        self._checks = checks
        self._calendar = calendar
        self._now = now
        self._outer = outer

    def value(self, path: str) -> Answer:
        """The answer; None where there is none."""
        name, _, part = path.partition(".")
        shape = self._columns.get(name)
        found = self._answers.get(name)
        if shape is None:
            return self._outer.value(path) if self._outer is not None else None
        if part:
            inner = found.get(part) if isinstance(found, dict) else None
            return inner if isinstance(inner, str) else None
        if isinstance(found, list):
            return tuple(item for item in found if isinstance(item, str | int))
        return typed(shape.kind, found, shape.decimals)

    def rows(self, group: str) -> tuple[AnswerScope, ...] | None:
        """The rows of a repeat, evidence list or actions."""
        shape = self._columns.get(group)
        if shape is None:
            return self._outer.rows(group) if self._outer is not None else None
        found = self._answers.get(group, [])
        if not isinstance(found, list):
            return None
        columns = shape.columns or {name: Shape("text", name) for name in ROWS.get(shape.kind, ())}
        return tuple(
            AnswerScope(row, columns, self._checks, self._calendar, self._now, self)
            for row in found
            if isinstance(row, dict)
        )

    def check(self, name: str, args: tuple[Answer, ...]) -> Answer:
        """What a named check gives."""
        check = self._checks.get(name)
        return check(args) if check is not None else None

    def shift(self, start: date | datetime, amount: Amount, *, back: bool) -> date | datetime:
        """The day or moment an amount away."""
        return self._calendar.shift(start, amount, back=back)

    def today(self) -> date:
        """The day of the clock in Europe/London."""
        return day_of(self._now)

    def now(self) -> datetime:
        """The present moment."""
        return self._now


def typed(kind: str, value: object, decimals: int = 0) -> Plain | None:
    """A recorded value with the type of its question or fact; None where it does not fit."""
    if not isinstance(value, str):
        if isinstance(value, int) and not isinstance(value, bool) and kind not in ("day", "moment"):
            return value
        return None
    try:
        if kind == "day":
            return date.fromisoformat(value)
        if kind == "moment":
            return clock.moment(value)
        if kind == "number" and decimals:
            return Decimal(value)
    except (ValueError, InvalidOperation):
        return None
    return value
