"""What a region asks of every store, beside its rules and forms."""

from __future__ import annotations

import msgspec

from workbench.resources import YesNo


class Policy(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a region asks of every store.

    `idle_minutes` (1 to 10) are the most until the window locks itself, `backup_days` (7 to 35) the most for
    which a backup is kept. `not_printed` are reports that the window puts on no paper. With `backup_folder`
    each person is to choose where their backups go.
    """

    idle_minutes: int | None = None
    backup_days: int | None = None
    not_printed: tuple[str, ...] = ()
    backup_folder: YesNo = "no"
