"""One row of a long list, as presenters make it; no Qt here."""

from __future__ import annotations

import msgspec


class Row(msgspec.Struct, frozen=True):
    """One row: a title, a badge at its right, a quiet line and a line in a tone; `key` tells it from others."""

    key: str
    title: str
    badge: str = ""
    badge_tone: str = "plain"
    line: str = ""
    note: str = ""
    note_icon: str = ""
    note_tone: str = "quiet"

    @property
    def spoken(self) -> str:
        """Everything it says, for a screen reader."""
        return ". ".join(part for part in (self.title, self.badge, self.line, self.note) if part)
