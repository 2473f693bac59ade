"""The expression language: grammar, three values, and lint of types."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.models.amounts import Amount
from workbench.models.evaluation import Answer, Truth, evaluate, opposite, term_value
from workbench.models.expression_types import Kind, Names, problems
from workbench.models.expressions import ExpressionError, Node, Term, parse, parse_term
from workbench.models.shapes import CheckDefinition


class Plain:
    """A scope made from a dict; groups are lists of dicts."""

    def __init__(self, values: dict[str, object]) -> None:
        self._values = values

    def value(self, path: str) -> Answer:
        return self._values.get(path)  # type: ignore[return-value]

    def rows(self, group: str) -> tuple[Plain, ...] | None:
        found = self._values.get(group)
        return None if found is None else tuple(Plain({**self._values, **row}) for row in found)  # type: ignore[attr-defined]

    def check(self, name: str, args: tuple[Answer, ...]) -> Answer:
        return {"always": "yes", "never": "no"}.get(name)

    def shift(self, start: date | datetime, amount: Amount, *, back: bool) -> date | datetime:
        return start + timedelta(days=-amount.number if back else amount.number)

    def today(self) -> date:
        return date(2026, 3, 10)

    def now(self) -> datetime:
        return datetime(2026, 3, 10, 12, tzinfo=UTC)


def says(text: str, **values: object) -> bool | None:
    """What an expression says of plain values."""
    return evaluate(
        parse(text), Plain({name.replace("__", "."): value for name, value in values.items()})
    ).value


@pytest.mark.parametrize(
    ("text", "values", "expected"),
    [
        ("a = 'x'", {"a": "x"}, True),
        ("a != 'x'", {"a": "x"}, False),
        ("a = 'x'", {}, None),
        ("a is known", {}, False),
        ("a is not known", {}, True),
        ("a in ('x', 'y')", {"a": "y"}, True),
        ("not a = 'x'", {}, None),
        ("a = 'x' or b = 'y'", {"b": "y"}, True),
        ("a = 'x' and b = 'y'", {"b": "n"}, False),
        ("a = 'x' and b = 'y'", {"b": "y"}, None),
        ("n >= 3", {"n": 3}, True),
        ("d <= today", {"d": date(2026, 3, 10)}, True),
        ("d + 5 calendar days < today", {"d": date(2026, 3, 4)}, True),
        ("day of m = 2026-03-29", {"m": datetime(2026, 3, 28, 23, 30, tzinfo=UTC)}, False),
        ("day of m = 2026-03-30", {"m": datetime(2026, 3, 29, 23, 30, tzinfo=UTC)}, True),
        ("some g where (k = 'x')", {"g": [{"k": "n"}, {"k": "x"}]}, True),
        ("some g where (k = 'x')", {"g": []}, False),
        ("some g where (k = 'x')", {}, None),
        ("some g where (k = 'x')", {"g": [{}]}, None),
        ("every g where (k = 'x')", {"g": []}, True),
        ("every g where (k = 'x')", {"g": [{}, {"k": "n"}]}, False),
        ("no g where (k = 'x')", {"g": [{"k": "n"}]}, True),
        ("count g >= 2", {"g": [{}, {}]}, True),
        ("count g where (k = 'x') = 1", {"g": [{"k": "x"}, {}]}, None),
        ("count g where (k = 'x') >= 1", {"g": [{"k": "x"}, {}]}, True),
        ("always(a)", {}, True),
        ("not never(a)", {}, True),
        ("unheard_of(a)", {}, None),
    ],
)
def test_three_values(text: str, values: dict[str, object], expected: bool | None) -> None:
    """Kleene's and, or, not; quantifiers over no rows and over groups never asked."""
    assert says(text, **values) == expected


