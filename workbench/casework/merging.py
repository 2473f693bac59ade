"""Merging what came into the cases held: set union, one transaction a case; unverified cards are kept apart."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping

import msgspec

from workbench.casework import judging
from workbench.casework.desk import Desk
from workbench.casework.signing import commit
from workbench.casework.taking import Taking
from workbench.errors import BadInput, StoreProblem
from workbench.exchange import bundle
from workbench.exchange.bundle import DefinitionLine, FileLine, HoleLine, VersionLine
from workbench.exchange.strict import shown
from workbench.forms import values
from workbench.forms.definition import Form, received
from workbench.models import canonical
from workbench.models.amounts import counted
from workbench.models.ids import is_uuid
from workbench.models.records import BROUGHT_ACTS, Card, Hole, Version, read_version
from workbench.resources import say
from workbench.store import attachments, exchanged
from workbench.store.driver import transaction
from workbench.store.exchanged import Quarantined
from workbench.store.store import CaseRow, Write

_MAX_DEFINITION = 1024 * 1024


class Parcel(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What came of one case, as its lines, each with its place in the file."""

    case: str
    crn: str
    versions: tuple[tuple[str, VersionLine], ...] = ()
    holes: tuple[HoleLine, ...] = ()


class Parts(msgspec.Struct, frozen=True):
    """What parcels share: definitions and files by hash, and cards."""

    definitions: dict[str, Form]
    files: dict[str, bytes]
    cards: Mapping[str, Card]


