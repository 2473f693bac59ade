"""A form screen over a real store, and what a writer does at it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QPlainTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Frame
from workbench.casework import drafting, recording, unfinished
from workbench.casework.desk import Desk
from workbench.casework.drafting import Spot
from workbench.ui.form.texts import NarrativeField
from workbench.ui.form.view import FormScreen
from workbench.ui.form.work import Work
from workbench.ui.form.wrong import Wrong
from workbench.ui.shell.place import Place
from workbench.ui.widgets.text import Label

Open = Callable[..., FormScreen]


@pytest.fixture
def opens(qtbot: QtBot, frame: Frame) -> Iterator[Open]:
    """Opens a place on a form screen of a laptop's size."""
    screen = FormScreen(frame)
    screen._tools._asked = True  # spelling is tested apart; loading it takes a while
    screen.resize(1150, 700)
    screen.show()
    screen.activateWindow()

    def open_(**place: str) -> FormScreen:
        screen.arrive(Place("form", **place))
        QApplication.processEvents()
        return screen

    yield open_
    screen.hide()
    screen.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def work_of(screen: FormScreen) -> Work:
    assert screen._work is not None
    return screen._work


def field(screen: FormScreen, path: str) -> QWidget:
    """The field of a question, on the page it stands on."""
    work = work_of(screen)
    page = next(each for each in work.opened.form.pages if any(q.id == path for q in each.questions))
    if work._at != page.page:
        work.go(page.page)
    block = work._page(page.page).block(path)
    assert block is not None
    return block.field


def note(screen: FormScreen) -> QPlainTextEdit:
    found = field(screen, "note")
    assert isinstance(found, NarrativeField)
    return found.field


def kept(desk: Desk, screen: FormScreen) -> dict[str, object]:
    """The answers that the store holds of what is being written."""
    assert screen._pen is not None
    held = unfinished.draft_of(desk, screen._pen.writing.draft)
    return dict(held.answers) if held else {}


def words_of(screen: FormScreen) -> str:
    QApplication.processEvents()
    return " ".join(each.text() for each in screen.findChildren(Label) if each.isVisible())


def crashed(desk: Desk, case: str) -> str:
    """A draft that was open when the program ended."""
    writing, session = drafting.begin(desk, case, "contact")
    session.answer("note", "Before the crash")
    drafting.keep(desk, writing, session.draft(), {}, Spot("record", "note", open=True))
    return writing.draft


def wrongs(screen: FormScreen) -> str:
    QApplication.processEvents()
    shown = [each for each in screen.findChildren(Wrong) if each.isVisible()]
    return " ".join(label.text() for each in shown for label in each.findChildren(Label))


def press(screen: FormScreen, words: str) -> None:
    QApplication.processEvents()
    next(
        each for each in screen.findChildren(QAbstractButton) if each.text() == words and each.isVisible()
    ).click()


def visited(desk: Desk, case: str) -> str:
    session = recording.start(desk, case, "home-visit")
    concern = {"id": "c1", "text": "A scooter stood in the hall, too small for an adult.", "source": "police"}
    session.restore(
        {"visited_on": "2026-03-09T14:30:00Z", "outcome": "seen", "others": [], "concern": [concern]}
    )
    return recording.sign(desk, case, session).entry or ""
