"""Pages of a PDF as pictures, for the preview and for paper."""

from __future__ import annotations

from collections.abc import Iterable

import pypdfium2

from workbench.models.released import Picture


def of_pages(data: bytes, pages: Iterable[int], scale: float) -> tuple[Picture, ...]:
    """These pages (0 is the first; those beyond the end are left out); `scale` 1.0 is 72 dots an inch."""
    document = pypdfium2.PdfDocument(data)
    try:
        return tuple(_picture(document, number, scale) for number in pages if number < len(document))
    finally:
        document.close()


def _picture(document: pypdfium2.PdfDocument, number: int, scale: float) -> Picture:
    page = document[number]
    drawn = page.render(scale=scale, prefer_bgrx=True)
    made = Picture(drawn.width, drawn.height, drawn.stride, bytes(drawn.buffer))
    drawn.close()
    page.close()
    return made
