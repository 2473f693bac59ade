"""What an entry says about the case: said once, at signing, from the answers alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from workbench import clock
from workbench.forms.definition import BASES, Form, Sets, rows
from workbench.forms.marks import by_path, ordered
from workbench.forms.scope import AnswerScope, Surroundings, day, holds, moment, plain, read, read_term
from workbench.models.evaluation import Answer, paths_of, term_value
from workbench.models.records import Claim

# From firmest to weakest; of several footings a claim bears the weakest, so no allegation looks like a fact.
FIRMNESS = tuple(BASES)


def claims(
    form: Form,
    answers: Mapping[str, Any],
    on: str,
    at: datetime,
    own: Mapping[str, Iterable[str]] | None = None,
) -> tuple[Claim, ...]:
    """The claims of signed answers, in the form's order; what is not known claims nothing.

    `on` is the day it happened, `at` the moment of signing. A claim bears the marks of every answer it
    rests on (`own` are those the author added) and those of its fact.
    """
    return marked_claims(form, answers, on, at, by_path(form, answers, own))


def marked_claims(
    form: Form, answers: Mapping[str, Any], on: str, at: datetime, marks: Mapping[str, tuple[str, ...]]
) -> tuple[Claim, ...]:
    """The same of answers whose marks by path are known already."""
    scope = AnswerScope(form.asked, answers, Surroundings(at))
    found: list[Claim] = []
    for row in form.sets:
        for place, each in _scopes(form, row, answers, scope):
            found.extend(_said(row, each, on, marks, place, form))
    return tuple(dict.fromkeys(found))


def happened(form: Form, answers: Mapping[str, Any], at: datetime) -> str:
    """When an entry happened, as its question says (a day or a moment); else the day of signing."""
    value = answers.get(form.happened)
    told = day(value) or moment(value)
    return str(value) if told is not None else clock.day_of(at).isoformat()


def day_happened(form: Form, answers: Mapping[str, Any], at: datetime) -> str:
    """The Europe/London day on which an entry happened."""
    found = happened(form, answers, at)
    told = moment(found)
    return found if told is None else clock.day_of(told).isoformat()


def _scopes(
    form: Form, row: Sets, answers: Mapping[str, Any], scope: AnswerScope
) -> Iterator[tuple[str, AnswerScope]]:
    """The form itself, or each row of the repeat, with the path before its questions."""
    if not row.each:
        yield "", scope
        return
    ids = [str(held.get("id")) for held in rows(answers.get(row.each))]
    for row_id, each in zip(ids, scope.rows(row.each) or (), strict=True):
        yield f"{row.each}/{row_id}/", each


def _said(
    row: Sets, scope: AnswerScope, on: str, marks: Mapping[str, tuple[str, ...]], place: str, form: Form
) -> Iterator[Claim]:
    if row.when and holds(row.when, scope).value is not True:
        return
    value = _term(row.is_, scope)
    of = _term(row.of, scope) if row.of else None
    if value is None or (row.of and not isinstance(of, str)):
        return
    begins = _day(row.from_, scope, on)
    until = _day(row.until, scope, None) if row.until else None
    if begins is None or (until is not None and until <= begins):
        return
    carried = ordered({*row.marks, *_marks(row, marks, place)})
    basis = _basis(row.basis, scope, form) if row.basis else None
    for each in value if isinstance(value, tuple) else (value,):
        said = plain(each)
        if said != "unknown":
            yield Claim(row.fact, str(of) if row.of else None, said, begins, until, carried, basis)


def _term(text: str, scope: AnswerScope) -> Answer:
    return term_value(read_term(text), scope)


def _day(text: str, scope: AnswerScope, otherwise: str | None) -> str | None:
    """The day a term gives; `otherwise` where there is no term or its question has no answer."""
    found = _term(text, scope) if text else None
    if isinstance(found, date) and not isinstance(found, datetime):
        return found.isoformat()
    return otherwise


def _marks(row: Sets, marks: Mapping[str, tuple[str, ...]], place: str) -> Iterator[str]:
    """The marks of the answers that the row names: of this row's own columns, else of the form."""
    for path in named(row):
        name = path.partition(".")[0]
        yield from marks.get(f"{place}{name}", marks.get(name, ()))


def named(row: Sets) -> frozenset[str]:
    """The questions and columns that a row of `sets` draws on."""
    terms = [read_term(text) for text in (row.is_, row.of, row.from_, row.until) if text]
    found = frozenset().union(*(paths_of(term) for term in terms))
    if row.when:
        found |= paths_of(read(row.when))
    return found | ({row.basis} if row.basis else set())


def _basis(id: str, scope: AnswerScope, form: Form) -> str | None:
    """The weakest footing among the evidence, or the answer of a question that asks for it."""
    found = [basis for basis in scope.bases(id) if basis in FIRMNESS]
    return max(found, key=FIRMNESS.index, default=None)
