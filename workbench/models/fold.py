"""The fold: versions in, the case as it stands out. Pure, and the same in any order of arrival.

Which claim holds on a day (one fact of one thing at a time): of the claims of current versions, those
with the latest `from`; among them one whose author had seen another displaces it; what is left holds
if it is one value, and is disputed if it is several. No clock decides between two accounts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Literal

import msgspec

from workbench.models.facts import FactBook
from workbench.models.records import BROUGHT_ACTS, HEAD_ACTS, Act, Claim, Header, Version

Status = Literal[
    "signed", "countersigned", "returned", "withdrawn", "superseded", "misfiled", "restricted", "erased"
]


class Live(msgspec.Struct, frozen=True, gc=False):
    """A claim of a current version, with that version."""

    claim: Claim
    version: Version


class Resolved(msgspec.Struct, frozen=True):
    """What is known of one fact on one day: `claims` is empty where nothing is, and disputed where values differ.

    `value` is None where nothing is known or the fact is disputed. For a fact that holds many,
    `claims` has one for each value, in order of value, and `value` is None.
    """

    fact: str
    of: str | None
    claims: tuple[Live, ...]
    disputed: bool = False
    many: bool = False

    @property
    def value(self) -> str | int | None:
        """The one value that holds, else None."""
        return None if self.disputed or self.many or not self.claims else self.claims[0].claim.is_

    @property
    def values(self) -> tuple[str | int, ...]:
        """Every value that stands, disputed ones too, without repeats."""
        return tuple(dict.fromkeys(live.claim.is_ for live in self.claims))

    @property
    def known(self) -> bool:
        """Whether a rule may rely on it."""
        return bool(self.claims) and not self.disputed


class Entry(msgspec.Struct, frozen=True, gc=False):
    """One entry as it stands: its versions oldest first, its current ones (`heads`) and its status.

    `form` is the one it was made with, `on` when it happened: a day, or a moment.
    """

    id: str
    form: str
    on: str
    versions: tuple[Version, ...]
    heads: tuple[Version, ...]
    status: Status
    live: tuple[Version, ...]
    countersigned: Version | None = None
    countersigned_before: bool = False

    @property
    def forked(self) -> bool:
        """Whether two people amended it without having seen each other's."""
        return len(self.heads) > 1

    @property
    def head(self) -> Version:
        """The current version (of a fork the one with the smallest id); the only act, where no head is left."""
        return self.heads[0] if self.heads else self.versions[0]

    @property
    def case(self) -> str:
        """The case it was filed in; among linked cases, its own."""
        return self.versions[0].header.case

    def loosened(self, version: str) -> dict[str, frozenset[str]]:
        """The marks taken off answers of a version, by path: each signed by one person and agreed by another."""
        found: dict[str, frozenset[str]] = {}
        for act in self.versions:
            if (
                act.header.act == "loosen"
                and version in act.header.parents
                and _may(act)
                and self._agreed(act)
            ):
                answers = act.answers()
                path = str(answers.get("path", ""))
                found[path] = found.get(path, frozenset()) | frozenset(answers.get("marks_off", ()))
        return found

    def _agreed(self, act: Version) -> bool:
        """Whether somebody else put their own signature to an act; what a file says of somebody is none."""
        return any(
            other.header.act == "countersign"
            and _may(other)
            and act.id in other.header.parents
            and other.header.by != act.header.by
            for other in self.versions
        )

    def taken_out(self, act: Act) -> frozenset[str]:
        """The versions that signed acts of this kind (erase, misfile, restrict) name, by whose role counts."""
        return frozenset(
            parent
            for version in self.versions
            if version.header.act == act and _may(version)
            for parent in version.header.parents
        )

    def status_of(self, version: Version) -> Status:
        """The status of one of its versions."""
        if version.content is None:
            return "erased"
        if all(head.id != version.id for head in self.heads):
            return "superseded"
        return self.status


Key = tuple[str, str | None]


