"""One sitting: what changed is walked once; ARMS, OASys prompts, plan and Level 1 review are signed together.

Each stays an entry of its own and is written as a draft like any other; together they are signed whole or not at all.
"""

from __future__ import annotations

import copy
from collections.abc import Collection, Iterable, Mapping
from typing import Any, Literal

import msgspec

from workbench import clock as clocks
from workbench.casework import drafting, owing, recording, unfinished
from workbench.casework.desk import Desk
from workbench.casework.drafting import FILES, Spot
from workbench.casework.reading import kept_away
from workbench.casework.signing import Signer, commit
from workbench.errors import NotFound, Refused
from workbench.forms.definition import Question
from workbench.forms.session import Session
from workbench.models.fold import Case, Entry, Live, resolve, resolve_many
from workbench.models.records import FileRef
from workbench.models.results import Changes, Duty
from workbench.resources import say
from workbench.rules import states
from workbench.rules.view import History
from workbench.store.store import CaseRow, Write

ARMS, PROMPTS, PLAN, REVIEW = "arms", "oasys-prompts", "risk-management-plan", "mappa-level-1-review"
FORMS = (ARMS, PROMPTS, PLAN, REVIEW)
# Facts of keeping the record and the diary, not of the risk.
_ASIDE = (
    "identity.",
    "officer.",
    "spo.",
    "aco.",
    "case.",
    "visor.",
    "dispute.",
    "legal_hold",
    "tools.",
    "factor.",
    "contact.next_on",
    "contact_plan.review_on",
    "condition.review_on",
    "devices.check_on",
    "plan.review_on",
    "home_visit.seen_on",
)
# What is told of somebody may begin from last time; judgements, days and what others say are asked for anew.
CARRIED = frozenset({ARMS, PLAN})
_KEPT = frozenset({"text", "narrative", "repeat", "actions", "evidence"})
_KEPT_OF_FACTOR = ("known", "evidence", "managed_by")
_ASKED_ANEW = frozenset({"person_view", "police_view", "left_as_is"})


class Change(msgspec.Struct, frozen=True):
    """A fact that is otherwise than at the last assessment: what it was, what it is, since when, by which entry.

    `before` is empty where nothing was known, `now` where nothing is any more; both are as recorded.
    """

    fact: str
    of: str | None
    before: tuple[str, ...]
    now: tuple[str, ...]
    since: str
    entry: str


class Part(msgspec.Struct, frozen=True):
    """One form of a sitting: its draft with what is still missing in it; `last` was signed before, on `last_on`.

    `refused` says why it is not for this case or this person; then there is no more of it.
    """

    form: str
    title: str
    refused: str = ""
    draft: str = ""
    gaps: tuple[str, ...] = ()
    findings: int = 0
    last: str = ""
    last_on: str = ""

    @property
    def carries(self) -> bool:
        """Whether a new one may begin from what was signed before."""
        return bool(self.last) and self.form in CARRIED

    @property
    def state(self) -> Literal["refused", "not-begun", "unfinished", "ready"]:
        """How far it is."""
        if self.refused:
            return "refused"
        if not self.draft:
            return "not-begun"
        return "unfinished" if self.gaps else "ready"


def together(case: Case, away: Collection[str] = ()) -> dict[str, tuple[Entry, ...]]:
    """By entry, those that were signed in the same sitting, itself included, in the order of signing.

    An entry that was signed alone is not named; nor is one of `away`.
    """
    held: dict[str, list[Entry]] = {}
    for entry in case.entries.values():
        first = entry.versions[0]
        if first.act == "record" and first.content and first.content.sitting and entry.id not in away:
            held.setdefault(first.content.sitting, []).append(entry)
    return {
        each.id: tuple(sorted(entries, key=lambda entry: entry.id))
        for entries in held.values()
        if len(entries) > 1
        for each in entries
    }


def asking(desk: Desk, case: str) -> tuple[Duty, ...]:
    """What asks for a sitting on a case now, the most pressing first."""
    asks = (duty for duty in desk.store.duties(case) if owing.asks_for_sitting(duty))
    found = [duty for duty in asks if states.is_item(duty, desk.now)]
    return tuple(sorted(found, key=lambda duty: states.pressing(duty, desk.now)))


