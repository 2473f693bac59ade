"""Days and times as people type them."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.clock import moment
from workbench.ui.form import typed

TODAY = date(2026, 3, 10)  # a Tuesday


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("3/3/26", date(2026, 3, 3)),
        ("03.03.2026", date(2026, 3, 3)),
        ("3 March", date(2026, 3, 3)),
        ("3rd mar 2026", date(2026, 3, 3)),
        ("3 Mawrth 2026", date(2026, 3, 3)),
        ("Tue 3 March 2026", date(2026, 3, 3)),
        ("20 Dec", date(2025, 12, 20)),
        ("4/7", date(2026, 7, 4)),
        ("2026-02-28", date(2026, 2, 28)),
        ("1/2/80", date(1980, 2, 1)),
        ("today", TODAY),
        ("Tomorrow", TODAY + timedelta(days=1)),
        ("ddoe", TODAY - timedelta(days=1)),
        ("-2", date(2026, 3, 8)),
        ("+2w", date(2026, 3, 24)),
        ("+1m", date(2026, 4, 10)),
        ("fri", date(2026, 3, 13)),
        ("tuesday", TODAY),
        ("last fri", date(2026, 3, 6)),
    ],
)
def test_a_day_is_understood_as_it_is_said(said: str, expected: date) -> None:
    assert typed.day(said, TODAY) == expected


@pytest.mark.parametrize("said", ["", "31/2/26", "soon", "3", "3/13/2026", "1/1/1200", "m", "32 March"])
def test_what_is_no_day_is_none(said: str) -> None:
    assert typed.day(said, TODAY) is None


@given(st.dates(date(1950, 1, 1), date(2045, 12, 31)))
def test_a_day_written_in_full_is_read_back(on: date) -> None:
    assert typed.day(f"{on.day}/{on.month}/{on.year}", TODAY) == on


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("14:30", time(14, 30)),
        ("2.30pm", time(14, 30)),
        ("1430", time(14, 30)),
        ("9", time(9)),
        ("12am", time(0)),
    ],
)
def test_a_time_is_understood(said: str, expected: time) -> None:
    assert typed.clock_time(said) == expected


@pytest.mark.parametrize("said", ["", "25:00", "14:60", "13pm", "noon"])
def test_what_is_no_time_is_none(said: str) -> None:
    assert typed.clock_time(said) is None


def test_a_summer_time_is_kept_in_utc() -> None:
    written = typed.moment(date(2026, 7, 1), time(14, 30))
    assert written == "2026-07-01T13:30:00Z"
    assert moment(written).hour == 13


def test_a_day_is_told_back_with_its_weekday() -> None:
    assert typed.in_full(TODAY + timedelta(days=1), TODAY) == "Wednesday 11 March 2026, tomorrow"
