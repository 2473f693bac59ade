from __future__ import annotations

import pytest

from tests.reports.build import faults, library, plan_alone, render
from workbench import resources
from workbench.errors import BadDefinition
from workbench.models.released import ReleasedCase, Rendered
from workbench.reports import check, worker
from workbench.reports.library import Library

READS = library().definition("release-plan").report.reads
FACTS = frozenset(READS.facts)
FORMS = {"risk-management-plan": {1: frozenset(READS.entries["plan"].questions)}}


def test_the_reports_of_the_program_have_no_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    def here(_: Library, released: ReleasedCase, report_id: str, format: str) -> Rendered:
        assert report_id == "release-plan"
        return render(released, format, released.language)

    monkeypatch.setattr(worker, "render_here", here)
    # The other formats are drawn by the check that runs beside the suite.
    monkeypatch.setattr(worker, "FORMATS", ("pdf",))
    said: list[str] = []
    problems = check.check_all(FACTS, FORMS, lambda data: tuple(faults(data)), said.append, plan_alone())
    assert problems == ()
    assert "release-plan for person, welsh case" in said
    assert len(said) == 9


def test_what_a_report_reads_in_vain_is_told() -> None:
    assert (check.check_definitions(FACTS, {}, plan_alone())) == (
        "The report release-plan reads the form risk-management-plan, which does not exist.",
    )


def test_a_report_that_cannot_be_made_is_one_sentence_a_format(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> Rendered:
        raise check.Expected("It broke.")

    monkeypatch.setattr(worker, "render_here", broken)
    problems = check.check_all(FACTS, FORMS, reports=plan_alone())
    assert len(problems) == 27
    assert (
        problems[0]
        == "The report release-plan for person with the full case cannot be made as pdf: It broke."
    )


def test_a_fault_of_a_template_is_told_once_with_its_file_and_line() -> None:
    """Not once a reader, a case and a format; and not again where the definitions told it."""
    wordless = tuple(
        document
        for document in resources.documents("reports")
        if document.name.startswith(("reports/release-plan/", "reports/words"))
        and document.name != "reports/release-plan/words.yaml"
    )
    problems = check.check_all(FACTS, FORMS, reports=Library(wordless))
    asked = [problem for problem in problems if "words.title," in problem]
    assert asked == ["reports/release-plan/plan.xml.j2:1: uses words.title, which words.yaml does not have."]


def test_a_slip_in_a_template_is_told_once(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> Rendered:
        raise BadDefinition("reads plan.nothing", "reports/release-plan/plan.xml.j2", 12)

    monkeypatch.setattr(worker, "render_here", broken)
    problems = check.check_all(FACTS, FORMS, reports=plan_alone())
    assert problems == ("reports/release-plan/plan.xml.j2:12: reads plan.nothing",)


def test_a_definition_that_cannot_be_read_and_words_that_nobody_wrote_are_told() -> None:
    documents = tuple(
        document
        for document in resources.documents("reports")
        if document.name.startswith(("reports/release-plan/", "reports/words"))
    )
    wordless = tuple(
        document for document in documents if not document.name.endswith("release-plan/words.yaml")
    )
    problems = check.check_definitions(FACTS, FORMS, Library(wordless))
    assert "reports/release-plan/plan.xml.j2:1: uses words.title, which words.yaml does not have." in problems
    broken = tuple(
        resources.parse(b"report: x", document.name) if document.name.endswith("report.yaml") else document
        for document in documents
    )
    (problem,) = check.check_definitions(FACTS, FORMS, Library(broken))
    assert problem.startswith("reports/release-plan/report.yaml:1: ")
