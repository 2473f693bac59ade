"""What one reads before a contact: the last three, what was promised, what to check, one question; no Qt here."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from workbench.casework import reading
from workbench.casework.desk import Desk
from workbench.forms.definition import rows
from workbench.models.fold import Entry
from workbench.resources import say
from workbench.ui.case import presenter as cases
from workbench.ui.caseload.presenter import ROSH_TONES
from workbench.ui.form import words as answers_in
from workbench.ui.knowing import Knowing
from workbench.ui.words import day_words, short_day, time_words

CONTACT, VISIT = "contact", "home-visit"
LAST, CONDITIONS, QUESTIONS = 3, 4, 2
# So much of a text stands on a card of this size; the whole of it is one press away.
NOTE, PROMISE, CONDITION, CHECK = 130, 200, 110, 70
_STANDARD = "licence-standard"
# Of what was written at a contact, that which tells most in a line.
_TELLING = ("summary", "note", "review", "check_in", "explanation", "differs", "presentation", "account")
CHECKED = ("visor_checked", "checked")


class Contact(msgspec.Struct, frozen=True):
    """One contact: its day and kind, how it went, the beginning of what was written."""

    when: str
    what: str
    words: str
    entry: str


class Condition(msgspec.Struct, frozen=True):
    """One condition, and what is known of checking it; empty where nothing is."""

    words: str
    note: str


class Ask(msgspec.Struct, frozen=True):
    """One question that the plan puts today."""

    asks: str
    note: str
    tone: str


class CardState(msgspec.Struct, frozen=True):
    """The whole card; `may_write` says whether the person's role records contacts."""

    case: str
    name: str
    crn: str
    pills: tuple[tuple[str, str], ...]
    coming: str
    contacts: tuple[Contact, ...]
    promised: str
    promised_on: str
    conditions: tuple[Condition, ...]
    more_conditions: str
    asks: tuple[Ask, ...]
    visor: str
    visor_tone: str
    may_write: bool


def card(desk: Desk, case: str) -> CardState:
    """The card of a case; opening it is logged before it is shown."""
    desk.log("looked", case=case, detail="sixty-second card")
    row = desk.store.case_row(case)
    known = Knowing(desk, case)
    away = reading.kept_away(desk, known.case)
    met = [entry for entry in known.case.of_form(CONTACT, VISIT) if entry.id not in away]
    last = met[: -LAST - 1 : -1]
    promised, promised_on = _promised(last, known)
    conditions, more = _conditions(known)
    visor, tone = _visor(met, known)
    return CardState(
        case=case,
        name=row.name or row.crn,
        crn=row.crn,
        pills=tuple(_pills(known, recall=row.open_recall)),
        coming=_coming(known),
        contacts=tuple(_contact(desk, entry) for entry in last),
        promised=promised,
        promised_on=promised_on,
        conditions=conditions,
        more_conditions=more,
        asks=tuple(_asks(known))[:QUESTIONS],
        visor=visor,
        visor_tone=tone,
        may_write=desk.device.card.role in desk.library.form(CONTACT).for_,
    )


def _pills(known: Knowing, *, recall: bool) -> Iterator[tuple[str, str]]:
    if recall:
        yield "A recall is open", "danger"
    rosh = known.fact("rosh.overall")
    yield (
        (f"RoSH: {rosh.words}", ROSH_TONES.get(rosh.raw, "plain"))
        if rosh.recorded
        else ("RoSH not recorded", "plain")
    )


def _coming(known: Knowing) -> str:
    coming, today = known.raw("contact.next_on"), known.desk.today
    if not coming or coming[:10] < today.isoformat():
        return "none recorded"
    time = time_words(coming)
    return f"{short_day(coming, today)}{f', {time}' if time else ''}"


