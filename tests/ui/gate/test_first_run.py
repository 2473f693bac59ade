"""The first run through its real widgets: what is refused, what is left behind, and that all of it opens again."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from workbench import settings
from workbench.casework import guarding, opening, starting, stories
from workbench.casework.opening import Secret
from workbench.clock import SystemClock
from workbench.models.ids import Ids
from workbench.settings import Settings
from workbench.ui.gate import sheet
from workbench.ui.gate.first_run import FirstRun
from workbench.ui.gate.gate import Opening
from workbench.ui.gate.recovery import RecoveryCode, plain
from workbench.ui.gate.unlock import Unlock
from workbench.ui.look import look
from workbench.ui.shell.thread import Line
from workbench.ui.shell.window import Window
from workbench.ui.widgets.inputs import Choose, LineField, SecretField
from workbench.ui.widgets.panels import Band

W = TypeVar("W", bound=QWidget)
WORDS = "otter violin maple harbour seven lantern"


class Person:
    """Somebody at the first run."""

    def __init__(self, gate: FirstRun, line: Line, qtbot: QtBot) -> None:
        self.gate, self._line, self._qtbot = gate, line, qtbot
        self.made: list[tuple[Opening, Secret, Settings]] = []
        gate.made.connect(lambda *made: self.made.append(made))

    def press(self, words: str) -> None:
        found = [each for each in self._shown(QPushButton) if each.accessibleName() == words]
        assert found, (words, [each.accessibleName() for each in self._shown(QPushButton)])
        found[0].click()
        self.settle()

    def type(self, field: str, text: str) -> None:
        (found,) = [each for each in self._shown(LineField) if each.accessibleName() == field]
        found.setText(text)

    def about(self, name: str = "Ann Example", role: str = "practitioner", passphrase: str = WORDS) -> None:
        self.type("Your name", name)
        self._shown(Choose)[0].choose(role)
        self.type("Passphrase", passphrase)
        self.type("Passphrase again", passphrase)
        self.press("Make the store and go on")

    def code(self) -> str:
        (found,) = self._shown(RecoveryCode)
        return found._code

    def type_code_back(self) -> None:
        code = self.code()
        self.press("I have written it down")
        self.type("Recovery code, typed back", code.lower().replace("-", " "))
        self.press("Check it and go on")

    def settle(self) -> None:
        self._qtbot.waitUntil(lambda: self._line.waiting == 0, timeout=30_000)
        # What was put into a layout is shown once it is laid out.
        QApplication.processEvents()

    def sees(self) -> str:
        return "\n".join(each.accessibleName() for each in self._shown(QWidget))

    def bands(self) -> list[str]:
        return [each.words.text() for each in self._shown(Band)]

    def _shown(self, kind: type[W]) -> list[W]:
        return [each for each in self.gate.findChildren(kind) if each.isVisible()]


@pytest.fixture
def line() -> Iterator[Line]:
    made = Line("drawing")
    yield made
    made.stop()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data" / "store"


@pytest.fixture
def person(qtbot: QtBot, qapp: QApplication, line: Line, folder: Path) -> Person:
    look.load_fonts()
    look.put_on(qapp, look.Look(still=True))
    gate = FirstRun(line, Settings(still=True), folder)
    qtbot.addWidget(gate)
    gate.resize(1000, 700)
    gate.show()
    return Person(gate, line, qtbot)


@pytest.fixture
def choose(monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], None]:
    def choosing(path: Path) -> None:
        monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(path))

    return choosing


def test_three_steps_make_a_store_that_is_backed_up_and_opens_both_ways(
    person: Person, folder: Path, tmp_path: Path, choose: Callable[[Path], None]
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    choose(stick)
    person.press("Set up my store")
    assert "Step 1 of 3" in person.sees()
    person.about()
    assert "Step 2 of 3" in person.sees()
    code = person.code()
    person.type_code_back()
    assert "Step 3 of 3" in person.sees()
    person.press("Choose a folder")
    assert "same disk" in "\n".join(person.bands())
    person.press("No")
    person.press("Back up now and open")
    ((found, secret, settings),) = person.made
    assert (settings.backup_folder, settings.disk_encrypted) == (str(stick), "no")
    desk = found.open(secret)
    assert (desk.device.card.name, desk.device.card.role) == ("Ann Example", "practitioner")
    desk.close()
    (backup,) = stick.iterdir()
    clock = SystemClock()
    desk, lost = guarding.restore(
        backup,
        tmp_path / "again",
        Secret(recovery=code),
        clock,
        Ids(clock, secrets.token_bytes),
        opening.system_keyring(),
        "test",
    )
    desk.close()
    assert lost > 0


def test_the_window_goes_from_the_first_run_to_work(qapp: QApplication, qtbot: QtBot, folder: Path) -> None:
    look.load_fonts()
    chosen = Settings(still=True)
    look.put_on(qapp, look.Look(still=True))
    window = Window(qapp, chosen, SystemClock(), None, folder)
    window.show()
    gate = window._stack.currentWidget()
    assert isinstance(gate, FirstRun)
    somebody = Person(gate, window.drawing, qtbot)
    somebody.press("Set up my store")
    somebody.about()
    somebody.type_code_back()
    somebody.press("Open without a backup")
    qtbot.waitUntil(lambda: window.workspace is not None and window.settled(), timeout=30_000)
    assert (folder / "store.json").is_file()
    assert settings.load() == Settings(still=True)
    window.lock()
    qtbot.waitUntil(window.settled, timeout=30_000)
    assert isinstance(window._stack.currentWidget(), Unlock)
    window.close()
    window.deleteLater()


def test_what_is_missing_is_said_beside_it_and_nothing_is_made(person: Person, folder: Path) -> None:
    person.press("Set up my store")
    person.press("Make the store and go on")
    about = person.gate._about
    assert [about.name.wrong, about.role.wrong, about.passphrase.first.wrong] == [
        "Type your name.",
        "Choose your role.",
        "Type a passphrase.",
    ]
    assert person.gate.focusWidget() is about._name
    assert about._name.accessibleDescription() == "Type your name."
    assert not folder.exists()


@pytest.mark.parametrize(
    ("first", "again", "says"),
    [
        (WORDS, WORDS + "x", "The two are not the same. Type it again."),
        ("short one", "short one", "too easy to guess"),
        ("correct horse battery staple", "correct horse battery staple", "tried first"),
    ],
)
def test_a_passphrase_that_will_not_do_leaves_no_store(
    person: Person, folder: Path, first: str, again: str, says: str
) -> None:
    person.press("Set up my store")
    person.about(passphrase="")
    person.type("Passphrase", first)
    person.type("Passphrase again", again)
    person.press("Make the store and go on")
    twice = person.gate._about.passphrase
    assert says in twice.first.wrong + twice.second.wrong
    assert "Step 1 of 3" in person.sees()
    assert not folder.exists()


def test_six_words_are_offered_and_others_on_request(person: Person) -> None:
    person.press("Set up my store")
    (first,) = person.bands()
    person.press("Offer others")
    (second,) = person.bands()
    assert len(first.split()) == len(second.split()) == 6
    assert first != second


def test_a_store_left_after_the_first_step_opens_with_its_passphrase(person: Person, folder: Path) -> None:
    person.press("Set up my store")
    person.about()
    assert "it opens with your passphrase the next time" in "\n".join(person.bands())
    clock = SystemClock()
    ids = Ids(clock, secrets.token_bytes)
    opening.open_desk(folder, Secret(WORDS), clock, ids, opening.system_keyring()).close()


def test_going_back_and_changing_the_name_makes_one_store_not_two(person: Person, folder: Path) -> None:
    person.press("Set up my store")
    person.about()
    first = person.code()
    person.press("Back")
    person.press("Make the store and go on")
    assert person.code() == first
    person.press("Back")
    person.type("Your name", "Ann Other")
    person.press("Make the store and go on")
    assert person.code() != first
    person.type_code_back()
    person.press("Open without a backup")
    ((found, secret, settings),) = person.made
    desk = found.open(secret)
    assert desk.device.card.name == "Ann Other"
    desk.close()
    assert settings.backup_folder == ""
    assert [path.name for path in folder.parent.iterdir()] == ["store"]


def test_another_store_in_the_folder_is_never_taken_away(person: Person, folder: Path) -> None:
    person.press("Set up my store")
    person.about()
    made = person.gate._store
    assert made is not None
    about = folder / "store.json"
    about.write_text(about.read_text("utf-8").replace(made.store, made.store[::-1]), "utf-8")
    person.press("Back")
    person.about(name="Ann Other")
    assert "Another store lies in that folder." in "\n".join(person.bands())
    assert about.is_file()


def test_a_wrong_group_of_the_code_is_named(person: Person) -> None:
    person.press("Set up my store")
    person.about()
    code = person.code()
    person.press("I have written it down")
    groups = code.split("-")
    groups[4] = "AAAA" if groups[4] != "AAAA" else "BBBB"
    assert code not in person.sees()
    person.type("Recovery code, typed back", " ".join(groups))
    person.press("Check it and go on")
    assert "Group 5 is not as it was shown. Look at it again." in person.sees()
    person.type("Recovery code, typed back", code[:-1])
    person.press("Check it and go on")
    assert "The code has 52 letters and digits; this has 51." in person.sees()
    assert "Step 2 of 3" in person.sees()


def test_backups_never_go_into_the_store_itself(
    person: Person, folder: Path, choose: Callable[[Path], None]
) -> None:
    person.press("Set up my store")
    person.about()
    person.type_code_back()
    person.press("Back up now and open")
    assert "Choose a folder first" in person.gate._backup._field.wrong
    choose(folder / "attachments")
    person.press("Choose a folder")
    assert "part of the store itself" in person.gate._backup._field.wrong
    assert person.made == []


def test_a_backup_folder_of_a_syncing_tool_is_refused(
    person: Person, tmp_path: Path, choose: Callable[[Path], None]
) -> None:
    person.press("Set up my store")
    person.about()
    person.type_code_back()
    choose(tmp_path / "OneDrive - Example")
    person.press("Choose a folder")
    assert "syncing tool" in person.gate._backup._field.wrong


def test_the_sample_is_made_once_and_opened_as_it_is(
    person: Person, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stories, "TELLERS", stories.TELLERS[:1])
    person.press("Look at the sample caseload")
    person.press("Look at the sample caseload")
    (first, second) = person.made
    assert first[1] == second[1]
    desk = second[0].open(second[1])
    assert (desk.about.sample, desk.count_cases()) == (True, 1)
    desk.close()
    assert not folder.exists()


def test_a_backup_is_brought_back_with_the_recovery_code(
    person: Person, folder: Path, tmp_path: Path, choose: Callable[[Path], None]
) -> None:
    clock = SystemClock()
    ids = Ids(clock, secrets.token_bytes)
    old = tmp_path / "old"
    made = starting.begin(old, "Ann Example", "spo", WORDS, clock, ids)
    backup = starting.first_backup(old, Secret(WORDS), tmp_path / "stick", clock, ids)
    choose(backup)
    person.press("Bring back a backup")
    person.press("Choose the backup")
    person.type("Passphrase of the backup", "not this one at all")
    person.press("Bring it back")
    assert "The passphrase is not right." in person.gate._back._field.wrong
    assert not folder.exists()
    person.type("Recovery code", made.recovery)
    person.press("Bring it back")
    ((found, secret, _),) = person.made
    desk = found.open(secret)
    assert desk.device.card.role == "spo"
    desk.close()


def test_every_step_names_all_that_can_be_reached(person: Person) -> None:
    person.press("Set up my store")
    for go in (person.about, person.type_code_back, lambda: None):
        reached = [
            each
            for each in person.gate.findChildren(QWidget)
            if each.isVisible() and isinstance(each, QPushButton | LineField | Choose | SecretField)
        ]
        assert [each for each in reached if not each.accessibleName()] == []
        go()


def test_the_sheet_on_paper_holds_every_group_within_its_margins(qapp: QApplication) -> None:
    look.load_fonts()

    def drawn(groups: int) -> QImage:
        paper = QImage(827, 1169, QImage.Format.Format_RGB32)
        paper.fill("white")
        painter = QPainter(paper)
        sheet.draw(painter, QRectF(60, 60, 707, 1049), "-".join(["ABCD"] * groups))
        painter.end()
        return paper

    paper, white = drawn(13), 0xFFFFFFFF
    margin = [paper.pixel(x, y) for x in range(59) for y in range(0, 1169, 3)]
    assert set(margin) == {white}
    fewer = drawn(12)
    last = [
        (x, y) for x in range(300, 500) for y in range(260, 340) if paper.pixel(x, y) != fewer.pixel(x, y)
    ]
    assert len(last) > 50


def test_codes_are_compared_without_what_people_add() -> None:
    assert plain(" ab2c-DE3F gh4i\n") == "AB2CDE3FGH4I"
