"""Drafts that the exchange begins for a form, so that a place in the window need hold no words. No Qt."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workbench.casework import drafting, unfinished
from workbench.casework.desk import Desk
from workbench.casework.drafting import Spot, Writing


def begin(desk: Desk, writing: Writing, answers: Mapping[str, Any]) -> str:
    """A draft that holds these answers (None takes one away): one begun so before and not touched, else a new one."""
    for begun in unfinished.begun(desk, writing.case):
        held = unfinished.draft_of(desk, begun.draft)
        if (
            held is not None
            and (held.form, held.entry or "", held.base) == (writing.form, writing.entry, writing.base)
            and held.answers == answers
        ):
            return held.draft
    return drafting.keep(desk, writing, answers, {}, Spot()).draft
