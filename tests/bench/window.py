"""The window: opening a long form against the same fields bare, and a key press in a long text with spelling on."""

from __future__ import annotations

import os
import random
import statistics
import time
from collections.abc import Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import msgspec
from PySide6.QtCore import QEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from tests.bench import places
from tests.bench.harness import Line, Sizes, Spread, compare, versus
from tests.ui.conftest import Frame
from workbench.casework.desk import Desk
from workbench.forms.definition import Form, Page, Question
from workbench.ui.form import presenter
from workbench.ui.form.make import field
from workbench.ui.form.presenter import Opened
from workbench.ui.form.sheet import Sheet
from workbench.ui.form.view import FormScreen
from workbench.ui.look import look
from workbench.ui.writing.field import WritingField
from workbench.ui.writing.tools import Tools

QUESTIONS = 60
PAGES = 6
KINDS = ("text", "narrative", "day", "yes-no", "number", "yes-no-unknown")
WORDS = 2_500
KEYS = 500


def form(sizes: Sizes, folder: Path) -> Iterator[Line]:
    """A form of 60 questions on six pages, opened at the first and painted; the floor is its 60 fields, bare."""
    application = dressed()
    desk = places.caseload(folder / "form", min(sizes.cases, 2))
    try:
        case = places.fullest(desk)
        screen = FormScreen(Frame(desk))
        screen.resize(1150, 700)
        screen.show()

        def opens() -> float:
            began = time.perf_counter()
            opened = long_form(desk, case)
            screen._show(opened)
            application.processEvents()
            took = time.perf_counter() - began
            swept(application)
            return took

        def bare() -> float:
            opened = long_form(desk, case)
            sheet = Sheet(opened, Tools())
            began = time.perf_counter()
            window = QWidget()
            window.resize(760, 700)
            lines = QVBoxLayout(window)
            for question in opened.form.questions():
                lines.addWidget(field(sheet, question, question.id, window))
            window.show()
            application.processEvents()
            took = time.perf_counter() - began
            window.deleteLater()
            swept(application)
            return took

        found = compare(opens, bare, sizes.rounds)
        screen.hide()
        yield versus("open a form of 60 questions", "its fields, bare", found, ratio=2, ms=100)
    finally:
        desk.close()


def typing(sizes: Sizes, folder: Path) -> Iterator[Line]:
    """Keys pressed one after another in the middle of 2,500 words, with both dictionaries at work."""
    application = dressed()
    tools = Tools()
    tools.speller._load()
    held = WritingField("Note", tools)
    held.resize(760, 500)
    held.put("\n".join(places.text(random.Random(place), 100) for place in range(WORDS // 100)))
    held.show()
    application.processEvents()
    cursor = held.textCursor()
    cursor.setPosition(len(held.toPlainText()) // 2)
    held.setTextCursor(cursor)
    keys = "spoke of the allotment and of recieving visitors "
    took = []
    for place in range(KEYS if sizes.rounds > 1 else 50):
        began = time.perf_counter()
        QTest.keyClick(held, keys[place % len(keys)])
        application.processEvents()
        took.append((time.perf_counter() - began) * 1000)
    held.deleteLater()
    swept(application)
    middle = Spread(statistics.median(took), min(took), max(took))
    late = statistics.quantiles(took, n=20)[-1]
    yield Line("a key in 2,500 words, spelling on", took=middle, may_take=16, note="median")
    yield Line("a key in 2,500 words, 95th percentile", took=Spread(late, late, late), may_take=33)


def dressed() -> QApplication:
    """The application, with fonts and the light theme."""
    held = QApplication.instance()
    application = held if isinstance(held, QApplication) else QApplication([])
    look.load_fonts()
    look.put_on(application, look.Look(still=True))
    return application


def swept(application: QApplication) -> None:
    """Lets go of the widgets of the round before, outside what is timed."""
    application.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    application.processEvents()


def long_form(desk: Desk, case: str) -> Opened:
    """The contact form with 60 questions of every common kind in place of its own."""
    opened = presenter.opened(desk, case, "contact")
    asked = [Question(id=f"q{n}", ask=f"Question {n}?", kind=KINDS[n % len(KINDS)]) for n in range(QUESTIONS)]
    each = QUESTIONS // PAGES
    pages = tuple(
        Page(f"p{n}", f"Page {n + 1}", tuple(asked[n * each : (n + 1) * each])) for n in range(PAGES)
    )
    made: Form = msgspec.structs.replace(opened.form, pages=pages, sets=(), happened="")
    session = type(opened.session)(made, opened.session.known, {}, desk.clock, desk.ids)
    return msgspec.structs.replace(opened, session=session, form=made)
