"""Colleagues who met: stores whose people compared words, and what passes between them."""

from __future__ import annotations

from tests.conftest import Stores, vouch
from workbench.casework import receiving, sending, trusting
from workbench.casework.desk import Desk
from workbench.casework.receiving import Received


def meet(one: Desk, other: Desk) -> None:
    """Each gives the other their card, and both compare words."""
    for here, there in ((one, other), (other, one)):
        receiving.receive(here, trusting.own_card(there))
    for here, there in ((one, other), (other, one)):
        words = trusting.words(here, there.device.card.sha256())
        assert words == trusting.words(there, here.device.card.sha256())
        trusting.trust(here, there.device.card.sha256(), " ".join(words))


def team(stores: Stores) -> tuple[Desk, Desk, Desk]:
    """A practitioner, an SPO and a data-protection lead, who all met, and for whom the administrator vouched."""
    desks = (
        stores.desk("ann"),
        stores.desk("sam", role="spo", person="Sam Spo"),
        stores.desk("joan", role="data-protection", person="Joan Lead"),
    )
    for desk in desks:
        vouch(desk, *desks)
    return desks


def send(here: Desk, there: Desk, case: str) -> Received:
    """A bundle from one to the other."""
    made = sending.bundle(here, case, there.device.card.name)
    return receiving.receive(there, made.data)
