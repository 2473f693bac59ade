"""The command line: shapes as written down, exit codes, one sentence on stderr."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import click
import pytest

from tests.conftest import PASSPHRASE, Stores, case_file
from workbench.cli.main import cli, main

Run = Callable[..., tuple[int, str, str]]
REGISTERED = {"name": "Gwyn Sample", "born": "1980-02-01", "taken_on": "2026-03-10", "officer": "Ann Example"}
BECAUSE = {
    "says", "rule", "text", "book", "source", "confidence", "entries", "unknown", "arithmetic", "national",
    "would_change",
}  # fmt: skip
DUE = {
    "duty", "rule", "case", "crn", "asks", "owed_by", "officer", "state", "started_on", "due", "due_at", "met_by",
    "because",
}  # fmt: skip
SHAPES: dict[str, tuple[list[str], set[str]]] = {
    "cases": ([], {"case", "crn", "name", "officer", "rosh", "mappa", "next_due", "overdue", "open_recall",
                   "restricted", "sample"}),
    "due": (["--all"], DUE),
    "findings": ([], {"finding", "rule", "case", "crn", "entry", "question", "level", "says", "because"}),
    "advice": (["--case", "X900005"], {"finding", "rule", "case", "crn", "entry", "question", "level", "says",
                                       "because"}),
    "chronology": (["X900001"], {"entry", "version", "form", "title", "on", "at", "by", "status", "marks"}),
    "facts": (["X900001"], {"fact", "of", "value", "from", "until", "known", "entry", "version", "marks",
                            "disputed"}),
    "search": (["allotment"], {"case", "crn", "entry", "version", "form", "question", "on", "extract",
                               "superseded"}),
    "verify": ([], {"check", "ok", "says"}),
    "audit": ([], {"seq", "at", "who", "what", "case", "why"}),
}  # fmt: skip


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sample store of 24 cases, made by the command itself."""
    folder = tmp_path_factory.mktemp("cli") / "sample"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_STATE_HOME", str(folder.parent))
        patch.setenv("XDG_DATA_HOME", str(folder.parent))
        assert main(["demo", "--no-window", "--cases", "24", "--store", str(folder)]) == 0
    return folder


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command here; gives its exit code, stdout and stderr."""

    def command(*args: str | Path) -> tuple[int, str, str]:
        capsys.readouterr()
        code = main([str(arg) for arg in args])
        out, err = capsys.readouterr()
        return code, out, err

    return command


@pytest.mark.parametrize("command", sorted(SHAPES))
def test_rows_have_the_keys_that_are_written_down(run: Run, sample: Path, command: str) -> None:
    """Keys may be added, never renamed; nothing known is null."""
    args, keys = SHAPES[command]
    code, out, _ = run(command, *args, "--json", "--store", sample)
    rows = json.loads(out)
    assert code == 0
    assert rows
    assert keys <= set(rows[0])
    for row in rows:
        if "because" in row:
            assert set(row["because"]) >= BECAUSE
            assert row["because"]["says"]
            assert row["because"]["source"]["document"]
        for step in row.get("steps", []):
            assert set(step) >= DUE


def test_every_due_item_says_why(run: Run, sample: Path) -> None:
    """Rule, source, confidence, triggering entries, arithmetic where a day was reckoned."""
    rows = json.loads(run("due", "--json", "--all", "--store", sample)[1])
    states = {row["state"] for row in rows}
    assert {"met", "overdue", "due", "not-yet", "owed-no-date"} & states >= {
        "met",
        "overdue",
        "due",
        "not-yet",
    }
    for row in rows:
        because = row["because"]
        assert (because["rule"], because["confidence"] in ("firm", "check", "empty", "ours")) == (
            row["rule"],
            True,
        )
        assert because["entries"], row["duty"]
        if row["due"] and "steps" not in row and because["arithmetic"] is None:
            # A duty without a number has only a natural limit, which is a recorded day and no sum.
            assert because["confidence"] == "empty", row["rule"]
            assert row["state"] in ("met", "ended", "owed-no-date"), row["duty"]


def test_show_and_explain_give_one_object(run: Run, sample: Path) -> None:
    """And show holds what lists hold of that case."""
    code, out, _ = run("show", "X900003", "--json", "--store", sample)
    shown = json.loads(out)
    listed = {row["crn"]: row for row in json.loads(run("cases", "--json", "--store", sample)[1])}
    assert code == 0
    assert {key: shown[key] for key in listed["X900003"]} == listed["X900003"]
    assert json.loads(run("rules", "explain", "home-visit-first", "--json")[1])["rule"] == "home-visit-first"
    shown = json.loads(run("forms", "show", "home-visit", "--json")[1])
    assert shown["meets"] == ["home-visit-concern", "home-visit-first", "home-visit-repeat"]


def test_exit_codes(run: Run, sample: Path, stores: Stores, tmp_path: Path) -> None:
    """0 done, 1 refused, 2 usage or no such case; one sentence on stderr."""
    for code, args in (
        (2, ("show", "X000000", "--store", sample)),
        (2, ("chronology", "--store", sample)),
        (2, ("due", "--today", "soon", "--store", sample)),
        (2, ("export", "--store", sample)),
        (1, ("cases", "--store", tmp_path / "nowhere")),
        (1, ("report", "release-plan", "--case", "X900009", "--for", "court", "-o", tmp_path / "x.pdf", "--store",
             sample)),
        (1, ("export", "--case", "X900001", "-o", tmp_path / "no" / "x.json", "--store", sample)),
        (2, ("show", "X900001", "--today", "1999-01-01", "--store", sample)),
        (2, ("rules", "explain", "unheard-of")),
    ):  # fmt: skip
        found, out, err = run(*args)
        assert (found, out) == (code, ""), (args, err)
        assert err.strip()
        assert "Traceback" not in err


def test_an_ambiguous_crn_lists_the_ids(run: Run, stores: Stores) -> None:
    """Two cases that bear one CRN are told apart by id."""
    desk = stores.desk()
    from workbench.casework.importing import bring

    ids = []
    for n in (1, 2):
        case = {"crn": "X300003", "id": f"00000000-0000-4000-8000-00000000000{n}"}
        ids.append(bring(desk, case_file("X300003", case=case), "f").case)
    desk.close()
    secret = stores.folder / "p.txt"
    secret.write_text(PASSPHRASE)
    code, _, err = run("show", "X300003", "--store", stores.folder / "store", "--passphrase-file", secret)
    assert code == 2
    assert all(id in err for id in ids)
    assert run("show", ids[0], "--store", stores.folder / "store", "--passphrase-file", secret)[0] == 0


def test_linked_cases_are_read_under_either_name(run: Run, stores: Stores) -> None:
    """One row in the list; each list is the same by either id or by CRN, and each file is one case's own."""
    from workbench.casework import recording
    from workbench.casework.importing import bring

    desk = stores.desk()
    ids = []
    for n in (1, 2):
        case = {"crn": "X300003", "id": f"00000000-0000-4000-8000-00000000000{n}"}
        ids.append(bring(desk, case_file("X300003", case=case), "f").case)
    session = recording.start(desk, ids[1], "same-person")
    session.restore({"other_case": ids[0], "checked": "Same birthday."})
    recording.sign(desk, ids[1], session)
    desk.close()
    secret = stores.folder / "p.txt"
    secret.write_text(PASSPHRASE)
    here = ("--store", stores.folder / "store", "--passphrase-file", secret)
    assert [row["case"] for row in json.loads(run("cases", "--json", *here)[1])] == [ids[0]]
    assert "read with X300003" in run("cases", *here)[1]
    for args in (("show",), ("chronology",), ("facts",), ("due", "--all", "--case"), ("findings", "--case")):
        outs = {run(*args, name, "--json", *here)[:2] for name in ("x300003", *ids)}
        assert len(outs) == 1
        assert outs.pop()[0] == 0
    assert len(json.loads(run("chronology", ids[1], "--json", *here)[1])) == 9
    report = ("report", "release-plan", "--for", "file", "--format", "html")
    names = ("X300003", *ids)
    outs = [(*report, "-o", stores.folder / f"{place}.html") for place in range(3)]
    assert [run(*out, "--case", name, *here)[0] for out, name in zip(outs, names, strict=True)] == [0, 0, 0]
    code, _, told = run(*outs[0], "--case", "X300003", *here)
    assert (code, "is there already, and was left as it is" in told) == (1, True)
    # A file is one case: which of the two is asked for by its id.
    assert run("export", "--case", "X300003", *here)[0] == 2
    files = [json.loads(run("export", "--case", id, *here)[1]) for id in ids]
    assert [(file["case"]["id"], len(file["entries"])) for file in files] == [(ids[0], 4), (ids[1], 5)]
    assert run("export", "--all", "-o", stores.folder / "out", *here)[0] == 0
    assert len(list((stores.folder / "out").glob("*.json"))) == 2
    assert run("verify", *here)[0] == 0


