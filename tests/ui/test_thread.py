"""The thread that holds the desk: in order, one result each, failures told apart from faults."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from workbench.errors import Expected, Refused
from workbench.ui.shell.thread import DeskThread, Line


@pytest.fixture
def line(qapp: object) -> Iterator[Line]:
    """A line that is stopped again."""
    made = Line("test")
    yield made
    made.stop()


def test_work_is_done_elsewhere_and_told_here_in_order(line: Line, qtbot: QtBot) -> None:
    """The window's thread does none of it."""
    where: list[int] = []
    told: list[tuple[int, int]] = []
    for number in range(5):

        def work(number: int = number) -> int:
            where.append(threading.get_ident())
            return number

        line.ask(work, lambda found: told.append((found, threading.get_ident())))
    qtbot.waitUntil(lambda: line.waiting == 0)
    here = threading.get_ident()
    assert [found for found, _ in told] == [0, 1, 2, 3, 4]
    assert {ident for _, ident in told} == {here}
    assert here not in where


def test_a_later_question_makes_an_earlier_one_void(line: Line, qtbot: QtBot) -> None:
    """As when somebody types on while a search runs."""
    told: list[str] = []
    for words in ("a", "al", "all"):
        line.ask(lambda words=words: words, told.append, key="search")
    qtbot.waitUntil(lambda: line.waiting == 0)
    assert told == ["all"]


def test_what_was_asked_before_a_lock_is_done_and_told_to_nobody(line: Line, qtbot: QtBot) -> None:
    """The screens that asked are gone; a bug is still told."""
    done: list[str] = []
    told: list[object] = []
    line.fault.connect(told.append)

    def refuse() -> None:
        raise Refused("Not now.")

    line.ask(lambda: done.append("kept"), told.append)
    line.ask(refuse, None, told.append)
    line.ask(lambda: 1 // 0, told.append)
    line.forget()
    line.ask(lambda: "after", told.append)
    qtbot.waitUntil(lambda: line.waiting == 0)
    assert done == ["kept"]
    assert [type(each) for each in told] == [ZeroDivisionError, str]


def test_what_is_refused_and_what_is_broken_go_different_ways(line: Line, qtbot: QtBot) -> None:
    """A refusal is told to whoever asked, a bug to the window."""
    refused: list[Expected] = []
    faults: list[BaseException] = []
    line.fault.connect(faults.append)

    def refuse() -> None:
        raise Refused("No.", "Ask again.")

    def break_() -> None:
        raise ZeroDivisionError

    line.ask(refuse, None, refused.append)
    line.ask(break_)
    qtbot.waitUntil(lambda: line.waiting == 0)
    assert [error.sentence() for error in refused] == ["No. Ask again."]
    assert [type(error) for error in faults] == [ZeroDivisionError]


def test_a_locked_desk_does_nothing(qtbot: QtBot) -> None:
    """What is asked after the lock is refused in a sentence."""
    desks = DeskThread()
    told: list[str] = []
    desks.with_desk(lambda desk: desk.today, None, lambda error: told.append(error.sentence()))
    qtbot.waitUntil(lambda: desks.waiting == 0)
    desks.stop()
    assert told == ["The workbench is locked. Unlock it and try again."]
