"""The golden thread of a released case: what is linked stands together, and only that."""

from __future__ import annotations

from typing import Any

from workbench.models.released import ReleasedEntry, Row, Value
from workbench.reports.threads import Threads


def value(raw: object, cut: str = "") -> Value:
    return Value(None if cut else raw, "" if cut else str(raw), "text", ("v",), cut)


def row(id: str, **columns: Any) -> Row:
    return Row(id, {name: each if isinstance(each, Value) else value(each) for name, each in columns.items()})


def entry(form: str, id: str, on: str, **answers: Any) -> ReleasedEntry:
    return ReleasedEntry(
        id, "v", form, 1, form.capitalize(), on, f"{on}T12:00:00.000Z", "A", "practitioner", "signed", answers
    )


ARMS = entry(
    "arms",
    "a",
    "2026-03-01",
    reasoning=value("x"),
    opportunity=(row("opportunity", rating="high", known="Free afternoons", managed_by=["p2"]),),
    self_management=(row("self_management", rating="low"),),
    actions=(row("a1", what="Plan the week", answers=["self-management"], shown_by=["s", "gone"]),),
)
PLAN = entry(
    "risk-management-plan",
    "p",
    "2026-03-02",
    monitoring_actions=(row("p1", what="Ring police", answers=["somebody"]), row("p2", what="Joint visit")),
)
SESSION = entry("maps-session", "s", "2026-03-05", exercise=value("My week "))
EXERCISES = entry(
    "maps-plan",
    "m",
    "2026-03-03",
    exercises=(row("m1", title="my week", factor="self-management"), row("m2", theme="routine")),
)


def told(*entries: ReleasedEntry) -> dict[str, list[tuple[str, list[str]]]]:
    found = Threads(entries)
    works = {thread.factor: thread.works for thread in found.factors} | {"loose": found.loose}
    return {
        key: [(work.what.text, [shown.on.text for shown in work.shown]) for work in held]
        for key, held in works.items()
    }


def test_each_factor_has_what_answers_it_and_what_shows_that() -> None:
    """By the ids an action names, or that the factor names; an exercise by its name; the rest is loose."""
    assert told(ARMS, PLAN, EXERCISES, SESSION) == {
        "f_opportunity": [("Joint visit", [])],
        "f_self_management": [("Plan the week", ["2026-03-05"]), ("my week", ["2026-03-05"])],
        "loose": [("Ring police", []), ("routine", [])],
    }


def test_only_the_last_entry_of_a_form_is_in_force() -> None:
    later = entry("risk-management-plan", "q", "2026-04-02")
    assert told(ARMS, PLAN, later)["f_opportunity"] == []


def test_what_is_withheld_ties_nothing() -> None:
    """Else a thread would tell what the reader may not read."""
    held = entry(
        "risk-management-plan",
        "p",
        "2026-03-02",
        actions=(row("x", what="Call", answers=value([], "withheld")),),
    )
    assert told(ARMS, held)["loose"] == [("Call", [])]


def test_without_arms_there_is_no_factor() -> None:
    assert told(PLAN) == {"loose": [("Ring police", []), ("Joint visit", [])]}