def test_a_store_in_use_says_who_and_since_when(run: Run, stores: Stores) -> None:
    """Exit 1, the holder named."""
    stores.desk()
    secret = stores.folder / "p.txt"
    secret.write_text(PASSPHRASE)
    code, _, err = run("cases", "--store", stores.folder / "store", "--passphrase-file", secret)
    assert code == 1
    assert "since 2026-03-10T09:00" in err


def test_a_fault_of_ours_is_told_without_content(
    run: Run, sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exit 3, the place and never the message."""
    from workbench.casework import reading

    def broken(*_: object) -> None:
        raise KeyError("Zanzibarword")

    monkeypatch.setattr(reading, "cases", broken)
    code, _, err = run("cases", "--store", sample)
    assert (code, "Zanzibarword" in err) == (3, False)
    assert "KeyError at test_commands.py" in err


def test_from_init_to_restore(run: Run, tmp_path: Path) -> None:
    """Make, bring in, list, back up, restore by recovery code, verify."""
    secret, store = tmp_path / "p.txt", tmp_path / "store"
    secret.write_text(PASSPHRASE)
    here = ("--store", store, "--passphrase-file", secret)
    code, out, _ = run("init", *here, "--name", "Ann Example", "--role", "practitioner")
    assert code == 0
    recovery = tmp_path / "r.txt"
    recovery.write_text(out.split("recovery code: ")[1].strip())
    files = tmp_path / "files"
    files.mkdir()
    (files / "a.json").write_bytes(case_file("X1"))
    (files / "b.json").write_bytes(b"{")
    (files / "c.json").write_bytes(case_file("X2"))
    code, out, err = run("import", files, *here)
    assert (code, out.count("brought in"), "b.json" in err) == (1, 2, True)
    assert run("import", files / "a.json", *here)[1].endswith("nothing new.\n")
    code, out, _ = run("backup", "--to", tmp_path / "backups", *here)
    assert code == 0
    place = out.strip()
    again = ("--store", tmp_path / "again")
    assert run("restore", place, *again, "--recovery-file", recovery, "--why", "a rehearsal")[0] == 0
    assert run("verify", *again, "--recovery-file", recovery)[0] == 0
    rows = json.loads(run("cases", "--json", *again, "--passphrase-file", secret)[1])
    assert [row["crn"] for row in rows] == ["X1", "X2"]
    assert run("keys", "passphrase", "--new-file", recovery, *again, "--passphrase-file", secret)[0] == 0
    assert run("cases", *again, "--passphrase-file", recovery)[0] == 0


def test_a_file_for_a_case_that_was_handed_over_is_refused(run: Run, stores: Stores, tmp_path: Path) -> None:
    """In one sentence that says who holds it; what is there already comes in as nothing new."""
    from tests.casework.test_handed_over import NEXT, OFFER
    from workbench.casework import recording

    desk = stores.desk()
    case = recording.new_case(desk, {**REGISTERED, "crn": "X200002"}).case
    session = recording.start(desk, case, "officer-change")
    session.restore({**OFFER, **NEXT, "state": "accepted"})
    recording.sign(desk, case, session)
    desk.close()
    (tmp_path / "old.json").write_bytes(case_file(case={"id": case, "crn": "X200002"}))
    (tmp_path / "words").write_text(PASSPHRASE)
    here = ("--store", stores.folder / "store", "--passphrase-file", tmp_path / "words")
    code, _, err = run("import", tmp_path / "old.json", *here)
    assert (code, err.startswith("old.json: Bo Example has held this case since 10 March 2026")) == (1, True)


def test_what_is_wrong_with_the_rules_stands_above_the_table_and_its_count_below(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody scrolls past who may see what to learn whether the rules are sound."""
    from workbench.casework import studying

    monkeypatch.setattr(studying, "check_rules", lambda: ["rules/national/x.yaml:3: no source"])
    code, out, err = run("rules", "check")
    lines = out.splitlines()
    assert (code, lines[0], len(lines) > 10) == (1, "rules/national/x.yaml:3: no source", True)
    assert err == "1 found in the rules.\n" * 2


def test_looking_back_is_by_clock_and_by_what_was_known(run: Run, sample: Path) -> None:
    """`--known` leaves the clock where it is; `--today` moves both."""
    args = ("facts", "X900003", "--json", "--store", sample)
    now = {row["fact"] for row in json.loads(run(*args)[1])}
    then = {row["fact"] for row in json.loads(run(*args, "--known", "2020-01-01")[1])}
    assert now > then == set()


def commands(group: click.Group, path: tuple[str, ...] = ()) -> list[tuple[tuple[str, ...], click.Command]]:
    """Every command, groups within groups."""
    found: list[tuple[tuple[str, ...], click.Command]] = []
    for name, command in group.commands.items():
        found.append(((*path, name), command))
        if isinstance(command, click.Group):
            found += commands(command, (*path, name))
    return found


def test_every_command_and_option_has_help() -> None:
    """And no option takes a passphrase."""
    for path, command in commands(cli):
        assert command.help, path
        for option in command.params:
            if isinstance(option, click.Option):
                assert option.help, (path, option.name)
                assert option.name not in ("passphrase", "recovery", "password")


@pytest.mark.parametrize("kind", ["case", "form", "rule"])
def test_schemas_are_json_schemas(run: Run, kind: str) -> None:
    """For editors and data teams."""
    schema = json.loads(run("schema", kind)[1])
    assert "$defs" in schema


def test_the_program_starts_as_a_module(sample: Path, tmp_path: Path) -> None:
    """`python -m workbench` reads a case file from standard input and writes one to standard output."""
    here = ["--store", str(sample)]
    program = [sys.executable, "-m", "workbench"]
    out = subprocess.run([*program, "export", "--case", "X900001", *here], capture_output=True, check=True)
    assert json.loads(out.stdout)["case"]["crn"] == "X900001"
    back = subprocess.run([*program, "import", "-", *here], input=out.stdout, capture_output=True, check=True)
    assert b"nothing new" in back.stdout


def test_lists_read_well_on_a_terminal(run: Run, sample: Path) -> None:
    """No ids, no braces; what is due first, with its because and its steps."""
    shown = run("show", "X900023", "--store", sample)[1]
    assert shown.startswith("X900023   ")
    headings = ("What is due", "Look at", "What is known", "Latest entries")
    assert [line for line in shown.splitlines() if line in headings] == list(headings)
    assert shown.split("What is due\n")[1].splitlines()[0].endswith("A child at the address")
    assert "- 999 if a child is in danger now (today)" in shown
    for command in ("cases", "due", "findings", "audit"):
        text = run(command, "--store", sample)[1]
        assert text.strip()
        assert "{" not in text
        assert "00dc6acf" not in text
    assert "two accounts: " in run("facts", "X900022", "--store", sample)[1]
    assert "RECALL OPEN" in run("cases", "--store", sample)[1]
    assert "allotment" in run("search", "allotment", "--store", sample)[1]
    assert run("search", "Zebedeeword", "--store", sample)[1] == "Nothing.\n"
