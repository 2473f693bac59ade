"""Who may see what: a case cut to one audience before any report is made, and everything held back.

Each answer and fact is cut by its marks and the audience's row of `access.yaml`: of several marks the
narrowest holds. Entries that are restricted, withdrawn or kept to named readers go to nobody. A child's
name is cut whatever else applies.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any

import msgspec

from workbench.errors import NotFound
from workbench.models.facts import FactBook
from workbench.models.fold import Case, Entry
from workbench.models.readers import kept
from workbench.models.records import Version
from workbench.models.released import (
    ReleasedCase,
    ReleasedDuty,
    ReleasedEntry,
    ReleasedFact,
    Row,
    Value,
    Withheld,
    WithheldValue,
)
from workbench.models.shapes import FormShape, Shape
from workbench.resources import Text, say
from workbench.rules.book import RuleBook
from workbench.rules.cutting import FACTORS, IDENTIFYING, Audience, Cut, Names
from workbench.rules.record import Authors, day_said
from workbench.rules.view import ROWS, Shapes, View

VICTIM_IDENTITY = "victim-identity"
RELEASE = "release-of-withheld-answer"
# These marks are released only with the agreement of a second person.
AGREED = frozenset({"victim", "child", "intelligence", "mappa-meeting"})


class Release(msgspec.Struct, frozen=True):
    """One withheld answer let out to one audience by a named person: whole, or the gist written for it.

    It names the version, so that a later change is withheld again.
    """

    version: str
    path: str
    audience: str
    agreed: bool
    gist: str | None = None


def recorded_releases(case: Case) -> frozenset[Release]:
    """Every release recorded in the case that still counts."""
    found = set()
    for entry in case.of_form(RELEASE):
        said = entry.live[-1].answers()
        gist = str(said.get("gist", "")) if said.get("how") == "gist" else None
        parts = (str(said.get("version", "")), str(said.get("path", "")), str(said.get("audience", "")))
        # A second person agrees with a signature of their own; a file can only say that somebody did.
        agreed = entry.countersigned is not None and entry.countersigned.brought is None
        found.add(Release(*parts, agreed=agreed, gist=gist))
    return frozenset(found)


def release(  # noqa: PLR0913 (what a release rests on, one by one)
    case: Case,
    audience: str,
    *,
    book: RuleBook,
    shapes: Shapes,
    facts: FactBook,
    authors: Authors,
    as_of: str,
    crn: str,
    names: Mapping[str, str] | None = None,
    language: str = "en",
    releases: Collection[Release] | None = None,
    duties: tuple[ReleasedDuty, ...] = (),
    vetted: bool = False,
    sample: bool = False,
    whole: str = "",
) -> tuple[ReleasedCase, Withheld]:
    """The case cut to one audience, and all that was held back from it.

    `names` are those of the store's address book (agencies, places) by id; people around the person come
    from the record. `releases` are the case's own where none are handed in. `as_of` is a day. `vetted`
    says whether the reader's role is vouched as vetted. `whole` is an entry that is to be read with the words
    of its questions.

    Raises:
        NotFound: no such audience.
    """
    if audience not in book.access:
        raise NotFound(
            f"No audience is called {audience!r}.", f"The audiences are: {', '.join(book.access)}."
        )
    view = View(case, facts, day_said(as_of))
    held = recorded_releases(case) if releases is None else releases
    who = Audience(book, audience, Names(view, names or {}), language, vetted=vetted)
    cutter = _Cutter(case, who, shapes, facts, authors, frozenset(r for r in held if r.audience == audience))
    entries = tuple(
        _asked(entry, shapes, language) if entry.entry == whole else entry for entry in cutter.entries()
    )
    known = tuple(cutter.facts_known(view))
    name = next((fact.value for fact in known if fact.fact == "identity.name"), Value("", "", "text", ()))
    cut = ReleasedCase(
        case.id, Value(crn, crn, "text", ()), name, audience, language, as_of, sample, entries, known, duties
    )
    return cut, Withheld(audience, tuple(cutter.withheld), who.names.everybody(cutter.author_names))


def _asked(entry: ReleasedEntry, shapes: Shapes, language: str) -> ReleasedEntry:
    """The entry with the words of its questions."""
    shape = shapes.get((entry.form, entry.form_version))
    if shape is None:
        return entry
    asks: dict[str, str] = {}
    for question, asked in shape.questions.items():
        asks[question] = say(asked.ask, language)
        asks |= {f"{question}.{name}": say(column.ask, language) for name, column in asked.columns.items()}
    return msgspec.structs.replace(entry, asks=asks)


class _Cutter:
    def __init__(
        self,
        case: Case,
        who: Audience,
        shapes: Shapes,
        facts: FactBook,
        authors: Authors,
        released: frozenset[Release],
    ) -> None:
        self._kept = kept(case)
        self.case = case
        self.who = who
        self.shapes = shapes
        self.facts = facts
        self.authors = authors
        # Of several releases of one answer the agreed one holds, then the narrower.
        ordered = sorted(released, key=lambda r: (r.agreed, r.gist is not None, r.gist or ""))
        self.released = {(release.version, release.path): release for release in ordered}
        self.withheld: list[WithheldValue] = list(who.children())
        self.author_names: set[str] = set()
        self._entry = self._version = ""

    def entries(self) -> Iterator[ReleasedEntry]:
        """What may be read of each entry that counts, oldest first."""
        placed = [
            (entry.on, version.header.at, version.id, entry, version) for entry, version in self._heads()
        ]
        for _, _, _, entry, version in sorted(placed, key=lambda each: each[:3]):
            shape = self.shapes.get((version.header.form[0], version.header.form[1]))
            author = self.authors(version)
            self.author_names.add(author.name)
            hidden = self._hidden(version)
            answers = self._answers(entry, version, shape, hidden=hidden)
            if hidden:
                continue
            agreed = entry.countersigned
            yield ReleasedEntry(
                entry=entry.id,
                version=version.id,
                form=version.header.form[0],
                form_version=version.header.form[1],
                title=say(shape.title, self.who.language) if shape else version.header.form[0],
                on=version.header.on,
                at=version.said_at,
                by_name=author.name,
                by_role=author.role,
                status=entry.status_of(version),
                answers=answers,
                countersigned_by=self.authors(agreed).name if agreed else "",
                countersigned_at=agreed.said_at if agreed else "",
            )

    def facts_known(self, view: View) -> Iterator[ReleasedFact]:
        """What may be read of each fact that is known or disputed on the day."""
        for held in self.case.facts(view.day.isoformat(), self.facts):
            definition = self.facts.get(held.fact)
            lives = [live for live in held.claims if not self._hidden(live.version)]
            if definition is None or not lives:
                continue
            accounts = []
            for live in lives:
                self._entry, self._version = live.version.header.entry, live.version.id
                marks = frozenset((*live.claim.marks, *definition.marks))
                cut = self._cut(marks, f"fact/{held.fact}/{held.of or ''}")
                shape = self._words_of(held.fact, definition.type)
                child = definition.of == "person" and self.who.names.is_child(held.of)
                cut = self.who.of_child(cut, held.fact) if child else cut
                accounts.append(self._value(shape, live.claim.is_, f"fact/{held.fact}", marks, cut))
            first = lives[0].claim
            value = accounts[0]
            if held.disputed:
                versions = tuple(version for account in accounts for version in account.versions)
                value = Value(None, "", value.kind, versions, disputed=True)
            elif held.many:
                value = _together(accounts)
            others = tuple(accounts) if held.disputed else ()
            yield ReleasedFact(held.fact, held.of, value, first.from_, first.until, others)

    def _heads(self) -> Iterator[tuple[Entry, Version]]:
        for entry in self.case.entries.values():
            for version in entry.live:
                yield entry, version

    def _hidden(self, version: Version) -> bool:
        """Whether nobody outside is to see any of it: kept to named readers, or a victim's identity."""
        identity = version.header.form[0] == VICTIM_IDENTITY and self.who.audience != "vlo"
        return identity or version.header.entry in self._kept

    def _answers(
        self, entry: Entry, version: Version, shape: FormShape | None, *, hidden: bool
    ) -> dict[str, Value | tuple[Row, ...]]:
        self._entry, self._version = entry.id, version.id
        self._loosened = entry.loosened(version.id)
        marks = version.content.marks if version.content else {}
        found: dict[str, Value | tuple[Row, ...]] = {}
        said = version.answers()
        # Signed bytes order them by name; a reader wants them as they were asked.
        placed = [question for question in (shape.questions if shape else ()) if question in said]
        for question in dict.fromkeys((*placed, *said)):
            answer = said[question]
            asked = shape.questions.get(question) if shape else None
            base = frozenset(shape.marks if shape else ("not known",))
            # A question that no known form asks is marked with what nobody understands: it is withheld.
            base |= frozenset(("hidden",) if hidden else ()) | frozenset(() if asked else ("not known",))
            found[question] = self._answer(asked or Shape("text", question), answer, question, base, marks)
        return found

    def _answer(
        self,
        shape: Shape,
        answer: Any,
        path: str,
        base: frozenset[str],
        marks: Mapping[str, tuple[str, ...]],
    ) -> Value | tuple[Row, ...]:
        """One answer with the marks of its place; the rows of a list one by one.

        A list bears the marks of all its rows, since its length tells something; a row bears only its own.
        """
        asked = base | frozenset(shape.marks)
        within = asked | _of_whole(path, marks)
        held = (asked | frozenset(marks.get(path, ()))) - self._loosened.get(path, frozenset())
        columns = shape.columns or {name: self._column(name) for name in ROWS.get(shape.kind, ())}
        if shape.kind == "factor" and isinstance(answer, dict):
            return (self._row(columns, {"id": path, **answer}, path, within, marks),)
        if columns and isinstance(answer, list):
            rows = (row for row in answer if isinstance(row, dict))
            return tuple(
                self._row(columns, row, f"{path}/{row.get('id', number)}", within, marks)
                for number, row in enumerate(rows)
            )
        return self._value(shape, answer, path, held, self._cut(held, path))

    def _row(
        self,
        columns: Mapping[str, Shape],
        row: Mapping[str, Any],
        path: str,
        base: frozenset[str],
        marks: Mapping[str, tuple[str, ...]],
    ) -> Row:
        held = base | _of_whole(path, marks)
        cells = {
            name: self._answer(columns.get(name, Shape("text", name)), value, f"{path}/{name}", held, marks)
            for name, value in row.items()
            if name != "id"
        }
        return Row(str(row.get("id", "")), cells)

    def _column(self, name: str) -> Shape:
        """A column of a list whose rows have a fixed form."""
        if name == "answers":
            return Shape(FACTORS, name, self._factors)
        kinds = {
            "on": "day",
            "by": "day",
            "done_on": "day",
            "checked": "one-of",
            "rating": "one-of",
            "evidence": "evidence",
        }
        return Shape(kinds.get(name, "text"), name)

    @cached_property
    def _factors(self) -> dict[str, Text]:
        """The words of every factor, under the id by which an action answers it."""
        return {
            question.replace("_", "-"): asked.ask
            for shape in self.shapes.values()
            for question, asked in shape.questions.items()
            if asked.kind == "factor"
        }

    def _cut(self, marks: Iterable[str], path: str) -> Cut:
        """How much of an answer the audience sees, after what a person released of it."""
        marks = frozenset(marks)
        cut = self.who.cut(marks)
        freed = self.released.get((self._version, path))
        if freed is None or cut.how not in ("ask", "gist") or (marks & AGREED and not freed.agreed):
            return cut
        if freed.gist is not None:
            return Cut("gist", freed.gist)
        return self.who.freed(marks)

    def _value(self, shape: Shape, answer: Any, path: str, marks: frozenset[str], cut: Cut) -> Value:
        whole = self.who.words(shape, answer)
        kind = "any-of" if shape.kind == FACTORS else shape.kind
        versions = (self._version,)
        identifies = shape.identifies or shape.kind in IDENTIFYING
        if cut.how in ("no", "ask", "gist"):
            hidden = self._hold(path, marks, cut.how, whole, kind, identifies=identifies)
            self.withheld.append(hidden)
            text = cut.gist or ""
            return Value(text or None, text, kind, versions, "gist" if cut.how == "gist" else "withheld")
        text = self.who.shorten(shape, answer, whole)
        if text != whole:
            self.withheld.append(self._hold(path, marks, "initials", whole, kind, identifies=identifies))
            return Value(self.who.shortened(answer), text, kind, versions, "initials")
        return Value(answer, text, kind, versions)

    def _hold(
        self, path: str, marks: frozenset[str], how: str, text: str, kind: str, *, identifies: bool
    ) -> WithheldValue:
        return WithheldValue(
            self._entry, self._version, path, tuple(sorted(marks)), how, text, kind, identifies
        )

    def _words_of(self, fact: str, kind: str) -> Shape:
        """The question that asks for a fact's options in words, where a form that says it has one.

        Only the question of that name will do, or one with just these options: a level has the ids of a
        category, and must never be worded as one.
        """
        definition = self.facts[fact]
        wanted, names = set(definition.values), {fact.rpartition(".")[2], fact.replace(".", "_")}
        found: Shape | None = None
        for (form, _), shape in self.shapes.items() if kind == "one-of" else ():
            for name, question in shape.questions.items() if form in definition.said_by else ():
                if name in names and wanted <= set(question.options):
                    return Shape(kind, fact, question.options)
                if wanted == set(question.options):
                    found = found or Shape(kind, fact, question.options)
        return found or Shape(kind, fact, identifies=kind in IDENTIFYING or fact in _NAMING)


_NAMING = frozenset(
    {"identity.name", "identity.alias", "identity.crn", "identity.born", "network.name", "address.text",
     "visor.reference"}
)  # fmt: skip


def _together(accounts: list[Value]) -> Value:
    """The values of a fact that holds many as one: what may be read of each, one after another."""
    versions = tuple(dict.fromkeys(version for account in accounts for version in account.versions))
    raw = [account.raw for account in accounts if account.raw is not None]
    cut = next((account.cut for account in accounts if account.cut), "")
    return Value(raw, "; ".join(a.text for a in accounts if a.text), accounts[0].kind, versions, cut)


def _of_whole(path: str, marks: Mapping[str, tuple[str, ...]]) -> frozenset[str]:
    """The marks that a list or row hands down: its own, where its parts are not marked one by one."""
    apart = any(held.startswith(f"{path}/") for held in marks)
    return frozenset() if apart else frozenset(marks.get(path, ()))
