"""Files beside the database: each sealed under a random key of its own that lies in the store."""

from __future__ import annotations

import hashlib
import zipfile
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

from workbench import clock as clocks
from workbench.errors import BadInput, NotFound, Refused, StoreProblem
from workbench.security.sealing import seal, unseal
from workbench.store.driver import Connection, transaction
from workbench.store.folder import Folder, write_whole

MAX_FILE = 25 * 1024 * 1024
TOLD_AT = 2 * 1024**3
MAX_ALL = 10 * 1024**3
ORPHAN_AFTER = timedelta(days=7)
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def type_of(data: bytes) -> str:
    """The kind of a file by its content, whatever its name says.

    Raises:
        BadInput: it is none of PDF, DOCX, PNG, JPEG, EML or plain text.
    """
    if data.startswith(b"%PDF-"):
        return "application/pdf"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if data.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if data.startswith(b"PK\x03\x04") and _is_docx(data):
        return DOCX
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = "\0"
    if any(ord(letter) < 32 and letter not in "\t\n\r\f" for letter in set(text)):
        raise BadInput("Only PDF, Word (DOCX), PNG, JPEG, e-mail (EML) and plain text files can be attached.")
    first = text[:2000].lower()
    headers = ("from:", "received:", "return-path:", "date:", "subject:")
    return "message/rfc822" if first.startswith(headers) and "\nto:" in first else "text/plain"


def put(folder: Folder, connection: Connection, data: bytes, at: str, random: bytes) -> tuple[str, str]:
    """Seals a file, writes and syncs it, then names it in the store; gives its SHA-256 and type.

    `random` is 32 bytes used for nothing else. A file held already is not written again.

    Raises:
        BadInput: it is too large, or of no kind that may be attached.
        Refused: all files together would pass the limit.
    """
    if len(data) > MAX_FILE:
        raise BadInput(
            f"A file may have {MAX_FILE // 1024**2} MB; this one has {len(data) / 1024**2:.0f} MB."
        )
    kind = type_of(data)
    sha256 = hashlib.sha256(data).hexdigest()
    if held(connection, sha256):
        return sha256, kind
    if total(connection) + len(data) > MAX_ALL:
        raise Refused("The files of this store would pass 10 GB.", "Drop cases that you have handed over.")
    sealed = seal(random, data, sha256.encode())
    name = hashlib.sha256(sealed).hexdigest()
    path = folder.attachments / name[:2] / name
    path.parent.mkdir(exist_ok=True, mode=0o700)
    write_whole(path, sealed)
    with transaction(connection):
        connection.execute(
            "INSERT INTO files (sha256, sealed, key, bytes, type, added_at) VALUES (?,?,?,?,?,?)",
            (sha256, name, random, len(data), kind, at),
        )
    return sha256, kind


def get(folder: Folder, connection: Connection, sha256: str) -> bytes:
    """A file in clear.

    Raises:
        NotFound: it is not held, or its key was destroyed.
        StoreProblem: it is missing from the folder, or damaged.
    """
    row = connection.execute("SELECT sealed, key FROM files WHERE sha256 = ?", (sha256,)).fetchone()
    if not row:
        raise NotFound("That file is not held here: it was erased, or never came.")
    try:
        sealed = (folder.attachments / row[0][:2] / row[0]).read_bytes()
    except OSError:
        raise StoreProblem("damaged", "A stored file is missing.", "Restore it from a backup.") from None
    return unseal(bytes(row[1]), sealed, sha256.encode())


def destroy(folder: Folder, connection: Connection, sha256: str) -> None:
    """Erases a file for good: its key goes, then what was sealed; the caller's transaction holds the first."""
    row = connection.execute("DELETE FROM files WHERE sha256 = ? RETURNING sealed", (sha256,)).fetchone()
    if row:
        (folder.attachments / row[0][:2] / row[0]).unlink(missing_ok=True)


def used(connection: Connection, sha256: str) -> bool:
    """Whether a version whose content is held names this file."""
    found = connection.execute("SELECT 1 FROM file_uses WHERE sha256 = ? LIMIT 1", (sha256,))
    return found.fetchone() is not None


def held(connection: Connection, sha256: str) -> bool:
    """Whether this file is held."""
    return connection.execute("SELECT 1 FROM files WHERE sha256 = ?", (sha256,)).fetchone() is not None


def total(connection: Connection) -> int:
    """The size of all files in clear, in bytes."""
    return int(connection.execute("SELECT coalesce(sum(bytes), 0) FROM files").fetchone()[0])


def faults(folder: Folder, connection: Connection) -> tuple[str, ...]:
    """The files named in the store that are missing or damaged, by SHA-256."""
    found = []
    for (sha256,) in connection.execute("SELECT sha256 FROM files ORDER BY sha256").fetchall():
        try:
            whole = hashlib.sha256(get(folder, connection, sha256)).hexdigest() == sha256
        except StoreProblem:
            whole = False
        if not whole:
            found.append(sha256)
    return tuple(found)


def sweep(folder: Folder, connection: Connection, now: datetime) -> int:
    """Removes files that no version or draft has named for seven days, with their keys; gives how many."""
    with transaction(connection):
        connection.execute(
            "DELETE FROM files WHERE added_at < ? AND sha256 NOT IN (SELECT sha256 FROM file_uses) "
            "AND NOT EXISTS (SELECT 1 FROM draft_answers WHERE instr(value, files.sha256))",
            (clocks.stamp(now - ORPHAN_AFTER),),
        )
    named = {name for (name,) in connection.execute("SELECT sealed FROM files")}
    swept = 0
    for path in folder.attachments.glob("??/*"):
        old = datetime.fromtimestamp(path.stat().st_mtime, tz=UTC) < now - ORPHAN_AFTER
        if path.name not in named and old:
            path.unlink()
            swept += 1
    return swept


def names(connection: Connection) -> dict[str, Path]:
    """Where each sealed file lies inside the attachments folder, by its sealed name."""
    found = connection.execute("SELECT sealed FROM files").fetchall()
    return {name: Path(name[:2]) / name for (name,) in found}


def _is_docx(data: bytes) -> bool:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return "word/document.xml" in archive.namelist()
    except (zipfile.BadZipFile, ValueError):
        return False
