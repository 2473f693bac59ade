"""A few kills and damages of each kind; `python -m tests.store.kills 200` and `… corruptions 500` make many."""

from __future__ import annotations

from pathlib import Path

from tests.store import corruptions, kills


def test_what_was_said_to_be_kept_is_there_after_a_kill(tmp_path: Path) -> None:
    """At work, and in backup, index rebuild, checkpoint, import and while a store is made."""
    found = kills.run(24, 7, tmp_path)
    assert found["made"] == 3
    assert sum(found.values()) > 24


def test_no_damage_ever_shows_a_wrong_row(tmp_path: Path) -> None:
    """Flipped bits, swapped, repeated and blank pages, cut files: told, or nothing was lost."""
    found = corruptions.run(60, 7, tmp_path)
    assert sum(found.values()) == 60
    assert found["damaged"] + found["rolled-back"] > 20, found
