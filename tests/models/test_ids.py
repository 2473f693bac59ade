"""Ids: in order of time, stable for what a file names."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from workbench.clock import FixedClock
from workbench.models.ids import Ids, case_of, is_uuid, named, uuid7


@given(st.lists(st.integers(-3 * 86_400, 3 * 86_400), min_size=1, max_size=50))
def test_ids_never_repeat_or_run_backwards_however_the_clock_jumps(jumps: list[int]) -> None:
    """A clock set back still gives ids that sort after their elders."""
    clock = FixedClock(datetime(2026, 3, 1, tzinfo=UTC))
    ids = Ids(clock, lambda count: b"\xff" * count)
    made = []
    for jump in jumps:
        clock.move(timedelta(seconds=jump))
        made.append(ids.new())
    assert made == sorted(set(made))
    assert all(uuid.UUID(id).version == 7 for id in made)


def test_the_example_of_the_standard() -> None:
    """RFC 9562, appendix A.6."""
    random = bytes.fromhex("0cc318c4dc0c0c07398f")
    assert uuid7(0x017F22E279B0, random) == "017f22e2-79b0-7cc3-98c4-dc0c0c07398f"


def test_a_crn_always_makes_the_same_case() -> None:
    """Everywhere, for ever."""
    assert case_of("X123456") == "81b9dfa6-a717-5bf2-b316-83b193e5c9e4"
    assert named(case_of("X123456"), "row", "mother") != named(case_of("X123456"), "person", "mother")
    assert is_uuid(case_of("X1")) and not is_uuid("X1")


IDS = st.uuids().map(str)


@given(st.text() | IDS | IDS.map(str.upper) | IDS.map("{{{}}}".format) | IDS.map("{}\n".format))
def test_a_uuid_is_written_in_one_way(text: str) -> None:
    """Lower case, with hyphens, and nothing around it; as Python itself writes it."""
    try:
        written = str(uuid.UUID(text))
    except ValueError:
        written = ""
    assert (written == text != "") == is_uuid(text)
