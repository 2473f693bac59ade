"""From the content tree to Platypus flowables: one look and one tag role for each element."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import CondPageBreak, FrameBreak, PageBreak, Spacer, TableStyle

from workbench.models.dates import MONTHS
from workbench.reports.fonts import BODY, BOLD, Fonts
from workbench.reports.look import ACCENT, INK, LINE, MUTED, TINT, WARN_LINE, WARN_TINT, step_of
from workbench.reports.pdf_tags import ENDLESS, Element, Ruled, Structure, TaggedHeading, TaggedParagraph
from workbench.reports.tree import Node, Run, headings

# A row with more characters than this may be taller than a page: only then are rows split.
TALL_ROW = 2600
# Panels longer than this stand one under another.
LONG_PANEL = 420
PAD = 5
# So many things are looked at for what a heading must stay with; and no more than this is asked for, in points:
# what is higher may be parted anywhere.
OPENING, HIGHEST = 8, 320.0
# Two thirds of what a page holds: what asks for the next page then goes on where it stands.
MOSTLY_FREE = 165 * mm
WIDE = {"table", "grid", "matrix", "factors", "timeline", "if-then"}


def styles(scale: float) -> dict[str, ParagraphStyle]:
    """Every paragraph style; sizes in points, times `scale`."""
    ink, muted, accent = HexColor(INK), HexColor(MUTED), HexColor(ACCENT)

    def style(name: str, size: float, leading: float, **more: Any) -> ParagraphStyle:
        # What is drawn smaller to fit a page also stands closer.
        near = {key: each * min(scale, 1) for key, each in more.items() if key.startswith("space")}
        settings = {"fontName": BODY, "textColor": ink, "splitLongWords": 1} | more | near
        return ParagraphStyle(name, fontSize=size * scale, leading=leading * scale, **settings)

    made = (
        style("title", 22, 26, fontName=BOLD, textColor=accent, spaceAfter=4),
        style("h2", 14.5, 18, fontName=BOLD, textColor=accent, spaceBefore=12, spaceAfter=5),
        style("h3", 11.5, 15, fontName=BOLD, spaceBefore=8, spaceAfter=3),
        style("h4", 10, 14, fontName=BOLD, textColor=muted, spaceBefore=6, spaceAfter=2),
        style("para", 10, 14, spaceAfter=5),
        style("tile", 10, 13),
        style("lead", 12, 16.5, spaceAfter=6),
        style("small", 8.5, 11.5, textColor=muted, spaceAfter=4),
        style("warn", 10, 14),
        style("missing", 10, 14, textColor=muted, spaceAfter=5),
        style("item", 10, 14, leftIndent=15 * scale, bulletIndent=2, spaceAfter=3),
        style("cell", 9.5, 12.5),
        style("head", 9, 12, fontName=BOLD, textColor=accent),
        style("caption", 8.5, 11.5, textColor=muted, spaceBefore=2, spaceAfter=3),
        style("panel", 8.5, 11.5, fontName=BOLD, textColor=muted, spaceAfter=1),
        style("line", 8.5, 11.5, textColor=muted),
        style("rated", 10, 13, fontName=BOLD),
        style("contents1", 10, 14, fontName=BOLD),
        style("contents2", 10, 13, leftIndent=12 * scale),
        style("contents3", 9.5, 12.5, leftIndent=24 * scale, textColor=muted),
        style("number", 9.5, 13, alignment=TA_RIGHT),
    )
    return {each.name: each for each in made}


_DAY = re.compile(rf"\b(\d{{1,2}}) ({'|'.join(month for months in MONTHS.values() for month in months)})\b")
LABELS = {"bullet": "•", "must": "✓", "must-not": "✗"}


class Blocks:
    """Makes the flowables of one document and its structure tree; used for one pass only."""

    def __init__(
        self,
        fonts: Fonts,
        structure: Structure,
        words: dict[str, str],
        width: float,
        scale: float = 1.0,
        pages: Mapping[str, int] | None = None,
        *,
        fold: bool = False,
    ) -> None:
        self._fonts = fonts
        self._structure = structure
        self._words = words
        self._width = width
        self._scale = scale
        self._styles = styles(scale)
        self._pages = pages or {}
        # On a folded sheet a new page is a new face.
        self._new_page = FrameBreak if fold else PageBreak
        self._pad = PAD * min(scale, 1)
        # What must fit one page may fill it to the foot.
        self._room = scale if scale >= 1 else scale / 2
        self._headings: tuple[tuple[str, int], ...] = ()
        self._depth = 1
        self._bookmarks = 0
        self._after_heading = False
        self._makers = self._every_maker()

    def _every_maker(self) -> dict[str, Callable[[Node, Element, float], list[Any]]]:
        return {
            "section": self._section,
            "contents": self._contents,
            "para": self._para,
            "missing": self._missing,
            "list": self._list,
            "table": self._table,
            "facts": self._facts,
            "grid": self._grid,
            "matrix": self._matrix,
            "factors": self._factors,
            "timeline": self._timeline,
            "if-then": self._if_then,
            "quote": self._quote,
            "signature": self._signature,
            "lines": self._lines,
        }

    def report(self, root: Node) -> list[Any]:
        """The whole story: the title, then everything in order."""
        self._headings = headings(root)
        title = self._heading(root.attributes["title"], self._structure.root, 1)
        story = self._flow(root.children, self._structure.root, self._width)
        while story and isinstance(story[-1], Spacer):
            # Room below the last line would ask for a page of its own where the last page is full.
            story.pop()
        return [title, *story]

    def _flow(self, nodes: Sequence[Node], parent: Element, width: float) -> list[Any]:
        story: list[Any] = []
        for node in nodes:
            after_heading = self._after_heading
            made = self._makers[node.tag](node, parent, width)
            if node.tag in WIDE and not after_heading:
                story.append(CondPageBreak(max(32 * mm * self._room, self._opening(made, width))))
            story += made
            self._after_heading = False
        return story

    # Text ------------------------------------------------------------------------------------------

    def _markup(self, runs: Sequence[Run], weight: str = "regular") -> str:
        """Paragraph markup of our own making; the text of the case is escaped and never markup."""
        parts: list[str] = []
        for run in runs:
            face = "bold" if run.strong else weight
            for font, text in self._fonts.runs(run.text, face):
                # A day stays with its month: 'on 3', at the end of a line, reads as a number.
                held = _DAY.sub("\\1\u00a0\\2", text)
                parts.append(f'<font name="{font}">{escape(held)}</font>'.replace("\n", "<br/>"))
        return "".join(parts)

    def _paragraph(self, runs: Sequence[Run], style: str, element: Element) -> TaggedParagraph:
        weight = "bold" if self._styles[style].fontName == BOLD else "regular"
        made = TaggedParagraph(self._markup(runs, weight), self._styles[style])
        made.structure, made.element = self._structure, element
        return made

    def _words_in(self, text: str, style: str, element: Element) -> TaggedParagraph:
        return self._paragraph((Run(text),), style, element)

    def _heading(self, title: str, parent: Element, level: int) -> TaggedHeading:
        element = parent.add(f"H{level}")
        style = self._styles["title" if level == 1 else f"h{level}"]
        made = TaggedHeading(self._markup((Run(title),), "bold"), style)
        made.structure, made.element = self._structure, element
        self._bookmarks += 1
        made.outline = (f"h{self._bookmarks}", title, level - 1)
        return made

    def _contents(self, node: Node, parent: Element, width: float) -> list[Any]:
        """Every section with its page, as the pass before found them; the bookmarks say the same."""
        story: list[Any] = [self._words_in(node.attributes["title"], "panel", parent.add("P"))]
        element = parent.add("TOC")
        cells: list[list[Any]] = []
        for at, (title, depth) in enumerate(self._headings, 2):
            line = element.add("TOCI").add("P")
            style = f"contents{min(depth, 3)}"
            # The title of the report is the first bookmark.
            number = str(self._pages.get(f"h{at}", 0) or "")
            cells.append([self._words_in(title, style, line), self._words_in(number, "number", line)])
        if cells:
            tight = [("TOPPADDING", (0, 0), (-1, -1), 0), ("BOTTOMPADDING", (0, 0), (-1, -1), 0)]
            story.append(self._layout(cells, _shares((10, 1), width), tight))
        return [*story, Spacer(0, 8)]

    # Blocks ----------------------------------------------------------------------------------------

    def _section(self, node: Node, parent: Element, width: float) -> list[Any]:
        self._depth += 1
        element = parent.add("Sect")
        story: list[Any] = []
        page = node.attributes.get("page")
        if page is not None:
            story.append(self._new_page() if page == "new" else CondPageBreak(MOSTLY_FREE))
        alone = not self._after_heading and page is None
        below = [self._heading(node.attributes["title"], element, min(self._depth, 4))]
        self._after_heading = True
        below += self._flow(node.children, element, width)
        self._depth -= 1
        if alone:
            room = max(18, _room_for(node) * self._room) * mm
            story.append(CondPageBreak(max(room, self._opening(below, width))))
        return [*story, *below]

    def _opening(self, story: Sequence[Any], width: float) -> float:
        """The height of what must not be parted: the lines before a table, its titles and its first row."""
        near = story[:OPENING]
        at = next((place for place, each in enumerate(near) if isinstance(each, Ruled)), None)
        # Most parts hold no table: their lines are measured once, where they are set.
        if at is None or not all(isinstance(each, TaggedParagraph | CondPageBreak) for each in near[:at]):
            return 0.0
        high = asked = 0.0
        for each in near[:at]:
            if isinstance(each, CondPageBreak):
                asked = max(asked, high + each.height)
            else:
                high += each.wrap(width, ENDLESS)[1] + each.getSpaceBefore() + each.getSpaceAfter()
        first: float = near[at].first_rows()
        return min(max(asked, high + first), HIGHEST)

    def _para(self, node: Node, parent: Element, width: float) -> list[Any]:
        kind = node.attributes.get("kind", "para" if width > self._width * 0.75 else "tile")
        made = self._paragraph(node.runs, kind, parent.add("P"))
        if kind != "warn":
            return [made]
        box = [("BACKGROUND", (0, 0), (-1, -1), HexColor(WARN_TINT)), _bar(WARN_LINE)]
        tall = len(node.text) > TALL_ROW
        return [self._layout([[[made]]], [width], box, tall=tall), Spacer(0, 5)]

    def _missing(self, node: Node, parent: Element, width: float) -> list[Any]:
        return [self._paragraph(node.runs, "missing", parent.add("P"))]

    def _list(self, node: Node, parent: Element, width: float) -> list[Any]:
        kind = node.attributes.get("kind", "bullet")
        element = parent.add("L", ListNumbering="Decimal" if kind == "number" else "Disc")
        story: list[Any] = []
        for at, item in enumerate(node.children, 1):
            row = element.add("LI")
            text = f"{at}." if kind == "number" else LABELS[kind]
            ((font, text),) = self._fonts.runs(text, "bold")
            label = (font, text, row.add("Lbl"))
            made = self._paragraph(item.runs, "item", row.add("LBody"))
            made.label = label
            story.append(made)
        return [*story, Spacer(0, 3)]

    def _quote(self, node: Node, parent: Element, width: float) -> list[Any]:
        words, source = node.children
        element = parent.add("BlockQuote")
        body = [
            self._paragraph(words.runs, "para", element.add("P")),
            self._paragraph(source.runs, "small", element.add("P")),
        ]
        tall = len(words.text) > TALL_ROW
        return [self._layout([[body]], [width], [_bar(LINE)], tall=tall), Spacer(0, 5)]

    def _signature(self, node: Node, parent: Element, width: float) -> list[Any]:
        who, when = node.children
        element = parent.add("Sect")
        role = self._words_in(node.attributes["role"], "panel", element.add("P"))
        name = self._paragraph(who.runs, "para", element.add("P"))
        sign = self._words_in(self._words["signature"], "line", element.add("P"))
        day = self._paragraph((Run(f"{self._words['date']}  "), *when.runs), "line", element.add("P"))
        style = [
            ("LINEBELOW", (1, 0), (2, 0), 0.7, HexColor(MUTED)),
            ("VALIGN", (1, 0), (2, 0), "TOP"),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 12),
        ]
        return [self._layout([[[role, name], [sign], [day]]], _shares((4, 4, 3), width), style), Spacer(0, 6)]

    def _lines(self, node: Node, parent: Element, width: float) -> list[Any]:
        """Ruled room for writing by hand; a decoration, with nothing to read."""
        count = int(node.attributes["count"])
        style = [("LINEBELOW", (0, 0), (-1, -1), 0.5, HexColor(LINE))]
        rows = Ruled([[""]] * count, colWidths=[width], rowHeights=[9 * mm] * count, style=TableStyle(style))
        return [rows, Spacer(0, 8)]

    def _if_then(self, node: Node, parent: Element, width: float) -> list[Any]:
        sign, *acts = node.children
        element = parent.add("Sect")
        left = [
            self._words_in(self._words["if"], "panel", element.add("P")),
            self._paragraph(sign.runs, "cell", element.add("P")),
        ]
        right: list[Any] = [self._words_in(self._words["then"], "panel", element.add("P"))]
        for act in acts:
            who, what, by = act.children
            strong = tuple(Run(run.text, True, run.versions) for run in who.runs)
            runs = (*strong, Run(": "), *what.runs, Run(f" ({self._words['by_when']}: "), *by.runs, Run(")"))
            right.append(self._paragraph(runs, "cell", element.add("P")))
        style = [
            ("BACKGROUND", (0, 0), (0, -1), HexColor(TINT)),
            ("BOX", (0, 0), (-1, -1), 0.6, HexColor(LINE)),
            _bar(ACCENT),
        ]
        long = len(sign.text) + sum(len(part.text) for part in node.walk()) > TALL_ROW
        return [self._layout([[left, right]], _shares((2, 3), width), style, tall=long), Spacer(0, 5)]

    def _grid(self, node: Node, parent: Element, width: float) -> list[Any]:
        lengths = [sum(len(part.text) for part in panel.walk()) for panel in node.children]
        columns = 1 if max(lengths, default=0) > LONG_PANEL else 2
        gap = 6.0
        each = (width - gap * (columns - 1)) / columns
        cells: list[Any] = []
        for panel in node.children:
            element = parent.add("Sect")
            title = self._words_in(panel.attributes["title"], "panel", element.add("P"))
            cells.append([title, *self._flow(panel.children, element, each - 2 * PAD - 4)])
        rows: list[list[Any]] = []
        for at in range(0, len(cells), columns):
            row: list[Any] = []
            for cell in cells[at : at + columns]:
                row += [cell, ""] if row == [] and columns == 2 else [cell]
            rows.append(row + [""] * (2 * columns - 1 - len(row)))
        style: list[Any] = [("LINEBELOW", (0, 0), (-1, -1), 4, HexColor("#FFFFFF"))]
        for at in range(len(cells)):
            place = (at % columns * 2, at // columns)
            style += [
                ("BACKGROUND", place, place, HexColor(TINT)),
                ("LINEBEFORE", place, place, 2.5, HexColor(ACCENT)),
            ]
        widths = [each] if columns == 1 else [each, gap, each]
        return [self._layout(rows, widths, style, tall=max(lengths, default=0) > TALL_ROW), Spacer(0, 4)]

    # Tables ----------------------------------------------------------------------------------------

    def _table(self, node: Node, parent: Element, width: float) -> list[Any]:
        heads = [child for child in node.children if child.tag == "head"]
        rows = [child for child in node.children if child.tag == "row"]
        columns = max(len(child.children) for child in node.children)
        shares = [int(part) for part in node.attributes.get("widths", "").split()] or [1] * columns
        titles = [cell.text for cell in heads[0].children] if heads else []
        return self._ruled(
            node.attributes["caption"],
            titles,
            [[cell.runs for cell in row.children] for row in rows],
            _fitted(shares, titles, width, self._styles["head"].fontSize),
            parent,
        )

    def _facts(self, node: Node, parent: Element, width: float) -> list[Any]:
        table = parent.add("Table")
        cells: list[list[Any]] = []
        for fact in node.children:
            row = table.add("TR")
            title = self._words_in(fact.attributes["title"], "head", row.add("TH", Scope="Row"))
            cells.append([title, self._paragraph(fact.runs, "cell", row.add("TD"))])
        style = [("LINEBELOW", (0, 0), (-1, -1), 0.4, HexColor(LINE))]
        longest = max((len(fact.text) for fact in node.children), default=0)
        return [self._layout(cells, _shares((2, 5), width), style, tall=longest > TALL_ROW), Spacer(0, 6)]

    def _matrix(self, node: Node, parent: Element, width: float) -> list[Any]:
        table, caption = self._captioned(node.attributes["caption"], parent)
        heads, body = table.add("TR"), table.add("TR")
        style: list[Any] = [("INNERGRID", (0, 0), (-1, -1), 0.6, HexColor(LINE))]
        style.append(("BOX", (0, 0), (-1, -1), 0.6, HexColor(LINE)))
        titles, levels = [], []
        for at, level in enumerate(node.children):
            head = self._words_in(level.attributes["title"], "head", heads.add("TH", Scope="Column"))
            titles.append(head)
            levels.append(self._rated(level, body.add("TD")))
            style.append(("BACKGROUND", (at, 1), (at, 1), HexColor(step_of(level.text).fill)))
        widths = _shares([1] * len(titles), width)
        return [caption, self._layout([titles, levels], widths, style), Spacer(0, 7)]

    def _rated(self, node: Node, element: Element) -> TaggedParagraph:
        """A level with its symbol before its word, in the ink that its fill asks for."""
        step = step_of(node.text)
        runs = (Run(f"{step.symbol} ", True), *node.runs) if step.symbol else node.runs
        style = ParagraphStyle(f"rated-{step.ink}", self._styles["rated"], textColor=HexColor(step.ink))
        made = TaggedParagraph(self._markup(runs, "bold"), style)
        made.structure, made.element = self._structure, element
        return made

    def _factors(self, node: Node, parent: Element, width: float) -> list[Any]:
        titles = [self._words[word] for word in ("factor", "rating", "known")]
        rows = [
            [(Run(factor.attributes["title"], True),), *(part.runs for part in factor.children)]
            for factor in node.children
        ]
        return self._ruled(
            node.attributes["caption"], titles, rows, _shares((3, 2, 5), width), parent, rated=1
        )

    def _timeline(self, node: Node, parent: Element, width: float) -> list[Any]:
        titles = [self._words[word] for word in ("when", "who", "what")]
        rows = [[part.runs for part in moment.children] for moment in node.children]
        widths = _shares((3, 3, 6), width)
        return self._ruled(node.attributes["caption"], titles, rows, widths, parent, line=True)

    def _captioned(self, caption: str, parent: Element) -> tuple[Element, TaggedParagraph]:
        table = parent.add("Table")
        return table, self._words_in(caption, "caption", table.add("Caption"))

    def _ruled(
        self,
        caption: str,
        titles: Sequence[str],
        rows: Sequence[Sequence[tuple[Run, ...]]],
        widths: list[float],
        parent: Element,
        rated: int | None = None,
        line: bool = False,
    ) -> list[Any]:
        """A data table with a caption and, where it has titles, a header row that is repeated."""
        table, above = self._captioned(caption, parent)
        style: list[Any] = [("LINEBELOW", (0, 0), (-1, -1), 0.4, HexColor(LINE))]
        cells: list[list[Any]] = []
        if titles:
            head = table.add("THead").add("TR")
            cells.append([self._head_cell(title, head) for title in titles])
            style += [
                ("BACKGROUND", (0, 0), (-1, 0), HexColor(TINT)),
                ("LINEBELOW", (0, 0), (-1, 0), 1, HexColor(ACCENT)),
            ]
        body = table.add("TBody")
        for row in rows:
            element = body.add("TR")
            cells.append([self._paragraph(runs, "cell", element.add("TD")) for runs in row])
            if rated is not None:
                fill = step_of("".join(run.text for run in row[rated]))
                at = len(cells) - 1
                style.append(("BACKGROUND", (rated, at), (rated, at), HexColor(fill.fill)))
                cells[-1][rated] = self._rated(Node("rating", {}, row[rated], (), (), 0), element.kids[rated])  # type: ignore[arg-type]
        if line:
            style.append(("LINEBEFORE", (0, 1), (0, -1), 3, HexColor(ACCENT)))
        longest = max((sum(len(run.text) for runs in row for run in runs) for row in rows), default=0)
        made = self._layout(cells, widths, style, tall=longest > TALL_ROW, repeat=1 if titles else 0)
        return [above, made, Spacer(0, 7)]

    def _head_cell(self, title: str, row: Element) -> TaggedParagraph:
        made = self._words_in(title, "head", row.add("TH", Scope="Column"))
        made.once = True
        return made

    def _layout(
        self, cells: list[Any], widths: list[float], style: list[Any], tall: bool = False, repeat: int = 0
    ) -> Ruled:
        common = [
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LEFTPADDING", (0, 0), (-1, -1), PAD + 1),
            ("RIGHTPADDING", (0, 0), (-1, -1), PAD),
            ("TOPPADDING", (0, 0), (-1, -1), self._pad - 1),
            ("BOTTOMPADDING", (0, 0), (-1, -1), self._pad),
        ]
        return Ruled(
            cells,
            colWidths=widths,
            repeatRows=repeat,
            splitInRow=1 if tall else 0,
            style=TableStyle(common + style),
            hAlign="LEFT",
        )


def _room_for(section: Node) -> float:
    """The millimetres that must be free under a heading, so that it never stands alone."""
    signing = [child for child in section.children if child.tag in {"signature", "lines"}]
    if signing:
        return 20 + sum(8 * int(child.attributes.get("count", 0)) or 15 for child in signing)
    first = next((child.tag for child in section.walk() if child.tag not in {"section", "facts"}), "")
    return 55 if first in WIDE else 28


def _bar(colour: str) -> tuple[Any, ...]:
    return ("LINEBEFORE", (0, 0), (0, -1), 2.5, HexColor(colour))


def _shares(parts: Sequence[float], width: float) -> list[float]:
    return [width * part / sum(parts) for part in parts]


def _fitted(shares: Sequence[int], titles: Sequence[str], width: float, size: float) -> list[float]:
    """Widths by share, but never narrower than the longest word of a header."""
    least = [
        max((stringWidth(word, BOLD, size) for word in title.split()), default=0) + 2 * PAD + 2
        for title in titles
    ] or [0.0] * len(shares)
    widths = _shares(shares, width)
    short = sum(max(0.0, need - have) for need, have in zip(least, widths, strict=True))
    spare = sum(max(0.0, have - need) for need, have in zip(least, widths, strict=True))
    if not short or spare < short:
        return widths
    return [
        need if have < need else have - (have - need) * short / spare
        for need, have in zip(least, widths, strict=True)
    ]
