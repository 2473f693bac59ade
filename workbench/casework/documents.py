"""Files that entries of a case hold: reports that went out as they left, files that were brought in."""

from __future__ import annotations

import msgspec

from workbench.casework import reading
from workbench.casework.desk import Desk
from workbench.errors import NotFound
from workbench.models.records import FileRef
from workbench.store import attachments


class Held(msgspec.Struct, frozen=True):
    """A file, the entry that holds it, its form, when that happened and who wrote it."""

    file: FileRef
    entry: str
    form: str
    on: str
    by: str


def files(desk: Desk, case: str) -> tuple[Held, ...]:
    """The files of a case's current versions, the latest first; none of an entry kept to others."""
    stood = desk.case(case)
    away = reading.kept_away(desk, stood)
    found = [
        Held(ref, entry.id, entry.form, entry.on, desk.author(head).name)
        for entry in stood.entries.values()
        if entry.id not in away
        for head in entry.heads
        if head.content is not None
        for ref in head.content.files
    ]
    return tuple(sorted(found, key=lambda held: (held.on, held.entry), reverse=True))


def read(desk: Desk, case: str, sha256: str, how: str) -> bytes:
    """The bytes of a file of this case, exactly as they came or left; `how` is `looked` or `exported`, and logged.

    Raises:
        NotFound: no entry of the case holds it.
    """
    if sha256 not in {held.file.sha256 for held in files(desk, case)}:
        raise NotFound("That file is not in this case.", "It may have been taken out with its entry.")
    data = attachments.get(desk.store.folder, desk.store.connection, sha256)
    desk.log(how, case=case, detail=f"file {sha256}")
    return data
