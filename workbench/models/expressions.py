"""The closed expression language of forms and rules, as it is read.

An expression has at most 1,000 characters and 32 levels; errors give the column, counted from 1. What it
says of a case or a form: `evaluation.py`. Whether its types fit: `expression_types.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Literal, NamedTuple

import msgspec

from workbench.models.amounts import UNITS, Amount, Unit

MAX_LENGTH = 1_000
MAX_DEPTH = 32

Compare = Literal["=", "!=", "<", "<=", ">", ">="]


class ExpressionError(ValueError):
    """An expression that cannot be read; `column` counts from 1."""

    def __init__(self, says: str, column: int) -> None:
        super().__init__(f"column {column}: {says}")
        self.column = column


class Path(msgspec.Struct, frozen=True, tag="path"):
    """A question id, fact path or column."""

    path: str
    column: int


class DayOf(msgspec.Struct, frozen=True, tag="day-of"):
    """The Europe/London day of a moment."""

    path: Path


class Literal_(msgspec.Struct, frozen=True, tag="literal"):  # noqa: N801 (Literal is taken)
    """A text, number or day written in the expression."""

    value: str | int | Decimal | date
    column: int


class Moving(msgspec.Struct, frozen=True, tag="moving"):
    """`today` or `now`."""

    word: Literal["today", "now"]
    column: int


class Shift(msgspec.Struct, frozen=True, tag="shift"):
    """A path, `today` or `now`, plus or minus an amount."""

    start: Path | Moving
    amount: Amount
    back: bool


class Check(msgspec.Struct, frozen=True, tag="check"):
    """A named check with its terms."""

    name: str
    args: tuple[Term, ...]
    column: int


Term = Path | DayOf | Literal_ | Moving | Shift | Check


class Comparison(msgspec.Struct, frozen=True, tag="compare"):
    """One term against another."""

    left: Term
    op: Compare
    right: Term
    column: int


class Within(msgspec.Struct, frozen=True, tag="in"):
    """A term against a list of literals."""

    left: Term
    options: tuple[Literal_, ...]
    column: int


class Known(msgspec.Struct, frozen=True, tag="known"):
    """`is known`, `is not known`."""

    term: Term
    negated: bool
    column: int


class Bare(msgspec.Struct, frozen=True, tag="bare"):
    """A check alone, that gives yes or no."""

    check: Check


class Not(msgspec.Struct, frozen=True, tag="not"):
    """The opposite."""

    inner: Node


class All(msgspec.Struct, frozen=True, tag="and"):
    """Every one of several."""

    parts: tuple[Node, ...]


class Some(msgspec.Struct, frozen=True, tag="or"):
    """Any one of several."""

    parts: tuple[Node, ...]


class Quantified(msgspec.Struct, frozen=True, tag="quant"):
    """`some`, `every` or `no` row of a group."""

    quantifier: Literal["some", "every", "no"]
    group: str
    where: Node
    column: int


class Count(msgspec.Struct, frozen=True, tag="count"):
    """How many rows of a group, against a number."""

    group: str
    where: Node | None
    op: Compare
    number: int
    column: int


Node = Comparison | Within | Known | Bare | Not | All | Some | Quantified | Count

_TOKEN = re.compile(
    r"\s*(?:(?P<text>'[^']*')|(?P<day>\d{4}-\d{2}-\d{2})|(?P<number>\d+(?:\.\d+)?)"
    r"|(?P<op><=|>=|!=|=|<|>)|(?P<sign>[+\-(),])|(?P<word>[a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)*))"
)
_RESERVED = frozenset(
    [
        "or",
        "and",
        "not",
        "in",
        "is",
        "known",
        "some",
        "every",
        "no",
        "count",
        "where",
        "day",
        "of",
        "today",
        "now",
    ]
)


class _Token(NamedTuple):
    kind: str
    text: str
    column: int


def parse(text: str) -> Node:
    """Reads an expression.

    Raises:
        ExpressionError: it does not follow the grammar, or is too long or too deep.
    """
    if len(text) > MAX_LENGTH:
        raise ExpressionError(f"longer than {MAX_LENGTH:,} characters", MAX_LENGTH)
    return _Parser(tuple(_tokens(text))).whole()


def parse_term(text: str) -> Term:
    """Reads one term: a question, fact or column, `day of` it, a literal, `today + 6 weeks`.

    Raises:
        ExpressionError: it is not one term.
    """
    if len(text) > MAX_LENGTH:
        raise ExpressionError(f"longer than {MAX_LENGTH:,} characters", MAX_LENGTH)
    return _Parser(tuple(_tokens(text))).whole_term()


def _tokens(text: str) -> Iterator[_Token]:
    place = 0
    end = len(text.rstrip())
    while place < end:
        found = _TOKEN.match(text, place)
        if not found or not found.lastgroup:
            word = text[place:].lstrip()
            raise ExpressionError(f"cannot read {word.split()[0]!r}", len(text) - len(word) + 1)
        kind = found.lastgroup
        yield _Token(kind, found[kind], found.start(kind) + 1)
        place = found.end()
    yield _Token("end", "the end", end + 1)


class _Parser:
    def __init__(self, tokens: tuple[_Token, ...]) -> None:
        self._tokens = tokens
        self._place = 0
        self._depth = 0

    def whole(self) -> Node:
        node = self._either()
        self._want("end")
        return node

    def whole_term(self) -> Term:
        term = self._term()
        self._want("end")
        return term

    @property
    def _next(self) -> _Token:
        return self._tokens[self._place]

    def _take(self, kind: str, *texts: str) -> _Token | None:
        token = self._next
        if token.kind != kind or (texts and token.text not in texts):
            return None
        self._place += 1
        return token

    def _want(self, kind: str, *texts: str) -> _Token:
        token = self._take(kind, *texts)
        if token is None:
            wanted = " or ".join(texts) or kind
            raise ExpressionError(f"expected {wanted}, found {self._next.text!r}", self._next.column)
        return token

    def _either(self) -> Node:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise ExpressionError(f"nested deeper than {MAX_DEPTH}", self._next.column)
        parts = [self._both()]
        while self._take("word", "or"):
            parts.append(self._both())
        self._depth -= 1
        return parts[0] if len(parts) == 1 else Some(tuple(parts))

    def _both(self) -> Node:
        parts = [self._unless()]
        while self._take("word", "and"):
            parts.append(self._unless())
        return parts[0] if len(parts) == 1 else All(tuple(parts))

    def _unless(self) -> Node:
        negated = False
        while self._take("word", "not"):
            negated = not negated
        node = self._test()
        return Not(node) if negated else node

    def _test(self) -> Node:
        if self._take("sign", "("):
            node = self._either()
            self._want("sign", ")")
            return node
        word = self._take("word", "some", "every", "no")
        if word:
            group = self._name()
            self._want("word", "where")
            return Quantified(_quantifier(word.text), group, self._where(), word.column)
        word = self._take("word", "count")
        if word:
            return self._count(word)
        return self._compared()

    def _where(self) -> Node:
        self._want("sign", "(")
        node = self._either()
        self._want("sign", ")")
        return node

    def _count(self, word: _Token) -> Node:
        group = self._name()
        where = self._where() if self._take("word", "where") else None
        op = _compare(self._want("op").text)
        number = self._want("number")
        if "." in number.text:
            raise ExpressionError("a count is a whole number", number.column)
        return Count(group, where, op, int(number.text), word.column)

    def _compared(self) -> Node:
        column = self._next.column
        left = self._term()
        op = self._take("op")
        if op:
            return Comparison(left, _compare(op.text), self._term(), column)
        if self._take("word", "in"):
            return Within(left, self._options(), column)
        if self._take("word", "is"):
            negated = self._take("word", "not") is not None
            self._want("word", "known")
            return Known(left, negated, column)
        if isinstance(left, Check):
            return Bare(left)
        raise ExpressionError("a term alone must be a check that gives yes or no", column)

    def _options(self) -> tuple[Literal_, ...]:
        self._want("sign", "(")
        options = [self._literal()]
        while self._take("sign", ","):
            options.append(self._literal())
        self._want("sign", ")")
        return tuple(options)

    def _literal(self) -> Literal_:
        token = self._next
        found = _literal_value(token)
        if found is None:
            raise ExpressionError(f"expected a text, number or day, found {token.text!r}", token.column)
        self._place += 1
        return Literal_(found, token.column)

    def _name(self) -> str:
        token = self._want("word")
        if token.text in _RESERVED:
            raise ExpressionError(f"{token.text!r} is a word of the language", token.column)
        return token.text

    def _term(self) -> Term:
        if self._next.kind in ("text", "number", "day"):
            return self._literal()
        token = self._want("word")
        if token.text == "day":
            self._want("word", "of")
            column = self._next.column
            return DayOf(Path(self._name(), column))
        if token.text in ("today", "now"):
            return self._shifted(Moving("today" if token.text == "today" else "now", token.column))
        if token.text in _RESERVED:
            raise ExpressionError(f"{token.text!r} cannot stand here", token.column)
        if self._take("sign", "("):
            return self._check(token)
        return self._shifted(Path(token.text, token.column))

    def _check(self, token: _Token) -> Check:
        args = [self._term()]
        while self._take("sign", ","):
            args.append(self._term())
        self._want("sign", ")")
        return Check(token.text, tuple(args), token.column)

    def _shifted(self, start: Path | Moving) -> Term:
        sign = self._take("sign", "+", "-")
        if sign is None:
            return start
        number = self._want("number")
        return Shift(start, Amount(int(number.text), self._unit()), sign.text == "-")

    def _unit(self) -> Unit:
        token = self._want("word")
        words = token.text
        if words in ("calendar", "working"):
            words = f"{words} {self._want('word').text}"
        for unit in UNITS:
            if words in (unit, unit[:-1]):
                return unit
        raise ExpressionError(f"{words!r} is not a unit of time", token.column)


def _literal_value(token: _Token) -> str | int | Decimal | date | None:
    if token.kind == "text":
        return token.text[1:-1]
    if token.kind == "number":
        return Decimal(token.text) if "." in token.text else int(token.text)
    if token.kind == "day":
        try:
            return date.fromisoformat(token.text)
        except ValueError:
            raise ExpressionError(f"{token.text} is not a day", token.column) from None
    return None


def _quantifier(word: str) -> Literal["some", "every", "no"]:
    return "some" if word == "some" else "every" if word == "every" else "no"


def _compare(op: str) -> Compare:
    table: dict[str, Compare] = {"=": "=", "!=": "!=", "<": "<", "<=": "<=", ">": ">", ">=": ">="}
    return table[op]
