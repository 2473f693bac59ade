"""States of duties, told from their dates and the present moment; never stored."""

from __future__ import annotations

from datetime import date, datetime

from workbench import clock
from workbench.clock import day_of
from workbench.models.results import Duty, Finding, State

ITEMS = frozenset({"waiting", "short-notice", "owed-no-date", "not-known-done", "overdue", "due", "due-soon"})

# The level of the findings that are items; the others are shown where the case is read.
LOOKED_AT = "serious"


def state(duty: Duty, now: datetime) -> State:
    """The state of a duty at a moment: of several that fit, the first in the table of states."""
    today = day_of(now).isoformat()
    if duty.met_on is not None:
        return "met-late" if _late(duty, duty.met_on) else "met"
    if duty.ended_on is not None and duty.ended_on <= today:
        return "ended"
    if duty.deferred_until is not None and today < duty.deferred_until:
        return "deferred"
    if duty.waiting_since is not None:
        return "waiting"
    if duty.short_notice:
        return "short-notice"
    near = duty.soon_from is not None and duty.soon_from <= today
    if duty.no_date and (duty.due is None or not near):
        return "owed-no-date"
    return _by_date(duty, now, today, near=near)


_MISSED = frozenset({"overdue", "not-known-done"})
# Those who owe a look at others' work, and are told of what was missed.
_OVERSIGHT = frozenset({"spo", "aco"})
# Behind open recalls, events with somebody in danger and clocks in hours stand all others, by state.
_REST = 3
# What presses most comes first in every list.
_ORDER: tuple[State, ...] = (
    "overdue",
    "due",
    "short-notice",
    "not-known-done",
    "due-soon",
    "owed-no-date",
    "waiting",
    "deferred",
    "not-yet",
    "met-late",
    "met",
    "ended",
)


def pressing(duty: Duty, now: datetime) -> tuple[int, int, str, str]:
    """A key that puts duties in order of what a miss would mean.

    An open recall; events with somebody in danger; clocks in hours and what is urgent; then by state,
    within one state the serious before the rest, by last day.
    """
    found = state(duty, now)
    place = 2 * _ORDER.index(found) + (duty.level != "serious")
    return (_rank(duty, found), place, duty.due_at or duty.due or "9999", duty.duty)


def _rank(duty: Duty, found: State) -> int:
    if found in ("met", "met-late", "ended"):
        return _REST
    if duty.kind == "event":
        return 1 if duty.level == "serious" else _REST
    if duty.stands:
        return 0
    return 2 if (duty.urgent or duty.due_at is not None) and found in ITEMS else _REST


def is_item(duty: Duty, now: datetime) -> bool:
    """Whether it is a row of Today: owed in a state that counts, or an event that is open."""
    return state(duty, now) in ITEMS


def is_item_for(found: Duty | Finding, role: str) -> bool:
    """Whether what counts as an item is one of this role.

    Of duties: what it owes, an open recall and open events; and what nobody else here would see. An SPO
    sees besides what was missed and is told to an SPO. Of findings: a serious one that is for the role.
    """
    if isinstance(found, Finding):
        return found.level == LOOKED_AT and (not found.tells or role in found.tells)
    if found.stands or found.kind == "event" or found.owed_by == role:
        return True
    return role not in _OVERSIGHT and found.owed_by not in _OVERSIGHT


def is_told(duty: Duty, role: str, now: datetime) -> bool:
    """Whether a duty was missed that this role is told of; of an urgent one, whether it is an item at all."""
    return role in duty.tells and state(duty, now) in (ITEMS if duty.urgent else _MISSED)


def looks(finding: Finding) -> tuple[int, int]:
    """Where a serious finding stands among duties: behind what presses by the hour, before what is overdue.

    One about a child or a victim stands with the events in which somebody is in danger, behind them.
    """
    return (1, len(_ORDER) * 2) if finding.urgent else (_REST, -1)


def _by_date(duty: Duty, now: datetime, today: str, *, near: bool) -> State:
    if duty.due_at is not None:
        return "overdue" if now > clock.moment(duty.due_at) else "due"
    if duty.due is not None and today > duty.due:
        return "overdue"
    if duty.stands or (duty.due is not None and today == duty.due):
        return "due"
    return "due-soon" if near else "not-yet"


def _late(duty: Duty, met_on: str) -> bool:
    """Whether it was met after its last day; a short-notice duty never is."""
    if duty.short_notice:
        return False
    if duty.due_at is not None and "T" in met_on:
        return clock.moment(met_on) > clock.moment(duty.due_at)
    return duty.due is not None and _day(met_on) > date.fromisoformat(duty.due)


def _day(text: str) -> date:
    return day_of(clock.moment(text)) if "T" in text else date.fromisoformat(text)
