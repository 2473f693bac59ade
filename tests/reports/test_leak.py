from __future__ import annotations

import io
import zipfile

import msgspec
import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reports.build import case, drawn, font_files, held, plan, render, rows, sheet, value
from workbench.errors import Refused
from workbench.models.released import ReleasedCase, Withheld
from workbench.reports import html, leak, pdf, tree
from workbench.reports.dictionary import Dictionary
from workbench.reports.fonts import Fonts

DICTIONARY = Dictionary()
NAME = "release-plan-person-2026-03-16"
SECRET = "Lowri Kowalczyk"


def page_of(text: str) -> bytes:
    root = tree.Node(
        "report", {"title": "t"}, (), (tree.Node("para", {}, (tree.Run(text),), (), (), 1),), (), 1
    )
    return html.write(root, sheet())


def pdf_of(text: str, title: str = "t") -> bytes:
    root = tree.Node(
        "report", {"title": "t"}, (), (tree.Node("para", {}, (tree.Run(text),), (), (), 1),), (), 1
    )
    return pdf.write(root, msgspec.structs.replace(sheet(), title=title), font_files(), Fonts(font_files()))[
        0
    ]


def searched(
    data: bytes,
    withheld: Withheld,
    format: str = "html",
    name: str = NAME,
    released: ReleasedCase | None = None,
) -> leak.Search:
    return leak.search(data, format, name, released or plan("person"), withheld, DICTIONARY)


@pytest.mark.parametrize(
    "text",
    [
        "He was seen with Lowri Kowalczyk.",
        "seen with lowri kowalczyk again",
        "LOWRI KOWALCZYK",
        "Low-\nri Kowal\nczyk",
        "Lówri Kowałczyk",
        "Lowri\u200bKowal\u00adczyk",
        "LowriKowalczyk",
        "with Kowalczyk's sister",
        "the Kowalczyks",
        "K o w a l c z y k",
    ],
)
def test_a_withheld_name_stops_the_file_however_it_is_written(text: str) -> None:
    for data, format in ((page_of(text), "html"), (pdf_of(text), "pdf")):
        assert searched(data, held(SECRET), format).stops


@pytest.mark.parametrize(
    ("secret", "text"),
    [
        ("07700 900123", "ring 07700900123"),
        ("07700 900123", "ring +44 7700 900 123"),
        ("lowri@example.invalid", "write to lowri @ example.invalid"),
        ("2015-03-04", "born 4 March 2015"),
        ("4 March 2015", "born 04/03/2015"),
        ("4 March 2015", "ganed 4 Mawrth 2015"),
        ("12 Heol Fictaidd, LL99 9ZZ", "at 12 heol fictaidd"),
        ("Rose Hill", "lives with Rose Hill"),
        ("محمد الكاتب", "ring محمد الكاتب today"),
    ],
)
def test_numbers_days_places_and_scripts_are_found(secret: str, text: str) -> None:
    withheld = held(secret, "text")
    assert searched(page_of(text), withheld).stops
    assert searched(pdf_of(text), withheld, "pdf").stops


def test_a_name_typed_in_a_narrative_of_the_plan_stops_every_format() -> None:
    made = plan("person", my_must=rows({"text": "Do not ring Lowri Kowalczyk."}))
    for format in ("pdf", "docx", "html"):
        assert searched(render(made, format).data, held(SECRET), format, released=made).stops


def test_a_name_in_the_title_the_file_name_or_hidden_parts_stops_the_file() -> None:
    title = searched(pdf_of("nothing", title="Plan about Lowri Kowalczyk"), held(SECRET), "pdf")
    assert "metadata" in {found.where for found in title.stops}
    name = searched(page_of("nothing"), held(SECRET), name="plan-lowri-kowalczyk.html")
    assert {"file name"} == {found.where for found in name.stops}
    hidden = page_of("nothing").replace(b"<main", b"<!-- Kowalczyk --><main")
    assert {"metadata"} == {found.where for found in searched(hidden, held(SECRET)).stops}


def test_a_name_in_any_string_of_a_pdf_stops_it() -> None:
    out = io.BytesIO()
    with pikepdf.Pdf.open(io.BytesIO(pdf_of("nothing"))) as opened:
        opened.Root.StructTreeRoot.K.Alt = pikepdf.String("Picture of Łowri Kowalczyk")
        opened.save(out)
    assert searched(out.getvalue(), held(SECRET), "pdf").stops


def test_a_name_in_any_part_of_a_word_file_stops_it() -> None:
    made = drawn("empty", "person", "docx").data
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(made)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, content.replace(b"My plan for release", b"My plan, Kowalczyk"))
    assert searched(out.getvalue(), held(SECRET), "docx").stops


def test_a_picture_cannot_be_searched_and_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("word/media/image1.png", b"x")
    with pytest.raises(Refused, match="cannot be searched"):
        searched(out.getvalue(), held(SECRET), "docx")
    drawn_over = io.BytesIO()
    with pikepdf.Pdf.open(io.BytesIO(pdf_of("nothing"))) as opened:
        opened.Root.X = opened.make_stream(b"x", Subtype=pikepdf.Name.Image)
        opened.save(drawn_over)
    with pytest.raises(Refused, match="picture"):
        searched(drawn_over.getvalue(), held(SECRET), "pdf")


