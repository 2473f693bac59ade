"""What the person may see of their own case: released for them, in plain words; no Qt here."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from workbench.casework import reporting
from workbench.casework.desk import Desk
from workbench.models.released import ReleasedCase, ReleasedEntry, Value
from workbench.models.released import Row as ReleasedRow
from workbench.ui.words import moment_words


class Part(msgspec.Struct, frozen=True):
    """One part of the page: a heading, and lines under it."""

    title: str
    lines: tuple[str, ...]


class RoomState(msgspec.Struct, frozen=True):
    """Everything on the screen while the person is there."""

    name: str
    parts: tuple[Part, ...]


def room(desk: Desk, case: str, language: str) -> RoomState:
    """The case as released for the person; what is not theirs to see is not in here at all."""
    released, _ = reporting.release(desk, case, "person", language)
    desk.log("looked", case=case, detail="in the room")
    parts = (
        Part("Your next appointment", tuple(_appointment(released))),
        Part("Your conditions", tuple(_conditions(released))),
        Part("What we agreed last time", tuple(_answers(released, "contact", ("tasks", "summary")))),
        Part("Your plan", tuple(_answers(released, "risk-management-plan", None))),
    )
    return RoomState(released.name.text, tuple(part for part in parts if part.lines))


def _appointment(released: ReleasedCase) -> Iterator[str]:
    for fact in released.facts:
        if fact.fact == "contact.next_on" and not fact.value.cut and fact.value.text:
            yield moment_words(str(fact.value.raw)) if "T" in str(fact.value.raw) else fact.value.text


def _conditions(released: ReleasedCase) -> Iterator[str]:
    held: dict[str, dict[str, Value]] = {}
    for fact in released.facts:
        if fact.fact.startswith("condition.") and fact.of is not None and not fact.value.cut:
            held.setdefault(fact.of, {})[fact.fact.removeprefix("condition.")] = fact.value
    for parts in held.values():
        text, force = parts.get("text"), parts.get("in_force")
        if text is not None and force is not None and force.raw == "yes":
            yield text.text


def _answers(released: ReleasedCase, form: str, wanted: tuple[str, ...] | None) -> Iterator[str]:
    entries = [entry for entry in released.entries if entry.form == form]
    if entries:
        yield from _words(entries[-1], wanted)


def _words(entry: ReleasedEntry, wanted: tuple[str, ...] | None) -> Iterator[str]:
    for question, value in entry.answers.items():
        if wanted is not None and question not in wanted:
            continue
        if isinstance(value, Value):
            if value.kind == "narrative" and not value.cut and value.text:
                yield value.text
        else:
            yield from _rows(value)


def _rows(rows: tuple[ReleasedRow, ...]) -> Iterator[str]:
    for row in rows:
        what = row.columns.get("what")
        if isinstance(what, Value) and not what.cut and what.text:
            yield what.text
