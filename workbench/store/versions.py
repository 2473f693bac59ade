"""The rows of versions: how they are put into the database, and how what acts take out leaves it."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from workbench.errors import BadInput
from workbench.models.records import Hole, Version
from workbench.store.driver import Connection
from workbench.store.search import drop_passages


def refused(connection: Connection, version: str) -> bool:
    """Whether a version's content was erased or misfiled, and is never taken in again."""
    found = connection.execute("SELECT 1 FROM refused_content WHERE version = ?", (version,))
    return found.fetchone() is not None


def put(connection: Connection, versions: Iterable[Version], received_at: str | None, how: str) -> None:
    """Writes versions; one held already stays as it is, but for content that was dropped here.

    `received_at` is None where each came the moment it was signed.

    Raises:
        BadInput: one is held with another heading.
    """
    come = {version.id: version for version in versions}
    held = connection.execute(
        "SELECT id, header, content IS NULL FROM versions WHERE id IN (SELECT value FROM json_each(?))",
        (msgspec.json.encode([*come]),),
    ).fetchall()
    for name, header, bare in held:
        version = come.pop(name)
        if bytes(header) != version.header_bytes:
            raise BadInput(f"Version {name} is already held with another heading.")
        # Content that was dropped here may come back; what was erased is refused by the schema itself.
        if bare and version.content_bytes is not None and not refused(connection, name):
            connection.execute("UPDATE versions SET content = ? WHERE id = ?", (version.content_bytes, name))
            _put_uses(connection, (version,))
    # What comes now is no longer withheld from this store.
    connection.executemany(
        "DELETE FROM holes WHERE device = ? AND case_id = ? AND seq = ? AND withheld",
        [(version.header.device, version.header.case, version.header.seq) for version in come.values()],
    )
    connection.executemany(
        "INSERT INTO versions (id, case_id, entry, act, form, on_, at, device, seq, header, content, signature)"
        " VALUES (?,?,?,?,?,?,?,?,?,?,?,?)",
        map(_row, come.values()),
    )
    connection.executemany(
        "INSERT INTO arrivals (version, received_at, how) VALUES (?,?,?)",
        [(version.id, received_at or version.header.at, how) for version in come.values()],
    )
    _put_uses(connection, come.values())


def _row(version: Version) -> tuple[object, ...]:
    header = version.header
    return (
        header.id,
        header.case,
        header.entry,
        header.act,
        header.form[0],
        header.on,
        header.at,
        header.device,
        header.seq,
        version.header_bytes,
        version.content_bytes,
        version.signature,
    )


def _put_uses(connection: Connection, versions: Iterable[Version]) -> None:
    for version in versions:
        for ref in version.content.files if version.content else ():
            connection.execute("INSERT OR IGNORE INTO file_uses VALUES (?, ?)", (version.id, ref.sha256))


def put_twin(connection: Connection, version: Version) -> None:
    """Keeps the heading that another store signed for a version both brought in."""
    header = version.header
    connection.execute(
        "INSERT OR IGNORE INTO other_headers VALUES (?,?,?,?,?,?)",
        (
            version.id,
            header.case,
            header.device,
            header.seq,
            version.header_bytes,
            version.signature,
        ),
    )


def put_withheld(connection: Connection, holes: Iterable[Hole]) -> None:
    """Notes the places of versions that others hold and withhold; what is held here needs no such note."""
    for hole in holes:
        place = (hole.device, hole.case, hole.seq)
        held = connection.execute(
            "SELECT 1 FROM versions WHERE device = ?1 AND case_id = ?2 AND seq = ?3 UNION ALL "
            "SELECT 1 FROM other_headers WHERE device = ?1 AND case_id = ?2 AND seq = ?3",
            place,
        )
        if held.fetchone() is None:
            connection.execute("INSERT OR IGNORE INTO holes VALUES (?,?,?,?,1)", (*place, hole.sha256))


def take_away(
    connection: Connection,
    *,
    hidden: Iterable[str],
    refused_for_ever: Iterable[str],
    erased: Iterable[str],
    misfiled: Iterable[Hole],
) -> None:
    """Takes words out of the search, content out of the store, and leaves a hole where a version was misfiled."""
    for version in hidden:
        drop_passages(connection, version)
        # A draft that began from it holds its words.
        connection.execute("DELETE FROM drafts WHERE instr(base, ?) > 0", (version,))
    for version in refused_for_ever:
        connection.execute("INSERT OR IGNORE INTO refused_content VALUES (?)", (version,))
        connection.execute("DELETE FROM file_uses WHERE version = ?", (version,))
    for version in erased:
        connection.execute("UPDATE versions SET content = NULL WHERE id = ?", (version,))
    for hole in misfiled:
        for table in ("versions", "other_headers"):
            connection.execute(
                f"DELETE FROM {table} WHERE device = ? AND case_id = ? AND seq = ?",
                (hole.device, hole.case, hole.seq),
            )
        connection.execute(
            "INSERT INTO holes VALUES (?,?,?,?,0) ON CONFLICT DO UPDATE SET withheld = 0, sha256 = excluded.sha256",
            (hole.device, hole.case, hole.seq, hole.sha256),
        )


def drop(connection: Connection, case: str) -> None:
    """Takes the content of every version of a case away, its words and its drafts; headings and its row stay."""
    connection.execute("DELETE FROM words WHERE rowid IN (SELECT n FROM passages WHERE case_id = ?)", (case,))
    for table in ("passages", "drafts", "due_rows", "finding_rows"):
        connection.execute(f"DELETE FROM {table} WHERE case_id = ?", (case,))
    connection.execute(
        "DELETE FROM file_uses WHERE version IN (SELECT id FROM versions WHERE case_id = ?)", (case,)
    )
    connection.execute("UPDATE versions SET content = NULL WHERE case_id = ?", (case,))
    connection.execute(
        "UPDATE cases SET next_due = NULL, stale_on = NULL, next_contact = NULL WHERE case_id = ?", (case,)
    )
