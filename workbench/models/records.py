"""Versions, claims and cards: what is signed, kept and sent, byte for byte."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import Any, Literal

import msgspec

from workbench import clock
from workbench.errors import BadInput
from workbench.models import canonical

Act = Literal[
    "record",
    "amend",
    "join",
    "bring",
    "countersign",
    "return",
    "withdraw",
    "misfile",
    "restrict",
    "erase",
    "loosen",
]
Authority = Literal["vouched", "verified", "none"]
HEAD_ACTS = frozenset({"record", "amend", "join"})
# What a file may state, unsigned, that somebody did to an unsigned item.
BROUGHT_ACTS = frozenset({"countersign", "return", "withdraw"})
ROLES = ("practitioner", "pso", "spo", "aco", "court-officer", "vlo", "administrator", "data-protection")
MARKS = (
    "third-party",
    "child",
    "police",
    "intelligence",
    "mappa-meeting",
    "health",
    "polygraph",
    "victim",
    "not-for-disclosure",
)
SIGNED_AS = b"workbench-version/1\n"


# gc=False below: frozen, made of text, numbers and tuples, these can form no cycle; a long case is some ten
# thousand of them, which the collector would otherwise walk again and again.


class Author(msgspec.Struct, frozen=True, gc=False, forbid_unknown_fields=True):
    """Who wrote something, by the name and role they bore then."""

    name: str
    role: str


class Claim(
    msgspec.Struct, frozen=True, gc=False, forbid_unknown_fields=True, rename={"is_": "is", "from_": "from"}
):
    """What an entry says about the case: a fact, of whom, its value, from when (inclusive) until when (exclusive).

    `from_` and `until` are days. `of` is the id of a person, address, condition, factor, action or
    device; None is the case itself. `basis` is the footing of an allegation or finding, or None.
    """

    fact: str
    of: str | None
    is_: str | int
    from_: str
    until: str | None
    marks: tuple[str, ...]
    basis: str | None


class Header(msgspec.Struct, frozen=True, gc=False, forbid_unknown_fields=True):
    """The signed heading of a version; `seq` counts per device and case, from 1."""

    act: Act
    at: str
    by: str
    card: str
    case: str
    content: str
    device: str
    entry: str
    form: tuple[str, int, str]
    id: str
    on: str
    parents: tuple[str, ...]
    seen: dict[str, int]
    seq: int
    v: Literal[1]


class Brought(msgspec.Struct, frozen=True, gc=False, forbid_unknown_fields=True):
    """What a file said of an unsigned item: which act, by whom, when."""

    act: Act
    author: Author
    at: str


class FileRef(msgspec.Struct, frozen=True, gc=False, forbid_unknown_fields=True):
    """A file that an entry holds; `bytes` is its size, `sha256` of the file itself in clear."""

    bytes: int
    name: str
    sha256: str
    type: str


class Content(msgspec.Struct, frozen=True, gc=False, forbid_unknown_fields=True):
    """What a version says; destroyed by erasing, while the header stays."""

    answers: msgspec.Raw
    because: str | None
    brought: Brought | None
    claims: tuple[Claim, ...]
    files: tuple[FileRef, ...]
    marks: dict[str, tuple[str, ...]]
    readers: tuple[str, ...] | None
    salt: str
    sitting: str | None


class Version(msgspec.Struct, frozen=True, gc=False):
    """One signed version: the two byte strings exactly as signed, the signature, and what they say.

    `also` are its places (device, seq) in the counts of other stores that brought the same thing in.
    `authority` is told by the store: whether the role that such a version needs is vouched for there
    (`vouched`), or only whose card it is (`verified`), or not even that. Most versions need none.
    """

    header: Header
    content: Content | None
    header_bytes: bytes
    content_bytes: bytes | None
    signature: bytes
    also: tuple[tuple[str, int], ...] = ()
    authority: Authority = "vouched"

    @property
    def id(self) -> str:
        """The version's id."""
        return self.header.id

    @property
    def act(self) -> Act:
        """The act it counts as: a `bring` counts as the act it brings, and as a record once that is erased."""
        if self.header.act != "bring":
            return self.header.act
        return self.content.brought.act if self.content and self.content.brought else "record"

    @property
    def brought(self) -> Brought | None:
        """What the file said, where it was brought in unsigned."""
        return self.content.brought if self.content else None

    @property
    def said_at(self) -> str:
        """The moment its author gave it: for history brought in, as the file states."""
        return self.content.brought.at if self.content and self.content.brought else self.header.at

    @property
    def claims(self) -> tuple[Claim, ...]:
        """What it says about the case; nothing where its content is gone."""
        return self.content.claims if self.content else ()

    def answers(self) -> dict[str, Any]:
        """Its answers, as plain data; empty where its content is gone."""
        if self.content is None:
            return {}
        answers: dict[str, Any] = msgspec.json.decode(self.content.answers)
        return answers

    def without_content(self) -> Version:
        """The same version after its content was erased."""
        return Version(self.header, None, self.header_bytes, None, self.signature, self.also, self.authority)


