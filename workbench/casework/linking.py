"""Linked cases: those that are read as one, because somebody signed that they are about one person.

Nothing is merged: every version stays in the case it was signed for. Withdraw the entry that links two
cases, and they are two again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import msgspec

from workbench.models.fold import stand
from workbench.models.ids import is_uuid
from workbench.models.records import Version

FORM = "same-person"
OTHER = "other_case"
# The ids of the cases held that a case id or a CRN names.
Named = Callable[[str], tuple[str, ...]]


class Links(msgspec.Struct, frozen=True):
    """Which cases are read as one; `groups` gives for each linked case all of them, the smallest id first.

    `said` is whether anybody ever linked cases here, also where nothing of it stands.
    """

    groups: dict[str, tuple[str, ...]] = {}
    said: bool = False

    def together(self, case: str) -> tuple[str, ...]:
        """The cases that are read as one with this one, itself included, in order of id."""
        return self.groups.get(case, (case,))

    def reading(self, case: str) -> str:
        """The id under which a case is read: the smallest of those linked."""
        return self.together(case)[0]


def links(versions: Iterable[Version], named: Named) -> Links:
    """The links that stand, from every version of the entries that say so, in any order.

    A case that is named but not held joins others all the same; it bears no id to read under.
    """
    entries: dict[str, list[Version]] = {}
    for version in versions:
        entries.setdefault(version.header.entry, []).append(version)
    above: dict[str, str] = {}
    for entry, held in entries.items():
        for version in stand(entry, held).live:
            for other in _named_by(version, named):
                _join(above, version.header.case, other)
    groups: dict[str, list[str]] = {}
    for case in sorted(above):
        if named(case):
            groups.setdefault(_top(above, case), []).append(case)
    found = {case: tuple(group) for group in groups.values() if len(group) > 1 for case in group}
    return Links(found, bool(entries))


def others(text: str, case: str, named: Named) -> tuple[str, ...]:
    """The cases held, other than `case`, that a case id or a CRN names."""
    wanted = text.strip()
    return tuple(other for other in named(wanted if is_uuid(wanted) else wanted.upper()) if other != case)


def _named_by(version: Version, named: Named) -> tuple[str, ...]:
    """The case that a version says is the same person's; a CRN that several bear names none."""
    text = version.answers().get(OTHER)
    if version.header.form[0] != FORM or not isinstance(text, str):
        return ()
    if is_uuid(text.strip()):
        return (text.strip(),)
    found = others(text, version.header.case, named)
    return found if len(found) == 1 else ()


def _join(above: dict[str, str], one: str, other: str) -> None:
    small, large = sorted((_top(above, one), _top(above, other)))
    above[large] = small


def _top(above: dict[str, str], case: str) -> str:
    while above.setdefault(case, case) != case:
        above[case] = above[above[case]]
        case = above[case]
    return case
