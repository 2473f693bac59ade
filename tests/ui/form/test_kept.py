"""What is being written is kept, thrown away, fetched back and signed, whatever comes between."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
)
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Frame
from tests.ui.form.conftest import Open, crashed, kept, note, press, visited, words_of, work_of
from workbench.casework import drafting, recording, unfinished
from workbench.casework.drafting import Spot
from workbench.errors import Refused, StoreProblem
from workbench.ui.form import presenter
from workbench.ui.form.work import CHECK
from workbench.ui.shell.place import Place


def test_opening_a_form_keeps_nothing(
    qtbot: QtBot, frame: Frame, opens: Open, registered: Callable[..., str]
) -> None:
    screen = opens(case=registered(), form="arms")
    for page in work_of(screen).opened.form.pages:
        work_of(screen).go(page.page)
    qtbot.wait(20)
    screen.leave()
    assert unfinished.begun(frame.desk) == ()
    assert screen.here() is None
    assert frame.saves == []


def test_leaving_keeps_the_last_words_and_coming_back_finds_them(
    qtbot: QtBot, frame: Frame, opens: Open, registered: Callable[..., str]
) -> None:
    case = registered()
    screen = opens(case=case, form="contact")
    qtbot.keyClicks(note(screen), "Half a sen")
    screen.leave()
    place = screen.here()
    assert place is not None
    screen = opens(case=place.case, draft=place.draft)
    assert note(screen).toPlainText() == "Half a sen"
    assert work_of(screen).opened.recovered is None
    assert len(unfinished.begun(frame.desk)) == 1


def test_undo_goes_on_across_autosave(qtbot: QtBot, opens: Open, registered: Callable[..., str]) -> None:
    screen = opens(case=registered(), form="contact")
    written = note(screen)
    qtbot.keyClicks(written, "One")
    screen._save_now()
    written.undo()
    assert written.toPlainText() == ""
    written.redo()
    assert written.toPlainText() == "One"


def test_what_cannot_be_kept_is_told_and_tried_again(
    qtbot: QtBot, frame: Frame, opens: Open, registered: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = opens(case=registered(), form="contact")
    full = StoreProblem("full", "The disk is full.", "Free some room.")

    def refuse(*_: object) -> None:
        raise full

    with monkeypatch.context() as broken:
        broken.setattr(drafting, "keep", refuse)
        qtbot.keyClicks(note(screen), "Words that must not go")
        screen._save_now()
    assert frame.saves[-1] == ("Not saved. The disk is full. Free some room.", True)
    assert screen._pen is not None
    assert screen._pen.unsaved
    screen._pen._again.timeout.emit()
    assert kept(frame.desk, screen)["note"] == "Words that must not go"
    assert kept(frame.desk, screen)["how"] == "face-to-face"
    assert not screen._pen.unsaved


def test_after_a_crash_the_words_are_there_and_the_writer_decides(
    frame: Frame, opens: Open, registered: Callable[..., str]
) -> None:
    draft = crashed(frame.desk, registered())
    screen = opens(draft=draft)
    assert "This is what you had written at 10 March 2026, 09:00." in words_of(screen)
    assert note(screen).toPlainText() == "Before the crash"
    press(screen, "Continue")
    assert "This is what you had written" not in words_of(screen)
    assert kept(frame.desk, screen)["note"] == "Before the crash"


def test_words_are_thrown_away_only_when_asked_twice(
    frame: Frame, opens: Open, registered: Callable[..., str]
) -> None:
    draft = crashed(frame.desk, registered())
    screen = opens(draft=draft)
    press(screen, "Start again")
    assert len(unfinished.begun(frame.desk)) == 1
    press(screen, "Throw them away and start again")
    assert unfinished.begun(frame.desk) == ()
    assert note(screen).toPlainText() == ""


def test_an_amendment_is_signed_with_its_reason(
    qtbot: QtBot, frame: Frame, opens: Open, registered: Callable[..., str]
) -> None:
    case = registered()
    entry = visited(frame.desk, case)
    screen = opens(case=case, form="home-visit", entry=entry)
    work = work_of(screen)
    work.press_sign()
    work.press_sign()
    assert frame.told == []
    assert "An amendment says why. Write the reason first." in words_of(screen)
    qtbot.keyClicks(work.check._why, "The time was wrong")
    work.press_sign()
    assert frame.told[0].entry == entry
    head = frame.desk.case(case).entries[entry].head
    assert head.content is not None
    assert head.content.because == "The time was wrong"


class Waiting:
    """Holds back the answers of a desk until they are let in."""

    def __init__(self, frame: Frame, monkeypatch: pytest.MonkeyPatch) -> None:
        self.held: list[Callable[[], None]] = []
        self._at_once = frame.ask
        monkeypatch.setattr(frame, "ask", self._ask)

    def _ask(self, *asked: Any, key: str = "") -> None:
        self.held.append(lambda: self._at_once(*asked, key=key))

    def come(self) -> None:
        """Lets all in."""
        while self.held:
            self.held.pop(0)()


def test_who_went_on_while_it_was_signed_is_not_fetched_back(
    qtbot: QtBot, frame: Frame, opens: Open, registered: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """They are told; a refusal is told where they are, and stands in the form when they come back."""
    case = registered()
    screen = opens(case=case, form="contact")
    note(screen).setPlainText("Spoke of the allotment.")
    for refused in (True, False):
        waiting = Waiting(frame, monkeypatch)
        if refused:
            monkeypatch.setattr(presenter, "sign", _refuses)
        work_of(screen).check.signs.emit("")
        screen.hide()
        waiting.come()
        monkeypatch.undo()
        screen.show()
    assert frame.went == []
    assert [tone for _, tone in frame.said] == ["danger", "good"]
    assert frame.said[0][0] == "Contact: Not today. Try tomorrow."
    assert screen._work is None


def test_a_refusal_that_comes_when_another_form_is_open_leaves_that_alone(
    qtbot: QtBot, frame: Frame, opens: Open, registered: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    case = registered()
    screen = opens(case=case, form="contact")
    note(screen).setPlainText("Spoke of the allotment.")
    waiting = Waiting(frame, monkeypatch)
    monkeypatch.setattr(presenter, "sign", _refuses)
    work_of(screen).check.signs.emit("")
    late = list(waiting.held)
    monkeypatch.undo()
    monkeypatch.setattr(presenter, "sign", _refuses)
    opens(case=case, form="home-visit")
    for each in late:
        each()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert frame.said == [("Contact: Not today. Try tomorrow.", "danger")]
    assert work_of(screen).isEnabled()
    assert work_of(screen)._at != CHECK


def _refuses(*_: object) -> None:
    raise Refused("Not today.", "Try tomorrow.")


def test_of_a_form_that_cannot_be_opened_the_cursor_is_on_the_way_back(
    frame: Frame, opens: Open, registered: Callable[..., str]
) -> None:
    screen = opens(case=registered(), form="touch-point")
    first = screen.first()
    assert isinstance(first, QAbstractButton)
    assert first.isVisible()
    first.click()
    assert frame.went == [Place("back")]


def test_a_draft_is_thrown_away_once_that_was_asked(
    frame: Frame, opens: Open, registered: Callable[..., str]
) -> None:
    """At any time after something was written; until then there is nothing to throw away."""
    case = registered()
    screen = opens(case=case, form="contact")
    assert not work_of(screen)._discard.isVisible()
    note(screen).setPlainText("Not wanted.")
    screen._save_now()
    press(screen, "Discard the draft")
    assert "These words were never signed." in words_of(screen)
    assert QApplication.focusWidget().accessibleName() == "Keep them"
    press(screen, "Keep them")
    assert len(unfinished.begun(frame.desk, case)) == 1
    assert work_of(screen).isAncestorOf(QApplication.focusWidget())
    press(screen, "Discard the draft")
    press(screen, "Throw them away")
    assert (unfinished.begun(frame.desk, case), frame.went) == ((), [Place("back")])


def test_beginning_again_from_a_newer_version_asks_before_words_are_lost(
    frame: Frame, opens: Open, registered: Callable[..., str]
) -> None:
    case = registered()
    session = recording.start(frame.desk, case, "contact")
    session.answer("on", "2026-03-09T10:00:00Z")
    entry = recording.sign(frame.desk, case, session).entry or ""
    writing, mine = drafting.begin(frame.desk, case, "contact", entry)
    mine.answer("note", "Mine.")
    kept_ = drafting.keep(frame.desk, writing, mine.draft(), {}, Spot())
    theirs = recording.start(frame.desk, case, "contact", amends=entry)
    theirs.answer("note", "Theirs.")
    recording.amend(frame.desk, case, entry, theirs, "Heard again.")
    screen = opens(case=case, draft=kept_.draft)
    press(screen, "Begin again from the new version")
    assert [each.draft for each in unfinished.begun(frame.desk, case)] == [kept_.draft]
    press(screen, "Throw them away and start again")
    assert unfinished.begun(frame.desk, case) == ()
    assert note(screen).toPlainText() == "Theirs."


def test_the_cursor_stays_on_the_check_when_it_is_drawn_anew(
    qtbot: QtBot, opens: Open, frame: Frame, registered: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pressing again while something is missing, and a refusal of the store."""
    case = registered()
    for form in ("home-visit", "contact"):
        screen = opens(case=case, form=form)
        work_of(screen).press_sign()
        monkeypatch.setattr(presenter, "sign", _refuses)
        qtbot.keyClick(screen, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        QApplication.processEvents()
        assert work_of(screen)._at == CHECK
        assert QApplication.focusWidget() is work_of(screen).check.first()
        assert QApplication.focusWidget().isVisible()
