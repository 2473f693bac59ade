"""What the person may see of their own case: released for them, in plain words; no Qt here."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import msgspec

from workbench import clock
from workbench.casework import reporting
from workbench.casework.desk import Desk
from workbench.models.dates import written
from workbench.models.released import ReleasedCase, ReleasedEntry, Value
from workbench.models.released import Row as ReleasedRow
from workbench.resources import Words, say

LANGUAGES = ("en", "cy")


class Part(msgspec.Struct, frozen=True):
    """One part of the page: a heading, and lines under it."""

    title: str
    lines: tuple[str, ...]


class RoomState(msgspec.Struct, frozen=True):
    """Everything on the screen while the person is there; `empty` is said where there is nothing, then why."""

    name: str
    says: str
    parts: tuple[Part, ...]
    empty: tuple[str, str]
    leave: str


# The person reads this screen: it speaks their language, as forms and reports do.
_NEXT = Words("Your next appointment", "Eich apwyntiad nesaf")
_CONDITIONS = Words("Your conditions", "Eich amodau")
_AGREED = Words("What we agreed last time", "Yr hyn y cytunwyd arno y tro diwethaf")
_PLAN = Words("Your plan", "Eich cynllun")
_SAYS = Words(
    "This is your record as we look at it together.", "Dyma eich cofnod wrth i ni edrych arno gyda'n gilydd."
)
_NOTHING = Words("Nothing to show yet", "Dim i'w ddangos eto")
_LATER = Words(
    "Appointments, conditions and the plan will stand here.",
    "Bydd apwyntiadau, amodau a'r cynllun i'w gweld yma.",
)
_LEAVE = Words("Leave the room (F8)", "Gadael yr ystafell (F8)")


def room(desk: Desk, case: str, language: str) -> RoomState:
    """The case as released for the person; what is not theirs to see is not in here at all.

    It is in the language the person speaks, where that is recorded; else in `language`.
    """
    spoken = desk.case(case).known("identity.language", None, desk.today.isoformat()).value
    language = spoken if spoken in LANGUAGES else language
    released, _ = reporting.release(desk, case, "person", language)
    desk.log("looked", case=case, detail="in the room")
    parts = (
        Part(say(_NEXT, language), tuple(_appointment(released))),
        Part(say(_CONDITIONS, language), tuple(_conditions(released))),
        Part(say(_AGREED, language), tuple(_answers(released, "contact", ("tasks", "summary")))),
        Part(say(_PLAN, language), tuple(_answers(released, "risk-management-plan", None))),
    )
    return RoomState(
        released.name.text,
        say(_SAYS, language),
        tuple(part for part in parts if part.lines),
        (say(_NOTHING, language), say(_LATER, language)),
        say(_LEAVE, language),
    )


def _appointment(released: ReleasedCase) -> Iterator[str]:
    for fact in released.facts:
        if fact.fact == "contact.next_on" and not fact.value.cut and fact.value.text:
            at, language = str(fact.value.raw), released.language
            yield (
                written(clock.moment(at), language)
                if "T" in at
                else written(date.fromisoformat(at), language)
            )


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
