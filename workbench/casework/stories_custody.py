"""Time in custody, and what must stand before release."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from workbench.casework.sample import Story, Turn
from workbench.casework.stories_outline import Life, day


def prison(story: Story, ago: int, **more: Any) -> Turn:
    """What the prison was asked, and what it restricts."""
    on = day(story, ago)
    answers = {
        "on": on.isoformat(),
        "establishment": "HMP Sample Moor (invented)",
        "category": "C",
        "pom": "Sample POM Jo Marsh",
        "conduct": "Works in the gardens; no adjudications this year.",
        "status": "pprc",
        "status_why": "The index offence was against a child.",
        "restrictions": story.rows({"what": "No letters or calls to children", "review_on": on.isoformat()}),
        "monitored": "not-monitored",
        "asked_on": (on - timedelta(days=20)).isoformat(),
        "answered_on": on.isoformat(),
        "answer": "No security information that bears on release.",
    }
    return story.add("custody", on, {**answers, **more}, hour=10)


def before_release(story: Story, ago: int, life: Life, *, settled: bool) -> None:
    """Needs, referral and the release board, with some of it still open."""
    on = day(story, ago)
    out = story.today + timedelta(days=life.release_in or 0)
    room = {"area": "accommodation", "need": "A room away from schools", "offered": "Approved Premises"}
    account = {"area": "money", "need": "A bank account", "meets": "no"}
    needs = story.rows({**room, "meets": "yes"}, account)
    story.add("resettlement", on, {"on": on.isoformat(), "needs": needs}, hour=11)
    referral(story, max(ago, 60), "ap", "Central referral unit", state="accepted", urgency="standard")
    board: dict[str, Any] = {
        "on": on.isoformat(),
        "release_on": out.isoformat(),
        "no_offices": "yes" if out.weekday() >= 4 else "no",
        "com": "Video call of last month.",
        "handover_on": day(story, min(life.began - 10, 200)).isoformat(),
        "level_told_on": day(story, min(life.began - 10, 190)).isoformat(),
        "prison_meeting_on": day(story, 30).isoformat(),
        "ap": "placed",
        "licence": "Standard, with exclusion zone and devices; each tied to the index offence.",
        "money": "Discharge grant; benefit claim booked.",
        "travel": "By train; met at the station.",
        "first_appointment": story.at(out, 14),
    }
    if board["no_offices"] == "yes":
        board["until_open"] = "AP duty manager, 01632 960111; medicines for seven days in hand."
    if settled:
        confirmed = {
            "confirmed_on": on.isoformat(),
            "checked": "Police and children's services, both this month.",
        }
        licence = {
            "licence_agreed_on": on.isoformat(),
            "vlo_view": "Asks for the zone; heard.",
            "explained_on": on.isoformat(),
            "understood": "Said each condition back.",
        }
        board |= confirmed | licence | {"tonight": "Sample House (invented)"}
    story.add("pre-release", on, board, hour=14)


def referral(story: Story, ago: int, kind: str, to_whom: str, **more: str) -> Turn:
    """A referral to a programme or another agency."""
    on = day(story, ago)
    since = (
        {}
        if more.get("state", "referred") == "referred"
        else {"state_on": day(story, max(ago - 9, 0)).isoformat()}
    )
    answers = {
        "on": on.isoformat(),
        "kind": kind,
        "to_whom": to_whom,
        "needs": "Reads slowly; mornings are best.",
        "consent": "agrees",
        "state": "referred",
        **since,
        **more,
    }
    return story.add("referral", on, answers, hour=11)
