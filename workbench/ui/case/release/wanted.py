"""What must stand on the day of release: which answers settle it, and what to say where one is missing. No Qt here."""

from __future__ import annotations

from typing import Literal

import msgspec

PRE, PLAN = "pre-release", "risk-management-plan"


class Ask(msgspec.Struct, frozen=True):
    """One answer that counts: of which form, shown under which name, and the gap where it is missing.

    Without a `gap` it is shown where it stands and missed nowhere. `short` are answers that settle nothing
    yet, by option, and what to say of each. Where a `fact` is named it counts, whenever it was said.
    `after` is the question of the same form that is to be answered first: before, this one is not missed.
    """

    form: str
    question: str
    name: str = ""
    gap: str = ""
    short: tuple[tuple[str, str], ...] = ()
    fact: str = ""
    after: str = ""


class Wanted(msgspec.Struct, frozen=True):
    """One matter of the board.

    `only` names what must hold for it to count: offices `closed`, or a `mappa` case. `adds` names what else
    is read beside the answers: the `address` recorded for that day, the `referral` to Approved Premises, whom the
    `level` was told, the safeguarding `checks`, the state of the `plan`.
    """

    name: str
    asks: tuple[Ask, ...]
    only: Literal["", "closed", "mappa"] = ""
    adds: Literal["", "address", "referral", "level", "checks", "plan"] = ""


# {name} is who walks out, {open} the day on which offices are open again.
GROUPS: tuple[tuple[str, tuple[Wanted, ...]], ...] = (
    (
        "The first night",
        (
            Wanted(
                "Where {name} sleeps",
                (
                    Ask(PRE, "tonight", gap="No one has recorded where {name} sleeps that night."),
                    Ask(PRE, "confirmed_on", "Confirmed", "No one has recorded that the place is confirmed."),
                    Ask(PRE, "checked", "Checked", "No one has recorded who checked it and who lives there."),
                ),
                adds="address",
            ),
            Wanted(
                "Approved Premises",
                (
                    Ask(
                        PRE,
                        "ap",
                        gap="No one has recorded whether a place is needed.",
                        short=(
                            ("referred", "A place is asked for and not given yet."),
                            ("not-yet", "It is not settled whether a place is needed."),
                        ),
                    ),
                    Ask(PRE, "ap_why", "Why none"),
                ),
                adds="referral",
            ),
            Wanted(
                "Until offices open",
                (
                    Ask(PRE, "until_open", gap="No one has recorded who answers until {open}."),
                    Ask(PLAN, "until_offices_open", "In the plan"),
                ),
                only="closed",
            ),
            Wanted(
                "The way there",
                (Ask(PRE, "travel", gap="No one has recorded how {name} gets there, and by when."),),
            ),
            Wanted(
                "Health and medicines",
                (Ask(PRE, "health", gap="No one has recorded which medicines {name} has in hand."),),
            ),
            Wanted(
                "Money and papers",
                (Ask(PRE, "money", gap="No one has recorded what {name} lives on in the first days."),),
            ),
            Wanted("Telephone", (Ask(PRE, "phone", gap="No one has recorded a number for day one."),)),
        ),
    ),
    (
        "Agreed with others",
        (
            Wanted(
                "MAPPA level",
                (
                    Ask("mappa-level", "level", gap="No one has recorded a level.", fact="mappa.level"),
                    Ask(
                        PRE,
                        "level_told_on",
                        "Told",
                        "No one has recorded that prison and agencies were told the level.",
                    ),
                ),
                only="mappa",
                adds="level",
            ),
            Wanted(
                "Licence",
                (
                    Ask(
                        PRE,
                        "licence",
                        "Asked for",
                        "No one has recorded which conditions are asked for, and why.",
                    ),
                    Ask(
                        PRE, "licence_agreed_on", "Agreed", "No one has recorded that the licence is agreed."
                    ),
                    Ask(
                        PRE,
                        "explained_on",
                        "Explained",
                        "No one has recorded that it was explained to {name}.",
                    ),
                    Ask(PRE, "understood", "Understood"),
                ),
            ),
            Wanted(
                "Victims",
                (
                    Ask(PRE, "vlo_view", "VLO", "No one has recorded what the victim liaison officer says."),
                    Ask(
                        "victims",
                        "scheme",
                        "Contact scheme",
                        "No one has recorded where victims stand in the contact scheme.",
                        fact="vlo.scheme",
                    ),
                ),
            ),
            Wanted(
                "Police",
                (
                    Ask(PRE, "police", gap="No one has recorded who from police meets {name}, and when."),
                    Ask(PLAN, "mosovo_officer", "MOSOVO officer"),
                ),
            ),
            Wanted(
                "Children's services",
                (
                    Ask(
                        PRE,
                        "childrens_services",
                        gap="No one has recorded what children's services were asked and answered.",
                    ),
                ),
                adds="checks",
            ),
            Wanted(
                "Prison",
                (
                    Ask(PRE, "handover_on", "Handover", "No one has recorded the handover to the community."),
                    Ask(
                        PRE, "com", "Community officer", "No one has recorded who is in contact with {name}."
                    ),
                    Ask(
                        PRE,
                        "prison_meeting_on",
                        "Meeting",
                        "No meeting with {name} and the prison is recorded.",
                    ),
                    Ask(
                        "custody",
                        "asked_on",
                        "Asked",
                        "No one has recorded that the prison was asked what it knows.",
                    ),
                    Ask(
                        "custody",
                        "answered_on",
                        "Answered",
                        "The prison has not answered, as far as is recorded.",
                        after="asked_on",
                    ),
                ),
            ),
        ),
    ),
    (
        "The first days",
        (
            Wanted(
                "First appointment", (Ask(PRE, "first_appointment", gap="No first appointment is recorded."),)
            ),
            Wanted("First home visit", (Ask(PRE, "first_visit_on", gap="No first home visit is planned."),)),
            Wanted(
                "The plan for release",
                (
                    Ask(
                        PLAN,
                        "first_72_hours",
                        "First 72 hours",
                        "No plan says what happens in the first 72 hours.",
                    ),
                ),
                adds="plan",
            ),
            Wanted("Work and the day", (Ask(PRE, "work", gap="No one has recorded what fills the day."),)),
        ),
    ),
)
