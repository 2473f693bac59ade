"""What the settings say of a store, read from real stores; no window."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from tests.conftest import Stores
from tests.resources.test_house import ROOT
from workbench import settings
from workbench.casework import backups, looks, reading
from workbench.casework.desk import Desk
from workbench.clock import FixedClock
from workbench.errors import Refused
from workbench.settings import Settings
from workbench.store.audit import LOGGED
from workbench.ui.trust import presenter

Register = Callable[..., str]


def test_a_store_without_a_backup_says_so_until_one_is_made(desk: Desk, tmp_path: Path) -> None:
    settings.save(Settings(backup_folder=str(tmp_path / "stick"), disk_encrypted="yes"))
    before = presenter.safety(desk)
    assert (before.told[0].tone, before.backups) == ("danger", ())
    after = presenter.back_up(desk)
    assert (after.told[0].says, after.told[0].tone) == ("The last backup was made today.", "good")
    assert after.backups == ("10 March 2026, 09:00: 0 people, 0 versions",)
    assert "not encrypted" not in " ".join(told.says for told in after.told)


def test_an_old_backup_is_called_old(stores: Stores, tmp_path: Path) -> None:
    settings.save(Settings(backup_folder=str(tmp_path / "stick")))
    desk = stores.desk()
    presenter.back_up(desk)
    clock = desk.clock
    assert isinstance(clock, FixedClock)
    clock.move(timedelta(days=9))
    assert presenter.safety(desk).told[0].says == "The last backup was made 9 days ago. Make one now."


@pytest.mark.parametrize(
    ("answer", "says"),
    [("no", "is not encrypted"), ("not-known", "did not know"), ("not-asked", "Nobody has said yet")],
)
def test_a_disk_that_may_lie_in_clear_is_said(desk: Desk, answer: str, says: str) -> None:
    settings.save(Settings(disk_encrypted=answer))  # type: ignore[arg-type]
    assert says in presenter.safety(desk).told[-1].says


def test_the_backups_of_another_store_are_not_shown_as_ours(stores: Stores, tmp_path: Path) -> None:
    settings.save(Settings(backup_folder=str(tmp_path / "stick")))
    presenter.back_up(stores.desk("one"))
    assert presenter.safety(stores.desk("two")).backups == ()


def test_a_folder_that_cannot_be_written_is_refused(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.access", lambda *_: False)
    with pytest.raises(Refused, match="cannot be written"):
        backups.check_place(desk.store.folder.path, tmp_path)


def test_this_store_counts_people_entries_and_looks(desk: Desk, registered: Register) -> None:
    registered()
    registered("X100002", "Sam Sample")
    values = dict(presenter.store(desk))
    assert (values["People"], values["Entries"], values["Belongs to"]) == ("2", "2", "Ann Example")
    assert values["Made"] == "10 March 2026, 09:00"
    assert values["Rows in the log of who looked"] == str(len(list(desk.store.log_rows())))


def test_the_log_comes_newest_first_and_page_by_page(desk: Desk, registered: Register) -> None:
    registered()
    for number in range(presenter.PAGE + 5):
        desk.log("searched", detail=f"word{number}")
    first = presenter.log(desk, "", "")
    assert first.rows[0].line == f"Ann Example, for 'word{presenter.PAGE + 4}'"
    second = presenter.log(desk, "", "", first.before)
    assert (len(first.rows), first.more, second.more) == (presenter.PAGE, True, False)
    every = [row.key for row in (*first.rows, *second.rows)]
    assert len(every) == len(set(every)) == len(list(desk.store.log_rows()))
    assert second.rows[-1].title == "Made the store"


def test_the_log_is_found_by_kind_by_name_and_by_word(desk: Desk, registered: Register) -> None:
    case = registered()
    other = registered("X100002", "Sam Other")
    reading.show(desk, case)
    reading.show(desk, other)
    reading.search(desk, "allotment")
    looked = presenter.log(desk, "looks", "gwyn").rows
    assert [row.title for row in looked] == ["Looked at: Gwyn Sample (X100001)"]
    assert looked[0].key.endswith(f":{case}")
    assert [row.line for row in presenter.log(desk, "", "ALLOTMENT").rows] == ["Ann Example, for 'allotment'"]
    written = {row.title for row in presenter.log(desk, "written", "").rows}
    assert written == {"Wrote: Gwyn Sample (X100001)", "Wrote: Sam Other (X100002)"}
    assert presenter.log(desk, "left", "").rows == ()


def test_a_percent_sign_is_a_letter_like_any_other(desk: Desk) -> None:
    reading.search(desk, "allotment")
    assert presenter.log(desk, "", "%").rows == ()


def test_every_kind_of_row_has_words() -> None:
    assert set(presenter.WHAT) == LOGGED


def test_looking_at_the_settings_is_no_look_at_anybody(desk: Desk, registered: Register) -> None:
    registered()
    before = looks.about(desk).looks
    presenter.safety(desk)
    presenter.log(desk, "", "")
    assert looks.about(desk).looks == before


def test_every_library_is_listed_with_its_licence() -> None:
    lines = (ROOT / "installer" / "requirements.in").read_text("utf-8").split("# What only")[0]
    wanted = {
        re.split(r"[><=]", line)[0].casefold()
        for line in lines.splitlines()
        if line and not line.startswith("#")
    }
    listed = {each.name.split(" ")[0].casefold() for each in presenter.made_of()}
    assert wanted - listed == set()
    assert all(each.licence for each in presenter.made_of())
