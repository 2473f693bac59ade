"""What presses over the whole caseload, the decisive first: the rows of Today and of every list like it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from functools import partial
from itertools import groupby
from typing import Literal

import msgspec

from workbench import clock as clocks
from workbench.casework.desk import Desk
from workbench.models.results import Because, Duty, Finding, State
from workbench.rules import states
from workbench.store import owed
from workbench.store.store import CaseRow

# The form by which an SPO looks at a case.
LOOK = "touch-point"
# What asks for a sitting: these steps of an open event, and these rules once they are due.
_SITTING_STEPS = frozenset({"arms", "oasys", "plan", "level-1"})
_SITTING_RULES = frozenset({"arms-review", "plan-review", "mappa-l1-review"})


class Owed(msgspec.Struct, frozen=True):
    """One item of the person at this store: a duty or an open event, or a serious finding (then `duty` is None).

    `form` is what meets it, empty where no form does.
    """

    case: str
    crn: str
    name: str
    asks: str
    state: State
    because: Because
    form: str
    duty: Duty | None = None


class Pile(msgspec.Struct, frozen=True):
    """Items that press alike: how much (what of `states.pressing` they share), their state, how many.

    `state` is empty for serious findings. `read` gives no more
    than so many of the first, each with its place among those that press alike.
    """

    presses: tuple[int, int]
    state: State | Literal[""]
    count: int
    read: Callable[[int], list[tuple[tuple[str, str], Owed]]]


def piles(desk: Desk) -> list[Pile]:
    """Every item, counted in piles, the most pressing first; the rules judge one row of each pile."""
    sql, role = desk.store.connection, desk.device.card.role
    found = list(_piles_of_duties(desk, role, desk.now))
    for pile in owed.finding_piles(sql, states.LOOKED_AT):
        if states.is_item_for(pile.one, role):
            found.append(Pile(states.looks(pile.one), "", pile.count, partial(_findings, desk, pile)))
    return sorted(found, key=lambda pile: pile.presses)


def _piles_of_duties(desk: Desk, role: str, now: datetime) -> Iterator[Pile]:
    for pile in owed.piles(desk.store.connection, now):
        mine = states.is_item_for(pile.one, role) or states.is_told(pile.one, role, now)
        if mine and states.is_item(pile.one, now):
            presses, state = states.pressing(pile.one, now)[:2], states.state(pile.one, now)
            yield Pile(presses, state, pile.count, partial(_duties, desk, pile, now))


def first(piled: Iterable[Pile], most: int) -> list[Owed]:
    """The most pressing items of these piles, which stand in order; only rows that may be among them are read."""
    found: list[Owed] = []
    for _, alike in groupby(piled, key=lambda pile: pile.presses):
        left = most - len(found)
        if left:
            here = [placed for pile in alike for placed in pile.read(left)]
            found += [made for _, made in sorted(here, key=lambda placed: placed[0])[:left]]
    return found


def _duties(
    desk: Desk, pile: owed.Pile[Duty], now: datetime, most: int
) -> list[tuple[tuple[str, str], Owed]]:
    duties = owed.first_of(desk.store.connection, pile, now, most)
    return [(states.pressing(duty, now)[2:], _owed(desk, duty, now)) for duty in duties]


def _findings(desk: Desk, pile: owed.Pile[Finding], most: int) -> list[tuple[tuple[str, str], Owed]]:
    findings = owed.first_findings_of(desk.store.connection, pile, most)
    return [(("", finding.finding), _looked_at(desk, finding)) for finding in findings]


def asks_for_sitting(duty: Duty) -> bool:
    """Whether an open event or a review that is due asks for a sitting."""
    if duty.kind == "event":
        left = {step.step for step in duty.steps if step.done_by is None and step.reason is None}
        return not left.isdisjoint(_SITTING_STEPS)
    return duty.rule in _SITTING_RULES


def appointments(desk: Desk, most: int) -> list[CaseRow]:
    """The cases with an appointment today or later, the next first."""
    return list(desk.store.coming(clocks.stamp(clocks.start_of(desk.today)), most))


def _owed(desk: Desk, duty: Duty, now: datetime) -> Owed:
    row, state = desk.store.case_row(duty.case), states.state(duty, now)
    name = row.name or row.crn
    return Owed(row.case, row.crn, name, duty.asks, state, duty.because, duty.form, duty)


def _looked_at(desk: Desk, finding: Finding) -> Owed:
    row = desk.store.case_row(finding.case)
    return Owed(row.case, row.crn, row.name or row.crn, finding.says, "due", finding.because, "")
