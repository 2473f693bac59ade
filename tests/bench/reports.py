"""Reports: a plan of a dozen pages and one of hundreds, drawn as the worker draws them."""

from __future__ import annotations

import io
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import msgspec

from tests.bench.harness import Line, Sizes, alone, compare, missing, single, spread, took, versus
from workbench.errors import Refused
from workbench.models.released import ReleasedCase, Rendered, Row, Value
from workbench.reports import worker
from workbench.reports.drawing import Job, draw
from workbench.reports.library import Library
from workbench.reports.specimens import specimen

REPORT, AUDIENCE = "release-plan", "file"
# Rows of the specimen's widest table that make a page, and those beside the specimen's own six pages.
ROWS_A_PAGE, OWN_PAGES = 7, 6
PLAN_PAGES = 13
LONG_SECONDS = 300
MB = 1024**2


def plan(sizes: Sizes, folder: Path) -> Iterator[Line]:
    """The plan inside the worker against raw Platypus, from asked to shown, and against other tools."""
    released = _case(PLAN_PAGES if sizes.others else 0)
    job = _job(released, "pdf")
    pages = draw(job).pages
    what = f"plan of {pages} pages"
    inside = lambda: took(lambda: draw(job))
    found = compare(inside, lambda: took(lambda: _platypus(job)), sizes.rounds)
    yield versus(f"{what}, inside the worker", "the same content, raw Platypus", found, ratio=1.5)
    cold = lambda: took(lambda: worker.render(released, REPORT, "pdf", "en"))
    asked = [(cold(), inside()) for _ in range(sizes.rounds)]
    extra = spread([above - below for above, below in asked])
    yield single(f"{what}, asked to shown, cold", spread([above for above, _ in asked]))
    yield single(f"{what}, asked to shown, beyond drawing", extra, ms=500)
    for tool, floor in (
        ("LibreOffice", _libreoffice(released, folder)),
        ("WeasyPrint", _weasyprint(released)),
    ):
        name = f"{tool} from our own file"
        if floor is None or not sizes.others:
            yield missing(f"{what}, inside the worker", name)
        else:
            yield versus(f"{what}, inside the worker", name, compare(inside, floor, sizes.rounds), ratio=1)


