"""The one door to the rules: a case in; its duties, findings and advice out, each with its because."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from functools import partial

import msgspec

from workbench.models.facts import FactBook
from workbench.models.fold import Case
from workbench.models.results import Advice, Duty, Finding
from workbench.rules import checks, duties, events, findings, prompts
from workbench.rules.book import RuleBook
from workbench.rules.episodes import day_or_none
from workbench.rules.files import FindingFile
from workbench.rules.kept import Kept, Part
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
    total = Owed([], [], [])
    found: list[Finding] = []
    advised: tuple[Advice, ...] = ()
    for name, work in _parts(record):
        part = kept.part(name, record, work)
        found.extend(part.findings)
        advised += part.advice
        total.duties.extend(part.owed.duties)
        total.doubts.extend(part.owed.doubts)
        total.turns.extend(part.owed.turns)
    found.extend(findings.doubted(record, total))
    turns = [day for day in (*total.turns, *_turns(record)) if day > record.today]
    return Outcome(
        tuple(sorted(total.duties, key=_order)),
        tuple(sorted(found, key=lambda finding: finding.finding)),
        advised,
        min(turns, default=None),
    )


def _parts(record: Record) -> Iterator[tuple[str, Callable[[Owed], Part]]]:
    """What is worked out apart, by name: each rule, the recall prompts, the events, each finding, the advice."""

    def owing(owe: Callable[[Record, Owed], None], owed: Owed) -> Part:
        owe(record, owed)
        return Part(frozenset(), owed)

    def finding(file: FindingFile, owed: Owed) -> Part:
        return Part(frozenset(), owed, findings=tuple(findings.found(record, file, owed)))

    def advising(owed: Owed) -> Part:
        return Part(frozenset(), owed, advice=tuple(findings.advice(record)))

    for rule in record.book.rules.values():
        yield f"rule {rule.rule}", partial(owing, partial(duties.owe, rule))
    yield "prompts", partial(owing, prompts.owe)
    yield "events", partial(owing, events.owe)
    for file in record.book.findings.values():
        if file.looks not in findings.DOUBTED:
            yield f"finding {file.finding}", partial(finding, file)
    yield "advice", advising


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
            claim = live.claim
            for text in (claim.from_, claim.until):
                if text is not None and text > today and (day := day_or_none(text)) is not None:
                    yield day
