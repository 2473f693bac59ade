from __future__ import annotations

import pytest

from tests.reports.build import REPORT, case, fact, library, plan, rows, value
from workbench import resources
from workbench.errors import BadDefinition, NotFound, Refused
from workbench.models.released import ReleasedFact, Value
from workbench.reports import context, specimens
from workbench.reports import library as reports
from workbench.reports.library import Library

DEFINITION = """
report: mine
title:
  en: Mine
  cy: Fy un i
audiences: {AUDIENCE: a.xml.j2}
stands_on: STANDS
reads:
  facts: [rosh.overall]
  entries:
    plan: {form: f, take: latest, questions: [a, b.c]}
gates:
  - needs: NEEDS
    says: It is missing.
"""


def defined(audience: str = "file", stands: str = "plan", needs: str = "plan.a") -> Library:
    text = DEFINITION.replace("AUDIENCE", audience).replace("STANDS", stands).replace("NEEDS", needs)
    return Library((resources.parse(text.encode(), "reports/mine/report.yaml"),))


@pytest.mark.parametrize(
    ("change", "says", "line"),
    [
        ({"audience": "press"}, "no audience", 6),
        ({"stands": "other"}, "not among", 7),
        ({"needs": "plan.z"}, "not read", 13),
    ],
)
def test_a_definition_that_contradicts_itself_is_refused(
    change: dict[str, str], says: str, line: int
) -> None:
    with pytest.raises(BadDefinition, match=says) as caught:
        defined(**change).definition("mine")
    assert line == caught.value.line


def test_an_unknown_report_is_not_found() -> None:
    with pytest.raises(NotFound, match="no report"):
        library().definition("absent")
    with pytest.raises(NotFound, match="no specimen"):
        Library(()).specimen(REPORT)


def test_a_folder_must_be_named_like_its_report() -> None:
    text = DEFINITION.replace("report: mine", "report: yours")
    with pytest.raises(BadDefinition, match="named like its folder"):
        Library((resources.parse(text.encode(), "reports/mine/report.yaml"),)).definition("mine")


def test_an_audience_that_is_not_declared_is_refused() -> None:
    definition = library().definition(REPORT)
    assert reports.template_for(definition, "person")[0] == "person.xml.j2"
    with pytest.raises(Refused, match="not written for 'court'"):
        reports.template_for(definition, "court")


def test_every_fixed_text_has_both_languages() -> None:
    for words in library().definition(REPORT).words.values():
        assert words.en.strip()
        assert words.cy.strip()


def test_a_file_name_holds_no_name_and_no_crn() -> None:
    assert reports.file_name(REPORT, "person", "2026-03-16", "pdf") == "release-plan-person-2026-03-16.pdf"


def test_what_a_report_reads_is_held_against_facts_and_every_version_of_a_form() -> None:
    report = defined().ids()
    assert report == ("mine",)
    read = resources.parse(DEFINITION.replace("AUDIENCE", "file").encode(), "x").to(reports.Report)
    assert reports.check_reads(read, frozenset({"rosh.overall"}), {"f": {1: frozenset({"a", "b.c"})}}) == ()
    assert reports.check_reads(
        read, frozenset(), {"f": {1: frozenset({"a", "b.c"}), 2: frozenset({"a"})}}
    ) == (
        "The report mine reads the fact rosh.overall, which is not listed.",
        "The report mine reads b.c of f, which version 2 does not ask.",
    )
    assert reports.check_reads(read, frozenset({"rosh.overall"}), {}) == (
        "The report mine reads the form f, which does not exist.",
    )


def test_the_context_gives_only_what_is_declared() -> None:
    report = library().definition(REPORT).report
    names = context.Context(plan(supervision="weekly"), report).names()
    assert names["plan"].supervision.text == "weekly"
    assert names["plan"].monitoring is None
    assert names["plan"].at_risk == ()
    for reach in (
        lambda: names["plan"].supervison,
        lambda: names["fact"]("rosh.all"),
        lambda: (
            context.Context(plan(facts=(fact("condition.text", "x", "c1"),)), report)
            .things("condition")[0]
            .txt
        ),
    ):
        with pytest.raises(BadDefinition, match="does not declare"):
            reach()


def test_rows_give_their_columns_and_a_repeat_held_back_says_so_in_each() -> None:
    report = library().definition(REPORT).report
    names = context.Context(plan(at_risk=rows({"who": "children"})), report).names()
    (row,) = names["plan"].at_risk
    assert row.who.text == "children"
    assert row.person is None
    hidden = value("", cut="withheld")
    (row,) = context.Context(plan(at_risk=hidden), report).names()["plan"].at_risk
    assert {"withheld"} == {row.who.cut, row.what_holds.cut}


def test_facts_about_one_thing_stand_together() -> None:
    facts = (
        fact("condition.text", "no contact", "c1"),
        fact("condition.text", "curfew", "c2"),
        fact("condition.in_force", "yes", "c1"),
    )
    things = context.Context(plan(facts=facts), library().definition(REPORT).report).things("condition")
    assert [(each.text.value.text, each.in_force and each.in_force.value.text) for each in things] == [
        ("no contact", "yes"),
        ("curfew", None),
    ]


def test_the_latest_entry_that_still_stands_is_read() -> None:
    import msgspec

    old = plan(supervision="old")
    newer = msgspec.structs.replace(plan(supervision="new").entries[0], version="v2")
    gone = msgspec.structs.replace(plan(supervision="gone").entries[0], status="withdrawn")
    made = msgspec.structs.replace(old, entries=(old.entries[0], newer, gone))
    report = library().definition(REPORT).report
    assert context.Context(made, report).names()["plan"].supervision.text == "new"
    entry = context.stands_on(made, report)
    assert entry is not None
    assert entry.version == "v2"


def test_gates_are_told_until_they_are_met() -> None:
    report = library().definition(REPORT).report
    assert [resources.say(gate.says, "cy") for gate in report.gates] == list(
        context.unmet(case("empty"), report, "cy")
    )
    assert context.unmet(case("full"), report, "en") == ()
    two = ReleasedFact(
        "mappa.level", None, Value("", "", "one-of", ()), "2026-01-01", None, (value("1"), value("2"))
    )
    disputed = plan(facts=(two,), at_risk=rows({"who": "x"}))
    told = context.unmet(disputed, report, "en")
    assert "No MAPPA level is recorded, or there are two accounts of it." in told
    assert "The plan does not say who is at risk, and from what." not in told


def test_a_narrative_is_told_apart_by_its_small_words() -> None:
    assert context.reads_as_english("The plan is to meet at the office and to talk.")
    assert not context.reads_as_english(specimens.WELSH)


def test_untranslated_narrative_is_told_in_a_welsh_report_only() -> None:
    report = library().definition(REPORT).report
    english = plan(supervision=value("The plan is to meet at the office.", "narrative"))
    assert [
        context.Context(english, report, language).names()["untranslated"] for language in ("cy", "en")
    ] == [True, False]
