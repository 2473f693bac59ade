"""What the tray shows: each entry another system does not hold yet, the oldest first; no Qt here."""

from __future__ import annotations

from datetime import date

import msgspec

from workbench.casework import carrying
from workbench.casework.carry_table import Code
from workbench.casework.carrying import Waiting
from workbench.casework.desk import Desk
from workbench.models.results import Changes
from workbench.ui.form.words import MARKS
from workbench.ui.widgets.row import Row
from workbench.ui.words import ago, short_day, time_words

CHOOSE = "choose it there"


class Item(msgspec.Struct, frozen=True):
    """One entry for one system: its line in the list, and what is chosen and filled in there, as names and values."""

    key: str
    case: str
    entry: str
    system: str
    system_name: str
    name: str
    row: Row
    values: tuple[tuple[str, str], ...]
    source: str


class Tray(msgspec.Struct, frozen=True):
    """Everything that waits, the oldest first; `carries` is false where the person's role carries nothing over."""

    items: tuple[Item, ...]
    says: str
    carries: bool


class Preview(msgspec.Struct, frozen=True):
    """The text of one item as it would be copied, and in sentences what is not in it."""

    key: str
    text: str
    notes: tuple[str, ...]


class Marked(msgspec.Struct, frozen=True):
    """What was marked just now, so that it can be undone, and the tray as it stands after."""

    changes: Changes
    says: str
    tray: Tray


def tray(desk: Desk) -> Tray:
    """The tray as it stands."""
    waiting = carrying.waiting(desk)
    items = tuple(_item(each, desk.today) for each in waiting)
    return Tray(items, _says(waiting, desk.today), carrying.carries(desk))


def _says(waiting: tuple[Waiting, ...], today: date) -> str:
    if not waiting:
        return "Nothing is waiting."
    count = f"{len(waiting):,} waiting"
    return f"{count}. The oldest was signed {ago(waiting[0].at, today)}."


def _item(waits: Waiting, today: date) -> Item:
    time = f", {time_words(waits.on)}" if time_words(waits.on) else ""
    happened = f"{short_day(waits.on, today)}{time}"
    codes = tuple(_coded(code) for code in waits.types)
    values = [("Happened", happened)]
    if waits.typed:
        values.append(("Type", " and ".join(codes) or CHOOSE))
    if waits.outcome is not None:
        values.append(("Outcome", _coded(waits.outcome)))
    told = [words for name, words in values[1:] if words != CHOOSE]
    return Item(
        key=f"{waits.entry}:{waits.system}",
        case=waits.case,
        entry=waits.entry,
        system=waits.system,
        system_name=waits.system_name,
        name=waits.name,
        row=Row(
            key=f"{waits.entry}:{waits.system}",
            title=waits.name,
            badge=waits.system_name,
            badge_tone="info",
            line=f"{waits.title}, {happened}",
            note=". ".join(told)
            or ("Type: choose it there" if waits.typed else f"Signed {ago(waits.at, today)}"),
        ),
        values=(("CRN", waits.crn), *values),
        source=f"Codes: {waits.source}." if waits.source else "",
    )


def _coded(code: Code) -> str:
    return f"{code.code} {code.means}".strip()


def preview(desk: Desk, entry: str, system: str) -> Preview:
    """The words of one item, and what stays out of them."""
    found = carrying.outgoing(desk, entry, system)
    by_marks: dict[str, list[str]] = {}
    for asks, marks in found.left_out:
        by_marks.setdefault(_marks(marks), []).append(asks)
    notes = [f"Left out ({marks}): {'; '.join(asks)}." for marks, asks in by_marks.items()]
    if found.shortened:
        notes.append("Names of children are cut to initials.")
    return Preview(f"{entry}:{system}", found.text, tuple(notes))


def _marks(marks: tuple[str, ...]) -> str:
    known = [MARKS[mark].lower() for mark in marks if mark in MARKS]
    return ", ".join(known) or "kept to named people"


def mark(desk: Desk, item: Item) -> Marked:
    """Signs that it was carried over, and reads the tray again."""
    changes = carrying.done(desk, item.entry, item.system)
    at = time_words(desk.stamp())
    says = f"Marked as carried over to {item.system_name} at {at}: {item.name}, {item.row.line}."
    return Marked(changes, says, tray(desk))


def undo(desk: Desk, changes: Changes) -> tuple[Changes, Tray]:
    """Takes a mark back, and reads the tray again."""
    return carrying.undo(desk, changes), tray(desk)
