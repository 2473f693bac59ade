"""Damages a store's files, again and again: never a wrong row is shown.

`python -m tests.store.corruptions 500` does it 500 times and prints its seed; a second number is the seed to repeat.
"""

from __future__ import annotations

import os
import random
import secrets
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.conftest import NOW, PASSPHRASE, QUICK, case_file
from workbench import settings
from workbench.casework import importing, opening, reading
from workbench.casework.desk import Desk
from workbench.casework.opening import Secret
from workbench.clock import FixedClock
from workbench.errors import Expected
from workbench.models.ids import Ids
from workbench.security.keyring import NoKeyring
from workbench.store import anchor

PAGE = 4096
FILES = ("case.db", "case.db-wal", "case.db-shm")
Damage = Callable[[random.Random, bytearray], None]


class Bench:
    """A store whose files are put back whole before each damage."""

    def __init__(self, folder: Path) -> None:
        self.clock = FixedClock(NOW)
        self.store = folder / "store"
        opening.make(
            self.store,
            "Ann Example",
            "practitioner",
            PASSPHRASE,
            self.clock,
            self._ids(),
            NoKeyring(),
            strength=QUICK,
        )
        desk = self.open()
        for n in range(4):
            importing.bring(desk, case_file(f"X20000{n}"), "case.json")
        desk.close()
        desk = self.open()
        importing.bring(desk, case_file("X300003"), "case.json")
        desk.anchor()
        # As a crash leaves them: what came last stands in the log beside the database.
        self.whole = {name: (self.store / name).read_bytes() for name in FILES}
        self.anchor = anchor.file_of(settings.anchors_folder(), desk.about.store)
        self.anchored = self.anchor.read_bytes()
        self.truth = shown(desk)
        desk.store.close()

    def _ids(self) -> Ids:
        return Ids(self.clock, secrets.token_bytes)

    def open(self) -> Desk:
        """The desk over it."""
        return opening.open_desk(self.store, Secret(PASSPHRASE), self.clock, self._ids(), NoKeyring())

    def put_back(self) -> None:
        """Writes every file as it was, in its place, and what this computer last saw."""
        for name, data in self.whole.items():
            self.write(name, data)
        self.anchor.write_bytes(self.anchored)

    def write(self, name: str, data: bytes) -> None:
        """Writes a file without making a new one: a copied folder is another matter."""
        with (self.store / name).open("r+b" if (self.store / name).exists() else "wb") as file:
            file.truncate()
            file.write(data)


def shown(desk: Desk) -> dict[str, Any]:
    """Everything that is shown of the record: cases, versions, facts, duties, words."""
    found: dict[str, Any] = {"cases": desk.store.cases(), "duties": list(desk.store.duties())}
    for row in desk.store.cases():
        versions = desk.store.versions(row.case)
        found[row.case] = [(one.header_bytes, one.content_bytes, one.signature) for one in versions]
        found[f"facts {row.case}"] = list(desk.case(row.case).facts("2026-03-10", desk.library.facts))
    found["words"] = [hit["version"] for hit in reading.search(desk, "allotment")]
    return found


def flip_bit(chance: random.Random, data: bytearray) -> None:
    """One bit."""
    data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)


def swap_pages(chance: random.Random, data: bytearray) -> None:
    """Two pages in each other's place."""
    one, other = (chance.randrange(len(data) // PAGE) * PAGE for _ in range(2))
    data[one : one + PAGE], data[other : other + PAGE] = data[other : other + PAGE], data[one : one + PAGE]


def repeat_page(chance: random.Random, data: bytearray) -> None:
    """One page over another."""
    one, other = (chance.randrange(len(data) // PAGE) * PAGE for _ in range(2))
    data[one : one + PAGE] = data[other : other + PAGE]


def blank_page(chance: random.Random, data: bytearray) -> None:
    """One page of noughts, as a disk that lost it gives."""
    one = chance.randrange(len(data) // PAGE) * PAGE
    data[one : one + PAGE] = bytes(PAGE)


def cut(chance: random.Random, data: bytearray) -> None:
    """The end of a file, at any byte or at a page."""
    place = chance.randrange(len(data))
    del data[place if chance.random() < 0.5 else place - place % PAGE :]


DAMAGES: tuple[Damage, ...] = (flip_bit, flip_bit, swap_pages, repeat_page, blank_page, cut)


def run(count: int, seed: int, folder: Path) -> Counter[str]:
    """Damages so many times, and gives what was told of it, by kind."""
    chance = random.Random(seed)
    bench = Bench(folder)
    found: Counter[str] = Counter()
    for _ in range(count):
        bench.put_back()
        name = chance.choice(FILES[:2])
        data = bytearray(bench.whole[name])
        chance.choice(DAMAGES)(chance, data)
        bench.write(name, bytes(data))
        found[_seen(bench)] += 1
    bench.put_back()
    assert _seen(bench) == "nothing was lost"
    return found


def _seen(bench: Bench) -> str:
    """What a person is told of the store as it lies there."""
    desk = None
    try:
        desk = bench.open()
        assert shown(desk) == bench.truth, "a wrong row is shown"
    except Expected as error:
        return getattr(error, "kind", type(error).__name__)
    finally:
        if desk is not None:
            desk.store.close()
    return "nothing was lost"


def main() -> int:
    """The command line."""
    count = int(sys.argv[1])
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else secrets.randbits(32)
    print(f"seed {seed}", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        for name in ("XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "HOME"):
            os.environ[name] = str(Path(folder) / "home")
        found = run(count, seed, Path(folder))
    print(f"{count} damages: {dict(found)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
