"""The release board: gaps in words, each with the form that fills it, and the weeks counted back from the day."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.casework.test_releasing import sentenced
from tests.ui.case.test_case import write
from tests.ui.conftest import Frame
from workbench.casework import recording
from workbench.casework.desk import Desk
from workbench.ui.case import presenter as head
from workbench.ui.case.release import presenter
from workbench.ui.case.release.matters import Matter
from workbench.ui.case.release.presenter import Board
from workbench.ui.case.view import CaseScreen
from workbench.ui.form.view import FormScreen
from workbench.ui.shell.place import Place
from workbench.ui.widgets.buttons import Button

# A Friday; the board is seen on Tuesday 10 March 2026.
FRIDAY = "2026-04-17"


@pytest.fixture
def inside(desk: Desk, registered: Callable[..., str]) -> str:
    """Somebody in custody who walks out on a Friday."""
    case = registered(name="Gwyn Sample")
    sentenced(desk, case, {"release_on": FRIDAY, "release_from": "confirmed"})
    return case


def prepared(desk: Desk, case: str, **answers: str) -> str:
    """Signs a pre-release record; gives the entry."""
    session = recording.start(desk, case, "pre-release")
    session.restore(
        {"on": "2026-03-09", "release_on": FRIDAY, "no_offices": "yes", "ap": "not-yet", **answers}
    )
    return recording.sign(desk, case, session).entry or ""


def board_of(desk: Desk, case: str) -> Board:
    """The board, which is there."""
    found = presenter.board(desk, case)
    assert found is not None
    return found


def matter(board: Board, name: str) -> Matter:
    """One line of it."""
    return next(each for _, found in board.groups for each in found if each.name == name)


def test_only_who_is_in_custody_has_a_board(desk: Desk, registered: Callable[..., str], inside: str) -> None:
    """And the tab with it."""
    free = registered("X100002")
    assert presenter.board(desk, free) is None
    assert (head.head(desk, free).inside, head.head(desk, inside).inside) == (False, True)


def test_the_day_is_named_with_how_it_is_known_and_when_offices_open(desk: Desk, inside: str) -> None:
    """Friday: until Monday somebody must answer, and nobody has recorded who."""
    board = board_of(desk, inside)
    assert (board.day, board.away, board.known) == (
        "Fri 17 April 2026",
        "in 5 weeks and 3 days",
        "Confirmed by the prison",
    )
    assert board.flags[0][0].startswith("Offices close after that day until Mon 20 April 2026.")
    gaps = matter(board, "Until offices open").gaps
    assert [gap.says for gap in gaps] == ["No one has recorded who answers until Mon 20 April 2026."]
    assert (gaps[0].form, gaps[0].entry, gaps[0].question) == ("pre-release", "", "until_open")


def test_what_is_recorded_settles_a_matter_and_leads_to_its_entry(desk: Desk, inside: str) -> None:
    """Of several records each answer counts as last given; the gap of the rest amends the last."""
    first = prepared(desk, inside, until_open="AP duty manager", money="Grant", tonight="A house")
    last = prepared(desk, inside, until_open="AP duty manager", money="Grant and a claim")
    board = board_of(desk, inside)
    money = matter(board, "Money and papers")
    assert (money.state[0], money.said[0].words, money.said[0].entry) == (
        "Settled",
        "Grant and a claim",
        last,
    )
    night = matter(board, "Where Gwyn Sample sleeps")
    assert (night.state[0], night.said[0].entry) == ("Open", first)
    assert [gap.entry for gap in night.gaps] == [last, last]
    place = matter(board, "Approved Premises")
    assert [gap.says for gap in place.gaps] == ["It is not settled whether a place is needed."]


def test_other_forms_count_where_the_record_is_silent(desk: Desk, inside: str) -> None:
    """An address recorded for that day, a check that was asked, a level that somebody was told; not a name alone."""
    place = {"id": "h1", "text": "1 Sample Row", "type": "family", "from_day": FRIDAY, "children": "no"}
    entry = write(desk, inside, "address", places=[place])
    check = write(desk, inside, "safeguarding-check", asked_on="2026-03-02", answer="none-yet")
    told = [{"id": "t1", "who": "HMP Sample"}]
    write(desk, inside, "mappa-level", on="2026-03-02", level="1", told=told)
    board = board_of(desk, inside)
    night = matter(board, "Where Gwyn Sample sleeps")
    assert (night.said[0].words, night.said[0].entry, len(night.gaps)) == ("1 Sample Row", entry, 2)
    checks = matter(board, "Children's services").said
    assert [(said.words.split(": ")[1], said.entry) for said in checks] == [("none yet", check)]
    assert len(matter(board, "MAPPA level").gaps) == 1
    write(
        desk, inside, "mappa-level", on="2026-03-03", level="1", told=[{**told[0], "done_on": "2026-03-03"}]
    )
    assert matter(board_of(desk, inside), "MAPPA level").said[-1].words == "HMP Sample (3 March 2026)"


def test_what_was_settled_before_a_recall_is_open_again(desk: Desk, registered: Callable[..., str]) -> None:
    """The record of the first release says nothing of the second."""
    case = registered()
    sentenced(desk, case, {"release_on": "2026-01-09", "released_on": "2026-01-09"})
    session = recording.start(desk, case, "pre-release")
    session.restore(
        {"on": "2026-01-05", "release_on": "2026-01-09", "no_offices": "no", "ap": "placed", "money": "Grant"}
    )
    recording.sign(desk, case, session)
    write(desk, case, "recall", state="revoked", state_at="2026-03-06T10:00:00Z")
    board = board_of(desk, case)
    assert matter(board, "Money and papers").state[0] == "Not recorded"
    assert (board.day, board.weeks) == ("", ())


def test_the_rail_counts_twelve_weeks_back_and_marks_this_one(desk: Desk, inside: str) -> None:
    """What is owed stands in its week with why; what was owed before and is open stands above."""
    board = board_of(desk, inside)
    weeks = {week.name: week for week in board.weeks}
    assert [week.name for week in board.weeks if week.now] == ["6 weeks before"]
    assert weeks["12 weeks before"].begins == "Fri 23 Jan"
    licence = next(owed for owed in weeks["1 week before"].owed if owed.asks.startswith("Licence"))
    assert licence.because is not None
    assert (licence.stands, licence.form) == ("by Wed 15 Apr", "pre-release")
    before = [owed.asks for owed in weeks["Before these weeks, still open"].owed]
    assert "Victims referred to the contact scheme" in before


def test_a_gap_opens_its_form_at_its_question_by_keyboard(frame: Frame, inside: str, qtbot: QtBot) -> None:
    """From the board: Enter on the button, and the cursor stands where the answer goes."""
    screen = CaseScreen(frame)
    qtbot.addWidget(screen)
    screen.resize(1200, 800)
    screen.show()
    screen.arrive(Place("case", case=inside, tab="release"))
    qtbot.wait(1)
    assert screen.on_paper() == Place("report", case=inside, report="release-plan")
    wanted = "Pre-release record, to record: Telephone"
    fill = next(each for each in screen.findChildren(Button) if each.accessibleName() == wanted)
    fill.setFocus()
    qtbot.keyClick(fill, Qt.Key.Key_Space)
    place = frame.went[-1]
    assert place == Place("form", case=inside, form="pre-release", words="phone")
    form = FormScreen(frame)
    qtbot.addWidget(form)
    form.resize(1200, 800)
    form.show()
    form.arrive(place)
    qtbot.wait(1)
    focused = QApplication.focusWidget()
    assert focused is not None
    assert focused.accessibleName().startswith("Telephone from day one")


def test_the_tab_is_offered_to_those_in_custody_alone(
    frame: Frame, registered: Callable[..., str], inside: str, qtbot: QtBot
) -> None:
    """In the row of tabs and, where the window is narrow, in the list."""
    screen = CaseScreen(frame)
    qtbot.addWidget(screen)
    screen.resize(1200, 800)
    screen.show()
    for case, there in ((inside, True), (registered("X100002"), False), (inside, True)):
        screen.arrive(Place("case", case=case))
        qtbot.wait(1)
        assert screen._tabs.button("release").isVisible() is there
        assert (screen._tab_list.findData("release") >= 0) is there
