"""What one can do from anywhere in the window."""

from __future__ import annotations

from collections.abc import Callable

import msgspec


class Command(msgspec.Struct, frozen=True):
    """Something one can do from anywhere: its words, its key stroke, and what it does."""

    key: str
    words: str
    stroke: str
    run: Callable[[], None]
