"""Keeping the store safe: backup, restore, and checks that tell whether all is as it was signed."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import msgspec

from workbench import __version__, settings
from workbench import clock as clocks
from workbench.casework import opening
from workbench.casework.desk import Desk, Device
from workbench.casework.opening import Secret
from workbench.casework.overlays_switched import TEAM
from workbench.casework.signing import work_out_again
from workbench.clock import Clock
from workbench.errors import NotFound, StoreProblem
from workbench.exchange.papers import paper_holds
from workbench.models import canonical
from workbench.models.amounts import counted
from workbench.models.fold import fold
from workbench.models.ids import Ids, is_uuid
from workbench.models.records import Card, Version, to_sign
from workbench.models.vouching import WordsCompared
from workbench.security import keys as key_slots
from workbench.security.keyring import Keyring
from workbench.security.signing import card_holds, holds
from workbench.store import anchor, attachments, audit, backup, search
from workbench.store import papers as paper_rows
from workbench.store.driver import told, transaction
from workbench.store.folder import About, Folder
from workbench.store.store import Store


class Check(msgspec.Struct, frozen=True):
    """One check of the store: whether it holds, and a sentence."""

    check: str
    ok: bool
    says: str


def back_up(desk: Desk, target: Path) -> Path:
    """Writes a whole backup and checks it before older ones go; gives its folder.

    Where the region's policy keeps backups for fewer days, what is older than those goes too.
    """
    desk.log("backed up", detail="begun")
    place = _whole(desk.store, desk.about, desk.data_key, target, desk.device, desk.wall.now())
    days = desk.laid.policy.backup_days
    if days is not None:
        backup.rotate(target, desk.about.store, desk.wall.now(), timedelta(days=days))
    desk.anchor()
    return place


def keep_as_it_was(store: Store, about: About, key: bytes, device: Device, now: datetime) -> Path:
    """Writes a whole backup of a store that this program is about to change; gives its folder.

    It goes where backups go, or beside the store where that is not to be had, such as a stick that is not in.

    Raises:
        StoreProblem: there is no place for it; nothing is changed.
    """
    here = store.folder.path
    for target in dict.fromkeys((backup_folder(here), _beside(here))):
        try:
            return _whole(store, about, key, target, device, now)
        except StoreProblem as problem:
            found = problem
    raise StoreProblem(
        found.kind,
        f"This program is newer than the store and first makes a backup of it, which failed. {found.says}",
        "Free some room on the disk, or put in the stick for backups, and try again.",
    )


def _whole(store: Store, about: About, key: bytes, target: Path, device: Device, now: datetime) -> Path:
    blank = backup.Manifest(
        format="workbench-backup/1",
        store=about.store,
        device=device.device,
        sample=about.sample,
        program=__version__,
        made_at=clocks.stamp(now),
        seq=0,
        head="",
        counts={},
        files={},
    )
    sign = device.keys.sign
    return backup.make(store.folder, store.connection, key, target, now, blank, sign, _signed_by)


def _signed_by(card: bytes, data: bytes, signature: bytes) -> bool:
    """Whether the device whose card this is signed the data."""
    return holds(msgspec.json.decode(card, type=Card).signs, data, signature)


def backup_folder(store: Path) -> Path:
    """Where backups go: the folder in the settings, else one beside the store."""
    chosen = settings.load().backup_folder
    return Path(chosen) if chosen else _beside(store)


def _beside(store: Path) -> Path:
    return store.parent / f"{store.name}-backups"


def restore(
    place: Path, target: Path, secret: Secret, clock: Clock, ids: Ids, keyring: Keyring, why: str
) -> tuple[Desk, int]:
    """Restores a backup into an empty folder as a new device; gives the desk and how many log rows are lost.

    Raises:
        StoreProblem: it is no backup, is damaged, or does not open with what was given; nothing is changed.
    """
    manifest = backup.read_manifest(place)
    keys = key_slots.read_keys(backup.read_file(place, "keys.json"))
    data_key = opening.data_key(keys, secret, keyring)
    problem = backup.check(place, data_key, _signed_by)
    if problem:
        raise StoreProblem("backup-bad", f"This backup is not whole: {problem}.", "Use another backup.")
    folder = Folder(target)
    if target.exists() and any(target.iterdir()):
        raise StoreProblem(
            "not-empty",
            "There is something in that folder already.",
            "Name a new or empty folder with --store.",
        )
    backup.copy_back(place, manifest, folder)
    with Store.open(folder, data_key, clocks.stamp(clock.now())) as store:
        lost = _lost(store, manifest)
    reason = f"{why or 'no reason given'} (backup {place.name}, {counted(lost, 'row')} of the look-log lost)"
    desk = opening.open_desk(
        target, secret, clock, ids, keyring, accept_older=reason if lost else "", restored=reason
    )
    return desk, lost


def _lost(store: Store, manifest: backup.Manifest) -> int:
    """How many rows this computer saw of the backed-up device that the backup has not."""
    kept = anchor.kept(settings.anchors_folder(), manifest.store) or ()
    return max(
        (anchor.missing(store.connection, each) for each in kept if each.device == manifest.device), default=0
    )


def verify(desk: Desk) -> list[Check]:
    """Every check of the store, one row each."""
    checks: tuple[tuple[str, Callable[[Desk], str]], ...] = (
        ("pages", _pages),
        ("look-log", lambda held: _place(audit.broken(held.store.connection), "the chain breaks at")),
        ("anchor", _anchor),
        ("cards", _cards),
        ("versions", _versions),
        ("sequence", _sequence),
        ("taken away", _taken),
        ("definitions", _definitions),
        ("files", _files),
        ("results", _results),
    )
    found = []
    for name, check in checks:
        says = check(desk)
        found.append(Check(name, not says, says or _HOLDS[name]))
    desk.log("verified", detail=counted(sum(not row.ok for row in found), "fault"))
    return found


def rebuild(desk: Desk) -> int:
    """Works every list out again from the record, and makes the index of words anew; gives how many cases."""
    desk.read_anew()
    rows = desk.cases()
    for row in rows:
        work_out_again(desk, row.case)
    with transaction(desk.store.connection):
        search.rebuild(desk.store.connection)
    desk.log("verified", detail=f"rebuilt {counted(len(rows), 'case')}")
    return len(rows)


_HOLDS = {
    "pages": "Every page of the database is as it was written.",
    "look-log": "The look-log is whole.",
    "anchor": "The store is the newest this computer has seen.",
    "cards": "Every card carries its own signature, and every voucher its maker's.",
    "versions": "Every version is as it was signed.",
    "sequence": "No version is missing from any device's count.",
    "taken away": "No content stands where an act took it away.",
    "definitions": "The form of every entry is here.",
    "files": "Every attached file is whole.",
    "results": "What lists show is what the record says.",
}


def verify_file(desk: Desk, path: Path) -> list[Check]:
    """Whether a file was issued from this store: its hash stands in a signed entry."""
    try:
        data = path.read_bytes()
    except OSError:
        raise NotFound("That file cannot be read.", "Check its name.") from None
    sha256 = hashlib.sha256(data).hexdigest()
    found = [Check("issued", False, "No report with these bytes was issued from this store.")]
    for version in desk.store.versions_of_form("report-issued"):
        answers = version.answers()
        # Only a signature of a card held here vouches; an item brought in from a file does not.
        if answers.get("sha256") == sha256 and version.brought is None and _is_signed(desk, version):
            on = version.said_at[:10]
            says = (
                f"Issued on {on} as {answers.get('report')} for {answers.get('audience')}; unchanged since."
            )
            found = [Check("issued", True, says)]
    desk.log("verified", detail=f"file {sha256[:16]}")
    return found


def _pages(desk: Desk) -> str:
    try:
        with told():
            faults = desk.store.connection.execute("PRAGMA cipher_integrity_check").fetchall()
            whole = desk.store.connection.execute("PRAGMA quick_check").fetchone()[0]
    except StoreProblem as error:
        return error.says
    if faults:
        return f"{counted(len(faults), 'page is', 'pages are')} damaged."
    return "" if whole == "ok" else "The tables are damaged."


def _anchor(desk: Desk) -> str:
    try:
        lacking, _ = opening.lacking_rows(desk.store, desk.about.store, desk.device, desk.keyring)
    except StoreProblem as problem:
        return problem.says
    return f"Missing: {counted(lacking, 'row')} of the look-log." if lacking else ""


def _cards(desk: Desk) -> str:
    bad = sum(not card_holds(card) for card in desk.cards.values())
    said = (each for each in paper_rows.held(desk.store.connection) if not isinstance(each, WordsCompared))
    false = sum(each.by not in desk.cards or not paper_holds(each, desk.cards[each.by]) for each in said)
    if bad:
        return f"{counted(bad, 'card does', 'cards do')} not carry their own signature."
    told = f"{counted(false, 'voucher does', 'vouchers do')} not carry the signature of their maker."
    return told if false else ""


def _versions(desk: Desk) -> str:
    bad = list(_bad_versions(desk))
    told = counted(len(bad), "version is", "versions are")
    return f"{told} not as signed, the first is {bad[0]}." if bad else ""


def _bad_versions(desk: Desk) -> Iterator[str]:
    for case in (*(row.case for row in desk.store.cases()), TEAM):
        for version in (*desk.store.versions(case), *desk.store.twins(case)):
            if not _is_signed(desk, version):
                yield version.id


def _is_signed(desk: Desk, version: Version) -> bool:
    """Whether a version carries the signature of the card it names, over the content it holds."""
    card = desk.cards.get(version.header.card)
    content = version.content_bytes
    return (
        card is not None
        and card.device == version.header.device
        and holds(card.signs, to_sign(version.header_bytes), version.signature)
        and (content is None or canonical.sha256(content) == version.header.content)
    )


def _sequence(desk: Desk) -> str:
    gaps = 0
    for row in desk.store.cases():
        counts: dict[str, set[int]] = {}
        for version in (*desk.store.versions(row.case), *desk.store.twins(row.case)):
            counts.setdefault(version.header.device, set()).add(version.header.seq)
        for hole in desk.store.holes(row.case):
            counts.setdefault(hole.device, set()).add(hole.seq)
        # Counts of another device begin where its first version reached us; ours begin at 1.
        for device, held in counts.items():
            first = 1 if device == desk.device.device else min(held)
            gaps += max(held) - first + 1 - len(held)
    told = {row.detail for row in desk.store.log_rows() if row.what == "recorded"}
    # The newest of a device leaves no gap in the count; the look-log still names it.
    gone = sum(not desk.store.accounted(version) for version in told if is_uuid(version))
    return f"{counted(gaps + gone, 'version is', 'versions are')} missing." if gaps or gone else ""


def _taken(desk: Desk) -> str:
    """Whether content stands that was erased or misfiled, or words are found that were taken out."""
    standing = 0
    for row in desk.store.cases():
        held = {version.id: version.content is not None for version in desk.store.versions(row.case)}
        found = desk.store.searched(row.case)
        for entry in desk.case(row.case).entries.values():
            gone = entry.taken_out("erase") | entry.taken_out("misfile")
            standing += sum(held.get(version, False) for version in gone)
            standing += len(found & (gone | entry.taken_out("restrict")))
    told = counted(
        standing, "version that was taken away still stands", "versions that were taken away still stand"
    )
    return f"{told}." if standing else ""


def _definitions(desk: Desk) -> str:
    used = {
        version.header.form[2] for row in desk.store.cases() for version in desk.case(row.case).versions()
    }
    missing = [sha256 for sha256 in used if desk.form_by_hash(sha256) is None]
    return (
        f"{counted(len(missing), 'form definition is', 'form definitions are')} missing." if missing else ""
    )


def _files(desk: Desk) -> str:
    faults = attachments.faults(desk.store.folder, desk.store.connection)
    told = counted(len(faults), "attached file is", "attached files are")
    return f"{told} missing or damaged." if faults else ""


def _results(desk: Desk) -> str:
    """Whether a rebuild from the versions alone gives what the lists show."""
    for row in desk.store.cases():
        reading, *_ = together = desk.links.together(row.case)
        fresh = {}
        if row.case == reading:
            versions = (version for each in together for version in desk.store.versions(each))
            fresh = {duty.duty: duty for duty in desk.outcome(fold(reading, desk.marked(versions))).duties}
        held = {duty.duty: duty for duty in desk.store.duties(row.case)}
        if fresh != held:
            return (
                f"The lists of case {row.case} are not what its record says; they will be worked out again."
            )
    return ""


def _place(where: str, says: str) -> str:
    return f"{says[0].upper()}{says[1:]} {where}." if where else ""
