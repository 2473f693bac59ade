"""Receipts: what this store holds since a bundle came, signed, and what others signed for ours."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from workbench import __version__
from workbench import clock as clocks
from workbench.casework import merging
from workbench.casework.desk import Desk
from workbench.errors import NotFound
from workbench.exchange import bundle
from workbench.exchange.bundle import CasePart, Manifest, Receipt
from workbench.models.records import Card
from workbench.store import anchor, exchanged
from workbench.store.exchanged import Exchanged


def make(desk: Desk, name: str, cases: Iterable[str]) -> Receipt:
    """A signed receipt for a bundle, with all that is held here of its cases."""
    vectors = {case: desk.store.vector(case) for case in cases}
    card = desk.device.card.sha256()
    return bundle.make_receipt(name, card, vectors, anchored(desk), desk.device.keys.sign)


def anchored(desk: Desk) -> dict[str, str | int]:
    """Where this store's look-log stands, signed."""
    made = anchor.make(
        desk.store.connection,
        desk.about.store,
        desk.device.device,
        clocks.stamp(desk.wall.now()),
        desk.device.keys.sign,
    )
    found: dict[str, str | int] = msgspec.to_builtins(made)
    return found


def keep(desk: Desk, receipt: Receipt, by: Card, at: str) -> None:
    """Notes what somebody signed that they hold; the caller's transaction holds it."""
    if merging.why_apart(desk, receipt.by):
        return
    sql = desk.store.connection
    exchanged.heard(sql, by.device, receipt.vectors, at)
    exchanged.note(sql, Exchanged("confirmed", receipt.bundle, by.device, at, bundle.encode(receipt)))


def made(desk: Desk, device: str) -> tuple[Receipt, ...]:
    """The receipts this store signed for bundles of a device, oldest first."""
    rows = exchanged.noted(desk.store.connection, "receipt", device)
    return tuple(msgspec.json.decode(row.data, type=Receipt) for row in rows)


def sealed(desk: Desk, name: str, to: Card) -> bytes:
    """The receipt for a bundle as a file of its own, sealed to whoever sent it.

    Raises:
        NotFound: no receipt was made for it.
    """
    found = [receipt for receipt in made(desk, to.device) if receipt.bundle == name]
    if not found:
        raise NotFound("There is no receipt for that bundle.")
    blank = manifest(desk, (), (to,))
    lines = (bundle.paper_line(desk.device.card), found[0])
    return bundle.write(blank, lines, (to,), desk.device.keys.sign, desk.ids.bytes(32))


def file_name(desk: Desk) -> str:
    """A name for a sealed file: it tells nothing of whom the file is about, or for."""
    return f"{desk.ids.bytes(8).hex()}.wbundle"


def manifest(desk: Desk, cases: tuple[CasePart, ...], to: Iterable[Card]) -> Manifest:
    """The manifest of a new bundle of this store, but for what follows from its lines."""
    return Manifest(
        anchor=anchored(desk),
        at=desk.stamp(),
        book=desk.book.sha256,
        bundle=desk.ids.new(),
        cases=cases,
        counts={},
        for_=tuple(card.sha256() for card in to),
        overlays=desk.laid.named,
        program=__version__,
        rest="",
        sample=desk.about.sample,
        sender=desk.device.card.sha256(),
        signature="",
    )
