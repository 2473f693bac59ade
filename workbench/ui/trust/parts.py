"""Which parts the settings have, in order."""

from __future__ import annotations

from workbench.ui.trust.comfort import Comfort
from workbench.ui.trust.part import Part

PARTS: dict[str, type[Part]] = {"look": Comfort}
