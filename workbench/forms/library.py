"""Every form shipped with the program, with the lists its files draw on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import msgspec

from workbench import resources
from workbench.errors import BadDefinition, NotFound
from workbench.forms.definition import BASES, Form, Question, Source, shape
from workbench.models.facts import FactBook, FactDefinition
from workbench.models.shapes import FormShape
from workbench.resources import Document, Text

LISTS = ("columns.yaml", "sources.yaml")


class Column(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The words of a column that a form leaves unsaid."""

    column: str
    ask: Text


class Library(msgspec.Struct, frozen=True):
    """The forms, oldest version first; `documents` and `listed` are their files, for messages with a line."""

    forms: Mapping[tuple[str, int], Form]
    documents: dict[tuple[str, int], Document]
    facts: FactBook
    listed: Document
    sources: dict[str, Source]

    def form(self, id: str, version: int | None = None) -> Form:
        """One form; the latest version where none is named.

        Raises:
            NotFound: there is no such form or version.
        """
        found = self.find(id, version)
        if found is None:
            named = f"{id} version {version}" if version else id
            raise NotFound(f"There is no form called {named}.", "See: workbench forms list")
        return found

    def find(self, id: str, version: int | None = None) -> Form | None:
        """One form, the latest version where none is named; None where it is not here, or not here any more."""
        wanted = version or max((held for form, held in self.forms if form == id), default=0)
        return self.forms.get((id, wanted))

    def all(self) -> tuple[Form, ...]:
        """Every version of every form, by id and version."""
        return tuple(self.forms[key] for key in sorted(self.forms))

    def latest(self) -> tuple[Form, ...]:
        """The version of each form that new entries are written with, by id."""
        return tuple(self.form(name) for name in sorted({form for form, _ in self.forms}))

    def shape(self, form: Form) -> FormShape:
        """What the form looks like from outside."""
        return shape(form)


class _Forms(Mapping[tuple[str, int], Form]):
    """Forms by id and version, each read from its file when it is first asked for: a day's work touches few."""

    def __init__(
        self, documents: dict[tuple[str, int], Document], filled: Callable[[Document], Form]
    ) -> None:
        self._documents, self._filled = documents, filled
        self._kept: dict[tuple[str, int], Form] = {}

    def __getitem__(self, key: tuple[str, int]) -> Form:
        if key not in self._kept:
            document = self._documents[key]
            form = self._filled(document)
            if (form.form, form.version) != key:
                raise _misnamed(document, f"{form.form}-{form.version}")
            self._kept[key] = form
        return self._kept[key]

    def __iter__(self) -> Iterator[tuple[str, int]]:
        return iter(self._documents)

    def __len__(self) -> int:
        return len(self._documents)


def load(extra: tuple[Document, ...] = ()) -> Library:
    """The forms shipped with the program, and `extra` ones of an overlay from elsewhere, read at once.

    Raises:
        BadDefinition: a file does not fit; file and line are told.
    """
    found = _library((*resources.documents("forms"), *extra), resources.root())
    for document in extra:
        found.forms[_key(document)]
    return found


def read(documents: tuple[Document, ...], root: Path) -> Library:
    """A library from the files of one folder and the list of facts in `root`, every one of them read.

    Raises:
        BadDefinition: a file does not fit; file and line are told.
    """
    found = _library(documents, root)
    found.all()
    return found


def _library(documents: tuple[Document, ...], root: Path) -> Library:
    lists = {Path(document.name).name: document for document in documents}
    columns = {row.column: row.ask for row in lists["columns.yaml"].to(tuple[Column, ...])}
    sources = lists["sources.yaml"].to(tuple[Source, ...])
    listed = resources.read(root / "facts.yaml")
    facts = {row.fact: row for row in listed.to(tuple[FactDefinition, ...])}
    named = {_key(document): document for name, document in lists.items() if name not in LISTS}
    forms = _Forms(named, lambda document: _filled(document.to(Form), columns, sources, facts))
    return Library(forms, named, facts, listed, {source.source: source for source in sources})


def _key(document: Document) -> tuple[str, int]:
    """The id and version that a file's name tells."""
    form, _, version = Path(document.name).stem.rpartition("-")
    if not form or not version.isdecimal():
        raise _misnamed(document, "FORM-VERSION")
    return form, int(version)


def _misnamed(document: Document, name: str) -> BadDefinition:
    return BadDefinition(f"the file must be called {name}.yaml", document.name, 1)


def _filled(form: Form, columns: dict[str, Text], sources: tuple[Source, ...], facts: FactBook) -> Form:
    """The form with the words, options and marks that its file takes from the lists."""
    words = {source.source: source.says for source in sources}
    pages = tuple(
        msgspec.structs.replace(
            page, questions=tuple(_question(question, columns, words) for question in page.questions)
        )
        for page in form.pages
    )
    sets = tuple(
        msgspec.structs.replace(row, marks=facts[row.fact].marks) if row.fact in facts else row
        for row in form.sets
    )
    used = _sources_used(form)
    known = tuple(source for source in sources if source.source in used or "*" in used)
    return msgspec.structs.replace(form, pages=pages, sets=sets, known_sources=known)


def _question(question: Question, columns: dict[str, Text], sources: dict[str, Text]) -> Question:
    options = question.options
    if question.options_from == "bases":
        options = BASES
    elif question.options_from == "sources":
        options = {key: says for key, says in sources.items() if key in (question.sources or sources)}
    return msgspec.structs.replace(
        question,
        ask=question.ask or columns.get(question.id, ""),
        options=options,
        of=tuple(_question(column, columns, sources) for column in question.of),
    )


def _sources_used(form: Form) -> set[str]:
    """The ids of the sources its answers may name; `*` where a question allows every one."""
    used: set[str] = set()
    for question in form.questions():
        for each in (question, *question.of):
            if each.kind in ("evidence", "factor") or each.options_from == "sources":
                used.update(each.sources or ("*",))
    return used
