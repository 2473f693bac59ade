"""The sealed bundle (`WB1`): lines of JSON under a key that is wrapped for each device it is meant for.

```
WB1
{"v":1,"bundle":"<uuid>","for":[{"card":"<sha256>","key":"<base64>"}]}
AES-256-GCM in chunks of 64 KiB, bound to the SHA-256 of the two lines above
```
Inside, the first line is the manifest, signed by the sender; it names the hash of all the other lines.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

import msgspec

from workbench.errors import BadInput, StoreProblem
from workbench.exchange.strict import exact_base64, told
from workbench.models import canonical
from workbench.models.ids import is_uuid
from workbench.models.records import Card
from workbench.models.vouching import CardEnded, Voucher
from workbench.security.sealing import seal, unseal
from workbench.security.wrapping import unwrap, wrap

FIRST_LINE = b"WB1\n"
PURPOSE = b"workbench-bundle/1"
MANIFEST_AS = b"workbench-manifest/1\n"
RECEIPT_AS = b"workbench-receipt/1\n"
MAX_BYTES = 256 * 1024 * 1024
MAX_VERSIONS = 50_000
# Ours: a file of 25 MB in base64 has room in a line, and nothing honest needs more.
MAX_LINE = 36 * 1024 * 1024
MAX_LINES = 250_000
_MAX_HEAD = 1024 * 1024
_MAX_PAPER = 16 * 1024

Vector = dict[str, int]


class Sealed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The key of a bundle as wrapped for one device, named by its card."""

    card: str
    key: str


class Head(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"for_": "for"}):
    """The second line: what anybody may read who finds the file."""

    v: int
    bundle: str
    for_: tuple[Sealed, ...]


class CasePart(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"from_": "from"}):
    """One case of a bundle: from what the recipient was known to hold, to what the sender holds."""

    case: str
    crn: str
    from_: Vector
    to: Vector


class Manifest(
    msgspec.Struct,
    frozen=True,
    forbid_unknown_fields=True,
    tag_field="kind",
    tag="manifest",
    rename={"for_": "for"},
):
    """What a bundle says of itself, signed by its sender; `rest` is the SHA-256 of all lines below."""

    anchor: dict[str, str | int]
    at: str
    book: str
    bundle: str
    cases: tuple[CasePart, ...]
    counts: dict[str, int]
    for_: tuple[str, ...]
    overlays: tuple[str, ...]
    program: str
    rest: str
    sample: bool
    sender: str
    signature: str

    def to_sign(self) -> bytes:
        """The bytes its signature covers: itself, with an empty signature."""
        return _unsigned(MANIFEST_AS, self)


class PaperLine(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="card"):
    """A card; `paper` is as its own file has it."""

    paper: msgspec.Raw


class VoucherLine(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="voucher"):
    """A voucher."""

    paper: msgspec.Raw


class EndedLine(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="card-ended"):
    """A card that was ended."""

    paper: msgspec.Raw


class DefinitionLine(
    msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="definition"
):
    """A form's definition; it serves to show entries, never to write them."""

    definition: msgspec.Raw
    sha256: str


class VersionLine(
    msgspec.Struct, frozen=True, gc=False, forbid_unknown_fields=True, tag_field="kind", tag="version"
):
    """A version exactly as signed; `content` is None where it is gone. Bytes are written in base64."""

    content: bytes | None
    header: bytes
    signature: bytes


class HoleLine(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="hole"):
    """The place of a version that the recipient may not read, or that was misfiled."""

    case: str
    device: str
    seq: int
    sha256: str


class FileLine(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="file"):
    """A file that versions name by its hash."""

    data: bytes
    sha256: str


class Receipt(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="receipt"):
    """That a bundle came, and what its receiver holds since; signed by the receiver."""

    anchor: dict[str, str | int]
    bundle: str
    by: str
    signature: str
    vectors: dict[str, Vector]

    def to_sign(self) -> bytes:
        """The bytes its signature covers: itself, with an empty signature."""
        return _unsigned(RECEIPT_AS, self)


Line = PaperLine | VoucherLine | EndedLine | DefinitionLine | VersionLine | HoleLine | FileLine | Receipt


