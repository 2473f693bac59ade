"""Events: one open item each, with a checklist, opened by what entries say and closed only by people."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

import msgspec

from workbench.models.amounts import amount
from workbench.models.dates import written
from workbench.models.evaluation import evaluate
from workbench.models.expressions import All, Node, Quantified
from workbench.models.records import Version
from workbench.models.results import Because, Duty, Step
from workbench.resources import say
from workbench.rules import because, owners
from workbench.rules.files import EventFile, StepFile
from workbench.rules.record import Record, day_said
from workbench.rules.rounds import Doubt, Owed

RECORDED = "significant-event"
CLOSED = "event-closed"


class Opener(msgspec.Struct, frozen=True, order=True):
    """An entry that opens an event on a day; `unknown` names what was missing where it opens all the same."""

    day: date
    entry: str
    version: str
    unknown: tuple[str, ...] = ()


class Closing(msgspec.Struct, frozen=True):
    """How an event closed: by its last step, or by a person with reasons."""

    on: str
    entry: str
    why: str | None = None


def owe(record: Record, owed: Owed) -> None:
    """Adds every event of a case, closed ones too, by kind and day."""
    found: dict[str, dict[str, Opener]] = {}
    for kind, opener in _opened(record, owed):
        held = found.setdefault(kind, {})
        first = held.get(opener.entry)
        held[opener.entry] = min(first, opener) if first else opener
    for kind in sorted(found):
        event = record.book.events[kind]
        for group in _groups(record, event, sorted(found[kind].values())):
            owed.duties.append(_duty(record, event, group))


def _opened(record: Record, owed: Owed) -> Iterator[tuple[str, Opener]]:
    for opening in record.book.openings:
        said = record.ever_said(opening.form) if opening.event in record.book.events else ()
        if not said:
            continue
        node = record.node(opening.when)
        needs = _needs(node)
        for entry, version in said:
            if needs and _lacks_a_row(record, opening.when, needs, version):
                continue
            day = day_said(version.header.on)
            view = record.view(day, version.said_at)
            truth = evaluate(node, record.answers_of(version, view))
            unknown = tuple(sorted(truth.missing)) if truth.value is None else ()
            if truth.value is True or (truth.value is None and opening.if_unknown):
                yield opening.event, Opener(day, entry.id, version.id, unknown)
            elif truth.value is None and version in entry.live:
                owed.doubts.append(Doubt("opened", opening.event, "", unknown, entry.id))


def _needs(node: Node) -> tuple[re.Pattern[bytes], ...]:
    """What stands in answers that hold a row of each group of which an expression needs one to hold.

    Answers without it are not read.
    """
    if isinstance(node, All):
        return tuple(row for part in node.parts for row in _needs(part))
    if isinstance(node, Quantified) and node.quantifier == "some":
        return (re.compile(rf'"{node.group}":(?!\[\])'.encode()),)
    return ()


def _lacks_a_row(record: Record, when: str, needs: tuple[re.Pattern[bytes], ...], version: Version) -> bool:
    key = (when, version.id)
    if key in record.bare:
        return True
    answers = version.content.answers if version.content else b""
    if all(row.search(answers) for row in needs):
        return False
    record.bare.add(key)
    return True


def _groups(record: Record, event: EventFile, openers: list[Opener]) -> Iterator[list[Opener]]:
    """Openers joined: each within the time of joining from the first, while that one is open."""
    group: list[Opener] = []
    for opener in openers:
        if group and not _joins(record, event, group, opener):
            yield group
            group = []
        group.append(opener)
    if group:
        yield group


def _joins(record: Record, event: EventFile, group: list[Opener], opener: Opener) -> bool:
    last = record.book.calendar.shift(group[0].day, amount(event.joins))
    closed = _closing(record, event, group)
    return opener.day <= last and (closed is None or opener.day <= day_said(closed.on))


def _closing(record: Record, event: EventFile, group: list[Opener]) -> Closing | None:
    """The earlier of a person's closing and the doing of the last step."""
    entries = {opener.entry for opener in group}
    steps = _steps(record, event, group)
    ready = all(done is not None for step, done in steps if step.must == "yes")
    for placed in record.of_form(CLOSED):
        head = placed.entry.live[0]
        answers = record.answers(head)
        named = str(answers.get("event", "")).split("/")
        author = record.authors(head)
        may = author.role in event.closed_by and (ready or _says_so(record, event, head))
        if named[0] == event.event and set(named[1:2]) & entries and may:
            words = {"name": author.name, "why": str(answers.get("why", ""))}
            return Closing(
                placed.entry.on, placed.entry.id, record.book.say("event_closed", record.language, **words)
            )
    if steps and all(done is not None for _, done in steps):
        last = max((done for _, done in steps if done), key=lambda each: (day_said(each.on), each.entry))
        return Closing(last.on, last.entry)
    return None


