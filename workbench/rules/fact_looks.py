"""Findings that stand in the facts of a case, or in what is missing from them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import ROUND_CEILING, Decimal

from workbench.models.amounts import Amount, amount
from workbench.models.dates import written
from workbench.models.evaluation import evaluate
from workbench.models.results import Finding
from workbench.resources import say
from workbench.rules import because
from workbench.rules.calendar import spoken
from workbench.rules.episodes import Run
from workbench.rules.files import FindingFile, Meeting
from workbench.rules.finding import made, stopped
from workbench.rules.record import Record, day_said
from workbench.rules.rounds import Owed


def two_accounts(record: Record, file: FindingFile, _: Owed) -> Iterator[Finding]:
    """Facts of which two accounts stand today; the values are in the because, not in the sentence."""
    said_twice = record.said_apart()
    held_of = (record.view().resolved(*key) for key in said_twice if key[0] in record.facts)
    disputed = [held for held in held_of if held.disputed]
    for held in sorted(disputed, key=lambda held: (held.fact, held.of or "")):
        key = f"{held.fact}/{held.of}" if held.of else held.fact
        says = f"{say(file.says, record.language)} {because.name_of(record, held.fact)}."
        yield made(record, file, key=key, says=says, rests=tuple(map(because.said, held.claims)))


def silence(record: Record, file: FindingFile, owed: Owed) -> Iterator[Finding]:
    """Too long without being seen, measured against the gap that was agreed."""
    run = record.current(file.in_)
    gap = record.view().value(file.gap or "")
    if run is None or not isinstance(gap, int) or stopped(record, file, run):
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
        yield made(record, file, key=run.entry, says=says, rests=rests, tells=file.tells.get(name, ()))
        return


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


def facts(record: Record, file: FindingFile, owed: Owed) -> Iterator[Finding]:
    """What the facts say today, unless an entry settles it: since they were said, or shortly before."""
    run = record.current(file.in_)
    if run is None or file.when is None or stopped(record, file, run):
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
    yield made(record, file, key=run.entry, rests=rests)


def changed(record: Record, file: FindingFile, owed: Owed) -> Iterator[Finding]:
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
        yield made(record, file, key=run.entry, rests=rests, tells=file.tells["most"])


def passed(record: Record, file: FindingFile, owed: Owed) -> Iterator[Finding]:
    """A day set in the record that has come, with no entry of `of` on it or since; one for each thing it is about."""
    run = record.current(file.in_)
    if run is None or file.gap is None or stopped(record, file, run):
        return
    view, definition = record.view(), record.facts[file.gap]
    things: tuple[str | None, ...] = (None,) if definition.of == "case" else view.things(definition.of)
    scope = record.facts_of(view, run)
    for thing in things:
        rows = scope if thing is None else scope.of(str(definition.of), thing)
        day = view.value(file.gap, thing)
        if not isinstance(day, date) or (
            file.when and evaluate(record.node(file.when), rows).value is not True
        ):
            continue
        if day > record.today:
            owed.turns.append(day)
        elif not any(match.truth.value is True for match in record.matches(file.of, day)):
            rests = tuple(map(because.said, view.resolved(file.gap, thing).claims))
            yield made(record, file, key=thing or run.entry, rests=rests)


def nothing_since(record: Record, file: FindingFile, owed: Owed) -> Iterator[Finding]:
    """No entry of `of` for too long, in a stretch of supervision or custody."""
    run = record.current(file.in_)
    if run is None or stopped(record, file, run):
        return
    newest = record.matches(file.of, run.from_, newest_first=True)
    since = next((match.day for match in newest if match.truth.value is True), run.from_)
    last = record.book.calendar.shift(since, amount(file.numbers["within"]))
    if record.today < last:
        owed.turns.append(last)
        return
    opened = because.opened(record, run.entry)
    yield made(record, file, key=run.entry, rests=(opened,) if opened else ())
