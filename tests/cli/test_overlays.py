"""Overlays on the command line: made, checked, switched on, handed on; the practitioner's duties say so."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.test_between import Run, run, two  # noqa: F401 (fixtures)
from tests.exchange.overlays import FILES


def test_from_a_folder_to_a_colleague(run: Run, two: Path) -> None:  # noqa: F811
    folder = two / "north"
    for name, text in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    made = two / "north.zip"
    told = ("--id", "north", "--region", "North", "--version", "3", "--from", "2026-01-01", "-o", made)
    assert run("ann", "overlay", "make", folder, *told)[0] == 1
    assert not made.exists()
    assert run("ada", "overlay", "make", folder, *told)[0] == 0
    code, out, _ = run("ada", "overlay", "check", made, "--json")
    assert (code, [each["region"] for each in json.loads(out)][:2]) == (0, ["4 weeks", "16 weeks"])
    assert json.loads(run("ada", "overlay", "list", "--json")[1]) == []
    assert run("ada", "receive", made)[0] == 0
    assert run("ada", "overlay", "switch", "North 3", "--why", "Agreed.")[1] == "North 3 is switched on.\n"
    assert run("ada", "overlay", "suggest", "touch-periodic/interval", "--why", "Tried.")[0] == 0
    assert run("ada", "overlay", "suggest", "no-rule/number", "--why", "Tried.")[0] == 2
    handed = two / "decisions.zip"
    assert run("ada", "overlay", "hand-on", "-o", handed)[0] == 0
    code, _, err = run("ann", "receive", handed)
    assert (code, "nobody here has verified" in err) == (1, True)
    for one, other in (("ada", "ann"), ("ann", "ada")):
        run(one, "card", "-o", two / f"{one}.card")
        run(other, "receive", two / f"{one}.card")
    words = run("ada", "card", "words", "Ann Example")[1].strip()
    assert run("ann", "card", "trust", "Ada Admin", "--words", words)[0] == 0
    code, out, _ = run("ann", "receive", handed)
    assert (code, "Switched on: North 3." in out) == (0, True)
    (held,) = json.loads(run("ann", "overlay", "list", "--json")[1])
    assert (held["called"], held["in_force"], held["decision"]["why"]) == ("North 3", True, "Agreed.")
    suggested = {
        each["key"]: each["amount"] for each in json.loads(run("ann", "overlay", "suggestions", "--json")[1])
    }
    assert suggested["touch-periodic/interval"] == "16 weeks"
    assert suggested["rmp-draft/before_release"] == ""
    made.write_bytes(made.read_bytes()[:-1])
    assert run("ann", "overlay", "check", made)[0] == 1
