"""The reports that this program has: definitions, words and template texts from `resources/reports`."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Literal

import msgspec

from workbench import resources
from workbench.errors import BadDefinition, NotFound, Refused
from workbench.models.released import ALL, Chosen
from workbench.reports.days import day_text
from workbench.resources import Document, Text, Words, YesNo, say

AUDIENCES = (
    "court",
    "parole-board",
    "person",
    "sealed-annex",
    "agencies",
    "police",
    "childrens-services",
    "ppcs",
    "vlo",
    "receiving-officer",
    "spo",
    "doorstep",
    "on-call",
    "review",
    "data-team",
    "figures",
    "file",
)
LANGUAGES = ("en", "cy")
FONTS = (
    "AtkinsonHyperlegibleNext-Regular.ttf",
    "AtkinsonHyperlegibleNext-Bold.ttf",
    "AtkinsonHyperlegibleNext-Italic.ttf",
    "AtkinsonHyperlegibleNext-BoldItalic.ttf",
    "DejaVuSans.ttf",
    "DejaVuSans-Bold.ttf",
)
COLOURS = "srgb.icc"
FOLDER = "reports"
TEMPLATES = ".xml.j2"


class Taken(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Entries that a template reads under one name: the latest of a form, or all, oldest first."""

    form: str
    take: Literal["latest", "all"]
    questions: tuple[str, ...]


