"""Invented cases to try a report on: full, empty, hostile and Welsh, all made from one file beside it."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import count
from typing import Any

import msgspec

from workbench.models.released import (
    ReleasedCase,
    ReleasedDuty,
    ReleasedEntry,
    ReleasedFact,
    Row,
    Value,
)
from workbench.reports.library import Library
from workbench.resources import Document

KINDS = ("full", "empty", "hostile", "welsh")
NARRATIVE = 160
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z")
# An answer given as an option: its id, and how a person reads it.
_CHOICE = frozenset({"is", "says"})
# What a rule or template compares: option ids, levels in words.
_OPTION = re.compile(r"[a-z0-9-]+|[a-z]+ [a-z]+")
# Each stands for something that once broke a document: markup, templates, controls, length, scripts.
HOSTILE = (
    "<b>bold</b> & <img src=file> ]]> <v from='x'>nested</v>",
    "{{ 7 * 7 }} {% include 'x' %} {{ secret }}",
    "vertical\x0btab, null\x00, bell\x07, turned \u202eback\u202c",
    "https://example.invalid/" + "very-long-path/" * 19,
    "محمد بن علي Γεώργιος Παπαδόπουλος Łukasz Żółć 😀 🚗 中",
    "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch-Jones",
    "x" * 400,
)
HOSTILE_NARRATIVE = ("word " * 1800 + "\n\nsecond <para>", "x" * 3000)
WELSH = "Bydd y tŷ yn ddiogel; mae'r gŵr â'r wŷn yn gwybod beth i'w wneud ac mae'r cynllun yn glir i bawb."


class SpecimenEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One entry of a specimen case; an answer is a text, an option (`is`, `says`), ids, or a list of rows."""

    form: str
    title: str
    on: str
    by_name: str
    by_role: str
    status: str
    answers: dict[str, Any]
    countersigned_by: str = ""


class SpecimenFact(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One fact of a specimen case."""

    fact: str
    text: str
    of: str | None = None


class SpecimenDuty(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One thing that is owed in a specimen case."""

    asks: str
    owed_by: str
    state: str
    due: str | None = None


class SpecimenCase(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who the specimen case is about."""

    crn: str
    name: str
    as_of: str


class Specimen(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A specimen file."""

    case: SpecimenCase
    entries: tuple[SpecimenEntry, ...]
    facts: tuple[SpecimenFact, ...]
    duties: tuple[SpecimenDuty, ...] = ()


def specimen(library: Library, report_id: str, audience: str, kind: str) -> ReleasedCase:
    """The invented case of a report, as if released to `audience`; `kind` is one of `KINDS`."""
    document = library.specimen(report_id)
    read = document.to(Specimen)
    if kind == "empty":
        return _case(document, audience, "en", lambda text: text, Specimen(read.case, (), ()))
    if kind == "hostile":
        turn = count()

        def hostile(text: str) -> str:
            choice = HOSTILE_NARRATIVE if len(text) > NARRATIVE else HOSTILE
            return choice[next(turn) % len(choice)]

        return _case(document, audience, "en", hostile, read)
    if kind == "welsh":
        return _case(document, audience, "cy", _in_welsh, read)
    return _case(document, audience, "en", lambda text: text, read)


def _in_welsh(text: str) -> str:
    return WELSH if len(text) > 30 else text


def _case(
    document: Document, audience: str, language: str, spoken: Callable[[str], str], read: Specimen
) -> ReleasedCase:
    """The released case; every text but days and option ids goes through `spoken`."""
    maker = _Maker(document.sha256, spoken)
    facts = tuple(
        ReleasedFact(fact.fact, fact.of, maker.value(fact.text), read.case.as_of, None) for fact in read.facts
    )
    return ReleasedCase(
        "specimen",
        Value(read.case.crn, read.case.crn, "text", ()),
        Value(read.case.name, spoken(read.case.name), "person", ()),
        audience,
        language,
        read.case.as_of,
        True,
        tuple(maker.entry(entry, at) for at, entry in enumerate(read.entries)),
        facts,
        tuple(ReleasedDuty("", spoken(d.asks), d.owed_by, d.state, d.due) for d in read.duties),
    )


class _Maker:
    """Makes released values of what a specimen file says; they all come from one version, the file."""

    def __init__(self, version: str, spoken: Callable[[str], str]) -> None:
        self._version = version
        self._spoken = spoken

    def value(self, text: str) -> Value:
        if _DAY.fullmatch(text):
            return Value(text, text, "day", (self._version,))
        if _MOMENT.fullmatch(text):
            return Value(text, text, "moment", (self._version,))
        told = text if _OPTION.fullmatch(text) else self._spoken(text)
        return Value(text, told, "narrative" if len(text) > NARRATIVE else "text", (self._version,))

    def answer(self, given: Any, where: str) -> Value | tuple[Row, ...]:
        if isinstance(given, str):
            return self.value(given)
        if isinstance(given, dict) and given.keys() == _CHOICE:
            return Value(given["is"], self._spoken(given["says"]), "one-of", (self._version,))
        if given and all(isinstance(each, str) for each in given):
            # Ids that lead somewhere: they stay as they are, like those of options.
            return Value(list(given), ", ".join(given), "any-of", (self._version,))
        return tuple(
            Row(f"{where}-{at}", {column: self.answer(cell, where) for column, cell in row.items()})
            for at, row in enumerate(given)
        )

    def entry(self, entry: SpecimenEntry, at: int) -> ReleasedEntry:
        return ReleasedEntry(
            f"entry-{at}",
            self._version,
            entry.form,
            1,
            entry.title,
            entry.on,
            f"{entry.on}T12:00:00.000Z",
            entry.by_name,
            entry.by_role,
            entry.status,
            {question: self.answer(given, question) for question, given in entry.answers.items()},
            entry.countersigned_by,
            f"{entry.on}T15:00:00.000Z" if entry.countersigned_by else "",
            {question: question.replace("_", " ").capitalize() for question in entry.answers},
        )
