"""The caseload: due first, filters that are words, search by any part of a name or CRN, quick at twenty thousand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Frame
from workbench.casework import choices
from workbench.casework.desk import Desk
from workbench.ui.caseload import presenter
from workbench.ui.caseload.presenter import Person
from workbench.ui.caseload.table import PeopleTable
from workbench.ui.caseload.view import CaseloadScreen
from workbench.ui.shell.place import Place
from workbench.ui.widgets.text import Label

TODAY = date(2026, 3, 10)


def person(name: str, crn: str, **more: object) -> Person:
    """A line of the caseload."""
    held: dict[str, object] = dict.fromkeys(("rosh", "mappa", "level", "due", "seen", "officer"), "")
    held |= {"recall": False, "looked": f"{name} {crn}".casefold(), **more}
    return Person(case=crn, name=name, crn=crn, **held)  # type: ignore[arg-type]


PEOPLE = (
    person("Owen Quiet", "X1", rosh="low"),
    person("Ann Later", "X2", rosh="high", due="2026-03-30", mappa="1", level="2"),
    person("Siân Overdue", "X3", rosh="medium", due="2026-03-09", mappa="none"),
    person("Tom Recalled", "X4", rosh="very high", recall=True, mappa="1", level="1"),
    person("Bob Soon", "X5", rosh="low", due="2026-03-12", pinned=True),
)
FOUND = presenter.of(PEOPLE, TODAY)


@pytest.mark.parametrize(
    ("words", "filter", "expected"),
    [
        ("", "due", ["X4", "X3", "X5", "X2", "X1"]),
        ("", "pinned", ["X5"]),
        ("", "high", ["X4", "X2"]),
        ("", "mappa", ["X4", "X2"]),
        ("", "recall", ["X4"]),
        ("", "quiet", ["X2", "X1"]),
        ("", "name", ["X2", "X5", "X1", "X3", "X4"]),
        ("siân", "due", ["X3"]),
        ("x5", "due", ["X5"]),
        ("o x", "due", ["X4", "X3", "X5", "X1"]),
        ("nobody", "due", []),
    ],
)
def test_who_is_shown_and_in_what_order(words: str, filter: str, expected: list[str]) -> None:
    """A recall stands before what is overdue, that before what is coming."""
    assert [each.crn for each in presenter.chosen(FOUND, words, filter)] == expected


def test_a_column_sorts_both_ways() -> None:
    """RoSH from very high to low, and back."""
    up = [each.crn for each in presenter.chosen(FOUND, "", "due", 2)]
    assert up == ["X4", "X2", "X3", "X5", "X1"]
    assert [each.crn for each in presenter.chosen(FOUND, "", "due", 2, down=True)] == up[::-1]


def test_words_stand_without_colour() -> None:
    """What is due says so, and what is not recorded too."""
    told = [presenter.due_words(each, TODAY) for each in PEOPLE]
    assert told == ["Nothing due", "Due Mon 30 Mar", "Overdue by 1 day", "Recall open", "Due Thu 12 Mar"]
    assert presenter.cells(PEOPLE[0], TODAY)[3:] == (
        "Not recorded",
        "Nothing due",
        "None recorded",
        "Nobody named",
    )
    assert presenter.cells(PEOPLE[2], TODAY)[3] == "Not MAPPA"


def test_the_list_comes_from_the_store(desk: Desk, registered: Callable[..., str]) -> None:
    """And each reading of it is logged."""
    case = registered(name="Gwyn Sample")
    found = presenter.caseload(desk)
    assert [(each.case, each.name) for each in found.people] == [(case, "Gwyn Sample")]
    assert [row.what for row in desk.store.log_rows()][-1] == "listed"


def opened(frame: Frame, qtbot: QtBot) -> CaseloadScreen:
    screen = CaseloadScreen(frame)
    qtbot.addWidget(screen)
    screen.resize(1200, 700)
    screen.show()
    screen.arrive(Place("caseload"))
    return screen


def test_typing_filters_and_enter_opens_the_first(
    frame: Frame, registered: Callable[..., str], qtbot: QtBot
) -> None:
    """Without the mouse."""
    registered("X100001", "Gwyn Sample")
    wanted = registered("X100002", "Ann Other")
    screen = opened(frame, qtbot)
    field = screen.first()
    qtbot.keyClicks(field, "ann")
    qtbot.waitUntil(lambda: len(screen.findChild(PeopleTable).people.people) == 1)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert frame.went == [Place("case", case=wanted)]


def test_an_empty_store_says_what_to_do(frame: Frame, qtbot: QtBot) -> None:
    """Not an empty table."""
    screen = opened(frame, qtbot)
    assert not screen.findChild(PeopleTable).isVisible()
    assert screen.findChild(CaseloadScreen) is None


def test_those_who_are_pinned_are_shown_and_where_nobody_is_how_to_pin(
    frame: Frame, registered: Callable[..., str], qtbot: QtBot
) -> None:
    """In words; once somebody is pinned they stand there."""
    registered("X100001", "Gwyn Sample")
    wanted = registered("X100002", "Ann Other")
    screen = opened(frame, qtbot)
    screen._filter.button("pinned").click()
    said = " ".join(label.text() for label in screen.findChildren(Label) if label.isVisible())
    assert "Nobody is pinned" in said
    assert "press Pin at its head, or F9" in said
    choices.pin(frame.desk, wanted, kept=True)
    screen.arrive(Place("caseload"))
    assert [each.case for each in screen.findChild(PeopleTable).people.people] == [wanted]


def test_the_chosen_line_stays_chosen(qtbot: QtBot) -> None:
    """When the list changes around it."""
    table = PeopleTable()
    qtbot.addWidget(table)
    table.show_people(PEOPLE, TODAY)
    table.selectRow(3)
    table.show_people(PEOPLE[2:], TODAY)
    assert table.current() == "X4"


def test_no_day_and_no_level_is_cut_at_the_smallest_width_of_the_table(qtbot: QtBot) -> None:
    """What is due and when somebody is seen stand whole; the columns of the heading stand over their words."""
    table = PeopleTable()
    qtbot.addWidget(table)
    table.resize(1100, 300)
    table.show()
    people = [
        person(
            "Gwyn",
            "X1",
            rosh="very high",
            mappa="1",
            level="2",
            due="2025-01-01",
            seen="2026-12-28T16:30:00Z",
        )
    ]
    table.show_people(people, date(2026, 11, 20))
    qtbot.wait(1)
    metrics = table.fontMetrics()
    for column in (1, 3, 4, 5):
        words = str(table.model().index(0, column).data())
        assert metrics.horizontalAdvance(words) + 22 <= table.columnWidth(column), words
