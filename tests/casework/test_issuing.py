"""What leaves: worded as recorded, issued as the very bytes that were signed for; work returned with points."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from tests.casework.test_recording import case_of, record
from tests.conftest import Stores
from workbench.casework import guarding, importing, recording, reporting
from workbench.casework.desk import Desk
from workbench.errors import Refused
from workbench.models.released import Value


def test_a_mappa_level_is_never_worded_as_a_category(desk: Desk) -> None:
    """Both have the ids 1, 2 and 3."""
    case = case_of(desk)
    answers = {"on": "2026-03-10", "category": "1", "lead": "probation", "level": "2", "why": "Two agencies."}
    record(desk, case, "mappa-level", answers)
    released, _ = reporting.release(desk, case, "file", "en")
    words = {fact.fact: fact.value.text for fact in released.facts}
    assert (words["mappa.category"], words["mappa.level"]) == ("Category 1", "Level 2")


def test_an_issued_report_is_kept_as_it_left_and_vouched_for(desk: Desk, tmp_path: Path) -> None:
    """Its gaps stop it; then the file, its hash and what was withheld stand in a signed entry."""
    case = case_of(desk)
    drawn = reporting.draw(desk, "release-plan", case, "file", "html")
    assert drawn.gaps
    with pytest.raises(Refused, match="cannot be issued yet"):
        reporting.issue(desk, case, drawn, {}, ())
    whole = msgspec.structs.replace(drawn, gaps=(), to_tick=("Gwyn",))
    with pytest.raises(Refused, match="Gwyn"):
        reporting.issue(desk, case, whole, {}, ())
    reporting.issue(desk, case, whole, {"recipient": "The file", "basis": "Record"}, ("Gwyn",))
    assert reporting.issued_file(desk, drawn.sha256) == drawn.data
    left = tmp_path / "copy.html"
    left.write_bytes(drawn.data)
    assert [check.ok for check in guarding.verify_file(desk, left)] == [True]
    left.write_bytes(drawn.data + b" ")
    assert [check.ok for check in guarding.verify_file(desk, left)] == [False]


def test_work_is_returned_with_points_by_somebody_else(
    stores: Stores, make_file: Callable[..., bytes]
) -> None:
    """An SPO returns a contact plan that a colleague wrote; without a point nothing is returned."""
    from workbench.casework.exporting import export

    theirs = stores.desk("theirs")
    case = case_of(theirs)
    answers = {"from_day": "2026-03-09", "gap_days": 14, "reduces": "no", "review_on": "2026-06-09"}
    plan = record(theirs, case, "contact-plan", answers)
    spo = stores.desk("spo", role="spo", person="Sam Spo")
    importing.bring(spo, export(theirs, case), "case.json")
    assert plan.version
    assert plan.entry
    with pytest.raises(Refused, match="names what to work on"):
        recording.give_back(spo, case, plan.version, {})
    recording.give_back(spo, case, plan.version, {"gap_days": "Why fourteen?"})
    assert spo.case(case).entries[plan.entry].status == "returned"
    assert isinstance(reporting.release(spo, case, "file", "en")[0].name, Value)
