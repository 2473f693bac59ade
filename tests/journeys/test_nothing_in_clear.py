"""A month of work, then locked or killed: no word of any case lies in clear where we promised that none does."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from tests.conftest import NOW, PASSPHRASE, Stores
from workbench import logs
from workbench.casework import guarding, importing, reading, recording, reporting
from workbench.casework.desk import Desk
from workbench.casework.opening import Secret

MARK = "Zanzibarword"


def a_month(stores: Stores, desk: Desk) -> None:
    """Registers, records, drafts, amends, brings in, searches, reports and backs up, each text with the marker."""
    from tests.conftest import case_file

    case = recording.new_case(
        desk,
        {
            "crn": "X100001",
            "name": f"Gwyn {MARK}",
            "born": "1980-02-01",
            "taken_on": "2026-03-10",
            "officer": "Ann Example",
        },
    ).case
    entry = ""
    for day in range(1, 30, 4):
        stores.clock.at = NOW + timedelta(days=day)
        session = recording.start(desk, case, "contact")
        session.restore(
            {
                "on": stores.clock.at.isoformat()[:19] + "Z",
                "how": "face-to-face",
                "outcome": "attended",
                "seen_by": "responsible-officer",
                "note": f"Spoke of {MARK} and the weather, day {day}.",
            }
        )
        entry = recording.sign(desk, case, session).entry or ""
    session = recording.start(desk, case, "contact", amends=entry)
    session.answer("note", f"It was not {MARK} after all.")
    recording.amend(desk, case, entry, session, f"{MARK} was misheard.")
    draft = recording.begin_draft(desk, case, "rosh")
    recording.keep_answer(desk, draft, "who", f"Half a thought about {MARK}")
    importing.bring(desk, case_file("X200002"), f"{MARK}.json")
    assert reading.search(desk, MARK)
    drawn = reporting.draw(desk, "release-plan", case, "file", "pdf")
    assert drawn.data.startswith(b"%PDF")
    guarding.back_up(desk, stores.folder / "backups")


def files_in_clear(folder: Path) -> list[str]:
    """Every file under a folder, and every file name, that holds the marker."""
    found = []
    for path in folder.rglob("*"):
        if MARK.lower() in path.name.lower() or (
            path.is_file() and MARK.lower().encode() in path.read_bytes().lower()
        ):
            found.append(str(path))
    return found


def test_after_locking(stores: Stores, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Store, backups, home, settings, state, log, temporary and working folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home" / "cache"))
    logs.to_file(tmp_path / "home" / "log" / "workbench.log")
    try:
        desk = stores.desk()
        a_month(stores, desk)
        desk.close()
    finally:
        for handler in list(logging.getLogger("workbench").handlers):
            logging.getLogger("workbench").removeHandler(handler)
            handler.close()
    assert files_in_clear(tmp_path) == []
    assert list((tmp_path / "store" / "tmp").iterdir()) == []


def test_after_a_kill(tmp_path: Path, home: Path) -> None:
    """The process dies at its work; core dumps and half-written files hold nothing."""
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.journeys.test_nothing_in_clear", str(tmp_path)],
        cwd=Path(__file__).resolve().parents[2],
        stdout=subprocess.PIPE,
        env={**os.environ, "XDG_CACHE_HOME": str(home / "cache"), "TMPDIR": str(tmp_path)},
    )
    assert child.stdout is not None
    assert child.stdout.readline() == b"worked\n"
    child.send_signal(signal.SIGKILL)
    child.wait()
    child.stdout.close()
    assert files_in_clear(tmp_path) == []
    again = Stores(tmp_path)
    desk = again.open("store", Secret(PASSPHRASE))
    assert all(check.ok for check in guarding.verify(desk)), guarding.verify(desk)
    again.close()


def test_the_log_takes_ids_and_counts_and_nothing_else(caplog: pytest.LogCaptureFixture) -> None:
    """Names of values are on a list; a sentence is never a value."""
    caplog.set_level(logging.INFO, "workbench")
    logs.note("recorded", case="019cd6f9-7a82", count=3, name=MARK, entry=f"He said {MARK} again")
    try:
        raise ValueError(MARK)
    except ValueError as error:
        logs.bug(error)
    assert MARK not in caplog.text
    assert "count=3" in caplog.text
    assert "case=019cd6f9-7a82" in caplog.text
    assert "bug ValueError at test_nothing_in_clear.py" in caplog.text


if __name__ == "__main__":
    made = Stores(Path(sys.argv[1]))
    working = made.desk()
    a_month(made, working)
    print("worked", flush=True)
    signal.pause()
