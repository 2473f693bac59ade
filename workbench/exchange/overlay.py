"""A region's overlay as a file: a zip written in one way, each file in it named by its hash, the whole signed.

Nothing in it is compressed, so that its size is what it says; bytes that this module would not have written
itself are refused.
"""

from __future__ import annotations

import base64
import hashlib
import io
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping

import msgspec

from workbench import clock as clocks
from workbench.errors import BadInput
from workbench.exchange.strict import exact_base64, shown, told
from workbench.models import canonical
from workbench.models.records import Card
from workbench.security.signing import holds

MAX_BYTES = 16 * 1024 * 1024
# Ours: no honest overlay comes near.
MAX_FILES = 500
MAX_NAME = 120
HEADING = "overlay.json"
SIGNED_AS = b"workbench-overlay/1\n"
ID = re.compile(r"[a-z][a-z0-9]{1,15}\Z")
_NAME = re.compile(r"[a-z0-9][a-z0-9._-]*(?:/[a-z0-9][a-z0-9._-]*){0,2}\Z")
_FIRST = (1980, 1, 1, 0, 0, 0)
_MAX_HEADING = 256 * 1024
# What the reader of zip files raises over bytes made to harm.
_BROKEN = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, ValueError, KeyError, OverflowError, RuntimeError,
)  # fmt: skip


class Heading(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"from_": "from"}):
    """What an overlay says of itself: its prefix `id`, the region's name, the day it holds from, its files' hashes."""

    files: dict[str, str]
    from_: str
    id: str
    region: str
    signature: str
    signed_by: str
    version: int

    def to_sign(self) -> bytes:
        """The bytes its signature covers: itself, with an empty signature."""
        return SIGNED_AS + canonical.encode(msgspec.to_builtins(msgspec.structs.replace(self, signature="")))

    def sha256(self) -> str:
        """The hash by which entries and bundles name this overlay."""
        return canonical.sha256(canonical.encode(msgspec.to_builtins(self)))

    def called(self) -> str:
        """Its name for people: `North 3`."""
        return f"{self.region} {self.version}"


class Overlay(msgspec.Struct, frozen=True):
    """An overlay as read; nothing in it is judged but its shape and its hashes."""

    heading: Heading
    files: dict[str, bytes]


def to_base64(data: bytes) -> str:
    """Base64 as the files in such a zip write it."""
    return base64.b64encode(data).decode()


def is_zip(data: bytes) -> bool:
    """Whether bytes begin as a zip does."""
    return data.startswith(b"PK")


def make(
    files: Mapping[str, bytes],
    *,
    id: str,
    region: str,
    version: int,
    from_: str,
    card: Card,
    sign: Callable[[bytes], bytes],
) -> bytes:
    """The bytes of a new overlay.

    Raises:
        BadInput: its reader would refuse it.
    """
    hashes = {name: hashlib.sha256(data).hexdigest() for name, data in sorted(files.items())}
    blank = Heading(hashes, from_, id, region, "", card.sha256(), version)
    signature = to_base64(sign(blank.to_sign()))
    heading = msgspec.structs.replace(blank, signature=signature)
    data = write({HEADING: canonical.encode(msgspec.to_builtins(heading)), **files})
    read(data)
    return data


def read(data: bytes) -> Overlay:
    """An overlay from the bytes of its file.

    Raises:
        BadInput: it is damaged, too large, or written in any other way than `make` would.
    """
    found = members(data)
    heading = _heading(found.pop(HEADING, b""))
    if found.keys() != heading.files.keys():
        odd = min(found.keys() ^ heading.files.keys())
        raise BadInput(f"{HEADING} and the files do not agree on {shown(odd)}")
    for name, held in found.items():
        if hashlib.sha256(held).hexdigest() != heading.files[name]:
            raise BadInput("the file is not the one that was signed", name)
    return Overlay(heading, found)


def members(data: bytes, most: int = MAX_BYTES) -> dict[str, bytes]:
    """The files of a zip that this program wrote, by name; of at most so many bytes.

    Raises:
        BadInput: it is damaged, too large, or written in any other way.
    """
    if len(data) > most:
        raise BadInput(f"An overlay has at most {MAX_BYTES // 1024**2} MB.")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            rows = archive.infolist()
            _check_rows(rows, len(data))
            found = {row.filename: archive.read(row) for row in rows}
    except BadInput:
        raise
    except (*_BROKEN, NotImplementedError):
        raise BadInput("The zip is damaged.", next_step="Ask for it once more.") from None
    if write(found) != data:
        raise BadInput(
            "The zip was not written by this program, or was changed on its way.",
            next_step="Ask for the file as 'workbench overlay make' wrote it.",
        )
    return found


def signature_holds(heading: Heading, card: Card) -> bool:
    """Whether the card it names signed it."""
    try:
        signature = exact_base64(heading.signature)
    except ValueError:
        return False
    return heading.signed_by == card.sha256() and holds(card.signs, heading.to_sign(), signature)


def _check_rows(rows: list[zipfile.ZipInfo], size: int) -> None:
    if len(rows) > MAX_FILES:
        raise BadInput(f"An overlay has at most {MAX_FILES} files.")
    if sum(row.file_size for row in rows) > size:
        raise BadInput("Its files say that they are larger than the zip: something in it is compressed.")
    names = set()
    for row in rows:
        if row.compress_type != zipfile.ZIP_STORED or row.flag_bits or row.file_size != row.compress_size:
            raise BadInput("a file is compressed or encrypted", shown(row.filename))
        if len(row.filename) > MAX_NAME or not _NAME.match(row.filename):
            raise BadInput("not a name that a file of an overlay has", shown(row.filename))
        if row.filename in names:
            raise BadInput("the name stands twice", row.filename)
        names.add(row.filename)


def _heading(data: bytes) -> Heading:
    if not 0 < len(data) <= _MAX_HEADING:
        raise BadInput(f"This zip has no {HEADING} of at most 256 kB.", next_step="It is no overlay.")
    try:
        heading = msgspec.convert(canonical.decode(data), Heading)
    except msgspec.ValidationError as error:
        raise told(error, HEADING) from None
    except BadInput as error:
        raise BadInput(error.says, HEADING) from None
    if not ID.match(heading.id):
        raise BadInput("an id has 2 to 16 small letters and digits", f"{HEADING}.id")
    if not 0 < len(heading.region.strip()) <= 80 or not heading.region.isprintable():
        raise BadInput("a region's name has 1 to 80 letters", f"{HEADING}.region")
    if not 0 < heading.version < 10_000:
        raise BadInput("versions count from 1", f"{HEADING}.version")
    try:
        clocks.moment(f"{heading.from_}T00:00Z")
    except ValueError:
        raise BadInput("not a day such as 2026-03-02", f"{HEADING}.from") from None
    return heading


def write(files: Mapping[str, bytes]) -> bytes:
    """The one way to write files into a zip: in order of name, uncompressed, without dates or rights."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(files):
            row = zipfile.ZipInfo(name, _FIRST)
            row.create_system = 0
            row.external_attr = 0
            archive.writestr(row, files[name])
    return made.getvalue()
