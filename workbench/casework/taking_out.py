"""What was taken out of the record, by whom, how far that has travelled; and what one more act would do."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from workbench.casework import keeping, sending
from workbench.casework.desk import Desk
from workbench.casework.keeping import Vanishing
from workbench.casework.sending import Reached
from workbench.errors import NotFound, Refused
from workbench.models.amounts import counted
from workbench.models.fold import Case, Entry
from workbench.models.records import HEAD_ACTS, Version
from workbench.resources import say
from workbench.store.store import CaseRow

# The forms by which something leaves the record, or a mark is taken off.
FORMS = ("misfiled", "restricted", "erased", "mark-loosened")
ROLE = "data-protection"
_HOLD, _ISSUED, _REQUEST = "legal-hold", "report-issued", "request"


class Issued(msgspec.Struct, frozen=True):
    """A report that left with somebody: which, for whom, on which day, to whom."""

    entry: str
    report: str
    audience: str
    on: str
    recipient: str


class Out(msgspec.Struct, frozen=True):
    """One act: by which form, on how many versions of which entry (no title where nothing of it is left).

    `counts` is whether its author's role is vouched for here; `reached` are the devices that were sent the
    case; `issued` the reports that left before it and may hold what it took out.
    """

    row: CaseRow
    entry: str
    version: str
    form: str
    title: str
    at: str
    by: str
    why: str
    count: int
    counts: bool
    reached: tuple[Reached, ...]
    issued: tuple[Issued, ...]


class Hold(msgspec.Struct, frozen=True):
    """A legal hold as last recorded on a case; days inclusive, `until` empty where no end is known."""

    row: CaseRow
    entry: str
    held: bool
    reason: str
    from_: str
    until: str
    by: str


class Request(msgspec.Struct, frozen=True):
    """A letter or request of the person: when it came, and when it was answered (empty: not yet)."""

    row: CaseRow
    entry: str
    on: str
    answered_on: str


class Before(msgspec.Struct, frozen=True):
    """What is to be known before an act is signed: the versions it would name, and all that hangs on them."""

    row: CaseRow
    entry: str
    form: str
    title: str
    versions: tuple[tuple[str, str, str], ...]
    vanishing: Vanishing
    reached: tuple[Reached, ...]
    issued: tuple[Issued, ...]
    held: bool


def leads(desk: Desk) -> bool:
    """Whether the person at this store is the one who takes things out."""
    return desk.device.card.role == ROLE


def may(desk: Desk, form: str) -> bool:
    """Whether this person's role writes one of these forms."""
    return form in FORMS and desk.device.card.role in desk.library.form(form).for_


def out(desk: Desk) -> tuple[Out, ...]:
    """Every act that took something out, the newest first."""
    versions = (version for form in FORMS for version in desk.store.versions_of_form(form))
    acts = [version for version in desk.marked(versions) if version.content is not None]
    acts.sort(key=lambda version: (version.header.at, version.id), reverse=True)
    desk.log("listed", detail=counted(len(acts), "way out", "ways out"))
    return tuple(_out(desk, version) for version in acts)


def _out(desk: Desk, act: Version) -> Out:
    header, answers = act.header, act.answers()
    case = desk.case(header.case)
    entry = case.entries.get(header.entry)
    written = _oldest(entry, header.parents)
    issued = (each for each in _issued(desk, case, written) if each.on <= header.at[:10])
    return Out(
        desk.store.case_row(case.id),
        header.entry,
        act.id,
        header.form[0],
        _title(desk, entry),
        header.at,
        desk.author(act).name,
        str(answers.get("why", "")),
        len(header.parents),
        act.authority == "vouched",
        sending.reached(desk, act.id),
        tuple(issued),
    )


