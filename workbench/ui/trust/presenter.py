"""What the settings show of the store: its safety, what it is, and who looked; no Qt here."""

from __future__ import annotations

import platform
from datetime import date, timedelta
from pathlib import Path

import msgspec

from workbench import __version__, resources, settings
from workbench.casework import backups, guarding, looks, opening, renewing
from workbench.casework.desk import Desk
from workbench.casework.guarding import Check
from workbench.errors import Refused
from workbench.models.amounts import counted
from workbench.models.dates import written
from workbench.models.ids import is_uuid
from workbench.ui.gate.roles import ROLES
from workbench.ui.widgets.row import Row
from workbench.ui.words import ago, moment_words

PAGE = 200
SHOWN_BACKUPS = 8
STALE = timedelta(days=7)


class Told(msgspec.Struct, frozen=True):
    """A sentence in a tone."""

    says: str
    tone: str


class Safety(msgspec.Struct, frozen=True):
    """How safe the store is: what is to be said of it, where backups go, and the last of them in words."""

    told: tuple[Told, ...]
    folder: str
    backups: tuple[str, ...]
    code: Told


class Page(msgspec.Struct, frozen=True):
    """A page of the look-log; `before` is where the next one starts, `more` whether there may be one."""

    rows: tuple[Row, ...]
    before: int
    more: bool


class Library(msgspec.Struct, frozen=True):
    """Something the program is made of, what it is for, and its licence."""

    name: str
    use: str
    licence: str


# Safety


def safety(desk: Desk) -> Safety:
    """How safe the store is now."""
    store = desk.store.folder.path
    target = guarding.backup_folder(store)
    kept = backups.kept(desk, target)
    return Safety(
        (_last(kept, desk.today), *_asked(desk), *_place(store, target), *_guard(desk), *_disk()),
        str(target),
        tuple(_backup(each) for each in kept[:SHOWN_BACKUPS]),
        _code(desk),
    )


def back_up(desk: Desk) -> Safety:
    """Makes a backup now."""
    guarding.back_up(desk, guarding.backup_folder(desk.store.folder.path))
    return safety(desk)


def check_folder(desk: Desk, folder: str) -> str:
    """What is to be known of a folder for backups.

    Raises:
        Refused: it will not do.
    """
    return backups.check_place(desk.store.folder.path, Path(folder))


def verify(desk: Desk) -> list[Check]:
    """Every check of the store."""
    return guarding.verify(desk)


def _code(desk: Desk) -> Told:
    """Which recovery code holds."""
    renewed = renewing.last(desk)
    if renewed is None:
        return Told("The code that was shown when this store was made holds.", "plain")
    on = written(date.fromisoformat(renewed.on))
    if renewed.cut_short:
        return Told(
            f"Making a new code was cut short on {on}: that one or the one before may hold. Make another.",
            "warn",
        )
    return Told(f"The code made on {on} holds, and none from before.", "plain")


def _last(kept: tuple[backups.Kept, ...], today: date) -> Told:
    if not kept:
        return Told(
            "There is no backup yet. Make one now: without it a broken disk takes everything.", "danger"
        )
    made = date.fromisoformat(kept[0].made_at[:10])
    says = f"The last backup was made {ago(kept[0].made_at, today)}."
    return Told(says, "good") if today - made <= STALE else Told(f"{says} Make one now.", "warn")


def _asked(desk: Desk) -> tuple[Told, ...]:
    asked = backups.asked_for(desk)
    return (Told(asked, "warn"),) if asked else ()


def _place(store: Path, target: Path) -> tuple[Told, ...]:
    try:
        warning = backups.check_place(store, target)
    except Refused as refused:
        return (Told(f"Backups: {refused.sentence()}", "danger"),)
    return (Told(f"Backups: {warning}", "warn"),) if warning else ()


def _guard(desk: Desk) -> tuple[Told, ...]:
    unfit = opening.warning(desk.store.folder.path)
    found = (Told(unfit, "danger"),) if unfit else ()
    if desk.about.sample:
        return (*found, Told("This is a sample: its passphrase lies in its folder.", "info"))
    says = (
        "This computer's keyring guards the store beside your passphrase. On another computer the recovery "
        "code opens it."
        if desk.keyring is not None
        else "No keyring serves here: the passphrase alone guards the store, so it should be six words."
    )
    return (*found, Told(says, "info"))


def _disk() -> tuple[Told, ...]:
    answer = settings.load().disk_encrypted
    if answer == "yes":
        return ()
    return (
        Told(f"{_DISK[answer]} Without it, parts of what you read may stay on the disk in clear.", "warn"),
    )


