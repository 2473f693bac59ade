"""Pages that a list fills: it scrolls by itself while there is room for it, else the page alone does."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Frame
from tests.ui.pdu.conftest import headed, pdu_folder
from tests.ui.scrolling import LITTLE, settle, wrong
from workbench.ui.caseload.view import CaseloadScreen
from workbench.ui.cover.view import PARTS as COVER
from workbench.ui.cover.view import CoverScreen
from workbench.ui.figures.view import FiguresScreen
from workbench.ui.look import look
from workbench.ui.oversight.view import PARTS as OVERSIGHT
from workbench.ui.oversight.view import OversightScreen
from workbench.ui.pdu.view import PARTS as PDU
from workbench.ui.pdu.view import PduScreen
from workbench.ui.search.view import SearchScreen
from workbench.ui.shell.place import Place, Screen
from workbench.ui.trust.view import SettingsScreen
from workbench.ui.widgets.filled import LEAST, Filled, OneOf
from workbench.ui.widgets.row import Row
from workbench.ui.widgets.rows import Rows
from workbench.ui.widgets.text import Label

__all__ = ["headed", "pdu_folder"]

PLACES: tuple[tuple[Callable[[Frame], Screen], tuple[Place, ...]], ...] = (
    (CoverScreen, tuple(Place("cover", tab=tab) for tab in COVER)),
    (OversightScreen, tuple(Place("oversight", tab=tab) for tab in OVERSIGHT)),
    (PduScreen, tuple(Place("pdu", tab=tab) for tab in PDU)),
    (FiguresScreen, (Place("figures"),)),
    (SettingsScreen, (Place("settings", tab="log"),)),
    (CaseloadScreen, (Place("caseload"),)),
    (SearchScreen, (Place("search", words="allotment"), Place("search", words="nowhere-to-be-found"))),
)


@pytest.fixture(params=LITTLE, ids=lambda little: f"{little[0]:.0%}")
def little(request: pytest.FixtureRequest, headed: Frame, qapp: QApplication) -> Iterator[tuple[int, int]]:
    """The text in one size, and the little room that is left for a screen."""
    scale, *room = request.param
    dress(qapp, scale)
    yield tuple(room)
    dress(qapp, 1.0)


def dress(application: QApplication, scale: float) -> None:
    """Puts a size of text on, once what was let go of is gone: dressing that again takes long."""
    application.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    look.put_on(application, look.Look(scale=scale, still=True))


def test_with_little_room_one_thing_scrolls(
    headed: Frame, little: tuple[int, int], qapp: QApplication
) -> None:
    """The page, and most of what is seen of it; never a list within it, and never sideways."""
    found: dict[str, list[str]] = {}
    for make, places in PLACES:
        shown = make(headed)
        shown.resize(*little)
        shown.show()
        for place in places:
            shown.arrive(place)
            found[f"{place.screen} {place.tab}{place.words}"] = wrong(shown)
        shown.deleteLater()
        qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert {place: told for place, told in found.items() if told} == {}


def test_an_entry_stands_in_the_place_of_its_list_and_begins_at_its_top(
    headed: Frame, little: tuple[int, int], qtbot: QtBot
) -> None:
    """Going back finds the row one came from in sight."""
    shown = OversightScreen(headed)
    qtbot.addWidget(shown)
    shown.resize(*little)
    shown.show()
    shown.arrive(Place("oversight", tab="signing"))
    settle()
    rows = shown._lists["signing"]
    rows.setCurrentIndex(rows.rows.index(rows.rows.rowCount() - 1))
    rows.opened.emit(rows.current())
    settle()
    assert (rows.isVisible(), shown._reading.isVisible()) == (False, True)
    assert wrong(shown) == []
    close = shown._reading.first()
    assert 0 <= close.mapTo(shown, close.rect().topLeft()).y() < little[1] // 2
    shown._close_reading()
    settle()
    chosen = rows.visualRect(rows.currentIndex())
    assert rows.visibleRegion().contains(chosen.center())


def filled(qtbot: QtBot, height: int) -> tuple[Filled, Rows]:
    """A page with a title above a list of forty rows."""
    page, rows = Filled(), Rows("Forty", lines=2)
    qtbot.addWidget(page)
    page.column.addWidget(Label("Title", "display"))
    page.fill(rows)
    rows.show_rows([Row(str(number), f"Row {number}") for number in range(40)])
    page.resize(600, height)
    page.show()
    settle()
    return page, rows


def test_the_list_scrolls_while_it_has_room_and_the_page_where_it_has_not(frame: Frame, qtbot: QtBot) -> None:
    """Back and forth, and where a band takes the room."""
    page, rows = filled(qtbot, 600)
    low = LEAST + 60
    for height, whole in ((600, False), (low, True), (600, False)):
        page.resize(600, height)
        settle()
        bars = (page.verticalScrollBar().maximum() > 0, rows.verticalScrollBar().maximum() > 0)
        assert (page.whole, bars) == (whole, (whole, not whole))
    above = Label("\n".join(["Many words"] * 20))
    page.column.insertWidget(0, above)
    settle()
    assert page.whole
    above.hide()
    settle()
    assert not page.whole


def test_keys_move_through_a_list_that_stands_whole_and_the_page_follows(frame: Frame, qtbot: QtBot) -> None:
    """A row down, a window down, to the end, and back to the first."""
    page, rows = filled(qtbot, 260)
    assert page.whole
    rows.setFocus()
    rows.choose("0")
    seen = []
    for key in (Qt.Key.Key_Down, Qt.Key.Key_PageDown, Qt.Key.Key_End, Qt.Key.Key_PageUp, Qt.Key.Key_Home):
        qtbot.keyClick(rows, key)
        settle()
        row = rows.visualRect(rows.currentIndex())
        assert rows.visibleRegion().contains(row.center()), key
        seen.append(int(rows.current()))
    step = page.viewport().height() // rows.sizeHintForRow(0) - 1
    assert seen == [1, 1 + step, 39, 39 - step, 0]


def test_one_of_several_is_as_high_as_it_needs_whatever_the_others_do(frame: Frame, qtbot: QtBot) -> None:
    """The cursor is in none of those that are hidden."""
    high, low = Label("\n".join(["Words"] * 40)), Label("Words")
    one = OneOf()
    qtbot.addWidget(one)
    one.add(low)
    one.add(high)
    one.show()
    before = one.sizeHint().height()
    one.choose(high)
    assert one.sizeHint().height() > 10 * before
    one.choose(low)
    assert (one.shown, one.sizeHint().height()) == (low, before)
