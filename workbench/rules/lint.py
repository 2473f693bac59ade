"""What `rules check` holds against the books, and what `rules explain` and `rules list` tell of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

import msgspec

from workbench.models.amounts import amount
from workbench.models.expression_types import Kind, Names, problems
from workbench.models.facts import FactBook
from workbench.models.records import MARKS
from workbench.models.shapes import FormShape, Shape
from workbench.resources import Document, Text, say
from workbench.rules import examples
from workbench.rules.book import EMPTY, NATIONAL, RuleBook, days_about
from workbench.rules.files import Branch, Due, Meeting, Number, RuleFile, Suggestion, TextFile
from workbench.rules.view import ROWS, Shapes

AUDIENCES = (
    "court", "parole-board", "person", "sealed-annex", "agencies", "police", "childrens-services", "ppcs", "vlo",
    "receiving-officer", "spo", "doorstep", "on-call", "review", "data-team", "figures", "file",
)  # fmt: skip
EPISODE = {
    "episode.kind": Kind("one-of"),
    "episode.from": Kind("day"),
    "episode.until": Kind("day"),
}
_QUOTED = re.compile(r"'[^']*'")
_MOVING = re.compile(r"\b(today|now)\b")
_FIELDS = re.compile(r"\{(\w+)\}")


class Problem(msgspec.Struct, frozen=True, order=True):
    """Something wrong in a file of the book; `line` counts from 1."""

    file: str
    line: int
    says: str

    def sentence(self) -> str:
        """As the command line prints it."""
        return f"{self.file}:{self.line}: {self.says}"


def check(book: RuleBook, facts: FactBook, shapes: Shapes, prefix: str = "") -> tuple[Problem, ...]:
    """Everything wrong with a book, by file and line; worked examples are run once all else is right.

    With `prefix` only the examples of what is called so are run: those of a region's additions.
    """
    lint = _Lint(book, facts, shapes, prefix)
    found = {*lint.rules(), *lint.others(), *lint.tables(), *lint.regions()}
    return tuple(sorted(found or set(lint.worked())))


class _Lint:
    def __init__(self, book: RuleBook, facts: FactBook, shapes: Shapes, prefix: str) -> None:
        self.book = book
        self.prefix = prefix
        self.facts = facts
        self.shapes = shapes
        self.forms: dict[str, list[FormShape]] = {}
        for (form, _), shape in sorted(shapes.items()):
            self.forms.setdefault(form, []).append(shape)
        self.paths = {
            path: Kind(f.type, f.values) for path, f in facts.items() if f.of in ("case", "sentence")
        }
        self.groups: dict[str, dict[str, Kind]] = {
            of: {of: Kind("id")} | {path: Kind(f.type, f.values) for path, f in facts.items() if f.of == of}
            for of in {str(f.of) for f in facts.values()} - {"case"}
        }

    def rules(self) -> Iterator[Problem]:
        for name, rule in self.book.rules.items():
            document = self.book.places[f"rule/{name}"]
            yield from self._expressions(document, document.data, "$")
            yield from self._welsh(document, document.data, "$")
            yield from self._starts(document, rule)
            for place, text in enumerate(rule.texts):
                yield from self._text(document, rule, text, f"$.texts[{place}]")

    def others(self) -> Iterator[Problem]:
        for key in ("prompt", "finding", "advice", "event"):
            for name, document in self._parts(key):
                yield from self._welsh(document, document.data, "$")
                yield from self._expressions(document, document.data, "$")
                if not list(examples.examples_of(self.book, key, name)):
                    yield _problem(document, "$", "has no worked example")
                for form in document.data.get("forms", ()):
                    if form not in self.forms:
                        yield _problem(document, "$.forms", f"no form is called {form!r}")
        opened = {opening.event for opening in self.book.openings}
        for name, document in self._parts("event"):
            if name not in opened:
                yield _problem(document, "$.event", "no form opens this event")

    def tables(self) -> Iterator[Problem]:
        for audience in AUDIENCES:
            if audience not in self.book.access:
                yield Problem("rules/national/access.yaml", 1, f"says nothing of the audience {audience!r}")
        for audience, row in self.book.access.items():
            document = self.book.places[f"audience/{audience}"]
            if audience not in AUDIENCES:
                yield _problem(document, "$", f"{audience!r} is no audience")
            if any(row.cell(mark) == "first-name" for mark in MARKS if mark != "child"):
                yield _problem(document, "$", f"{audience}: only a child's name can be cut to a first name")
        for key, words in self.book.words.items():
            if set(_FIELDS.findall(words.en)) != set(_FIELDS.findall(words.cy)):
                yield Problem(
                    "rules/words.yaml", 1, f"{key}: English and Welsh do not fill in the same words"
                )

    def regions(self) -> Iterator[Problem]:
        for region in self.book.regions:
            file = f"rules/regions/{region.region}.yaml"
            yield from _amounts(file, region.short_notice or "0 calendar days")
            for name, settings in region.rules.items():
                rule = self.book.rules.get(name)
                if rule is None:
                    yield Problem(file, 1, f"no rule that a region may change is called {name!r}")
                    continue
                numbers = {number for text in rule.texts for number in text.numbers}
                for setting in settings:
                    for number, written in setting.numbers.items():
                        if number not in numbers:
                            yield Problem(file, 1, f"{name} has no number called {number!r}")
                        yield from _amounts(file, written)
                    if setting.choice is not None and setting.choice not in rule.choices:
                        yield Problem(file, 1, f"{name} has no choice called {setting.choice!r}")

    def worked(self) -> Iterator[Problem]:
        """Examples that do not hold, and numbers on which none depends."""
        for key in ("rule", "prompt", "finding", "advice", "event"):
            for name, document in self._parts(key, self.prefix):
                for failure in examples.run(self.book, self.facts, self.shapes, key, name):
                    says = f"the example expects {failure.expected}; the rule gives {failure.actual}"
                    yield _problem(document, failure.place, says)
        for name, number, mutant in mutants(self.book):
            if not name.startswith(self.prefix):
                continue
            key = "rule" if name in self.book.rules else "finding"
            if not any(True for _ in examples.run(mutant, self.facts, self.shapes, key, name)):
                document = self.book.places[f"{key}/{name}"]
                yield _problem(document, "$", f"no worked example depends on the number {number!r}")

    def _parts(self, key: str, prefix: str = "") -> list[tuple[str, Document]]:
        found = self.book.places.items()
        wanted = f"{key}/{prefix}"
        return [(place.split("/")[1], document) for place, document in found if place.startswith(wanted)]

    def _starts(self, document: Document, rule: RuleFile) -> Iterator[Problem]:
        if isinstance(rule.starts, str) and rule.starts != "each episode" and rule.starts not in self.paths:
            yield _problem(document, "$.starts", f"no fact of the case is called {rule.starts!r}")
        if isinstance(rule.starts, str) and (rule.after or rule.unless):
            yield _problem(document, "$", "only what entries start is told by what came earlier")
        if rule.limit not in (None, "end") and rule.limit not in self.paths:
            yield _problem(document, "$.limit", f"no fact is called {rule.limit!r}")

    def _text(self, document: Document, rule: RuleFile, text: TextFile, place: str) -> Iterator[Problem]:
        if not text.examples:
            yield _problem(document, place, "has no worked example")
        used: set[str] = set()
        for index, branch in enumerate(text.due):
            yield from self._due(document, text, branch, f"{place}.due[{index}]", used)
        for number, written in text.numbers.items():
            if number not in used:
                yield _problem(document, f"{place}.numbers", f"no branch uses the number {number!r}")
            if written != EMPTY:
                plain = written.suggest if isinstance(written, Suggestion) else written
                yield from _amounts(document.name, plain, document.line(f"{place}.numbers"))
        if rule.confidence == "empty" and any(
            isinstance(n, str) and n != EMPTY for n in text.numbers.values()
        ):
            yield _problem(document, place, "the confidence is empty, but a number stands here")
        yield from _catch_all(document, text, place)
        yield from self._left_out(document, text, place)

    def _due(
        self, document: Document, text: TextFile, due: Due, place: str, used: set[str]
    ) -> Iterator[Problem]:
        for number in (due.within, due.by, due.every):
            if number is not None:
                used.add(number)
                if number not in text.numbers:
                    yield _problem(document, place, f"no number is called {number!r}")
        if due.before is not None and self.paths.get(due.before, Kind("none")).family not in (
            "day",
            "moment",
        ):
            yield _problem(document, place, f"{due.before!r} is no day or moment")
        for part in (*due.sooner_of, *due.later_of):
            yield from self._due(document, text, part, place, used)

    def _left_out(self, document: Document, text: TextFile, place: str) -> Iterator[Problem]:
        """Each fact of the ladder must be the only one left out in some example."""
        named = {path for b in text.due if b.when is not None for path in self.book.named[b.when]}
        left = {example.unknown[0] for example in text.examples if len(example.unknown) == 1}
        for path in sorted(named - left):
            if path in self.facts:
                yield _problem(document, place, f"no worked example leaves out {path} alone")

    def _welsh(self, document: Document, data: Any, place: str) -> Iterator[Problem]:
        if isinstance(data, dict):
            for key, value in data.items():
                if key in ("asks", "says", "note") and isinstance(value, str):
                    yield _problem(document, f"{place}.{key}", "is not written in Welsh")
                elif key != "examples":
                    yield from self._welsh(document, value, f"{place}.{key}")
        elif isinstance(data, list):
            for index, value in enumerate(data):
                yield from self._welsh(document, value, f"{place}[{index}]")

    def _expressions(self, document: Document, data: Any, place: str) -> Iterator[Problem]:
        if isinstance(data, list):
            for index, value in enumerate(data):
                yield from self._expressions(document, value, f"{place}[{index}]")
        if not isinstance(data, dict):
            return
        meets = "form" in data and "prompt" not in data
        if meets and data["form"] not in self.forms:
            yield _problem(document, f"{place}.form", f"no form is called {data['form']!r}")
        for key, value in data.items():
            here = f"{place}.{key}"
            if key in ("when", "where", "applies") and value in self.book.nodes:
                forms = [data["form"]] if meets else data.get("forms", ())
                about = self.facts.get(data.get("gap", ""))
                yield from self._expression(document, here, value, forms, about.of if about else "case")
            elif key != "examples":
                yield from self._expressions(document, value, here)

    def _expression(
        self, document: Document, place: str, text: str, forms: Iterable[str], of: str
    ) -> Iterator[Problem]:
        if _MOVING.search(_QUOTED.sub("", text)):
            yield _problem(
                document, place, "names today or now: name a check, so that the day it turns is known"
            )
        known = [self._of_form(shape) for form in forms for shape in self.forms.get(form, ())]
        paths = {**self.paths, **EPISODE, **self.groups.get(of, {})}
        for names in known or [Names(paths, self.groups, self.book.checks)] * (not forms):
            for problem in problems(self.book.nodes[text], names):
                yield _problem(document, place, str(problem))

    def _of_form(self, shape: FormShape) -> Names:
        groups = {
            name: _columns(question) for name, question in shape.questions.items() if _columns(question)
        }
        paths = {name: _kind(question) for name, question in shape.questions.items()}
        return Names(paths, groups, self.book.checks)


def mutants(book: RuleBook) -> Iterator[tuple[str, str, RuleBook]]:
    """The book with one named number changed by one, for each number it states or suggests."""
    for name, rule in book.rules.items():
        for index, text in enumerate(rule.texts):
            for number, written in text.numbers.items():
                if written == EMPTY:
                    continue
                numbers = {**text.numbers, number: _one_more(written)}
                changed = msgspec.structs.replace(text, numbers=numbers)
                texts = (*rule.texts[:index], changed, *rule.texts[index + 1 :])
                rules = {**book.rules, name: msgspec.structs.replace(rule, texts=texts)}
                yield name, number, msgspec.structs.replace(book, rules=rules)
    for name, finding in book.findings.items():
        for number, written in finding.numbers.items():
            numbers_ = {**finding.numbers, number: _one_more_of(written)}
            findings = {**book.findings, name: msgspec.structs.replace(finding, numbers=numbers_)}
            yield name, number, msgspec.structs.replace(book, findings=findings)


def listed(book: RuleBook, language: str = "en") -> list[dict[str, str]]:
    """Every part of the book that a person may look up: its id, kind, words, confidence."""
    rows: list[dict[str, str]] = []
    kinds: tuple[tuple[str, Mapping[str, Any]], ...] = (
        ("rule", book.rules), ("prompt", book.prompts), ("event", book.events),
        ("finding", book.findings), ("advice", book.advice),
    )  # fmt: skip
    for kind, parts in kinds:
        for name, part in parts.items():
            text: Text = part.says if kind in ("finding", "advice") else part.asks
            rows.append(
                {"rule": name, "kind": kind, "says": say(text, language), "confidence": part.confidence}
            )
    return sorted(rows, key=lambda row: (row["kind"], row["rule"]))


def explain(book: RuleBook, rule_id: str) -> dict[str, Any] | None:
    """All that the book says of one rule, finding, event or line of advice, as plain data; None where there is none.

    A rule's numbers stand as they hold for what starts on the last day a region set one.
    """
    for kind in ("rule", "prompt", "event", "finding", "advice"):
        document = book.places.get(f"{kind}/{rule_id}")
        if document is not None:
            data = {"kind": kind, "id": rule_id, "file": document.name, **document.data}
            data["regions"] = [
                {"region": region.region, **msgspec.to_builtins(setting)}
                for region in book.regions
                for setting in region.rules.get(rule_id, ())
            ]
            data["book"] = NATIONAL
            return data
    return None


def _problem(document: Document, place: str, says: str) -> Problem:
    return Problem(document.name, document.line(place), says)


def _amounts(file: str, written: str, line: int = 1) -> Iterator[Problem]:
    try:
        amount(written)
    except ValueError as error:
        yield Problem(file, line, str(error))


def _catch_all(document: Document, text: TextFile, place: str) -> Iterator[Problem]:
    """A last branch for all that is left must not give more time than a branch above it."""
    if len(text.due) < 2:
        return
    last = text.due[-1]
    if last.when is not None or last.choice is not None:
        return
    others = [_length(text, branch) for branch in text.due[:-1]]
    own = _length(text, last)
    shortest = min((length for length in others if length is not None), default=None)
    if shortest is not None and (own is None or own > shortest):
        yield _problem(
            document, f"{place}.due[{len(text.due) - 1}]", "a catch-all gives more time than a branch"
        )


def _length(text: TextFile, branch: Branch) -> float | None:
    written = text.numbers.get(branch.within or branch.every or "", EMPTY)
    return days_about(amount(written)) if isinstance(written, str) and written != EMPTY else None


def _one_more(written: Number) -> Number:
    if isinstance(written, Suggestion):
        return Suggestion(_plus_one(written.suggest))
    return _plus_one(written)


def _one_more_of(written: str) -> str:
    """One more of a bare number (how often, how many times) or of an amount with its unit."""
    return _plus_one(written) if " " in written else str(Decimal(written) + 1)


def _plus_one(written: str) -> str:
    found = amount(written)
    return msgspec.structs.replace(found, number=found.number + 1).words()


def _kind(shape: Shape) -> Kind:
    return Kind(shape.kind, tuple(shape.options))


def _columns(shape: Shape) -> dict[str, Kind]:
    if shape.columns:
        return {name: _kind(column) for name, column in shape.columns.items()}
    return {name: Kind("text") for name in ROWS.get(shape.kind, ())}


def meetings(rule: RuleFile) -> tuple[Meeting, ...]:
    """What meets a rule's duty, its other wordings included; `forms show` lists it."""
    usual = rule.met_by if isinstance(rule.met_by, tuple) else (rule.met_by,)
    return (*usual, *(meeting for variant in rule.variants for meeting in variant.met_by))
