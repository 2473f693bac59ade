"""What one colleague may be sent of a case; whatever they may not is not sent, and its place is named."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from workbench.casework.desk import Desk
from workbench.errors import Refused
from workbench.models import readers
from workbench.models.fold import Case
from workbench.models.records import Card, Version

# Names of victims stay with those who work with them.
VLO_ALONE = frozenset({"victim-identity"})


class Sharing(msgspec.Struct, frozen=True):
    """Who may read what is kept to named people, by entry and by version; and whether the recipient was vetted."""

    names: frozenset[str]
    role: str
    vetted: bool
    entries: Mapping[str, frozenset[str]]
    versions: Mapping[str, frozenset[str]]

    def may_see(self, version: Version) -> bool:
        """Whether a version may go to the recipient."""
        if version.header.form[0] in VLO_ALONE and self.role != "vlo":
            return False
        if self.entries.get(version.header.entry, self.names).isdisjoint(self.names):
            return False
        if self.versions.get(version.id, self.names).isdisjoint(self.names):
            return False
        return self.vetted or not _is_intelligence(version)


def sharing(desk: Desk, case: Case, devices: tuple[Card, ...]) -> Sharing:
    """What a colleague may be sent of a case; `devices` are their cards.

    Raises:
        Refused: the whole case is kept to others.
    """
    to = devices[0]
    names = frozenset({to.name, to.person})
    for entry in case.of_form(readers.FORM):
        answers = entry.head.answers()
        if answers.get("scope") == "case" and names.isdisjoint(_readers(answers)):
            raise Refused(
                f"This case is kept to named people, and {to.name} is not one of them.",
                "Ask an SPO to name them as a reader first.",
            )
    restricted: dict[str, frozenset[str]] = {}
    for act in case.versions():
        if act.header.act == "restrict" and act.authority == "vouched":
            for version in act.header.parents:
                named = _readers(act.answers())
                restricted[version] = restricted.get(version, named) & named
    day = desk.today.isoformat()
    vetted = all(desk.standing.vetted(card.sha256(), day) for card in devices)
    return Sharing(names, to.role, vetted, readers.kept(case), restricted)


def _readers(answers: Mapping[str, Any]) -> frozenset[str]:
    return frozenset(str(row.get("reader")) for row in answers.get("readers", ()))


def _is_intelligence(version: Version) -> bool:
    content = version.content
    return content is not None and any("intelligence" in marks for marks in content.marks.values())
