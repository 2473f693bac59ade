"""The small part of Markdown that the guide is written in, read strictly; no Qt here."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal

import msgspec

from workbench import resources
from workbench.errors import BadDefinition

Kind = Literal["heading", "text", "strong", "item", "number", "note", "pair", "picture", "link", "pill"]

_PICTURE = re.compile(r"!\[([^\]]+)\]\(([a-z0-9-]+\.png)\)")
_LINK = re.compile(r"\[([^\]]+)\]\(([a-z0-9:-]+)\)")
_NUMBER = re.compile(r"\d+\. ")


class Block(msgspec.Struct, frozen=True):
    """One piece of a page.

    `more` is the meaning of a pair, the file of a picture, the page of a link, the tone of a pill, the
    number of a numbered line.
    """

    kind: Kind
    text: str
    more: str = ""


class Written(msgspec.Struct, frozen=True):
    """A page as its file has it."""

    title: str
    blocks: tuple[Block, ...]


def read(page: str) -> Written:
    """A page of the guide.

    Raises:
        BadDefinition: it is not written in the small part of Markdown; file and line are told.
    """
    path = folder() / f"{page}.md"
    return parse(path.read_text(encoding="utf-8"), path.name)


def folder() -> Path:
    """Where the guide lies."""
    return resources.root() / "guidance"


def picture(name: str) -> Path | None:
    """The file of a picture; None where it was not made."""
    path = folder() / "pictures" / name
    return path if path.is_file() else None


def parse(text: str, name: str) -> Written:
    """Reads a page: `# Title`, `## heading`, paragraphs, `- item`, `1. item`, `> note`, `**strong line**`,
    `| term | meaning |`, and lines that are nothing but one `![picture](file.png)` or `[link](page)`.

    Raises:
        BadDefinition: another mark of Markdown stands in it, or there is no title.
    """
    lines = text.splitlines()
    if not lines or not lines[0].startswith("# "):
        raise BadDefinition("a page begins with '# ' and its title", name, 1)
    blocks: list[Block] = []
    held: list[str] = []
    for number, line in enumerate(lines[1:], 2):
        found = _block(line.strip(), name, number)
        if found is None and line.strip():
            held.append(line.strip())
            continue
        if held:
            blocks.append(Block("text", " ".join(held)))
            held = []
        if found is not None:
            blocks.append(found)
    if held:
        blocks.append(Block("text", " ".join(held)))
    return Written(lines[0][2:].strip(), tuple(blocks))


def _block(line: str, name: str, number: int) -> Block | None:
    """What one line is by itself; None for a blank line and for a line of a paragraph."""
    if not line:
        return None
    for start, kind in _STARTS:
        if line.startswith(start):
            return Block(kind, line[len(start) :].strip())
    if _NUMBER.match(line):
        count, _, words = line.partition(". ")
        return Block("number", words, count)
    if line.startswith("**") and line.endswith("**"):
        return Block("strong", line.strip("*"))
    if line.startswith("|"):
        return _pair(line, name, number)
    for pattern, kind in _WHOLE:
        found = pattern.fullmatch(line)
        if found:
            return Block(kind, found[1], found[2])
    if line.startswith(("#", "`", "*", "<", "![", "[")) or "**" in line or "](" in line:
        raise BadDefinition("is not in the part of Markdown that the guide uses", name, number)
    return None


def _pair(line: str, name: str, number: int) -> Block:
    cells = [cell.strip() for cell in line.strip("|").split("|")]
    if len(cells) != 2 or not all(cells):
        raise BadDefinition("a row has a term and its meaning", name, number)
    return Block("pair", cells[0], cells[1])


_STARTS: tuple[tuple[str, Kind], ...] = (("## ", "heading"), ("- ", "item"), ("> ", "note"))
_WHOLE: tuple[tuple[re.Pattern[str], Kind], ...] = ((_PICTURE, "picture"), (_LINK, "link"))
