"""The plain text that another system takes: a question and its answer a line, in that system's order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from workbench.forms.definition import BASES, CHECKED, Form, Question
from workbench.models.released import Row, Value
from workbench.models.shapes import ACTION, EVIDENCE
from workbench.resources import say

Answers = Mapping[str, Value | tuple[Row, ...]]

# These say what they are: the name of their column would only lengthen the line.
_PLAIN = frozenset({"text", "narrative", "person", "place", "agency"})
_LONG = "narrative"


def asks(question: Question) -> str:
    """The words of a question as the label of its answer."""
    return (say(question.ask) or question.id.replace("_", " ").capitalize()).rstrip("?").strip()


def words(form: Form, copies: Iterable[str], answers: Answers) -> str:
    """The answers to these questions that were released, in this order; empty where there is none.

    Short answers stand line under line, long ones and lists apart.
    """
    told, before = "", False
    for line, apart in _answers(form, copies, answers):
        told += (("\n\n" if apart or before else "\n") if told else "") + line
        before = apart
    return told


def _answers(form: Form, copies: Iterable[str], answers: Answers) -> Iterator[tuple[str, bool]]:
    for each in copies:
        question, answer = form.question(each), answers.get(each)
        if question is None or not answer:
            continue
        label = asks(question)
        if not isinstance(answer, Value):
            if rows := [told for row in answer if (told := _row(question, row))]:
                yield "\n".join((f"{label}:", *(f"- {told}" for told in rows))), True
        elif said := _said(question, answer):
            apart = question.kind == _LONG
            yield f"{label}:\n{said}" if apart else f"{label}: {said}", apart


def _said(question: Question, value: Value) -> str:
    if question.kind == "agency":
        return value.text.replace("-", " ").capitalize()
    return value.text.strip()


def _row(question: Question, row: Row) -> str:
    cells = {name: cell.text.strip() for name, cell in row.columns.items() if isinstance(cell, Value)}
    told = {name: said for name, said in cells.items() if said}
    if question.kind == "evidence":
        return _evidence(told)
    if question.kind == "actions":
        return _action(told)
    return "; ".join(_columns(question, told))


def _columns(question: Question, told: Mapping[str, str]) -> Iterator[str]:
    for column in question.of:
        if said := told.get(column.id):
            said = said.replace("-", " ").capitalize() if column.kind == "agency" else said
            yield said if column.kind in _PLAIN else f"{asks(column)}: {said}"


def _evidence(told: Mapping[str, str]) -> str:
    text, basis, checked = (told.get(name, "") for name in (EVIDENCE[0], "basis", "checked"))
    about = (say(BASES.get(basis, "")), say(CHECKED.get(checked, "")), told.get("on", ""))
    more = ", ".join(part for part in about if part)
    return f"{text} ({more})" if text and more else text


def _action(told: Mapping[str, str]) -> str:
    what, who, by, done = (told.get(name, "") for name in (*ACTION[:3], "done_on"))
    parts = (what, who, f"by {by}" if by else "", f"done {done}" if done else "")
    return "; ".join(part for part in parts if part) if what else ""
