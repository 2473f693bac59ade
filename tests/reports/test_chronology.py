"""What a report may say besides answers and facts: what is owed, the chronology, and on what evidence stands."""

from __future__ import annotations

import io
import re
from html import unescape

import msgspec
import pikepdf
import pytest

from tests.reports.build import ALL, Chosen, case, fact, faults, library, plan, render, value
from workbench.errors import BadDefinition, Refused
from workbench.models.released import ReleasedCase, ReleasedDuty, ReleasedEntry, Row, Value
from workbench.reports import context, template
from workbench.reports import library as reports
from workbench.reports.library import Reads, Report, Told
from workbench.resources import Words

EXTRACT = "chronology-extract"
HIDDEN = Value(None, "", "narrative", ("v1",), "withheld")


def report(**reads: object) -> Report:
    return Report("mine", Words("Mine", "Fy un i"), {"file": "a.xml.j2"}, Reads(**reads))  # type: ignore[arg-type]


def entry(on: str, form: str = "contact", **answers: object) -> ReleasedEntry:
    given = {name: value(said) if isinstance(said, str) else said for name, said in answers.items()}
    status = str(answers.pop("status", "signed"))
    return ReleasedEntry(
        f"e{on}", "v1", form, 1, "Contact", on, f"{on}T10:00:00.000Z", "Nia", "practitioner", status, given  # type: ignore[arg-type]
    )  # fmt: skip


def holding(*entries: ReleasedEntry, duties: tuple[ReleasedDuty, ...] = ()) -> ReleasedCase:
    return msgspec.structs.replace(plan("file"), entries=entries, duties=duties)


def lines(held: ReleasedCase, chosen: Chosen = ALL) -> list[tuple[str, str, list[str]]]:
    told = (Told("contact", "contact", ("note",)), Told("recall", "enforcement", ("reason",)))
    years = context.Context(held, report(chronology=told), "en", chosen).names()["chronology"]
    return [
        (month.name, line.on.text, [said.text for said in line.says])
        for year in years
        for month in year.inner
        for line in month.inner
    ]


def test_the_chronology_holds_the_forms_it_names_by_year_and_month() -> None:
    held = holding(
        entry("2025-12-30", note="First."), entry("2026-01-02", note="Second."), entry("2026-01-03", "arms", note="x")
    )  # fmt: skip
    assert lines(held) == [
        ("December 2025", "2025-12-30", ["First."]),
        ("January 2026", "2026-01-02", ["Second."]),
    ]
    years = context.Context(held, report(chronology=(Told("contact", "contact"),)), "cy").names()[
        "chronology"
    ]
    assert [year.name for year in years] == ["2025", "2026"]
    assert years[0].inner[0].name == "Rhagfyr 2025"


def test_a_period_counts_both_of_its_days_and_kinds_narrow_it() -> None:
    held = holding(
        entry("2026-01-01"), entry("2026-01-02"), entry("2026-01-03", "recall"), entry("2026-01-04")
    )
    chosen = Chosen("2026-01-02", "2026-01-03")
    assert [on for _, on, _ in lines(held, chosen)] == ["2026-01-02", "2026-01-03"]
    assert [on for _, on, _ in lines(held, Chosen(kinds=("enforcement",)))] == ["2026-01-03"]


def test_a_line_of_which_nothing_may_be_read_is_no_line_and_taken_back_neither() -> None:
    rows = (Row("r", {"what": HIDDEN}),)
    held = holding(
        entry("2026-01-01", note=HIDDEN, more=rows),
        entry("2026-01-02", note=HIDDEN, other="Seen."),
        entry("2026-01-03", status="withdrawn"),
    )
    assert [on for _, on, _ in lines(held)] == ["2026-01-02"]


