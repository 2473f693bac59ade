"""Backups: a whole copy beside, checked before an older one goes; and what a backup says of itself."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal

import msgspec

from workbench.errors import StoreProblem
from workbench.models import canonical
from workbench.store import attachments, audit
from workbench.store.driver import Connection, connect, told
from workbench.store.folder import Folder, sync_folder, unfit, write_whole

KEEP_DAILY = 7
KEEP_WEEKLY = 4
KEEP_FOR = timedelta(days=35)
SIGNED_AS = b"workbench-backup/1\n"
# Whether a card (JSON), some data and a signature belong together.
SignedBy = Callable[[bytes, bytes, bytes], bool]
STAMP = "%Y%m%dT%H%MZ"


class Manifest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a backup holds: where the look-log stood, how much there is, and the hash of each file."""

    format: Literal["workbench-backup/1"]
    store: str
    device: str
    sample: bool
    program: str
    made_at: str
    seq: int
    head: str
    counts: dict[str, int]
    files: dict[str, str]
    signature: str = ""

    def to_sign(self) -> bytes:
        """The bytes its signature covers."""
        data = msgspec.to_builtins(self)
        del data["signature"]
        return SIGNED_AS + canonical.encode(data)


def make(
    folder: Folder,
    connection: Connection,
    key: bytes,
    target: Path,
    now: datetime,
    blank: Manifest,
    sign: Callable[[bytes], bytes],
    signed_by: SignedBy,
) -> Path:
    """Writes a whole backup under `target`, checks it, and only then removes those that have had their time.

    Raises:
        StoreProblem: the place is unfit, the disk full, or the copy did not pass its check; older backups stay.
    """
    found = unfit(target)
    if found:
        raise StoreProblem("unfit", found, "Choose a folder on a disk of this computer or a stick.")
    seq, head = audit.head(connection, blank.device)
    name = f"{blank.store[:8]}-{now.strftime(STAMP)}-{seq:06d}"
    place, part = target / name, target / f".{name}.part"
    try:
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir(parents=True, mode=0o700)
        _copy(folder, connection, key, part)
        counts = _counts(connection)
        manifest = msgspec.structs.replace(
            blank, seq=seq, head=head.hex(), counts=counts, files=_hashes(part)
        )
        manifest = msgspec.structs.replace(manifest, signature=sign(manifest.to_sign()).hex())
        write_whole(part / "manifest.json", msgspec.json.format(msgspec.json.encode(manifest), indent=2))
        problem = check(part, key, signed_by)
        if problem:
            raise StoreProblem(
                "backup-bad", f"The new backup did not pass its check: {problem}.", "Try again."
            )
        _sync_all(part)
        shutil.rmtree(place, ignore_errors=True)
        part.rename(place)
        sync_folder(target)
    except OSError as error:
        raise StoreProblem(
            "full" if error.errno == errno.ENOSPC else "disk",
            "The backup could not be written; the earlier ones are untouched.",
            "Check the disk and its free space.",
        ) from None
    finally:
        shutil.rmtree(part, ignore_errors=True)
    rotate(target, blank.store, now)
    return place


def check(place: Path, key: bytes, signed_by: SignedBy) -> str:
    """What is wrong with a backup; empty where it is whole, and signed by the device it names."""
    manifest = read_manifest(place)
    for name, sha256 in manifest.files.items():
        path = place / name
        if not path.is_file() or _hash(path) != sha256:
            return f"{name} is missing or changed"
    connection = connect(place / "case.db", key)
    try:
        with told():
            return _check_database(connection, manifest, signed_by)
    finally:
        connection.close()
        for extra in ("case.db-wal", "case.db-shm"):
            (place / extra).unlink(missing_ok=True)


def _check_database(connection: Connection, manifest: Manifest, signed_by: SignedBy) -> str:
    if connection.execute("PRAGMA cipher_integrity_check").fetchall():
        return "the database is damaged"
    if audit.broken(connection):
        return "the look-log does not hold"
    at = audit.hash_at(connection, manifest.device, manifest.seq)
    if at is None or at.hex() != manifest.head:
        return "the look-log is not the one it names"
    if manifest.counts != _counts(connection):
        return "it does not hold as much as it says"
    cards = connection.execute("SELECT data FROM cards").fetchall()
    mine = [bytes(data) for (data,) in cards if msgspec.json.decode(data).get("device") == manifest.device]
    try:
        signature = bytes.fromhex(manifest.signature)
    except ValueError:
        signature = b""
    if not any(signed_by(card, manifest.to_sign(), signature) for card in mine):
        return "its signature does not hold"
    return ""


