"""Commands about forms, rules and reports as data: list, show, explain, check, and their JSON Schema."""

from __future__ import annotations

from pathlib import Path

import click

from workbench.casework import studying
from workbench.cli.options import Row, as_json_text, listed


def _print_faults(kind: str, faults: list[str]) -> int:
    for fault in faults:
        click.echo(fault)
    _print_result(kind, faults)
    return 1 if faults else 0


def _print_result(kind: str, faults: list[str]) -> None:
    click.echo(f"{len(faults)} found in the {kind}." if faults else f"The {kind} are sound.", err=True)


@click.group("forms", help="The forms.")
def forms() -> None:
    """The forms."""


@forms.command("list", help="Every form: id, version, title, who may write it.")
@listed
def forms_list() -> list[Row]:
    """Lists the forms."""
    return studying.forms()


@forms.command("show", help="One form: its questions, what it says of the case, which rules it meets.")
@click.argument("form")
@click.option("--version", type=int, help="An earlier version.")
@listed
def forms_show(form: str, version: int | None) -> Row:
    """Shows a form."""
    return studying.form(form, version)


@forms.command("check", help="Reads every form strictly and says what is wrong, with file and line.")
def forms_check() -> int:
    """Checks the forms."""
    return _print_faults("forms", studying.check_forms())


@click.group("rules", help="The rule books.")
def rules() -> None:
    """The rule books."""


@rules.command("list", help="Every rule: what it asks, who owes it, its source and confidence.")
@listed
def rules_list() -> list[Row]:
    """Lists the rules."""
    return studying.rules()


@rules.command("explain", help="One rule: its texts over time, numbers, examples and source.")
@click.argument("rule")
@listed
def rules_explain(rule: str) -> Row:
    """Explains a rule."""
    return studying.explain(rule)


@rules.command(
    "check",
    help="Reads every rule strictly and runs its examples; what is wrong first, then who may see what.",
)
def rules_check() -> int:
    """Checks the rules."""
    faults = studying.check_rules()
    code = _print_faults("rules", faults)
    for line in studying.access_table():
        click.echo(line)
    # Behind the table once more: that is where one looks on a terminal.
    _print_result("rules", faults)
    return code


@click.group("reports", help="The reports.")
def reports() -> None:
    """The reports."""


@reports.command("list", help="Every report and whom it is written for.")
@listed
def reports_list() -> list[Row]:
    """Lists the reports."""
    return studying.reports()


@reports.command(
    "check",
    help="Draws every report, or those named, for every audience, full, empty, hostile, Welsh, and checks each.",
)
@click.argument("report", nargs=-1)
@click.option("--out", type=click.Path(path_type=Path), help="Folder for every file that is drawn.")
def reports_check(report: tuple[str, ...], out: Path | None) -> int:
    """Checks the reports."""

    def keep(name: str, data: bytes) -> None:
        if out is not None:
            out.mkdir(parents=True, exist_ok=True)
            (out / name).write_bytes(data)

    return _print_faults("reports", studying.check_reports(report, keep))


@click.command("schema", help="The JSON Schema of a case file, a form or a rule.")
@click.argument("kind", type=click.Choice(["case", "form", "rule"]))
def schema(kind: str) -> None:
    """Prints a JSON Schema."""
    click.echo(as_json_text(studying.schema(kind)))


COMMANDS: tuple[click.Command, ...] = (forms, rules, reports, schema)
