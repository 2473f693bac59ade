"""The case file (`workbench-case/1`): one case as JSON, read as if its sender were hostile.

Read whole or refused whole, within limits of size, count and depth; each refusal names its place. What
the entries mean is not judged here: ids, forms and signatures are casework's to check.
"""

from __future__ import annotations

import codecs
import json
import re
from typing import Literal

import msgspec

from workbench.errors import BadInput
from workbench.models.records import Act, Author, Card

MAX_BYTES = 64 * 1024 * 1024
MAX_ENTRIES = 20_000
MAX_DEPTH = 32
# Ours: no honest file comes near, and a reader stays within its memory and its seconds.
MAX_ANSWERS = 1_048_576
MAX_VALUES = 2_000_000
MAX_KEYS = 100_000
# Brackets and keys together.
MAX_STEPS = 2_000_000
MAX_CARDS = 1_000

Status = Literal["signed", "countersigned", "returned", "withdrawn", "superseded"]


class CaseName(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Which case the file is about; an absent id follows from the CRN."""

    crn: str
    id: str | None = None


class Signed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The bytes exactly as signed (base64), and the hash of the card that signed them."""

    header: str
    content: str
    signature: str
    card: str


class FileItem(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A file that an entry holds, with its bytes in base64."""

    name: str
    type: str
    sha256: str
    data: str


class ActItem(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What somebody did to an item: countersigned, returned or withdrew it."""

    act: Act
    at: str
    author: Author
    because: str | None = None
    signed: Signed | None = None


class Item(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One version of one entry."""

    form: str
    version: int
    at: str
    author: Author
    answers: msgspec.Raw
    status: Status
    id: str | None = None
    on: str | None = None
    amends: str | None = None
    parents: tuple[str, ...] = ()
    because: str | None = None
    marks: dict[str, tuple[str, ...]] = {}
    files: tuple[FileItem, ...] = ()
    acts: tuple[ActItem, ...] = ()
    signed: Signed | None = None


class ErasedItem(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The heading that stays of an erased version."""

    header: str
    signature: str


class CaseFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A whole case file."""

    format: Literal["workbench-case/1"]
    case: CaseName
    entries: tuple[Item, ...]
    cards: tuple[Card, ...] = ()
    definitions: dict[str, msgspec.Raw] = {}
    erased: tuple[ErasedItem, ...] = ()


def read(data: bytes) -> CaseFile:
    """A case file from bytes.

    Raises:
        BadInput: it is too large, too deep, not JSON, or not of this format; `place` says where.
    """
    if len(data) > MAX_BYTES:
        raise BadInput(f"The file has more than {MAX_BYTES // 1024**2} MB.")
    _check_text(data)
    _check_json(data)
    try:
        file = msgspec.json.decode(data, type=CaseFile)
    except msgspec.ValidationError as error:
        says, _, place = str(error).rpartition(" - at `")
        raise BadInput(_plain(says or place), shown(place.rstrip("`"), 200) if says else "$") from None
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError):
        raise BadInput("The file is not well-formed JSON.") from None
    if len(file.entries) > MAX_ENTRIES:
        raise BadInput(f"more than {MAX_ENTRIES:,} entries", "$.entries")
    if len(file.cards) > MAX_CARDS:
        raise BadInput(f"more than {MAX_CARDS:,} cards", "$.cards")
    for index, item in enumerate(file.entries):
        if len(bytes(item.answers)) > MAX_ANSWERS:
            raise BadInput("answers of more than 1 MB", f"$.entries[{index}].answers")
    for sha256, raw in file.definitions.items():
        if len(bytes(raw)) > MAX_ANSWERS:
            raise BadInput("a definition of more than 1 MB", f"$.definitions.{shown(sha256)}")
    return file


def write(file: CaseFile) -> bytes:
    """The bytes of a case file: indented, keys in a fixed order, so that equal files are equal bytes."""
    return msgspec.json.format(msgspec.json.encode(file), indent=1) + b"\n"


def schema() -> dict[str, object]:
    """The JSON Schema of a case file."""
    return msgspec.json.schema(CaseFile)


def _check_text(data: bytes) -> None:
    """Refuses what is not UTF-8, a part at a time: one wide letter would make the whole text four times as large."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for start in range(0, len(data), MAX_ANSWERS):
            decoder.decode(data[start : start + MAX_ANSWERS])
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
    """The reader's message in plain words."""
    return shown(
        says.replace("Object missing required field", "missing:")
        .replace("Object contains unknown field", "unknown key:")
        .replace("Expected", "expected"),
        200,
    )
