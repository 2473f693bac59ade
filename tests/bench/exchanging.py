"""Oversight over a whole team, and a colleague's bundle merged, each against its rows by raw SQL."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from tests.bench import places
from tests.bench.harness import Line, Sizes, compare, took, versus
from tests.casework.meeting import meet
from tests.conftest import Stores
from workbench.casework import overseeing, receiving, recording, sample, sending, stories
from workbench.casework.desk import Desk
from workbench.clock import FixedClock, day_of
from workbench.models.ids import Ids
from workbench.models.records import to_sign
from workbench.security.signing import holds
from workbench.store.driver import connect

ENTRIES = 1000


def oversight(sizes: Sizes, folder: Path) -> Iterator[Line]:
    """What waits for an SPO over the whole team, read, against the same rows by raw SQL."""
    clock = FixedClock(places.NOW)
    tellers = stories.tellers(sizes.team)
    today = day_of(places.NOW)
    sample.make(folder / "team", clock, Ids(clock, secrets.token_bytes), tellers, role="spo", today=today)
    desk = places.reopened(folder / "team")
    # The floor keeps pages of its own: on one connection each would push out what the other read.
    sql = connect(desk.store.folder.database, desk.data_key)
    countersigned = [form.form for form in desk.library.latest() if "spo" in form.countersigned_by]
    places_ = ",".join("?" * len(countersigned))

    def raw() -> None:
        sql.execute("SELECT * FROM cases").fetchall()
        sql.execute("SELECT data FROM due_rows WHERE since <= ?", (today.isoformat(),)).fetchall()
        sql.execute(f"SELECT header FROM versions WHERE form IN ({places_})", countersigned).fetchall()

    try:
        found = compare(lambda: took(lambda: overseeing.team(desk)), lambda: took(raw), sizes.rounds)
        note = f"{sizes.team} cases"
        yield versus("oversight of a team, read", "its rows by raw SQL", found, ratio=2, ms=150, note=note)
    finally:
        sql.close()
        desk.close()


def merge(sizes: Sizes, folder: Path) -> Iterator[Line]:
    """A bundle merged into a store, against the same rows inserted and as many signatures checked; and again."""
    stores = Stores(folder)
    count = max(1, ENTRIES * sizes.rounds // 7)
    try:
        ann = stores.desk("ann")
        case = _written(ann, count)
        once, again = _Merged(ann, stores, case), _Merged(ann, stores, case)
        rounds = min(sizes.rounds, 3)
        found = compare(once.fresh, once.raw, rounds)
        what = f"merge a bundle of {count:,} entries"
        yield versus(what, "the rows, and the signatures checked, raw", found, ratio=2)
        again.fresh()
        found = compare(again.repeated, again.raw, rounds)
        yield versus(f"{what} that is here already", "the same", found, ratio=0.3)
    finally:
        stores.close()


class _Merged:
    """A case of one store, merged into others made for it."""

    def __init__(self, ann: Desk, stores: Stores, case: str) -> None:
        self._ann, self._stores, self._case = ann, stores, case
        self._made = 0
        self._there: Desk | None = None
        self._data = b""

    def fresh(self) -> float:
        """Into a store that knows nothing of the case."""
        self._made += 1
        name = f"{id(self)}-{self._made}"
        self._there = self._stores.desk(name, person=f"Bo {name}")
        # Somebody worked in it before: forms and rule books are read.
        _written(self._there, 1)
        meet(self._ann, self._there)
        self._data = sending.bundle(self._ann, self._case, self._there.device.card.sha256()).data
        return self.repeated()

    def repeated(self) -> float:
        """Into the store it went to last."""
        there = self._there
        assert there is not None
        return took(lambda: receiving.receive(there, self._data))

    def raw(self) -> float:
        there = self._there
        assert there is not None
        versions = [version for version in self._ann.store.versions(self._case) if not version.brought]
        signs = self._ann.device.card.signs
        rows = [
            (str(uuid.uuid4()), "raw", v.header.entry, v.act, v.header.form[0], v.header.on, v.header.at,
             "raw", n + self._made * 10_000_000, v.header_bytes, v.content_bytes, v.signature)
            for n, v in enumerate(versions)
        ]  # fmt: skip
        sql = there.store.connection

        def write() -> None:
            for version in versions:
                assert holds(signs, to_sign(version.header_bytes), version.signature)
            sql.execute("BEGIN IMMEDIATE")
            sql.executemany("INSERT INTO versions VALUES (NULL,?,?,?,?,?,?,?,?,?,?,?,?)", rows)
            sql.execute("COMMIT")

        seconds = took(write)
        sql.execute("DELETE FROM versions WHERE case_id = 'raw'")
        return seconds


def _written(desk: Desk, count: int) -> str:
    """A case of so many contacts."""
    answers = {
        "crn": "X100001",
        "name": "Gwyn Sample",
        "born": "1980-02-01",
        "taken_on": "2026-03-02",
        "officer": "Ann",
    }
    case = recording.new_case(desk, answers).case
    for _ in range(count):
        desk.clock.move(timedelta(minutes=20))  # type: ignore[attr-defined]
        session = recording.start(desk, case, "contact")
        session.restore(places.contact(desk.now, "Came on time; the week was quiet."))
        recording.sign(desk, case, session)
    return case
