"""From a released case to what a template sees: only what the report declares that it reads.

A name, question or column that is not declared raises, so a slip in a template is told and never prints
as an empty place. An answer that is declared but was not given is None; a repeat without rows is empty.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from workbench.errors import BadDefinition
from workbench.models.records import ROLES
from workbench.models.released import (
    ALL,
    Chosen,
    ReleasedCase,
    ReleasedDuty,
    ReleasedEntry,
    ReleasedFact,
    Row,
    Value,
)
from workbench.reports.days import month_text
from workbench.reports.library import Report, Taken, Told
from workbench.reports.threads import Threads
from workbench.reports.whole import Block, blocks
from workbench.resources import say

ENGLISH = frozenset(
    [
        "the",
        "and",
        "of",
        "to",
        "is",
        "with",
        "for",
        "was",
        "that",
        "on",
        "he",
        "she",
        "they",
        "will",
        "at",
        "be",
    ]
)
WELSH = frozenset(
    [
        "y",
        "yr",
        "a",
        "ac",
        "i",
        "o",
        "yn",
        "ei",
        "eu",
        "mae",
        "ar",
        "gan",
        "wedi",
        "bydd",
        "am",
        "nid",
        "sy'n",
        "mae'r",
        "i'r",
        "a'r",
        "o'r",
    ]
)
GONE = frozenset({"withdrawn", "superseded", "misfiled", "restricted", "erased"})
Answers = dict[str, Value | tuple[Row, ...]]


class Answered:
    """Answers by question id, as attributes; of one entry, or of one row."""

    __slots__ = ("_answers", "_declared", "_where")

    def __init__(self, answers: Answers, declared: frozenset[str], where: str) -> None:
        self._answers = answers
        self._declared = declared
        self._where = where

    def __getattr__(self, question: str) -> Any:
        columns = frozenset(
            path.partition(".")[2] for path in self._declared if path.startswith(f"{question}.")
        )
        if question not in self._declared and not columns:
            raise BadDefinition(f"reads {self._where}.{question}, which report.yaml does not declare")
        answer = self._answers.get(question)
        if not columns:
            return answer
        where = f"{self._where}.{question}"
        if isinstance(answer, Value):
            # The whole repeat is held back: one row that says so in each column.
            return (Answered(dict.fromkeys(columns, answer), columns, where),)
        return tuple(Answered(row.columns, columns, where) for row in answer or ())

    def readable(self) -> bool:
        """Whether the reader may read any of these answers."""
        return any(map(_shows, self._answers.values()))


class EntryView(Answered):
    """One entry: its answers, and its heading under `entry`."""

    __slots__ = ("entry",)

    def __init__(self, entry: ReleasedEntry, declared: frozenset[str], where: str) -> None:
        super().__init__(entry.answers, declared, where)
        self.entry = Heading(entry)


class Heading:
    """Who wrote an entry and when, each as a value that carries the entry's version."""

    __slots__ = ("countersigned_at", "countersigned_by", "on", "signed_at", "written_by", "written_role")

    def __init__(self, entry: ReleasedEntry) -> None:
        def value(text: str, kind: str = "text") -> Value | None:
            return Value(text, text, kind, (entry.version,)) if text else None

        self.on = value(entry.on, "day")
        self.signed_at = value(entry.at[:10], "day")
        self.written_by = value(entry.by_name)
        self.written_role = value(entry.by_role)
        self.countersigned_by = value(entry.countersigned_by)
        self.countersigned_at = value(entry.countersigned_at[:10], "day")


class Thing:
    """All declared facts about one condition, address or person, by the last part of their path."""

    __slots__ = ("_declared", "_facts", "_where")

    def __init__(self, facts: dict[str, ReleasedFact], declared: frozenset[str], where: str) -> None:
        self._facts = facts
        self._declared = declared
        self._where = where

    def __getattr__(self, name: str) -> ReleasedFact | None:
        if name not in self._declared:
            raise BadDefinition(f"reads {self._where}.{name}, which report.yaml does not declare")
        return self._facts.get(name)


class Due:
    """One thing that is owed: what and by when; by whom and how it stands as keys of the fixed words."""

    __slots__ = ("asks", "due", "owed_by", "state")

    def __init__(self, duty: ReleasedDuty) -> None:
        self.asks = Value(duty.asks, duty.asks, "text", ())
        self.due = Value(duty.due, duty.due, "day", ()) if duty.due else None
        self.owed_by = f"role_{duty.owed_by}"
        self.state = f"state_{duty.state}"


