"""What commands share: how a store is opened for one command, and how rows are printed."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import wraps
from pathlib import Path
from typing import Any

import click
import msgspec

from workbench import settings
from workbench.casework import opening, reading
from workbench.casework.desk import Desk
from workbench.casework.opening import Secret
from workbench.cli.text import as_text
from workbench.clock import SystemClock
from workbench.errors import Expected
from workbench.models.ids import Ids

Row = dict[str, Any]
Command = Callable[..., Any]


class Day(click.ParamType[date]):
    """A day written 2026-03-02."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day, or a usage error."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is not a day such as 2026-03-02.", param, ctx)


STORE = click.option(
    "--store",
    type=click.Path(path_type=Path),
    help="Folder of the store; else WORKBENCH_STORE, else your data folder.",
)
PASSPHRASE = click.option(
    "--passphrase-file",
    type=click.Path(path_type=Path),
    help="File with the passphrase; else it is asked for.",
)
RECOVERY = click.option(
    "--recovery-file", type=click.Path(path_type=Path), help="File with the recovery code."
)
TODAY = click.option(
    "--today", type=Day(), help="Sets the clock to this day and leaves out what was not yet known then."
)
CASE = click.option("--case", "case", help="CRN or case id.")


def on_desk(command: Command) -> Command:
    """Opens the store for one command and gives it the desk first."""

    @STORE
    @TODAY
    @PASSPHRASE
    @RECOVERY
    @wraps(command)
    def run(
        store: Path | None,
        today: date | None,
        passphrase_file: Path | None,
        recovery_file: Path | None,
        **values: Any,
    ) -> Any:
        known = values.pop("known", None) or today
        older = values.pop("accept_older", "")
        folder = store or settings.store_folder()
        with desk_in(folder, passphrase_file, recovery_file, known, older) as desk:
            return command(desk, **values)

    return run


def listed(command: Command) -> Command:
    """Prints the rows that a command gives: to read, or with --json as JSON."""

    @click.option("--json", "as_json", is_flag=True, help="JSON: an array, one object a row.")
    @wraps(command)
    def run(as_json: bool, **values: Any) -> None:
        found = command(**values)
        click.echo(as_json_text(found) if as_json else as_text(found))

    return run


@contextmanager
def desk_in(
    folder: Path,
    passphrase_file: Path | None,
    recovery_file: Path | None,
    today: date | None,
    accept_older: str = "",
) -> Iterator[Desk]:
    """An open desk for one command, up to date; closed and anchored after."""
    if not (folder / "store.json").is_file():
        raise Expected(
            f"There is no store in {folder}.", "Make one with 'workbench init', or name it with --store."
        )
    secret = secret_of(folder, passphrase_file, recovery_file)
    desk = opening.open_desk(
        folder,
        secret,
        SystemClock(),
        new_ids(),
        opening.system_keyring(),
        today=today,
        accept_older=accept_older,
    )
    warning = opening.warning(folder)
    if warning:
        click.echo(warning, err=True)
    try:
        reading.refresh(desk)
        yield desk
    finally:
        desk.close()


def secret_of(folder: Path, passphrase_file: Path | None, recovery_file: Path | None) -> Secret:
    """The passphrase or recovery code: from a file, the sample store's own file, or a prompt."""
    if recovery_file:
        return Secret(recovery=first_line(recovery_file))
    own = folder / "passphrase.txt"
    if passphrase_file or own.is_file():
        return Secret(passphrase=first_line(passphrase_file or own))
    return Secret(passphrase=click.prompt("Passphrase", hide_input=True, err=True))


def first_line(path: Path) -> str:
    """The first line of a file that holds a secret.

    Raises:
        Expected: it cannot be read, or is empty.
    """
    try:
        return path.read_text(encoding="utf-8").splitlines()[0].strip()
    except (OSError, UnicodeDecodeError, IndexError):
        raise Expected(f"The file {path.name} cannot be read or is empty.", "Check its name.") from None


def make_folder(path: Path) -> None:
    """Makes a folder for what leaves on purpose.

    Raises:
        Expected: it cannot be made.
    """
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Expected(f"{path} cannot be made: {error.strerror}.", "Name another place with -o.") from None


def must_be_new(path: Path | None) -> None:
    """Holds that nothing is overwritten, before anything is signed or sealed for it.

    Raises:
        Expected: there is such a file already.
    """
    if path is not None and path.is_file():
        raise Expected(
            f"{path} is there already, and was left as it is.", "Name another place with -o, or move it away."
        )


def write_out(path: Path, data: bytes) -> None:
    """Writes what leaves on purpose; a file that is there already is left as it is.

    Raises:
        Expected: there is such a file, or the folder is missing, full or read-only.
    """
    must_be_new(path)
    try:
        path.write_bytes(data)
    except OSError as error:
        raise Expected(
            f"{path} cannot be written: {error.strerror}.", "Name another place with -o."
        ) from None


def new_ids() -> Ids:
    """Ids from this machine's clock and randomness."""
    return Ids(SystemClock(), secrets.token_bytes)


def as_json_text(found: object) -> str:
    """Rows as indented JSON."""
    return msgspec.json.format(msgspec.json.encode(found), indent=2).decode()