class Opened(msgspec.Struct, frozen=True):
    """A bundle as opened by one of its recipients; nothing in it is judged but its shape."""

    manifest: Manifest
    lines: tuple[Line, ...]


def encode(line: Line | Manifest) -> bytes:
    """One line, in the canonical way, without its line feed."""
    return msgspec.json.encode(line, order="sorted")


def write(
    blank: Manifest,
    lines: Iterable[Line],
    recipients: Iterable[Card],
    sign: Callable[[bytes], bytes],
    random: bytes,
) -> bytes:
    """The bytes of a bundle; `blank` lacks only its counts, hash and signature, `random` is 32 bytes.

    Raises:
        BadInput: it would pass a limit.
    """
    counts: dict[str, int] = {}
    written: list[bytes] = []
    for line in lines:
        kind = str(line.__struct_config__.tag)
        counts[kind] = counts.get(kind, 0) + 1
        written.append(encode(line) + b"\n")
    rest = b"".join(written)
    unsigned = msgspec.structs.replace(blank, counts=counts, rest=hashlib.sha256(rest).hexdigest())
    signature = base64.b64encode(sign(unsigned.to_sign())).decode()
    manifest = msgspec.structs.replace(unsigned, signature=signature)
    keys = tuple(
        Sealed(card.sha256(), base64.b64encode(wrap(card.opens, random, PURPOSE)).decode())
        for card in recipients
    )
    head = FIRST_LINE + msgspec.json.encode(Head(1, blank.bundle, keys)) + b"\n"
    made = head + seal(random, encode(manifest) + b"\n" + rest, hashlib.sha256(head).digest())
    if len(made) > MAX_BYTES or counts.get("version", 0) > MAX_VERSIONS:
        raise BadInput(f"A bundle has at most {MAX_BYTES // 1024**2} MB and {MAX_VERSIONS:,} versions.")
    return made


def is_bundle(data: bytes) -> bool:
    """Whether bytes begin as a bundle does, of this or a later making."""
    return data.startswith(b"WB")


def read(data: bytes, card: str, opens: bytes, earlier: Iterable[str] = ()) -> Opened:
    """A bundle opened by the device with this card; `earlier` are its person's cards before.

    Raises:
        BadInput: it is damaged, cut, too large, too new, or sealed to somebody else.
    """
    if len(data) > MAX_BYTES:
        raise BadInput(f"A bundle has at most {MAX_BYTES // 1024**2} MB.")
    head, size = _read_head(data)
    wrapped = {each.card: each.key for each in head.for_}
    if card not in wrapped:
        if wrapped.keys() & set(earlier):
            raise BadInput(
                "This bundle is sealed to a device that you no longer use.",
                next_step="Give its sender your new card.",
            )
        raise BadInput(
            "This bundle is sealed to somebody else.", next_step="Ask for one sealed to your card."
        )
    key = unwrap(opens, from_base64(wrapped[card], "$.for"), PURPOSE)
    if len(key) != 32:
        raise BadInput("the key has not 32 bytes", "$.for")
    try:
        inside = unseal(key, data[size:], hashlib.sha256(data[:size]).digest())
    except StoreProblem:
        raise BadInput("The bundle is damaged or cut short.", next_step="Ask for it once more.") from None
    opened = _read_inside(inside)
    manifest = opened.manifest
    if manifest.bundle != head.bundle or list(manifest.for_) != [each.card for each in head.for_]:
        raise BadInput("its manifest belongs to another bundle", "line 1")
    return opened


def _read_head(data: bytes) -> tuple[Head, int]:
    """The head, and how many bytes it takes."""
    if not data.startswith(FIRST_LINE):
        if data[:16].split(b"\n", maxsplit=1)[0][2:].isdigit():
            raise _too_new()
        raise BadInput("This is not a bundle.")
    end = data.find(b"\n", len(FIRST_LINE), len(FIRST_LINE) + _MAX_HEAD)
    if end < 0:
        raise BadInput("the line that names its recipients is missing", "line 2")
    line = data[len(FIRST_LINE) : end]
    try:
        if msgspec.json.decode(line, type=_Made).v > 1:
            raise _too_new()
        head = msgspec.json.decode(line, type=Head)
    except msgspec.ValidationError as error:
        raise told(error, "line 2") from None
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError):
        raise BadInput("not well-formed JSON", "line 2") from None
    if msgspec.json.encode(head) != line or head.v != 1 or not is_uuid(head.bundle):
        raise BadInput("not written as a bundle is", "line 2")
    return head, end + 1


