"""States of duties, told from their dates and the present moment; never stored."""

from __future__ import annotations

from datetime import date, datetime

from workbench import clock
from workbench.clock import day_of
from workbench.models.results import Duty, Finding, State

ITEMS = frozenset({"waiting", "short-notice", "owed-no-date", "not-known-done", "overdue", "due", "due-soon"})


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
    """A key that puts duties in order: an open recall, then open events, then by state and last day."""
    found = state(duty, now)
    stands = found not in ("met", "met-late", "ended") and (duty.stands or duty.kind == "event")
    first = 0 if stands and duty.kind == "duty" else 1 if stands else 2
    return (first, _ORDER.index(found), duty.due_at or duty.due or "9999", duty.duty)


def is_item(duty: Duty, now: datetime) -> bool:
    """Whether it is a row of Today: owed in a state that counts, or an event that is open."""
    return state(duty, now) in ITEMS


def is_item_for(finding: Finding, role: str) -> bool:
    """Whether a finding is an item of this role: a serious one that is for it."""
    return finding.level == "serious" and (not finding.tells or role in finding.tells)


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
