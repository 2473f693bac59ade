"""Search over a large index, against raw FTS5 on the same encrypted file."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.bench import places
from tests.bench.harness import Line, Sizes, compare, took, versus
from workbench.store import search as searching
from workbench.store.driver import transaction

LIMIT = 200
BATCH = 5_000
# So many notes hold the word: under the 5,000 hits up to which search promises to be quick.
HITS = 4_000


def search(sizes: Sizes, folder: Path) -> Iterator[Line]:
    """A word and two words together; the floor is the same match, ranked, with its extract."""
    desk = places.empty(folder / "search")
    try:
        sql = desk.store.connection
        _fill(sql, sizes.indexed)
        hits = sql.execute("SELECT count(*) FROM words WHERE words MATCH ?", (places.RARE,)).fetchone()[0]
        common = places.VOCABULARY[400]
        for words, what, ratio in (
            (places.RARE, f"{hits:,} hits", 1.3),
            (f"{places.RARE} {common}", "two words", None),
        ):
            query = searching.query(words)
            found = compare(
                lambda words=words: took(lambda: searching.find(sql, words)),
                lambda query=query: took(lambda: _raw(sql, query)),
                sizes.rounds,
            )
            name = f"search {sizes.indexed:,} entries, {what}"
            yield versus(name, "raw FTS5, ranked, with extract", found, ratio=ratio, ms=150)
    finally:
        desk.close()


def _raw(sql: Any, query: str) -> object:
    return sql.execute(
        "SELECT rowid, snippet(words, 0, '', '', '…', 24) FROM words WHERE words MATCH ? ORDER BY rank LIMIT ?",
        (query, LIMIT),
    ).fetchall()


def _fill(sql: Any, count: int) -> None:
    chance = random.Random(3)
    cases, every = max(1, count // 50), max(1, count // HITS)
    with transaction(sql):
        sql.executemany(
            "INSERT INTO cases (case_id, kind, crn, open_recall, restricted) VALUES (?,'case',?,0,0)",
            ((f"case-{n}", f"C{n:06d}") for n in range(cases)),
        )
    for first in range(0, count, BATCH):
        numbers = range(first, min(first + BATCH, count))
        with transaction(sql):
            sql.executemany(
                "INSERT INTO passages VALUES (?,?,?,?,'contact','2026-03-01','',?)",
                ((n + 1, f"case-{n % cases}", f"entry-{n}", f"version-{n}", n % 20 == 0) for n in numbers),
            )
            notes = ((n + 1, _note(chance, holds=n % every == 0)) for n in numbers)
            sql.executemany("INSERT INTO words (rowid, text) VALUES (?,?)", notes)


def _note(chance: random.Random, *, holds: bool) -> str:
    words = places.text(chance, 25)
    return f"{words} {places.RARE} {places.text(chance, 5)}" if holds else words
