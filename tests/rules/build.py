"""Cases for tests: versions made by hand, invented people, no store."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import msgspec

from workbench import resources
from workbench.models import canonical
from workbench.models.facts import FactBook, FactDefinition
from workbench.models.fold import Case, fold
from workbench.models.records import Author, Claim, Content, Header, Version

CASE = "00000000-0000-4000-8000-0000000000c1"
NAMES = {"practitioner": "Pat Sample", "spo": "Sam Sample", "aco": "Alex Sample"}


def facts() -> FactBook:
    listed = resources.read(resources.root() / "facts.yaml").to(tuple[FactDefinition, ...])
    return {definition.fact: definition for definition in listed}


def authors(version: Version) -> Author:
    return Author(NAMES.get(version.header.by, version.header.by), version.header.by)


def noon(day: str) -> datetime:
    return datetime.combine(date.fromisoformat(day), datetime.min.time(), UTC).replace(hour=12)


def claim(fact: str, value: str | int, from_: str, of: str | None = None, until: str | None = None) -> Claim:
    return Claim(fact, of, value, from_, until, (), None)


class Build:
    """Versions in the order in which they are made; each author has seen all before, unless `blind`."""

    def __init__(self) -> None:
        self.versions: list[Version] = []

    def case(self) -> Case:
        return fold(CASE, self.versions)

    def add(
        self,
        form: str,
        on: str,
        *,
        answers: dict[str, Any] | None = None,
        claims: tuple[Claim, ...] = (),
        at: str | None = None,
        role: str = "practitioner",
        act: str = "record",
        entry: str | None = None,
        parents: tuple[str, ...] = (),
        blind: bool = False,
        id: str | None = None,
        marks: dict[str, tuple[str, ...]] | None = None,
        readers: tuple[str, ...] | None = None,
        version: int = 1,
    ) -> Version:
        number = len(self.versions) + 1
        id = id or f"v{number:04d}"
        device = f"blind{number}" if blind else "d"
        header = Header(
            act=act, at=at or f"{on[:10]}T12:00:{number % 60:02d}.000Z", by=role, card="c", case=CASE,
            content="", device=device, entry=entry or id, form=(form, version, ""), id=id, on=on,
            parents=parents, seen={} if blind else {v.header.device: v.header.seq for v in self.versions},
            seq=number, v=1,
        )  # fmt: skip
        raw = msgspec.Raw(canonical.encode(answers or {}))
        content = Content(raw, None, None, claims, (), marks or {}, readers, "", None)
        made = Version(header, content, b"", b"", b"")
        self.versions.append(made)
        return made

    def act(self, act: str, on: Version, day: str, role: str = "practitioner", **more: Any) -> Version:
        """An act on a version, in its own entry."""
        form = on.header.form[0]
        return self.add(form, day, act=act, entry=on.header.entry, parents=(on.id,), role=role, **more)

    def say(self, fact: str, value: str | int, day: str, of: str | None = None, **more: Any) -> Version:
        """An entry that says one fact from a day."""
        return self.add("said", day, claims=(claim(fact, value, day, of),), **more)

    def order(
        self, day: str, ends: str | None = "2029-12-31", kind: str = "community-order", **more: Any
    ) -> Version:
        number = len(self.versions) + 1
        of = more.pop("of", f"s{number}")
        said = [claim("sentence.kind", kind, day, of), claim("sentence.on", day, day, of)]
        if ends:
            said.append(claim("sentence.ends_on", ends, day, of))
        return self.add("sentence", day, claims=tuple(said), **more)

    def licence(
        self, day: str, ends: str | None = "2029-12-31", sentenced: str = "2020-01-10", **more: Any
    ) -> Version:
        """A determinate sentence and, in an entry of its own, the release."""
        of = more.pop("of", "s-licence")
        self.order(sentenced, ends, "determinate", of=of)
        return self.add("sentence", day, claims=(claim("sentence.released_on", day, day, of),), **more)

    def end(self, day: str, how: str) -> Version:
        """The end of supervision."""
        said = (claim("supervision.ended_on", day, day), claim("supervision.ended_how", how, day))
        return self.add("end-of-supervision", day, claims=said)
