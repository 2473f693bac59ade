"""One worked example for each form: answers as somebody might give them, and what they claim.

Those of planning, programmes, MAPPA meetings, custody, courts and oversight stand in `examples_work`.
"""

from __future__ import annotations

from typing import Any

from tests.forms.examples_work import WORK
from tests.forms.saying import ACTION, TODAY, Example, case

SHA = "0" * 64


def _factor(rating: str) -> dict[str, Any]:
    item = {"id": "e1", "text": "Seen twice by the school gate.", "source": "police", "checked": "confirmed"}
    return {"rating": rating, "known": "What is known now.", "evidence": [item], "managed_by": ["a1"]}


RATINGS = {
    "opportunity": "high",
    "sexual_preoccupation": "medium",
    "offence_related_interests": "medium",
    "emotional_congruence": "low",
    "hostile_orientation": "low",
    "self_management": "medium",
    "social_influences": "high",
    "commitment_to_desist": "emerging",
    "intimate_relationship": "absent",
    "positive_routine": "established",
    "social_investment": "not-enough",
}

EXAMPLES: dict[str, Example] = {
    "registration": (
        {
            "taken_on": "2026-03-02",
            "name": "Bilal Sample",
            "crn": "X000001",
            "aliases": [{"id": "n1", "name": "Billy"}],
            "born": "1980-05-06",
            "gender": "man",
            "tools": "men",
            "visor": "V-1",
            "mappa_category": "1",
            "lead": "probation",
            "language": "cy",
            "communication": [{"id": "c1", "need": "Large print"}],
            "health": [{"id": "h1", "need": "Asthma"}],
            "officer": "A Example",
            "officer_stand_in": "B Example",
            "spo": "C Example",
            "spo_stand_in": "D Example",
            "aco": "E Example",
        },
        [
            ("identity.name", None, "Bilal Sample", "1980-05-06"),
            ("identity.crn", None, "X000001", "1980-05-06"),
            ("identity.born", None, "1980-05-06", "1980-05-06"),
            ("identity.gender", None, "man", "1980-05-06"),
            *case(
                "2026-03-02",
                identity__language="cy",
                identity__alias="Billy",
                needs__communication="Large print",
                needs__health="Asthma",
                tools__apply="men",
                visor__reference="V-1",
                mappa__category="1",
                lead_agency="probation",
                officer__name="A Example",
                officer__stand_in="B Example",
                spo__name="C Example",
                spo__stand_in="D Example",
                aco__name="E Example",
                case__held_by="A Example",
            ),
        ],
    ),
    "sentence": (
        {
            "sentenced_on": "2024-01-10",
            "sentences": [
                {
                    "id": "s1",
                    "kind": "determinate",
                    "offence": "Sexual assault",
                    "ends_on": "2028-01-09",
                    "release_on": "2026-01-09",
                    "release_from": "confirmed",
                    "released_on": "2026-01-09",
                    "released_again_on": "2026-02-20",
                },
                {"id": "s2", "kind": "community-order", "made_on": "2023-06-01"},
            ],
            "sexual": "yes",
            "registered": "unknown",
            "contact": "contact",
            "victim": "adult",
            "exploitation": "yes",
            "exploitation_basis": "alleged",
            "group": "no",
            "online": "no",
        },
        [
            ("sentence.kind", "s1", "determinate", "2024-01-10"),
            ("sentence.kind", "s2", "community-order", "2023-06-01"),
            ("sentence.on", "s1", "2024-01-10", "2024-01-10"),
            ("sentence.on", "s2", "2023-06-01", "2023-06-01"),
            ("sentence.ends_on", "s1", "2028-01-09", "2024-01-10"),
            ("sentence.release_on", "s1", "2026-01-09", "2024-01-10"),
            ("sentence.released_on", "s1", "2026-01-09", "2026-01-09"),
            ("sentence.released_on", "s1", "2026-02-20", "2026-02-20"),
            ("sentence.offence", "s1", "Sexual assault", "2024-01-10"),
            *case(
                "2024-01-10",
                offence__sexual="yes",
                offence__contact="contact",
                offence__victim="adult",
                cse="yes",
                offence__group="no",
                offence__online="no",
            ),
        ],
    ),
    "own-account": (
        {"heard_on": TODAY, "appeal": "no", "innocence": "yes", "words": "I was not there."},
        case(TODAY, maintains_innocence="yes"),
    ),
    "orders-and-conditions": (
        {
            "on": "2026-03-01",
            "conditions": [
                {
                    "id": "k1",
                    "kind": "shpo",
                    "wording": "No device without telling police.",
                    "zone_names": "Sample Street, LL57",
                    "purpose": "Images",
                    "in_force": "yes",
                    "review_on": "2026-09-01",
                }
            ],
            "no_contact": [{"id": "k2", "person": "p1", "kind": "restraining-order", "in_force": "yes"}],
            "registered": "yes",
        },
        [
            ("condition.text", "k1", "No device without telling police.", "2026-03-01"),
            ("condition.kind", "k1", "shpo", "2026-03-01"),
            ("condition.purpose", "k1", "Images", "2026-03-01"),
            ("condition.zone", "k1", "Sample Street, LL57", "2026-03-01"),
            ("condition.in_force", "k1", "yes", "2026-03-01"),
            ("condition.review_on", "k1", "2026-09-01", "2026-03-01"),
            ("condition.no_contact", "k2", "p1", "2026-03-01"),
            ("condition.kind", "k2", "restraining-order", "2026-03-01"),
            ("condition.in_force", "k2", "yes", "2026-03-01"),
            ("registered", None, "yes", "2026-03-01"),
        ],
    ),
    "address": (
        {
            "on": TODAY,
            "no_fixed_abode": "no",
            "places": [
                {
                    "id": "h1",
                    "text": "1 Sample Street",
                    "type": "hotel",
                    "paid_by": "council",
                    "from_day": "2026-02-01",
                    "until_day": "2026-03-01",
                    "children": "unknown",
                },
                {
                    "id": "h2",
                    "text": "2 Sample Street",
                    "type": "rented",
                    "from_day": "2026-03-01",
                    "children": "no",
                },
            ],
        },
        [
            ("no_fixed_abode", None, "no", TODAY),
            ("address.current", None, "h1", "2026-02-01"),
            ("address.current", None, "h2", "2026-03-01"),
            ("address.text", None, "1 Sample Street", "2026-02-01"),
            ("address.text", None, "2 Sample Street", "2026-03-01"),
            ("address.type", None, "hotel", "2026-02-01"),
            ("address.type", None, "rented", "2026-03-01"),
            ("address.paid_by", None, "council", "2026-02-01"),
        ],
    ),
    "people": (
        {
            "on": TODAY,
            "people": [
                {
                    "id": "p1",
                    "name": "Carys Sample",
                    "relation": "partner",
                    "under_18": "no",
                    "household": "yes",
                    "contact_allowed": "yes",
                    "told": "unknown",
                }
            ],
            "partner_said": "partner",
        },
        [
            ("network.name", "p1", "Carys Sample", TODAY),
            ("network.relation", "p1", "partner", TODAY),
            ("network.under_18", "p1", "no", TODAY),
            ("network.household", "p1", "yes", TODAY),
            ("network.contact_allowed", "p1", "yes", TODAY),
            ("own_account.partner", None, "partner", TODAY),
        ],
    ),
    "warning-signs": (
        {"signs": [{"id": "w1", "sign": "Alone by the school", "source": "document", "do": "Call police"}]},
        case(TODAY, warning_sign="Alone by the school"),
    ),
    "flags": (
        {
            "on": TODAY,
            "flags": [{"id": "f1", "code": "RSO"}, {"id": "f2", "code": "M1", "until_day": "2026-04-01"}],
        },
        [("flag.code", None, "RSO", TODAY), ("flag.code", None, "M1", TODAY)],
    ),
    "scores": (
        {
            "osp_dc": "low",
            "osp_dc_on": "2026-02-01",
            "osp_iic": "medium",
            "osp_iic_on": "2026-02-02",
            "rm2000": "high",
            "rm2000_on": "2019-01-01",
            "rsr": "1.25",
            "tier": "B2",
            "from_where": "oasys",
        },
        [
            ("osp.dc", None, "low", "2026-02-01"),
            ("osp.iic", None, "medium", "2026-02-02"),
            ("rm2000", None, "high", "2019-01-01"),
            ("tier", None, "B2", TODAY),
        ],
    ),
    "rosh": (
        {
            "on": TODAY,
            "children": "high",
            "public": "medium",
            "known_adult": "low",
            "staff": "low",
            "prisoners": "low",
            "overall": "high",
            "who": "Children met online.",
        },
        case(
            TODAY,
            rosh__overall="high",
            rosh__children="high",
            rosh__public="medium",
            rosh__known_adult="low",
            rosh__staff="low",
            rosh__prisoners="low",
        ),
    ),
    "contact-plan": (
        {"from_day": "2026-03-02", "gap_days": 14, "reduces": "no", "review_on": "2026-06-01"},
        case("2026-03-02", contact_plan__gap_days=14, contact_plan__review_on="2026-06-01"),
    ),
    "contact": (
        {
            "on": "2026-03-03T09:00:00Z",
            "how": "phone",
            "outcome": "attended",
            "seen_by": "duty-officer",
            "note": "Work is going well.",
            "signs": [{"id": "s1", "sign": "Alone by the school"}],
        },
        [],
    ),
    "home-visit-plan": (
        {
            "planned_for": "2026-03-05T10:00:00Z",
            "reason": "First visit.",
            "joint": "police",
            "risk": "A dog in the yard.",
            "back_by": "2026-03-05T12:00:00Z",
            "calls": "Duty SPO",
        },
        [],
    ),
    "home-visit": (
        {
            "outcome": "seen",
            "visited_on": "2026-03-02T23:30:00Z",
            "others": [{"id": "o1", "person": "p1", "under_18": "no", "expected": "yes"}],
        },
        case("2026-03-02", home_visit__seen_on="2026-03-02"),
    ),
    "significant-event": (
        {
            "kind": "new-partner",
            "learnt_on": "2026-03-03T08:00:00Z",
            "what": "A partner with two children.",
            "source": "police",
            "steps": [{"id": "t1", "step": "police-told", "done_on": TODAY, "how": "By telephone"}],
        },
        [],
    ),
    "safeguarding-check": (
        {"of_whom": "childrens-services", "asked_on": TODAY, "why": "New partner.", "answer": "none-yet"},
        [],
    ),
    "information-exchange": (
        {
            "on": "2026-03-03T08:00:00Z",
            "direction": "received",
            "with_whom": "PC Example",
            "source": "police",
            "gist": "Seen at the fair.",
        },
        [],
    ),
    "arms": (
        {
            "done_on": TODAY,
            "trained": "yes",
            "kind": "initial",
            **{factor: _factor(rating) for factor, rating in RATINGS.items()},
            "overall": "high",
            "reasoning": "Opportunity and the people around matter most.",
            "actions": [ACTION],
        },
        [("factor.rating", factor.replace("_", "-"), rating, TODAY) for factor, rating in RATINGS.items()],
    ),
    "oasys-record": ({"kind": "review", "done_on": "2026-03-01", "after_arms": "yes"}, []),
    "interventions": (
        {
            "on": TODAY,
            "programme": "no",
            "programme_why_not": "Low bands.",
            "maps": "use",
            "opd_screened": "yes",
        },
        case(TODAY, programme__provided="no", maps__choice="use", opd__screened="yes"),
    ),
    "mappa-level": (
        {
            "on": TODAY,
            "category": "1",
            "lead": "probation",
            "level": "2",
            "why": "Two agencies must act as one.",
        },
        case(TODAY, mappa__category="1", lead_agency="probation", mappa__level="2"),
    ),
    "mappa-level-1-review": (
        {
            "reviewed_on": TODAY,
            "contributors": [{"id": "c1", "kind": "police", "contributed": "Nothing new."}],
            "changes": "A new job, checked with the employer.",
            "assessments": "Both read on 1 March; still true.",
            "disclosure_considered": "yes",
            "disclosure_reason": "Nobody to tell.",
            "decision": "retain",
            "decision_why": "The plan holds.",
        },
        case(TODAY, mappa__level="1"),
    ),
    "risk-management-plan": (
        {
            "key_information": "On licence, at home.",
            "at_risk": [{"id": "r1", "who": "Children nearby", "from_what": "Contact offences"}],
            "supervision": "A Example, each Tuesday.",
            "monitoring": "PC Example visits in April.",
            "interventions": "Maps for Change.",
            "victim_safety": "Exclusion zone.",
            "contingency": [
                {"id": "g1", "trigger": "No answer", "who": "Duty officer", "action": "Call police"}
            ],
            "agencies": [{"id": "y1", "name": "Police", "agreed": "Visit in April"}],
            "review_on": "2026-06-01",
        },
        case(TODAY, plan__review_on="2026-06-01"),
    ),
    "recall": (
        {
            "state": "not-recalled",
            "state_at": "2026-03-03T13:00:00Z",
            "officer_stand_in": "B Example",
            "spo_stand_in": "D Example",
            "aco": "E Example",
            "trigger": "Missed curfew.",
            "trigger_plan": "no",
            "trigger_plan_why": "No victim touched.",
            "reason": "The plan holds with a daily call.",
        },
        case(
            TODAY,
            recall__state="not-recalled",
            recall__decided_on=TODAY,
            officer__stand_in="B Example",
            spo__stand_in="D Example",
            aco__name="E Example",
        ),
    ),
    "officer-change": (
        {
            "state": "accepted",
            "on": TODAY,
            "from_officer": "A Example",
            "to_officer": "F Example",
            "caretaking": "no",
            "spo": "C Example",
            "stand_in": "B Example",
            "open_risks": "New partner.",
            "next_appointment": "2026-03-10T10:00:00Z",
        },
        case(
            TODAY,
            officer__name="F Example",
            case__held_by="F Example",
            officer__stand_in="B Example",
            spo__name="C Example",
            contact__next_on="2026-03-10T10:00:00Z",
        ),
    ),
    "victims": (
        {"on": TODAY, "references": [{"id": "v1", "reference": "Adult victim A"}], "scheme": "opted-in"},
        case(TODAY, vlo__scheme="opted-in"),
    ),
    "end-of-supervision": (
        {
            "ended_on": TODAY,
            "how": "expired",
            "remaining": "Children met online.",
            "held_by": "PC Example",
        },
        case(TODAY, supervision__ended_on=TODAY, supervision__ended_how="expired"),
    ),
    "duty-deferred": (
        {"duty": "arms-initial/e1/1", "no_longer_owed": "no", "until": "2026-04-01", "why": "In hospital."},
        [],
    ),
    "event-closed": ({"event": "move/e1/1", "why": "All done."}, []),
    "report-issued": ({"report": "release-plan", "audience": "police", "sha256": SHA}, []),
    "release-of-withheld-answer": (
        {
            "entry": "e1",
            "version": "v1",
            "path": "note",
            "audience": "court",
            "how": "gist",
            "gist": "A third person said so.",
            "why": "The court asks.",
        },
        [],
    ),
    "mark-loosened": (
        {"path": "note", "marks_off": ["third-party"], "why": "She agrees.", "second": "C Example"},
        [],
    ),
    "dispute": (
        {"entry": "e1", "version": "v1", "said_on": TODAY, "words": "That was not me."},
        case(TODAY, dispute__said_on=TODAY),
    ),
    "readers": (
        {
            "scope": "case",
            "readers": [{"id": "d1", "reader": "A Example"}],
            "ground": "reader-knows-person",
            "why": "A colleague is a neighbour.",
        },
        [],
    ),
    "same-person": ({"other_case": "c2", "checked": "Same name, birthday and PNC."}, []),
    "misfiled": (
        {"versions": [{"id": "m1", "version": "v1"}], "why": "Two cases open.", "ground": "Wrong case."},
        [],
    ),
    "restricted": (
        {
            "versions": [{"id": "m1", "version": "v1"}],
            "readers": [{"id": "d1", "reader": "A Example"}],
            "why": "Contested.",
            "ground": "Accuracy cannot be shown.",
            "vanishes": "One duty.",
        },
        [],
    ),
    "erased": (
        {"versions": [{"id": "m1", "version": "v1"}], "ground": "retention", "why": "Its time is over."},
        [],
    ),
    "legal-hold": ({"held": "yes", "reason": "Inquiry", "from_day": TODAY}, case(TODAY, legal_hold="yes")),
    "brought-in-file": ({"sha256": SHA, "from_where": "Another office", "items": 12}, []),
    "switched": (
        {
            "on": TODAY,
            "what": "overlay",
            "state": "switched-on",
            "overlay": SHA,
            "called": "North 3",
            "source": "North (invented)",
            "weekly": "2 for each practitioner",
            "why": "Agreed.",
        },
        [],
    ),
    "carried-over": ({"entry": "e1", "system": "ndelius", "at": "2026-03-03T14:00:00Z"}, []),
    "advice-choice": ({"advice": "maps-must", "choice": "differed", "reason": "In hospital."}, []),
    **WORK,
}
