"""Findings and advice: what in the record a person should look at, and what the pathway suggests."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import ROUND_CEILING, Decimal
from typing import Any

from workbench.models.amounts import Amount, amount
from workbench.models.dates import written
from workbench.models.evaluation import Truth, evaluate
from workbench.models.results import Advice, Because, BecauseEntry, Finding, Level
from workbench.models.shapes import Shape
from workbench.resources import say
from workbench.rules import because
from workbench.rules.calendar import spoken
from workbench.rules.episodes import Run
from workbench.rules.files import AdviceFile, FindingFile, Meeting
from workbench.rules.ladder import unrecorded
from workbench.rules.record import Record, day_said
from workbench.rules.rounds import Owed


def found(record: Record, file: FindingFile, owed: Owed) -> Iterator[Finding]:
    """What one kind of finding says of a case; `owed` takes the days on which it could turn."""
    return _LOOKS[file.looks](record, file, owed)


def doubted(record: Record, owed: Owed) -> Iterator[Finding]:
    """The findings that tell what could not be told of all that is owed."""
    for file in record.book.findings.values():
        if file.looks in DOUBTED:
            yield from DOUBTED[file.looks](record, file, owed)


def advice(record: Record) -> Iterator[Advice]:
    """Every line of advice: where facts are missing it asks for them once and says nothing else."""
    asked: set[tuple[str, ...]] = set()
    for file in record.book.advice.values():
        run = record.current(file.in_) if file.in_ else None
        if (file.in_ and run is None) or (file.settled and record.view().value(file.settled) is not None):
            continue
        scope = record.facts_of(record.view(), run)
        applies = evaluate(record.node(file.applies), scope)
        if applies.value is False:
            continue
        when = evaluate(record.node(file.when), scope)
        if when.value is False:
            continue
        truths = ((file.applies, applies), (file.when, when))
        unknown = tuple(dict.fromkeys(
            path for text, truth in truths if truth.value is None
            for path in unrecorded(record, text, scope, truth.missing)
        ))  # fmt: skip
        if unknown in asked:
            continue
        if unknown:
            asked.add(unknown)
        yield _advice(record, file, unknown, because.entries(record, scope, _rests(record, file)))


def _rests(record: Record, file: AdviceFile) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*record.book.named[file.applies], *record.book.named[file.when])))


def _advice(
    record: Record, file: AdviceFile, unknown: tuple[str, ...], rests: tuple[BecauseEntry, ...]
) -> Advice:
    says = say(file.says, record.language)
    if unknown:
        facts = because.listed(record, [because.name_of(record, path) for path in unknown])
        says = record.book.say("asks_for", record.language, facts=facts)
    reason = Because(
        says, file.advice, None, "national", file.source, file.confidence, rests, unknown,
        would_change=because.would_change(record, unknown),
    )  # fmt: skip
    return Advice(file.advice, file.advice, record.case.id, None, None, "note", says, reason)


def _finding(
    record: Record,
    file: FindingFile,
    *,
    key: str = "",
    entry: str | None = None,
    question: str | None = None,
    says: str | None = None,
    level: Level | None = None,
    rests: tuple[BecauseEntry, ...] = (),
    unknown: tuple[str, ...] = (),
    tells: tuple[str, ...] = (),
) -> Finding:
    """One finding; its id is the file's, the entry, and what in it."""
    words = says or say(file.says, record.language)
    first = because.opened(record, entry) if entry else None
    reason = Because(
        words, file.finding, None, "national", file.source, file.confidence,
        rests or ((first,) if first else ()), unknown, would_change=because.would_change(record, unknown),
    )  # fmt: skip
    name = "/".join(part for part in (file.finding, entry, key or question) if part)
    return Finding(
        name, file.finding, record.case.id, entry, question, level or file.level, words, reason, tells,
        urgent=file.urgent == "yes",
    )  # fmt: skip


