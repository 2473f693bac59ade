"""The store of an invented SPO with the cases of several officers in it, for tests of what she oversees."""

from __future__ import annotations

import secrets
from datetime import timedelta
from pathlib import Path

from tests.conftest import NOW, Kept
from workbench import clock as clocks
from workbench.casework import opening, sample, stories
from workbench.casework.desk import Desk
from workbench.casework.opening import Secret
from workbench.clock import FixedClock
from workbench.models.ids import Ids
from workbench.security.keyring import NoKeyring

# Among the first twelve stories are an open recall, a release to come, and somebody who was never looked at.
CASES = 12


def copy(kept: Kept) -> Path:
    """A copy of the store; its passphrase lies in it."""
    return kept.copy("team", _make)


def _make(folder: Path) -> None:
    clock = FixedClock(NOW)
    ids = Ids(clock, secrets.token_bytes)
    sample.make(folder, clock, ids, stories.tellers(CASES), role="spo", today=clocks.day_of(NOW))


def passphrase(folder: Path) -> str:
    """What opens it."""
    return (folder / "passphrase.txt").read_text("utf-8").strip()


def open_(folder: Path) -> Desk:
    """The desk over it a minute after it was made: a copy is a device of its own, whose log begins then."""
    clock = FixedClock(NOW + timedelta(minutes=1))
    secret = Secret(passphrase(folder))
    return opening.open_desk(folder, secret, clock, Ids(clock, secrets.token_bytes), NoKeyring())
