"""Cards, bundles and what arrives, on the command line: two people, two stores, files between them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import PASSPHRASE, Stores, case_file
from workbench.cli.main import main

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], stores: Stores, tmp_path: Path) -> Run:
    """Runs a command on a store of this test, by the store's name; gives exit code, stdout and stderr."""
    secret = tmp_path / "passphrase"
    secret.write_text(PASSPHRASE)

    def command(store: str, *args: str | Path) -> tuple[int, str, str]:
        capsys.readouterr()
        options = ["--store", str(stores.folder / store), "--passphrase-file", str(secret)]
        code = main([*(str(arg) for arg in args), *options])
        out, err = capsys.readouterr()
        return code, out, err

    return command


@pytest.fixture
def two(stores: Stores, run: Run, tmp_path: Path) -> Path:
    """An administrator's store and a practitioner's with one case; the folder in which files change hands."""
    stores.make("ada", "administrator", "Ada Admin")
    stores.make("ann", "practitioner", "Ann Example")
    (tmp_path / "case.json").write_bytes(case_file())
    assert run("ann", "import", tmp_path / "case.json")[0] == 0
    hands = tmp_path / "hands"
    hands.mkdir()
    return hands


def test_words_trust_a_bundle_and_its_receipt(run: Run, two: Path) -> None:
    """The whole way, by files: nobody's name or CRN stands in a file's name or its clear part."""
    for store in ("ada", "ann"):
        assert run(store, "card", "-o", two / f"{store}.card")[0] == 0
    assert json.loads(run("ada", "card")[1]) == json.loads((two / "ada.card").read_text())
    assert run("ada", "receive", two / "ann.card")[0] == 0
    code, out, _ = run("ann", "receive", two / "ada.card")
    assert code == 0
    assert "Compare eight words" in out
    words = run("ada", "card", "words", "Ann Example")[1].strip()
    assert words == run("ann", "card", "words", "Ada Admin")[1].strip()
    assert len(words.split()) == 8
    code, out, _ = run("ann", "card", "trust", "Ada Admin", "--words", words)
    assert (code, "is trusted here" in out) == (0, True)
    code, _, _ = run("ada", "card", "trust", "Ann Example", "--words", words, "--role", "practitioner",
                     "--vetted", "--until", "2099-01-01", "-o", two / "voucher.json")  # fmt: skip
    assert code == 0
    code, out, _ = run("ann", "receive", two / "voucher.json")
    assert (code, "vouches for Ann Example as practitioner" in out) == (0, True)
    rows = json.loads(run("ann", "card", "list", "--json")[1])
    assert [(row["name"], row["vouched"], row["vetted"]) for row in rows] == [
        ("Ann Example", True, True), ("Ada Admin", True, False)]  # fmt: skip
    code, out, _ = run("ann", "bundle", "--case", "X200002", "--to", "Ada Admin", "-o", two)
    assert code == 0
    sealed = Path(out.strip().splitlines()[-1])
    assert len(sealed.stem) == 16 and sealed.suffix == ".wbundle"
    assert b"X200002" not in sealed.read_bytes()
    code, out, err = run("ada", "receive", sealed, "--receipts", two / "receipts")
    assert (code, err) == (0, "")
    assert "X200002: 4 new versions" in out
    receipt = Path(out.strip().splitlines()[-1])
    assert receipt.parent == two / "receipts" and "X200002" not in receipt.name
    code, out, _ = run("ann", "receive", receipt)
    assert (code, "with a receipt" in out) == (0, True)
    assert json.loads(run("ada", "facts", "X200002", "--json")[1]) != []
    assert run("ada", "receive", sealed)[:2] == run("ada", "receive", sealed)[:2]
    assert json.loads(run("ada", "quarantine", "--json")[1]) == []


def test_wrong_files_end_one_and_the_others_are_taken(run: Run, two: Path) -> None:
    """One sentence each on stderr, with the file's name."""
    run("ada", "card", "-o", two / "ada.card")
    (two / "bad.card").write_bytes((two / "ada.card").read_bytes().replace(b"Ada Admin", b"Ada Admit"))
    code, out, err = run("ann", "receive", two / "bad.card", two / "gone.card", two / "ada.card")
    assert code == 1
    assert [line.split(":")[0] for line in err.splitlines()] == ["bad.card", "gone.card"]
    assert out.startswith("ada.card: The card of Ada Admin")


def test_words_that_differ_and_people_unknown(run: Run, two: Path) -> None:
    """Refused is 1; a name that is not there is 2."""
    run("ada", "card", "-o", two / "ada.card")
    run("ann", "receive", two / "ada.card")
    code, _, err = run(
        "ann", "card", "trust", "Ada Admin", "--words", "one two three four five six seven eight"
    )
    assert (code, "not the words" in err) == (1, True)
    assert run("ann", "card", "words", "Nobody")[0] == 2
    assert run("ann", "bundle", "--case", "X200002", "--to", "Ada Admin", "-o", two)[0] == 1
    assert run("ann", "card", "end", "Ada Admin", "--why", "Stolen.")[0] == 1
