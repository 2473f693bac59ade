"""Counting of time."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from workbench.clock import LONDON, day_of, stamp
from workbench.models.amounts import Amount, amount
from workbench.models.dates import written
from workbench.rules.calendar import Calendar, arithmetic
from workbench.rules.record import day_said

DAYS = st.dates(date(1990, 1, 1), date(2060, 12, 31))
CALENDAR = Calendar()
# The years that a record may name.
MOMENTS = st.datetimes(datetime(1850, 1, 1), datetime(2199, 12, 31), timezones=st.just(UTC))


@given(MOMENTS)
@example(datetime(2026, 7, 1, 22, 59, tzinfo=UTC))
@example(datetime(2026, 7, 1, 23, 0, tzinfo=UTC))
@example(datetime(1942, 7, 1, 22, 0, tzinfo=UTC))  # two hours ahead in the war
def test_a_moment_lies_on_the_london_day(moment: datetime) -> None:
    assert day_of(moment) == day_said(stamp(moment))


@given(DAYS)
def test_a_recorded_day_is_that_day(day: date) -> None:
    assert day == day_said(day.isoformat())


@pytest.mark.parametrize(
    ("start", "words", "expected"),
    [
        ("2026-03-02", "15 calendar days", "2026-03-17"),
        ("2026-03-02", "6 weeks", "2026-04-13"),
        ("2026-04-02", "1 working day", "2026-04-07"),  # over Good Friday and Easter Monday
        ("2026-12-24", "1 working day", "2026-12-29"),  # Boxing Day is observed on the 28th
        ("2026-01-31", "1 month", "2026-02-28"),
        ("2028-01-31", "1 month", "2028-02-29"),
        ("2028-02-29", "1 year", "2029-02-28"),
        ("2026-08-31", "6 months", "2027-02-28"),
        ("2026-03-02", "0 working days", "2026-03-02"),
    ],
)
def test_forward(start: str, words: str, expected: str) -> None:
    assert date.fromisoformat(expected) == CALENDAR.shift(date.fromisoformat(start), amount(words))


@pytest.mark.parametrize(
    ("start", "words", "expected"),
    [
        ("2026-09-28", "4 weeks", "2026-08-31"),
        ("2026-04-07", "2 working days", "2026-04-01"),
        ("2026-08-31", "6 months", "2026-02-28"),
    ],
)
def test_backward(start: str, words: str, expected: str) -> None:
    assert date.fromisoformat(expected) == CALENDAR.shift(date.fromisoformat(start), amount(words), back=True)


def test_hours_elapse_through_both_clock_changes() -> None:
    spring = datetime(2026, 3, 28, 20, tzinfo=LONDON)
    autumn = datetime(2026, 10, 24, 20, tzinfo=LONDON)
    assert datetime(2026, 3, 29, 21, tzinfo=LONDON) == CALENDAR.shift(
        spring.astimezone(UTC), amount("24 hours")
    )
    assert datetime(2026, 10, 25, 19, tzinfo=LONDON) == CALENDAR.shift(
        autumn.astimezone(UTC), amount("24 hours")
    )


def test_days_keep_the_time_on_the_wall_through_a_clock_change() -> None:
    start = datetime(2026, 3, 28, 9, tzinfo=LONDON).astimezone(UTC)
    assert datetime(2026, 3, 29, 9, tzinfo=LONDON) == CALENDAR.shift(start, amount("1 calendar day"))


def test_hours_from_a_day_are_refused() -> None:
    with pytest.raises(ValueError, match="from a moment"):
        CALENDAR.shift(date(2026, 3, 2), amount("24 hours"))


def test_a_region_adds_days_off() -> None:
    monday = date(2026, 3, 2)
    assert Calendar(frozenset({monday})).working_on_or_after(monday) == date(2026, 3, 3)


def test_words() -> None:
    assert written(date(2026, 3, 3), "cy") == "3 Mawrth 2026"
    assert written(datetime(2026, 7, 3, 14, 30, tzinfo=UTC)) == "3 July 2026, 15:30"
    expected = "2 March 2026 + 15 calendar days = 17 March 2026"
    assert expected == arithmetic(date(2026, 3, 2), amount("15 calendar days"), date(2026, 3, 17))


@settings(max_examples=60, deadline=None)
@given(DAYS, st.integers(0, 60))
def test_working_days_counted_one_by_one(start: date, number: int) -> None:
    end = CALENDAR.shift(start, Amount(number, "working days"))
    between = [start + timedelta(days=day) for day in range(1, (end - start).days + 1)]
    assert number == sum(CALENDAR.is_working(day) for day in between)
    assert number == 0 or CALENDAR.is_working(end)


@settings(max_examples=60, deadline=None)
@given(DAYS, st.integers(0, 240))
def test_a_month_later_keeps_the_day_number_or_is_the_last_day(start: date, number: int) -> None:
    end = CALENDAR.shift(start, Amount(number, "months"))
    assert (start.year * 12 + start.month + number) == end.year * 12 + end.month
    assert end.day == start.day or (end + timedelta(days=1)).day == 1


@settings(max_examples=60, deadline=None)
@given(st.datetimes(datetime(2000, 1, 1), datetime(2050, 1, 1)), st.integers(0, 2_000))
def test_days_from_a_moment_are_the_days_from_its_day(at: datetime, number: int) -> None:
    moment = at.replace(tzinfo=UTC)
    moved = CALENDAR.shift(moment, Amount(number, "calendar days"))
    assert day_of(moment) + timedelta(days=number) == day_of(moved)


@settings(max_examples=30, deadline=None)
@given(DAYS, st.integers(0, 200))
def test_backward_undoes_forward_in_weeks(start: date, number: int) -> None:
    there = CALENDAR.shift(start, Amount(number, "weeks"))
    assert start == CALENDAR.shift(there, Amount(number, "weeks"), back=True)
