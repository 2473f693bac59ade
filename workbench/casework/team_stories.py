"""How the sample of a team differs from one officer's caseload: who holds which case, what its SPO has not come to."""

from __future__ import annotations

import msgspec


class Pace(msgspec.Struct, frozen=True):
    """Who holds a case, and how far others have come with it; counts are days before today.

    `looked` is when the SPO last looked, `behind` for how long nothing was countersigned, `unsent` for how
    long the officer's laptop has sent no contact.
    """

    officer: str = "practitioner"
    looked: int = 50
    behind: int = 0
    unsent: int = 0


ALONE = Pace()
_OFFICERS = ("practitioner", "second", "earlier", "third", "practitioner", "second", "third")
_LOOKED = (50, 117, 104, 74, 110, 50, 90, 121)
# Cases of an officer who is away, so that something is still on a laptop elsewhere.
_AWAY = frozenset({3, 33, 34})


def pace(place: int, role: str) -> Pace:
    """The pace of the case at a place in the sample; of one officer's own caseload always the same."""
    if role not in ("spo", "aco"):
        return ALONE
    return Pace(
        officer="fourth" if place in _AWAY else _OFFICERS[place % len(_OFFICERS)],
        looked=_LOOKED[place % len(_LOOKED)],
        behind=48 if place % 3 == 1 else 0,
        unsent=11 if place in _AWAY else 0,
    )
