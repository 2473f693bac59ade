"""Cards of colleagues: eight words compared, roles vouched for, cards ended."""

from __future__ import annotations

from datetime import date

import msgspec

from workbench import clock as clocks
from workbench.casework import merging, opening, standings, telling
from workbench.casework.desk import Desk
from workbench.errors import Ambiguous, NotFound, Refused
from workbench.exchange import papers
from workbench.models.amounts import counted
from workbench.models.records import Card
from workbench.models.vouching import MAY_GIVE, Paper, Voucher, WordsCompared
from workbench.store import exchanged

MIN_HASH = 8


class CardRow(msgspec.Struct, frozen=True):
    """A card as a list shows it.

    `verified` is whether somebody this store relies on knows whose it is; `vouched` whether its role counts
    today, until the day `until` where one is set; `ended` says why, where it was ended; `replaced` is
    whether its bearer has a newer verified one; `heard` is when its device was last heard from.
    """

    card: str
    name: str
    role: str
    device: str
    made: str
    own: bool
    verified: bool
    vouched: bool
    vetted: bool
    until: str | None
    ended: str | None
    replaced: bool
    heard: str | None


class Trusted(msgspec.Struct, frozen=True):
    """What trusting a card did: sentences, and the file for its bearer where a role was vouched for."""

    says: tuple[str, ...]
    file: bytes | None = None


def own_card(desk: Desk) -> bytes:
    """This device's card as a file to give to a colleague; it holds no secret."""
    return papers.write((desk.device.card,))


def cards(desk: Desk) -> tuple[CardRow, ...]:
    """Every card held, by name; one's own first."""
    standing, day = desk.standing, desk.today.isoformat()
    heard = exchanged.last_heard(desk.store.connection)
    own = desk.device.card.sha256()
    replaced = _replaced(desk)
    rows = [
        CardRow(
            sha256,
            card.name,
            card.role,
            card.device,
            card.made,
            sha256 == own,
            standing.is_verified(sha256),
            standing.counts(sha256, day),
            standing.vetted(sha256, day),
            min(
                (v.until for v in standing.vouchers.get(sha256, ()) if v.covers(day) and v.until),
                default=None,
            ),
            standing.ended[sha256].why if sha256 in standing.ended else None,
            sha256 in replaced,
            heard.get(card.device),
        )
        for sha256, card in desk.cards.items()
    ]
    return tuple(sorted(rows, key=lambda row: (not row.own, row.name.casefold(), row.made, row.card)))


def words(desk: Desk, name: str) -> tuple[str, ...]:
    """The eight words to compare with the bearer of a card; `name` is theirs, or the beginning of the card's hash.

    Raises:
        NotFound: no card of that name came here.
        Ambiguous: several did.
    """
    return papers.eight_words(desk.device.card, _named(desk, name), opening.word_list())


def trust(
    desk: Desk,
    name: str,
    compared: str,
    *,
    role: str | None = None,
    vetted: bool = False,
    until: date | None = None,
) -> Trusted:
    """Trusts a card after words were compared; with `role` vouches for the role it claims.

    `until` is the first day on which the voucher no longer counts. What was kept apart is let in.

    Raises:
        NotFound: no card of that name came here.
        Ambiguous: several did.
        Refused: the words differ, the card was ended, or this role may not be vouched for here.
    """
    if desk.known_until is not None:
        raise Refused("Looking back changes nothing.", "Leave out --today.")
    card = _named(desk, name)
    if tuple(compared.lower().split()) != words(desk, card.sha256()):
        raise Refused(
            f"Those are not the words for the card of {card.name}.",
            "Compare them once more by telephone or face to face; if they differ still, the card is not theirs.",
        )
    if card.sha256() in desk.standing.ended:
        raise Refused(f"The card of {card.name} was ended.", "Ask them for their new card.")
    if (vetted or until) and role is None:
        raise Refused("Only a voucher says vetted, or has an end.", "Name the role with --role.")
    voucher = _voucher(desk, card, role, vetted=vetted, until=until) if role else None
    come: list[Paper] = [WordsCompared(card.sha256(), desk.stamp())]
    come += [voucher] if voucher else []
    standings.take(desk, come, why=f"words compared with {card.name}")
    says = [f"The card of {card.name} ({card.role}) is trusted here."]
    says += [telling.paper(desk, voucher)] if voucher else []
    says += [telling.merged(each) for each in merging.let_in(desk)]
    desk.anchor()
    return Trusted(tuple(says), _file_about(desk, card) if voucher else None)


