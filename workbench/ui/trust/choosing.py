"""Takes up one other choice of the person at this machine."""

from __future__ import annotations

import msgspec

from workbench.settings import Settings
from workbench.ui.shell.place import Shell


def choose(shell: Shell, **changed: object) -> None:
    """Takes up these choices beside those in force.

    Raises:
        msgspec.ValidationError: a choice is none that there is.
    """
    held = {**msgspec.to_builtins(shell.settings()), **changed}
    shell.choose(msgspec.convert(held, Settings))
