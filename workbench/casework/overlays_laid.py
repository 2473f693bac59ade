"""The forms and rule books in force: the program's own, with an overlay and suggestions laid over them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING

import msgspec

from workbench.casework.overlays_policy import Policy
from workbench.casework.overlays_switched import Switched
from workbench.errors import BadDefinition, BadInput, NotFound
from workbench.forms import library as form_library
from workbench.forms.definition import Form
from workbench.forms.library import Library
from workbench.models.shapes import FormShape
from workbench.store.overlays import Held

if TYPE_CHECKING:
    from workbench.casework.overlays_parts import Parts
    from workbench.rules.book import RuleBook

# Rules, and how an overlay is read, are imported where they are first wanted: Today stands without them.


class Laid:
    """What is in force by what was switched on; each part is read when it is first asked for.

    `overlay` is None where none is switched on, its file is not here, or it fits this program no longer:
    then the national book stands alone.
    """

    def __init__(self, switched: Switched, held: Held | None, *, sample: bool) -> None:
        self.switched = switched
        self._sample = sample
        self.overlay: Parts | None = None
        try:
            self.overlay = _parts(held)
            if self.overlay is not None:
                self.library, self.book = self._read(self.overlay)
        except (BadDefinition, BadInput):
            self.overlay = None

    @property
    def policy(self) -> Policy:
        """What the region asks of every window; nothing where no overlay is in force."""
        return self.overlay.policy if self.overlay else Policy()

    @property
    def named(self) -> tuple[str, ...]:
        """The overlay in force as bundles name it: region, version, hash."""
        heading = self.overlay.heading if self.overlay else None
        return (f"{heading.called()} {heading.sha256()}",) if heading else ()

    @cached_property
    def library(self) -> Library:
        """The forms shipped with the program, and those of the overlay."""
        return form_library.load()

    @cached_property
    def book(self) -> RuleBook:
        """The rule books, the region's laid over the national one."""
        return self._book(self.library)

    @cached_property
    def form_hashes(self) -> Mapping[str, Form]:
        """The forms by the hash of their definition."""
        return {form.sha256: form for form in self.library.all()}

    @cached_property
    def hash_of(self) -> Mapping[tuple[str, int], str]:
        """The hash of each form."""
        return {(form.form, form.version): sha256 for sha256, form in self.form_hashes.items()}

    @cached_property
    def shapes(self) -> Mapping[tuple[str, int], FormShape]:
        """The shapes of the forms, for rules and reports."""
        from workbench.casework import overlays_parts

        return overlays_parts.shapes(self.library)

    @cached_property
    def blocks(self) -> Mapping[str, str]:
        """The sections of reports that the region writes in its own way; those that fit no longer are left out."""
        held = self.overlay.blocks if self.overlay else {}
        return {path: text for path, text in held.items() if _fits(path, text)}

    def _read(self, parts: Parts) -> tuple[Library, RuleBook]:
        library = form_library.load(parts.forms)
        return library, self._book(library)

    def _book(self, library: Library) -> RuleBook:
        from workbench.casework.overlays_parts import openings
        from workbench.rules import book as rule_book

        parts = self.overlay
        regions = (*((parts.heading.id,) if parts else ()), *(("demo",) if self._sample else ()))
        return rule_book.load(
            regions,
            openings=openings(library),
            extra=parts.rules if parts else (),
            suggested=self.switched.suggested,
        )


def _parts(held: Held | None) -> Parts | None:
    """The parts of an overlay as they were kept, or read anew where an earlier program kept them otherwise."""
    if held is None:
        return None
    from workbench.casework import overlays_parts
    from workbench.exchange import overlay

    try:
        return msgspec.msgpack.decode(held.parts, type=overlays_parts.Parts)
    except msgspec.MsgspecError:
        return overlays_parts.read(overlay.read(held.data))


def _fits(path: str, text: str) -> bool:
    from workbench.reports import library as report_library

    try:
        report_library.Library(blocks={path: text}).definition(report_library.block_of(path).report)
    except (BadDefinition, NotFound):
        return False
    return True
