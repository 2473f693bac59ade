"""Drafts: what is being written and where, kept answer by answer, taken up again, laid down or signed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from workbench.casework import recording, unfinished
from workbench.casework.desk import Desk
from workbench.errors import NotFound, Refused
from workbench.forms.session import Session
from workbench.models.records import FileRef
from workbench.models.results import Changes
from workbench.store import drafts

REGISTRATION = "registration"
# No question may be called this: the names and sizes of files attached while a draft is written.
FILES = "@files"


class Writing(msgspec.Struct, frozen=True):
    """What is being written: a form of a case, under the id of its draft; the store holds it once it is `kept`.

    `entry` is the one it amends, `base` the versions of it that were current when the writing began.
    """

    case: str
    form: str
    draft: str
    entry: str = ""
    base: tuple[str, ...] = ()
    kept: bool = False


class Spot(msgspec.Struct, frozen=True):
    """Where its writer stood in a form; `open` while the form is before them, so that a crash can be told."""

    page: str = ""
    question: str = ""
    open: bool = False

    def written(self) -> str:
        """As the store keeps it: three words; page and question are ids."""
        return " ".join(("open" if self.open else "shut", self.page or "-", self.question or "-"))


class Taken(msgspec.Struct, frozen=True):
    """A draft taken up again, with its session.

    `kept_at` is when its last answer was kept. `interrupted` says that it was never laid down: the
    program ended while it was open. `moved_on` says that the entry it amends has changed since.
    """

    writing: Writing
    session: Session
    kept_at: str
    spot: Spot
    interrupted: bool
    moved_on: bool
    files: tuple[FileRef, ...] = ()


def begin(desk: Desk, case: str, form: str, entry: str = "") -> tuple[Writing, Session]:
    """A form nothing is kept of yet; the case of a registration need not exist.

    Raises:
        NotFound: there is no such form or entry.
        Refused: the form is not written by a person in this role.
    """
    session = recording.start(desk, case, form, amends=entry or None)
    heads = desk.case(case).entries[entry].heads if entry else ()
    return Writing(case, form, desk.ids.new(), entry, tuple(head.id for head in heads)), session


def take_up(desk: Desk, draft: str) -> Taken:
    """A draft as it was left, and notes that it is open.

    Raises:
        NotFound: there is no such draft.
    """
    held = unfinished.draft_of(desk, draft)
    if held is None:
        raise NotFound("There is no such draft.", "It may have been signed.")
    session = recording.start(desk, held.case, held.form, amends=held.entry)
    answers = {path: value for path, value in held.answers.items() if value is not None}
    files = tuple(msgspec.convert(answers.pop(FILES, ()), tuple[FileRef, ...]))
    session.restore(answers, held.marks)
    spot = _spot(held.place)
    drafts.keep_place(desk.store.connection, draft, Spot(spot.page, spot.question, open=True).written())
    return Taken(
        writing=Writing(held.case, held.form, draft, held.entry or "", held.base, kept=True),
        session=session,
        kept_at=drafts.kept_at(desk.store.connection, draft) or held.started_at,
        spot=spot,
        interrupted=spot.open,
        moved_on=recording.moved_on(desk, held),
        files=files,
    )


def keep(
    desk: Desk,
    writing: Writing,
    answers: Mapping[str, Any],
    marks: Mapping[str, tuple[str, ...]],
    spot: Spot,
) -> Writing:
    """Keeps answers (by question; None takes one away) and marks as they stand; begins the draft with the first."""
    if not writing.kept:
        drafts.begin(desk.store.connection, _blank(desk, writing))
    for question, value in answers.items():
        recording.keep_answer(desk, writing.draft, question, value, spot.written())
    for path, found in marks.items():
        recording.keep_marks(desk, writing.draft, path, found)
    return msgspec.structs.replace(writing, kept=True)


def lay_down(desk: Desk, writing: Writing, spot: Spot) -> None:
    """Notes that a draft was left on purpose, and where; nothing where nothing was kept."""
    if writing.kept:
        shut = Spot(spot.page, spot.question, open=False)
        drafts.keep_place(desk.store.connection, writing.draft, shut.written())


def finish(
    desk: Desk, writing: Writing, session: Session, *, because: str = "", files: tuple[FileRef, ...] = ()
) -> Changes:
    """Signs what was written: a new entry, an amendment with its reason, or a new person; the draft goes.

    Raises:
        Refused: something must be answered first, an amendment gives no reason, or the CRN is held already.
    """
    draft = writing.draft if writing.kept else None
    named = _named(session.answers(), files)
    if writing.entry:
        return recording.amend(
            desk, writing.case, writing.entry, session, because, base=writing.base, files=named, draft=draft
        )
    if writing.form == REGISTRATION and not _is_held(desk, writing.case):
        crn = _new_crn(desk, session)
        return recording.sign(desk, writing.case, session, crn=crn, draft=draft, files=named)
    return recording.sign(desk, writing.case, session, draft=draft, files=named)


def _blank(desk: Desk, writing: Writing) -> drafts.Draft:
    form = desk.library.form(writing.form)
    return drafts.Draft(
        draft=writing.draft,
        case=writing.case,
        form=writing.form,
        form_version=form.version,
        entry=writing.entry or None,
        base=writing.base,
        started_at=desk.stamp(),
    )


def _new_crn(desk: Desk, session: Session) -> str:
    crn = str(session.answers().get("crn", "")).strip().upper()
    if crn and desk.store.cases_called(crn):
        raise Refused(f"There is a case with the CRN {crn} already.", "Open that case instead.")
    if crn:
        session.answer("crn", crn)
    return crn


def _is_held(desk: Desk, case: str) -> bool:
    return any(row.case == case for row in desk.store.cases())


def _named(answers: Mapping[str, Any], files: tuple[FileRef, ...]) -> tuple[FileRef, ...]:
    """The files that the answers still name."""
    told = msgspec.json.encode(answers)
    return tuple(ref for ref in files if ref.sha256.encode() in told)


def _spot(place: str) -> Spot:
    parts = place.split(" ")
    if len(parts) != 3:
        return Spot()
    state, page, question = ("" if part == "-" else part for part in parts)
    return Spot(page, question, open=state == "open")
