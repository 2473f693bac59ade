"""The first run: a store made, backed up and openable; or the sample, or a backup brought back."""

from __future__ import annotations

import shutil
from pathlib import Path

from workbench.casework import guarding, opening, sample, stories
from workbench.casework.opening import Made, Secret
from workbench.clock import Clock
from workbench.errors import StoreProblem
from workbench.models.ids import Ids
from workbench.store.folder import Folder


def begin(folder: Path, name: str, role: str, passphrase: str, clock: Clock, ids: Ids) -> Made:
    """Makes the store of a person at this machine.

    Raises:
        Refused: the name, role or passphrase will not do.
        StoreProblem: the folder is not empty, or not fit for a store.
    """
    return opening.make(folder, name, role, passphrase, clock, ids, opening.system_keyring())


def unmake(folder: Path, made: Made) -> None:
    """Takes away a store that was made a moment ago and holds nothing, because its maker went back.

    Raises:
        StoreProblem: another store lies in that folder by now.
    """
    if Folder(folder).read_about().store != made.store:
        raise StoreProblem("not-empty", "Another store lies in that folder.", "Start the program again.")
    shutil.rmtree(folder)


def first_backup(folder: Path, secret: Secret, target: Path, clock: Clock, ids: Ids) -> Path:
    """Opens a store, backs it up whole, and closes it again.

    Raises:
        StoreProblem: the place is unfit, the disk full, or the copy did not pass its check.
    """
    desk = opening.open_desk(folder, secret, clock, ids, opening.system_keyring())
    try:
        return guarding.back_up(desk, target)
    finally:
        desk.close()


def sample_at(folder: Path, clock: Clock, ids: Ids) -> Secret:
    """The passphrase of the sample caseload, which is made where there is none yet; takes some seconds.

    Raises:
        StoreProblem: something else lies in that folder.
    """
    kept = Folder(folder).sample_passphrase
    if not kept.is_file():
        sample.make(folder, clock, ids, stories.tellers(len(stories.TELLERS)))
    return Secret(kept.read_text(encoding="utf-8").strip())


def bring_back(place: Path, folder: Path, secret: Secret, clock: Clock, ids: Ids) -> int:
    """Restores a backup into an empty folder and closes it; gives how many rows of the look-log are lost.

    Raises:
        StoreProblem: it is no backup, is damaged, or does not open with what was given; nothing is changed.
    """
    desk, lost = guarding.restore(place, folder, secret, clock, ids, opening.system_keyring(), "first run")
    desk.close()
    return lost
