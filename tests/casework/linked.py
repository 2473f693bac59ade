"""What the tests of linked cases do and look at."""

from __future__ import annotations

from tests.casework.test_recording import ROSH, record
from workbench.casework import guarding, recording
from workbench.casework.desk import Desk
from workbench.models.results import Changes

CRN = "X100001"
GROUPS = {"children": "low", "known_adult": "low", "staff": "low"}


def link(desk: Desk, case: str, other: str) -> Changes:
    """Signs that two cases are about one person."""
    return record(desk, case, "same-person", {"other_case": other, "checked": "Same birthday and PNC."})


def level(desk: Desk, case: str, overall: str, who: str = "Children of a new household.") -> Changes:
    """Records a RoSH level, said of the ninth of March."""
    return record(desk, case, "rosh", {**ROSH, "overall": overall, **GROUPS, "public": overall, "who": who})


def unlink(desk: Desk, made: Changes) -> Changes:
    """Withdraws that."""
    assert made.version
    return recording.withdraw(desk, made.case, made.version, "Two people after all.")


def stored(desk: Desk) -> object:
    """What lists show: every row, and what is said to follow from each case."""
    cases = desk.store.cases()
    follows = {
        row.case: (
            sorted(desk.store.duties(row.case), key=lambda duty: duty.duty),
            list(desk.store.findings(row.case)),
            list(desk.store.advice(row.case)),
        )
        for row in cases
    }
    return cases, follows


def checked(desk: Desk) -> None:
    """Every check of the store holds, and working all out again changes nothing."""
    assert [check for check in guarding.verify(desk) if not check.ok] == []
    before = stored(desk)
    guarding.rebuild(desk)
    assert stored(desk) == before


def agreed(desk: Desk, cases: tuple[str, ...]) -> object:
    """Everything about these cases that two stores must agree on."""
    return [
        (
            desk.find(case).case,
            state_of(desk, case),
            [(row.case, row.crn, row.name, row.rosh) for row in desk.store.cases()],
        )
        for case in cases
    ]


def state_of(desk: Desk, case: str) -> object:
    """A case as it stands and what follows from it."""
    stood = desk.case(case)
    outcome = desk.outcome(stood)
    return (
        {v.id: v.content is not None for v in stood.versions()},
        {entry.id: (entry.status, [head.id for head in entry.heads]) for entry in stood.entries.values()},
        [(f.fact, f.of, f.values, f.disputed) for f in stood.facts("2026-03-20", desk.library.facts)],
        sorted((duty.duty, duty.due, duty.met_by, duty.because.says) for duty in outcome.duties),
        sorted((finding.finding, finding.says) for finding in outcome.findings),
    )
