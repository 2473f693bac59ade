"""Kills a program at work, again and again: what it said was kept must be there.

`python -m tests.store.kills 200` does it 200 times and prints its seed; a second number is the seed to repeat.
"""

from __future__ import annotations

import os
import random
import secrets
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from tests.conftest import NOW, PASSPHRASE, QUICK, case_file
from workbench.casework import guarding, importing, opening, reading, recording
from workbench.casework.desk import Desk
from workbench.casework.opening import Secret
from workbench.clock import FixedClock
from workbench.models.ids import Ids
from workbench.security.keyring import NoKeyring
from workbench.store import backup, drafts, search
from workbench.store.folder import About, Folder
from workbench.store.store import Store

KEY = bytes(range(32))
CONTACT = {
    "on": "2026-03-03T10:00:00Z",
    "how": "phone",
    "outcome": "attended",
    "seen_by": "responsible-officer",
}
# A store is used for so many kills, then a new one is made: a check reads all of it.
KILLS_A_STORE = 10
Say = Callable[..., None]


class Bench:
    """Where the killed program works: one store at a time, in a folder with a home of its own."""

    def __init__(self, folder: Path, chance: random.Random) -> None:
        self.folder = folder
        self.chance = chance
        self.clock = FixedClock(NOW)
        self.number = 0
        self.case = ""
        for name in ("XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "HOME"):
            os.environ[name] = str(folder / "home")

    @property
    def store(self) -> Path:
        """The store in use."""
        return self.folder / f"store-{self.number}"

    @property
    def backups(self) -> Path:
        """Where its backups go."""
        return self.folder / f"backups-{self.number}"

    def ids(self) -> Ids:
        """Ids of one process."""
        return Ids(self.clock, secrets.token_bytes)

    def renew(self) -> None:
        """Another new store with one case."""
        shutil.rmtree(self.store, ignore_errors=True)
        shutil.rmtree(self.backups, ignore_errors=True)
        self.number += 1
        opening.make(
            self.store,
            "Ann Example",
            "practitioner",
            PASSPHRASE,
            self.clock,
            self.ids(),
            NoKeyring(),
            strength=QUICK,
        )
        desk = self.open()
        answers = {"crn": "X100001", "name": "Gwyn Sample", "born": "1980-02-01", "officer": "Ann Example"}
        self.case = recording.new_case(desk, {**answers, "taken_on": "2026-03-10"}).case
        desk.close()

    def open(self) -> Desk:
        """The desk over it."""
        return opening.open_desk(self.store, Secret(PASSPHRASE), self.clock, self.ids(), NoKeyring())


# What the program is at when it is killed; each says what it was told is kept


def work(bench: Bench, desk: Desk, say: Say) -> None:
    """Records entries, and keeps the answers of a draft between them."""
    draft = recording.begin_draft(desk, bench.case, "rosh")
    for n in range(10_000):
        recording.keep_answer(desk, draft, "who", f"{n}")
        say("draft", draft, n)
        session = recording.start(desk, bench.case, "contact")
        session.restore({**CONTACT, "note": f"Spoke about work and home, {n}."})
        say("version", recording.sign(desk, bench.case, session).version)


def fold_back(bench: Bench, desk: Desk, say: Say) -> None:
    """Records, and folds the log back into the database after each."""
    for n in range(10_000):
        session = recording.start(desk, bench.case, "contact")
        session.restore({**CONTACT, "note": f"Spoke about family, {n}."})
        say("version", recording.sign(desk, bench.case, session).version)
        desk.store.truncate()


def index(bench: Bench, desk: Desk, say: Say) -> None:
    """Makes the index of words anew, over and over."""
    while True:
        search.rebuild(desk.store.connection)
        say("rebuilt")


def back_up(bench: Bench, desk: Desk, say: Say) -> None:
    """Makes backups, a day apart."""
    from datetime import timedelta

    while True:
        bench.clock.move(timedelta(days=1))
        say("backup", guarding.back_up(desk, bench.backups).name)


def bring(bench: Bench, desk: Desk, say: Say) -> None:
    """Brings in case files."""
    while True:
        name = f"X{secrets.randbelow(10**9):09d}"
        brought = importing.bring(desk, case_file(name), "case.json")
        say("case", brought.case, brought.new)


AT_WORK = (work, fold_back, index, back_up, bring)


def kill_at_work(bench: Bench, job: Callable[[Bench, Desk, Say], None]) -> list[list[str]]:
    """What a program said before it was killed at this job."""

    def child(say: Say) -> None:
        desk = bench.open()
        say("ready")
        job(bench, desk, say)

    # Now and then it dies while it opens the store.
    return killed(child, bench.chance.uniform(0, 0.4), wait=bench.chance.random() < 0.8)


def killed(child: Callable[[Say], None], after: float, *, wait: bool) -> list[list[str]]:
    """Runs a child process and kills it so many seconds after it began, or after its first word."""
    reader, writer = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(reader)
        try:
            child(lambda *words: os.write(writer, (" ".join(map(str, words)) + "\n").encode()))
        except BaseException as error:
            os.write(writer, f"fault {type(error).__name__}\n".encode())
        finally:
            os._exit(1)
    os.close(writer)
    first = os.read(reader, 1_000_000) if wait else b""
    time.sleep(after)
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    with os.fdopen(reader, "rb") as pipe:
        said = (first + pipe.read()).decode()
    return [line.split() for line in said.splitlines()]


# What must be so afterwards


def check(bench: Bench, said: list[list[str]]) -> None:
    """Everything that was said to be kept is kept, and the store is whole."""
    assert not any(words[0] == "fault" for words in said), said[-1]
    desk = bench.open()
    try:
        _check_kept(bench, desk, said)
        checks = guarding.verify(desk)
        assert all(row.ok for row in checks), checks
    finally:
        desk.close()


def whole(place: Path, desk: Desk) -> str:
    """What is wrong with a backup."""
    return backup.check(place, desk.data_key, guarding._signed_by)


def _check_kept(bench: Bench, desk: Desk, said: list[list[str]]) -> None:
    held = {draft.draft: draft.answers for draft in drafts.held(desk.store.connection)}
    recorded = 0
    for kind, *words in said:
        if kind == "version":
            assert desk.store.version(words[0]) is not None, words
            recorded += 1
        elif kind == "draft":
            assert int(held[words[0]]["who"]) >= int(words[1]), words
        elif kind == "case":
            assert len(desk.store.versions(words[0])) == int(words[1]) + 1, words
    assert len(reading.search(desk, "spoke")) >= min(recorded, 100)
    for row in desk.store.cases():
        if row.case != bench.case:
            assert len(desk.store.versions(row.case)) == 4, "a part of a file"
    # Older backups make room for newer ones; the last that was named is there, and none is a part of one.
    named = [words[0] for kind, *words in said if kind == "backup"][-1:]
    for name in {*named, *(place.name for place in bench.backups.glob("[!.]*"))}:
        assert whole(bench.backups / name, desk) == "", name


def kill_while_made(bench: Bench) -> None:
    """Kills a program while it lays out the tables of a new store; the next one finishes the work."""
    folder = Folder(bench.folder / f"made-{bench.chance.getrandbits(64):x}")
    folder.make(About("workbench-store/1", "5f000000-0000-4000-8000-000000000000", False, "test"), b"{}")

    def child(say: Say) -> None:
        Store.open(folder, KEY, "2026-03-10T09:00:00.000Z", create=True)
        time.sleep(1)

    killed(child, bench.chance.uniform(0, 0.03), wait=False)
    with Store.open(folder, KEY, "2026-03-10T09:00:00.000Z", create=True) as store:
        assert store.connection.execute("PRAGMA cipher_integrity_check").fetchall() == []
        assert store.cases() == ()
    shutil.rmtree(folder.path)


def run(count: int, seed: int, folder: Path) -> Counter[str]:
    """Kills so many times, and gives how much of what was said and found to be kept."""
    bench = Bench(folder, random.Random(seed))
    found: Counter[str] = Counter()
    for n in range(count):
        if n % KILLS_A_STORE == 0:
            bench.renew()
        if n % 8 == 7:
            kill_while_made(bench)
            found["made"] += 1
            continue
        said = kill_at_work(bench, AT_WORK[0] if n % 2 else AT_WORK[n // 2 % len(AT_WORK)])
        check(bench, said)
        found.update(words[0] for words in said)
    return found


def main() -> int:
    """The command line."""
    count = int(sys.argv[1])
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else secrets.randbits(32)
    print(f"seed {seed}", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        found = run(count, seed, Path(folder))
    print(f"{count} kills: {dict(found)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
