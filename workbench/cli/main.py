"""The group of all commands, and the one place where a failure becomes a sentence and an exit code."""

from __future__ import annotations

from pathlib import Path

import click

from workbench import __version__, logs, settings
from workbench.cli import between, definitions, exchange, looking, overlays, samples, stores
from workbench.cli.options import STORE
from workbench.cli.windows import Windows, windows
from workbench.errors import Ambiguous, Expected, NotFound


@click.group(
    help="A workbench for probation practice: everything recorded is an entry. Without a command it opens the window.",
    invoke_without_command=True,
)
@click.version_option(__version__, prog_name="workbench")
@STORE
@click.pass_context
def cli(context: click.Context, store: Path | None) -> None:
    """The root of all commands."""
    if context.invoked_subcommand is None:
        context.exit(windows(context).open(store or settings.store_folder()))


for room in (stores, exchange, between, overlays, looking, definitions, samples):
    for command in room.COMMANDS:
        cli.add_command(command)


def main(args: list[str] | None = None, window: Windows | None = None) -> int:
    """Runs a command and gives its exit code; `window` is what the three window commands open."""
    try:
        logs.to_file(settings.log_file())
    except OSError:
        click.echo("The log cannot be written; going on without one.", err=True)
    try:
        stopped = cli.main(args=args, prog_name="workbench", standalone_mode=False, obj=window)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except click.Abort:
        click.echo("Stopped.", err=True)
        return 1
    except Expected as error:
        click.echo(error.sentence(), err=True)
        return 2 if isinstance(error, NotFound | Ambiguous) else 1
    except Exception as error:
        place = logs.bug(error)
        says = f"This is a fault in the program ({place}); nothing half-done was kept. Please report it."
        click.echo(says, err=True)
        return 3
    return stopped if isinstance(stopped, int) else 0
