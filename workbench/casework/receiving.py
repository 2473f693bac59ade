"""Receiving: bundles, cards, vouchers, receipts and overlays; all of a file or nothing, told in sentences."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from typing import TypeVar

import msgspec

from workbench.casework import merging, overlays, overlays_switched, receipts, standings, telling
from workbench.casework.desk import Desk
from workbench.casework.merging import Judged, Merged, Parcel, Parts
from workbench.errors import BadInput, Expected, Refused
from workbench.exchange import bundle, overlay, papers
from workbench.exchange.bundle import (
    CasePart,
    DefinitionLine,
    EndedLine,
    FileLine,
    HoleLine,
    Line,
    Opened,
    PaperLine,
    Receipt,
    VersionLine,
    VoucherLine,
)
from workbench.models.records import Card
from workbench.models.vouching import CardEnded, Voucher
from workbench.security.signing import holds
from workbench.store import exchanged
from workbench.store.driver import transaction
from workbench.store.exchanged import Exchanged

MOST = bundle.MAX_BYTES
T = TypeVar("T", bound=Line)


class Received(msgspec.Struct, frozen=True):
    """What receiving one file did: sentences for a person, the cases it touched, and how many versions are new.

    `receipt` is the sealed file that answers a bundle, ready to be given to its sender under `receipt_name`,
    which tells nothing; None for other files.
    """

    says: tuple[str, ...]
    cases: tuple[str, ...] = ()
    new: int = 0
    receipt: bytes | None = None
    receipt_name: str = ""


class Apart(msgspec.Struct, frozen=True):
    """What is kept apart of one card on one case, and why; `name` and `role` are only claimed."""

    card: str
    name: str
    role: str
    case: str
    crn: str
    versions: int
    reason: str
    at: str


def receive(desk: Desk, data: bytes) -> Received:
    """Takes in one file from a colleague: a bundle, a receipt, cards, vouchers, an overlay.

    Raises:
        Refused: somebody looks back at a day, or the file is one of another kind.
        BadInput: the file is refused; the store is as it was but for one row in the look-log.
    """
    if desk.known_until is not None:
        raise Refused("Looking back changes nothing.", "Leave out --today to receive.")
    try:
        if bundle.is_bundle(data):
            return _bundle(desk, data)
        if overlay.is_zip(data):
            return Received(overlays.take(desk, data))
        return _papers(desk, data)
    except Expected:
        desk.read_anew()
        desk.log("refused", detail=f"file {hashlib.sha256(data).hexdigest()[:16]}")
        raise


def quarantined(desk: Desk) -> tuple[Apart, ...]:
    """What is kept apart until its card is verified, oldest first."""
    found = []
    for row in exchanged.quarantined(desk.store.connection):
        card = desk.cards.get(row.card)
        name, role = (card.name, card.role) if card else ("", "")
        found.append(Apart(row.card, name, role, row.case, row.crn, row.versions, row.reason, row.at))
    return tuple(found)


def _papers(desk: Desk, data: bytes) -> Received:
    if b'"workbench-case/1"' in data[:200]:
        raise Refused("That is a case file.", "Bring it in with 'workbench import'.")
    found = papers.read(data)
    cards = {**desk.cards, **_cards(found)}
    papers.check_signed(found, cards, "$")
    standings.check_devices(desk, found)
    fresh_cards, fresh_papers = standings.fresh(desk, found)
    if not standings.take(desk, found):
        return Received(("Nothing new: everything in this file is held here already.",))
    says = [telling.card(desk, card) for card in fresh_cards]
    says += [telling.paper(desk, each) for each in fresh_papers if isinstance(each, Voucher | CardEnded)]
    merged = merging.let_in(desk)
    says += [telling.merged(each) for each in merged]
    return Received(tuple(says), _touched(merged), sum(len(each.taken) for each in merged))


def _cards(found: Iterable[papers.Paper]) -> dict[str, Card]:
    return {each.sha256(): each for each in found if isinstance(each, Card)}


def _touched(found: Iterable[Merged]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each.case for each in found if each.taken))


# Bundles


def _bundle(desk: Desk, data: bytes) -> Received:
    own = desk.device.card
    earlier = [card for card, held in desk.cards.items() if held.person == own.person]
    opened = bundle.read(data, own.sha256(), desk.device.keys.opens, earlier)
    return _Receiver(desk, opened).run()


class _Receiver:
    def __init__(self, desk: Desk, opened: Opened) -> None:
        self._desk = desk
        self._manifest = opened.manifest
        self._lines = tuple((f"line {n}", line) for n, line in enumerate(opened.lines, start=2))
        self._papers = tuple(_read_papers(self._lines))
        self._cards = {**desk.cards, **_cards(self._papers)}
        self._sender = self._check_sender()

    def run(self) -> Received:
        """Judges everything, then writes: cards and vouchers, each case, what is kept apart, and the receipt."""
        desk, manifest = self._desk, self._manifest
        before = {part.case: desk.case(part.case) for part in manifest.cases}
        with standings.as_if(desk, self._papers):
            known = not merging.why_apart(desk, manifest.sender)
            judged = self._judge(None if known else manifest.sender)
            self._check_receipts()
        says = [telling.sender(manifest, self._sender), *telling.overlays(desk, manifest, self._sender)]
        if standings.take(desk, self._papers):
            says += [telling.paper(desk, each) for each in self._papers if isinstance(each, CardEnded)]
        let_in = merging.let_in(desk)
        merged = tuple(each.write("bundle") for each in judged)
        apart = sum(each.set_apart(self._of(DefinitionLine), self._of(FileLine)) for each in judged)
        says += [telling.merged(each) for each in (*let_in, *merged)]
        says += [telling.APART.format(apart)] if apart else []
        says += telling.doubts(desk, manifest, self._sender, self._of(VersionLine)) if known else []
        receipt = self._note() if known else None
        for case, old in before.items():
            says += telling.to_look_at(desk, old, case)
        found = (*let_in, *merged)
        new = sum(len(each.taken) for each in found)
        return Received(tuple(says), _touched(found), new, receipt, receipts.file_name(desk))

    def _check_sender(self) -> Card:
        manifest = self._manifest
        papers.check_signed(self._papers, self._cards, "cards")
        standings.check_devices(self._desk, self._papers)
        if manifest.sample != self._desk.about.sample:
            kinds = ("a sample store", "a real one")
            here, there = kinds if self._desk.about.sample else kinds[::-1]
            raise BadInput(f"it comes from {there}, and this is {here}", "line 1")
        sender = self._cards.get(manifest.sender)
        if sender is None:
            raise BadInput("the sender's card is neither here nor with it", "line 1")
        signature = bundle.from_base64(manifest.signature, "line 1")
        if not holds(sender.signs, manifest.to_sign(), signature):
            raise BadInput("the sender's signature does not hold", "line 1")
        return sender

    def _judge(self, distrusted: str | None) -> list[Judged]:
        parts = Parts(
            merging.read_definitions(self._placed(DefinitionLine)),
            merging.read_files(self._placed(FileLine)),
            self._cards,
        )
        versions: dict[str, list[tuple[str, VersionLine]]] = {}
        for place, line in self._placed(VersionLine):
            versions.setdefault(_case_of(line, place), []).append((place, line))
        named = {part.case: part for part in self._manifest.cases}
        if len(named) != len(self._manifest.cases):
            raise BadInput("it names a case twice", "line 1")
        if overlays_switched.TEAM in named:
            raise BadInput("what belongs to the team travels in no bundle", "line 1")
        stray = (versions.keys() | {hole.case for hole in self._of(HoleLine)}) - named.keys()
        if stray:
            raise BadInput("a version of a case that the bundle does not name", "line 1")
        found = []
        for case, part in named.items():
            missing = tuple(hole for hole in self._of(HoleLine) if hole.case == case)
            parcel = Parcel(case, part.crn, tuple(versions.get(case, ())), missing)
            judged = Judged(self._desk, parcel, parts, distrusted)
            _check_gaps(self._desk, part, judged.places)
            found.append(judged)
        return found

    def _check_receipts(self) -> None:
        for place, receipt in self._placed(Receipt):
            by = self._cards.get(receipt.by)
            signature = bundle.from_base64(receipt.signature, place)
            if by is None or not holds(by.signs, receipt.to_sign(), signature):
                raise BadInput("the signature of a receipt does not hold", place)

    def _note(self) -> bytes | None:
        """Notes who holds what, once a bundle, and gives the sealed receipt; a receipt alone asks for none."""
        desk, manifest, at = self._desk, self._manifest, self._desk.stamp()
        sql, device = desk.store.connection, self._sender.device
        known = {row.bundle: row for row in exchanged.noted(sql, "received", device)}
        if manifest.bundle not in known:
            receipt = receipts.make(desk, manifest.bundle, [part.case for part in manifest.cases])
            with transaction(sql):
                exchanged.heard(sql, device, {part.case: part.to for part in manifest.cases}, at)
                came = Exchanged("received", manifest.bundle, device, at, bundle.encode(manifest))
                exchanged.note(sql, came)
                for _, line in self._placed(Receipt):
                    receipts.keep(desk, line, self._cards[line.by], at)
                if manifest.cases:
                    answer = Exchanged("receipt", manifest.bundle, device, at, bundle.encode(receipt))
                    exchanged.note(sql, answer)
            desk.anchor()
        return receipts.sealed(desk, manifest.bundle, self._sender) if manifest.cases else None

    def _placed(self, kind: type[T]) -> list[tuple[str, T]]:
        return [(place, line) for place, line in self._lines if isinstance(line, kind)]

    def _of(self, kind: type[T]) -> tuple[T, ...]:
        return tuple(line for _, line in self._placed(kind))


def _read_papers(lines: Iterable[tuple[str, Line]]) -> Iterator[papers.Paper]:
    shapes: dict[type[Line], type[papers.Paper]] = {
        PaperLine: Card,
        VoucherLine: Voucher,
        EndedLine: CardEnded,
    }
    for place, line in lines:
        if isinstance(line, PaperLine | VoucherLine | EndedLine):
            found = papers.paper(bundle.raw_data(line.paper, place), place)
            if not isinstance(found, shapes[type(line)]):
                raise BadInput("not the kind of paper it says", place)
            yield found


class _OfCase(msgspec.Struct):
    case: str


_case = msgspec.json.Decoder(_OfCase)


def _case_of(line: VersionLine, place: str) -> str:
    """The case a version says it is of; the whole of its heading is judged with the case."""
    try:
        return _case.decode(line.header).case
    except msgspec.MsgspecError as error:
        raise BadInput(f"not a version: {error}", place) from None


def _check_gaps(desk: Desk, part: CasePart, places: Iterable[tuple[str, int]]) -> None:
    """Refuses a bundle that leaves out a version between what is held here and what its sender holds."""
    come: dict[str, set[int]] = {}
    for device, seq in places:
        come.setdefault(device, set()).add(seq)
    held = desk.store.vector(part.case)
    for device in sorted(come.keys() | part.to.keys()):
        first, last = part.from_.get(device, 0), part.to.get(device, 0)
        found = come.get(device, set())
        if not 0 <= first <= held.get(device, 0):
            raise BadInput(
                f"it begins after version {first} of a device, and this store holds {held.get(device, 0)}",
                "line 1",
                "Ask for a new bundle.",
            )
        new = {seq for seq in found if seq > first}
        if max(found, default=0) > last or len(new) != max(0, last - first):
            raise BadInput("versions are missing between those it says it holds", "line 1")