def read_file(place: Path, name: str) -> bytes:
    """A file of a backup.

    Raises:
        StoreProblem: it cannot be read.
    """
    try:
        return (place / name).read_bytes()
    except OSError:
        raise StoreProblem("damaged", f"The backup's {name} is missing.", "Use another backup.") from None


def read_manifest(place: Path) -> Manifest:
    """What a backup says of itself.

    Raises:
        StoreProblem: it is not a backup, or its manifest is damaged.
    """
    try:
        manifest = msgspec.json.decode((place / "manifest.json").read_bytes(), type=Manifest)
    except OSError:
        raise StoreProblem(
            "not-a-backup", "That folder is not a backup.", "Name the folder of one."
        ) from None
    except msgspec.MsgspecError:
        raise StoreProblem("damaged", "The backup's manifest is damaged.", "Use another backup.") from None
    if any(Path(name).is_absolute() or ".." in Path(name).parts for name in manifest.files):
        raise StoreProblem("damaged", "The backup names files outside itself.", "Use another backup.")
    return manifest


def copy_back(place: Path, manifest: Manifest, folder: Folder) -> None:
    """Copies a checked backup into an empty store folder: whole, or the folder stays as it was.

    Raises:
        StoreProblem: the disk is full or cannot be written.
    """
    part = folder.path.with_name(f".{folder.path.name}.part")
    try:
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir(parents=True, mode=0o700)
        for name in manifest.files:
            target = part / name
            target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            shutil.copyfile(place / name, target)
            target.chmod(0o600)
        _sync_all(part)
        if folder.path.exists():
            folder.path.rmdir()
        part.rename(folder.path)
        sync_folder(folder.path.parent)
    except OSError as error:
        shutil.rmtree(part, ignore_errors=True)
        raise StoreProblem(
            "full" if error.errno == errno.ENOSPC else "disk",
            "The backup could not be copied; nothing was left behind.",
            "Check the disk and its free space.",
        ) from None
    folder.make_rooms()


def rotate(target: Path, store: str, now: datetime, keep_for: timedelta = KEEP_FOR) -> tuple[str, ...]:
    """Removes this store's backups beyond 7 daily and 4 weekly, and any older than `keep_for`; gives their names."""
    # Stores made within a minute of one another begin alike: the manifest says whose a backup is.
    held = sorted((path for path in target.glob(f"{store[:8]}-*-*") if _is_of(path, store)), reverse=True)
    dated = [(path, made) for path in held if (made := _made(path)) is not None]
    days: dict[object, Path] = {}
    weeks: dict[object, Path] = {}
    for path, made in dated:
        days.setdefault(made.date(), path)
        weeks.setdefault(made.isocalendar()[:2], path)
    keep = set(list(days.values())[:KEEP_DAILY]) | set(list(weeks.values())[:KEEP_WEEKLY])
    keep.update(path for path, made in dated if made.date() == now.date())
    gone = [path for path, made in dated if path not in keep or now - made > keep_for]
    for path in gone:
        shutil.rmtree(path)
    return tuple(path.name for path in gone)


def _is_of(path: Path, store: str) -> bool:
    try:
        return read_manifest(path).store == store
    except StoreProblem:
        return False


def _sync_all(part: Path) -> None:
    """Makes every file of a folder last through a power cut."""
    for path in part.rglob("*"):
        if path.is_file():
            with path.open("rb") as file:
                os.fsync(file.fileno())


def _made(path: Path) -> datetime | None:
    try:
        return datetime.strptime(f"{path.name.split('-')[1]}+0000", f"{STAMP}%z")
    except (ValueError, IndexError):
        return None


def _copy(folder: Folder, connection: Connection, key: bytes, part: Path) -> None:
    copy = connect(part / "case.db", key, create=True)
    try:
        with told():
            # One file without a log beside it: a backup is read from places where a log could not be.
            copy.execute("PRAGMA journal_mode = DELETE")
            connection.backup(copy)
    finally:
        copy.close()
    for name in ("store.json", "keys.json"):
        shutil.copyfile(folder.path / name, part / name)
    for inside in attachments.names(connection).values():
        source, target = folder.attachments / inside, part / "attachments" / inside
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            os.link(source, target)
        except OSError:
            shutil.copyfile(source, target)


def _hashes(part: Path) -> dict[str, str]:
    files = sorted(path for path in part.rglob("*") if path.is_file())
    return {path.relative_to(part).as_posix(): _hash(path) for path in files}


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _counts(connection: Connection) -> dict[str, int]:
    tables = ("cases", "versions", "files", "audit")
    return {table: int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]) for table in tables}
