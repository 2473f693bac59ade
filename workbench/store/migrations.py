"""The schema, as a list of dated steps that are never edited after a release."""

from __future__ import annotations

from typing import Any

from workbench.errors import StoreProblem
from workbench.store.driver import Connection, utils_database

NAMES = ("m001_first", "m002_thrown_drafts")

# Changing what is written must be impossible by accident: these tables only grow.
APPEND_ONLY = ("audit", "arrivals", "definitions", "cards", "papers", "exchanged", "overlays")

_FIRST = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT;
CREATE TABLE cases (
  n INTEGER PRIMARY KEY, case_id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, crn TEXT NOT NULL,
  name TEXT, officer TEXT, rosh TEXT, mappa_category TEXT, mappa_level TEXT, open_recall INTEGER NOT NULL,
  restricted INTEGER NOT NULL, next_due TEXT, stale_on TEXT, book TEXT,
  next_contact TEXT) STRICT;
CREATE INDEX cases_crn ON cases (kind, crn, case_id);
CREATE INDEX cases_stale ON cases (stale_on);
CREATE INDEX cases_coming ON cases (kind, next_contact, case_id);
CREATE TABLE versions (
  n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, case_id TEXT NOT NULL, entry TEXT NOT NULL,
  act TEXT NOT NULL, form TEXT NOT NULL, on_ TEXT NOT NULL, at TEXT NOT NULL, device TEXT NOT NULL,
  seq INTEGER NOT NULL, header BLOB NOT NULL, content BLOB, signature BLOB NOT NULL,
  UNIQUE (device, case_id, seq)) STRICT;
CREATE INDEX versions_case ON versions (case_id, n);
CREATE INDEX versions_entry ON versions (entry);
CREATE INDEX versions_form ON versions (form, act, at, entry, id);
CREATE INDEX versions_names ON versions (entry, act, json_extract(CAST(header AS TEXT), '$.parents'))
  WHERE act NOT IN ('record', 'loosen', 'bring');
CREATE TABLE holes (
  device TEXT NOT NULL, case_id TEXT NOT NULL, seq INTEGER NOT NULL, sha256 TEXT NOT NULL,
  withheld INTEGER NOT NULL, PRIMARY KEY (device, case_id, seq)) STRICT;
CREATE TABLE refused_content (version TEXT PRIMARY KEY) STRICT;
CREATE TABLE other_headers (
  version TEXT NOT NULL, case_id TEXT NOT NULL, device TEXT NOT NULL, seq INTEGER NOT NULL,
  header BLOB NOT NULL, signature BLOB NOT NULL, PRIMARY KEY (device, case_id, seq)) STRICT;
CREATE TABLE arrivals (
  n INTEGER PRIMARY KEY, version TEXT NOT NULL, received_at TEXT NOT NULL, how TEXT NOT NULL) STRICT;
CREATE INDEX arrivals_version ON arrivals (version);
CREATE TABLE definitions (sha256 TEXT PRIMARY KEY, data BLOB NOT NULL) STRICT;
CREATE TABLE cards (sha256 TEXT PRIMARY KEY, person TEXT NOT NULL, data BLOB NOT NULL) STRICT;
CREATE TABLE papers (
  n INTEGER PRIMARY KEY, sha256 TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, data BLOB NOT NULL,
  received_at TEXT NOT NULL) STRICT;
CREATE TABLE overlays (
  n INTEGER PRIMARY KEY, sha256 TEXT NOT NULL UNIQUE, data BLOB NOT NULL, parts BLOB NOT NULL,
  program TEXT NOT NULL, received_at TEXT NOT NULL) STRICT;
CREATE TABLE exchanged (
  n INTEGER PRIMARY KEY, kind TEXT NOT NULL, bundle TEXT NOT NULL, device TEXT NOT NULL, at TEXT NOT NULL,
  data BLOB NOT NULL, UNIQUE (kind, bundle, device)) STRICT;
CREATE TABLE peers (
  device TEXT NOT NULL, case_id TEXT NOT NULL, vector BLOB NOT NULL, heard_at TEXT NOT NULL,
  PRIMARY KEY (device, case_id)) STRICT;
CREATE TABLE quarantined (
  n INTEGER PRIMARY KEY, file TEXT NOT NULL UNIQUE, key BLOB NOT NULL, sha256 TEXT NOT NULL UNIQUE,
  card TEXT NOT NULL, case_id TEXT NOT NULL, crn TEXT NOT NULL, versions INTEGER NOT NULL, reason TEXT NOT NULL,
  at TEXT NOT NULL) STRICT;
CREATE TABLE due_rows (
  n INTEGER PRIMARY KEY, case_id TEXT NOT NULL, duty TEXT NOT NULL, since TEXT, traits TEXT NOT NULL, due TEXT,
  due_at TEXT, soon_from TEXT, ended TEXT, deferred TEXT, data BLOB NOT NULL,
  UNIQUE (case_id, duty)) STRICT;
CREATE INDEX due_rows_alike ON due_rows (since, ended, traits, due, due_at, soon_from, deferred)
  WHERE since IS NOT NULL;
CREATE INDEX due_rows_order ON due_rows (traits, due, duty, since, due_at, soon_from, ended, deferred)
  WHERE since IS NOT NULL;
CREATE TABLE finding_rows (
  n INTEGER PRIMARY KEY, case_id TEXT NOT NULL, kind TEXT NOT NULL, level TEXT NOT NULL, tells TEXT NOT NULL,
  finding TEXT NOT NULL, data BLOB NOT NULL) STRICT;
