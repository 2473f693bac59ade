"""Versions of one case that arrive signed: each is read, judged, and sorted into new, held already, or a twin."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from workbench.casework import arriving, judging
from workbench.casework.desk import Desk
from workbench.errors import BadInput
from workbench.forms.definition import Form
from workbench.models import canonical
from workbench.models.records import Author, Card, Version, read_version, to_sign
from workbench.security.signing import holder
from workbench.store import exchanged


class Taking:
    """What arrives signed of one case; `signed` are to be written, `twins` are second headings of what is held.

    `before` is what was held of the case when it came, by id.
    """

    def __init__(
        self, desk: Desk, case: str, cards: Mapping[str, Card], definitions: Mapping[str, Form]
    ) -> None:
        self._desk = desk
        self._case = case
        self._cards = cards
        self._definitions = definitions
        self._keys: dict[str, Callable[[bytes, bytes], bool]] = {}
        self.signed: list[Version] = []
        self.twins: list[Version] = []
        self.held = 0
        self.before = {version.id: version for version in desk.store.versions(case)}
        self._come: dict[str, Version] = {}
        self._holes = {(hole.device, hole.seq): hole.sha256 for hole in desk.store.holes(case)}
        self._withheld = exchanged.withheld(desk.store.connection, case)
        self._twins_held = {twin.header_bytes for twin in desk.store.twins(case)}

    def read(self, header: bytes, content: bytes | None, signature: bytes, place: str) -> Version:
        """A version from its bytes, whose signature holds and which its form could have said.

        Raises:
            BadInput: with the place, and what is wrong.
        """
        try:
            version = read_version(header, content, signature)
        except BadInput as error:
            raise BadInput(error.says, place) from None
        card = self._check_signature(version, place)
        arriving.version(version, place)
        form = self.form(version)
        if form is None:
            raise BadInput("the definition of its form is not in the file", place)
        judging.version(self._desk, version, form, card, place)
        return version

    def form(self, version: Version) -> Form | None:
        """The form a version was made with: shipped, held, or come with it."""
        sha256 = version.header.form[2]
        return self._desk.form_by_hash(sha256) or self._definitions.get(sha256)

    def author(self, version: Version) -> Author:
        """Who made a version: as the card says, or as the file stated."""
        card = self._cards[version.header.card]
        return version.brought.author if version.brought else Author(card.name, card.role)

    def _check_signature(self, version: Version, place: str) -> Card:
        header = version.header
        found = self._cards.get(header.card)
        if found is None:
            raise BadInput("the card that signed it is not in the file", place)
        if found.device != header.device or found.person != header.by or header.case != self._case:
            raise BadInput("the card, device or case is not the one that was signed", place)
        holds = self._keys.get(header.card) or self._keys.setdefault(header.card, holder(found.signs))
        if not holds(to_sign(version.header_bytes), version.signature):
            raise BadInput("the signature does not hold", place)
        return found

    def keep(self, version: Version, place: str) -> None:
        """Sorts a version that was read.

        Raises:
            BadInput: another is held under its id, or it erases what a legal hold keeps.
        """
        store = self._desk.store
        held = self._come.get(version.id) or self.before.get(version.id)
        known = held is not None or store.accounted(version.id)
        if known and held is None:
            held = store.version(version.id)
        if held is not None and held.header_bytes != version.header_bytes:
            if not judging.is_twin(held, version):
                raise BadInput("a version with this id is held here and says something else", place)
            if version.header_bytes not in self._twins_held:
                self._twins_held.add(version.header_bytes)
                self.twins.append(version)
            self.held += 1
            return
        if held is not None and (held.content is not None or version.content is None):
            self.held += 1
            return
        refused = known and store.refused(version.id)
        if held is not None and refused:
            self.held += 1
            return
        if self._is_misfiled(version, refused=refused):
            self.held += 1
            return
        self._come[version.id] = version
        if version.act == "erase" and next(self._desk.marked((version,))).authority == "vouched":
            judging.legal_hold(self._desk, version.header, place)
        self.signed.append(version.without_content() if refused else version)

    def _is_misfiled(self, version: Version, *, refused: bool) -> bool:
        """Whether only a hole stays of it here; what was merely withheld from this store may come."""
        place = (version.header.device, version.header.seq)
        if place in self._withheld and not refused:
            return False
        return place in self._holes and self._holes[place] == canonical.sha256(version.header_bytes)
