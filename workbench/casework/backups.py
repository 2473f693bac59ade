"""Where backups may lie, and which of this store are there."""

from __future__ import annotations

import os
from pathlib import Path

import msgspec

from workbench import settings
from workbench.casework.desk import Desk
from workbench.errors import Refused, StoreProblem
from workbench.store import backup
from workbench.store.folder import unfit


class Kept(msgspec.Struct, frozen=True):
    """One backup: the name of its folder, when it was made, how many cases and versions it holds."""

    name: str
    made_at: str
    cases: int
    versions: int


def kept(desk: Desk, target: Path) -> tuple[Kept, ...]:
    """The backups of this store in a folder, the newest first; none where it cannot be read."""
    found = []
    try:
        places = [path for path in target.iterdir() if path.is_dir() and not path.name.startswith(".")]
    except OSError:
        return ()
    for path in places:
        try:
            manifest = backup.read_manifest(path)
        except StoreProblem:
            continue
        if manifest.store == desk.about.store:
            counts = manifest.counts
            found.append(Kept(path.name, manifest.made_at, counts.get("cases", 0), counts.get("versions", 0)))
    return tuple(sorted(found, key=lambda each: each.made_at, reverse=True))


def check_place(store: Path, target: Path) -> str:
    """A warning about a folder for backups of the store in `store`; empty where it lies well.

    Raises:
        Refused: the folder lies inside the store, a syncing tool keeps it, or it cannot be written to.
    """
    inside, held = target.resolve(), store.resolve()
    if inside == held or held in inside.parents:
        raise Refused("That folder is part of the store itself.", "Choose a folder outside it.")
    found = unfit(target)
    if found:
        raise Refused(found, "Choose a stick, an outer disk, or another folder of this computer.")
    near = _nearest(inside)
    if not os.access(near, os.W_OK | os.X_OK):
        raise Refused("That folder cannot be written to.", "Choose one that you may write to.")
    if near.stat().st_dev == _nearest(held).stat().st_dev:
        return "This folder is on the same disk as the store. If the disk fails or is stolen, both are gone."
    return ""


def asked_for(desk: Desk) -> str:
    """What the region asks about where backups go and nobody did yet; empty where it asks for nothing more."""
    if desk.laid.policy.backup_folder != "yes" or settings.load().backup_folder:
        return ""
    return (
        "Your region asks you to choose a folder for backups, on a stick or another disk. Until you do, they "
        "are kept beside the store."
    )


def _nearest(path: Path) -> Path:
    """The folder itself, or the first above it that is there."""
    while not path.exists():
        path = path.parent
    return path
