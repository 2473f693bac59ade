"""What the pre-release risk management plan says to whom."""

from __future__ import annotations

import re

import pypdfium2
import pytest

from tests.reports.build import case, drawn, fact, faults, library, plan, render, rows, value
from workbench.reports import leak
from workbench.reports import library as reports
from workbench.reports.dictionary import Dictionary
from workbench.reports.specimens import KINDS

DICTIONARY = Dictionary()


def pages_of(data: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(data)
    texts = [page.get_textpage().get_text_bounded() for page in document]
    document.close()
    return texts


def flat(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("audience", ["person", "agencies", "file"])
def test_every_case_for_every_audience_makes_a_sound_pdf(kind: str, audience: str) -> None:
    assert faults(drawn(kind, audience, "pdf").data) == []


@pytest.mark.parametrize("format", ["pdf", "docx", "html"])
@pytest.mark.parametrize("audience", ["person", "agencies", "file"])
def test_an_innocent_report_passes_the_leak_gate(audience: str, format: str) -> None:
    made = drawn("full", audience, format)
    name = reports.file_name("release-plan", audience, "2026-03-16", format)
    withheld = leak.Withheld(audience, (), ("Gethin Sampl-Evans",))
    fixed = reports.fixed_words(library(), "release-plan", "en")
    assert leak.Search((), ()) == leak.search(
        made.data, format, name, case("full", audience), withheld, DICTIONARY, fixed
    )


def test_the_plan_is_at_a_glance_on_two_pages_then_whole() -> None:
    text = flat(drawn("full", "agencies", "pdf").text)
    wanted = [
        "At a glance",
        "Who is at risk, and from what",
        "What would break it",
        "The first 72 hours",
        "Until offices open",
        "Key information",
        "Further considerations",
        "Supervision",
        "Monitoring and control",
        "Interventions and treatment",
        "Victim safety planning",
        "Conditions and what each is for",
        "Contingency plan",
        "Out-of-hours sheet",
        "Contacts and what each agency agreed",
        "Review and signatures",
    ]
    places = [text.index(words) for words in wanted]
    assert places == sorted(places)
    glance = [flat(page) for page in pages_of(drawn("full", "agencies", "pdf").data)[:2]]
    assert "At a glance" in glance[0]
    assert "Duty manager, probation 01632 960002" in glance[1]
    assert "The plan" not in glance[1]


def test_a_second_page_that_holds_a_line_or_two_goes_on_with_the_plan() -> None:
    """With more at a glance than a page holds, and little of it: no page is left nearly empty."""
    signs = tuple({"trigger": f"Sign {at}", "who": "Nia", "within": "at once"} for at in range(17))
    hours = ({"when": "Friday", "who": "Nia", "what": "First meeting"},)
    answers = {"contingency": rows(*signs), "first_72_hours": rows(*hours), "key_information": "Lives alone."}
    pages = [flat(page) for page in pages_of(render(plan(**answers), "pdf").data)]
    at = next(number for number, page in enumerate(pages) if "Until offices open" in page)
    assert at == 1
    assert "Lives alone." in pages[1]


def test_each_sign_says_who_does_what_by_when() -> None:
    text = flat(drawn("full", "agencies", "html").text)
    row = (
        "Misses the curfew without contact Approved Premises duty staff Ring the police and the duty manager"
    )
    assert row in text


def test_nothing_in_the_persons_copy_says_who_is_at_risk_or_what_the_police_do() -> None:
    text = drawn("full", "person", "pdf").text
    for words in (
        "former partner",
        "Children of primary",
        "Police control room",
        "Send a unit",
        "family home",
        "victim",
        "exclusion",
    ):
        assert words not in text
    for words in ("What I must do", "What I must not do", "Who helps me", "What happens if", "01632 960010"):
        assert words in text
    first = pages_of(drawn("full", "person", "pdf").data)[0]
    assert "What happens if" in first
    assert "My conditions" not in first


def test_an_empty_case_says_what_is_not_recorded_and_has_no_empty_headings() -> None:
    text = drawn("empty", "agencies", "pdf").text
    for words in (
        "Draft, not signed",
        "Nobody is recorded as at risk",
        "No contingency is recorded.",
        "Nothing is recorded under this heading.",
        "No conditions are recorded.",
        "No review day is recorded.",
        "Version none",
    ):
        assert words in flat(text)
    for words in ("Further considerations", "Diversity", "Readiness"):
        assert words not in text


def test_a_welsh_copy_has_no_english_fixed_words() -> None:
    welsh = library().definition("release-plan").words
    text = drawn("empty", "agencies", "html").text
    cy = render(case("empty"), "html", "cy").text
    for key in ("glance", "at_risk", "contingency_none", "pillar_none", "signatures"):
        assert welsh[key].en in text
        assert welsh[key].cy in cy
        assert welsh[key].en not in cy


def test_a_welsh_copy_of_an_english_narrative_says_so_on_its_face() -> None:
    note = "nid ydynt wedi'u cyfieithu eto"
    english = plan(key_information=value("The plan is to meet at the office and the hostel.", "narrative"))
    assert note in render(english, "html", "cy").text
    assert note not in render(english, "html", "en").text
    assert note not in drawn("welsh", "agencies", "html").text


def test_withheld_answers_leave_the_marker_and_never_their_text() -> None:
    hidden = value("", cut="withheld")
    made = render(plan(supervision=hidden, at_risk=hidden, facts=(fact("mappa.level", "2"),)), "html")
    assert made.text.count("[not included]") == 5


def test_a_condition_that_is_over_is_left_out() -> None:
    facts = (
        fact("condition.text", "Stay away", "c1"),
        fact("condition.in_force", "no", "c1"),
        fact("condition.text", "Sign on", "c2"),
    )
    text = render(plan(facts=facts), "html").text
    assert "Sign on" in text
    assert "Stay away" not in text


def test_a_done_action_shows_its_day_and_an_open_one_says_open() -> None:
    made = plan(
        victim_actions=rows({"what": "Ring", "who": "Nia", "done_on": "2026-03-09"}, {"what": "Write"})
    )
    assert re.search(
        r"Ring\nNia\nnot recorded\n2026-03-09\nWrite\nnot recorded\nnot recorded\nopen",
        render(made, "html").text,
    )


def test_sentences_point_at_the_versions_they_rest_on() -> None:
    made = render(plan(supervision=value("Meets weekly. Rings daily.", "narrative", "v7")), "html")
    assert tuple(pair for pair in made.sentences if pair[1] == ("v7",)) == (
        ("Meets weekly.", ("v7",)),
        ("Rings daily.", ("v7",)),
    )


def test_hostile_text_is_shown_as_text_in_every_format() -> None:
    for format in ("pdf", "docx", "html"):
        text = flat(drawn("hostile", "agencies", format).text)
        assert "{{ 7 * 7 }}" in text
        assert "<b>bold</b> & <img src=file>" in text
    assert drawn("hostile", "agencies", "pdf").replaced == ("🚗", "中")
