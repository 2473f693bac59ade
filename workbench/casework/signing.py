"""Making versions: the bytes, the signature, and all that a change of a case brings with it in the store."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

import msgspec

from workbench import clock as clocks
from workbench.casework import holding, linking
from workbench.casework.desk import Desk, Device
from workbench.casework.passages import passages_of
from workbench.errors import Refused
from workbench.forms.definition import Form
from workbench.forms.session import Session
from workbench.models import canonical
from workbench.models.fold import Case, fold, resolve, seen_elsewhere
from workbench.models.records import (
    Act,
    Brought,
    Claim,
    FileRef,
    Hole,
    Version,
    content_data,
    read_version,
    to_sign,
)
from workbench.models.results import Changes, Duty
from workbench.resources import say
from workbench.rules.evaluate import Outcome
from workbench.store import attachments
from workbench.store.search import Passage
from workbench.store.store import CaseRow, Results, Write

# The acts that take something out of a case, in the order in which `_Out` names what they take.
WAYS_OUT: tuple[Act, ...] = ("erase", "misfile", "restrict")


class Said(msgspec.Struct, frozen=True):
    """What a version is to say, before it is signed; `at` is the moment of signing, `form` a hash and its name."""

    act: Act
    entry: str | None
    form: tuple[str, int, str]
    answers: Mapping[str, Any]
    claims: tuple[Claim, ...]
    on: str
    parents: tuple[str, ...] = ()
    marks: Mapping[str, tuple[str, ...]] = {}
    because: str | None = None
    brought: Brought | None = None
    files: tuple[FileRef, ...] = ()
    readers: tuple[str, ...] | None = None
    sitting: str | None = None
    id: str | None = None


class Signer:
    """Signs versions of one case, one after another: counts `seq` and remembers what has been seen.

    Of a linked case, what is signed stays in the very case that is named; what is held of the others counts
    as seen.
    """

    def __init__(self, desk: Desk, case: str) -> None:
        if desk.known_until is not None:
            raise Refused("Looking back changes nothing.", "Leave out --today to record.")
        self._desk = desk
        self._case = case
        self._seen = desk.store.vector(case)
        self._elsewhere = {
            seen_elsewhere(other, device): seq
            for other in desk.links.together(case)
            if other != case
            for device, seq in desk.store.vector(other).items()
        }
        self._cards: dict[str, str] = {}
        self._may: set[str] = set()

    def seen(self) -> dict[str, int]:
        """The last seq of each device that has been seen so far, of linked cases too."""
        return {**self._seen, **self._elsewhere}

    def sign(self, said: Said, device: Device | None = None, seen: dict[str, int] | None = None) -> Version:
        """One version, signed at the present moment by this device (or another whose keys are at hand).

        Raises:
            Refused: this store's person handed the case over, and this is not for its holder.
        """
        desk, device = self._desk, device or self._own(said.form[0])
        content = content_data(
            answers=said.answers,
            claims=said.claims,
            salt=desk.ids.bytes(16),
            because=said.because,
            brought=said.brought,
            files=said.files,
            marks=said.marks,
            readers=said.readers,
            sitting=said.sitting,
        )
        version = said.id or desk.ids.new()
        seq = self._seen.get(device.device, 0) + 1
        if device.device not in self._cards:
            self._cards[device.device] = device.card.sha256()
        header = canonical.encode(
            {
                "act": "bring" if said.brought else said.act,
                "at": desk.stamp(),
                "by": device.card.person,
                "card": self._cards[device.device],
                "case": self._case,
                "content": canonical.sha256(content),
                "device": device.device,
                "entry": said.entry or version,
                "form": list(said.form),
                "id": version,
                "on": said.on,
                "parents": list(said.parents),
                # What its author had in front of them; of history brought in that is not known.
                "seen": {} if said.brought else self.seen() if seen is None else seen,
                "seq": seq,
                "v": 1,
            }
        )
        self._seen[device.device] = seq
        return read_version(header, content, device.keys.sign(to_sign(header)), trusted=True)

    def _own(self, form: str) -> Device:
        """This device, where its person may sign with a form in this case."""
        # Asked once a form: a file that is brought in holds thousands of entries.
        if form not in self._may:
            holding.refuse(self._desk, self._case, form)
            self._may.add(form)
        return self._desk.device


def form_name(desk: Desk, form: Form) -> tuple[str, int, str]:
    """How a header names a form: id, version, hash of its definition."""
    return (form.form, form.version, desk.hash_of[form.form, form.version])


def said_of_act(
    desk: Desk, session: Session, entry: str, parents: tuple[str, ...], form: tuple[str, int, str]
) -> Said:
    """What an act with a form of its own would have signed.

    Raises:
        Refused: something must be answered first.
    """
    gaps = session.missing()
    if gaps:
        raise Refused(f"This cannot be signed yet. {gaps[0].path}: {say(gaps[0].says)}", "Complete it.")
    return Said(
        act=session.form.act,
        entry=entry,
        form=form,
        answers=session.answers(),
        claims=(),
        on=desk.today.isoformat(),
        parents=parents,
        marks=session.marks(),
    )


def commit(
    desk: Desk,
    case: str,
    versions: Iterable[Version],
    what: str,
    *,
    crn: str | None = None,
    why: str | None = None,
    detail: str = "",
    write: Write | None = None,
) -> Changes:
    """Folds versions into a case, works out what follows, and writes all of it in one transaction."""
    new = tuple(desk.marked(versions))
    before = desk.case(case)
    twins = write.twins if write else ()
    after, out = _without_what_was_taken(desk, case, before, new, twins)
    follows = {
        results.row.case: results
        for results in _follows(desk, after, {case: crn or _own(after, case, "identity.crn", desk.today)})
    }
    own = follows.pop(case)
    blank = write or Write(own.row, desk.logged(what, case, why, detail))
    passages, superseded = _searched(desk, before, after, new, out)
    change = msgspec.structs.replace(
        blank,
        row=own.row,
        log=desk.logged(what, case, why, detail),
        versions=tuple(out.left_of(new)),
        refused=tuple(sorted(out.refused)),
        hidden=tuple(sorted(out.hidden)),
        erased=tuple(sorted(out.erased)),
        misfiled=out.holes,
        passages=passages,
        superseded=(*blank.superseded, *superseded),
        duties=own.duties,
        findings=own.findings,
        advice=own.advice,
        definitions={**blank.definitions, **_definitions(desk, new)},
    )
    if case not in _append(desk, change, follows.values()):
        desk.keep(after)
    desk.anchor_now_and_then()
    gone = [v for v in (*before.versions(), *new) if v.id in out.refused and v.content is not None]
    if gone:
        destroy_files(desk, gone)
    last = new[-1] if new else None
    kinds = tuple(sorted({version.header.form[0] for version in new}))
    return Changes(case, kinds, last.id if last else None, last.header.entry if last else None)


def _append(desk: Desk, change: Write, follows: Iterable[Results]) -> frozenset[str]:
    """Writes a change and what follows from it; gives the cases that are now read with others than before."""
    changed: set[str] = set()

    def others() -> Iterator[Results]:
        yield from follows
        if desk.links.said or any(version.header.form[0] == linking.FORM for version in change.versions):
            changed.update(desk.link_again())
            for reading in sorted({desk.links.reading(case) for case in changed}):
                yield from _follows(desk, desk.case(reading), {})

    try:
        desk.store.append(change, desk.device.device, desk.device.card.name, others)
    except BaseException:
        # What was read of the links may never have been written.
        desk.read_anew()
        raise
    return frozenset(changed)


def _searched(
    desk: Desk, before: Case, after: Case, new: tuple[Version, ...], out: _Out
) -> tuple[tuple[Passage, ...], tuple[str, ...]]:
    """The words of new versions for the search, and the held versions that are now superseded."""
    touched = {version.header.entry for version in new}
    old = [before.entries[entry] for entry in touched if entry in before.entries]
    stands = [after.entries[entry] for entry in touched if entry in after.entries]
    head_before = {head.id for entry in old for head in entry.heads}
    head_after = {head.id for entry in stands for head in entry.heads}
    held = {version.id for entry in old for version in entry.versions if version.content is not None}
    shown = {version.id for version in new} - held - out.hidden
    # As they stand after: what an erase act names has no words, even where its bytes came with it.
    passages = (
        passage
        for entry in stands
        for version in entry.versions
        if version.id in shown
        for passage in passages_of(desk, version, version.id not in head_after)
    )
    return tuple(passages), tuple(sorted(head_before - head_after))


class _Out(msgspec.Struct, frozen=True):
    """What acts take out of the entries a change touches: these ids, held here or not."""

    erased: frozenset[str] = frozenset()
    misfiled: frozenset[str] = frozenset()
    restricted: frozenset[str] = frozenset()
    holes: tuple[Hole, ...] = ()

    @property
    def refused(self) -> frozenset[str]:
        """Those whose content never comes in again."""
        return self.erased | self.misfiled

    @property
    def hidden(self) -> frozenset[str]:
        """Those that no search finds."""
        return self.refused | self.restricted

    def left_of(self, new: Iterable[Version]) -> Iterator[Version]:
        """What is written of new versions: content that is gone never touches the disk."""
        for version in new:
            if version.id not in self.misfiled:
                yield version.without_content() if version.id in self.erased else version


def _without_what_was_taken(
    desk: Desk, case: str, before: Case, new: tuple[Version, ...], twins: tuple[Version, ...]
) -> tuple[Case, _Out]:
    """The case with new versions, and all that the acts in it take out, whichever of the two came first."""
    after = before.with_versions(new)
    entries = [after.entries[entry] for entry in {v.header.entry for v in (*new, *twins)}]
    erased, misfiled, restricted = (
        frozenset().union(*(entry.taken_out(act) for entry in entries)) for act in WAYS_OUT
    )
    out = _Out(erased, misfiled, restricted)
    if not out.misfiled and not twins:
        return after, out
    held = (*after.versions(), *desk.store.twins(case), *twins)
    holes = {
        (v.header.device, v.header.seq): Hole(
            v.header.device, v.header.case, v.header.seq, canonical.sha256(v.header_bytes)
        )
        for v in held
        if v.id in out.misfiled
    }
    also: dict[str, set[tuple[str, int]]] = {}
    for twin in twins:
        also.setdefault(twin.id, set()).add((twin.header.device, twin.header.seq))
    kept = (
        msgspec.structs.replace(v, also=tuple(sorted(also.get(v.id, set()).union(v.also))))
        for v in after.versions()
        if v.id not in out.misfiled
    )
    return fold(before.id, kept), msgspec.structs.replace(out, holes=tuple(holes.values()))


def destroy_files(desk: Desk, gone: Iterable[Version]) -> None:
    """Destroys the files that only these versions named, and empties the log beside the database."""
    store = desk.store
    for sha256 in {ref.sha256 for version in gone if version.content for ref in version.content.files}:
        if not attachments.used(store.connection, sha256):
            attachments.destroy(store.folder, store.connection, sha256)
    store.truncate()


def work_out_again(desk: Desk, case: str) -> None:
    """Works out what follows from a case's record and replaces only that: a day has come, or a book changed."""
    desk.store.put_results(_follows(desk, desk.case(case), {}))


