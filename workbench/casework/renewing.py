"""A new passphrase or recovery code, for whoever shows that they know the one in force."""

from __future__ import annotations

from workbench.casework import opening
from workbench.casework.desk import Desk
from workbench.casework.opening import Secret


def change_passphrase(desk: Desk, current: str, fresh: str) -> None:
    """Changes the passphrase; backups made before still open with the old one.

    Raises:
        StoreProblem: the current one is not right.
        Refused: the new one is too easy to guess.
    """
    keyring = opening.system_keyring()
    opening.data_key(desk.keys, Secret(current), keyring)
    opening.change_passphrase(desk, fresh, keyring)


def new_recovery_code(desk: Desk, current: str) -> str:
    """Encrypts the whole store anew under the passphrase in force, and gives the new recovery code, once.

    Raises:
        StoreProblem: the passphrase is not right, or the disk has no room for a second copy.
    """
    keyring = opening.system_keyring()
    opening.data_key(desk.keys, Secret(current), keyring)
    codes: list[str] = []
    opening.renew_keys(desk, current, keyring, codes.append)
    return codes[0]
