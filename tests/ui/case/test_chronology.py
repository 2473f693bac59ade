"""The chronology: what of it is seen, by kind, words and days; as cards or one line an entry."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.ui.case.test_case import contact
from tests.ui.conftest import Frame
from workbench.casework import recording
from workbench.models.dates import written
from workbench.ui.case.chronology import period
from workbench.ui.case.chronology.view import Chronology
from workbench.ui.shell.place import Place

TODAY = date(2026, 3, 10)
DAYS = st.dates(date(1990, 1, 1), date(2030, 12, 31))


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("2024", "2024-01-01", "2024-12-31"),
        ("February 2024", "2024-02-01", "2024-02-29"),
        ("feb", "2026-02-01", "2026-02-28"),
        ("april", "2025-04-01", "2025-04-30"),
        ("Chwefror 2024", "2024-02-01", "2024-02-29"),
        ("3 March to 9 April 2024", "2024-03-03", "2024-04-09"),
        ("1 November to 3 February 2024", "2023-11-01", "2024-02-03"),
        ("3/3/24 to 9 April", "2024-03-03", "2024-04-09"),
        ("March 2024 to April", "2024-03-01", "2024-04-30"),
        ("November 2023 to 3 February", "2023-11-01", "2024-02-03"),
        ("3 March 2024 to today", "2024-03-03", "2026-03-10"),
        ("3/3/24 until 9/4/24", "2024-03-03", "2024-04-09"),
        ("March 2024 to 9 April 2024", "2024-03-01", "2024-04-09"),
        ("2023 - 2024", "2023-01-01", "2024-12-31"),
        ("last monday to today", "2026-03-09", "2026-03-10"),
        ("3 March 2024", "", ""),
        ("9 April 2024 to 3 March 2024", "", ""),
        ("somewhen", "", ""),
        ("1 to 2 to 3", "", ""),
        ("0000", "", ""),
        ("", "", ""),
    ],
)
def test_a_period_is_read_as_people_type_it(typed: str, first: str, last: str) -> None:
    """Both days inclusive; a single day is none, and nor is what ends before it begins."""
    found = period.read(typed, TODAY)
    assert found == ((date.fromisoformat(first), date.fromisoformat(last)) if first else None)


@given(DAYS, DAYS)
def test_two_days_written_out_are_the_period_between_them(one: date, other: date) -> None:
    """In either language, whichever they are; the wrong way round they are none."""
    expected = (one, other) if one <= other else None
    assert period.read(f"{written(one)} to {written(other)}", TODAY) == expected
    assert period.read(f"{written(one, 'cy')} i {written(other, 'cy')}", TODAY) == expected


def opened(frame: Frame, qtbot: QtBot, case: str) -> Chronology:
    tab = Chronology(frame)
    qtbot.addWidget(tab)
    tab.resize(1000, 700)
    tab.show()
    tab.arrive(Place("case", case=case, tab="chronology"))
    return tab


def seen(tab: Chronology) -> list[str]:
    return [line.entry for line in tab._list.lines.items]


def test_a_stretch_of_days_cuts_the_list_until_the_field_is_emptied(
    frame: Frame, registered: Callable[..., str], qtbot: QtBot
) -> None:
    """Both ends are in it; a single day is gone to and cuts nothing."""
    case = registered()
    early = contact(frame.desk, case, "Came on time.", "2026-02-01T10:00:00Z")
    late = contact(frame.desk, case, "Rang.", "2026-02-28T23:30:00Z")
    march = contact(frame.desk, case, "Rang again.", "2026-03-01T00:30:00Z")
    tab = opened(frame, qtbot, case)
    everything = seen(tab)
    tab._jump.setText("february")
    qtbot.keyClick(tab._jump, Qt.Key.Key_Return)
    assert seen(tab) == [late, early]
    assert tab._count.text() == "2 of 4 entries"
    tab._jump.setText("28/2/26")
    qtbot.keyClick(tab._jump, Qt.Key.Key_Return)
    assert seen(tab) == everything
    assert tab._list.current() == late
    tab._jump.setText("2026")
    qtbot.keyClick(tab._jump, Qt.Key.Key_Return)
    tab._jump.clear()
    assert seen(tab) == everything
    assert march in everything


def test_where_nothing_fits_one_press_shows_everything(
    frame: Frame, registered: Callable[..., str], qtbot: QtBot
) -> None:
    """An empty cut is not an empty record, and does not say so."""
    case = registered()
    tab = opened(frame, qtbot, case)
    tab._practice.setChecked(True)
    tab._to_filter("visits")
    tab._jump.setText("1999")
    qtbot.keyClick(tab._jump, Qt.Key.Key_Return)
    assert tab._stack.currentWidget() is tab._nothing_fits
    tab._show_all()
    assert tab._stack.currentWidget() is tab._list
    assert (tab._jump.text(), tab._practice.isChecked(), tab._filter_list.key()) == ("", False, "all")


def test_administration_is_left_out_where_asked(
    frame: Frame, registered: Callable[..., str], qtbot: QtBot
) -> None:
    """What was carried over says nothing about the person; a contact does."""
    case = registered()
    entry = contact(frame.desk, case, "Came on time.", "2026-03-09T10:00:00Z")
    session = recording.start(frame.desk, case, "carried-over")
    session.restore({"entry": entry, "system": "ndelius", "at": "2026-03-09T11:00:00Z"})
    marked = recording.sign(frame.desk, case, session).entry
    tab = opened(frame, qtbot, case)
    assert marked in seen(tab)
    tab._practice.setChecked(True)
    assert marked not in seen(tab)
    assert entry in seen(tab)


def test_compact_shows_one_line_an_entry_and_stays_so(
    frame: Frame, registered: Callable[..., str], qtbot: QtBot
) -> None:
    """Chosen once, it is so in every case; the words that are read out are the same."""
    case = registered()
    for number in range(12):
        contact(frame.desk, case, "Came on time.", f"2026-03-0{number % 9 + 1}T10:00:00Z")
    tab = opened(frame, qtbot, case)
    index = tab._list.lines.index(0)
    qtbot.waitUntil(lambda: bool(tab._list.lines.previews))
    high, said = tab._list.visualRect(index).height(), index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == "Contact. yesterday. 10:00. you. Came on time. Source: The person on probation"
    tab._compact.setChecked(True)
    qtbot.wait(1)
    assert tab._list.visualRect(index).height() < high / 3
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == said
    assert frame.settings().chronology == "compact"
    again = opened(frame, qtbot, case)
    assert again._compact.isChecked()
    assert again._list.visualRect(again._list.lines.index(0)).height() < high / 3


def test_a_reason_that_was_begun_is_kept_while_the_entry_is_read(
    frame: Frame, registered: Callable[..., str], qtbot: QtBot
) -> None:
    """Escape leaves the question, not the entry; asked again, what was written stands there."""
    case = registered()
    entry = contact(frame.desk, case, "Came on time.", "2026-03-09T10:00:00Z")
    tab = opened(frame, qtbot, case)
    tab._read(entry)
    pane = tab._reading
    pane._ask_why()
    assert pane._reason is not None
    pane._reason.setPlainText("It was another person.")
    qtbot.keyClick(pane._reason, Qt.Key.Key_Escape)
    assert pane.isVisible()
    assert pane._reason is None
    pane._ask_why()
    pane._left()
    pane._ask_why()
    assert pane._written() == "It was another person."
    tab._read(contact(frame.desk, case, "Rang.", "2026-03-09T11:00:00Z"))
    pane._ask_why()
    assert pane._written() == ""


def test_enter_opens_the_latest_without_choosing_it_first(
    frame: Frame, registered: Callable[..., str], qtbot: QtBot
) -> None:
    """And a late answer about another case opens nothing."""
    case = registered()
    contact(frame.desk, case, "Came on time.", "2026-03-08T10:00:00Z")
    entry = contact(frame.desk, case, "Rang.", "2026-03-09T10:00:00Z")
    tab = opened(frame, qtbot, case)
    qtbot.keyClick(tab._list, Qt.Key.Key_Return)
    assert tab._whole is not None
    assert tab._whole.entry == entry
