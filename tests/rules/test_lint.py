"""The books themselves: every example holds, every number matters, and what is wrong is found."""

from __future__ import annotations

import re

import msgspec
import pytest

from tests.rules.world import BOOK, DEMO, FACTS, OPENINGS, SHAPES
from workbench import resources
from workbench.errors import BadDefinition, NotFound
from workbench.resources import Document, parse
from workbench.rules import examples, lint
from workbench.rules.book import RuleBook, load

PARTS = [
    (kind, name)
    for kind in ("rule", "prompt", "finding", "advice", "event")
    for name in sorted(place.split("/")[1] for place in BOOK.places if place.startswith(f"{kind}/"))
]


@pytest.mark.parametrize(("kind", "name"), PARTS)
def test_every_worked_example_holds(kind: str, name: str) -> None:
    assert list(examples.run(BOOK, FACTS, SHAPES, kind, name)) == []
    assert list(examples.examples_of(BOOK, kind, name))


@pytest.mark.parametrize(
    ("name", "number", "mutant"),
    tuple(lint.mutants(BOOK)),
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_changing_a_number_by_one_fails_an_example(name: str, number: str, mutant: RuleBook) -> None:
    kind = "rule" if name in BOOK.rules else "finding"
    assert list(examples.run(mutant, FACTS, SHAPES, kind, name)), number


def test_the_books_have_no_problem() -> None:
    assert lint.check(BOOK, FACTS, SHAPES) == ()
    assert tuple(lint.check(DEMO, FACTS, SHAPES)) == ()


def test_every_fact_named_by_a_rule_has_a_name_in_both_languages() -> None:
    named = {
        path for paths in BOOK.named.values() for path in paths if path in FACTS and FACTS[path].of == "case"
    }
    missing = {path for path in named if f"fact {path}" not in BOOK.words}
    assert {"supervision.ended_how"} >= missing


def changed(*replaced: tuple[str, str]) -> RuleBook:
    """The book with the first home visit's file changed."""
    path = resources.root() / "rules" / "national" / "home-visit-first.yaml"
    text = path.read_text(encoding="utf-8")
    for old, new in replaced:
        assert old in text
        text = text.replace(old, new)
    document = parse(text.encode(), "home-visit-first.yaml")
    return with_document(document)


def with_document(document: Document) -> RuleBook:
    from workbench.rules import book as books

    used = [d for d in resources.documents("rules") if "rule" not in d.data and "region" not in d.data]
    return books._assembled([*used, document], (), OPENINGS, {})


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("rosh.overall = 'medium'", "rosh.overal = 'medium'", "nothing is called 'rosh.overal'"),
        ("rosh.overall = 'medium'", "rosh.overall = 'middling'", "'middling' is none of its options"),
        ("rosh.overall = 'medium'", "identity.born < today - 18 years", "names today or now"),
        ("outcome = 'seen'", "result = 'seen'", "nothing is called 'result'"),
        ("form: home-visit,", "form: house-visit,", "no form is called 'house-visit'"),
        ("within: medium", "within: middle", "no number is called 'middle'"),
        (
            "medium: 6 weeks, low: 12 weeks",
            "medium: 6 weeks, low: a while",
            "'a while' is not a number and a unit",
        ),
        ("medium: 6 weeks", "medium: 7 weeks", "the example expects due: 2026-04-13"),
        ("low: 12 weeks}", "low: 12 weeks, spare: 1 week}", "no branch uses the number 'spare'"),
        (", unknown: [cse]", "", "no worked example leaves out cse alone"),
        (
            "      - {when: \"rosh.overall = 'low'\", within: low}",
            "      - {within: low}",
            "a catch-all gives more time than a branch",
        ),
        (
            "  en: First home visit\n  cy: Ymweliad cartref cyntaf",
            "  First home visit",
            "is not written in Welsh",
        ),
    ],
)
def test_lint_finds(old: str, new: str, says: str) -> None:
    found = [problem.sentence() for problem in lint.check(changed((old, new)), FACTS, SHAPES)]
    assert any(says in sentence for sentence in found), found


def test_a_problem_is_told_with_file_and_line() -> None:
    found = lint.check(changed(("rosh.overall = 'low'", "rosh.lowest = 'low'")), FACTS, SHAPES)
    lines = {problem.line for problem in found}
    text = (
        (resources.root() / "rules/national/home-visit-first.yaml").read_text(encoding="utf-8").splitlines()
    )
    assert lines == {number for number, line in enumerate(text, 1) if "within: low}" in line}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("      document: Home Visits Policy Framework\n", ""),
        ("    source:\n", "    origin:\n"),
        ("owed_by: practitioner", "owed_by: officer"),
        ("when: \"rosh.overall = 'low'\"", "when: \"rosh.overall == 'low'\""),
    ],
)
def test_what_is_not_of_the_shape_stops_the_book(old: str, new: str) -> None:
    with pytest.raises(BadDefinition) as caught:
        changed((old, new))
    assert re.match(r"home-visit-first\.yaml:\d+: ", str(caught.value))


def test_a_region_cannot_name_what_is_not_there() -> None:
    text = b"""
region: odd
title: {en: Odd (invented), cy: Od (dychmygol)}
rules:
  recall-open:
    - {from: 2026-01-01, numbers: {hours: 24 hours}, source: {document: Invented, place: here, dated: 2026-01}}
  home-visit-first:
    - {from: 2026-01-01, numbers: {medum: 4 weeks}, source: {document: Invented, place: here, dated: 2026-01}}
"""
    book = load(("odd",), openings=OPENINGS, extra=(parse(text, "odd.yaml"),))
    says = [problem.says for problem in lint.check(book, FACTS, SHAPES)]
    assert sorted(says) == [
        "home-visit-first has no number called 'medum'",
        "no rule that a region may change is called 'recall-open'",
    ]


def test_an_unknown_region_is_refused() -> None:
    with pytest.raises(NotFound):
        load(("nowhere",))


def test_the_hash_follows_the_files_the_region_and_the_forms() -> None:
    assert len({load().sha256, BOOK.sha256, DEMO.sha256}) == 3
    assert BOOK.sha256 == load(openings=OPENINGS).sha256


def test_explain_and_list() -> None:
    told = lint.explain(DEMO, "home-visit-first")
    assert told is not None
    assert (told["kind"], told["regions"][0]["region"]) == ("rule", "demo")
    assert msgspec.json.encode(told)
    assert None is lint.explain(BOOK, "no-such-rule")
    assert len(PARTS) == len(lint.listed(BOOK))
