"""Blocks: the sections of a template, each named by the word in its title, that a region may write in its own way.

A section that holds signatures, or other sections, stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from jinja2 import nodes

from workbench.errors import BadDefinition
from workbench.reports import template

MOST_DEEP = 2
_OPEN = re.compile(r'<section title="\{\{ words\.(\w+) \}\}"[^>]*>')
_CLOSE = "</section>"
# What would break out of the section, or sign in somebody's name.
_NEVER = re.compile(r"</?\s*(report|section|signature|contents)\b|\{%-?\s*raw|\{#")
_STATEMENTS = (nodes.Output, nodes.If, nodes.For)


def replaced(source: str, block: str, text: str, name: str) -> str:
    """A template with one of its blocks written anew.

    Raises:
        BadDefinition: there is no such block, it stays as it is, or the new text does more than a block may.
    """
    opens = [found for found in _OPEN.finditer(source) if found[1] == block]
    if len(opens) != 1:
        raise BadDefinition(f"the template has no section of its own called {block!r}", name, 1)
    start = opens[0].end()
    end = source.find(_CLOSE, start)
    if _NEVER.search(source[start:end]):
        raise BadDefinition(
            f"the section {block!r} holds signatures or other sections: it stays as it is", name, 1
        )
    _check(text, name)
    return f"{source[:start]}\n{text}\n{source[end:]}"


def _check(text: str, name: str) -> None:
    """Refuses a block that holds more than output, `if` and `for`, or those more than two deep."""
    found = _NEVER.search(text)
    if found:
        raise BadDefinition("a block writes the inside of one section, and nothing around it", name, 1)
    parsed = template.check(f'<report title="x"><section title="x">{text}</section></report>', name)
    for node in parsed.body:
        _check_depth(node, name, 0)


def _check_depth(node: nodes.Node, name: str, deep: int) -> None:
    if not isinstance(node, _STATEMENTS):
        raise BadDefinition("a block holds output, if and for, and nothing else", name, node.lineno)
    if isinstance(node, nodes.Output):
        return
    if deep == MOST_DEEP:
        raise BadDefinition(f"if and for stand at most {MOST_DEEP} deep in a block", name, node.lineno)
    for inner, further in _inside(node, deep):
        _check_depth(inner, name, further)


def _inside(node: nodes.Node, deep: int) -> Iterator[tuple[nodes.Node, int]]:
    """What stands inside an `if` or `for`, and how deep; an `elif` stands beside its `if`."""
    if isinstance(node, nodes.If):
        yield from ((each, deep) for each in node.elif_)
        yield from ((each, deep + 1) for each in (*node.body, *node.else_))
    elif isinstance(node, nodes.For):
        yield from ((each, deep + 1) for each in (*node.body, *node.else_))
