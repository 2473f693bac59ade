"""Overseeing a team: what waits for the person who oversees it, how fresh it is, and how the load lies."""

from __future__ import annotations

import random
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, timedelta

import msgspec

from workbench import clock as clocks
from workbench.casework import reading
from workbench.casework.desk import Desk
from workbench.casework.owing import LOOK
from workbench.models.amounts import Amount, counted
from workbench.models.fold import stand
from workbench.models.records import Version
from workbench.models.results import Duty, State, Step
from workbench.resources import say
from workbench.rules import states
from workbench.rules.calendar import Calendar
from workbench.rules.files import Meeting
from workbench.store import oversight
from workbench.store.store import CaseRow

ROLES = frozenset({"spo", "aco"})
# How far ahead looks and work are counted; how long a case counts as new to its officer (ours).
SOON = timedelta(days=14)
NEW = timedelta(weeks=8)
# A laptop not heard from for so long is an item for the SPO (ours).
SILENT = Amount(5, "working days")
# How many looks a week she has hours for, until she says (ours).
LOOKS = 10
_KEY = "oversight"
_RISK = {"very high": 0, "high": 1, "medium": 2, "low": 3}
_PRESSES: tuple[State, ...] = ("overdue", "not-known-done", "short-notice", "due", "owed-no-date", "due-soon")
_OVERDUE: tuple[State, ...] = ("overdue", "not-known-done")


class Heard(msgspec.Struct, frozen=True):
    """The last thing of a case that came from another laptop: whose, and when it came."""

    name: str
    at: str


class Look(msgspec.Struct, frozen=True):
    """The look owed at a case: why now (an answer of the form), and the duty, or the event of which it is a step.

    `also` says what else the same look would do, where several are owed at once.
    """

    row: CaseRow
    duty: Duty
    state: State
    asks: str
    reason: str
    heard: Heard | None = None
    also: tuple[str, ...] = ()


class Waiting(msgspec.Struct, frozen=True):
    """A version that somebody else signed and whose form asks for a countersignature."""

    row: CaseRow
    entry: str
    version: str
    form: str
    title: str
    by: str
    at: str


class Recall(msgspec.Struct, frozen=True):
    """A recall that is open: how far it has gone, since which moment, who must see it, by when Part A is owed."""

    row: CaseRow
    duty: Duty
    state: str
    since: str
    owed_by: str = ""


class Upward(msgspec.Struct, frozen=True):
    """A matter that was taken to somebody above and has no answer yet."""

    row: CaseRow
    entry: str
    to_whom: str
    by: str
    on: str


class Load(msgspec.Struct, frozen=True):
    """What one responsible officer holds; `heard` is when any of it last came here, `silent` that it is long ago."""

    officer: str
    cases: int = 0
    high: int = 0
    overdue: int = 0
    soon: int = 0
    events: int = 0
    new: int = 0
    heard: str = ""
    silent: bool = False


class Sampled(msgspec.Struct, frozen=True):
    """One case that was drawn by chance."""

    row: CaseRow


class Team(msgspec.Struct, frozen=True):
    """Everything that waits, each list with what is first at the top; loads in order of name."""

    recalls: tuple[Recall, ...]
    looks: tuple[Look, ...]
    waiting: tuple[Waiting, ...]
    upward: tuple[Upward, ...]
    loads: tuple[Load, ...]
    cases: int
    a_week: int
    done: int


def oversees(desk: Desk) -> bool:
    """Whether the person at this store oversees others."""
    return desk.device.card.role in ROLES


def team(desk: Desk) -> Team:
    """What waits for the person at this store, over every case; one row of the look-log."""
    rows = {row.case: row for row in desk.cases()}
    today = desk.today
    duties = oversight.pressing(desk.store.connection, today.isoformat(), (today + SOON).isoformat())
    heard = _heard(desk)
    told = Team(
        recalls=tuple(_recalls(desk, rows, duties)),
        looks=_one_a_case(_looks(desk, rows, duties, heard)),
        waiting=waiting(desk),
        upward=tuple(_upward(desk, rows)),
        loads=tuple(_loads(desk, rows, duties, heard)),
        cases=len(rows),
        a_week=looks_a_week(desk),
        done=_done_this_week(desk),
    )
    desk.log("listed", detail=f"oversight of {counted(len(rows), 'case')}")
    return told


