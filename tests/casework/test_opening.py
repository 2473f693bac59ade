"""Opening a store after all that may happen to it: each its own sentence and next step."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from tests.conftest import PASSPHRASE, Stores
from workbench import settings
from workbench.casework import guarding, looks, opening, reading, recording
from workbench.casework.desk import Desk
from workbench.casework.opening import Secret
from workbench.errors import Expected, Refused, StoreProblem
from workbench.security.keyring import Keyring, NoKeyring
from workbench.store import anchor, driver, migrations
from workbench.store.folder import Folder

ANSWERS = {
    "crn": "X100001",
    "name": "Gwyn Sample",
    "born": "1980-02-01",
    "taken_on": "2026-03-10",
    "officer": "Ann Example",
}


class DictKeyring(Keyring):
    """A keyring in memory that counts as allow-listed."""

    def __init__(self) -> None:
        self.held: dict[str, bytes] = {}

    def serves(self) -> bool:
        return True

    def get(self, name: str) -> bytes | None:
        return self.held.get(name)

    def put(self, name: str, secret: bytes) -> bool:
        self.held[name] = secret
        return True


def kind(stores: Stores, name: str = "store", **how: object) -> str:
    """Which problem opening gives; every one has a sentence and a next step."""
    with pytest.raises(StoreProblem) as told:
        stores.open(name, **how)  # type: ignore[arg-type]
    assert told.value.says.endswith(".")
    assert told.value.next_step.endswith(".")
    return told.value.kind


def test_a_store_opens_by_passphrase_and_by_recovery_code(stores: Stores) -> None:
    """And by nothing else."""
    made = stores.make()
    stores.open().close()
    stores.open(secret=Secret(recovery=made.recovery)).close()
    assert kind(stores, secret=Secret("another passphrase entirely here now")) == "wrong-key"


def as_left_by_the_first_program(stores: Stores) -> Path:
    """A store as it was before its tables were changed for the first time; gives its folder."""
    stores.make()
    desk = stores.open()
    connection, folder = desk.store.connection, desk.store.folder.path
    connection.execute("ALTER TABLE drafts DROP COLUMN thrown_at")
    connection.execute("DELETE FROM _sqlite_migrations WHERE name <> 'm001_first'")
    desk.close()
    return folder


def test_a_backup_goes_before_every_change_of_the_tables(stores: Stores) -> None:
    """It is whole, as the earlier program left the store, and restored by this one; the look-log names it."""
    folder = as_left_by_the_first_program(stores)
    desk = stores.open()
    (place,) = guarding.backup_folder(folder).iterdir()
    told = [row.detail for row in looks.page(desk, most=3) if row.what == "backed up"]
    assert [f"before a newer program changed the store, {place.name}"] == told
    with closing(driver.connect(place / "case.db", desk.data_key)) as copy:
        assert migrations.applied(copy) == ("m001_first",)
    assert migrations.applied(desk.store.connection) == migrations.NAMES
    desk.close()
    stores.open().close()
    assert [place] == list(guarding.backup_folder(folder).iterdir())
    back = folder.with_name("restored")
    restored, lost = guarding.restore(
        place, back, Secret(PASSPHRASE), desk.clock, desk.ids, NoKeyring(), "to see"
    )
    assert migrations.applied(restored.store.connection) == migrations.NAMES
    # Opened, backed up, locked, opened, locked.
    assert lost == 5
    restored.close()


def test_without_a_place_for_that_backup_the_tables_stay_as_they_were(stores: Stores) -> None:
    """First the folder that was chosen, then the one beside the store; where neither is to be had, nothing changes."""
    folder = as_left_by_the_first_program(stores)
    chosen, beside = stores.folder / "stick", guarding.backup_folder(folder)
    settings.save(settings.Settings(backup_folder=str(chosen)))
    for path in (chosen, beside):
        path.write_text("not a folder")
    assert kind(stores) == "disk"
    beside.unlink()
    desk = stores.open()
    assert len(list(beside.iterdir())) == 1
    desk.close()


@pytest.mark.parametrize(
    ("name", "role", "passphrase"),
    [
        ("", "spo", PASSPHRASE),
        ("A", "king", PASSPHRASE),
        ("A", "spo", "short"),
        ("A", "spo", "passwordpassword"),
    ],
)
def test_a_store_is_not_made_carelessly(stores: Stores, name: str, role: str, passphrase: str) -> None:
    """No name, no such role, an easy passphrase, one tried first."""
    with pytest.raises(Refused):
        opening.make(stores.folder / "s", name, role, passphrase, stores.clock, stores.ids, NoKeyring())
    assert not (stores.folder / "s").exists()


def test_a_folder_in_use_is_not_overwritten(stores: Stores) -> None:
    """Nothing there is touched."""
    stores.make()
    before = sorted(path.name for path in (stores.folder / "store").iterdir())
    with pytest.raises(StoreProblem):
        stores.make()
    assert sorted(path.name for path in (stores.folder / "store").iterdir()) == before


def test_files_of_the_folder_that_are_missing_or_damaged(stores: Stores) -> None:
    """Each names the file and what to do."""
    stores.make()
    path = stores.folder / "store"
    for name, damaged in (("store.json", "damaged"), ("keys.json", "keys-damaged")):
        data = (path / name).read_bytes()
        (path / name).write_bytes(b"{")
        assert kind(stores) == damaged
        (path / name).unlink()
        assert kind(stores) == ("missing" if name == "store.json" else "keys-missing")
        (path / name).write_bytes(data)
    keys = (path / "keys.json").read_text().replace(Folder(path).read_about().store, "0" * 36)
    (path / "keys.json").write_text(keys)
    assert kind(stores) == "keys-damaged"


def test_one_process_at_a_time(stores: Stores) -> None:
    """The second is told who holds it and since when."""
    stores.desk()
    assert kind(stores) == "held"


def test_a_keyring_reset_or_missing_wants_the_recovery_code(stores: Stores) -> None:
    """The passphrase alone is not enough where a device secret was used."""
    keyring = DictKeyring()
    made = opening.make(stores.folder / "store", "Ann", "spo", PASSPHRASE, stores.clock, stores.ids, keyring)
    assert made.keyring
    opening.open_desk(stores.folder / "store", Secret(PASSPHRASE), stores.clock, stores.ids, keyring).close()
    for other in (NoKeyring(), DictKeyring()):
        with pytest.raises(StoreProblem) as told:
            opening.open_desk(stores.folder / "store", Secret(PASSPHRASE), stores.clock, stores.ids, other)
        assert told.value.kind == "keyring-missing"
    desk = stores.open(secret=Secret(recovery=made.recovery))
    opening.change_passphrase(desk, PASSPHRASE, NoKeyring())
    desk.close()
    stores.open().close()


def test_a_copied_folder_becomes_another_device(stores: Stores) -> None:
    """(device, case, seq) is never used twice."""
    desk = stores.desk()
    first = desk.device.device
    desk.close()
    shutil.copytree(stores.folder / "store", stores.folder / "copy")
    copied = stores.open("copy")
    assert copied.device.device != first
    assert copied.device.card.person == desk.device.card.person
    assert copied.device.card.replaces == desk.device.card.sha256()
    assert "new device" in [row["what"] for row in reading.audit(copied)]


def test_an_older_file_is_told_and_used_only_on_purpose(stores: Stores) -> None:
    """The anchor outside the folder knows better."""
    stores.make()
    shutil.copytree(stores.folder / "store", stores.folder / "older")
    desk = stores.open()
    recording.new_case(desk, ANSWERS)
    desk.close()
    shutil.rmtree(stores.folder / "store")
    shutil.copytree(stores.folder / "older", stores.folder / "store")
    assert kind(stores) == "rolled-back"
    desk = stores.open(accept_older="the newer disk broke")
    assert ("rolled back", True) in [
        (row["what"], "the newer disk broke" in (row["why"] or "")) for row in reading.audit(desk)
    ]
    desk.close()
    stores.open().close()


def test_a_log_that_was_cut_is_told(stores: Stores) -> None:
    """Deleting the newest rows, guards and all, leaves the anchor behind."""
    desk = stores.desk()
    recording.new_case(desk, ANSWERS)
    desk.close()
    desk = stores.open()
    desk.store.connection.execute("DROP TRIGGER audit_no_delete")
    desk.store.connection.execute("DELETE FROM audit WHERE seq > 3")
    desk.store.connection.execute(
        "CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'audit only grows'); END"
    )
    desk.store.close()
    assert kind(stores) == "rolled-back"


def test_without_an_anchor_the_first_time_is_noted(stores: Stores) -> None:
    """Whether it is the newest cannot be told; the look-log says so."""
    stores.make()
    assert anchor.kept(settings.anchors_folder(), Folder(stores.folder / "store").read_about().store) is None
    rows = reading.audit(stores.open())
    assert "first time on this computer" in [row["why"] for row in rows]


def test_a_backup_is_restored_as_a_new_device(stores: Stores) -> None:
    """What came after it is told as lost."""
    desk = stores.desk()
    case = recording.new_case(desk, ANSWERS).case
    place = guarding.back_up(desk, stores.folder / "backups")
    recording.new_case(desk, {**ANSWERS, "crn": "X100002"})
    old = desk.device.device
    desk.close()
    restored, lost = guarding.restore(
        place,
        stores.folder / "again",
        Secret(PASSPHRASE),
        stores.clock,
        stores.ids,
        NoKeyring(),
        "the laptop was stolen",
    )
    stores._open.append(restored)
    assert lost > 0
    assert [row["crn"] for row in reading.cases(restored)] == ["X100001"]
    assert restored.device.device != old
    assert restored.case(case).known("identity.name", None, "2026-03-10").value == "Gwyn Sample"
    assert all(check.ok for check in guarding.verify(restored))
    assert any(row["what"] == "restored" and "stolen" in row["why"] for row in reading.audit(restored))


def test_a_bad_backup_is_not_restored(stores: Stores) -> None:
    """Nothing is written where it would have gone."""
    desk = stores.desk()
    place = guarding.back_up(desk, stores.folder / "backups")
    desk.close()
    data = bytearray((place / "case.db").read_bytes())
    data[5000] ^= 1
    (place / "case.db").write_bytes(data)
    with pytest.raises(StoreProblem):
        guarding.restore(
            place, stores.folder / "again", Secret(PASSPHRASE), stores.clock, stores.ids, NoKeyring(), ""
        )
    assert not (stores.folder / "again").exists()


def test_the_passphrase_changes_and_keys_are_renewed(stores: Stores) -> None:
    """Old backups open with the old passphrase; after renewal the old key opens nothing new."""
    desk = stores.desk()
    recording.new_case(desk, ANSWERS)
    old_key = desk.data_key
    opening.change_passphrase(desk, "granite willow teapot ladder comet prism", NoKeyring())
    desk.close()
    assert kind(stores) == "wrong-key"
    desk = stores.open(secret=Secret("granite willow teapot ladder comet prism"))
    told: list[str] = []
    opening.renew_keys(desk, PASSPHRASE, NoKeyring(), told.append)
    assert desk.data_key != old_key
    assert [row["crn"] for row in reading.cases(desk)] == ["X100001"]
    desk.close()
    stores.open().close()
    stores.open(secret=Secret(recovery=told[0])).close()
    with pytest.raises(Expected):
        stores.open(secret=Secret("granite willow teapot ladder comet prism"))


@pytest.mark.parametrize("fits", ["old", "new"])
def test_a_crash_while_keys_are_renewed_locks_nobody_out(stores: Stores, fits: str) -> None:
    """Whichever of the two key files fits the database is used."""
    desk = stores.desk()
    folder = desk.store.folder
    before = folder.keys.read_bytes()
    opening.renew_keys(desk, PASSPHRASE, NoKeyring(), lambda code: None)
    after = folder.keys.read_bytes()
    desk.close()
    if fits == "new":
        folder.keys.write_bytes(before)
        folder.next_keys.write_bytes(after)
    else:
        folder.next_keys.write_bytes(before)
    stores.open().close()
    assert (folder.keys.read_bytes(), folder.next_keys.exists()) == (after, False)


def test_a_full_disk_loses_nothing_that_was_kept(stores: Stores, tmp_path: Path) -> None:
    """On a file system of 4 MB: the change fails whole, with a sentence; what was there opens again."""
    place = tmp_path / "small"
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=4m", "none", str(place)], capture_output=True, check=False
    )
    if mounted.returncode != 0:
        pytest.skip("only root can make a small disk")
    try:
        small = Stores(place)
        desk = small.desk()
        kept = 0
        with pytest.raises(StoreProblem) as told:
            for n in range(2000):
                recording.new_case(desk, {**ANSWERS, "crn": f"X{n:06d}", "adapts": "slow reading " * 400})
                kept += 1
        assert told.value.kind == "full"
        desk.store.close()
        (place / "more").mkdir(exist_ok=True)
        subprocess.run(["mount", "-o", "remount,size=16m", str(place)], check=True)
        desk = small.open()
        assert len(reading.cases(desk)) == kept
        assert all(check.ok for check in guarding.verify(desk))
        desk.close()
    finally:
        subprocess.run(["umount", "-l", str(place)], check=False)


def test_a_read_only_folder_is_told(stores: Stores, tmp_path: Path) -> None:
    """Nothing can be logged there, so nothing is opened."""
    place = tmp_path / "ro"
    place.mkdir()
    stores.make("ro/store")
    if os.geteuid() == 0:
        if subprocess.run(
            ["mount", "--bind", str(place), str(place)], capture_output=True, check=False
        ).returncode:
            pytest.skip("cannot mount here")
        subprocess.run(["mount", "-o", "remount,ro,bind", str(place)], check=True)
    else:
        (place / "store").chmod(0o500)
    try:
        assert kind(stores, "ro/store") == "read-only"
    finally:
        if os.geteuid() == 0:
            subprocess.run(["umount", "-l", str(place)], check=False)


def test_a_clock_set_back_changes_no_order(stores: Stores) -> None:
    """Ids and the look-log go on."""
    desk = stores.desk()
    first = recording.new_case(desk, ANSWERS)
    stores.clock.move(timedelta(days=-3))
    second = recording.new_case(desk, {**ANSWERS, "crn": "X100002", "taken_on": "2026-03-07"})
    assert first.version is not None
    assert second.version is not None
    assert first.version < second.version
    assert all(check.ok for check in guarding.verify(desk))


def test_a_common_passphrase_is_refused_also_later(desk: Desk) -> None:
    """When it is changed, and when keys are renewed."""
    for change in (
        lambda: opening.change_passphrase(desk, "12345678901234", NoKeyring()),
        lambda: opening.renew_keys(desk, "passwordpassword", NoKeyring(), lambda code: None),
    ):
        with pytest.raises(Refused):
            change()


def test_a_keyring_that_lost_the_secret_gets_a_fresh_one(stores: Stores) -> None:
    """After opening by recovery code a new passphrase is bound to this keyring again."""
    keyring = DictKeyring()
    made = opening.make(stores.folder / "store", "Ann", "spo", PASSPHRASE, stores.clock, stores.ids, keyring)
    keyring.held.clear()
    desk = stores.open(secret=Secret(recovery=made.recovery))
    opening.change_passphrase(desk, PASSPHRASE, keyring)
    desk.close()
    assert keyring.held
    opening.open_desk(stores.folder / "store", Secret(PASSPHRASE), stores.clock, stores.ids, keyring).close()


@pytest.mark.parametrize("change", ["damaged", "forged"])
def test_an_anchor_that_was_changed_is_told(stores: Stores, change: str) -> None:
    """It is never taken for a first time on this computer."""
    made = stores.make()
    stores.open().close()
    path = anchor.file_of(settings.anchors_folder(), made.store)
    text = path.read_text()
    path.write_text("{" if change == "damaged" else re.sub('"seq":[0-9]+', '"seq":0', text))
    assert kind(stores) == "anchor-damaged"
    stores.open(accept_older="I am sure").close()
    stores.open().close()


def test_a_restored_copy_elsewhere_leaves_the_original_in_use(stores: Stores) -> None:
    """Each device of a store has an anchor of its own."""
    desk = stores.desk()
    place = guarding.back_up(desk, stores.folder / "backups")
    desk.close()
    copy, lost = guarding.restore(
        place,
        stores.folder / "test",
        Secret(PASSPHRASE),
        stores.clock,
        stores.ids,
        NoKeyring(),
        "a rehearsal",
    )
    copy.close()
    assert lost > 0
    stores.open().close()


def test_a_store_cannot_be_made_a_sample_or_back(stores: Stores) -> None:
    """What store.json says is bound inside."""
    stores.make()
    path = stores.folder / "store" / "store.json"
    path.write_text(path.read_text().replace('"sample": false', '"sample": true'))
    assert kind(stores) == "damaged"


def test_the_newest_version_cannot_be_taken_out_unseen(desk: Desk) -> None:
    """It leaves no gap in the count, but the look-log names it."""
    recording.new_case(desk, ANSWERS)
    desk.store.connection.execute("DELETE FROM versions")
    assert {check.check for check in guarding.verify(desk) if not check.ok} >= {"sequence"}


def test_rotation_leaves_the_backups_of_other_stores(stores: Stores) -> None:
    """Two stores made in the same minute share the first letters of their ids."""
    kept = stores.folder / "backups"
    for name in ("one", "two"):
        desk = stores.desk(name)
        guarding.back_up(desk, kept)
        stores.clock.move(timedelta(days=1))
        guarding.back_up(desk, kept)
        desk.close()
    assert len(list(kept.iterdir())) == 4


def test_a_backup_signed_by_nobody_is_not_restored(stores: Stores) -> None:
    """Nor one that says it holds something else."""
    desk = stores.desk()
    place = guarding.back_up(desk, stores.folder / "backups")
    desk.close()
    path = place / "manifest.json"
    whole = path.read_text()
    unsigned, other = (
        re.sub('"signature": "[0-9a-f]+"', '"signature": "00"', whole),
        whole.replace('"cases": 0', '"cases": 9'),
    )
    for bad in (unsigned, other):
        path.write_text(bad)
        with pytest.raises(StoreProblem, match="not whole"):
            guarding.restore(
                place, stores.folder / "again", Secret(PASSPHRASE), stores.clock, stores.ids, NoKeyring(), ""
            )


def test_the_keyring_remembers_too(stores: Stores) -> None:
    """Whoever puts back an old file and deletes the note in the state folder is still told."""
    keyring = DictKeyring()
    opening.make(stores.folder / "store", "Ann", "spo", PASSPHRASE, stores.clock, stores.ids, keyring)

    def open_it() -> Desk:
        return opening.open_desk(
            stores.folder / "store", Secret(PASSPHRASE), stores.clock, stores.ids, keyring
        )

    open_it().close()
    older = (stores.folder / "store" / "case.db").read_bytes()
    desk = open_it()
    store = desk.about.store
    recording.new_case(desk, ANSWERS)
    desk.close()
    (stores.folder / "store" / "case.db").write_bytes(older)
    anchor.file_of(settings.anchors_folder(), store).unlink()
    with pytest.raises(StoreProblem) as told:
        open_it()
    assert told.value.kind == "rolled-back"


def test_a_store_under_a_syncing_tool_is_warned_of(stores: Stores) -> None:
    """It was moved there; it opens, and each time it is said."""
    stores.make()
    moved = stores.folder / "OneDrive - Example" / "store"
    moved.parent.mkdir()
    (stores.folder / "store").rename(moved)
    stores.open("OneDrive - Example/store").close()
    assert "syncing tool" in opening.warning(moved)
    assert opening.warning(stores.folder / "elsewhere") == ""
