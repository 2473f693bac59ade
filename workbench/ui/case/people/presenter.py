"""The people around the person and the agencies, in words; victims are never named here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from workbench.casework.desk import Desk
from workbench.forms.definition import Question, rows
from workbench.ui.case.facts import Fact, Part, fact_of
from workbench.ui.form import words as answers_in
from workbench.ui.knowing import Knowing
from workbench.ui.words import day_words

_TEAM = (
    ("Responsible officer", "officer.name"),
    ("Stand-in", "officer.stand_in"),
    ("SPO", "spo.name"),
    ("ACO", "aco.name"),
    ("Lead agency", "lead_agency"),
    ("Victim contact", "vlo.scheme"),
)


def parts(desk: Desk, case: str) -> tuple[Part, ...]:
    """The team, then one part for each person, the latest account of each."""
    known = Knowing(desk, case)
    book = desk.library.facts
    team = tuple(fact_of(name, known.fact(fact)) for name, fact in _TEAM if fact in book)
    return (Part("Who works on the case", team, ""), *_people(desk, known))


def _people(desk: Desk, known: Knowing) -> Iterator[Part]:
    latest: dict[str, tuple[Mapping[str, Any], Question, str, str]] = {}
    for entry in known.case.of_form("people"):
        for head in entry.heads:
            form = desk.form_of(head)
            question = form.question("people") if form else None
            if question is None:
                continue
            for row in rows(head.answers().get("people")):
                latest[str(row.get("id"))] = (row, question, entry.id, entry.on)
    for person, asked, entry_id, on in latest.values():
        child = person.get("under_18") == "yes"
        name = str(person.get("name", "Somebody"))
        facts = tuple(
            Fact(answers_in.asks(column), answers_in.answer(column, person[column.id], {}), "", entry_id)
            for column in asked.of
            if column.id in person and column.id != "name"
        )
        source = Fact("", "As recorded", day_words(on), entry_id)
        yield Part(f"{name} (a child)" if child else name, (*facts, source), "")
