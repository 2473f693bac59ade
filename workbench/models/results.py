"""What rules give: duties, findings and advice, each with its because. Dates are kept, states are not."""

from __future__ import annotations

from typing import Any, Literal

import msgspec

State = Literal[
    "not-yet",
    "due-soon",
    "due",
    "overdue",
    "waiting",
    "owed-no-date",
    "short-notice",
    "not-known-done",
    "deferred",
    "met",
    "met-late",
    "ended",
]
Confidence = Literal["firm", "check", "empty", "ours"]
Level = Literal["note", "warn", "serious"]


class Source(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where a rule or number stands: document, place in it, and its date (`2021-10` or a day)."""

    document: str
    place: str
    dated: str


class BecauseEntry(msgspec.Struct, frozen=True):
    """One entry that a result rests on, and what it says there."""

    entry: str
    version: str
    fact: str | None
    value: Any
    on: str


class Because(msgspec.Struct, frozen=True):
    """Why a result is so, in a sentence and in parts; the same shape in JSON everywhere."""

    says: str
    rule: str
    text: int | None
    book: str
    source: Source | None
    confidence: Confidence
    entries: tuple[BecauseEntry, ...] = ()
    unknown: tuple[str, ...] = ()
    arithmetic: str | None = None
    national: dict[str, Any] | None = None
    would_change: tuple[str, ...] = ()
    note: str | None = None


class Step(msgspec.Struct, frozen=True):
    """One step of an event's checklist; it lives inside its event and is never an item of its own."""

    step: str
    asks: str
    owed_by: str
    when: str
    due: str | None
    done_by: str | None = None
    reason: str | None = None


class Duty(msgspec.Struct, frozen=True):
    """One thing owed, or one open event; `duty` is `rule/entry/n` and never holds a date.

    `due` is the last day on which it can be met (Europe/London, inclusive); `due_at` the moment of an
    hour rule. `soon_from` is the first day it counts as due soon. A short-notice duty was already past
    when first known. `ended_on` is the first day on which it is no longer owed, which may lie ahead;
    `why_ended` says how. With `no_date` its number is empty and `due` is its natural limit, if it has one.
    `stands` is due on every day until it is met or ended. `tells` are the roles told of a miss, of an
    `urgent` one from `soon_from` on; `people` the names of everybody who must see it whoever is away. `form`
    is what to write for it, empty where no form does.
    """

    duty: str
    rule: str
    case: str
    asks: str
    owed_by: str
    kind: Literal["duty", "event"]
    started_on: str
    because: Because
    due: str | None = None
    due_at: str | None = None
    soon_from: str | None = None
    officer: str | None = None
    met_by: str | None = None
    met_on: str | None = None
    ended_on: str | None = None
    why_ended: str | None = None
    deferred_until: str | None = None
    waiting_since: str | None = None
    short_notice: bool = False
    no_date: bool = False
    stands: bool = False
    level: Level = "warn"
    tells: tuple[str, ...] = ()
    urgent: bool = False
    people: tuple[str, ...] = ()
    form: str = ""
    steps: tuple[Step, ...] = ()


class Finding(msgspec.Struct, frozen=True):
    """Something in the record that a person should look at; never a duty.

    `tells` are the roles it is for; none named means everybody who works on the case. An `urgent` one is
    about a child or a victim.
    """

    finding: str
    rule: str
    case: str
    entry: str | None
    question: str | None
    level: Level
    says: str
    because: Because
    tells: tuple[str, ...] = ()
    urgent: bool = False


class Advice(msgspec.Struct, frozen=True):
    """A pathway suggestion; a person decides and records the reason to differ."""

    finding: str
    rule: str
    case: str
    entry: str | None
    question: str | None
    level: Level
    says: str
    because: Because


class Changes(msgspec.Struct, frozen=True):
    """What a verb changed: which case, which kinds of thing, and the new version's id where there is one."""

    case: str
    kinds: tuple[str, ...]
    version: str | None = None
    entry: str | None = None
