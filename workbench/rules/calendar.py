"""Counting of time: amounts added to days and moments, with the bank holidays of England and Wales."""

from __future__ import annotations

import calendar
from datetime import UTC, date, datetime, timedelta
from importlib.util import find_spec
from pathlib import Path
from typing import TypeVar

from workbench.clock import LONDON
from workbench.models.amounts import Amount, Unit
from workbench.models.dates import written

# After a number Welsh keeps the singular.
WELSH: dict[Unit, str] = {
    "hours": "awr",
    "calendar days": "diwrnod calendr",
    "working days": "diwrnod gwaith",
    "weeks": "wythnos",
    "months": "mis",
    "years": "blynedd",
}
SATURDAY = 5
When = TypeVar("When", date, datetime)


def bank_holidays() -> bytes:
    """The table of bank holidays as its library has it; the library itself is not loaded for that.

    Loading it, or asking for its version, takes longer than opening a store.
    """
    found = find_spec("holidays")
    if found is None or found.origin is None:
        return b""
    return (Path(found.origin).parent / "countries" / "united_kingdom.py").read_bytes()


class Calendar:
    """The working days of England and Wales: Monday to Friday without bank holidays and `extra` days."""

    def __init__(self, extra: frozenset[date] = frozenset()) -> None:
        self._extra = extra
        self._years: dict[int, frozenset[date]] = {}

    def is_working(self, day: date) -> bool:
        """Whether offices are open on this day."""
        return day.weekday() < SATURDAY and day not in self._extra and day not in self._holidays(day.year)

    def working_on_or_after(self, day: date) -> date:
        """The day itself where it is a working day, else the next one."""
        while not self.is_working(day):
            day += timedelta(days=1)
        return day

    def shift(self, start: When, amount: Amount, *, back: bool = False) -> When:
        """The day or moment `amount` after (or before) `start`; `start` is day 0.

        Hours elapse, through nights, weekends and clock changes. Every other unit moves the Europe/London
        day; a moment keeps its time on the wall. A month later is the same day number, or the month's
        last day. A day before year 1 or after year 9999 becomes the first or last day there is.

        Raises:
            ValueError: hours are counted from a day instead of a moment.
        """
        number = -amount.number if back else amount.number
        if isinstance(start, datetime):
            if amount.unit == "hours":
                return start + timedelta(hours=number)
            local = start.astimezone(LONDON)
            moved = self._day(local.date(), number, amount)
            return datetime.combine(moved, local.time(), LONDON).astimezone(UTC)
        if amount.unit == "hours":
            raise ValueError("hours are counted from a moment, not from a day")
        return self._day(start, number, amount)

    def _day(self, start: date, number: int, amount: Amount) -> date:
        try:
            if amount.unit == "working days":
                return self._working(start, number)
            if amount.unit in ("months", "years"):
                return _months(start, number * (12 if amount.unit == "years" else 1))
            return start + timedelta(days=number * (7 if amount.unit == "weeks" else 1))
        except (OverflowError, ValueError):
            return date.max if number > 0 else date.min

    def _working(self, day: date, number: int) -> date:
        step = timedelta(days=1 if number > 0 else -1)
        for _ in range(abs(number)):
            day += step
            while not self.is_working(day):
                day += step
        return day

    def _holidays(self, year: int) -> frozenset[date]:
        if year not in self._years:
            # Read on first use, and this country alone: loading all takes longer than many cases' rules.
            from holidays.countries.united_kingdom import UnitedKingdom

            self._years[year] = frozenset(UnitedKingdom(subdiv="ENG", years=year))  # type: ignore[no-untyped-call]
        return self._years[year]


def _months(start: date, number: int) -> date:
    months = start.year * 12 + start.month - 1 + number
    year, month = months // 12, months % 12 + 1
    return date(year, month, min(start.day, calendar.monthrange(year, month)[1]))


def spoken(amount: Amount, language: str = "en") -> str:
    """An amount as people write it: `6 weeks`, `6 wythnos`."""
    return f"{amount.number} {WELSH[amount.unit]}" if language == "cy" else amount.words()


def arithmetic(start: date, amount: Amount, end: date, *, back: bool = False, language: str = "en") -> str:
    """The sum in words: `2 March 2026 + 15 calendar days = 17 March 2026`."""
    sign = "-" if back else "+"
    return f"{written(start, language)} {sign} {spoken(amount, language)} = {written(end, language)}"
