"""Kills at random moments: what was acknowledged is there afterwards, and nothing is half written.

python -m tests.store.kills 200 [SEED]
"""

from __future__ import annotations

import os
import random
import select
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

from tests.conftest import PASSPHRASE, Stores, case_file
from workbench.casework import guarding, importing, recording
from workbench.casework.desk import Desk
from workbench.casework.opening import Secret
from workbench.store import drafts

Say = Callable[[str], None]
LONGEST = 0.4


def work(stores: Stores, say: Say) -> None:
    """Records entries and keeps answers of a draft, one after another."""
    desk = stores.open("store")
    case = desk.store.cases()[0].case
    draft = recording.begin_draft(desk, case, "rosh")
    say(f"draft {draft} begun")
    for n in range(10_000):
        session = recording.start(desk, case, "contact")
        session.restore(
            {
                "on": "2026-03-10T08:00:00Z",
                "how": "phone",
                "outcome": "did-not-attend",
                "note": f"Entry {n}. " * 20,
            }
        )
        say(f"version {recording.sign(desk, case, session).version}")
        recording.keep_answer(desk, draft, "who", f"answer {n}")
        say(f"answer {draft} {n}")


def backups(stores: Stores, say: Say) -> None:
    """Backs up again and again between entries."""
    desk = stores.open("store")
    for _ in range(1000):
        _one(desk, say)
        guarding.back_up(desk, stores.folder / "backups")


def rebuilding(stores: Stores, say: Say) -> None:
    """Makes lists and index anew between entries."""
    desk = stores.open("store")
    for _ in range(1000):
        _one(desk, say)
        guarding.rebuild(desk)


def checkpoints(stores: Stores, say: Say) -> None:
    """Folds the log into the database between entries."""
    desk = stores.open("store")
    for _ in range(1000):
        _one(desk, say)
        desk.store.truncate()


def imports(stores: Stores, say: Say) -> None:
    """Brings in one case file after another."""
    desk = stores.open("store")
    for n in range(1000):
        brought = importing.bring(desk, case_file(f"X5{n:05d}"), "case.json")
        for version in desk.case(brought.case).versions():
            say(f"version {version.id}")


def making(stores: Stores, say: Say) -> None:
    """Makes stores: the first migration is one step, there or not."""
    for n in range(1000):
        stores.make(f"made-{n}-{os.getpid()}")
        say(f"made made-{n}-{os.getpid()}")


PHASES = (work, backups, rebuilding, checkpoints, imports, making)


def _one(desk: Desk, say: Say) -> None:
    case = desk.store.cases()[0].case
    session = recording.start(desk, case, "contact")
    session.restore({"on": "2026-03-10T08:00:00Z", "how": "phone", "outcome": "did-not-attend"})
    say(f"version {recording.sign(desk, case, session).version}")


def kill_one(stores: Stores, phase: Callable[[Stores, Say], None], after: float) -> list[str]:
    """Runs a phase in a child, kills it `after` seconds, and gives every line it had acknowledged."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        try:
            phase(stores, lambda line: os.write(writing, f"{line}\n".encode()) and None)
        finally:
            os._exit(1)
    os.close(writing)
    # The clock starts with the first acknowledged line, so that a kill hits the work and not the start.
    select.select([reading], [], [], 30)
    time.sleep(after)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    with os.fdopen(reading, "rb") as pipe:
        data = pipe.read().decode()
    return data.split("\n")[:-1]


def faults_after(stores: Stores, lines: list[str]) -> list[str]:
    """What is missing or wrong once the store is opened again."""
    desk = stores.open("store", Secret(PASSPHRASE))
    try:
        wrong = [f"{check.check}: {check.says}" for check in guarding.verify(desk) if not check.ok]
        held = {draft.draft: draft for draft in drafts.held(desk.store.connection)}
        last: dict[str, int] = {}
        for line in lines:
            kind, name, *rest = line.split()
            if kind == "version" and desk.store.version(name) is None:
                wrong.append(f"lost {line}")
            elif kind == "answer":
                last[name] = int(rest[0])
            elif kind == "made":
                stores.open(name).close()
        for draft, n in last.items():
            kept = str(held[draft].answers.get("who", "answer -1")) if draft in held else "answer -1"
            if int(kept.split()[1]) < n:
                wrong.append(f"lost answer {n} of a draft")
        return wrong
    finally:
        desk.store.close()


def kills(folder: Path, count: int, seed: int) -> list[str]:
    """So many kills, spread over every phase; gives what was lost or broken."""
    chance = random.Random(seed)
    stores = Stores(folder)
    desk = stores.desk("store")
    recording.new_case(
        desk,
        {
            "crn": "X100001",
            "name": "Gwyn Sample",
            "born": "1980-02-01",
            "taken_on": "2026-03-10",
            "officer": "Ann Example",
        },
    )
    desk.close()
    wrong: list[str] = []
    for n in range(count):
        lines = kill_one(stores, PHASES[n % len(PHASES)], chance.uniform(0, LONGEST))
        assert lines, "the child acknowledged nothing"
        wrong += faults_after(stores, lines)
    return wrong


if __name__ == "__main__":
    import tempfile

    number = int(sys.argv[1])
    started = int(sys.argv[2]) if len(sys.argv) > 2 else random.randrange(10**6)
    print(f"seed {started}", flush=True)
    with tempfile.TemporaryDirectory() as place:
        os.environ["XDG_STATE_HOME"] = place
        found = kills(Path(place), number, started)
    print("\n".join(found) or f"{number} kills, nothing lost, every check clean")
    sys.exit(1 if found else 0)
