"""A stretch of days as people type it, for cutting the chronology; no Qt."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

from workbench.models.dates import MONTHS
from workbench.ui.form import typed

_TO = re.compile(r"\s+(?:to|until|i|hyd|–|—|-)\s+", re.IGNORECASE)
_YEAR = re.compile(r"\d{4}")
_MONTH = re.compile(r"([^\W\d_]{3,10})(?:\s+(\d{4}))?")
# Of a period with one year, it is the year of both ends: 3 March to 9 April 2024.
_NO_YEAR = re.compile(r"(?:\d{1,2}(?:st|nd|rd|th)?\s+)?([^\W\d_]{3,10})|\d{1,2}[./]\d{1,2}")
_WITH_YEAR = re.compile(r".*(?:\d{4}|\d[./]\d{2})|\d{4}-.*")

Days = tuple[date, date]


def read(text: str, today: date) -> Days | None:
    """The first and the last day (both inclusive) of `3 March to 9 April`, `March 2024`, `2024`.

    None where it is a single day, ends before it begins, or cannot be read. A month without a year is the
    last one that has begun.
    """
    parts = _TO.split(text.strip())
    if len(parts) == 1:
        return _month_or_year(parts[0], today)
    if len(parts) != 2:
        return None
    first, last = parts
    begins, ends = _days(first, today), _days(last, today)
    if ends and _without_year(first) and _WITH_YEAR.fullmatch(last):
        begins = _days(first, ends[1])
    elif begins and _without_year(last) and _WITH_YEAR.fullmatch(first):
        near = (_days(last, begins[1] + timedelta(days=365 * years)) for years in (0, 1))
        ends = next((found for found in near if found and found[1] >= begins[0]), None) or ends
    if begins is None or ends is None or ends[1] < begins[0]:
        return None
    return begins[0], ends[1]


def _without_year(text: str) -> bool:
    found = _NO_YEAR.fullmatch(text.strip())
    return found is not None and (found[1] is None or bool(_month(found[1].casefold())))


def _days(text: str, today: date) -> Days | None:
    found = _month_or_year(text, today)
    if found is not None:
        return found
    day = typed.day(text, today)
    return (day, day) if day is not None else None


def _month_or_year(text: str, today: date) -> Days | None:
    words = text.strip()
    if _YEAR.fullmatch(words):
        year = int(words)
        return (date(year, 1, 1), date(year, 12, 31)) if year else None
    found = _MONTH.fullmatch(words)
    month = _month(found[1].casefold()) if found else 0
    if not found or not month:
        return None
    year = int(found[2]) if found[2] else today.year - (month > today.month)
    return (date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])) if year else None


def _month(word: str) -> int:
    for months in MONTHS.values():
        for number, name in enumerate(months, 1):
            if name.casefold().startswith(word):
                return number
    return 0
