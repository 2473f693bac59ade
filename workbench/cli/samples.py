"""Commands that show the workbench on invented people: the sample caseload and the tour."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from workbench import settings
from workbench.casework import sample, stories, touring
from workbench.cli.options import STORE, Day, new_ids
from workbench.clock import SystemClock


@click.command("demo", help="Makes the sample caseload: invented people only, its passphrase beside it.")
@click.option(
    "--role", type=click.Choice(["practitioner", "spo"]), default="practitioner", help="Whose store it is."
)
@click.option("--today", type=Day(), help="The day on which the sample stands.")
@click.option("--cases", type=click.IntRange(1, 20_000), default=len(stories.TELLERS), help="How many cases.")
@click.option("--seed", type=int, default=1, help="The same seed tells the same stories.")
@STORE
@click.option("--no-window", is_flag=True, help="Makes the store and opens nothing.")
def demo(role: str, today: date | None, cases: int, seed: int, store: Path | None, no_window: bool) -> None:
    """Makes a sample store."""
    folder = store or settings.store_folder().with_name("sample")
    tellers = stories.tellers(cases)
    sample.make(folder, SystemClock(), new_ids(), tellers, role=role, today=today, seed=seed)
    click.echo(str(folder))
    if not no_window:
        click.echo(f"Look at it with: python -m workbench cases --store {folder}", err=True)


@click.command("tour", help="Makes a sample store and writes every list and report to files, with an index.")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="Folder for the files.")
@click.option("--today", type=Day(), help="The day on which the sample stands.")
def tour(out: Path, today: date | None) -> None:
    """Writes the tour."""
    touring.write(out, SystemClock(), new_ids(), stories.tellers(len(stories.TELLERS)), today)
    click.echo(str(out / "index.html"))


COMMANDS: tuple[click.Command, ...] = (demo, tour)
