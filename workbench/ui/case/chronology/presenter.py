"""What stands in entries: a few words of those in sight, everything of the one that is read. No Qt here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from workbench.casework import reading, recording, sitting, taking_out
from workbench.casework.desk import Desk
from workbench.forms.definition import Form, Question
from workbench.models.fold import Entry
from workbench.models.records import Version
from workbench.models.results import Changes
from workbench.resources import say
from workbench.ui.case.chronology.lines import STATUS, Preview
from workbench.ui.form import words as answers_in
from workbench.ui.waysout.presenter import ACTS as WAYS_OUT
from workbench.ui.words import day_words, moment_words

SOURCE_WORDS = {"self-report": "Self-report", "observation": "Seen by staff"}


class Answered(msgspec.Struct, frozen=True):
    """One question with its answer in words, and the marks it bears; `sensitive` where a shield may cover it."""

    ask: str
    words: str
    marks: tuple[str, ...] = ()
    sensitive: bool = False


class Earlier(msgspec.Struct, frozen=True):
    """One version or act of an entry: when, by whom, what it was, why."""

    version: str
    says: str
    why: str


class Account(msgspec.Struct, frozen=True):
    """One current version in full; of an entry that two people amended apart there are two."""

    version: str
    by: str
    answers: tuple[Answered, ...]


class Whole(msgspec.Struct, frozen=True):
    """An entry in full, with what may be done about it."""

    case: str
    entry: str
    form: str
    title: str
    says: str
    status: str
    status_tone: str
    accounts: tuple[Account, ...]
    earlier: tuple[Earlier, ...]
    may_amend: bool
    may_withdraw: bool
    may_countersign: bool
    questions: tuple[tuple[str, str], ...]
    may_print: bool = False
    follows: tuple[tuple[str, str], ...] = ()
    ways_out: tuple[tuple[str, str], ...] = ()


# What may be written about an entry, each with the words of its button.
_FOLLOWS = (("carried-over", "Carried over"), ("dispute", "The person disputes it"))


def find(desk: Desk, case: str, words: str) -> frozenset[str]:
    """The entries of a case in which these words stand."""
    return frozenset(row["entry"] for row in reading.search(desk, words, case=case) if row["entry"])


def previews(desk: Desk, case: str, entries: Sequence[str]) -> dict[str, Preview]:
    """What was written in these entries, cut short."""
    stood = desk.case(case)
    together = sitting.together(stood, reading.kept_away(desk, stood))
    return {
        each: _preview(desk, stood.entries[each], together=each in together)
        for each in entries
        if each in stood.entries
    }


def _preview(desk: Desk, entry: Entry, *, together: bool) -> Preview:
    head = entry.head
    form = desk.form_of(head)
    texts: list[str] = []
    short: list[str] = []
    if form is not None:
        for question, value in _answered(form, head):
            told = answers_in.answer(question, value, {})
            if question.kind == "narrative":
                texts.append(told)
            elif question.kind in ("repeat", "evidence", "actions") and value:
                texts.append(" ".join(told.splitlines()))
            elif question.kind in ("one-of", "text", "factor") and question.id not in ("said_by", "source"):
                short.append(told)
    sat = (("One sitting", "plain"),) if together else ()
    return Preview(" ".join((texts or short)[:6])[:600], (*_pills(desk, entry, head), *sat))


def _pills(desk: Desk, entry: Entry, head: Version) -> Iterator[tuple[str, str]]:
    answers = head.answers()
    source = answers.get("said_by") or answers.get("source")
    if isinstance(source, str):
        yield f"Source: {_source_words(desk, source)}", "info"
    if head.content is not None:
        marks = sorted({mark for marks in head.content.marks.values() for mark in marks})
        for mark in marks[:3]:
            yield answers_in.MARKS.get(mark, mark), "plain"
    if head.brought is not None:
        yield "Brought in, unsigned", "plain"
    if entry.forked:
        yield "Two accounts", "warn"


def _source_words(desk: Desk, source: str) -> str:
    for form in desk.library.all():
        for known in form.known_sources:
            if known.source == source:
                return say(known.says)
    return SOURCE_WORDS.get(source, source)


def whole(desk: Desk, case: str, entry: str) -> Whole | None:
    """An entry in full; None where it is gone or kept to others. Reading it is logged."""
    stood = desk.case(case)
    found, away = stood.entries.get(entry), reading.kept_away(desk, stood)
    if found is None or not found.versions or entry in away:
        return None
    desk.log("looked", case=case, detail=entry)
    names = {
        **recording.names_of(stood, "network.name", desk.today.isoformat()),
        **recording.places_of(stood),
    }
    head, role = found.head, desk.device.card.role
    form = desk.form_of(head)
    status, tone = STATUS.get(found.status, ("Signed", "plain"))
    own = head.header.by == desk.device.card.person
    open_ = bool(found.live) and found.status not in ("erased", "misfiled", "restricted")
    return Whole(
        case=found.case,
        entry=entry,
        form=head.header.form[0],
        title=say(form.title) if form else head.header.form[0],
        says=_says(desk, found, sitting.together(stood, away).get(entry, ())),
        status=status,
        status_tone=tone,
        accounts=tuple(_account(desk, version, names) for version in found.heads),
        earlier=tuple(_earlier(desk, version) for version in reversed(found.versions)),
        may_amend=open_ and form is not None and role in form.for_ and form.form in _forms(desk),
        may_withdraw=open_ and (own or role == "spo"),
        may_countersign=open_ and form is not None and role in form.countersigned_by and not own,
        questions=tuple((q.id, answers_in.asks(q)) for q in form.questions()) if form else (),
        may_print=open_ and found.status != "withdrawn",
        follows=tuple(
            (follow, words) for follow, words in _FOLLOWS if open_ and role in desk.library.form(follow).for_
        ),
        ways_out=tuple(_ways_out(desk, found)),
    )


def _ways_out(desk: Desk, entry: Entry) -> Iterator[tuple[str, str]]:
    """The ways in which this person may take an entry, or a mark of it, out of the record."""
    held = [version for version in entry.heads if version.content is not None]
    for form, (words, _, _) in WAYS_OUT.items():
        marked = any(version.content and version.content.marks for version in held)
        fits = marked if form == "mark-loosened" else form != "restricted" or entry.status != "restricted"
        if held and fits and taking_out.may(desk, form):
            yield form, words


def _forms(desk: Desk) -> frozenset[str]:
    return frozenset(form.form for form in desk.library.all())


def _says(desk: Desk, entry: Entry, together: Iterable[Entry]) -> str:
    """When it happened, when it was written, by whom, and with what it was signed in one sitting."""
    head = entry.head
    by = desk.author(head)
    told = f"Happened {moment_words(entry.on) if 'T' in entry.on else day_words(entry.on)}. "
    told += f"Written {moment_words(head.said_at)} by {by.name}, {by.role}."
    if head.brought is not None:
        told += " Brought in from a file, unsigned."
    if entry.countersigned is not None:
        told += f" Countersigned by {desk.author(entry.countersigned).name}."
    if others := [_title(desk, other) for other in together if other.id != entry.id]:
        told += f" Signed in one sitting with: {', '.join(others)}."
    return told


def _title(desk: Desk, entry: Entry) -> str:
    form = desk.form_of(entry.head)
    return say(form.title) if form else entry.form


def _account(desk: Desk, version: Version, names: Mapping[str, str]) -> Account:
    form = desk.form_of(version)
    marks = version.content.marks if version.content else {}
    told: list[Answered] = []
    if form is not None:
        for question, value in _answered(form, version):
            found = tuple(answers_in.MARKS.get(mark, mark) for mark in marks.get(question.id, ()))
            sensitive = question.id in _OFFENCE or "victim" in marks.get(question.id, ())
            words = answers_in.answer(question, value, names)
            told.append(Answered(answers_in.asks(question), words, found, sensitive))
    return Account(version.id, desk.author(version).name, tuple(told))


# Detail of the offence, which nobody should meet unprepared.
_OFFENCE = frozenset({"offence", "offence_details", "what_happened", "circumstances"})


def _answered(form: Form, version: Version) -> Iterator[tuple[Question, object]]:
    answers = version.answers()
    for question in form.questions():
        if question.id in answers:
            yield question, answers[question.id]


_ACTS = {
    "record": "Recorded",
    "amend": "Amended",
    "join": "Two accounts joined",
    "countersign": "Countersigned",
    "return": "Returned for rework",
    "withdraw": "Withdrawn",
    "restrict": "Restricted",
    "misfile": "Taken out as misfiled",
    "erase": "Erased",
    "loosen": "A mark taken off",
}


def _earlier(desk: Desk, version: Version) -> Earlier:
    act = _ACTS.get(version.act, version.act)
    says = f"{act} {moment_words(version.said_at)} by {desk.author(version).name}"
    because = version.content.because if version.content else None
    return Earlier(version.id, says, because or "")


def withdraw(desk: Desk, case: str, version: str, because: str) -> Changes:
    """Withdraws a version, with the reason."""
    return recording.withdraw(desk, case, version, because)


def countersign(desk: Desk, case: str, version: str) -> Changes:
    """Countersigns the version that was read."""
    return recording.countersign(desk, case, version)


def give_back(desk: Desk, case: str, version: str, points: Mapping[str, str]) -> Changes:
    """Returns it for rework with these points."""
    return recording.give_back(desk, case, version, points)
