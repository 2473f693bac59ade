"""Colleagues as the screen shows them: whose card, how far it is relied on, and what may be done about it. No Qt."""

from __future__ import annotations

from datetime import date, timedelta

import msgspec

from workbench.casework import receipts, receiving, transferring, trusting
from workbench.casework.desk import Desk
from workbench.casework.trusting import CardRow, Trusted
from workbench.models.vouching import MAY_GIVE
from workbench.ui.exchange.words import a_role, role_words
from workbench.ui.words import ago, day_of, day_words

NOT_VOUCHED = (
    "Nobody has vouched here for your role of {}. What you sign counts as yours, but not as {}'s. "
    "Give your card to an administrator or SPO, and take in the voucher they give you."
)
SAMPLE = "Sample cards count without words or vouchers. No real store takes anything in from here."
_MANY = 40


class Exchange(msgspec.Struct, frozen=True):
    """What stands above every part (empty where nothing does), and how many things wait in each."""

    warns: str
    waiting: dict[str, int]


class Colleague(msgspec.Struct, frozen=True):
    """One card: whose, short states with their tone, sentences, and what may be done.

    `asks` is what its bearer waits for: `words` to be compared, `voucher`, or nothing.
    """

    card: str
    name: str
    role: str
    pills: tuple[tuple[str, str], ...]
    says: tuple[str, ...]
    own: bool
    may_compare: bool
    may_end: bool
    asks: str
    today: date


class Colleagues(msgspec.Struct, frozen=True):
    """The cards that fit, one's own apart, how many more fit and how many are held; `note` is said above them."""

    own: Colleague
    others: tuple[Colleague, ...]
    more: int
    held: int
    note: str


class Compare(msgspec.Struct, frozen=True):
    """The words to compare with the bearer of a card; `why_not` says why their role is not vouched for here."""

    card: str
    name: str
    a_role: str
    words: tuple[str, ...]
    may_vouch: bool
    why_not: str
    today: date


def exchange(desk: Desk) -> Exchange:
    """What stands above the parts."""
    own = desk.device.card
    counts = desk.standing.counts(own.sha256(), desk.today.isoformat())
    warns = "" if counts else NOT_VOUCHED.format(role_words(own.role), a_role(own.role))
    strangers = sum(each.asks == "words" for each in _colleagues(desk))
    waiting = {
        "colleagues": strangers,
        "apart": len(receiving.quarantined(desk)),
        "handover": len(transferring.offers(desk)),
    }
    return Exchange(warns, waiting)


def colleagues(desk: Desk, words: str = "", wanted: str = "") -> Colleagues:
    """The cards whose bearer's name or role holds these words; the one `wanted` stands first."""
    own, *others = _colleagues(desk)
    note = SAMPLE if desk.about.sample else ""
    asked = words.casefold().split()
    fits = [each for each in others if all(word in f"{each.name} {each.role}".casefold() for word in asked)]
    fits.sort(key=lambda each: each.card != wanted)
    return Colleagues(own, tuple(fits[:_MANY]), max(0, len(fits) - _MANY), len(others), note)


def _colleagues(desk: Desk) -> tuple[Colleague, ...]:
    gives = may_give(desk)
    return tuple(_colleague(desk, row, gives) for row in trusting.cards(desk))


def may_give(desk: Desk) -> frozenset[str]:
    """The roles this store's person may vouch for, and whose cards they may end."""
    own = desk.device.card
    counts = desk.standing.counts(own.sha256(), desk.today.isoformat())
    return MAY_GIVE.get(own.role, frozenset()) if counts else frozenset()


def _colleague(desk: Desk, row: CardRow, gives: frozenset[str]) -> Colleague:
    live = not row.own and row.ended is None and not row.replaced
    return Colleague(
        card=row.card,
        name=row.name,
        role=role_words(row.role),
        pills=_pills(row),
        says=_says(desk, row),
        own=row.own,
        may_compare=live,
        may_end=not row.own and row.ended is None and row.role in gives,
        asks="" if not live else "words" if not row.verified else _asks_voucher(row, gives),
        today=desk.today,
    )


def _asks_voucher(row: CardRow, gives: frozenset[str]) -> str:
    return "voucher" if not row.vouched and row.role in gives else ""


def _pills(row: CardRow) -> tuple[tuple[str, str], ...]:
    if row.ended is not None:
        return (("Ended", "danger"),)
    if row.replaced:
        return (("Replaced by a newer card", "plain"),)
    found: list[tuple[str, str]] = []
    if not row.own:
        found.append(("Verified", "good") if row.verified else ("Words not compared", "warn"))
    found.append(("Role counts", "good") if row.vouched else ("Role not vouched for", "warn"))
    if row.vetted:
        found.append(("Vetted", "info"))
    return tuple(found)


def _says(desk: Desk, row: CardRow) -> tuple[str, ...]:
    told = [f"Card made {day_words(day_of(row.made))}."]
    if row.until is not None:
        last = date.fromisoformat(row.until) - timedelta(days=1)
        told.append(f"The role counts up to {day_words(last.isoformat())}.")
    if row.ended is not None:
        told.append(f"Ended: {row.ended} What arrives of this card is kept apart.")
    elif row.replaced:
        told.append("Nothing more is sealed to this card.")
    elif not row.own:
        told.append(news(desk, row))
    return tuple(told)


def news(desk: Desk, row: CardRow) -> str:
    """How old the last news of a colleague's device is."""
    if row.heard is None:
        return "Nothing has come from this laptop yet."
    return f"Last news from {row.name}'s laptop: {ago(row.heard, desk.today)}."


def compare(desk: Desk, card: str) -> Compare:
    """The words to compare, and whether this person may vouch for the role on the card.

    Raises:
        NotFound: the card is no longer here.
    """
    words = trusting.words(desk, card)
    held = desk.cards[card]
    may = held.role in may_give(desk)
    why = "" if may else _why_not(desk, held.role)
    return Compare(card, held.name, a_role(held.role), words, may, why, desk.today)


def _why_not(desk: Desk, role: str) -> str:
    own, asked = desk.device.card, role_words(role)
    if role in MAY_GIVE.get(own.role, ()):
        return f"You cannot vouch for the role of {asked} yet: nobody has vouched for yours here."
    who = "an administrator" if role in ("aco", "administrator") else "an administrator or SPO"
    return f"Whether they are {a_role(role)} is vouched for by {who}, not by you."


def trust(desk: Desk, compared: Compare, *, vouch: bool, vetted: bool, last: date | None) -> Trusted:
    """Trusts a card whose words were heard; `last` is the last day on which the voucher counts.

    Raises:
        Refused: the card was ended, or the day has gone by.
    """
    return trusting.trust(
        desk,
        compared.card,
        " ".join(compared.words),
        role=desk.cards[compared.card].role if vouch else None,
        vetted=vouch and vetted,
        until=last + timedelta(days=1) if vouch and last else None,
    )


def end(desk: Desk, card: str, why: str, since: date | None) -> Trusted:
    """Ends a card, since the beginning of a day or from now on.

    Raises:
        Refused: no reason is given.
    """
    return trusting.end(desk, card, why, f"{since.isoformat()}T00:00Z" if since else None)


def suggested(desk: Desk) -> str:
    """A file name that tells nothing, for a card or a voucher."""
    return receipts.file_name(desk).replace(".wbundle", ".json")
