"""Amounts: of time as rules write them, a number and a unit, always both; of things as people read them."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

import msgspec

Unit = Literal["hours", "calendar days", "working days", "weeks", "months", "years"]
UNITS: tuple[Unit, ...] = ("hours", "calendar days", "working days", "weeks", "months", "years")
_AMOUNT = re.compile(r"(\d{1,4}) (hour|calendar day|working day|week|month|year)(s?)\Z")


class Amount(msgspec.Struct, frozen=True):
    """A count of one unit; never negative."""

    number: int
    unit: Unit

    def words(self) -> str:
        """As a person reads it: `1 working day`, `6 weeks`."""
        return f"{self.number} {self.unit[:-1] if self.number == 1 else self.unit}"


def counted(count: int, one: str, many: str = "") -> str:
    """A number of things in words: `1 version`, `2,000 entries`; `many` where an `s` alone does not do."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


@cache
def amount(text: str) -> Amount:
    """Reads `15 calendar days`.

    Raises:
        ValueError: it is not a number and one of the units.
    """
    found = _AMOUNT.match(text)
    if not found or (found[1] != "1") != bool(found[3]):
        raise ValueError(f"{text!r} is not a number and a unit ({', '.join(UNITS)})")
    for unit in UNITS:
        if unit[:-1] == found[2]:
            return Amount(int(found[1]), unit)
    raise ValueError(text)
