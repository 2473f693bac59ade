"""Figures: each duty counts once, by the day it was signed; short notice apart; small numbers are kept back."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
import pytest

from workbench.casework import figures, recording
from workbench.casework.desk import Desk
from workbench.casework.figures import Counted, Figure, Sum, Told
from workbench.models.results import Because, Duty
from workbench.store.store import Results

WHY = Because("", "arms-initial", 1, "national", None, "firm")
# The tests stand on 10 March 2026.
NOW, LAST = "2026 Q1", "2025 Q4"


def duty(case: str, n: int, **more: object) -> Duty:
    """One occurrence of the first ARMS."""
    told = Duty(
        f"arms-initial/{case}/{n}", "arms-initial", case, "ARMS", "practitioner", "duty", "2025-11-01", WHY
    )
    return msgspec.structs.replace(told, officer="Ann Example", **more)


def put(desk: Desk, case: str, *duties: Duty) -> None:
    """Lets these be all that is owed on a case."""
    desk.store.put_results([Results(desk.store.case_row(case), duties)])


def told(desk: Desk, figure: str = "arms", officer: str = "") -> Told:
    """One figure."""
    return next(each for each in figures.figures(desk, officer) if each.figure.figure == figure)


def test_a_duty_counts_in_the_quarter_of_its_last_day(desk: Desk, registered: Callable[..., str]) -> None:
    """In time, late, and not done at all."""
    case = registered()
    put(
        desk,
        case,
        duty(case, 1, due="2025-12-31", met_on="2025-12-31", met_by="x"),
        duty(case, 2, due="2026-01-01", met_on="2026-01-02", met_by="x"),
        duty(case, 3, due="2026-03-09"),
    )
    found = told(desk)
    assert found.sum(LAST) == Sum(1, 1, 1, 0)
    assert found.sum(NOW) == Sum(0, 2, 0, 0)
    assert found.sum() == Sum(1, 3, 1, 0)
    assert [each.result for each in found.counted] == ["not-done", "late", "in-time"]


def test_what_is_not_due_yet_or_ended_before_counts_nowhere(
    desk: Desk, registered: Callable[..., str]
) -> None:
    """Today is still a day on which it can be met; what waits on others and what has no date neither."""
    case = registered()
    put(
        desk,
        case,
        duty(case, 1, due="2026-03-10"),
        duty(case, 2, due="2026-03-20", met_on="2026-03-01", met_by="x"),
        duty(case, 3, due="2026-02-20", ended_on="2026-02-20"),
        duty(case, 4, due="2026-02-20", waiting_since="2026-02-01"),
        duty(case, 5, due="2026-02-20", no_date=True),
        duty(case, 6, no_date=True),
    )
    found = told(desk)
    assert found.counted == ()
    assert found.undated == 2


def test_short_notice_is_counted_apart(desk: Desk, registered: Callable[..., str]) -> None:
    """Neither above nor below the line."""
    case = registered()
    put(desk, case, duty(case, 1, due="2026-02-01", short_notice=True), duty(case, 2, due="2026-02-02"))
    assert told(desk).sum() == Sum(0, 1, 0, 1)


def test_the_day_of_signing_decides(desk: Desk, registered: Callable[..., str]) -> None:
    """What was done in time and signed after the last day is late."""
    case = registered()
    session = recording.start(desk, case, "contact")
    session.answer("on", "2026-03-02T10:00:00Z")
    session.answer("note", "Came on time.")
    entry = recording.sign(desk, case, session).entry
    put(
        desk,
        case,
        duty(case, 1, due="2026-03-09", met_on="2026-03-02", met_by=entry),
        duty(case, 2, due="2026-03-10", met_on="2026-03-02", met_by=entry),
    )
    assert {each.due: each.result for each in told(desk).counted} == {
        "2026-03-09": "late",
        "2026-03-10": "in-time",
    }


def test_one_officers_figures_are_for_that_officer(desk: Desk, registered: Callable[..., str]) -> None:
    """A practitioner sees their own and nobody else's."""
    case = registered()
    other = msgspec.structs.replace(duty(case, 2, due="2026-02-02"), officer="Kim Example")
    put(desk, case, duty(case, 1, due="2026-02-01"), other)
    assert told(desk).sum().of == 2
    assert told(desk, officer="Ann Example").sum().of == 1
    assert told(desk, officer="Kim Example").counted == ()
    assert figures.officers(desk) == ("Ann Example",)


def test_maps_for_change_counts_choices_and_where_nobody_chose(
    desk: Desk, registered: Callable[..., str]
) -> None:
    """A choice in its quarter."""
    case = registered()
    session = recording.start(desk, case, "interventions")
    session.restore({"on": "2026-02-10", "maps": "use"})
    recording.sign(desk, case, session)
    (counted,) = told(desk, figures.MAPS).counted
    assert (counted.result, counted.quarter, counted.done) == ("used", NOW, "2026-02-10")


@pytest.mark.parametrize(
    ("total", "cells"),
    [
        (Sum(0, 0, 0, 0), ("0", "0", "0", "0")),
        (Sum(3, 4, 3, 0), ("<5", "<5", "kept back", "0")),
        (Sum(2, 30, 2, 1), ("<5", "30", "kept back", "<5")),
        (Sum(28, 30, 28, 6), (">25", "30", "kept back", "6")),
        (Sum(20, 30, 20, 0), ("20", "30", "20", "0")),
        (Sum(20, 30, 18, 0), ("20", "30", "kept back", "0")),
    ],
)
def test_small_numbers_are_kept_back(total: Sum, cells: tuple[str, ...]) -> None:
    """The part, the rest, and whatever would give them away."""
    assert figures.cells(total, few=True) == cells
    assert figures.cells(total, few=False) == tuple(str(number) for number in msgspec.structs.astuple(total))


def test_an_export_holds_no_formula_and_is_logged(desk: Desk) -> None:
    """Quoted where a comma stands in it."""
    for sign in "=+-@\t":
        made = Told(
            Figure("x", f"{sign}1+1, twice", ""),
            (NOW,),
            (Counted("c", NOW, "", "2026-02-01", "", "not-done"),),
        )
        text = figures.exported(desk, (made,), "", few=False)
        assert text.splitlines()[1] == f'"\'{sign}1+1, twice",everybody,{NOW},0,1,0,0'
    assert [row.what for row in desk.store.log_rows()][-1] == "exported"


@pytest.mark.parametrize(
    ("day", "quarter"), [("2026-01-01", "2026 Q1"), ("2026-03-31", "2026 Q1"), ("2026-12-01", "2026 Q4")]
)
def test_quarters_are_those_of_the_calendar(day: str, quarter: str) -> None:
    assert figures.quarter_of(day) == quarter
