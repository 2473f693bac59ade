"""The moments the record takes: UTC, written out, and nothing near to it."""

from __future__ import annotations

import pytest

from workbench import clock


@pytest.mark.parametrize("text", ["2026-03-05T10:14Z", "2026-03-05T10:14:00Z", "2026-03-05T10:14:00.000000Z"])
def test_a_moment_is_read_with_or_without_seconds(text: str) -> None:
    """All three are one moment."""
    assert clock.stamp(clock.moment(text)) == "2026-03-05T10:14:00.000Z"


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-05Z",
        "2026-03-05T10:14:22+05:00Z",
        "20260305T1014Z",
        "2026-03-05T10:14:22",
        "2026-03-05T25:00Z",
        "",
    ],
)
def test_anything_else_is_no_moment(text: str) -> None:
    """Neither a day, an offset, another spelling, nor an hour that no day has."""
    with pytest.raises(ValueError):
        clock.moment(text)
