"""Commands that bring case files in and write them out."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import click

from workbench.casework import importing
from workbench.casework.desk import Desk
from workbench.casework.exporting import export as write
from workbench.cli.options import CASE, make_folder, on_desk, write_out
from workbench.errors import Expected


@click.command("import", help="Brings in case files; '-' is standard input, a folder goes file by file.")
@click.argument("sources", nargs=-1, required=True)
@on_desk
def bring(desk: Desk, sources: tuple[str, ...]) -> int:
    """Brings in case files: all of a file or nothing."""
    refused = 0
    for name, read in _files(sources):
        try:
            brought = importing.bring(desk, read(), name)
        except Expected as error:
            refused += 1
            click.echo(f"{name}: {error.sentence()}", err=True)
            continue
        told = f"{brought.new} brought in, {brought.held} held already" if brought.new else "nothing new"
        click.echo(f"{name}: {brought.crn}, {told}.")
    return 1 if refused else 0


@click.command("export", help="Writes one case (to standard output without -o), or every case into a folder.")
@CASE
@click.option("--all", "everything", is_flag=True, help="Every case, one file each, into the folder of -o.")
@click.option("-o", "output", type=click.Path(path_type=Path), help="File, or with --all a folder.")
@on_desk
def export(desk: Desk, case: str | None, everything: bool, output: Path | None) -> None:
    """Writes case files."""
    if bool(case) == everything or (everything and output is None):
        raise click.UsageError("Name one case with --case, or use --all with -o FOLDER.")
    if case:
        data = write(desk, desk.find_file(case).case)
        if output:
            write_out(output, data)
        else:
            sys.stdout.buffer.write(data)
            sys.stdout.buffer.flush()
    elif output:
        make_folder(output)
        for row in desk.store.cases():
            write_out(output / f"{row.case}.json", write(desk, row.case))


def _files(sources: tuple[str, ...]) -> Iterator[tuple[str, Callable[[], bytes]]]:
    for source in sources:
        path = Path(source)
        if source == "-":
            yield "standard input", _standard_input
        elif path.is_dir():
            for file in sorted(path.glob("*.json")):
                yield file.name, partial(_read, file)
        else:
            yield path.name, partial(_read, path)


def _standard_input() -> bytes:
    return sys.stdin.buffer.read(importing.MOST + 1)


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(importing.MOST + 1)
    except OSError:
        raise Expected(f"The file {path.name} cannot be read.", "Check its name.") from None


COMMANDS: tuple[click.Command, ...] = (bring, export)
