"""Vouchers, cards that were ended, and what follows: which cards are verified, and which roles count.

A role on a card is only claimed. It counts where an unbroken chain of vouchers leads from it to the root:
the first administrator's card that this store's person trusted after comparing words, or their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from workbench.models import canonical
from workbench.models.records import ROLES, Authority, Card, Version

# Whose voucher gives which roles.
MAY_GIVE = {
    "administrator": frozenset(ROLES),
    "spo": frozenset(ROLES) - {"aco", "administrator"},
}


class Voucher(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"from_": "from"}):
    """Somebody's word that the bearer of a card has its role; `from_` and `until` are days, `until` exclusive."""

    card: str
    by: str
    role: str
    vetted: bool
    from_: str
    until: str | None
    signature: str

    def to_sign(self) -> bytes:
        """The bytes its signature covers: all fields but the signature."""
        return _unsigned(b"workbench-voucher/1\n", self)

    def covers(self, day: str) -> bool:
        """Whether it speaks of a day."""
        return self.from_ <= day and (self.until is None or day < self.until)


class CardEnded(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"from_": "from"}):
    """Somebody's word that a card is out of its bearer's hands since a moment, and why."""

    card: str
    by: str
    from_: str
    why: str
    signature: str

    def to_sign(self) -> bytes:
        """The bytes its signature covers: all fields but the signature."""
        return _unsigned(b"workbench-card-ended/1\n", self)


class WordsCompared(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """That this store's person compared words with the bearer of a card; it never travels."""

    card: str
    at: str


Paper = Voucher | CardEnded | WordsCompared


def name_of(paper: Paper | Card) -> str:
    """The hash by which a paper is told from others."""
    return canonical.sha256(canonical.encode(msgspec.to_builtins(paper)))


class Standing(msgspec.Struct, frozen=True):
    """What a store holds of the cards in it, by their hashes: verified ones, what was vouched, ended ones.

    In a sample store everybody is verified and every role counts.
    """

    cards: Mapping[str, Card]
    verified: frozenset[str] = frozenset()
    roots: frozenset[str] = frozenset()
    vouchers: Mapping[str, tuple[Voucher, ...]] = {}
    ended: Mapping[str, CardEnded] = {}
    sample: bool = False

    def is_verified(self, card: str) -> bool:
        """Whether somebody this store relies on knows whose card it is; an ended one still is its bearer's."""
        return self.sample or card in self.verified

    def counts(self, card: str, day: str) -> bool:
        """Whether the role on a card counts on a day (YYYY-MM-DD)."""
        if self.sample or card in self.roots:
            return card in self.cards
        return any(voucher.covers(day) for voucher in self.vouchers.get(card, ()))

    def vetted(self, card: str, day: str) -> bool:
        """Whether a voucher that speaks of a day says that its bearer was vetted."""
        return any(voucher.vetted and voucher.covers(day) for voucher in self.vouchers.get(card, ()))

    def authority(self, version: Version, needs: Iterable[str]) -> Authority:
        """How far a version's author may do what needs one of these roles: `vouched`, `verified` or `none`."""
        header = version.header
        card = self.cards.get(header.card)
        if card is not None and card.role in needs and self.counts(header.card, header.at[:10]):
            return "vouched"
        return "verified" if self.is_verified(header.card) else "none"


def standing(
    cards: Mapping[str, Card], papers: Iterable[Paper], own: str, *, sample: bool = False
) -> Standing:
    """What follows from the cards and papers held; `papers` in order of arrival, `own` is this store's card.

    Only the ending of a card asks for that order: what a stolen card vouches counts where it came before.
    """
    held = tuple(papers)
    mine = _with_replaced(cards, own)
    known = mine | {paper.card for paper in held if isinstance(paper, WordsCompared)}
    roots = _roots(cards, held, mine)
    # Whoever ever had the authority to end a card ended it; a later ending cannot undo an earlier one.
    liberal = _vouched(cards, roots, [paper for paper in held if isinstance(paper, Voucher)])
    ended: dict[str, CardEnded] = {}
    left: list[Voucher] = []
    for paper in held:
        if isinstance(paper, CardEnded):
            card = cards.get(paper.card)
            if card and paper.by not in ended and _may(cards, roots, liberal, paper.by, card.role):
                ended.setdefault(paper.card, paper)
        elif isinstance(paper, Voucher) and paper.by not in ended:
            left.append(paper)
    vouchers = _vouched(cards, roots, left)
    return Standing(cards, known | vouchers.keys(), roots, vouchers, ended, sample)


def _roots(cards: Mapping[str, Card], papers: tuple[Paper, ...], mine: frozenset[str]) -> frozenset[str]:
    """The cards whose word needs no other: one administrator's, and what replaced it after words compared."""
    roots = {card for card in mine if card in cards and cards[card].role == "administrator"}
    for paper in papers:
        card = cards.get(paper.card) if isinstance(paper, WordsCompared) else None
        if card and card.role == "administrator" and (not roots or card.replaces in roots):
            roots.add(paper.card)
    return frozenset(roots)


def _vouched(
    cards: Mapping[str, Card], roots: frozenset[str], vouchers: Iterable[Voucher]
) -> dict[str, tuple[Voucher, ...]]:
    """The vouchers that count, by card: those whose maker's own role counts, however they came."""
    found: dict[str, tuple[Voucher, ...]] = {}
    waiting = [each for each in vouchers if each.card in cards and cards[each.card].role == each.role]
    while True:
        counted = [each for each in waiting if _may(cards, roots, found, each.by, each.role)]
        if not counted:
            return found
        waiting = [each for each in waiting if each not in counted]
        for each in counted:
            found[each.card] = (*found.get(each.card, ()), each)


def _may(
    cards: Mapping[str, Card],
    roots: frozenset[str],
    vouched: Mapping[str, tuple[Voucher, ...]],
    by: str,
    role: str,
) -> bool:
    """Whether the bearer of a card may speak of somebody's role: who may give it may end it."""
    return by in cards and (by in roots or by in vouched) and role in MAY_GIVE.get(cards[by].role, ())


def _with_replaced(cards: Mapping[str, Card], own: str) -> frozenset[str]:
    """A card and all that it replaced, one after another, of the same person."""
    found: set[str] = set()
    card: str | None = own
    while card is not None and card in cards and card not in found:
        if cards[card].person == cards[own].person:
            found.add(card)
        card = cards[card].replaces
    return frozenset(found)


def _unsigned(kind: bytes, paper: Voucher | CardEnded) -> bytes:
    data: dict[str, Any] = msgspec.to_builtins(paper)
    del data["signature"]
    return kind + canonical.encode(data)