def count(desk: Desk) -> int:
    """How many looks press and how many entries wait for a countersignature."""
    day = desk.today.isoformat()
    duties = oversight.pressing(desk.store.connection, day, day)
    rows = {row.case: row for row in desk.cases()}
    return len(_one_a_case(_looks(desk, rows, duties, {}))) + len(waiting(desk))


# Looks


def _looks(
    desk: Desk, rows: Mapping[str, CaseRow], duties: Iterable[Duty], heard: Mapping[str, Heard]
) -> Iterator[Look]:
    steps = steps_of_events(desk)
    wanted, known = rules(desk), _reasons(desk)
    for duty in duties:
        row = rows.get(duty.case)
        if row is None:
            continue
        state, reason = states.state(duty, desk.now), _reason(known, duty.rule)
        if duty.kind == "event":
            step = _step(duty, steps)
            if step is not None:
                yield Look(row, duty, state, step.asks, reason, heard.get(row.case))
        elif duty.rule in wanted and state in _PRESSES:
            yield Look(row, duty, state, duty.asks, reason, heard.get(row.case))


def _one_a_case(found: Iterable[Look]) -> tuple[Look, ...]:
    """The most serious look of each case first, with what else it does."""
    by_case: dict[str, list[Look]] = {}
    for each in sorted(found, key=_seriousness):
        by_case.setdefault(each.row.case, []).append(each)
    return tuple(
        msgspec.structs.replace(first, also=tuple(dict.fromkeys(each.duty.asks for each in others)))
        for first, *others in by_case.values()
    )


def look(desk: Desk, case: str) -> Look | None:
    """The look that is owed at a case; None where none is."""
    row = desk.store.case_row(case)
    owed = (each for each in desk.store.duties(row.case) if each.met_on is None)
    found = _one_a_case(_looks(desk, {row.case: row}, owed, heard_of(desk, row.case)))
    return found[0] if found else None


def rules(desk: Desk) -> frozenset[str]:
    """The rules whose duties a touch point meets."""
    return frozenset(rule.rule for rule in desk.book.rules.values() if _meets(rule.met_by))


def _meets(met_by: Meeting | tuple[Meeting, ...]) -> bool:
    return any(met.form == LOOK for met in (met_by if isinstance(met_by, tuple) else (met_by,)))


def steps_of_events(desk: Desk) -> frozenset[tuple[str, str]]:
    """The steps of events that a touch point does, each with its event."""
    return frozenset(
        (event.event, step.step)
        for event in desk.book.events.values()
        for step in event.steps
        if _meets(step.met_by)
    )


def _step(event: Duty, steps: frozenset[tuple[str, str]]) -> Step | None:
    open_ = (step for step in event.steps if step.done_by is None and step.reason is None)
    return next((step for step in open_ if (event.rule, step.step) in steps), None)


def _reasons(desk: Desk) -> Collection[str]:
    question = desk.library.form(LOOK).question("reason")
    return question.options if question is not None else ()


def _reason(known: Collection[str], rule: str) -> str:
    """The form's own answer to 'why now' for what a rule asks; an event where it has none of its own."""
    named = _REASONS.get(rule, rule.removeprefix("touch-"))
    return named if named in known else "event"


_REASONS = {
    "lifer-panel": "panel",
    "lifer-panel-next": "panel",
    "lifer-panel-reason": "panel",
    "touch-parole-after": "parole",
    "recall-again": "recall",
    "rosh-changed": "rosh-change",
    "officer-changed": "transfer",
    "recall-review": "recall",
}


def _seriousness(look: Look) -> tuple[int, int, int, str, str]:
    late = 0 if look.state in _OVERDUE else 1 if look.duty.kind == "event" else 2
    press = _PRESSES.index(look.state) if look.state in _PRESSES else len(_PRESSES)
    return (late, press, _RISK.get(look.row.rosh or "", 4), look.duty.due or "9999", look.duty.duty)


