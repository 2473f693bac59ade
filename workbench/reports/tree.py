"""The content tree: a small strict XML vocabulary, parsed once, which every writer reads.

An element has one meaning. What is not in the vocabulary is refused with its line. Each value of the
case stands in `<v from="version ids">`; the parser lifts the ids to the element that holds the value.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any, cast

import msgspec
from lxml import etree

from workbench.errors import BadDefinition

MAX_DEPTH = 12
_SPACES = re.compile(r"[^\S\n]+")
_ANY_SPACES = re.compile(r"\s+")
_SENTENCE_END = re.compile(r"(?<=[.!?])[\"'”’)\]]*\s+|\n+")


class Run(msgspec.Struct, frozen=True):
    """A stretch of text in one weight, and the versions it came from (none: fixed words)."""

    text: str
    strong: bool = False
    versions: tuple[str, ...] = ()


class Node(msgspec.Struct, frozen=True):
    """One element: fixed attributes, then either text (`runs`) or elements (`children`), never both."""

    tag: str
    attributes: dict[str, str]
    runs: tuple[Run, ...]
    children: tuple[Node, ...]
    versions: tuple[str, ...]
    line: int

    @property
    def text(self) -> str:
        """The text of this element's own runs."""
        return "".join(run.text for run in self.runs)

    def walk(self) -> Iterator[Node]:
        """This element and everything in it, in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()


class Shape(msgspec.Struct, frozen=True):
    """What an element may hold: attributes (needed, allowed), children, or text."""

    needs: frozenset[str] = frozenset()
    allows: frozenset[str] = frozenset()
    children: frozenset[str] = frozenset()
    text: bool = False


def _shape(needs: str = "", allows: str = "", children: str = "") -> Shape:
    return Shape(frozenset(needs.split()), frozenset(allows.split()), frozenset(children.split()))


BLOCKS = "para list table grid facts matrix factors timeline if-then quote missing signature lines"
TEXT = Shape(text=True)
SHAPES = {
    "report": _shape("title", "print", f"section contents {BLOCKS}"),
    "section": _shape("title", "page", f"section {BLOCKS}"),
    "contents": _shape("title", "", ""),
    "para": Shape(allows=frozenset({"kind"}), text=True),
    "list": _shape("", "kind", "item"),
    "item": TEXT,
    "table": _shape("caption", "widths", "head row"),
    "head": _shape("", "", "cell"),
    "row": _shape("", "", "cell"),
    "cell": TEXT,
    "grid": _shape("", "", "panel"),
    "panel": _shape("title", "", "para list facts missing"),
    "facts": _shape("", "", "fact"),
    "fact": Shape(needs=frozenset({"title"}), text=True),
    "matrix": _shape("caption", "", "level"),
    "level": Shape(needs=frozenset({"title"}), text=True),
    "factors": _shape("caption", "", "factor"),
    "factor": _shape("title", "", "rating known"),
    "rating": TEXT,
    "known": TEXT,
    "timeline": _shape("caption", "", "moment"),
    "moment": _shape("", "", "when who what"),
    "when": TEXT,
    "who": TEXT,
    "what": TEXT,
    "by": TEXT,
    "if-then": _shape("", "id", "sign act"),
    "sign": TEXT,
    "act": _shape("", "", "who what by"),
    "quote": _shape("", "", "words source"),
    "words": TEXT,
    "source": TEXT,
    "missing": TEXT,
    "lines": _shape("count", "", ""),
    "signature": _shape("role", "", "who when"),
}
CHOICES = {
    ("report", "print"): {"large", "one-page", "fold"},
    ("para", "kind"): {"lead", "small", "warn"},
    ("list", "kind"): {"bullet", "must", "must-not", "number"},
    # `next` is a new page too, but not where most of this one is still free.
    ("section", "page"): {"new", "next"},
}
# Elements whose absence would leave a gap in every writer's layout.
COMPLETE = {"factor": 2, "moment": 3, "act": 3, "quote": 2, "signature": 2, "if-then": 2}


def parse(xml: str, name: str) -> Node:
    """The content tree of a rendered template.

    Raises:
        BadDefinition: not well formed, or an element, attribute or place that the vocabulary lacks.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=False
    )
    try:
        root = etree.fromstring(xml.encode(), parser)
    except etree.XMLSyntaxError as error:
        line = error.lineno or 1
        raise BadDefinition(f"is not well formed: {error.msg}", name, line) from None
    if cast("Any", root.getroottree()).docinfo.doctype:
        raise BadDefinition("may not declare a document type", name, 1)
    if root.tag != "report":
        raise BadDefinition("must begin with <report>", name, _line(root))
    return _node(root, name, 0)


def spared(root: Node, nothing: str) -> Node:
    """The same, where the words that nothing is recorded stand only under a heading that holds nothing else."""
    children = [spared(child, nothing) for child in root.children]
    if root.tag == "section":
        said = [child for child in children if child.tag == "missing" and child.text == nothing]
        small = [child for child in children if child.attributes.get("kind") == "small"]
        keep = said[:1] if len(children) == len(said) + len(small) else []
        children = [child for child in children if child not in said or child in keep]
    return msgspec.structs.replace(root, children=tuple(children))


