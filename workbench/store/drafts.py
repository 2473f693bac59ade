"""Drafts: each answer as typed, one row an answer, kept until signed; they never travel."""

from __future__ import annotations

from typing import Any

import msgspec

from workbench.store.driver import Connection, transaction


class Draft(msgspec.Struct, frozen=True):
    """A piece of writing not yet signed; `base` names the heads it began from, `place` where the cursor stood."""

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
    where = "WHERE draft = ?" if draft else ""
    rows = connection.execute(
        "SELECT draft, case_id, form, form_version, entry, base, started_at, place FROM drafts "
        f"{where} ORDER BY started_at, draft",
        (draft,) if draft else (),
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
        )
        for draft, case, form, form_version, entry, base, started_at, place in rows
    )


def discard(connection: Connection, draft: str) -> None:
    """Throws a draft away; the caller's transaction holds it."""
    connection.execute("DELETE FROM drafts WHERE draft = ?", (draft,))


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