def test_six_words_running_stop_the_file_and_five_do_not() -> None:
    narrative = held(
        "She told staff that he was waiting outside the school gate.", "narrative", identifies=False
    )
    assert searched(page_of("It is said he was waiting outside the school again"), narrative).stops
    assert not searched(page_of("It is said he was waiting outside their school"), narrative).stops


def test_a_short_withheld_text_counts_whole_and_common_words_alone_do_not() -> None:
    short = held("Refused entry twice", "narrative", identifies=False)
    assert searched(page_of("He refused entry twice."), short).stops
    assert not searched(
        page_of("He refused entry."), held("Refused entry", "narrative", identifies=False)
    ).stops


def test_words_that_the_audience_was_given_anyway_do_not_stop() -> None:
    text = "He must be in his room from seven each night"
    released = plan("person", my_must=rows({"text": text}))
    withheld = held(text, "narrative", identifies=False)
    assert searched(page_of(text), withheld, released=released).stops == ()


def test_an_option_or_number_that_was_withheld_is_no_text_to_search_for() -> None:
    assert searched(page_of("high yes"), held("high", "one-of", identifies=False)).stops == ()


def test_a_name_that_is_also_a_common_word_is_listed() -> None:
    found = searched(page_of("We saw Rose today."), held("Rose Kowalczyk"))
    assert found.stops == ()
    assert [tick.words for tick in found.ticks] == ["Rose"]
    assert searched(page_of("Prices rose today."), held("Rose Kowalczyk")).ticks == ()


def test_a_shared_surname_is_listed_and_the_persons_own_is_not() -> None:
    shared = plan("person", my_help=rows({"who": "Jan Kowalczyk"}))
    found = searched(page_of("Ring Jan Kowalczyk."), held(SECRET), released=shared)
    assert found.stops == ()
    assert "Kowalczyk" in [tick.words for tick in found.ticks]
    own = searched(page_of("Gethin Sampl-Evans"), held("Mair Sampl-Evans"))
    assert own.stops == ()


def test_a_value_that_a_rule_released_by_id_is_listed_not_stopped() -> None:
    released = plan("person", agencies=value("Kowalczyk House", "place"))
    found = searched(page_of("Kowalczyk House"), held("Kowalczyk House", "place"), released=released)
    assert found.stops == ()
    assert found.ticks


def test_common_words_written_small_are_listed_and_fixed_words_are_not() -> None:
    withheld = held("Duty manager", "text")
    found = searched(page_of("Ring the duty manager."), withheld)
    assert found.stops == ()
    assert [tick.words for tick in found.ticks] == ["Duty manager"]
    silent = leak.search(
        page_of("Ring the duty manager."), "html", NAME, plan("person"), withheld, DICTIONARY, "Duty manager"
    )
    assert leak.Search((), ()) == silent


def test_a_name_that_nobody_on_the_file_bears_is_listed_with_the_word_after_it() -> None:
    found = searched(
        page_of("Seen with Zbyszka Wren near Bangor, said MOSOVO. Nia Enghraifft."),
        held("x", identifies=False),
    )
    assert [tick.words for tick in found.ticks] == ["Zbyszka Wren"]


def test_what_is_found_points_at_what_was_withheld() -> None:
    (found, *_) = searched(page_of("Kowalczyk"), held(SECRET)).stops
    assert (found.entry, found.version, found.path) == ("e9", "v9", "answers.x")


WORDS = st.lists(
    st.sampled_from(
        [
            "Monday",
            "prison",
            "school",
            "flat",
            "office",
            "Cardiff",
            "River",
            "Park",
            "mother",
            "work",
            "safe",
            "week",
            "the",
            "at",
            "with",
        ]
    ),
    min_size=6,
    max_size=40,
).map(" ".join)


@settings(max_examples=25, deadline=None)
@given(WORDS, WORDS)
def test_an_innocent_report_is_never_stopped(text: str, hidden: str) -> None:
    released = plan("person", my_must=rows({"text": text}))
    for withheld in (
        held(SECRET),
        held("14 Ffordd Gymysg, Abercwmtwll"),
        held(f"Xylo {hidden} Quorn", "narrative", identifies=False),
    ):
        found = searched(page_of(text), withheld, released=released)
        windows = set(leak._runs(leak._words(hidden), 6)) & set(leak._runs(leak._words(text), 6))
        assert windows or found.stops == ()


def test_the_specimen_for_the_person_hides_what_only_the_file_has() -> None:
    withheld = held(
        "The former partner lives on Ffordd Gymysg with the children", "narrative", identifies=False
    )
    for format in ("pdf", "docx", "html"):
        found = searched(
            drawn("full", "person", format).data, withheld, format, released=case("full", "person")
        )
        assert found.stops == ()
