"""Making a store, opening it, and all that may have happened to it in between."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import msgspec

from workbench import __version__, resources, settings
from workbench import clock as clocks
from workbench.casework.desk import Desk, Device
from workbench.clock import Clock, FixedClock
from workbench.errors import Refused, StoreProblem
from workbench.models.amounts import counted
from workbench.models.ids import Ids
from workbench.models.records import ROLES, Card
from workbench.security import keys as key_slots
from workbench.security.keyring import Keyring
from workbench.security.signing import DeviceKeys, holds, make_card, new_device_keys
from workbench.store import anchor, attachments, drafts
from workbench.store.folder import About, Folder, machine_mark, unfit, write_whole
from workbench.store.store import Logged, Store


class Secret(msgspec.Struct, frozen=True):
    """What a person gives to open a store: a passphrase or a recovery code."""

    passphrase: str = ""
    recovery: str = ""


class Made(msgspec.Struct, frozen=True):
    """A new store: its recovery code, to be written down once, and whether the keyring guards it too."""

    store: str
    recovery: str
    keyring: bool


class Renewal(msgspec.Struct, frozen=True):
    """New keys that nothing is encrypted under yet, with their recovery code, and those they stand in for."""

    recovery: str
    keys: key_slots.Keys
    data_key: bytes
    instead_of: key_slots.Keys


def _refuse_common(passphrase: str) -> None:
    common = (resources.root() / "words" / "common.txt").read_text(encoding="utf-8").split("\n")
    if passphrase.lower() in common:
        raise Refused("That passphrase is on the list of those tried first.", "Choose another.")


def word_list() -> tuple[str, ...]:
    """The 2,048 words from which passphrases are offered."""
    return tuple((resources.root() / "words" / "words.txt").read_text(encoding="utf-8").split())


def make(
    path: Path,
    name: str,
    role: str,
    passphrase: str,
    clock: Clock,
    ids: Ids,
    keyring: Keyring,
    *,
    sample: bool = False,
    strength: tuple[int, int, int] = key_slots.STRONG,
) -> Made:
    """Makes a new, empty store; `strength` is Argon2id's memory in KiB, passes and lanes.

    Raises:
        Refused: the name, role or passphrase will not do.
        StoreProblem: the folder is not empty, or not fit for a store.
    """
    if role not in ROLES:
        raise Refused(f"There is no role {role!r}.", f"Choose one of: {', '.join(ROLES)}.")
    if not name.strip():
        raise Refused("A store belongs to somebody.", "Give your name with --name.")
    _refuse_common(passphrase)
    store, data_key, recovery = ids.new(), ids.bytes(32), ids.bytes(32)
    # A sample store stays openable by the passphrase in its folder, wherever it is taken.
    secret = None if sample else _new_device_secret(keyring, store, ids)
    keys = key_slots.new_keys(store, data_key, passphrase, recovery, secret, ids, strength)
    folder = Folder(path)
    folder.make(About("workbench-store/1", store, sample, __version__), _keys_bytes(keys))
    now = clocks.stamp(clock.now())
    with Store.open(folder, data_key, now, create=True) as opened:
        person = ids.new()
        _mint(opened, folder, person, name.strip(), role, None, "made", None, clock, ids)
        bound = {"sample": b"yes" if sample else b"no", "store": store.encode()}
        opened.set_meta(bound, Logged("made", now), name.strip(), held_device(opened).device)
    if sample:
        write_whole(folder.sample_passphrase, passphrase.encode() + b"\n")
    return Made(store, key_slots.recovery_words(recovery), secret is not None)


def open_desk(
    path: Path,
    secret: Secret,
    clock: Clock,
    ids: Ids,
    keyring: Keyring,
    *,
    today: date | None = None,
    accept_older: str = "",
    restored: str = "",
) -> Desk:
    """Opens a store; `today` looks back to how a day was known.

    `accept_older` is a reason to use a file older than this computer last saw; `restored` says which
    backup the folder was just made from.

    Raises:
        StoreProblem: each of the known reasons has its own `kind`, sentence and next step.
    """
    folder = Folder(path)
    about = folder.read_about()
    keys = _read_keys(folder)
    if keys.store != about.store:
        raise StoreProblem(
            "keys-damaged",
            "keys.json belongs to another store.",
            "Put back keys.json from the newest backup.",
        )
    kept: list[Path] = []
    key, keys, store = _open_store(folder, about, keys, secret, clock, keyring, kept)
    try:
        if (store.meta("sample") == b"yes", store.meta("store")) != (about.sample, about.store.encode()):
            raise StoreProblem(
                "damaged",
                "The file store.json was changed by somebody.",
                "Put it back from the newest backup.",
            )
        guard = keyring if keys.slot("passphrase").device_secret else None
        device = _settle(store, folder, about, accept_older, restored, clock, ids, guard)
        practice = FixedClock(clocks.noon(today)) if today else clock
        desk = Desk(
            store, about, keys, key, device, practice, ids, wall=clock, known_until=today, keyring=guard
        )
        desk.log("opened", why=unfit(path) or None, detail=f"known until {today}" if today else "")
        for place in kept:
            desk.log("backed up", detail=f"before a newer program changed the store, {place.name}")
        desk.anchor()
        attachments.sweep(folder, store.connection, clock.now())
        drafts.empty(store.connection, clocks.stamp(clock.now() - drafts.KEPT_FOR))
    except BaseException:
        store.close()
        raise
    return desk


def change_passphrase(desk: Desk, passphrase: str, keyring: Keyring) -> None:
    """Wraps the data key under a new passphrase; backups made before still open with the old one.

    Where the keyring serves but lost this store's secret (it was reset, or the store came from elsewhere),
    a fresh one is put there; a sample store has none.
    """
    _refuse_common(passphrase)
    store = desk.about.store
    secret = None if desk.about.sample else keyring.get(store) or _new_device_secret(keyring, store, desk.ids)
    fresh = key_slots.change_passphrase(desk.keys, desk.data_key, passphrase, secret, desk.ids)
    write_whole(desk.store.folder.keys, _keys_bytes(fresh))
    desk.keys = fresh
    desk.log("passphrase changed")


def warning(path: Path) -> str:
    """What a person is told each time about a store in an unfit place; empty where it lies well."""
    found = unfit(path)
    return f"{found} Move it to a folder on this computer's own disk." if found else ""


def system_keyring() -> Keyring:
    """The keyring of this account, where an allow-listed one serves."""
    return Keyring()


def offer_passphrase(ids: Ids) -> str:
    """Six words drawn at random, to be taken or left."""
    return key_slots.offered_passphrase(word_list(), ids)


def renew_keys(desk: Desk, passphrase: str, keyring: Keyring, tell: Callable[[str], None]) -> None:
    """Encrypts the whole store under a new data key; `tell` gets the new recovery code before anything is changed.

    Raises:
        StoreProblem: the disk has not room for a second copy; nothing is changed.
    """
    renewal = ready_keys(desk, passphrase, keyring)
    tell(renewal.recovery)
    take_up(desk, renewal)


def ready_keys(desk: Desk, passphrase: str, keyring: Keyring) -> Renewal:
    """New keys under a passphrase; until they are taken up, nothing is changed and the old ones hold.

    Raises:
        StoreProblem: the disk has not room to take them up.
    """
    _want_room(desk)
    _refuse_common(passphrase)
    fresh, recovery = desk.ids.bytes(32), desk.ids.bytes(32)
    held = keyring.get(desk.about.store) if desk.keys.slot("passphrase").device_secret else None
    keys = key_slots.new_keys(desk.about.store, fresh, passphrase, recovery, held, desk.ids)
    return Renewal(key_slots.recovery_words(recovery), keys, fresh, desk.keys)


def take_up(desk: Desk, renewal: Renewal) -> None:
    """Encrypts the whole store under keys that are ready.

    The new `keys.json` lies beside the old one while the database is rewritten, so that a crash at any
    moment leaves one of the two that fits.

    Raises:
        StoreProblem: the disk has not room for a second copy; nothing is changed.
        Refused: the passphrase was changed since they were made; nothing is changed.
    """
    if desk.keys != renewal.instead_of:
        raise Refused("The passphrase was changed since this code was made.", "Make another new code.")
    _want_room(desk)
    folder = desk.store.folder
    write_whole(folder.next_keys, _keys_bytes(renewal.keys))
    desk.log("keys renewed", why="begun")
    desk.store.rekey(renewal.data_key)
    folder.next_keys.replace(folder.keys)
    desk.keys, desk.data_key = renewal.keys, renewal.data_key
    desk.log("keys renewed")


def _want_room(desk: Desk) -> None:
    folder = desk.store.folder
    if shutil.disk_usage(folder.path).free < 2 * folder.database.stat().st_size:
        raise StoreProblem(
            "full", "There is no room to write the store anew.", "Free twice its size and try again."
        )


def _open_store(
    folder: Folder,
    about: About,
    keys: key_slots.Keys,
    secret: Secret,
    clock: Clock,
    keyring: Keyring,
    kept: list[Path],
) -> tuple[bytes, key_slots.Keys, Store]:
    """The open database; after a crash while keys were renewed, by whichever keys fit.

    `kept` gets the backup that was made where an earlier program left the store.
    """
    since = clocks.stamp(clock.now())

    def settle(fit: key_slots.Keys) -> None:
        if folder.next_keys.is_file():
            folder.next_keys.unlink() if fit is keys else folder.next_keys.replace(folder.keys)

    def opened(by: key_slots.Keys) -> tuple[bytes, key_slots.Keys, Store]:
        key = data_key(by, secret, keyring)

        def before(store: Store) -> None:
            from workbench.casework import guarding

            # The backup takes along the keys that fit.
            settle(by)
            kept.append(guarding.keep_as_it_was(store, about, key, held_device(store), clock.now()))

        store = Store.open(folder, key, since, before=before)
        settle(by)
        return key, by, store

    if folder.next_keys.is_file():
        try:
            return opened(key_slots.read_keys(folder.next_keys.read_bytes()))
        except StoreProblem as problem:
            if problem.kind not in ("wrong-key", "damaged"):
                raise
    return opened(keys)


def _settle(
    store: Store,
    folder: Folder,
    about: About,
    accept_older: str,
    restored: str,
    clock: Clock,
    ids: Ids,
    keyring: Keyring | None,
) -> Device:
    """The device this store is here; a new one where the folder was copied or an older file is used on purpose."""
    device = held_device(store)
    lacking, first = lacking_rows(store, about.store, device, keyring, forgive=bool(accept_older))
    if lacking and not accept_older:
        raise StoreProblem(
            "rolled-back",
            f"This file is older than what this computer last saw: it lacks {counted(lacking, 'row')} "
            "of the look-log, and the changes told there.",
            "Restore the newest backup, or use this file on purpose with 'verify --accept-older REASON'.",
        )
    card = device.card
    moved = store.meta("machine") != machine_mark(folder.database).encode()
    if restored:
        what, why = "restored", restored
    elif lacking:
        what, why = "rolled back", f"{accept_older} ({counted(lacking, 'row')} missing)"
    elif moved:
        what, why = "new device", "the folder was copied or moved from elsewhere"
    else:
        if first:
            noted = Logged("opened", clocks.stamp(clock.now()), why="first time on this computer")
            store.log(device.device, card.name, noted)
        return device
    return _mint(store, folder, card.person, card.name, card.role, card.sha256(), what, why, clock, ids)


def lacking_rows(
    store: Store, id: str, device: Device, keyring: Keyring | None, *, forgive: bool = False
) -> tuple[int, bool]:
    """How many rows the look-log lacks against what this computer noted of this device, and whether it noted none.

    Raises:
        StoreProblem: the note is damaged or was changed, unless a person uses the file on purpose (`forgive`).
    """
    try:
        noted = [*(anchor.kept(settings.anchors_folder(), id) or ()), *_in_keyring(id, keyring)]
        own = [each for each in noted if each.device == device.device]
        mine = max(own, key=lambda each: each.seq, default=None)
        if mine is not None and not holds(device.card.signs, mine.to_sign(), from_hex(mine.signature)):
            raise StoreProblem(
                "anchor-damaged",
                "What this computer noted of the store's look-log was changed by somebody.",
                "If you are sure of this file, use it on purpose with 'verify --accept-older REASON'.",
            )
    except StoreProblem:
        if not forgive:
            raise
        anchor.file_of(settings.anchors_folder(), id).unlink(missing_ok=True)
        return 1, False
    return (anchor.missing(store.connection, mine), False) if mine is not None else (0, True)


def _in_keyring(id: str, keyring: Keyring | None) -> tuple[anchor.Anchor, ...]:
    """The anchor that the keyring holds, where one guards the store and it can be read."""
    data = keyring.get(anchor.keyring_name(id)) if keyring is not None else None
    try:
        return (msgspec.json.decode(data, type=anchor.Anchor),) if data else ()
    except msgspec.MsgspecError:
        return ()


def from_hex(text: str) -> bytes:
    """Bytes from hexadecimal; none where it is not that."""
    try:
        return bytes.fromhex(text)
    except ValueError:
        return b""


def _mint(
    store: Store,
    folder: Folder,
    person: str,
    name: str,
    role: str,
    replaces: str | None,
    what: str,
    why: str | None,
    clock: Clock,
    ids: Ids,
) -> Device:
    keys = new_device_keys(ids.bytes(64))
    device = ids.new()
    now = clocks.stamp(clock.now())
    card = make_card(keys, person, name, role, device, now, replaces)
    store.add_card(card)
    store.set_meta(
        {
            "device": device.encode(),
            "signs": keys.signs,
            "opens": keys.opens,
            "card": card.sha256().encode(),
            "machine": machine_mark(folder.database).encode(),
        },
        Logged(what, now, why=why),
        name,
        device,
    )
    return Device(device, card, keys)


def held_device(store: Store) -> Device:
    """The device that a store is.

    Raises:
        StoreProblem: it has lost what it is.
    """
    values = {key: store.meta(key) for key in ("device", "signs", "opens", "card")}
    cards: dict[str, Card] = store.cards()
    device, signs, opens, card = (values[key] for key in ("device", "signs", "opens", "card"))
    if not (device and signs and opens and card) or card.decode() not in cards:
        raise StoreProblem("damaged", "The store has lost what it is.", "Restore the newest backup.")
    return Device(device.decode(), cards[card.decode()], DeviceKeys(signs, opens))


def data_key(keys: key_slots.Keys, secret: Secret, keyring: Keyring) -> bytes:
    """The data key, by what the person gave.

    Raises:
        StoreProblem: it is wrong, or the keyring no longer holds this store's secret.
    """
    if secret.recovery:
        return key_slots.open_with_recovery(keys, secret.recovery)
    held = keyring.get(keys.store) if keys.slot("passphrase").device_secret else None
    return key_slots.open_with_passphrase(keys, secret.passphrase, held)


def _new_device_secret(keyring: Keyring, store: str, ids: Ids) -> bytes | None:
    secret = ids.bytes(32)
    return secret if keyring.put(store, secret) else None


def _read_keys(folder: Folder) -> key_slots.Keys:
    try:
        return key_slots.read_keys(folder.keys.read_bytes())
    except OSError:
        raise StoreProblem(
            "keys-missing", "The file keys.json is missing.", "Put it back from the newest backup."
        ) from None


def _keys_bytes(keys: key_slots.Keys) -> bytes:
    return msgspec.json.format(msgspec.json.encode(keys), indent=2)