def _says_so(record: Record, event: EventFile, head: Version) -> bool:
    """Whether a closing says itself that what no reason can replace was done."""
    where = event.closing.where if event.closing else None
    return where is not None and evaluate(record.node(where), record.answers_of(head)).value is True


def _steps(record: Record, event: EventFile, group: list[Opener]) -> list[tuple[StepFile, Closing | None]]:
    """Each step of the checklist with the entry that did or reasoned it."""
    rows: dict[str, Closing] = {}
    must = {step.step for step in event.steps if step.must == "yes"}
    for opener in group:
        entry = record.entry(opener.entry)
        if entry is None or entry.form != RECORDED:
            continue
        for version in entry.live:
            for row in record.answers(version).get("steps", ()):
                done, reason = row.get("done_on"), row.get("why_not")
                if done or (reason and row.get("step") not in must):
                    rows[str(row.get("step"))] = Closing(
                        str(done or entry.on), entry.id, None if done else reason
                    )
    found: list[tuple[StepFile, Closing | None]] = []
    for step in event.steps:
        met = next((m for m in record.matches(step.met_by, group[0].day) if m.truth.value is True), None)
        closed = rows.get(step.step) or (Closing(met.on, met.entry.id) if met else None)
        found.append((step, closed))
    return found


def _duty(record: Record, event: EventFile, group: list[Opener]) -> Duty:
    role, officer = owners.owner(record, event.owed_by)
    steps = _steps(record, event, group)
    closed = _closing(record, event, group)
    by_person = closed is not None and closed.why is not None
    done = sum(1 for _, closing in steps if closing)
    first = group[0]
    asks = say(event.asks, record.language)
    says = record.book.say(
        "event_open", record.language, asks=asks, day=written(first.day, record.language),
        done=str(done), steps=str(len(steps)),
    )  # fmt: skip
    unknown = tuple(dict.fromkeys(path for opener in group for path in opener.unknown))
    rests = tuple(e for e in (because.opened(record, opener.entry) for opener in group) if e)
    return Duty(
        duty=f"{event.event}/{first.entry}/1",
        rule=event.event,
        case=record.case.id,
        asks=asks,
        owed_by=role,
        kind="event",
        started_on=first.day.isoformat(),
        because=Because(
            says, event.event, None, "national", event.source, event.confidence, rests, unknown,
            note=say(event.note, record.language) if event.note else None,
        ),
        officer=officer,
        met_by=closed.entry if closed and not by_person else None,
        met_on=closed.on if closed and not by_person else None,
        ended_on=day_said(closed.on).isoformat() if closed and by_person else None,
        why_ended=closed.why if closed and by_person else None,
        stands=True,
        level=event.level,
        steps=tuple(_step(record, step, closing, first.day) for step, closing in steps),
    )  # fmt: skip


def _step(record: Record, step: StepFile, closing: Closing | None, day: date) -> Step:
    due = None
    if step.when == "today":
        due = day
    elif step.when == "next working day":
        due = record.book.calendar.working_on_or_after(day + timedelta(days=1))
    return Step(
        step=step.step,
        asks=say(step.asks, record.language),
        owed_by=owners.owner(record, step.owed_by)[0],
        when=step.when,
        due=due.isoformat() if due else None,
        done_by=closing.entry if closing else None,
        reason=closing.why if closing else None,
    )
