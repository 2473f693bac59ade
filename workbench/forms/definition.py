"""What stands in a form's file: its questions, what must hold, what it claims and opens."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any, Literal

import msgspec

from workbench.errors import BadInput
from workbench.models import canonical
from workbench.models.shapes import ACTION, EVIDENCE, FACTOR, FormShape, Opening, Shape
from workbench.resources import Text, Words, YesNo

Kind = Literal[
    "text",
    "narrative",
    "day",
    "moment",
    "yes-no",
    "yes-no-unknown",
    "one-of",
    "any-of",
    "number",
    "person",
    "agency",
    "place",
    "file",
    "evidence",
    "factor",
    "actions",
    "repeat",
    "shown",
    "computed",
]
# Kinds whose answer is a list of rows, each with an id of its own.
LISTS = ("repeat", "evidence", "actions")
BASES: dict[str, Text] = {
    "convicted": Words("Convicted", "Cafwyd yn euog"),
    "cautioned": Words("Cautioned", "Cafwyd rhybuddiad"),
    "admitted": Words("Admitted", "Cyfaddefwyd"),
    "found-by-court": Words("Found by a court", "Canfuwyd gan lys"),
    "charged": Words("Charged", "Cyhuddwyd"),
    "arrested-nfa": Words("Arrested, no further action", "Arestiwyd, dim camau pellach"),
    "alleged": Words("Alleged", "Honnwyd"),
    "acquitted": Words("Acquitted", "Cafwyd yn ddieuog"),
    "not-offence": Words("Not about an offence", "Ddim yn ymwneud â throsedd"),
}
CHECKED: dict[str, Text] = {
    "not-checked": Words("Not checked", "Heb ei wirio"),
    "confirmed": Words("Confirmed", "Cadarnhawyd"),
    "contradicted": Words("Contradicted", "Ceir tystiolaeth groes"),
    "cannot-be-checked": Words("Cannot be checked", "Ni ellir ei wirio"),
}


class Source(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where something was learnt, and the marks that brings."""

    source: str
    says: Text
    marks: tuple[str, ...] = ()


class Question(
    msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, rename={"else_": "else"}
):
    """One question of a page, or one column of a repeat (`of`).

    `required` is `yes` or an expression. `marks_if` gives marks for the whole entry by answer.
    `mints` says what the rows of a repeat are, where other entries may point at them. `from_fact` is
    the fact an empty form starts from; `shows` are the facts a `shown` question lists.
    """

    id: str
    kind: Kind
    ask: Text = ""
    guide: Text = ""
    options: dict[str, Text] = {}
    options_from: Literal["", "sources", "bases"] = ""
    sources: tuple[str, ...] = ()
    of: tuple[Question, ...] = ()
    mints: Literal["row", "person", "place"] = "row"
    required: str = "no"
    show_when: str = ""
    must: str = ""
    else_: Text = ""
    default: str = ""
    from_fact: str = ""
    computes: str = ""
    shows: tuple[str, ...] = ()
    decimals: int = 0
    marks: tuple[str, ...] = ()
    marks_if: dict[str, tuple[str, ...]] = {}
    identifies: YesNo = "no"
    record_only: YesNo = "no"


class Page(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One page of a form; `widget` names a section made by hand."""

    page: str
    title: Text
    questions: tuple[Question, ...]
    guide: Text = ""
    widget: str = ""


class Sets(
    msgspec.Struct,
    frozen=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    rename={"is_": "is", "from_": "from"},
):
    """One fact that an entry claims; every field but `fact`, `each` and `basis` is a term or an expression.

    With `each` it is read once for each row of that repeat, where `row` is the row's id. `basis` names
    an evidence question, or a question with the options of `BASES`. `marks` are the fact's own.
    """

    fact: str
    is_: str
    of: str = ""
    from_: str = ""
    until: str = ""
    when: str = ""
    each: str = ""
    basis: str = ""
    marks: tuple[str, ...] = ()


class Opens(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One event that an entry opens."""

    event: str
    when: str
    if_unknown: Literal["", "open"] = ""


class Only(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"else_": "else"}):
    """What must hold of the case, in facts, before the form is for this person; else the sentence that says why."""

    must: str
    else_: Text


