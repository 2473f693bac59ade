"""Settings and trust through their real widgets, over a real store."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.conftest import PASSPHRASE, Stores
from tests.ui.conftest import Frame
from workbench import settings
from workbench.casework import own_words
from workbench.casework.opening import Secret
from workbench.errors import StoreProblem
from workbench.settings import Settings
from workbench.ui.gate.recovery import RecoveryCode
from workbench.ui.shell.place import Place
from workbench.ui.trust.log import LogPart
from workbench.ui.trust.parts import PARTS
from workbench.ui.trust.safety import SafetyPart
from workbench.ui.trust.view import SettingsScreen
from workbench.ui.trust.words import Words
from workbench.ui.widgets.inputs import Tick

FRESH = "river cotton window seven apple stone"


@pytest.fixture
def screen(frame: Frame, qtbot: QtBot) -> SettingsScreen:
    made = SettingsScreen(frame)
    qtbot.addWidget(made)
    made.resize(1100, 720)
    made.show()
    return made


def press(screen: QWidget, words: str) -> None:
    shown = [each for each in screen.findChildren(QPushButton) if each.isVisible()]
    found = [each for each in shown if each.accessibleName() == words]
    assert found, (words, sorted(each.accessibleName() for each in shown))
    found[0].click()
    QApplication.processEvents()


def field(screen: QWidget, name: str) -> QLineEdit:
    (found,) = [
        each for each in screen.findChildren(QLineEdit) if each.isVisible() and each.accessibleName() == name
    ]
    return found


def words(screen: QWidget) -> str:
    QApplication.processEvents()
    return "\n".join(each.accessibleName() for each in screen.findChildren(QWidget) if each.isVisible())


@pytest.mark.parametrize("tab", PARTS)
def test_every_part_opens_and_names_all_that_can_be_reached(
    screen: SettingsScreen, frame: Frame, tab: str
) -> None:
    screen.arrive(Place("settings", tab=tab))
    assert screen.here().tab == tab
    reached = [
        each
        for each in screen.findChildren(QWidget)
        if each.isVisible() and isinstance(each, QAbstractButton | QLineEdit | QComboBox)
    ]
    assert [each for each in reached if not each.accessibleName()] == []
    assert screen.first() is not None
    assert frame.said == []


@pytest.mark.parametrize(
    ("name", "changed"),
    [
        ("High contrast", {"theme": "contrast"}),
        ("175 %", {"text_size": 175}),
        ("Close", {"spacing": "close"}),
        ("Cymraeg", {"language": "cy"}),
        ("9", {"idle_minutes": 9}),
    ],
)
def test_a_choice_is_taken_up_at_once_and_nothing_else_changes(
    screen: SettingsScreen, frame: Frame, name: str, changed: dict[str, object]
) -> None:
    screen.arrive(Place("settings"))
    press(screen, name)
    assert frame.chosen == msgspec.structs.replace(Settings(), **changed)
    screen.arrive(screen.here())
    first = screen.first()
    assert first is not None
    assert first.accessibleName() == name


def test_ticks_say_what_is_chosen_and_change_it(screen: SettingsScreen, frame: Frame) -> None:
    frame.chosen = Settings(shielded=False)
    screen.arrive(Place("settings"))
    still, shielded = [each for each in screen.findChildren(Tick) if each.isVisible()]
    assert (still.isChecked(), shielded.isChecked()) == (False, False)
    shielded.click()
    assert frame.chosen == Settings(shielded=True)


def test_opening_support_leaves_no_trace(
    screen: SettingsScreen, frame: Frame, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []
    monkeypatch.setattr(frame, "ask", lambda *work, **_: asked.append(work))
    rows = len(list(frame.desk.store.log_rows()))
    screen.arrive(Place("settings", tab="support"))
    assert "Structured Professional Support" in words(screen)
    assert (asked, len(list(frame.desk.store.log_rows()))) == ([], rows)


def test_a_backup_is_made_at_a_press_and_a_bad_folder_refused_beside_the_field(
    screen: SettingsScreen, frame: Frame, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.save(Settings(backup_folder=str(tmp_path / "stick")))
    # The window keeps what is chosen; here the test does.
    monkeypatch.setattr(frame, "choose", settings.save)
    screen.arrive(Place("settings", tab="safety"))
    assert "There is no backup yet" in words(screen)
    press(screen, "Back up now")
    assert "The last backup was made today." in words(screen)
    part = screen.part()
    assert isinstance(part, SafetyPart)
    part._backups.look_at(str(frame.desk.store.folder.path))
    assert "part of the store itself" in part._backups._field.wrong
    part._backups.look_at(str(tmp_path / "another"))
    assert part._backups._field.wrong == ""
    assert settings.load().backup_folder == str(tmp_path / "another")
    assert "There is no backup yet" in words(screen)


def test_the_passphrase_changes_only_for_who_knows_it(
    screen: SettingsScreen, frame: Frame, stores: Stores
) -> None:
    screen.arrive(Place("settings", tab="safety"))
    part = screen.part()
    assert isinstance(part, SafetyPart)
    for current in ("not this one at all", PASSPHRASE):
        field(screen, "Present passphrase").setText(current)
        field(screen, "New passphrase").setText(FRESH)
        field(screen, "New passphrase again").setText(FRESH)
        press(screen, "Change the passphrase")
        if current != PASSPHRASE:
            assert "not right" in part._passphrase._field.wrong
    assert frame.said == [("The passphrase is changed. Use the new one from now on.", "good")]
    assert field(screen, "New passphrase").text() == ""
    frame.desk.store.close()
    with pytest.raises(StoreProblem, match="not right"):
        stores.open()
    stores.open(secret=Secret(FRESH))


def test_a_new_recovery_code_opens_the_store_and_the_old_one_no_longer(
    frame: Frame, screen: SettingsScreen, stores: Stores
) -> None:
    screen.arrive(Place("settings", tab="safety"))
    field(screen, "Present passphrase, for a new code").setText(PASSPHRASE)
    press(screen, "Make a new recovery code")
    (shown,) = [each for each in screen.findChildren(RecoveryCode) if each.isVisible()]
    press(screen, "I have written it down")
    field(screen, "Recovery code, typed back").setText(shown._code)
    press(screen, "Check it and go on")
    assert frame.said[-1][0].startswith("The new recovery code is in force")
    assert not shown.isVisible()
    frame.desk.store.close()
    stores.open(secret=Secret(recovery=shown._code)).store.close()
    stores.open()


def test_leaving_forgets_what_was_typed_and_a_code_that_was_shown(screen: SettingsScreen) -> None:
    screen.arrive(Place("settings", tab="safety"))
    secret = field(screen, "Present passphrase")
    secret.setText(PASSPHRASE)
    field(screen, "Present passphrase, for a new code").setText(PASSPHRASE)
    press(screen, "Make a new recovery code")
    screen.leave()
    assert secret.text() == ""
    assert [each for each in screen.findChildren(RecoveryCode) if each.isVisible()] == []


def test_the_check_names_what_holds_and_what_fails(screen: SettingsScreen, frame: Frame) -> None:
    screen.arrive(Place("settings", tab="safety"))
    press(screen, "Check now")
    assert "Everything is as it was written and signed." in words(screen)
    assert "Holds: The look-log is whole." in words(screen)
    connection = frame.desk.store.connection
    connection.execute("DROP TRIGGER audit_no_update")
    connection.execute("UPDATE audit SET who = 'Somebody else' WHERE seq = 2")
    press(screen, "Check now")
    assert "1 of 10 checks failed" in words(screen)
    assert "Fails: The chain breaks at row 2" in words(screen)


def test_the_log_grows_as_one_asks_for_older_rows_and_opens_a_case(
    screen: SettingsScreen, frame: Frame, registered: Callable[..., str]
) -> None:
    case = registered()
    for number in range(450):
        frame.desk.log("searched", detail=f"word{number}")
    screen.arrive(Place("settings", tab="log"))
    part = screen.part()
    assert isinstance(part, LogPart)
    assert len(part._list.rows.items) == 200
    bar = part._list.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    at = bar.value()
    press(screen, "Show older rows")
    assert len(part._list.rows.items) == 400
    assert bar.value() == at > 0
    bar.setValue(bar.maximum())
    assert len(part._list.rows.items) == len(list(frame.desk.store.log_rows()))
    part._list.opened.emit(part._list.rows.items[-1].key)
    assert frame.went == []
    key = next(row.key for row in part._list.rows.items if row.title.startswith("Wrote"))
    part._list.opened.emit(key)
    assert frame.went == [Place("case", case=case)]


def test_own_words_and_short_forms_are_kept_in_the_store(screen: SettingsScreen, frame: Frame) -> None:
    screen.arrive(Place("settings", tab="words"))
    part = screen.part()
    assert isinstance(part, Words)
    field(screen, "A word to add").setText("two words")
    press(screen, "Add the word")
    assert "single word" in part._own._field.wrong
    field(screen, "A word to add").setText("Hafod")
    press(screen, "Add the word")
    assert own_words.own_words(frame.desk) == ("Hafod",)
    press(screen, "Take out Hafod")
    assert own_words.own_words(frame.desk) == ()
    field(screen, "Short form").setText("hv")
    part._short._text.setPlainText("Home visit made.")
    press(screen, "Keep it")
    assert own_words.snippets(frame.desk)["hv"] == "Home visit made."
    press(screen, "Take out hv")
    assert "hv" not in own_words.snippets(frame.desk)
    field(screen, "Short form").setText("NOT GOOD")
    part._short._text.setPlainText("x")
    press(screen, "Keep it")
    assert "small letters and digits" in part._short._field.wrong


def test_pressing_twice_changes_the_passphrase_once(
    screen: SettingsScreen, frame: Frame, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second press comes while the first is at work: it would be told that the passphrase is not right."""
    screen.arrive(Place("settings", tab="safety"))
    asked: list[object] = []
    monkeypatch.setattr(frame, "ask", lambda work, then=None, failed=None, *, key="": asked.append(work))
    field(screen, "Present passphrase").setText(PASSPHRASE)
    field(screen, "New passphrase").setText(FRESH)
    again = field(screen, "New passphrase again")
    again.setText(FRESH)
    press(screen, "Change the passphrase")
    again.returnPressed.emit()
    assert len(asked) == 1
    asked.clear()
    code = field(screen, "Present passphrase, for a new code")
    code.setText(PASSPHRASE)
    code.returnPressed.emit()
    code.returnPressed.emit()
    assert len(asked) == 1


def test_what_was_taken_out_of_ones_words_is_put_back_with_one_press(
    screen: SettingsScreen, frame: Frame
) -> None:
    own_words.add_own_word(frame.desk, "Zanzibarword")
    own_words.keep_snippets(frame.desk, {"dna": "Did not attend.", "ov": "Office visit."})
    screen.arrive(Place("settings", tab="words"))
    press(screen, "Take out Zanzibarword")
    assert own_words.own_words(frame.desk) == ()
    press(screen, "Undo")
    assert own_words.own_words(frame.desk) == ("Zanzibarword",)
    press(screen, "Take out dna")
    assert own_words.snippets(frame.desk) == {"ov": "Office visit."}
    press(screen, "Undo")
    assert own_words.snippets(frame.desk) == {"dna": "Did not attend.", "ov": "Office visit."}
