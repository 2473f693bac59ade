"""What arrived, in sentences for a person."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

import msgspec

from workbench import clock as clocks
from workbench.casework.desk import Desk
from workbench.casework.merging import Merged
from workbench.casework.opening import from_hex
from workbench.exchange.bundle import Manifest, VersionLine
from workbench.exchange.strict import shown
from workbench.models.amounts import counted
from workbench.models.dates import written
from workbench.models.fold import Case
from workbench.models.records import Card, read_version
from workbench.models.vouching import CardEnded, Voucher
from workbench.resources import say
from workbench.security.signing import holds
from workbench.store import exchanged
from workbench.store.anchor import Anchor

# How far ahead of the clock here a stated moment may be before it is doubted (ours).
AHEAD = timedelta(minutes=10)
APART = (
    "{} versions are kept apart in quarantine: nobody here has verified whose they are, or their card was ended. "
    "Trust the card to let them in."
)
# What ends a sentence about two accounts.
SETTLE = "Settle them."


def sender(manifest: Manifest, card: Card) -> str:
    """Who sent what, and when."""
    crns = ", ".join(part.crn for part in manifest.cases)
    what = f"about {crns}" if crns else "with a receipt"
    made = written(clocks.day_of(clocks.moment(manifest.at)))
    return f"From {card.name} ({card.role}), made on {made}, {what}."


def overlays(desk: Desk, manifest: Manifest, card: Card) -> list[str]:
    """That the sender's duties are reckoned by another overlay than those here, where they are."""
    if set(manifest.overlays) == set(desk.laid.named):
        return []
    there, here = (" and ".join(map(_called, each[:3])) for each in (manifest.overlays, desk.laid.named))
    works = (
        f"{card.name} works with the overlay {there}" if there else f"{card.name} works without an overlay"
    )
    return [
        f"{works}; here {f'{here} is in force' if here else 'there is none'}. Days of duties can differ: "
        "those shown here follow the rules in force here."
    ]


def _called(named: str) -> str:
    """An overlay as a bundle names it, without its hash; `North 3`."""
    called, _, sha256 = named.rpartition(" ")
    return shown(called if len(sha256) == 64 else named)


def card(desk: Desk, came: Card) -> str:
    """That a card came, and whether it may be relied on."""
    verified = desk.standing.is_verified(came.sha256())
    told = "It is verified." if verified else "Compare eight words with them before you trust it."
    return f"The card of {came.name} ({came.role}) came. {told}"


def paper(desk: Desk, came: Voucher | CardEnded) -> str:
    """What somebody says of a card, and whether it counts here."""
    about, by = desk.cards[came.card], desk.cards[came.by]
    if isinstance(came, CardEnded):
        counts = came.card in desk.standing.ended
        told = f"{by.name} ended the card of {about.name} ({about.role}): {came.why}"
    else:
        counts = came in desk.standing.vouchers.get(came.card, ())
        told = f"{by.name} vouches for {about.name} as {came.role}."
    return told if counts else f"{told} It does not count here, because nobody vouches for {by.name}."


def merged(done: Merged) -> str:
    """What a case gained."""
    if not done.taken:
        return f"{done.crn}: nothing new."
    held = f", {done.held} held already" if done.held else ""
    return f"{done.crn}: {counted(len(done.taken), 'new version')}{held}."


def to_look_at(desk: Desk, before: Case, case: str) -> list[str]:
    """Forks, disputed facts, acts without a role and offers that a case did not have before."""
    stood, day, facts = desk.case(case), desk.today.isoformat(), desk.library.facts
    if not stood.entries:
        return []
    crn = desk.store.case_row(case).crn
    forked = {entry.id for entry in before.entries.values() if entry.forked}
    says = [
        f"{crn}: two accounts of the entry '{_title(desk, entry.form)}' of {_day(entry.on)}. {SETTLE}"
        for entry in stood.entries.values()
        if entry.forked and entry.id not in forked
    ]
    disputed = {(found.fact, found.of) for found in before.facts(day, facts) if found.disputed}
    says += [
        f"{crn}: two accounts of {_fact(desk, found.fact)}. {SETTLE}"
        for found in stood.facts(day, facts)
        if found.disputed and (found.fact, found.of) not in disputed
    ]
    known = {version.id for version in before.versions()}
    idle = [v for v in stood.versions() if v.id not in known and v.authority != "vouched"]
    if idle:
        names = ", ".join(sorted({desk.author(version).name for version in idle}))
        says.append(f"{crn}: {counted(len(idle), 'act')} by {names} without effect here: role not vouched.")
    offer = stood.known("case.offered_to", None, day)
    if offer.value == desk.device.card.name and not before.known("case.offered_to", None, day).known:
        says.append(f"{crn} is offered to you. Accept or refuse it; until then every duty stays where it is.")
    return says


def doubts(desk: Desk, manifest: Manifest, by: Card, lines: Iterable[VersionLine]) -> list[str]:
    """Clocks that cannot be, another rule book, a look-log that was cut."""
    says = []
    latest = clocks.stamp(desk.now + AHEAD)
    ahead = sum(_stated(line) > latest for line in lines)
    if ahead:
        says.append(f"Clock doubtful: {counted(ahead, 'version')} from a moment that is still to come here.")
    if manifest.book != desk.book.sha256:
        says.append("Their rule book is another than yours: what is due may differ there.")
    if _went_back(desk, manifest, by):
        says.append(
            f"The look-log of {by.name} is shorter than it was: it was cut, or an older copy is in use."
        )
    return says


def _went_back(desk: Desk, manifest: Manifest, by: Card) -> bool:
    own = _anchor(manifest, by)
    for row in exchanged.noted(desk.store.connection, "received", by.device):
        seen = _anchor(msgspec.json.decode(row.data, type=Manifest), by)
        if own is None or seen is None or row.bundle == manifest.bundle:
            continue
        if (seen.seq == own.seq and seen.head != own.head) or (seen.at < own.at and seen.seq > own.seq):
            return True
    return False


def _anchor(manifest: Manifest, by: Card) -> Anchor | None:
    try:
        found = msgspec.convert(manifest.anchor, Anchor)
    except msgspec.ValidationError:
        return None
    signed = found.device == by.device and holds(by.signs, found.to_sign(), from_hex(found.signature))
    return found if signed else None


def _stated(line: VersionLine) -> str:
    return read_version(line.header, None, b"", trusted=True).header.at


def _day(on: str) -> str:
    """A recorded day or moment as the day it was in London."""
    return written(clocks.day_of(clocks.moment(on)) if "T" in on else date.fromisoformat(on))


def _fact(desk: Desk, fact: str) -> str:
    named = desk.book.words.get(f"fact {fact}")
    return say(named) if named else fact


def _title(desk: Desk, form: str) -> str:
    known = {each.form: each for each in desk.library.latest()}
    return say(known[form].title) if form in known else form
