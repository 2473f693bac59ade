"""What a search found, in words; no Qt here."""

from __future__ import annotations

import msgspec

from workbench.casework import choices, reading
from workbench.casework.choices import Choices
from workbench.casework.desk import Desk
from workbench.resources import say
from workbench.ui.words import day_words, fact_words

LEAST = 2
SHOWN = 200


class Hit(msgspec.Struct, frozen=True):
    """One place where the words stand: whose, where, when, and the words around them.

    `marks` are the parts of `extract` that match, as pairs of start and end.
    """

    case: str
    entry: str
    name: str
    where: str
    extract: str
    marks: tuple[tuple[int, int], ...]
    superseded: bool


class Found(msgspec.Struct, frozen=True):
    """Everything a search found; `people` are those whose name or CRN it is."""

    words: str
    people: tuple[Hit, ...]
    hits: tuple[Hit, ...]
    kept: Choices


def start(desk: Desk) -> Found:
    """Before anything is searched for: the last searches and those kept."""
    return Found("", (), (), choices.choices(desk))


def search(desk: Desk, words: str, *, current_only: bool, case: str = "") -> Found:
    """Where the words stand, names first; each search is one row of the look-log."""
    names: dict[str, str] = {row.case: row.name or row.crn or "" for row in desk.cases()}
    people: list[Hit] = []
    hits: list[Hit] = []
    for row in reading.search(desk, words):
        if (case and row["case"] != case) or (current_only and row["superseded"]):
            continue
        named = row["form"] == "registration" and row["question"] == "name"
        name = names.get(row["case"]) or str(row["crn"])
        if named and row["extract"].endswith(row["crn"]):
            people.append(Hit(row["case"], "", name, row["crn"], row["extract"], (), False))
        else:
            hits.append(_hit(desk, row, name, words))
    return Found(words, tuple(people), tuple(hits[:SHOWN]), choices.searched(desk, words))


def _hit(desk: Desk, row: reading.Row, name: str, words: str) -> Hit:
    titles = {form.form: say(form.title) for form in desk.library.all()}
    question = fact_words(row["question"].split("/")[0]) if row["question"] else ""
    parts = (titles.get(row["form"], row["form"]), question, day_words(row["on"][:10]), row["crn"])
    extract = " ".join(row["extract"].split())
    return Hit(
        case=row["case"],
        entry=row["entry"],
        name=name,
        where=", ".join(part for part in parts if part),
        extract=extract,
        marks=reading.matches(extract, words),
        superseded=row["superseded"],
    )
