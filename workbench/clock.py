"""The one source of time: passed in, never read from a module."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,6})?)?Z", re.ASCII)


class Clock(Protocol):
    """Gives the present moment."""

    def now(self) -> datetime:
        """The present moment, in UTC."""


class SystemClock:
    """The clock of this machine."""

    def now(self) -> datetime:
        """The present moment, in UTC."""
        return datetime.now(UTC)


class FixedClock:
    """A clock that stands still until it is moved: for `--today`, samples and tests."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def now(self) -> datetime:
        """The moment it was set to."""
        return self.at

    def move(self, by: timedelta) -> None:
        """Moves the clock on by `by` (or back, where negative)."""
        self.at += by


def today(clock: Clock) -> date:
    """The calendar day in Europe/London."""
    return day_of(clock.now())


def day_of(moment: datetime) -> date:
    """The Europe/London calendar day of a moment."""
    return moment.astimezone(LONDON).date()


def start_of(day: date) -> datetime:
    """The first moment of a Europe/London day, in UTC."""
    return datetime.combine(day, time(), LONDON).astimezone(UTC)


def end_of(day: date) -> datetime:
    """The moment at which a Europe/London day ends (the first moment of the next), in UTC."""
    return start_of(day + timedelta(days=1))


def noon(day: date) -> datetime:
    """Noon of a Europe/London day, in UTC: where a clock set to a day stands."""
    return datetime.combine(day, time(12), LONDON).astimezone(UTC)


def stamp(moment: datetime) -> str:
    """A moment as the record writes it: UTC, milliseconds, Z."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03d}Z"


def moment(text: str) -> datetime:
    """Reads a moment written as `2026-03-05T10:14Z`, with seconds or a fraction of one where given.

    Raises:
        ValueError: it is not such a moment.
    """
    if not _MOMENT.fullmatch(text):
        raise ValueError(f"{text!r} is not a moment such as 2026-03-05T10:14:22Z")
    return datetime.fromisoformat(text)
