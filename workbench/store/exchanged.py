"""What went to and came from other stores: the log of bundles, what each peer is known to hold, the quarantine."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

import msgspec

from workbench.security.sealing import seal, unseal
from workbench.store.driver import Connection
from workbench.store.folder import Folder, write_whole


class Exchanged(msgspec.Struct, frozen=True):
    """One row of the log of bundles: `sent`, `received`, `receipt` or `answered`, with which device, and its data."""

    kind: str
    bundle: str
    device: str
    at: str
    data: bytes


class Quarantined(msgspec.Struct, frozen=True):
    """Versions of one card on one case that are kept apart, sealed in a file of their own, and why."""

    n: int
    file: str
    key: bytes
    card: str
    case: str
    crn: str
    versions: int
    reason: str
    at: str


def note(connection: Connection, row: Exchanged) -> None:
    """Adds a row; one of the same kind, bundle and device stays as it is. The caller's transaction holds it."""
    connection.execute(
        "INSERT OR IGNORE INTO exchanged (kind, bundle, device, at, data) VALUES (?,?,?,?,?)",
        (row.kind, row.bundle, row.device, row.at, row.data),
    )


def noted(connection: Connection, kind: str, device: str | None = None) -> tuple[Exchanged, ...]:
    """The rows of a kind, with one device where named, oldest first."""
    rows = connection.execute(
        "SELECT kind, bundle, device, at, data FROM exchanged WHERE kind = ?1 AND (?2 IS NULL OR device = ?2) "
        "ORDER BY n",
        (kind, device),
    ).fetchall()
    return tuple(Exchanged(kind, bundle, device, at, bytes(data)) for kind, bundle, device, at, data in rows)


def vector(connection: Connection, device: str, case: str) -> dict[str, int]:
    """The last seq of each device that a peer is known to hold of a case."""
    row = connection.execute(
        "SELECT vector FROM peers WHERE device = ? AND case_id = ?", (device, case)
    ).fetchone()
    return msgspec.json.decode(row[0], type=dict[str, int]) if row else {}


def heard(connection: Connection, device: str, vectors: Mapping[str, Mapping[str, int]], at: str) -> None:
    """Notes what a peer said that it holds; nobody ever holds less. The caller's transaction holds it."""
    for case, said in vectors.items():
        known = vector(connection, device, case)
        fuller = {name: max(known.get(name, 0), said.get(name, 0)) for name in sorted({*known, *said})}
        connection.execute(
            "INSERT INTO peers VALUES (?,?,?,?) ON CONFLICT DO UPDATE SET vector = excluded.vector, "
            "heard_at = excluded.heard_at",
            (device, case, msgspec.json.encode(fuller), at),
        )


def last_heard(connection: Connection) -> dict[str, str]:
    """When each device was last heard from."""
    return dict(connection.execute("SELECT device, max(heard_at) FROM peers GROUP BY device").fetchall())


def withheld(connection: Connection, case: str) -> frozenset[tuple[str, int]]:
    """The places (device, seq) of versions of a case that somebody holds and withheld from this store."""
    rows = connection.execute("SELECT device, seq FROM holes WHERE case_id = ? AND withheld", (case,))
    return frozenset(rows.fetchall())


def set_apart(folder: Folder, data: bytes, random: bytes) -> str:
    """Seals what is kept apart into a file of the quarantine folder, and gives the file's name."""
    sealed = seal(random, data, b"workbench-quarantine/1")
    name = hashlib.sha256(sealed).hexdigest()
    write_whole(folder.quarantine / name, sealed)
    return name


def put_quarantined(connection: Connection, row: Quarantined, sha256: str) -> None:
    """Names a file of the quarantine; `sha256` is of what lies in it. The caller's transaction holds it."""
    connection.execute(
        "INSERT OR IGNORE INTO quarantined (file, key, sha256, card, case_id, crn, versions, reason, at) "
        "VALUES (?,?,?,?,?,?,?,?,?)",
        (row.file, row.key, sha256, row.card, row.case, row.crn, row.versions, row.reason, row.at),
    )


def is_apart(connection: Connection, sha256: str) -> bool:
    """Whether exactly this is kept apart already."""
    found = connection.execute("SELECT 1 FROM quarantined WHERE sha256 = ?", (sha256,))
    return found.fetchone() is not None


def quarantined(connection: Connection) -> tuple[Quarantined, ...]:
    """What is kept apart, oldest first."""
    rows = connection.execute(
        "SELECT n, file, key, card, case_id, crn, versions, reason, at FROM quarantined ORDER BY n"
    ).fetchall()
    return tuple(Quarantined(row[0], row[1], bytes(row[2]), *row[3:]) for row in rows)


def apart(folder: Folder, row: Quarantined) -> bytes:
    """What lies in one file of the quarantine, in clear.

    Raises:
        StoreProblem: it is damaged.
        OSError: it is gone.
    """
    return unseal(row.key, (folder.quarantine / row.file).read_bytes(), b"workbench-quarantine/1")


def let_out(folder: Folder, connection: Connection, row: Quarantined) -> None:
    """Ends the quarantine of one file: its key goes, then the file. The caller's transaction holds the first."""
    connection.execute("DELETE FROM quarantined WHERE n = ?", (row.n,))
    (folder.quarantine / row.file).unlink(missing_ok=True)


def sweep(folder: Folder, connection: Connection) -> None:
    """Removes files of the quarantine that no row names: their key is gone, or never was."""
    named = {name for (name,) in connection.execute("SELECT file FROM quarantined")}
    for path in folder.quarantine.iterdir():
        if path.name not in named:
            path.unlink()