CREATE INDEX finding_rows_case ON finding_rows (case_id);
CREATE INDEX finding_rows_alike ON finding_rows (kind, level, tells, finding);
CREATE TABLE passages (
  n INTEGER PRIMARY KEY, case_id TEXT NOT NULL, entry TEXT NOT NULL, version TEXT NOT NULL,
  form TEXT NOT NULL, on_ TEXT NOT NULL, marks TEXT NOT NULL, superseded INTEGER NOT NULL) STRICT;
CREATE INDEX passages_entry ON passages (entry);
CREATE VIRTUAL TABLE words USING fts5(text, tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3');
INSERT INTO words (words, rank) VALUES ('secure-delete', 1);
CREATE VIRTUAL TABLE names USING fts5(name, case_id UNINDEXED, tokenize = 'trigram remove_diacritics 1');
INSERT INTO names (names, rank) VALUES ('secure-delete', 1);
CREATE TABLE drafts (
  draft TEXT PRIMARY KEY, case_id TEXT NOT NULL, form TEXT NOT NULL, form_version INTEGER NOT NULL,
  entry TEXT, base TEXT NOT NULL, started_at TEXT NOT NULL, place TEXT NOT NULL) STRICT;
CREATE TABLE draft_answers (
  draft TEXT NOT NULL REFERENCES drafts (draft) ON DELETE CASCADE, path TEXT NOT NULL,
  value BLOB NOT NULL, at TEXT NOT NULL, PRIMARY KEY (draft, path)) STRICT;
CREATE TABLE draft_marks (
  draft TEXT NOT NULL REFERENCES drafts (draft) ON DELETE CASCADE, path TEXT NOT NULL,
  marks TEXT NOT NULL, PRIMARY KEY (draft, path)) STRICT;
CREATE TABLE files (
  sha256 TEXT PRIMARY KEY, sealed TEXT NOT NULL, key BLOB NOT NULL, bytes INTEGER NOT NULL,
  type TEXT NOT NULL, added_at TEXT NOT NULL) STRICT;
CREATE TABLE file_uses (
  version TEXT NOT NULL, sha256 TEXT NOT NULL, PRIMARY KEY (sha256, version)) STRICT;
CREATE INDEX file_uses_version ON file_uses (version);
CREATE TABLE audit (
  seq INTEGER NOT NULL, device TEXT NOT NULL, at TEXT NOT NULL, who TEXT NOT NULL, what TEXT NOT NULL,
  case_id TEXT, why TEXT, detail TEXT NOT NULL, hash BLOB NOT NULL, PRIMARY KEY (device, seq)) STRICT;
CREATE INDEX audit_case ON audit (case_id);
"""


def _triggers() -> list[str]:
    made = []
    for table in APPEND_ONLY:
        for verb in ("UPDATE", "DELETE"):
            made.append(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} only grows'); END"
            )
    # A signed version is never changed. Its content may be taken away, and come back unless it was erased.
    made.append(
        "CREATE TRIGGER versions_never_change BEFORE UPDATE ON versions "
        "WHEN NEW.header IS NOT OLD.header OR NEW.signature IS NOT OLD.signature OR NEW.id IS NOT OLD.id "
        "OR (NEW.content IS NOT NULL AND (OLD.content IS NOT NULL "
        "OR EXISTS (SELECT 1 FROM refused_content WHERE version = OLD.id))) "
        "BEGIN SELECT RAISE(ABORT, 'versions are never changed'); END"
    )
    return made


def trigger_names() -> frozenset[str]:
    """The triggers that must be there whenever a store is open."""
    return frozenset(text.split()[2] for text in _triggers())


def applied(connection: Connection) -> tuple[str, ...]:
    """The steps that this file has had, in order."""
    table = connection.execute(
        "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = '_sqlite_migrations'"
    ).fetchone()
    if not table:
        return ()
    rows = connection.execute(
        "SELECT name FROM _sqlite_migrations WHERE migration_set = 'workbench' ORDER BY id"
    ).fetchall()
    return tuple(name for (name,) in rows)


def check_not_newer(connection: Connection) -> None:
    """Refuses a file that a newer program has changed.

    Raises:
        StoreProblem: it has had steps that this program does not know.
    """
    if set(applied(connection)) - set(NAMES):
        raise StoreProblem(
            "newer",
            "This store was last used by a newer version of the workbench.",
            "Install that version; this one leaves the store as it is.",
        )


def waits(connection: Connection) -> bool:
    """Whether this is the file of an earlier program, which `migrate` would change."""
    return 0 < len(applied(connection)) < len(NAMES)


def migrate(connection: Connection) -> None:
    """Brings the schema up to date; each step is one transaction with its own record."""
    check_not_newer(connection)
    if applied(connection) == NAMES:
        return
    from sqlite_utils import Migrations

    steps = Migrations("workbench")

    @steps()
    def m001_first(db: Any) -> None:
        """The first schema: versions, what follows from them, drafts, files, audit."""
        for statement in _FIRST.split(";\n"):
            if statement.strip():
                db.execute(statement)
        for trigger in _triggers():
            db.execute(trigger)

    @steps()
    def m002_thrown_drafts(db: Any) -> None:
        """When a draft was thrown away: it is kept for a while, for somebody who did not mean it."""
        db.execute("ALTER TABLE drafts ADD COLUMN thrown_at TEXT")

    steps.apply(utils_database(connection))


def check_triggers(connection: Connection) -> None:
    """Refuses a file whose guards are gone.

    Raises:
        StoreProblem: a trigger is missing.
    """
    rows = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
    if trigger_names() - {name for (name,) in rows}:
        raise StoreProblem(
            "damaged", "The store's guards against change are gone.", "Restore the newest backup."
        )
