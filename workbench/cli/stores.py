"""Commands about the store itself: make, check, back up, restore, keys."""

from __future__ import annotations

from pathlib import Path

import click
import msgspec

from workbench import settings
from workbench.casework import backups, guarding, opening
from workbench.casework.desk import Desk
from workbench.cli.options import (
    PASSPHRASE,
    RECOVERY,
    STORE,
    as_json_text,
    first_line,
    new_ids,
    on_desk,
    secret_of,
)
from workbench.clock import SystemClock
from workbench.models.amounts import counted
from workbench.models.records import ROLES


@click.command("init", help="Makes a new store: asks for a passphrase, prints the recovery code once.")
@STORE
@click.option("--name", required=True, help="Your name, as it will stand beside what you sign.")
@click.option("--role", type=click.Choice(ROLES), required=True, help="Your role.")
@PASSPHRASE
@click.option("--offer", is_flag=True, help="Offers a passphrase of six words instead of asking for one.")
def init(store: Path | None, name: str, role: str, passphrase_file: Path | None, offer: bool) -> None:
    """Makes a store."""
    ids = new_ids()
    if passphrase_file:
        passphrase = first_line(passphrase_file)
    elif offer:
        passphrase = opening.offer_passphrase(ids)
        click.echo(f"passphrase: {passphrase}")
    else:
        passphrase = click.prompt("New passphrase", hide_input=True, confirmation_prompt=True, err=True)
    folder = store or settings.store_folder()
    made = opening.make(folder, name, role, passphrase, SystemClock(), ids, opening.system_keyring())
    click.echo(f"store: {folder}")
    click.echo(f"recovery code: {made.recovery}")
    guard = (
        "This computer's keyring guards it too." if made.keyring else "No keyring serves on this computer."
    )
    click.echo(f"Write the recovery code down and keep it apart from the laptop. {guard}", err=True)


@click.command("verify", help="Checks the whole store, or whether FILE was issued from it and is unchanged.")
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option(
    "--accept-older", default="", metavar="REASON", help="Use a file older than this computer last saw."
)
@click.option("--json", "as_json", is_flag=True, help="JSON: an array, one object a row.")
@click.option(
    "--rebuild", is_flag=True, help="First works out every list again and makes the search index anew."
)
@on_desk
def verify(desk: Desk, file: Path | None, as_json: bool, rebuild: bool) -> int:
    """Checks the store or a file."""
    if rebuild:
        guarding.rebuild(desk)
    checks = guarding.verify_file(desk, file) if file else guarding.verify(desk)
    if as_json:
        click.echo(as_json_text(msgspec.to_builtins(checks)))
    else:
        click.echo("\n".join(f"{'ok ' if row.ok else 'BAD'}  {row.check}: {row.says}" for row in checks))
    return 0 if all(row.ok for row in checks) else 1


@click.command("backup", help="Writes a whole backup, checks it, and lets the oldest go.")
@click.option(
    "--to", "target", type=click.Path(path_type=Path), help="Folder for backups; else as in settings."
)
@on_desk
def backup(desk: Desk, target: Path | None) -> None:
    """Backs up the store."""
    folder = target or guarding.backup_folder(desk.store.folder.path)
    click.echo(str(guarding.back_up(desk, folder)))
    asked = backups.asked_for(desk) if target is None else ""
    if asked:
        click.echo(asked, err=True)


@click.command("restore", help="Restores BACKUP into a new folder, as a new device.")
@click.argument("backup", type=click.Path(path_type=Path))
@click.option("--why", default="", help="Why it is restored; kept in the look-log.")
@STORE
@PASSPHRASE
@RECOVERY
def restore(
    backup: Path, why: str, store: Path | None, passphrase_file: Path | None, recovery_file: Path | None
) -> None:
    """Restores a backup."""
    target = store or settings.store_folder()
    secret = secret_of(backup, passphrase_file, recovery_file)
    keyring = opening.system_keyring()
    desk, lost = guarding.restore(backup, target, secret, SystemClock(), new_ids(), keyring, why)
    desk.close()
    click.echo(str(target))
    if lost:
        click.echo(f"Lost since that backup: {counted(lost, 'row')} of the look-log.", err=True)


@click.group("keys", help="The keys of the store.")
def keys() -> None:
    """The keys of the store."""


@keys.command("passphrase", help="Changes the passphrase; backups made before still open with the old one.")
@click.option("--new-file", type=click.Path(path_type=Path), help="File with the new passphrase.")
@on_desk
def passphrase(desk: Desk, new_file: Path | None) -> None:
    """Changes the passphrase."""
    fresh = (
        first_line(new_file)
        if new_file
        else click.prompt("New passphrase", hide_input=True, confirmation_prompt=True, err=True)
    )
    opening.change_passphrase(desk, fresh, opening.system_keyring())
    click.echo("The passphrase is changed. Old backups still open with the old one.")


@keys.command(
    "renew", help="A new data key, after the old one leaked: needs twice the space; then make new backups."
)
@click.option("--new-file", type=click.Path(path_type=Path), help="File with the new passphrase.")
@on_desk
def renew(desk: Desk, new_file: Path | None) -> None:
    """Encrypts the whole store under a new key."""
    fresh = (
        first_line(new_file)
        if new_file
        else click.prompt("New passphrase", hide_input=True, confirmation_prompt=True, err=True)
    )
    opening.renew_keys(
        desk, fresh, opening.system_keyring(), lambda code: click.echo(f"recovery code: {code}")
    )
    click.echo("Write the new recovery code down, and make a new backup now.", err=True)


COMMANDS: tuple[click.Command, ...] = (init, verify, backup, restore, keys)
