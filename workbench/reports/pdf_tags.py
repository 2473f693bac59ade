"""Our own marked content for reportlab: flowables that note what they drew in a structure tree.

reportlab writes no tags. Each flowable here wraps what it draws in marked content and records page and
number in its element; `pdfua` later writes the tree into the file. What only decorates is an artifact.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from reportlab.pdfbase.pdfmetrics import getAscent
from reportlab.platypus import LongTable, Paragraph

from workbench.reports.look import INK

# More than any page is high, in points.
ENDLESS = 1e6


class Element:
    """One element of the structure tree; its kids are elements or (page, number) of marked content."""

    def __init__(self, tag: str, **attributes: str) -> None:
        self.tag = tag
        self.attributes = attributes
        self.kids: list[Element | tuple[int, int]] = []

    def add(self, tag: str, **attributes: str) -> Element:
        """A new last child."""
        child = Element(tag, **attributes)
        self.kids.append(child)
        return child

    def drawn(self) -> bool:
        """Whether something of this element stands on a page already."""
        return any(isinstance(kid, tuple) for kid in self.kids)


class Structure:
    """The structure tree of one document, and how many pieces of marked content each page has.

    `pages` tells for each bookmark the page that its heading fell on.
    """

    def __init__(self) -> None:
        self.root = Element("Document")
        self.pages: dict[str, int] = {}
        self._counts: dict[int, int] = {}

    def next_on(self, page: int) -> int:
        """The next free number on a page (pages from 1)."""
        number = self._counts.get(page, 0)
        self._counts[page] = number + 1
        return number


@contextmanager
def marked(canvas: Any, structure: Structure, element: Element) -> Iterator[None]:
    """Everything drawn inside belongs to `element`."""
    page = canvas.getPageNumber()
    number = structure.next_on(page)
    canvas.addLiteral(f"/{element.tag} <</MCID {number}>> BDC")
    yield
    canvas.addLiteral("EMC")
    element.kids.append((page, number))


@contextmanager
def artifact(canvas: Any, kind: str = "Layout") -> Iterator[None]:
    """Everything drawn inside is decoration, and no reader speaks it."""
    canvas.addLiteral(f"/Artifact <</Type /{kind}>> BDC")
    yield
    canvas.addLiteral("EMC")


class TaggedParagraph(Paragraph):  # type: ignore[misc]
    """A paragraph that belongs to an element; both halves of a split one belong to the same."""

    structure: Structure
    element: Element
    label: tuple[str, str, Element] | None = None
    once = False

    def draw(self) -> None:
        """Draws inside marked content; a header cell drawn again on a later page is an artifact."""
        if self.once and self.element.drawn():
            with artifact(self.canv):
                super().draw()
            return
        if self.label:
            self._draw_label(*self.label)
        with marked(self.canv, self.structure, self.element):
            super().draw()

    def _draw_label(self, font: str, text: str, element: Element) -> None:
        with marked(self.canv, self.structure, element):
            self.canv.setFont(font, self.style.fontSize)
            self.canv.setFillColor(INK)
            # The first line of a paragraph stands one ascent of its own font below its top.
            ascent = getAscent(self.style.fontName, self.style.fontSize)
            self.canv.drawString(self.style.bulletIndent, self.height - ascent, text)

    def split(self, width: float, height: float) -> list[Any]:
        """The two halves, both of this element; the label stays with the first."""
        parts: list[Any] = super().split(width, height)
        for at, part in enumerate(parts):
            part.structure, part.element, part.once = self.structure, self.element, self.once
            part.label = None if at else self.label
        return parts


class TaggedHeading(TaggedParagraph):
    """A heading that is also an entry of the outline."""

    outline: tuple[str, str, int] = ("", "", 0)

    def draw(self) -> None:
        """Draws the heading and sets its bookmark at its top edge."""
        key, title, level = self.outline
        if key and not self.element.drawn():
            _, top = self.canv.absolutePosition(0, self.height)
            self.canv.bookmarkPage(key, fit="XYZ", left=0, top=top + 6, zoom=0)
            self.canv.addOutlineEntry(title, key, level)
            self.structure.pages[key] = self.canv.getPageNumber()
        super().draw()


class Ruled(LongTable):  # type: ignore[misc]
    """A table whose background and lines are artifacts; its cells tag themselves."""

    def first_rows(self) -> float:
        """The height of its titles and of the row below them, in points."""
        pad = self._cellStyles[0][0].topPadding + self._cellStyles[0][0].bottomPadding
        side = self._cellStyles[0][0].leftPadding + self._cellStyles[0][0].rightPadding
        rows = self._cellvalues[: self.repeatRows + 1]
        high = 0.0
        for row in rows:
            cells = zip(row, self._colWidths, strict=True)
            texts = [(cell, wide - side) for cell, wide in cells if isinstance(cell, TaggedParagraph)]
            high += pad + max((float(cell.wrap(wide, ENDLESS)[1]) for cell, wide in texts), default=0.0)
        return high

    def _drawBkgrnd(self) -> None:  # noqa: N802 (reportlab's name)
        with artifact(self.canv):
            super()._drawBkgrnd()

    def _drawLines(self) -> None:  # noqa: N802 (reportlab's name)
        with artifact(self.canv):
            super()._drawLines()
