"""Search over names and over every word of the record; what is superseded comes last and is flagged."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from workbench.store.driver import Connection, told

_TERM = re.compile(r'"([^"]*)"|(\S+)')
_WORD = re.compile(r"[^\W_]+", re.UNICODE)
EXTRACT_WORDS = 24
# By way of the entry, which has an index: else every passage of the store is looked at.
_OF_VERSION = "entry = (SELECT entry FROM versions WHERE id = ?1) AND version = ?1"


class Passage(msgspec.Struct, frozen=True, gc=False):
    """The searchable text of one version under one set of marks."""

    entry: str
    version: str
    form: str
    on: str
    marks: tuple[str, ...]
    superseded: bool
    text: str


class Hit(msgspec.Struct, frozen=True):
    """One passage that matches; `extract` holds the words around the first match."""

    case: str
    crn: str
    entry: str
    version: str
    form: str
    on: str
    marks: tuple[str, ...]
    superseded: bool
    extract: str


def put_passages(connection: Connection, case: str, passages: Sequence[Passage]) -> None:
    """Makes passages searchable; the caller's transaction holds them."""
    if not passages:
        return
    first = connection.execute("SELECT coalesce(max(n), 0) + 1 FROM passages").fetchone()[0]
    connection.executemany(
        "INSERT INTO passages (n, case_id, entry, version, form, on_, marks, superseded) VALUES (?,?,?,?,?,?,?,?)",
        [
            (n, case, each.entry, each.version, each.form, each.on, ",".join(each.marks), each.superseded)
            for n, each in enumerate(passages, first)
        ],
    )
    connection.executemany(
        "INSERT INTO words (rowid, text) VALUES (?, ?)",
        [(n, passage.text) for n, passage in enumerate(passages, first)],
    )


def mark_superseded(connection: Connection, versions: Iterable[str]) -> None:
    """Flags the passages of versions held; the caller's transaction holds it."""
    for version in versions:
        connection.execute(f"UPDATE passages SET superseded = 1 WHERE {_OF_VERSION}", (version,))


def drop_passages(connection: Connection, version: str) -> None:
    """Takes the words of a version held out of the search; the caller's transaction holds it."""
    connection.execute(
        f"DELETE FROM words WHERE rowid IN (SELECT n FROM passages WHERE {_OF_VERSION})", (version,)
    )
    connection.execute(f"DELETE FROM passages WHERE {_OF_VERSION}", (version,))


def put_name(connection: Connection, n: int, case: str, name: str) -> None:
    """Makes a case findable by name and CRN; `n` is the row of the case."""
    held = connection.execute("SELECT name FROM names WHERE rowid = ?", (n,)).fetchone()
    if held and held[0] == name:
        return
    if held:
        connection.execute("DELETE FROM names WHERE rowid = ?", (n,))
    connection.execute("INSERT INTO names (rowid, name, case_id) VALUES (?, ?, ?)", (n, name, case))


def query(text: str) -> str:
    """What a person typed, as a search: all words, quoted ones as a phrase, the last one as a beginning."""
    parts: list[str] = []
    for phrase, word in _TERM.findall(text):
        words = _WORD.findall(phrase or word)
        if words:
            parts.append('"' + " ".join(words) + '"')
    if parts and not text.rstrip().endswith('"'):
        parts[-1] += "*"
    return " AND ".join(parts)


