"""What people read of the rules: words of the record's questions and facts, never the ids behind them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import pytest

from tests.rules.test_lint import PARTS
from tests.rules.world import FACTS, OPENINGS
from workbench.forms import library
from workbench.forms.definition import shape
from workbench.models.results import Advice, Because, Duty, Finding
from workbench.models.shapes import Shape
from workbench.resources import say
from workbench.rules import examples
from workbench.rules.book import load
from workbench.rules.evaluate import Outcome

SHAPES = {(form.form, form.version): shape(form) for form in library.load().latest()}
BOOK = load(openings=OPENINGS)
JOINED = re.compile(r"\b[a-z0-9]+(?:[-_.][a-z0-9]+)+\b")
# A form's id and a word of the language too.
WORDS = {"pre-release"}


def ids() -> set[str]:
    """The ids of everything that a definition names."""
    parts = (BOOK.rules, BOOK.prompts, BOOK.findings, BOOK.advice, BOOK.events, BOOK.checks, FACTS)
    found = {name for part in parts for name in part}
    for form in SHAPES.values():
        found |= {form.form, *_ids(form.questions)}
    return found - WORDS


def _ids(questions: Mapping[str, Shape]) -> Iterator[str]:
    for name, asked in questions.items():
        yield from (name, *asked.options, *_ids(asked.columns))


def sentences(outcome: Outcome) -> Iterator[str]:
    """Every sentence of an outcome that somebody reads."""
    results: tuple[Duty | Finding | Advice, ...] = (*outcome.duties, *outcome.findings, *outcome.advice)
    for each in results:
        yield from _of(each.because)
        if isinstance(each, Duty):
            yield from (each.asks, each.why_ended or "", *(step.asks for step in each.steps))
        else:
            yield each.says


def _of(because: Because) -> Iterator[str]:
    beside = str(because.national["says"]) if because.national else ""
    yield from (because.says, because.note or "", because.arithmetic or "", beside, *because.would_change)


def left_open(outcome: Outcome) -> Iterator[str]:
    """Every sentence that says what is not known."""
    for each in (*outcome.duties, *outcome.findings, *outcome.advice):
        yield from each.because.would_change
    yield from (each.says for each in outcome.findings if each.rule == "cannot-tell-whether")


@pytest.mark.parametrize("language", ["en", "cy"])
def test_no_worked_example_shows_anybody_an_id(language: str) -> None:
    named = ids()
    asks = {f"'{each}'" for form in SHAPES.values() for each in _asks(form.questions, language)}
    facts = {say(words, language) for key, words in BOOK.words.items() if key.startswith("fact ")}
    shown: set[str] = set()
    left: set[str] = set()
    for kind, name in PARTS:
        for _, example in examples.examples_of(BOOK, kind, name):
            outcome = examples.read(BOOK, FACTS, SHAPES, example, language)
            shown.update(sentences(outcome))
            left.update(left_open(outcome))
    assert not {word for says in shown for word in JOINED.findall(says) if word in named or "_" in word}
    assert len(left) > 40
    assert not {says for says in left if not any(words in says for words in asks | facts)}


def _asks(questions: Mapping[str, Shape], language: str) -> Iterator[str]:
    for asked in questions.values():
        yield say(asked.ask, language)
        yield from _asks(asked.columns, language)


def test_every_fact_has_a_name_in_both_languages() -> None:
    assert {path for path in FACTS if f"fact {path}" not in BOOK.words} == set()
