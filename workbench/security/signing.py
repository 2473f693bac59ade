"""Signing keys of a device, its card, and checking what others signed (Ed25519)."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable
from functools import cached_property

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from workbench.models.records import Card


class DeviceKeys(msgspec.Struct, frozen=True, dict=True):
    """The private keys of one device, raw: one signs, one opens what is sealed to it."""

    signs: bytes
    opens: bytes

    def sign(self, data: bytes) -> bytes:
        """The signature over `data`, 64 bytes."""
        return self._signing.sign(data)

    @cached_property
    def _signing(self) -> Ed25519PrivateKey:
        # Making it ready costs as much as a signature.
        return Ed25519PrivateKey.from_private_bytes(self.signs)

    def public(self) -> tuple[str, str]:
        """The two public keys, base64: signing, opening."""
        signing = self._signing.public_key().public_bytes_raw()
        opening = X25519PrivateKey.from_private_bytes(self.opens).public_key().public_bytes_raw()
        return base64.b64encode(signing).decode(), base64.b64encode(opening).decode()


def new_device_keys(random: bytes) -> DeviceKeys:
    """Keys from 64 random bytes."""
    return DeviceKeys(random[:32], random[32:64])


def make_card(
    keys: DeviceKeys, person: str, name: str, role: str, device: str, made: str, replaces: str | None
) -> Card:
    """A person's card on a device, signed by that device."""
    signs, opens = keys.public()
    blank = Card("workbench-card/1", person, name, role, device, signs, opens, made, replaces, "")
    signature = base64.b64encode(keys.sign(blank.to_sign())).decode()
    return msgspec.structs.replace(blank, signature=signature)


def holds(public: str, data: bytes, signature: bytes) -> bool:
    """Whether `signature` over `data` was made with the private half of `public` (base64)."""
    return holder(public)(data, signature)


def holder(public: str) -> Callable[[bytes, bytes], bool]:
    """Tells of data and a signature over it whether that was made with the private half of `public` (base64).

    For many signatures of one key, which is made ready once.
    """
    try:
        key = Ed25519PublicKey.from_public_bytes(base64.b64decode(public, validate=True))
    except (ValueError, binascii.Error):
        return lambda data, signature: False

    def told(data: bytes, signature: bytes) -> bool:
        try:
            key.verify(signature, data)
        except InvalidSignature:
            return False
        return True

    return told


def card_holds(card: Card) -> bool:
    """Whether a card carries its own signature."""
    try:
        signature = base64.b64decode(card.signature, validate=True)
    except (ValueError, binascii.Error):
        return False
    return holds(card.signs, card.to_sign(), signature)
