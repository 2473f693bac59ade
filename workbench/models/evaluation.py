"""What an expression says, with three values (after Kleene): yes, no, unknown.

An unknown comes with the paths whose values were missing, so that a because can list them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple, Protocol

from workbench.clock import day_of
from workbench.models.amounts import Amount
from workbench.models.expressions import (
    All,
    Bare,
    Check,
    Compare,
    Comparison,
    Count,
    DayOf,
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

Plain = str | int | Decimal | date | datetime
Answer = Plain | tuple[Plain, ...] | None


class Truth(NamedTuple):
    """A value of three (`None` is unknown) and the paths that were missing where it is unknown."""

    value: bool | None
    missing: frozenset[str] = frozenset()


YES = Truth(True)
NO = Truth(False)


class Scope(Protocol):
    """What an expression is read against."""

    def value(self, path: str) -> Answer:
        """The value of a path; None where unanswered, hidden or disputed; a tuple where many hold."""

    def rows(self, group: str) -> tuple[Scope, ...] | None:
        """The rows of a group, each a scope of its columns; None where the group was never asked."""

    def check(self, name: str, args: tuple[Answer, ...]) -> Answer:
        """What a named check gives; None where it cannot be told."""

    def shift(self, start: date | datetime, amount: Amount, *, back: bool) -> date | datetime:
        """The day or moment an amount after (or before) `start`."""

    def today(self) -> date:
        """The day in Europe/London."""

    def now(self) -> datetime:
        """The present moment, in UTC."""


def evaluate(node: Node, scope: Scope) -> Truth:
    """What the expression says of this scope."""
    return _SAYS[type(node)](node, scope)


def _told(yes: bool) -> Truth:
    return YES if yes else NO


def opposite(truth: Truth) -> Truth:
    """No for yes, yes for no, unknown for unknown."""
    return Truth(None if truth.value is None else not truth.value, truth.missing)


def _decided(truths: Iterable[Truth], by: bool) -> Truth:
    """`by` as soon as one of several says that; else unknown where one is, else the opposite of `by`."""
    missing: frozenset[str] = frozenset()
    unknown = False
    for truth in truths:
        if truth.value is by:
            return truth
        if truth.value is None:
            unknown = True
            missing |= truth.missing
    return Truth(None, missing) if unknown else _told(not by)


def _some(node: Some, scope: Scope) -> Truth:
    return _decided((evaluate(part, scope) for part in node.parts), by=True)


def _all(node: All, scope: Scope) -> Truth:
    return _decided((evaluate(part, scope) for part in node.parts), by=False)


def _not(node: Not, scope: Scope) -> Truth:
    return opposite(evaluate(node.inner, scope))


def _known(node: Known, scope: Scope) -> Truth:
    return _told((term_value(node.term, scope) is None) == node.negated)


def _comparison(node: Comparison, scope: Scope) -> Truth:
    left = term_value(node.left, scope)
    right = term_value(node.right, scope)
    if left is None or right is None:
        gaps = paths_of(node.left) if left is None else frozenset()
        return Truth(None, gaps | (paths_of(node.right) if right is None else frozenset()))
    if isinstance(right, tuple):
        return Truth(None, paths_of(node.right))
    if isinstance(left, tuple):
        # Of several values: equal when one of them is, unequal when none is.
        if node.op == "!=":
            return _told(right not in left)
        return _told(any(_COMPARE[node.op](each, right) for each in left))
    return _told(_COMPARE[node.op](left, right))


def _within(node: Within, scope: Scope) -> Truth:
    left = term_value(node.left, scope)
    if left is None:
        return Truth(None, paths_of(node.left))
    options = [option.value for option in node.options]
    if isinstance(left, tuple):
        return _told(not set(options).isdisjoint(left))
    return _told(left in options)


def _bare(node: Bare, scope: Scope) -> Truth:
    found = term_value(node.check, scope)
    if found in ("yes", "no"):
        return _told(found == "yes")
    return Truth(None, frozenset({node.check.name}) | paths_of(node.check))


def _count(node: Count, scope: Scope) -> Truth:
    rows = scope.rows(node.group)
    if rows is None:
        return Truth(None, frozenset({node.group}))
    truths = [evaluate(node.where, row) for row in rows] if node.where else [YES] * len(rows)
    least = sum(truth.value is True for truth in truths)
    most = least + sum(truth.value is None for truth in truths)
    found = {_COMPARE[node.op](number, node.number) for number in range(least, most + 1)}
    if len(found) == 1:
        return _told(found.pop())
    return Truth(None, frozenset().union(*(truth.missing for truth in truths)))


def _quantified(node: Quantified, scope: Scope) -> Truth:
    rows = scope.rows(node.group)
    if rows is None:
        return Truth(None, frozenset({node.group}))
    if node.quantifier == "every":
        return _decided((evaluate(node.where, row) for row in rows), by=False)
    some = _decided((evaluate(node.where, row) for row in rows), by=True)
    return some if node.quantifier == "some" else opposite(some)


def term_value(term: Term, scope: Scope) -> Answer:
    """The value of one term; None where it is not known."""
    return _VALUE[type(term)](term, scope)


def _path(term: Path, scope: Scope) -> Answer:
    return scope.value(term.path)


def _literal(term: Literal_, _: Scope) -> Answer:
    return term.value


def _moving(term: Moving, scope: Scope) -> Answer:
    return scope.today() if term.word == "today" else scope.now()


def _check(term: Check, scope: Scope) -> Answer:
    return scope.check(term.name, tuple(term_value(arg, scope) for arg in term.args))


def _day_of(term: DayOf, scope: Scope) -> Answer:
    found = scope.value(term.path.path)
    return day_of(found) if isinstance(found, datetime) else None


def _shift(term: Shift, scope: Scope) -> Answer:
    start = term_value(term.start, scope)
    return scope.shift(start, term.amount, back=term.back) if isinstance(start, date) else None


def paths_of(node: Node | Term) -> frozenset[str]:
    """Every path named outside a `where`, and every group."""
    return frozenset(_paths(node))


def _paths(node: Node | Term) -> Iterator[str]:
    if isinstance(node, Path):
        yield node.path
    elif isinstance(node, Quantified | Count):
        yield node.group
    else:
        for part in _parts(node):
            yield from _paths(part)


def _parts(node: Node | Term) -> tuple[Node | Term, ...]:
    """The parts of a node outside a `where`."""
    if isinstance(node, All | Some):
        return node.parts
    if isinstance(node, Comparison):
        return (node.left, node.right)
    if isinstance(node, Check):
        return node.args
    if isinstance(node, Within):
        return (node.left,)
    if isinstance(node, Known):
        return (node.term,)
    if isinstance(node, Not):
        return (node.inner,)
    if isinstance(node, Bare):
        return (node.check,)
    if isinstance(node, DayOf):
        return (node.path,)
    if isinstance(node, Shift):
        return (node.start,)
    return ()


def _equal(left: Plain, right: Plain) -> bool:
    return left == right


def _below(left: Plain, right: Plain) -> bool:
    if isinstance(left, datetime) and isinstance(right, datetime):
        return left < right
    if isinstance(left, str) and isinstance(right, str):
        return left < right
    if isinstance(left, int | Decimal) and isinstance(right, int | Decimal):
        return left < right
    if type(left) is date and type(right) is date:
        return left < right
    raise TypeError(f"{type(left).__name__} is compared with {type(right).__name__}")


# By the kind of node: the commonest thing the rules do, so it is looked up and not searched for.
_SAYS: dict[type[Node], Callable[[Any, Scope], Truth]] = {
    Some: _some,
    All: _all,
    Not: _not,
    Comparison: _comparison,
    Within: _within,
    Known: _known,
    Bare: _bare,
    Count: _count,
    Quantified: _quantified,
}
_VALUE: dict[type[Term], Callable[[Any, Scope], Answer]] = {
    Path: _path,
    Literal_: _literal,
    Moving: _moving,
    Check: _check,
    DayOf: _day_of,
    Shift: _shift,
}
_COMPARE: dict[Compare, Callable[[Plain, Plain], bool]] = {
    "=": _equal,
    "!=": lambda left, right: not _equal(left, right),
    "<": _below,
    "<=": lambda left, right: _equal(left, right) or _below(left, right),
    ">": lambda left, right: not _equal(left, right) and not _below(left, right),
    ">=": lambda left, right: not _below(left, right),
}
