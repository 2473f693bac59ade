"""Registers of a case in words, each fed by a form: what stands in them and what is missing. No Qt here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec

from workbench.casework.desk import Desk
from workbench.casework.reading import kept_away
from workbench.forms.definition import Question, rows
from workbench.resources import say
from workbench.ui.form import words as answers_in
from workbench.ui.knowing import Knowing
from workbench.ui.words import day_words


class Item(msgspec.Struct, frozen=True):
    """One line of a register: its name, how it stands with its tone, what is recorded of it, what is missing.

    `entries` are where it stands, as words and entry, the latest first; `at` is its row in the first of them.
    """

    name: str
    state: str = ""
    tone: str = "plain"
    facts: tuple[tuple[str, str], ...] = ()
    alight: tuple[str, ...] = ()
    entries: tuple[tuple[str, str], ...] = ()
    at: str = ""


class Register(msgspec.Struct, frozen=True):
    """One register: `form` is what feeds it, empty where this person may not write it; `entry` what it amends."""

    title: str
    items: tuple[Item, ...]
    empty: str
    form: str = ""
    words: str = ""
    entry: str = ""


class Written(msgspec.Struct, frozen=True):
    """A row as last written, its columns, and every entry it stands in with its day, the latest first."""

    row: Mapping[str, Any]
    columns: Mapping[str, Question]
    entries: tuple[tuple[str, str], ...]
    at: str

    def raw(self, column: str) -> str:
        """What was answered, as recorded; empty where nothing was."""
        return str(self.row.get(column, ""))

    def words(self, column: str, names: Mapping[str, str] | None = None) -> str:
        """What was answered, in words; empty where nothing was."""
        question = self.columns.get(column)
        return answers_in.answer(question, self.row.get(column), names or {}) if question else ""

    def facts(
        self, *columns: tuple[str, str], names: Mapping[str, str] | None = None
    ) -> tuple[tuple[str, str], ...]:
        """The answers to some columns under names of ours; those without an answer are left out."""
        found = ((name, self.words(column, names)) for column, name in columns)
        return tuple((name, words) for name, words in found if words)


def written(desk: Desk, known: Knowing, form: str, question_id: str) -> list[Written]:
    """The rows of a list as last written, in order of when each was first named; none that is kept to others."""
    away = kept_away(desk, known.case)
    found: dict[str, Written] = {}
    for entry in known.case.of_form(form):
        for head in entry.heads if entry.id not in away else ():
            definition = desk.form_of(head)
            question = definition.question(question_id) if definition else None
            columns = {column.id: column for column in question.of} if question else {}
            for row in rows(head.answers().get(question_id)):
                key = str(row.get("id"))
                before = found[key].entries if key in found else ()
                here = (day_words(entry.on[:10]), entry.id)
                earlier = tuple(each for each in before if each != here)
                found[key] = Written(row, columns, (here, *earlier), f"{question_id}/{key}")
    return list(found.values())


def register(
    desk: Desk, title: str, items: Iterable[Item], empty: str, form: str, *, entry: str = "", add: str = ""
) -> Register:
    """A register with the way to the form that feeds it; `add` are its words where the form's title says too little."""
    definition = desk.library.form(form)
    may = desk.device.card.role in definition.for_
    words = add or f"{'Amend' if entry else 'Add'}: {say(definition.title)}"
    return Register(title, tuple(items), empty, form if may else "", words if may else "", entry)


def answered(known: Knowing, form: str, *questions: tuple[str, str]) -> Iterator[Item]:
    """Single answers of the latest entry of a form, each as a line under a name of ours."""
    entries = known.case.of_form(form)
    away = kept_away(known.desk, known.case)
    latest = next((entry for entry in reversed(entries) if entry.id not in away), None)
    definition = known.desk.form_of(latest.head) if latest else None
    for question_id, name in questions if latest else ():
        question = definition.question(question_id) if definition else None
        value = latest.head.answers().get(question_id) if latest else None
        if question is not None and latest is not None and value not in (None, []):
            told = answers_in.answer(question, value, {})
            yield Item(name, facts=(("", told),), entries=((day_words(latest.on[:10]), latest.id),))
