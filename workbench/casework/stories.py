"""What the sample's invented people live through: every state that a practitioner meets."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import msgspec

from workbench import resources
from workbench.casework.sample import Story, Teller, Turn
from workbench.casework.stories_contact import contact, session, touch, visit
from workbench.casework.stories_custody import prison, referral
from workbench.casework.stories_life import live
from workbench.casework.stories_outline import Life, Told, day
from workbench.casework.stories_risk import arms, level, plan, recall

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
    plan(story, 30, Life(), Told(), release=False, agencies=False)


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
