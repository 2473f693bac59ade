"""What stands beside a question: what is known, with its source, and what was answered last time; no Qt."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import msgspec

from workbench.casework.desk import Desk
from workbench.casework.reading import kept_away
from workbench.forms.definition import Form, Question
from workbench.models.evaluation import paths_of
from workbench.models.expressions import parse_term
from workbench.models.fold import Case, Live, Resolved
from workbench.models.records import Version
from workbench.resources import Text, Words, say
from workbench.ui.form import words

# What anybody who writes about a case wants beside them, in this order.
GENERAL: Mapping[str, Text] = {
    "rosh.overall": Words("Risk of serious harm", "Risg o niwed difrifol"),
    "mappa.level": Words("MAPPA level", "Lefel MAPPA"),
    "mappa.category": Words("MAPPA category", "Categori MAPPA"),
    "osp.dc": "OSP/DC",
    "osp.iic": "OSP/IIC",
    "address.text": Words("Address", "Cyfeiriad"),
    "identity.language": Words("Language", "Iaith"),
    "needs.communication": Words(
        "What helps with reading and understanding", "Yr hyn sy'n helpu gyda darllen a deall"
    ),
    "warning_sign": Words("Warning sign", "Arwydd rhybudd"),
    "sentence.release_on": Words("Walks out on", "Yn cerdded allan ar"),
    "plan.review_on": Words("Plan to be looked at again on", "Edrych eto ar y cynllun ar"),
    "officer.name": Words("Responsible officer", "Swyddog cyfrifol"),
}
MOST_ENTRIES = 300
# Facts that no rule speaks of, or that a rule names as a question whose answer would read the wrong way round.
_NAMES: Mapping[str, Text] = {
    "no_fixed_abode": Words("No fixed address", "Dim cyfeiriad sefydlog"),
    "maps.choice": "Maps for Change",
    "identity.alias": Words("Other name", "Enw arall"),
    "needs.health": Words("Health, disability or care need", "Angen iechyd, anabledd neu ofal"),
    "condition.no_contact": Words("Contact forbidden with", "Gwaherddir cyswllt â"),
    "contact.next_on": Words("Next appointment", "Apwyntiad nesaf"),
}
_FACTOR = Words("Factor", "Ffactor")
_CONDITION = Words("Condition", "Amod")
_PERSON = Words("Person", "Unigolyn")
_ACTION = Words("Action", "Cam gweithredu")
_YES_OR_NO = Question(id="answer", kind="yes-no-unknown")


class Known(msgspec.Struct, frozen=True):
    """One thing known: what, its value in words, which entry says so, and whether another says otherwise."""

    what: str
    value: str
    source: str
    entry: str
    marks: tuple[str, ...] = ()
    disputed: bool = False


class Before(msgspec.Struct, frozen=True):
    """The version this form was last signed with: when, by whom, and each answer in words."""

    on: str
    by: str
    entry: str
    words: Mapping[str, str]


class Answerable(msgspec.Struct, frozen=True):
    """Something an action may answer or a factor be managed by: its id, its words, what it is."""

    id: str
    words: str
    kind: str


def of_questions(
    desk: Desk, case: Case, form: Form, names: Mapping[str, str], language: str
) -> dict[str, tuple[Known, ...]]:
    """What is known of the facts that each question is about; questions of which nothing is known are left out."""
    facts = _facts_of(form)
    day = desk.today.isoformat()
    found: dict[str, list[Known]] = {}
    by_fact: dict[str, list[Resolved]] = {}
    for resolved in case.facts(day, desk.library.facts):
        by_fact.setdefault(resolved.fact, []).append(resolved)
    for question, paths in facts.items():
        for fact, of in paths:
            for resolved in by_fact.get(fact, ()):
                if of in (None, resolved.of):
                    found.setdefault(question, []).extend(_known(desk, resolved, names, "", language))
    return {question: tuple(lines) for question, lines in found.items()}


def general(desk: Desk, case: Case, names: Mapping[str, str], language: str) -> tuple[Known, ...]:
    """The few facts that stand beside every form."""
    day = desk.today.isoformat()
    found = [f for f in case.facts(day, desk.library.facts) if f.fact in GENERAL]
    order = list(GENERAL)
    found.sort(key=lambda each: order.index(each.fact))
    return tuple(
        line
        for each in found
        for line in _known(desk, each, names, say(GENERAL[each.fact], language), language)
    )


def before(
    desk: Desk, case: Case, form: Form, amends: str, names: Mapping[str, str], language: str
) -> Before | None:
    """The version that this form was last signed with: of an amended entry, the one it has now."""
    entry = case.entries.get(amends) if amends else next(reversed(case.of_form(form.form)), None)
    if entry is None or entry.head.content is None or entry.id in kept_away(desk, case):
        return None
    answers = entry.head.answers()
    told = {
        question.id: words.answer(question, answers[question.id], names, language)
        for question in form.questions()
        if question.id in answers
    }
    return Before(words.day_words(entry.on, language), desk.author(entry.head).name, entry.id, told)


def answerable(
    desk: Desk, case: Case, form: Form, names: Mapping[str, str], language: str = "en"
) -> tuple[Answerable, ...]:
    """What the actions of a form may answer: the eleven factors, conditions in force, the case's people."""
    people = frozenset(case.about("network.name"))
    of_case = ((key, name) for key, name in names.items() if key in people)
    kinds = (
        (_FACTOR, factors(desk, language).items()),
        (_CONDITION, _conditions(desk, case)),
        (_PERSON, of_case),
    )
    return tuple(Answerable(key, name, say(kind, language)) for kind, found in kinds for key, name in found)


