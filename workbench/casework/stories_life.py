"""The ordinary course of an invented case, from its first day to today."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from workbench.casework.sample import Story, Turn
from workbench.casework.stories_contact import (
    contact,
    contact_plan,
    maps_for_change,
    safeguarding,
    touch,
    visit,
)
from workbench.casework.stories_custody import before_release, prison
from workbench.casework.stories_outline import CUSTODIAL, Life, Told, day
from workbench.casework.stories_risk import arms, level, level_one, oasys, plan

STANDARD = (
    "Be of good behaviour and do nothing that undermines the purpose of supervision.",
    "Keep in touch as the supervising officer directs.",
    "Receive visits from the supervising officer at home.",
    "Live where the supervising officer has approved, and ask before staying anywhere else for a night.",
)
ADDITIONAL = (
    "Have no unsupervised contact with any child under 18 without the agreement of children's services.",
    "Declare every device that can go online and let it be checked.",
    "Tell the supervising officer of any developing relationship.",
)
POLYGRAPH = "Attend polygraph sessions as instructed."
# By which kind of action of the plan each is checked.
CHECKED_BY = {
    ADDITIONAL[0]: "supervision",
    ADDITIONAL[1]: "monitoring",
    ADDITIONAL[2]: "supervision",
    POLYGRAPH: "monitoring",
}


def live(story: Story, life: Life) -> Told:
    """Writes the ordinary course of a case up to today."""
    told = Told()
    story.woman = life.gender == "woman"
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
    _registered(story, life, told, on)
    _sentenced(story, life, told, on)
    if life.mappa:
        _levelled(story, life.mappa, life.lead, on)
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


def _registered(story: Story, life: Life, told: Told, on: date) -> None:
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


def _sentenced(story: Story, life: Life, told: Told, on: date) -> None:
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


def _levelled(story: Story, mappa: tuple[str, str], lead: str, on: date) -> None:
    set_on = {"on": on.isoformat(), "category": mappa[0], "lead": lead, "level": mappa[1]}
    why = "Two agencies can manage this between them." if mappa[1] == "1" else "Several agencies are needed."
    told_of = story.rows({"who": "Prison, police and children's services", "done_on": on.isoformat()})
    story.add("mappa-level", on, {**set_on, "why": why, "told": told_of}, hour=12)


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


def _in_custody(story: Story, life: Life, told: Told) -> None:
    prison(story, 100)
    touch(story, 70, "periodic")
    told.entries["rosh"] = level(story, life, max(life.began - 20, 2), life.rosh)
    _people(story, life, told, max(life.began - 18, 2))
    _conditions(story, life, told, max(min(life.began - 30, 60), 2))
    if life.oasys:
        oasys(story, max(life.began - 60, 2), "initial")
    for ago in range(min(life.began - 30, 300), life.silence, -45):
        contact(story, ago, "video")
    if life.plan != "none":
        told.entries["plan"] = plan(story, 14, life, told, release=True)
        if life.plan == "countersigned":
            story.act("countersign", told.entries["plan"], day(story, 10))
    if life.release_in is not None:
        before_release(story, 12, life, settled=life.plan == "countersigned")


def _home(story: Story, life: Life, told: Told, community: int) -> None:
    _people(story, life, told, community)
    safeguarding(story, max(community - 2, 0))
    told.entries["address"] = home(story, life, community, told)
    _conditions(story, life, told, community)


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


def _conditions(story: Story, life: Life, told: Told, ago: int) -> None:
    on = day(story, ago)
    rows = story.rows(*_bound(life, on.isoformat()))
    for row in rows[len(STANDARD) :]:
        told.conditions.setdefault(CHECKED_BY[row["wording"]], []).append(row["id"])
    answers = {"on": on.isoformat(), "conditions": rows, "registered": life.registered}
    story.add("orders-and-conditions", on, answers, hour=11)
    signs = story.rows(
        *(
            {"sign": words, "kind": "habit", "source": "observation", "do": story.say("sign_do")}
            for words in story.chance.sample(story.stuff.phrases["signs"], 3)
        )
    )
    story.add("warning-signs", on, {"signs": signs}, hour=12)


def _bound(life: Life, on: str) -> Iterator[dict[str, Any]]:
    """The conditions of a life, the standard ones first."""
    for words in STANDARD:
        yield {
            "kind": "licence-standard",
            "wording": words,
            "in_force": "yes",
            "from_day": on,
            "purpose": "Every order or licence has it, so that we meet and know where the person lives.",
        }
    for words in ADDITIONAL:
        yield {
            "kind": "licence-additional" if life.kind in CUSTODIAL else "requirement",
            "wording": words,
            "in_force": "yes",
            "from_day": on,
            "purpose": "Protects children and anyone who does not know of the offence.",
            "told_on": on,
            "understood": "Said it back in other words.",
        }
    if life.polygraph:
        yield {
            "kind": "polygraph",
            "wording": POLYGRAPH,
            "in_force": "yes",
            "from_day": on,
            "purpose": "Helps to see whether the other conditions are kept.",
        }


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
        told.entries["plan"] = plan(story, max(community - 7, 0), life, told, release=False)
        if life.plan == "countersigned":
            story.act("countersign", told.entries["plan"], day(story, max(community - 10, 0)))
        if community > 130 and life.silence < 30:
            told.entries["plan"] = plan(story, 45, life, told, release=False)
            if life.plan == "countersigned":
                story.act("countersign", told.entries["plan"], day(story, 42))
    if community > 190 and life.silence < 30:
        contact_plan(story, 55, life.gap)


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
