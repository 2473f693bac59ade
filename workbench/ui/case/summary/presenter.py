"""A case on one page, in words: who is at risk, what holds it, what changed since one last looked. No Qt here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from workbench.casework import reading
from workbench.casework.desk import Desk
from workbench.models.results import Advice, Because, Finding
from workbench.resources import say
from workbench.ui.case.facts import Fact, Part, fact_of
from workbench.ui.case.presenter import GROUP_WORDS, GROUPS, in_force
from workbench.ui.form import words as answers_in
from workbench.ui.knowing import Knowing
from workbench.ui.words import ago, day_words, moment_words

LEVELS = {"serious": ("Serious", "danger"), "warn": ("Look at this", "warn"), "note": ("Note", "info")}
NEWS = 12


class Remark(msgspec.Struct, frozen=True):
    """A finding or a suggestion, with its level in words and why, said once however often it is found.

    `entries` are the words and id of each entry that it is about, the latest first; `times` how often it holds.
    """

    says: str
    level: str
    tone: str
    because: Because
    entries: tuple[tuple[str, str], ...] = ()
    times: int = 1


class News(msgspec.Struct, frozen=True):
    """What was recorded since one last looked."""

    title: str
    entry: str


class Page(msgspec.Struct, frozen=True):
    """The whole page."""

    case: str
    since: str
    news: tuple[News, ...]
    more_news: int
    remarks: tuple[Remark, ...]
    parts: tuple[Part, ...]


def page(desk: Desk, case: str) -> Page:
    """The page of a case."""
    known = Knowing(desk, case)
    since, news = _news(desk, known)
    return Page(
        case=case,
        since=since,
        news=tuple(news[:NEWS]),
        more_news=max(0, len(news) - NEWS),
        remarks=tuple(_remarks(desk, known)),
        parts=(
            Part("Who is at risk", tuple(_at_risk(known)), "No plan says who is at risk.", "plan"),
            Part("Risk of serious harm", tuple(_risks(known)), "No RoSH is recorded.", "assessments"),
            Part(
                "MAPPA and scores",
                tuple(_scores(known)),
                "No MAPPA category and no score is recorded.",
                "assessments",
            ),
            Part(
                "The plan, and whether it happens",
                tuple(_plan(known)),
                "No risk management plan is recorded.",
                "plan",
            ),
            Part(
                "Conditions in force",
                tuple(_conditions(known)),
                "No condition is recorded as in force.",
                "conditions",
            ),
            Part("People around the person", tuple(_people(known)), "Nobody is recorded.", "people"),
            Part("Where the person lives", tuple(_address(known)), "No address is recorded.", "addresses"),
            Part("Sentence", tuple(_sentences(known)), "No sentence is recorded."),
            Part(
                "The offence", tuple(_offence(known)), "Nothing of the offence is recorded.", sensitive=True
            ),
            Part("Warning signs", tuple(_warning(known)), "No warning sign is recorded.", "thread"),
        ),
    )


def _news(desk: Desk, known: Knowing) -> tuple[str, list[News]]:
    """What came to stand here since the person at this store last looked, the latest first."""
    own = desk.device.card.name
    today = desk.today.isoformat()
    looks = [row.at for row in desk.store.log_rows(known.case.id) if row.what == "looked" and row.who == own]
    before = [at for at in looks if at[:10] < today]
    if not before:
        return "", []
    since = before[-1]
    away = reading.kept_away(desk, known.case)
    fresh = [
        (version.said_at, version, entry)
        for entry in known.case.entries.values()
        if entry.id not in away
        for version in entry.versions
        if version.said_at > since and desk.author(version).name != own
    ]
    found = []
    for at, version, entry in sorted(fresh, key=lambda each: each[0], reverse=True):
        form = desk.form_of(version)
        title = say(form.title) if form else version.header.form[0]
        found.append(News(f"{title}, {moment_words(at)}, {desk.author(version).name}", entry.id))
    return f"since you looked {ago(since, desk.today)}", found


def _remarks(desk: Desk, known: Knowing) -> Iterator[Remark]:
    role = desk.device.card.role
    order = {"serious": 0, "warn": 1, "note": 2}
    findings: list[Finding | Advice] = [
        found for found in desk.store.findings(known.case.id) if not found.tells or role in found.tells
    ]
    findings.sort(key=lambda found: (order[found.level], found.finding))
    same: dict[str, list[Finding | Advice]] = {}
    for found in [*findings, *desk.store.advice(known.case.id)]:
        same.setdefault(found.says, []).append(found)
    for says, told in same.items():
        level, tone = LEVELS[told[0].level]
        suggested = isinstance(told[0], Advice)
        about = dict.fromkeys(found.entry for found in told if found.entry)
        yield Remark(
            says,
            "Suggestion" if suggested else level,
            "info" if suggested else tone,
            told[0].because,
            tuple(_titles(desk, known, about)),
            len(told),
        )


def _titles(desk: Desk, known: Knowing, entries: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The title and day of each entry that stands in this case, the latest first."""
    stood = [known.case.entries[entry] for entry in entries if entry in known.case.entries]
    for entry in sorted(stood, key=lambda each: each.on, reverse=True):
        form = desk.form_of(entry.head)
        title = say(form.title) if form else entry.head.header.form[0]
        yield f"{title}, {day_words(entry.on)}", entry.id


