"""The one door to SQLite: opens encrypted files, asserts that they are, and says failures in words.

Every other module of the store uses the connections made here; `sqlite3` itself is never imported.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlcipher3
from sqlcipher3 import dbapi2

from workbench.errors import StoreProblem

# sqlite-utils looks for this name first; without it, it would catch the errors of another SQLite.
sys.modules.setdefault("pysqlite3", sqlcipher3)
sys.modules.setdefault("pysqlite3.dbapi2", dbapi2)

Connection = Any
Row = tuple[Any, ...]
Error = dbapi2.Error
# Pages kept in clear: what is not among them is decrypted each time it is read. It fills only as they are read.
CACHE_KIB = 32_768

# What SQLite's result codes mean to a person. Source: sqlite.org/rescode.html.
_SAYS = {
    "SQLITE_FULL": (
        "full",
        "The disk is full; nothing of this change was written.",
        "Free some space and try again.",
    ),
    "SQLITE_READONLY": (
        "read-only",
        "The store's folder is read-only.",
        "Move the store to a folder you may write to.",
    ),
    "SQLITE_CANTOPEN": (
        "read-only",
        "The store cannot be opened for writing.",
        "Check the folder's permissions.",
    ),
    "SQLITE_BUSY": ("busy", "Another program holds the store.", "Close it and try again."),
    "SQLITE_LOCKED": ("busy", "Another program holds the store.", "Close it and try again."),
    "SQLITE_IOERR": (
        "disk",
        "The disk could not be read or written; nothing of this change was kept.",
        "Check the disk.",
    ),
    "SQLITE_CORRUPT": ("damaged", "The store is damaged.", "Restore the newest backup."),
    "SQLITE_NOTADB": (
        "damaged",
        "The key does not fit the store, or its first page is damaged.",
        "Restore the newest backup.",
    ),
}


@contextmanager
def told() -> Iterator[None]:
    """Turns a failure of the database into a sentence; what is our own bug passes unchanged."""
    try:
        yield
    except Error as error:
        problem = problem_of(error)
        if problem is None:
            raise
        raise problem from error


def problem_of(error: BaseException) -> StoreProblem | None:
    """The known problem behind a database error; None where it is a bug of ours."""
    name = str(getattr(error, "sqlite_errorname", ""))
    for code, (kind, says, next_step) in _SAYS.items():
        if name.startswith(code):
            return StoreProblem(kind, says, next_step)
    if "file is not a database" in str(error) or "malformed" in str(error):
        return StoreProblem(*_SAYS["SQLITE_CORRUPT"])
    return None


class _Cursor(dbapi2.Cursor):  # type: ignore[misc]
    """A cursor whose failures are sentences: a damaged page may be met on any row that is read."""

    # Every row passes through these: written out, for a context manager costs as much as a short statement.
    def execute(self, *values: Any) -> Any:
        try:
            return super().execute(*values)
        except Error as error:
            problem = problem_of(error)
            if problem is None:
                raise
            raise problem from error

    def fetchone(self) -> Any:
        try:
            return super().fetchone()
        except Error as error:
            problem = problem_of(error)
            if problem is None:
                raise
            raise problem from error

    def fetchall(self) -> Any:
        with told():
            return super().fetchall()

    def __next__(self) -> Any:
        try:
            return super().__next__()
        except Error as error:
            raise problem_of(error) or error from None


class _Connection(dbapi2.Connection):  # type: ignore[misc]
    """A connection with such cursors."""

    def execute(self, *values: Any) -> Any:
        return self.cursor(_Cursor).execute(*values)


def connect(path: Path, key: bytes, *, create: bool = False) -> Connection:
    """An open connection to an encrypted file.

    Raises:
        StoreProblem: there is no such file, the key does not fit, or the file is not encrypted.
    """
    if not create and not path.is_file():
        raise StoreProblem("missing", "The store's database is missing.", "Restore the newest backup.")
    if path.is_file() and path.stat().st_size:
        with path.open("rb") as file:
            if file.read(16) == b"SQLite format 3\0":
                raise StoreProblem(
                    "plain", "The store's database is not encrypted.", "It will not be opened."
                )
    with told():
        connection = dbapi2.connect(str(path), timeout=5, isolation_level=None, factory=_Connection)
        try:
            _prepare(connection, key)
        except BaseException:
            connection.close()
            raise
    return connection


def _prepare(connection: Connection, key: bytes) -> None:
    # The key must be the first statement, and cannot be bound as a parameter.
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    for pragma in (
        "cipher_compatibility = 4",
        "cipher_log_level = NONE",
        "temp_store = MEMORY",
        "foreign_keys = ON",
        "recursive_triggers = ON",
        "secure_delete = ON",
        f"cache_size = -{CACHE_KIB}",
    ):
        connection.execute(f"PRAGMA {pragma}")
    connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    _assert_encrypted(connection)


def _assert_encrypted(connection: Connection) -> None:
    # Plain SQLite ignores PRAGMA key without a word, so the cipher must show itself.
    version = connection.execute("PRAGMA cipher_version").fetchone()
    on = [
        connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("foreign_keys", "recursive_triggers")
    ]
    if not version or not version[0] or on != [1, 1]:
        raise StoreProblem(
            "plain", "The encryption of the store is not at work.", "Install the program again."
        )


@contextmanager
def transaction(connection: Connection) -> Iterator[None]:
    """One transaction: all of it or nothing."""
    with told():
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise


def utils_database(connection: Connection) -> Any:
    """The connection as sqlite-utils sees it: for schema, migrations and search set-up only."""
    import sqlite_utils.db
    from sqlite_utils import Database

    if vars(sqlite_utils.db)["sqlite3"] is not sqlcipher3:
        raise StoreProblem(
            "plain", "The encryption of the store is not at work.", "Install the program again."
        )
    return Database(connection, strict=True, execute_plugins=False)
