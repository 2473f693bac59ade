"""The guide through its real widgets."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Frame
from workbench.ui.guidance import pages
from workbench.ui.guidance.blocks import Picture
from workbench.ui.guidance.view import GuidanceScreen
from workbench.ui.shell.place import Place


@pytest.fixture
def screen(frame: Frame, qtbot: QtBot) -> GuidanceScreen:
    made = GuidanceScreen(frame)
    qtbot.addWidget(made)
    made.resize(1150, 720)
    made.show()
    return made


def words(screen: QWidget) -> str:
    QApplication.processEvents()
    return "\n".join(each.accessibleName() for each in screen.findChildren(QWidget) if each.isVisible())


def test_a_place_opens_its_page_and_is_where_one_is(screen: GuidanceScreen) -> None:
    screen.arrive(Place("guidance", words="chronology"))
    assert "Put something right" in words(screen)
    assert screen.here() == Place("guidance", words="chronology")
    assert screen._rows.current() == "chronology"
    screen.arrive(Place("guidance", words="rule:recall-open"))
    assert "Recall agreed and not yet carried out" in words(screen)
    assert screen._section.current() == "rule"
    assert "Put something right" not in words(screen)


def test_links_and_lines_of_the_list_go_there(screen: GuidanceScreen, frame: Frame) -> None:
    screen.arrive(Place("guidance"))
    link = next(
        each for each in screen.findChildren(QPushButton) if each.accessibleName() == "What stands on Today"
    )
    link.click()
    screen._rows.opened.emit("form:arms")
    assert frame.went == [Place("guidance", words="today"), Place("guidance", words="form:arms")]


def test_enter_in_the_search_opens_the_first_that_is_found(
    screen: GuidanceScreen, frame: Frame, qtbot: QtBot
) -> None:
    screen.arrive(Place("guidance"))
    screen.find_here()
    screen._search.setText("backup and")
    qtbot.waitUntil(lambda: len(screen._rows.rows.items) < 5)
    screen._search.returnPressed.emit()
    assert frame.went == [Place("guidance", words="backup-and-recovery")]


def test_where_there_is_no_room_for_both_one_of_list_and_page_is_shown(screen: GuidanceScreen) -> None:
    screen.resize(600, 700)
    screen.arrive(Place("guidance", words="why"))
    QApplication.processEvents()
    assert (screen._side.isVisible(), screen._reading.isVisible()) == (False, True)
    screen._all.click()
    assert (screen._side.isVisible(), screen._reading.isVisible()) == (True, False)
    screen.arrive(Place("guidance", words="today"))
    assert (screen._side.isVisible(), screen._reading.isVisible()) == (False, True)
    screen.resize(1150, 700)
    QApplication.processEvents()
    assert (screen._side.isVisible(), screen._reading.isVisible()) == (True, True)


def test_a_picture_is_never_wider_than_its_page(
    screen: GuidanceScreen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = QPixmap(1366, 768)
    drawn.fill("white")
    drawn.save(str(tmp_path / "today.png"))
    monkeypatch.setattr(pages, "picture", lambda name: tmp_path / "today.png")
    for width in (1150, 640):
        screen.resize(width, 720)
        screen.arrive(Place("guidance", words="today"))
        QApplication.processEvents()
        QApplication.processEvents()
        (picture,) = [each for each in screen.findChildren(Picture) if each.isVisible()]
        room = screen._page.viewport().width()
        assert picture.pixmap().width() <= picture.width() < room
        assert picture.accessibleName() == "Today"
        assert picture.pixmap().width() * 768 // 1366 == pytest.approx(picture.pixmap().height(), abs=2)
