"""What the three writers share of the look: colours, levels, and how the words of a level are shown.

Every level carries its word, a symbol and a darkness that still differs in grey print.
"""

from __future__ import annotations

import msgspec

INK = "#1A2430"
MUTED = "#4D5963"
LINE = "#B9C3CC"
TINT = "#EEF2F5"
ACCENT = "#1D3B57"
WARN_TINT = "#FBF1DD"
WARN_LINE = "#B26A00"


class Step(msgspec.Struct, frozen=True):
    """How one step of a scale is drawn: symbol, fill and ink."""

    symbol: str
    fill: str
    ink: str


UNRATED = Step("", "#FFFFFF", INK)
STEPS = (
    Step("○", "#FFFFFF", INK),
    Step("◑", "#DCE6C8", INK),
    Step("◕", "#E39A3B", INK),
    Step("●", "#5B0F1A", "#FFFFFF"),
)

# Levels of risk of serious harm, priorities and protective ratings, English and Welsh.
SCALE = {
    "low": 0,
    "isel": 0,
    "absent": 0,
    "absennol": 0,
    "medium": 1,
    "canolig": 1,
    "emerging": 1,
    "yn datblygu": 1,
    "high": 2,
    "uchel": 2,
    "established": 2,
    "wedi'i sefydlu": 2,
    "very high": 3,
    "uchel iawn": 3,
}


def step_of(word: str) -> Step:
    """The step that a level's word stands for; unrated where the word is on no scale of ours."""
    at = SCALE.get(" ".join(word.split()).casefold())
    return UNRATED if at is None else STEPS[at]
