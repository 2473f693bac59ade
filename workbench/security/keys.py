"""The data key and the two slots that open it: passphrase and recovery code (`keys.json`)."""

from __future__ import annotations

import base64
from typing import Literal

import msgspec
from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from workbench.errors import Refused, StoreProblem
from workbench.models import canonical
from workbench.models.ids import Ids

KEY_BYTES = 32
# The alphabet of RFC 4648 base32: no digit looks like a letter of it.
GROUP = 4


class Kdf(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How the passphrase becomes a key: Argon2id with `m_kib` KiB of memory, `t` passes, `p` lanes."""

    name: Literal["argon2id"]
    m_kib: int
    t: int
    p: int
    salt: str


# RFC 9106, section 4, second recommended option.
STRONG = (65_536, 3, 4)


class Slot(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One way to the data key, which lies wrapped in `wrapped`."""

    slot: Literal["passphrase", "recovery"]
    nonce: str
    wrapped: str
    kdf: Kdf | None = None
    device_secret: bool = False


class Keys(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The content of `keys.json`."""

    v: Literal[1]
    store: str
    slots: tuple[Slot, ...]

    def slot(self, name: str) -> Slot:
        """The slot of this name.

        Raises:
            StoreProblem: there is none.
        """
        for slot in self.slots:
            if slot.slot == name:
                return slot
        raise StoreProblem("keys-damaged", f"keys.json has no {name} slot.", "Restore it from a backup.")


def read_keys(data: bytes) -> Keys:
    """Reads `keys.json`.

    Raises:
        StoreProblem: it is damaged.
    """
    try:
        keys = msgspec.json.decode(data, type=Keys)
        for slot in keys.slots:
            if slot.kdf and not (
                8 <= slot.kdf.m_kib <= 4_194_304 and 1 <= slot.kdf.t <= 64 and 1 <= slot.kdf.p <= 64
            ):
                raise ValueError
            base64.b64decode(slot.wrapped, validate=True)
    except (msgspec.MsgspecError, ValueError):
        raise StoreProblem(
            "keys-damaged", "The file keys.json is damaged.", "Put back keys.json from the newest backup."
        ) from None
    return keys


def new_keys(
    store: str,
    data_key: bytes,
    passphrase: str,
    recovery: bytes,
    device_secret: bytes | None,
    ids: Ids,
    strength: tuple[int, int, int] = STRONG,
) -> Keys:
    """Wraps a data key under a passphrase (with the device secret, where there is one) and a recovery code."""
    check_passphrase(passphrase)
    slots = (
        _passphrase_slot(store, data_key, passphrase, device_secret, ids, strength),
        _wrap(store, "recovery", data_key, recovery, ids),
    )
    return Keys(1, store, slots)


def change_passphrase(
    keys: Keys, data_key: bytes, passphrase: str, device_secret: bytes | None, ids: Ids
) -> Keys:
    """The same data key under a new passphrase; backups made before still open with the old one."""
    check_passphrase(passphrase)
    kdf = keys.slot("passphrase").kdf
    strength = (kdf.m_kib, kdf.t, kdf.p) if kdf else STRONG
    fresh = _passphrase_slot(keys.store, data_key, passphrase, device_secret, ids, strength)
    return Keys(1, keys.store, (fresh, keys.slot("recovery")))


def open_with_passphrase(keys: Keys, passphrase: str, device_secret: bytes | None) -> bytes:
    """The data key, by passphrase.

    Raises:
        StoreProblem: the passphrase is wrong, or the keyring no longer holds this store's secret.
    """
    slot = keys.slot("passphrase")
    if slot.device_secret and device_secret is None:
        raise StoreProblem(
            "keyring-missing",
            "This computer's keyring does not hold the secret that belongs to this store: it was reset, "
            "or the store comes from another computer or account.",
            "Open it with the recovery code.",
        )
    wrapping = _passphrase_key(slot.kdf, passphrase, device_secret if slot.device_secret else None)
    return _unwrap(
        keys, slot, wrapping, "The passphrase is not right.", "Try again, or use the recovery code."
    )


def open_with_recovery(keys: Keys, code: str) -> bytes:
    """The data key, by recovery code.

    Raises:
        StoreProblem: the code is not this store's.
    """
    slot = keys.slot("recovery")
    says = "That is not the recovery code of this store."
    return _unwrap(keys, slot, recovery_bytes(code), says, "Check each group of four.")


def recovery_words(secret: bytes) -> str:
    """A recovery code as it is printed: 13 groups of four letters and digits."""
    text = base64.b32encode(secret).decode().rstrip("=")
    return "-".join(text[place : place + GROUP] for place in range(0, len(text), GROUP))


def recovery_bytes(code: str) -> bytes:
    """The secret behind a printed code; spaces, hyphens and case do not matter.

    Raises:
        StoreProblem: it is not such a code.
    """
    text = "".join(code.split()).replace("-", "").upper()
    try:
        secret = base64.b32decode(text + "=" * (-len(text) % 8))
    except ValueError:
        secret = b""
    if len(secret) != KEY_BYTES:
        raise StoreProblem(
            "wrong-key", "A recovery code has 13 groups of four letters and digits (2 to 7).", "Check it."
        )
    return secret


def check_passphrase(passphrase: str) -> None:
    """Refuses a passphrase that is too easy to guess: it wants six words or 14 characters.

    Raises:
        Refused: it is too short, or one character again and again.
    """
    enough = len(passphrase.split()) >= 6 or len(passphrase) >= 14
    if not enough or len(set(passphrase)) < 6:
        raise Refused(
            "That passphrase is too easy to guess.", "Use six words, or at least 14 varied characters."
        )


def offered_passphrase(words: tuple[str, ...], ids: Ids) -> str:
    """Six words drawn at random from a list of 2,048 (66 bits)."""
    picks = (int.from_bytes(ids.bytes(2), "big") % len(words) for _ in range(6))
    return " ".join(words[pick] for pick in picks)


def _passphrase_slot(
    store: str,
    data_key: bytes,
    passphrase: str,
    device_secret: bytes | None,
    ids: Ids,
    strength: tuple[int, int, int],
) -> Slot:
    kdf = Kdf("argon2id", *strength, base64.b64encode(ids.bytes(16)).decode())
    wrapping = _passphrase_key(kdf, passphrase, device_secret)
    slot = _wrap(store, "passphrase", data_key, wrapping, ids)
    return msgspec.structs.replace(slot, kdf=kdf, device_secret=device_secret is not None)


def _passphrase_key(kdf: Kdf | None, passphrase: str, device_secret: bytes | None) -> bytes:
    if kdf is None:
        raise StoreProblem("keys-damaged", "keys.json does not say how the passphrase is used.", "")
    stretched = hash_secret_raw(
        canonical.tidy(passphrase).encode(),
        base64.b64decode(kdf.salt),
        kdf.t,
        kdf.m_kib,
        kdf.p,
        KEY_BYTES,
        Type.ID,
    )
    material = stretched + (device_secret or b"")
    return HKDF(SHA256(), KEY_BYTES, None, b"workbench-passphrase/1").derive(material)


def _bound(store: str, slot: str) -> bytes:
    return canonical.encode({"slot": slot, "store": store, "v": 1})


def _wrap(
    store: str, slot: Literal["passphrase", "recovery"], data_key: bytes, wrapping: bytes, ids: Ids
) -> Slot:
    nonce = ids.bytes(12)
    wrapped = AESGCM(wrapping).encrypt(nonce, data_key, _bound(store, slot))
    return Slot(slot, base64.b64encode(nonce).decode(), base64.b64encode(wrapped).decode())


def _unwrap(keys: Keys, slot: Slot, wrapping: bytes, says: str, next_step: str) -> bytes:
    try:
        nonce, wrapped = base64.b64decode(slot.nonce), base64.b64decode(slot.wrapped)
        return AESGCM(wrapping).decrypt(nonce, wrapped, _bound(keys.store, slot.slot))
    except (InvalidTag, ValueError):
        raise StoreProblem("wrong-key", says, next_step) from None
