"""Whether the types of an expression fit: what the lint of forms and rules holds against each one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

import msgspec

from workbench.models.expressions import (
    All,
    Bare,
    Check,
    Comparison,
    Count,
    DayOf,
    ExpressionError,
    Known,
    Literal_,
    Moving,
    Node,
    Not,
    Path,
    Quantified,
    Shift,
    Some,
    Term,
    Within,
)
from workbench.models.shapes import CheckDefinition

# Kinds of questions and facts that compare with one another.
FAMILIES = {
    "text": "text",
    "narrative": "text",
    "one-of": "option",
    "any-of": "option",
    "yes-no": "option",
    "yes-no-unknown": "option",
    "day": "day",
    "moment": "moment",
    "number": "number",
    "person": "id",
    "agency": "id",
    "place": "id",
    "file": "id",
    "id": "id",
}
FIXED_OPTIONS = {"yes-no": ("yes", "no"), "yes-no-unknown": ("yes", "no", "unknown")}


class Kind(msgspec.Struct, frozen=True):
    """The type of one name: a question kind or fact type, and its option ids where it has some."""

    type: str
    options: tuple[str, ...] = ()

    @property
    def family(self) -> str:
        """What it may be compared with; its own name where nothing may."""
        return FAMILIES.get(self.type, self.type)


class Names(msgspec.Struct, frozen=True):
    """What an expression may name: paths, groups with their columns, and checks."""

    paths: Mapping[str, Kind]
    groups: Mapping[str, Mapping[str, Kind]]
    checks: Mapping[str, CheckDefinition]


def problems(node: Node, names: Names) -> tuple[ExpressionError, ...]:
    """Everything wrong with the names and types of an expression, in order of column."""
    return tuple(sorted(_node(node, names), key=lambda problem: problem.column))


def term_problems(term: Term, names: Names) -> tuple[ExpressionError, ...]:
    """Everything wrong with the names and types of one term, in order of column."""
    return tuple(sorted(_term(term, names), key=lambda problem: problem.column))


def kind_of(term: Term, names: Names) -> Kind | None:
    """The type of one term; None where its name is not known."""
    return _kind(term, names)


def _node(node: Node, names: Names) -> Iterator[ExpressionError]:
    if isinstance(node, All | Some):
        for part in node.parts:
            yield from _node(part, names)
    elif isinstance(node, Not):
        yield from _node(node.inner, names)
    elif isinstance(node, Comparison):
        yield from _comparison(node, names)
    elif isinstance(node, Within):
        yield from _within(node, names)
    elif isinstance(node, Known):
        yield from _term(node.term, names)
    elif isinstance(node, Bare):
        yield from _bare(node.check, names)
    else:
        yield from _group(node, names)


def _comparison(node: Comparison, names: Names) -> Iterator[ExpressionError]:
    yield from _term(node.left, names)
    yield from _term(node.right, names)
    left, right = _kind(node.left, names), _kind(node.right, names)
    if left is None or right is None:
        return
    if isinstance(node.right, Literal_) and left.family in ("option", "id", "text"):
        yield from _option(left, node.right, node.column)
        if node.op not in ("=", "!="):
            yield ExpressionError(f"{left.type} has no order", node.column)
        if left.type == "yes-no-unknown" and node.op == "=" and node.right.value == "yes":
            yield _yes_alone(node.column)
    elif left.family != right.family:
        yield ExpressionError(f"{left.family} is compared with {right.family}", node.column)


def _within(node: Within, names: Names) -> Iterator[ExpressionError]:
    yield from _term(node.left, names)
    left = _kind(node.left, names)
    if left is None:
        return
    for option in node.options:
        yield from _option(left, option, node.column)
    if left.type == "yes-no-unknown" and [option.value for option in node.options] == ["yes"]:
        yield _yes_alone(node.column)


def _option(left: Kind, right: Literal_, column: int) -> Iterator[ExpressionError]:
    options = left.options or FIXED_OPTIONS.get(left.type, ())
    if left.family != _literal_family(right) and not (
        left.family in ("option", "id", "text") and isinstance(right.value, str)
    ):
        yield ExpressionError(f"{left.family} is compared with {_literal_family(right)}", column)
    elif options and right.value not in options:
        yield ExpressionError(f"{right.value!r} is none of its options ({', '.join(options)})", right.column)


def _yes_alone(column: int) -> ExpressionError:
    return ExpressionError("not known must lean towards safety: name 'unknown' beside 'yes'", column)


def _bare(check: Check, names: Names) -> Iterator[ExpressionError]:
    yield from _term(check, names)
    kind = _kind(check, names)
    if kind is not None and not set(kind.options or FIXED_OPTIONS.get(kind.type, ())) & {"yes", "no"}:
        yield ExpressionError(f"{check.name} does not give yes or no", check.column)


def _group(node: Quantified | Count, names: Names) -> Iterator[ExpressionError]:
    columns = names.groups.get(node.group)
    if columns is None:
        yield ExpressionError(f"no group is called {node.group!r}", node.column)
    elif node.where is not None:
        yield from _node(node.where, msgspec.structs.replace(names, paths={**names.paths, **columns}))


def _term(term: Term, names: Names) -> Iterator[ExpressionError]:
    if isinstance(term, Path):
        if term.path not in names.paths:
            yield ExpressionError(f"nothing is called {term.path!r}", term.column)
    elif isinstance(term, DayOf):
        yield from _term(term.path, names)
        kind = _kind(term.path, names)
        if kind is not None and kind.family != "moment":
            yield ExpressionError("'day of' takes a moment", term.path.column)
    elif isinstance(term, Shift):
        yield from _term(term.start, names)
        kind = _kind(term.start, names)
        if kind is not None and kind.family not in ("day", "moment"):
            yield ExpressionError("only a day or a moment can be moved", term.start.column)
    elif isinstance(term, Check):
        yield from _check(term, names)


def _check(term: Check, names: Names) -> Iterator[ExpressionError]:
    definition = names.checks.get(term.name)
    if definition is None:
        yield ExpressionError(f"no check is called {term.name!r}", term.column)
        return
    if len(definition.takes) != len(term.args):
        yield ExpressionError(f"{term.name} takes {len(definition.takes)} terms", term.column)
    for arg in term.args:
        yield from _term(arg, names)


def _kind(term: Term, names: Names) -> Kind | None:
    if isinstance(term, Path):
        return names.paths.get(term.path)
    if isinstance(term, DayOf):
        return Kind("day")
    if isinstance(term, Moving):
        return Kind("day" if term.word == "today" else "moment")
    if isinstance(term, Shift):
        return _kind(term.start, names)
    if isinstance(term, Check):
        definition = names.checks.get(term.name)
        return Kind(definition.gives, definition.values) if definition else None
    return Kind(_literal_family(term))


def _literal_family(literal: Literal_) -> str:
    if isinstance(literal.value, date):
        return "day"
    return "number" if isinstance(literal.value, int | Decimal) else "text"
