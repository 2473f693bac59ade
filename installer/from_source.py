"""Sets everything up in a fresh checkout, then runs the workbench, its checks or its benchmarks.

    python3 installer/from_source.py run | test | bench

Needs only Python 3.11 or later and the standard library. What the system lacks is installed when this
runs as root; otherwise the one line to run is printed and the exit code is 2.
"""

from __future__ import annotations

import ctypes
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "installer" / "requirements.lock"
VENV = ROOT / ".venv"
OUT = ROOT / "out"
# Debian packages that a bare machine lacks: the standard library's own venv and pip, and what the window links to.
VENV_PACKAGES = ("python3-venv",)
WINDOW_LIBRARIES = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
}
USAGE = 2
# These tests open windows; all others run where the toolkit cannot be imported at all.
WINDOW = ("tests/ui", "tests/journeys")
NO_QT = ("-p", "no:pytest-qt", "-p", "tests.no_qt")


def main() -> int:
    """Runs the command named on the command line and gives its exit code."""
    commands = {"run": run, "test": test, "bench": bench}
    if len(sys.argv) < 2 or sys.argv[1] not in commands:
        print("usage: python3 installer/from_source.py run | test | bench", file=sys.stderr)
        return USAGE
    if sys.version_info < (3, 11):
        print("The workbench needs Python 3.11 or later.", file=sys.stderr)
        return USAGE
    missing = system_packages_missing()
    if missing and not install(missing):
        return USAGE
    python = environment()
    return commands[sys.argv[1]](python, sys.argv[2:])


def system_packages_missing() -> tuple[str, ...]:
    """The Debian packages that must be installed before a virtual environment and a window can be made."""
    if os.name == "nt" or sys.platform == "darwin":
        return ()
    ready = (VENV / "bin" / "pip").exists() or importlib.util.find_spec("ensurepip") is not None
    needed = [] if ready else [*VENV_PACKAGES]
    return (*needed, *(package for library, package in WINDOW_LIBRARIES.items() if not loads(library)))


def loads(library: str) -> bool:
    """Whether a shared library can be loaded here."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def install(packages: tuple[str, ...]) -> bool:
    """Installs system packages as root; otherwise says what to run, and gives false."""
    line = f"apt-get install -y --no-install-recommends {' '.join(packages)}"
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        print(f"Run this as root, then try again:\n  {line}", file=sys.stderr)
        return False
    print(f"Installing {', '.join(packages)} ...", file=sys.stderr)
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    wait = ("-o", "DPkg::Lock::Timeout=120", "-qq")
    subprocess.run(["apt-get", *wait, "update"], check=True, env=quiet, stdout=sys.stderr)
    subprocess.run([*line.split(), *wait], check=True, env=quiet, stdout=sys.stderr)
    return True


def environment() -> Path:
    """The Python of the checkout's own environment, holding exactly what the lock names."""
    python = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    stamp = VENV / "installed-from"
    wanted = hashlib.sha256(LOCK.read_bytes()).hexdigest()
    if python.exists() and stamp.exists() and stamp.read_text() == wanted:
        return python
    print("Setting up .venv ...", file=sys.stderr)
    subprocess.run([sys.executable, "-m", "venv", "--clear", str(VENV)], check=True, stdout=sys.stderr)
    pip = [str(python), "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    only = ["--require-hashes", "--only-binary", ":all:", "-r", str(LOCK)]
    subprocess.run([*pip, *only], check=True, stdout=sys.stderr)
    stamp.write_text(wanted)
    return python


def run(python: Path, arguments: list[str]) -> int:
    """Opens the workbench on its sample caseload; where there is no display, writes the tour to files instead."""
    if has_display():
        command = [str(python), "-m", "workbench", "demo", "--store", str(OUT / "sample"), *arguments]
        return subprocess.run(command, cwd=ROOT).returncode
    target = OUT / "tour"
    print("There is no display here: writing every screen and report to files instead ...", file=sys.stderr)
    code = subprocess.run(
        [str(python), "-m", "workbench", "tour", "--out", str(target), *arguments], cwd=ROOT
    )
    if code.returncode == 0:
        print(f"The tour is in {target.relative_to(ROOT)}: open index.html.")
        print("Try a command on the sample caseload:")
        print("  .venv/bin/python -m workbench due --store out/tour/sample")
    return code.returncode


def has_display() -> bool:
    """Whether a window can be shown."""
    if os.name == "nt" or sys.platform == "darwin":
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def test(python: Path, arguments: list[str]) -> int:
    """Runs every check, quickest first, and stops at the first that fails.

    The reports are drawn beside the quick checks, in two halves: machines have two cores at least.
    """
    code = str(python)
    tools = str(python.parent)
    suite = [code, "-X", "faulthandler", "-m", "pytest", "-n", "2", "--dist", "worksteal"]
    quiet = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    # Many checks start processes of their own: each module is compiled once, not once in each.
    quiet.pop("PYTHONDONTWRITEBYTECODE", None)
    names = sorted(path.parent.name for path in (ROOT / "resources" / "reports").glob("*/report.yaml"))
    check = [code, "-m", "workbench", "reports", "check"]
    drawing = [subprocess.Popen([*check, *names[half::2]], cwd=ROOT, env=quiet) for half in (0, 1)]
    steps: list[tuple[str, list[str]]] = [
        ("format", [f"{tools}/ruff", "format", "--check", "--quiet", "."]),
        ("lint", [f"{tools}/ruff", "check", "--quiet", "."]),
        ("imports", [f"{tools}/lint-imports", "--no-cache"]),
        ("types", [f"{tools}/mypy", "--no-error-summary"]),
        ("forms", [code, "-m", "workbench", "forms", "check"]),
        ("rules", [code, "-m", "workbench", "rules", "check"]),
    ]
    suites: list[tuple[str, list[str]]] = [
        ("tests below the window", [*suite, *NO_QT, *(f"--ignore={each}" for each in WINDOW), *arguments]),
        ("tests of the window", [*suite, *WINDOW, *arguments]),
    ]
    failed = _first_failed(steps, quiet)
    drawn = [half.wait() for half in drawing]
    if failed is None and any(drawn):
        failed = "reports"
    failed = failed or _first_failed(suites, quiet)
    if failed is not None:
        print(f"== {failed} failed", file=sys.stderr)
    return 0 if failed is None else 1


def _first_failed(steps: list[tuple[str, list[str]]], environment: dict[str, str]) -> str | None:
    """Runs one after the other; gives the name of the first that fails, where one does."""
    for name, command in steps:
        print(f"== {name}", flush=True)
        if subprocess.run(command, cwd=ROOT, env=environment).returncode != 0:
            return name
    return None


def bench(python: Path, arguments: list[str]) -> int:
    """Prints the table of benchmarks and writes it as JSON to out/bench.json."""
    return subprocess.run([str(python), "-m", "tests.bench", *arguments], cwd=ROOT).returncode


if __name__ == "__main__":
    sys.exit(main())
