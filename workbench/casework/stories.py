"""What the sample's invented people live through: every state that a practitioner meets."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

import msgspec

from workbench import resources
from workbench.casework.sample import Story, Teller, Turn

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
STANDARD = (
    "Be of good behaviour and do nothing that undermines the purpose of supervision.",
    "Keep in touch as the supervising officer directs.",
    "Receive visits from the supervising officer at home.",
    "Live where the supervising officer has approved, and ask before staying anywhere else for a night.",
)
ADDITIONAL = (
    (
        "Have no unsupervised contact with any child under 18 without the agreement of children's services.",
        "exclusion",
    ),
    ("Declare every device that can go online and let it be checked.", "licence-additional"),
    ("Tell the supervising officer of any developing relationship.", "licence-additional"),
)


class Life(msgspec.Struct, frozen=True):
    """The outline of one case, from which a plausible history is written; days count back from today."""

    kind: str = "determinate"
    began: int = 700
    released: int | None = 400
    release_in: int | None = None
    ends_in: int = 500
    rosh: str = "high"
    registered: str = "yes"
    osp: tuple[str, str] | None = ("medium", "low")
    gender: str = "man"
    born: date = date(1979, 5, 14)
    language: str = "en"
    gap: int = 14
    silence: int = 3
    visit: bool = True
    arms: bool = True
    oasys: bool = True
    after_arms: bool = True
    mappa: tuple[str, str] | None = ("1", "1")
    plan: str = "countersigned"
    child: bool = False
    partner: bool = False
    place: str = "rented"
    innocence: bool = False
    lead: str = "probation"
    opd: bool = True
    maps: str = "use"
    polygraph: bool = False


CUSTODIAL = ("determinate", "extended", "indeterminate")


class Told(msgspec.Struct):
    """What later turns of a story point back to."""

    entries: dict[str, Turn] = {}
    people: dict[str, str] = {}
    place: str = ""


def day(story: Story, ago: int) -> date:
    """So many days before today."""
    return story.today - timedelta(days=ago)


def live(story: Story, life: Life) -> Told:
    """Writes the ordinary course of a case up to today."""
    told = Told()
    start = life.began
    community = life.released if life.kind in CUSTODIAL else life.began
    _beginning(story, life, told, start)
    if life.kind in CUSTODIAL and life.released is None:
        _in_custody(story, life, told)
        return told
    assert community is not None
    _home(story, life, told, community)
    _assessments(story, life, told, community)
    _contacts(story, life, community)
    return told


def _beginning(story: Story, life: Life, told: Told, start: int) -> None:
    on = day(story, start)
    team = story.team
    registration: dict[str, Any] = {
        "taken_on": on.isoformat(),
        "tools": "men" if life.gender == "man" else "women",
        "name": story.name,
        "crn": story.crn,
        "born": life.born.isoformat(),
        "gender": life.gender,
        "language": life.language,
        "lead": life.lead,
        "officer": team.name("practitioner"),
        "spo": team.name("spo"),
        "aco": team.name("aco"),
        "officer_stand_in": team.name("second"),
    }
    registration["mappa_category"] = life.mappa[0] if life.mappa else "none"
    told.entries["registration"] = story.add("registration", on, registration, hour=9)
    sentence: dict[str, Any] = {
        "id": story.ids.new(),
        "kind": life.kind,
        "offence": story.pick(["sexual assault of a child", "making indecent images", "sexual assault"]),
        "length": f"{story.chance.randrange(12, 96)} months",
    }
    if life.kind != "indeterminate":
        sentence["ends_on"] = (story.today + timedelta(days=life.ends_in)).isoformat()
    if life.release_in is not None:
        sentence["release_on"] = (story.today + timedelta(days=life.release_in)).isoformat()
        sentence["release_from"] = "confirmed"
    answers = {
        "sentenced_on": on.isoformat(),
        "court": f"{story.pick(story.stuff.names.towns)} Crown Court",
        "sentences": [sentence],
        "sexual": "yes",
        "registered": life.registered,
        "contact": story.pick(["contact", "images", "online"]),
        "victim": story.pick(["child", "adult"]),
    }
    told.entries["sentence"] = story.add("sentence", on, answers, hour=10)
    if life.released is not None:
        row = {**sentence, "released_on": day(story, life.released).isoformat()}
        told.entries["sentence"] = story.add(
            "sentence",
            day(story, life.released),
            {**answers, "sentences": [row]},
            amends=told.entries["sentence"],
            because="Released.",
            hour=9,
        )
    if life.mappa:
        set_on = {"on": on.isoformat(), "category": life.mappa[0], "lead": life.lead, "level": life.mappa[1]}
        why = (
            "Two agencies can manage this between them."
            if life.mappa[1] == "1"
            else "Several agencies are needed."
        )
        told_of = story.rows({"who": "Prison, police and children's services", "done_on": on.isoformat()})
        story.add("mappa-level", on, {**set_on, "why": why, "told": told_of}, hour=12)
    if life.osp:
        scored = on.isoformat()
        scores = {"osp_dc": life.osp[0], "osp_dc_on": scored, "osp_iic": life.osp[1], "osp_iic_on": scored}
        story.add("scores", on, {**scores, "from_where": "oasys"}, hour=11)
    references = story.rows({"reference": "Victim A", "relation": "Known to the family"})
    scheme = "opted-in" if life.kind in CUSTODIAL else "not-eligible"
    victims = {"on": on.isoformat(), "references": references, "scheme": scheme}
    story.add(
        "victims", on, {**victims, "trigger_plan": "The victim liaison officer is rung at once."}, hour=13
    )
    flags(story, max(start - 80, 5) if life.released is None else max(life.released - 20, 5), life)


def flags(story: Story, ago: int, life: Life) -> Turn:
    """Copies the registers that nDelius holds, and looks at them again two months ago."""
    held = [
        ("RMRH", "Medium risk of serious harm") if life.rosh == "medium" else ("RHRH", "Risk of serious harm")
    ]
    if life.registered == "yes":
        held.append(("ARSO", "Registered sexual offender"))
    if life.mappa:
        held.append(("MAPP", "MAPPA"))
    last = story.add("flags", day(story, ago), _flags(story, ago, held), hour=14)
    if ago > 70 and life.silence < 30:
        last = story.add("flags", day(story, 60), _flags(story, 60, held), hour=14)
    return last


def _flags(story: Story, ago: int, held: Sequence[tuple[str, str]]) -> dict[str, Any]:
    rows = story.rows(*({"code": code, "means": means, "at_end": "remove"} for code, means in held))
    return {"on": day(story, ago).isoformat(), "flags": rows}


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


def _in_custody(story: Story, life: Life, told: Told) -> None:
    prison(story, 100)
    touch(story, 70, "periodic")
    told.entries["rosh"] = level(story, life, max(life.began - 20, 2), life.rosh)
    _people(story, life, told, max(life.began - 18, 2))
    _conditions(story, life, max(min(life.began - 30, 60), 2))
    if life.oasys:
        oasys(story, max(life.began - 60, 2), "initial")
    for ago in range(min(life.began - 30, 300), life.silence, -45):
        contact(story, ago, "video")
    if life.plan != "none":
        told.entries["plan"] = plan(story, 14, life, release=True)
        if life.plan == "countersigned":
            story.act("countersign", told.entries["plan"], day(story, 10))
    if life.release_in is not None:
        before_release(story, 12, life, settled=life.plan == "countersigned")


def _home(story: Story, life: Life, told: Told, community: int) -> None:
    _people(story, life, told, community)
    safeguarding(story, max(community - 2, 0))
    told.entries["address"] = home(story, life, community, told)
    _conditions(story, life, community)


def _people(story: Story, life: Life, told: Told, ago: int) -> None:
    names = story.stuff.names
    on = day(story, ago)
    people = [
        {
            "name": f"{story.pick(names.women)} {story.pick(names.last)}",
            "relation": "sibling",
            "under_18": "no",
            "contact_allowed": "yes",
            "household": "no",
            "told": "yes",
        },
    ]
    if life.partner:
        people.append(
            {
                "name": f"{story.pick(names.partners)} {story.pick(names.last)}",
                "relation": "partner",
                "under_18": "no",
                "contact_allowed": "yes",
                "household": "yes",
                "told": "yes",
            }
        )
    if life.child:
        people.append(
            {
                "name": f"{story.pick(names.children)} {story.name.split()[-1]}",
                "relation": "child",
                "under_18": "yes",
                "contact_allowed": "no",
                "household": "no",
                "told": "no",
            }
        )
    rows = story.rows(*people)
    told.people = {row["relation"]: row["id"] for row in rows}
    told.entries["people"] = story.add("people", on, {"on": on.isoformat(), "people": rows}, hour=10)


def _conditions(story: Story, life: Life, ago: int) -> None:
    on = day(story, ago)
    conditions = [
        {
            "kind": "licence-standard",
            "wording": words,
            "in_force": "yes",
            "from_day": on.isoformat(),
            "purpose": "Every order or licence has it, so that we meet and know where the person lives.",
        }
        for words in STANDARD
    ] + [
        {
            "kind": kind,
            "wording": words,
            "in_force": "yes",
            "from_day": on.isoformat(),
            "purpose": "Protects children and anyone who does not know of the offence.",
            "told_on": on.isoformat(),
            "understood": "Said it back in his own words.",
        }
        for words, kind in ADDITIONAL
    ]
    if life.polygraph:
        conditions.append(
            {
                "kind": "polygraph",
                "wording": "Attend polygraph sessions as instructed.",
                "in_force": "yes",
                "from_day": on.isoformat(),
                "purpose": "Helps to see whether the other conditions are kept.",
            }
        )
    story.add(
        "orders-and-conditions",
        on,
        {"on": on.isoformat(), "conditions": story.rows(*conditions), "registered": life.registered},
        hour=11,
    )
    signs = story.rows(
        *(
            {"sign": words, "kind": "habit", "source": "observation", "do": story.say("sign_do")}
            for words in story.chance.sample(story.stuff.phrases["signs"], 3)
        )
    )
    story.add("warning-signs", on, {"signs": signs}, hour=12)


def home(story: Story, life: Life, ago: int, told: Told) -> Turn:
    """Records where the person sleeps."""
    names, on = story.stuff.names, day(story, ago)
    row: dict[str, Any] = {
        "text": f"{story.chance.randrange(1, 90)} {story.pick(names.streets)}, {story.pick(names.towns)}",
        "type": life.place,
        "from_day": on.isoformat(),
        "children": "no",
        "police_view": "No objection.",
    }
    if life.place == "ap":
        row["text"] = story.pick(names.aps)
    if life.place == "hotel":
        row |= {"paid_by": "council", "alternatives": "Two hostels full; council placement."}
    rows = story.rows(row)
    told.place = rows[0]["id"]
    fixed = "yes" if life.place in ("street", "sofa") else "no"
    return story.add("address", on, {"on": on.isoformat(), "no_fixed_abode": fixed, "places": rows}, hour=10)


def _assessments(story: Story, life: Life, told: Told, community: int) -> None:
    told.entries["rosh"] = level(story, life, max(community - 4, 0), life.rosh)
    contact_plan(story, max(community - 6, 0), life.gap)
    if life.oasys and community > 13:
        oasys(story, community - 12, "initial")
    if life.visit and community > 12:
        told.entries["visit"] = visit(story, community - 11, told)
    if life.arms and community > 40 and life.gender == "man":
        told.entries["arms"] = arms(story, community - 36)
        if life.after_arms and community > 45:
            oasys(story, community - 39, "review", after_arms="yes")
    _work(story, life, community)
    _reviews(story, life, told, community)


def _work(story: Story, life: Life, community: int) -> None:
    if community > 30 and life.gender == "man":
        opd = {"opd_screened": "yes", "opd_outcome": "In scope; consultation held."} if life.opd else {}
        maps = {"maps": life.maps} if life.maps else {}
        story.add(
            "interventions",
            day(story, community - 28),
            {"on": day(story, community - 28).isoformat(), **maps, **opd},
        )
        if life.maps:
            maps_for_change(story, community - 29, life)
    if community > 25:
        touch(story, community - 20, "post-release" if life.released else "allocation")
        if community > 130 and life.silence < 30:
            touch(story, story.pace.looked, "periodic")


def _reviews(story: Story, life: Life, told: Told, community: int) -> None:
    if life.mappa and life.mappa[1] == "1":
        for ago in range(community - 150, 20, -170):
            told.entries["mappa"] = level_one(story, ago)
            story.act("countersign", told.entries["mappa"], day(story, ago - 3))
            if life.arms and life.gender == "man" and ago < 190:
                told.entries["arms"] = arms(story, ago, kind="review")
                oasys(story, ago - 4, "review", after_arms="yes")
    if life.plan != "none" and community > 8:
        told.entries["plan"] = plan(story, max(community - 7, 0), life, release=False)
        if life.plan == "countersigned":
            story.act("countersign", told.entries["plan"], day(story, max(community - 10, 0)))
        if community > 130 and life.silence < 30:
            told.entries["plan"] = plan(story, 45, life, release=False)
            if life.plan == "countersigned":
                story.act("countersign", told.entries["plan"], day(story, 42))
    if community > 190 and life.silence < 30:
        contact_plan(story, 55, life.gap)


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


def oasys(story: Story, ago: int, kind: str, **more: str) -> Turn:
    """Records an OASys done elsewhere."""
    on = day(story, ago)
    return story.add("oasys-record", on, {"kind": kind, "done_on": on.isoformat(), **more}, hour=16)


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


def _contacts(story: Story, life: Life, community: int) -> None:
    for n, ago in enumerate(range(community - 2, life.silence - 1, -life.gap)):
        if n and story.chance.random() < 0.06:
            on = day(story, ago)
            story.add(
                "contact",
                on,
                {
                    "on": story.at(on, 10),
                    "how": "face-to-face",
                    "outcome": "did-not-attend",
                    "explanation": story.say("missed"),
                },
            )
        else:
            coming = story.at(
                day(story, ago) + timedelta(days=life.gap), 11, story.chance.randrange(0, 60, 15)
            )
            by = "pso" if n and story.chance.random() < 0.08 else "practitioner"
            contact(story, ago, by=by, next_appointment=coming)


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
    needs = story.rows(
        {
            "area": "accommodation",
            "need": "A room away from schools",
            "offered": "Approved Premises",
            "meets": "yes",
        },
        {"area": "money", "need": "A bank account", "meets": "no"},
    )
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
        scale = ["emerging", "established", "absent"] if factor in PROTECTIVE else ["low", "medium", "high"]
        evidence = story.rows(
            *(
                {
                    "text": story.say("arms_evidence"),
                    "source": source,
                    "on": on.isoformat(),
                    "checked": "confirmed" if source == "police" else "not-checked",
                }
                for source in story.chance.sample(sources, min(2, len(sources)))
            )
        )
        answers[factor] = {
            "rating": story.pick(scale),
            "known": story.say("arms_known"),
            "evidence": evidence,
            "managed_by": [row["id"] for row in actions if factor.replace("_", "-") in row["answers"]],
        }
    return story.add("arms", on, {**answers, "actions": actions})


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


def plan(story: Story, ago: int, life: Life, *, release: bool, agencies: bool = True) -> Turn:
    """A risk management plan with four pillars, contingency and actions with owners."""
    on = day(story, ago)
    officer, spo = story.team.name("practitioner"), story.team.name("spo")
    by = (on + timedelta(days=30)).isoformat()
    answers: dict[str, Any] = {
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
        "supervision": story.say("supervision"),
        "supervision_actions": story.rows(
            {"what": "Weekly meetings", "who": officer, "by": by, "answers": ["self-management"]}
        ),
        "monitoring": story.say("monitoring"),
        "mosovo_officer": "Sample MOSOVO Officer Pat Hale",
        "police_visits": "Four a year, not announced.",
        "monitoring_actions": story.rows(
            {
                "what": "Check devices at each visit",
                "who": "MOSOVO officer",
                "by": by,
                "answers": ["opportunity", "sexual-preoccupation"],
            }
        ),
        "interventions": story.say("interventions_plan"),
        "intervention_actions": story.rows(
            {"what": "First exercise", "who": officer, "by": by, "answers": ["positive-routine"]}
        ),
        "victim_safety": story.say("victim_safety"),
        "victim_actions": story.rows({"what": "Tell the VLO of each change", "who": officer, "by": by}),
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
        "person_view": "Wants to keep the allotment and to see his sister; finds the evening rule hard.",
        "told_on": on.isoformat(),
        "my_must": story.rows(
            {"text": "Come to each meeting."}, {"text": "Tell us before you stay anywhere else."}
        ),
        "my_must_not": story.rows(
            {"text": "Be alone with anyone under 18."}, {"text": "Delete what is on a phone."}
        ),
        "my_if": story.rows({"text": "If you lose your room, ring us the same day."}),
        "my_help": story.rows({"who": officer, "phone": "01632 960123", "text": "your officer"}),
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


# The turns of each case. The list is in a fixed order, so that a case keeps its CRN from seed to seed.


def _ordinary(*more: Callable[[Story], object], **outline: Any) -> Teller:
    """An ordinary life, with what else happened in it."""

    def tell(story: Story) -> None:
        live(story, Life(**outline))
        for happens in more:
            happens(story)

    return tell


class Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An entry of `entries.yaml`: its question `on` is the day `ago`; a row gets an id, a day is counted back."""

    form: str
    ago: int
    answers: dict[str, Any]
    by: str = "practitioner"


