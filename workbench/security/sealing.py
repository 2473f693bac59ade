"""Sealing of files: AES-256-GCM in chunks of 64 KiB, so that a cut or swapped chunk is told."""

from __future__ import annotations

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from workbench.errors import StoreProblem

CHUNK = 65_536
_TAG = 16


def seal(key: bytes, data: bytes, bound: bytes) -> bytes:
    """`data` sealed under a key used for nothing else; `bound` must be given again to open it."""
    cipher = AESGCM(key)
    last = max(0, (len(data) - 1) // CHUNK)
    return b"".join(
        cipher.encrypt(_nonce(place, place == last), data[place * CHUNK : (place + 1) * CHUNK], bound)
        for place in range(last + 1)
    )


def unseal(key: bytes, sealed: bytes, bound: bytes) -> bytes:
    """What was sealed.

    Raises:
        StoreProblem: it was cut, changed, or sealed under another key.
    """
    cipher = AESGCM(key)
    size = CHUNK + _TAG
    last = max(0, (len(sealed) - 1) // size)
    try:
        return b"".join(
            cipher.decrypt(_nonce(place, place == last), sealed[place * size : (place + 1) * size], bound)
            for place in range(last + 1)
        )
    except InvalidTag:
        raise StoreProblem(
            "damaged", "A stored file is damaged.", "Restore it from a backup that still holds it."
        ) from None


def _nonce(place: int, last: bool) -> bytes:
    return place.to_bytes(11, "big") + (b"\x01" if last else b"\x00")
