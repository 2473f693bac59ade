"""The one door to the rules: a case in; its duties, findings and advice out, each with its because."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

import msgspec

from workbench.models.facts import FactBook
from workbench.models.fold import Case
from workbench.models.results import Advice, Duty, Finding
from workbench.rules import checks, duties, events, findings, prompts
from workbench.rules.book import RuleBook
from workbench.rules.episodes import day_or_none
from workbench.rules.kept import Kept
from workbench.rules.record import Authors, Record
from workbench.rules.rounds import Owed
from workbench.rules.view import Shapes


class Outcome(msgspec.Struct, frozen=True):
    """What the rules say of a case; `stale_on` is the first day on which it could change with no new entry."""

    duties: tuple[Duty, ...]
    findings: tuple[Finding, ...]
    advice: tuple[Advice, ...]
    stale_on: date | None


def evaluate(
    case: Case,
    book: RuleBook,
    facts: FactBook,
    shapes: Shapes,
    authors: Authors,
    now: datetime,
    *,
    language: str = "en",
    kept: Kept | None = None,
) -> Outcome:
    """Every duty, event, finding and line of advice of a case at a moment; duties met and ended too.

    The same versions, books and day give the same outcome on every store, in any order of arrival, and
    whatever was `kept` from the last time. `shapes` are the forms by id and version, `authors` tells who
    wrote a version in which role.
    """
    record = Record(case, book, facts, shapes, authors, now, language)
    kept = kept or Kept()
    kept.turn_to(record)
    total = Owed()
    for part in _parts(record, kept):
        total.add(part)
    total.findings.extend(findings.doubted(record, total))
    turns = [day for day in (*total.turns, *_turns(record)) if day > record.today]
    return Outcome(
        tuple(sorted(total.duties, key=_order)),
        tuple(sorted(total.findings, key=lambda finding: finding.finding)),
        tuple(total.advice),
        min(turns, default=None),
    )


def _parts(record: Record, kept: Kept) -> Iterator[Owed]:
    """What is worked out apart: each rule, the recall prompts, the events, each finding, the advice."""
    for rule in record.book.owing:
        yield kept.part(("rule", rule.rule), record, duties.owe, rule)
    yield kept.part(("prompts",), record, prompts.owe)
    yield kept.part(("events",), record, events.owe)
    for file in record.book.findings.values():
        if file.looks not in findings.DOUBTED:
            yield kept.part(("finding", file.finding), record, findings.find, file)
    yield kept.part(("advice",), record, findings.advise)


def _order(duty: Duty) -> tuple[str, str, str]:
    return (duty.rule, duty.started_on, duty.duty)


def _turns(record: Record) -> Iterator[date]:
    """The days ahead on which a claim begins or ends, an episode does, or the person reaches an age that matters."""
    born = record.view().value("identity.born")
    if isinstance(born, date):
        yield from (checks.birthday(born, age) for age in checks.AGES)
    for episode in record.episodes:
        yield episode.from_
        if episode.until is not None:
            yield episode.until
    today = record.today.isoformat()
    for lives in record.case.claims.values():
        for live in lives:
            from_, until = live.claim.from_, live.claim.until
            if from_ > today and (day := day_or_none(from_)) is not None:
                yield day
            if until is not None and until > today and (day := day_or_none(until)) is not None:
                yield day
