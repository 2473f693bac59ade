"""The one door to the rules: a case in; its duties, findings and advice out, each with its because."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

import msgspec

from workbench.models.facts import FactBook
from workbench.models.fold import Case
from workbench.models.results import Advice, Duty, Finding
from workbench.rules import duties, events, findings, prompts
from workbench.rules.book import RuleBook
from workbench.rules.episodes import day_or_none
from workbench.rules.record import Authors, Record
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
) -> Outcome:
    """Every duty, event, finding and line of advice of a case at a moment; duties met and ended too.

    The same versions, books and day give the same outcome on every store, in any order of arrival.
    `shapes` are the forms by id and version, `authors` tells who wrote a version in which role.
    """
    record = Record(case, book, facts, shapes, authors, now, language)
    owed = duties.duties(record)
    owed.duties.extend(prompts.prompts(record))
    owed.duties.extend(events.events(record, owed))
    found = tuple(sorted(findings.findings(record, owed), key=lambda finding: finding.finding))
    advised = tuple(findings.advice(record))
    turns = [day for day in (*owed.turns, *_turns(record)) if day > record.today]
    return Outcome(tuple(sorted(owed.duties, key=_order)), found, advised, min(turns, default=None))


def _order(duty: Duty) -> tuple[str, str, str]:
    return (duty.rule, duty.started_on, duty.duty)


def _turns(record: Record) -> Iterator[date]:
    """The days ahead on which a claim begins or ends, an episode does, or the person turns 18."""
    adult = record.adult_on()
    if adult is not None:
        yield adult
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
