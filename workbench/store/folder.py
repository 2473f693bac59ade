"""What lies in a store's folder, and whether a folder may hold one."""

from __future__ import annotations

import hashlib
import os
import platform
import shutil
from pathlib import Path
from typing import Literal

import msgspec

from workbench.errors import StoreProblem

# Folders that a syncing tool keeps: it would copy half-written pages and undo them.
SYNCING = (
    "onedrive",
    "dropbox",
    "google drive",
    "googledrive",
    "icloud",
    "nextcloud",
    "box sync",
    "syncthing",
)
NETWORK = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "9p", "afs", "davfs", "fuse.rclone"}
)


class About(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The content of `store.json`; nothing about people."""

    format: Literal["workbench-store/1"]
    store: str
    sample: bool
    made_by: str


class Folder:
    """The paths inside one store folder."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.about = path / "store.json"
        self.keys = path / "keys.json"
        self.next_keys = path / "keys.next.json"
        self.database = path / "case.db"
        self.attachments = path / "attachments"
        self.quarantine = path / "quarantine"
        self.tmp = path / "tmp"
        self.lock = path / "lock"
        self.sample_passphrase = path / "passphrase.txt"

    def exists(self) -> bool:
        """Whether a store was made here."""
        return self.about.is_file()

    def make(self, about: About, keys: bytes) -> None:
        """Lays out a new store; the folder must be empty or absent.

        Raises:
            StoreProblem: something is there already, or the place is not fit for a store.
        """
        if self.path.exists() and any(self.path.iterdir()):
            raise StoreProblem("not-empty", "That folder is not empty.", "Name a new or empty folder.")
        found = unfit(self.path)
        if found:
            raise StoreProblem("unfit", found, "Choose a folder on this computer's own disk.")
        try:
            self.path.mkdir(parents=True, exist_ok=True, mode=0o700)
            self.path.chmod(0o700)
        except OSError as error:
            raise _cannot_write(error) from None
        self.make_rooms()
        write_whole(self.keys, keys)
        write_whole(self.about, msgspec.json.format(msgspec.json.encode(about), indent=2))

    def make_rooms(self) -> None:
        """Makes the folders inside, where one is missing."""
        try:
            for room in (self.attachments, self.quarantine, self.tmp):
                room.mkdir(exist_ok=True, mode=0o700)
        except OSError as error:
            raise _cannot_write(error) from None

    def read_about(self) -> About:
        """What `store.json` says.

        Raises:
            StoreProblem: there is no store here, or the file is damaged.
        """
        if not self.exists():
            raise StoreProblem(
                "missing", "There is no store in that folder.", "Make one with 'workbench init'."
            )
        try:
            return msgspec.json.decode(self.about.read_bytes(), type=About)
        except (msgspec.MsgspecError, OSError):
            raise StoreProblem(
                "damaged", "The file store.json is damaged.", "Put it back from the newest backup."
            ) from None

    def empty_tmp(self) -> None:
        """Removes everything from the folder for temporary files."""
        for path in self.tmp.iterdir() if self.tmp.is_dir() else ():
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)


def write_whole(path: Path, data: bytes) -> None:
    """Writes a new file beside, syncs it and puts it in place: the old one or the new one, never a part.

    Raises:
        StoreProblem: the disk is full or read-only.
    """
    part = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise _cannot_write(error) from None


def sync_folder(path: Path) -> None:
    """Makes a rename in this folder last through a power cut (Windows does so by itself)."""
    if platform.system() == "Windows":
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def unfit(path: Path) -> str:
    """Why this folder cannot hold a store; empty where it can."""
    parts = [part.lower() for part in path.resolve().parts]
    if any(part.startswith(tool) for part in parts for tool in SYNCING):
        return "That folder is kept by a syncing tool, which can damage a store."
    if _file_system(path) in NETWORK:
        return "That folder is on a network drive, where a store cannot be kept safely."
    return ""


def machine_mark(database: Path) -> str:
    """A mark of this machine, account and file: a copied folder has another one."""
    try:
        machine = Path("/etc/machine-id").read_text(encoding="ascii").strip()
    except OSError:
        machine = platform.node()
    account = str(os.getuid()) if hasattr(os, "getuid") else os.environ.get("USERNAME", "")
    inode = database.stat().st_ino if database.exists() else 0
    return hashlib.sha256(f"{machine}\0{account}\0{inode}".encode()).hexdigest()


def _file_system(path: Path) -> str:
    """The kind of file system under `path` (Linux); empty where it cannot be told."""
    best, kind = "", ""
    try:
        lines = Path("/proc/self/mounts").read_text(encoding="utf-8").splitlines()
    except OSError:
        return ""
    target = str(path.resolve())
    for line in lines:
        fields = line.split()
        if len(fields) < 3:
            continue
        mount = fields[1].replace("\\040", " ")
        inside = target == mount or target.startswith(mount.rstrip("/") + "/")
        if inside and len(mount) >= len(best):
            best, kind = mount, fields[2]
    return kind


def _cannot_write(error: OSError) -> StoreProblem:
    import errno

    if error.errno == errno.ENOSPC:
        return StoreProblem(
            "full", "The disk is full; nothing of this change was written.", "Free some space."
        )
    if error.errno in (errno.EROFS, errno.EACCES, errno.EPERM):
        return StoreProblem("read-only", "That folder is read-only.", "Choose a folder you may write to.")
    return StoreProblem("disk", "The disk could not be written.", "Check the disk.")
