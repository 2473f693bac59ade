"""What the form screen shows and does with a desk at hand; no Qt."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from workbench import clock
from workbench.casework import attaching, carry_table, carrying, drafting, keeping, own_words, unfinished
from workbench.casework.carry_table import Carry, System
from workbench.casework.desk import Desk
from workbench.casework.drafting import REGISTRATION, Spot, Taken, Writing
from workbench.clock import Clock
from workbench.errors import NotFound
from workbench.forms.definition import Form, Question, rows
from workbench.forms.session import Session
from workbench.models.fold import Case
from workbench.models.records import FileRef
from workbench.models.results import Changes
from workbench.resources import Words, say
from workbench.ui.form import known, words
from workbench.ui.form.known import Answerable, Before, Known
from workbench.ui.form.passages import Found
from workbench.ui.form.passages import find as find_passages
from workbench.ui.words import said

_TONES = {"very high": "grave", "high": "danger", "medium": "warn", "low": "good"}
_ROSH = {
    "very high": Words("RoSH: Very high", "RoSH: Uchel iawn"),
    "high": Words("RoSH: High", "RoSH: Uchel"),
    "medium": Words("RoSH: Medium", "RoSH: Canolig"),
    "low": Words("RoSH: Low", "RoSH: Isel"),
}
_MAPPA = Words("MAPPA level {level}", "Lefel MAPPA {level}")
_MAPPA_CATEGORY = Words(
    "MAPPA category {category}, level {level}", "Categori MAPPA {category}, lefel {level}"
)
_NEW_PERSON = Words("New person", "Person newydd")
_SIGNED = Words("Signed: {title}.", "Llofnodwyd: {title}.")
_SIGNED_ON = Words("Signed: {title}, {day}.", "Llofnodwyd: {title}, {day}.")
_AMENDED_ON = Words("Amended: {title}, {day}.", "Diwygiwyd: {title}, {day}.")
_WAITS = Words("It now waits for a countersignature.", "Mae'n aros nawr am gydlofnod.")


class Head(msgspec.Struct, frozen=True):
    """Who a form is about: name, CRN, and what must not be forgotten, each with its tone."""

    name: str
    crn: str = ""
    pills: tuple[tuple[str, str], ...] = ()


class Recovered(msgspec.Struct, frozen=True):
    """A draft that was never laid down: when its last words were kept."""

    at: str


class Unfinished(msgspec.Struct, frozen=True):
    """Another draft of the same form of the same case."""

    draft: str
    at: str


class Opened(msgspec.Struct, frozen=True):
    """Everything a form draws: its session, where its writer stood, and what stands beside each question.

    One that is written `together` with others in a sitting is signed there, and not by itself.
    """

    writing: Writing
    session: Session
    form: Form
    language: str
    title: str
    head: Head
    spot: Spot
    clock: Clock
    new_person: bool
    known: Mapping[str, tuple[Known, ...]]
    general: tuple[Known, ...]
    before: Before | None
    names: Mapping[str, str]
    answerable: tuple[Answerable, ...]
    actions: tuple[Answerable, ...]
    entries: Mapping[str, str]
    facts: Mapping[str, str]
    refusals: tuple[str, ...]
    files: tuple[FileRef, ...] = ()
    recovered: Recovered | None = None
    unfinished: Unfinished | None = None
    moved_on: bool = False
    countersigned_by: tuple[str, ...] = ()
    carries: tuple[tuple[System, Carry], ...] = ()
    together: bool = False


def opened(
    desk: Desk,
    case: str,
    form: str,
    entry: str = "",
    draft: str = "",
    language: str = "en",
    given: tuple[tuple[str, str], ...] = (),
) -> Opened:
    """A form to be written: new, amending an entry, or a draft taken up; a registration mints its case.

    `given` are answers that a new one starts with; `versions/version` is a new row with an answer in it.

    Raises:
        NotFound: there is no such case, form, entry or draft.
        Refused: the form is not written by a person in this role.
    """
    if draft:
        taken = drafting.take_up(desk, draft)
        desk.log("looked", case=taken.writing.case, detail=f"form {taken.writing.form}")
        return _opened(desk, taken, language)
    if form == REGISTRATION and not case:
        case = desk.ids.new()
    else:
        case = desk.store.case_row(case).case
        desk.log("looked", case=case, detail=f"form {form}")
    if entry and not form:
        form = _form_of(desk, case, entry)
    writing, session = drafting.begin(desk, case, form, entry)
    for path, value in given:
        rows_of, _, column = path.partition("/")
        place = f"{rows_of}/{session.add_row(rows_of)}/{column}" if column else path
        session.answer(place, value)
    return _opened(desk, Taken(writing, session, "", Spot(), interrupted=False, moved_on=False), language)


def again(desk: Desk, writing: Writing, language: str = "en") -> Opened:
    """The same form from the start: the draft is thrown away, an amendment begins from the entry as it stands."""
    if writing.kept:
        discard(desk, writing.draft)
    case = writing.case if _is_case(desk, writing.case) else ""
    return opened(desk, case, writing.form, writing.entry, language=language)


def discard(desk: Desk, draft: str) -> None:
    """Throws a draft away on purpose; it can be fetched back for a while."""
    unfinished.throw_away(desk, draft)


def keep(
    desk: Desk,
    writing: Writing,
    answers: Mapping[str, Any],
    marks: Mapping[str, tuple[str, ...]],
    spot: Spot,
) -> tuple[Writing, str]:
    """Keeps what was written; gives the draft it lies in and the time, `10:42`."""
    held = drafting.keep(desk, writing, answers, marks, spot)
    return held, f"{desk.now.astimezone(clock.LONDON):%H:%M}"


def lay_down(desk: Desk, writing: Writing, spot: Spot) -> None:
    """Notes that a form was left on purpose, and where."""
    drafting.lay_down(desk, writing, spot)


# Forms that act upon versions of another entry instead of becoming an entry of their own.
_ACTS = {
    "erase": keeping.erase,
    "misfile": keeping.misfile,
    "restrict": keeping.restrict,
    "loosen": keeping.loosen,
}


def sign(
    desk: Desk,
    writing: Writing,
    session: Session,
    because: str,
    files: tuple[FileRef, ...],
    language: str = "en",
) -> tuple[Changes, str]:
    """Signs what was written; gives what changed and what to say.

    Raises:
        Refused: something must be answered first, an amendment gives no reason, or the CRN is held already.
        NotFound: an act names no version of this case.
    """
    title = say(session.form.title, language)
    act = _ACTS.get(session.form.act)
    if act is not None:
        answers = session.answers()
        named = [str(row.get("version", "")).strip() for row in rows(answers.get("versions"))]
        changes = act(desk, writing.case, named, answers)
        if writing.kept:
            unfinished.let_go(desk, writing.draft)
        return changes, said(_SIGNED, language, title=title)
    changes = drafting.finish(desk, writing, session, because=because, files=files)
    done = _AMENDED_ON if writing.entry else _SIGNED_ON
    told = said(done, language, title=title, day=words.day_words(session.happened(), language))
    if session.form.countersigned_by:
        told = f"{told} {say(_WAITS, language)}"
    return changes, told


def make_ready(desk: Desk, case: str) -> None:
    """Works out what the rules say of a case while somebody writes: signing then asks only what is new."""
    if _is_case(desk, case):
        desk.outcome(desk.case(case))


def passages(desk: Desk, case: str, asked: str, language: str = "en") -> Found:
    """The words of the case that may be taken over as evidence."""
    if not _is_case(desk, case):
        return Found(())
    desk.log("searched", case=case, detail="evidence")
    return find_passages(desk, case, asked, language)


def attach(desk: Desk, name: str, data: bytes) -> FileRef:
    """Takes a file into the store."""
    return attaching.attach(desk, name, data)


class Comfort(msgspec.Struct, frozen=True):
    """The writer's own words and short forms."""

    words: tuple[str, ...]
    snippets: Mapping[str, str]