class Case(msgspec.Struct, frozen=True, dict=True):
    """A case as it stands, computed from its versions; never changed in place.

    Of linked cases it is all of them as one, under the smallest id.
    """

    id: str
    entries: dict[str, Entry]
    claims: dict[Key, tuple[Live, ...]]

    def known(self, fact: str, of: str | None, day: str, *, many: bool = False) -> Resolved:
        """What is known of `fact` of `of` on `day` (YYYY-MM-DD)."""
        found = self.claims.get((fact, of), ())
        return resolve_many(fact, of, found, day) if many else resolve(fact, of, found, day)

    def about(self, fact: str) -> tuple[str | None, ...]:
        """The things of which anything was ever said under this fact, in order of id."""
        return tuple(sorted((of for name, of in self.claims if name == fact), key=lambda of: of or ""))

    def facts(self, day: str, book: FactBook) -> Iterator[Resolved]:
        """Every fact that is known or disputed on `day`, in order of path and id."""
        for fact, of in sorted(self.claims, key=lambda key: (key[0], key[1] or "")):
            many = fact in book and book[fact].holds == "many"
            found = self.known(fact, of, day, many=many)
            if found.claims:
                yield found

    @cached_property
    def by_form(self) -> dict[str, list[Entry]]:
        """Every entry, under the form it was made with."""
        found: dict[str, list[Entry]] = {}
        for entry in self.entries.values():
            found.setdefault(entry.form, []).append(entry)
        return found

    def of_form(self, *forms: str) -> tuple[Entry, ...]:
        """The entries made with any of these forms that still count, oldest first by (on, id)."""
        found = (entry for form in set(forms) for entry in self.by_form.get(form, ()) if entry.live)
        return tuple(sorted(found, key=lambda entry: (entry.on, entry.id)))

    def versions(self) -> Iterator[Version]:
        """Every version held, in no order that matters."""
        for entry in self.entries.values():
            yield from entry.versions

    def with_versions(self, new: Iterable[Version]) -> Case:
        """The case with more versions; only the entries and facts they touch are worked out again."""
        touched: dict[str, dict[str, Version]] = {}
        for version in new:
            entry = version.header.entry
            if entry not in touched:
                old = self.entries.get(entry)
                touched[entry] = {held.id: held for held in old.versions} if old else {}
            held = touched[entry].get(version.id)
            touched[entry][version.id] = _fuller(held, version)
        entries = dict(self.entries)
        for entry, versions in touched.items():
            entries[entry] = stand(entry, versions.values())
        stale = {_key(live) for entry in touched for live in _lives(self.entries.get(entry))}
        fresh: dict[Key, list[Live]] = {}
        for entry in touched:
            for live in _lives(entries[entry]):
                fresh.setdefault(_key(live), []).append(live)
        claims = dict(self.claims)
        for key in stale | fresh.keys():
            kept = [live for live in claims.get(key, ()) if live.version.header.entry not in touched]
            kept += fresh.get(key, ())
            if kept:
                claims[key] = tuple(sorted(kept, key=_order))
            else:
                claims.pop(key, None)
        return Case(self.id, entries, claims)


def fold(case: str, versions: Iterable[Version]) -> Case:
    """The case that follows from its versions, in any order and with any repeats."""
    grouped: dict[str, list[Version]] = {}
    for version in versions:
        grouped.setdefault(version.header.entry, []).append(version)
    entries = {entry: stand(entry, _each_once(held)) for entry, held in grouped.items()}
    claims: dict[Key, list[Live]] = {}
    for stood in entries.values():
        for version in stood.live:
            for claim in version.claims:
                claims.setdefault((claim.fact, claim.of), []).append(Live(claim, version))
    return Case(case, entries, {key: tuple(sorted(lives, key=_order)) for key, lives in claims.items()})


def as_known_when(case: Case, version: Version) -> Case:
    """The case as its author's store held it when a version was signed, that version included."""
    own = version.header
    held = (other for other in case.versions() if other.id == version.id or _in_front(other, own))
    return fold(case.id, held)


def stand(entry: str, versions: Iterable[Version]) -> Entry:
    """One entry as it stands, from all its versions."""
    held = tuple(versions)
    if len(held) == 1 and (first := held[0]).act in HEAD_ACTS and _may(first):
        # Nearly every entry is one version that nothing was ever done to.
        form, on = first.header.form[0], first.header.on
        return (
            Entry(entry, form, on, held, held, "signed", held)
            if first.content
            else Entry(entry, form, on, held, held, "erased", ())
        )
    held = tuple(sorted(held, key=lambda version: version.header.id))
    erased = {
        parent
        for version in held
        if version.header.act == "erase" and _may(version)
        for parent in version.header.parents
    }
    # Content that an erase act names never counts, also where this store still holds it.
    held = tuple(v.without_content() if v.id in erased and v.content else v for v in held)
    acts: dict[str, set[str]] = {}
    named: set[str] = set()
    counting = _counting(held)
    for version in counting:
        if version.act in HEAD_ACTS:
            named.update(version.header.parents)
        else:
            acts.setdefault(version.act, set()).update(version.header.parents)
    heads = tuple(v for v in counting if v.act in HEAD_ACTS and v.id not in named)
    gone = acts.get("withdraw", set()) | acts.get("misfile", set()) | acts.get("restrict", set())
    live = tuple(v for v in heads if v.id not in gone and v.content is not None)
    agreed = _countersigned(counting, heads)
    before = agreed is None and not acts.get("countersign", set()).isdisjoint(named)
    head = (heads or held)[0].header
    status = _status(counting, heads, acts, agreed)
    return Entry(entry, head.form[0], head.on, held, heads, status, live, agreed, before)


def _counting(held: tuple[Version, ...]) -> tuple[Version, ...]:
    """The versions that count: an act needs a role that counts, and one stated unsigned touches nothing signed."""
    unsigned = {version.id for version in held if version.header.act == "bring"}
    signed_by = {version.id: version.header for version in held}
    return tuple(
        version
        for version in held
        if (_may(version) or _is_own(version, signed_by))
        and (
            version.header.act != "bring"
            or version.act in HEAD_ACTS
            or (version.act in BROUGHT_ACTS and unsigned.issuperset(version.header.parents))
        )
    )


