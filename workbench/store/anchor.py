"""The anchor: where the look-log stood last, kept outside the store, so that an older file is told."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec

from workbench.models import canonical
from workbench.store import audit
from workbench.store.driver import Connection
from workbench.store.folder import write_whole

SIGNED_AS = b"workbench-anchor/1\n"


class Anchor(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The last row of a device's look-log as this computer saw it; hashes and signature in hexadecimal."""

    store: str
    device: str
    seq: int
    head: str
    at: str
    signature: str

    def to_sign(self) -> bytes:
        """The bytes its signature covers."""
        data = msgspec.to_builtins(self)
        del data["signature"]
        return SIGNED_AS + canonical.encode(data)


def make(connection: Connection, store: str, device: str, at: str, sign: Callable[[bytes], bytes]) -> Anchor:
    """The anchor of a device as the store stands now."""
    seq, head = audit.head(connection, device)
    blank = Anchor(store, device, seq, head.hex(), at, "")
    return msgspec.structs.replace(blank, signature=sign(blank.to_sign()).hex())


def file_of(folder: Path, store: str) -> Path:
    """Where this machine keeps the anchor of a store."""
    return folder / f"{store}.json"


def keep(folder: Path, anchor: Anchor) -> None:
    """Writes the anchor to the user's state folder."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    write_whole(file_of(folder, anchor.store), msgspec.json.encode(anchor))


def kept(folder: Path, store: str) -> Anchor | None:
    """The anchor this machine holds; None on a first opening here, or where it cannot be read."""
    try:
        return msgspec.json.decode(file_of(folder, store).read_bytes(), type=Anchor)
    except (OSError, msgspec.MsgspecError):
        return None


def missing(connection: Connection, anchor: Anchor) -> int:
    """How many rows of the look-log the file lacks against the anchor; 0 where it holds them all."""
    at = audit.hash_at(connection, anchor.device, anchor.seq)
    if at is not None and at.hex() == anchor.head:
        return 0
    seq, _ = audit.head(connection, anchor.device)
    # A row at that number with another hash means the file went another way after a copy was put back.
    return max(1, anchor.seq - seq)
