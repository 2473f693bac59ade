"""A frame over the store of a head of PDU, with the cases of a team in it."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from tests import team as teams
from tests.conftest import NOW, Kept
from tests.ui.conftest import Frame
from workbench import clock as clocks
from workbench.casework import sample, stories
from workbench.clock import FixedClock
from workbench.models.ids import Ids
from workbench.ui.look import look


def _make(folder: Path) -> None:
    clock = FixedClock(NOW)
    ids = Ids(clock, secrets.token_bytes)
    tellers = stories.tellers(teams.CASES)
    sample.make(folder, clock, ids, tellers, role="aco", today=clocks.day_of(NOW))


@pytest.fixture(scope="module")
def pdu_folder(kept: Kept) -> Path:
    """One store for the tests of a module."""
    return kept.copy("pdu", _make)


@pytest.fixture
def headed(pdu_folder: Path, qapp: QApplication) -> Iterator[Frame]:
    """The frame of the head of PDU."""
    look.load_fonts()
    look.put_on(qapp, look.Look(still=True))
    desk = teams.open_(pdu_folder)
    yield Frame(desk)
    desk.store.close()
