"""Commands that show the workbench on invented people: the sample caseload and the tour."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from workbench import settings
from workbench.casework import sample, stories, touring
from workbench.cli.options import STORE, Day, new_ids
from workbench.cli.windows import windows
from workbench.clock import SystemClock

THEMES = ("light", "dark")
SCALES = (1.0, 2.0)


@click.command("demo", help="Makes the sample caseload: invented people only, its passphrase beside it.")
@click.option(
    "--role",
    type=click.Choice(["practitioner", "spo", "aco"]),
    default="practitioner",
    help="Whose store it is.",
)
@click.option("--today", type=Day(), help="The day on which the sample stands.")
@click.option("--cases", type=click.IntRange(1, 20_000), default=len(stories.TELLERS), help="How many cases.")
@click.option("--seed", type=int, default=1, help="The same seed tells the same stories.")
@STORE
@click.option("--no-window", is_flag=True, help="Makes the store and opens nothing.")
@click.pass_context
def demo(
    context: click.Context,
    role: str,
    today: date | None,
    cases: int,
    seed: int,
    store: Path | None,
    no_window: bool,
) -> None:
    """Makes a sample store, and opens the window on it; one that is there already is opened as it is."""
    folder = store or settings.store_folder().with_name("sample")
    if no_window or not (folder / "passphrase.txt").is_file():
        tellers = stories.tellers(cases)
        sample.make(folder, SystemClock(), new_ids(), tellers, role=role, today=today, seed=seed)
    click.echo(str(folder))
    if not no_window:
        context.exit(windows(context).open(folder))


@click.command(
    "tour", help="Makes a sample store and writes every screen, list and report to files, with an index."
)
@click.option("--out", type=click.Path(path_type=Path), required=True, help="Folder for the files.")
@click.option("--today", type=Day(), help="The day on which the sample stands.")
@click.option(
    "--theme", type=click.Choice(["light", "dark", "contrast"]), multiple=True, help="Only this theme."
)
@click.option("--scale", type=float, multiple=True, help="Only this text size: 1.0 or 2.0.")
@click.pass_context
def tour(
    context: click.Context, out: Path, today: date | None, theme: tuple[str, ...], scale: tuple[float, ...]
) -> None:
    """Writes the tour."""
    found = windows(context)
    tellers = stories.tellers(len(stories.TELLERS))

    def pictures(folder: Path) -> list[tuple[str, str]]:
        return found.tour(out, folder, today, theme or THEMES, scale or SCALES)

    touring.write(out, SystemClock(), new_ids(), tellers, today, pictures)
    click.echo(str(out / "index.html"))


COMMANDS: tuple[click.Command, ...] = (demo, tour)
