"""A passphrase or code never stands in a command: others on the machine can read those."""

from __future__ import annotations

from collections.abc import Iterator

import click
import pytest

from tests.conftest import PASSPHRASE, Stores
from workbench.cli.main import cli, main


def commands(group: click.Group, before: str = "") -> Iterator[tuple[str, click.Command]]:
    """Every command, with its name in full."""
    for name, command in group.commands.items():
        yield f"{before}{name}", command
        if isinstance(command, click.Group):
            yield from commands(command, f"{before}{name} ")


def test_secrets_come_from_files_or_a_prompt() -> None:
    """Every option about one is a path."""
    found = 0
    for name, command in commands(cli):
        for option in command.params:
            if any(word in (option.name or "") for word in ("passphrase", "recovery", "secret", "new_file")):
                assert isinstance(option.type, click.Path), f"{name} {option.name}"
                found += 1
            assert not getattr(option, "envvar", None), f"{name} {option.name}"
    assert found > 10


def test_a_passphrase_as_an_argument_is_usage(stores: Stores, capsys: pytest.CaptureFixture[str]) -> None:
    """And is not repeated on the screen as a file's content."""
    stores.make()
    store = str(stores.folder / "store")
    assert main(["cases", "--store", store, "--passphrase", PASSPHRASE]) == 2
    assert main(["cases", "--store", store, "--passphrase-file", str(stores.folder / "no-such-file")]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert PASSPHRASE not in told.err
