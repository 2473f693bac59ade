"""Writing a case out as a case file: the signed bytes, and beside them what they say in plain."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from workbench.casework import standings
from workbench.casework.desk import Desk
from workbench.casework.importing import plain_base64
from workbench.exchange import casefile
from workbench.exchange.casefile import (
    ActItem,
    CaseFile,
    CaseName,
    ErasedItem,
    FileItem,
    Item,
    Signed,
)
from workbench.models import canonical
from workbench.models.amounts import counted
from workbench.models.fold import Case, Entry
from workbench.models.records import HEAD_ACTS, Version
from workbench.store import attachments


def export(desk: Desk, case: str) -> bytes:
    """One case as a case file; importing it elsewhere gives the same versions and facts.

    Of linked cases it holds this very one, the entry that links it included.
    """
    row = desk.store.case_row(case)
    stood = desk.case(case)
    own = (version for version in stood.versions() if version.header.case == case)
    versions = sorted(own, key=lambda version: version.id)
    on_items = _acts_on_items(versions)
    entries = [
        _item(desk, stood, version, on_items.get(version.id, ()))
        for version in versions
        if version.content is not None and (version.act in HEAD_ACTS or not _sits_on_item(version, versions))
    ]
    cards = {version.header.card for version in versions}
    forms = {version.header.form[2] for version in versions}
    file = CaseFile(
        format="workbench-case/1",
        case=CaseName(crn=row.crn, id=row.case),
        entries=tuple(entries),
        cards=tuple(
            msgspec.Raw(canonical.encode(msgspec.to_builtins(each)))
            for each in standings.about(desk, cards, counting=True)
        ),
        definitions={
            sha256: msgspec.Raw(data) for sha256 in sorted(forms) if (data := _definition(desk, sha256))
        },
        erased=tuple(
            ErasedItem(plain_base64(version.header_bytes), plain_base64(version.signature))
            for version in versions
            if version.content is None
        ),
    )
    data = casefile.write(file)
    desk.log("exported", case=case, detail=counted(len(versions), "version"))
    return data


def _definition(desk: Desk, sha256: str) -> bytes | None:
    form = desk.form_hashes.get(sha256)
    return form.data() if form else desk.store.definition(sha256)


def _sits_on_item(version: Version, versions: Iterable[Version]) -> bool:
    """Whether an act is written under the item it was done to: its one parent, still with its content."""
    if len(version.header.parents) != 1 or version.act not in ("countersign", "return", "withdraw"):
        return False
    parent = version.header.parents[0]
    return any(other.id == parent and other.content is not None for other in versions)


def _acts_on_items(versions: list[Version]) -> dict[str, list[Version]]:
    found: dict[str, list[Version]] = {}
    for version in versions:
        if version.content is not None and version.act not in HEAD_ACTS and _sits_on_item(version, versions):
            found.setdefault(version.header.parents[0], []).append(version)
    return found


def _item(desk: Desk, case: Case, version: Version, acts: Iterable[Version]) -> Item:
    header, content = version.header, version.content
    assert content is not None
    return Item(
        id=version.id,
        form=header.form[0],
        version=header.form[1],
        on=header.on,
        at=version.said_at,
        author=desk.author(version),
        answers=content.answers,
        status=_status(case.entries[header.entry], version),
        amends=header.parents[0] if len(header.parents) == 1 else None,
        parents=header.parents if len(header.parents) > 1 else (),
        because=content.because,
        marks=content.marks,
        files=tuple(
            FileItem(
                ref.name,
                ref.type,
                ref.sha256,
                plain_base64(attachments.get(desk.store.folder, desk.store.connection, ref.sha256)),
            )
            for ref in content.files
        ),
        acts=tuple(
            ActItem(
                act.act,
                act.said_at,
                desk.author(act),
                act.content.because if act.content else None,
                _signed(act),
            )
            for act in acts
        ),
        signed=_signed(version),
    )


def _status(entry: Entry, version: Version) -> casefile.Status:
    if version.act not in HEAD_ACTS:
        return "signed"
    # Also where what amends it does not count here: a file states what is in it.
    if any(other.act in HEAD_ACTS and version.id in other.header.parents for other in entry.versions):
        return "superseded"
    acts = {other.act for other in entry.versions if version.id in other.header.parents}
    if "withdraw" in acts:
        return "withdrawn"
    if entry.status == "returned":
        return "returned"
    return "countersigned" if "countersign" in acts else "returned" if "return" in acts else "signed"


def _signed(version: Version) -> Signed:
    assert version.content_bytes is not None
    return Signed(
        plain_base64(version.header_bytes),
        plain_base64(version.content_bytes),
        plain_base64(version.signature),
        version.header.card,
    )
