"""The data files of the program, and the only reader of YAML.

Every scalar is text; the struct that receives it gives it its type. Duplicate keys, anchors, aliases,
tags, empty values, files over 1 MB or nested deeper than 12 are refused with file and line.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeVar

import msgspec
import platformdirs

from workbench.errors import BadDefinition

if TYPE_CHECKING:
    # Read only where a file is not in the cache: the start waits for no reader of YAML.
    import yaml

MAX_BYTES = 1_000_000
MAX_DEPTH = 12
_ROOT = Path(__file__).resolve().parent.parent / "resources"
# The copy in the cache is thrown away when its shape changes.
CACHE_SHAPE = b"workbench-resources/2"

YesNo = Literal["yes", "no"]
T = TypeVar("T")


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A text in English and Welsh."""

    en: str
    cy: str


Text = str | Words


def say(text: Text, language: str = "en") -> str:
    """The text in `language` (`en` or `cy`); English where no Welsh is written."""
    if isinstance(text, str):
        return text
    return text.cy if language == "cy" else text.en


class Document(msgspec.Struct, frozen=True):
    """A file as read; packed, since most of it is wanted once, as the struct that receives it.

    `keys` are those of its outermost mapping; none where it is a list.
    """

    name: str
    sha256: str
    keys: tuple[str, ...]
    packed: msgspec.Raw
    packed_lines: msgspec.Raw

    @property
    def data(self) -> Any:
        """The plain data."""
        return msgspec.msgpack.decode(self.packed)

    @property
    def lines(self) -> dict[str, int]:
        """The line of each place (`$.pages[0].title` → 12)."""
        return msgspec.msgpack.decode(self.packed_lines, type=dict[str, int])

    def to(self, kind: type[T]) -> T:
        """The data as `kind`.

        Raises:
            BadDefinition: it does not fit; file and line are told.
        """
        try:
            return msgspec.msgpack.decode(self.packed, type=kind, strict=False)
        except msgspec.ValidationError as error:
            says, _, place = str(error).partition(" - at `")
            place = place.rstrip("`")
            raise BadDefinition(says, self.name, self.line(place or "$")) from None

    def line(self, place: str) -> int:
        """The line of `place`, or of the nearest place around it."""
        lines = self.lines
        while place and place not in lines:
            cut = max(place.rfind("."), place.rfind("["))
            if cut <= 0:
                break
            place = place[:cut]
        return lines.get(place, 1)


def root() -> Path:
    """The folder that holds the program's data files."""
    return _ROOT


def documents(folder: str) -> tuple[Document, ...]:
    """Every YAML file under `resources/<folder>`, in order of path; from the cache where unchanged."""
    return read_folder(root() / folder)


def read_folder(folder: Path) -> tuple[Document, ...]:
    """Every YAML file under `folder`, in order of path."""
    files = sorted(folder.rglob("*.yaml"))
    return _read([(str(path.relative_to(folder.parent)), path.read_bytes()) for path in files])


def read(path: Path) -> Document:
    """One YAML file; from the cache where unchanged."""
    return _read([(path.name, path.read_bytes())])[0]


def _read(texts: list[tuple[str, bytes]]) -> tuple[Document, ...]:
    digest = hashlib.sha256(CACHE_SHAPE)
    for name, data in texts:
        digest.update(f"{name}\0{len(data)}\0".encode())
        digest.update(data)
    cache = cache_folder() / f"{digest.hexdigest()[:32]}.msgpack"
    try:
        return msgspec.msgpack.decode(cache.read_bytes(), type=tuple[Document, ...])
    except (OSError, msgspec.MsgspecError):
        pass
    read = tuple(parse(data, name) for name, data in texts)
    _keep(cache, msgspec.msgpack.encode(read))
    return read


def cache_folder() -> Path:
    """Where copies of the program's own data files are kept; no case data ever lies there."""
    return Path(platformdirs.user_cache_dir("workbench"))


