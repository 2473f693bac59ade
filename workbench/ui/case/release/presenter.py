"""The release board in words: the day, what stands for it, the twelve weeks before it. No Qt here."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import msgspec

from workbench.casework import releasing
from workbench.casework.desk import Desk
from workbench.casework.releasing import WayOut
from workbench.models.amounts import counted
from workbench.models.results import Because, Duty
from workbench.resources import say
from workbench.rules import states
from workbench.ui.case.release.matters import Groups, groups
from workbench.ui.case.release.papers import Papers
from workbench.ui.knowing import Knowing
from workbench.ui.today.presenter import duty_words
from workbench.ui.words import day_of, day_words, long_day, short_day, time_words

WEEKS = 12
# What is planned on a day, beside what is owed by one.
_PLANNED = {
    "mappa.meeting_on": "MAPPA meeting",
    "parole.hearing_on": "Parole hearing",
    "parole.report_due": "Parole report asked for",
    "contact.next_on": "Next appointment",
}


class Owed(msgspec.Struct, frozen=True):
    """Something on the week rail: what and how it stands.

    What a rule asks has a because, and the form that meets it where this person may write it; what is
    merely planned has the entry that says so.
    """

    asks: str
    stands: str
    tone: str
    icon: str
    because: Because | None = None
    form: str = ""
    title: str = ""
    entry: str = ""


class Week(msgspec.Struct, frozen=True):
    """One week of the rail; `now` where today lies in it."""

    name: str
    begins: str
    now: bool
    owed: tuple[Owed, ...]


class Board(msgspec.Struct, frozen=True):
    """The whole board. `day` is empty where none is recorded; `flags` are what to know of the day, each with its tone.

    `entry` says the day, `sentence` is where another is recorded.
    """

    case: str
    name: str
    day: str
    away: str
    known: str
    known_tone: str
    entry: str
    sentence: str
    flags: tuple[tuple[str, str], ...]
    settled: int
    matters: int
    groups: Groups
    weeks: tuple[Week, ...]


def board(desk: Desk, case: str) -> Board | None:
    """The board of somebody in custody or recalled to it; None for everybody else."""
    way = releasing.way_out(desk, case)
    if way is None:
        return None
    known = Knowing(desk, case)
    row = desk.store.case_row(case)
    name = row.name or row.crn
    found = groups(Papers(desk, known, way.since.isoformat()), way, name)
    matters = [matter for _, each in found for matter in each]
    said, tone = _known(way)
    sentences = known.case.of_form("sentence")
    return Board(
        case=case,
        name=name,
        day=long_day(way.day) if way.day else "",
        away=_away(way.day, desk.today) if way.day else "",
        known=said,
        known_tone=tone,
        entry=way.entry,
        sentence=sentences[-1].id if sentences else "",
        flags=tuple(_flags(desk, way)),
        settled=sum(not matter.gaps for matter in matters),
        matters=len(matters),
        groups=found,
        weeks=tuple(_weeks(desk, known, way.day)) if way.day else (),
    )


def _away(day: date, today: date) -> str:
    days = (day - today).days
    if days < 0:
        return "passed"
    if days < 2:
        return ("today", "tomorrow")[days]
    if days < 14:
        return f"in {counted(days, 'day')}"
    weeks = counted(days // 7, "week")
    return f"in {weeks} and {counted(days % 7, 'day')}" if days % 7 else f"in {weeks}"


def _known(way: WayOut) -> tuple[str, str]:
    if way.day is None:
        return "", ""
    if way.known == "confirmed":
        return "Confirmed by the prison", "good"
    return ("Reckoned, not confirmed" if way.known == "reckoned" else "Not said how it is known"), "warn"


def _flags(desk: Desk, way: WayOut) -> Iterator[tuple[str, str]]:
    if way.day is None:
        yield (
            "No day of release is recorded for this time in custody, so nothing can be counted back.",
            "warn",
        )
        return
    if way.day < desk.today:
        yield "That day has passed. Record the release, or another day.", "danger"
    if way.because:
        yield f"How the day was reckoned: {way.because}", "info"
    if way.open_again is not None:
        again = long_day(way.open_again)
        if desk.book.calendar.is_working(way.day):
            says = f"Offices close after that day until {again}. The prison may release a working day earlier: ask."
        else:
            says = f"Offices are closed that day and open again on {again}. Ask the prison whether the day is right."
        yield says, "warn"


# The weeks before


def _weeks(desk: Desk, known: Knowing, day: date) -> Iterator[Week]:
    """What is still open from before the first week, the twelve weeks, then the day itself."""
    first = day - timedelta(weeks=WEEKS)
    dated = sorted(_dated(desk, known, day), key=lambda found: found[0])
    before = tuple(owed for on, is_open, owed in dated if on < first and is_open)
    if before:
        yield Week("Before these weeks, still open", "", False, before)
    for number in range(WEEKS, 0, -1):
        begins = day - timedelta(weeks=number)
        ends = begins + timedelta(weeks=1)
        name = f"{number} week{'s' if number > 1 else ''} before"
        held = tuple(owed for on, _, owed in dated if begins <= on < ends)
        yield Week(name, short_day(begins.isoformat(), day), begins <= desk.today < ends, held)
    held = tuple(owed for on, _, owed in dated if on == day)
    yield Week("The day", long_day(day), day == desk.today, held)


def _dated(desk: Desk, known: Knowing, day: date) -> Iterator[tuple[date, bool, Owed]]:
    """What has a day no later than release: the day, whether it is still open, and the words."""
    role = desk.device.card.role
    for duty in desk.store.duties(known.case.id):
        due = duty.due or (day_of(duty.due_at) if duty.due_at else "")
        state = states.state(duty, desk.now)
        if not due or date.fromisoformat(due) > day or state == "ended":
            continue
        is_open = state not in ("met", "met-late")
        form = desk.library.find(duty.form) if is_open else None
        may = form if form is not None and role in form.for_ else None
        stands, tone, icon = _duty(duty, desk, is_open=is_open)
        title, form_id = (say(may.title), may.form) if may else ("", "")
        yield (
            date.fromisoformat(due),
            is_open,
            Owed(duty.asks, stands, tone, icon, duty.because, form_id, title),
        )
    for fact, words in _PLANNED.items():
        found = known.fact(fact)
        if found.raw and day_of(found.raw) <= day.isoformat():
            time = f", {time_words(found.raw)}" if time_words(found.raw) else ""
            stands = f"{short_day(found.raw, desk.today)}{time}"
            past = day_of(found.raw) < desk.today.isoformat()
            yield (
                date.fromisoformat(day_of(found.raw)),
                not past,
                Owed(words, stands, "info", "calendar", entry=found.entry),
            )


def _duty(duty: Duty, desk: Desk, *, is_open: bool) -> tuple[str, str, str]:
    if not is_open:
        return f"done {day_words(str(duty.met_on)[:10])}", "good", "circle-check"
    state = states.state(duty, desk.now)
    if state == "not-yet":
        return f"by {short_day(duty.due, desk.today)}", "quiet", "calendar"
    return duty_words(duty, state, desk.today)
