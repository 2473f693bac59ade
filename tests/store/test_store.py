"""The encrypted store: what it refuses to open, what it never changes, and what it tells."""

from __future__ import annotations

import secrets
import shutil
from pathlib import Path

import msgspec
import pytest

from workbench.errors import BadInput, NotFound, StoreProblem
from workbench.store import attachments, audit, backup, drafts, driver, migrations, oversight, search
from workbench.store.folder import About, Folder, unfit, write_whole
from workbench.store.lock import StoreLock
from workbench.store.store import CaseRow, Logged, Store, Write

KEY = bytes(range(32))
AT = "2026-03-10T09:00:00.000Z"


def made(path: Path) -> Folder:
    """A store folder with an empty database."""
    folder = Folder(path / "store")
    folder.make(About("workbench-store/1", "5f000000-0000-4000-8000-000000000000", False, "test"), b"{}")
    with Store.open(folder, KEY, AT, create=True) as store:
        store.connection.execute("INSERT INTO cards VALUES ('x', 'p', ?)", (b'{"device":"d"}',))
    return folder


def kind(folder: Folder, key: bytes = KEY) -> str:
    """Which problem opening the store gives."""
    with pytest.raises(StoreProblem) as told:
        Store.open(folder, key, AT)
    assert told.value.says.endswith(".")
    return told.value.kind


def test_no_page_lies_in_clear(tmp_path: Path) -> None:
    """Neither header nor words of the database can be read without its key."""
    folder = made(tmp_path)
    with Store.open(folder, KEY, AT) as store:
        store.append(Write(CaseRow("c1", "X1", name="Marker Word"), Logged("recorded", AT, "c1")), "d", "me")
        held = [path.read_bytes() for path in folder.path.rglob("*") if path.is_file()]
    assert not any(b"Marker" in data or data.startswith(b"SQLite format 3") for data in held)


def test_each_way_of_not_opening_has_its_own_sentence(tmp_path: Path) -> None:
    """Missing, wrong key, plain, damaged, newer, held."""
    folder = made(tmp_path)
    assert kind(folder, secrets.token_bytes(32)) == "damaged"
    with Store.open(folder, KEY, AT):
        assert kind(folder) == "held"
    whole = folder.database.read_bytes()
    folder.database.write_bytes(whole[:100] + b"\0" * 50 + whole[150:])
    assert kind(folder) == "damaged"
    folder.database.write_bytes(b"SQLite format 3\0" + whole[16:])
    assert kind(folder) == "plain"
    folder.database.unlink()
    assert kind(folder) == "missing"
    folder.database.write_bytes(whole)
    connection = driver.connect(folder.database, KEY)
    connection.execute(
        "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('workbench', 'm999_later', 'x')"
    )
    connection.close()
    assert kind(folder) == "newer"


def test_a_file_of_an_earlier_program_is_brought_up_to_date(tmp_path: Path) -> None:
    """What is being written in it stays."""
    folder = made(tmp_path)
    connection = driver.connect(folder.database, KEY)
    connection.execute(
        "INSERT INTO drafts (draft, case_id, form, form_version, base, started_at, place) "
        "VALUES ('d', 'c', 'contact', 1, '', '2026-03-01T00:00:00.000Z', '')"
    )
    connection.execute("ALTER TABLE drafts DROP COLUMN thrown_at")
    connection.execute("DELETE FROM _sqlite_migrations WHERE name <> 'm001_first'")
    connection.close()
    with Store.open(folder, KEY, AT) as store:
        assert migrations.applied(store.connection) == migrations.NAMES
        assert [held.draft for held in drafts.held(store.connection)] == ["d"]
        assert drafts.thrown(store.connection) == ()


def test_a_guard_that_is_gone_is_told(tmp_path: Path) -> None:
    """The append-only triggers must all be there."""
    folder = made(tmp_path)
    connection = driver.connect(folder.database, KEY)
    connection.execute("DROP TRIGGER audit_no_delete")
    connection.close()
    assert kind(folder) == "damaged"