class Line:
    """One line of the chronology: when, what it is, who wrote it, and what it says (an answer each)."""

    __slots__ = ("by", "on", "says", "title")

    def __init__(self, entry: ReleasedEntry, told: Told) -> None:
        self.on = Value(entry.on, entry.on, "day", (entry.version,))
        self.title = Value(entry.title, entry.title, "text", (entry.version,))
        self.by = Value(entry.by_name, entry.by_name, "text", (entry.version,))
        answers = (entry.answers.get(question) for question in told.says)
        self.says = tuple(answer for answer in answers if isinstance(answer, Value))


class Whole:
    """One entry with all that it says."""

    __slots__ = ("blocks", "entry", "name", "role", "status")

    def __init__(self, entry: ReleasedEntry) -> None:
        self.entry = Heading(entry)
        self.name = entry.title
        # A file from elsewhere names roles of its own.
        self.role = f"role_{entry.by_role}" if entry.by_role in ROLES else None
        self.status = entry.status
        self.blocks: tuple[Block, ...] = blocks(entry)


class Span:
    """A stretch of the chronology: its name (a year, or a month with its year) and what lies in it."""

    __slots__ = ("inner", "name")

    def __init__(self, name: str, inner: tuple[Any, ...]) -> None:
        self.name = name
        self.inner = inner


class Context:
    """What one template may read of one case."""

    def __init__(
        self, case: ReleasedCase, report: Report, language: str = "en", chosen: Chosen = ALL
    ) -> None:
        self._case = case
        self._report = report
        self._language = language
        self._chosen = chosen

    def names(self) -> dict[str, Any]:
        """Every name that the template may use for the case, besides its fixed words."""
        taken = {name: self._taken(name, what) for name, what in self._report.reads.entries.items()}
        return taken | {
            "name": self._case.name,
            "crn": self._case.crn,
            "as_of": self._case.as_of,
            "audience": self._case.audience,
            "untranslated": self._language == "cy" and any(map(reads_as_english, self._narratives())),
            "chronology": self._years(),
            "duties": tuple(map(Due, self._owed())),
            "chosen": self._chose(),
            "whole": self._whole(),
            "threads": self._threads(),
            "kinds": tuple(f"kind_{kind}" for kind in self._chosen.kinds),
            "fact": self.fact,
            "facts": self.facts,
            "things": self.things,
        }

    def fact(self, path: str) -> ReleasedFact | None:
        """The fact about the case as it stands, or None where it is not known."""
        return next(iter(self.facts(path)), None)

    def facts(self, path: str) -> tuple[ReleasedFact, ...]:
        """Every fact of this path, in the order of the release.

        Raises:
            BadDefinition: the report does not declare it.
        """
        if path not in self._report.reads.facts:
            raise BadDefinition(f"reads the fact {path!r}, which report.yaml does not declare")
        return tuple(fact for fact in self._case.facts if fact.fact == path)

    def things(self, kind: str) -> tuple[Thing, ...]:
        """The facts whose path begins with `kind`, one thing for each that they are about, in order."""
        prefix = f"{kind}."
        declared = frozenset(
            path.removeprefix(prefix) for path in self._report.reads.facts if path.startswith(prefix)
        )
        found: dict[str | None, dict[str, ReleasedFact]] = {}
        for fact in self._case.facts:
            if fact.fact.startswith(prefix):
                found.setdefault(fact.of, {}).setdefault(fact.fact.removeprefix(prefix), fact)
        return tuple(Thing(facts, declared, kind) for facts in found.values())

    def _chose(self) -> Answered:
        """What was chosen for this copy, as answers; what was not chosen is missing."""
        given: Answers = {
            name: Value(text, text, kind, ())
            for name, kind in (("since", "day"), ("until", "day"), ("purpose", "text"))
            if (text := getattr(self._chosen, name))
        }
        return Answered(given, frozenset({"since", "until", "purpose"}), "chosen")

    def _whole(self) -> tuple[Whole, ...]:
        """The entry that was chosen, or the last that stands where none was: each account of it that stands."""
        standing = [entry for entry in self._case.entries if entry.status not in GONE]
        if self._report.reads.whole == "no" or not standing:
            return ()
        chosen = self._chosen.entry or standing[-1].entry
        return tuple(Whole(entry) for entry in standing if entry.entry == chosen and _readable(entry))

    def _threads(self) -> Threads:
        """The golden thread, where the report reads it; else one of nothing."""
        reads = self._report.reads.threads == "yes"
        return Threads(entry for entry in self._case.entries if reads and entry.status not in GONE)

    def _owed(self) -> Iterator[ReleasedDuty]:
        """What is overdue, has no date, or falls due within the days that the report reads ahead."""
        if ahead := self._report.reads.duties:
            last = (date.fromisoformat(self._case.as_of) + timedelta(days=ahead)).isoformat()
            yield from (duty for duty in self._case.duties if duty.due is None or duty.due <= last)

    def _lines(self) -> Iterator[Line]:
        """The lines of the chronology that were chosen, oldest first."""
        by_form = {told.form: told for told in self._report.reads.chronology}
        chosen = self._chosen
        for entry in self._case.entries:
            told = by_form.get(entry.form)
            wanted = told is not None and (not chosen.kinds or told.kind in chosen.kinds)
            inside = entry.on >= chosen.since and (not chosen.until or entry.on <= chosen.until)
            if told is not None and wanted and inside and entry.status not in GONE and _readable(entry):
                yield Line(entry, told)

    def _years(self) -> tuple[Span, ...]:
        """The chronology by year, each year by month."""
        return tuple(
            Span(
                year,
                tuple(
                    Span(month_text(month, self._language), tuple(lines))
                    for month, lines in groupby(within, key=lambda line: line.on.text[:7])
                ),
            )
            for year, within in groupby(self._lines(), key=lambda line: line.on.text[:4])
        )

    def _narratives(self) -> Iterator[str]:
        forms = {taken.form for taken in self._report.reads.entries.values()}
        forms |= {told.form for told in self._report.reads.chronology}
        for entry in self._case.entries:
            if entry.form in forms:
                for answer in entry.answers.values():
                    if isinstance(answer, Value) and answer.kind == "narrative" and not answer.cut:
                        yield answer.text

    def _taken(self, name: str, taken: Taken) -> Any:
        views = tuple(
            EntryView(entry, frozenset(taken.questions), name) for entry in standing(self._case, taken.form)
        )
        if taken.take == "all":
            return views
        return views[-1] if views else _nothing(name, taken)


