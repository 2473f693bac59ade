"""What every test stands on: its own home folder, the driver's alias first, and stores made quickly."""

from __future__ import annotations

import os
import secrets
import shutil
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

import workbench.store.driver  # noqa: F401 (before anything imports sqlite_utils)
from workbench.casework import opening, standings
from workbench.casework.desk import Desk
from workbench.casework.opening import Made, Secret
from workbench.clock import Clock, FixedClock
from workbench.exchange import papers
from workbench.models.ids import Ids
from workbench.models.vouching import WordsCompared
from workbench.security.keyring import NoKeyring
from workbench.security.signing import make_card, new_device_keys

settings.register_profile("workbench", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("workbench")

PASSPHRASE = "otter violin maple harbour seven lantern"
# Argon2id as cheap as it goes: what is tested is not its cost.
QUICK = (8, 1, 1)
NOW = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)

# The administrator whom every store of a test trusts: their word makes roles count.
ROOT_KEYS = new_device_keys(bytes(range(1, 65)))
ROOT = make_card(
    ROOT_KEYS,
    "0a000000-0000-4000-8000-0000000000ff",
    "Ada Admin",
    "administrator",
    "0d000000-0000-4000-8000-0000000000ff",
    "2025-01-01T09:00:00.000Z",
    None,
)


def vouch(desk: Desk, *others: Desk) -> None:
    """Lets the administrator vouch in a store for its own person, and for the persons of others."""
    cards = [each.device.card for each in (desk, *others)]
    vouchers = [
        papers.make_voucher(ROOT_KEYS, ROOT, card, vetted=False, from_=card.made[:10], until=None)
        for card in cards
    ]
    trusted = WordsCompared(ROOT.sha256(), "2026-01-01T09:00:00.000Z")
    # Logged as a check, so that tests of what is written and received see their own rows alone.
    standings.take(desk, (ROOT, *cards, trusted, *vouchers), what="verified")


@pytest.fixture(scope="session")
def qapp_args() -> list[str]:
    """Windows are drawn in the style that the program asks for."""
    return ["pytest", "-style", "Fusion"]


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all workers of this run share."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