def test_what_is_missing_is_named_only_where_it_matters() -> None:
    """A decided expression misses nothing."""
    node = parse("a = 'x' or b = 'y'")
    assert evaluate(node, Plain({"b": "n"})) == Truth(None, frozenset({"a"}))
    assert evaluate(node, Plain({"b": "y"})) == Truth(True)


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("a", 1),
        ("a =", 4),
        ("a = 'x' b", 9),
        ("a ? 'x'", 3),
        ("(a = 'x'", 9),
        ("count g = 1.5", 11),
        ("a + 5 moons = today", 7),
        ("not", 4),
        ("a = 2026-02-30", 5),
        ("in = 'x'", 1),
    ],
)
def test_a_fault_is_told_with_its_column(text: str, column: int) -> None:
    """Columns count from 1."""
    with pytest.raises(ExpressionError) as told:
        parse(text)
    assert told.value.column == column


def test_length_and_depth_are_bounded() -> None:
    """At most 1,000 characters and 32 levels."""
    parse("(" * 31 + "a = 'x'" + ")" * 31)
    for text in ("(" * 32 + "a = 'x'" + ")" * 32, "a = '" + "x" * 1000 + "'"):
        with pytest.raises(ExpressionError):
            parse(text)


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    """Nothing but an ExpressionError ever leaves the parser."""
    try:
        parse(text)
    except ExpressionError:
        return


NAMES = Names(
    {
        "outcome": Kind("one-of", ("seen", "left")),
        "adult": Kind("yes-no-unknown"),
        "when": Kind("moment"),
        "born": Kind("day"),
        "many": Kind("number"),
    },
    {"others": {"person": Kind("person"), "under_18": Kind("yes-no-unknown")}},
    {"familiar": CheckDefinition("familiar", ("person",), "yes-no", (), "")},
)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("outcome = 'gone'", "none of its options"),
        ("adult = 'yes'", "name 'unknown'"),
        ("some others where (under_18 in ('yes'))", "name 'unknown'"),
        ("when <= today", "moment is compared with day"),
        ("born <= now", "day is compared with moment"),
        ("many = 'x'", "number is compared with text"),
        ("outcome > 'seen'", "has no order"),
        ("nobody = 'x'", "nothing is called"),
        ("some people where (person = 'x')", "no group"),
        ("strange(born)", "no check"),
        ("familiar(born, born)", "takes 1"),
        ("day of born = today", "takes a moment"),
        ("outcome + 3 weeks < today", "only a day or a moment"),
    ],
)
def test_lint_stops_types_that_do_not_fit(text: str, fault: str) -> None:
    """Types never mix, and not known leans towards safety."""
    assert fault in str(problems(parse(text), NAMES)[0])


def test_lint_passes_what_fits() -> None:
    """Sound expressions have no problems."""
    for text in (
        "outcome in ('seen', 'left') and when <= now and day of when = today",
        "some others where (under_18 in ('yes', 'unknown') and not familiar(person))",
        "born + 18 years <= today or many >= 3",
    ):
        assert problems(parse(text), NAMES) == ()


def test_the_opposite_of_unknown_is_unknown() -> None:
    """Not does not decide."""
    assert opposite(Truth(None, frozenset({"a"}))) == Truth(None, frozenset({"a"}))


def test_every_kind_of_node_and_term_has_a_value() -> None:
    """None of the grammar's kinds is missing where they are looked up."""
    nodes = ("a = 'x'", "a in ('x')", "a is known", "familiar(a)", "not a is known", "a = 'x' and b = 'y'",
             "a = 'x' or b = 'y'", "some others where (a = 'x')", "count others >= 1")  # fmt: skip
    read = [parse(text) for text in nodes]
    assert {type(node) for node in read} == set(get_args(Node))
    assert {evaluate(node, Plain({})).value for node in read} == {None, False, True}
    terms = [
        parse_term(text)
        for text in ("a", "'x'", "today", "familiar(a)", "day of a", "today + 1 calendar day")
    ]
    assert {type(term) for term in terms} == set(get_args(Term))
    assert [term_value(term, Plain({})) is None for term in terms].count(True) == 3
