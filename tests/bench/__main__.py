"""Runs the benchmarks named (all by default), prints one table and writes out/bench.json.

python -m tests.bench [--full] [names...]
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import msgspec

from tests.bench import (
    checking,
    encryption,
    exchanging,
    folding,
    importing,
    opening,
    recording,
    reports,
    searching,
)
from tests.bench.harness import FULL, USUAL, Bench, Line, Sizes, missing, table

OUT = Path(__file__).resolve().parents[2] / "out" / "bench.json"


def _window(name: str, module: str = "window", function: str = "") -> Bench:
    """A benchmark of the window, read only when it runs: below the window nothing needs Qt."""

    def run(sizes: Sizes, folder: Path) -> Iterator[Line]:
        try:
            found = import_module(f"tests.bench.{module}")
        except ImportError:
            yield missing(name, "PySide6")
            return
        yield from getattr(found, function or name)(sizes, folder)

    return run


BENCHES: dict[str, Bench] = {
    "start": opening.start,
    "unlock": opening.unlock,
    "record": recording.record,
    "autosave": recording.autosave,
    "due": folding.due,
    "fold": folding.fold,
    "long-case": folding.long_case,
    "search": searching.search,
    "encryption": encryption.encryption,
    "plan": reports.plan,
    "long-report": reports.long_report,
    "import": importing.bring,
    "checks": checking.checks,
    "oversight": exchanging.oversight,
    "merge": exchanging.merge,
    "form": _window("form"),
    "typing": _window("typing"),
    "region": _window("region", "region"),
    "window-unlock": _window("window-unlock", "region", "unlock"),
}


def main() -> int:
    """Exit code 1 where a budget was missed."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("names", nargs="*", choices=[[], *BENCHES], metavar="name", help=", ".join(BENCHES))
    parser.add_argument("--full", action="store_true", help="a million entries, 20,000 case files")
    chosen = parser.parse_args()
    sizes = FULL if chosen.full else USUAL
    lines: list[Line] = []
    for name in chosen.names or BENCHES:
        folder = Path(tempfile.mkdtemp(prefix="bench-"))
        _move_home(folder)
        try:
            for line in BENCHES[name](sizes, folder):
                lines.append(line)
                print(table([line]).splitlines()[1], file=sys.stderr, flush=True)
        finally:
            shutil.rmtree(folder)
    print(table(lines))
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_bytes(msgspec.json.format(msgspec.json.encode(lines), indent=2) + b"\n")
    return 1 if any(line.held is False for line in lines) else 0


def _move_home(folder: Path) -> None:
    """Settings, anchors and logs of the runs lie with their stores, never with the person's own."""
    for name in ("HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"):
        os.environ[name] = str(folder / "home")


if __name__ == "__main__":
    sys.exit(main())