_DISK = {
    "no": "You said that the disk of this computer is not encrypted. Ask your IT support to change that.",
    "not-known": "You did not know whether the disk of this computer is encrypted. Ask your IT support.",
    "not-asked": "Nobody has said yet whether the disk of this computer is encrypted. Say so below.",
}


def _backup(kept: backups.Kept) -> str:
    people = counted(kept.cases, "person", "people")
    return f"{moment_words(kept.made_at)}: {people}, {counted(kept.versions, 'version')}"


# This store


def store(desk: Desk) -> tuple[tuple[str, str], ...]:
    """What this store is, as names and values."""
    found = looks.about(desk)
    return (
        ("Belongs to", found.name),
        ("Role", ROLES.get(found.role, found.role)),
        ("Made", moment_words(found.made_at)),
        ("People", f"{found.people:,}"),
        ("Entries", f"{found.entries:,}"),
        ("Versions of entries", f"{found.versions:,}"),
        ("Rows in the log of who looked", f"{found.looks:,}"),
        ("Size, with files", _size(found.size)),
        ("Lies in", found.folder),
        ("This device", found.device),
        ("This store", found.store),
        ("Made with version", found.made_by),
    )


def _size(count: int) -> str:
    amount = float(count)
    for unit in ("bytes", "kB", "MB"):
        if amount < 1000:
            return f"{amount:,.0f} {unit}" if unit in ("bytes", "kB") else f"{amount:.1f} {unit}"
        amount /= 1000
    return f"{amount:.1f} GB"


# Who looked

_KINDS: dict[str, dict[str, str]] = {
    "looks": {
        "looked": "Looked at",
        "listed": "Saw a list",
        "searched": "Searched",
        "revealed": "Lifted a cover",
    },
    "written": {
        "recorded": "Wrote",
        "brought in": "Brought in",
        "received": "Received",
        "refused": "Was refused",
        "dropped": "Dropped",
        "draft discarded": "Threw a draft away",
        "draft fetched back": "Fetched a draft back",
        "own words": "Changed own words",
        "choices kept": "Kept choices",
        "switched": "Switched in the rule book",
    },
    "left": {
        "exported": "Exported",
        "reported": "Drew a report",
        "issued": "Issued a report",
        "printed": "Printed",
        "copied": "Copied",
        "sent": "Sent",
    },
    "safety": {
        "made": "Made the store",
        "opened": "Opened the store",
        "locked": "Locked the store",
        "backed up": "Backed up",
        "restored": "Restored a backup",
        "rolled back": "Used an older file on purpose",
        "new device": "Became a new device",
        "passphrase changed": "Changed the passphrase",
        "keys renewed": "Renewed the keys",
        "verified": "Checked the store",
    },
}
KINDS = {"": "Everything", "looks": "Looks", "written": "Writing", "left": "What left", "safety": "The store"}
WHAT = {what: words for kind in _KINDS.values() for what, words in kind.items()}


def log(desk: Desk, kind: str, words: str, before: int = looks.FROM_THE_END) -> Page:
    """A page of the look-log, the newest first; `words` are looked for in names, CRNs and the rows themselves."""
    people = {row.case: (row.name or "", row.crn) for row in desk.store.cases()}
    told = words.strip().casefold()
    cases = tuple(
        case for case, names in people.items() if told and any(told in name.casefold() for name in names)
    )
    found = looks.page(desk, PAGE, before, tuple(_KINDS.get(kind, ())), words.strip(), cases)
    rows = tuple(_look(look, people) for look in found)
    return Page(rows, found[-1].place if found else 0, len(found) == PAGE)


def _look(look: looks.Look, people: dict[str, tuple[str, str]]) -> Row:
    name, crn = people.get(look.case or "", ("", ""))
    whom = f"{name} ({crn})" if name else crn or ("somebody no longer here" if look.case else "")
    title = f"{WHAT.get(look.what, look.what.capitalize())}{': ' if whom else ''}{whom}"
    parts = (look.who, _detail(look), look.why or "")
    return Row(
        key=f"{look.place}:{look.case if name or crn else ''}",
        title=title,
        badge=moment_words(look.at),
        line=", ".join(part for part in parts if part),
    )


def _detail(look: looks.Look) -> str:
    if look.what == "searched":
        return f"for '{look.detail}'"
    return "one entry" if is_uuid(look.detail) else look.detail


# About


def program() -> tuple[tuple[str, str], ...]:
    """What runs here, as names and values."""
    return (
        ("Workbench", __version__),
        ("Python", platform.python_version()),
        ("System", f"{platform.system()} {platform.release()}"),
        ("Settings", str(settings.settings_file())),
        ("Program log", str(settings.log_file())),
    )


def made_of() -> tuple[Library, ...]:
    """Everything the program is made of, with its licence."""
    return resources.read(resources.root() / "licences.yaml").to(tuple[Library, ...])
