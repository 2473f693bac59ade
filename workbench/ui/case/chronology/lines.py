"""The lines of the chronology: every entry in order, what of it is to be seen, each in words when looked at. No Qt."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from operator import itemgetter
from typing import overload

import msgspec

from workbench import clock
from workbench.casework import reading
from workbench.casework.desk import Desk
from workbench.models import amounts
from workbench.models.fold import Entry
from workbench.resources import say
from workbench.ui.words import day_and_time, day_of, short_day, weekday_words

FILTERS = {
    "all": "Everything",
    "contacts": "Contacts",
    "visits": "Visits",
    "risk": "Risk relevant",
    "police": "Police and MAPPA",
    "decisions": "Decisions",
}
_GROUPS: dict[str, frozenset[str]] = {
    "contacts": frozenset({"contact", "own-account", "interventions"}),
    "visits": frozenset({"home-visit", "home-visit-plan", "address"}),
    "risk": frozenset(
        {"rosh", "arms", "scores", "significant-event", "warning-signs", "risk-management-plan", "recall",
         "safeguarding-check", "victims", "oasys-record"}
    ),
    "police": frozenset({"information-exchange", "mappa-level", "mappa-level-1-review", "flags"}),
    "decisions": frozenset(
        {"recall", "mappa-level", "contact-plan", "officer-change", "duty-deferred", "advice-choice", "event-closed",
         "release-of-withheld-answer", "restricted", "misfiled", "erased", "end-of-supervision"}
    ),
}  # fmt: skip
# What the program and its keepers write about entries, and not about the person.
_ADMINISTRATION = frozenset(
    {"carried-over", "mark-loosened", "readers", "report-issued", "same-person", "switched"}
)
ICONS = {
    "contact": "message-square",
    "home-visit": "house",
    "home-visit-plan": "house",
    "address": "map-pin",
    "significant-event": "siren",
    "warning-signs": "triangle-alert",
    "recall": "siren",
    "rosh": "shield-alert",
    "arms": "list-checks",
    "scores": "scale",
    "mappa-level": "users",
    "mappa-level-1-review": "users",
    "information-exchange": "users",
    "people": "users",
    "risk-management-plan": "target",
    "contact-plan": "calendar",
    "report-issued": "file-text",
    "brought-in-file": "paperclip",
    "sentence": "gavel",
    "orders-and-conditions": "gavel",
    "officer-change": "user",
    "registration": "user",
}
STATUS = {
    "countersigned": ("Countersigned", "good"),
    "returned": ("Returned for rework", "warn"),
    "withdrawn": ("Withdrawn", "danger"),
    "restricted": ("Restricted", "warn"),
    "misfiled": ("Misfiled", "danger"),
    "erased": ("Erased", "danger"),
}


class Line(msgspec.Struct, frozen=True, gc=False):
    """One entry in the list; `day` is set on the first of its day."""

    entry: str
    form: str
    title: str
    icon: str
    on: str
    day: str
    time: str
    by: str
    status: str
    status_tone: str


class Preview(msgspec.Struct, frozen=True):
    """What was written, cut short, and short states in words."""

    text: str
    pills: tuple[tuple[str, str], ...]


class Kind(msgspec.Struct, frozen=True):
    """What every line of one form shows."""

    title: str
    icon: str


class Lines(msgspec.Struct, frozen=True):
    """Every entry of a case, the latest first, with what puts them in words: kinds by form, names by card."""

    case: str
    entries: tuple[Entry, ...]
    kinds: dict[str, Kind]
    names: dict[str, str]
    today: date


class Cut(msgspec.Struct, frozen=True):
    """What of a chronology is to be seen: of which filter, with which words, from which day to which.

    `among` are the entries in which words were found; None where none were looked for. `first` and `last` are
    days, both inclusive; empty where there is no end. `practice` leaves out what is only administration.
    """

    filter: str = "all"
    among: frozenset[str] | None = None
    first: str = ""
    last: str = ""
    practice: bool = False


class Shown(Sequence[Line]):
    """The lines of some entries, each put in words when it is looked at: few of five thousand ever are."""

    def __init__(self, found: Lines, entries: Sequence[Entry]) -> None:
        self.found = found
        self.entries = entries

    def __len__(self) -> int:
        return len(self.entries)

    @overload
    def __getitem__(self, index: int) -> Line: ...
    @overload
    def __getitem__(self, index: slice) -> list[Line]: ...
    def __getitem__(self, index: int | slice) -> Line | list[Line]:
        if isinstance(index, slice):
            return [self[number] for number in range(*index.indices(len(self)))]
        entry = self.entries[index]
        day, time = day_and_time(entry.on)
        follows = index and day == day_of(self.entries[index - 1].on)
        return _line(self.found, entry, "" if follows else weekday_words(day, self.found.today), time)

    def where(self, entry: str) -> int | None:
        """The place of an entry in it; None where it is not there."""
        return next((place for place, each in enumerate(self.entries) if each.id == entry), None)

    def nearest(self, day: str) -> str:
        """The entry that happened on a day, or the last before it; empty where none did."""
        return next((each.id for each in self.entries if day_of(each.on) <= day), "")


def read(desk: Desk, case: str) -> Lines:
    """Every entry that this person may read, in order; no answer is read."""
    stood = desk.case(case)
    away = reading.kept_away(desk, stood)
    begins: dict[str, str] = {}
    shown = [
        (*_happened(entry.on, begins), entry.head.said_at, entry.id, entry)
        for entry in stood.entries.values()
        if entry.heads and entry.id not in away
    ]
    shown.sort(key=itemgetter(0, 1, 2, 3), reverse=True)
    entries = tuple(entry for *_, entry in shown)
    kinds: dict[str, Kind] = {}
    for entry in entries:
        if entry.form not in kinds:
            kinds[entry.form] = _kind(desk, entry)
    return Lines(case, entries, kinds, _names(desk), desk.today)


def _happened(on: str, begins: dict[str, str]) -> tuple[str, bool]:
    """What puts a day before the moments in it: the minute, in UTC, in which it begins or was."""
    if "T" in on:
        return on[:16], True
    if on not in begins:
        try:
            begins[on] = clock.stamp(clock.start_of(date.fromisoformat(on)))[:16]
        except ValueError:
            begins[on] = on
    return begins[on], False


def _kind(desk: Desk, entry: Entry) -> Kind:
    form = desk.form_of(entry.head)
    return Kind(say(form.title) if form else entry.form, ICONS.get(entry.form, "file-text"))


def _names(desk: Desk) -> dict[str, str]:
    own = desk.device.card.name
    return {sha256: "you" if card.name == own else card.name for sha256, card in desk.cards.items()}


def _line(found: Lines, entry: Entry, day: str, time: str) -> Line:
    head = entry.head
    kind = found.kinds[entry.form]
    status, tone = STATUS.get(entry.status, ("", "plain"))
    return Line(
        entry=entry.id,
        form=entry.form,
        title=kind.title,
        icon=kind.icon,
        on=entry.on,
        day=day,
        time=time,
        by=head.brought.author.name if head.brought else found.names.get(head.header.card, ""),
        status=status,
        status_tone=tone,
    )


def shown(found: Lines, cut: Cut) -> Shown:
    """The lines that are to be seen; the first of each day bears its day."""
    forms = _GROUPS.get(cut.filter)
    entries = found.entries
    if cut != Cut():
        entries = tuple(
            entry
            for entry in entries
            if (forms is None or entry.form in forms)
            and (cut.among is None or entry.id in cut.among)
            and not (cut.practice and entry.form in _ADMINISTRATION)
            and (not cut.first or cut.first <= day_of(entry.on) <= cut.last)
        )
    return Shown(found, entries)


def counted(found: Lines, seen: Shown) -> str:
    """How many entries are seen, and of how many."""
    told = amounts.counted(len(found.entries), "entry", "entries")
    return told if len(seen) == len(found.entries) else f"{len(seen):,} of {told}"


def spoken(line: Line, preview: Preview | None, today: date) -> str:
    """A line as a screen reader says it."""
    pills = ", ".join(words for words, _ in preview.pills) if preview else ""
    parts = (
        line.title,
        short_day(line.on, today),
        line.time,
        line.by,
        line.status,
        preview.text if preview else "",
        pills,
    )
    return ". ".join(part.rstrip(".") for part in parts if part)
