"""Commands between stores: cards and their words, vouchers, bundles, and what arrives."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click
import msgspec

from workbench.casework import receiving, sending, trusting
from workbench.casework.desk import Desk
from workbench.cli.options import (
    PASSPHRASE,
    RECOVERY,
    STORE,
    Day,
    Row,
    listed,
    make_folder,
    must_be_new,
    on_desk,
    write_out,
)
from workbench.errors import Expected
from workbench.models.records import ROLES

OUTPUT = click.option("-o", "output", type=click.Path(path_type=Path), help="File to write.")
NAME = click.argument("name")


@click.group(
    "card",
    invoke_without_command=True,
    help="Writes your card, to be given to a colleague; it holds no secret. Below: what to do with theirs.",
)
@STORE
@PASSPHRASE
@RECOVERY
@OUTPUT
@click.pass_context
def card(
    context: click.Context,
    store: Path | None,
    passphrase_file: Path | None,
    recovery_file: Path | None,
    output: Path | None,
) -> None:
    """One's own card, and what is done with others'."""
    if context.invoked_subcommand is None:
        _own(
            store=store,
            today=None,
            passphrase_file=passphrase_file,
            recovery_file=recovery_file,
            output=output,
        )


@on_desk
def _own(desk: Desk, output: Path | None) -> None:
    data = trusting.own_card(desk)
    if output:
        write_out(output, data)
    else:
        click.echo(data.decode(), nl=False)


@card.command("list", help="Every card held: whose, and whether it is verified and its role vouched for.")
@listed
@on_desk
def card_list(desk: Desk) -> list[Row]:
    """Lists the cards."""
    return [msgspec.to_builtins(row) for row in trusting.cards(desk)]


@card.command(
    "words", help="Eight words to compare, by telephone or face to face, with whoever gave you the card."
)
@NAME
@on_desk
def card_words(desk: Desk, name: str) -> None:
    """Prints eight words."""
    click.echo(" ".join(trusting.words(desk, name)))


@card.command("trust", help="Trusts a card whose words were compared; with --role vouches for its role.")
@NAME
@click.option("--words", required=True, help="The eight words, as compared.")
@click.option("--role", type=click.Choice(ROLES), help="The role on the card, which you vouch for.")
@click.option("--vetted", is_flag=True, help="The voucher says that its bearer was vetted.")
@click.option("--until", type=Day(), help="The first day on which the voucher no longer counts.")
@OUTPUT
@on_desk
def card_trust(
    desk: Desk,
    name: str,
    words: str,
    role: str | None,
    vetted: bool,
    until: date | None,
    output: Path | None,
) -> None:
    """Trusts a card."""
    must_be_new(output)
    _tell(trusting.trust(desk, name, words, role=role, vetted=vetted, until=until), output)


@card.command("end", help="Ends a card that was stolen: what arrives of it from now on is kept apart.")
@NAME
@click.option("--why", required=True, help="What happened.")
@click.option("--since", type=Day(), help="Since which day it is out of its bearer's hands; else now.")
@OUTPUT
@on_desk
def card_end(desk: Desk, name: str, why: str, since: date | None, output: Path | None) -> None:
    """Ends a card."""
    must_be_new(output)
    _tell(trusting.end(desk, name, why, f"{since}T00:00Z" if since else None), output)


def _tell(done: trusting.Trusted, output: Path | None) -> None:
    click.echo("\n".join(done.says))
    if done.file is not None and output is not None:
        write_out(output, done.file)
    elif done.file is not None:
        click.echo("It travels with the next bundle; -o FILE writes it to be received at once.", err=True)


@click.command("bundle", help="Seals what a colleague does not yet hold of a case to their devices.")
@click.option("--case", "case", required=True, help="CRN or case id.")
@click.option("--to", "to", required=True, help="Name on their card.")
@click.option(
    "-o",
    "output",
    type=click.Path(path_type=Path),
    required=True,
    help="File, or a folder for a name without a CRN.",
)
@on_desk
def bundle(desk: Desk, case: str, to: str, output: Path) -> None:
    """Seals a bundle."""
    must_be_new(output)
    made = sending.bundle(desk, case, to)
    path = output / made.name if output.is_dir() else output
    write_out(path, made.data)
    click.echo("\n".join([*made.says, str(path)]))


@click.command(
    "receive", help="Takes in bundles, cards, vouchers, receipts and overlays: all of a file or nothing."
)
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--receipts",
    type=click.Path(path_type=Path),
    help="Folder for sealed receipts; else they travel in the next bundle back.",
)
@on_desk
def receive(desk: Desk, files: tuple[Path, ...], receipts: Path | None) -> int:
    """Takes in files from colleagues."""
    refused = 0
    for path in files:
        try:
            received = receiving.receive(desk, read_file(path))
        except Expected as error:
            refused += 1
            click.echo(f"{path.name}: {error.sentence()}", err=True)
            continue
        for sentence in received.says:
            click.echo(f"{path.name}: {sentence}")
        if receipts and received.receipt is not None:
            make_folder(receipts)
            written = receipts / received.receipt_name
            write_out(written, received.receipt)
            click.echo(str(written))
    return 1 if refused else 0


@click.command(
    "quarantine", help="What is kept apart, because nobody here verified its card, or the card was ended."
)
@listed
@on_desk
def quarantine(desk: Desk) -> list[Row]:
    """Lists what is kept apart."""
    return [msgspec.to_builtins(row) for row in receiving.quarantined(desk)]


def read_file(path: Path) -> bytes:
    """The bytes of a file from outside, and no more than the largest may have.

    Raises:
        Expected: it cannot be read.
    """
    try:
        with path.open("rb") as file:
            return file.read(receiving.MOST + 1)
    except OSError:
        raise Expected(f"The file {path.name} cannot be read.", "Check its name.") from None


COMMANDS: tuple[click.Command, ...] = (card, bundle, receive, quarantine)