def _keep(cache: Path, data: bytes) -> None:
    """Writes the copy; a cache that cannot be written is no fault."""
    try:
        cache.parent.mkdir(parents=True, exist_ok=True)
        part = cache.with_suffix(f".{os.getpid()}")
        part.write_bytes(data)
        part.replace(cache)
    except OSError:
        return


def parse(data: bytes, name: str) -> Document:
    """Reads one YAML document from bytes.

    Raises:
        BadDefinition: it is not within the small part of YAML that we write.
    """
    import yaml

    if len(data) > MAX_BYTES:
        raise BadDefinition(f"larger than {MAX_BYTES:,} bytes", name, 1)
    try:
        text = data.decode("utf-8")
        events = yaml.parse(text, Loader=yaml.CBaseLoader)
        lines: dict[str, int] = {}
        value = _document(iter(events), name, lines)
    except UnicodeDecodeError:
        raise BadDefinition("is not UTF-8", name, 1) from None
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise BadDefinition(error.problem or "is not YAML", name, line) from None
    except yaml.YAMLError as error:
        raise BadDefinition(str(error).splitlines()[0], name, 1) from None
    keys = tuple(value) if isinstance(value, dict) else ()
    packed, packed_lines = (msgspec.Raw(msgspec.msgpack.encode(part)) for part in (value, lines))
    return Document(name, hashlib.sha256(data).hexdigest(), keys, packed, packed_lines)


def _document(events: Iterator[yaml.Event], name: str, lines: dict[str, int]) -> object:
    import yaml

    value: object = None
    seen = False
    for event in events:
        if isinstance(event, yaml.DocumentStartEvent):
            if seen:
                raise BadDefinition("holds more than one document", name, _line(event))
            seen = True
        elif isinstance(event, yaml.NodeEvent):
            value = _node(event, events, name, "$", lines, 1)
    if not seen:
        raise BadDefinition("is empty", name, 1)
    return value


def _node(
    event: yaml.Event,
    events: Iterator[yaml.Event],
    name: str,
    place: str,
    lines: dict[str, int],
    depth: int,
) -> object:
    import yaml

    line = _line(event)
    lines.setdefault(place, line)
    if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
        raise BadDefinition("anchors and aliases are not used here", name, line)
    if getattr(event, "tag", None):
        raise BadDefinition("tags are not used here", name, line)
    if depth > MAX_DEPTH:
        raise BadDefinition(f"nested deeper than {MAX_DEPTH}", name, line)
    if isinstance(event, yaml.ScalarEvent):
        if not event.value.strip():
            raise BadDefinition("an empty value", name, line)
        return event.value
    if isinstance(event, yaml.SequenceStartEvent):
        return _sequence(events, name, place, lines, depth)
    return _mapping(events, name, place, lines, depth)


def _sequence(
    events: Iterator[yaml.Event], name: str, place: str, lines: dict[str, int], depth: int
) -> list[object]:
    import yaml

    items: list[object] = []
    for event in events:
        if isinstance(event, yaml.SequenceEndEvent):
            break
        items.append(_node(event, events, name, f"{place}[{len(items)}]", lines, depth + 1))
    return items


def _mapping(
    events: Iterator[yaml.Event], name: str, place: str, lines: dict[str, int], depth: int
) -> dict[str, object]:
    import yaml

    pairs: dict[str, object] = {}
    for event in events:
        if isinstance(event, yaml.MappingEndEvent):
            break
        line = _line(event)
        if not isinstance(event, yaml.ScalarEvent):
            raise BadDefinition("a key must be plain text", name, line)
        key = event.value
        if key in pairs:
            raise BadDefinition(f"{key!r} stands twice", name, line)
        lines[f"{place}.{key}"] = line
        pairs[key] = _node(next(events), events, name, f"{place}.{key}", lines, depth + 1)
    return pairs


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1
