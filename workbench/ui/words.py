"""Days, times and facts as people read them; no Qt, for presenters and panels alike."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from workbench import clock
from workbench.models.dates import MONTHS
from workbench.resources import Text, say

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def said(text: Text, language: str = "en", **parts: object) -> str:
    """A fixed text in a language (`en` or `cy`), with its parts filled in where it has some."""
    found = say(text, language)
    return found.format(**parts) if parts else found


def day_words(text: str | None) -> str:
    """`2026-03-05`, `2026-03` or a moment as `5 March 2026`, `March 2026`; empty for nothing."""
    if not text:
        return ""
    if "T" in text:
        return moment_words(text)
    parts = text.split("-")
    if not all(part.isdigit() for part in parts) or len(parts) > 3:
        return text
    if len(parts) == 1:
        return text
    month = MONTHS["en"][int(parts[1]) - 1]
    return f"{int(parts[2])} {month} {parts[0]}" if len(parts) == 3 else f"{month} {parts[0]}"


def moment_words(text: str) -> str:
    """A moment as `5 March 2026, 14:30`, in Europe/London."""
    at = _london(text)
    return f"{at.day} {MONTHS['en'][at.month - 1]} {at.year}, {at:%H:%M}" if at else text


def time_words(text: str) -> str:
    """The time of a moment as `14:30`; empty for a day."""
    at = _london(text) if "T" in text else None
    return f"{at:%H:%M}" if at else ""


def day_of(text: str) -> str:
    """The Europe/London day of a moment or day, as `2026-03-05`."""
    at = _london(text) if "T" in text else None
    return at.date().isoformat() if at else text[:10]


def day_and_time(text: str) -> tuple[str, str]:
    """The Europe/London day and time of a moment as `2026-03-05` and `14:30`; of a day no time."""
    at = _london(text) if "T" in text else None
    if at is None:
        return text[:10], ""
    told = at.isoformat()
    return told[:10], told[11:16]


def short_day(text: str | None, today: date) -> str:
    """A day as it is spoken of near today: `today`, `tomorrow`, `Fri 4 Dec`, `4 Dec 2027`."""
    if not text:
        return ""
    named = day_of(text)
    if not _DAY.fullmatch(named):
        return day_words(text)
    day = date.fromisoformat(named)
    near = {0: "today", 1: "tomorrow", -1: "yesterday"}.get((day - today).days)
    if near:
        return near
    month = MONTHS["en"][day.month - 1][:3]
    if abs(day - today) < timedelta(days=300):
        return f"{_DAYS[day.weekday()]} {day.day} {month}"
    return f"{day.day} {month} {day.year}"


def weekday_words(text: str, today: date) -> str:
    """A heading for a day in a list: `Today, Fri 20 November`, `Wed 18 November 2026`."""
    day = date.fromisoformat(day_of(text))
    words = f"{_DAYS[day.weekday()]} {day.day} {MONTHS['en'][day.month - 1]}"
    if day == today:
        return f"Today, {words}"
    if day == today - timedelta(days=1):
        return f"Yesterday, {words}"
    return words if day.year == today.year else f"{words} {day.year}"


def long_day(day: date) -> str:
    """A day that is to be remembered: `Fri 11 December 2026`."""
    return f"{_DAYS[day.weekday()]} {day.day} {MONTHS['en'][day.month - 1]} {day.year}"


def ago(text: str, today: date) -> str:
    """How long ago a day was: `today`, `3 days ago`, `5 weeks ago`, `2 years ago`."""
    gone = (today - date.fromisoformat(day_of(text))).days
    for unit, length, least in (("year", 365, 730), ("month", 30, 60), ("week", 7, 14), ("day", 1, 2)):
        if gone >= least:
            return f"{gone // length} {unit}s ago"
    return "yesterday" if gone == 1 else "today" if gone == 0 else short_day(text, today)


def fact_words(name: str | None) -> str:
    """A fact's name as words: `rosh.overall` as `rosh, overall`."""
    if not name:
        return ""
    words = name.replace("_", " ").replace(".", ", ")
    for told, shown in _NAMES.items():
        words = re.sub(rf"\b{told}\b", shown, words)
    return words[:1].upper() + words[1:]


_NAMES = {
    "rosh": "RoSH",
    "mappa": "MAPPA",
    "osp": "OSP",
    "arms": "ARMS",
    "oasys": "OASys",
    "spo": "SPO",
    "aco": "ACO",
}


def value_words(value: object) -> str:
    """A value as words: days as days, ids with their dashes taken out, lists with commas."""
    if isinstance(value, list | tuple):
        return ", ".join(value_words(each) for each in value)
    text = str(value)
    if _DAY.match(text):
        return day_words(text)
    return text.replace("-", " ") if re.fullmatch(r"[a-z0-9-]+", text) else text


def _london(text: str) -> datetime | None:
    try:
        return clock.moment(text).astimezone(clock.LONDON)
    except ValueError:
        return None
