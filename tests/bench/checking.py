"""How long the checks of forms, rules and reports take, each as a process of its own."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.bench.harness import Line, Sizes, alone, single, spread, took
from tests.bench.opening import ROOT

MINUTES_5 = 300_000


def checks(sizes: Sizes, folder: Path) -> Iterator[Line]:
    """`forms check` and `rules check`; `reports check` once, for it draws every report."""
    for room in ("forms", "rules") if sizes.others else ("forms",):
        yield single(f"{room} check", alone(lambda room=room: _check(room), sizes.rounds))
    if sizes.others:
        yield single("reports check, once", spread([_check("reports")]), ms=MINUTES_5)


def _check(room: str) -> float:
    # What a check finds is not asked here: its own tests do.
    command = [sys.executable, "-m", "workbench", room, "check"]
    return took(lambda: subprocess.run(command, cwd=ROOT, capture_output=True, check=False))
