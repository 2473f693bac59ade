"""The desk: one open store with its keys, clock, forms and rule books, and the cases read from it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING

import msgspec

from workbench import clock as clocks
from workbench.casework import authority, linking, overlays_switched
from workbench.casework.linking import Links
from workbench.casework.overlays_laid import Laid
from workbench.casework.overlays_switched import Switched
from workbench.clock import Clock
from workbench.errors import Ambiguous, NotFound
from workbench.forms import library as form_library
from workbench.forms.definition import Form, received
from workbench.models.fold import Case, fold
from workbench.models.ids import Ids, is_uuid
from workbench.models.records import Author, Card, Version
from workbench.models.shapes import FormShape
from workbench.models.vouching import Standing, standing
from workbench.security.keyring import Keyring
from workbench.security.keys import Keys
from workbench.security.signing import DeviceKeys
from workbench.store import anchor, overlays, papers
from workbench.store.folder import About
from workbench.store.store import CaseRow, Logged, Store

if TYPE_CHECKING:
    from workbench.rules.book import RuleBook
    from workbench.rules.evaluate import Outcome
    from workbench.rules.kept import Kept

ANCHOR_EVERY = 200
# Of how many cases what the rules said is remembered: those somebody has at hand.
KEPT = 8


class Device(msgspec.Struct, frozen=True):
    """This store on this machine, and the person it belongs to."""

    device: str
    card: Card
    keys: DeviceKeys

    @property
    def author(self) -> Author:
        """The person, as an author."""
        return Author(self.card.name, self.card.role)


class Desk:
    """Everything a verb needs, in one object; not shared between threads.

    `clock` is the day that practice is seen from, `wall` the moment at which a look is logged; they
    differ only where somebody looks back (`known_until`). `keyring` is None where none guards this store.
    """

    def __init__(
        self,
        store: Store,
        about: About,
        keys: Keys,
        data_key: bytes,
        device: Device,
        clock: Clock,
        ids: Ids,
        *,
        wall: Clock,
        known_until: date | None = None,
        keyring: Keyring | None = None,
    ) -> None:
        self.store = store
        self.about = about
        self.keys = keys
        self.data_key = data_key
        self.device = device
        self.clock = clock
        self.ids = ids
        self.wall = wall
        self.known_until = known_until
        self.keyring = keyring
        self._cases: dict[str, Case] = {}
        self._kept: dict[str, Kept] = {}
        self._links: Links | None = None
        self._laid: Laid | None = None
        self._unanchored = 0
        self._received_forms: dict[str, Form] = {}

    @cached_property
    def switched(self) -> Switched:
        """What an administrator switched on here: an overlay, suggestions."""
        versions = self._known(self.store.versions(overlays_switched.TEAM))
        return overlays_switched.switched(versions, self.standing)

    @property
    def laid(self) -> Laid:
        """The forms and rule books in force here, with what an administrator switched on laid over them."""
        switched = self.switched
        if self._laid is None or (self._laid.switched is not switched and self._laid.switched != switched):
            held = overlays.one(self.store.connection, switched.overlay) if switched.overlay else None
            self._laid = Laid(switched, held, sample=self.about.sample)
        # Asked for at every step: the same thing is to be the same object.
        self._laid.switched = switched
        return self._laid

    @property
    def library(self) -> form_library.Library:
        """The forms shipped with the program, and those of the overlay in force."""
        return self.laid.library

    @property
    def book(self) -> RuleBook:
        """The rule books in force here; a sample store has the demo region's suggestions on."""
        return self.laid.book

    @property
    def form_hashes(self) -> Mapping[str, Form]:
        """The forms in force by the hash of their definition."""
        return self.laid.form_hashes

    @property
    def hash_of(self) -> Mapping[tuple[str, int], str]:
        """The hash of each form in force."""
        return self.laid.hash_of

    @property
    def shapes(self) -> Mapping[tuple[str, int], FormShape]:
        """The shapes of the forms in force, for rules and reports."""
        return self.laid.shapes

    @property
    def now(self) -> datetime:
        """The moment practice is seen from."""
        return self.clock.now()

    @property
    def today(self) -> date:
        """The Europe/London day practice is seen from."""
        return clocks.today(self.clock)

    def stamp(self) -> str:
        """The moment practice is seen from, as the record writes it."""
        return clocks.stamp(self.clock.now())

    def log(self, what: str, *, case: str | None = None, why: str | None = None, detail: str = "") -> None:
        """Writes one row of the look-log, at the time on the wall."""
        self.store.log(self.device.device, self.device.card.name, self.logged(what, case, why, detail))
        self.anchor_now_and_then()

    def logged(self, what: str, case: str | None = None, why: str | None = None, detail: str = "") -> Logged:
        """A row of the look-log, to be written with a change."""
        self._unanchored += 1
        return Logged(what, clocks.stamp(self.wall.now()), case, why, detail)

    # Cases

    def cases(self) -> tuple[CaseRow, ...]:
        """Every case as lists show it, in order of CRN and id: of linked cases the one they are read under."""
        return tuple(row for row in self.store.cases() if self.links.reading(row.case) == row.case)

    def count_cases(self) -> int:
        """How many lines that list has."""
        apart = sum(self.links.reading(case) != case for case in self.links.groups)
        return self.store.count_cases() - apart

    def find(self, text: str) -> CaseRow:
        """The case that a CRN or case id names; of linked cases the one they are read under.

        Raises:
            NotFound: none does.
            Ambiguous: several bear this CRN and are not linked; their ids are listed.
        """
        rows = self._called(text)
        reading = {self.links.reading(row.case) for row in rows}
        if len(reading) > 1:
            raise _ambiguous(text, rows)
        return self.store.case_row(reading.pop())

    def find_file(self, text: str) -> CaseRow:
        """The one case that a CRN or case id names, whatever it is linked with.

        Raises:
            NotFound: none does.
            Ambiguous: several bear this CRN; their ids are listed.
        """
        rows = self._called(text)
        if len(rows) > 1:
            raise _ambiguous(text, rows)
        return rows[0]

    def _called(self, text: str) -> tuple[CaseRow, ...]:
        if is_uuid(text) and text != overlays_switched.TEAM:
            return (self.store.case_row(text),)
        rows = self.store.cases_called(text.strip().upper())
        if not rows:
            raise NotFound(f"There is no case {text} in this store.", "List them with 'workbench cases'.")
        return rows

    @property
    def links(self) -> Links:
        """Which cases are read as one, as known on the day looked back to."""
        if self._links is None:
            said = self.store.entries_of_form(linking.FORM)
            self._links = linking.links(self.marked(self._known(said)), self.store.named)
        return self._links

    def link_again(self) -> frozenset[str]:
        """Reads anew which cases are read as one; gives those of which that has changed."""
        before, self._links = self.links, None
        linked = before.groups.keys() | self.links.groups.keys()
        changed = frozenset(case for case in linked if before.together(case) != self.links.together(case))
        for case in changed:
            self._cases.pop(case, None)
        return changed

    def case(self, case: str) -> Case:
        """A case as it stands, or as it was known on the day looked back to; linked cases as one."""
        reading = self.links.reading(case)
        held = self._cases.get(reading)
        if held is None:
            versions = chain.from_iterable(self.store.versions(each) for each in self.links.together(case))
            held = fold(reading, self.marked(self._known(versions)))
            self.keep(held)
        return held

    def keep(self, case: Case) -> None:
        """Remembers a case as it stands; the one used longest ago is forgotten beyond fifty."""
        self._cases.pop(case.id, None)
        self._cases[case.id] = case
        if len(self._cases) > 50:
            del self._cases[next(iter(self._cases))]

    def forget(self, case: str) -> None:
        """Forgets what was remembered of a case, after something took versions away."""
        reading = self.links.reading(case)
        self._cases.pop(reading, None)
        self._kept.pop(reading, None)

    def read_anew(self) -> None:
        """Forgets every case that was remembered, who stands how, and what is switched on."""
        self._forget_all()
        self.__dict__.pop("switched", None)

    def _forget_all(self) -> None:
        """Forgets every case that was remembered, what the rules said of it, their links, and who stands how."""
        self._cases.clear()
        self._kept.clear()
        self._links = None
        for known in ("cards", "standing"):
            self.__dict__.pop(known, None)

    def _known(self, versions: Iterable[Version]) -> tuple[Version, ...]:
        held = tuple(versions)
        if self.known_until is None:
            return held
        end = clocks.stamp(clocks.end_of(self.known_until))
        ways_out = ("restrict", "misfile", "erase")
        received: dict[str, str] = {}
        for case in {version.header.case for version in held}:
            received.update(self.store.received(case))
        return tuple(
            version
            for version in held
            # What was taken out since stays out, however far somebody looks back.
            if version.act in ways_out
            or (version.said_at if version.brought else received.get(version.id, "")) < end
        )

    def outcome(self, case: Case) -> Outcome:
        """What the rules say of a case as it stands now; only what changed since the last time is worked out."""
        # The rules are imported with the first case that is opened: Today stands without them.
        from workbench.rules.evaluate import evaluate
        from workbench.rules.kept import Kept

        kept = self._kept.pop(case.id, None) or Kept()
        self._kept[case.id] = kept
        if len(self._kept) > KEPT:
            del self._kept[next(iter(self._kept))]
        return evaluate(
            case,
            self.book,
            self.library.facts,
            self.shapes,
            self.author,
            self.now,
            kept=kept,
        )

    def author(self, version: Version) -> Author:
        """Who made a version: as on the card at signing, or as the file states."""
        if version.brought:
            return version.brought.author
        card = self.cards.get(version.header.card)
        return Author(card.name, card.role) if card else Author("", "")

    @cached_property
    def cards(self) -> dict[str, Card]:
        """Every card held, by its hash."""
        return self.store.cards()

    @cached_property
    def standing(self) -> Standing:
        """Which cards are verified here, and which roles count."""
        held = papers.held(self.store.connection)
        return standing(self.cards, held, self.device.card.sha256(), sample=self.about.sample)

    def marked(self, versions: Iterable[Version]) -> Iterator[Version]:
        """The same versions, each with what its author's role counts for here."""
        return authority.marked(versions, self.standing, self.library, self.form_by_hash)

    @cached_property
    def held_definitions(self) -> set[str]:
        """The hashes of the form definitions the store holds."""
        return set(self.store.definitions())

    # Forms

    def form_of(self, version: Version) -> Form | None:
        """The form a version was made with, shipped or received; None where its definition is not here."""
        return self.form_by_hash(version.header.form[2])

    def form_by_hash(self, sha256: str) -> Form | None:
        """A form by the hash of its definition."""
        shipped = self.form_hashes.get(sha256)
        if shipped:
            return shipped
        if sha256 not in self._received_forms:
            data = self.store.definition(sha256)
            if data is None:
                return None
            self._received_forms[sha256] = received(data)
        return self._received_forms[sha256]

    # Closing

    def anchor(self) -> None:
        """Notes outside the store where the look-log stands."""
        from workbench import settings

        made = anchor.make(
            self.store.connection,
            self.about.store,
            self.device.device,
            clocks.stamp(self.wall.now()),
            self.device.keys.sign,
        )
        anchor.keep(settings.anchors_folder(), made)
        if self.keyring is not None:
            self.keyring.put(anchor.keyring_name(self.about.store), msgspec.json.encode(made))
        self._unanchored = 0

    def anchor_now_and_then(self) -> None:
        """Anchors the look-log once 200 rows were written since the last time."""
        if self._unanchored >= ANCHOR_EVERY:
            self.anchor()

    def close(self) -> None:
        """Locks: logs it, anchors the look-log, closes the store and forgets what was read."""
        try:
            self.log("locked")
            self.anchor()
        finally:
            self._forget_all()
            self.store.close()


def _ambiguous(text: str, rows: Iterable[CaseRow]) -> Ambiguous:
    ids = tuple(row.case for row in rows)
    return Ambiguous(f"Several cases bear {text}: {', '.join(ids)}.", ids, "Name one by its id.")
