"""The sample caseload, made and written out once for all tests of this room."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import NOW
from workbench.casework import exporting, opening, sample, stories
from workbench.casework.desk import Desk
from workbench.casework.opening import Secret
from workbench.clock import FixedClock
from workbench.models.ids import Ids
from workbench.security.keyring import NoKeyring


class Caseload:
    """An open sample store, and its cases as case files by case id."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.files = {row.case: exporting.export(desk, row.case) for row in desk.store.cases()}


@pytest.fixture(scope="session")
def caseload(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Caseload]:
    """The whole sample caseload of a practitioner."""
    folder: Path = tmp_path_factory.mktemp("caseload")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "HOME"):
            patch.setenv(name, str(folder / "home"))
        clock = FixedClock(NOW)
        ids = Ids(clock, secrets.token_bytes)
        store = folder / "sample"
        sample.make(store, clock, ids, stories.TELLERS)
        secret = Secret((store / "passphrase.txt").read_text().strip())
        desk = opening.open_desk(store, secret, clock, ids, NoKeyring())
        yield Caseload(desk)
        desk.close()
