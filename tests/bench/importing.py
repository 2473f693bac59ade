"""Bringing in a folder of case files, against the same rows by raw SQL in a second encrypted store."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from tests.bench import places
from tests.bench.harness import Line, Sizes, compare, took, versus
from workbench.casework import importing as bringing

ENTRIES = 50
BATCH = 1_000
TABLES = ("cases", "versions", "arrivals", "passages", "due_rows", "finding_rows", "audit", "words", "names")
INDEXES = {"words": "rowid, text", "names": "rowid, name, case_id"}


def bring(sizes: Sizes, folder: Path) -> Iterator[Line]:
    """New files, a share of them each round; then the same files again, which are done already."""
    desk, floor = places.empty(folder / "bring"), places.empty(folder / "bring-raw")
    try:
        # The first round only warms, as everywhere.
        share = max(1, sizes.files // (sizes.rounds + 1))
        files = ((f"{n}.json", places.case_file(n, ENTRIES)) for n in range(1, sizes.files * 2 + 2))
        copied = _Copied(desk.store.connection, floor.store.connection)
        done: list[tuple[str, bytes]] = []

        def new() -> float:
            done[:] = islice(files, share)
            return took(lambda: [bringing.bring(desk, data, name) for name, data in done])

        def again() -> float:
            return took(lambda: [bringing.bring(desk, data, name) for name, data in done])

        found = compare(new, copied.write, sizes.rounds)
        note = f"{share * ENTRIES / found[0].median:,.0f} entries a second"
        what = f"import {share} files of {ENTRIES} entries"
        yield versus(what, "the same rows, raw SQL, 1,000 a transaction", found, ratio=6, note=note)
        found = compare(again, new, sizes.rounds)
        yield versus(f"import {share} files again: done, skipped", "bringing in as many new ones", found)
    finally:
        desk.close()
        floor.close()


class _Copied:
    """Writes what the subject wrote since the last time into another store, by raw SQL."""

    def __init__(self, source: Any, target: Any) -> None:
        self._source = source
        self._target = target
        self._last = dict.fromkeys(TABLES, 0)
        for table in TABLES:
            self._fresh(table)

    def write(self) -> float:
        rows = {table: self._fresh(table) for table in TABLES}
        return took(lambda: self._write(rows))

    def _fresh(self, table: str) -> list[tuple[Any, ...]]:
        columns = INDEXES.get(table, "*")
        query = f"SELECT rowid, {columns} FROM {table} WHERE rowid > ? ORDER BY rowid"
        found = self._source.execute(query, (self._last[table],)).fetchall()
        self._last[table] = max((row[0] for row in found), default=self._last[table])
        return [row[1:] for row in found]

    def _write(self, rows: dict[str, list[tuple[Any, ...]]]) -> None:
        for table, found in rows.items():
            columns = f" ({INDEXES[table]})" if table in INDEXES else ""
            for first in range(0, len(found), BATCH):
                marks = ",".join("?" * len(found[first]))
                self._target.execute("BEGIN IMMEDIATE")
                self._target.executemany(
                    f"INSERT INTO {table}{columns} VALUES ({marks})", found[first : first + BATCH]
                )
                self._target.execute("COMMIT")