def reads_as_english(text: str) -> bool:
    """Whether a narrative is more English than Welsh, by the small words of both."""
    words = text.casefold().split()
    return sum(word in ENGLISH for word in words) > sum(word in WELSH for word in words)


def _nothing(name: str, taken: Taken) -> Answered:
    """An entry that was never made: every answer is missing, and `entry` is None."""
    return Answered({}, frozenset({*taken.questions, "entry"}), name)


def stands_on(case: ReleasedCase, report: Report) -> ReleasedEntry | None:
    """The entry that the report rests on; None where it was never made, or it rests on no single one."""
    if not report.stands_on:
        return None
    return next(reversed(standing(case, report.reads.entries[report.stands_on].form)), None)


def _readable(entry: ReleasedEntry) -> bool:
    """Whether the reader may know of it: its title alone tells something where every answer is held back."""
    answers = tuple(entry.answers.values())
    return not answers or any(map(_shows, answers))


def _shows(answer: Value | tuple[Row, ...]) -> bool:
    if isinstance(answer, Value):
        return answer.cut != "withheld"
    return any(_shows(cell) for row in answer for cell in row.columns.values())


def standing(case: ReleasedCase, form: str) -> tuple[ReleasedEntry, ...]:
    """The entries of a form that still stand, oldest first: nothing withdrawn or taken out of the record."""
    return tuple(entry for entry in case.entries if entry.form == form and entry.status not in GONE)


def unmet(case: ReleasedCase, report: Report, language: str) -> tuple[str, ...]:
    """What must be there before the report may be issued and is not, as sentences in one language."""
    context = Context(case, report)
    return tuple(say(gate.says, language) for gate in report.gates if not _there(context, report, gate.needs))


def _there(context: Context, report: Report, path: str) -> bool:
    if path in report.reads.facts:
        return any(not fact.accounts for fact in context.facts(path))
    name, _, question = path.partition(".")
    entries = context.names()[name]
    if not question:
        return bool(entries) and getattr(entries, "entry", True) is not None
    views = entries if isinstance(entries, tuple) else (entries,)
    return any(getattr(view, question) for view in views)
