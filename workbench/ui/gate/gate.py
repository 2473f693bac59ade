"""What every way in has: how a store is opened, where the cursor goes, why it was refused."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from pathlib import Path

import msgspec
from PySide6.QtWidgets import QWidget

from workbench.casework import opening
from workbench.casework.desk import Desk
from workbench.casework.opening import Secret
from workbench.clock import Clock, SystemClock
from workbench.errors import Expected
from workbench.models.ids import Ids


class Opening(msgspec.Struct, frozen=True):
    """What the window opens: how, what to warn of, the sample's passphrase where it is one."""

    open: Callable[[Secret], Desk]
    warning: str = ""
    sample: Callable[[], str] | None = None


def opening_of(folder: Path, clock: Clock | None = None) -> Opening | None:
    """How a store is opened; None where there is none yet."""
    if not (folder / "store.json").is_file():
        return None
    told = clock or SystemClock()

    def open_(secret: Secret) -> Desk:
        return opening.open_desk(
            folder, secret, told, Ids(told, secrets.token_bytes), opening.system_keyring()
        )

    return Opening(open_, opening.warning(folder), _sample_passphrase(folder))


def _sample_passphrase(folder: Path) -> Callable[[], str] | None:
    """The passphrase that lies in the folder of a sample store; real stores have none."""
    path = folder / "passphrase.txt"
    return (lambda: path.read_text(encoding="utf-8").strip()) if path.is_file() else None


class Gate(QWidget):
    """A way in; the window tells it how the opening goes."""

    def first(self) -> QWidget:
        """Where the cursor goes."""
        return self

    def working(self) -> None:
        """Shows that the store is being opened."""

    def refuse(self, failure: Expected) -> None:
        """Shows why it did not open, and what to do next."""