def draw(desk: Desk, seed: str, count: int) -> tuple[Sampled, ...]:
    """So many cases drawn by chance from all; the same seed draws the same from the same cases. The draw is logged."""
    rows = {row.case: row for row in desk.cases()}
    chance = random.Random(seed)  # noqa: S311 (a draw that can be repeated, no secret)
    drawn = chance.sample(sorted(rows), min(count, len(rows)))
    desk.log("listed", detail=f"dip sample, {len(drawn)} of {counted(len(rows), 'case')}, seed {seed}")
    return tuple(Sampled(rows[case]) for case in drawn)


def fresh_seed(desk: Desk) -> str:
    """A seed that nobody chose."""
    return f"{int.from_bytes(desk.ids.bytes(4), 'big') % 1_000_000:06d}"


# How many she has hours for


def looks_a_week(desk: Desk) -> int:
    """How many looks she says she can do in a week."""
    held = desk.store.meta(_KEY)
    try:
        return msgspec.json.decode(held, type=int) if held else LOOKS
    except msgspec.MsgspecError:
        return LOOKS


def keep_looks_a_week(desk: Desk, number: int) -> None:
    """Keeps how many looks she can do in a week."""
    desk.store.set_meta(
        {_KEY: msgspec.json.encode(max(0, number))},
        desk.logged("choices kept"),
        desk.device.card.name,
        desk.device.device,
    )


def _done_this_week(desk: Desk) -> int:
    monday = desk.today - timedelta(days=desk.today.weekday())
    since = clocks.stamp(clocks.start_of(monday))
    return oversight.signed_by(desk.store.connection, LOOK, desk.device.device, since)


# The queue of countersignatures


def waiting(desk: Desk) -> tuple[Waiting, ...]:
    """What others signed and whose form asks for a countersignature by this role, oldest first."""
    own = desk.device.card
    titles = {
        form.form: say(form.title) for form in desk.library.latest() if own.role in form.countersigned_by
    }
    if not titles:
        return ()
    rows = {row.case: row for row in desk.cases()}
    away = _kept_away(desk)
    told = []
    for signed in oversight.untouched(desk.store.connection, tuple(titles)):
        card, row = desk.cards.get(signed.card), rows.get(desk.links.reading(signed.case))
        by = card.name if card else ""
        mine = signed.by == own.person or by == own.name
        if row is not None and not mine and signed.entry not in away:
            title = titles[signed.form]
            told.append(Waiting(row, signed.entry, signed.version, signed.form, title, by, signed.at))
    return tuple(told)


def _kept_away(desk: Desk) -> frozenset[str]:
    """The entries that are kept to named people, of whom the person here is none; only such cases are read."""
    about = {desk.links.reading(version.header.case) for version in desk.store.versions_of_form("readers")}
    return frozenset[str]().union(*(reading.kept_away(desk, desk.case(case)) for case in sorted(about)))


# Recalls, and what was taken upward


def _recalls(desk: Desk, rows: Mapping[str, CaseRow], duties: Iterable[Duty]) -> Iterator[Recall]:
    asked = [duty for duty in duties if duty.rule in desk.book.prompts]
    open_ = {duty.case: duty for duty in asked if duty.stands}
    owed = {duty.case: duty.due_at or "" for duty in asked if not duty.stands}
    for case, duty in sorted(open_.items(), key=lambda each: each[1].started_on):
        if case not in rows:
            continue
        together = desk.links.together(case)
        steps = _current(desk, "recall", oversight.entries_of(desk.store.connection, "recall", together))
        last = max(steps, key=lambda version: (version.header.on, version.id), default=None)
        state = str(last.answers().get("state", "")) if last else ""
        since = last.header.on if last else duty.started_on
        yield Recall(rows[case], duty, state, since, owed.get(case, ""))


