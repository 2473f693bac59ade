"""The recall prompt: open from the decision to recall until PPCS acknowledges it or the ACO cancels it.

It reads what was ever said in a recall entry, not the fact that holds: withdrawing, restricting or
disputing an entry, or a fact that is missing, cannot end it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import msgspec

from workbench import clock
from workbench.clock import day_of
from workbench.models.amounts import amount
from workbench.models.dates import written
from workbench.models.evaluation import evaluate
from workbench.models.fold import Entry
from workbench.models.records import Version
from workbench.models.results import Because, Duty
from workbench.resources import say
from workbench.rules import because, owners
from workbench.rules.calendar import arithmetic
from workbench.rules.episodes import day_or_none
from workbench.rules.files import PromptFile
from workbench.rules.record import Record, day_said
from workbench.rules.rounds import Owed


class Statement(msgspec.Struct, frozen=True):
    """One version of a recall entry: the state it says, when, and whether it still counts."""

    when: datetime
    state: str
    entry: Entry
    version: Version
    live: bool


class Open(msgspec.Struct, frozen=True):
    """One recall from the decision on; `end` is what closed it, `met` whether that is what was owed."""

    first: Statement
    end: Statement | None = None
    met: bool = False


def owe(record: Record, owed: Owed) -> None:
    """Adds every recall prompt of a case, those that were closed too, by moment."""
    for prompt in record.book.prompts.values():
        counts: dict[str, int] = {}
        for found in _recalls(record, prompt):
            entry = found.first.entry.id
            counts[entry] = counts.get(entry, 0) + 1
            owed.duties.append(_duty(record, prompt, found, counts[entry]))


def _recalls(record: Record, prompt: PromptFile) -> Iterator[Open]:
    first: Statement | None = None
    for statement in _statements(record, prompt):
        if first is None:
            first = statement if statement.state in prompt.opened_by else None
        elif _closes(record, prompt, statement):
            yield _answered(record, prompt, Open(first, statement, statement.state in prompt.met_by))
            first = None
    if first is not None:
        yield _answered(record, prompt, Open(first))


def _answered(record: Record, prompt: PromptFile, found: Open) -> Open:
    """The same, met by an entry of another form where one came before whatever closed it."""
    since, end = day_of(found.first.when), found.end
    for match in record.matches(prompt.met_also, since):
        if match.truth.value is True and (end is None or match.day <= day_of(end.when)):
            said = Statement(_when(match.version), "", match.entry, match.version, live=True)
            return Open(found.first, said, met=True)
    return found


def _closes(record: Record, prompt: PromptFile, statement: Statement) -> bool:
    if statement.state in prompt.met_by:
        return statement.live or _went_on(record, prompt, statement.entry)
    if statement.state == prompt.cancelled_by and statement.live:
        return record.authors(statement.version).role == prompt.cancelled_role
    return False


def _went_on(record: Record, prompt: PromptFile, entry: Entry) -> bool:
    """Whether an entry that was acknowledged has since been amended to a state that only follows that."""
    return any(record.answers(head).get(prompt.question) in prompt.follows for head in entry.live)


def _statements(record: Record, prompt: PromptFile) -> list[Statement]:
    found = []
    for entry, version in record.ever_said(prompt.form):
        state = record.answers(version).get(prompt.question)
        if isinstance(state, str):
            when = _when(version)
            found.append(Statement(when, state, entry, version, version in entry.live))
    return sorted(found, key=lambda each: (each.when, each.version.said_at, each.version.id))


def _when(version: Version) -> datetime:
    """The recorded moment; where only a day is recorded, the moment of signing if that day, else its end."""
    on = version.header.on
    if "T" in on:
        return clock.moment(on)
    signed = clock.moment(version.said_at)
    day = day_said(on)
    return signed if day_of(signed) == day else clock.end_of(day)


def _duty(record: Record, prompt: PromptFile, found: Open, n: int) -> Duty:
    role, officer = owners.owner(record, prompt.owed_by)
    day = day_of(found.first.when)
    ended_on, why = _ended(record, prompt, found)
    met = found.end if found.met else None
    told = written(day_of(met.when) if met else day, record.language)
    says = record.book.say(prompt.says[1 if met else 0], record.language, day=told)
    last, sum_ = _last(record, prompt, found.first.when)
    rests = tuple(
        entry
        for statement in (found.first, found.end)
        if statement is not None and (entry := because.opened(record, statement.entry.id)) is not None
    )
    return Duty(
        duty=f"{prompt.prompt}/{found.first.entry.id}/{n}",
        rule=prompt.prompt,
        case=record.case.id,
        asks=say(prompt.asks, record.language),
        owed_by=role,
        kind="duty",
        started_on=day.isoformat(),
        because=Because(
            says, prompt.prompt, None, "national", prompt.source, prompt.confidence, rests, arithmetic=sum_,
            note=say(prompt.note, record.language) if prompt.note else None,
        ),
        due=day_of(last).isoformat() if last else None,
        due_at=clock.stamp(last) if last else None,
        officer=officer,
        met_by=met.entry.id if met else None,
        met_on=met.version.header.on if met else None,
        ended_on=ended_on,
        why_ended=why,
        stands=last is None,
        level="serious",
        tells=prompt.tells,
        people=owners.people(record, prompt.people),
        form=prompt.form,
    )  # fmt: skip


def _last(record: Record, prompt: PromptFile, opened: datetime) -> tuple[datetime | None, str | None]:
    """The moment by which it is owed, with the sum in words; none where it just stands."""
    if prompt.within is None:
        return None, None
    hours = amount(prompt.within)
    last = record.book.calendar.shift(opened, hours)
    return last, arithmetic(opened, hours, last, language=record.language)


def _ended(record: Record, prompt: PromptFile, found: Open) -> tuple[str | None, str | None]:
    """The day and the reason, where the ACO cancelled it or the person died."""
    end = found.end
    if end is not None and not found.met and end.state == prompt.cancelled_by:
        name = record.authors(end.version).name
        why = str(record.answers(end.version).get(prompt.reason, ""))
        return day_of(end.when).isoformat(), record.book.say("cancelled", record.language, name=name, why=why)
    stop = prompt.ended_by_death
    scope = record.facts_of(record.view())
    if end is None and evaluate(record.node(stop.when), scope).value is True:
        died = day_or_none(str(record.view().resolved("supervision.ended_on").value))
        return (died or record.today).isoformat(), say(stop.says, record.language)
    return None, None