def comfort(desk: Desk) -> Comfort:
    """What the writer added to dictionaries and short forms."""
    return Comfort(own_words.own_words(desk), own_words.snippets(desk))


def add_word(desk: Desk, word: str) -> Comfort:
    """Adds a word to the writer's own."""
    own_words.add_own_word(desk, word)
    return comfort(desk)


def keep_snippets(desk: Desk, wanted: Mapping[str, str]) -> Comfort:
    """Keeps other short forms."""
    own_words.keep_snippets(desk, wanted)
    return comfort(desk)


def _opened(desk: Desk, taken: Taken, language: str) -> Opened:
    writing, session = taken.writing, taken.session
    case = desk.case(writing.case)
    form = spoken(session.form, language)
    names = known.names_of(session.known.people, session.known.places, language=language)
    answerable = known.answerable(desk, case, form, names, language)
    names = known.names_of(session.known.people, session.known.places, answerable, language=language)
    new = not _is_case(desk, writing.case)
    return Opened(
        writing=writing,
        session=session,
        form=form,
        language=language,
        title=say(form.title),
        head=_head(desk, case, language, new=new),
        spot=taken.spot,
        clock=desk.clock,
        new_person=new,
        known=known.of_questions(desk, case, form, names, language),
        general=known.general(desk, case, names, language),
        before=known.before(desk, case, form, writing.entry, names, language),
        names=names,
        answerable=answerable,
        actions=known.actions(desk, case, form, language),
        entries=known.entries(desk, case, language),
        facts={row.fact: known.fact_words(desk, row.fact, language) for row in form.sets},
        refusals=tuple(say(text, language) for text in session.refusals()),
        files=taken.files,
        recovered=Recovered(words.day_words(taken.kept_at, language)) if taken.interrupted else None,
        unfinished=_unfinished(desk, writing, language),
        moved_on=taken.moved_on,
        countersigned_by=form.countersigned_by,
        carries=tuple(_carries(desk, form.form)),
    )


