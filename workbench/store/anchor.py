"""The anchor: where the look-log stood last, kept outside the store, so that an older file is told."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec

from workbench.errors import StoreProblem
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
    """Where this machine keeps the anchors of a store."""
    return folder / f"{store}.json"


def keyring_name(store: str) -> str:
    """Under which name a keyring keeps the last anchor of a store."""
    return f"{store}/anchor"


def keep(folder: Path, anchor: Anchor) -> None:
    """Notes the anchor of one device in the user's state folder, beside those of the store's other devices."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    held = {each.device: each for each in kept(folder, anchor.store) or ()}
    held[anchor.device] = anchor
    write_whole(file_of(folder, anchor.store), msgspec.json.encode(tuple(held.values())))


def kept(folder: Path, store: str) -> tuple[Anchor, ...] | None:
    """The anchors this machine holds of a store, one a device; None on a first opening here.

    Raises:
        StoreProblem: the file that holds them is damaged.
    """
    try:
        return msgspec.json.decode(file_of(folder, store).read_bytes(), type=tuple[Anchor, ...])
    except FileNotFoundError:
        return None
    except (OSError, msgspec.MsgspecError):
        raise StoreProblem(
            "anchor-damaged",
            "What this computer noted of the store's look-log is damaged, so whether this is the newest file "
            "cannot be told.",
            "If you are sure that it is, use it on purpose with 'verify --accept-older REASON'.",
        ) from None


def missing(connection: Connection, anchor: Anchor) -> int:
    """How many rows of the look-log the file lacks against an anchor; 0 where it holds them all."""
    at = audit.hash_at(connection, anchor.device, anchor.seq)
    if at is not None and at.hex() == anchor.head:
        return 0
    seq, _ = audit.head(connection, anchor.device)
    # A row at that number with another hash means the file went another way after a copy was put back.
    return max(1, anchor.seq - seq)
