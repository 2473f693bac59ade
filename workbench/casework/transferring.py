"""Handing a case over: offered by one, accepted or refused by the officer named; until then nothing moves."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from workbench.casework import recording
from workbench.casework.desk import Desk
from workbench.casework.holding import FORM, offers_to, open_offer
from workbench.errors import NotFound, Refused
from workbench.models.records import Version
from workbench.models.results import Changes


class Offer(msgspec.Struct, frozen=True):
    """A case that is offered by one officer to another and not answered yet; `on` is the day of the offer."""

    case: str
    crn: str
    name: str | None
    from_officer: str
    on: str
    caretaking: bool
    why: str
    open_risks: str
    to_officer: str


def offers(desk: Desk) -> tuple[Offer, ...]:
    """The cases offered to this store's person, the earliest offer first."""
    own = desk.device.card.name
    return _open(desk, lambda version: offers_to(version) == own)


def offered(desk: Desk) -> tuple[Offer, ...]:
    """The cases that this store's person offered and nobody has answered yet, the earliest offer first."""
    own = desk.device.card.person
    return _open(desk, lambda version: version.header.by == own and offers_to(version) is not None)


def _open(desk: Desk, wanted: Callable[[Version], bool]) -> tuple[Offer, ...]:
    found = []
    versions = desk.store.versions_of_form(FORM)
    held = {desk.links.reading(version.header.case) for version in versions if wanted(version)}
    for case in sorted(held):
        entry = open_offer(desk.case(case), wanted)
        if entry is not None:
            row, said = desk.store.case_row(case), entry.head.answers()
            found.append(
                Offer(
                    case,
                    row.crn,
                    row.name,
                    str(said.get("from_officer", "")),
                    str(said.get("on", "")),
                    said.get("caretaking") == "yes",
                    str(said.get("why", "")),
                    str(said.get("open_risks", "")),
                    str(said.get("to_officer", "")),
                )
            )
    return tuple(sorted(found, key=lambda offer: (offer.on, offer.crn)))


def accept(desk: Desk, case: str, answers: Mapping[str, Any]) -> Changes:
    """Accepts a case: from now on its duties are this person's; `answers` are those of the form beside the offer's.

    Raises:
        NotFound: it is not offered to this person.
        Refused: something must be answered first, such as the next appointment.
    """
    return _answer(desk, case, "accepted", answers)


def refuse(desk: Desk, case: str, why: str) -> Changes:
    """Refuses a case, with the reason; every duty stays with whoever offered it.

    Raises:
        NotFound: it is not offered to this person.
        Refused: no reason is given.
    """
    if not why.strip():
        raise Refused("A refusal says why.", "Give the reason.")
    return _answer(desk, case, "refused", {"why": why.strip()})


def _answer(desk: Desk, case: str, state: str, answers: Mapping[str, Any]) -> Changes:
    own = desk.device.card.name
    offer = open_offer(desk.case(case), lambda version: offers_to(version) == own)
    if offer is None:
        raise NotFound("This case is not offered to you.", "Ask its officer to offer it first.")
    said = offer.head.answers()
    kept = ("from_officer", "to_officer", "caretaking", *(("open_risks",) if state == "accepted" else ()))
    same: dict[str, Any] = {name: said[name] for name in kept if name in said}
    session = recording.start(desk, case, FORM)
    session.restore({"on": desk.today.isoformat(), **same, **answers, "state": state})
    return recording.sign(desk, case, session)
