"""Files to take in and to give away: asked for, and written whole; no name of a person stands in a suggested name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from workbench.errors import Expected
from workbench.ui.shell.place import Shell
from workbench.ui.widgets import choosing

Files = tuple[tuple[str, bytes], ...]


def to_take_in(over: QWidget, title: str) -> tuple[Path, ...]:
    """The files a person chooses; none where they change their mind."""
    return tuple(Path(each) for each in choosing.files_to_open(over, title))


def where_to(over: QWidget, names: tuple[str, ...]) -> tuple[Path, ...]:
    """Where to write files of these names: for one its path, for several a folder; none for a changed mind."""
    if len(names) == 1:
        chosen = choosing.file_to_save(over, "Save the file", names[0])
        return (Path(chosen),) if chosen else ()
    folder = choosing.folder(over, "Choose a folder for the files")
    return tuple(Path(folder) / name for name in names) if folder else ()


def write(targets: tuple[Path, ...], data: tuple[bytes, ...]) -> None:
    """Writes files, each whole or not at all.

    Raises:
        Expected: one cannot be written.
    """
    for target, held in zip(targets, data, strict=True):
        part = target.with_name(f"{target.name}.part")
        try:
            part.write_bytes(held)
            part.replace(target)
        except OSError as error:
            part.unlink(missing_ok=True)
            reason = error.strerror or "no reason given"
            raise Expected(f"The file could not be written: {reason}.", "Choose another folder.") from None


def save(shell: Shell, over: QWidget, files: Files, saved: Callable[[str], None]) -> None:
    """Asks where, writes the files beside the window's thread, and tells the names they bear."""
    targets = where_to(over, tuple(name for name, _ in files))
    if targets:
        put(shell, targets, tuple(data for _, data in files), saved)


def put(
    shell: Shell,
    targets: tuple[Path, ...],
    data: tuple[bytes, ...],
    saved: Callable[[str], None],
    failed: Callable[[Expected], None] | None = None,
) -> None:
    """Writes the files beside the window's thread, and tells the names they bear."""
    told = ", ".join(target.name for target in targets)
    shell.apart(lambda: write(targets, data), lambda _: saved(told), failed)