# What changed


def last_assessed(desk: Desk, case: str) -> Entry | None:
    """The last ARMS; without one, the last plan."""
    stood = desk.case(case)
    for form in (ARMS, PLAN):
        if found := stood.of_form(form):
            return found[-1]
    return None


def changed(desk: Desk, case: str) -> tuple[Change, ...]:
    """The facts that are otherwise than when the case was last assessed, by when they became so; all without one."""
    stood, assessed = desk.case(case), last_assessed(desk, case)
    away = kept_away(desk, stood)
    signed, day = assessed.head.said_at if assessed else "", desk.today.isoformat()
    then = History(stood)
    found = (
        _change(desk, then, stood.claims[fact, of], signed, day)
        for fact, of in stood.claims
        if not fact.startswith(_ASIDE) and fact in desk.library.facts
    )
    known = [change for change in found if change is not None and change.entry not in away]
    return tuple(sorted(known, key=lambda change: (change.since, change.fact, change.of or "")))


def _change(desk: Desk, then: History, lives: tuple[Live, ...], signed: str, day: str) -> Change | None:
    """What became of one fact since a moment of signing; None where nothing did."""
    fresh = [live for live in lives if live.version.said_at > signed and live.claim.from_ <= day]
    if not fresh:
        return None
    fact, of = fresh[0].claim.fact, fresh[0].claim.of
    many = desk.library.facts[fact].holds == "many"
    before: tuple[str, ...] = ()
    if signed:
        # As the record stood then, on that day: an entry amended since counts as it was.
        that_day = clocks.day_of(clocks.moment(signed)).isoformat()
        before = _values(fact, of, then.then(fact, of, signed), that_day, many=many)
    now = _values(fact, of, lives, day, many=many)
    if set(before) == set(now):
        return None
    last = max(fresh, key=lambda live: (live.claim.from_, live.version.id))
    return Change(fact, of, before, now, last.claim.from_, last.version.header.entry)


def _values(fact: str, of: str | None, lives: Iterable[Live], day: str, *, many: bool) -> tuple[str, ...]:
    found = (resolve_many if many else resolve)(fact, of, lives, day)
    return tuple(str(value) for value in found.values)


# The forms


def parts(desk: Desk, case: str) -> tuple[Part, ...]:
    """The forms of a sitting on this case, each with its draft where one was begun."""
    drafts = {held.form: held.draft for held in unfinished.begun(desk, case) if held.entry is None}
    return tuple(_part(desk, case, form, drafts.get(form, "")) for form in FORMS)


def _part(desk: Desk, case: str, form: str, draft: str) -> Part:
    definition = desk.library.form(form)
    title = say(definition.title)
    refused = _not_for(desk, case, form)
    # A form that is for everybody and not begun has nothing to ask of a session.
    session = None
    if not refused and (draft or definition.only):
        session = recording.resume(desk, draft) if draft else recording.start(desk, case, form)
        refused = next((say(refusal) for refusal in session.refusals()), "")
    if refused:
        return Part(form, title, refused)
    earlier = desk.case(case).of_form(form)
    part = (
        Part(form, title, last=earlier[-1].id, last_on=earlier[-1].on[:10]) if earlier else Part(form, title)
    )
    if session is None or not draft:
        return part
    gaps = tuple(say(gap.says) for gap in session.missing())
    return msgspec.structs.replace(part, draft=draft, gaps=gaps, findings=len(session.findings()))


def _not_for(desk: Desk, case: str, form: str) -> str:
    """Why a form has no place in a sitting on this case; empty where it has."""
    role = desk.device.card.role
    if role not in desk.library.form(form).for_:
        return f"It is not written by a {role}."
    if form == REVIEW:
        stood, day = desk.case(case), desk.today.isoformat()
        if stood.known("mappa.category", None, day).value == "none":
            return "It is not a MAPPA case."
        if stood.known("mappa.level", None, day).value in ("2", "3"):
            return "It is managed at Level 2 or 3, where the meetings review the case."
    return ""