def holds(desk: Desk) -> tuple[Hold, ...]:
    """The last word on a legal hold of each case that ever had one: those that stand first, then by CRN."""
    found = []
    for case in _cases_with(desk, _HOLD):
        entry = max(_live(case, _HOLD), key=lambda each: (each.head.said_at, each.id), default=None)
        if entry is None:
            continue
        said = entry.head.answers()
        stands = case.known("legal_hold", None, desk.today.isoformat()).value == "yes"
        found.append(
            Hold(
                desk.store.case_row(case.id),
                entry.id,
                stands,
                str(said.get("reason", "")),
                str(said.get("from_day", "")),
                str(said.get("until_day", "")),
                desk.author(entry.head).name,
            )
        )
    desk.log("listed", detail=counted(len(found), "legal hold"))
    return tuple(sorted(found, key=lambda hold: (not hold.held, hold.row.crn)))


def requests(desk: Desk) -> tuple[Request, ...]:
    """Every letter and request of the people here: those not answered first, the oldest of them first."""
    found = [
        Request(
            desk.store.case_row(case.id),
            entry.id,
            entry.on[:10],
            str(entry.head.answers().get("answered_on", "")),
        )
        for case in _cases_with(desk, _REQUEST)
        for entry in _live(case, _REQUEST)
    ]
    desk.log("listed", detail=counted(len(found), "request"))
    return tuple(sorted(found, key=lambda each: (bool(each.answered_on), each.on, each.entry)))


def before(desk: Desk, case: str, entry: str, form: str) -> Before:
    """What an act would do to an entry; nothing is written but that it was looked at.

    Raises:
        NotFound: the entry is gone, or nothing of it is held.
        Refused: this person's role does not write the form.
    """
    if not may(desk, form):
        raise Refused("Your role does not do this.", "Ask the data protection lead.")
    stood = desk.case(case)
    found = stood.entries.get(entry)
    named = _named(found, form) if found else ()
    if found is None or not named:
        raise NotFound("Nothing of this entry is held here.", "It may have been taken out already.")
    desk.log("looked", case=case, detail=entry)
    ids = tuple(version.id for version in named)
    nothing = Vanishing((), (), ())
    return Before(
        desk.store.case_row(found.case),
        entry,
        form,
        _title(desk, found),
        tuple((version.id, version.said_at, desk.author(version).name) for version in named),
        nothing if form == "mark-loosened" else keeping.would_vanish(desk, case, ids),
        sending.reached(desk, named[0].id),
        tuple(_issued(desk, stood, min(version.said_at for version in named))),
        stood.known("legal_hold", None, desk.today.isoformat()).value == "yes",
    )


def _named(entry: Entry, form: str) -> tuple[Version, ...]:
    """The versions that an act names: the current ones where a mark is taken off, else all that are held."""
    held = entry.heads if form == "mark-loosened" else entry.versions
    return tuple(version for version in held if version.content is not None and version.act in HEAD_ACTS)


def _oldest(entry: Entry | None, versions: Iterable[str]) -> str:
    named = set(versions)
    said = [version.said_at for version in entry.versions if version.id in named] if entry else []
    return min(said, default="")


def _title(desk: Desk, entry: Entry | None) -> str:
    written = [version for version in entry.versions if version.act in HEAD_ACTS] if entry else []
    form = desk.form_of(written[0]) if written else None
    return say(form.title) if form else ""


def _issued(desk: Desk, case: Case, since: str) -> Iterable[Issued]:
    """The reports that were issued on a case since a moment, the oldest first."""
    for entry in _live(case, _ISSUED):
        said = entry.head.answers()
        if entry.head.said_at >= since:
            report, audience, recipient = (
                str(said.get(name, "")) for name in ("report", "audience", "recipient")
            )
            yield Issued(entry.id, report, audience, entry.head.said_at[:10], recipient)


def _live(case: Case, form: str) -> list[Entry]:
    return [entry for entry in case.of_form(form) if entry.live and entry.head.content is not None]


def _cases_with(desk: Desk, form: str) -> list[Case]:
    """The cases in which a form was ever written, of linked ones the one they are read under."""
    cases = {desk.links.reading(version.header.case) for version in desk.store.versions_of_form(form)}
    return [desk.case(case) for case in sorted(cases)]
