"""Attaching: a file taken into the store while a form is written, to be named by its entry."""

from __future__ import annotations

import re

from workbench.casework.desk import Desk
from workbench.errors import BadInput
from workbench.models.records import FileRef
from workbench.store import attachments

MAX_NAME = 120
MAX_FILE = attachments.MAX_FILE
_ODD = re.compile(r"[\x00-\x1f\x7f/\\:]+")


def attach(desk: Desk, name: str, data: bytes) -> FileRef:
    """Seals a file in the store; one that no entry comes to name is swept away after seven days.

    Raises:
        BadInput: it is empty, over 25 MB, or none of PDF, DOCX, PNG, JPEG, EML and plain text.
        Refused: all files together would pass the limit of the store.
    """
    if not data:
        raise BadInput("The file is empty.")
    store = desk.store
    sha256, kind = attachments.put(store.folder, store.connection, data, desk.stamp(), desk.ids.bytes(32))
    plain = _ODD.sub(" ", name).strip()[-MAX_NAME:] or "file"
    return FileRef(len(data), plain, sha256, kind)
