"""Each element of the vocabulary: one meaning, one look a writer, one tag role."""

from __future__ import annotations

import io
import re
import subprocess
import sys
import zipfile

import pikepdf
import pypdfium2
import pytest
from lxml import etree

from tests.reports.build import case, drawn, faults, font_files, library, render, sheet
from workbench.reports import docx, html, pdf, tree, worker
from workbench.reports.drawing import pdf_text
from workbench.reports.fonts import Fonts
from workbench.reports.pdf_blocks import Blocks
from workbench.reports.pdf_tags import Structure

TABLE = (
    '<table caption="Cap" widths="2 1"><head><cell>A</cell><cell>B</cell></head>'
    "<row><cell>one</cell><cell>two</cell></row></table>"
)
ELEMENTS = {
    "para": ("<para>Plain words</para>", ["Plain words"], {"P"}),
    "warn": ('<para kind="warn">Careful</para>', ["Careful"], {"P"}),
    "list": ("<list><item>first</item></list>", ["first"], {"L", "LI", "Lbl", "LBody"}),
    "numbers": ('<list kind="number"><item>first</item></list>', ["first"], {"L", "Lbl"}),
    "must-not": ('<list kind="must-not"><item>go there</item></list>', ["go there"], {"L", "Lbl"}),
    "table": (TABLE, ["Cap", "A", "two"], {"Table", "Caption", "THead", "TBody", "TR", "TH", "TD"}),
    "grid": ('<grid><panel title="P"><para>inside</para></panel></grid>', ["P", "inside"], {"Sect", "P"}),
    "facts": ('<facts><fact title="Born">today</fact></facts>', ["Born", "today"], {"Table", "TH", "TD"}),
    "matrix": (
        '<matrix caption="M"><level title="Children">very high</level></matrix>',
        ["M", "Children", "very high"],
        {"Table", "TH", "TD"},
    ),
    "factors": (
        '<factors caption="F"><factor title="Opportunity"><rating>high</rating><known>seen</known></factor></factors>',
        ["Opportunity", "high", "seen"],
        {"Table", "THead", "TBody"},
    ),
    "timeline": (
        '<timeline caption="T"><moment><when>Friday</when><who>Nia</who><what>meets</what></moment></timeline>',
        ["Friday", "Nia", "meets"],
        {"Table", "TH"},
    ),
    "if-then": (
        "<if-then><sign>storm</sign><act><who>Nia</who><what>rings</what><by>noon</by></act></if-then>",
        ["storm", "Nia", "rings", "noon"],
        {"Sect", "P"},
    ),
    "quote": (
        "<quote><words>I agree</words><source>Plan</source></quote>",
        ["I agree", "Plan"],
        {"BlockQuote"},
    ),
    "missing": ("<missing>Nothing recorded.</missing>", ["Nothing recorded."], {"P"}),
    "signature": (
        '<signature role="Author"><who>Nia</who><when>today</when></signature>',
        ["Author", "Nia", "today"],
        {"Sect"},
    ),
    "lines": ('<para>Write:</para><lines count="2"/>', ["Write:"], {"P"}),
}


def parsed(inside: str) -> tree.Node:
    return tree.parse(f'<report title="Top"><section title="Part">{inside}</section></report>', "t")


def pdf_of(inside: str) -> bytes:
    data, _ = pdf.write(parsed(inside), sheet(), font_files(), Fonts(font_files()))
    return data


def roles(data: bytes) -> set[str]:
    with pikepdf.Pdf.open(io.BytesIO(data)) as opened:
        return {
            str(entry.S).lstrip("/")
            for entry in opened.objects
            if isinstance(entry, pikepdf.Dictionary) and entry.get("/Type") == pikepdf.Name.StructElem
        }


def test_the_table_of_elements_is_whole() -> None:
    shown = {element.split()[0] for element in tree.SHAPES["section"].children}
    assert shown - {"section"} <= set(ELEMENTS)


@pytest.mark.parametrize("element", ELEMENTS)
def test_an_element_in_each_writer(element: str) -> None:
    inside, words, tags = ELEMENTS[element]
    made = pdf_of(inside)
    assert faults(made) == []
    assert {"Document", "H1", "H2", *tags} <= roles(made)
    page = html.write(parsed(inside), sheet()).decode()
    with zipfile.ZipFile(io.BytesIO(docx.write(parsed(inside), sheet()))) as package:
        document = "".join(etree.fromstring(package.read("word/document.xml")).itertext())
    for word in words:
        assert word in pdf_text(made)
        assert word in page
        assert word in document


