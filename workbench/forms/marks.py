"""Which marks each answer carries: those of form, question, source and author, and what lies beside it.

Marks are only added here. Text beside evidence carries what the evidence carries: on a page, in a row, in
a factor. A list carries what its rows carry, since its length already tells something.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from workbench.forms.definition import Form, Question, rows
from workbench.models.records import MARKS

Marks = frozenset[str]
FREE_TEXT = ("text", "narrative", "computed")
OPEN: Marks = frozenset()


def by_path(
    form: Form, answers: Mapping[str, Any], own: Mapping[str, Iterable[str]] | None = None
) -> dict[str, tuple[str, ...]]:
    """The marks of every answer that has some, by path, in a fixed order; `own` are those its author added.

    The author's marks of a list or a row hold for everything in it. An answer of any kind is taken.
    """
    walk = _Walk(form.source_marks(), {path: frozenset(marks) for path, marks in (own or {}).items()})
    whole = frozenset(form.marks) | _answered(form, answers)
    for page in form.pages:
        walk.fields(page.questions, answers, whole, "")
    return {path: ordered(marks) for path, marks in walk.found.items() if marks}


def ordered(marks: Iterable[str]) -> tuple[str, ...]:
    """Marks in the order the record lists them; one we do not know goes last and stays."""
    return tuple(sorted(set(marks), key=lambda mark: (MARKS.index(mark) if mark in MARKS else 99, mark)))


def _answered(form: Form, answers: Mapping[str, Any]) -> Marks:
    """The marks that an answer such as 'sensitive: yes' brings to the whole entry."""
    found: set[str] = set()
    for question in form.questions():
        if question.marks_if and isinstance(value := answers.get(question.id), str):
            found.update(question.marks_if.get(value, ()))
    return frozenset(found)


class _Walk:
    """Goes through the answers once; each step returns the union of the marks it put down."""

    def __init__(self, sources: Mapping[str, tuple[str, ...]], added: Mapping[str, Marks]) -> None:
        self._sources = sources
        self._added = added
        self.found: dict[str, Marks] = {}

    def fields(
        self, questions: Iterable[Question], answers: Mapping[str, Any], marks: Marks, prefix: str
    ) -> Marks:
        answered = [question for question in questions if question.id in answers]
        beside = self._brought(answered, answers) if answered else OPEN
        union = marks
        for question in answered:
            own = marks | frozenset(question.marks) | (beside if question.kind in FREE_TEXT else OPEN)
            union |= self._answer(question, answers[question.id], own, prefix + question.id)
        return union

    def _answer(self, question: Question, value: Any, marks: Marks, path: str) -> Marks:
        marks |= self._added.get(path, OPEN)
        if question.kind == "repeat":
            return self._rows(value, path, marks, question)
        if question.kind in ("evidence", "actions"):
            return self._rows(value, path, marks, None)
        if question.kind == "factor" and isinstance(value, dict):
            marks |= self._rows(value.get("evidence"), f"{path}/evidence", marks, None)
            for part in value:
                if part != "evidence":
                    self._put(f"{path}/{part}", marks)
        return self._put(path, marks)

    def _rows(self, value: Any, path: str, marks: Marks, repeat: Question | None) -> Marks:
        marks |= self._added.get(path, OPEN)
        union = marks
        for row in rows(value):
            place = f"{path}/{row.get('id')}"
            own = marks | self._added.get(place, OPEN)
            if repeat is not None:
                own = self.fields(repeat.of, row, own, f"{place}/")
            else:
                own |= frozenset(self._sources.get(str(row.get("source")), ()))
                for part in row:
                    if part != "id":
                        self._put(f"{place}/{part}", own)
            union |= self._put(place, own)
        return self._put(path, union)

    def _put(self, path: str, marks: Marks) -> Marks:
        marks |= self._added.get(path, OPEN)
        self.found[path] = marks
        return marks

    def _brought(self, questions: Iterable[Question], answers: Mapping[str, Any]) -> Marks:
        """The marks that the sources named among these answers bring."""
        named: list[str] = []
        for question in questions:
            value = answers.get(question.id)
            if question.kind == "evidence":
                named.extend(str(row.get("source")) for row in rows(value))
            elif question.kind == "factor" and isinstance(value, dict):
                named.extend(str(row.get("source")) for row in rows(value.get("evidence")))
            elif question.options_from == "sources" and isinstance(value, str):
                named.append(value)
        return frozenset(mark for source in named for mark in self._sources.get(source, ()))
