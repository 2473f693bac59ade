"""Ids: time-ordered for what is made here, name-based for what a file names by text."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from datetime import datetime

from workbench.clock import Clock

# Fixed for ever: the namespace under which a CRN from a file becomes a case id.
CASES = uuid.UUID("6d1f0f0e-5a56-5b7c-9a53-0c6a3a5d8e21")
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class Ids:
    """Makes uuid7 ids from a clock and a source of random bytes; never the same twice, never backwards."""

    def __init__(self, clock: Clock, random: Callable[[int], bytes]) -> None:
        self._clock = clock
        self._random = random
        self._last = 0

    def new(self) -> str:
        """The next id, later in text order than any given before by this object."""
        return uuid7(self._next_ms(self._clock.now()), self._random(10))

    def bytes(self, count: int) -> bytes:
        """`count` random bytes, from the same source."""
        return self._random(count)

    def _next_ms(self, now: datetime) -> int:
        # A clock that stands still or is set back must not give an id that sorts before its elders.
        self._last = max(self._last + 1, int(now.timestamp() * 1000))
        return self._last


def uuid7(milliseconds: int, random: bytes) -> str:
    """A version 7 UUID: `milliseconds` since 1970 and ten random bytes. Source: RFC 9562, 5.7."""
    high = milliseconds.to_bytes(6, "big")
    body = bytearray(high + random)
    body[6] = 0x70 | (body[6] & 0x0F)
    body[8] = 0x80 | (body[8] & 0x3F)
    return str(uuid.UUID(bytes=bytes(body)))


def is_uuid(text: str) -> bool:
    """Whether `text` is a UUID as we write it (lower case, with hyphens)."""
    return _UUID.fullmatch(text) is not None


def named(space: str, kind: str, text: str) -> str:
    """The id that a text id of a file becomes: UUIDv5 of `kind/text` in the case `space`."""
    return str(uuid.uuid5(uuid.UUID(space), f"{kind}/{text}"))


def case_of(crn: str) -> str:
    """The case id of a file that names only a CRN."""
    return str(uuid.uuid5(CASES, crn))
