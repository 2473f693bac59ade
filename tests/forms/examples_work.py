"""Worked examples of the forms of planned work, MAPPA meetings, custody, courts and oversight."""

from __future__ import annotations

from tests.forms.saying import ACTION, TODAY, Example, case

WORK: dict[str, Example] = {
    "maps-plan": (
        {
            "on": TODAY,
            "beside": "The plan of 1 March; police visits go on.",
            "no_account": "yes",
            "exercises": [
                {"id": "x1", "theme": "routine", "factor": "self-management", "why": "Evenings are empty."}
            ],
            "review_on": "2026-06-01",
        },
        case(TODAY, maps__choice="use"),
    ),
    "maps-session": (
        {
            "on": "2026-03-03T10:00:00Z",
            "theme": "routine",
            "exercise": "A week that holds",
            "outcome": "stopped",
            "why_not": "The fire alarm went.",
            "return_on": "2026-03-10",
            "next_appointment": "2026-03-10T10:00:00Z",
        },
        case(TODAY, maps__unfinished="A week that holds", contact__next_on="2026-03-10T10:00:00Z"),
    ),
    "maps-review": (
        {
            "on": TODAY,
            "sessions": 6,
            "engagement": "Slow to begin, then open.",
            "unfinished": "none",
            "choices_changes": "not-needed",
            "new_me_mot": "offered",
            "decision": "continue",
            "why": "Two themes are left.",
        },
        case(TODAY, maps__new_me_mot="offered", maps__choices_changes="not-needed"),
    ),
    "mappa-screening": (
        {
            "on": TODAY,
            "category": "1",
            "category_why": "Notification for ten years.",
            "lead": "probation",
            "more_needed": "no",
            "refer": "no",
            "refer_why": "Probation and police can do it between them.",
        },
        case(TODAY, mappa__category="1", lead_agency="probation", mappa__more_needed="no"),
    ),
    "mappa-referral": (
        {
            "on": "2026-02-20",
            "level": "2",
            "why": "Housing, health and police must act as one.",
            "behaviour": "Seeks out households with children.",
            "others_say": "Police: three callers in a month.",
            "at_risk": "Children under ten of a new partner.",
            "agencies": [{"id": "y1", "name": "Police"}],
            "outcome": "accepted-2",
            "outcome_on": "2026-03-02",
        },
        [("mappa.level", None, "2", "2026-03-02")],
    ),
    "mappa-meeting": (
        {"on": TODAY, "meeting_on": "2026-04-01", "level": "2", "state": "planned"},
        case(TODAY, mappa__meeting_on="2026-04-01"),
    ),
    "deregistration": (
        {
            "on": TODAY,
            "ground": "notification-over",
            "why": "Police closed the register entry.",
            "police_view": "No objection.",
        },
        case(TODAY, mappa__category="none"),
    ),
    "custody": (
        {
            "on": TODAY,
            "establishment": "HMP Sample",
            "restrictions": [{"id": "r1", "what": "No calls to children"}],
            "asked_on": "2026-02-01",
            "answered_on": "2026-02-20",
            "answer": "No adjudications.",
            "parole_report_due": "2026-05-01",
            "hearing_on": "2026-07-01",
        },
        case(
            TODAY,
            custody__establishment="HMP Sample",
            custody__restriction="No calls to children",
            parole__report_due="2026-05-01",
            parole__hearing_on="2026-07-01",
        ),
    ),
    "devices": (
        {
            "on": TODAY,
            "devices": [{"id": "d1", "what": "Telephone", "declared": "yes"}],
            "next_check_on": "2026-04-01",
        },
        [
            ("device.what", "d1", "Telephone", TODAY),
            ("device.declared", "d1", "yes", TODAY),
            ("devices.check_on", None, "2026-04-01", TODAY),
        ],
    ),
    "resettlement": (
        {"on": TODAY, "needs": [{"id": "n1", "area": "money", "need": "A bank account"}]},
        case(TODAY, needs__resettlement="A bank account"),
    ),
    "records": (
        {
            "on": TODAY,
            "held": [{"id": "h1", "system": "paper", "read_on": TODAY, "told": "Threats in 2011."}],
        },
        case(TODAY, record__warning="Threats in 2011."),
    ),
    "pre-release": (
        {
            "on": TODAY,
            "release_on": "2026-04-02",
            "no_offices": "yes",
            "until_open": "The duty manager, 01632 960100.",
            "ap": "placed",
            "first_appointment": "2026-04-02T13:00:00Z",
        },
        case(TODAY, contact__next_on="2026-04-02T13:00:00Z"),
    ),
    "referral": (
        {
            "on": "2026-01-05",
            "kind": "programme",
            "programme": "horizon",
            "to_whom": "Programmes team",
            "needs": "Large print.",
            "consent": "agrees",
            "state": "completed",
            "state_on": "2026-03-01",
        },
        [
            ("programme.provided", None, "yes", "2026-01-05"),
            ("programme.completed", None, "yes", "2026-03-01"),
        ],
    ),
    "enforcement": (
        {
            "on": "2026-03-02",
            "of_what": "order",
            "failure": "Did not come on 2 March.",
            "account": "Forgot.",
            "acceptable": "no",
            "warned_before": "no",
            "decision": "first-warning",
            "decided_on": TODAY,
            "why": "No excuse, and the first time.",
            "next_appointment": "2026-03-09T10:00:00Z",
        },
        [
            ("enforcement.warned_on", None, TODAY, TODAY),
            ("contact.next_on", None, "2026-03-09T10:00:00Z", "2026-03-02"),
        ],
    ),
    "licence-variation": (
        {
            "on": TODAY,
            "change": "add",
            "condition": "Not to enter the market square.",
            "why": "A victim works there.",
            "vlo_view": "Asks for it.",
            "account": "Accepts it.",
            "outcome": "asked",
        },
        [],
    ),
    "parole-report": (
        {
            "on": TODAY,
            "sources": "Two interviews; prison record.",
            "not_answered": "Everything was answered.",
            "progress": "Finished Horizon.",
            "risk": "Children, in a household that trusts.",
            "victims": "Exclusion zone asked for.",
            "plan": "Approved Premises, then own room.",
            "person_view": "Wants to go home.",
            "advice": "no-recommendation",
            "advice_why": "For the panel to judge.",
            "withhold": "no",
            "state": "sent",
        },
        [],
    ),
    "nondisclosure-request": (
        {
            "on": TODAY,
            "what": "Where a witness lives.",
            "ground": ["health-welfare"],
            "why": "The witness is afraid.",
            "owner": "Police; they agree.",
            "decision": "pending",
        },
        [],
    ),
    "pre-sentence-report": (
        {
            "on": TODAY,
            "hearing_on": "2026-03-20",
            "court": "Sample Crown Court",
            "kind": "standard",
            "sources": ["interview", "police"],
            "offence": "A pattern of winning trust.",
            "risk": "Children of friends.",
            "victims": "One child; a zone is asked for.",
            "safeguarding": "waiting",
            "safeguarding_text": "Asked on 1 March.",
            "adjournment": "yes",
            "framework": "used",
            "proposal": "Community order with a programme.",
            "dangerousness": "no",
        },
        [],
    ),
    "sentence-plan": (
        {
            "on": TODAY,
            "goals": [{"id": "g1", "goal": "Steady work", "step": "Ring the job club"}],
            "agreed": "yes",
            "review_on": "2026-06-01",
        },
        [],
    ),
    "touch-point": (
        {
            "on": TODAY,
            "reason": "periodic",
            "read": ["plan", "contacts"],
            "changed": "A new job.",
            "question": "Who sees the evenings?",
            "decision": "follow-up",
            "why": "Nobody does.",
            "actions": [ACTION],
            "next_on": "2026-06-01",
        },
        [],
    ),
    "case-discussion": (
        {
            "on": "2026-03-03T10:00:00Z",
            "who": "A Example and C Example",
            "why": "A refusal.",
            "said": "Ask psychology.",
        },
        [],
    ),
    "escalation": (
        {
            "on": "2026-03-03T10:00:00Z",
            "to_whom": "Head of PDU",
            "matter": "No place tonight.",
            "tried": "Three providers.",
        },
        [],
    ),
    "decision-sample": (
        {
            "on": TODAY,
            "what": "no-recall",
            "drawn": "Every fifth decision.",
            "contingency": "well",
            "victims": "partly",
            "reasons": "well",
            "feedback": "Say who was rung.",
        },
        [],
    ),
    "polygraph": (
        {
            "on": TODAY,
            "choice": "in-force",
            "done_on": "2026-03-02",
            "outcome": "none",
            "disclosed": "no",
        },
        [
            ("polygraph.choice", None, "in-force", TODAY),
            ("polygraph.done_on", None, "2026-03-02", "2026-03-02"),
        ],
    ),
    "request": ({"on": TODAY, "how": "letter", "words": "May I see my brother?"}, []),
    "information-for-holder": (
        {"on": "2026-03-03T10:00:00Z", "source": "police", "what": "Seen at his old flat."},
        [],
    ),
    "oasys-prompts": ({"on": TODAY, "arms_on": "2026-03-01", "item_12_9": "Blames women."}, []),
    "programme-suitability": (
        {
            "on": TODAY,
            "looked_at": "Horizon fits.",
            "provided": "yes",
            "low_bands": "yes",
            "override": "Strong interests.",
        },
        case(TODAY, programme__provided="yes", programme__override="Strong interests."),
    ),
    "pna-record": (
        {"done_on": "2026-03-01", "by": "Psychology", "recommends": "High intensity."},
        [("pna.done_on", None, "2026-03-01", "2026-03-01")],
    ),
    "opd-screen": ({"on": TODAY, "outcome": "not-in-scope"}, case(TODAY, opd__screened="yes")),
    "maturity": ({"on": TODAY, "need": "no"}, case(TODAY, maturity__need="no")),
    "learning-screen": (
        {"on": TODAY, "screen": "positive", "afc_r": "not-yet", "adapted": "Easy read."},
        case(TODAY, learning__screen="positive", learning__afc_r="not-yet"),
    ),
    "womens-summary": (
        {
            "on": TODAY,
            "happened_to": "Years of control by a partner.",
            "offence": "He planned it.",
            "risk": "A child in a shared home.",
            "strengths": "Her sister.",
            "order": "Therapy first.",
        },
        case(TODAY, women__summary_on=TODAY),
    ),
}
