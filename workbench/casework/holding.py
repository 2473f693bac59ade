"""Who holds a case that was handed over, and what the officer who handed it over may still write there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from workbench.casework.desk import Desk
from workbench.errors import Refused
from workbench.models.dates import written
from workbench.models.fold import Case, Entry, Resolved, has_seen
from workbench.models.records import Version
from workbench.resources import Text, Words, say

FORM = "officer-change"
# What still reaches the officer who handed a case over goes to its holder; and nobody else can tell that what they
# signed before stands in another system by now.
_STILL = frozenset({"information-for-holder", "carried-over"})
_OFFICERS = frozenset({"practitioner", "pso"})
# Whoever is named here acts on the case, whether or not it once was theirs.
_NAMED = ("officer.name", "officer.stand_in", "spo.name", "spo.stand_in", "aco.name")


def refuse(desk: Desk, case: str, form: str) -> None:
    """Stops what would be signed on a case that this store's person handed over.

    Raises:
        Refused: it went to another officer; the sentence says to whom, and what may still be done.
    """
    if says := refusal(desk, desk.case(case), form):
        raise Refused(say(says))


def refusal(desk: Desk, case: Case, form: str) -> Text:
    """Why nothing is written with this form on a case that was handed over, or dropped since; empty where it may be.

    Whoever handed it over reads, passes on what still reaches them, and marks what they carried over.
    """
    if form in _STILL:
        return ""
    if _headings_alone(desk, case):
        return Words(*(desk.book.say("headings_alone", language) for language in ("en", "cy")))
    held, own = _gone(desk, case), desk.device.card.name
    if held is None:
        return ""
    if form == FORM and open_offer(case, lambda version: offers_to(version) == own) is not None:
        return ""
    holder = ", ".join(str(value) for value in held.values)
    since = date.fromisoformat(held.claims[0].claim.from_)
    en, cy = (
        desk.book.say("handed_over", language, name=holder, day=written(since, language))
        for language in ("en", "cy")
    )
    return Words(en, cy)


def offers_to(version: Version) -> str | None:
    """Whom a version offers the case to; None where it is no offer."""
    said = version.answers()
    return str(said.get("to_officer", "")) if said.get("state") == "offered" else None


def open_offer(case: Case, wanted: Callable[[Version], bool]) -> Entry | None:
    """The wanted offer that nobody has answered, withdrawn or renewed, having seen it."""
    changes = [entry for entry in case.of_form(FORM) if entry.live]
    for offer in changes:
        if wanted(offer.head) and not any(
            other.id != offer.id and has_seen(other.head, offer.head) for other in changes
        ):
            return offer
    return None


def _headings_alone(desk: Desk, case: Case) -> bool:
    """Whether an officer's copy has lost all its words: who holds the case stood in them too."""
    lost = bool(case.entries) and all(version.content is None for version in case.versions())
    return lost and desk.device.card.role in _OFFICERS


def _gone(desk: Desk, case: Case) -> Resolved | None:
    """Who holds the case, where this person gave it up for good and is named on it no longer.

    Two accounts of who holds it leave it open to both until somebody settles them.
    """
    own, day = desk.device.card.name, desk.today.isoformat()
    if not any(_gave(version) == own for entry in case.of_form(FORM) for version in entry.live):
        return None
    held = case.known("case.held_by", None, day)
    named = (value for fact in _NAMED for value in case.known(fact, None, day).values)
    return None if not held.claims or own in (*held.values, *named) else held


def _gave(version: Version) -> str | None:
    """Who gave the case up for good in a version; None where nobody did."""
    said = version.answers()
    gone = said.get("state") == "accepted" and said.get("caretaking") == "no"
    return str(said.get("from_officer", "")) if gone else None
