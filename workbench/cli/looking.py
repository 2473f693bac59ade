"""Commands that read cases: lists, one case, search, the look-log, and reports."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import click

from workbench.casework import reading, reporting
from workbench.casework.desk import Desk
from workbench.cli.options import CASE, Day, Row, listed, must_be_new, on_desk, write_out
from workbench.models.released import Chosen


@click.command("cases", help="Every case: who holds it, RoSH, MAPPA, what is due next.")
@listed
@on_desk
def cases(desk: Desk) -> list[Row]:
    """Lists the cases."""
    return reading.cases(desk)


@click.command("show", help="One case on one page.")
@click.argument("crn")
@listed
@on_desk
def show(desk: Desk, crn: str) -> Row:
    """Shows a case."""
    return reading.show(desk, crn)


@click.command(
    "chronology", help="Every entry of a case, by when it happened; with --entry all versions of one."
)
@click.argument("crn")
@click.option("--entry", help="Every version of this entry, with its answers.")
@listed
@on_desk
def chronology(desk: Desk, crn: str, entry: str | None) -> list[Row]:
    """Lists the entries of a case."""
    return reading.versions_of(desk, crn, entry) if entry else reading.chronology(desk, crn)


@click.command("facts", help="What is known of a case, each fact with its source.")
@click.argument("crn")
@click.option("--on", "day", type=Day(), help="As it stood on this day.")
@click.option("--known", type=Day(), help="As this store knew it at the end of that day.")
@listed
@on_desk
def facts(desk: Desk, crn: str, day: date | None) -> list[Row]:
    """Lists the facts of a case."""
    return reading.facts(desk, crn, day)


@click.command("due", help="What is owed, each with its because.")
@CASE
@click.option("--officer", help="The responsible officer's name.")
@click.option("--all", "everything", is_flag=True, help="Also what was met or has ended.")
@listed
@on_desk
def due(desk: Desk, case: str | None, officer: str | None, everything: bool) -> list[Row]:
    """Lists duties."""
    return reading.due(desk, case, officer, everything=everything)


@click.command("findings", help="What in the record a person should look at.")
@CASE
@click.option("--entry", help="Only what is about this entry.")
@listed
@on_desk
def findings(desk: Desk, case: str | None, entry: str | None) -> list[Row]:
    """Lists findings."""
    return reading.findings(desk, case, entry)


@click.command("advice", help="Pathway suggestions for a case; a person decides.")
@click.option("--case", "case", required=True, help="CRN or case id.")
@listed
@on_desk
def advice(desk: Desk, case: str) -> list[Row]:
    """Lists advice."""
    return reading.advice(desk, case)


@click.command("search", help="Where words stand across all cases; the search is logged.")
@click.argument("text")
@listed
@on_desk
def search(desk: Desk, text: str) -> list[Row]:
    """Searches."""
    return reading.search(desk, text)


@click.command("audit", help="The look-log: who looked at and did what.")
@CASE
@listed
@on_desk
def audit(desk: Desk, case: str | None) -> list[Row]:
    """Lists the look-log."""
    return reading.audit(desk, case)


@click.command("report", help="Writes a report of one case for one reader.")
@click.argument("report")
@click.option("--case", "case", required=True, help="CRN or case id.")
@click.option("--for", "audience", required=True, help="Who reads it; see 'workbench reports list'.")
@click.option(
    "--format", "format_", type=click.Choice(["pdf", "docx", "html"]), default="pdf", help="File format."
)
@click.option("--language", type=click.Choice(["en", "cy"]), default="en", help="Language of fixed text.")
@click.option("-o", "output", type=click.Path(path_type=Path), required=True, help="File to write.")
@click.option("--since", type=Day(), help="First day of a chronology.")
@click.option("--until", type=Day(), help="Last day of a chronology, included.")
@click.option(
    "--kind", "kinds", multiple=True, help="A kind of entry in a chronology; all where none is named."
)
@click.option("--purpose", default="", help="What the copy of a chronology is for.")
@click.option("--entry", default="", help="The entry that a report of a single entry is about.")
@on_desk
def report(
    desk: Desk,
    report: str,
    case: str,
    audience: str,
    format_: str,
    language: str,
    output: Path,
    **narrowed: Any,
) -> int:
    """Writes a report; stopped where something withheld would leave with it."""
    must_be_new(output)
    for name in ("since", "until"):
        narrowed[name] = narrowed[name].isoformat() if narrowed[name] else ""
    chosen = Chosen(**narrowed)
    drawn = reporting.draw(desk, report, desk.find(case).case, audience, format_, language, chosen)
    for gap in drawn.gaps:
        click.echo(f"Not ready to be issued: {gap}", err=True)
    for name in drawn.to_tick:
        click.echo(f"Read before it leaves: {name}", err=True)
    write_out(output, drawn.data)
    click.echo(str(output))
    return 0


COMMANDS: tuple[click.Command, ...] = (
    cases,
    show,
    chronology,
    facts,
    due,
    findings,
    advice,
    search,
    audit,
    report,
)
