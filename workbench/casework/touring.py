"""The tour: the sample caseload as files that anyone can open, with an index."""

from __future__ import annotations

import html
import shutil
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from workbench.casework import opening, reading, reporting, sample
from workbench.casework.desk import Desk
from workbench.casework.opening import Secret
from workbench.clock import Clock
from workbench.errors import Expected
from workbench.models.amounts import counted
from workbench.models.ids import Ids
from workbench.models.released import ALL, Chosen
from workbench.reports import library
from workbench.security.keyring import NoKeyring

FORMATS = ("pdf", "docx", "html")
STORE = "sample"
# Those who oversee others, each with a store of their own.
LEADING = {"spo": "sample-team", "aco": "sample-division"}


Pictures = Callable[[Path], list[tuple[str, str]]]


def write(
    out: Path,
    clock: Clock,
    ids: Ids,
    tellers: Sequence[sample.Teller],
    today: date | None,
    pictures: Pictures = lambda folder: [],
) -> None:
    """Makes a sample store in `out` and writes lists as JSON and every report for every reader beside it.

    `pictures` is given the store's folder and writes the screens; it tells their names and what each shows.
    Where it does, it is given the stores of those who oversee others as well.
    """
    out.mkdir(parents=True, exist_ok=True)
    folder = out / STORE
    for held in (folder, *(out / name for name in LEADING.values())):
        if (held / "store.json").is_file():
            shutil.rmtree(held)
    sample.make(folder, clock, ids, tellers, today=today)
    secret = Secret((folder / "passphrase.txt").read_text(encoding="utf-8").strip())
    desk = opening.open_desk(folder, secret, clock, ids, NoKeyring())
    try:
        written = [*_lists(desk, out), *_reports(desk, out)]
    finally:
        desk.close()
    seen = pictures(folder)
    for role, name in LEADING.items() if seen else ():
        sample.make(out / name, clock, ids, tellers, role=role, today=today)
        seen = list(dict.fromkeys([*seen, *pictures(out / name)]))
    (out / "index.html").write_text(_index(seen, written), encoding="utf-8")


def _lists(desk: Desk, out: Path) -> list[tuple[str, str]]:
    crn = next(row.crn for row in desk.cases() if row.open_recall)
    lists: tuple[tuple[str, str, Callable[[], Any]], ...] = (
        ("cases.json", "The caseload", lambda: reading.cases(desk)),
        ("due.json", "What is due, each with its because", lambda: reading.due(desk)),
        ("findings.json", "What a person should look at", lambda: reading.findings(desk)),
        ("advice.json", "Pathway suggestions", lambda: reading.advice(desk)),
        ("show.json", "One case on one page", lambda: reading.show(desk, crn)),
        ("chronology.json", "Its chronology", lambda: reading.chronology(desk, crn)),
        ("facts.json", "What is known of it", lambda: reading.facts(desk, crn)),
        ("search.json", "Where 'allotment' stands", lambda: reading.search(desk, "allotment")),
        ("audit.json", "The look-log", lambda: reading.audit(desk)),
    )
    for name, _, rows in lists:
        (out / name).write_bytes(msgspec.json.format(msgspec.json.encode(rows()), indent=2))
    return [(name, says) for name, says, _ in lists]


def _reports(desk: Desk, out: Path) -> list[tuple[str, str]]:
    written: list[tuple[str, str]] = []
    case = _case_to_report(desk)
    for report in library.Library().ids():
        whole = library.Library().definition(report).report.reads.whole == "yes"
        for audience in library.Library().definition(report).report.audiences:
            for language in ("en", "cy"):
                # Welsh on paper alone: a newcomer waits for these files.
                for format_ in FORMATS if language == "en" else FORMATS[:1]:
                    name = f"{report}-{audience}-{language}.{format_}"
                    try:
                        chosen = Chosen(entry=_entry_to_report(desk, case)) if whole else ALL
                        drawn = reporting.draw(desk, report, case, audience, format_, language, chosen)
                    except Expected as error:
                        written.append(
                            ("", f"{report} for {audience} ({language}, {format_}): {error.sentence()}")
                        )
                        continue
                    (out / name).write_bytes(drawn.data)
                    written.append(
                        (name, f"{report} for {audience} ({language}, {counted(drawn.pages, 'page')})")
                    )
    return written


def _entry_to_report(desk: Desk, case: str) -> str:
    """The last visit or contact that stands."""
    stood = desk.case(case)
    found = [entry for form in ("contact", "home-visit") for entry in stood.of_form(form)]
    return found[-1].id


def _case_to_report(desk: Desk) -> str:
    """A case about to be released whose plan is countersigned."""
    for row in desk.cases():
        case = desk.case(row.case)
        plans = case.of_form("risk-management-plan")
        release = any(
            case.known("sentence.release_on", of, desk.today.isoformat()).known
            for of in case.about("sentence.release_on")
        )
        if release and any(plan.status == "countersigned" for plan in plans):
            return row.case
    return desk.cases()[0].case


def _index(seen: list[tuple[str, str]], written: list[tuple[str, str]]) -> str:
    rows = "\n".join(
        f'<li><a href="{html.escape(name)}">{html.escape(says)}</a></li>'
        if name
        else f"<li>{html.escape(says)}</li>"
        for name, says in written
    )
    screens = "\n".join(
        f'<a href="{html.escape(name)}"><figure><img src="{html.escape(name)}" alt="{html.escape(says)}" '
        f'loading="lazy"><figcaption>{html.escape(says)}</figcaption></figure></a>'
        for name, says in seen
    )
    return (
        '<!doctype html>\n<html lang="en"><meta charset="utf-8"><title>Workbench tour (sample)</title>\n'
        "<style>body { font-family: sans-serif; max-width: 80rem; margin: 2rem auto; padding: 0 1rem }\n"
        "main { display: grid; grid-template-columns: repeat(auto-fill, minmax(22rem, 1fr)); gap: 1rem }\n"
        "figure { margin: 0 } img { width: 100%; border: 1px solid #999 }</style>\n"
        "<body><h1>The workbench on its sample caseload</h1>\n"
        "<p>Everyone named here is invented.</p>\n"
        f"<h2>Screens</h2>\n<main>\n{screens}\n</main>\n<h2>Lists and reports</h2>\n<ul>\n{rows}\n</ul>\n"
        "</body></html>\n"
    )
