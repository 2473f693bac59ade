"""The frame over a team's store, as for oversight."""

from __future__ import annotations

from tests.ui.oversight.conftest import led, team_folder

GONE = "2026-01-05"

__all__ = ["GONE", "led", "team_folder"]