def _upward(desk: Desk, rows: Mapping[str, CaseRow]) -> Iterator[Upward]:
    named = {version.header.entry for version in desk.store.versions_of_form("escalation")}
    away = _kept_away(desk)
    unanswered = [
        version
        for version in _current(desk, "escalation", named - away)
        if not version.answers().get("answered_on")
    ]
    for version in sorted(unanswered, key=lambda version: (version.header.on, version.id)):
        row = rows.get(desk.links.reading(version.header.case))
        if row is not None:
            to_whom = str(version.answers().get("to_whom", ""))
            yield Upward(row, version.header.entry, to_whom, desk.author(version).name, version.header.on)


def _current(desk: Desk, form: str, entries: Iterable[str]) -> Iterator[Version]:
    """The current versions of these entries that still count."""
    held = oversight.versions_of(desk.store.connection, sorted(entries))
    for entry, versions in held.items():
        yield from (version for version in stand(entry, versions).live if version.header.form[0] == form)


# The load


def _loads(
    desk: Desk, rows: Mapping[str, CaseRow], duties: Iterable[Duty], heard: Mapping[str, Heard]
) -> Iterator[Load]:
    since = (desk.today - NEW).isoformat()
    new = {
        desk.links.reading(case)
        for case, _ in oversight.happened(desk.store.connection, ("registration", "officer-change"), since)
    }
    counts: dict[str, dict[str, int]] = {}
    last: dict[str, str] = {}
    for row in rows.values():
        officer = row.officer or ""
        mine = counts.setdefault(
            officer, dict.fromkeys(("cases", "high", "overdue", "soon", "events", "new"), 0)
        )
        mine["cases"] += 1
        mine["high"] += row.rosh in ("high", "very high")
        mine["new"] += row.case in new
        at = heard[row.case].at if row.case in heard else ""
        last[officer] = max(last.get(officer, ""), at)
    for duty in duties:
        holder = rows.get(duty.case)
        if holder is not None and (kind := _counts_as(desk, duty)):
            counts[holder.officer or ""][kind] += 1
    calendar = Calendar()
    for officer in sorted(counts, key=str.casefold):
        silent = _silent(calendar, last[officer], desk.today)
        yield Load(officer, **counts[officer], heard=last[officer], silent=silent)


def _counts_as(desk: Desk, duty: Duty) -> str:
    """What a duty counts as in the load of its officer; looks of the SPO's own count for nobody else."""
    if duty.kind == "event":
        return "events"
    if duty.owed_by in ROLES or duty.rule in desk.book.prompts:
        return ""
    state = states.state(duty, desk.now)
    if state in _OVERDUE:
        return "overdue"
    last = (desk.today + SOON).isoformat()
    ahead = state in ("due", "due-soon", "not-yet") and duty.due is not None and duty.due <= last
    return "soon" if ahead else ""


def _silent(calendar: Calendar, heard: str, today: date) -> bool:
    """Whether nothing has come for longer than a laptop may be silent; where nothing ever came, nobody can tell."""
    return bool(heard) and calendar.shift(clocks.day_of(clocks.moment(heard)), SILENT) < today


def stands(desk: Desk, duty: Duty, heard: Heard | None) -> State:
    """How a duty stands as far as this laptop can tell; `heard` is the last that came of its case from another.

    What would be overdue is not known to be done where nothing newer than its last day has come: the entry
    that meets it may lie on the laptop that it is owed by. What an SPO or a head of PDU owes lies here.
    """
    found = states.state(duty, desk.now)
    if found != "overdue" or heard is None or duty.due is None or duty.owed_by in ROLES:
        return found
    last = clocks.day_of(clocks.moment(heard.at)).isoformat()
    return "not-known-done" if last <= duty.due else found


def heard_of(desk: Desk, case: str) -> dict[str, Heard]:
    """The last thing of a case that came from another laptop, by the case it is read under."""
    return _heard(desk, desk.links.together(case))


def _heard(desk: Desk, cases: tuple[str, ...] = ()) -> dict[str, Heard]:
    found: dict[str, Heard] = {}
    for case, last in oversight.heard(desk.store.connection, desk.device.device, cases).items():
        under = desk.links.reading(case)
        if under not in found or found[under].at < last.received_at:
            card = desk.cards.get(last.card)
            found[under] = Heard(card.name if card else "", last.received_at)
    return found