def _answers(record: Record, file: FindingFile, _: Owed) -> Iterator[Finding]:
    """What the newest entry of each form says or leaves out."""
    for form in file.forms:
        placed = record.of_form(form)
        if not placed or file.when is None:
            continue
        entry = placed[-1].entry
        truth = evaluate(record.node(file.when), record.answers_of(entry.live[-1]))
        if truth.value is True:
            yield _finding(record, file, entry=entry.id)
        elif truth.value is None:
            yield _cannot_tell(record, file, entry.id, truth)


def _cannot_tell(record: Record, file: FindingFile, entry: str, truth: Truth) -> Finding:
    says = record.book.say("cannot_tell_finding", record.language, says=say(file.says, record.language))
    return _finding(record, file, entry=entry, says=says, level="note", unknown=tuple(sorted(truth.missing)))


def _self_report(record: Record, file: FindingFile, _: Owed) -> Iterator[Finding]:
    """Evidence that rests on what the person says alone, in the newest entry of each form."""
    for form in file.forms:
        placed = record.of_form(form)
        if not placed:
            continue
        entry = placed[-1].entry
        head = entry.live[-1]
        shape = record.shapes.get((form, head.header.form[1]))
        answers = record.answers(head)
        for question, shown in shape.questions.items() if shape else ():
            items = _evidence(shown, answers.get(question)) if question in answers else []
            if items and all(item.get("source") in file.sources for item in items):
                yield _finding(record, file, entry=entry.id, question=question)


def _evidence(shape: Shape, answer: Any) -> list[dict[str, Any]]:
    if shape.kind == "factor" and isinstance(answer, dict):
        answer = answer.get("evidence")
    elif shape.kind != "evidence":
        return []
    return [item for item in answer if isinstance(item, dict)] if isinstance(answer, list) else []


def _two_accounts(record: Record, file: FindingFile, _: Owed) -> Iterator[Finding]:
    """Facts of which two accounts stand today; the values are in the because, not in the sentence."""
    said_twice = record.said_twice()
    held_of = (record.view().resolved(*key) for key in said_twice if key[0] in record.facts)
    disputed = [held for held in held_of if held.disputed]
    for held in sorted(disputed, key=lambda held: (held.fact, held.of or "")):
        key = f"{held.fact}/{held.of}" if held.of else held.fact
        says = f"{say(file.says, record.language)} {because.name_of(record, held.fact)}."
        yield _finding(record, file, key=key, says=says, rests=tuple(map(because.said, held.claims)))


def _cannot(record: Record, file: FindingFile, owed: Owed) -> Iterator[Finding]:
    """What could not be told; what stands in the way of several duties is said once."""
    seen: set[tuple[str, ...]] = set()
    for doubt in owed.doubts:
        if doubt.what == "covered":
            continue
        key = (doubt.what, doubt.entry or "", *doubt.unknown)
        if key not in seen:
            seen.add(key)
            names = because.listed(record, [because.name_of(record, path) for path in doubt.unknown])
            says = record.book.say(f"cannot_tell_{doubt.what}", record.language, facts=names)
            part = doubt.rule if doubt.entry else ",".join(doubt.unknown)
            yield _finding(record, file, key=part, entry=doubt.entry, says=says, unknown=doubt.unknown)


def _not_covered(record: Record, file: FindingFile, owed: Owed) -> Iterator[Finding]:
    for doubt in owed.doubts:
        if doubt.what == "covered":
            asks = say(record.book.rules[doubt.rule].asks, record.language)
            yield _finding(record, file, key=doubt.duty, says=f"{say(file.says, record.language)} {asks}.")


def _silence(record: Record, file: FindingFile, owed: Owed) -> Iterator[Finding]:
    """Too long without being seen, measured against the gap that was agreed."""
    run = record.current(file.in_)
    gap = record.view().value(file.gap or "")
    if run is None or not isinstance(gap, int) or _stopped(record, file, run):
        return
    since = max(run.from_, _last_seen(record, file.of, run))
    for name, times in sorted(file.numbers.items(), key=lambda item: Decimal(item[1]), reverse=True):
        days = int((gap * Decimal(times)).to_integral_value(ROUND_CEILING))
        if record.today < since + timedelta(days=days):
            owed.turns.append(since + timedelta(days=days))
            continue
        says = record.book.say(
            "silence", record.language, says=say(file.says, record.language),
            day=written(since, record.language), gap=spoken(Amount(gap, "calendar days"), record.language),
        )  # fmt: skip
        rests = because.entries(record, record.facts_of(record.view(), run), (file.gap or "",))
        yield _finding(record, file, key=run.entry, says=says, rests=rests, tells=file.tells.get(name, ()))
        return