def _follows(desk: Desk, stood: Case, crns: Mapping[str, str | None]) -> tuple[Results, ...]:
    """What follows from a case as it stands, and a bare row for each other case that is read as part of it.

    `crns` are those that are told anew; else each case keeps its own.
    """
    outcome = desk.outcome(stood)
    reading, *others = (
        (case, crns.get(case) or desk.store.case_row(case).crn) for case in desk.links.together(stood.id)
    )
    row = case_row(desk, stood, outcome, reading[1])
    found = [Results(row, outcome.duties, outcome.findings, outcome.advice)]
    for case, crn in others:
        # Found by the name it was registered under, and shown as the case it is read under.
        name = _own(stood, case, "identity.name", desk.today)
        found.append(Results(CaseRow(case, crn, name=name, book=row.book)))
    return tuple(found)


def _own(stood: Case, case: str, fact: str, day: date) -> str | None:
    """The value of a text by what was said in one of linked cases alone."""
    lives = stood.claims.get((fact, None), ())
    own = (live for live in lives if live.version.header.case == case)
    value = resolve(fact, None, own, day.isoformat()).value
    return None if value is None else str(value)


def case_row(desk: Desk, case: Case, outcome: Outcome, crn: str) -> CaseRow:
    """What lists show of a case."""
    day = desk.today.isoformat()

    def known(fact: str) -> str | None:
        value = case.known(fact, None, day).value
        return None if value is None else str(value)

    open_duties = [duty for duty in outcome.duties if is_open(duty, day)]
    dues = [duty.due for duty in open_duties if duty.due]
    return CaseRow(
        case=case.id,
        crn=crn,
        # Where linked cases were registered under two names, the one it is read under keeps its own.
        name=known("identity.name") or _own(case, case.id, "identity.name", desk.today),
        officer=known("officer.name"),
        rosh=known("rosh.overall"),
        mappa_category=known("mappa.category"),
        mappa_level=known("mappa.level"),
        open_recall=any(duty.rule == "recall-open" for duty in open_duties),
        restricted=any(entry.status == "restricted" for entry in case.entries.values()),
        next_due=min(dues, default=None),
        stale_on=outcome.stale_on.isoformat() if outcome.stale_on else None,
        book=desk.book.sha256,
        next_contact=known("contact.next_on"),
    )


def is_open(duty: Duty, day: str) -> bool:
    """Whether a duty is still owed on a day; the end of its episode may lie ahead."""
    return duty.met_on is None and (duty.ended_on is None or duty.ended_on > day)


def _definitions(desk: Desk, versions: Iterable[Version]) -> dict[str, bytes]:
    held = desk.held_definitions
    fresh: dict[str, bytes] = {}
    for version in versions:
        sha256 = version.header.form[2]
        form = desk.form_hashes.get(sha256)
        if sha256 not in held and form is not None:
            fresh[sha256] = form.data()
            held.add(sha256)
    return fresh


def moment_of(text: str) -> str:
    """A moment as the record writes it, from one with seconds or less."""
    return clocks.stamp(clocks.moment(text))


def from_base64(text: str) -> bytes:
    """Bytes from base64.

    Raises:
        ValueError: it is not base64.
    """
    return base64.b64decode(text, validate=True)