def factors(desk: Desk, language: str = "en") -> dict[str, str]:
    """The factors of the ARMS form, by the id under which facts and actions know them."""
    arms = desk.library.form("arms")
    return {q.id.replace("_", "-"): words.asks(q, language) for q in arms.questions() if q.kind == "factor"}


def actions(desk: Desk, case: Case, form: Form, language: str) -> tuple[Answerable, ...]:
    """The actions of other signed entries that may manage a factor, latest plan first."""
    found: dict[str, Answerable] = {}
    away = kept_away(desk, case)
    for entry in reversed(case.of_form("risk-management-plan", "arms")):
        if entry.form == form.form or entry.id in away:
            continue
        definition = desk.form_of(entry.head)
        for question in definition.questions() if definition else ():
            if question.kind == "actions":
                for row in entry.head.answers().get(question.id, ()):
                    told, key = words.answer(question, [row], {}, language), str(row.get("id"))
                    found.setdefault(key, Answerable(key, told, say(_ACTION, language)))
    return tuple(found.values())


def entries(desk: Desk, case: Case, language: str) -> dict[str, str]:
    """The entries that may show that something happened, latest first, at most 300."""
    away = kept_away(desk, case)
    live = [entry for entry in case.entries.values() if entry.live and entry.id not in away]
    live.sort(key=lambda entry: (entry.on, entry.id), reverse=True)
    return {entry.id: source_of(desk, entry.head, language) for entry in live[:MOST_ENTRIES]}


def source_of(desk: Desk, version: Version, language: str) -> str:
    """Which entry a version is, in words: `Home visit, 3 March 2026, Ann Example`."""
    form = desk.form_of(version)
    title = say(form.title, language) if form else version.header.form[0]
    return f"{title}, {words.day_words(version.header.on, language)}, {desk.author(version).name}"


def _conditions(desk: Desk, case: Case) -> Iterator[tuple[str, str]]:
    day = desk.today.isoformat()
    for of in case.about("condition.text"):
        value = case.known("condition.text", of, day).value
        if of and value is not None and case.known("condition.in_force", of, day).value != "no":
            yield of, str(value)


def _facts_of(form: Form) -> dict[str, tuple[tuple[str, str | None], ...]]:
    """The facts that each question is about, with the one thing they are about where the form names it."""
    found: dict[str, list[tuple[str, str | None]]] = {}
    for row in form.sets:
        of = row.of.strip("'") if row.of.startswith("'") else None
        taken = paths_of(parse_term(row.is_))
        for name in (row.each,) if row.each else (path.partition(".")[0] for path in taken):
            found.setdefault(name, []).append((row.fact, of))
    for question in form.questions():
        paths = (*question.shows, *((question.from_fact,) if question.from_fact else ()))
        found.setdefault(question.id, []).extend((path, None) for path in paths)
    return {question: tuple(dict.fromkeys(paths)) for question, paths in found.items()}


def _known(
    desk: Desk, found: Resolved, names: Mapping[str, str], title: str, language: str
) -> Iterator[Known]:
    about = names.get(found.of or "", "")
    what = title or fact_words(desk, found.fact, language)
    for live in found.claims:
        yield Known(
            what=f"{what}: {about}" if about and found.fact not in ("network.name", "address.text") else what,
            value=_value(desk, found.fact, live, names, language),
            source=source_of(desk, live.version, language),
            entry=live.version.header.entry,
            marks=live.claim.marks,
            disputed=found.disputed,
        )


def fact_words(desk: Desk, fact: str, language: str = "en") -> str:
    """A fact's name as the rules say it, to stand before its value: `home_visit.seen_on` as a line of its own.

    In Welsh the article stays: without it a mutated word would stand alone.
    """
    named = GENERAL.get(fact) or _NAMES.get(fact) or desk.book.words.get(f"fact {fact}") or fact
    told = say(named, language).removeprefix("the ")
    return told[:1].upper() + told[1:]


def _value(desk: Desk, fact: str, live: Live, names: Mapping[str, str], language: str) -> str:
    value = live.claim.is_
    definition = desk.library.facts.get(fact)
    kind = definition.type if definition else "text"
    if kind in ("day", "moment"):
        return words.day_words(value, language)
    if kind in ("person", "place", "agency", "id"):
        return names.get(str(value), str(value))
    if kind == "yes-no":
        return words.options(_YES_OR_NO, language).get(str(value), str(value))
    form = desk.form_of(live.version)
    if form is not None:
        told = _option(form, fact, str(value), live.claim.of, language)
        if told:
            return told
    return str(value)


def _option(form: Form, fact: str, value: str, of: str | None, language: str) -> str:
    """The words of an option that a claim took over from a question as it is; empty where there is none."""
    for row in form.sets:
        if row.fact == fact and (not row.of.startswith("'") or row.of.strip("'") == of):
            question = _asked(form, row.each, row.is_.partition(".")[0])
            told = words.options(question, language).get(value) if question else None
            if told:
                return told
    return ""


def _asked(form: Form, each: str, name: str) -> Question | None:
    group = form.question(each) if each else None
    if group is not None:
        return next((column for column in group.of if column.id == name), None)
    return form.question(name)


def names_of(
    people: Mapping[str, str],
    places: Mapping[str, str],
    more: Iterable[Answerable] = (),
    *,
    language: str = "en",
) -> dict[str, str]:
    """The words of every id that an answer of a form may hold."""
    return {**words.agencies(language), **people, **places, **{each.id: each.words for each in more}}