def _risks(known: Knowing) -> Iterator[Fact]:
    overall = known.fact("rosh.overall")
    if overall.recorded:
        yield fact_of("Overall", overall)
        for group in GROUPS:
            yield fact_of(GROUP_WORDS[group], known.fact(f"rosh.{group}"))


def _scores(known: Knowing) -> Iterator[Fact]:
    wanted = (
        ("MAPPA category", "mappa.category"),
        ("MAPPA level", "mappa.level"),
        ("OSP/DC", "osp.dc"),
        ("OSP/IIC", "osp.iic"),
        ("Registered for notification", "registered"),
        ("Lead agency", "lead_agency"),
    )
    found = [fact_of(name, known.fact(fact)) for name, fact in wanted]
    if any(fact.recorded for fact in found):
        yield from found


def _at_risk(known: Knowing) -> Iterator[Fact]:
    plans = known.case.of_form("risk-management-plan")
    if not plans:
        return
    head = plans[-1].head
    form = known.desk.form_of(head)
    question = form.question("at_risk") if form else None
    if question is None:
        return
    for line in answers_in.answer(question, head.answers().get("at_risk"), _names(known)).splitlines():
        yield Fact("", line, day_words(head.header.on), plans[-1].id)


def _names(known: Knowing) -> dict[str, str]:
    return {found.of: found.words for found in known.each("network.name") if found.of}


def _plan(known: Knowing) -> Iterator[Fact]:
    plans = known.case.of_form("risk-management-plan")
    if not plans:
        return
    plan = plans[-1]
    today = known.day
    actions = [
        row
        for value in plan.head.answers().values()
        if isinstance(value, list)
        for row in value
        if isinstance(row, dict) and "what" in row and ("by" in row or "who" in row)
    ]
    done = [row for row in actions if row.get("done_on")]
    late = [row for row in actions if not row.get("done_on") and str(row.get("by", "9999")) < today]
    status = {"countersigned": "countersigned", "returned": "returned for rework"}.get(
        plan.status, "signed, not countersigned"
    )
    yield Fact("Plan", f"{day_words(plan.on)}, {status}", "", plan.id)
    yield Fact(
        "Actions", f"{len(actions)} in the plan, {len(done)} done, {len(late)} past their day", "", plan.id
    )
    for row in late[:5]:
        yield Fact("Past its day", f"{row.get('what', '')} (by {day_words(str(row.get('by')))})", "", plan.id)
    yield fact_of("Review on", known.fact("plan.review_on"))


def _conditions(known: Knowing) -> Iterator[Fact]:
    for found in in_force(known):
        yield Fact("", found.words, day_words(found.since), found.entry)


def _people(known: Knowing) -> Iterator[Fact]:
    for found in known.each("network.name"):
        relation = known.fact("network.relation", found.of)
        if not relation.recorded:
            # The tie has ended; who it was stands in the register.
            continue
        child = known.raw("network.under_18", found.of) == "yes"
        allowed = {"yes": "contact allowed", "no": "contact not allowed"}.get(
            known.raw("network.contact_allowed", found.of), "whether contact is allowed is not recorded"
        )
        told = ", ".join(
            part for part in (relation.words.lower(), "a child" if child else "", allowed) if part
        )
        yield Fact(found.words, told, day_words(found.since), found.entry)


def _address(known: Knowing) -> Iterator[Fact]:
    text = known.fact("address.text")
    if text.recorded:
        yield fact_of("Address", text)
        yield fact_of("Kind", known.fact("address.type"))
        yield fact_of("Seen at home", known.fact("home_visit.seen_on"))
    elif known.raw("no_fixed_abode") == "yes":
        yield Fact("Address", "No fixed abode", "", known.fact("no_fixed_abode").entry)


def _sentences(known: Knowing) -> Iterator[Fact]:
    for found in known.each("sentence.on"):
        kind = known.words("sentence.kind", found.of)
        released, ends = known.raw("sentence.released_on", found.of), known.raw("sentence.ends_on", found.of)
        told = kind
        told += f", released {day_words(released)}" if released else ""
        told += f", ends {day_words(ends)}" if ends else ""
        yield Fact(day_words(found.raw), told, "", found.entry)


def _offence(known: Knowing) -> Iterator[Fact]:
    for found in known.each("sentence.offence"):
        yield fact_of("Index offence", found)
    for name, fact in (("Contact", "offence.contact"), ("Victim", "offence.victim")):
        told = known.fact(fact)
        if told.recorded:
            yield fact_of(name, told)


def _warning(known: Knowing) -> Iterator[Fact]:
    found = known.fact("warning_sign")
    if found.recorded:
        for sign in found.words.split("; "):
            yield Fact("", sign, day_words(found.since), found.entry)
