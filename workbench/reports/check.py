"""`reports check`: every report, for each audience it declares, with four invented cases, in every format.

Nothing here is needed to make a report; it is what a change to a template must pass.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from functools import partial

from workbench.errors import BadDefinition, Expected
from workbench.models.released import ReleasedCase, Rendered, Withheld
from workbench.reports import leak, library, template, worker
from workbench.reports.context import stands_on
from workbench.reports.dictionary import Dictionary
from workbench.reports.library import Definition, Library
from workbench.reports.specimens import KINDS, specimen

# Takes the bytes of a PDF and gives what a checker of PDF/UA-1 and PDF/A-2a found, as sentences.
Validate = Callable[[bytes], tuple[str, ...]]
# Takes the name and the bytes of a drawn file.
Keep = Callable[[str, bytes], None]


def check_definitions(
    facts: frozenset[str],
    forms: Mapping[str, Mapping[int, frozenset[str]]],
    reports: Library | None = None,
    only: Collection[str] = (),
) -> tuple[str, ...]:
    """What is wrong with the definitions and templates themselves, or with those named; nothing is drawn.

    `facts`: all fact paths. `forms`: form id → version → question paths (`rows.column` for a column).
    """
    reports = reports or Library()
    found: list[str] = []
    for report_id in only or reports.ids():
        try:
            definition = reports.definition(report_id)
            for name, text in definition.templates.items():
                template.check(text, f"reports/{report_id}/{name}")
        except Expected as error:
            found.append(error.sentence())
            continue
        found += library.check_reads(definition.report, facts, forms)
        found += _wordless(definition)
    return tuple(found)


def check_all(
    facts: frozenset[str],
    forms: Mapping[str, Mapping[int, frozenset[str]]],
    validate: Validate | None = None,
    say: Callable[[str], None] = lambda _: None,
    reports: Library | None = None,
    only: Collection[str] = (),
) -> tuple[str, ...]:
    """Every problem of every report, as sentences: definitions, then each drawn file.

    `validate` checks a PDF (left out: structure is not checked); `say` is told what is drawn next; where
    some are named, `only` those are looked at.
    """
    return tuple(problems(facts, forms, validate, say, reports, only))


def problems(
    facts: frozenset[str],
    forms: Mapping[str, Mapping[int, frozenset[str]]],
    validate: Validate | None = None,
    say: Callable[[str], None] = lambda _: None,
    reports: Library | None = None,
    only: Collection[str] = (),
    keep: Keep = lambda name, data: None,
) -> Iterator[str]:
    """The same, one by one: nothing more is drawn once nobody asks for the next; `keep` is given every file."""
    reports = reports or Library()
    told = list(check_definitions(facts, forms, reports, only))
    yield from told
    # A fault of a template is the same for every reader and format: it is told once, with its file and line.
    once = {sentence.rstrip(".") for sentence in told}
    dictionary = Dictionary()
    for report_id in only or reports.ids():
        yield from _baseless(reports, report_id)
        drawn: set[str] = set()
        for audience, name in reports.definition(report_id).report.audiences.items():
            # A template that another reader shares was tried on every case already.
            kinds = KINDS[:1] if name in drawn else KINDS
            drawn.add(name)
            for kind in kinds:
                say(f"{report_id} for {audience}, {kind} case")
                case = specimen(reports, report_id, audience, kind)
                what = f"The report {report_id} for {audience} with the {kind} case"
                to = partial(_named, keep, f"{report_id}-{audience}-{kind}")
                yield from _drawn(reports, report_id, case, dictionary, validate, to, what, once)


def _named(keep: Keep, name: str, made: Rendered) -> None:
    keep(f"{name}.{made.format}", made.data)


def _baseless(reports: Library, report_id: str) -> Iterator[str]:
    """A report whose specimen lacks what it stands on would be tried on empty pages alone."""
    report = reports.definition(report_id).report
    case = specimen(reports, report_id, next(iter(report.audiences)), KINDS[0])
    if stands_on(case, report) is None and report.stands_on:
        form = report.reads.entries[report.stands_on].form
        yield f"The specimen of the report {report_id} has no {form}, on which the report stands."


def _drawn(
    reports: Library,
    report_id: str,
    case: ReleasedCase,
    dictionary: Dictionary,
    validate: Validate | None,
    to: Callable[[Rendered], None],
    what: str,
    once: set[str],
) -> Iterator[str]:
    """What is wrong with one case drawn in each format, told of `what`; a fault in `once` was told already."""
    for written in worker.FORMATS:
        try:
            made = worker.render_here(reports, case, report_id, written)
            to(made)
            yield from (f"{what} {fault}" for fault in _faults(reports, report_id, case, made, dictionary))
        except BadDefinition as error:
            if error.says.rstrip(".") not in once:
                once.add(error.says.rstrip("."))
                yield error.says
            continue
        except Expected as error:
            yield f"{what} cannot be made as {written}: {error.sentence()}"
            continue
        if written == "pdf" and validate:
            yield from (f"{what} fails a check of the PDF: {fault}" for fault in validate(made.data))


def _faults(
    reports: Library, report_id: str, case: ReleasedCase, made: Rendered, dictionary: Dictionary
) -> Iterator[str]:
    """What a made file shows that it should not: signs of a template, or names that are nobody's."""
    if not case.entries and ("{{" in made.text or "{%" in made.text):
        yield "prints a part of its template"
    name = library.file_name(report_id, case.audience, case.as_of, made.format)
    nothing = Withheld(case.audience, (), (case.name.text,))
    fixed = library.fixed_words(reports, report_id, case.language)
    found = leak.search(made.data, made.format, name, case, nothing, dictionary, fixed)
    if not case.entries and found.ticks:
        yield f"holds names that are nobody's: {', '.join(tick.words for tick in found.ticks)}"


def _wordless(definition: Definition) -> Iterator[str]:
    """Fixed words that a template uses and nobody wrote, also where no specimen case gets to."""
    for name, text in definition.templates.items():
        for key, line in template.words_used(text).items():
            if key not in definition.words:
                report_id = definition.report.report
                yield f"reports/{report_id}/{name}:{line}: uses words.{key}, which words.yaml does not have."