def begin(desk: Desk, case: str, form: str, *, from_last: bool, told: str = "") -> str:
    """Begins the draft of one form and gives its id; what stands there already is taken up as it is.

    With `from_last` what is told of the person begins from the last entry, with its marks; days, choices,
    ratings and views are given anew. `told` are the changes in words, with which a Level 1 review begins.

    Raises:
        Refused: the form is not for this case or this person.
    """
    held = next((each for each in parts(desk, case) if each.form == form), None)
    if held is None or held.refused:
        raise Refused(held.refused if held else "That form is not part of a sitting.")
    if held.draft:
        return held.draft
    writing, session = drafting.begin(desk, case, form)
    if from_last and held.carries:
        _carry(session, desk.case(case).entries[held.last])
    for question, value in _given(desk, case, form, told).items():
        session.answer(question, value)
    return drafting.keep(desk, writing, session.draft(), session.own_marks(), Spot()).draft


def _carry(session: Session, last: Entry) -> None:
    """Takes over answers of the last entry, and every mark that one of them bears: marks never come off this way."""
    answers = last.head.answers()
    carried = set()
    for question in session.form.questions():
        value = _carried(question, answers.get(question.id))
        if value is not None and question.id not in _ASKED_ANEW:
            session.answer(question.id, value)
            carried.add(question.id)
    for path, marks in (last.head.content.marks if last.head.content else {}).items():
        if path.split("/", maxsplit=1)[0] in carried and session.form.at(path) is not None:
            session.mark(path, marks)


def _carried(question: Question, value: Any) -> Any:
    """What of an answer a new entry may begin from; rows keep their ids, so that threads go on."""
    if question.kind == "factor" and isinstance(value, dict):
        kept = {key: copy.deepcopy(value[key]) for key in _KEPT_OF_FACTOR if key in value}
        return kept or None
    return copy.deepcopy(value) if question.kind in _KEPT else None


def _given(desk: Desk, case: str, form: str, told: str) -> Mapping[str, Any]:
    """What a sitting itself knows of the answers of a form."""
    event = any(duty.kind == "event" for duty in asking(desk, case))
    if form == ARMS:
        return {"kind": "event" if event else "review"}
    if form == PROMPTS:
        return {"arms_on": desk.today.isoformat()}
    return {"changes": told} if form == REVIEW and told else {}


# Signing


def sign(desk: Desk, case: str, drafts: Iterable[str]) -> Changes:
    """Signs drafts of a sitting in one transaction, each as an entry of its own: all of them or none.

    Raises:
        Refused: one cannot be signed yet, or there is none; nothing is signed then.
        NotFound: a draft is gone.
    """
    wanted = tuple(dict.fromkeys(drafts))
    if not wanted:
        raise Refused("There is nothing to sign in this sitting yet.", "Begin one of its forms.")
    signer, sitting = Signer(desk, case), desk.ids.new()
    versions = []
    for draft in wanted:
        session, files = _session(desk, case, draft)
        try:
            said = recording.said_by(desk, session, files=files, sitting=sitting)
        except Refused as refusal:
            raise Refused(f"{say(session.form.title)}: {refusal.says}", "Nothing was signed.") from refusal
        versions.append(signer.sign(said))
    detail = ", ".join(version.id for version in versions)
    write = Write(CaseRow(case, ""), desk.logged("recorded", case), drafts_done=wanted)
    return commit(desk, case, versions, "recorded", detail=detail, write=write)


def _session(desk: Desk, case: str, draft: str) -> tuple[Session, tuple[FileRef, ...]]:
    held = unfinished.draft_of(desk, draft)
    if held is None or held.case != case:
        raise NotFound("A draft of this sitting is gone.", "It may have been signed.")
    files = msgspec.convert(held.answers.get(FILES) or (), tuple[FileRef, ...])
    session = recording.resume(desk, draft)
    named = msgspec.json.encode(session.answers())
    return session, tuple(ref for ref in files if ref.sha256.encode() in named)
