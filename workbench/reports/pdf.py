"""The PDF writer: pages, their headers and footers, the passes, and the hand-over to the post-process."""

from __future__ import annotations

import io
from typing import Any

from reportlab import rl_config
from reportlab.graphics import shapes
from reportlab.lib.colors import HexColor, white
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, tables

from workbench.reports import pdfua
from workbench.reports.fonts import BODY, BOLD, Fonts
from workbench.reports.look import ACCENT, INK, LINE, MUTED
from workbench.reports.pages import Page
from workbench.reports.pdf_blocks import Blocks
from workbench.reports.pdf_tags import Structure, artifact
from workbench.reports.tree import Node

WIDTH, HEIGHT = A4
SIDE, TOP, BOTTOM = 18 * mm, 27 * mm, 21 * mm
MAX_PASSES = 6
# How large the text is drawn, by what the report is printed as: the first size at which it fits, else the last.
SIZES = {"": (1.0,), "large": (1.25,), "one-page": (1.0, 0.93, 0.86, 0.8), "fold": (1.3, 1.15, 1.0, 0.9, 0.8)}
# A sheet folded once across and twice down is as large as a telephone: six faces, three above and three below.
FACES, MARGIN = 3, 5 * mm
# More characters than a header line can hold in any font.
LONGEST_LINE = 160


class _Document(BaseDocTemplate):  # type: ignore[misc]
    """One pass: a page template with our header and footer; folded, the sheet has six faces."""

    def __init__(self, out: io.BytesIO, page: Page, fonts: Fonts, total: int, *, fold: bool) -> None:
        super().__init__(
            out,
            pagesize=A4,
            invariant=1,
            lang="cy-GB" if page.language == "cy" else "en-GB",
            title=page.title,
            initialFontName=BODY,
            pageCompression=1,
        )
        self._page, self._fonts, self._total = page, fonts, total
        self._fold = fold
        whole = Frame(SIDE, BOTTOM, WIDTH - 2 * SIDE, HEIGHT - TOP - BOTTOM, 0, 0, 0, 0)
        frames = _faces() if fold else [whole]
        self.addPageTemplates(PageTemplate("page", frames, onPage=self._furniture))

    def _furniture(self, canvas: Any, document: Any) -> None:
        """Header and footer: artifacts, so that no reader speaks them on every page."""
        page, words = self._page, self._page.words
        with artifact(canvas, "Pagination"):
            canvas.saveState()
            self._marking(canvas, HEIGHT - 9.5 * mm)
            if page.sample:
                self._band(canvas)
            self._row(canvas, HEIGHT - 18 * mm, page.title, page.status, MUTED)
            self._row(canvas, HEIGHT - 14 * mm, page.whose, f"{words['for']}: {page.reader}", INK)
            canvas.setStrokeColor(HexColor(LINE))
            canvas.setLineWidth(0.6)
            canvas.line(SIDE, HEIGHT - 20.5 * mm, WIDTH - SIDE, HEIGHT - 20.5 * mm)
            canvas.line(SIDE, 15.5 * mm, WIDTH - SIDE, 15.5 * mm)
            number = f"{words['page']} {canvas.getPageNumber()} {words['of']} {self._total}"
            dated = f"{words['facts_of']} {page.facts_of} · {words['version']} {page.version}"
            self._row(canvas, 11.5 * mm, dated, number, MUTED)
            self._marking(canvas, 7 * mm)
            if self._fold:
                self._folds(canvas)
            canvas.restoreState()

    def _folds(self, canvas: Any) -> None:
        canvas.setDash(2, 3)
        canvas.line(MARGIN, HEIGHT / 2, WIDTH - MARGIN, HEIGHT / 2)
        for at in range(1, FACES):
            canvas.line(at * WIDTH / FACES, 17 * mm, at * WIDTH / FACES, HEIGHT - 22 * mm)

    def _marking(self, canvas: Any, y: float) -> None:
        canvas.setFillColor(HexColor(ACCENT))
        canvas.setFont(BOLD, 9)
        canvas.drawCentredString(WIDTH / 2, y, self._page.words["marking"])

    def _band(self, canvas: Any) -> None:
        canvas.setFillColor(HexColor(INK))
        canvas.rect(0, HEIGHT - 5.5 * mm, WIDTH, 5.5 * mm, stroke=0, fill=1)
        canvas.setFillColor(white)
        canvas.setFont(BOLD, 8.5)
        canvas.drawCentredString(WIDTH / 2, HEIGHT - 3.9 * mm, self._page.words["sample"])

    def _row(self, canvas: Any, y: float, left: str, right: str, ink: str) -> None:
        size = 8.5
        canvas.setFillColor(HexColor(ink))
        taken = sum(stringWidth(text, font, size) for font, text in self._fonts.runs(right))
        self._draw(canvas, WIDTH - SIDE - taken, y, right, taken + 1)
        self._draw(canvas, SIDE, y, left, WIDTH - 2 * SIDE - taken - 12)

    def _draw(self, canvas: Any, x: float, y: float, text: str, room: float) -> None:
        """Draws one line, cut with dots where it has no room."""
        size, end = 8.5, x + room
        for font, stretch in self._fonts.runs(" ".join(text.split())[:LONGEST_LINE]):
            shown = stretch
            while shown and x + stringWidth(shown, font, size) > end:
                shown = shown[:-2] + "…" if len(shown) > 2 else ""
            canvas.setFont(font, size)
            canvas.drawString(x, y, shown)
            x += stringWidth(shown, font, size)
            if shown != stretch:
                break