def find(
    connection: Connection,
    text: str,
    *,
    hidden_marks: frozenset[str] = frozenset(),
    case: str | None = None,
    limit: int = 200,
) -> tuple[Hit, ...]:
    """The passages that hold every word, best first; what bears a hidden mark is left out before ranking."""
    wanted = query(text)
    if not wanted:
        return ()
    clauses = ["words MATCH ?"]
    values: list[object] = [wanted]
    if case:
        clauses.append("p.case_id = ?")
        values.append(case)
    for mark in sorted(hidden_marks):
        clauses.append("instr(',' || p.marks || ',', ?) = 0")
        values.append(f",{mark},")
    current: list[tuple[Any, ...]] = []
    old: list[tuple[Any, ...]] = []
    with told():
        # The index gives its rows by rank, one at a time: what is not shown is neither looked up nor cut.
        cursor = connection.execute(
            "SELECT p.case_id, c.crn, p.entry, p.version, p.form, p.on_, p.marks, p.superseded, "
            f"snippet(words, 0, '', '', '…', {EXTRACT_WORDS}) "
            "FROM words JOIN passages p ON p.n = words.rowid JOIN cases c ON c.case_id = p.case_id "
            f"WHERE {' AND '.join(clauses)} ORDER BY words.rank",
            values,
        )
        for row in cursor:
            (old if row[7] else current).append(row)
            if len(current) == limit:
                break
        cursor.close()
    return tuple(
        Hit(
            case, crn, entry, version, form, on, tuple(marks.split(",")) if marks else (), bool(gone), extract
        )
        for case, crn, entry, version, form, on, marks, gone, extract in (current + old)[:limit]
    )


def find_names(connection: Connection, text: str, limit: int = 200) -> tuple[str, ...]:
    """The cases whose name or CRN holds these letters; where none does, those that come near, nearest first."""
    wanted = text.strip()
    if len(wanted) < 3:
        rows = connection.execute(
            "SELECT case_id FROM names WHERE name LIKE ? ESCAPE '\\' ORDER BY name LIMIT ?",
            (f"%{_plain(wanted)}%", limit),
        )
    else:
        quoted = '"' + wanted.replace('"', '""') + '"'
        with told():
            rows = connection.execute(
                "SELECT case_id FROM names WHERE name MATCH ? ORDER BY name LIMIT ?", (quoted, limit)
            ).fetchall() or _near(connection, wanted, limit)
    return tuple(case for (case,) in rows)


def find_people(connection: Connection, text: str, limit: int) -> tuple[str, ...]:
    """The cases whose name or CRN holds every word, in order of name; without a word, the first of all."""
    words = text.split()
    # Runs of three letters are indexed; of shorter words every name is looked at.
    long = " AND ".join('"' + word.replace('"', '""') + '"' for word in words if len(word) > 2)
    where = ["name MATCH ?"] if long else []
    where += ["name LIKE ? ESCAPE '\\'" for word in words if len(word) < 3]
    values = [long] if long else []
    values += [f"%{_plain(word)}%" for word in words if len(word) < 3]
    rows = connection.execute(
        f"SELECT case_id FROM names {'WHERE ' if where else ''}{' AND '.join(where)} ORDER BY name LIMIT ?",
        (*values, limit),
    )
    return tuple(case for (case,) in rows)


def _near(connection: Connection, wanted: str, limit: int) -> list[tuple[str]]:
    """The cases whose name shares at least half of the runs of three letters that were typed."""
    letters = plain_text(wanted)
    runs = {letters[place : place + 3] for place in range(len(letters) - 2)}
    if not runs:
        return []
    quoted = " OR ".join('"' + run.replace('"', '""') + '"' for run in sorted(runs))
    rows = connection.execute("SELECT case_id, name FROM names WHERE name MATCH ?", (quoted,)).fetchall()
    shared = [(sum(run in plain_text(name) for run in runs), name, case) for case, name in rows]
    near = sorted((-count, name, case) for count, name, case in shared if 2 * count >= len(runs))
    return [(case,) for _, _, case in near[:limit]]


def plain_words(text: str) -> tuple[str, ...]:
    """The words of a search, as `plain_text` writes them."""
    return tuple(_WORD.findall(plain_text(text)))


def plain_text(text: str) -> str:
    """Text without case and accents, as the index compares it."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def rebuild(connection: Connection) -> None:
    """Makes the index of words anew from what it holds."""
    connection.execute("INSERT INTO words (words) VALUES ('rebuild')")


def _plain(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