def test_what_is_owed_is_read_so_many_days_ahead() -> None:
    duties = (
        ReleasedDuty("a", "Late", "practitioner", "overdue", "2026-01-01"),
        ReleasedDuty("b", "On the last day", "spo", "not-yet", "2026-04-13"),
        ReleasedDuty("c", "A day later", "spo", "not-yet", "2026-04-14"),
        ReleasedDuty("d", "Without a day", "spo", "waiting", None),
    )
    names = context.Context(holding(duties=duties), report(duties=28)).names()
    assert [due.asks.text for due in names["duties"]] == ["Late", "On the last day", "Without a day"]
    assert names["duties"][0].state == "state_overdue"
    assert context.Context(holding(duties=duties), report()).names()["duties"] == ()


def test_what_was_chosen_must_fit_the_report() -> None:
    extract = library().definition(EXTRACT).report
    reports.check_chosen(extract, Chosen("2026-01-01", "2026-01-01", ("visit",), "Appeal"))
    for chosen, says in (
        (Chosen("soon"), "no day"),
        (Chosen("2026-02-01", "2026-01-01"), "ends before"),
        (Chosen(kinds=("weather",)), "no kind"),
    ):
        with pytest.raises(Refused, match=says):
            reports.check_chosen(extract, chosen)
    with pytest.raises(Refused, match="no period"):
        reports.check_chosen(library().definition("my-plan").report, Chosen("2026-01-01"))


def test_the_extract_says_its_period_and_purpose_and_holds_no_more() -> None:
    chosen = Chosen("2026-03-01", "2026-03-31", ("event", "enforcement"), "Appeal against sentence")
    text = render(case("full", "court", EXTRACT), "pdf", "en", EXTRACT, chosen).text
    for words in (
        "from 1 March 2026 until 31 March 2026",
        "Appeal against sentence",
        "Event, Enforcement",
        "4 March 2026",
        "5 March 2026",
    ):
        assert words in " ".join(text.split())
    assert "February 2026" not in text
    assert "Home visit" not in text


def test_a_long_extract_has_contents_with_the_pages_of_its_bookmarks() -> None:
    held = case("full", "court", EXTRACT)
    many = tuple(
        entry(f"{2016 + at // 12}-{at % 12 + 1:02}-{day:02}", note="Spoke of the week. " * 12)
        for at in range(36)
        for day in range(1, 9)
    )
    made = render(msgspec.structs.replace(held, entries=many), "pdf", "en", EXTRACT)
    assert faults(made.data) == []
    with pikepdf.Pdf.open(io.BytesIO(made.data)) as opened:
        pages = {page.objgen: number for number, page in enumerate(opened.pages, 1)}
        with opened.open_outline() as outline:
            top = outline.root[0]
            found = [
                (each.title, pages[_page_of(opened, each)]) for year in top.children for each in year.children
            ]
    assert len(found) == 36
    contents = " ".join(made.text.split())
    for title, page in found:
        assert f"{title} {page}" in contents, title


def _page_of(opened: pikepdf.Pdf, item: pikepdf.OutlineItem) -> tuple[int, int]:
    target = item.destination
    if not isinstance(target, pikepdf.Array):
        target = opened.Root.Dests[f"/{target}"] if "/Dests" in opened.Root else target
    return target[0].objgen  # type: ignore[index, union-attr, no-any-return]


def test_contents_lead_to_their_places_in_html() -> None:
    page = render(case("full", "court", EXTRACT), "html", "en", EXTRACT).data.decode()
    assert '<a href="#s2">September 2023</a>' in page
    assert '<h3 id="s2">September 2023</h3>' in page


# Footing -----------------------------------------------------------------------------------------


