"""What encryption costs: the same engine and tables on an encrypted and a plain file, one process each."""

from __future__ import annotations

import multiprocessing
import random
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Self

from sqlcipher3 import dbapi2

from tests.bench import places
from tests.bench.harness import Line, Sizes, Spread, compare, took, versus
from workbench.store import migrations
from workbench.store.driver import CACHE_KIB

KEY = "11" * 32
CASE_ENTRIES = 50
BATCH = 1_000


def encryption(sizes: Sizes, folder: Path) -> Iterator[Line]:
    """One case's history with a warm reader cache, one version by id, and a bulk insert; then the sizes."""
    with (
        _Side(folder / "sealed.db", KEY, sizes.rows) as sealed,
        _Side(folder / "plain.db", "", sizes.rows) as plain,
    ):
        for job, what, ratio in (
            ("history", "encrypted: history of a case, cache warm", 2.0),
            ("point", "encrypted: one version by id", 2.5),
            ("insert", f"encrypted: insert {sizes.rows:,} versions", 1.6),
        ):
            found = compare(lambda job=job: sealed.ask(job), lambda job=job: plain.ask(job), sizes.rounds)
            yield versus(what, "plain, same engine", found, ratio=ratio)
    large, small = ((folder / name).stat().st_size for name in ("sealed.db", "plain.db"))
    size, ratio = large / 1024**2, large / small
    took_ = Spread(size, size, size)
    yield Line(
        "encrypted: size of the file", "plain, same engine", took_, "MB", Spread(ratio, ratio, ratio), 1.1
    )


class _Side:
    """One file in a process of its own, which answers with the seconds a job took."""

    def __init__(self, path: Path, key: str, rows: int) -> None:
        spawn = multiprocessing.get_context("spawn")
        self._here, there = spawn.Pipe()
        self._process = spawn.Process(target=_serve, args=(there, str(path), key, rows), daemon=True)
        self._process.start()
        there.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._here.send("end")
        self._process.join()
        self._here.close()

    def ask(self, job: str) -> float:
        self._here.send(job)
        return float(self._here.recv())


def _serve(pipe: Connection, path: str, key: str, rows: int) -> None:
    """What each process does: fills its file, then times what it is asked for."""
    versions = _versions(rows)
    reader = _open(path, key)
    _insert(reader, versions)
    chance = random.Random(5)
    cases = max(1, rows // CASE_ENTRIES)
    ids = [row[0] for row in versions]
    while (job := pipe.recv()) != "end":
        if job == "history":
            wanted = [f"case-{chance.randrange(cases)}" for _ in range(200)]
            pipe.send(_each(lambda one: _history(reader, one), wanted))
        elif job == "point":
            wanted = [chance.choice(ids) for _ in range(1000)]
            pipe.send(_each(lambda one: _point(reader, one), wanted))
        else:
            pipe.send(_inserted(f"{path}-more", key, versions))
    reader.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    reader.close()


def _each(do: Callable[[str], object], wanted: list[str]) -> float:
    return took(lambda: [do(one) for one in wanted]) / len(wanted)


def _inserted(path: str, key: str, versions: list[tuple[Any, ...]]) -> float:
    """The seconds that a bulk insert into a new file takes."""
    other = _open(path, key)
    seconds = took(lambda: _insert(other, versions))
    other.close()
    Path(path).unlink()
    return seconds


def _open(path: str, key: str) -> Any:
    """The store's own settings and tables, with a key or without."""
    connection = dbapi2.connect(path, isolation_level=None)
    if key:
        connection.execute(f"PRAGMA key = \"x'{key}'\"")
    for pragma in ("temp_store = MEMORY", "secure_delete = ON", f"cache_size = -{CACHE_KIB}"):
        connection.execute(f"PRAGMA {pragma}")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    for statement in migrations._FIRST.split(";\n"):
        connection.execute(statement)
    return connection


def _versions(rows: int) -> list[tuple[Any, ...]]:
    """Rows of every case in turn, so that a case lies scattered over the file."""
    chance = random.Random(4)
    cases = max(1, rows // CASE_ENTRIES)
    return [
        (
            f"{chance.getrandbits(128):032x}",
            f"case-{n % cases}",
            f"entry-{n}",
            chance.randbytes(200).hex().encode(),
            places.text(chance, 60).encode(),
            chance.randbytes(64),
            n,
        )
        for n in range(rows)
    ]


def _insert(connection: Any, versions: list[tuple[Any, ...]]) -> None:
    for first in range(0, len(versions), BATCH):
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany(
            "INSERT INTO versions (id, case_id, entry, act, form, on_, at, device, seq, header, content, signature) "
            "VALUES (?1,?2,?3,'record','contact','2026-03-01','2026-03-01T09:00:00Z','device',?7,?4,?5,?6)",
            versions[first : first + BATCH],
        )
        connection.execute("COMMIT")


def _history(connection: Any, case: str) -> object:
    query = "SELECT header, content, signature FROM versions WHERE case_id = ? ORDER BY n DESC LIMIT 20"
    return connection.execute(query, (case,)).fetchall()


def _point(connection: Any, id: str) -> object:
    return connection.execute(
        "SELECT header, content, signature FROM versions WHERE id = ?", (id,)
    ).fetchone()
