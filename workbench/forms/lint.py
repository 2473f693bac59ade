"""What is wrong with the forms shipped with the program; each problem with its file and line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

import msgspec

from workbench import resources
from workbench.errors import BadDefinition
from workbench.forms import claims
from workbench.forms.definition import BASES, LISTS, Form, Question, Sets
from workbench.forms.library import Library
from workbench.forms.scope import ROW, day
from workbench.models.expression_types import FIXED_OPTIONS, Kind, Names, kind_of, problems, term_problems
from workbench.models.expressions import ExpressionError, Literal_, Path, Term, parse, parse_term
from workbench.models.facts import FactDefinition
from workbench.models.records import MARKS, ROLES
from workbench.models.shapes import FACTOR, CheckDefinition
from workbench.resources import Document, Words

_ID = re.compile(r"[a-z][a-z0-9_]*\Z")
# Words that an expression reads as its own.
TAKEN = frozenset(
    {"or", "and", "not", "in", "is", "known", "some", "every", "no", "count", "where", "day", "of"}
    | {"today", "now", ROW, "id"}
)
# The sources that bring no mark: a form that hears from others starts marked.
OWN_SOURCES = frozenset({"self-report", "observation"})
OPTION_KINDS = ("one-of", "any-of", "factor")


class Problem(NamedTuple):
    """One thing wrong: its place in the document, and a sentence."""

    place: str
    says: str


def check(library: Library, checks: Mapping[str, CheckDefinition] | None = None) -> tuple[BadDefinition, ...]:
    """Everything wrong with the forms, by file and line; empty where they may be shipped.

    `checks` are the named checks that expressions may call; left out, those shipped.
    """
    known = shipped_checks() if checks is None else checks
    found: list[BadDefinition] = []
    for key, form in library.forms.items():
        document = library.documents[key]
        for place, says in _Form(form, library, known).problems():
            found.append(BadDefinition(says, document.name, document.line(place)))
    found.extend(_facts_nobody_says(library))
    return tuple(sorted(found, key=lambda problem: (problem.file, problem.line, problem.says)))


def shipped_checks() -> dict[str, CheckDefinition]:
    """The named checks shipped with the program."""
    document: Document = resources.read(resources.root() / "checks.yaml")
    return {row.check: row for row in document.to(tuple[CheckDefinition, ...])}


def _facts_nobody_says(library: Library) -> Iterator[BadDefinition]:
    """Forms that the list of facts names, and that do not say the fact in their latest version."""
    said = {(row.fact, form.form) for form in library.latest() for row in form.sets}
    for place, fact in enumerate(library.facts.values()):
        for form in fact.said_by:
            if (fact.fact, form) not in said:
                line = library.listed.line(f"$[{place}]")
                yield BadDefinition(f"the form {form!r} does not say {fact.fact}", "facts.yaml", line)


class _Form:
    """The lint of one form."""

    def __init__(self, form: Form, library: Library, checks: Mapping[str, CheckDefinition]) -> None:
        self._form = form
        self._library = library
        self._checks = checks
        self._asked = {question.id: question for question in form.questions()}

    def problems(self) -> Iterator[Problem]:
        """Everything wrong with it."""
        yield from self._head()
        before: dict[str, Question] = {}
        for number, page in enumerate(self._form.pages):
            place = f"$.pages[{number}]"
            if not isinstance(page.title, Words):
                yield Problem(f"{place}.title", "the title of a page stands in English and Welsh")
            for index, question in enumerate(page.questions):
                at = f"{place}.questions[{index}]"
                if question.id in before:
                    yield Problem(f"{at}.id", f"the question {question.id!r} stands twice")
                yield from self._question(question, at, before, {})
                before[question.id] = question
        for number, row in enumerate(self._form.sets):
            yield from self._sets(row, f"$.sets[{number}]")
        yield from self._consequences()

    def _head(self) -> Iterator[Problem]:
        form = self._form
        if not isinstance(form.title, Words):
            yield Problem("$.title", "the title of a form stands in English and Welsh")
        yield from _unknown(form.for_, ROLES, "$.for", "role")
        yield from _unknown(form.countersigned_by, ROLES, "$.countersigned_by", "role")
        yield from _unknown(form.marks, MARKS, "$.marks", "mark")
        happened = self._asked.get(form.happened)
        if form.happened and (happened is None or happened.kind not in ("day", "moment")):
            yield Problem("$.happened", f"{form.happened!r} is not a question that asks for a day or moment")
        if not form.marks:
            yield from self._hears_openly()
        for old, new in form.renamed.items():
            if new not in self._asked or old in self._asked:
                yield Problem(f"$.renamed.{old}", "takes an id no longer used to a question that is asked")

    def _hears_openly(self) -> Iterator[Problem]:
        """Questions of an open form that hear from others must start at third-party themselves."""
        for question in self._form.questions():
            asked = [question, *question.of]
            named = {source for each in asked if hears(each) for source in each.sources or ("others",)}
            heard = named - OWN_SOURCES
            if heard and not question.marks:
                told = ", ".join(sorted(heard))
                yield Problem(
                    "$.form", f"{question.id}: what hears from others ({told}) starts at third-party"
                )

    def _question(
        self, question: Question, at: str, before: Mapping[str, Question], outer: Mapping[str, Question]
    ) -> Iterator[Problem]:
        if not _ID.match(question.id) or question.id in TAKEN:
            yield Problem(f"{at}.id", f"{question.id!r} cannot be the id of a question")
        if not question.ask:
            yield Problem(at, f"{question.id}: neither asks anything nor stands in columns.yaml")
        yield from self._kind(question, at)
        yield from _unknown(question.marks, MARKS, f"{at}.marks", "mark")
        yield from _unknown(question.sources, self._library.sources, f"{at}.sources", "source")
        for answer, marks in question.marks_if.items():
            yield from _unknown(marks, MARKS, f"{at}.marks_if", "mark")
            yield from _unknown((answer,), _options(question), f"{at}.marks_if", "option")
        if bool(question.must) != bool(question.else_):
            yield Problem(at, f"{question.id}: 'must' and 'else' stand together")
        names = self._names({**outer, **before})
        here = self._names({**outer, **before, question.id: question} if outer else self._asked)
        yield from _expression(question.show_when, names, f"{at}.show_when")
        if question.required not in ("yes", "no"):
            yield from _expression(question.required, here, f"{at}.required")
        yield from _expression(question.must, here, f"{at}.must")
        if question.computes:
            yield from _in_a_term(question.computes, names, f"{at}.computes")
        columns: dict[str, Question] = {}
        for index, column in enumerate(question.of):
            place = f"{at}.of[{index}]"
            if column.id in columns:
                yield Problem(f"{place}.id", f"the column {column.id!r} stands twice")
            if column.kind in ("repeat", "factor", "shown"):
                yield Problem(f"{place}.kind", f"a {column.kind} cannot be a column")
            yield from self._question(column, place, columns, {**before, question.id: question})
            columns[column.id] = column

    def _kind(self, question: Question, at: str) -> Iterator[Problem]:
        """What a kind needs beside it, and what only that kind may have."""
        kind = question.kind
        has = {
            "options": (bool(question.options), kind in OPTION_KINDS),
            "of": (bool(question.of), kind == "repeat"),
            "computes": (bool(question.computes), kind == "computed"),
            "shows": (bool(question.shows), kind == "shown"),
        }
        for name, (given, needed) in has.items():
            if given != needed:
                says = f"a {kind} needs {name!r}" if needed else f"a {kind} has no {name!r}"
                yield Problem(at, f"{question.id}: {says}")
        if question.decimals and kind != "number":
            yield Problem(f"{at}.decimals", f"a {kind} has no decimals")
        yield from _unknown(question.shows, self._library.facts, f"{at}.shows", "fact")
        if question.from_fact:
            yield from _unknown((question.from_fact,), self._library.facts, f"{at}.from_fact", "fact")
        if question.default and not _may_start_as(question):
            yield Problem(f"{at}.default", f"a {kind} cannot start as {question.default!r}")

    def _names(self, questions: Mapping[str, Question]) -> Names:
        paths: dict[str, Kind] = {}
        groups: dict[str, dict[str, Kind]] = {}
        for question in questions.values():
            if question.kind in LISTS:
                groups[question.id] = {column.id: _kind(column) for column in question.of}
            elif question.kind == "factor":
                paths |= {f"{question.id}.{part}": Kind("text") for part in FACTOR}
                paths[f"{question.id}.rating"] = Kind("one-of", _options(question))
            else:
                paths[question.id] = _kind(question)
        return Names(paths, groups, self._checks)

    def _sets(self, row: Sets, at: str) -> Iterator[Problem]:
        fact = self._library.facts.get(row.fact)
        if fact is None:
            yield Problem(f"{at}.fact", f"no fact is called {row.fact!r}")
            return
        if self._form.form not in fact.said_by:
            yield Problem(f"{at}.fact", f"{row.fact} is not said by {self._form.form!r} (see facts.yaml)")
        repeat = self._asked.get(row.each) if row.each else None
        if row.each and (repeat is None or repeat.kind != "repeat"):
            yield Problem(f"{at}.each", f"{row.each!r} is not a repeat of this form")
            return
        names = self._names(self._asked)
        if repeat is not None:
            columns = {column.id: _kind(column) for column in repeat.of}
            names = msgspec.structs.replace(names, paths={**names.paths, **columns, ROW: Kind("id")})
        broken = [
            *_in_a_term(row.is_, names, f"{at}.is"),
            *_in_a_term(row.of, names, f"{at}.of"),
            *_in_a_term(row.from_, names, f"{at}.from"),
            *_in_a_term(row.until, names, f"{at}.until"),
            *_expression(row.when, msgspec.structs.replace(names, checks={}), f"{at}.when"),
        ]
        yield from broken
        if not broken:
            yield from self._fits(row, fact, names, repeat, at)

    def _fits(
        self, row: Sets, fact: FactDefinition, names: Names, repeat: Question | None, at: str
    ) -> Iterator[Problem]:
        if not _says(fact, parse_term(row.is_), names, repeat):
            yield Problem(f"{at}.is", f"{row.is_} does not give what {row.fact} holds ({fact.type})")
        if (fact.of == "case") != (row.of == ""):
            yield Problem(f"{at}.fact", f"{row.fact} is about a {fact.of}: 'of' must say so")
        elif row.of and not _about(fact, parse_term(row.of), names, repeat):
            yield Problem(f"{at}.of", f"{row.of} does not name a {fact.of}")
        for name, text in (("from", row.from_), ("until", row.until)):
            kind = kind_of(parse_term(text), names) if text else Kind("day")
            if kind is None or kind.family != "day":
                yield Problem(f"{at}.{name}", f"{text} is not a day")
        columns = {column.id: column for column in repeat.of} if repeat else {}
        for path in sorted(claims.named(row)):
            name = path.partition(".")[0]
            question = columns.get(name) or self._asked.get(name)
            if question is not None and question.record_only == "yes":
                yield Problem(at, f"{name} is read by nothing (record_only), and yet sets {row.fact}")
        if row.basis:
            held = columns.get(row.basis) or self._asked.get(row.basis)
            if held is None or (held.kind != "evidence" and held.options != BASES):
                yield Problem(f"{at}.basis", f"{row.basis!r} neither is evidence nor asks for a footing")

    def _consequences(self) -> Iterator[Problem]:
        names = self._names(self._asked)
        for number, opens in enumerate(self._form.opens):
            yield from _expression(opens.when, names, f"$.opens[{number}].when")
        facts = {fact.fact: Kind(fact.type, fact.values) for fact in self._library.facts.values()}
        known = Names(facts, {}, self._checks)
        for number, only in enumerate(self._form.only):
            yield from _expression(only.must, known, f"$.only[{number}].must")


def hears(question: Question) -> bool:
    """Whether a question says where something was learnt."""
    return question.kind in ("evidence", "factor") or question.options_from == "sources"


def _kind(question: Question) -> Kind:
    return Kind(question.kind, _options(question))


def _options(question: Question) -> tuple[str, ...]:
    return tuple(question.options) or FIXED_OPTIONS.get(question.kind, ())


def _may_start_as(question: Question) -> bool:
    """Whether the default is one that the question can hold."""
    if question.kind == "moment":
        return question.default == "now"
    if question.kind == "day":
        return question.default == "today" or day(question.default) is not None
    return question.default in _options(question) or question.kind in ("text", "narrative")


def _unknown(given: Iterable[str], known: Iterable[str], place: str, what: str) -> Iterator[Problem]:
    for name in given:
        if name not in known:
            yield Problem(place, f"no {what} is called {name!r}")


def _expression(text: str, names: Names, place: str) -> Iterator[Problem]:
    if not text:
        return
    try:
        found = problems(parse(text), names)
    except ExpressionError as error:
        found = (error,)
    yield from (Problem(place, str(error)) for error in found)
    yield from _counts_working_days(text, place)


def _in_a_term(text: str, names: Names, place: str) -> Iterator[Problem]:
    if not text:
        return
    try:
        found = term_problems(parse_term(text), names)
    except ExpressionError as error:
        found = (error,)
    yield from (Problem(place, str(error)) for error in found)
    yield from _counts_working_days(text, place)


def _counts_working_days(text: str, place: str) -> Iterator[Problem]:
    if "working day" in text:
        yield Problem(place, "working days are counted by the rules alone")


def _says(fact: FactDefinition, term: Term, names: Names, repeat: Question | None) -> bool:
    """Whether the term gives values that the fact may hold."""
    if isinstance(term, Literal_):
        options = fact.values or FIXED_OPTIONS.get(fact.type, ())
        return term.value in options if options else fact.type == "text" and isinstance(term.value, str)
    if isinstance(term, Path) and term.path == ROW and repeat is not None:
        return fact.type in ("id", repeat.mints)
    kind = kind_of(term, names)
    if kind is None:
        return False
    if fact.type == "one-of":
        return kind.family == "option" and bool(kind.options) and set(kind.options) <= set(fact.values)
    if fact.type == "yes-no":
        return kind.type in ("yes-no", "yes-no-unknown")
    if fact.type == "text":
        return kind.family == "text"
    return kind.type == fact.type


def _about(fact: FactDefinition, term: Term, names: Names, repeat: Question | None) -> bool:
    """Whether the term names the kind of thing that the fact is about."""
    if isinstance(term, Literal_):
        return fact.of == "factor"
    minted = {"person": "person", "address": "place"}.get(fact.of, "row")
    if isinstance(term, Path) and term.path == ROW and repeat is not None:
        return repeat.mints == minted
    kind = kind_of(term, names)
    return kind is not None and kind.type == minted
