"""The frame of a case: who, how great the risk, what is due, what protects; the same above every tab. No Qt here."""

from __future__ import annotations

from datetime import date

import msgspec

from workbench.casework import choices, owing, releasing
from workbench.casework.desk import Desk
from workbench.models.results import Because, Duty
from workbench.resources import say
from workbench.rules import states
from workbench.ui.caseload.presenter import ROSH_TONES
from workbench.ui.knowing import Knowing, Known
from workbench.ui.today.presenter import Action, duty_words
from workbench.ui.words import day_words, short_day, time_words

GROUPS = ("children", "public", "known_adult", "staff")
GROUP_WORDS = {
    "children": "Children",
    "public": "The public",
    "known_adult": "Known adults",
    "staff": "Staff",
}


class Due(msgspec.Struct, frozen=True):
    """One thing owed on this case: in words, why, and what to do.

    `settle` is the form that puts it off or closes it with a reason, `settled_by` the answers it starts with;
    empty where nobody may (an open recall). `sits` where the reviews it asks for can be done in one sitting.
    """

    asks: str
    stands: str
    tone: str
    icon: str
    because: Because
    action: Action
    steps: tuple[tuple[str, str], ...] = ()
    settle: str = ""
    settled_by: tuple[tuple[str, str], ...] = ()
    settle_words: str = ""
    sits: bool = False


class Risk(msgspec.Struct, frozen=True):
    """The level of risk to one group."""

    group: str
    level: str
    tone: str


class Head(msgspec.Struct, frozen=True):
    """Everything above and beside the tabs; `inside` is who has a release to be made ready for.

    `pinned` is whether the person at this store has the case at hand.
    """

    case: str
    name: str
    crn: str
    rosh: str
    rosh_tone: str
    mappa: str
    recall: str
    restricted: bool
    values: tuple[tuple[str, str], ...]
    due: tuple[Due, ...]
    risks: tuple[Risk, ...]
    assessed: str
    conditions: tuple[str, ...]
    today: date
    inside: bool = False
    pinned: bool = False


def head(desk: Desk, case: str) -> Head:
    """The frame of a case; opening it is logged before it is shown."""
    desk.log("looked", case=case)
    row = desk.store.case_row(case)
    known = Knowing(desk, case)
    rosh = known.fact("rosh.overall")
    return Head(
        case=case,
        name=row.name or row.crn,
        crn=row.crn,
        rosh=f"RoSH: {rosh.words}" if rosh.recorded else "RoSH not recorded",
        rosh_tone=ROSH_TONES.get(rosh.raw, "plain"),
        mappa=_mappa(known),
        recall="A recall is open" if row.open_recall else "",
        restricted=row.restricted,
        values=_values(known, row.crn, desk.today),
        due=_due(desk, case),
        risks=tuple(
            Risk(GROUP_WORDS[group], level.words, ROSH_TONES.get(level.raw, "plain"))
            for group in GROUPS
            for level in (known.fact(f"rosh.{group}"),)
        ),
        assessed=f"As assessed {day_words(rosh.since)}" if rosh.recorded else "",
        conditions=tuple(found.words for found in in_force(known)),
        today=desk.today,
        inside=releasing.way_out(desk, case) is not None,
        pinned=choices.is_pinned(desk, case),
    )


def in_force(known: Knowing) -> tuple[Known, ...]:
    """The words of each condition that is in force."""
    return tuple(
        known.fact("condition.text", found.of)
        for found in known.each("condition.in_force")
        if found.raw == "yes"
    )


def _mappa(known: Knowing) -> str:
    category, level = known.fact("mappa.category"), known.fact("mappa.level")
    if not category.recorded:
        return ""
    if category.raw == "none":
        return "Not MAPPA"
    told = f"MAPPA category {category.raw or 'disputed'}"
    return f"{told}, level {level.raw or 'disputed'}" if level.recorded else told


def _values(known: Knowing, crn: str, today: date) -> tuple[tuple[str, str], ...]:
    coming = known.raw("contact.next_on")
    ahead = coming if coming and coming[:10] >= today.isoformat() else ""
    time = f", {time_words(ahead)}" if time_words(ahead) else ""
    arms = known.case.of_form("arms")
    oasys = known.case.of_form("oasys-record")
    together = known.desk.links.together(known.case.id)[1:]
    linked = ", ".join(known.desk.store.case_row(case).crn for case in together)
    return (
        ("CRN", f"{crn}, read with {linked}" if linked else crn),
        ("Age", _age(known.raw("identity.born"), today)),
        ("Sentence ends", _sentence_end(known)),
        ("Next appointment", _sentence(f"{short_day(ahead, today)}{time}") if ahead else "None recorded"),
        ("ARMS", short_day(arms[-1].on, today) if arms else "Not recorded"),
        ("OASys", short_day(oasys[-1].on, today) if oasys else "Not recorded"),
        ("Responsible officer", _sentence(known.words("officer.name"))),
    )


def _sentence(words: str) -> str:
    """The words with a capital, as what stands alone begins."""
    return words[:1].upper() + words[1:]


def _age(born: str, today: date) -> str:
    if not born:
        return "Not recorded"
    day = date.fromisoformat(born)
    return str(today.year - day.year - ((today.month, today.day) < (day.month, day.day)))


def _sentence_end(known: Knowing) -> str:
    ends = [found.raw for found in known.each("sentence.ends_on") if found.raw]
    return day_words(max(ends)) if ends else "Not recorded"


def _due(desk: Desk, case: str) -> tuple[Due, ...]:
    role = desk.device.card.role
    found: list[Due] = []
    duties = [duty for duty in desk.store.duties(case) if states.is_item(duty, desk.now)]
    for duty in sorted(duties, key=lambda duty: states.pressing(duty, desk.now)):
        stands, tone, icon = duty_words(duty, states.state(duty, desk.now), desk.today)
        form = desk.library.find(duty.form)
        may = form is not None and role in form.for_
        words = say(form.title) if form is not None and may else ""
        action = Action(words, case, form.form if form is not None and may else "")
        steps = tuple(
            (step.asks, "done" if step.done_by else f"not done: {step.reason}" if step.reason else "to do")
            for step in duty.steps
        )
        settle = _settling(desk, duty)
        found.append(
            Due(
                duty.asks,
                stands,
                tone,
                icon,
                duty.because,
                action,
                steps,
                *settle,
                sits=owing.asks_for_sitting(duty),
            )
        )
    return tuple(found)


def _settling(desk: Desk, duty: Duty) -> tuple[str, tuple[tuple[str, str], ...], str]:
    """The form that puts a duty off or closes an event, what it starts with, and the words of the button."""
    role = desk.device.card.role
    if duty.kind == "event":
        form, given, words = "event-closed", (("event", duty.duty),), "Close it with reasons"
    elif duty.rule in desk.book.prompts:
        return "", (), ""
    else:
        form, given, words = "duty-deferred", (("duty", duty.duty),), "Put off, or no longer owed"
        deferred_by = desk.book.rules[duty.rule].deferred_by if duty.rule in desk.book.rules else ()
        if role not in deferred_by:
            return "", (), ""
    return (form, given, words) if role in desk.library.form(form).for_ else ("", (), "")
