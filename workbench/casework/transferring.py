"""Handing a case over: offered by one, accepted or refused by the officer named; until then nothing moves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from workbench.casework import recording
from workbench.casework.desk import Desk
from workbench.errors import NotFound, Refused
from workbench.models.fold import Case, Entry, has_seen
from workbench.models.results import Changes

FORM = "officer-change"


class Offer(msgspec.Struct, frozen=True):
    """A case that is offered to this store's person and not answered yet; `on` is the day of the offer."""

    case: str
    crn: str
    name: str | None
    from_officer: str
    on: str
    caretaking: bool
    why: str
    open_risks: str


def offers(desk: Desk) -> tuple[Offer, ...]:
    """The cases offered to this store's person, the earliest offer first."""
    found = []
    held = {desk.links.reading(version.header.case) for version in desk.store.versions_of_form(FORM)}
    for case in sorted(held):
        entry = _open_offer(desk, desk.case(case))
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
    offer = _open_offer(desk, desk.case(case))
    if offer is None:
        raise NotFound("This case is not offered to you.", "Ask its officer to offer it first.")
    said = offer.head.answers()
    kept = ("from_officer", "to_officer", "caretaking", *(("open_risks",) if state == "accepted" else ()))
    same: dict[str, Any] = {name: said[name] for name in kept if name in said}
    session = recording.start(desk, case, FORM)
    session.restore({"on": desk.today.isoformat(), **same, **answers, "state": state})
    return recording.sign(desk, case, session)


def _open_offer(desk: Desk, case: Case) -> Entry | None:
    """The offer to this person that nobody has answered, withdrawn or renewed, having seen it."""
    changes = [entry for entry in case.of_form(FORM) if entry.live]
    for offer in changes:
        said = offer.head.answers()
        if said.get("state") != "offered" or said.get("to_officer") != desk.device.card.name:
            continue
        if not any(other.id != offer.id and has_seen(other.head, offer.head) for other in changes):
            return offer
    return None
