"""Every text that a person reads in a form stands in Welsh, and one English in one Welsh."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from workbench import resources
from workbench.forms.definition import BASES, CHECKED, Form, Question
from workbench.forms.library import Column, Library
from workbench.resources import Text, Words

# Names of systems, programmes, services and codes, and words that both languages share.
SAME = {
    "ARMS",
    "Becoming New Me +",
    "Choices and Changes",
    "CRN",
    "Healthy Sex Programme",
    "Horizon",
    "IIRMS",
    "Kaizen",
    "Living as New Me",
    "Maps for Change",
    "nDelius",
    "New Me Strengths",
    "OASys",
    "Partner",
    "PERS",
    "PIPE",
    "Staff",
    "Thinking Skills Programme",
    "iHorizon",
}
# What changes with the gender of the thing, with the verb of the question, or with the sense of the word.
DIFFERS = {
    "Declared by the person?",
    "From",
    "No",
    "Not done",
    "On",
    "Review",
    "Yes",
}


def _question(form: str, question: Question) -> Iterator[tuple[str, Text]]:
    place = f"{form}: {question.id}"
    yield from ((place, text) for text in (question.ask, question.guide, question.else_) if text)
    yield from ((place, text) for text in question.options.values())
    for column in question.of:
        yield from _question(place, column)


def _texts(form: Form) -> Iterator[tuple[str, Text]]:
    """Every text of a form that is shown, with its place."""
    yield from ((form.form, text) for text in (form.title, form.about))
    yield from ((form.form, only.else_) for only in form.only)
    yield from ((form.form, source.says) for source in form.known_sources)
    for page in form.pages:
        yield from ((f"{form.form}: {page.page}", text) for text in (page.title, page.guide) if text)
        for question in page.questions:
            yield from _question(form.form, question)


def _all(library: Library) -> Iterator[tuple[str, Text]]:
    for form in library.latest():
        yield from _texts(form)
    columns = resources.read(resources.root() / "forms" / "columns.yaml").to(tuple[Column, ...])
    yield from (("columns.yaml", column.ask) for column in columns)
    yield from (("sources.yaml", source.says) for source in library.sources.values())
    yield from (("bases", text) for text in (*BASES.values(), *CHECKED.values()))


def test_every_text_of_a_form_stands_in_welsh(library: Library) -> None:
    english = [(place, text) for place, text in _all(library) if not isinstance(text, Words)]
    assert english == []


def test_welsh_is_another_text_than_english(library: Library) -> None:
    """Only names and codes are the same; each exemption is needed."""
    pairs = [(place, text) for place, text in _all(library) if isinstance(text, Words)]
    assert [place for place, text in pairs if not text.cy.strip()] == []
    assert {text.en for _, text in pairs if text.en == text.cy} == SAME


def test_one_english_is_one_welsh(library: Library) -> None:
    welsh: dict[str, set[str]] = defaultdict(set)
    for _, text in _all(library):
        if isinstance(text, Words):
            welsh[text.en].add(text.cy)
    assert {english for english, found in welsh.items() if len(found) > 1} == DIFFERS
