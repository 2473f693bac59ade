"""A few kills in every phase; `python -m tests.store.kills 200` makes many."""

from __future__ import annotations

from pathlib import Path

from tests.store.kills import PHASES, kills


def test_nothing_acknowledged_is_lost_whenever_the_program_is_killed(tmp_path: Path) -> None:
    """Also in backup, index rebuild, checkpoint, import and while a store is made."""
    assert kills(tmp_path, 3 * len(PHASES), seed=7) == []