def long_report(sizes: Sizes, folder: Path) -> Iterator[Line]:
    """Hundreds of pages in a worker, against a tenth of them: time, memory and how soon it can be cancelled."""
    many, few = _bytes(_case(sizes.pages)), _bytes(_case(sizes.pages // 10))
    peaks: list[float] = []
    pages: list[int] = []

    def long() -> float:
        began = time.perf_counter()
        peak, made = _watched(many)
        peaks.append(peak)
        pages.append(made.pages)
        return time.perf_counter() - began

    def short() -> float:
        return took(lambda: _watched(few))

    found = compare(long, short, sizes.rounds)
    what = f"report of {pages[0]} pages"
    yield versus(what, "a tenth of its rows", found, ratio=12)
    if peaks[0]:
        yield Line(f"{what}, memory", took=spread(peaks), unit="MB", may_take=200)
    yield single(f"{what}, cancelled", alone(lambda: _cancelled(many), sizes.rounds), ms=1000)


def _case(pages: int) -> ReleasedCase:
    """The specimen case, its widest table made as long as that many pages need; of none the empty case."""
    found = specimen(Library(), REPORT, AUDIENCE, "full" if pages else "empty")
    rows = tuple(_row(at) for at in range(max(0, pages - OWN_PAGES) * ROWS_A_PAGE))
    entries = tuple(
        msgspec.structs.replace(entry, answers={**entry.answers, "contingency": rows})
        if rows and "contingency" in entry.answers
        else entry
        for entry in found.entries
    )
    return msgspec.structs.replace(found, entries=entries)


def _row(at: int) -> Row:
    texts = {
        "trigger": f"Sign {at}: misses two appointments in a row and gives no reason when asked about it.",
        "who": "Ann Example, probation practitioner, after asking the senior officer on duty that day",
        "within": "one working day",
    }
    return Row(f"row-{at}", {key: Value(text, text, "text", (f"v{at}",)) for key, text in texts.items()})


def _bytes(released: ReleasedCase, format: str = "pdf") -> bytes:
    return worker.job_bytes(Library(), released, REPORT, format, "en")


def _job(released: ReleasedCase, format: str) -> Job:
    return msgspec.msgpack.decode(_bytes(released, format), type=Job)


def _watched(job: bytes) -> tuple[float, Rendered]:
    """What a worker makes, and the most memory it was seen to hold, in MB (0 where the system does not tell)."""
    peak = 0.0
    work = worker.Worker(job, LONG_SECONDS)
    status = Path(f"/proc/{work.process.pid}/status")

    def look() -> bool:
        nonlocal peak
        if status.exists():
            held = [line for line in status.read_text().splitlines() if line.startswith("VmHWM")]
            peak = max([peak, *(int(line.split()[1]) / 1024 for line in held)])
        return False

    made = work.result(look)
    return peak, made


def _cancelled(job: bytes) -> float:
    """The seconds from asking a busy worker to stop until it is gone."""
    work = worker.Worker(job, LONG_SECONDS)
    time.sleep(1)
    asked: list[float] = []

    def cancel() -> bool:
        asked.append(time.perf_counter())
        return True

    try:
        work.result(cancel)
    except Refused:
        return time.perf_counter() - asked[0]
    return 0.0


# The floors


def _platypus(job: Job) -> bytes:
    """The same words in stock paragraphs and tables, with 'page x of y', so drawn twice; no tags."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import LongTable, Paragraph, SimpleDocTemplate

    from workbench.reports import template, tree
    from workbench.reports.context import Context
    from workbench.reports.fonts import BODY, BOLD, Fonts

    Fonts(job.files)
    names = Context(job.case, job.report, job.language).names()
    xml = template.render(job.template, job.template_name, job.words, job.language, names)
    body = ParagraphStyle("body", fontName=BODY, fontSize=9.5, leading=12.5)
    head = ParagraphStyle("head", fontName=BOLD, fontSize=12, leading=16, spaceBefore=8, spaceAfter=4)
    width = A4[0] - 100

    def cell(node: tree.Node) -> list[Any]:
        return [Paragraph(escape(part.text), body) for part in node.walk() if part.runs]

    def flow(node: tree.Node) -> Iterator[Any]:
        if "title" in node.attributes:
            yield Paragraph(escape(node.attributes["title"]), head)
        if node.runs:
            yield Paragraph(escape(node.text), body)
        rows = [child for child in node.children if child.tag in ("row", "head", "moment", "factor")]
        if rows:
            columns = max(len(row.children) for row in rows)
            cells = [[cell(part) for part in row.children] for row in rows]
            cells = [row + [[]] * (columns - len(row)) for row in cells]
            yield LongTable(cells, colWidths=[width / columns] * columns, repeatRows=1)
        for child in node.children:
            if child not in rows:
                yield from flow(child)

    root = tree.parse(xml, job.template_name)
    total = 0
    for _ in range(2):
        out = io.BytesIO()
        made = SimpleDocTemplate(out, pagesize=A4, leftMargin=50, rightMargin=50)

        def number(canvas: Any, document: Any, of: int = total) -> None:
            canvas.setFont(BODY, 8)
            canvas.drawString(50, 30, f"Page {document.page} of {of}")

        made.build(list(flow(root)), onFirstPage=number, onLaterPages=number)
        total = made.page
    return out.getvalue()


def _libreoffice(released: ReleasedCase, folder: Path) -> Callable[[], float] | None:
    if shutil.which("soffice") is None:
        return None
    file = folder / "plan.docx"
    file.write_bytes(draw(_job(released, "docx")).data)
    profile = f"-env:UserInstallation=file://{folder}/office"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(file)]
    return lambda: took(lambda: subprocess.run(command, check=True, capture_output=True))


def _weasyprint(released: ReleasedCase) -> Callable[[], float] | None:
    if find_spec("weasyprint") is None:
        return None
    import weasyprint

    page = draw(_job(released, "html")).data.decode()
    return lambda: took(lambda: weasyprint.HTML(string=page).write_pdf())