_header = msgspec.json.Decoder(Header)
_content = msgspec.json.Decoder(Content)


def read_version(header: bytes, content: bytes | None, signature: bytes, *, trusted: bool = False) -> Version:
    """A version from its bytes; `trusted` skips the canonical check for what this store wrote itself.

    Raises:
        BadInput: the bytes are not canonical, not of this shape, or the content is not the one signed.
    """
    try:
        if not trusted:
            canonical.decode(header)
            if content is not None:
                canonical.decode(content)
        read = _header.decode(header)
        said = _content.decode(content) if content is not None else None
    except msgspec.MsgspecError as error:
        raise BadInput(f"not a version: {error}") from None
    if not trusted:
        _check_header(read)
        if content is not None and canonical.sha256(content) != read.content:
            raise BadInput("the content is not the one that was signed")
    return Version(read, said, header, content, signature)


def _check_header(header: Header) -> None:
    try:
        clock.moment(header.at)
    except ValueError as error:
        raise BadInput(str(error), "$.at") from None
    if header.seq < 1:
        raise BadInput("counts from 1", "$.seq")
    if header.act in ("record",) and header.parents:
        raise BadInput("a first version has no parents", "$.parents")


def to_sign(header: bytes) -> bytes:
    """The bytes that the signature of a version covers."""
    return SIGNED_AS + header


def content_data(
    *,
    answers: Mapping[str, Any],
    claims: tuple[Claim, ...],
    salt: bytes,
    because: str | None = None,
    brought: Brought | None = None,
    files: tuple[FileRef, ...] = (),
    marks: Mapping[str, tuple[str, ...]] | None = None,
    readers: tuple[str, ...] | None = None,
    sitting: str | None = None,
) -> bytes:
    """The canonical bytes of a content."""
    return canonical.encode(
        {
            "answers": dict(answers),
            "because": because,
            "brought": msgspec.to_builtins(brought),
            "claims": msgspec.to_builtins(claims),
            "files": msgspec.to_builtins(files),
            "marks": {path: list(found) for path, found in (marks or {}).items()},
            "readers": list(readers) if readers is not None else None,
            "salt": base64.b64encode(salt).decode(),
            "sitting": sitting,
        }
    )


class Card(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A person's card on one device: who signs, with which keys (base64), and which card it replaces."""

    format: Literal["workbench-card/1"]
    person: str
    name: str
    role: str
    device: str
    signs: str
    opens: str
    made: str
    replaces: str | None
    signature: str

    def to_sign(self) -> bytes:
        """The bytes its signature covers: all fields but the signature."""
        data = msgspec.to_builtins(self)
        del data["signature"]
        return b"workbench-card/1\n" + canonical.encode(data)

    def sha256(self) -> str:
        """The hash by which versions and vouchers name this card."""
        return canonical.sha256(canonical.encode(msgspec.to_builtins(self)))


class Hole(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What stays of a version withheld or misfiled: its place in the count and a hash of its header."""

    device: str
    case: str
    seq: int
    sha256: str
