"""Days in words, in English and Welsh: the one list of month names."""

from __future__ import annotations

from datetime import date, datetime

from workbench.clock import LONDON

MONTHS = {
    "en": [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
    "cy": [
        "Ionawr",
        "Chwefror",
        "Mawrth",
        "Ebrill",
        "Mai",
        "Mehefin",
        "Gorffennaf",
        "Awst",
        "Medi",
        "Hydref",
        "Tachwedd",
        "Rhagfyr",
    ],
}


def written(when: date, language: str = "en") -> str:
    """A day as people write it: `3 March 2026`, `3 Mawrth 2026`; a moment with its time in Europe/London."""
    if isinstance(when, datetime):
        local = when.astimezone(LONDON)
        return f"{written(local.date(), language)}, {local:%H:%M}"
    return f"{when.day} {MONTHS[language][when.month - 1]} {when.year}"
