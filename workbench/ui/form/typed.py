"""Days and times as people type them; no Qt. All of it is Europe/London."""

from __future__ import annotations

import calendar
import re
from datetime import UTC, date, datetime, time, timedelta

from workbench.clock import LONDON
from workbench.models.dates import MONTHS, written
from workbench.resources import Words
from workbench.ui.words import said

_NUMBERS = re.compile(r"(\d{1,2})[./ -](\d{1,2})(?:[./ -](\d{4}|\d{2}))?")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_NAMED = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?\s+([a-z]{3,10})(?:\s+(\d{4}|\d{2}))?")
_SHIFT = re.compile(r"([+-])\s*(\d{1,3})\s*(d|w|m)?[a-z]*")
_TIME = re.compile(r"(\d{1,2})(?:[:.h]?(\d{2}))?\s*(am|pm)?")
_WEEKDAYS = {
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "cy": ("Llun", "Mawrth", "Mercher", "Iau", "Gwener", "Sadwrn", "Sul"),
}
_IN_FULL = Words("{weekday} {day}", "Dydd {weekday} {day}")
_NEAR = {
    0: Words("today", "heddiw"),
    1: Words("tomorrow", "yfory"),
    -1: Words("yesterday", "ddoe"),
}
_WORDS = {"now": 0, "nawr": 0, **{word: by for by, near in _NEAR.items() for word in (near.en, near.cy)}}


def day(text: str, today: date) -> date | None:
    """The day that a person typed, such as `3/3/26`, `3 March`, `fri`, `today` or `-2`; None where it is none.

    A weekday is the next one from today on, with `last` before it the one gone by; a day without a year
    is the one nearest to today. Two digits of a year are of the last eighty years or the next twenty.
    Welsh is read beside English: `3 Mawrth`, `dydd Gwener`, `dydd Llun diwethaf`, `heddiw`.
    """
    typed = " ".join(text.casefold().replace(",", " ").split()).removeprefix("dydd ")
    if typed in _WORDS:
        return today + timedelta(days=_WORDS[typed])
    shift = _SHIFT.fullmatch(typed)
    if shift:
        return _shifted(today, shift)
    weekday = _weekday(typed, today)
    if weekday is not None:
        return weekday
    found = _ISO.fullmatch(typed)
    if found:
        return _day(int(found[1]), int(found[2]), int(found[3]))
    found = _NUMBERS.fullmatch(typed)
    if found:
        return _with_year(int(found[1]), int(found[2]), found[3], today)
    found = _NAMED.fullmatch(_without_weekday(typed))
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


def in_full(on: date, today: date, language: str = "en") -> str:
    """A day with its weekday, and how near it is: `Tuesday 3 March 2026, tomorrow`."""
    weekday = _WEEKDAYS[language][on.weekday()]
    words = said(_IN_FULL, language, weekday=weekday, day=written(on, language))
    near = _NEAR.get((on - today).days)
    return f"{words}, {said(near, language)}" if near else words


def _shifted(today: date, shift: re.Match[str]) -> date | None:
    number = int(shift[2]) * (-1 if shift[1] == "-" else 1)
    if shift[3] == "m":
        months = today.year * 12 + today.month - 1 + number
        year, month = divmod(months, 12)
        last = calendar.monthrange(year, month + 1)[1]
        return date(year, month + 1, min(today.day, last))
    return today + timedelta(days=number * (7 if shift[3] == "w" else 1))


def _weekday(typed: str, today: date) -> date | None:
    last = typed.startswith("last ") or typed.endswith(" diwethaf")
    name = typed.removeprefix("last ").removeprefix("next ")
    place = _place(name.removesuffix(" diwethaf").removesuffix(" nesaf"), least=3)
    if place is None:
        return None
    ahead = (place - today.weekday()) % 7
    return today + timedelta(days=ahead - 7 if last else ahead)


def _without_weekday(typed: str) -> str:
    first, _, rest = typed.partition(" ")
    return rest if rest and _place(first, least=1) is not None else typed


def _place(name: str, least: int) -> int | None:
    """Which day of the week at least so many letters begin; None where they begin none."""
    for week in _WEEKDAYS.values():
        for place, full in enumerate(week):
            if len(name) >= least and full.casefold().startswith(name):
                return place
    return None


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
