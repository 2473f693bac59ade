"""A new passphrase or recovery code, for whoever shows that they know the one in force."""

from __future__ import annotations

import msgspec

from workbench.casework import looks, opening
from workbench.casework.desk import Desk
from workbench.casework.opening import Renewal, Secret


class Renewed(msgspec.Struct, frozen=True):
    """The day (ISO) on which keys were renewed, or begun to be: where it was cut short, either may hold."""

    on: str
    cut_short: bool


def change_passphrase(desk: Desk, current: str, fresh: str) -> None:
    """Changes the passphrase; backups made before still open with the old one.

    Raises:
        StoreProblem: the current one is not right.
        Refused: the new one is too easy to guess.
    """
    keyring = opening.system_keyring()
    opening.data_key(desk.keys, Secret(current), keyring)
    opening.change_passphrase(desk, fresh, keyring)


def ready_code(desk: Desk, current: str) -> Renewal:
    """A new recovery code under the passphrase in force; it opens nothing, and the old one holds, until it is taken up.

    Raises:
        StoreProblem: the passphrase is not right, or the disk has no room for a second copy.
    """
    keyring = opening.system_keyring()
    opening.data_key(desk.keys, Secret(current), keyring)
    return opening.ready_keys(desk, current, keyring)


def take_up(desk: Desk, renewal: Renewal) -> None:
    """Encrypts the whole store anew: from now on the new recovery code holds, and the old one opens nothing.

    Raises:
        StoreProblem: the disk has no room for a second copy; the old code holds.
        Refused: the passphrase was changed since the code was made; the old code holds.
    """
    opening.take_up(desk, renewal)


def last(desk: Desk) -> Renewed | None:
    """When the keys were last renewed here; None where those of the beginning hold."""
    found = looks.page(desk, 1, what=("keys renewed",))
    return Renewed(found[0].at[:10], cut_short=found[0].why == "begun") if found else None