def _stopped(record: Record, file: FindingFile, run: Run) -> bool:
    scope = record.facts_of(record.view(), run)
    return any(evaluate(record.node(stop.when), scope).value is True for stop in file.stops)


def _last_seen(record: Record, meetings: tuple[Meeting, ...], run: Run) -> date:
    """The last day in the run on which an entry says that the person was seen; its first day where none does."""
    last = run.from_
    for meeting in meetings:
        node = record.node(meeting.where) if meeting.where else None
        for day, entry in reversed(record.of_form(meeting.form)):
            if day <= last:
                break
            if node is None or evaluate(node, record.answers_of(entry.live[-1])).value is True:
                last = day
                break
    return last


def _facts(record: Record, file: FindingFile, owed: Owed) -> Iterator[Finding]:
    """What the facts say today, unless an entry settles it: since they were said, or shortly before."""
    run = record.current(file.in_)
    if run is None or file.when is None or _stopped(record, file, run):
        return
    scope = record.facts_of(record.view(), run)
    if evaluate(record.node(file.when), scope).value is not True:
        return
    rests = because.entries(record, scope, record.book.named[file.when])
    since = min((day_said(each.on) for each in rests), default=run.from_)
    if file.of:
        since = record.book.calendar.shift(since, amount(file.numbers["fresh"]), back=True)
        if any(match.truth.value is True for match in record.matches(file.of, since)):
            return
    yield _finding(record, file, key=run.entry, rests=rests)


def _changed(record: Record, file: FindingFile, owed: Owed) -> Iterator[Finding]:
    """A fact that had too many values in a time; it passes as the earliest of them falls out of it."""
    run = record.current(file.in_)
    if run is None or file.gap is None:
        return
    within, most = amount(file.numbers["within"]), int(file.numbers["most"])
    first = record.book.calendar.shift(record.today, within, back=True)
    claims = sorted(record.view().claims(file.gap), key=lambda live: live.claim.from_)
    before = [live for live in claims if live.claim.from_ <= first.isoformat()]
    since = [live for live in claims if first.isoformat() < live.claim.from_ <= record.today.isoformat()]
    counted = {live.claim.is_: live for live in (*before[-1:], *since)}
    if len(counted) >= most:
        if since:
            owed.turns.append(record.book.calendar.shift(date.fromisoformat(since[0].claim.from_), within))
        rests = tuple(map(because.said, counted.values()))
        yield _finding(record, file, key=run.entry, rests=rests, tells=file.tells["most"])


def _in_a_row(record: Record, file: FindingFile, _: Owed) -> Iterator[Finding]:
    """The last entries of a kind in a stretch of supervision, all of which say the same."""
    run = record.current(file.in_)
    if run is None or file.when is None:
        return
    most = int(file.numbers["most"])
    last = [match for match in record.matches(file.of, run.from_) if match.truth.value is True][-most:]
    truths = [evaluate(record.node(file.when), record.answers_of(match.version)) for match in last]
    if len(last) == most and all(truth.value is True for truth in truths):
        opened = (because.opened(record, match.entry.id) for match in last)
        rests = tuple(each for each in opened if each)
        yield _finding(record, file, key=run.entry, rests=rests, tells=file.tells["most"])


_LOOKS: dict[str, Callable[[Record, FindingFile, Owed], Iterator[Finding]]] = {
    "answers": _answers,
    "self-report": _self_report,
    "two-accounts": _two_accounts,
    "silence": _silence,
    "facts": _facts,
    "changes": _changed,
    "in-a-row": _in_a_row,
}
DOUBTED = {"cannot-tell": _cannot, "not-covered": _not_covered}
