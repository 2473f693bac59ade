"""One process a store: a lock on `DIR/lock` that says who holds it and since when."""

from __future__ import annotations

import getpass
import os
import platform
import sys
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec

from workbench.errors import StoreProblem

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl


class Holder(msgspec.Struct, frozen=True):
    """Who holds the store: account, computer, process and since when (UTC)."""

    account: str
    computer: str
    process: int
    since: str


class StoreLock:
    """Holds the store for this process until closed; the operating system frees it when the process dies."""

    def __init__(self, path: Path, since: str) -> None:
        """Takes the lock.

        Raises:
            StoreProblem: another process holds it; the sentence says who and since when.
        """
        self._path = path
        try:
            self._descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError:
            raise StoreProblem(
                "read-only", "The store's folder is read-only.", "Move it to a folder you may write to."
            ) from None
        if not self._take():
            holder = self._held_by()
            os.close(self._descriptor)
            raise StoreProblem("held", _says(holder), "Close the workbench there, then try again.")
        os.ftruncate(self._descriptor, 0)
        os.lseek(self._descriptor, 0, os.SEEK_SET)
        os.write(self._descriptor, _mine(since))

    def close(self) -> None:
        """Frees the store."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _take(self) -> bool:
        try:
            if sys.platform == "win32":
                os.lseek(self._descriptor, 1024, os.SEEK_SET)
                msvcrt.locking(self._descriptor, msvcrt.LK_NBLCK, 1)
            else:
                fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True

    def _held_by(self) -> Holder | None:
        try:
            return msgspec.json.decode(self._path.read_bytes(), type=Holder)
        except (OSError, msgspec.MsgspecError):
            return None


def _mine(since: str) -> bytes:
    try:
        account = getpass.getuser()
    except (OSError, KeyError):
        account = "unknown"
    return msgspec.json.encode(Holder(account, platform.node(), os.getpid(), since))


def _says(holder: Holder | None) -> str:
    if holder is None:
        return "The store is open in another program."
    return f"The store is open on {holder.computer} for {holder.account} since {holder.since}."
