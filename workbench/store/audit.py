"""The look-log: a chain of hashes per device, written in the same transaction as what it tells of."""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterator

import msgspec

from workbench.store.driver import Connection

START = b"\0" * 32
# What is logged, and nothing else: opening Support never is.
LOGGED = frozenset(
    [
        "made",
        "opened",
        "locked",
        "looked",
        "listed",
        "searched",
        "recorded",
        "brought in",
        "exported",
        "reported",
        "issued",
        "printed",
        "revealed",
        "copied",
        "backed up",
        "restored",
        "rolled back",
        "new device",
        "passphrase changed",
        "keys renewed",
        "refused",
        "dropped",
        "draft discarded",
        "draft fetched back",
        "own words",
        "choices kept",
        "verified",
        "switched",
        "received",
        "sent",
    ]
)


class AuditRow(msgspec.Struct, frozen=True):
    """One row of the look-log; `detail` holds counts and ids, and search words."""

    seq: int
    device: str
    at: str
    who: str
    what: str
    case: str | None
    why: str | None
    detail: str
    hash: bytes


def append(
    connection: Connection,
    device: str,
    at: str,
    who: str,
    what: str,
    *,
    case: str | None = None,
    why: str | None = None,
    detail: str = "",
) -> AuditRow:
    """Adds a row to a device's chain; the caller's transaction holds it."""
    if what not in LOGGED:
        raise ValueError(f"{what!r} is not on the list of what is logged")
    seq, before = head(connection, device)
    row = AuditRow(seq + 1, device, at, who, what, case, why, detail, b"")
    row = msgspec.structs.replace(row, hash=_hash(before, row))
    connection.execute(
        "INSERT INTO audit (seq, device, at, who, what, case_id, why, detail, hash) VALUES (?,?,?,?,?,?,?,?,?)",
        (row.seq, device, at, who, what, case, why, detail, row.hash),
    )
    return row


def head(connection: Connection, device: str) -> tuple[int, bytes]:
    """The last number and hash of a device's chain; 0 and the start where it is empty."""
    row = connection.execute(
        "SELECT seq, hash FROM audit WHERE device = ? ORDER BY seq DESC LIMIT 1", (device,)
    ).fetchone()
    return (row[0], bytes(row[1])) if row else (0, START)


def hash_at(connection: Connection, device: str, seq: int) -> bytes | None:
    """The hash that stands at `seq` of a device's chain; at 0 the start of every chain."""
    if seq == 0:
        return START
    row = connection.execute("SELECT hash FROM audit WHERE device = ? AND seq = ?", (device, seq)).fetchone()
    return bytes(row[0]) if row else None


def rows(connection: Connection, case: str | None = None) -> Iterator[AuditRow]:
    """The look-log, oldest first; of one case where named."""
    where = "WHERE case_id = ?" if case else ""
    found = connection.execute(
        f"SELECT seq, device, at, who, what, case_id, why, detail, hash FROM audit {where} ORDER BY at, device, seq",
        (case,) if case else (),
    )
    for row in found:
        yield AuditRow(*row)


def newest(
    connection: Connection, before: int, most: int, what: tuple[str, ...], words: str, cases: tuple[str, ...]
) -> list[tuple[int, AuditRow]]:
    """Up to `most` rows, the newest first, each with its place in the order of writing, all below `before`.

    `what` leaves in rows of these kinds alone, where any is named; `words` those that hold them in their
    text, or are of one of `cases`.
    """
    where, values = ["rowid < ?"], [before]
    given: list[str] = []
    if what:
        where.append(f"what IN ({', '.join('?' * len(what))})")
        given += what
    if words:
        places = " OR ".join(
            f"instr(lower({column}), lower(?)) > 0" for column in ("who", "what", "why", "detail")
        )
        where.append(f"({places} OR case_id IN ({', '.join('?' * len(cases))}))")
        given += [words] * 4 + list(cases)
    found = connection.execute(
        "SELECT rowid, seq, device, at, who, what, case_id, why, detail, hash FROM audit "
        f"WHERE {' AND '.join(where)} ORDER BY rowid DESC LIMIT ?",
        (*values, *given, most),
    )
    return [(row[0], AuditRow(*row[1:])) for row in found]


def broken(connection: Connection) -> str:
    """Where a chain does not hold; empty where all do."""
    last: dict[str, tuple[int, bytes]] = {}
    found = connection.execute(
        "SELECT seq, device, at, who, what, case_id, why, detail, hash FROM audit ORDER BY device, seq"
    )
    for values in found:
        row = AuditRow(*values)
        seq, before = last.get(row.device, (0, START))
        if row.seq != seq + 1 or _hash(before, row) != bytes(row.hash):
            return f"row {row.seq} of device {row.device}"
        last[row.device] = (row.seq, bytes(row.hash))
    return ""


def _hash(before: bytes, row: AuditRow) -> bytes:
    digest = hashlib.sha256(before)
    for field in (str(row.seq), row.device, row.at, row.who, row.what, row.case, row.why, row.detail):
        # Length before text: two fields can never be read as one. An absent field is told from an empty one.
        data = b"" if field is None else field.encode()
        digest.update(struct.pack(">?I", field is None, len(data)))
        digest.update(data)
    return digest.digest()