def _contact(desk: Desk, entry: Entry) -> Contact:
    answers, form = entry.live[-1].answers(), desk.form_of(entry.live[-1])
    when = short_day(entry.on, desk.today)
    when = when[:1].upper() + when[1:]
    outcome = form.question("outcome") if form else None
    how = form.question("how") if form else None
    said = [answers_in.answer(each, answers.get(each.id), {}) for each in (how, outcome) if each is not None]
    what = ", ".join(part for part in said if part).capitalize() or (say(form.title) if form else entry.form)
    told = next((answers[each] for each in _TELLING if isinstance(answers.get(each), str)), "")
    return Contact(
        when, f"Home visit: {what}" if entry.form == VISIT else what, shortened(told, NOTE), entry.id
    )


def shortened(text: str, most: int) -> str:
    """The beginning of a text on one line, whole words and an ellipsis where it goes on."""
    told = " ".join(text.split())
    return told if len(told) <= most else f"{told[:most].rsplit(' ', 1)[0].rstrip('.,;:')} …"


def _promised(last: list[Entry], known: Knowing) -> tuple[str, str]:
    """The tasks that were set last, and on which day; of the last contacts alone."""
    for entry in last:
        tasks = entry.live[-1].answers().get("tasks")
        if isinstance(tasks, str) and tasks.strip():
            return shortened(tasks, PROMISE), short_day(entry.on, known.desk.today)
    return "", ""


def _conditions(known: Knowing) -> tuple[tuple[Condition, ...], str]:
    """Those that were made for this person, with their checks; the standard ones are counted."""
    checks = _checks(known)
    own: list[Condition] = []
    standard = 0
    for found in cases.in_force(known):
        if known.raw("condition.kind", found.of) == _STANDARD:
            standard += 1
        elif found.recorded:
            review = known.raw("condition.review_on", found.of)
            due = "Ask whether it is still needed. " if review and review <= known.day else ""
            note = f"{due}{checks.get(found.of or '', '')}".strip()
            own.append(Condition(shortened(found.words, CONDITION), shortened(note, CHECK)))
    more = [f"{len(own) - CONDITIONS} more"] if len(own) > CONDITIONS else []
    more += [f"{standard} standard condition{'s' if standard != 1 else ''}"] if standard else []
    told = f"Also in force: {' and '.join(more)}." if more else ""
    shown = tuple(own[:CONDITIONS])
    return shown, f"{_unchecked(shown)} {told}".strip()


def _unchecked(shown: tuple[Condition, ...]) -> str:
    left = sum(not each.note for each in shown)
    if not left:
        return ""
    return (
        "No check of these is recorded." if left == len(shown) else f"No check of {left} of them is recorded."
    )


def _checks(known: Knowing) -> dict[str, str]:
    """How often each condition is checked, and what the last check showed."""
    told: dict[str, str] = {}
    for entry in known.case.of_form("orders-and-conditions"):
        for row in rows(entry.live[-1].answers().get("conditions")):
            every, last = row.get("check_every"), row.get("last_check")
            parts = (f"Checked: {every}." if every else "", f"Last time: {last}" if last else "")
            if any(parts):
                told[str(row.get("id"))] = " ".join(part for part in parts if part)
    return told


def _asks(known: Knowing) -> Iterator[Ask]:
    """What the plan says somebody will do and nobody has ticked off, what is due first."""
    left = [row for row in known.planned() if row.get("what") and "by" in row and not row.get("done_on")]
    for row in sorted(left, key=lambda row: str(row["by"])):
        by = str(row["by"])
        late = by < known.day
        who = f"{row['who']}, " if row.get("who") else ""
        asks = f"Has this happened? {shortened(str(row['what']), CONDITION)}"
        yield Ask(asks, f"{who}{'was due' if late else 'by'} {day_words(by)}", "danger" if late else "quiet")


def _visor(met: list[Entry], known: Knowing) -> tuple[str, str]:
    """When ViSOR or MAPPS was last checked before a contact, in words, and the tone that repeats it."""
    today = known.desk.today
    for entry in reversed(met):
        if entry.live[-1].answers().get(CHECKED[0]) == CHECKED[1]:
            when = short_day(entry.on, today)
            return f"Last checked {when}, before a contact.", "good" if when == "today" else "warn"
    return "No check before a contact is recorded.", "warn"
