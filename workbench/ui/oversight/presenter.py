"""What Oversight shows: open recalls, looks by seriousness, what waits to be countersigned, the load; no Qt here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

import msgspec

from workbench import clock
from workbench.casework import overseeing, recording
from workbench.casework.desk import Desk
from workbench.casework.overseeing import Heard, Load, Look, Recall, Sampled, Team, Upward, Waiting
from workbench.models.amounts import counted
from workbench.models.results import Because, Changes
from workbench.resources import say
from workbench.ui.case.chronology import presenter as entries
from workbench.ui.case.chronology.presenter import Whole
from workbench.ui.caseload.presenter import ROSH_TONES, rosh_words
from workbench.ui.today.presenter import duty_words
from workbench.ui.widgets.row import Row
from workbench.ui.words import ago, short_day, time_words

NOBODY = "Nobody is named as responsible officer"
KEPT_HERE = "kept here"
LOAD = ("Cases", "High or very high RoSH", "Overdue", "Due in 14 days", "Open events", "New in 8 weeks")
# What the next step of a recall waits for, by how far it has gone.
_NEXT = {
    "spo-agreed": "The ACO has not authorised it yet",
    "aco-authorised": "Part A has not gone to PPCS yet",
    "part-a-sent": "PPCS has not acknowledged it yet",
}


class Open(msgspec.Struct, frozen=True):
    """A recall that is open: whose, how it stands, since when, who must see it, and why."""

    case: str
    name: str
    crn: str
    stands: str
    since: str
    people: str
    because: Because


class Officer(msgspec.Struct, frozen=True):
    """What one officer holds: a number for each of `LOAD`, how fresh it is, and whether that is long ago."""

    name: str
    numbers: tuple[int, ...]
    heard: str
    silent: bool


class Oversight(msgspec.Struct, frozen=True):
    """Everything on the screen; each list is rows whose keys are case, or case/entry/version.

    `may` is whether the person here oversees others, `may_escalate` whether they may take a matter upward.
    """

    may: bool
    heading: str
    recalls: tuple[Open, ...]
    looks: tuple[Row, ...]
    beyond: tuple[Row, ...]
    waiting: tuple[Row, ...]
    upward: tuple[Row, ...]
    officers: tuple[Officer, ...]
    silent: tuple[str, ...]
    a_week: int
    plan: str
    cases: int
    may_escalate: bool = False


def oversight(desk: Desk) -> Oversight:
    """Oversight as it stands now; of a role that oversees nobody, nothing."""
    if not overseeing.oversees(desk):
        return Oversight(False, "", (), (), (), (), (), (), (), 0, "", 0)
    team = overseeing.team(desk)
    left = max(0, team.a_week - team.done)
    looks = tuple(_look(desk, each) for each in team.looks)
    officers = tuple(_officer(desk, each) for each in team.loads)
    people = counted(team.cases, "person", "people")
    return Oversight(
        may=True,
        heading=f"{people}, {len(officers)} responsible officer{'s' if len(officers) != 1 else ''}",
        recalls=tuple(_recall(desk, each) for each in team.recalls),
        looks=looks[:left],
        beyond=looks[left:],
        waiting=tuple(_waiting(desk, each) for each in team.waiting),
        upward=tuple(_upward(desk, each) for each in team.upward),
        officers=officers,
        silent=tuple(f"{each.name}: {each.heard}" for each in officers if each.silent),
        a_week=team.a_week,
        plan=_plan(team, len(looks[:left]), len(looks[left:])),
        cases=team.cases,
        may_escalate=desk.device.card.role in desk.library.form("escalation").for_,
    )


def _plan(team: Team, ahead: int, beyond: int) -> str:
    """What this week holds, in a sentence."""
    told = f"{_looks(team.done)} done since Monday. " if team.done else ""
    told += f"{_looks(ahead)} ahead. " if ahead else "Nothing is ahead. "
    if beyond:
        told += f"{beyond} more will not be reached in these hours."
    return told.strip()


def _looks(count: int) -> str:
    return f"{count} look{'s' if count != 1 else ''}"


def plan_for(desk: Desk, a_week: int) -> Oversight:
    """Takes down how many looks there are hours for, and shows the week anew."""
    overseeing.keep_looks_a_week(desk, a_week)
    return oversight(desk)


# A dip sample


class Drawn(msgspec.Struct, frozen=True):
    """A sample drawn by chance: its seed, by which it can be drawn again, and the cases."""

    seed: str
    says: str
    rows: tuple[Row, ...]


def draw(desk: Desk, seed: str, count: int) -> Drawn:
    """Draws so many cases; without a seed with one that nobody chose."""
    seed = seed.strip() or overseeing.fresh_seed(desk)
    rows = overseeing.draw(desk, seed, count)
    says = f"{len(rows)} drawn with seed {seed}. The same seed draws the same again from the same cases."
    return Drawn(seed, says, tuple(_drawn(each) for each in rows))


def chosen(rows: Iterable[Row], words: str) -> tuple[Row, ...]:
    """The rows that hold each of these words: a name, a CRN, an officer, what is asked."""
    wanted = words.casefold().split()
    return tuple(row for row in rows if all(word in row.spoken.casefold() for word in wanted))


# Rows


def _look(desk: Desk, look: Look) -> Row:
    stands, tone, icon = duty_words(look.duty, look.state, desk.today)
    row = look.row
    asks = "; ".join(dict.fromkeys((_asks(look), *look.also)))
    officer, told = row.officer or NOBODY, freshness(desk, look.heard)
    return Row(
        key=row.case,
        title=row.name or row.crn,
        badge=rosh_words(row.rosh),
        badge_tone=ROSH_TONES.get(row.rosh or "", "plain"),
        line=" · ".join((row.crn, asks, told) if officer in told else (row.crn, asks, officer, told)),
        note=capital(stands),
        note_icon=icon,
        note_tone=tone,
    )


def _drawn(sampled: Sampled) -> Row:
    row = sampled.row
    return Row(
        key=row.case,
        title=row.name or row.crn,
        badge=rosh_words(row.rosh),
        badge_tone=ROSH_TONES.get(row.rosh or "", "plain"),
        line=f"{row.crn} · {row.officer or NOBODY}",
    )


def _asks(look: Look) -> str:
    """What is asked; of a step of an event, the event."""
    return look.duty.asks if look.duty.kind == "event" else look.asks


def freshness(desk: Desk, heard: Heard | None) -> str:
    """From whose laptop the newest of a case came, and when."""
    if heard is None:
        return KEPT_HERE
    own = heard.name == desk.device.card.name
    told = "from another laptop of yours" if own else f"from {heard.name}'s laptop"
    return f"{told}, {ago(heard.at, desk.today)}"


def _waiting(desk: Desk, waiting: Waiting) -> Row:
    row = waiting.row
    return Row(
        key=f"{row.case}/{waiting.entry}/{waiting.version}",
        title=waiting.title,
        badge=rosh_words(row.rosh) if row.rosh else "",
        badge_tone=ROSH_TONES.get(row.rosh or "", "plain"),
        line=f"{row.name or row.crn} · {row.crn}",
        note=f"Signed {_long_ago(desk, waiting.at)} by {waiting.by}",
        note_icon="clock",
    )


def _long_ago(desk: Desk, at: str) -> str:
    """The day, and how long ago where that is not plain from it."""
    day, gone = short_day(at, desk.today), ago(at, desk.today)
    return day if day == gone else f"{day} ({gone})"


def _upward(desk: Desk, upward: Upward) -> Row:
    row = upward.row
    return Row(
        key=f"{row.case}/{upward.entry}",
        title=row.name or row.crn,
        badge=rosh_words(row.rosh) if row.rosh else "",
        badge_tone=ROSH_TONES.get(row.rosh or "", "plain"),
        line=f"To {upward.to_whom} · from {upward.by}",
        note=f"No answer since {_long_ago(desk, upward.on)}",
        note_icon="clock",
        note_tone="warn",
    )


def _recall(desk: Desk, recall: Recall) -> Open:
    state = _state_words(desk, recall.state)
    time, day = time_words(recall.since), short_day(recall.since, desk.today)
    gone = _hours(recall.since, desk.now)
    return Open(
        case=recall.row.case,
        name=recall.row.name or recall.row.crn,
        crn=recall.row.crn,
        stands=f"{state}. {_NEXT.get(recall.state, 'PPCS has not acknowledged it yet')}.",
        since=f"Since {time + ', ' if time else ''}{day}{f' ({gone})' if gone else ''}{_owed_by(desk, recall)}",
        people=", ".join(recall.duty.people) or "Nobody is named who must see it",
        because=recall.duty.because,
    )


def _owed_by(desk: Desk, recall: Recall) -> str:
    if not recall.owed_by:
        return ""
    over = recall.owed_by < clock.stamp(desk.now)
    verb = "was owed" if over else "is owed"
    return f". Part A {verb} by {time_words(recall.owed_by)}, {short_day(recall.owed_by, desk.today)}"


def _state_words(desk: Desk, state: str) -> str:
    question = desk.library.form("recall").question("state")
    return say(question.options[state]) if question and state in question.options else "Recall open"


def _hours(since: str, now: datetime) -> str:
    """How many hours have gone, up to three days; beyond that the day says it."""
    if "T" not in since:
        return ""
    hours = int((now - clock.moment(since)).total_seconds() // 3600)
    return f"{hours} hour{'s' if hours != 1 else ''}" if 0 <= hours <= 72 else ""


def _officer(desk: Desk, load: Load) -> Officer:
    heard = f"last heard {ago(load.heard, desk.today)}" if load.heard else KEPT_HERE
    numbers = (load.cases, load.high, load.overdue, load.soon, load.events, load.new)
    return Officer(load.officer or NOBODY, numbers, heard, load.silent)


def capital(text: str) -> str:
    """The text with a capital at its start, the rest as it is."""
    return text[:1].upper() + text[1:]


# Countersigning from here


def read(desk: Desk, key: str) -> Whole | None:
    """An entry that waits, in full, to be judged and nothing else; None where it is gone. Reading it is logged."""
    case, entry, *_ = key.split("/")
    whole, row = entries.whole(desk, case, entry), desk.store.case_row(case)
    if whole is None:
        return None
    says = f"{row.name or row.crn}, {row.crn}. {whole.says}"
    return msgspec.structs.replace(whole, says=says, may_amend=False, may_withdraw=False, follows=())


def countersign(desk: Desk, key: str) -> Changes:
    """Countersigns the version that was read."""
    case, _, version = key.split("/")
    return recording.countersign(desk, case, version)


def give_back(desk: Desk, key: str, points: Mapping[str, str]) -> Changes:
    """Returns it for rework with these points."""
    case, _, version = key.split("/")
    return recording.give_back(desk, case, version, points)