@pytest.mark.parametrize("table", migrations.APPEND_ONLY)
def test_what_only_grows_cannot_be_changed(tmp_path: Path, table: str) -> None:
    """Not by UPDATE, DELETE or REPLACE."""
    with Store.open(made(tmp_path), KEY, AT) as store:
        store.log("d", "me", Logged("looked", AT))
        store.connection.execute("INSERT INTO definitions VALUES ('x', x'00')")
        store.connection.execute("INSERT INTO arrivals (version, received_at, how) VALUES ('v', 'x', 'here')")
        store.connection.execute("INSERT INTO papers VALUES (1, 'x', 'voucher', x'00', 'x')")
        store.connection.execute("INSERT INTO exchanged VALUES (1, 'sent', 'b', 'd', 'x', x'00')")
        store.connection.execute("INSERT INTO overlays VALUES (1, 'x', x'00', x'00', '1', 'x')")
        for statement in (
            f"UPDATE {table} SET rowid = rowid + 1",
            f"DELETE FROM {table}",
            f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}",
        ):
            with pytest.raises(driver.Error, match="only grows"):
                store.connection.execute(statement)


def test_the_chain_tells_a_changed_row(tmp_path: Path) -> None:
    """Also when the guard was taken away first."""
    with Store.open(made(tmp_path), KEY, AT) as store:
        for n in range(5):
            store.log("d", "me", Logged("searched", AT, detail=str(n)))
        assert audit.broken(store.connection) == ""
        store.connection.execute("DROP TRIGGER audit_no_update")
        store.connection.execute("UPDATE audit SET detail = '9' WHERE seq = 3")
        assert audit.broken(store.connection) == "row 3 of device d"


def test_fields_of_the_chain_cannot_run_into_one_another(tmp_path: Path) -> None:
    """Lengths stand before texts, and an absent field is not an empty one."""
    hashes = set()
    for who, why in (("ab", "c"), ("a", "bc"), ("abc", ""), ("abc", None)):
        with Store.open(made(tmp_path / secrets.token_hex(4)), KEY, AT) as store:
            store.log("d", who, Logged("looked", AT, why=why))
            hashes.add(audit.head(store.connection, "d")[1])
    assert len(hashes) == 4


def test_only_what_is_listed_is_logged(tmp_path: Path) -> None:
    """Opening Support never is."""
    with Store.open(made(tmp_path), KEY, AT) as store, pytest.raises(ValueError, match="support"):
        store.log("d", "me", Logged("support", AT))


def test_a_failed_change_leaves_nothing(tmp_path: Path) -> None:
    """One transaction: row, log and results together."""
    with Store.open(made(tmp_path), KEY, AT) as store:
        with pytest.raises(ValueError, match="not on the list"):
            store.append(Write(CaseRow("c1", "X1"), Logged("unheard of", AT, "c1")), "d", "me")
        assert store.cases() == ()
        with pytest.raises(NotFound):
            store.case_row("c1")


def test_search_finds_words_phrases_beginnings_and_accents(tmp_path: Path) -> None:
    """Current before superseded; quotes and operators are only text."""
    with Store.open(made(tmp_path), KEY, AT) as store:
        passages = tuple(
            search.Passage("e1", f"v{n}", "contact", "2026-03-01", marks, old, text)
            for n, (text, old, marks) in enumerate(
                [
                    ("He spoke of employment at Llanfair Pŵll.", False, ()),
                    ("He spoke of employment before.", True, ()),
                    ("Police told us of an employer.", False, ("police",)),
                ]
            )
        )
        store.append(
            Write(CaseRow("c1", "X1", name="Siân Sample"), Logged("recorded", AT, "c1"), passages=passages),
            "d",
            "me",
        )
        found = [hit.version for hit in search.find(store.connection, "employ")]
        assert (set(found[:2]), found[2]) == ({"v0", "v2"}, "v1")
        assert [hit.version for hit in search.find(store.connection, '"spoke of employment at"')] == ["v0"]
        assert [hit.version for hit in search.find(store.connection, "pwll")] == ["v0"]
        hidden = search.find(store.connection, "employ", hidden_marks=frozenset({"police"}))
        assert [hit.version for hit in hidden] == ["v0", "v1"]
        for hostile in ('"', "NEAR(", "a OR", "*", "col:x", "'; DROP TABLE words; --", "\0", ""):
            search.find(store.connection, hostile)
        assert search.find_names(store.connection, "ian sam") == ("c1",)
        assert search.find_names(store.connection, "X") == ("c1",)


