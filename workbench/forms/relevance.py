"""Which questions are asked, given the answers so far: what is hidden stays in the draft and is never signed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from workbench.forms.definition import Form, Question, rows
from workbench.forms.scope import AnswerScope, Surroundings, holds, plain, read_term
from workbench.models.evaluation import paths_of, term_value


class Relevant(msgspec.Struct, frozen=True):
    """The answers that count, in the form's order, and the paths of the questions that are hidden."""

    answers: dict[str, Any]
    hidden: frozenset[str]


def relevant(form: Form, draft: Mapping[str, Any], around: Surroundings) -> Relevant:
    """What of a draft counts; a question whose `show_when` cannot be told is shown."""
    return _relevant(form.asked, draft, around, None, "")


def _relevant(
    questions: Mapping[str, Question],
    draft: Mapping[str, Any],
    around: Surroundings,
    outer: AnswerScope | None,
    prefix: str,
) -> Relevant:
    answers: dict[str, Any] = {"id": draft["id"]} if outer is not None and "id" in draft else {}
    hidden: set[str] = set()
    scope = AnswerScope(questions, answers, around, outer)
    for question in questions.values():
        path = prefix + question.id
        if question.show_when and holds(question.show_when, scope).value is False:
            hidden.add(path)
        elif question.kind == "computed":
            found = _computed(question, scope)
            if found is not None:
                answers[question.id] = found
        elif question.id in draft:
            value = draft[question.id]
            if question.kind == "repeat":
                value = list(_rows(question, value, around, scope, path, hidden))
            answers[question.id] = value
    return Relevant(answers, frozenset(hidden))


def _computed(question: Question, scope: AnswerScope) -> dict[str, str] | None:
    """The value of a computed question and its working; None where it cannot be told yet."""
    term = read_term(question.computes)
    value = plain(term_value(term, scope))
    if value is None:
        return None
    working = question.computes
    for path in paths_of(term):
        working = re.sub(rf"\b{re.escape(path)}\b", str(plain(scope.value(path))), working)
    return {"value": str(value), "working": f"{working} = {value}"}


def _rows(
    question: Question, value: Any, around: Surroundings, scope: AnswerScope, path: str, hidden: set[str]
) -> Iterator[dict[str, Any]]:
    columns = {column.id: column for column in question.of}
    for row in rows(value):
        found = _relevant(columns, row, around, scope, f"{path}/{row.get('id', '')}/")
        hidden |= found.hidden
        yield found.answers