def _carries(desk: Desk, form: str) -> Iterator[tuple[System, Carry]]:
    if carrying.carries(desk):
        table = carry_table.read()
        yield from ((table.systems[carry.system], carry) for carry in table.forms.get(form, ()))


def spoken(form: Form, language: str) -> Form:
    """The form with every text in one language, to be shown; what is signed names the form as it is."""

    def asked(question: Question) -> Question:
        return msgspec.structs.replace(
            question,
            ask=say(question.ask, language),
            guide=say(question.guide, language),
            else_=say(question.else_, language),
            options=dict(words.options(question, language)),
            of=tuple(asked(column) for column in question.of),
        )

    pages = tuple(
        msgspec.structs.replace(
            page,
            title=say(page.title, language),
            guide=say(page.guide, language),
            questions=tuple(asked(question) for question in page.questions),
        )
        for page in form.pages
    )
    sources = tuple(
        msgspec.structs.replace(source, says=say(source.says, language)) for source in form.known_sources
    )
    return msgspec.structs.replace(
        form,
        title=say(form.title, language),
        about=say(form.about, language),
        pages=pages,
        known_sources=sources,
    )


def _head(desk: Desk, case: Case, language: str, *, new: bool) -> Head:
    if new:
        return Head(say(_NEW_PERSON, language))
    day = desk.today.isoformat()

    def value(fact: str) -> str:
        found = case.known(fact, None, day).value
        return "" if found is None else str(found)

    pills = []
    rosh, level = value("rosh.overall"), value("mappa.level")
    if rosh:
        pills.append((say(_ROSH.get(rosh, f"RoSH: {rosh}"), language), _TONES.get(rosh, "plain")))
    if level:
        category = value("mappa.category")
        text = _MAPPA_CATEGORY if category else _MAPPA
        pills.append((said(text, language, category=category, level=level), "info"))
    row = desk.store.case_row(case.id)
    return Head(row.name or row.crn, row.crn, tuple(pills))


def _unfinished(desk: Desk, writing: Writing, language: str) -> Unfinished | None:
    for held in reversed(unfinished.begun(desk, writing.case)):
        same = held.form == writing.form and (held.entry or "") == writing.entry
        if same and not writing.kept:
            return Unfinished(held.draft, words.day_words(held.at, language))
    return None


def _is_case(desk: Desk, case: str) -> bool:
    try:
        desk.store.case_row(case)
    except NotFound:
        return False
    return True


def _form_of(desk: Desk, case: str, entry: str) -> str:
    found = desk.case(case).entries.get(entry)
    if found is None:
        raise NotFound("There is no such entry in this case.")
    return found.form
