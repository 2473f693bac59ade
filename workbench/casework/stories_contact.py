"""What is done with the person week by week: meetings, visits, exercises; and who looks at it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from workbench.casework.sample import Story, Turn
from workbench.casework.stories_outline import Life, Told, day


def contact_plan(story: Story, ago: int, gap: int) -> Turn:
    """Agrees how often to meet."""
    on = day(story, ago)
    answers = {
        "from_day": on.isoformat(),
        "gap_days": gap,
        "purpose": "Routine, relationships, conditions.",
        "who": "alone",
        "reduces": "no",
        "review_on": (on + timedelta(days=180)).isoformat(),
    }
    agreed = story.add("contact-plan", on, answers, hour=13)
    story.act("countersign", agreed, min(on + timedelta(days=3), story.today))
    return agreed


def contact(story: Story, ago: int, how: str = "face-to-face", by: str = "practitioner", **more: Any) -> Turn:
    """A meeting, written up as check in, review, intervention, summary and tasks."""
    on = day(story, ago)
    answers: dict[str, Any] = {
        "on": story.at(on, 11, story.chance.randrange(0, 60, 5)),
        "how": how,
        "outcome": "attended",
        "seen_by": "responsible-officer" if by == "practitioner" else "duty-officer",
        "said_by": "self-report",
        "check_in": story.say("check_in"),
        "review": story.say("review"),
        "intervention": story.say("intervention"),
        "summary": story.say("summary"),
        "tasks": story.say("tasks"),
    }
    return story.add("contact", on, {**answers, **more}, by=by)


def visit(story: Story, ago: int, told: Told, **more: Any) -> Turn:
    """A visit at which the person was seen at home."""
    on = day(story, ago)
    answers: dict[str, Any] = {
        "outcome": "seen",
        "visited_on": story.at(on, 13),
        "place": told.place,
        "announced": story.pick(["yes", "no"]),
        "others": [],
        "rooms": story.say("visit_rooms"),
        "devices": story.say("visit_devices"),
        "presentation": story.say("visit_mood"),
        "differs": story.say("visit_differs"),
        "safe_back": story.at(on, 14, 30),
    }
    return story.add("home-visit", on, {**answers, **more})


def maps_for_change(story: Story, ago: int, life: Life) -> None:
    """A plan of exercises from ARMS, and its sessions: one broken off and returned to."""
    on = day(story, ago)
    exercises = (
        ("routine", "A week that holds", "self-management"),
        ("closeness", "People who are good for me", "intimate-relationship"),
        ("setbacks", "Two places to turn off", "opportunity"),
    )
    rows = story.rows(
        *(
            {"theme": theme, "title": title, "factor": factor, "why": "Named in ARMS."}
            for theme, title, factor in exercises
        )
    )
    answers = {
        "on": on.isoformat(),
        "beside": "The plan manages the risk; police visit, and children's services know.",
        "no_account": "yes",
        "exercises": rows,
        "adaptation": "Short sheets, read aloud together.",
        "person_view": "Wants to get the evenings right first.",
        "review_on": (on + timedelta(days=120)).isoformat(),
    }
    story.add("maps-plan", on, answers, hour=15)
    session(story, ago, exercises[0][:2], "delivered")
    if ago > 60:
        session(story, ago - 21, exercises[1][:2], "stopped")
        session(story, ago - 35, exercises[1][:2], "delivered", returns="yes")
    if ago > 180 and life.silence < 30:
        session(story, 40, exercises[2][:2], "partly")


def session(story: Story, ago: int, exercise: Sequence[str], outcome: str, returns: str = "no") -> Turn:
    """One session of Maps for Change."""
    on = day(story, ago)
    answers: dict[str, Any] = {
        "on": story.at(on, 14),
        "theme": exercise[0],
        "exercise": exercise[1],
        "outcome": outcome,
        "done": story.say("intervention"),
        "engagement": story.say("maps_engagement"),
    }
    if outcome in ("stopped", "missed"):
        answers["why_not"] = story.say("maps_stopped")
    else:
        answers |= {"returns": returns, "learnt": story.say("maps_learnt")}
    return story.add("maps-session", on, answers, hour=15)


def safeguarding(story: Story, ago: int) -> Turn:
    """A check asked of children's services, and its answer."""
    on = day(story, ago)
    answers: dict[str, Any] = {
        "of_whom": "childrens-services",
        "asked_on": on.isoformat(),
        "why": "Start of supervision; children in the wider family.",
        "answer": "none-yet",
    }
    asked = story.add("safeguarding-check", on, answers, hour=12)
    if ago < 8:
        return asked
    reply = {
        "answer": "answered",
        "answered_on": day(story, ago - 6).isoformat(),
        "reply": "Not known to them.",
    }
    said = {**answers, **reply}
    return story.add(
        "safeguarding-check", day(story, ago - 6), said, amends=asked, because="Answered.", hour=12
    )


def touch(story: Story, ago: int, reason: str) -> Turn:
    """A manager's look at the case."""
    on = day(story, ago)
    answers = {
        "on": on.isoformat(),
        "reason": reason,
        "read": ["plan", "contacts", "visits"],
        "fresh": "Plan of this season; last visit within the quarter.",
        "changed": story.say("touch_changed"),
        "question": story.say("touch_question"),
        "decision": "endorsed",
        "why": story.say("touch_why"),
    }
    return story.add("touch-point", on, answers, by="spo", hour=16)
