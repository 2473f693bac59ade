"""Assessments as dated states side by side, and what they do not cover."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from workbench.casework.desk import Desk
from workbench.forms.definition import Form
from workbench.models.fold import Entry
from workbench.resources import say
from workbench.ui.case.facts import Fact, Part
from workbench.ui.form import words as answers_in
from workbench.ui.knowing import Knowing
from workbench.ui.words import day_words

MOST = 4


class Column(msgspec.Struct, frozen=True):
    """One assessment: its day, how it stands, and the entry."""

    day: str
    status: str
    entry: str


class Table(msgspec.Struct, frozen=True):
    """Dated states side by side, the latest first; `rows` are a name and one cell for each column."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]


class Assessments(msgspec.Struct, frozen=True):
    """Everything on the tab."""

    case: str
    tables: tuple[Table, ...]
    parts: tuple[Part, ...]


def assessments(desk: Desk, case: str) -> Assessments:
    """The tab of a case."""
    known = Knowing(desk, case)
    tables = [
        table
        for form, kinds in (
            ("arms", ("factor",)),
            ("rosh", ("one-of",)),
            ("scores", ("one-of", "text", "day")),
        )
        if (table := _table(desk, known, form, kinds)) is not None
    ]
    return Assessments(case, tuple(tables), (_not_covered(desk, known),))


def _table(desk: Desk, known: Knowing, form_id: str, kinds: tuple[str, ...]) -> Table | None:
    entries = known.case.of_form(form_id)[-MOST:][::-1]
    forms = [desk.form_of(entry.head) for entry in entries]
    if not entries or forms[0] is None:
        return None
    wanted = [question for question in forms[0].questions() if question.kind in kinds]
    told = []
    for question in wanted:
        cells = tuple(_cell(form, entry, question.id) for form, entry in zip(forms, entries, strict=True))
        if any(cell != _NOTHING for cell in cells):
            told.append((answers_in.asks(question), cells))
    columns = tuple(
        Column(day_words(entry.on[:10]), _STATUS.get(entry.status, "signed"), entry.id) for entry in entries
    )
    return Table(say(forms[0].title), columns, tuple(told))


_NOTHING = "not recorded"
_STATUS = {"countersigned": "countersigned", "returned": "returned for rework", "withdrawn": "withdrawn"}


def _cell(form: Form | None, entry: Entry, question_id: str) -> str:
    question = form.question(question_id) if form else None
    value = entry.head.answers().get(question_id)
    if question is None or value is None:
        return _NOTHING
    if question.kind == "factor":
        rating = value.get("rating") if isinstance(value, dict) else None
        return answers_in.options(question).get(str(rating), _NOTHING)
    return answers_in.answer(question, value, {})


def _arms(desk: Desk, known: Knowing) -> tuple[Form, Mapping[str, Any]] | None:
    entries = known.case.of_form("arms")
    form = desk.form_of(entries[-1].head) if entries else None
    return (form, entries[-1].head.answers()) if form is not None else None


def _not_covered(desk: Desk, known: Knowing) -> Part:
    found = _arms(desk, known)
    facts: list[Fact] = []
    if found is not None:
        form, answers = found
        for question in form.questions():
            if question.kind == "factor":
                held = answers.get(question.id)
                rating = held.get("rating") if isinstance(held, dict) else None
                if rating in (None, "not-enough"):
                    how = held.get("known", "") if isinstance(held, dict) else ""
                    words = f"Not enough information. {how}".strip() if rating else "Not rated"
                    facts.append(Fact(answers_in.asks(question), words))
    empty = "Every factor of the last ARMS is rated." if found else "No ARMS is recorded."
    return Part("What the last ARMS does not cover", tuple(facts), empty)