def _may(version: Version) -> bool:
    return version.authority == "vouched"


def _is_own(version: Version, signed_by: dict[str, Header]) -> bool:
    """Whether somebody withdraws what they signed themselves: on the same card, or known to be the same person."""
    own, named = version.header, [signed_by.get(parent) for parent in version.header.parents]
    return own.act == "withdraw" and all(
        header is not None
        and (header.card == own.card or (header.by == own.by and version.authority == "verified"))
        for header in named
    )


def _countersigned(held: tuple[Version, ...], heads: tuple[Version, ...]) -> Version | None:
    ids = {head.id for head in heads}
    for version in reversed(held):
        if version.act == "countersign" and ids.intersection(version.header.parents):
            return version
    return None


def _status(
    held: tuple[Version, ...],
    heads: tuple[Version, ...],
    acts: dict[str, set[str]],
    agreed: Version | None,
) -> Status:
    ids = {head.id for head in heads}
    if acts.get("misfile") and (not ids or ids <= acts["misfile"]):
        return "misfiled"
    if ids and all(head.content is None for head in heads):
        return "erased"
    if ids and ids <= acts.get("restrict", set()):
        return "restricted"
    if ids and ids <= acts.get("withdraw", set()):
        return "withdrawn"
    returned = [v for v in held if v.act == "return" and ids.intersection(v.header.parents)]
    if returned and not (agreed and all(has_seen(agreed, v) for v in returned)):
        return "returned"
    return "countersigned" if agreed else "signed"


def has_seen(later: Version, earlier: Version) -> bool:
    """Whether the author of `later` had `earlier` in front of them.

    A version brought in from a file says nothing of what its author's store held: it has seen only its
    parents and what the same author wrote at an earlier stated moment.
    """
    if earlier.id in later.header.parents:
        return True
    if later.brought is not None:
        return (
            earlier.brought is not None
            and earlier.brought.author == later.brought.author
            and earlier.said_at < later.said_at
        )
    return _in_front(earlier, later.header)


def _in_front(earlier: Version, later: Header) -> bool:
    own = earlier.header
    return _reaches(later, own.case, own.device, own.seq) or any(
        _reaches(later, own.case, *place) for place in earlier.also
    )


def _reaches(later: Header, case: str, device: str, seq: int) -> bool:
    if case != later.case:
        return seq <= later.seen.get(seen_elsewhere(case, device), 0)
    return seq <= later.seen.get(device, 0) or (device == later.device and seq < later.seq)


def seen_elsewhere(case: str, device: str) -> str:
    """The key under which a heading's `seen` counts a device's versions of another, linked case."""
    return f"{case}/{device}"


def resolve(fact: str, of: str | None, lives: Iterable[Live], day: str) -> Resolved:
    """Which claim of a fact that holds one value holds on `day`."""
    begun = [live for live in lives if live.claim.from_ <= day]
    if not begun:
        return Resolved(fact, of, ())
    if len(begun) == 1:
        until = begun[0].claim.until
        return Resolved(fact, of, tuple(begun) if until is None or until > day else ())
    latest = max(live.claim.from_ for live in begun)
    left = _undisplaced([live for live in begun if live.claim.from_ == latest])
    left = [live for live in left if live.claim.until is None or live.claim.until > day]
    if not left:
        return Resolved(fact, of, ())
    found = tuple(sorted(left, key=_order))
    return Resolved(fact, of, found, disputed=len({live.claim.is_ for live in found}) > 1)


def resolve_many(fact: str, of: str | None, lives: Iterable[Live], day: str) -> Resolved:
    """The values of a fact that holds many on `day`; a value leaves only by its own `until`."""
    by_value: dict[str | int, list[Live]] = {}
    for live in lives:
        by_value.setdefault(live.claim.is_, []).append(live)
    found: list[Live] = []
    for value in sorted(by_value, key=str):
        found.extend(resolve(fact, of, by_value[value], day).claims[:1])
    return Resolved(fact, of, tuple(found), many=True)


def _undisplaced(lives: list[Live]) -> list[Live]:
    if len(lives) < 2:
        return lives
    left = [
        live
        for live in lives
        if not any(
            other.version.id != live.version.id and has_seen(other.version, live.version) for other in lives
        )
    ]
    # Two versions that each claim to have seen the other are both kept: a person must look.
    return left or lives


def _each_once(versions: list[Version]) -> Iterable[Version]:
    """The same without repeats: of two of one id, one whose content is here."""
    if len(versions) == 1:
        return versions
    held: dict[str, Version] = {}
    for version in versions:
        held[version.id] = _fuller(held.get(version.id), version)
    return held.values()


def _fuller(held: Version | None, new: Version) -> Version:
    return new if held is None or held.content is None else held


def _lives(entry: Entry | None) -> Iterator[Live]:
    for version in entry.live if entry else ():
        for claim in version.claims:
            yield Live(claim, version)


def _key(live: Live) -> Key:
    return (live.claim.fact, live.claim.of)


def _order(live: Live) -> tuple[str, str, str, str]:
    claim = live.claim
    return (claim.from_, live.version.header.id, str(claim.is_), claim.until or "")
