"""Canonical bytes: the one way a record is written before it is hashed or signed.

UTF-8, NFC, sorted keys, no spaces, integers only, no control character but line feed, no key twice.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from typing import Any

import msgspec

from workbench.errors import BadInput

MAX_DEPTH = 32
MAX_INTEGER = 2**53 - 1
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f\u0085\u2028\u2029\ud800-\udfff]")
_encoder = msgspec.json.Encoder(order="sorted")
# Where a value stands: the place that holds it, and its key or index there; written out only in a refusal.
_Place = tuple[Any, str | int] | None


def encode(value: object) -> bytes:
    """The canonical bytes of plain data (dict, list, str, int, bool, None).

    Raises:
        BadInput: a fraction, a control character, a text not in NFC, or too deep; `place` says where.
    """
    _check(value, None, 0)
    return _encoder.encode(value)


def decode(data: bytes) -> Any:
    """The data behind canonical bytes.

    Raises:
        BadInput: the bytes are not exactly what `encode` would write.
    """
    try:
        value = msgspec.json.decode(data)
    except (msgspec.MsgspecError, RecursionError):
        raise BadInput("not well-formed JSON") from None
    if encode(value) != data:
        raise BadInput("not written in the canonical way")
    return value


def sha256(data: bytes) -> str:
    """The SHA-256 of bytes, in lower-case hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def tidy(text: str) -> str:
    """Typed or pasted text as the record takes it: NFC, line feeds, no other control characters."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return unicodedata.normalize(
        "NFC", _CONTROL.sub("", plain.replace("\u2028", "\n").replace("\u2029", "\n"))
    )


def _check(value: object, place: _Place, depth: int) -> None:
    if isinstance(value, str):
        _check_text(value, place)
    elif isinstance(value, dict | list | tuple):
        if value and depth == MAX_DEPTH:
            raise BadInput(f"nested deeper than {MAX_DEPTH}", _written(place)[:200])
        if isinstance(value, dict):
            _check_keys(value, place)
        # Nearly all of a record is plain text: seen here, without a step inwards.
        for key, item in value.items() if isinstance(value, dict) else enumerate(value):
            if item is not None and not (item.__class__ is str and item.isascii() and item.isprintable()):
                _check(item, (place, key), depth + 1)
    elif isinstance(value, bool) or value is None:
        return
    elif isinstance(value, int):
        if abs(value) > MAX_INTEGER:
            raise BadInput("a number too large", _written(place))
    else:
        raise BadInput("a number with a fraction (decimals are written as text)", _written(place))


def _check_keys(value: dict[Any, Any], place: _Place) -> None:
    for key in value:
        if not isinstance(key, str):
            raise BadInput("a key that is not text", _written(place))
        if not (key.isascii() and key.isprintable()):
            _check_text(key, place)


def _check_text(text: str, place: _Place) -> None:
    if text.isascii():
        if not text.isprintable() and _CONTROL.search(text):
            raise BadInput("a control character in a text", _written(place))
        return
    if _CONTROL.search(text):
        raise BadInput("a control character in a text", _written(place))
    if not unicodedata.is_normalized("NFC", text):
        raise BadInput("a text that is not in Unicode form NFC", _written(place))


def _written(place: _Place) -> str:
    parts: list[str] = []
    while place is not None:
        place, part = place
        parts.append(f".{part}" if isinstance(part, str) else f"[{part}]")
    return "$" + "".join(reversed(parts))