def footing(**said: str | Value) -> str:
    columns = {name: value(text) if isinstance(text, str) else text for name, text in said.items()}
    declared = frozenset({"text", "source", "basis", "whose", "on", "checked"})
    item = context.Answered(columns, declared, "item")  # type: ignore[arg-type]
    words = library().definition("arms-report").spoken("en")
    source = '<report title="t"><para>{{ item | footing }}</para></report>'
    made = template.render(source, "t", words, "en", {"item": item})
    return unescape(re.sub(r"<[^>]*>", "", made))


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"source": "self-report"}, "By the person's own account alone"),
        ({"source": "self-report", "checked": "not-checked"}, "By the person's own account alone"),
        ({"source": "self-report", "checked": "confirmed"}, "Said by the person. Checked and confirmed"),
        (
            {"source": "police", "basis": "arrested-nfa"},
            "Arrested; no further action was taken. From the police",
        ),
        (
            {"basis": "convicted", "source": "court-or-cps"},
            "Convicted of this. From court or prosecution papers",
        ),
        (
            {"basis": "not-offence", "source": "observation", "whose": "Nia"},
            "Seen by staff. The judgement of Nia",
        ),
        (
            {"source": "prison", "on": Value("2026-03-03", "x", "day", ("v",))},
            "From the prison. 3 March 2026",
        ),
        ({}, "No source is recorded"),
        ({"source": HIDDEN, "basis": HIDDEN}, "No source is recorded"),
    ],
)
def test_evidence_is_worded_by_its_footing(said: dict[str, str], told: str) -> None:
    assert told == footing(**said)


def test_every_source_basis_and_check_has_words() -> None:
    from workbench.forms.definition import BASES, CHECKED
    from workbench.forms.library import load

    words = library().definition("arms-report").words
    wanted = {f"source_{source}" for source in load().sources} | {f"checked_{each}" for each in CHECKED}
    wanted |= {f"basis_{each}" for each in BASES if each != template.NO_OFFENCE}
    assert wanted - words.keys() == set()


def test_every_role_and_state_of_a_duty_has_words() -> None:
    from typing import get_args

    from workbench.models.records import ROLES
    from workbench.models.results import State

    words = library().definition("handover-pack").words
    assert {f"role_{role}" for role in ROLES} - words.keys() == set()
    open_states = set(get_args(State)) - {"met", "met-late", "ended"}
    assert {f"state_{state}" for state in open_states} - words.keys() == set()


def test_a_fact_that_comes_as_an_option_id_is_worded() -> None:
    held = msgspec.structs.replace(
        case("empty", "spo", "touch-point-record"),
        facts=(
            msgspec.structs.replace(
                fact("sentence.kind", "extended", "s1"), value=value("extended", "one-of")
            ),
        ),
    )
    assert "Extended sentence" in render(held, "html", "en", "touch-point-record").text
    assert "Dedfryd estynedig" in render(held, "html", "cy", "touch-point-record").text


def test_a_moment_is_told_with_its_time() -> None:
    words = library().definition("home-visit-brief").spoken("en")
    at = Value("2026-07-03T13:05:00Z", "x", "moment", ("v",))
    made = template.render(
        '<report title="t"><para>{{ at | disclose }}</para></report>', "t", words, "en", {"at": at}
    )
    assert "3 July 2026, 14:05" in made


def test_what_a_reader_may_read_a_part_of_is_shown() -> None:
    source = (
        '<report title="t">{% if x is shown %}<para>yes</para>{% else %}<para>no</para>{% endif %}</report>'
    )

    def told(x: object) -> bool:
        return "yes" in template.render(source, "t", {}, "en", {"x": x})

    row = context.Answered({"a": HIDDEN, "b": value("said")}, frozenset({"a", "b"}), "x")
    hidden = context.Answered({"a": HIDDEN}, frozenset({"a"}), "x")
    cut = msgspec.structs.replace(fact("x.y", ""), value=HIDDEN)
    assert [told(x) for x in (value("said"), (row,), fact("x.y", "z"))] == [True, True, True]
    assert [told(x) for x in (None, (), HIDDEN, (hidden,), cut)] == [False] * 5


def test_a_word_that_nobody_wrote_is_a_fault_of_the_template() -> None:
    with pytest.raises(BadDefinition, match=r"words\.kind_new"):
        template.render('<report title="{{ x | worded }}"/>', "t", {}, "en", {"x": "kind_new"})
