"""Which parts the settings have, in order."""

from __future__ import annotations

from workbench.ui.trust.about import About
from workbench.ui.trust.comfort import Comfort
from workbench.ui.trust.log import LogPart
from workbench.ui.trust.overlays import OverlaysPart
from workbench.ui.trust.part import Part
from workbench.ui.trust.safety import SafetyPart
from workbench.ui.trust.store import StorePart
from workbench.ui.trust.words import Words
from workbench.ui.trust.written import Protects, Support

PARTS: dict[str, type[Part]] = {
    "look": Comfort,
    "words": Words,
    "safety": SafetyPart,
    "overlays": OverlaysPart,
    "store": StorePart,
    "log": LogPart,
    "trust": Protects,
    "support": Support,
    "about": About,
}