class Told(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Entries of one form as lines of the chronology: under which kind they count, and what they say."""

    form: str
    kind: str
    says: tuple[str, ...] = ()


class Reads(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All that a template may read: facts by path, answers by question (`rows.column` of a repeat), what is due.

    `chronology` names the entries that make its lines; a form left out is no line. `whole` reads one entry that a
    person chose, of whatever form, with the words of its questions. `duties` is how many
    calendar days ahead what is owed is read (overdue always); 0 reads none. `threads` reads each factor of the last
    ARMS with what is done about it.
    """

    facts: tuple[str, ...] = ()
    entries: dict[str, Taken] = {}
    chronology: tuple[Told, ...] = ()
    duties: int = 0
    whole: YesNo = "no"
    threads: YesNo = "no"


class Gate(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What must be there before the report may be issued: `needs` a read path, `says` what is missing."""

    needs: str
    says: Text


class Report(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One report: its audiences with the template of each, its gates, and what it reads.

    `stands_on` names the entries (of `reads.entries`) whose signature makes the report signed or a draft;
    left out, the report is put together from the whole record and says so.
    """

    report: str
    title: Words
    audiences: dict[str, str]
    reads: Reads
    stands_on: str = ""
    gates: tuple[Gate, ...] = ()


class Definition(msgspec.Struct, frozen=True):
    """A report as it lies on disk: definition, fixed words in both languages, template texts, hash."""

    report: Report
    words: dict[str, Words]
    templates: dict[str, str]
    sha256: str

    def spoken(self, language: str) -> dict[str, str]:
        """The fixed words in one language."""
        return {key: say(words, language) for key, words in self.words.items()}


class Block(msgspec.Struct, frozen=True):
    """A section of one template of one report."""

    report: str
    template: str
    block: str


def block_of(path: str) -> Block:
    """Which block a file of an overlay writes: `reports/<report>/<template>.<block>.xml.j2`.

    Raises:
        BadDefinition: its path names none.
    """
    parts = PurePosixPath(path).parts
    stem, _, block = parts[-1].removesuffix(TEMPLATES).partition(".") if parts else ("", "", "")
    if len(parts) != 3 or parts[0] != FOLDER or not parts[-1].endswith(TEMPLATES) or not (stem and block):
        raise BadDefinition("a block is called reports/<report>/<template>.<block>.xml.j2", path, 1)
    return Block(parts[1], f"{stem}{TEMPLATES}", block)


class Library:
    """Every report, read once; `blocks` are sections that a region writes in its own way, by their files' paths."""

    def __init__(
        self, documents: tuple[Document, ...] | None = None, blocks: Mapping[str, str] | None = None
    ) -> None:
        read = resources.documents(FOLDER) if documents is None else documents
        self._documents = {document.name: document for document in read}
        self._blocks = blocks or {}

    def ids(self) -> tuple[str, ...]:
        """The ids of all reports, in order."""
        return tuple(
            PurePosixPath(name).parent.name
            for name in sorted(self._documents)
            if PurePosixPath(name).name == "report.yaml"
        )

    def definition(self, report_id: str) -> Definition:
        """One report.

        Raises:
            NotFound: there is no such report.
            BadDefinition: its files do not fit together.
        """
        if report_id not in self.ids():
            raise NotFound(f"There is no report {report_id!r}.", f"Reports: {', '.join(self.ids())}.")
        document = self._documents[f"{FOLDER}/{report_id}/report.yaml"]
        report = document.to(Report)
        _check(report, report_id, document)
        words = self._words(f"{FOLDER}/words.yaml") | self._words(f"{FOLDER}/{report_id}/words.yaml")
        folder = resources.root() / FOLDER / report_id
        templates = {
            name: (folder / name).read_text("utf-8") for name in sorted(set(report.audiences.values()))
        }
        for path, text in self._blocks.items():
            # Read here alone: most libraries have no blocks, and the template step takes long to load.
            from workbench.reports import blocks

            named = block_of(path)
            if named.report == report_id:
                source = templates.get(named.template, "")
                templates[named.template] = blocks.replaced(source, named.block, text, path)
        return Definition(report, words, templates, _hash(document.sha256, words, templates))

    def specimen(self, report_id: str) -> Document:
        """The invented case of a report, as read: its own, or the one that all reports share.

        Raises:
            NotFound: there is neither.
        """
        own, shared = f"{FOLDER}/{report_id}/specimen.yaml", f"{FOLDER}/specimen.yaml"
        found = self._documents.get(own) or self._documents.get(shared)
        if found is None:
            raise NotFound(f"The report {report_id!r} has no specimen case.", f"Write {own}.")
        return found

    def _words(self, name: str) -> dict[str, Words]:
        document = self._documents.get(name)
        return document.to(dict[str, Words]) if document else {}


def _check(report: Report, report_id: str, document: Document) -> None:
    """Refuses a definition that contradicts itself.

    Raises:
        BadDefinition: with file and line.
    """

    def wrong(says: str, place: str) -> BadDefinition:
        return BadDefinition(says, document.name, document.line(place))

    if report.report != report_id:
        raise wrong("is not named like its folder", "$.report")
    for audience in report.audiences:
        if audience not in AUDIENCES:
            raise wrong(f"{audience!r} is no audience of ours", f"$.audiences.{audience}")
    if report.stands_on and report.stands_on not in report.reads.entries:
        raise wrong(f"{report.stands_on!r} is not among the entries it reads", "$.stands_on")
    readable = set(report.reads.facts) | set(_paths(report.reads))
    for at, gate in enumerate(report.gates):
        if gate.needs not in readable:
            raise wrong(f"the gate needs {gate.needs!r}, which is not read", f"$.gates[{at}].needs")


def _paths(reads: Reads) -> Iterator[str]:
    for name, taken in reads.entries.items():
        yield name
        for question in taken.questions:
            yield f"{name}.{question.partition('.')[0]}"


def _hash(report: str, words: dict[str, Words], templates: dict[str, str]) -> str:
    digest = hashlib.sha256(report.encode())
    digest.update(msgspec.json.encode(words, order="sorted"))
    digest.update(msgspec.json.encode(templates, order="sorted"))
    return digest.hexdigest()


def template_for(definition: Definition, audience: str) -> tuple[str, str]:
    """Name and text of the template for an audience.

    Raises:
        Refused: the report does not declare this audience.
    """
    name = definition.report.audiences.get(audience)
    if name is None:
        declared = ", ".join(definition.report.audiences)
        raise Refused(
            f"The report {definition.report.report!r} is not written for {audience!r}.",
            f"It is written for: {declared}.",
        )
    return name, definition.templates[name]


def check_chosen(report: Report, chosen: Chosen) -> None:
    """Refuses a choice that the report cannot keep to.

    Raises:
        Refused: a day that is none, an end before the beginning, or a kind that the chronology does not have.
    """
    kinds = tuple(dict.fromkeys(told.kind for told in report.reads.chronology))
    if bool(chosen.entry) != (report.reads.whole == "yes"):
        if chosen.entry:
            raise Refused(f"The report {report.report!r} is not about a single entry.")
        raise Refused(f"The report {report.report!r} is about one entry.", "Choose which.")
    if msgspec.structs.replace(chosen, entry="") != ALL and not kinds:
        raise Refused(f"The report {report.report!r} has no period or kinds to choose.")
    for day in (chosen.since, chosen.until):
        if day and not day_text(day, "en"):
            raise Refused(f"{day!r} is no day.", "Write it as 2026-03-03.")
    if chosen.until and chosen.until < chosen.since:
        raise Refused("The period ends before it begins.", "Choose a later last day.")
    for kind in chosen.kinds:
        if kind not in kinds:
            raise Refused(f"The chronology has no kind {kind!r}.", f"Its kinds: {', '.join(kinds)}.")


def fonts() -> dict[str, bytes]:
    """The font files and the colour profile that every file embeds, by name."""
    folder = resources.root()
    return {name: (folder / "fonts" / name).read_bytes() for name in FONTS} | {
        COLOURS: (folder / FOLDER / COLOURS).read_bytes()
    }


def fixed_words(reports: Library, report_id: str, language: str) -> str:
    """Every fixed word that the report may print in one language, one text a line."""
    return "\n".join(reports.definition(report_id).spoken(language).values())


def file_name(report_id: str, audience: str, as_of: str, format: str) -> str:
    """The file name suggested for a copy: it holds no name and no CRN."""
    return f"{report_id}-{audience}-{as_of}.{format}"


def check_reads(
    report: Report, facts: frozenset[str], forms: Mapping[str, Mapping[int, frozenset[str]]]
) -> tuple[str, ...]:
    """What a report reads that is not there, as sentences.

    `facts`: every path of `resources/facts.yaml`. `forms`: form id → version → its question paths, where
    a column of a repeat stands as `rows.column`. An answer may be read only if every version of its form
    has the question.
    """
    wrong = [
        f"The report {report.report} reads the fact {path}, which is not listed."
        for path in report.reads.facts
        if path not in facts
    ]
    read = [(taken.form, taken.questions) for taken in report.reads.entries.values()]
    read += [(told.form, told.says) for told in report.reads.chronology]
    for form, questions in read:
        versions = forms.get(form)
        if not versions:
            wrong.append(f"The report {report.report} reads the form {form}, which does not exist.")
            continue
        wrong += [
            f"The report {report.report} reads {question} of {form}, which version {version} does not ask."
            for question in questions
            for version, asked in sorted(versions.items())
            if question not in asked
        ]
    return tuple(wrong)
