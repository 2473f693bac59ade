"""The inspectors' questions, and what in a record speaks to each; the answer stays the reader's. No Qt here."""

from __future__ import annotations

import msgspec

from workbench import resources
from workbench.casework import reading
from workbench.casework.desk import Desk
from workbench.models.results import Source
from workbench.resources import say
from workbench.ui.knowing import Knowing
from workbench.ui.words import day_of, day_words, short_day

_EACH = 2


class Question(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One question: its part, its words, and the forms and findings that speak to it."""

    part: str
    asks: str
    forms: tuple[str, ...]
    findings: tuple[str, ...] = ()


class Lens(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The questions, and where they come from."""

    source: Source
    questions: tuple[Question, ...]


class Seen(msgspec.Struct, frozen=True):
    """A question read against a record: entries that speak to it (words, entry), and what is missing or open."""

    part: str
    asks: str
    speaks: tuple[tuple[str, str], ...]
    missing: tuple[str, ...]


def lens() -> Lens:
    """The questions as their file has them.

    Raises:
        BadDefinition: the file is not sound.
    """
    return resources.read(resources.root() / "guidance" / "lens.yaml").to(Lens)


def source_words(found: Lens) -> str:
    """Where the questions come from, in a line."""
    source = found.source
    return f"Source: {source.document}, {source.place} ({day_words(source.dated)}). Nothing here is graded."


def seen(desk: Desk, known: Knowing, since: str) -> tuple[Seen, ...]:
    """Every question with what speaks to it; `since` is the day of the last look, empty where there was none."""
    away = reading.kept_away(desk, known.case)
    open_ = {found.rule: found.says for found in desk.store.findings(known.case.id)}
    told = []
    for question in lens().questions:
        speaks: list[tuple[str, str]] = []
        for form in question.forms:
            entries = [entry for entry in known.case.of_form(form) if entry.id not in away]
            title = say(desk.library.form(form).title)
            for entry in reversed(entries[-_EACH:]):
                speaks.append((f"{title}, {short_day(entry.on, desk.today)}", entry.id))
        fresh = any(
            day_of(entry.on) >= since[:10] for form in question.forms for entry in known.case.of_form(form)
        )
        missing = [open_[rule] for rule in question.findings if rule in open_]
        if not speaks:
            missing.append("Nothing is recorded that speaks to it.")
        elif since and not fresh:
            missing.append("Nothing new since the last look.")
        told.append(Seen(question.part, question.asks, tuple(speaks), tuple(missing)))
    return tuple(told)
