"""Days in words, in English and Welsh."""

from __future__ import annotations

from datetime import date

from workbench.clock import day_of, moment
from workbench.models.dates import MONTHS, written


def day_text(day: str, language: str) -> str:
    """`2026-03-03` as `3 March 2026`; a moment as its Europe/London day; empty where it is neither."""
    try:
        at = day_of(moment(day)) if "T" in day else date.fromisoformat(day)
    except ValueError:
        return ""
    return written(at, language)


def moment_text(at: str, language: str) -> str:
    """A moment with its time in Europe/London, `3 March 2026, 14:30`; empty where it is none."""
    try:
        return written(moment(at), language)
    except ValueError:
        return ""


def month_text(month: str, language: str) -> str:
    """`2026-03` as `March 2026`."""
    year, _, number = month.partition("-")
    return f"{MONTHS[language][int(number) - 1]} {year}"


def day_forms(day: str) -> tuple[str, ...]:
    """Every way in which we expect `3 March 2026` or `2026-03-03` to be written; none for other text."""
    at = _read(day.strip())
    if at is None:
        return ()
    words = tuple(day_text(at.isoformat(), language) for language in MONTHS)
    return (at.isoformat(), f"{at:%d/%m/%Y}", f"{at.day}/{at.month}/{at.year}", *words)


def _read(day: str) -> date | None:
    try:
        return date.fromisoformat(day)
    except ValueError:
        pass
    number, _, rest = day.partition(" ")
    month, _, year = rest.partition(" ")
    for months in MONTHS.values():
        if month in months and number.isdigit() and year.isdigit():
            try:
                return date(int(year), months.index(month) + 1, int(number))
            except ValueError:
                return None
    return None
