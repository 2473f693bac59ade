"""Heading a PDU: recalls that wait, placements without authority, looks not reached, and decisions to be sampled."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date
from typing import Literal

import msgspec

from workbench import clock as clocks
from workbench.casework import overseeing, reading
from workbench.casework.desk import Desk
from workbench.casework.overseeing import Look, Recall, Upward
from workbench.models.amounts import Amount
from workbench.models.fold import stand
from workbench.models.results import Finding
from workbench.rules.calendar import Calendar
from workbench.store import oversight
from workbench.store.store import CaseRow

ROLE = "aco"
WITHOUT_AUTHORITY = "hotel-without-authority"
# How far back decisions are drawn from (ours).
SAMPLED = Amount(3, "months")


class Placement(msgspec.Struct, frozen=True):
    """A hotel that probation pays for, with no authority recorded."""

    row: CaseRow
    finding: Finding


class Unreached(msgspec.Struct, frozen=True):
    """The looks that one SPO owes and that are late; `first` is the most serious, `oldest` the earliest last day."""

    spo: str
    looks: tuple[Look, ...]
    oldest: str


class Decision(msgspec.Struct, frozen=True):
    """A decision to recall, or not to recall: whose case, which entry, when, and by whom it was written."""

    row: CaseRow
    entry: str
    what: Literal["recall", "no-recall"]
    on: str
    by: str


class Headed(msgspec.Struct, frozen=True):
    """Everything that waits for the head of a PDU."""

    recalls: tuple[Recall, ...]
    placements: tuple[Placement, ...]
    unreached: tuple[Unreached, ...]
    upward: tuple[Upward, ...]
    decisions: int
    cases: int


def heads(desk: Desk) -> bool:
    """Whether the person at this store is a head of PDU."""
    return desk.device.card.role == ROLE


def headed(desk: Desk) -> Headed:
    """What waits for the head of PDU, over every case; recalls that wait for authority first."""
    team = overseeing.team(desk)
    rows = {row.case: row for row in desk.cases()}
    return Headed(
        recalls=tuple(sorted(team.recalls, key=lambda each: (each.state != "spo-agreed", each.since))),
        placements=tuple(_placements(desk, rows)),
        unreached=tuple(_unreached(team.looks)),
        upward=team.upward,
        decisions=len(decisions(desk)),
        cases=team.cases,
    )


def decisions(desk: Desk) -> tuple[Decision, ...]:
    """The decisions of the last three months (ours), oldest first; a recall by the day on which the SPO agreed."""
    rows = {row.case: row for row in desk.cases()}
    since = Calendar().shift(desk.today, SAMPLED, back=True)
    entries = sorted({version.header.entry for version in desk.store.versions_of_form("recall")})
    found = []
    for entry, versions in oversight.versions_of(desk.store.connection, entries).items():
        row = rows.get(desk.links.reading(versions[0].header.case))
        live = stand(entry, versions).live
        if row is None or not live or entry in reading.kept_away(desk, desk.case(row.case)):
            continue
        for version in sorted(versions, key=lambda each: (each.header.on, each.id)):
            state = version.answers().get("state") if version.content is not None else None
            what = _DECIDES.get(str(state))
            if what is not None:
                on = version.header.on
                if _day(on) >= since:
                    found.append(Decision(row, entry, what, on, desk.author(version).name))
                break
    return tuple(sorted(found, key=lambda each: (each.on, each.entry)))


_DECIDES: dict[str, Literal["recall", "no-recall"]] = {"spo-agreed": "recall", "not-recalled": "no-recall"}


def draw(desk: Desk, seed: str, count: int) -> tuple[Decision, ...]:
    """So many decisions drawn by chance; the same seed draws the same from the same decisions. The draw is logged."""
    held = decisions(desk)
    chance = random.Random(seed)  # noqa: S311 (a draw that can be repeated, no secret)
    drawn = chance.sample(held, min(count, len(held)))
    desk.log("listed", detail=f"decisions on recall, {len(drawn)} of {len(held)}, seed {seed}")
    return tuple(drawn)


def _placements(desk: Desk, rows: dict[str, CaseRow]) -> Iterator[Placement]:
    for finding in desk.store.findings():
        if finding.rule == WITHOUT_AUTHORITY and finding.case in rows:
            yield Placement(rows[finding.case], finding)


def _unreached(looks: tuple[Look, ...]) -> Iterator[Unreached]:
    """Looks that are late, by the SPO who owes them, in order of name."""
    late: dict[str, list[Look]] = {}
    for look in looks:
        if look.state in ("overdue", "not-known-done") and look.duty.owed_by == "spo":
            late.setdefault(look.duty.officer or "", []).append(look)
    for spo in sorted(late, key=str.casefold):
        oldest = min(look.duty.due or "9999" for look in late[spo])
        yield Unreached(spo, tuple(late[spo]), oldest)


def _day(on: str) -> date:
    return clocks.day_of(clocks.moment(on)) if "T" in on else date.fromisoformat(on)
