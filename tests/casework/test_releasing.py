"""The day somebody walks out: who has one, how it is known, and when offices open after it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from workbench.casework import recording, releasing
from workbench.casework.desk import Desk
from workbench.rules.calendar import Calendar


def sentenced(desk: Desk, case: str, *rows: dict[str, str]) -> None:
    """Signs a sentence with these rows."""
    session = recording.start(desk, case, "sentence")
    made = [{"id": f"s{number}", "kind": "determinate", **row} for number, row in enumerate(rows)]
    session.restore({"sentenced_on": "2025-03-03", "sentences": made, "sexual": "yes"})
    recording.sign(desk, case, session)


def test_nobody_in_the_community_has_a_way_out(desk: Desk, registered: Callable[..., str]) -> None:
    """Before a sentence, on a community order and after release."""
    case = registered()
    assert releasing.way_out(desk, case) is None
    sentenced(desk, case, {"kind": "community-order", "release_on": "2026-05-01"})
    assert releasing.way_out(desk, case) is None
    other = registered("X100002")
    sentenced(desk, other, {"release_on": "2026-03-02", "released_on": "2026-03-02"})
    assert releasing.way_out(desk, other) is None


def test_the_earliest_day_of_this_time_in_custody_counts(desk: Desk, registered: Callable[..., str]) -> None:
    """With how it is known; a sentence that is served in the community adds none."""
    case = registered()
    sentenced(
        desk,
        case,
        {"release_on": "2026-06-03", "release_from": "confirmed"},
        {"release_on": "2026-05-01", "release_from": "reckoned", "release_because": "Half of it"},
        {"kind": "community-order", "release_on": "2026-04-01"},
    )
    way = releasing.way_out(desk, case)
    assert way is not None
    assert (way.since, way.day, way.known) == (date(2025, 3, 3), date(2026, 5, 1), "reckoned")
    assert (way.because, way.recalled) == ("Half of it", False)
    # The Monday after that Friday is the early May bank holiday.
    assert way.open_again == date(2026, 5, 5)


def test_a_day_from_before_a_recall_does_not_count(desk: Desk, registered: Callable[..., str]) -> None:
    """Whoever was recalled has a way out and no day until one is recorded."""
    case = registered()
    sentenced(desk, case, {"release_on": "2026-01-09", "released_on": "2026-01-09"})
    session = recording.start(desk, case, "recall")
    session.restore({"state": "revoked", "state_at": "2026-03-06T10:00:00Z", "kind": "standard"})
    recording.sign(desk, case, session)
    way = releasing.way_out(desk, case)
    assert way == releasing.WayOut(date(2026, 3, 6), recalled=True)


@pytest.mark.parametrize(
    ("day", "again"),
    [
        (date(2026, 3, 12), None),
        (date(2026, 3, 13), date(2026, 3, 16)),
        (date(2026, 3, 14), date(2026, 3, 16)),
        (date(2026, 4, 2), date(2026, 4, 7)),
        (date(2026, 12, 24), date(2026, 12, 29)),
    ],
)
def test_offices_open_again_on_the_next_working_day(day: date, again: date | None) -> None:
    """A Thursday, a Friday, a Saturday, before Easter, before Christmas."""
    assert releasing.open_again(Calendar(), day) == again
