"""Case files made by hand: valid ones to be spoilt, and versions signed with a stranger's own keys."""

from __future__ import annotations

import base64
import json
import secrets
from collections.abc import Mapping
from typing import Any

import msgspec

from tests.conftest import case_file
from workbench.casework.desk import Desk
from workbench.forms import library
from workbench.models import canonical
from workbench.models.ids import case_of
from workbench.models.records import Card, content_data, to_sign
from workbench.security.signing import make_card, new_device_keys

KEYS = new_device_keys(bytes(range(64)))
CARD: Card = make_card(
    KEYS,
    "0a000000-0000-4000-8000-000000000001",
    "Kim Example",
    "practitioner",
    "0d000000-0000-4000-8000-000000000001",
    "2025-01-01T09:00:00.000Z",
    None,
)
CRN = "X200002"
CASE = case_of(CRN)
ID = "0e000000-0000-4000-8000-000000000001"
ROSH = {
    "on": "2025-02-03",
    "children": "high",
    "public": "low",
    "known_adult": "low",
    "staff": "low",
    "overall": "high",
    "who": "Children known to the family.",
}
LEVEL = {"fact": "rosh.overall", "of": None, "is": "high", "from": "2025-02-03", "until": None}


def b64(data: bytes) -> str:
    """Base64 as case files write it."""
    return base64.b64encode(data).decode()


def plain(**changes: Any) -> dict[str, Any]:
    """A small valid file, as data."""
    file: dict[str, Any] = json.loads(case_file(CRN, **changes))
    return file


def data(file: Mapping[str, Any]) -> bytes:
    """A file's bytes."""
    return json.dumps(file).encode()


def signed(
    header: Mapping[str, Any] | None = None,
    content: Mapping[str, Any] | None = None,
    item: Mapping[str, Any] | None = None,
    card: Card = CARD,
    signature: bytes | None = None,
) -> dict[str, Any]:
    """A file with one RoSH entry signed by a stranger; fields of heading, content and item as they wish."""
    body = content_data(answers=ROSH, claims=(), salt=bytes(16))
    said = {**json.loads(body), "claims": [{**LEVEL, "marks": [], "basis": None}], **(content or {})}
    try:
        body = canonical.encode(said)
    except Exception:
        body = json.dumps(said).encode()
    form = library.load().form("rosh")
    head = {
        "act": "record",
        "at": "2025-02-03T09:00:00.000Z",
        "by": card.person,
        "card": card.sha256(),
        "case": CASE,
        "content": canonical.sha256(body),
        "device": card.device,
        "entry": ID,
        "form": [form.form, form.version, form.sha256],
        "id": ID,
        "on": "2025-02-03",
        "parents": [],
        "seen": {},
        "seq": 1,
        "v": 1,
        **(header or {}),
    }
    data = canonical.encode(head)
    entry = {
        "id": head["id"],
        "form": "rosh",
        "version": 1,
        "at": head["at"],
        "author": {"name": card.name, "role": card.role},
        "status": "signed",
        "answers": said["answers"],
        "signed": {
            "header": b64(data),
            "content": b64(body),
            "signature": b64(signature or KEYS.sign(to_sign(data))),
            "card": card.sha256(),
        },
        **(item or {}),
    }
    return {
        "format": "workbench-case/1",
        "case": {"crn": CRN, "id": CASE},
        "cards": [msgspec.to_builtins(card)],
        "entries": [entry],
    }


def random_uuid() -> str:
    """Some id."""
    import uuid

    return str(uuid.UUID(bytes=secrets.token_bytes(16), version=4))


def snapshot(desk: Desk) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table but the look-log, and every file of the store but its database."""
    connection = desk.store.connection
    names = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name <> 'audit'"
    ).fetchall()
    found = {name: connection.execute(f"SELECT * FROM {name}").fetchall() for (name,) in names}
    folder = desk.store.folder.path
    files = sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())
    found["files of the folder"] = [(name,) for name in files if not name.startswith("case.db")]
    return found


def refused_rows(desk: Desk) -> int:
    """How many refusals the look-log holds."""
    return sum(row.what == "refused" for row in desk.store.log_rows())