def _besides(name: str) -> Callable[[Story], object]:
    """The entries that stand under a name in `entries.yaml`."""

    def happens(story: Story) -> None:
        document = resources.read(resources.root() / "sample" / "entries.yaml")
        for entry in document.to(dict[str, tuple[Entry, ...]])[name]:
            said = {key: _said(story, key, value) for key, value in entry.answers.items()}
            on = day(story, entry.ago)
            story.add(entry.form, on, {"on": on.isoformat(), **said}, by=entry.by)

    return happens


def _said(story: Story, key: str, value: Any) -> Any:
    if isinstance(value, list) and isinstance(value[0], dict):
        return story.rows(*({k: _said(story, k, v) for k, v in row.items()} for row in value))
    return day(story, int(value)).isoformat() if key.endswith("_on") else value


def _parole(story: Story) -> None:
    report, hearing = (story.today + timedelta(days=ahead) for ahead in (-12, 70))
    prison(story, 50, parole_report_due=report.isoformat(), hearing_on=hearing.isoformat())


def _programme(story: Story) -> None:
    referral(story, 148, "programme", "Programmes team", programme="horizon", state="started")
    on = day(story, 30).isoformat()
    said = {"sessions": 5, "engagement": "Slow to begin, then open.", "unfinished": "none"}
    review = {"decision": "continue", "why": "One theme is left.", "choices_changes": "not-needed"}
    story.add("maps-review", day(story, 30), {"on": on, **said, **review})