class Apart(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What one file of the quarantine holds: versions of one card on one case, with all they need to be read."""

    parcel: Parcel
    definitions: tuple[DefinitionLine, ...]
    files: tuple[FileLine, ...]


class Merged(msgspec.Struct, frozen=True):
    """What merging one case did, by ids of versions; `taken` are new or got their content back."""

    case: str
    crn: str
    taken: tuple[str, ...]
    held: int


class Judged:
    """One case's parcel, every line of it read and sorted; nothing is written before `write`.

    `distrusted` is the sender's card where nobody relies on it: then all of the parcel is kept apart, as what
    it leaves out cannot be told either.
    """

    def __init__(self, desk: Desk, parcel: Parcel, parts: Parts, distrusted: str | None = None) -> None:
        self._desk = desk
        self._parts = parts
        self._parcel = parcel
        self._distrusted = distrusted
        self._apart: dict[str, list[VersionLine | HoleLine]] = {}
        self._holes: list[Hole] = []
        self.places: list[tuple[str, int]] = [(hole.device, hole.seq) for hole in parcel.holes]
        self._taking = Taking(desk, parcel.case, parts.cards, parts.definitions)
        self._held = {version.header_bytes: version for version in self._taking.before.values()}
        _check_names(desk, parcel)
        for place, line in parcel.versions:
            self._version(line, place)
        bearers = {card.device: sha256 for sha256, card in parts.cards.items()}
        for hole in parcel.holes:
            self._hole(hole, bearers.get(hole.device))
        judging.places(desk, parcel.case, self._taking.before, [*self._taking.signed, *self._taking.twins])
        judging.entries(desk, self._taking.signed)

    def _version(self, line: VersionLine, place: str) -> None:
        version = self._judged_before(line)
        if version is None:
            version = self._taking.read(line.header, line.content, line.signature, place)
            form = self._taking.form(version)
            if version.content is not None and form is not None:
                self._check_said(version, form, place)
        self.places.append((version.header.device, version.header.seq))
        card = self._to_distrust(version.header.card)
        if card and self._desk.store.version(version.id) is None:
            self._apart.setdefault(card, []).append(line)
        else:
            self._taking.keep(version, place)

    def _judged_before(self, line: VersionLine) -> Version | None:
        """What is held here byte for byte: it was judged when it came."""
        held = self._held.get(line.header)
        same = held is not None and (held.content_bytes, held.signature) == (line.content, line.signature)
        return held if same else None

    def _hole(self, hole: HoleLine, bearer: str | None) -> None:
        card = self._to_distrust(bearer)
        if card:
            # Else this store would seem to hold what lies in quarantine before it.
            self._apart.setdefault(card, []).append(hole)
        else:
            self._holes.append(Hole(hole.device, hole.case, hole.seq, hole.sha256))

    def _to_distrust(self, card: str | None) -> str | None:
        """The card for whose sake a line is kept apart; None where it is not."""
        return self._distrusted or (card if card and why_apart(self._desk, card) else None)

    def _check_said(self, version: Version, form: Form, place: str) -> None:
        assert version.content is not None
        if version.act not in BROUGHT_ACTS:
            problems = values.problems(form, version.answers())
            if problems:
                raise BadInput(say(problems[0].says), f"{place}, {problems[0].path}")
            judging.files_named(self._desk, form, version.answers(), version.content.files, place)
        for ref in version.content.files:
            data = self._parts.files.get(ref.sha256)
            if data is not None:
                if (len(data), attachments.type_of(data)) != (ref.bytes, ref.type):
                    raise BadInput("a file is not what the entry says of it", place)
            elif not self._desk.store.refused(version.id) and not attachments.held(
                self._desk.store.connection, ref.sha256
            ):
                raise BadInput("a file that it names did not come with it", place)

    def write(self, how: str) -> Merged:
        """Writes what is new, in one transaction with all that follows from it."""
        desk, parcel, come = self._desk, self._parcel, self._taking
        used = {version.header.form[2] for version in come.signed}
        definitions = self._parts.definitions
        known = {(hole.device, hole.seq) for hole in desk.store.holes(parcel.case)}
        holes = [hole for hole in self._holes if (hole.device, hole.seq) not in known]
        ids = tuple(version.id for version in come.signed)
        if not (come.signed or come.twins or (holes and desk.store.vector(parcel.case))):
            return Merged(parcel.case, parcel.crn, (), come.held)
        self._attach()
        write = Write(
            CaseRow(parcel.case, parcel.crn),
            desk.logged("received", parcel.case),
            definitions={sha: form.data() for sha, form in definitions.items() if sha in used},
            twins=tuple(come.twins),
            withheld=tuple(holes),
            how=how,
        )
        detail = f"{counted(len(ids), 'version')}, {len(holes):,} withheld"
        commit(desk, parcel.case, come.signed, "received", crn=parcel.crn, detail=detail, write=write)
        return Merged(parcel.case, parcel.crn, ids, come.held)

    def _attach(self) -> None:
        desk = self._desk
        named = {
            ref.sha256
            for version in self._taking.signed
            if version.content is not None
            for ref in version.content.files
        }
        for sha256 in sorted(named & self._parts.files.keys()):
            data = self._parts.files[sha256]
            attachments.put(desk.store.folder, desk.store.connection, data, desk.stamp(), desk.ids.bytes(32))

    def set_apart(self, definitions: Iterable[DefinitionLine], files: Iterable[FileLine]) -> int:
        """Seals the versions of cards nobody verified, or of ended ones, in the quarantine; gives how many are new."""
        desk, new = self._desk, 0
        shapes, blobs = {line.sha256: line for line in definitions}, {line.sha256: line for line in files}
        for card, lines in sorted(self._apart.items()):
            come = tuple(line for line in lines if isinstance(line, VersionLine))
            versions = [_as_is(line) for line in come]
            if not come:
                continue
            forms = {version.header.form[2] for version in versions}
            refs = {ref.sha256 for v in versions if v.content for ref in v.content.files}
            apart = Apart(
                Parcel(
                    self._parcel.case,
                    self._parcel.crn,
                    tuple(("", line) for line in come),
                    tuple(line for line in lines if isinstance(line, HoleLine)),
                ),
                tuple(shapes[name] for name in sorted(forms & shapes.keys())),
                tuple(blobs[name] for name in sorted(refs & blobs.keys())),
            )
            data = msgspec.json.encode(apart)
            sha256 = canonical.sha256(data)
            if exchanged.is_apart(desk.store.connection, sha256):
                continue
            key = desk.ids.bytes(32)
            file = exchanged.set_apart(desk.store.folder, data, key)
            reason = why_apart(desk, card)
            row = Quarantined(
                0, file, key, card, self._parcel.case, self._parcel.crn, len(come), reason, desk.stamp()
            )
            with transaction(desk.store.connection):
                exchanged.put_quarantined(desk.store.connection, row, sha256)
            new += len(come)
        return new


def why_apart(desk: Desk, card: str) -> str:
    """Why versions of a card are kept apart; empty where they are not."""
    ended = desk.standing.ended.get(card)
    if ended is not None:
        return f"The card was ended: {ended.why}"
    return "" if desk.standing.is_verified(card) else "Nobody here has verified this card."


def let_in(desk: Desk) -> tuple[Merged, ...]:
    """Merges what lies in the quarantine of cards that are verified by now; what does not fit stays there."""
    found = []
    store = desk.store
    exchanged.sweep(store.folder, store.connection)
    for row in exchanged.quarantined(store.connection):
        if why_apart(desk, row.card):
            continue
        try:
            apart = msgspec.json.decode(exchanged.apart(store.folder, row), type=Apart)
            definitions = read_definitions(("", line) for line in apart.definitions)
            files = read_files(("", line) for line in apart.files)
            judged = Judged(desk, apart.parcel, Parts(definitions, files, desk.cards))
        except (OSError, StoreProblem, BadInput):
            # Where it was lost with the disk it lay on, it comes again: it never counted as held.
            continue
        found.append(judged.write("bundle"))
        judged.set_apart(apart.definitions, apart.files)
        with transaction(store.connection):
            exchanged.let_out(store.folder, store.connection, row)
    return tuple(found)


def read_definitions(lines: Iterable[tuple[str, DefinitionLine]]) -> dict[str, Form]:
    """The forms of definitions by hash, each line with its place.

    Raises:
        BadInput: one is not what its hash names, or is no definition.
    """
    found = {}
    for place, line in lines:
        data = canonical.encode(bundle.raw_data(line.definition, place, _MAX_DEFINITION))
        if canonical.sha256(data) != line.sha256:
            raise BadInput("the definition is not the one its hash names", place)
        try:
            found[line.sha256] = received(data)
        except BadInput as error:
            raise BadInput(error.says, place) from None
    return found


def read_files(lines: Iterable[tuple[str, FileLine]]) -> dict[str, bytes]:
    """The files by hash, each line with its place.

    Raises:
        BadInput: one is not what its hash names, is too large, or of no kind that may be attached.
    """
    found = {}
    for place, line in lines:
        if len(line.data) > attachments.MAX_FILE:
            raise BadInput(f"a file may have {attachments.MAX_FILE // 1024**2} MB", place)
        if hashlib.sha256(line.data).hexdigest() != line.sha256:
            raise BadInput("the file is not the one its hash names", place)
        try:
            attachments.type_of(line.data)
        except BadInput as error:
            raise BadInput(error.says, place) from None
        found[line.sha256] = line.data
    return found


def _check_names(desk: Desk, parcel: Parcel) -> None:
    place = f"case {shown(parcel.case, 40)}"
    if not is_uuid(parcel.case):
        raise BadInput("not a UUID", place)
    if (
        not 0 < len(parcel.crn) <= 40
        or not parcel.crn.isprintable()
        or parcel.crn != parcel.crn.strip().upper()
    ):
        raise BadInput("a CRN of up to 40 letters and digits is needed", place)
    held = [row.crn for row in desk.store.cases() if row.case == parcel.case]
    if held and held[0] != parcel.crn:
        raise BadInput(f"this case is held here under the CRN {held[0]}", place)


def _as_is(line: VersionLine) -> Version:
    return read_version(line.header, line.content, line.signature)