@pytest.fixture(autouse=True)
def home(tmp_path: Path, shared: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home folder of this test's own: settings, state, anchors and logs lie there.

    What is read from the program's own data files is kept for the run: it names files by what they hold.
    """
    monkeypatch.setenv("XDG_CACHE_HOME", str(shared / "cache"))
    folder = tmp_path / "home"
    folder.mkdir()
    for name in ("XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"):
        monkeypatch.setenv(name, str(folder / name))
    monkeypatch.setenv("HOME", str(folder))
    return folder


class Stores:
    """Makes and opens stores for a test, and closes what it left open."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.clock = FixedClock(NOW)
        self.ids = Ids(self.clock, secrets.token_bytes)
        self._open: list[Desk] = []

    def make(
        self,
        name: str = "store",
        role: str = "practitioner",
        person: str = "Ann Example",
        *,
        sample: bool = False,
    ) -> Made:
        """A new store in a folder of this name."""
        return opening.make(
            self.folder / name,
            person,
            role,
            PASSPHRASE,
            self.clock,
            self.ids,
            NoKeyring(),
            sample=sample,
            strength=QUICK,
        )

    def open(
        self, name: str = "store", secret: Secret | None = None, clock: Clock | None = None, **how: object
    ) -> Desk:
        """The desk over a store."""
        desk = opening.open_desk(
            self.folder / name,
            secret or Secret(PASSPHRASE),
            clock or self.clock,
            self.ids,
            NoKeyring(),
            **how,
        )  # type: ignore[arg-type]
        self._open.append(desk)
        return desk

    def desk(
        self, name: str = "store", role: str = "practitioner", person: str = "Ann Example", **how: bool
    ) -> Desk:
        """A new store, open."""
        self.make(name, role, person, **how)
        desk = self.open(name)
        vouch(desk)
        return desk

    def close(self) -> None:
        """Closes what is still open."""
        for desk in self._open:
            desk.store.close()


@pytest.fixture
def stores(tmp_path: Path) -> Iterator[Stores]:
    """Stores of this test."""
    made = Stores(tmp_path)
    yield made
    made.close()


class Kept:
    """Sample stores, each made once in a run, whatever worker asks for it; whoever asks gets a copy."""

    def __init__(self, shared: Path, own: Path) -> None:
        self._shared = shared
        self._own = own
        self._copies = 0

    def copy(self, name: str, make: Callable[[Path], None]) -> Path:
        """A copy of the store of this name in a new folder; `make` makes it where it is not there yet."""
        made = self._shared / f"kept-{name}"
        while not made.exists():
            try:
                (self._shared / f"making-{name}").mkdir()
            except FileExistsError:
                time.sleep(0.1)
            else:
                self._make(made, make)
        self._copies += 1
        copy = self._own / f"{name}-{self._copies}"
        shutil.copytree(made, copy)
        return copy

    def _make(self, made: Path, make: Callable[[Path], None]) -> None:
        half = self._own / made.name
        with pytest.MonkeyPatch.context() as patch:
            for each in ("XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "HOME"):
                patch.setenv(each, str(self._own / "home"))
            make(half)
        half.rename(made)


@pytest.fixture(scope="session")
def kept(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Kept:
    """The sample stores of this run."""
    return Kept(shared, tmp_path_factory.mktemp("kept"))


@pytest.fixture
def desk(stores: Stores) -> Desk:
    """One new, open store of a practitioner."""
    return stores.desk()


@pytest.fixture
def registered(desk: Desk) -> Callable[..., str]:
    """Registers an invented person and gives the case id."""
    from workbench.casework import recording

    def register(crn: str = "X100001", name: str = "Gwyn Sample", **more: object) -> str:
        answers = {
            "crn": crn,
            "name": name,
            "born": "1980-02-01",
            "taken_on": "2026-03-02",
            "officer": "Ann Example",
            **more,
        }
        return recording.new_case(desk, answers).case

    return register


def case_file(crn: str = "X200002", **changes: object) -> bytes:
    """A small case file: a registration, a level and a contact, by an invented practitioner."""
    import json

    author = {"name": "Kim Example", "role": "practitioner"}
    entries = [
        {
            "id": "reg",
            "form": "registration",
            "version": 1,
            "at": "2025-02-01T09:00:00Z",
            "author": author,
            "status": "signed",
            "answers": {
                "taken_on": "2025-02-01",
                "name": "Gwyn Sample",
                "crn": crn,
                "born": "1980-02-01",
                "officer": "Kim Example",
            },
        },
        {
            "id": "level",
            "form": "rosh",
            "version": 1,
            "at": "2025-02-03T09:00:00Z",
            "author": author,
            "status": "signed",
            "answers": {
                "on": "2025-02-03",
                "children": "high",
                "public": "low",
                "known_adult": "low",
                "staff": "low",
                "overall": "high",
                "who": "Children known to the family.",
            },
        },
        {
            "id": "meeting",
            "form": "contact",
            "version": 1,
            "on": "2025-03-03T10:00:00Z",
            "at": "2025-03-05T10:14:22Z",
            "author": author,
            "status": "signed",
            "answers": {
                "on": "2025-03-03T10:00:00Z",
                "how": "face-to-face",
                "outcome": "attended",
                "seen_by": "responsible-officer",
                "note": "Spoke of the Zanzibarword allotment.",
            },
        },
    ]
    file: dict[str, object] = {"format": "workbench-case/1", "case": {"crn": crn}, "entries": entries}
    file.update(changes)
    return json.dumps(file).encode()


@pytest.fixture
def make_file() -> Callable[..., bytes]:
    """Builds small case files."""
    return case_file