def _panels(story: Story) -> None:
    touch(story, 1410, "panel")
    touch(story, 200, "panel")


def _broken_off(story: Story) -> None:
    session(story, 31, ("feelings", "Handling a bad day"), "stopped")


def _talked_over(story: Story) -> None:
    at = story.at(day(story, 3), 10)
    story.add(
        "case-discussion",
        day(story, 3),
        {"on": at, "who": "The team", "why": "No address.", "said": "Housing is asked again today."},
    )
    story.add(
        "escalation",
        day(story, 2),
        {
            "on": story.at(day(story, 2), 10),
            "to_whom": "Head of PDU",
            "matter": "No place is to be found.",
            "tried": "Three providers.",
            "danger": "Nobody named tonight; police know where he stays.",
        },
    )


def _recalled(*states: str) -> Teller:
    def tell(story: Story) -> None:
        live(story, Life(silence=9))
        recall(story, 5, *states)
        if "revoked" in states:
            sampled = {"what": "recall", "drawn": "Each fifth decision.", "contingency": "well"}
            judged = {"victims": "partly", "reasons": "well", "feedback": "Say who was rung, and when."}
            story.add(
                "decision-sample", story.today, {"on": story.today.isoformat(), **sampled, **judged}, by="aco"
            )

    return tell


