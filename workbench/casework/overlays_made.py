"""Writing an overlay: from a folder of files to a signed zip, checked as its receivers will check it."""

from __future__ import annotations

from pathlib import Path

from workbench.casework import overlays, overlays_parts
from workbench.casework.desk import Desk
from workbench.casework.overlays_parts import Change
from workbench.errors import BadInput, NotFound, Refused
from workbench.exchange import overlay


def make(desk: Desk, folder: Path, *, id: str, region: str, version: int, from_: str) -> bytes:
    """The bytes of an overlay, signed by this store's administrator.

    Raises:
        Refused: this person is no administrator whose role counts.
        NotFound: the folder cannot be read.
        BadInput: it would be refused.
    """
    if not overlays.may_switch(desk):
        raise Refused("Only an administrator whose role is vouched for makes overlays.", "Ask yours.")
    data = overlay.make(
        _files(folder),
        id=id,
        region=region,
        version=version,
        from_=from_,
        card=desk.device.card,
        sign=desk.device.keys.sign,
    )
    overlays.checked(desk, data)
    return data


def changes(desk: Desk, data: bytes) -> tuple[Change, ...]:
    """What an overlay would change, once it has passed every check, its policy last; nothing is kept.

    Raises:
        BadInput: it is refused.
    """
    _, parts = overlays.checked(desk, data)
    return (*overlays_parts.changes(parts, overlays.national()), *overlays_parts.asked(parts.policy))


def _files(folder: Path) -> dict[str, bytes]:
    """The files of a folder and of the folders in it, by their path from there."""
    if not folder.is_dir():
        raise NotFound(f"There is no folder {folder}.", "Name the one with your overlay's files.")
    files: dict[str, bytes] = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            if len(files) == overlay.MAX_FILES or path.stat().st_size > overlay.MAX_BYTES:
                raise BadInput("The folder holds more than an overlay may.", next_step="Name a smaller one.")
            files[path.relative_to(folder).as_posix()] = path.read_bytes()
    return files
