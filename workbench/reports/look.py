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
    Step("◑", "#F6E3A1", INK),
    Step("◕", "#E39A3B", INK),
    Step("●", "#5B0F1A", "#FFFFFF"),
)
# What protects is drawn in a colour of its own: a strength must not look like an alarm.
STRENGTHS = (
    Step("○", "#FFFFFF", INK),
    Step("◑", "#DCE8F2", INK),
    Step("●", "#1D3B57", "#FFFFFF"),
)

# Levels of risk of serious harm, priorities and protective ratings, English and Welsh.
SCALE = {
    "low": STEPS[0],
    "isel": STEPS[0],
    "low priority": STEPS[0],
    "blaenoriaeth isel": STEPS[0],
    "medium": STEPS[1],
    "canolig": STEPS[1],
    "medium priority": STEPS[1],
    "blaenoriaeth ganolig": STEPS[1],
    "high": STEPS[2],
    "uchel": STEPS[2],
    "high priority": STEPS[2],
    "blaenoriaeth uchel": STEPS[2],
    "very high": STEPS[3],
    "uchel iawn": STEPS[3],
    "absent": STRENGTHS[0],
    "absennol": STRENGTHS[0],
    "emerging": STRENGTHS[1],
    "yn datblygu": STRENGTHS[1],
    "established": STRENGTHS[2],
    "wedi'i sefydlu": STRENGTHS[2],
}


def step_of(word: str) -> Step:
    """The step that a level's word stands for; unrated where the word is on no scale of ours."""
    return SCALE.get(" ".join(word.split()).casefold(), UNRATED)
