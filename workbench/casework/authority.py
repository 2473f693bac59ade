"""Which role a version needs before it counts, and whether its author's is vouched for in this store."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import msgspec

from workbench.forms.definition import Form
from workbench.forms.library import Library
from workbench.models import readers
from workbench.models.records import Version
from workbench.models.vouching import Standing

LEGAL_HOLD = "legal-hold"
_SAYS = frozenset({"record", "amend", "join", "bring"})


def marked(
    versions: Iterable[Version], standing: Standing, library: Library, form_of: Callable[[str], Form | None]
) -> Iterator[Version]:
    """The same versions, each with what its author's role counts for in this store; `form_of` is by hash."""
    for version in versions:
        needs = _needed(version, library, form_of)
        told = "vouched" if needs is None else standing.authority(version, needs)
        yield version if told == version.authority else msgspec.structs.replace(version, authority=told)


def _needed(
    version: Version, library: Library, form_of: Callable[[str], Form | None]
) -> tuple[str, ...] | None:
    """The roles of which a version needs one; None where anybody's word does."""
    act, form = version.header.act, version.header.form[0]
    if act in _SAYS:
        loosens = form == readers.FORM or (form == LEGAL_HOLD and version.answers().get("held") != "yes")
        return library.form(form).for_ if loosens else None
    if act == "withdraw":
        return ("spo",)
    if act in ("countersign", "return"):
        definition = library.forms.get(version.header.form[:2]) or form_of(version.header.form[2])
        return definition.countersigned_by if definition else ()
    # Never the roles that a received definition names: anybody could have written it.
    return tuple(role for each in library.latest() if each.act == act for role in each.for_)
