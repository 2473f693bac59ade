"""The golden thread: what people linked stands side by side, and what nobody linked is seen to be loose."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.forms.examples import EXAMPLES
from workbench.casework import recording, threads
from workbench.casework.desk import Desk
from workbench.casework.threads import Threads


def write(desk: Desk, case: str, form: str, **more: Any) -> str:
    """Signs the worked example of a form with other answers; gives the entry."""
    session = recording.start(desk, case, form)
    session.restore({**EXAMPLES[form][0], **more})
    return recording.sign(desk, case, session).entry or ""


def rated(rating: str, **more: Any) -> dict[str, Any]:
    """A factor as rated, with evidence."""
    seen = [{"id": "e1", "text": "Seen.", "source": "observation", "on": "2026-03-01"}]
    return {"rating": rating, "known": "It is known.", "evidence": seen, **more}


@pytest.fixture
def case(desk: Desk, registered: Callable[..., str]) -> str:
    """Somebody with an ARMS, a plan, exercises and signs."""
    case = registered(gender="man", tools="men")
    write(desk, case, "sentence")
    visit = write(desk, case, "home-visit")
    told = write(desk, case, "information-exchange")
    write(
        desk,
        case,
        "arms",
        opportunity=rated("high", changed="He moved away from the school.", managed_by=["a2"]),
        self_management=rated("medium"),
        social_influences=rated("high"),
        actions=[],
    )
    actions = [
        {"id": "a1", "what": "Plan the week", "who": "A", "by": "2026-04-01", "answers": ["self-management"]},
        {
            "id": "a2",
            "what": "Joint visit",
            "who": "B",
            "done_on": "2026-03-02",
            "shown_by": [visit, told, "gone"],
        },
        {"id": "a3", "what": "Ring somebody", "who": "C", "by": "2026-04-01"},
    ]
    triggers = [
        {
            "id": "c1",
            "trigger": "Alone by the school",
            "who": "A",
            "action": "ring police",
            "within": "today",
        },
        {"id": "c2", "trigger": "The room is lost", "who": "A", "action": "ask for a place"},
    ]
    write(desk, case, "risk-management-plan", monitoring_actions=actions, contingency=triggers)
    signs = [
        {"id": "s1", "sign": "alone by the  school", "source": "police", "do": "Ring the office"},
        {"id": "s2", "sign": "Stops answering", "source": "police", "do": "Visit"},
    ]
    write(desk, case, "warning-signs", signs=signs)
    return case


def strand(found: Threads, factor: str) -> threads.Strand:
    """The strand of one factor."""
    return next(each for each in found.strands if each.factor == factor)


def test_an_action_answers_the_factors_it_names_and_those_that_name_it(desk: Desk, case: str) -> None:
    """From either side; a factor that neither names has nothing done about it."""
    found = threads.threads(desk, case)
    week = next(work for work in strand(found, "self-management").works if work.what == "Plan the week")
    assert (week.who, week.by) == ("A", "2026-04-01")
    moved = strand(found, "opportunity")
    assert [work.what for work in moved.works if work.entry == found.planned] == ["Joint visit"]
    assert (moved.says, moved.changed, moved.protective) == (
        "High priority",
        "He moved away from the school.",
        False,
    )
    assert strand(found, "social-influences").works == ()


def test_visits_and_evidence_stand_apart_and_what_is_not_here_is_left_out(desk: Desk, case: str) -> None:
    """Visits are where it was worked on; everything else shows that it happened."""
    found = threads.threads(desk, case)
    joint = next(work for work in strand(found, "opportunity").works if work.what == "Joint visit")
    forms = desk.case(case).entries
    assert [forms[entry].form for entry in joint.worked] == ["home-visit"]
    assert [forms[entry].form for entry in joint.shown] == ["information-exchange"]


def test_an_action_that_answers_no_factor_is_loose(desk: Desk, case: str) -> None:
    """And no other action of the plan."""
    found = threads.threads(desk, case)
    assert "Ring somebody" in [work.what for work in found.loose]
    assert not {"Plan the week", "Joint visit"} & {work.what for work in found.loose}


def test_an_exercise_leads_from_its_factor_to_its_sessions(desk: Desk, case: str) -> None:
    """By its name; one that was planned and never begun has none."""
    exercises = [
        {
            "id": "x1",
            "theme": "routine",
            "title": "A week that holds",
            "factor": "self-management",
            "why": "ARMS",
        },
        {
            "id": "x2",
            "theme": "closeness",
            "title": "Good people",
            "factor": "self-management",
            "why": "ARMS",
        },
    ]
    write(desk, case, "maps-plan", exercises=exercises)
    session = write(desk, case, "maps-session", theme="routine", exercise="a week that holds ")
    works = strand(threads.threads(desk, case), "self-management").works
    assert {work.what: work.worked for work in works if work.kind == "exercise"} == {
        "A week that holds": (session,),
        "Good people": (),
    }


def test_a_sign_stands_beside_what_the_plan_does_on_it(desk: Desk, case: str) -> None:
    """In the same words, however written; a trigger of no listed sign stands besides."""
    found = threads.threads(desk, case)
    assert [[answer.action for answer in sign.plan] for sign in found.signs] == [["ring police"], []]
    assert [answer.trigger for answer in found.besides] == ["The room is lost"]


def test_a_case_without_arms_or_plan_has_an_empty_map(desk: Desk, registered: Callable[..., str]) -> None:
    """And says what it would rest on."""
    assert threads.threads(desk, registered("X100009")) == Threads("", "", (), (), (), ())
