"""House rules of the window that no linter knows."""

from __future__ import annotations

import ast
import os
import subprocess
import sys

from tests.resources.test_house import ROOT

UI = ROOT / "workbench" / "ui"
LATE = ("reportlab", "jinja2", "keyring", "sqlite_utils", "pypdfium2", "pikepdf", "docx", "lxml", "hunspell")
OURS_LATE = (
    "workbench.rules.evaluate",
    "workbench.exchange.overlay",
    "workbench.reports.library",
    "workbench.casework.signing",
    "workbench.forms.session",
)


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


def _started(code: str) -> set[str]:
    """What a process of its own prints, word by word."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    return set(done.stdout.split())


def test_the_start_reads_nothing_it_does_not_need() -> None:
    """Reports, the keyring and the speller come when they are first used, rules and forms with the first case."""
    code = (
        "import sys; from workbench.__main__ import window; window(); import workbench.ui.today.view, "
        "workbench.ui.shell.workspace, workbench.ui.gate.unlock; print(' '.join(sys.modules))"
    )
    loaded = _started(code)
    assert {name.split(".")[0] for name in loaded} & set(LATE) == set()
    assert loaded & set(OURS_LATE) == set()


def test_today_defines_no_class_of_the_toolkit_that_it_does_not_show() -> None:
    """One object that comes back from the toolkit (a viewport, a bar, a style) defines them all, which takes long."""
    code = """if True:
        from PySide6 import QtWidgets
        from workbench import app
        from workbench.clock import SystemClock
        from workbench.settings import Settings
        from workbench.ui.gate.gate import Opening
        from workbench.ui.shell.window import Window
        from workbench.ui.shell.workspace import Workspace
        from workbench.ui.today.presenter import Today
        from workbench.ui.today.view import TodayScreen
        settings = Settings(still=True)
        application = app.dressed(settings)
        window = Window(application, settings, SystemClock(), Opening(lambda secret: None))
        window.show()
        frame = Workspace(window.desks, window.drawing, settings)
        window.setCentralWidget(frame)
        screen = TodayScreen(frame)
        frame._stack.addWidget(screen)
        screen.show_today(Today("Monday", "Ann Example", (), "", (), (), (), (), 0, 0))
        application.processEvents()
        print(*(name for name in vars(QtWidgets) if name.startswith("Q")), flush=True)
        import os; os._exit(0)
    """
    defined = _started(code)
    assert "QPushButton" in defined
    assert defined & {"QWizard", "QTableWidget", "QScrollBar"} == set()


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
