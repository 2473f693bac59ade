"""Recording: a form filled in, signed, amended, joined, countersigned, returned or withdrawn."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from workbench import clock as clocks
from workbench.casework import holding, linking
from workbench.casework.desk import Desk
from workbench.casework.signing import Said, Signer, commit, form_name
from workbench.errors import Ambiguous, NotFound, Refused
from workbench.forms.definition import Form, rows
from workbench.forms.session import Context, Session
from workbench.models.evaluation import Answer
from workbench.models.fold import Case, Entry, Resolved, fold
from workbench.models.readers import kept
from workbench.models.records import Act, Content, FileRef, Version
from workbench.models.results import Changes
from workbench.resources import say
from workbench.rules import checks as named_checks
from workbench.rules.view import typed
from workbench.store import drafts
from workbench.store.drafts import Draft
from workbench.store.store import CaseRow, Write


def new_case(desk: Desk, answers: Mapping[str, Any], case: str | None = None) -> Changes:
    """Registers a person: a new case whose first entry is its registration.

    Raises:
        Refused: an answer that must be given is missing, or the CRN is held already.
    """
    crn = str(answers.get("crn", "")).strip().upper()
    if any(row.crn == crn for row in desk.store.cases()):
        raise Refused(f"There is a case with the CRN {crn} already.", "Open that case instead.")
    new = case or desk.ids.new()
    desk.keep(fold(new, ()))
    session = start(desk, new, "registration")
    session.restore({**answers, "crn": crn})
    return sign(desk, new, session, crn=crn)


def start(desk: Desk, case: str, form: str, *, amends: str | None = None) -> Session:
    """A form session on a case, with what is known of it; `amends` starts from an entry's current answers.

    Raises:
        Refused: this form is not written by a person in this role.
        NotFound: there is no such form or entry.
    """
    definition = desk.library.form(form)
    role = desk.device.card.role
    if role not in definition.for_:
        raise Refused(
            f"The form '{say(definition.title)}' is not written by a {role}.",
            f"It is for: {', '.join(definition.for_)}.",
        )
    stood = desk.case(case)
    return Session(
        definition, context(desk, stood, definition, amends), desk_checks(desk, stood), desk.clock, desk.ids
    )


def desk_checks(desk: Desk, case: Case) -> Mapping[str, Any]:
    """The named checks over a case as it stands today."""
    return named_checks.checks(case, desk.library.facts, desk.today)


def context(desk: Desk, case: Case, form: Form, amends: str | None) -> Context:
    """What a form session knows of the case."""
    day = desk.today.isoformat()
    facts: dict[str, Any] = {}
    for found in case.facts(day, desk.library.facts):
        if found.of is None and not found.disputed:
            definition = desk.library.facts.get(found.fact)
            if definition is not None:
                facts[found.fact] = _typed(found, definition.type)
    heads: tuple[Version, ...]
    if amends:
        heads = _entry(case, amends).heads
    else:
        earlier = case.of_form(form.form)
        heads = earlier[-1].heads[:1] if earlier else ()
    return Context(
        case=case.id,
        facts=facts,
        people=names_of(case, "network.name", day),
        places=places_of(case),
        previous=heads[0].answers() if heads else None,
        amends=bool(amends),
        marks=_all_marks(heads),
        refused=holding.refusal(desk, case, form.form),
    )


def _all_marks(heads: Iterable[Version]) -> dict[str, tuple[str, ...]]:
    """The marks that any of several versions put on each answer: marks are only ever added."""
    found: dict[str, set[str]] = {}
    for head in heads:
        for path, marks in (head.content.marks if head.content else {}).items():
            found.setdefault(path, set()).update(marks)
    return {path: tuple(sorted(marks)) for path, marks in found.items()}


def _typed(found: Resolved, kind: str) -> Answer:
    values = tuple(typed(kind, value) for value in found.values)
    known = tuple(value for value in values if value is not None)
    return known if found.many else known[0] if known else None


def names_of(case: Case, fact: str, day: str) -> dict[str, str]:
    """The words for each id of which this fact is known."""
    return {
        of: str(case.known(fact, of, day).value)
        for of in case.about(fact)
        if of is not None and case.known(fact, of, day).value is not None
    }


def places_of(case: Case) -> dict[str, str]:
    """The address of each place by its id, as last written; nothing of an entry kept to named readers."""
    away = kept(case)
    return {
        str(row["id"]): str(row["text"])
        for entry in case.of_form("address")
        if entry.id not in away
        for row in rows(entry.live[-1].answers().get("places"))
        if "id" in row and row.get("text")
    }


def sign(
    desk: Desk,
    case: str,
    session: Session,
    *,
    crn: str | None = None,
    draft: str | None = None,
    files: tuple[FileRef, ...] = (),
    readers: tuple[str, ...] | None = None,
    sitting: str | None = None,
) -> Changes:
    """Signs what a session holds as a new entry of the case.

    Raises:
        Refused: something must be answered first; each place is named.
    """
    _name_other_case(desk, case, session)
    version = Signer(desk, case).sign(said_by(desk, session, files=files, readers=readers, sitting=sitting))
    write = Write(
        CaseRow(case, crn or ""), desk.logged("recorded", case), drafts_done=(draft,) if draft else ()
    )
    return commit(desk, case, (version,), "recorded", crn=crn, detail=version.id, write=write)


def _name_other_case(desk: Desk, case: str, session: Session) -> None:
    """Puts down by its id the case that is the same person's: other cases may come to bear its CRN.

    Raises:
        Refused: there is no other case of that name here.
        Ambiguous: several cases bear it, and nobody linked them.
    """
    text = session.answers().get(linking.OTHER) if session.form.form == linking.FORM else None
    if not isinstance(text, str):
        return
    found = linking.others(text, case, desk.store.named)
    if not found:
        raise Refused(f"There is no other case {text} in this store.", "Give its CRN or its case id.")
    if len({desk.links.reading(other) for other in found}) > 1:
        raise Ambiguous(f"Several cases bear {text}: {', '.join(found)}.", found, "Name one by its id.")
    session.answer(linking.OTHER, found[0])


def said_by(
    desk: Desk,
    session: Session,
    *,
    entry: str | None = None,
    parents: tuple[str, ...] = (),
    because: str | None = None,
    files: tuple[FileRef, ...] = (),
    readers: tuple[str, ...] | None = None,
    sitting: str | None = None,
) -> Said:
    """What a session would have signed, once nothing stands between it and signing."""
    refusals = session.refusals()
    gaps = session.missing()
    if refusals:
        raise Refused(say(refusals[0]))
    if gaps:
        told = "; ".join(f"{gap.path}: {say(gap.says)}" for gap in gaps[:5])
        raise Refused(f"This cannot be signed yet. {told}", "Complete it; the draft is kept.")
    act: Act = "amend" if len(parents) == 1 else "join" if parents else "record"
    return Said(
        act=act,
        entry=entry,
        form=form_name(desk, session.form),
        answers=session.answers(),
        claims=session.claims(),
        on=session.happened(),
        parents=parents,
        marks=session.marks(),
        because=because,
        files=files,
        readers=readers,
        sitting=sitting,
    )


def amend(
    desk: Desk,
    case: str,
    entry: str,
    session: Session,
    because: str,
    *,
    base: Iterable[str] = (),
    files: tuple[FileRef, ...] = (),
    draft: str | None = None,
) -> Changes:
    """Signs a new version of an entry, beside the old one; of a forked entry it joins all accounts.

    `base` are the heads the draft began from; where the entry has moved on since, the person decides:
    begin again from the new version, or keep theirs as a second account by naming the old base. Its
    files are those it had, but for the ones its answers no longer name, and `files`. With it goes `draft`.

    Raises:
        Refused: no reason is given, or something must be answered first.
    """
    if not because.strip():
        raise Refused("An amendment says why.", "Give the reason.")
    stood = _entry(desk.case(case), entry)
    _name_other_case(desk, stood.case, session)
    parents = tuple(sorted(base)) or tuple(head.id for head in stood.heads)
    contents = [head.content for head in stood.heads if head.content]
    readers = next((content.readers for content in contents if content.readers is not None), None)
    said = said_by(
        desk,
        session,
        entry=entry,
        parents=parents,
        because=because.strip(),
        readers=readers,
        files=_files_after(contents, session, files),
    )
    version = Signer(desk, stood.case).sign(said)
    why = because.strip()
    logged = desk.logged("recorded", stood.case, why, version.id)
    write = Write(CaseRow(stood.case, ""), logged, drafts_done=(draft,) if draft else ())
    return commit(desk, stood.case, (version,), "recorded", detail=version.id, why=why, write=write)


def _files_after(
    contents: Iterable[Content], session: Session, new: tuple[FileRef, ...]
) -> tuple[FileRef, ...]:
    """The files of an amended entry: those it had, without the ones that answers named and name no longer."""
    answers = msgspec.json.encode(session.answers())
    kept: dict[str, FileRef] = {}
    for content in contents:
        for ref in content.files:
            named = ref.sha256.encode()
            if named in answers or named not in bytes(content.answers):
                kept[ref.sha256] = ref
    kept.update((ref.sha256, ref) for ref in new)
    return tuple(kept.values())


def moved_on(desk: Desk, draft: Draft) -> bool:
    """Whether the entry of a draft was changed since the draft began."""
    if draft.entry is None:
        return False
    return {head.id for head in _entry(desk.case(draft.case), draft.entry).heads} != set(draft.base)


def countersign(desk: Desk, case: str, version: str, because: str | None = None) -> Changes:
    """Countersigns the version that was read.

    Raises:
        Refused: it is not current, its form asks for none by this role, or it is the person's own.
    """
    form = _may_judge(desk, case, version)
    return _act(desk, case, "countersign", version, form, {}, because)


def give_back(desk: Desk, case: str, version: str, points: Mapping[str, str]) -> Changes:
    """Returns a version for rework, with points against its questions (path to sentence).

    Raises:
        Refused: as for a countersignature, or no point is made.
    """
    if not points:
        raise Refused("A return names what to work on.", "Write at least one point.")
    form = _may_judge(desk, case, version)
    return _act(desk, case, "return", version, form, {"points": dict(points)}, None)


def withdraw(desk: Desk, case: str, version: str, because: str) -> Changes:
    """Withdraws a current version: its words stay readable, what it said of the case no longer counts.

    Raises:
        Refused: no reason is given, or the person is neither its author nor an SPO.
    """
    found = _head(desk.case(case), version)
    if not because.strip():
        raise Refused("A withdrawal says why.", "Give the reason.")
    if found.header.by != desk.device.card.person and desk.device.card.role != "spo":
        raise Refused("Only its author or an SPO withdraws an entry.")
    return _act(desk, case, "withdraw", version, found.header.form, {}, because.strip())


def _act(
    desk: Desk,
    case: str,
    act: Act,
    version: str,
    form: tuple[str, int, str],
    answers: Mapping[str, Any],
    because: str | None,
) -> Changes:
    header = _judged(desk.case(case), version).header
    day = clocks.day_of(desk.now).isoformat()
    said = Said(act, header.entry, form, answers, (), day, parents=(version,), because=because)
    signed = Signer(desk, header.case).sign(said)
    changes = commit(desk, header.case, (signed,), "recorded", detail=signed.id, why=because)
    return msgspec.structs.replace(changes, kinds=(act,))


def _may_judge(desk: Desk, case: str, version: str) -> tuple[str, int, str]:
    found = _judged(desk.case(case), version)
    form = desk.form_of(found)
    role = desk.device.card.role
    if form is None or role not in form.countersigned_by:
        raise Refused(f"This form asks for no countersignature by a {role}.")
    author = desk.author(found)
    if found.header.by == desk.device.card.person or author.name == desk.device.card.name:
        raise Refused("Nobody countersigns their own work.", "Ask another SPO.")
    return found.header.form


def _entry(case: Case, entry: str) -> Entry:
    found = case.entries.get(entry)
    if found is None:
        raise NotFound(f"There is no entry {entry} in this case.")
    return found


def _head(case: Case, version: str) -> Version:
    for entry in case.entries.values():
        for head in entry.heads:
            if head.id == version:
                return head
    raise Refused("That version is not the current one.", "Look at the entry as it stands now.")


def _judged(case: Case, version: str) -> Version:
    """A version that somebody else may sign: a current one, or an act that takes a mark off."""
    for entry in case.entries.values():
        for held in entry.versions:
            if held.id == version and held.header.act == "loosen":
                return held
    return _head(case, version)


# Drafts


def begin_draft(desk: Desk, case: str, form: str, *, amends: str | None = None) -> str:
    """Begins a draft and gives its id."""
    definition = desk.library.form(form)
    base = tuple(head.id for head in _entry(desk.case(case), amends).heads) if amends else ()
    draft = Draft(desk.ids.new(), case, form, definition.version, amends, base, desk.stamp())
    drafts.begin(desk.store.connection, draft)
    return draft.draft


def keep_answer(desk: Desk, draft: str, path: str, value: object, place: str = "") -> None:
    """Keeps one top-level answer of a draft as typed."""
    drafts.keep_answer(desk.store.connection, draft, path, value, desk.stamp(), place)


def keep_marks(desk: Desk, draft: str, path: str, marks: Iterable[str]) -> None:
    """Keeps the marks that the author of a draft put on an answer."""
    drafts.keep_marks(desk.store.connection, draft, path, tuple(marks))


def resume(desk: Desk, draft: str) -> Session:
    """A session with everything a draft holds.

    Raises:
        NotFound: there is no such draft.
    """
    held = drafts.held(desk.store.connection, draft)
    if not held:
        raise NotFound("There is no such draft.", "It may have been signed.")
    session = start(desk, held[0].case, held[0].form, amends=held[0].entry)
    session.restore(held[0].answers, held[0].marks)
    return session
