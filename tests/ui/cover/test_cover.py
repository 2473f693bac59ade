"""Covering for: who is dangerous, what is promised, what must not be missed, and what came meanwhile."""

from __future__ import annotations

from datetime import date, timedelta

from pytestqt.qtbot import QtBot

from tests.ui.conftest import Frame
from tests.ui.cover.conftest import GONE
from workbench.casework import covering
from workbench.ui.cover import presenter
from workbench.ui.cover.view import CoverScreen
from workbench.ui.shell.place import Place


def officer(frame: Frame) -> str:
    """The officer of whoever is under recall."""
    return next(row.officer for row in frame.desk.cases() if row.open_recall and row.officer)


def test_an_open_recall_is_the_gravest_and_only_their_cases_are_there(led: Frame) -> None:
    name = officer(led)
    found = covering.cover(led.desk, name, led.desk.today + timedelta(days=14))
    assert found.dangerous[0].why[0].kind == "recall"
    listed = {each.row.case for each in (*found.dangerous, *found.promised, *found.missed)}
    assert listed
    assert {led.desk.store.case_row(case).officer for case in listed} == {name}
    assert found.cases == sum(row.officer == name for row in led.desk.cases())


def test_what_is_promised_and_owed_lies_in_the_days_asked_for(led: Frame) -> None:
    today = led.desk.today
    for days in (7, 28):
        last = today + timedelta(days=days)
        for name in covering.officers(led.desk):
            found = covering.cover(led.desk, name, last)
            assert all(today.isoformat() <= each.on[:10] <= last.isoformat() for each in found.promised)
            ahead = [
                each.duty.due for each in found.missed if each.state not in ("overdue", "not-known-done")
            ]
            assert all(due is not None and due <= last.isoformat() for due in ahead)


def test_what_is_late_and_not_serious_waits_for_who_comes_back(led: Frame) -> None:
    for name in covering.officers(led.desk):
        late = [
            each
            for each in covering.cover(led.desk, name, led.desk.today).missed
            if each.state in ("overdue", "not-known-done")
        ]
        assert {each.duty.level for each in late} <= {"serious"}


def test_coming_back_one_reads_what_others_wrote_and_not_ones_own(led: Frame) -> None:
    name = officer(led)
    found = covering.away(led.desk, name, date.fromisoformat(GONE))
    assert found
    assert name not in {by for each in found for _, by in each.entries}
    assert covering.away(led.desk, name, led.desk.today + timedelta(days=1)) == ()


def test_a_chosen_row_opens_its_case_and_another_officer_is_asked_for(led: Frame, qtbot: QtBot) -> None:
    screen = CoverScreen(led)
    qtbot.addWidget(screen)
    screen.arrive(Place("cover"))
    name = officer(led)
    screen._who.choose(name)
    screen._who.activated.emit(screen._who.currentIndex())
    rows = screen._lists.list_of("dangerous")
    rows.opened.emit(rows.current())
    found = presenter.covering_for(led.desk, name, 7)
    assert led.went[-1] == Place("case", case=found.dangerous[0].key)
    assert screen._lists.tabs.button("dangerous").text() == f"Dangerous now ({len(found.dangerous)})"


def test_an_empty_store_says_so(frame: Frame, qtbot: QtBot) -> None:
    screen = CoverScreen(frame)
    qtbot.addWidget(screen)
    screen.arrive(Place("cover"))
    assert screen._says.text() == "No case here has a responsible officer yet."
