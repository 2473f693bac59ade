from __future__ import annotations

import pytest

from tests.reports.build import faults, library, render
from workbench import resources
from workbench.models.released import ReleasedCase, Rendered
from workbench.reports import check, worker
from workbench.reports.library import Library

READS = library().definition("release-plan").report.reads
FACTS = frozenset(READS.facts)
FORMS = {"risk-management-plan": {1: frozenset(READS.entries["plan"].questions)}}


def test_the_reports_of_the_program_have_no_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    def here(released: ReleasedCase, report_id: str, format: str, language: str) -> Rendered:
        assert report_id == "release-plan"
        return render(released, format, language)

    monkeypatch.setattr(worker, "render", here)
    said: list[str] = []
    assert check.check_all(FACTS, FORMS, lambda data: tuple(faults(data)), said.append) == ()
    assert "release-plan for person, welsh case" in said
    assert len(said) == 12


def test_what_a_report_reads_in_vain_is_told() -> None:
    assert (check.check_definitions(FACTS, {})) == (
        "The report release-plan reads the form risk-management-plan, which does not exist.",
    )


def test_a_report_that_cannot_be_made_is_one_sentence_a_format(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> Rendered:
        raise check.Expected("It broke.")

    monkeypatch.setattr(worker, "render", broken)
    problems = check.check_all(FACTS, FORMS)
    assert len(problems) == 36
    assert (
        problems[0]
        == "The report release-plan for person with the full case cannot be made as pdf: It broke."
    )


def test_a_definition_that_cannot_be_read_and_words_that_nobody_wrote_are_told() -> None:
    documents = resources.documents("reports")
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
