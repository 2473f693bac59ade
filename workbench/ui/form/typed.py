"""Days and times as people type them; no Qt. All of it is Europe/London."""

from __future__ import annotations

import calendar
import re
from datetime import UTC, date, datetime, time, timedelta

from workbench.clock import LONDON
from workbench.models.dates import MONTHS

_NUMBERS = re.compile(r"(\d{1,2})[./ -](\d{1,2})(?:[./ -](\d{4}|\d{2}))?")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_NAMED = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?\s+([a-z]{3,9})(?:\s+(\d{4}|\d{2}))?")
_SHIFT = re.compile(r"([+-])\s*(\d{1,3})\s*(d|w|m)?[a-z]*")
_TIME = re.compile(r"(\d{1,2})(?:[:.h]?(\d{2}))?\s*(am|pm)?")
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WORDS = {"today": 0, "now": 0, "yesterday": -1, "tomorrow": 1, "heddiw": 0, "ddoe": -1, "yfory": 1}


def day(text: str, today: date) -> date | None:
    """The day that a person typed, such as `3/3/26`, `3 March`, `fri`, `today` or `-2`; None where it is none.

    A weekday is the next one from today on, with `last` before it the one gone by; a day without a year
    is the one nearest to today. Two digits of a year are of the last eighty years or the next twenty.
    """
    said = " ".join(text.casefold().replace(",", " ").split())
    if said in _WORDS:
        return today + timedelta(days=_WORDS[said])
    shift = _SHIFT.fullmatch(said)
    if shift:
        return _shifted(today, shift)
    weekday = _weekday(said, today)
    if weekday is not None:
        return weekday
    found = _ISO.fullmatch(said)
    if found:
        return _day(int(found[1]), int(found[2]), int(found[3]))
    found = _NUMBERS.fullmatch(said)
    if found:
        return _with_year(int(found[1]), int(found[2]), found[3], today)
    found = _NAMED.fullmatch(_without_weekday(said))
    month = _month(found[2]) if found else 0
    return _with_year(int(found[1]), month, found[3], today) if found and month else None


def clock_time(text: str) -> time | None:
    """The time that a person typed, such as `14:30`, `2.30pm`, `1430` or `9`; None where it is none."""
    found = _TIME.fullmatch(text.strip().casefold())
    if found is None:
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    if found[3]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if found[3] == "pm" else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def moment(on: date, at: time) -> str:
    """A day and a time of Europe/London as an answer writes them."""
    return datetime.combine(on, at, LONDON).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def in_full(on: date, today: date) -> str:
    """A day with its weekday, and how near it is: `Tuesday 3 March 2026, tomorrow`."""
    words = f"{_WEEKDAYS[on.weekday()].capitalize()} {on.day} {MONTHS['en'][on.month - 1]} {on.year}"
    near = {0: "today", 1: "tomorrow", -1: "yesterday"}.get((on - today).days)
    return f"{words}, {near}" if near else words


def _shifted(today: date, shift: re.Match[str]) -> date | None:
    number = int(shift[2]) * (-1 if shift[1] == "-" else 1)
    if shift[3] == "m":
        months = today.year * 12 + today.month - 1 + number
        year, month = divmod(months, 12)
        last = calendar.monthrange(year, month + 1)[1]
        return date(year, month + 1, min(today.day, last))
    return today + timedelta(days=number * (7 if shift[3] == "w" else 1))


def _weekday(said: str, today: date) -> date | None:
    last = said.startswith("last ")
    name = said.removeprefix("last ").removeprefix("next ")
    named = [place for place, full in enumerate(_WEEKDAYS) if len(name) >= 3 and full.startswith(name)]
    if not named:
        return None
    ahead = (named[0] - today.weekday()) % 7
    return today + timedelta(days=ahead - 7 if last else ahead)


def _without_weekday(said: str) -> str:
    first, _, rest = said.partition(" ")
    return rest if rest and any(full.startswith(first) for full in _WEEKDAYS) and first.isalpha() else said


def _month(name: str) -> int:
    for months in MONTHS.values():
        for place, full in enumerate(months):
            if full.casefold().startswith(name):
                return place + 1
    return 0


def _with_year(number: int, month: int, year: str | None, today: date) -> date | None:
    if year is not None:
        full = int(year)
        if len(year) == 2:
            full += today.year // 100 * 100
            full -= 100 if full > today.year + 20 else 0
        return _day(full, month, number)
    near = (_day(each, month, number) for each in (today.year - 1, today.year, today.year + 1))
    return min((on for on in near if on), key=lambda on: abs(on - today), default=None)


def _day(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number) if 1850 <= year < 2200 else None
    except ValueError:
        return None
