"""The case file (`workbench-case/1`): one case as JSON, read as if its sender were hostile.

Read whole or refused whole, within limits of size, count and depth; each refusal names its place. What
the entries mean is not judged here: ids, forms and signatures are casework's to check.
"""

from __future__ import annotations

import json
from typing import Literal

import msgspec

from workbench.errors import BadInput
from workbench.models.records import Act, Author, Card

MAX_BYTES = 64 * 1024 * 1024
MAX_ENTRIES = 20_000
MAX_DEPTH = 32
# Ours: no honest file comes near, and a reader stays within its memory.
MAX_ANSWERS = 1_048_576
MAX_VALUES = 4_000_000
MAX_KEYS = 900_000

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
    _check_json(data)
    try:
        file = msgspec.json.decode(data, type=CaseFile)
    except msgspec.ValidationError as error:
        says, _, place = str(error).partition(" - at `")
        raise BadInput(_plain(says), place.rstrip("`") or "$") from None
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError):
        raise BadInput("The file is not well-formed JSON.") from None
    if len(file.entries) > MAX_ENTRIES:
        raise BadInput(f"more than {MAX_ENTRIES:,} entries", "$.entries")
    for index, item in enumerate(file.entries):
        if len(bytes(item.answers)) > MAX_ANSWERS:
            raise BadInput("answers of more than 1 MB", f"$.entries[{index}].answers")
    return file


def write(file: CaseFile) -> bytes:
    """The bytes of a case file: indented, keys in a fixed order, so that equal files are equal bytes."""
    return msgspec.json.format(msgspec.json.encode(file), indent=1) + b"\n"


def schema() -> dict[str, object]:
    """The JSON Schema of a case file."""
    return msgspec.json.schema(CaseFile)


class _Depth(int):
    """How deep an object goes; told from any number of the file, which are all read as nothing."""


def _check_json(data: bytes) -> None:
    """Refuses what a plain reader would let pass: a key twice, fractions, great depth, too many values."""
    if data.count(b",") > MAX_VALUES or data.count(b'":') > MAX_KEYS or data.count(b"[") > MAX_VALUES:
        raise BadInput("The file holds too many values.")
    try:
        text = data.decode("utf-8")
        depth = _depth(
            json.loads(
                text,
                object_pairs_hook=_object,
                parse_int=_nothing,
                parse_float=_fraction,
                parse_constant=_fraction,
            )
        )
    except UnicodeDecodeError:
        raise BadInput("The file is not UTF-8 text.") from None
    except RecursionError:
        raise BadInput(f"The file is nested deeper than {MAX_DEPTH}.") from None
    except json.JSONDecodeError as error:
        raise BadInput(
            f"The file is not well-formed JSON: {error.msg.lower()}.", f"line {error.lineno}"
        ) from None
    if depth > MAX_DEPTH:
        raise BadInput(f"The file is nested deeper than {MAX_DEPTH}.")


def _object(pairs: list[tuple[str, object]]) -> _Depth:
    keys = {key for key, _ in pairs}
    if len(keys) != len(pairs):
        seen: set[str] = set()
        twice = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        raise BadInput(f"The key {twice[:40]!r} stands twice in one object.")
    return _Depth(1 + max((_depth(value) for _, value in pairs), default=0))


def _depth(value: object) -> int:
    if isinstance(value, list):
        return 1 + max((_depth(item) for item in value if isinstance(item, list | _Depth)), default=0)
    return value if isinstance(value, _Depth) else 0


def _nothing(digits: str) -> None:
    if len(digits) > 16:
        raise BadInput("The file holds a number too large.")


def _fraction(text: str) -> None:
    raise BadInput(f"The file holds the number {text[:20]}; decimals are written as text.")


def _plain(says: str) -> str:
    """The reader's message in plain words."""
    return (
        says.replace("Object missing required field", "missing:")
        .replace("Object contains unknown field", "unknown key:")
        .replace("Expected", "expected")
    )
