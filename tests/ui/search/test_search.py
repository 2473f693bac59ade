"""Search: words in their context, each search one row of the look-log, the last ones at hand."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Frame
from workbench.casework import choices, reading, recording
from workbench.casework.desk import Desk
from workbench.ui.search import presenter
from workbench.ui.search.results import Hits
from workbench.ui.search.view import SearchScreen
from workbench.ui.shell.place import Place
from workbench.ui.widgets.buttons import Button
from workbench.ui.widgets.listed import ITEM


def contact(desk: Desk, case: str, note: str) -> str:
    """Signs a contact."""
    session = recording.start(desk, case, "contact")
    session.answer("on", "2026-03-09T10:00:00Z")
    session.answer("note", note)
    entry = recording.sign(desk, case, session).entry
    assert entry is not None
    return entry


def test_a_hit_says_whose_where_and_when(desk: Desk, registered: Callable[..., str]) -> None:
    """With the places of the match, whatever their accents."""
    case = registered(name="Gwyn Sample")
    entry = contact(desk, case, "Met at the château on Friday.")
    hit = presenter.search(desk, "chateau", current_only=False).hits[0]
    assert (hit.name, hit.entry) == ("Gwyn Sample", entry)
    assert hit.where == "Contact, Note, 9 March 2026, X100001"
    assert [hit.extract[start:end] for start, end in hit.marks] == ["château"]


def test_names_come_first(desk: Desk, registered: Callable[..., str]) -> None:
    """And lead to the case, not to an entry."""
    case = registered(name="Gwyn Sample")
    found = presenter.search(desk, "gwyn", current_only=False)
    assert [(hit.case, hit.entry) for hit in found.people] == [(case, "")]


def test_superseded_words_are_flagged_and_may_be_left_out(desk: Desk, registered: Callable[..., str]) -> None:
    """They stay findable: nothing is lost."""
    case = registered()
    entry = contact(desk, case, "Saw a zebra.")
    session = recording.start(desk, case, "contact", amends=entry)
    session.answer("note", "Saw a horse.")
    recording.amend(desk, case, entry, session, "Misread my note.")
    assert [hit.superseded for hit in presenter.search(desk, "zebra", current_only=False).hits] == [True]
    assert presenter.search(desk, "zebra", current_only=True).hits == ()


def test_typing_waits_and_is_logged_once(frame: Frame, registered: Callable[..., str], qtbot: QtBot) -> None:
    """Not a row for every key."""
    case = registered()
    entry = contact(frame.desk, case, "The allotment again.")
    screen = SearchScreen(frame)
    qtbot.addWidget(screen)
    screen.resize(1000, 700)
    screen.show()
    screen.arrive(Place("search"))
    field = screen.first()
    qtbot.keyClicks(field, "allot")
    hits = screen.findChild(Hits)
    qtbot.waitUntil(lambda: hits.hits.rowCount() == 1)
    assert [row.detail for row in frame.desk.store.log_rows() if row.what == "searched"] == ["allot"]
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.keyClick(hits, Qt.Key.Key_Return)
    assert hits.hits.index(0).data(ITEM).entry == entry
    assert frame.went == [Place("case", case=case, tab="chronology", entry=entry)]


def test_searches_are_kept_in_the_store(desk: Desk) -> None:
    """The last ones by themselves, some on purpose, none twice."""
    for words in ("one", "two", "one"):
        choices.searched(desk, words)
    choices.keep_search(desk, "two", kept=True)
    assert choices.choices(desk) == choices.Choices(("one", "two"), ("two",))
    choices.keep_search(desk, "two", kept=False)
    assert choices.choices(desk).saved == ()


def test_a_long_search_is_kept_as_a_short_chip(frame: Frame, qtbot: QtBot) -> None:
    """Its name has all of it."""
    choices.keep_search(frame.desk, "x" * 300, kept=True)
    screen = SearchScreen(frame)
    qtbot.addWidget(screen)
    screen.show()
    screen.arrive(Place("search"))
    chip = next(each for each in screen.findChildren(Button) if each.accessibleName().endswith("x" * 300))
    assert len(chip.text()) <= 41


def test_a_nul_that_was_pasted_is_no_fault(desk: Desk, registered: Callable[..., str]) -> None:
    """It parts words."""
    case = registered(name="Gwyn Sample")
    assert [row.case for row in reading.people(desk, "gwyn\0sample", 5)] == [case]
    assert {row["case"] for row in reading.search(desk, "gwyn\0sample")} == {case}


def test_the_arrow_leads_from_the_field_into_what_was_found(
    frame: Frame, registered: Callable[..., str], qtbot: QtBot
) -> None:
    contact(frame.desk, registered(), "A green Bedford van stood outside.")
    screen = SearchScreen(frame)
    qtbot.addWidget(screen)
    screen.show()
    with qtbot.waitActive(screen):
        screen.activateWindow()
    screen.arrive(Place("search", words="bedford"))
    screen._field.setFocus()
    qtbot.keyClick(screen._field, Qt.Key.Key_Down)
    assert screen._hits.hasFocus()
    qtbot.keyClick(screen._hits, Qt.Key.Key_Return)
    assert frame.went[-1].tab == "chronology"
