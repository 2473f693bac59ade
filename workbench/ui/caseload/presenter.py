"""The caseload as rows: who, how great the risk, what is due next; from the case rows alone, never the record."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date

import msgspec

from workbench.casework import choices, reading
from workbench.casework.desk import Desk
from workbench.ui.widgets.row import Row
from workbench.ui.words import short_day, time_words

# key → words; in the order of the chips.
FILTERS = {
    "due": "Due first",
    "pinned": "Pinned",
    "high": "High RoSH",
    "mappa": "MAPPA",
    "recall": "Recall",
    "quiet": "Nothing due",
    "name": "By name",
}
COLUMNS = ("Name", "CRN", "RoSH", "MAPPA", "Due next", "Next appointment", "Responsible officer")
ROSH_TONES = {"low": "good", "medium": "warn", "high": "danger", "very high": "grave"}
_HIGH = ("high", "very high")
_RISK = {"very high": 0, "high": 1, "medium": 2, "low": 3}
_NEVER = "9999"


class Person(msgspec.Struct, frozen=True, gc=False):
    """One line of the caseload; `due` and `seen` are days or moments, `looked` is what a search looks into."""

    case: str
    name: str
    crn: str
    rosh: str
    mappa: str
    level: str
    due: str
    seen: str
    officer: str
    recall: bool
    looked: str
    pinned: bool = False


class Caseload(msgspec.Struct, frozen=True):
    """Everybody, what is due first, and the day on which their dates are read."""

    people: tuple[Person, ...]
    today: date


def caseload(desk: Desk) -> Caseload:
    """Everybody on the list."""
    pinned = frozenset(choices.pinned(desk))
    people = (
        Person(
            case=row.case,
            name=row.name or row.crn,
            crn=row.crn,
            rosh=row.rosh or "",
            mappa=row.mappa_category or "",
            level=row.mappa_level or "",
            due=row.next_due or "",
            seen=row.next_contact or "",
            officer=row.officer or "",
            recall=row.open_recall,
            looked=f"{row.name or ''} {row.crn}".casefold(),
            pinned=row.case in pinned,
        )
        for row in reading.listed(desk)
    )
    return of(people, desk.today)


def of(people: Iterable[Person], today: date) -> Caseload:
    """These people as a caseload: put in order once, not at every letter somebody types."""
    return Caseload(tuple(sorted(people, key=_by_due)), today)


def chosen(found: Caseload, words: str, filter: str, column: int = -1, *, down: bool = False) -> list[Person]:
    """Those whose name or CRN holds every word, cut by a filter, in the order of a column or of what is due."""
    today = found.today.isoformat()
    people = list(found.people)
    if filter in _KEPT:
        kept = _KEPT[filter]
        people = [person for person in people if kept(person, today)]
    for word in words.casefold().split():
        people = [person for person in people if word in person.looked]
    if column >= 0:
        return sorted(people, key=_SORTS[column], reverse=down)
    return sorted(people, key=_by_name) if filter == "name" else people


_KEPT: dict[str, Callable[[Person, str], bool]] = {
    "pinned": lambda person, today: person.pinned,
    "high": lambda person, today: person.rosh in _HIGH,
    "mappa": lambda person, today: person.mappa not in ("", "none"),
    "recall": lambda person, today: person.recall,
    "quiet": lambda person, today: not person.recall and not (person.due and person.due <= _week(today)),
}


def _week(today: str) -> str:
    return date.fromordinal(date.fromisoformat(today).toordinal() + 7).isoformat()


def _by_name(person: Person) -> tuple[str, ...]:
    return (person.name.casefold(), person.crn)


def _by_due(person: Person) -> tuple[str, ...]:
    first = "0" if person.recall else "1"
    return (first, person.due or _NEVER, str(_RISK.get(person.rosh, 4)), person.name.casefold(), person.crn)


_SORTS: tuple[Callable[[Person], tuple[str, ...]], ...] = (
    _by_name,
    lambda person: (person.crn,),
    lambda person: (str(_RISK.get(person.rosh, 4)), *_by_name(person)),
    lambda person: (person.level or _NEVER, person.mappa or _NEVER, *_by_name(person)),
    _by_due,
    lambda person: (person.seen or _NEVER, *_by_name(person)),
    lambda person: (person.officer.casefold(), *_by_name(person)),
)


def nobody(found: Caseload, words: str, filter: str) -> tuple[str, str]:
    """What stands where nobody is shown: a title, and what to do."""
    if not found.people:
        return "No people yet", "Register a person, or bring in a case file."
    if filter == "pinned" and not words.strip():
        return (
            "Nobody is pinned",
            "Open a case and press Pin at its head, or F9. Whoever is pinned stands here.",
        )
    if words.strip():
        return (
            "Nobody fits",
            "No name or CRN here holds these words. Search everything that was written with Ctrl+Shift+F.",
        )
    return "Nobody fits", "Choose another filter to see the others."


def cells(person: Person, today: date) -> tuple[str, ...]:
    """A line of the table, in the order of the columns; what is not recorded says so."""
    return (
        person.name,
        person.crn,
        person.rosh.capitalize() or "Not recorded",
        mappa_words(person).replace("MAPPA category", "Category") or "Not recorded",
        due_words(person, today),
        _seen(person, today),
        person.officer or "Nobody named",
    )


def rows(people: Sequence[Person], today: date) -> list[Row]:
    """The same people as rows of a narrow list."""
    return [
        Row(
            key=person.case,
            title=person.name,
            badge=person.rosh.capitalize(),
            badge_tone=ROSH_TONES.get(person.rosh, "plain"),
            line=" · ".join(part for part in (person.crn, mappa_words(person)) if part),
            note=due_words(person, today),
            note_icon=_icon(person, today),
            note_tone=due_tone(person, today),
        )
        for person in people
    ]


def about(name: str, rosh: str | None, key: str, line: str, note: str, icon: str, tone: str) -> Row:
    """A row about one person, with their level, for lists that say something of their own."""
    return Row(
        key=key,
        title=name,
        badge=rosh_words(rosh),
        badge_tone=ROSH_TONES.get(rosh or "", "plain"),
        line=line,
        note=note,
        note_icon=icon,
        note_tone=tone,
    )


def rosh_words(rosh: str | None) -> str:
    """The overall level of risk of serious harm in words, as it stands in every head and list."""
    return f"RoSH: {rosh.capitalize()}" if rosh else "RoSH not recorded"


def mappa_words(person: Person) -> str:
    """MAPPA in a few words; empty where none is recorded."""
    if person.mappa in ("", "none"):
        return "Not MAPPA" if person.mappa else ""
    level = f", level {person.level}" if person.level else ""
    return f"MAPPA category {person.mappa}{level}"


def due_words(person: Person, today: date) -> str:
    """What is due next, in words that stand without colour."""
    if person.recall:
        return "Recall open"
    if not person.due:
        return "Nothing due"
    days = (today - date.fromisoformat(person.due)).days
    if days > 0:
        return f"Overdue by {days} day{'s' if days != 1 else ''}"
    return f"Due {short_day(person.due, today)}"


def due_tone(person: Person, today: date) -> str:
    """The tone that repeats it."""
    if person.recall or (person.due and person.due < today.isoformat()):
        return "danger"
    return "warn" if person.due and person.due <= _week(today.isoformat()) else "quiet"


def _icon(person: Person, today: date) -> str:
    icons = {"danger": "triangle-alert", "warn": "clock"}
    plain = "calendar-clock" if person.due else "circle-check"
    return icons.get(due_tone(person, today), plain)


def _seen(person: Person, today: date) -> str:
    if not person.seen or person.seen[:10] < today.isoformat():
        return "None recorded"
    time = time_words(person.seen)
    day = short_day(person.seen, today)
    return f"{day[:1].upper()}{day[1:]}{', ' + time if time else ''}"
