"""JSON from outside, read as if its sender were hostile: what a plain reader would let pass is refused first."""

from __future__ import annotations

import base64
import codecs
import json
import re
from typing import Any

import msgspec

from workbench.errors import BadInput

MAX_DEPTH = 32
# Ours: no honest file comes near, and a reader stays within its memory and its seconds.
MAX_VALUES = 2_000_000
MAX_KEYS = 100_000
# Brackets and keys together.
MAX_STEPS = 2_000_000
_PART = 1_048_576


def check(data: bytes) -> None:
    """Refuses what is not UTF-8 or has a key twice, fractions, great depth or too many values.

    Raises:
        BadInput: with the first reason found.
    """
    _check_text(data)
    _check_json(data)


def plain_json(data: bytes) -> Any:
    """The data of a small JSON file.

    Raises:
        BadInput: it is not well-formed, or not within the limits.
    """
    check(data)
    try:
        return msgspec.json.decode(data)
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError):
        raise BadInput("The file is not well-formed JSON.") from None


def exact_base64(text: str) -> bytes:
    """Bytes from base64 that is written in the one way there is: its last letter has no idle bits.

    Raises:
        ValueError: it is not.
    """
    data = base64.b64decode(text, validate=True)
    if base64.b64encode(data).decode() != text:
        raise ValueError("base64 in another spelling")
    return data


def told(error: msgspec.ValidationError, place: str) -> BadInput:
    """What the reader complains of, in plain words; its own place stands after `place`."""
    says, _, inside = str(error).rpartition(" - at `")
    if not says:
        return BadInput(_plain(inside), place)
    return BadInput(_plain(says), place + shown(inside.rstrip("`"), 200).removeprefix("$"))


def _check_text(data: bytes) -> None:
    """Refuses what is not UTF-8, a part at a time: one wide letter would make the whole text four times as large."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for start in range(0, len(data), _PART):
            decoder.decode(data[start : start + _PART])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        raise BadInput("The file is not UTF-8 text.") from None


# A few texts and whole numbers of at most 16 digits, then a bracket or a key. Never more than a few: a walk of
# any length in one step would fill the memory.
_TEXT = rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"'
_PLAIN = rb'[^"{}\[\]0-9.]*+'
_STEP = re.compile(
    rb"(?:" + _PLAIN + rb"(?:" + _TEXT + rb"(?!\s*+:)|[0-9]{1,16}+(?![0-9.eE]))){0,16}+"
    rb"(?:" + _PLAIN + rb"(?:([{}\[\]])|(" + _TEXT + rb")\s*+:))?+",
    re.DOTALL,
)
_NUMBER = re.compile(_PLAIN + rb"[0-9.]")
_BRACKET, _KEY, _OBJECT = 1, 2, ord("{")


def _check_json(data: bytes) -> None:
    """Refuses what a plain reader would let pass: a key twice, fractions, great depth, too many values.

    Walks over the bytes and builds nothing, so that a file made to fill the memory does not.
    """
    if data.count(b",") > MAX_VALUES:
        raise BadInput("The file holds too many values.")
    inside: list[set[bytes] | None] = []
    place = 0
    for _ in range(MAX_STEPS):
        step = _STEP.match(data, place)
        if step is None or step.end() == place:
            _check_end(data, place)
            return
        place, kind = step.end(), step.lastindex
        if kind == _BRACKET:
            bracket = data[place - 1]
            if bracket in b"{[":
                inside.append(set() if bracket == _OBJECT else None)
                if len(inside) > MAX_DEPTH:
                    raise BadInput(f"The file is nested deeper than {MAX_DEPTH}.")
            elif inside:
                inside.pop()
        elif kind == _KEY:
            _check_key(inside, step[2])
    raise BadInput("The file holds too many values.")


def _check_end(data: bytes, place: int) -> None:
    if _NUMBER.match(data, place):
        raise BadInput("A number is too large or has a fraction; decimals are written as text.")


def _check_key(inside: list[set[bytes] | None], key: bytes) -> None:
    keys = inside[-1] if inside else None
    try:
        # Two spellings of one key are one key.
        plain = key if b"\\" not in key and key.isascii() else json.dumps(json.loads(key)).encode()
    except ValueError:
        keys = None
    if keys is None:
        raise BadInput("The file is not well-formed JSON.")
    if len(keys) > MAX_KEYS:
        raise BadInput("One object holds too many keys.")
    if plain in keys:
        raise BadInput(f"The key {shown(plain.decode())} stands twice in one object.")
    keys.add(plain)


def shown(text: str, most: int = 80) -> str:
    """Text from a file as a message may repeat it: on one line, printable, cut short."""
    return "".join(letter if letter.isprintable() else "?" for letter in text[:most])


def _plain(says: str) -> str:
    return shown(
        says.replace("Object missing required field", "missing:")
        .replace("Invalid base64 encoded string", "not base64")
        .replace("Object contains unknown field", "unknown key:")
        .replace("Expected", "expected"),
        200,
    )
