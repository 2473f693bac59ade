"""Starting and unlocking: a command's whole process, what it must not load, and the passphrase."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import argon2.low_level

from tests.bench import places
from tests.bench.harness import Line, Sizes, Spread, compare, took, versus
from tests.conftest import PASSPHRASE
from workbench.casework import opening as doors
from workbench.casework.opening import Secret
from workbench.security.keyring import NoKeyring
from workbench.security.keys import STRONG

ROOT = Path(__file__).resolve().parents[2]
# What only some commands need, and no start may wait for.
HEAVY = (
    "reportlab",
    "jinja2",
    "sqlite_utils",
    "pikepdf",
    "docx",
    "pypdf",
    "pypdfium2",
    "lxml",
    "keyring",
    "PIL",
)
GUARD = (
    "import json, sys\n"
    "from workbench.cli.main import main\n"
    "code = main(sys.argv[2:])\n"
    "print(json.dumps([code, [name for name in sys.argv[1].split(',') if name in sys.modules]]))\n"
)


def start(sizes: Sizes, folder: Path) -> Iterator[Line]:
    """`workbench cases` as a process of its own, against Python doing nothing; and what it loads."""
    store = folder / "sample"
    places.caseload(store, sizes.cases).close()
    command = ["cases", "--store", str(store)]

    def cases() -> float:
        return took(lambda: _python("-m", "workbench", *command))

    def bare() -> float:
        return took(lambda: _python("-c", "pass"))

    yield versus("start: 'workbench cases'", "python -c pass", compare(cases, bare, sizes.rounds))
    told = _python("-c", GUARD, ",".join(HEAVY), *command).splitlines()[-1]
    code, loaded = json.loads(told)
    assert code == 0
    count = Spread(len(loaded), len(loaded), len(loaded))
    note = f"loads {', '.join(loaded)}" if loaded else ""
    yield Line("start: libraries it must not load", took=count, unit="loaded", may_take=0, note=note)


def unlock(sizes: Sizes, folder: Path) -> Iterator[Line]:
    """From the passphrase to an open desk, against Argon2id itself."""
    store = folder / "locked"
    strength = STRONG if sizes.rounds > 1 else (8, 1, 1)
    desk = places.empty(store, strength)
    clock, ids = desk.clock, desk.ids
    desk.close()

    def unlocked() -> float:
        opened: list[doors.Desk] = []
        seconds = took(
            lambda: opened.append(doors.open_desk(store, Secret(PASSPHRASE), clock, ids, NoKeyring()))
        )
        opened[0].close()
        return seconds

    def argon() -> float:
        return took(lambda: _argon2id(*strength))

    yield versus("unlock", "Argon2id itself", compare(unlocked, argon, sizes.rounds), ratio=1.2)


def _argon2id(memory: int, passes: int, lanes: int) -> bytes:
    return argon2.low_level.hash_secret_raw(
        PASSPHRASE.encode(), b"0" * 16, passes, memory, lanes, 32, argon2.low_level.Type.ID
    )


def _python(*arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, env=os.environ, check=True, capture_output=True, text=True
    )
    return done.stdout
