"""The overlays of regions that came here: each kept whole, inside the encrypted database, and never changed."""

from __future__ import annotations

import msgspec

from workbench.store import audit
from workbench.store.driver import Connection, transaction
from workbench.store.store import Logged


class Held(msgspec.Struct, frozen=True):
    """An overlay as it lies here: its file, what was read of it, which program checked it, and when it came."""

    sha256: str
    data: bytes
    parts: bytes
    program: str
    received_at: str


def held(connection: Connection) -> tuple[Held, ...]:
    """Every overlay, in order of arrival."""
    rows = connection.execute(
        "SELECT sha256, data, parts, program, received_at FROM overlays ORDER BY n"
    ).fetchall()
    return tuple(Held(*row) for row in rows)


def one(connection: Connection, sha256: str) -> Held | None:
    """One overlay; None where it never came."""
    row = connection.execute(
        "SELECT sha256, data, parts, program, received_at FROM overlays WHERE sha256 = ?", (sha256,)
    ).fetchone()
    return Held(*row) if row else None


def put(connection: Connection, row: Held, log: Logged, device: str, who: str) -> None:
    """Keeps an overlay, with its row of the look-log; one that is held already stays as it is."""
    with transaction(connection):
        connection.execute(
            "INSERT OR IGNORE INTO overlays (sha256, data, parts, program, received_at) VALUES (?,?,?,?,?)",
            (row.sha256, row.data, row.parts, row.program, row.received_at),
        )
        audit.append(connection, device, log.at, who, log.what, detail=log.detail)
