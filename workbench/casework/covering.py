"""Covering for a colleague: who is dangerous, what is promised, what must not be missed, what came meanwhile."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Literal

import msgspec

from workbench import clock as clocks
from workbench.casework import reading
from workbench.casework.desk import Desk
from workbench.models.amounts import counted
from workbench.models.fold import Case, Entry
from workbench.models.records import HEAD_ACTS, Version
from workbench.models.results import Duty, Finding, State
from workbench.resources import say
from workbench.rules import states
from workbench.store import oversight
from workbench.store.store import CaseRow

Kind = Literal["recall", "event", "finding", "level", "release"]
Promise = Literal["appointment", "visit", "action"]


class Danger(msgspec.Struct, frozen=True):
    """Why somebody is dangerous in these days, or in danger: in words of the record, with its day where it has one."""

    kind: Kind
    says: str
    on: str = ""


class Dangerous(msgspec.Struct, frozen=True):
    """One person for whom something serious stands, the gravest first."""

    row: CaseRow
    why: tuple[Danger, ...]


class Promised(msgspec.Struct, frozen=True):
    """Something that was promised for a day or moment."""

    row: CaseRow
    kind: Promise
    on: str
    says: str = ""


class Owed(msgspec.Struct, frozen=True):
    """A duty that must not be missed, and how it stands."""

    row: CaseRow
    duty: Duty
    state: State


class Cover(msgspec.Struct, frozen=True):
    """What somebody who covers for an officer must know, up to a day (inclusive)."""

    officer: str
    until: str
    cases: int
    dangerous: tuple[Dangerous, ...]
    promised: tuple[Promised, ...]
    missed: tuple[Owed, ...]


class Changed(msgspec.Struct, frozen=True):
    """What came to a case while its officer was away: entries of others, events opened, duties that passed unmet."""

    row: CaseRow
    entries: tuple[tuple[str, str], ...]
    events: tuple[str, ...]
    passed: tuple[str, ...]


def officers(desk: Desk) -> tuple[str, ...]:
    """The responsible officers of the cases here, by name."""
    return tuple(sorted({row.officer for row in desk.cases() if row.officer}, key=str.casefold))


def cover(desk: Desk, officer: str, until: date) -> Cover:
    """Everything that a stand-in needs from today to `until`; one row of the look-log."""
    rows = _held(desk, officer)
    duties: dict[str, list[Duty]] = {case: [] for case in rows}
    day = desk.today.isoformat()
    for duty in oversight.pressing(desk.store.connection, day, until.isoformat()):
        if duty.case in duties:
            duties[duty.case].append(duty)
    dangerous: list[Dangerous] = []
    promised: list[Promised] = []
    missed: list[Owed] = []
    for case, row in rows.items():
        stood = desk.case(case)
        why = tuple(_dangers(desk, row, stood, duties[case], until))
        if why:
            dangerous.append(Dangerous(row, why))
        promised.extend(_promises(desk, row, stood, until))
        missed.extend(_owed(desk, row, duties[case], until))
    desk.log("listed", detail=f"cover for an officer, {counted(len(rows), 'case')}")
    return Cover(
        officer,
        until.isoformat(),
        len(rows),
        tuple(sorted(dangerous, key=lambda each: (_GRAVE.index(each.why[0].kind), each.row.name or ""))),
        tuple(sorted(promised, key=lambda each: (each.on, each.row.name or ""))),
        tuple(sorted(missed, key=lambda each: states.pressing(each.duty, desk.now))),
    )


def away(desk: Desk, officer: str, since: date) -> tuple[Changed, ...]:
    """What changed in the cases of an officer from a day on, by others than themselves, by name of the person."""
    found = []
    start = clocks.stamp(clocks.start_of(since))
    for case, row in _held(desk, officer).items():
        stood, kept = desk.case(case), reading.kept_away(desk, desk.case(case))
        come = [e for e in stood.entries.values() if e.id not in kept and _by_others(desk, e, officer, start)]
        entries = tuple((_title(desk, entry), desk.author(_last(entry)).name) for entry in _newest(come))
        owed = tuple(desk.store.duties(case))
        events = tuple(
            duty.asks for duty in owed if duty.kind == "event" and duty.started_on >= since.isoformat()
        )
        passed = tuple(duty.asks for duty in owed if _passed(desk, duty, since))
        if entries or events or passed:
            found.append(Changed(row, entries, events, passed))
    desk.log("listed", detail=f"while an officer was away, {counted(len(found), 'case')}")
    return tuple(sorted(found, key=lambda each: (not each.events, each.row.name or each.row.crn)))


# Dangerous

_GRAVE: tuple[Kind, ...] = ("recall", "event", "finding", "release", "level")


def _dangers(desk: Desk, row: CaseRow, stood: Case, duties: Iterable[Duty], until: date) -> Iterator[Danger]:
    if row.open_recall:
        yield Danger("recall", "Recall agreed and not yet carried out")
    for duty in duties:
        if duty.kind == "event" and duty.level == "serious":
            yield Danger("event", duty.asks, duty.started_on)
    role = desk.device.card.role
    for finding in desk.store.findings(row.case):
        if finding.urgent and _is_for(finding, role):
            yield Danger("finding", finding.says)
    for day in _releases(desk, stood, until):
        yield Danger("release", "Is released", day)
    if row.rosh == "very high":
        yield Danger("level", "Very high risk of serious harm")


def _is_for(finding: Finding, role: str) -> bool:
    """Whether a serious finding is told to this role, or to the officer it covers for."""
    return states.is_item_for(finding, role) or states.is_item_for(finding, "practitioner")


def _releases(desk: Desk, stood: Case, until: date) -> Iterator[str]:
    for sentence in stood.about("sentence.release_on"):
        day = stood.known("sentence.release_on", sentence, desk.today.isoformat()).value
        if isinstance(day, str) and desk.today.isoformat() <= day <= until.isoformat():
            yield day


# Promised


def _promises(desk: Desk, row: CaseRow, stood: Case, until: date) -> Iterator[Promised]:
    if row.next_contact and _within(desk, row.next_contact, until):
        yield Promised(row, "appointment", row.next_contact)
    kept = reading.kept_away(desk, stood)
    for entry in stood.of_form("home-visit-plan"):
        planned = entry.head.answers().get("planned_for")
        if entry.id not in kept and isinstance(planned, str) and _within(desk, planned, until):
            yield Promised(row, "visit", planned)
    plans = [entry for entry in stood.of_form("risk-management-plan") if entry.id not in kept]
    for action in _actions(plans[-1].head) if plans else ():
        by = action.get("by")
        if isinstance(by, str) and _within(desk, by, until) and not action.get("done_on"):
            who = f" ({action['who']})" if action.get("who") else ""
            yield Promised(row, "action", by, f"{action.get('what', '')}{who}")


def _actions(plan: Version) -> Iterator[dict[str, str]]:
    for question, answer in plan.answers().items():
        if question.endswith("_actions") and isinstance(answer, list):
            yield from answer


def _within(desk: Desk, on: str, until: date) -> bool:
    day = clocks.day_of(clocks.moment(on)) if "T" in on else date.fromisoformat(on)
    return desk.today <= day <= until


# Must not be missed


def _owed(desk: Desk, row: CaseRow, duties: Iterable[Duty], until: date) -> Iterator[Owed]:
    """What an officer owes that is late and serious, or whose last day lies in these days."""
    for duty in duties:
        state = states.state(duty, desk.now)
        if duty.kind == "event" or duty.stands or not states.is_item_for(duty, "practitioner"):
            continue
        near = duty.due is not None and duty.due <= until.isoformat() and state in _OPEN
        late = state in ("overdue", "not-known-done")
        if (near and not late) or (late and duty.level == "serious"):
            yield Owed(row, duty, state)


_OPEN: frozenset[State] = frozenset({"due", "due-soon", "short-notice", "not-yet"})


# While away


def _held(desk: Desk, officer: str) -> dict[str, CaseRow]:
    wanted = officer.casefold()
    return {row.case: row for row in desk.cases() if (row.officer or "").casefold() == wanted}


def _by_others(desk: Desk, entry: Entry, officer: str, start: str) -> bool:
    return any(
        version.act in HEAD_ACTS and version.said_at >= start and desk.author(version).name != officer
        for version in entry.live
    )


def _last(entry: Entry) -> Version:
    return max(entry.live, key=lambda version: (version.said_at, version.id))


def _newest(entries: Iterable[Entry]) -> list[Entry]:
    return sorted(entries, key=lambda entry: (_last(entry).said_at, entry.id), reverse=True)


def _title(desk: Desk, entry: Entry) -> str:
    form = desk.form_of(entry.head)
    return say(form.title) if form is not None else entry.form


def _passed(desk: Desk, duty: Duty, since: date) -> bool:
    """Whether a duty of the officer's last day fell in that time, and it is late now."""
    mine = duty.kind == "duty" and states.is_item_for(duty, "practitioner")
    late = states.state(duty, desk.now) == "overdue"
    return mine and late and duty.due is not None and duty.due >= (since - timedelta(days=1)).isoformat()
