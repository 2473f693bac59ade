"""One job from released case to finished bytes, as the worker does it: no file, no clock, no environment."""

from __future__ import annotations

import hashlib

import msgspec

from workbench.models.released import ALL, Chosen, ReleasedCase, Rendered
from workbench.reports import template, tree
from workbench.reports.context import Context, stands_on
from workbench.reports.library import Report
from workbench.reports.pages import Page, page


class Job(msgspec.Struct, frozen=True):
    """All that the worker is given: the case as released, and public texts and fonts."""

    case: ReleasedCase
    report: Report
    format: str
    language: str
    words: dict[str, str]
    template_name: str
    template: str
    files: dict[str, bytes]
    hashes: dict[str, str]
    chosen: Chosen = ALL


def draw(job: Job) -> Rendered:
    """The finished file of one job.

    Raises:
        BadDefinition: the template asks for what is not there.
    """
    names = Context(job.case, job.report, job.language, job.chosen).names()
    xml = template.render(job.template, job.template_name, job.words, job.language, names)
    root = tree.spared(tree.parse(xml, job.template_name), job.words["nothing"])
    record = _sha256(msgspec.json.encode(job.case, order="sorted"))
    rests = stands_on(job.case, job.report) if job.report.stands_on else record
    sheet = page(job.case, rests, root.attributes["title"], job.language, job.words)
    drawn = _write(job, root, sheet)
    hashes = job.hashes | {"case": record, "file": _sha256(drawn.data)}
    return Rendered(
        job.format, drawn.data, drawn.text, tree.sentences(root), drawn.pages, hashes, drawn.replaced
    )


class _Drawn(msgspec.Struct, frozen=True):
    """What a writer made."""

    data: bytes
    text: str
    pages: int = 0
    replaced: tuple[str, ...] = ()


def _write(job: Job, root: tree.Node, sheet: Page) -> _Drawn:
    """The bytes in the format asked for; each writer's libraries load only when it is needed."""
    if job.format == "html":
        from workbench.reports import html

        return _Drawn(html.write(root, sheet), _tree_text(root))
    if job.format == "docx":
        from workbench.reports import docx

        return _Drawn(docx.write(root, sheet), _tree_text(root))
    from workbench.reports import pdf
    from workbench.reports.fonts import Fonts

    fonts = Fonts(job.files)
    data, pages = pdf.write(root, sheet, job.files, fonts)
    return _Drawn(data, pdf_text(data), pages, tuple(fonts.replaced))


def pdf_text(data: bytes) -> str:
    """The text of every page, in reading order."""
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    try:
        return "\n".join(page.get_textpage().get_text_bounded() for page in document)
    finally:
        document.close()


def _tree_text(root: tree.Node) -> str:
    lines = []
    for node in root.walk():
        lines += [node.attributes[key] for key in ("title", "caption", "role") if key in node.attributes]
        lines += [node.text] if node.runs else []
    return "\n".join(lines)


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
