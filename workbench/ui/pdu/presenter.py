"""What the head of a PDU sees: recalls, decisions to sample, placements without authority, looks not reached."""

from __future__ import annotations

import msgspec

from workbench.casework import heading, overseeing
from workbench.casework.desk import Desk
from workbench.casework.heading import Decision, Placement, Unreached
from workbench.casework.overseeing import Recall, Upward
from workbench.models.amounts import counted
from workbench.resources import say
from workbench.ui.caseload.presenter import about
from workbench.ui.oversight.presenter import NOBODY
from workbench.ui.widgets.row import Row
from workbench.ui.words import short_day, time_words

_WAITS = {
    "spo-agreed": ("Waits for you: authorise it, or cancel it with a reason", "danger"),
    "aco-authorised": ("Authorised. Part A has not gone to PPCS yet", "warn"),
    "part-a-sent": ("Part A is sent. PPCS has not acknowledged it yet", "warn"),
}
_WHAT = {"recall": "Recalled", "no-recall": "Not recalled"}
LOOKS_NAMED = 2


class Headed(msgspec.Struct, frozen=True):
    """Everything on the screen; `may` is whether the person here heads a PDU. Keys of rows are case, or case/entry."""

    may: bool
    says: str = ""
    recalls: tuple[Row, ...] = ()
    placements: tuple[Row, ...] = ()
    unreached: tuple[Row, ...] = ()
    decisions: int = 0


class Drawn(msgspec.Struct, frozen=True):
    """Decisions drawn by chance, with what a sample of each says of how it was chosen."""

    seed: str
    says: str
    rows: tuple[Row, ...]
    drawn: str
    what: dict[str, str]


def headed(desk: Desk) -> Headed:
    """The screen as it stands now; of another role, nothing."""
    if not heading.heads(desk):
        return Headed(may=False)
    found = heading.headed(desk)
    waiting = sum(each.state == "spo-agreed" for each in found.recalls)
    says = f"{counted(found.cases, 'person', 'people')}. " + (
        f"{counted(waiting, 'recall')} to authorise or cancel."
        if waiting
        else "No recall waits for your authority."
    )
    return Headed(
        may=True,
        says=says,
        recalls=tuple(_recall(desk, each) for each in found.recalls),
        placements=tuple(_placement(each) for each in found.placements),
        unreached=(
            *(_upward(desk, each) for each in found.upward),
            *(_unreached(desk, each) for each in found.unreached),
        ),
        decisions=found.decisions,
    )


def draw(desk: Desk, seed: str, count: int) -> Drawn:
    """Draws so many decisions; without a seed with one that nobody chose."""
    seed = seed.strip() or overseeing.fresh_seed(desk)
    held, found = len(heading.decisions(desk)), heading.draw(desk, seed, count)
    drawn = f"{len(found)} of {counted(held, 'decision')} of the last three months, by chance, seed {seed}"
    says = f"{len(found)} of {held} drawn with seed {seed}. The same seed draws the same from the same decisions."
    rows = tuple(_decision(desk, each) for each in found)
    return Drawn(seed, says, rows, drawn, {f"{each.row.case}/{each.entry}": each.what for each in found})


def case_of(key: str) -> str:
    """The case that a row is about."""
    return key.partition("/")[0]


def entry_of(key: str) -> str:
    """The entry that a row is about; empty where it is the whole case."""
    return key.partition("/")[2]


def _recall(desk: Desk, recall: Recall) -> Row:
    says, tone = _WAITS.get(recall.state, ("PPCS has not acknowledged it yet", "warn"))
    time = time_words(recall.since)
    since = f"since {f'{time}, ' if time else ''}{short_day(recall.since, desk.today)}"
    owed = (
        f"Part A by {time_words(recall.owed_by)}, {short_day(recall.owed_by, desk.today)}"
        if recall.owed_by
        else ""
    )
    parts = (recall.row.crn, _state(desk, recall.state), since, owed, recall.row.officer or NOBODY)
    return about(
        recall.row.name or recall.row.crn,
        recall.row.rosh,
        recall.row.case,
        " · ".join(part for part in parts if part),
        says,
        "siren",
        tone,
    )


def _state(desk: Desk, state: str) -> str:
    question = desk.library.form("recall").question("state")
    return say(question.options[state]) if question and state in question.options else "Recall open"


def _placement(placement: Placement) -> Row:
    row = placement.row
    line = f"{row.crn} · {row.officer or NOBODY}"
    return about(
        placement.row.name or placement.row.crn,
        placement.row.rosh,
        f"{row.case}/{placement.finding.entry or ''}",
        line,
        placement.finding.says,
        "flag",
        "danger",
    )


def _unreached(desk: Desk, each: Unreached) -> Row:
    named = "; ".join(f"{look.row.name or look.row.crn}: {look.asks}" for look in each.looks[:LOOKS_NAMED])
    looks = f"{len(each.looks)} look{'s' if len(each.looks) != 1 else ''} late"
    first = each.looks[0].row
    return Row(
        key=first.case,
        title=each.spo or "No SPO is named",
        badge=looks,
        badge_tone="warn",
        line=named,
        note=f"The oldest was owed by {short_day(each.oldest, desk.today)}",
        note_icon="clock",
        note_tone="warn",
    )


def _upward(desk: Desk, upward: Upward) -> Row:
    line = f"Taken upward by {upward.by}, to {upward.to_whom}"
    note = f"No answer since {short_day(upward.on, desk.today)}"
    return about(
        upward.row.name or upward.row.crn,
        upward.row.rosh,
        f"{upward.row.case}/{upward.entry}",
        line,
        note,
        "flag",
        "warn",
    )


def _decision(desk: Desk, decision: Decision) -> Row:
    line = f"{decision.row.crn} · {short_day(decision.on, desk.today)} · written by {decision.by}"
    return about(
        decision.row.name or decision.row.crn,
        decision.row.rosh,
        f"{decision.row.case}/{decision.entry}",
        line,
        _WHAT[decision.what],
        "list-checks",
        "quiet",
    )