def _faces() -> list[Frame]:
    """The six faces of a folded sheet in reading order: along the top, then along the bottom."""
    width = WIDTH / FACES
    rows = ((HEIGHT / 2 + 3 * mm, HEIGHT - 23 * mm), (18 * mm, HEIGHT / 2 - 3 * mm))
    return [
        Frame(at * width + MARGIN, low, width - 2 * MARGIN, high - low, 0, 0, 0, 0)
        for low, high in rows
        for at in range(FACES)
    ]


def write(root: Node, page: Page, files: dict[str, bytes], fonts: Fonts) -> tuple[bytes, int]:
    """The finished PDF and its number of pages; the same input gives the same bytes.

    What is to be one page is drawn smaller until it is; where even the smallest is more, nothing is cut.

    Raises:
        RuntimeError: the page total did not settle.
    """
    # Three places where reportlab would else name a font that is not embedded.
    rl_config.canvas_basefontname = BODY
    shapes.STATE_DEFAULTS["fontName"] = BODY
    tables.CellStyle.fontname = BODY
    printed = root.attributes.get("print", "")
    sizes = SIZES[printed]
    for scale in sizes:
        data, structure, total = _settled(root, page, fonts, scale, fold=printed == "fold")
        if total == 1 or scale == sizes[-1]:
            break
    return pdfua.finish(data, structure, page.title, page.language, files), total


def _settled(
    root: Node, page: Page, fonts: Fonts, scale: float, *, fold: bool
) -> tuple[bytes, Structure, int]:
    """Passes until the total and the pages of all headings are those of the pass before."""
    width = WIDTH / FACES - 2 * MARGIN if fold else WIDTH - 2 * SIDE
    total = 0
    pages: dict[str, int] = {}
    for _ in range(MAX_PASSES):
        out, structure = io.BytesIO(), Structure()
        document = _Document(out, page, fonts, total, fold=fold)
        blocks = Blocks(fonts, structure, page.words, width, scale, pages, fold=fold)
        document.build(blocks.report(root))
        if document.page == total and structure.pages == pages:
            return out.getvalue(), structure, total
        total, pages = document.page, structure.pages
    raise RuntimeError("the page total did not settle")
