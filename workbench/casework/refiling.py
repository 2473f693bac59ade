"""What was filed on the wrong case, filed on the right one: its words, and the heading and signature it bore."""

from __future__ import annotations

import base64
from collections.abc import Collection

import msgspec

from workbench.casework.attaching import attach
from workbench.casework.desk import Desk
from workbench.casework.signing import Said, Signer, commit
from workbench.errors import NotFound, Refused
from workbench.models.fold import Entry
from workbench.models.records import Brought, FileRef, Version

# The file that keeps the old headings; its name says nothing of either case.
HEADING = "heading and signature.txt"


class Heading(msgspec.Struct, frozen=True):
    """A version's heading as it was signed, and its signature in base64."""

    header: str
    signature: str


def right_case(desk: Desk, wrong: str, text: object) -> str | None:
    """The case that is named as the right one; None where none is named, or it is not held here.

    Raises:
        Refused: it is the very case that the words are to leave.
        Ambiguous: several cases bear that CRN.
    """
    if not isinstance(text, str) or not text.strip():
        return None
    try:
        found = desk.find(text.strip()).case
    except NotFound:
        return None
    if found == desk.links.reading(wrong):
        raise Refused("That is the case it is filed on.", "Name the case it belongs to, or leave it empty.")
    return found


def refile(desk: Desk, right: str, entry: Entry, misfiled: Collection[str]) -> None:
    """Signs what an entry says now as an entry of the right case, where its current words leave the wrong one.

    It reads as brought in, by whom and when it was first written; the headings of all that is misfiled, with
    their signatures, lie in a file of it. What was withdrawn is withdrawn there too. An entry that keeps current
    words stays where it is.
    """
    heads = [head for head in entry.heads if head.id in misfiled and head.content is not None]
    if len(heads) < len(entry.heads) or not heads:
        return
    gone = [version for version in entry.versions if version.id in misfiled]
    kept = attach(desk, HEADING, msgspec.json.format(msgspec.json.encode(list(map(_heading, gone)))))
    signer = Signer(desk, right)
    versions = [signer.sign(_said(desk, head, kept)) for head in heads]
    if entry.status == "withdrawn":
        versions += [signer.sign(_withdrawn(desk, version)) for version in versions]
    detail = ", ".join(version.id for version in versions)
    commit(desk, right, versions, "recorded", detail=detail, why="filed on the wrong case before")


def headings(data: bytes) -> tuple[Heading, ...]:
    """The headings that a file of a refiled entry keeps, in the order of signing."""
    return msgspec.json.decode(data, type=tuple[Heading, ...])


def _heading(version: Version) -> Heading:
    return Heading(version.header_bytes.decode(), base64.b64encode(version.signature).decode())


def _said(desk: Desk, head: Version, heading: FileRef) -> Said:
    content = head.content
    return Said(
        act="record",
        entry=None,
        form=head.header.form,
        answers=head.answers(),
        claims=head.claims,
        on=head.header.on,
        marks=content.marks if content else {},
        brought=Brought("record", desk.author(head), head.said_at),
        files=(*(content.files if content else ()), heading),
        readers=content.readers if content else None,
    )


def _withdrawn(desk: Desk, version: Version) -> Said:
    header = version.header
    because = "It was withdrawn before it was filed here."
    day = desk.today.isoformat()
    return Said("withdraw", header.entry, header.form, {}, (), day, (header.id,), because=because)
