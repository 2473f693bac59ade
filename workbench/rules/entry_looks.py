"""Findings that stand in what entries say: their answers, evidence, actions and words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from functools import cache
from itertools import islice
from typing import Any

from workbench.models.amounts import amount
from workbench.models.evaluation import evaluate
from workbench.models.fold import Entry
from workbench.models.results import Finding
from workbench.models.shapes import Shape
from workbench.rules import because
from workbench.rules.episodes import day_or_none
from workbench.rules.files import FindingFile
from workbench.rules.finding import cannot_tell, made, stopped
from workbench.rules.record import Record, day_said
from workbench.rules.rounds import Owed


def answers(record: Record, file: FindingFile, _: Owed) -> Iterator[Finding]:
    """What the newest entry of each form says or leaves out."""
    for entry in _newest(record, file):
        if file.when is None:
            continue
        truth = evaluate(record.node(file.when), record.answers_of(entry.live[-1]))
        if truth.value is True:
            yield made(record, file, entry=entry.id, tells=file.tells.get("all", ()))
        elif truth.value is None:
            yield cannot_tell(record, file, entry.id, truth)


def unfollowed(record: Record, file: FindingFile, _: Owed) -> Iterator[Finding]:
    """The newest entry of each form, where it calls for another that did not come on its day or since."""
    for entry in _newest(record, file):
        if (
            file.when
            and evaluate(record.node(file.when), record.answers_of(entry.live[-1])).value is not True
        ):
            continue
        if not any(match.truth.value is True for match in record.matches(file.of, day_said(entry.on))):
            yield made(record, file, entry=entry.id)


def words(record: Record, file: FindingFile, _: Owed) -> Iterator[Finding]:
    """Words that stand in the newest entry of each form, or are missing; with `of`, shortly after such an entry."""
    sought = _any_of(file.terms)
    for entry in _newest(record, file):
        head = entry.live[-1]
        said = record.answers(head)
        stands = [question for question in file.questions if sought.search(_text(said.get(question)))]
        if bool(stands) == (file.missing == "yes") or not _shortly_after(record, file, entry):
            continue
        if file.when is None or evaluate(record.node(file.when), record.answers_of(head)).value is True:
            yield made(record, file, entry=entry.id, question=stands[0] if stands else None)


def self_report(record: Record, file: FindingFile, _: Owed) -> Iterator[Finding]:
    """Evidence that rests on what the person says alone, in the newest entry of each form."""
    for entry, question, items in _evidence(record, file):
        if all(item.get("source") in file.sources for item in items):
            yield made(record, file, entry=entry.id, question=question)


def old_evidence(record: Record, file: FindingFile, _: Owed) -> Iterator[Finding]:
    """Evidence of which every point is dated, and none newer than `fresh` when it was written."""
    for entry, question, items in _evidence(record, file):
        since = record.book.calendar.shift(day_said(entry.on), amount(file.numbers["fresh"]), back=True)
        days = [day_or_none(item.get("on")) for item in items]
        if all(day is not None and day < since for day in days):
            yield made(record, file, entry=entry.id, question=question)


def bare_allegation(record: Record, file: FindingFile, _: Owed) -> Iterator[Finding]:
    """A point of evidence on a footing of `sources` that none of `terms` names as what it is."""
    hedged = _hedging(file.terms)
    for entry, question, items in _evidence(record, file):
        if any(i.get("basis") in file.sources and not hedged.search(str(i.get("text", ""))) for i in items):
            yield made(record, file, entry=entry.id, question=question)


def late_actions(record: Record, file: FindingFile, owed: Owed) -> Iterator[Finding]:
    """Actions of the newest entry of each form whose day is past, with no sign that they happened."""
    for entry in _newest(record, file):
        for question, rows in _action_lists(record, entry):
            open_ = [row for row in rows if not row.get("done_on") and not row.get("shown_by")]
            days = [day for row in open_ if (day := day_or_none(row.get("by"))) is not None]
            owed.turns.extend(day + timedelta(days=1) for day in days)
            if any(day < record.today for day in days):
                yield made(record, file, entry=entry.id, question=question)


def unanswered(record: Record, file: FindingFile, _: Owed) -> Iterator[Finding]:
    """Conditions in force, of the kinds in `terms`, that no action of the newest entry of each form answers.

    An action that answers the person with whom a condition forbids contact answers the condition too.
    """
    view = record.view()
    for entry in _newest(record, file):
        actions = (row for _, rows in _action_lists(record, entry) for row in rows)
        named = {str(each) for row in actions for each in row.get("answers") or ()}
        left = [
            condition
            for condition in view.things("condition")
            if view.value("condition.in_force", condition) == "yes"
            and view.value("condition.kind", condition) in file.terms
            and named.isdisjoint({condition, *view.resolved("condition.no_contact", condition).values})
        ]
        if left:
            claims = (claim for each in left for claim in view.resolved("condition.kind", each).claims)
            yield made(record, file, entry=entry.id, rests=tuple(map(because.said, claims)))


def in_a_row(record: Record, file: FindingFile, _: Owed) -> Iterator[Finding]:
    """The last entries of a kind in a stretch of supervision, all of which say the same."""
    run = record.current(file.in_)
    if run is None or file.when is None:
        return
    most = int(file.numbers["most"])
    newest = record.matches(file.of, run.from_, newest_first=True)
    last = [*islice((match for match in newest if match.truth.value is True), most)][::-1]
    truths = [evaluate(record.node(file.when), record.answers_of(match.version)) for match in last]
    if len(last) == most and all(truth.value is True for truth in truths):
        opened = (because.opened(record, match.entry.id) for match in last)
        rests = tuple(each for each in opened if each)
        yield made(record, file, key=run.entry, rests=rests, tells=file.tells["most"])


def _newest(record: Record, file: FindingFile) -> Iterator[Entry]:
    """The newest entry of each form, where the finding is made in this case at all."""
    if file.in_:
        run = record.current(file.in_)
        if run is None or stopped(record, file, run):
            return
    for form in file.forms:
        placed = record.of_form(form)
        if placed:
            yield placed[-1].entry


def _action_lists(record: Record, entry: Entry) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """The actions that an entry plans, by the question under which they stand."""
    head = entry.live[-1]
    shape = record.shapes.get((entry.form, head.header.form[1]))
    for question, asked in shape.questions.items() if shape else ():
        if asked.kind == "actions":
            yield question, record.answers(head).get(question) or []


def _evidence(record: Record, file: FindingFile) -> Iterator[tuple[Entry, str, list[dict[str, Any]]]]:
    """The evidence under each question of the newest entry of each form, where there is any."""
    for entry in _newest(record, file):
        head = entry.live[-1]
        shape = record.shapes.get((entry.form, head.header.form[1]))
        said = record.answers(head)
        for question, asked in shape.questions.items() if shape else ():
            items = _items(asked, said[question]) if question in said else []
            if items:
                yield entry, question, items


@cache
def _any_of(terms: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, terms))})\b", re.IGNORECASE)


@cache
def _hedging(terms: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(terms)})", re.IGNORECASE)


def _items(shape: Shape, answer: Any) -> list[dict[str, Any]]:
    if shape.kind == "factor" and isinstance(answer, dict):
        answer = answer.get("evidence")
    elif shape.kind != "evidence":
        return []
    return [item for item in answer if isinstance(item, dict)] if isinstance(answer, list) else []


def _shortly_after(record: Record, file: FindingFile, entry: Entry) -> bool:
    """Whether an entry of `of` came within `fresh` before this one; true where nothing of the kind is asked."""
    if not file.of:
        return True
    day = day_said(entry.on)
    since = record.book.calendar.shift(day, amount(file.numbers["fresh"]), back=True)
    return any(match.truth.value is True and match.day <= day for match in record.matches(file.of, since))


def _text(answer: Any) -> str:
    """Every word of an answer, rows included."""
    if isinstance(answer, str):
        return answer
    parts = answer.values() if isinstance(answer, dict) else answer if isinstance(answer, list) else ()
    return "\n".join(_text(part) for part in parts)
