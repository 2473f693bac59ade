"""Conditions as they stand, those that ended apart, and what was seen of devices; in words."""

from __future__ import annotations

from collections.abc import Iterator

from workbench.casework.desk import Desk
from workbench.ui.case.facts import Fact, Part
from workbench.ui.knowing import Knowing
from workbench.ui.words import day_words

LAST_VISITS = 5


def parts(desk: Desk, case: str) -> tuple[Part, ...]:
    """In force by kind, then ended, then devices."""
    known = Knowing(desk, case)
    in_force: dict[str, list[Fact]] = {}
    ended: list[Fact] = []
    for found in known.each("condition.in_force"):
        text, purpose = known.fact("condition.text", found.of), known.fact("condition.purpose", found.of)
        kind = known.words("condition.kind", found.of)
        why = f" For: {purpose.words}" if purpose.recorded else ""
        line = Fact("", f"{text.words}{why}", day_words(found.since), found.entry)
        if found.raw == "yes":
            in_force.setdefault(kind, []).append(line)
        else:
            ended.append(line)
    told = [Part(f"{kind}: in force", tuple(lines), "") for kind, lines in in_force.items()]
    if not told:
        told = [Part("Conditions in force", (), "No condition is recorded as in force.")]
    if ended:
        told.append(Part("No longer in force", tuple(ended), ""))
    told.append(
        Part("Devices, as the last visits saw them", tuple(_devices(known)), "No visit recorded devices.")
    )
    return tuple(told)


def _devices(known: Knowing) -> Iterator[Fact]:
    for entry in reversed(known.case.of_form("home-visit")[-LAST_VISITS:]):
        seen = entry.head.answers().get("devices")
        if isinstance(seen, str):
            yield Fact("", seen, day_words(entry.on[:10]), entry.id)
