"""Drafts: each answer as typed, one row an answer, kept until signed or thrown away; they never travel."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import msgspec

from workbench.store.driver import Connection, transaction

# Time enough to notice that one was thrown away, and no longer than words nobody signed should lie about.
KEPT_FOR = timedelta(days=14)


class Draft(msgspec.Struct, frozen=True):
    """A piece of writing not yet signed; `base` names the heads it began from, `place` where the cursor stood.

    `thrown_at` is when it was thrown away; empty where it was not.
    """

    draft: str
    case: str
    form: str
    form_version: int
    entry: str | None
    base: tuple[str, ...]
    started_at: str
    place: str = ""
    answers: dict[str, Any] = {}
    marks: dict[str, tuple[str, ...]] = {}
    thrown_at: str = ""


def begin(connection: Connection, draft: Draft) -> None:
    """Keeps a new draft."""
    with transaction(connection):
        connection.execute(
            "INSERT INTO drafts (draft, case_id, form, form_version, entry, base, started_at, place) "
            "VALUES (?,?,?,?,?,?,?,?)",
            (
                draft.draft,
                draft.case,
                draft.form,
                draft.form_version,
                draft.entry,
                ",".join(draft.base),
                draft.started_at,
                draft.place,
            ),
        )


def keep_answer(
    connection: Connection, draft: str, path: str, value: object, at: str, place: str = ""
) -> None:
    """Keeps one answer as it is typed: one row, one commit."""
    with transaction(connection):
        connection.execute(
            "INSERT INTO draft_answers (draft, path, value, at) VALUES (?,?,?,?) "
            "ON CONFLICT (draft, path) DO UPDATE SET value = excluded.value, at = excluded.at",
            (draft, path, msgspec.json.encode(value), at),
        )
        if place:
            connection.execute("UPDATE drafts SET place = ? WHERE draft = ?", (place, draft))


def keep_place(connection: Connection, draft: str, place: str) -> None:
    """Keeps where the cursor of a draft stood."""
    with transaction(connection):
        connection.execute("UPDATE drafts SET place = ? WHERE draft = ?", (place, draft))


def kept_at(connection: Connection, draft: str) -> str | None:
    """When the last answer of a draft was kept; None where none was."""
    row = connection.execute("SELECT max(at) FROM draft_answers WHERE draft = ?", (draft,)).fetchone()
    return None if row[0] is None else str(row[0])


def keep_marks(connection: Connection, draft: str, path: str, marks: tuple[str, ...]) -> None:
    """Keeps the marks of one answer of a draft."""
    with transaction(connection):
        connection.execute(
            "INSERT INTO draft_marks (draft, path, marks) VALUES (?,?,?) "
            "ON CONFLICT (draft, path) DO UPDATE SET marks = excluded.marks",
            (draft, path, ",".join(marks)),
        )


def held(connection: Connection, draft: str | None = None) -> tuple[Draft, ...]:
    """The drafts kept, oldest first; an answer that cannot be read is left aside, never the draft."""
    return _read(connection, "thrown_at IS NULL AND draft = coalesce(?, draft)", draft)


def thrown(connection: Connection, draft: str | None = None) -> tuple[Draft, ...]:
    """The drafts thrown away and not yet gone, oldest first."""
    return _read(connection, "thrown_at IS NOT NULL AND draft = coalesce(?, draft)", draft)


def _read(connection: Connection, where: str, draft: str | None) -> tuple[Draft, ...]:
    rows = connection.execute(
        "SELECT draft, case_id, form, form_version, entry, base, started_at, place, thrown_at FROM drafts "
        f"WHERE {where} ORDER BY started_at, draft",
        (draft,),
    ).fetchall()
    return tuple(
        Draft(
            draft,
            case,
            form,
            form_version,
            entry,
            tuple(base.split(",")) if base else (),
            started_at,
            place,
            _answers(connection, draft),
            _marks(connection, draft),
            thrown_at or "",
        )
        for draft, case, form, form_version, entry, base, started_at, place, thrown_at in rows
    )


def discard(connection: Connection, draft: str) -> None:
    """Lets go of a draft and its words for good; the caller's transaction holds it."""
    connection.execute("DELETE FROM drafts WHERE draft = ?", (draft,))


def throw(connection: Connection, draft: str, at: str | None) -> None:
    """Notes when a draft was thrown away, or that it was fetched back; the caller's transaction holds it."""
    connection.execute("UPDATE drafts SET thrown_at = ? WHERE draft = ?", (at, draft))


def empty(connection: Connection, before: str) -> None:
    """Lets go for good of what was thrown away before a moment."""
    with transaction(connection):
        connection.execute("DELETE FROM drafts WHERE thrown_at < ?", (before,))


def _marks(connection: Connection, draft: str) -> dict[str, tuple[str, ...]]:
    rows = connection.execute("SELECT path, marks FROM draft_marks WHERE draft = ? ORDER BY path", (draft,))
    return {path: tuple(marks.split(",")) for path, marks in rows.fetchall()}


def _answers(connection: Connection, draft: str) -> dict[str, Any]:
    answers: dict[str, Any] = {}
    rows = connection.execute("SELECT path, value FROM draft_answers WHERE draft = ? ORDER BY path", (draft,))
    for path, value in rows.fetchall():
        try:
            answers[path] = msgspec.json.decode(value)
        except msgspec.MsgspecError:
            continue
    return answers
