"""What the frame itself asks of the desk: how much presses, who there is, whose an entry is."""

from __future__ import annotations

import msgspec

from workbench.casework import owing, reading
from workbench.casework.desk import Desk
from workbench.errors import NotFound
from workbench.ui.widgets.row import Row

AT_ONCE = 20


class Counts(msgspec.Struct, frozen=True):
    """How many things press, and how many people there are."""

    pressing: int
    cases: int


def counts(desk: Desk) -> Counts:
    """The counts of the rail."""
    pressing = sum(pile.count for pile in owing.piles(desk) if pile.state != "waiting")
    return Counts(pressing, desk.count_cases())


def people(desk: Desk, recent: tuple[str, ...]) -> tuple[Row, ...]:
    """Everybody, for the quick switcher: those last looked at first, then by name."""
    order = {case: number for number, case in enumerate(recent)}
    rows = sorted(desk.cases(), key=lambda row: (order.get(row.case, len(order)), row.name or "", row.crn))
    return tuple(
        Row(
            f"case:{row.case}",
            row.name or row.crn,
            line=row.crn + (", last looked at" if row.case in order else ""),
        )
        for row in rows
    )


def case_of_entry(desk: Desk, entry: str) -> str:
    """The case an entry belongs to.

    Raises:
        NotFound: no entry of this name is here.
    """
    case = desk.store.case_of_entry(entry)
    if case is None:
        raise NotFound("That entry is not in this store.", "It may have been taken out of the case.")
    return desk.links.reading(case)


def refresh_some(desk: Desk) -> int:
    """Works out anew a few of the cases whose day has come; gives how many are left."""
    return reading.refresh(desk, most=AT_ONCE)