def test_levels_differ_without_colour() -> None:
    levels = "".join(f'<level title="T">{word}</level>' for word in ("low", "uchel iawn", "?"))
    text = pdf_text(pdf_of(f'<matrix caption="M">{levels}</matrix>'))
    assert "○ low" in text
    assert "● uchel iawn" in text
    assert "? " not in text.replace("?\n", "")


@pytest.mark.parametrize("length", [3000, 9000])
def test_a_cell_taller_than_a_page_still_lays_out(length: int) -> None:
    for words in ("x" * length, "word " * (length // 5)):
        data = pdf_of(f'<table caption="c"><row><cell>{words}</cell><cell>b</cell></row></table>')
        assert faults(data) == []


@pytest.mark.parametrize(
    "inside",
    [
        '<para kind="warn">{}</para>',
        "<quote><words>{}</words><source>s</source></quote>",
        '<grid><panel title="p"><para>{}</para></panel></grid>',
        '<facts><fact title="f">{}</fact></facts>',
        "<if-then><sign>{}</sign><act><who>w</who><what>w</what><by>b</by></act></if-then>",
    ],
)
def test_a_box_taller_than_a_page_still_lays_out(inside: str) -> None:
    assert faults(pdf_of(inside.format("word " * 1800))) == []


def test_a_grid_of_three_panels_tints_three() -> None:
    panels = '<panel title="p"><para>words</para></panel>'
    with pikepdf.Pdf.open(io.BytesIO(pdf_of(f"<grid>{panels * 3}</grid>"))) as opened:
        three = opened.pages[0].Contents.read_bytes()
    with pikepdf.Pdf.open(io.BytesIO(pdf_of(f"<grid>{panels * 4}</grid>"))) as opened:
        four = opened.pages[0].Contents.read_bytes()
    assert four.count(b" re f") - three.count(b" re f") == 1


def test_what_is_to_be_one_page_is_drawn_smaller_but_never_cut() -> None:
    def pages(words: int) -> tuple[int, float]:
        text = f'<report title="t" print="one-page"><para>{"word " * words}</para></report>'
        data, total = pdf.write(tree.parse(text, "t"), sheet(), font_files(), Fonts(font_files()))
        assert pdf_text(data).count("word") == words
        with pikepdf.Pdf.open(io.BytesIO(data)) as opened:
            sizes = re.findall(rb"/F\S+ ([\d.]+) Tf", opened.pages[0].Contents.read_bytes())
        return total, max(map(float, sizes))

    (one, large), (still, small), (more, _) = pages(200), pages(1150), pages(3000)
    assert (one, still, more > 1) == (1, 1, True)
    assert small < large


def test_a_header_row_is_repeated_on_each_page_but_read_once() -> None:
    rows = "<row><cell>one</cell><cell>two</cell></row>" * 90
    inside = f'<table caption="c"><head><cell>Alpha</cell><cell>Beta</cell></head>{rows}</table>'
    data = pdf_of(inside)
    with pikepdf.Pdf.open(io.BytesIO(data)) as opened:
        pages = len(opened.pages)
        heads = [
            entry
            for entry in opened.objects
            if isinstance(entry, pikepdf.Dictionary) and entry.get("/S") == pikepdf.Name.TH
        ]
        marked = [kid for head in heads for kid in head.K]
    assert pages > 1
    assert pages == pdf_text(data).count("Alpha")
    assert len(marked) == 2


def test_the_pdf_carries_language_title_outline_and_only_embedded_fonts() -> None:
    with pikepdf.Pdf.open(io.BytesIO(drawn("welsh", "agencies", "pdf").data)) as opened:
        assert str(opened.Root.Lang) == "cy-GB"
        assert bool(opened.Root.MarkInfo.Marked)
        assert "/Info" not in opened.trailer
        titles = [item.title for item in opened.open_outline().root]
        assert titles == ["Cynllun rheoli risg ar gyfer rhyddhau"]
        assert "Gethin" not in opened.Root.Metadata.read_bytes().decode()
        fonts = [
            each
            for each in opened.objects
            if isinstance(each, pikepdf.Dictionary) and each.get("/Type") == pikepdf.Name.Font
        ]
        assert fonts
        assert all("/FontFile2" in font.FontDescriptor for font in fonts)


def test_every_page_says_whose_for_whom_which_version_and_how_many() -> None:
    import pypdfium2

    made = drawn("full", "agencies", "pdf")
    document = pypdfium2.PdfDocument(made.data)
    version = case().entries[0].version[:8]
    for number, page in enumerate(document, 1):
        text = page.get_textpage().get_text_bounded()
        for words in (
            "OFFICIAL-SENSITIVE",
            "SAMPLE",
            "Gethin Sampl-Evans · X000001",
            "For: MAPPA agencies",
            "Signed and countersigned",
            f"Facts as at 16 March 2026 · Version {version}",
            f"Page {number} of {made.pages}",
        ):
            assert words in text
    document.close()


def test_the_html_loads_and_runs_nothing() -> None:
    text = drawn("hostile", "agencies", "html").data.decode()
    assert "default-src 'none'; style-src 'unsafe-inline'; img-src data:" in text
    root = etree.HTML(text)
    assert root.xpath("//script|//a|//img|//link|//iframe|//form|//*[@src]|//*[@href]|//*[@onclick]") == []
    assert len(root.xpath("//table")) == len(root.xpath("//table[caption]|//table[.//th[@scope='row']]"))


def test_the_word_copy_says_so_and_holds_no_traces_of_its_making() -> None:
    with zipfile.ZipFile(io.BytesIO(drawn("full", "agencies", "docx").data)) as package:
        names = package.namelist()
        content = b"".join(package.read(name) for name in names)
        assert {(1980, 1, 1, 0, 0, 0)} == {info.date_time for info in package.infolist()}
    assert names == sorted(names)
    assert b"Working copy" in content
    for trace in (
        b"rsid",
        b"python-docx",
        b"<dc:creator",
        b"lastModifiedBy",
        b"<Company",
        b"customXml",
        b"thumbnail",
    ):
        assert trace not in content


def test_the_word_copy_opens_again() -> None:
    import docx as python_docx

    opened = python_docx.Document(io.BytesIO(drawn("hostile", "person", "docx").data))
    assert opened.paragraphs[0].text == "My plan for release"


HASHES = """
import hashlib, msgspec, sys
from tests.reports.build import case, render
for format in ("pdf", "docx", "html"):
    print(hashlib.sha256(render(case("hostile", "agencies"), format).data).hexdigest())
"""


def test_the_same_case_gives_the_same_bytes_in_another_process_with_another_hash_seed() -> None:
    here = [drawn("hostile", "agencies", format).hashes["file"] for format in worker.FORMATS]
    for seed in ("1",):
        done = subprocess.run(
            [sys.executable, "-c", HASHES],
            env={"PYTHONHASHSEED": seed, "PATH": "", "PYTHONPATH": "."},
            capture_output=True,
            text=True,
            check=True,
        )
        assert here == done.stdout.split()


def test_hashes_tell_program_template_fonts_case_and_file() -> None:
    one = render(case("empty"), "html").hashes
    assert {"program", "template", "fonts", "case", "file"} == set(one)
    other = drawn("full", "agencies", "html").hashes
    assert {"case", "file"} == {key for key in one if one[key] != other[key]}
    assert library().definition("release-plan").sha256 == one["template"]


@pytest.mark.parametrize("lines", range(28, 46, 3))
def test_a_heading_stays_with_the_first_row_of_its_table(lines: int) -> None:
    """However high that row is, and with the sentence between them."""
    filler = "".join(f"<para>Line {number}</para>" for number in range(lines))
    tall = " ".join(["word"] * 150)
    table = f'<table caption="Caption"><head><cell>Titles</cell></head><row><cell>Opens {tall}</cell></row></table>'
    data = pdf_of(f'{filler}<section title="Heading"><para>Between</para>{table}</section>')
    with pypdfium2.PdfDocument(data) as opened:
        found = [page.get_textpage().get_text_bounded() for page in opened]
    assert (
        sum(all(word in text for word in ("Heading", "Between", "Caption", "Opens")) for text in found) == 1
    )


def test_a_day_stays_with_its_month() -> None:
    """No line ends between them, in either language."""
    blocks = Blocks(Fonts(font_files()), Structure(), sheet().words, 400)
    said = blocks._markup((tree.Run("on 3 September 2026, ar 14 Mawrth 2026, 3 pages"),))
    assert "on 3\u00a0September 2026, ar 14\u00a0Mawrth 2026, 3 pages" in said