def end(desk: Desk, name: str, why: str, from_: str | None = None) -> Trusted:
    """Ends a card that is out of its bearer's hands since a moment (now, where none is named).

    What of it arrives from now on is kept apart, whatever day it states.

    Raises:
        Refused: no reason is given, or this person's role does not end that card.
    """
    if desk.known_until is not None:
        raise Refused("Looking back changes nothing.", "Leave out --today.")
    if not why.strip():
        raise Refused("Ending a card says why.", "Give the reason.")
    card, own = _named(desk, name), desk.device.card
    _refuse_unless_may(desk, card.role, "end the card of")
    since = from_ or desk.stamp()
    ended = papers.make_ended(desk.device.keys, own, card, clocks.stamp(clocks.moment(since)), why.strip())
    standings.take(desk, (ended,), why=f"card of {card.name} ended")
    late = sum(
        desk.store.received(version.header.case).get(version.id, "") >= ended.from_
        for version in desk.store.versions_of_devices((card.device,))
    )
    says = [telling.paper(desk, ended)]
    if late:
        came = counted(
            late,
            "version of that card came here since then and still counts",
            "versions of that card came here since then and still count",
        )
        says.append(f"{came}: look at each of them.")
    desk.anchor()
    return Trusted(tuple(says), _file_about(desk, card))


def devices_of(desk: Desk, name: str) -> tuple[Card, ...]:
    """The cards of a colleague to seal to: verified, not ended, not replaced; one for each of their devices.

    Raises:
        Refused: there is none, and why.
        Ambiguous: two people bear the name.
    """
    held = _called(desk, name)
    standing, replaced = desk.standing, _replaced(desk)
    live = [
        card
        for sha256, card in held.items()
        if standing.is_verified(sha256) and sha256 not in standing.ended and sha256 not in replaced
    ]
    if not live:
        raise Refused(
            f"Nobody here has verified the card of {name}.",
            "Compare words with 'workbench card words', then trust it with 'workbench card trust'.",
        )
    if len({card.person for card in live}) > 1:
        ids = tuple(sorted(card.sha256() for card in live))
        raise Ambiguous(f"Several people are called {name}.", ids, "Name one by the hash of their card.")
    return tuple(sorted(live, key=Card.sha256))


def _named(desk: Desk, name: str) -> Card:
    """One card by its bearer's name or the beginning of its hash; of several the one that replaced the others."""
    held = _called(desk, name)
    replacing = {card.replaces for card in held.values()}
    left = {sha256: card for sha256, card in held.items() if sha256 not in replacing} or held
    if len(left) > 1:
        ids = tuple(sorted(left))
        told = ", ".join(sha256[:12] for sha256 in ids)
        raise Ambiguous(f"Several cards are {name}'s: {told}.", ids, "Name one by the beginning of its hash.")
    return next(iter(left.values()))


def _called(desk: Desk, name: str) -> dict[str, Card]:
    wanted = name.strip().casefold()
    own = desk.device.card.sha256()
    found = {
        sha256: card
        for sha256, card in desk.cards.items()
        if sha256 != own
        and (card.name.casefold() == wanted or (len(wanted) >= MIN_HASH and sha256.startswith(wanted)))
    }
    if not found:
        raise NotFound(f"There is no card of {name} here.", "Take it in with 'workbench receive' first.")
    return found


def _replaced(desk: Desk) -> frozenset[str]:
    """The cards that a verified card of the same person replaces."""
    return frozenset(
        card.replaces
        for sha256, card in desk.cards.items()
        if card.replaces in desk.cards
        and desk.standing.is_verified(sha256)
        and desk.cards[card.replaces].person == card.person
    )


def _voucher(desk: Desk, card: Card, role: str, *, vetted: bool, until: date | None) -> Voucher:
    if role != card.role:
        raise Refused(
            f"The card says {card.role}, not {role}.", "Another role needs another card, made by its bearer."
        )
    _refuse_unless_may(desk, role, "vouch for")
    # From the day the card was made: what its bearer signed before somebody vouched comes to count.
    since = clocks.day_of(clocks.moment(card.made)).isoformat()
    last = until.isoformat() if until else None
    if last is not None and last <= desk.today.isoformat():
        raise Refused("A voucher ends on a day to come.", "Name a later day with --until.")
    return papers.make_voucher(
        desk.device.keys, desk.device.card, card, vetted=vetted, from_=since, until=last
    )


def _refuse_unless_may(desk: Desk, role: str, what: str) -> None:
    own = desk.device.card
    if role not in MAY_GIVE.get(own.role, ()):
        who = "An administrator does" if role in ("aco", "administrator") else "An administrator or SPO does"
        raise Refused(f"{_a(own.role).capitalize()} does not {what} {_a(role)}.", f"{who}.")
    if not desk.standing.counts(own.sha256(), desk.today.isoformat()):
        raise Refused(
            f"Your own role of {own.role} is not vouched for here.",
            "Let an administrator vouch for you, and receive the voucher first.",
        )


def _file_about(desk: Desk, card: Card) -> bytes:
    """A card with all that was said of it, up to the root, as a file for others to receive."""
    return papers.write(standings.about(desk, (card.sha256(),)))


def _a(role: str) -> str:
    return f"{'an' if role[0] in 'aeiou' or role == 'spo' else 'a'} {role}"
