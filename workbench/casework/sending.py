"""Sending: a case, or what is new of it, sealed to the devices of one colleague; and what was sent and confirmed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from workbench.casework import receipts, standings, trusting
from workbench.casework.desk import Desk
from workbench.casework.sharing import Sharing, sharing
from workbench.errors import NotFound, Refused
from workbench.exchange import bundle as sealed
from workbench.exchange.bundle import (
    CasePart,
    DefinitionLine,
    FileLine,
    HoleLine,
    Line,
    Receipt,
    Vector,
    VersionLine,
)
from workbench.models import canonical
from workbench.models.amounts import counted
from workbench.models.records import Card, Version
from workbench.store import attachments, exchanged
from workbench.store.driver import transaction
from workbench.store.exchanged import Exchanged


class Bundle(msgspec.Struct, frozen=True):
    """A sealed bundle: its bytes, a file name that tells nothing, how much is in it, and sentences about it."""

    bundle: str
    data: bytes
    name: str
    versions: int
    withheld: int
    says: tuple[str, ...]


class Forecast(msgspec.Struct, frozen=True):
    """What a bundle would hold: versions of so many entries, files, places withheld; and how many devices open it."""

    versions: int
    entries: int
    files: int
    file_bytes: int
    withheld: int
    devices: int


class Sent(msgspec.Struct, frozen=True):
    """One bundle as sent to one device; `confirmed` is when its receipt came, else None."""

    bundle: str
    at: str
    to: str
    role: str
    cases: tuple[str, ...]
    confirmed: str | None


class Reached(msgspec.Struct, frozen=True):
    """Whether a device that was sent a case has confirmed that it holds one version of it."""

    name: str
    role: str
    device: str
    confirmed: bool


class _Kept(msgspec.Struct, frozen=True):
    """What the log keeps of a bundle sent: its cases, the places withheld, the receipts that went with it."""

    cases: tuple[str, ...]
    withheld: dict[str, tuple[tuple[str, int], ...]]
    receipts: tuple[str, ...]


def bundle(desk: Desk, case: str, to: str) -> Bundle:
    """Seals what a colleague does not yet hold of a case (of linked cases, all) to each of their devices.

    Raises:
        Refused: their card is not verified here, or they may not read this case.
    """
    if desk.known_until is not None:
        raise Refused("Looking back sends nothing.", "Leave out --today to send.")
    return _making(desk, case, to).seal()


def forecast(desk: Desk, case: str, to: str) -> Forecast:
    """What `bundle` would send now; nothing is sealed, noted or logged.

    Raises:
        Refused: their card is not verified here, or they may not read this case.
    """
    return _making(desk, case, to).forecast()


def _making(desk: Desk, case: str, to: str) -> _Making:
    made = _Making(desk, trusting.devices_of(desk, to))
    for each in desk.links.together(desk.find(case).case):
        made.add(each)
    return made


def sent(desk: Desk) -> tuple[Sent, ...]:
    """What was sent to whom, the newest first, and what they confirmed."""
    sql = desk.store.connection
    confirmed = {(row.bundle, row.device): row.at for row in exchanged.noted(sql, "confirmed")}
    cards = {card.device: card for card in desk.cards.values()}
    found = []
    for row in reversed(exchanged.noted(sql, "sent")):
        card = cards.get(row.device)
        cases = msgspec.json.decode(row.data, type=_Kept).cases
        told = confirmed.get((row.bundle, row.device))
        name, role = (card.name, card.role) if card else ("", "")
        found.append(Sent(row.bundle, row.at, name, role, cases, told))
    return tuple(found)


def reached(desk: Desk, version: str) -> tuple[Reached, ...]:
    """Which devices were sent a version's case, and whether each has confirmed that it holds that version.

    Raises:
        NotFound: no such version is held.
    """
    found = desk.store.version(version)
    if found is None:
        raise NotFound(f"There is no version {version} here.")
    sql, header = desk.store.connection, found.header
    devices = {
        row.device
        for row in exchanged.noted(sql, "sent")
        if header.case in msgspec.json.decode(row.data, type=_Kept).cases
    }
    cards = {card.device: card for card in desk.cards.values()}
    return tuple(
        Reached(
            cards[device].name,
            cards[device].role,
            device,
            exchanged.vector(sql, device, header.case).get(header.device, 0) >= header.seq,
        )
        for device in sorted(devices & cards.keys(), key=lambda device: (cards[device].name, device))
    )


class _Making:
    """A bundle in the making: lines of each kind, put in order when it is sealed."""

    def __init__(self, desk: Desk, cards: tuple[Card, ...]) -> None:
        self._desk = desk
        self._to = cards
        self._parts: list[CasePart] = []
        self._versions: list[Version] = []
        self._holes: list[HoleLine] = []
        earlier = [
            msgspec.json.decode(row.data, type=_Kept)
            for card in cards
            for row in exchanged.noted(desk.store.connection, "sent", card.device)
        ]
        self._answered = {name for kept in earlier for name in kept.receipts}
        self._withheld_before = {
            (case, *place) for kept in earlier for case, places in kept.withheld.items() for place in places
        }

    def add(self, case: str) -> None:
        """Adds what is new of a case: every version up to what is held here, or its place where it is withheld."""
        desk = self._desk
        first = self._known(case)
        vector = desk.store.vector(case)
        self._parts.append(CasePart(case, desk.store.case_row(case).crn, first, vector))
        may = sharing(desk, desk.case(case), self._to)
        for version in (*desk.store.versions(case), *desk.store.twins(case)):
            self._one(case, version, first, may)
        for hole in desk.store.holes(case):
            if hole.seq > first.get(hole.device, 0):
                self._holes.append(HoleLine(case, hole.device, hole.seq, hole.sha256))

    def _one(self, case: str, version: Version, first: Vector, may: Sharing) -> None:
        place = (version.header.device, version.header.seq)
        fresh = version.header.seq > first.get(version.header.device, 0)
        if may.may_see(version):
            if fresh or (case, *place) in self._withheld_before:
                self._versions.append(version)
        elif fresh:
            self._holes.append(HoleLine(case, *place, canonical.sha256(version.header_bytes)))

    def _known(self, case: str) -> Vector:
        """What each of the recipient's devices is known to hold of a case."""
        known = [exchanged.vector(self._desk.store.connection, card.device, case) for card in self._to]
        devices = set(known[0]).intersection(*known)
        own = self._desk.store.vector(case)
        return {
            device: min(own.get(device, 0), *(each[device] for each in known)) for device in sorted(devices)
        }

    def forecast(self) -> Forecast:
        """How much it holds."""
        files = {
            ref.sha256: ref.bytes
            for version in self._versions
            if version.content is not None
            for ref in version.content.files
        }
        return Forecast(
            versions=len(self._versions),
            entries=len({version.header.entry for version in self._versions}),
            files=len(files),
            file_bytes=sum(files.values()),
            withheld=len(self._holes),
            devices=len(self._to),
        )

    def seal(self) -> Bundle:
        """Seals it, and notes and logs that it was sent."""
        desk, to = self._desk, self._to
        answers = [
            receipt
            for card in to
            for receipt in receipts.made(desk, card.device)
            if receipt.bundle not in self._answered
        ]
        lines = [*self._paper_lines(), *self._definitions(), *self._lines(), *self._files(), *answers]
        blank = receipts.manifest(desk, tuple(self._parts), to)
        data = sealed.write(blank, lines, to, desk.device.keys.sign, desk.ids.bytes(32))
        self._note(blank.bundle, answers)
        crns = ", ".join(part.crn for part in self._parts)
        says = [f"{crns}: {counted(len(self._versions), 'version')} sealed to {to[0].name} ({to[0].role})."]
        if self._holes:
            left = counted(len(self._holes), "version is", "versions are")
            says.append(
                f"{left} not for them, or taken out: what they hold is left out, not that they exist."
            )
        name = receipts.file_name(desk)
        return Bundle(blank.bundle, data, name, len(self._versions), len(self._holes), tuple(says))

    def _note(self, name: str, answers: Iterable[Receipt]) -> None:
        desk, at = self._desk, self._desk.stamp()
        withheld: dict[str, list[tuple[str, int]]] = {}
        for hole in self._holes:
            withheld.setdefault(hole.case, []).append((hole.device, hole.seq))
        kept = _Kept(
            tuple(part.case for part in self._parts),
            {case: tuple(places) for case, places in withheld.items()},
            tuple(receipt.bundle for receipt in answers),
        )
        with transaction(desk.store.connection):
            for card in self._to:
                row = Exchanged("sent", name, card.device, at, msgspec.json.encode(kept))
                exchanged.note(desk.store.connection, row)
        for part in self._parts:
            desk.log("sent", case=part.case, why=f"to {self._to[0].name}", detail=f"bundle {name}")
        desk.anchor()

    def _paper_lines(self) -> Iterator[Line]:
        wanted = {version.header.card for version in self._versions}
        wanted |= {self._desk.device.card.sha256(), *(card.sha256() for card in self._to)}
        return (sealed.paper_line(each) for each in standings.about(self._desk, wanted))

    def _definitions(self) -> Iterator[Line]:
        for sha256 in sorted({version.header.form[2] for version in self._versions}):
            form = self._desk.form_hashes.get(sha256)
            data = form.data() if form else self._desk.store.definition(sha256)
            if data is not None:
                yield DefinitionLine(msgspec.Raw(data), sha256)

    def _lines(self) -> Iterator[Line]:
        for version in self._versions:
            yield VersionLine(version.content_bytes, version.header_bytes, version.signature)
        yield from self._holes

    def _files(self) -> Iterator[Line]:
        store = self._desk.store
        named = {
            ref.sha256
            for version in self._versions
            if version.content is not None
            for ref in version.content.files
        }
        for sha256 in sorted(named):
            data = attachments.get(store.folder, store.connection, sha256)
            yield FileLine(data, sha256)
