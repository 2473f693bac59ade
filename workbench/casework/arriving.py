"""What comes from outside, judged field by field before any of it is taken; each refusal names its place."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from datetime import datetime

from workbench import clock as clocks
from workbench.errors import BadInput
from workbench.exchange.casefile import ActItem, FileItem, Item
from workbench.exchange.strict import shown
from workbench.forms import scope
from workbench.forms.definition import Form
from workbench.models import canonical
from workbench.models.ids import is_uuid
from workbench.models.records import Act, Author, Claim, FileRef, Version
from workbench.store import attachments

MAX_NAME = 200
MAX_WORDS = 50_000
# How many parents each act names: at least, and at most.
_PARENTS = {"record": (0, 0), "amend": (1, 1), "countersign": (1, 1), "return": (1, 1), "withdraw": (1, 1)}
_PARENTS["join"] = (2, 1_000)


# What a status stands for where a file names no act.
ACT_OF: dict[str, Act] = {"countersigned": "countersign", "returned": "return", "withdrawn": "withdraw"}


def item(stated: Item, form: Form, amended: bool, place: str) -> None:
    """Refuses an item that can be seen to be wrong without its answers."""
    _moment(stated.at, f"{place}.at")
    if stated.on is not None:
        day_or_moment(stated.on, f"{place}.on")
    author(stated.author, f"{place}.author")
    words(stated.because, MAX_WORDS, f"{place}.because")
    if stated.amends and stated.parents and stated.amends not in stated.parents:
        raise BadInput("amends one item and joins others", f"{place}.parents")
    if stated.signed is None and form.act != "record":
        raise BadInput("a way out of the record is taken only as it was signed", f"{place}.form")
    if form.act == "record":
        _status(stated, amended, f"{place}.status")
    for n, act in enumerate(stated.acts):
        _act(act, stated.signed is not None, f"{place}.acts[{n}]")


def _status(stated: Item, amended: bool, place: str) -> None:
    told = {act.act for act in stated.acts}
    wanted = ACT_OF.get(stated.status)
    if stated.status == "superseded":
        agrees = amended
    elif wanted is None:
        agrees = not amended and not told & set(ACT_OF.values())
    else:
        agrees = not told or wanted in told
    if not agrees:
        raise BadInput(f"the status '{stated.status}' does not agree with its acts and amendments", place)
    if wanted is not None and not told and stated.signed is not None:
        raise BadInput("what was done to a signed item is signed too", place)


def _act(stated: ActItem, on_signed: bool, place: str) -> None:
    _moment(stated.at, f"{place}.at")
    author(stated.author, f"{place}.author")
    words(stated.because, MAX_WORDS, f"{place}.because")
    if stated.act not in ACT_OF.values():
        raise BadInput(f"'{stated.act}' is not something done to an item", f"{place}.act")
    if on_signed and stated.signed is None:
        raise BadInput("what was done to a signed item is signed too", place)


def moment(text: str, place: str) -> str:
    """A stated moment as the record writes it."""
    return clocks.stamp(_moment(text, place))


def _moment(text: str, place: str) -> datetime:
    found = scope.moment(text)
    if found is None:
        raise BadInput(f"'{shown(text, 40)}' is not a moment such as 2026-03-05T10:14:22Z", place)
    return found


def day_or_moment(text: str, place: str) -> str:
    """When something happened, as stated."""
    if scope.day(text) is None and scope.moment(text) is None:
        raise BadInput(f"'{shown(text, 40)}' is neither a day nor a moment", place)
    return text


def words(text: str | None, most: int, place: str) -> None:
    """Refuses a text that the record does not take."""
    if text is None:
        return
    if len(text) > most:
        raise BadInput(f"longer than {most:,} letters", place)
    try:
        canonical.encode(text)
    except BadInput as error:
        raise BadInput(error.says.removeprefix("$: "), place) from None


def author(stated: Author, place: str) -> None:
    """Refuses a name or role that the record does not take."""
    words(stated.name, MAX_NAME, f"{place}.name")
    words(stated.role, MAX_NAME, f"{place}.role")


def attached(file: FileItem, place: str) -> tuple[FileRef, bytes]:
    """A file that an item holds, with its bytes."""
    try:
        data = base64.b64decode(file.data, validate=True)
    except ValueError:
        raise BadInput("not base64", f"{place}.data") from None
    if len(data) > attachments.MAX_FILE:
        raise BadInput(f"a file may have {attachments.MAX_FILE // 1024**2} MB", place)
    if hashlib.sha256(data).hexdigest() != file.sha256:
        raise BadInput("the file is not the one its hash names", f"{place}.sha256")
    try:
        kind = attachments.type_of(data)
    except BadInput as error:
        raise BadInput(error.says, f"{place}.data") from None
    _file_name(file.name, f"{place}.name")
    return FileRef(len(data), file.name, file.sha256, kind), data


def version(version: Version, place: str) -> None:
    """Refuses what its author's own program would not have signed, whoever signed it."""
    header, content = version.header, version.content
    ids = (header.id, header.entry, header.device, header.by, *header.parents)
    if not all(is_uuid(name) for name in ids):
        raise BadInput("an id that is not a UUID", f"{place}.header")
    if not header.parents and header.entry != header.id:
        raise BadInput("a first version bears the id of its entry", f"{place}.header.entry")
    least, most = _PARENTS.get(version.act, (1, 1_000))
    if content is not None and not least <= len(set(header.parents)) == len(header.parents) <= most:
        raise BadInput(f"not as many parents as '{version.act}' has", f"{place}.header.parents")
    if header.id in header.parents:
        raise BadInput("a version that is its own parent", f"{place}.header.parents")
    _moment(header.at, f"{place}.header.at")
    day_or_moment(header.on, f"{place}.header.on")
    if any(seq < 0 for seq in header.seen.values()):
        raise BadInput("counts from 1", f"{place}.header.seen")
    if content is None:
        return
    if (header.act == "bring") != (content.brought is not None):
        raise BadInput("brought in, or not", f"{place}.content.brought")
    if content.brought is not None:
        _moment(content.brought.at, f"{place}.content.brought.at")
    for n, claim in enumerate(content.claims):
        _claim(claim, f"{place}.content.claims[{n}]")
    for n, ref in enumerate(content.files):
        _file_name(ref.name, f"{place}.content.files[{n}].name")


def marks_kept(
    stated: Mapping[str, tuple[str, ...]], found: Mapping[str, tuple[str, ...]], place: str
) -> None:
    """Refuses a mark put on a path where there is no answer: it would be lost unsaid."""
    for path, marks in stated.items():
        if not set(marks) <= set(found.get(path, ())):
            raise BadInput("marks an answer that is not there", f"{place}.marks.{shown(path)}")


def _claim(claim: Claim, place: str) -> None:
    for name, day in (("from", claim.from_), ("until", claim.until)):
        if day is not None and scope.day(day) is None:
            raise BadInput("not a day", f"{place}.{name}")
    if isinstance(claim.is_, str) and len(claim.is_) > MAX_WORDS:
        raise BadInput("a fact is short", f"{place}.is")


def _file_name(name: str, place: str) -> None:
    plain = name.isprintable() and not any(part in name for part in ("/", "\\", ".."))
    if not plain or not 0 < len(name) <= MAX_NAME:
        raise BadInput("a file name is a plain name, not a path", place)
