"""The tray: oldest first with type and outcome, one key each, undo, and a clipboard that empties itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QClipboard
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.conftest import Stores
from tests.ui.conftest import Frame
from tests.ui.scrolling import wrong
from workbench.casework import recording
from workbench.casework.desk import Desk
from workbench.ui.carry import presenter
from workbench.ui.carry.clip import KDE, UNKEPT, Clip, clip
from workbench.ui.carry.view import CarryScreen
from workbench.ui.shell.place import Place
from workbench.ui.widgets.buttons import Button
from workbench.ui.widgets.rows import Rows
from workbench.ui.widgets.text import Label


def contact(desk: Desk, case: str, note: str, **more: object) -> str:
    """Signs a contact; gives the entry."""
    session = recording.start(desk, case, "contact")
    for path, answer in {"on": "2026-03-09T14:30:00Z", "note": note, **more}.items():
        session.answer(path, answer)
    entry = recording.sign(desk, case, session).entry
    assert entry is not None
    return entry


@pytest.fixture
def clipboard(qapp: QApplication) -> Iterator[QClipboard]:
    """The clipboard, empty before and after."""
    qapp.clipboard().clear()
    yield qapp.clipboard()
    qapp.clipboard().clear()


@pytest.fixture
def show(frame: Frame, qtbot: QtBot) -> Callable[..., CarryScreen]:
    """Shows the tray."""

    def shown(width: int = 1158, height: int = 728) -> CarryScreen:
        screen = CarryScreen(frame)
        qtbot.addWidget(screen)
        screen.resize(width, height)
        screen.show()
        qtbot.waitExposed(screen)
        screen.activateWindow()
        screen.arrive(Place("carry"))
        first = screen.first()
        assert first is not None
        first.setFocus()
        qtbot.wait(1)
        return screen

    return shown


def words(screen: CarryScreen) -> str:
    """Every label in sight."""
    return "\n".join(label.accessibleName() for label in screen.findChildren(Label) if label.isVisible())


def press(screen: CarryScreen, begins: str) -> None:
    """Presses the button in sight whose name begins so."""
    shown = [button for button in screen.findChildren(Button) if button.isVisible()]
    next(button for button in shown if button.accessibleName().startswith(begins)).click()


# The presenter


def test_a_line_says_who_what_when_where_to_and_under_what(
    desk: Desk, registered: Callable[..., str]
) -> None:
    """And what the other system asks stands beside it as names and values."""
    contact(desk, registered(), "Came on time.")
    (item,) = presenter.tray(desk).items
    assert (item.row.title, item.row.badge, item.row.line, item.row.note) == (
        "Gwyn Sample",
        "nDelius",
        "Contact, yesterday, 14:30",
        "ATTC Attended and complied",
    )
    assert item.values == (
        ("CRN", "X100001"),
        ("Happened", "yesterday, 14:30"),
        ("Type", "choose it there"),
        ("Outcome", "ATTC Attended and complied"),
    )
    assert item.source == "Codes: reference data of Manage people on probation."


def test_the_head_says_how_many_and_how_old(
    desk: Desk, stores: Stores, registered: Callable[..., str]
) -> None:
    """By the day of signing."""
    case = registered()
    assert presenter.tray(desk).says == "Nothing is waiting."
    contact(desk, case, "One.")
    stores.clock.move(timedelta(days=9))
    contact(desk, case, "Two.")
    assert presenter.tray(desk).says == "2 waiting. The oldest was signed 9 days ago."


def test_what_is_left_out_is_said_with_its_mark(desk: Desk, registered: Callable[..., str]) -> None:
    """In one sentence for all that carry the same."""
    entry = contact(desk, registered(), "Came on time.", sensitive="yes")
    found = presenter.preview(desk, entry, "ndelius")
    assert found.text == ""
    assert len(found.notes) == 1
    assert found.notes[0].startswith("Left out (not for disclosure): How; ")


# The view


def test_one_key_copies_and_one_marks_and_goes_on(
    frame: Frame,
    show: Callable[..., CarryScreen],
    registered: Callable[..., str],
    qtbot: QtBot,
    clipboard: QClipboard,
) -> None:
    """The words go to the clipboard alone; the next one stands there afterwards."""
    case = registered()
    first = contact(frame.desk, case, "First note.")
    contact(frame.desk, case, "Second note.")
    screen = show()
    rows = screen.findChildren(Rows)[0]
    assert rows.hasFocus()
    assert "First note." in words(screen)
    qtbot.keyClick(rows, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert clipboard.text().endswith("Note:\nFirst note.")
    qtbot.keyClick(rows, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    marks = [entry.head.answers() for entry in frame.desk.case(case).of_form("carried-over")]
    assert [(mark["entry"], mark["system"]) for mark in marks] == [(first, "ndelius")]
    assert "Second note." in words(screen)
    assert "First note." not in words(screen)
    assert [change.kinds for change in frame.told] == [("carried-over",)]


def test_undo_takes_the_last_mark_back(
    frame: Frame, show: Callable[..., CarryScreen], registered: Callable[..., str], qtbot: QtBot
) -> None:
    """By withdrawing it; once."""
    case = registered()
    contact(frame.desk, case, "First note.")
    screen = show()
    press(screen, "Mark as carried over")
    assert "Everything is carried over" in words(screen)
    press(screen, "Undo")
    assert "First note." in words(screen)
    assert frame.desk.case(case).of_form("carried-over") == ()
    qtbot.keyClick(screen, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert len(frame.told) == 2


def test_what_may_not_be_copied_is_not(
    frame: Frame,
    show: Callable[..., CarryScreen],
    registered: Callable[..., str],
    qtbot: QtBot,
    clipboard: QClipboard,
) -> None:
    """The button is off, and the key says why; it can still be marked."""
    contact(frame.desk, registered(), "About a colleague.", sensitive="yes")
    screen = show()
    copy = next(b for b in screen.findChildren(Button) if b.accessibleName().startswith("Copy"))
    assert not copy.isEnabled()
    assert "About a colleague." not in words(screen)
    qtbot.keyClick(screen.findChildren(Rows)[0], Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert clipboard.text() == ""
    assert "Nothing of this entry may be copied to nDelius." in words(screen)
    press(screen, "Mark as carried over")
    assert "Everything is carried over" in words(screen)


def test_an_empty_tray_says_so_and_keys_do_nothing(
    frame: Frame, show: Callable[..., CarryScreen], qtbot: QtBot, clipboard: QClipboard
) -> None:
    """No list, no fault."""
    screen = show()
    for key in (Qt.Key.Key_C, Qt.Key.Key_Return, Qt.Key.Key_Z):
        qtbot.keyClick(screen, key, Qt.KeyboardModifier.ControlModifier)
    assert "Everything is carried over" in words(screen)
    assert (clipboard.text(), frame.told) == ("", [])


def test_who_comes_back_finds_the_row_they_left_and_else_the_oldest(
    frame: Frame, show: Callable[..., CarryScreen], registered: Callable[..., str]
) -> None:
    """Back from the entry, and anew from Today."""
    case = registered()
    for note in ("First note.", "Second note.", "Third note."):
        contact(frame.desk, case, note)
    screen = show()
    screen.findChildren(Rows)[0].step(1)
    assert "Second note." in words(screen)
    left = screen.here()
    screen.arrive(Place("carry"))
    assert "First note." in words(screen)
    screen.arrive(left)
    assert "Second note." in words(screen)


def test_the_entry_itself_is_one_press_away(
    frame: Frame, show: Callable[..., CarryScreen], registered: Callable[..., str]
) -> None:
    """In the chronology."""
    case = registered()
    entry = contact(frame.desk, case, "First note.")
    press(show(), "Open the entry")
    assert frame.went == [Place("case", case=case, tab="chronology", entry=entry)]


# The clipboard


def test_the_clipboard_is_asked_to_keep_nothing(qapp: QApplication, clipboard: QClipboard) -> None:
    """KDE's hint, and Windows' three."""
    clip(qapp).put("words")
    held = clipboard.mimeData()
    assert held.text() == "words"
    assert bytes(held.data(KDE).data()) == b"secret"
    assert {name for name in UNKEPT if held.hasFormat(name)} == set(UNKEPT)
    assert "ExcludeClipboardContentFromMonitorProcessing" in "".join(UNKEPT)


def test_it_is_emptied_after_a_minute_only_if_it_is_still_ours(
    qapp: QApplication, clipboard: QClipboard, qtbot: QtBot
) -> None:
    """What somebody copied since stays."""
    ours = clip(qapp)
    assert clip(qapp) is ours
    assert len(qapp.findChildren(Clip)) == 1
    ours._timer.setInterval(1)
    ours.put("words")
    qtbot.waitUntil(lambda: clipboard.text() == "")
    ours.put("words")
    clipboard.setText("something else")
    qtbot.wait(20)
    assert clipboard.text() == "something else"
    ours._timer.setInterval(60_000)
    ours.put("words")
    qtbot.wait(20)
    assert clipboard.text() == "words"


def test_where_nothing_waits_the_cursor_is_on_the_way_on(show: Callable[..., CarryScreen]) -> None:
    """Also when one comes a second time."""
    screen = show()
    for _ in range(2):
        screen.arrive(Place("carry"))
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        assert screen.focusWidget() is screen.first()
        assert screen.focusWidget().accessibleName() == "Go to Today"
        assert screen.focusWidget().isVisible()


@pytest.mark.parametrize("size", [(656, 440), (800, 760)])
def test_without_room_beside_the_words_stand_in_the_place_of_the_list(
    show: Callable[..., CarryScreen],
    frame: Frame,
    registered: Callable[..., str],
    qtbot: QtBot,
    size: tuple[int, int],
) -> None:
    """One scrolls at a time; what is marked makes way for the next, and Escape goes back to the list."""
    case = registered()
    for number in range(12):
        contact(frame.desk, case, f"Note {number}. " + "Many words. " * 200)
    screen = show(*size)
    rows, panel = screen.findChild(Rows), screen._panel
    assert (rows.isVisible(), panel.isVisible(), wrong(screen)) == (True, False, [])
    qtbot.keyClick(rows, Qt.Key.Key_Return)
    assert (rows.isVisible(), panel.isVisible(), wrong(screen)) == (False, True, [])
    assert QApplication.focusWidget() is panel.back
    first = panel.item
    qtbot.keyClick(panel, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert panel.isVisible()
    assert first is not None and panel.item is not None
    assert panel.item.key != first.key
    assert "Undo (Ctrl+Z)" in {button.accessibleName() for button in screen.findChildren(Button)}
    qtbot.keyClick(panel.back, Qt.Key.Key_Escape)
    assert (rows.isVisible(), panel.isVisible()) == (True, False)
    assert rows.current() == panel.item.key
    assert QApplication.focusWidget() is rows
