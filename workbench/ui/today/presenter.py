"""What Today shows: ten rows at most, the decisive first, and what is held back; no Qt here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Literal

import msgspec

from workbench.casework import owing, unfinished
from workbench.casework.desk import Desk
from workbench.casework.owing import Owed, Pile
from workbench.errors import NotFound
from workbench.models.amounts import counted
from workbench.models.results import Because, Duty, State
from workbench.resources import say
from workbench.ui.words import ago, short_day, time_words, weekday_words

MOST = 10
SOONEST = 6


class Action(msgspec.Struct, frozen=True):
    """What a row's button does: opens a form on the case, or the case."""

    words: str
    case: str
    form: str = ""


class Item(msgspec.Struct, frozen=True):
    """One thing that presses: for whom, how it stands in words, why, and what to do.

    `sits` says that it is an event whose reviews can be done in one sitting.
    """

    asks: str
    name: str
    crn: str
    stands: str
    tone: str
    icon: str
    because: Because
    action: Action
    sits: bool = False


class Begun(msgspec.Struct, frozen=True):
    """A draft to finish, or to fetch back."""

    draft: str
    case: str
    form: str
    title: str
    name: str
    since: str


class Appointment(msgspec.Struct, frozen=True):
    """Somebody to be seen."""

    case: str
    name: str
    day: str
    time: str


class Today(msgspec.Struct, frozen=True):
    """Everything on the screen; `held` says what is not shown in the rows."""

    heading: str
    whose: str
    items: tuple[Item, ...]
    held: str
    waiting: tuple[Item, ...]
    drafts: tuple[Begun, ...]
    thrown: tuple[Begun, ...]
    diary: tuple[Appointment, ...]
    cases: int
    pressing: int


def today(desk: Desk) -> Today:
    """Today as it stands now."""
    piles = owing.piles(desk)
    mine = [pile for pile in piles if pile.state != "waiting"]
    waiting = [pile for pile in piles if pile.state == "waiting"]
    first = owing.first(mine, MOST)
    heading = weekday_words(desk.today.isoformat(), desk.today).removeprefix("Today, ")
    return Today(
        heading=f"{heading} {desk.today.year}",
        whose=desk.device.card.name,
        items=tuple(_item(desk, each) for each in first),
        held=_held(mine, first),
        waiting=tuple(_item(desk, each) for each in owing.first(waiting, SOONEST)),
        drafts=tuple(_begun(desk, held, "begun") for held in reversed(unfinished.begun(desk))),
        thrown=tuple(_begun(desk, held, "thrown away") for held in unfinished.thrown(desk)[:SOONEST]),
        diary=_diary(desk),
        cases=desk.count_cases(),
        pressing=sum(pile.count for pile in mine),
    )


def _item(desk: Desk, owed: Owed) -> Item:
    stands, tone, icon = _stands(owed, desk.today)
    sits = owed.duty is not None and owed.duty.kind == "event" and owing.asks_for_sitting(owed.duty)
    return Item(owed.asks, owed.name, owed.crn, stands, tone, icon, owed.because, _action(desk, owed), sits)


def _action(desk: Desk, owed: Owed) -> Action:
    form = desk.library.find(owed.form)
    if form is not None and desk.device.card.role in form.for_:
        return Action(say(form.title), owed.case, form.form)
    return Action("Open the case", owed.case)


_WORDS: dict[State, tuple[str, str, str]] = {
    "overdue": ("overdue", "danger", "triangle-alert"),
    "due": ("due today", "warn", "clock"),
    "short-notice": ("short notice", "warn", "clock"),
    "not-known-done": ("not known to be done", "warn", "circle-help"),
    "due-soon": ("due", "warn", "calendar-clock"),
    "owed-no-date": ("owed; no date set here", "info", "info"),
    "waiting": ("waiting on others", "info", "clock"),
}


def _stands(owed: Owed, today: date) -> tuple[str, str, str]:
    """How it stands in words, the tone that repeats it, and an icon."""
    if owed.duty is None:
        return "to be looked at", "warn", "eye"
    return duty_words(owed.duty, owed.state, today)


def duty_words(duty: Duty, state: State, today: date) -> tuple[str, str, str]:
    """How a duty stands in words, the tone that repeats it, and an icon."""
    if duty.kind == "event":
        done = sum(step.done_by is not None or step.reason is not None for step in duty.steps)
        return f"open event, {done} of {counted(len(duty.steps), 'step')} done", "danger", "siren"
    words, tone, icon = _WORDS.get(state, (state.replace("-", " "), "quiet", "info"))
    if duty.stands:
        return f"stands since {short_day(duty.started_on, today)}", "danger", "siren"
    if state == "overdue" and duty.due is not None:
        days = (today - date.fromisoformat(duty.due)).days
        return f"overdue by {days} day{'s' if days != 1 else ''}", tone, icon
    if duty.due_at is not None and state == "due":
        return f"due by {time_words(duty.due_at)}, {short_day(duty.due_at, today)}", tone, icon
    if state in ("due-soon", "short-notice") and duty.due is not None:
        return f"{words} {short_day(duty.due, today)}", tone, icon
    return words, tone, icon


def _held(piles: Iterable[Pile], shown: Iterable[Owed]) -> str:
    """What is not in the rows, counted in words, the most pressing first; empty where everything is."""
    counts: Counter[str] = Counter()
    for pile in piles:
        counts[_held_as(pile.state)] += pile.count
    counts.subtract(_held_as(each.state if each.duty is not None else "") for each in shown)
    order = [_held_as(state) for state in _WORDS]
    told = sorted(counts, key=lambda words: order.index(words) if words in order else len(order))
    words = ", ".join(f"{counts[each]} {each}" for each in told if counts[each])
    return f"{counts.total()} more in the caseload: {words}." if words else ""


def _held_as(state: State | Literal[""]) -> str:
    return _WORDS[state][0].partition(";")[0] if state in _WORDS else "to be looked at"


def _begun(desk: Desk, held: unfinished.Begun, what: str) -> Begun:
    return Begun(
        draft=held.draft,
        case=held.case,
        form=held.form,
        title=_title(desk, held.form),
        name=_name(desk, held.case),
        since=f"{what} {ago(held.at, desk.today)}",
    )


def _title(desk: Desk, form: str) -> str:
    """What a form is called; one of an overlay that is switched off is called by its id."""
    known = desk.library.find(form)
    return say(known.title) if known else form.replace("-", " ").capitalize()


def _name(desk: Desk, case: str) -> str:
    """Whose draft it is; the case of a registration is not here yet."""
    try:
        row = desk.store.case_row(desk.links.reading(case))
    except NotFound:
        return "New person"
    return row.name or row.crn


def _diary(desk: Desk) -> tuple[Appointment, ...]:
    return tuple(
        Appointment(
            row.case,
            row.name or row.crn,
            short_day(row.next_contact, desk.today),
            time_words(row.next_contact),
        )
        for row in owing.appointments(desk, SOONEST)
        if row.next_contact
    )
