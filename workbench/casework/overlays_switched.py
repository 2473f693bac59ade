"""What an administrator switched on: the overlay and the suggestions in force, from the signed entries of the team.

These entries belong to no case. They lie in one row that is the same in every store, and no bundle or
report carries them.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable

import msgspec

from workbench.models.amounts import amount
from workbench.models.ids import CASES
from workbench.models.records import Version
from workbench.models.vouching import Standing

FORM = "switched"
ROLE = "administrator"
TEAM = str(uuid.uuid5(CASES, "team/switched"))
KIND = "team"


class Decision(msgspec.Struct, frozen=True):
    """One decision: what was switched on or off, by which version, from when, and whether its role counts here."""

    version: str
    by: str
    at: str
    on: bool
    key: str
    called: str
    amount: str
    source: str
    weekly: str
    why: str
    counts: bool

    @property
    def is_overlay(self) -> bool:
        """Whether it is about an overlay; else about a suggestion."""
        return "/" not in self.key


class Switched(msgspec.Struct, frozen=True):
    """What is in force: the hash of one overlay, or none; suggestions by rule and number; all decisions, by time.

    A suggestion that was switched off stands there with no amount.
    """

    overlay: str = ""
    suggested: dict[str, str] = {}
    decisions: tuple[Decision, ...] = ()

    def deciding(self, key: str) -> Decision | None:
        """The last decision that counts about an overlay or a suggestion."""
        return next((each for each in reversed(self.decisions) if each.key == key and each.counts), None)


def switched(versions: Iterable[Version], standing: Standing) -> Switched:
    """What is in force by these versions, in any order: of each thing the last signed word of a role that counts.

    One overlay is in force at a time; switching on another replaces it.
    """
    found = (_decision(version, standing) for version in versions)
    decisions = sorted(filter(None, found), key=lambda each: (each.at, each.version))
    overlay, suggested = "", dict[str, str]()
    for each in decisions:
        if not each.counts:
            continue
        if not each.is_overlay:
            suggested[each.key] = each.amount if each.on and _is_time(each.amount) else ""
        elif each.on:
            overlay = each.key
        elif overlay == each.key:
            overlay = ""
    return Switched(overlay, suggested, tuple(decisions))


def _decision(version: Version, standing: Standing) -> Decision | None:
    """What a version decides; None where it is no decision, or was brought in from a file unsigned."""
    header = version.header
    if header.form[0] != FORM or header.act != "record" or version.content is None:
        return None
    said = {name: str(value) for name, value in version.answers().items()}
    overlay = said.get("what") == "overlay"
    return Decision(
        header.id,
        header.card,
        header.at,
        said.get("state") == "switched-on",
        said.get("overlay" if overlay else "number", ""),
        said.get("called", ""),
        said.get("amount", ""),
        said.get("source", ""),
        said.get("weekly", ""),
        said.get("why", ""),
        standing.authority(version, (ROLE,)) == "vouched",
    )


def _is_time(text: str) -> bool:
    """Whether a suggestion can be reckoned by: an amount of days, weeks or months."""
    try:
        found = amount(text)
    except ValueError:
        return False
    return found.number > 0 and found.unit != "hours"
