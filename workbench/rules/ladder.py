"""The due ladder: which branch holds for a case, and the last day it gives."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import msgspec

from workbench import clock
from workbench.clock import LONDON, day_of
from workbench.models.dates import written
from workbench.models.evaluation import evaluate
from workbench.models.results import Confidence
from workbench.rules.book import Reckoning
from workbench.rules.calendar import arithmetic
from workbench.rules.files import Branch, Due, RuleFile, TextFile
from workbench.rules.record import Record
from workbench.rules.view import FactScope


class Reckoned(msgspec.Struct, frozen=True):
    """What one way of reckoning gives: a day or moment, or nothing where its number or fact is missing."""

    due: date | None = None
    due_at: datetime | None = None
    sum: str | None = None
    numbers: tuple[Reckoning, ...] = ()
    unknown: tuple[str, ...] = ()
    anchor: str | None = None
    again: bool = False


class Decision(msgspec.Struct, frozen=True):
    """What a ladder gives: the branch that decides (counted from 0) and the facts nobody recorded."""

    reckoned: Reckoned
    branch: int
    confidence: Confidence
    unknown: tuple[str, ...]
    paths: tuple[str, ...]


class Start(msgspec.Struct, frozen=True):
    """From when a clock counts: the day, the recorded moment (or day), and the day its numbers are of."""

    day: date
    on: str
    began: date

    def moment(self) -> datetime:
        """The moment from which hours elapse; where only a day is known, its first."""
        if "T" in self.on:
            return clock.moment(self.on)
        return datetime.combine(self.day, time(), LONDON).astimezone(UTC)


def decide(record: Record, rule: RuleFile, text: TextFile, start: Start, scope: FactScope) -> Decision | None:
    """Reads the ladder down; None where no branch is true or unknown.

    Branches that are unknown on the way count too, and the earliest day of all that count wins.
    """
    choice = record.book.choice(rule, start.began)
    counted: list[tuple[int, Branch]] = []
    unknown: dict[str, None] = {}
    paths: dict[str, None] = {}
    for place, branch in enumerate(text.due):
        if branch.choice is not None and branch.choice != choice:
            continue
        if branch.when is None:
            counted.append((place, branch))
            break
        node = record.node(branch.when)
        paths.update(dict.fromkeys(record.book.named[branch.when]))
        truth = evaluate(node, scope)
        if truth.value is not False:
            counted.append((place, branch))
            unknown.update(dict.fromkeys(unrecorded(record, branch.when, scope, truth.missing)))
        if truth.value is True:
            break
    if not counted:
        return None
    return _earliest(record, rule, text, start, scope, counted, tuple(unknown), tuple(paths))


def _earliest(
    record: Record,
    rule: RuleFile,
    text: TextFile,
    start: Start,
    scope: FactScope,
    counted: list[tuple[int, Branch]],
    unknown: tuple[str, ...],
    paths: tuple[str, ...],
) -> Decision:
    reckoned = [
        (place, branch, reckon(record, rule, text, start, scope, branch)) for place, branch in counted
    ]
    dated = [each for each in reckoned if each[2].due is not None]
    place, branch, chosen = min(dated, key=lambda each: each[2].due or date.max) if dated else reckoned[0]
    confidence = branch.confidence or rule.confidence
    if any(number.ours for number in chosen.numbers):
        confidence = "ours"
    elif any(number.amount is None for number in chosen.numbers):
        confidence = "empty"
    missing = tuple(dict.fromkeys((*unknown, *chosen.unknown)))
    return Decision(chosen, place, confidence, missing, tuple(dict.fromkeys((*paths, *_anchor(chosen)))))


def _anchor(chosen: Reckoned) -> tuple[str, ...]:
    return (chosen.anchor,) if chosen.anchor else ()


def reckon(
    record: Record, rule: RuleFile, text: TextFile, start: Start, scope: FactScope, due: Due
) -> Reckoned:
    """The last day that one form of due gives."""
    if due.sooner_of or due.later_of:
        parts = [reckon(record, rule, text, start, scope, part) for part in due.sooner_of or due.later_of]
        dated = [part for part in parts if part.due is not None]
        pick = min if due.sooner_of else max
        found = pick(dated, key=lambda part: part.due or date.max) if dated else parts[0]
    elif due.before is not None:
        found = _before(record, rule, text, start, scope, due)
    else:
        found = _within(record, rule, text, start, due)
    return _slid(record, found) if due.then else found


def _before(
    record: Record, rule: RuleFile, text: TextFile, start: Start, scope: FactScope, due: Due
) -> Reckoned:
    number = record.book.number(rule, text, due.by or "", start.began)
    day = day_ahead(scope, due.before or "", start.day)
    if day is None:
        return Reckoned(numbers=(number,), unknown=(due.before or "",), anchor=due.before)
    if number.amount is None:
        return Reckoned(numbers=(number,), anchor=due.before)
    last = record.book.calendar.shift(day, number.amount, back=True)
    words = arithmetic(day, number.amount, last, back=True, language=record.language)
    return Reckoned(last, sum=words, numbers=(number,), anchor=due.before)


def day_ahead(scope: FactScope, path: str, start: date) -> date | None:
    """The day that a fact names; None where it lies before the clock began: it was another stretch's."""
    value = scope.value(path)
    day = day_of(value) if isinstance(value, datetime) else value
    return day if isinstance(day, date) and day >= start else None


def _within(record: Record, rule: RuleFile, text: TextFile, start: Start, due: Due) -> Reckoned:
    number = record.book.number(rule, text, due.within or due.every or "", start.began)
    again = due.every is not None
    if number.amount is None:
        return Reckoned(numbers=(number,), again=again)
    if number.amount.unit == "hours":
        moment = start.moment()
        last_at = record.book.calendar.shift(moment, number.amount)
        words = arithmetic(moment, number.amount, last_at, language=record.language)
        return Reckoned(day_of(last_at), last_at, words, (number,), again=again)
    last = record.book.calendar.shift(start.day, number.amount)
    words = arithmetic(start.day, number.amount, last, language=record.language)
    return Reckoned(last, sum=words, numbers=(number,), again=again)


def _slid(record: Record, found: Reckoned) -> Reckoned:
    if found.due is None:
        return found
    day = record.book.calendar.working_on_or_after(found.due)
    if day == found.due:
        return found
    then = record.book.say("then_working", record.language, day=written(day, record.language))
    return msgspec.structs.replace(found, due=day, sum=f"{found.sum}{then}")


def unrecorded(record: Record, text: str, scope: FactScope, missing: frozenset[str]) -> tuple[str, ...]:
    """The facts behind what an expression missed, in the order it names them; a check stands for what it reads."""
    found: dict[str, None] = {}
    for name in sorted(missing, key=text.find):
        check = record.book.checks.get(name)
        for path in check.reads if check else (name,):
            fact = record.facts.get(path)
            if fact is None or fact.of != "case" or scope.value(path) is None:
                found[path] = None
    return tuple(found)
