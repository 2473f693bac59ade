"""The Word writer: a working copy that says so, without author, company or revision ids."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Emu, Mm, Pt, RGBColor
from lxml import etree

from workbench.reports.look import ACCENT, INK, LINE, MUTED, TINT, WARN_TINT, step_of
from workbench.reports.pages import Page
from workbench.reports.tree import Node, Run, headings

# The reader's machine does not have our font.
FONT = "Arial"
WIDTH = Mm(174)
SIZES = {"Normal": 10, "Heading 1": 20, "Heading 2": 14, "Heading 3": 11.5, "Heading 4": 10}
LARGE = 1.25
EDGES = ("top", "left", "bottom", "right", "insideH", "insideV")
# The earliest moment that a ZIP file can hold.
ZIP_TIME = (1980, 1, 1, 0, 0, 0)
DROPPED = ("docProps/app.xml", "docProps/custom.xml", "docProps/thumbnail.jpeg", "customXml/")
CORE = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title>'
    "<dc:language>{language}</dc:language></cp:coreProperties>"
)


def write(root: Node, page: Page) -> bytes:
    """The finished file; the same input gives the same bytes."""
    writer = _Writer(page)
    writer.document(root)
    out = io.BytesIO()
    writer.file.save(out)
    return _stripped(out.getvalue(), page)


class _Writer:
    def __init__(self, page: Page) -> None:
        self.file = docx.Document()
        # Where the next paragraph goes: the file itself, or one cell of it.
        self._into: Any = self.file
        self._page = page
        self._words = page.words
        self._depth = 1
        self._headings: tuple[tuple[str, int], ...] = ()
        self._makers: dict[str, Callable[[Node], None]] = {
            "section": self._section,
            "contents": self._contents,
            "para": self._para,
            "missing": lambda node: self._text(node.runs, ink=MUTED),
            "list": self._list,
            "table": self._table,
            "facts": self._facts,
            "grid": self._panels,
            "matrix": self._matrix,
            "factors": self._factors,
            "timeline": self._timeline,
            "if-then": self._if_then,
            "quote": self._quote,
            "signature": self._signature,
            "lines": self._lines,
        }

    def document(self, root: Node) -> None:
        """Fills the file: styles, header, footer, then the content in order."""
        self._set_up(LARGE if root.attributes.get("print") == "large" else 1)
        self._headings = headings(root)
        self.file.add_heading(root.attributes["title"], 1)
        self._text((Run(self._words["working_copy"], True),), ink=MUTED)
        self._flow(root.children)

    def _set_up(self, scale: float) -> None:
        page, words = self._page, self._words
        section = self.file.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.left_margin = section.right_margin = Mm(18)
        section.top_margin, section.bottom_margin = Mm(30), Mm(24)
        tongue = "cy-GB" if page.language == "cy" else "en-GB"
        for name, size in SIZES.items():
            _restyle(self.file.styles[name], size * scale, name != "Normal", tongue)
        self.file.styles["Normal"].paragraph_format.space_after = Pt(4)
        for border in self.file.styles["Table Grid"].element.iter(*(qn(f"w:{edge}") for edge in EDGES)):
            border.set(qn("w:color"), LINE.lstrip("#"))
        reader = f"{words['for']}: {page.reader}. {page.status}. {words['working_copy']}"
        sample = [words["sample"]] if page.sample else []
        _lines(section.header.paragraphs[0], [*sample, words["marking"], page.whose, reader])
        below = section.footer.paragraphs[0]
        dated = f"{words['facts_of']} {page.facts_of}. {words['version']} {page.version}."
        _lines(below, [dated, f"{words['page']} "])
        _field(below, "PAGE")
        below.add_run(f" {words['of']} ")
        _field(below, "NUMPAGES")
        below.add_run().add_break()
        below.add_run(words["marking"]).bold = True

    def _flow(self, nodes: Sequence[Node]) -> None:
        for node in nodes:
            self._makers[node.tag](node)

    def _text(self, runs: Sequence[Run], style: str = "Normal", ink: str = INK) -> Any:
        made = self._into.add_paragraph(style=style)
        _runs(made, runs, ink)
        return made

    def _section(self, node: Node) -> None:
        self._depth += 1
        heading = self.file.add_heading(node.attributes["title"], min(self._depth, 4))
        heading.paragraph_format.page_break_before = "page" in node.attributes
        self._flow(node.children)
        self._depth -= 1

    def _contents(self, node: Node) -> None:
        """Every section by name, without pages: Word counts those itself and shows the headings beside the text."""
        self._text((Run(node.attributes["title"], True),), ink=MUTED)
        for title, depth in self._headings:
            line = self._text((Run(title),))
            line.paragraph_format.left_indent = Mm(6 * (depth - 1))
            line.paragraph_format.space_after = Pt(0)

    def _para(self, node: Node) -> None:
        made = self._text(node.runs)
        kind = node.attributes.get("kind")
        if kind == "warn":
            _shade(_xml(made).get_or_add_pPr(), WARN_TINT)
        for run in made.runs if kind in {"lead", "small"} else ():
            run.font.size = Pt(12 if kind == "lead" else 8.5)

    def _list(self, node: Node) -> None:
        kind = node.attributes.get("kind", "bullet")
        label = {"must": "✓ ", "must-not": "✗ "}.get(kind, "")
        for at, item in enumerate(node.children, 1):
            if kind == "bullet":
                self._text(item.runs, "List Bullet")
                continue
            made = self._text((Run(label or f"{at}. ", True), *item.runs))
            made.paragraph_format.left_indent = Mm(6)
            made.paragraph_format.first_line_indent = Mm(-6)

    def _panels(self, node: Node) -> None:
        table = self._new_table(2)
        for at, panel in enumerate(node.children):
            if at % 2 == 0:
                _keep_whole(table.add_row(), header=False)
            cell = table.rows[-1].cells[at % 2]
            _shade(_box(cell).get_or_add_tcPr(), TINT)
            _runs(cell.paragraphs[0], (Run(panel.attributes["title"], True),), MUTED)
            self._into = cell
            self._flow(panel.children)
            self._into = self.file
        self._gap()

    def _new_table(self, columns: int) -> Any:
        if self._into is self.file:
            return self.file.add_table(rows=0, cols=columns, style="Table Grid")
        return self._into.add_table(0, columns)

    def _gap(self) -> None:
        self._into.add_paragraph().paragraph_format.space_after = Pt(2)

    def _facts(self, node: Node) -> None:
        rows = [[(Run(fact.attributes["title"], True),), fact.runs] for fact in node.children]
        self._grid("", [], rows, (2, 5))

    def _table(self, node: Node) -> None:
        heads = [child for child in node.children if child.tag == "head"]
        titles = [cell.text for cell in heads[0].children] if heads else []
        rows = [[cell.runs for cell in child.children] for child in node.children if child.tag == "row"]
        columns = max(len(child.children) for child in node.children)
        shares = [int(part) for part in node.attributes.get("widths", "").split()] or [1] * columns
        self._grid(node.attributes["caption"], titles, rows, shares)

    def _matrix(self, node: Node) -> None:
        titles = [level.attributes["title"] for level in node.children]
        levels = [level.runs for level in node.children]
        table = self._grid(node.attributes["caption"], titles, [levels], [1] * len(titles))
        for at, level in enumerate(node.children):
            _rate(table.rows[1].cells[at], level)

    def _factors(self, node: Node) -> None:
        titles = [self._words[word] for word in ("factor", "rating", "known")]
        rows = [
            [(Run(factor.attributes["title"], True),), *(part.runs for part in factor.children)]
            for factor in node.children
        ]
        table = self._grid(node.attributes["caption"], titles, rows, (3, 2, 5))
        for at, factor in enumerate(node.children, 1):
            _rate(table.rows[at].cells[1], factor.children[0])

    def _timeline(self, node: Node) -> None:
        titles = [self._words[word] for word in ("when", "who", "what")]
        rows = [[part.runs for part in moment.children] for moment in node.children]
        self._grid(node.attributes["caption"], titles, rows, (3, 3, 6))

    def _if_then(self, node: Node) -> None:
        sign, *acts = node.children
        made = self._text((Run(f"{self._words['if']}: ", True), *sign.runs))
        made.paragraph_format.keep_with_next = True
        _shade(_xml(made).get_or_add_pPr(), TINT)
        for act in acts:
            who, what, by = act.children
            then = (Run(f"{self._words['then']}: ", True), *who.runs, Run(": "), *what.runs)
            line = self._text((*then, Run(f" ({self._words['by_when']}: "), *by.runs, Run(")")))
            line.paragraph_format.left_indent = Mm(6)

    def _quote(self, node: Node) -> None:
        words, source = node.children
        for runs, ink in ((words.runs, INK), (source.runs, MUTED)):
            self._text(runs, ink=ink).paragraph_format.left_indent = Mm(8)

    def _signature(self, node: Node) -> None:
        who, when = node.children
        empty = (Run(""),)
        titles = [node.attributes["role"], self._words["signature"], self._words["date"]]
        self._grid("", titles, [[who.runs or empty, empty, when.runs or empty]], (4, 4, 3))

    def _lines(self, node: Node) -> None:
        self._grid("", [], [[(Run("\n"),)]] * int(node.attributes["count"]), (1,))

    def _grid(
        self,
        caption: str,
        titles: Sequence[str],
        rows: Sequence[Sequence[Sequence[Run]]],
        shares: Sequence[int],
    ) -> Any:
        """A table; its header row is repeated on each page and no row is split."""
        if caption:
            above = self._text((Run(caption),), ink=MUTED)
            above.paragraph_format.keep_with_next = True
        table = self._new_table(len(shares))
        table.autofit = False
        widths = [Emu(int(WIDTH * share / sum(shares))) for share in shares]
        for column, width in zip(table.columns, widths, strict=True):
            column.width = width
        lines: list[Sequence[Sequence[Run]]] = [[(Run(title, True),) for title in titles]] if titles else []
        for at, line in enumerate([*lines, *rows]):
            row = table.add_row()
            _keep_whole(row, header=bool(titles) and at == 0)
            for cell, runs, width in zip(row.cells, line, widths, strict=False):
                cell.width = width
                _runs(cell.paragraphs[0], runs, ACCENT if titles and at == 0 else INK)
                if titles and at == 0:
                    _shade(_box(cell).get_or_add_tcPr(), TINT)
        self._gap()
        return table


def _xml(paragraph: Any) -> Any:
    """The element behind a paragraph."""
    return paragraph.paragraph_format.element


def _box(cell: Any) -> Any:
    """The element behind a table cell."""
    return _xml(cell.paragraphs[0]).getparent()


def _runs(paragraph: Any, runs: Sequence[Run], ink: str) -> None:
    for run in runs:
        for at, line in enumerate(run.text.split("\n")):
            made = paragraph.add_run()
            if at:
                made.add_break()
            made.add_text(line)
            made.bold = run.strong or None
            made.font.color.rgb = RGBColor.from_string(ink.lstrip("#"))


def _rate(cell: Any, node: Node) -> None:
    step = step_of(node.text)
    paragraph = cell.paragraphs[0]
    for run in list(paragraph.runs):
        _xml(paragraph).remove(run.font.element)
    bold = [Run(run.text, True) for run in node.runs]
    _runs(paragraph, [Run(f"{step.symbol} ", True), *bold] if step.symbol else bold, step.ink)
    _shade(_box(cell).get_or_add_tcPr(), step.fill)


def _shade(properties: Any, fill: str) -> None:
    shade = OxmlElement("w:shd")
    shade.set(qn("w:val"), "clear")
    shade.set(qn("w:fill"), fill.lstrip("#"))
    properties.append(shade)


def _keep_whole(row: Any, header: bool) -> None:
    properties = _box(row.cells[0]).getparent().get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    if header:
        properties.append(OxmlElement("w:tblHeader"))


def _restyle(style: Any, size: float, heading: bool, tongue: str) -> None:
    style.font.name, style.font.size = FONT, Pt(size)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    style.font.color.rgb = RGBColor.from_string((ACCENT if heading else INK).lstrip("#"))
    style.font.bold = heading
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), tongue)
    style.element.get_or_add_rPr().append(language)


def _lines(paragraph: Any, lines: Sequence[str]) -> None:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for at, line in enumerate(lines):
        run = paragraph.add_run(line)
        run.font.size = Pt(8.5)
        run.bold = line.isupper()
        if at + 1 < len(lines):
            run.add_break()


def _field(paragraph: Any, code: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    run = OxmlElement("w:r")
    text = OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    _xml(paragraph).append(field)


def _stripped(data: bytes, page: Page) -> bytes:
    """The package with fixed times and sorted names, without what tells who made it and where."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist()):
            if name.startswith(DROPPED):
                continue
            content = old.read(name)
            if name == "docProps/core.xml":
                title = page.title.replace("&", "&amp;").replace("<", "&lt;")
                content = CORE.format(title=title, language=page.language).encode()
            elif name.endswith((".xml", ".rels")):
                content = _clean(content)
            new.writestr(zipfile.ZipInfo(name, ZIP_TIME), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _clean(content: bytes) -> bytes:
    """One part without revision ids, and without mention of the parts that are left out."""
    root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
    for element in list(root.iter()):
        if not isinstance(element.tag, str):
            continue
        for name in [key for key in element.attrib if "rsid" in str(key).lower()]:
            del element.attrib[name]
        mentioned = (element.get("Target", "") + element.get("PartName", "")).lstrip("./")
        parent = element.getparent()
        gone = mentioned.startswith(DROPPED) or "}rsid" in element.tag
        if gone and parent is not None:
            parent.remove(element)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
