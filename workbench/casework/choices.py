"""What a person keeps at hand (searches, pinned people); it lies in the store, since it names people."""

from __future__ import annotations

import msgspec

from workbench.casework.desk import Desk

_KEY = "choices"
RECENT = 10
SAVED = 30


class Choices(msgspec.Struct, frozen=True):
    """The last searches, newest first; the searches kept on purpose, in order."""

    recent: tuple[str, ...] = ()
    saved: tuple[str, ...] = ()


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


def _keep(desk: Desk, fresh: Choices) -> Choices:
    desk.store.set_meta(
        {_KEY: msgspec.json.encode(fresh)},
        desk.logged("choices kept"),
        desk.device.card.name,
        desk.device.device,
    )
    return fresh