class _Made(msgspec.Struct):
    v: int


def _too_new() -> BadInput:
    return BadInput(
        "This bundle was made by a newer version of the workbench.", next_step="Install that version."
    )


def _read_inside(inside: bytes) -> Opened:
    first, _, rest = inside.partition(b"\n")
    manifest = _read_line(first, _manifest, 1)
    if hashlib.sha256(rest).hexdigest() != manifest.rest:
        raise BadInput("the lines below are not those it names", "line 1")
    if rest.count(b"\n") > MAX_LINES:
        raise BadInput(f"more than {MAX_LINES:,} lines")
    if rest and not rest.endswith(b"\n"):
        raise BadInput("the last line is not whole")
    lines = tuple(
        _read_line(line, _line, place) for place, line in enumerate(rest.split(b"\n")[:-1], start=2)
    )
    counts: dict[str, int] = {}
    for line in lines:
        kind = str(line.__struct_config__.tag)
        counts[kind] = counts.get(kind, 0) + 1
    if counts != manifest.counts:
        raise BadInput("not as many lines of each kind as it says", "line 1")
    if counts.get("version", 0) > MAX_VERSIONS:
        raise BadInput(f"more than {MAX_VERSIONS:,} versions")
    return Opened(manifest, lines)


T = TypeVar("T", Manifest, Line)
_manifest = msgspec.json.Decoder(Manifest)
_line: msgspec.json.Decoder[Line] = msgspec.json.Decoder(Line)


def _read_line(data: bytes, decoder: msgspec.json.Decoder[T], place: int) -> T:
    where = f"line {place}"
    if len(data) > MAX_LINE:
        raise BadInput("too long", where)
    try:
        found = decoder.decode(data)
    except msgspec.ValidationError as error:
        raise told(error, where) from None
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError):
        raise BadInput("not well-formed JSON", where) from None
    if encode(found) != data:
        raise BadInput("not written in the canonical way", where)
    return found


def raw_data(raw: msgspec.Raw, place: str, most: int = _MAX_PAPER) -> object:
    """The data of a part that was kept as it came.

    Raises:
        BadInput: it is too long, or not written in the canonical way.
    """
    data = bytes(raw)
    if len(data) > most:
        raise BadInput("too long", place)
    try:
        return canonical.decode(data)
    except BadInput as error:
        raise BadInput(error.says, place) from None


def from_base64(text: str, place: str) -> bytes:
    """Bytes from base64.

    Raises:
        BadInput: it is not base64.
    """
    try:
        return exact_base64(text)
    except ValueError:
        raise BadInput("not base64", place) from None


def to_base64(data: bytes) -> str:
    """Base64 as bundles write it."""
    return base64.b64encode(data).decode()


def paper_line(paper: Card | Voucher | CardEnded) -> PaperLine | VoucherLine | EndedLine:
    """A card, voucher or ended card as a line."""
    raw = msgspec.Raw(canonical.encode(msgspec.to_builtins(paper)))
    if isinstance(paper, Card):
        return PaperLine(raw)
    return VoucherLine(raw) if isinstance(paper, Voucher) else EndedLine(raw)


def make_receipt(
    bundle: str,
    by: str,
    vectors: Mapping[str, Vector],
    anchor: dict[str, str | int],
    sign: Callable[[bytes], bytes],
) -> Receipt:
    """A signed receipt for a bundle."""
    blank = Receipt(anchor, bundle, by, "", dict(vectors))
    return msgspec.structs.replace(blank, signature=to_base64(sign(blank.to_sign())))


def _unsigned(kind: bytes, signed: Manifest | Receipt) -> bytes:
    return kind + encode(msgspec.structs.replace(signed, signature=""))
