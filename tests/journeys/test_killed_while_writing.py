"""The program dies in the middle of a word: what was on the screen a second before is there again, and says so."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections.abc import Callable

import pytest

from tests.conftest import Stores
from tests.journeys.conftest import Journey
from tests.resources.test_house import ROOT
from workbench.casework import recording, unfinished
from workbench.ui.shell.place import Place

SEED = 20261122


@pytest.mark.parametrize("run", range(2))
def test_less_than_a_second_of_typing_is_lost(
    stores: Stores, open_window: Callable[..., Journey], run: int
) -> None:
    """Killed at a random moment; the draft holds every word older than a second, and is offered on return."""
    chance = random.Random(f"{SEED}/{run}")
    desk = stores.desk()
    answers = {
        "crn": "X100001",
        "name": "Gwyn Sample",
        "born": "1980-02-01",
        "taken_on": "2026-03-02",
        "officer": "A",
    }
    case = recording.new_case(desk, answers).case
    desk.close()
    folder = stores.folder / "store"
    command = [sys.executable, "-m", "tests.journeys.typist", str(folder), case]
    quiet = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, env=quiet) as child:
        assert child.stdout is not None
        told = [child.stdout.readline()]
        end = time.monotonic() + chance.uniform(1.5, 3.0)
        while time.monotonic() < end:
            told.append(child.stdout.readline())
        child.kill()
        killed = time.time()
        told += child.stdout.read().splitlines()
    old = [
        int(number)
        for number, at in (line.split() for line in told if line.strip())
        if float(at) < killed - 1
    ]
    desk = stores.open()
    drafts = unfinished.begun(desk)
    held = unfinished.draft_of(desk, drafts[0].draft)
    desk.close()
    assert held is not None
    written = str(held.answers["note"]).split()
    assert [f"word{number}" for number in old] == written[: len(old)], f"seed {SEED}, run {run}"
    journey = open_window()
    journey.unlock()
    journey.workspace.go(Place("form", case=case, form="contact", draft=held.draft))
    journey.settle()
    assert "This is what you had written" in journey.words()