def test_no_statement_over_versions_or_words_walks_the_whole_store(tmp_path: Path) -> None:
    """A version is superseded, taken out of the search, and looked for in a queue by way of an index."""
    with Store.open(made(tmp_path), KEY, AT) as store:
        sql = store.connection
        asked: list[str] = []
        sql.set_trace_callback(asked.append)
        search.mark_superseded(sql, ["v1"])
        search.drop_passages(sql, "v1")
        oversight.untouched(sql, ["rosh", "oasys"])
        sql.set_trace_callback(None)
        asked = [statement for statement in asked if "passages" in statement or "versions" in statement]
        plans = [
            row[3] for statement in asked for row in sql.execute(f"EXPLAIN QUERY PLAN {statement}").fetchall()
        ]
        assert len(asked) == 4
        # The index of words calls a look-up by row a scan.
        assert [plan for plan in plans if plan.startswith("SCAN") and "VIRTUAL" not in plan] == []


def test_a_version_held_with_other_bytes_is_refused(tmp_path: Path) -> None:
    """The same id never means two things."""
    from tests.models.build import CASE, claim, version

    one, other = version("a", claim("low")), version("a", claim("low"), on="2026-01-06")
    with Store.open(made(tmp_path), KEY, AT) as store:

        def append(v: object) -> None:
            store.append(Write(CaseRow(CASE, "X1"), Logged("recorded", AT, CASE), versions=(v,)), "d", "me")  # type: ignore[arg-type]

        append(one)
        append(one)
        with pytest.raises(BadInput):
            append(other)
        assert store.versions(CASE) == (one,)
        with pytest.raises(driver.Error, match="never changed"):
            store.connection.execute("UPDATE versions SET header = x'00'")


# Folder and lock


def test_a_second_program_is_told_who_and_since_when(tmp_path: Path) -> None:
    """The lock names its holder."""
    with StoreLock(tmp_path / "lock", AT), pytest.raises(StoreProblem, match=f"since {AT}"):
        StoreLock(tmp_path / "lock", AT)
    StoreLock(tmp_path / "lock", AT).close()


def test_synced_folders_are_unfit(tmp_path: Path) -> None:
    """A syncing tool copies half-written pages."""
    assert "syncing" in unfit(tmp_path / "OneDrive - Example" / "store")
    assert unfit(tmp_path / "store") == ""
    with pytest.raises(StoreProblem) as told:
        made(tmp_path / "Dropbox")
    assert told.value.kind == "unfit"


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    """A folder that cannot be written leaves the old file."""
    path = tmp_path / "keys.json"
    write_whole(path, b"old")
    write_whole(path, b"new")
    assert (path.read_bytes(), [p.name for p in tmp_path.iterdir() if p.name.startswith(".")]) == (b"new", [])


# Files


def test_a_file_is_known_by_its_content(tmp_path: Path) -> None:
    """Names say nothing."""
    assert attachments.type_of(b"%PDF-1.7 ...") == "application/pdf"
    assert attachments.type_of(b"From: a\nTo: b\n\nHello") == "message/rfc822"
    assert attachments.type_of("Llythyr ŵ".encode()) == "text/plain"
    for bad in (b"MZ\x90\0\0", b"PK\x03\x04rest", b"\xff\xfe\x00\x00"):
        with pytest.raises(BadInput):
            attachments.type_of(bad)


