"""Documents of a case in words: what came in, what went out, as it left."""

from __future__ import annotations

import msgspec

from workbench.casework import documents
from workbench.casework.desk import Desk
from workbench.resources import say
from workbench.ui.words import day_words

_MB = 1_000_000


class Document(msgspec.Struct, frozen=True):
    """One file: its name, what and when, its size in words; `pages` where it can be looked at here."""

    sha256: str
    name: str
    about: str
    entry: str
    pages: bool


class Documents(msgspec.Struct, frozen=True):
    """Everything on the tab."""

    case: str
    documents: tuple[Document, ...]


def listed(desk: Desk, case: str) -> Documents:
    """The files of a case, the latest first."""
    titles = {form.form: say(form.title) for form in desk.library.all()}
    found = tuple(
        Document(
            sha256=held.file.sha256,
            name=held.file.name,
            about=f"{titles.get(held.form, held.form)}, {day_words(held.on[:10])}, {held.by}, {_size(held.file.bytes)}",
            entry=held.entry,
            # Only what this program drew is drawn here; foreign files are saved and opened elsewhere on purpose.
            pages=held.form == "report-issued" and held.file.name.endswith(".pdf"),
        )
        for held in documents.files(desk, case)
    )
    return Documents(case, found)


def read(desk: Desk, case: str, sha256: str, *, keep: bool) -> bytes:
    """The bytes of a file, to be looked at or kept as a copy."""
    return documents.read(desk, case, sha256, "exported" if keep else "looked")


def _size(count: int) -> str:
    return f"{count / _MB:.1f} MB" if count >= _MB else f"{max(1, count // 1000)} kB"
