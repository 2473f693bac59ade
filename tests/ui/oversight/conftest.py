"""A frame over the store of an SPO with the cases of several officers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from tests import team as teams
from tests.conftest import Kept
from tests.ui.conftest import Frame
from workbench.ui.look import look


@pytest.fixture(scope="module")
def team_folder(kept: Kept) -> Path:
    """One store for the tests of a module."""
    return teams.copy(kept)


@pytest.fixture
def led(team_folder: Path, qapp: QApplication) -> Iterator[Frame]:
    """The SPO's frame, dressed in the light theme."""
    look.load_fonts()
    look.put_on(qapp, look.Look(still=True))
    desk = teams.open_(team_folder)
    yield Frame(desk)
    desk.store.close()
