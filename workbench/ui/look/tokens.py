"""The colours of each theme, and which of them are ever set upon which."""

from __future__ import annotations

from typing import Literal

import msgspec

Theme = Literal["light", "dark", "contrast"]
Spacing = Literal["roomy", "close"]
Tone = Literal["plain", "info", "good", "warn", "danger", "grave"]
# The least height of what is pressed, in pixels at any text size and spacing (WCAG 2.2, 2.5.8).
TARGET = 24
THEMES: tuple[Theme, ...] = ("light", "dark", "contrast")


class Palette(msgspec.Struct, frozen=True):
    """Every colour of one theme, as `#rrggbb`; `x_soft` is the ground of a pill or band in the tone `x`."""

    ground: str
    surface: str
    raised: str
    line: str
    edge: str
    text: str
    quiet: str
    accent: str
    on_accent: str
    accent_soft: str
    chosen: str
    focus: str
    plain_soft: str
    info: str
    info_soft: str
    good: str
    good_soft: str
    warn: str
    warn_soft: str
    danger: str
    danger_soft: str
    grave: str
    grave_soft: str
    rail: str
    rail_text: str
    rail_quiet: str
    rail_chosen: str
    rail_badge: str
    shield: str


LIGHT = Palette(
    ground="#f3f5f9",
    surface="#ffffff",
    raised="#ffffff",
    line="#dde2ea",
    edge="#7b8697",
    text="#0f1b2d",
    quiet="#495566",
    accent="#1b5aa8",
    on_accent="#ffffff",
    accent_soft="#e6eefa",
    chosen="#e6eefa",
    focus="#b4500a",
    plain_soft="#eceff4",
    info="#17498a",
    info_soft="#e3ecf9",
    good="#1c5c33",
    good_soft="#dff2e4",
    warn="#7a4300",
    warn_soft="#fdeec9",
    danger="#a31515",
    danger_soft="#fce1e0",
    grave="#ffffff",
    grave_soft="#780c28",
    rail="#0e233d",
    rail_text="#eef3fa",
    rail_quiet="#b3c3d8",
    rail_chosen="#1d4470",
    rail_badge="#295a92",
    shield="#dfe5ee",
)

DARK = Palette(
    ground="#10151d",
    surface="#171e28",
    raised="#1c2430",
    line="#2e3947",
    edge="#7f8da0",
    text="#eef2f7",
    quiet="#b2bdcb",
    accent="#8ab8f5",
    on_accent="#0b1a2e",
    accent_soft="#1d3351",
    chosen="#1d3351",
    focus="#f0a95a",
    plain_soft="#2a3442",
    info="#b9d5fb",
    info_soft="#1d3351",
    good="#a6e3b8",
    good_soft="#173623",
    warn="#ffd68a",
    warn_soft="#43300a",
    danger="#ffb3ad",
    danger_soft="#4b1c1c",
    grave="#2b0410",
    grave_soft="#ff9fb4",
    rail="#0a0f16",
    rail_text="#eef2f7",
    rail_quiet="#a9b6c6",
    rail_chosen="#1d3351",
    rail_badge="#26466f",
    shield="#232d3a",
)

CONTRAST = Palette(
    ground="#000000",
    surface="#000000",
    raised="#000000",
    line="#ffffff",
    edge="#ffffff",
    text="#ffffff",
    quiet="#ffffff",
    accent="#ffe100",
    on_accent="#000000",
    accent_soft="#202020",
    chosen="#303000",
    focus="#00e5ff",
    plain_soft="#202020",
    info="#9fd4ff",
    info_soft="#001a33",
    good="#8dff9f",
    good_soft="#00260a",
    warn="#ffe08a",
    warn_soft="#2b2000",
    danger="#ffb0a8",
    danger_soft="#3a0000",
    grave="#000000",
    grave_soft="#ff9fb4",
    rail="#000000",
    rail_text="#ffffff",
    rail_quiet="#ffffff",
    rail_chosen="#303000",
    rail_badge="#404040",
    shield="#202020",
)

PALETTES: dict[Theme, Palette] = {"light": LIGHT, "dark": DARK, "contrast": CONTRAST}

# Text upon ground: each pair is held to 4.5 to 1 (WCAG 2.2, 1.4.3).
TEXT_PAIRS: tuple[tuple[str, str], ...] = (
    *((text, ground) for text in ("text", "quiet") for ground in ("ground", "surface", "raised", "chosen")),
    *((text, "shield") for text in ("text", "quiet")),
    *(("accent", ground) for ground in ("ground", "surface", "raised", "accent_soft", "chosen")),
    ("on_accent", "accent"),
    *((tone, on) for tone in ("danger", "warn", "good", "info") for on in ("ground", "surface", "raised", "chosen")),
    *((tone, f"{tone}_soft") for tone in ("info", "good", "warn", "danger", "grave")),
    *((text, f"{tone}_soft") for text in ("text",) for tone in ("plain", "info", "good", "warn", "danger")),
    *((text, ground) for text in ("rail_text", "rail_quiet") for ground in ("rail", "rail_chosen")),
    ("rail_text", "rail_badge"),
)  # fmt: skip
# Edges of controls and marks of focus: 3 to 1 (1.4.11, 2.4.13).
EDGE_PAIRS: tuple[tuple[str, str], ...] = (
    *(("edge", ground) for ground in ("ground", "surface", "raised")),
    *(("focus", ground) for ground in ("ground", "surface", "raised", "rail", "chosen")),
    *(("accent", ground) for ground in ("ground", "surface", "raised")),
)


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, from 1 to 21. Source: WCAG 2.2, 'contrast ratio'."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[index : index + 2], 16) / 255 for index in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
