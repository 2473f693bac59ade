"""Levels, assessments, plans and recalls of the invented people."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from workbench.casework.sample import Story, Turn
from workbench.casework.stories_outline import Life, Told, day

FACTORS = (
    "opportunity",
    "sexual_preoccupation",
    "offence_related_interests",
    "emotional_congruence",
    "hostile_orientation",
    "self_management",
    "social_influences",
    "commitment_to_desist",
    "intimate_relationship",
    "positive_routine",
    "social_investment",
)
PROTECTIVE = FACTORS[7:]


def level(story: Story, life: Life, ago: int, overall: str, hour: int = 12, **how: Any) -> Turn:
    """Records the risk of serious harm."""
    lower = {"very high": "high", "high": "medium", "medium": "low", "low": "low"}[overall]
    answers = {
        "on": day(story, ago).isoformat(),
        "children": overall,
        "public": lower,
        "known_adult": lower,
        "staff": "low",
        "overall": overall,
        "who": story.say("rosh_who"),
        "nature": story.say("rosh_nature"),
        "when": story.say("rosh_when"),
        "increases": story.say("increases"),
        "reduces": story.say("reduces"),
    }
    return story.add("rosh", day(story, ago), answers, hour=hour, **how)


def oasys(story: Story, ago: int, kind: str, **more: str) -> Turn:
    """Records an OASys done elsewhere."""
    on = day(story, ago)
    return story.add("oasys-record", on, {"kind": kind, "done_on": on.isoformat(), **more}, hour=16)


def arms(
    story: Story,
    ago: int,
    sources: Sequence[str] = ("police", "observation", "self-report"),
    kind: str = "initial",
) -> Turn:
    """An assessment of the eleven factors, each with evidence."""
    on = day(story, ago)
    answers: dict[str, Any] = {
        "done_on": on.isoformat(),
        "trained": "yes",
        "kind": kind,
        "with_police": "shared",
        "overall": story.pick(["low", "medium", "high"]),
        "reasoning": story.say("arms_reasoning"),
        "oasys": "Items 11.11, 11.12 and 12.9 to follow this assessment.",
        "person_view": "Agrees with most of it; thinks the part on routine is too hard on him.",
    }
    actions = story.rows(
        {
            "what": "Plan the evenings and check the diary each week",
            "who": story.team.name("practitioner"),
            "by": (on + timedelta(days=60)).isoformat(),
            "answers": ["self-management", "positive-routine"],
        },
        {
            "what": "Joint visit with police",
            "who": "MOSOVO officer",
            "by": (on + timedelta(days=90)).isoformat(),
            "answers": ["opportunity"],
        },
    )
    for factor in FACTORS:
        managed = [row["id"] for row in actions if factor.replace("_", "-") in row["answers"]]
        answers[factor] = {**_rated(story, factor, sources, on.isoformat()), "managed_by": managed}
    return story.add("arms", on, {**answers, "actions": actions})


def _rated(story: Story, factor: str, sources: Sequence[str], on: str) -> dict[str, Any]:
    scale = ["emerging", "established", "absent"] if factor in PROTECTIVE else ["low", "medium", "high"]
    evidence = story.rows(
        *(
            {
                "text": story.say("arms_evidence"),
                "source": source,
                "on": on,
                "checked": "confirmed" if source == "police" else "not-checked",
            }
            for source in story.chance.sample(sources, min(2, len(sources)))
        )
    )
    return {"rating": story.pick(scale), "known": story.say("arms_known"), "evidence": evidence}


def level_one(story: Story, ago: int) -> Turn:
    """A MAPPA Level 1 review with what police said."""
    on = day(story, ago)
    answers = {
        "reviewed_on": on.isoformat(),
        "contributors": story.rows(
            {
                "kind": "police",
                "name": "MOSOVO officer",
                "contributed": story.say("review"),
                "done_on": on.isoformat(),
            }
        ),
        "visor_on": on.isoformat(),
        "changes": story.say("mappa_changes"),
        "assessments": "ARMS and OASys still hold.",
        "disclosure_considered": "yes",
        "disclosure_reason": "Nobody new is at risk whom the present plan does not reach.",
        "decision": "retain-endorsed",
        "decision_why": story.say("mappa_decision"),
        "endorsed_by": story.team.name("spo"),
    }
    return story.add("mappa-level-1-review", on, answers)


def plan(story: Story, ago: int, life: Life, told: Told, *, release: bool, agencies: bool = True) -> Turn:
    """A risk management plan with four pillars, contingency and actions with owners."""
    on = day(story, ago)
    officer = story.team.name("practitioner")
    answers: dict[str, Any] = {
        **_situation(story),
        **_pillars(story, told, officer, (on + timedelta(days=30)).isoformat()),
        **_contingency(story, officer, story.team.name("spo")),
        **_own_page(story, officer, on.isoformat()),
        "review_on": (on + timedelta(days=120)).isoformat(),
    }
    if agencies:
        answers["agencies"] = story.rows(
            {"name": "Police (MOSOVO)", "agreed": "Visits and device checks", "agreed_on": on.isoformat()},
            {
                "name": "Children's services",
                "agreed": "To be told of any new household",
                "agreed_on": on.isoformat(),
            },
        )
    if release and life.release_in is not None:
        answers["release_on"] = (story.today + timedelta(days=life.release_in)).isoformat()
        answers["first_72_hours"] = story.rows(
            {"when": "Day 1, by 14:00", "who": officer, "what": "First meeting and conditions explained"},
            {"when": "Day 2", "who": "MOSOVO officer", "what": "First visit and notification"},
            {"when": "Day 3", "who": "AP key worker", "what": "Room check and evening routine"},
        )
        answers["until_offices_open"] = story.rows(
            {"what": "Anything about the address", "who": "AP duty manager", "phone": "01632 960111"}
        )
    return story.add("risk-management-plan", on, answers)


def _situation(story: Story) -> dict[str, Any]:
    return {
        "key_information": story.say("key_information"),
        "at_risk": story.rows(
            {
                "who": "Children in any household he joins",
                "from_what": story.say("rosh_nature"),
                "what_holds": "No unsupervised contact; police and probation visits; children's services told.",
            },
            {
                "who": "Adult victim A",
                "from_what": "Approach or message",
                "what_holds": "Exclusion zone; VLO told.",
            },
        ),
    }


def _pillars(story: Story, told: Told, officer: str, by: str) -> dict[str, Any]:
    met, watched = (told.conditions.get(kind, ()) for kind in ("supervision", "monitoring"))
    meetings = {"what": "Weekly meetings", "who": officer, "by": by, "answers": ["self-management", *met]}
    checks = {
        "what": "Check devices at each visit",
        "who": "MOSOVO officer",
        "by": by,
        "answers": ["opportunity", "sexual-preoccupation", *watched],
    }
    exercise = {"what": "First exercise", "who": officer, "by": by, "answers": ["positive-routine"]}
    return {
        "supervision": story.say("supervision"),
        "supervision_actions": story.rows(meetings),
        "monitoring": story.say("monitoring"),
        "mosovo_officer": "Sample MOSOVO Officer Pat Hale",
        "police_visits": "Four a year, not announced.",
        "monitoring_actions": story.rows(checks),
        "interventions": story.say("interventions_plan"),
        "intervention_actions": story.rows(exercise),
        "victim_safety": story.say("victim_safety"),
        "victim_actions": story.rows({"what": "Tell the VLO of each change", "who": officer, "by": by}),
    }


def _contingency(story: Story, officer: str, spo: str) -> dict[str, Any]:
    return {
        "contingency": story.rows(
            {
                "trigger": "Seen near the school",
                "kind": "sign",
                "who": officer,
                "action": "ring the duty SPO and police, consider recall",
                "within": "the same day",
            },
            {
                "trigger": "A new household with children",
                "kind": "person-at-risk",
                "who": officer,
                "action": "tell children's services and police",
                "within": "the same day",
                "police_only": "yes",
            },
            {
                "trigger": "Loss of the address",
                "kind": "support-lost",
                "who": spo,
                "action": "emergency AP request",
                "within": "the same day",
            },
        ),
        "out_of_hours": story.rows(
            {"matter": "Danger now", "who": "Police", "phone": "999"},
            {"matter": "Any breach", "who": "Duty manager", "phone": "01632 960100"},
        ),
    }


def _own_page(story: Story, officer: str, on: str) -> dict[str, Any]:
    return {
        "person_view": "Wants to keep the allotment and to see his sister; finds the evening rule hard.",
        "told_on": on,
        "my_must": story.rows(
            {"text": "Come to each meeting."}, {"text": "Tell us before you stay anywhere else."}
        ),
        "my_must_not": story.rows(
            {"text": "Be alone with anyone under 18."}, {"text": "Delete what is on a phone."}
        ),
        "my_if": story.rows({"text": "If you lose your room, ring us the same day."}),
        "my_help": story.rows({"who": officer, "phone": "01632 960123", "text": "your officer"}),
    }


def recall(story: Story, ago: int, *states: str) -> Turn:
    """A recall from consideration through the states named, each half a day on."""
    last: Turn | None = None
    officer, spo, aco = (story.team.name(part) for part in ("second", "second", "aco"))
    for n, state in enumerate(states):
        on = day(story, max(ago - n, 0))
        answers: dict[str, Any] = {
            "state": state,
            "state_at": story.at(on, 10 + n % 4),
            "kind": "standard",
            "officer_stand_in": officer,
            "spo_stand_in": spo,
            "aco": aco,
            "trigger": "Two missed meetings, and a message to a child that police found.",
            "trigger_plan": "yes",
            "trigger_plan_why": "The victim liaison officer was rung the same hour.",
            "mappa_checked": "yes",
            "reason": "The risk can no longer be managed in the community.",
        }
        by = {"spo-agreed": "spo", "aco-authorised": "aco", "cancelled": "aco"}.get(state, "practitioner")
        keep = {name: value for name, value in answers.items() if _asked(state, name)}
        if last is None:
            last = story.add("recall", on, keep, by=by)
        else:
            last = story.add("recall", on, keep, by=by, amends=last, because=f"Now: {state}.")
    assert last is not None
    return last


def _asked(state: str, question: str) -> bool:
    only: dict[str, tuple[str, ...]] = {
        "trigger_plan": ("spo-agreed", "aco-authorised", "not-recalled", "cancelled"),
        "trigger_plan_why": ("spo-agreed", "aco-authorised", "not-recalled", "cancelled"),
        "reason": ("spo-agreed", "aco-authorised", "not-recalled", "cancelled"),
    }
    return state in only.get(question, (state,))