def _two_accounts(story: Story) -> None:
    live(story, Life(rosh="medium"))
    first = level(story, Life(), 20, "medium")
    level(story, Life(), 20, "high", hour=17, by="second", unseen=first)


def _child_at_the_door(story: Story) -> None:
    told = live(story, Life(child=True))
    visit(
        story,
        2,
        told,
        outcome="out-others-seen",
        others=story.rows({"called": "a girl who opened the door", "under_18": "unknown", "expected": "no"}),
        rooms=None,
        devices=None,
        presentation=None,
        children_things="Small trainers in the hall.",
    )


def _warning_sign(story: Story) -> None:
    live(story, Life())
    contact(
        story,
        1,
        signs=story.rows({"sign": "walks past the school at closing time", "what": "Seen by a PCSO."}),
    )


def _self_report(story: Story) -> None:
    live(story, Life(arms=False, released=60, began=500))
    arms(story, 15, sources=("self-report",))


def _no_agencies(story: Story) -> None:
    live(story, Life(plan="none"))
    plan(story, 30, Life(), release=False, agencies=False)


def _changed_after(story: Story) -> None:
    told = live(story, Life())
    answers = plain(told.entries["plan"])
    answers["supervision"] = story.say("supervision") + " Two staff from now on."
    answers["review_on"] = (story.today + timedelta(days=90)).isoformat()
    story.add(
        "risk-management-plan", day(story, 5), answers, amends=told.entries["plan"], because="Two staff."
    )


