"""Released cases for the tests of this room, and a way to draw them without a second process."""

from __future__ import annotations

from functools import cache

import msgspec
import page

from workbench import resources
from workbench.models.released import (
    ALL,
    Chosen,
    ReleasedCase,
    ReleasedEntry,
    ReleasedFact,
    Rendered,
    Row,
    Value,
    Withheld,
    WithheldValue,
)
from workbench.reports import worker
from workbench.reports.drawing import Job, draw
from workbench.reports.library import Library, fonts
from workbench.reports.pages import Page
from workbench.reports.specimens import specimen

REPORT = "release-plan"


@cache
def library() -> Library:
    return Library()


@cache
def font_files() -> dict[str, bytes]:
    return fonts()


@cache
def plan_alone() -> Library:
    """The library as if there were no other report than the plan for release."""
    return Library(
        tuple(
            document
            for document in resources.documents("reports")
            if document.name.startswith((f"reports/{REPORT}/", "reports/words"))
        )
    )


def case(kind: str = "full", audience: str = "agencies", report: str = REPORT) -> ReleasedCase:
    return specimen(library(), report, audience, kind)


def value(text: str, kind: str = "text", version: str = "v1", **more: object) -> Value:
    return Value(text, text, kind, (version,), **more)  # type: ignore[arg-type]


def rows(*columns: dict[str, str]) -> tuple[Row, ...]:
    return tuple(
        Row(f"r{at}", {key: value(text) for key, text in each.items()}) for at, each in enumerate(columns)
    )


def plan(audience: str = "agencies", facts: tuple[ReleasedFact, ...] = (), **answers: object) -> ReleasedCase:
    """A case whose only entry is a signed plan with these answers."""
    given = {key: value(each) if isinstance(each, str) else each for key, each in answers.items()}
    entry = ReleasedEntry(
        "e1",
        "v1-of-the-plan",
        "risk-management-plan",
        1,
        "Plan",
        "2026-03-10",
        "2026-03-10T10:00:00.000Z",
        "Nia Enghraifft",
        "practitioner",
        "signed",
        given,  # type: ignore[arg-type]
    )
    return ReleasedCase(
        "c1",
        value("X000009"),
        value("Gethin Sampl-Evans", "person"),
        audience,
        "en",
        "2026-03-16",
        True,
        (entry,),
        facts,
    )


def fact(path: str, text: str, of: str | None = None) -> ReleasedFact:
    return ReleasedFact(path, of, value(text), "2026-03-01", None)


@cache
def drawn(kind: str, audience: str, format: str) -> Rendered:
    """A specimen case drawn in this process."""
    made = case(kind, audience)
    return render(made, format, made.language)


def render(
    released: ReleasedCase,
    format: str = "pdf",
    language: str = "en",
    report: str = REPORT,
    chosen: Chosen = ALL,
) -> Rendered:
    return _render(msgspec.json.encode(released), format, language, report, chosen)


@cache
def _render(released: bytes, format: str, language: str, report: str, chosen: Chosen) -> Rendered:
    """Each file is drawn once in a run of the tests: the same case gives the same bytes."""
    case = msgspec.json.decode(released, type=ReleasedCase)
    job = worker.job_bytes(library(), case, report, format, language, chosen)
    return draw(msgspec.msgpack.decode(job, type=Job))


def sheet(language: str = "en") -> Page:
    """Page furniture for trees that tests write themselves."""
    words = library().definition(REPORT).spoken(language)
    return Page("Test", "Somebody · X1", "Signed", "the file", "16 March 2026", "abcd", True, language, words)


def faults(pdf: bytes) -> list[str]:
    """What page-validation finds against PDF/UA-1 and PDF/A-2a."""
    return [
        f"{profile}: {failure.rule_id} {failure.message}"
        for profile in ("ua1", "2a")
        for failure in page.validate_pdf_bytes(pdf, profile=profile).failures
    ]


def held(text: str, kind: str = "person", identifies: bool = True, audience: str = "person") -> Withheld:
    """One value held back from the audience."""
    one = WithheldValue("e9", "v9", "answers.x", ("third-party",), "no", text, kind, identifies)
    return Withheld(audience, (one,), ("Gethin Sampl-Evans", "Nia Enghraifft"))
