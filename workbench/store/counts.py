"""How much a store holds, for the person it belongs to."""

from __future__ import annotations

import msgspec

from workbench.store.driver import Connection


class Counts(msgspec.Struct, frozen=True):
    """Entries and their versions, rows of the look-log, and the moment of its first row."""

    entries: int
    versions: int
    looks: int
    since: str


def counts(connection: Connection) -> Counts:
    """How much there is."""
    entries, versions = connection.execute("SELECT count(DISTINCT entry), count(*) FROM versions").fetchone()
    looks = connection.execute("SELECT count(*) FROM audit").fetchone()[0]
    first = connection.execute("SELECT at FROM audit ORDER BY rowid LIMIT 1").fetchone()
    return Counts(entries, versions, looks, first[0] if first else "")
