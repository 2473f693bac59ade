"""The open store: appends versions with all that follows from them in one transaction, and reads them back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from types import TracebackType
from typing import Any, Self

import msgspec

from workbench.errors import NotFound
from workbench.models.records import Card, Hole, Version, read_version
from workbench.models.results import Advice, Duty, Finding
from workbench.store import audit, migrations, owed
from workbench.store import versions as version_rows
from workbench.store.driver import Connection, connect, told, transaction
from workbench.store.folder import Folder
from workbench.store.lock import StoreLock
from workbench.store.search import Passage, mark_superseded, put_name, put_passages


class CaseRow(msgspec.Struct, frozen=True):
    """What lists show of a case without opening it; `stale_on` is the day its duties must be worked out again."""

    case: str
    crn: str
    kind: str = "case"
    name: str | None = None
    officer: str | None = None
    rosh: str | None = None
    mappa_category: str | None = None
    mappa_level: str | None = None
    open_recall: bool = False
    restricted: bool = False
    next_due: str | None = None
    stale_on: str | None = None
    book: str | None = None
    next_contact: str | None = None


class Logged(msgspec.Struct, frozen=True):
    """A row of the look-log to be written."""

    what: str
    at: str
    case: str | None = None
    why: str | None = None
    detail: str = ""


class Results(msgspec.Struct, frozen=True):
    """What follows from the record of a case; a case that is read as part of another has its row alone."""

    row: CaseRow
    duties: tuple[Duty, ...] = ()
    findings: tuple[Finding, ...] = ()
    advice: tuple[Advice, ...] = ()


class Write(msgspec.Struct, frozen=True):
    """One change of one case: versions and everything that follows from them.

    `twins` are versions that another store signed for what this one brought in too, from the same file;
    `refused` are versions of which no content may ever come in, whether they are held or not; `withheld` the
    places of those that another store holds and may not show to this one.
    `received_as_signed` is for invented history alone: as if each version had come the moment it was signed.
    """

    row: CaseRow
    log: Logged
    versions: tuple[Version, ...] = ()
    passages: tuple[Passage, ...] = ()
    twins: tuple[Version, ...] = ()
    withheld: tuple[Hole, ...] = ()
    superseded: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    erased: tuple[str, ...] = ()
    misfiled: tuple[Hole, ...] = ()
    duties: tuple[Duty, ...] = ()
    findings: tuple[Finding, ...] = ()
    advice: tuple[Advice, ...] = ()
    definitions: dict[str, bytes] = {}
    cards: tuple[Card, ...] = ()
    drafts_done: tuple[str, ...] = ()
    how: str = "here"
    received_as_signed: bool = False


_CASE_COLUMNS = (
    "case_id, crn, kind, name, officer, rosh, mappa_category, mappa_level, open_recall, restricted, "
    "next_due, stale_on, book, next_contact"
)


class Store:
    """One open store; one connection, used by one thread at a time."""

    def __init__(self, folder: Folder, connection: Connection, lock: StoreLock) -> None:
        self.folder = folder
        self.connection = connection
        self._lock = lock

    @classmethod
    def open(
        cls,
        folder: Folder,
        key: bytes,
        since: str,
        *,
        create: bool = False,
        before: Callable[[Self], object] | None = None,
    ) -> Self:
        """Opens the database of a folder for this process alone, and brings its schema up to date.

        `before` is given the store as an earlier program left it, if one did; what it raises leaves it so.

        Raises:
            StoreProblem: it is held, damaged, newer than the program, read-only, or the key does not fit.
        """
        lock = StoreLock(folder.lock, since)
        try:
            folder.make_rooms()
            folder.empty_tmp()
            connection = connect(folder.database, key, create=create)
            made = cls(folder, connection, lock)
            try:
                with told():
                    migrations.check_not_newer(connection)
                    if before is not None and migrations.waits(connection):
                        before(made)
                    migrations.migrate(connection)
                    migrations.check_triggers(connection)
            except BaseException:
                connection.close()
                raise
        except BaseException:
            lock.close()
            raise
        return made

    def close(self) -> None:
        """Closes the connection and frees the folder."""
        self.connection.close()
        self.folder.empty_tmp()
        self._lock.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # What this device is

    def meta(self, key: str) -> bytes | None:
        """A value this store keeps about itself."""
        row = self.connection.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return bytes(row[0]) if row else None

    def set_meta(self, values: dict[str, bytes], log: Logged, who: str, device: str) -> None:
        """Keeps values about the store itself, with their row in the look-log."""
        with transaction(self.connection):
            for key, value in values.items():
                self.connection.execute(
                    "INSERT INTO meta VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                    (key, value),
                )
            self._log(device, who, log)

    def add_card(self, card: Card) -> None:
        """Keeps a card."""
        with transaction(self.connection):
            self._put_card(card)

    def log(self, device: str, who: str, log: Logged) -> None:
        """Writes one row of the look-log."""
        with transaction(self.connection):
            self._log(device, who, log)

    def _log(self, device: str, who: str, log: Logged) -> None:
        audit.append(
            self.connection, device, log.at, who, log.what, case=log.case, why=log.why, detail=log.detail
        )

    # Appending

    def append(
        self, write: Write, device: str, who: str, others: Callable[[], Iterable[Results]] = tuple
    ) -> None:
        """Writes one change in one transaction; what is held already is left as it is.

        `others` gives what follows for other cases; it is asked once the change stands, still inside.

        Raises:
            BadInput: a version is held with other bytes, or its content was erased for ever.
            StoreProblem: the disk is full or read-only; then nothing is written.
        """
        with transaction(self.connection):
            for card in write.cards:
                self._put_card(card)
            for sha256, data in write.definitions.items():
                self.connection.execute("INSERT OR IGNORE INTO definitions VALUES (?, ?)", (sha256, data))
            received_at = None if write.received_as_signed else write.log.at
            version_rows.put(self.connection, write.versions, received_at, write.how)
            for version in write.twins:
                version_rows.put_twin(self.connection, version)
            version_rows.put_withheld(self.connection, write.withheld)
            mark_superseded(self.connection, write.superseded)
            version_rows.take_away(
                self.connection,
                hidden=write.hidden,
                refused_for_ever=write.refused,
                erased=write.erased,
                misfiled=write.misfiled,
            )
            put_passages(self.connection, write.row.case, write.passages)
            self._put_results(write)
            for results in others():
                self._put_results(results)
            for draft in write.drafts_done:
                self.connection.execute("DELETE FROM drafts WHERE draft = ?", (draft,))
            self._log(device, who, write.log)

    def _put_card(self, card: Card) -> None:
        self.connection.execute(
            "INSERT OR IGNORE INTO cards (sha256, person, data) VALUES (?,?,?)",
            (card.sha256(), card.person, msgspec.json.encode(card)),
        )

    def drop(self, dropped: Mapping[str, Logged], device: str, who: str) -> None:
        """Takes away the content of every version of these cases, their words and drafts; the list keeps a line."""
        with transaction(self.connection):
            for case, log in dropped.items():
                version_rows.drop(self.connection, case)
                self._log(device, who, log)

    def put_results(self, found: Iterable[Results]) -> None:
        """Replaces only what follows from the record: duties, findings, the case rows."""
        with transaction(self.connection):
            for results in found:
                self._put_results(results)

    def _put_results(self, results: Results | Write) -> None:
        self._put_row(results.row)
        owed.put(self.connection, results.row.case, results.duties, results.findings, results.advice)

    def _put_row(self, row: CaseRow) -> None:
        values = msgspec.structs.astuple(row)
        updates = ", ".join(
            f"{column} = excluded.{column}" for column in _CASE_COLUMNS.split(", ") if column != "case_id"
        )
        n = self.connection.execute(
            f"INSERT INTO cases ({_CASE_COLUMNS}) VALUES ({', '.join('?' * len(values))}) "
            f"ON CONFLICT (case_id) DO UPDATE SET {updates} RETURNING n",
            values,
        ).fetchone()[0]
        put_name(self.connection, n, row.case, f"{row.name or ''} {row.crn}".strip())

    def rekey(self, key: bytes) -> None:
        """Encrypts the whole database under another key, in one transaction of the engine's own."""
        self.truncate()
        with told():
            self.connection.execute("PRAGMA journal_mode = DELETE")
            self.connection.execute(f"PRAGMA rekey = \"x'{key.hex()}'\"")
            self.connection.execute("PRAGMA journal_mode = WAL")

    def truncate(self) -> None:
        """Empties the log beside the database, so that nothing taken away lies there still."""
        with told():
            self.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    # Reading

    def cases(self) -> tuple[CaseRow, ...]:
        """Every case, in order of CRN and id."""
        rows = self.connection.execute(
            f"SELECT {_CASE_COLUMNS} FROM cases WHERE kind = 'case' ORDER BY crn, case_id"
        )
        return tuple(_case_row(row) for row in rows)

    def cases_called(self, crn: str) -> tuple[CaseRow, ...]:
        """The cases that bear a CRN, in order of id."""
        rows = self.connection.execute(
            f"SELECT {_CASE_COLUMNS} FROM cases WHERE crn = ? AND kind = 'case' ORDER BY case_id", (crn,)
        )
        return tuple(_case_row(row) for row in rows)

    def count_cases(self) -> int:
        """How many cases the list shows."""
        # All less the few others: the smallest index counts all, and what is not read need not be deciphered.
        query = (
            "SELECT (SELECT count(*) FROM cases) - (SELECT count(*) FROM cases WHERE kind < 'case') "
            "- (SELECT count(*) FROM cases WHERE kind > 'case')"
        )
        return int(self.connection.execute(query).fetchone()[0])

    def coming(self, moment: str, most: int) -> tuple[CaseRow, ...]:
        """The cases with an appointment at a moment or later, the next first."""
        rows = self.connection.execute(
            f"SELECT {_CASE_COLUMNS} FROM cases WHERE kind = 'case' AND next_contact >= ? "
            "ORDER BY next_contact, case_id LIMIT ?",
            (moment, most),
        )
        return tuple(_case_row(row) for row in rows)

    def case_of_entry(self, entry: str) -> str | None:
        """The case an entry belongs to; None where none is held."""
        row = self.connection.execute(
            "SELECT case_id FROM versions WHERE entry = ? LIMIT 1", (entry,)
        ).fetchone()
        return row[0] if row else None

    def named(self, text: str) -> tuple[str, ...]:
        """The ids of the cases that a case id or a CRN names, in order."""
        rows = self.connection.execute(
            "SELECT case_id FROM cases WHERE (case_id = ?1 OR crn = ?1) AND kind = 'case' ORDER BY case_id",
            (text,),
        )
        return tuple(case for (case,) in rows)

    def case_row(self, case: str) -> CaseRow:
        """One case's row.

        Raises:
            NotFound: there is no such case.
        """
        row = self.connection.execute(
            f"SELECT {_CASE_COLUMNS} FROM cases WHERE case_id = ?", (case,)
        ).fetchone()
        if not row:
            raise NotFound(f"There is no case {case} in this store.", "List them with 'workbench cases'.")
        return _case_row(row)

    def stale(self, day: str, book: str) -> tuple[str, ...]:
        """The cases whose duties must be worked out again: their day has come, or the rule book is another."""
        rows = self.connection.execute(
            "SELECT case_id FROM cases WHERE kind = 'case' AND (stale_on <= ? OR book IS NOT ?) ORDER BY case_id",
            (day, book),
        )
        return tuple(case for (case,) in rows)

    def versions(self, case: str) -> tuple[Version, ...]:
        """Every version of a case, in order of arrival here."""
        rows = self.connection.execute(
            "SELECT header, content, signature FROM versions WHERE case_id = ? ORDER BY n", (case,)
        ).fetchall()
        found = (_version(row) for row in rows)
        also: dict[str, list[tuple[str, int]]] = {}
        for twin in self.twins(case):
            also.setdefault(twin.id, []).append((twin.header.device, twin.header.seq))
        if not also:
            return tuple(found)
        return tuple(
            msgspec.structs.replace(version, also=tuple(also.get(version.id, ()))) for version in found
        )

    def version(self, id: str) -> Version | None:
        """One version by id."""
        row = self.connection.execute(
            "SELECT header, content, signature FROM versions WHERE id = ?", (id,)
        ).fetchone()
        return _version(row) if row else None

    def versions_of_form(self, form: str) -> tuple[Version, ...]:
        """Every version made with a form, in order of arrival here."""
        rows = self.connection.execute(
            "SELECT header, content, signature FROM versions WHERE form = ? ORDER BY n", (form,)
        ).fetchall()
        return tuple(_version(row) for row in rows)

    def versions_of_devices(self, devices: Iterable[str]) -> Iterator[Version]:
        """Every version signed on any of these devices, by device and in order of arrival here."""
        for device in sorted(devices):
            rows = self.connection.execute(
                "SELECT header, content, signature FROM versions WHERE device = ? ORDER BY n", (device,)
            )
            yield from map(_version, rows.fetchall())

    def entries_of_form(self, form: str) -> tuple[Version, ...]:
        """Every version of the entries made with a form, what was done to them included, in order of arrival."""
        rows = self.connection.execute(
            "SELECT header, content, signature FROM versions "
            "WHERE entry IN (SELECT entry FROM versions WHERE form = ?) ORDER BY n",
            (form,),
        ).fetchall()
        return tuple(_version(row) for row in rows)

    def accounted(self, version: str) -> bool:
        """Whether a version the look-log names is held, or was taken out by an act."""
        held = self.connection.execute(
            "SELECT 1 FROM versions WHERE id = ?1 UNION ALL SELECT 1 FROM refused_content WHERE version = ?1",
            (version,),
        )
        return held.fetchone() is not None

    def received(self, case: str) -> dict[str, str]:
        """When each version of a case first reached this store."""
        rows = self.connection.execute(
            "SELECT version, min(received_at) FROM arrivals JOIN versions ON versions.id = arrivals.version "
            "WHERE case_id = ? GROUP BY version",
            (case,),
        )
        return dict(rows.fetchall())

    def vector(self, case: str) -> dict[str, int]:
        """The last seq of each device that this store holds for a case, holes and twins included."""
        rows = self.connection.execute(
            "SELECT device, max(seq) FROM (SELECT device, seq FROM versions WHERE case_id = ?1 "
            "UNION ALL SELECT device, seq FROM holes WHERE case_id = ?1 "
            "UNION ALL SELECT device, seq FROM other_headers WHERE case_id = ?1) GROUP BY device ORDER BY device",
            (case,),
        )
        return dict(rows.fetchall())

    def holes(self, case: str) -> tuple[Hole, ...]:
        """What stays of the misfiled or withheld versions of a case."""
        rows = self.connection.execute(
            "SELECT device, case_id, seq, sha256 FROM holes WHERE case_id = ? ORDER BY device, seq", (case,)
        )
        return tuple(Hole(*row) for row in rows)

    def twins(self, case: str) -> tuple[Version, ...]:
        """What other stores signed for versions that this one brought in too: headings alone."""
        rows = self.connection.execute(
            "SELECT header, signature FROM other_headers WHERE case_id = ? ORDER BY device, seq", (case,)
        ).fetchall()
        return tuple(
            read_version(bytes(header), None, bytes(signature), trusted=True) for header, signature in rows
        )

    def searched(self, case: str) -> frozenset[str]:
        """The versions of a case whose words a search may find."""
        rows = self.connection.execute("SELECT DISTINCT version FROM passages WHERE case_id = ?", (case,))
        return frozenset(version for (version,) in rows)

    def refused(self, version: str) -> bool:
        """Whether a version's content was erased or misfiled, and is never taken in again."""
        return version_rows.refused(self.connection, version)

    def duties(self, case: str | None = None) -> Iterator[Duty]:
        """The duties as last worked out, of one case or all, met and ended ones too, by last day."""
        return owed.duties(self.connection, case)

    def findings(self, case: str | None = None) -> Iterator[Finding]:
        """The findings as last worked out."""
        decoder = msgspec.json.Decoder(Finding)
        return (decoder.decode(data) for data in owed.found(self.connection, "finding", case))

    def advice(self, case: str | None = None) -> Iterator[Advice]:
        """The advice as last worked out."""
        decoder = msgspec.json.Decoder(Advice)
        return (decoder.decode(data) for data in owed.found(self.connection, "advice", case))

    def cards(self) -> dict[str, Card]:
        """Every card held, by its hash."""
        rows = self.connection.execute("SELECT sha256, data FROM cards").fetchall()
        return {sha256: msgspec.json.decode(data, type=Card) for sha256, data in rows}

    def definition(self, sha256: str) -> bytes | None:
        """A form definition by its hash, as canonical JSON."""
        row = self.connection.execute("SELECT data FROM definitions WHERE sha256 = ?", (sha256,)).fetchone()
        return bytes(row[0]) if row else None

    def definitions(self) -> frozenset[str]:
        """The hashes of the form definitions held."""
        return frozenset(sha256 for (sha256,) in self.connection.execute("SELECT sha256 FROM definitions"))

    def log_rows(self, case: str | None = None) -> Iterable[audit.AuditRow]:
        """The look-log, oldest first."""
        return audit.rows(self.connection, case)


def _version(row: Sequence[Any]) -> Version:
    header, content, signature = row
    held = None if content is None else bytes(content)
    return read_version(bytes(header), held, bytes(signature), trusted=True)


def _case_row(row: Sequence[Any]) -> CaseRow:
    # Written out: whole caseloads are read, and converting each by its types takes several times as long.
    values = [*row]
    values[8:10] = map(bool, row[8:10])
    return CaseRow(*values)
