"""What presses over the whole caseload, the decisive first: the rows of Today and of every list like it."""

from __future__ import annotations

import msgspec

from workbench import clock as clocks
from workbench.casework.desk import Desk
from workbench.models.results import Because, Duty, Finding, State
from workbench.resources import say
from workbench.rules import states
from workbench.rules.files import Meeting
from workbench.store.store import CaseRow


class Owed(msgspec.Struct, frozen=True):
    """One item of the person at this store: a duty or an open event, or a serious finding (then `duty` is None).

    `form` is what meets it, empty where no form does.
    """

    case: str
    crn: str
    name: str
    asks: str
    state: State
    because: Because
    form: str
    duty: Duty | None = None


def items(desk: Desk) -> list[Owed]:
    """Every item, the most pressing first; serious findings stand after what is overdue or due."""
    rows = {row.case: row for row in desk.cases()}
    now, role = desk.now, desk.device.card.role
    found = [
        (states.pressing(duty, now), _owed(desk, duty, rows[duty.case]))
        for duty in desk.store.duties()
        if duty.case in rows and states.is_item(duty, now)
    ]
    for finding in desk.store.findings():
        if finding.case in rows and states.is_item_for(finding, role):
            found.append(((2, 2, "", finding.finding), _looked_at(finding, rows[finding.case])))
    return [owed for _, owed in sorted(found, key=lambda pair: pair[0])]


def appointments(desk: Desk, most: int) -> list[CaseRow]:
    """The cases with an appointment today or later, the next first."""
    return list(desk.store.coming(clocks.stamp(clocks.start_of(desk.today)), most))


def _owed(desk: Desk, duty: Duty, row: CaseRow) -> Owed:
    asks, state = duty.asks, states.state(duty, desk.now)
    return Owed(row.case, row.crn, row.name or row.crn, asks, state, duty.because, form_for(desk, duty), duty)


def _looked_at(finding: Finding, row: CaseRow) -> Owed:
    return Owed(row.case, row.crn, row.name or row.crn, finding.says, "due", finding.because, "")


def form_for(desk: Desk, duty: Duty) -> str:
    """The form that meets a duty; empty where none does."""
    prompt = desk.book.prompts.get(duty.rule)
    if prompt is not None:
        return prompt.form
    rule = desk.book.rules.get(duty.rule)
    if rule is None:
        return ""
    for variant in rule.variants:
        if say(variant.asks) == duty.asks and variant.met_by:
            return variant.met_by[0].form
    met = rule.met_by
    meeting = met if isinstance(met, Meeting) else next(iter(met), None)
    return meeting.form if meeting else ""
