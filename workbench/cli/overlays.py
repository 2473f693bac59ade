"""Commands about overlays: made and checked by whoever writes them, switched on and off, handed on."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click
import msgspec

from workbench.casework import overlays, overlays_made, reading
from workbench.casework.desk import Desk
from workbench.cli.between import read_file
from workbench.cli.options import Day, Row, listed, on_desk, write_out
from workbench.errors import NotFound

FILE = click.argument("file", type=click.Path(path_type=Path))
WHY = click.option("--why", required=True, help="The reason, which is signed with it.")
OFF = click.option("--off", is_flag=True, help="Switches it off.")
OUTPUT = click.option("-o", "output", type=click.Path(path_type=Path), required=True, help="File to write.")


@click.group("overlay", help="A region's overlay of the rule book, and the program's own suggestions.")
def overlay() -> None:
    """Overlays."""


@overlay.command("list", help="Every overlay that came here, what it changes, and whether it is in force.")
@listed
@on_desk
def overlay_list(desk: Desk) -> list[Row]:
    """Lists the overlays."""
    return [msgspec.to_builtins(each) for each in overlays.listed(desk)]


@overlay.command(
    "suggestions", help="Numbers nobody has set, with what this program suggests (ours, not policy)."
)
@listed
@on_desk
def overlay_suggestions(desk: Desk) -> list[Row]:
    """Lists the suggestions."""
    return [msgspec.to_builtins(each) for each in overlays.suggestions(desk)]


@overlay.command(
    "make",
    help="Makes an overlay of the files in DIR (rules, forms, reports, guidance, policy.yaml), checks and signs it.",
)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--id", "id_", required=True, help="Its prefix, as its region file says: 2 to 16 small letters."
)
@click.option("--region", required=True, help="The region's name.")
@click.option("--version", type=int, required=True, help="1, 2, 3 and so on.")
@click.option("--from", "from_", type=Day(), required=True, help="The day it holds from.")
@OUTPUT
@on_desk
def overlay_make(
    desk: Desk, folder: Path, id_: str, region: str, version: int, from_: date, output: Path
) -> None:
    """Makes an overlay."""
    made = overlays_made.make(desk, folder, id=id_, region=region, version=version, from_=from_.isoformat())
    write_out(output, made)
    click.echo(str(output))


@overlay.command(
    "check", help="Checks an overlay as its receiver would, and tells what it changes; nothing is kept."
)
@FILE
@listed
@on_desk
def overlay_check(desk: Desk, file: Path) -> list[Row]:
    """Checks an overlay."""
    return [msgspec.to_builtins(each) for each in overlays_made.changes(desk, read_file(file))]


@overlay.command(
    "switch", help="Switches an overlay on or off; NAME is its region and version, or begins its hash."
)
@click.argument("name")
@OFF
@WHY
@on_desk
def overlay_switch(desk: Desk, name: str, off: bool, why: str) -> None:
    """Switches an overlay."""
    found = [each for each in overlays.listed(desk) if each.called == name or each.sha256.startswith(name)]
    if len(found) != 1:
        raise NotFound(f"Not exactly one overlay here is called {name}.", "See 'workbench overlay list'.")
    overlays.switch_overlay(desk, found[0].sha256, on=not off, why=why)
    reading.refresh(desk)
    click.echo(f"{found[0].called} is switched {'off' if off else 'on'}.")


@overlay.command(
    "suggest", help="Switches one suggestion on or off; NUMBER is as 'overlay suggestions' lists it."
)
@click.argument("number")
@OFF
@WHY
@on_desk
def overlay_suggest(desk: Desk, number: str, off: bool, why: str) -> None:
    """Switches a suggestion."""
    overlays.switch_suggestion(desk, number, on=not off, why=why)
    reading.refresh(desk)
    click.echo(f"{number} is switched {'off' if off else 'on'}.")


@overlay.command("hand-on", help="Writes what was switched on and off here, for colleagues to receive.")
@OUTPUT
@on_desk
def overlay_hand_on(desk: Desk, output: Path) -> None:
    """Hands on the decisions."""
    write_out(output, overlays.hand_on(desk))
    click.echo(str(output))


COMMANDS: tuple[click.Command, ...] = (overlay,)
