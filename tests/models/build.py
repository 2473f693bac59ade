"""Versions without a store: what the tests of models are made from."""

from __future__ import annotations

from workbench.models import canonical
from workbench.models.records import Author, Brought, Claim, Version, content_data, read_version

CASE = "00000000-0000-5000-8000-000000000001"
FORM = ("rosh", 1, "0" * 64)


def claim(
    value: str, from_: str = "2026-01-05", fact: str = "rosh.overall", until: str | None = None
) -> Claim:
    """A claim about the case."""
    return Claim(fact, None, value, from_, until, (), None)


def version(
    id: str,
    *claims: Claim,
    entry: str | None = None,
    act: str = "record",
    parents: tuple[str, ...] = (),
    device: str = "laptop-a",
    seq: int = 1,
    seen: dict[str, int] | None = None,
    at: str = "2026-01-05T09:00:00.000Z",
    on: str = "2026-01-05",
    brought: Author | None = None,
    form: tuple[str, int, str] = FORM,
    answers: dict[str, object] | None = None,
) -> Version:
    """One version; its signature is empty, since nothing here checks it."""
    content = content_data(
        answers=answers or {},
        claims=claims,
        salt=id.encode(),
        brought=Brought(act, brought, at) if brought else None,  # type: ignore[arg-type]
    )
    header = canonical.encode(
        {
            "act": "bring" if brought else act,
            "at": at,
            "by": f"person of {device}",
            "card": f"card of {device}",
            "case": CASE,
            "content": canonical.sha256(content),
            "device": device,
            "entry": entry or id,
            "form": list(form),
            "id": id,
            "on": on,
            "parents": list(parents),
            "seen": seen or {},
            "seq": seq,
            "v": 1,
        }
    )
    return read_version(header, content, b"")