class Form(
    msgspec.Struct,
    frozen=True,
    dict=True,  # for what is worked out once
    forbid_unknown_fields=True,
    omit_defaults=True,
    rename={"for_": "for"},
):
    """One version of a form, as its file says; never edited after release.

    `act` is what an entry of this form does to the record: for all but a few it records. `only` is what
    must hold of the case. `known_sources` and the marks in `sets` are filled in from the lists of
    sources and facts when the form is loaded, so that a definition that travels explains itself.
    """

    form: str
    version: int
    title: Text
    for_: tuple[str, ...]
    about: Text
    pages: tuple[Page, ...]
    signed_by: Literal["author"] = "author"
    countersigned_by: tuple[str, ...] = ()
    act: Literal["record", "misfile", "restrict", "erase", "loosen"] = "record"
    happened: str = ""
    marks: tuple[str, ...] = ()
    only: tuple[Only, ...] = ()
    sets: tuple[Sets, ...] = ()
    opens: tuple[Opens, ...] = ()
    renamed: dict[str, str] = {}
    known_sources: tuple[Source, ...] = ()

    def questions(self) -> Iterator[Question]:
        """Every question, in the order it is asked."""
        return iter(self._questions)

    @cached_property
    def asked(self) -> Mapping[str, Question]:
        """Every question by its id."""
        return {question.id: question for question in self._questions}

    @cached_property
    def _questions(self) -> tuple[Question, ...]:
        return tuple(question for page in self.pages for question in page.questions)

    def question(self, id: str) -> Question | None:
        """The question with this id."""
        return next((question for question in self.questions() if question.id == id), None)

    def at(self, path: str) -> Question | None:
        """The question, column or part at a path (`outcome`, `others/<row id>/person`, `opportunity/rating`).

        None where the form has no such place; a row itself is none.
        """
        first, *rest = path.split("/")
        found = self.question(first)
        while rest and found is not None:
            found, rest = _inside(found, rest)
        return found

    def source_marks(self) -> dict[str, tuple[str, ...]]:
        """The marks that each source brings."""
        return {source.source: source.marks for source in self.known_sources}

    def openings(self) -> tuple[Opening, ...]:
        """The events it opens, as plain structs for the rules."""
        return tuple(Opening(row.event, self.form, row.when, row.if_unknown == "open") for row in self.opens)

    def data(self) -> bytes:
        """The canonical JSON of the definition, as it is kept and travels."""
        return canonical.encode(msgspec.to_builtins(self))

    @property
    def sha256(self) -> str:
        """The hash by which versions name this definition."""
        return canonical.sha256(self.data())


def _inside(question: Question, rest: list[str]) -> tuple[Question | None, list[str]]:
    """One step into an answer: a part of a factor, or a column of one of its rows."""
    if question.kind == "factor":
        kind: Kind = "evidence" if rest[0] == "evidence" else "text"
        found = Question(id=rest[0], kind=kind, sources=question.sources) if rest[0] in FACTOR else None
        return found, rest[1:]
    if question.kind not in LISTS or len(rest) < 2:
        return None, []
    if question.kind == "repeat":
        return next((column for column in question.of if column.id == rest[1]), None), rest[2:]
    parts = EVIDENCE if question.kind == "evidence" else ACTION
    return (Question(id=rest[1], kind="text") if rest[1] in parts else None), rest[2:]


def received(data: bytes) -> Form:
    """A definition that came with a bundle or file: to show entries with, never to write new ones.

    Raises:
        BadInput: the bytes are not canonical, or not a form.
    """
    try:
        return msgspec.convert(canonical.decode(data), Form)
    except msgspec.ValidationError as error:
        raise BadInput(f"not a form definition: {error}") from None


def shape(form: Form) -> FormShape:
    """What the form looks like from outside."""
    questions = {question.id: _shape(question) for question in form.questions()}
    return FormShape(form.form, form.version, form.title, questions, form.marks, form.happened or None)


def _shape(question: Question) -> Shape:
    return Shape(
        kind=question.kind,
        ask=question.ask,
        options=question.options,
        marks=question.marks,
        columns={column.id: _shape(column) for column in question.of},
        identifies=question.identifies == "yes",
        decimals=question.decimals,
    )


def rows(value: Any) -> list[dict[str, Any]]:
    """The rows of a list answer; none where it is anything else."""
    return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []
