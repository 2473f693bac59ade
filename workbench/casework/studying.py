"""The forms, rules and reports as data: listed, explained and checked; no store is needed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any

import msgspec

from workbench.errors import BadDefinition, NotFound
from workbench.exchange import casefile
from workbench.forms import library as form_library
from workbench.forms import lint as form_lint
from workbench.forms.definition import Form, Question
from workbench.models.records import MARKS
from workbench.models.shapes import ACTION, EVIDENCE, FACTOR, FormShape
from workbench.reports import library as report_library
from workbench.resources import say
from workbench.rules import book as rule_book
from workbench.rules import lint as rule_lint
from workbench.rules.book import RuleBook
from workbench.rules.files import RuleFile

Row = dict[str, Any]


def forms() -> list[Row]:
    """Every form in its latest version."""
    return [
        {
            "form": form.form,
            "version": form.version,
            "title": say(form.title),
            "for": list(form.for_),
            "countersigned_by": list(form.countersigned_by),
            "questions": sum(1 for _ in form.questions()),
        }
        for form in form_library.load().latest()
    ]


def form(id: str, version: int | None) -> Row:
    """One form: its definition, and the rules that its entries meet."""
    library = form_library.load()
    found = library.form(id, version)
    return {
        **msgspec.to_builtins(found),
        "sha256": found.sha256,
        "facts": sorted({row.fact for row in found.sets}),
        "meets": _met_by(_book(), id),
    }


def check_forms() -> list[str]:
    """What is wrong with the forms, by file and line."""
    try:
        return [fault.says for fault in form_lint.check(form_library.load())]
    except BadDefinition as fault:
        return [fault.says]


def rules() -> list[Row]:
    """Every rule, finding, line of advice and event of the national book."""
    return list(rule_lint.listed(_book()))


def explain(id: str) -> Row:
    """One rule as its file has it.

    Raises:
        NotFound: there is no such rule.
    """
    found = rule_lint.explain(_book(), id)
    if found is None:
        raise NotFound(f"There is no rule called {id}.", "See: workbench rules list")
    return found


def check_rules() -> list[str]:
    """What is wrong with the rule books, by file and line; the worked examples are run."""
    try:
        library = form_library.load()
        book = _book()
        faults = rule_lint.check(book, library.facts, shapes_of(library))
        return [fault.sentence() for fault in faults]
    except BadDefinition as fault:
        return [fault.says]


def access_table() -> list[str]:
    """Who may see what, one line an audience."""
    book = _book()
    return [
        f"{audience:>20}  " + "  ".join(f"{mark}: {row.cell(mark)}" for mark in MARKS)
        for audience, row in sorted(book.access.items())
    ]


def reports() -> list[Row]:
    """Every report and whom it is written for."""
    library = report_library.Library()
    rows = []
    for id in library.ids():  # noqa: A001 (the field's own word)
        report = library.definition(id).report
        rows.append({"report": id, "title": say(report.title), "for": list(report.audiences)})
    return rows


def check_reports(
    only: Collection[str] = (), keep: Callable[[str, bytes], None] = lambda name, data: None
) -> list[str]:
    """What is wrong with the reports, or with those named: definitions, templates, and every file drawn from specimens.

    `keep` is given the name and bytes of each file.

    Raises:
        NotFound: there is no such report.
    """
    try:
        return list(report_problems(only, keep=keep))
    except BadDefinition as fault:
        return [fault.says]


def report_problems(
    only: Collection[str],
    blocks: Mapping[str, str] | None = None,
    keep: Callable[[str, bytes], None] = lambda name, data: None,
) -> Iterator[str]:
    """The same, one by one; `blocks` are sections that a region writes in its own way.

    Raises:
        NotFound: there is no such report.
        BadDefinition: a definition cannot be read at all.
    """
    # It draws: what it loads, no other command waits for.
    from workbench.reports import check as report_check

    library = form_library.load()
    shapes: dict[str, dict[int, frozenset[str]]] = {}
    for found in library.all():
        shapes.setdefault(found.form, {})[found.version] = _paths(found)
    reports = report_library.Library(blocks=blocks)
    return report_check.problems(frozenset(library.facts), shapes, reports=reports, only=only, keep=keep)


def schema(kind: str) -> dict[str, Any]:
    """The JSON Schema of a case file, a form or a rule."""
    if kind == "case":
        return casefile.schema()
    return msgspec.json.schema(Form if kind == "form" else RuleFile)


def shapes_of(library: form_library.Library) -> dict[tuple[str, int], FormShape]:
    """The shapes of all forms, by id and version."""
    return {(form.form, form.version): library.shape(form) for form in library.all()}


def _book() -> RuleBook:
    """The national book, with the events that the forms open."""
    forms = form_library.load().all()
    return rule_book.load(openings=tuple(opening for form in forms for opening in form.openings()))


def _met_by(book: RuleBook, form: str) -> list[str]:
    met = (rule for rule in book.rules.values() if any(m.form == form for m in rule_lint.meetings(rule)))
    return [rule.rule for rule in met]


def _paths(form: Form) -> frozenset[str]:
    found: set[str] = set()

    def walk(question: Question, before: str) -> None:
        path = before + question.id
        found.add(path)
        fixed = {"actions": ACTION, "evidence": EVIDENCE, "factor": FACTOR}.get(question.kind, ())
        found.update(f"{path}.{column}" for column in fixed)
        if question.kind == "factor":
            found.update(f"{path}.evidence.{column}" for column in EVIDENCE)
        for column in question.of:
            walk(column, f"{path}.")

    for question in form.questions():
        walk(question, "")
    return frozenset(found)
