"""What Covering for shows: three short lists for the days ahead, and one of what came while somebody was away."""

from __future__ import annotations

from datetime import timedelta

import msgspec

from workbench.casework import covering
from workbench.casework.covering import Changed, Danger, Dangerous, Owed, Promised
from workbench.casework.desk import Desk
from workbench.models.amounts import counted
from workbench.models.dates import written
from workbench.ui.caseload.presenter import about
from workbench.ui.today.presenter import duty_words
from workbench.ui.widgets.row import Row
from workbench.ui.words import short_day, time_words

# How many days ahead, or back, and how it is called.
AHEAD = {"7": "the next 7 days", "14": "the next 14 days", "28": "the next 28 days"}

_KINDS = {"appointment": "Appointment", "visit": "Home visit planned", "action": "Action of the plan"}
_ICONS = {"appointment": "calendar-clock", "visit": "house", "action": "list-checks"}
_MOST_NAMED = 3


class Covering(msgspec.Struct, frozen=True):
    """Everything on the screen for one officer; the keys of rows are cases, numbered where a case stands twice."""

    officers: tuple[str, ...]
    officer: str
    says: str
    dangerous: tuple[Row, ...] = ()
    promised: tuple[Row, ...] = ()
    missed: tuple[Row, ...] = ()
    away: tuple[Row, ...] = ()


def covering_for(desk: Desk, officer: str, days: int) -> Covering:
    """The cases of an officer for so many days ahead, and what others did in as many days back."""
    officers = covering.officers(desk)
    chosen = officer if officer in officers else _usual(desk, officers)
    if not chosen:
        return Covering((), "", "No case here has a responsible officer yet.")
    today = desk.today
    found = covering.cover(desk, chosen, today + timedelta(days=days))
    came = covering.away(desk, chosen, today - timedelta(days=days))
    people = counted(found.cases, "person", "people")
    until = written(today + timedelta(days=days))
    return Covering(
        officers,
        chosen,
        f"{people}, up to {until}.",
        tuple(_dangerous(desk, each) for each in found.dangerous),
        tuple(_promised(desk, n, each) for n, each in enumerate(found.promised)),
        tuple(_missed(desk, n, each) for n, each in enumerate(found.missed)),
        tuple(_changed(desk, each) for each in came),
    )


def _usual(desk: Desk, officers: tuple[str, ...]) -> str:
    """A practitioner sees their own cases first; who covers for others, the first of them."""
    own = desk.device.card.name
    return own if own in officers else next(iter(officers), "")


def case_of(key: str) -> str:
    """The case that a row is about."""
    return key.partition("/")[0]


def _dangerous(desk: Desk, each: Dangerous) -> Row:
    first, *others = (_why(desk, why) for why in each.why)
    row = each.row
    line = " · ".join((row.crn, *others)) if others else row.crn
    return about(
        each.row.name or each.row.crn,
        each.row.rosh,
        row.case,
        line,
        first,
        "siren" if each.why[0].kind in ("recall", "event") else "flag",
        "danger",
    )


def _why(desk: Desk, why: Danger) -> str:
    if why.kind == "release":
        return f"Is released {short_day(why.on, desk.today)}"
    return f"{why.says}, since {short_day(why.on, desk.today)}" if why.on else why.says


def _promised(desk: Desk, n: int, each: Promised) -> Row:
    time = time_words(each.on)
    when = f"{short_day(each.on, desk.today)}{f', {time}' if time else ''}"
    line = " · ".join(part for part in (each.row.crn, _KINDS[each.kind], each.says) if part)
    return about(
        each.row.name or each.row.crn,
        each.row.rosh,
        f"{each.row.case}/{n}",
        line,
        when,
        _ICONS[each.kind],
        "quiet",
    )


def _missed(desk: Desk, n: int, each: Owed) -> Row:
    stands, tone, icon = duty_words(each.duty, each.state, desk.today)
    if each.duty.due is not None and each.state == "not-yet":
        stands = f"due {short_day(each.duty.due, desk.today)}"
    return about(
        each.row.name or each.row.crn,
        each.row.rosh,
        f"{each.row.case}/{n}",
        f"{each.row.crn} · {each.duty.asks}",
        _capital(stands),
        icon,
        tone,
    )


def _changed(desk: Desk, each: Changed) -> Row:
    named = [f"{title} by {by}" for title, by in each.entries[:_MOST_NAMED]]
    more = len(each.entries) - len(named)
    told = [*named, *([f"{more} more"] if more else [])]
    notes = [f"Event: {asks}" for asks in each.events] + [
        f"Came due, not met: {asks}" for asks in each.passed
    ]
    note = "; ".join(notes)
    line = " · ".join((each.row.crn, *told))
    icon = "siren" if each.events else "clock" if each.passed else ""
    return about(
        each.row.name or each.row.crn,
        each.row.rosh,
        each.row.case,
        line,
        note,
        icon,
        "danger" if each.events else "warn",
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