def plain(turn: Turn) -> dict[str, Any]:
    """The answers of a turn, to be changed and signed again."""
    return dict(turn.answers() if callable(turn.answers) else turn.answers)


def _withdrawn(story: Story) -> None:
    live(story, Life(rosh="medium"))
    wrong = contact(story, 4)
    story.act(
        "withdraw", wrong, day(story, 3), by="practitioner", because="Written about another day by mistake."
    )


def _restricted(story: Story) -> None:
    live(story, Life())
    entry = contact(story, 40, note="What a relative asked us never to pass on.")

    def answers() -> dict[str, Any]:
        return {
            "versions": story.rows({"version": entry.signed.id}),
            "readers": story.rows({"reader": story.team.name("spo")}),
            "why": "Its accuracy is contested.",
            "ground": "Restriction pending a decision.",
            "vanishes": "Nothing.",
        }

    story.keep("restricted", entry, day(story, 30), answers)


def _five_officers(story: Story) -> None:
    live(story, Life())
    for n, ago in enumerate((200, 120, 40)):
        to = story.team.name(("earlier", "second", "practitioner")[n])
        on = day(story, ago)
        story.add(
            "officer-change",
            on,
            {
                "state": "accepted",
                "on": on.isoformat(),
                "from_officer": story.team.name("practitioner"),
                "to_officer": to,
                "caretaking": "no",
                "open_risks": "The evenings; the new neighbour.",
                "next_appointment": story.at(on + timedelta(days=3), 10),
            },
        )
    reached = {
        "on": story.at(day(story, 12), 9),
        "source": "police",
        "what": "Seen near his old flat, alone.",
    }
    story.add("information-for-holder", day(story, 12), reached, by="second")


