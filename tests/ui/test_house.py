"""House rules of the window that no linter knows."""

from __future__ import annotations

import ast
import os
import subprocess
import sys

from tests.resources.test_house import ROOT

UI = ROOT / "workbench" / "ui"
LATE = ("reportlab", "jinja2", "keyring", "sqlite_utils", "pypdfium2", "pikepdf", "docx", "lxml", "hunspell")


def test_presenters_know_no_qt() -> None:
    """They give frozen states that a test can read without a window."""
    free = [*UI.rglob("presenter.py"), UI / "words.py", UI / "widgets" / "row.py"]
    for path in free:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = (
                [alias.name for alias in node.names]
                if isinstance(node, ast.Import)
                else [node.module or ""]
                if isinstance(node, ast.ImportFrom)
                else []
            )
            assert not [
                name for name in names if name.startswith(("PySide6", "workbench.ui.widgets.r" + "ows"))
            ], path


def test_the_start_reads_nothing_it_does_not_need() -> None:
    """Reports, the keyring and the speller come when they are first used."""
    code = "import sys, workbench.app, workbench.ui.today.view, workbench.ui.gate.unlock; print(' '.join(sys.modules))"
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    loaded = {name.split(".")[0] for name in done.stdout.split()}
    assert loaded & set(LATE) == set()


def test_nothing_is_imported_from_qt_by_the_handful() -> None:
    """A star import of it costs more than the whole start."""
    assert [path for path in UI.rglob("*.py") if "import *" in path.read_text("utf-8")] == []


def test_no_title_or_dialog_names_anybody() -> None:
    """Window titles and dialog names are fixed words."""
    for path in UI.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                if node.func.attr in ("setWindowTitle", "setDocName"):
                    assert isinstance(node.args[0], ast.Constant | ast.Name), path
                if node.func.attr in ("file_to_save", "file_to_open", "folder"):
                    assert isinstance(node.args[1], ast.Constant), path
                if node.func.attr.startswith(("getSave", "getOpen", "getExisting")):
                    assert path.name == "choosing.py", path
