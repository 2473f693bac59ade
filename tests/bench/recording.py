"""Recording and keeping drafts, against the same rows by raw SQL on the same encrypted file."""

from __future__ import annotations

import random
import uuid
from collections.abc import Iterator
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any

from tests.bench import places
from tests.bench.harness import Line, Sizes, compare, took, versus
from workbench.casework import recording
from workbench.casework.desk import Desk

SHADOW = "00000000-0000-7000-8000-00000000f100"


def record(sizes: Sizes, folder: Path) -> Iterator[Line]:
    """A contact of 240 words signed on a case of the sample; the floor writes what it wrote."""
    desk = places.caseload(folder / "record", sizes.cases)
    try:
        bench = _Recorded(desk, places.fullest(desk))
        for name, sign in (("", bench.sign), (", nothing worked out before", bench.sign_cold)):
            found = compare(sign, bench.write_raw, sizes.rounds * 5)
            note = f"case of {len(desk.case(bench.case).entries)} entries, {bench.changed} result rows"
            yield versus(
                f"record an entry of 240 words{name}",
                "the same rows, raw SQL",
                found,
                ratio=2,
                ms=20,
                note=note,
            )
    finally:
        desk.close()


class _Recorded:
    """Signs a contact; and writes the rows that this changed again, under the name of another case."""

    def __init__(self, desk: Desk, case: str) -> None:
        self.case = case
        self.changed = 0
        self._desk = desk
        self._sql = desk.store.connection
        self._note = places.text(random.Random(1), 240)
        self._seq = 0
        self._rows: dict[str, list[Any]] = {}

    def sign(self) -> float:
        """As the window does: the case is worked out while somebody still writes."""
        return self._sign(ready=True)

    def sign_cold(self) -> float:
        return self._sign(ready=False)

    def _sign(self, *, ready: bool) -> float:
        desk = self._desk
        desk.clock.move(timedelta(hours=26))  # type: ignore[attr-defined]
        session = recording.start(desk, self.case, "contact")
        session.restore(places.contact(desk.now, self._note))
        if ready:
            desk.outcome(desk.case(self.case))
        before = self._results()
        seconds = took(lambda: recording.sign(desk, self.case, session))
        after = self._results()
        self._rows = {
            "due": sorted(after["due"] - before["due"]),
            "found": sorted(after["found"] - before["found"]),
            "version": self._one(
                "SELECT entry, act, form, on_, at, header, content, signature FROM versions ORDER BY n DESC"
            ),
            "arrival": self._one("SELECT received_at, how FROM arrivals ORDER BY n DESC"),
            "passage": self._one(
                "SELECT entry, version, form, on_, marks, superseded, text FROM passages "
                "JOIN words ON words.rowid = passages.n ORDER BY n DESC"
            ),
            "case": self._one("SELECT crn, name, officer, next_due, stale_on FROM cases WHERE case_id = ?1"),
            "audit": self._one(
                "SELECT at, who, what, why, detail, hash FROM audit WHERE case_id = ?1 ORDER BY seq DESC"
            ),
        }
        self.changed = len(self._rows["due"]) + len(self._rows["found"])
        return seconds

    def _results(self) -> dict[str, set[tuple[Any, ...]]]:
        """Every row that follows from the record of the case: n and case first, then what it says."""
        due = self._sql.execute("SELECT * FROM due_rows WHERE case_id = ?", (self.case,))
        found = self._sql.execute("SELECT * FROM finding_rows WHERE case_id = ?", (self.case,))
        return {"due": set(due.fetchall()), "found": set(found.fetchall())}

    def _one(self, sql: str) -> list[Any]:
        values = (self.case,) if "?1" in sql else ()
        return list(self._sql.execute(f"{sql} LIMIT 1", values).fetchone())

    def write_raw(self) -> float:
        self._seq += 1
        return took(self._write_raw)

    def _write_raw(self) -> None:
        run, rows, id = self._sql.execute, self._rows, str(uuid.uuid4())
        run("BEGIN IMMEDIATE")
        entry, act, form, on, at, header, content, signature = rows["version"]
        run(
            "INSERT INTO versions VALUES (NULL,?,?,?,?,?,?,?,?,?,?,?,?)",
            (id, SHADOW, entry, act, form, on, at, "shadow", self._seq, header, content, signature),
        )
        run("INSERT INTO arrivals VALUES (NULL,?,?,?)", (id, *rows["arrival"]))
        *columns, words = rows["passage"]
        n = run("INSERT INTO passages VALUES (NULL,?,?,?,?,?,?,?)", (SHADOW, *columns)).lastrowid
        run("INSERT INTO words (rowid, text) VALUES (?,?)", (n, words))
        run(
            "UPDATE cases SET crn = ?, name = ?, officer = ?, next_due = ?, stale_on = ? WHERE case_id = ?",
            (*rows["case"], self.case),
        )
        for table, kind in (("due_rows", "due"), ("finding_rows", "found")):
            for _, _, *values in rows[kind]:
                marks = ",".join("?" * len(values))
                run(f"INSERT OR REPLACE INTO {table} VALUES (NULL,?,{marks})", (SHADOW, *values))
        at, who, what, why, detail, digest = rows["audit"]
        run(
            "INSERT INTO audit VALUES (?,?,?,?,?,?,?,?,?)",
            (self._seq, "shadow", at, who, what, SHADOW, why, detail, digest),
        )
        run("COMMIT")


def autosave(sizes: Sizes, folder: Path) -> Iterator[Line]:
    """One answer of a draft kept as typed, against a commit of one row."""
    desk = places.caseload(folder / "autosave", min(sizes.cases, 2))
    try:
        draft = recording.begin_draft(desk, places.fullest(desk), "contact")
        words = places.text(random.Random(2), 100)
        sql = desk.store.connection
        sql.execute("INSERT INTO meta VALUES ('bench', x'00')")
        # Another text each time: the engine writes nothing where the bytes stay the same.
        typed = (f"{words} {number}" for number in count())

        def keep() -> None:
            recording.keep_answer(desk, draft, "note", next(typed))

        def commit() -> None:
            sql.execute("BEGIN IMMEDIATE")
            sql.execute("UPDATE meta SET value = ? WHERE key = 'bench'", (next(typed).encode(),))
            sql.execute("COMMIT")

        found = compare(lambda: took(keep, 5), lambda: took(commit, 5), sizes.rounds * 5)
        yield versus("autosave of one answer", "a commit of one row", found, ratio=2)
    finally:
        desk.close()
