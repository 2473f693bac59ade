"""The case file (`workbench-case/1`): one case as JSON, read as if its sender were hostile.

Read whole or refused whole, within limits of size, count and depth; each refusal names its place. What
the entries mean is not judged here: ids, forms and signatures are casework's to check.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from workbench.errors import BadInput
from workbench.exchange import papers, strict
from workbench.exchange.strict import shown
from workbench.models.records import Act, Author, Card
from workbench.models.vouching import CardEnded, Voucher

MAX_BYTES = 64 * 1024 * 1024
MAX_ENTRIES = 20_000
# Ours: no honest file comes near, and a reader stays within its memory and its seconds.
MAX_ANSWERS = 1_048_576
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
    cards: tuple[msgspec.Raw, ...] = ()
    definitions: dict[str, msgspec.Raw] = {}
    erased: tuple[ErasedItem, ...] = ()


def read(data: bytes) -> CaseFile:
    """A case file from bytes.

    Raises:
        BadInput: it is too large, too deep, not JSON, or not of this format; `place` says where.
    """
    if len(data) > MAX_BYTES:
        raise BadInput(f"The file has more than {MAX_BYTES // 1024**2} MB.")
    strict.check(data)
    try:
        file = msgspec.json.decode(data, type=CaseFile)
    except msgspec.ValidationError as error:
        raise strict.told(error, "$") from None
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
    papers_of(file)
    return file


def papers_of(file: CaseFile) -> tuple[papers.Paper, ...]:
    """The cards and vouchers of a case file.

    Raises:
        BadInput: one is not as it should be; `place` says which.
    """
    return tuple(papers.paper(msgspec.json.decode(raw), f"$.cards[{n}]") for n, raw in enumerate(file.cards))


def write(file: CaseFile) -> bytes:
    """The bytes of a case file: indented, keys in a fixed order, so that equal files are equal bytes."""
    return msgspec.json.format(msgspec.json.encode(file), indent=1) + b"\n"


def schema() -> dict[str, object]:
    """The JSON Schema of a case file."""
    made = msgspec.json.schema(CaseFile)
    papers, parts = msgspec.json.schema_components((Card, Voucher, CardEnded), ref_template="#/$defs/{name}")
    made["$defs"].update(parts)
    made["$defs"]["CaseFile"]["properties"]["cards"]["items"] = {"anyOf": list(papers)}
    return made
