"""Drafts as they lie: which are begun, which were thrown away, fetched back, or let go."""

from __future__ import annotations

import msgspec

from workbench import clock as clocks
from workbench.casework.desk import Desk
from workbench.errors import NotFound
from workbench.store import drafts
from workbench.store.driver import transaction


class Begun(msgspec.Struct, frozen=True):
    """A draft without its words: which form of which case, whether it amends an entry, and how much is answered.

    `at` is when it was begun, or thrown away.
    """

    draft: str
    case: str
    form: str
    entry: str | None
    at: str
    answered: int


def begun(desk: Desk, case: str = "") -> tuple[Begun, ...]:
    """The drafts kept, oldest first, of one case or all."""
    return tuple(
        Begun(held.draft, held.case, held.form, held.entry, held.started_at, len(held.answers))
        for held in drafts.held(desk.store.connection)
        if not case or held.case == case
    )


def draft_of(desk: Desk, draft: str) -> drafts.Draft | None:
    """One draft with its words; None where there is none (it may have been signed)."""
    return next(iter(drafts.held(desk.store.connection, draft)), None)


def throw_away(desk: Desk, draft: str) -> None:
    """Throws a draft away; it is kept for 14 days, and the look-log keeps that it was thrown away.

    Raises:
        NotFound: there is no such draft.
    """
    found = draft_of(desk, draft)
    if found is None:
        raise NotFound("There is no such draft.", "It may have been signed.")
    with transaction(desk.store.connection):
        drafts.throw(desk.store.connection, draft, desk.stamp())
    desk.log("draft discarded", case=found.case, detail=found.form)


def thrown(desk: Desk) -> tuple[Begun, ...]:
    """The drafts thrown away that can still be fetched back, the last one first."""
    since = clocks.stamp(desk.now - drafts.KEPT_FOR)
    found = [held for held in drafts.thrown(desk.store.connection) if held.thrown_at >= since]
    return tuple(
        Begun(held.draft, held.case, held.form, held.entry, held.thrown_at, len(held.answers))
        for held in sorted(found, key=lambda held: held.thrown_at, reverse=True)
    )


def fetch_back(desk: Desk, draft: str) -> None:
    """Makes a draft that was thrown away one to be finished again.

    Raises:
        NotFound: it is gone for good.
    """
    found = next(iter(drafts.thrown(desk.store.connection, draft)), None)
    if found is None:
        raise NotFound("This draft is gone.", "What was thrown away is kept for 14 days.")
    with transaction(desk.store.connection):
        drafts.throw(desk.store.connection, draft, None)
    desk.log("draft fetched back", case=found.case, detail=found.form)


def let_go(desk: Desk, draft: str) -> None:
    """Lets go of a draft for good, since what it says was signed."""
    with transaction(desk.store.connection):
        drafts.discard(desk.store.connection, draft)
