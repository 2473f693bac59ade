"""What the frame itself asks of the desk: how much presses, who there is, whose an entry is."""

from __future__ import annotations

import msgspec

from workbench.casework import overseeing, owing, reading
from workbench.casework.desk import Desk
from workbench.errors import NotFound
from workbench.ui.widgets.row import Row

AT_ONCE = 20
OFFERED = 50


class Counts(msgspec.Struct, frozen=True):
    """How many things press, how many people there are; what waits for those who oversee or carry over (else None).

    `leads` is whether the person is the one who takes things out of the record, `heads` whether they head a PDU.
    """

    pressing: int
    cases: int
    overseen: int | None = None
    carried: int | None = None
    leads: bool = False
    heads: bool = False


def counts(desk: Desk) -> Counts:
    """The counts of the rail."""
    # They stand a moment after Today: what only they need is read then.
    from workbench.casework import carrying, heading, taking_out

    pressing = sum(pile.count for pile in owing.piles(desk) if pile.state != "waiting")
    overseen = overseeing.count(desk) if overseeing.oversees(desk) else None
    carried = carrying.count(desk) if carrying.carries(desk) else None
    return Counts(
        pressing, desk.count_cases(), overseen, carried, taking_out.leads(desk), heading.heads(desk)
    )


def people(desk: Desk, recent: tuple[str, ...], words: str = "") -> tuple[Row, ...]:
    """Those for the quick switcher whose name or CRN holds these words: last looked at first, then by name."""
    wanted = words.casefold().split()
    looked = [desk.store.case_row(case) for case in recent]
    found = [_person(row.case, row.name, row.crn, ", last looked at") for row in looked]
    found = [row for row in found if all(word in row.spoken.casefold() for word in wanted)]
    others = (row for row in reading.people(desk, words, OFFERED) if row.case not in recent)
    found += [_person(row.case, row.name, row.crn) for row in others]
    return tuple(found[:OFFERED])


def _person(case: str, name: str | None, crn: str, more: str = "") -> Row:
    return Row(f"case:{case}", name or crn, line=crn + more)


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


def most_idle(desk: Desk) -> int | None:
    """The most minutes without a key or a touch that the region allows; None where it does not say."""
    return desk.laid.policy.idle_minutes