def _over(how: str) -> Teller:
    def tell(story: Story) -> None:
        live(story, Life(ends_in=-30, silence=40))
        on = day(story, 30)
        rest = (
            {}
            if how == "died"
            else {"remaining": "Low while his routine holds.", "held_by": "Police (MOSOVO)"}
        )
        police = {"police_view": "No objection."} if how == "early" else {}
        answers = {"ended_on": on.isoformat(), "how": how, **rest, **police}
        story.add("end-of-supervision", on, answers)

    return tell


def _deferred(story: Story) -> None:
    told = live(
        story, Life(began=12, released=None, kind="community-order", rosh="low", registered="no", visit=False)
    )

    def answers() -> dict[str, Any]:
        return {
            "duty": f"home-visit-first/{told.entries['sentence'].signed.header.entry}/1",
            "no_longer_owed": "no",
            "until": (story.today + timedelta(days=10)).isoformat(),
            "why": "In hospital for an operation until the end of the week.",
        }

    story.add("duty-deferred", day(story, 1), answers)


def _second_order(story: Story) -> None:
    told = live(story, Life())
    answers = plain(told.entries["sentence"])
    on = day(story, 25)
    answers["sentences"] = answers["sentences"] + story.rows(
        {
            "kind": "community-order",
            "made_on": on.isoformat(),
            "ends_on": (story.today + timedelta(days=340)).isoformat(),
            "offence": "failure to notify",
        }
    )
    story.add("sentence", on, answers, amends=told.entries["sentence"], because="A second order was made.")


