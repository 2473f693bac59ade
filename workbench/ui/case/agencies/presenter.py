"""The team and the agencies that work on a case, in registers. No Qt here."""

from __future__ import annotations

from collections.abc import Iterator

from workbench.casework.desk import Desk
from workbench.ui.case.registers import Item, Register, answered, register, written
from workbench.ui.form.words import AGENCIES
from workbench.ui.knowing import Knowing
from workbench.ui.words import day_words

PLAN = "risk-management-plan"
_TEAM = (
    ("Responsible officer", "officer.name"),
    ("Stand-in", "officer.stand_in"),
    ("SPO", "spo.name"),
    ("SPO's stand-in", "spo.stand_in"),
    ("ACO", "aco.name"),
    ("Offered to", "case.offered_to"),
    ("Lead agency", "lead_agency"),
    ("Victim contact scheme", "vlo.scheme"),
)


def agencies(desk: Desk, case: str) -> tuple[Register, ...]:
    """The team; who in police and prison has the case; what each agency agreed to in the plan."""
    known = Knowing(desk, case)
    named = [
        *answered(known, PLAN, ("mosovo_officer", "MOSOVO officer"), ("police_visits", "Police visits")),
        *answered(known, "custody", ("pom", "Prison offender manager"), ("keyworker", "Key worker")),
    ]
    plans = known.case.of_form(PLAN)
    plan = plans[-1].id if plans else ""
    return (
        register(desk, "Who works on the case", _team(known), "Nobody is recorded.", "officer-change"),
        register(
            desk,
            "Agencies in the plan",
            _agreed(desk, known),
            "No plan says what an agency agreed to.",
            PLAN,
            entry=plan,
        ),
        register(desk, "Police and prison", named, "Nobody of police or prison is named.", PLAN, entry=plan),
    )


def _team(known: Knowing) -> Iterator[Item]:
    for name, fact in _TEAM:
        found = known.fact(fact)
        if found.recorded:
            yield Item(name, facts=(("", found.words),), entries=((day_words(found.since), found.entry),))


def _agreed(desk: Desk, known: Knowing) -> Iterator[Item]:
    """What stands in the last plan: an agency that it no longer names is not shown."""
    plans = known.case.of_form(PLAN)
    for agency in written(desk, known, PLAN, "agencies"):
        if not plans or agency.entries[0][1] != plans[-1].id:
            continue
        kind = AGENCIES.get(agency.raw("agency"), "")
        name = agency.raw("name") or kind
        facts = agency.facts(("agreed", "Agreed"), ("agreed_on", "On"))
        alight = () if agency.raw("agreed_on") else ("When it was agreed is not recorded.",)
        told = (("Agency", kind), *facts) if kind and kind != name else facts
        yield Item(name, facts=told, alight=alight, entries=agency.entries, at=agency.at)
