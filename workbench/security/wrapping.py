"""A key wrapped for one device: RFC 9180 HPKE in base mode, X25519, HKDF-SHA256, AES-256-GCM.

Whoever later gets the device's private key can open what was wrapped for it before: no forward secrecy.
"""

from __future__ import annotations

import base64
import binascii

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from workbench.errors import BadInput


def _suite() -> Suite:
    return Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


def wrap(opens: str, key: bytes, purpose: bytes) -> bytes:
    """A key wrapped for the device whose opening key (base64) this is; `purpose` must be given again.

    Raises:
        BadInput: it is no such key.
    """
    try:
        public = X25519PublicKey.from_public_bytes(base64.b64decode(opens, validate=True))
        return _suite().encrypt(key, public, info=purpose)
    except (ValueError, binascii.Error):
        raise BadInput("The key on that card cannot be used.", next_step="Ask for a new card.") from None


def unwrap(opens: bytes, wrapped: bytes, purpose: bytes) -> bytes:
    """The key that was wrapped for the device with this private key.

    Raises:
        BadInput: it was wrapped for another device, for another purpose, or changed since.
    """
    try:
        return _suite().decrypt(wrapped, X25519PrivateKey.from_private_bytes(opens), info=purpose)
    except (InvalidTag, ValueError):
        raise BadInput("not sealed to this device, or damaged", "$.for") from None