def _just_registered(story: Story) -> None:
    on = day(story, 0)
    answers = {
        "taken_on": on.isoformat(),
        "name": story.name,
        "crn": story.crn,
        "born": "1991-11-02",
        "officer": story.team.name("practitioner"),
    }
    story.add("registration", on, answers, hour=9)


COMMUNITY: dict[str, Any] = {"kind": "community-order", "released": None}
TELLERS: tuple[Teller, ...] = (
    _ordinary(_programme, _besides("programme")),
    _ordinary(**COMMUNITY, began=6, rosh="medium", registered="no", mappa=None),
    _ordinary(_besides("court"), **COMMUNITY, began=30, visit=False),
    _ordinary(began=400, released=70, after_arms=False),
    _ordinary(osp=("low", "low"), maps=""),
    _ordinary(osp=None),
    _ordinary(
        _parole,
        _besides("parole"),
        kind="extended",
        released=None,
        release_in=75,
        plan="none",
        osp=("high", "low"),
    ),
    _ordinary(released=None, release_in=19, plan="signed"),
    _ordinary(released=None, release_in=40),
    _recalled("considered", "spo-agreed", "aco-authorised", "part-a-sent"),
    _recalled("considered", "spo-agreed", "aco-authorised", "part-a-sent", "ppcs-acknowledged", "revoked"),
    _ordinary(
        _besides("woman"), **COMMUNITY, gender="woman", osp=None, rosh="medium", registered="no", mappa=None
    ),
    _ordinary(**COMMUNITY, began=120, lead="youth", rosh="medium", mappa=None, arms=False),
    _ordinary(kind="hospital-order", released=None, lead="clinician", arms=False),
    _ordinary(_talked_over, place="street", began=300, released=20),
    _ordinary(place="ap", began=900, released=8, rosh="very high"),
    _over("expired"),
    _over("died"),
    _five_officers,
    _ordinary(_besides("level-two"), mappa=("1", "2"), began=900, released=430, rosh="very high", gap=7),
    _ordinary(
        _panels, _besides("lifer"), kind="indeterminate", began=3900, released=1500, gap=28, polygraph=True
    ),
    _two_accounts,
    _child_at_the_door,
    _warning_sign,
    _ordinary(
        _besides("woman"),
        **COMMUNITY,
        gender="woman",
        osp=None,
        rosh="low",
        registered="no",
        mappa=None,
        silence=5,
    ),
    _self_report,
    _no_agencies,
    _changed_after,
    _ordinary(
        _besides("request"),
        language="cy",
        partner=True,
    ),
    _second_order,
    _restricted,
    _withdrawn,
    _ordinary(silence=33),
    _ordinary(
        _broken_off,
        _besides("left-mappa"),
        rosh="low",
        registered="no",
        mappa=None,
        osp=("low", "low"),
        gap=28,
    ),
    _ordinary(_besides("learning")),
    _just_registered,
    _ordinary(
        _besides("online"), kind="suspended-sentence-order", released=None, began=200, registered="yes"
    ),
    _deferred,
)


def tellers(count: int) -> tuple[Teller, ...]:
    """The stories of a caseload of any size: the list again and again."""
    return tuple(TELLERS[place % len(TELLERS)] for place in range(count))
