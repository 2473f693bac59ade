"""Cases offered to this person, and the answers that an offer, an acceptance or a refusal starts with. No Qt."""

from __future__ import annotations

import msgspec

from workbench.casework import drafting, holding, transferring
from workbench.casework.desk import Desk
from workbench.casework.transferring import Offer
from workbench.ui.exchange.beginning import begin
from workbench.ui.words import ago, day_words

Given = tuple[tuple[str, str], ...]


class Offered(msgspec.Struct, frozen=True):
    """A case offered here: who from, what they said, and what the form that answers it starts with."""

    case: str
    title: str
    facts: tuple[tuple[str, str], ...]
    says: tuple[tuple[str, str], ...]
    accept: Given
    refuse: Given


class Waiting(msgspec.Struct, frozen=True):
    """A case this person offered, which waits for its answer, and what the form that withdraws it starts with."""

    case: str
    title: str
    says: str
    withdraw: Given


class Handover(msgspec.Struct, frozen=True):
    """The cases offered here, and those offered from here; `why_not` where this person's role writes no answer."""

    offers: tuple[Offered, ...]
    waiting: tuple[Waiting, ...]
    why_not: str


def handover(desk: Desk) -> Handover:
    """What is offered here, the earliest first."""
    may = desk.device.card.role in desk.library.form(holding.FORM).for_
    why = "" if may else "Cases are handed over by practitioners and SPOs."
    return Handover(
        tuple(_offered(offer) for offer in transferring.offers(desk)),
        tuple(_waiting(desk, offer) for offer in transferring.offered(desk)),
        why,
    )


def _same(offer: Offer) -> Given:
    """What every answer to an offer says as the offer did."""
    return (
        ("from_officer", offer.from_officer),
        ("to_officer", offer.to_officer),
        ("caretaking", "yes" if offer.caretaking else "no"),
    )


def _waiting(desk: Desk, offer: Offer) -> Waiting:
    name = f"{offer.name}, {offer.crn}" if offer.name else offer.crn
    says = f"Offered to {offer.to_officer} on {day_words(offer.on)} ({ago(offer.on, desk.today)}). No answer has come."
    return Waiting(offer.case, name, says, (("state", "withdrawn"), *_same(offer)))


def _offered(offer: Offer) -> Offered:
    facts = (
        ("CRN", offer.crn),
        ("From", offer.from_officer),
        ("Offered on", day_words(offer.on)),
        ("For how long", "For a time, as caretaker" if offer.caretaking else "For good"),
    )
    said = (("Why", offer.why), ("Risks open today", offer.open_risks))
    return Offered(
        case=offer.case,
        title=offer.name or offer.crn,
        facts=facts,
        says=tuple((name, words) for name, words in said if words),
        accept=(("state", "accepted"), *_same(offer), ("open_risks", offer.open_risks)),
        refuse=(("state", "refused"), *_same(offer)),
    )


def to_offer(name: str) -> Given:
    """What the form that offers a case to a colleague starts with."""
    return (("state", "offered"), ("to_officer", name))


def begin_form(desk: Desk, case: str, given: Given) -> str:
    """Begins the form with these answers beside those it fills in itself; gives the draft.

    Raises:
        Refused: the form is not written by a person in this role.
    """
    writing, session = drafting.begin(desk, case, holding.FORM)
    for question, value in given:
        session.answer(question, value)
    return begin(desk, writing, session.answers())
