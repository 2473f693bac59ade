"""The current plan in words: each part as written, each action with its state and what shows that it happened."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from workbench.casework.desk import Desk
from workbench.forms.definition import Question, rows
from workbench.models.amounts import counted
from workbench.models.fold import Entry
from workbench.resources import say
from workbench.ui.case.facts import Fact, Part
from workbench.ui.form import words as answers_in
from workbench.ui.knowing import Knowing
from workbench.ui.words import day_words

_FORMS = ("risk-management-plan", "contact-plan")


def parts(desk: Desk, case: str) -> tuple[Part, ...]:
    """The parts of the current plan, then of the contact plan."""
    known = Knowing(desk, case)
    names = {found.of: found.words for found in known.each("network.name") if found.of}
    told: list[Part] = []
    for form in _FORMS:
        entries = known.case.of_form(form)
        if entries:
            told += _entry(desk, known, entries[-1], names)
    return tuple(told)


def _entry(desk: Desk, known: Knowing, entry: Entry, names: Mapping[str, str]) -> Iterator[Part]:
    form = desk.form_of(entry.head)
    if form is None:
        return
    answers = entry.head.answers()
    for page in form.pages:
        facts: list[Fact] = []
        for question in page.questions:
            if question.id not in answers:
                continue
            if question.kind == "actions":
                facts += _actions(known, question, answers[question.id], entry.id)
            else:
                words = answers_in.answer(question, answers[question.id], names)
                lines = words.splitlines() if question.kind == "repeat" else [words]
                asks = answers_in.asks(question)
                facts += [Fact("" if number else asks, line) for number, line in enumerate(lines)]
        if facts:
            title = say(page.title)
            if facts[0].name == title:
                facts[0] = msgspec.structs.replace(facts[0], name="")
            yield Part(f"{title} ({day_words(entry.on)})", tuple(facts), "")


def _actions(known: Knowing, question: Question, value: Any, entry: str) -> Iterator[Fact]:
    today = known.day
    for row in rows(value):
        done, by = row.get("done_on"), row.get("by")
        shown = [known.case.entries[each] for each in row.get("shown_by") or () if each in known.case.entries]
        state, tone = "open", ""
        if done:
            state, tone = f"done {day_words(str(done))}", "good"
        elif by and str(by) < today:
            state, tone = f"past its day ({day_words(str(by))})", "danger"
        elif by:
            state = f"by {day_words(str(by))}"
        words = f"{row.get('what', '')}. {row.get('who', '')}: {state}."
        words += (
            f" Shown by {counted(len(shown), 'entry', 'entries')}."
            if shown
            else " Nothing shows yet that it happened."
            if done
            else ""
        )
        yield Fact(
            answers_in.asks(question),
            words,
            "see" if shown else "",
            shown[0].id if shown else entry,
            tone=tone,
        )
