"""What changed since the last look: facts with their old and new words, new people, and what was written; no Qt."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from workbench.casework import reading
from workbench.casework.desk import Desk
from workbench.casework.owing import LOOK
from workbench.models.fold import as_known_when
from workbench.models.records import HEAD_ACTS, Version
from workbench.resources import say
from workbench.ui.knowing import NOT_RECORDED, Knowing, Known
from workbench.ui.words import day_of, day_words, fact_words, short_day

# What a look must not miss, in this order; a name where the fact's own would not read well.
_FACTS = {
    "rosh.overall": "RoSH",
    "rosh.children": "RoSH, children",
    "rosh.public": "RoSH, the public",
    "rosh.known_adult": "RoSH, known adults",
    "rosh.staff": "RoSH, staff",
    "mappa.category": "",
    "mappa.level": "",
    "osp.dc": "OSP/DC",
    "osp.iic": "OSP/IIC",
    "tier": "",
    "registered": "Registered for notification",
    "officer.name": "Responsible officer",
    "lead_agency": "",
    "address.text": "Address",
    "address.type": "Kind of address",
    "no_fixed_abode": "",
    "contact_plan.gap_days": "Days between contacts",
    "plan.review_on": "Plan to be looked at again on",
    "programme.provided": "Programme to be provided",
    "maps.choice": "Maps for Change",
    "recall.state": "Recall",
    "parole.report_due": "Parole report due",
    "parole.hearing_on": "Parole hearing",
    "supervision.ended_on": "Supervision ended",
}
_EACH = {
    "sentence.release_on": "Walks out on",
    "sentence.released_on": "Released on",
    "sentence.ends_on": "Sentence ends",
}


class Change(msgspec.Struct, frozen=True):
    """One fact that reads differently now: what, how it read, how it reads, the day it holds from, and the entry."""

    what: str
    before: str
    after: str
    since: str = ""
    entry: str = ""

    @property
    def words(self) -> str:
        """It in a sentence, for the record of the look."""
        if not self.before:
            return f"{self.what}: {self.after}"
        return f"{self.what} from {self.before} to {self.after}"


class Written(msgspec.Struct, frozen=True):
    """Entries of one form that were written or changed: how many, and the last of them."""

    title: str
    count: int
    last: str
    entry: str

    @property
    def words(self) -> str:
        """It in a few words."""
        return f"{self.title}: {self.count}" if self.count > 1 else self.title


class Since(msgspec.Struct, frozen=True):
    """Everything since the last look; `on` is its day, empty where nobody has looked before."""

    on: str
    looked: str
    changes: tuple[Change, ...]
    written: tuple[Written, ...]

    @property
    def words(self) -> str:
        """What changed, as the look's own record starts from it."""
        start = f"Since the look of {day_words(self.on)}" if self.on else "No earlier look is recorded here"
        told = "; ".join(each.words for each in self.changes)
        wrote = ", ".join(each.words for each in self.written[:8])
        return f"{start}. {told + '. ' if told else 'No level, date, address or person changed. '}" + (
            f"Written: {wrote}." if wrote else "Nothing was written."
        )


def since(desk: Desk, known: Knowing) -> Since:
    """What changed on a case since the last touch point."""
    looks = known.case.of_form(LOOK)
    if not looks:
        return Since("", "No earlier look is recorded here.", (), tuple(_written(desk, known, frozenset())))
    last = looks[-1]
    before = Knowing(desk, known.case.id)
    before.case = as_known_when(known.case, last.versions[0])
    before.day = day_of(last.on)
    held = frozenset(version.id for version in before.case.versions())
    looked = f"Last looked at on {day_words(last.on)} by {desk.author(last.head).name}."
    changes = tuple(_changes(known, before))
    return Since(last.on, looked, changes, tuple(_written(desk, known, held)))


def _changes(now: Knowing, before: Knowing) -> Iterator[Change]:
    for fact, name in _FACTS.items():
        yield from _change(name or fact_words(fact), before.fact(fact), now.fact(fact))
    for fact, name in _EACH.items():
        for found in now.each(fact):
            yield from _change(name, before.fact(fact, found.of), found)
    held = {found.of for found in before.each("network.name")}
    for found in now.each("network.name"):
        if found.of not in held:
            relation = now.words("network.relation", found.of).lower()
            told = f"{found.words} ({relation})" if relation != NOT_RECORDED else found.words
            yield Change("New around the person", "", told, day_words(found.since), found.entry)
    stood = {found.of for found in before.each("condition.in_force") if found.raw == "yes"}
    for found in now.each("condition.in_force"):
        if found.raw == "yes" and found.of not in stood:
            told = now.words("condition.text", found.of)
            yield Change("New condition", "", told, day_words(found.since), found.entry)


def _change(name: str, before: Known, now: Known) -> Iterator[Change]:
    if before.words != now.words:
        yield Change(name, before.words, now.words, day_words(now.since), now.entry)


def _written(desk: Desk, known: Knowing, held: frozenset[str]) -> Iterator[Written]:
    """What the last look could not have seen, by form, what happened last first; other looks are none of it."""
    away = reading.kept_away(desk, known.case)
    found: dict[str, list[tuple[str, Version]]] = {}
    for entry in known.case.entries.values():
        if entry.id in away or entry.form == LOOK or not entry.heads:
            continue
        fresh = [version for version in entry.versions if version.act in HEAD_ACTS and version.id not in held]
        if fresh:
            found.setdefault(entry.form, []).append((entry.on, fresh[-1]))
    for entries in sorted(found.values(), key=lambda each: max(each, key=_on)[0], reverse=True):
        on, version = max(entries, key=_on)
        form = desk.form_of(version)
        title = say(form.title) if form else version.header.form[0]
        yield Written(title, len(entries), short_day(on, desk.today), version.header.entry)


def _on(each: tuple[str, Version]) -> tuple[str, str]:
    return (each[0], each[1].id)