def sentences(root: Node) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Each sentence that rests on a recorded value, in reading order, with the versions it rests on."""
    found: list[tuple[str, tuple[str, ...]]] = []
    for node in root.walk():
        if node.versions and node.runs:
            found += _sentences(node)
    return tuple(found)


def headings(root: Node) -> tuple[tuple[str, int], ...]:
    """The title of each section in order, with its depth: 1 for one that lies in no other."""

    def walk(node: Node, depth: int) -> Iterator[tuple[str, int]]:
        for child in node.children:
            if child.tag == "section":
                yield child.attributes["title"], depth
                yield from walk(child, depth + 1)

    return tuple(walk(root, 1))


def _sentences(node: Node) -> Iterator[tuple[str, tuple[str, ...]]]:
    text = node.text
    edges = [0, *(match.end() for match in _SENTENCE_END.finditer(text)), len(text)]
    for start, end in pairwise(edges):
        versions: dict[str, None] = {}
        at = 0
        for run in node.runs:
            if at < end and at + len(run.text) > start:
                versions |= dict.fromkeys(run.versions)
            at += len(run.text)
        if versions and text[start:end].strip():
            yield text[start:end].strip(), tuple(versions)


def _line(element: Any) -> int:
    return int(element.sourceline or 1)


def _node(element: etree._Element, name: str, depth: int) -> Node:
    tag, line = str(element.tag), _line(element)
    shape = SHAPES[tag]
    _check_attributes(element, shape, name)
    if depth > MAX_DEPTH:
        raise BadDefinition("is nested too deep", name, line)
    if shape.text:
        runs = _runs(element, name)
        versions = tuple(dict.fromkeys(version for run in runs for version in run.versions))
        return Node(tag, dict(_attributes(element)), runs, (), versions, line)
    children: list[Node] = []
    _check_loose_text(element.text, tag, name, line)
    for child in element:
        if not isinstance(child.tag, str) or child.tag not in shape.children:
            raise BadDefinition(f"<{_told(child)}> may not stand in <{tag}>", name, _line(child))
        children += _paragraphs(_node(child, name, depth + 1))
        _check_loose_text(child.tail, tag, name, line)
    if len(children) < COMPLETE.get(tag, 0):
        raise BadDefinition(f"<{tag}> lacks a part", name, line)
    return Node(tag, dict(_attributes(element)), (), tuple(children), (), line)


def _told(element: etree._Element) -> str:
    return element.tag if isinstance(element.tag, str) else "comment or instruction"


def _attributes(element: etree._Element) -> Iterator[tuple[str, str]]:
    return ((str(key), " ".join(str(value).split())) for key, value in element.attrib.items())


def _check_attributes(element: etree._Element, shape: Shape, name: str) -> None:
    given = dict(_attributes(element))
    tag = str(element.tag)
    for key, value in given.items():
        if key not in shape.needs | shape.allows:
            raise BadDefinition(f"<{tag}> takes no {key!r}", name, _line(element))
        choices = CHOICES.get((tag, key))
        if choices and value not in choices:
            raise BadDefinition(f"{key!r} of <{tag}> is not one of ours", name, _line(element))
    for key in sorted(shape.needs):
        if not given.get(key):
            raise BadDefinition(f"<{tag}> needs {key!r}", name, _line(element))
    numbers = f"{given.get('widths', '1')} {given.get('count', '1')}".split()
    if any(not part.isdigit() or part == "0" for part in numbers):
        raise BadDefinition("'widths' and 'count' are whole numbers", name, _line(element))


def _check_loose_text(text: str | None, tag: str, name: str, line: int) -> None:
    if text and text.strip():
        raise BadDefinition(f"text may not stand loose in <{tag}>", name, line)


def _runs(element: etree._Element, name: str, strong: bool = False) -> tuple[Run, ...]:
    runs = [Run(_fixed(element.text), strong)]
    for child in element:
        if child.tag == "v" and set(child.attrib) <= {"from"} and not len(child):
            versions = tuple(str(child.get("from", "")).split())
            runs.append(Run(_SPACES.sub(" ", child.text or ""), strong, versions))
        elif child.tag == "strong" and not child.attrib and not strong:
            runs += _runs(child, name, strong=True)
        else:
            raise BadDefinition(f"<{_told(child)}> may not stand in <{_told(element)}>", name, _line(child))
        runs.append(Run(_fixed(child.tail), strong))
    return tuple(run for run in runs if run.text) if strong else _trim(runs)


def _fixed(text: str | None) -> str:
    """Fixed words: the line breaks of the template are only spaces."""
    return _ANY_SPACES.sub(" ", text or "")


def _trim(runs: list[Run]) -> tuple[Run, ...]:
    """The runs without empty ones and without spaces at either end."""
    kept = [run for run in runs if run.text]
    while kept and not kept[0].text.strip():
        kept.pop(0)
    while kept and not kept[-1].text.strip():
        kept.pop()
    if kept:
        first = kept[0]
        kept[0] = Run(first.text.lstrip(), first.strong, first.versions)
        last = kept[-1]
        kept[-1] = Run(last.text.rstrip(), last.strong, last.versions)
    return tuple(kept)


def _paragraphs(node: Node) -> list[Node]:
    """A paragraph whose value holds empty lines becomes several; anything else stays as it is."""
    if node.tag != "para" or not re.search(r"\n\s*\n", node.text):
        return [node]
    parts: list[list[Run]] = [[]]
    for run in node.runs:
        first, *rest = re.split(r"\n\s*\n", run.text)
        parts[-1].append(Run(first, run.strong, run.versions))
        parts += [[Run(text, run.strong, run.versions)] for text in rest]
    trimmed = (_trim(part) for part in parts)
    return [
        Node(
            node.tag,
            node.attributes,
            runs,
            (),
            tuple(dict.fromkeys(version for run in runs for version in run.versions)),
            node.line,
        )
        for runs in trimmed
        if runs
    ]
