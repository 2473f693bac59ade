"""The look-log in pages, the newest first, and what this store is."""

from __future__ import annotations

import msgspec

from workbench.casework.desk import Desk
from workbench.store import audit
from workbench.store.counts import counts

FROM_THE_END = 2**62


class Look(msgspec.Struct, frozen=True):
    """One row of the look-log; `place` is where it stands in the order of writing."""

    place: int
    at: str
    who: str
    what: str
    case: str | None
    why: str | None
    detail: str


class About(msgspec.Struct, frozen=True):
    """Whose store this is, since when, and how much it holds; `size` is in bytes, files included."""

    name: str
    role: str
    device: str
    store: str
    made_at: str
    made_by: str
    folder: str
    size: int
    people: int
    entries: int
    versions: int
    looks: int
    keyring: bool
    sample: bool


def page(
    desk: Desk,
    most: int,
    before: int = FROM_THE_END,
    what: tuple[str, ...] = (),
    words: str = "",
    cases: tuple[str, ...] = (),
) -> tuple[Look, ...]:
    """Up to `most` looks written before a place, of these kinds, holding these words or about these cases."""
    rows = audit.newest(desk.store.connection, before, most, what, words, cases)
    return tuple(Look(place, row.at, row.who, row.what, row.case, row.why, row.detail) for place, row in rows)


def about(desk: Desk) -> About:
    """What this store is; reading it is no look at anybody."""
    held = counts(desk.store.connection)
    folder = desk.store.folder.path
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    card = desk.device.card
    return About(
        name=card.name,
        role=card.role,
        device=desk.device.device,
        store=desk.about.store,
        made_at=held.since,
        made_by=desk.about.made_by,
        folder=str(folder),
        size=size,
        people=desk.count_cases(),
        entries=held.entries,
        versions=held.versions,
        looks=held.looks,
        keyring=desk.keyring is not None,
        sample=desk.about.sample,
    )
