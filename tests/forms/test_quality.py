"""Findings shown to the author before signing: each when it should, and silent when it should not."""

from __future__ import annotations

from typing import Any

import pytest

from tests.forms.conftest import Begin
from workbench.forms import quality


def rules(found: object) -> list[tuple[str, str]]:
    return [(each.rule, each.question) for each in found]  # type: ignore[attr-defined]


def item(source: str, **more: str) -> dict[str, str]:
    return {"id": "1", "text": "x", "source": source, **more}


@pytest.mark.parametrize(
    ("evidence", "said"),
    [
        ([item("self-report")], True),
        ([item("self-report", checked="not-checked")], True),
        ([item("self-report", checked="confirmed")], False),
        ([item("self-report"), item("police")], False),
        ([], False),
        (None, False),
    ],
)
def test_self_report_alone(evidence: Any, said: bool) -> None:
    assert bool(list(quality.self_report_only("q", "Q", evidence))) == said


@pytest.mark.parametrize(
    ("factor", "level"),
    [
        ({"rating": "high"}, "serious"),
        ({"rating": "medium"}, "warn"),
        ({"rating": "high", "managed_by": ["a"]}, None),
        ({"rating": "low"}, None),
        ({"rating": "absent"}, None),
        ("high", None),
    ],
)
def test_factor_without_action(factor: Any, level: str | None) -> None:
    found = [row[2] for row in quality.factor_without_action("q", "Q", factor)]
    assert found == ([] if level is None else [level])


def test_an_action_that_answers_the_factor_counts(begin: Begin) -> None:
    session = begin("arms")
    session.answer("self_management/rating", "medium")
    assert rules(session.findings()) == [("factor-without-action", "self_management")]
    row = session.add_row("actions")
    session.answer("actions", [{"id": row, "who": "me", "by": "2026-04-01", "answers": ["self-management"]}])
    assert session.findings() == ()


def test_an_action_needs_an_owner_and_a_date() -> None:
    actions = [
        {"id": "a", "what": "Ask police", "who": "me", "by": "2026-04-01"},
        {"id": "b", "what": "Ask police"},
        {"id": "c", "what": "Ask health", "by": "2026-04-01"},
    ]
    assert [row[3].en for row in quality.actions_incomplete("q", actions)] == [
        "Ask police: without an owner and a date.",
        "Ask health: without an owner.",
    ]


OLD = "He lives with his sister in the flat above the shop. Work goes well."


@pytest.mark.parametrize(
    ("text", "before", "share"),
    [
        (OLD, OLD, 100),
        (OLD, "", 0),
        ("Nothing at all of what was there stands here now.", OLD, 0),
        ("he lives WITH his sister, in the flat; moved out in May", OLD, 66),
        ("No change.", "No change.", 100),
        ("No change.", "No change then.", 0),
        ("", OLD, 0),
    ],
)
def test_share_copied_forward(text: str, before: str, share: int) -> None:
    assert quality.copied_share(text, before) == share


def test_copied_forward_is_told_per_question(begin: Begin) -> None:
    session = begin("rosh", previous={"nature": OLD, "when": OLD})
    session.answer("nature", OLD)
    session.answer("when", "Weekends, when the sister is away at work.")
    assert rules(session.findings()) == [("copied-forward", "nature")]
    assert session.findings()[0].says.startswith("What is the harm?: 100% stands as it was")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Police will monitor.", True),
        ("Monitor contact weekly.", True),
        ("The officer and PC Example will monitor.", True),
        ("Each Monday the duty officer, Anna Example, will monitor the log.", False),
        ("I monitor the log every 14 days.", False),
        ("PC Example visits on Tuesdays.", False),
        ("Support as and when required.", True),
    ],
)
def test_vague_words_without_who_and_when(text: str, said: bool) -> None:
    assert bool(list(quality.vague("q", "Q", text))) == said


def test_vague_words_are_looked_for_in_plans_alone(begin: Begin) -> None:
    contact = begin("contact")
    contact.answer("note", "He goes to church regularly.")
    assert contact.findings() == ()
    plan = begin("risk-management-plan")
    plan.answer("supervision", "Regular contact.")
    assert ("vague-words", "supervision") in rules(plan.findings())


def test_a_plan_without_victims_or_agencies(begin: Begin) -> None:
    plan = begin("risk-management-plan")
    assert rules(plan.findings()) == [
        ("victim-section-empty", "victim_safety"),
        ("plan-names-no-other-agency", "agencies"),
    ]
    plan.answer("victim_safety", "The zone around the school holds.")
    row = plan.add_row("agencies")
    assert rules(plan.findings()) == [("plan-names-no-other-agency", "agencies")]
    plan.answer(f"agencies/{row}/name", "Police")
    assert plan.findings() == ()


def test_a_finding_says_why(begin: Begin) -> None:
    found = begin("risk-management-plan").findings()[0]
    assert (found.case, found.level, found.because.confidence) == ("case", "serious", "ours")
    assert found.because.source is not None
    assert found.because.source.dated == "2019-01"
