"""What a person keeps at hand (searches, pinned people); it lies in the store, since it names people."""

from __future__ import annotations

import msgspec

from workbench.casework.desk import Desk
from workbench.errors import NotFound, Refused

_KEY = "choices"
RECENT = 10
SAVED = 30
PINNED = 30


class Choices(msgspec.Struct, frozen=True):
    """The last searches, newest first; the searches kept on purpose and the ids of pinned cases, each in order."""

    recent: tuple[str, ...] = ()
    saved: tuple[str, ...] = ()
    pinned: tuple[str, ...] = ()


def choices(desk: Desk) -> Choices:
    """What is kept; nothing where it cannot be read."""
    data = desk.store.meta(_KEY)
    try:
        return msgspec.json.decode(data, type=Choices) if data else Choices()
    except msgspec.MsgspecError:
        return Choices()


def searched(desk: Desk, words: str) -> Choices:
    """Notes a search among the last ones."""
    held = choices(desk)
    recent = (words, *(each for each in held.recent if each != words))[:RECENT]
    return _keep(desk, msgspec.structs.replace(held, recent=recent))


def keep_search(desk: Desk, words: str, *, kept: bool) -> Choices:
    """Keeps a search on purpose, or lets it go."""
    held = choices(desk)
    others = tuple(each for each in held.saved if each != words)
    saved = (*others, words)[-SAVED:] if kept else others
    return _keep(desk, msgspec.structs.replace(held, saved=saved))


def pinned(desk: Desk) -> tuple[str, ...]:
    """The pinned cases that are held, in order of pinning; linked ones by the case they are read under."""
    held = (case for case in choices(desk).pinned if _holds(desk, case))
    return tuple(dict.fromkeys(desk.links.reading(case) for case in held))


def is_pinned(desk: Desk, case: str) -> bool:
    """Whether a case is pinned, or one that it is linked with."""
    return desk.links.reading(case) in pinned(desk)


def pin(desk: Desk, case: str, *, kept: bool) -> Choices:
    """Pins a case, or lets it go together with those it is linked with; pins of cases that are gone go too.

    Raises:
        Refused: thirty others are pinned.
    """
    together = desk.links.together(case)
    others = tuple(each for each in pinned(desk) if each not in together)
    if kept and len(others) >= PINNED:
        raise Refused(f"{PINNED} people are pinned already.", "Unpin somebody first.")
    fresh = (*others, together[0]) if kept else others
    return _keep(desk, msgspec.structs.replace(choices(desk), pinned=fresh))


def _holds(desk: Desk, case: str) -> bool:
    try:
        desk.store.case_row(case)
    except NotFound:
        return False
    return True


def _keep(desk: Desk, fresh: Choices) -> Choices:
    desk.store.set_meta(
        {_KEY: msgspec.json.encode(fresh)},
        desk.logged("choices kept"),
        desk.device.card.name,
        desk.device.device,
    )
    return fresh