def test_files_are_sealed_found_and_destroyed(tmp_path: Path) -> None:
    """Without its row a file is gone for good."""
    folder = made(tmp_path)
    with Store.open(folder, KEY, AT) as store:
        sha256, _ = attachments.put(
            folder, store.connection, b"a letter with a Marker", AT, secrets.token_bytes(32)
        )
        again, _ = attachments.put(
            folder, store.connection, b"a letter with a Marker", AT, secrets.token_bytes(32)
        )
        assert (again, attachments.get(folder, store.connection, sha256)) == (
            sha256,
            b"a letter with a Marker",
        )
        sealed = next(folder.attachments.glob("??/*"))
        assert b"Marker" not in sealed.read_bytes()
        assert attachments.faults(folder, store.connection) == ()
        held = sealed.read_bytes()
        sealed.write_bytes(held[:-1] + bytes([held[-1] ^ 1]))
        assert attachments.faults(folder, store.connection) == (sha256,)
        attachments.destroy(folder, store.connection, sha256)
        assert list(folder.attachments.glob("??/*")) == []
        with pytest.raises(NotFound):
            attachments.get(folder, store.connection, sha256)


# Backups


def manifest() -> backup.Manifest:
    """A blank manifest of the store above."""
    return backup.Manifest(
        "workbench-backup/1", "5f000000-0000-4000-8000-000000000000", "d", False, "test", AT, 0, "", {}, {}
    )


def test_backups_are_checked_and_rotated(tmp_path: Path) -> None:
    """Seven days and four weeks are kept, nothing older than 35 days."""
    from datetime import UTC, datetime, timedelta

    folder = made(tmp_path)
    target = tmp_path / "backups"
    start = datetime(2026, 1, 1, 9, tzinfo=UTC)
    with Store.open(folder, KEY, AT) as store:
        for day in range(0, 60, 1):
            old = target / f"5f000000-{(start + timedelta(days=day)).strftime(backup.STAMP)}-000001"
            old.mkdir(parents=True)
            (old / "manifest.json").write_bytes(msgspec.json.encode(manifest()))
        place = backup.make(
            folder,
            store.connection,
            KEY,
            target,
            start + timedelta(days=60),
            manifest(),
            lambda data: b"signed",
            lambda card, data, signature: True,
        )
        assert backup.check(place, KEY, lambda *_: True) == ""
    kept = sorted(path.name for path in target.iterdir())
    ages = [
        (
            start + timedelta(days=60) - datetime.strptime(name.split("-")[1] + "+0000", f"{backup.STAMP}%z")
        ).days
        for name in kept
    ]
    assert max(ages) <= 35
    assert set(range(7)) <= set(ages)
    assert 8 <= len(ages) <= 11


def test_a_damaged_backup_is_told_and_not_restored(tmp_path: Path) -> None:
    """Every file is named with its hash."""
    from datetime import UTC, datetime

    folder = made(tmp_path)
    with Store.open(folder, KEY, AT) as store:
        place = backup.make(
            folder,
            store.connection,
            KEY,
            tmp_path / "backups",
            datetime(2026, 1, 1, tzinfo=UTC),
            manifest(),
            lambda data: b"signed",
            lambda card, data, signature: True,
        )
    for name in ("case.db", "keys.json"):
        copy = tmp_path / f"copy-{name}"
        shutil.copytree(place, copy)
        data = (copy / name).read_bytes()
        (copy / name).write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
        assert name in backup.check(copy, KEY, lambda *_: True)
    with pytest.raises(StoreProblem):
        backup.read_manifest(tmp_path)
    (place / "manifest.json").write_bytes(b"{}")
    with pytest.raises(StoreProblem):
        backup.read_manifest(place)
