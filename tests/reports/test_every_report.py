"""What holds of every report, for each of its readers: drawn from the invented case that they share."""

from __future__ import annotations

import re

import msgspec
import pypdfium2
import pytest
from lxml import etree

from tests.reports.build import REPORT, case, faults, library, render
from workbench.models.released import ReleasedCase, Rendered
from workbench.reports import tree
from workbench.resources import say

ALL = tuple(id for id in library().ids() if id != REPORT)
READERS = tuple((id, reader) for id in ALL for reader in library().definition(id).report.audiences)
# One reader for each template: the others are drawn from the same words.
TEMPLATES = tuple(
    (id, next(reader for reader, name in audiences.items() if name == template))
    for id in ALL
    for audiences in [library().definition(id).report.audiences]
    for template in sorted(set(audiences.values()))
)
# Words that are the same in both languages.
SAME = frozenset({"ARMS", "CRN", "MAPPA", "OSP/DC", "OSP/IIC", "RM2000", "POM", "SPO", "ACO", "PSO", "PPCS"})


def drawn(report: str, reader: str, kind: str = "full", format: str = "html") -> Rendered:
    made = case(kind, reader, report)
    return render(made, format, made.language, report)


def flat(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize(("report", "reader"), TEMPLATES)
def test_it_is_a_tagged_pdf_that_passes_the_checks(report: str, reader: str) -> None:
    assert faults(drawn(report, reader, format="pdf").data) == []


@pytest.mark.parametrize(("report", "reader"), TEMPLATES)
def test_it_can_be_made_for_word(report: str, reader: str) -> None:
    assert drawn(report, reader, format="docx").data.startswith(b"PK")


@pytest.mark.parametrize(("report", "reader"), READERS)
def test_it_says_for_whom_it_is_and_whose(report: str, reader: str) -> None:
    page = drawn(report, reader).data.decode()
    assert say(library().definition(report).words[f"audience_{reader}"]) in page.replace("&#x27;", "'")
    assert "Emrys Sampl-Harding · X000002" in page


@pytest.mark.parametrize(("report", "reader"), TEMPLATES)
def test_an_empty_case_says_what_is_missing_and_never_the_name_of_nothing(report: str, reader: str) -> None:
    text = drawn(report, reader, "empty").text
    assert re.search(r"not recorded|is recorded|are recorded|are written|have not had|are asked|is put", text)
    assert "None" not in text


def thin(report: str, reader: str) -> ReleasedCase:
    """The full case with every other answer and fact left out, and of lists all but one row."""
    made = case("full", reader, report)
    entries = tuple(
        msgspec.structs.replace(
            entry,
            answers={
                name: answer[:1] if isinstance(answer, tuple) else answer
                for at, (name, answer) in enumerate(entry.answers.items())
                if at % 2
            },
        )
        for entry in made.entries
    )
    return msgspec.structs.replace(made, entries=entries, facts=made.facts[::2])


@pytest.mark.parametrize("kind", ["thin", "empty"])
@pytest.mark.parametrize(("report", "reader"), TEMPLATES)
def test_with_little_recorded_nothing_stands_unfinished(report: str, reader: str, kind: str) -> None:
    """No heading without a word below it, no table of headings alone, no dash for what is not known."""
    made = thin(report, reader) if kind == "thin" else case(kind, reader, report)
    page = etree.HTML(render(made, "html", made.language, report).data.decode())
    heads = [head for head in page.iter("h2", "h3", "h4", "h5") if bare(head)]
    assert [head.text for head in heads] == []
    assert [table for table in page.iter("table") if not table.findall(".//td")] == []
    assert not {" ".join(cell.itertext()).strip() for cell in page.iter("td")} & {"", "-", "–", "—"}
    foot = re.compile(r"^(?:Facts as at|OFFICIAL-SENSITIVE|Page )")
    titles = {head.text for head in page.iter("h2", "h3", "h4", "h5")}
    document = pypdfium2.PdfDocument(render(made, "pdf", made.language, report).data)
    texts = [each.get_textpage().get_text_bounded().splitlines() for each in document]
    running = set.intersection(*map(set, texts)) if len(texts) > 1 else set()
    assert [lines for lines in texts if not {*lines} - running - set(filter(foot.match, lines))] == []
    last = [[line for line in lines if line.strip() and not foot.match(line)][-1] for lines in texts]
    assert not titles & set(last)


def bare(head: etree._Element) -> bool:
    """Whether the next thing after a heading is another of its height or higher, or nothing at all."""
    below = head.getnext()
    return below is None or (isinstance(below.tag, str) and re.fullmatch("h[2-5]", below.tag) is not None)


@pytest.mark.parametrize(("report", "reader"), TEMPLATES)
def test_text_of_the_record_stays_text(report: str, reader: str) -> None:
    page = drawn(report, reader, "hostile").data.decode()
    assert "<img" not in page
    assert "<script" not in page


@pytest.mark.parametrize(("report", "reader"), TEMPLATES)
@pytest.mark.parametrize("kind", ["empty", "welsh"])
def test_a_welsh_copy_has_no_english_fixed_words(report: str, reader: str, kind: str) -> None:
    made = case(kind, reader, report)
    words = library().definition(report).words
    lines = set(render(made, "html", "cy", report).text.splitlines())
    english = {each.en for each in words.values() if each.en != each.cy} - {
        each.cy for each in words.values()
    }
    # What the specimen itself holds is no fixed word.
    assert (lines & english) - held(made) == set()


def held(made: object) -> set[str]:
    """Every text of a specimen case, and the words of its questions."""
    asked = re.findall(r"'([^']*)'", " ".join(re.findall(r"asks=\{([^}]*)\}", repr(made))))
    return {*re.findall(r"(?:text|title|asks)='([^']*)'", repr(made)), *asked}


@pytest.mark.parametrize("report", ALL)
def test_every_fixed_text_has_both_languages_and_speaks_of_nobody_as_him(report: str) -> None:
    for key, words in library().definition(report).words.items():
        assert words.en.strip(), key
        assert words.cy.strip(), key
        assert not re.search(r"\b(he|him|his|she|her)\b", words.en), key
        assert words.en == words.cy or words.en not in SAME


@pytest.mark.parametrize("report", ALL)
def test_every_gate_says_what_is_missing(report: str) -> None:
    from workbench.reports.context import unmet

    definition = library().definition(report).report
    reader = next(iter(definition.audiences))
    assert unmet(case("full", reader, report), definition, "en") == ()
    assert len(unmet(case("empty", reader, report), definition, "en")) == len(definition.gates)


@pytest.mark.parametrize(
    ("report", "reader", "sentence"),
    [
        ("parole-report", "parole-board", "No recommendation"),
        ("parole-report", "parole-board", "14 September 2023 Very high Very high Medium Medium Low"),
        ("parole-report", "sealed-annex", "Not for the person on probation."),
        ("parole-report", "parole-board", "What the person says is wrong He says that the prison report of May 2024"),
        ("pre-sentence-report", "court", "What the person says is wrong He says that he was never asked to leave"),
        ("pre-sentence-report", "court", "An adjournment is asked for"),
        ("pre-sentence-report", "court", "Police 2 February 2026 No answer yet not recorded not recorded"),
        ("arms-report", "police", "It was alleged; it is not proved. From the police. Cannot be checked. 2 July 2019"),
        ("arms-report", "police", "By the person's own account alone"),
        ("arms-report", "file", "From programme staff. Checked and confirmed. The judgement of the treatment manager"),
        ("mappa-level-1-review", "agencies", "It is not a level of risk."),
        ("home-visit-brief", "doorstep", "Keep on you. Shred afterwards."),
        ("home-visit-brief", "doorstep", "When: 18 March 2026, 15:30"),
        ("home-visit-record", "file", "A girl of about ten Not known No"),
        ("two-in-the-morning", "on-call", "This sheet holds until 15 April 2026"),
        ("my-plan", "person", "Do not enter the two areas marked on the map. Ask my officer why."),
        ("my-plan", "person", "I can sign without agreeing"),
        ("touch-point-record", "spo", "Touch point after release 16 March 2026 SPO due"),
        ("handover-pack", "receiving-officer", "Recall: Decided not to recall, 5 March 2026, 11:30"),
        ("chronology-extract", "court", "6 February 2026 Parole report No recommendation Nia Enghraifft"),
        ("golden-thread", "spo", "work and the allotment Nia and Emrys 27 March 2026 open nothing yet"),
        ("golden-thread", "file", "known not recorded not recorded open Maps for Change session, 11 March 2026"),
        ("golden-thread", "spo", "No action and no exercise is recorded as an answer to it."),
        ("recall-rationale", "spo", "Victim trigger plan used No"),
        ("event-letter", "childrens-services", "whether the child is known to you"),
        ("event-letter", "vlo", "Do not send us a name or an address."),
        ("maps-plain-words", "person", "Draw the allotment and who is there on a Wednesday."),
    ],
)  # fmt: skip
def test_it_says(report: str, reader: str, sentence: str) -> None:
    pdf = drawn(report, reader, format="pdf") if (report, reader) in TEMPLATES else drawn(report, reader)
    days = re.sub(r"(\d{4})-(\d\d)-(\d\d)", r"\1-\2-\3", pdf.text)
    assert flat(sentence) in flat(days)


@pytest.mark.parametrize(
    ("report", "reader", "pages"),
    [
        ("home-visit-brief", "doorstep", 1),
        ("home-visit-record", "file", 1),
        ("two-in-the-morning", "on-call", 1),
    ],
)
def test_what_is_to_be_one_page_is_one(report: str, reader: str, pages: int) -> None:
    assert pages == drawn(report, reader, format="pdf").pages


def test_only_the_letter_to_the_spo_lists_the_steps() -> None:
    assert "Steps so far" in drawn("event-letter", "spo").text
    assert "Steps so far" not in drawn("event-letter", "police").text


def test_the_doorstep_brief_names_no_victim_and_says_when_to_leave() -> None:
    text = drawn("home-visit-brief", "doorstep").text
    assert "ictim" not in text
    assert "Leave if you are not sure" in text


def test_the_pages_of_the_person_say_nothing_of_who_is_at_risk() -> None:
    for report in ("my-plan", "my-plan-easy-read", "maps-plain-words"):
        text = drawn(report, "person").text
        for words in ("Adult victim", "victim", "Drawn around where the family goes", "Contact abuse"):
            assert words not in text, (report, words)


def test_every_element_of_the_vocabulary_is_used_by_a_report() -> None:
    used = " ".join(text for id in library().ids() for text in library().definition(id).templates.values())
    assert {tag for tag in tree.SHAPES if f"<{tag}" not in used} == set()
