"""What the frame itself asks of the desk: how much presses, who there is, whose an entry is."""

from __future__ import annotations

import msgspec

from workbench.casework import choices, owing
from workbench.casework.desk import Desk
from workbench.errors import NotFound
from workbench.ui.widgets.row import Row

# What is asked here stands a moment after Today, and much of it is imported only then.
AT_ONCE = 20
OFFERED = 50
AT_FIRST = 8
PINNED = "Pinned: among the first with Ctrl+K, and under Pinned in the caseload."
UNPINNED = "No longer pinned."


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
    from workbench.casework import carrying, heading, overseeing, taking_out

    pressing = sum(pile.count for pile in owing.piles(desk) if pile.state != "waiting")
    overseen = overseeing.count(desk) if overseeing.oversees(desk) else None
    carried = carrying.count(desk) if carrying.carries(desk) else None
    return Counts(
        pressing, desk.count_cases(), overseen, carried, taking_out.leads(desk), heading.heads(desk)
    )


def people(desk: Desk, recent: tuple[str, ...], words: str = "") -> tuple[Row, ...]:
    """Those for the quick switcher whose name or CRN holds these words: pinned, last looked at, then by name.

    Without words it is whoever is pinned, and a few more.
    """
    from workbench.casework import reading

    wanted = words.casefold().split()
    pinned = choices.pinned(desk)
    looked = tuple(case for case in recent if case not in pinned)
    marked = (*((case, ", pinned") for case in pinned), *((case, ", last looked at") for case in looked))
    first = ((desk.store.case_row(case), more) for case, more in marked)
    found = [_person(row.case, row.name, row.crn, more) for row, more in first]
    found = [row for row in found if all(word in row.spoken.casefold() for word in wanted)]
    named = (row for row in reading.people(desk, words, OFFERED) if row.case not in (*pinned, *looked))
    found += [_person(row.case, row.name, row.crn) for row in named]
    return tuple(found[: OFFERED if wanted else len(pinned) + AT_FIRST])


def pin(desk: Desk, case: str) -> bool:
    """Pins a case, or lets it go where it is pinned; gives whether it is pinned now."""
    kept = not choices.is_pinned(desk, case)
    choices.pin(desk, case, kept=kept)
    return kept


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
    from workbench.casework import reading

    return reading.refresh(desk, most=AT_ONCE)


def most_idle(desk: Desk) -> int | None:
    """The most minutes without a key or a touch that the region allows; None where it does not say."""
    return desk.laid.policy.idle_minutes
