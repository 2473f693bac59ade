"""Oversight: recalls on top, looks sized to the hours there are, a queue that is judged where it is read."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.conftest import Stores, case_file
from tests.ui.conftest import Frame
from workbench.casework import importing
from workbench.casework.desk import Desk
from workbench.models.results import Because, Duty
from workbench.store.store import Results
from workbench.ui.case.chronology.reading import Reading
from workbench.ui.look import look
from workbench.ui.oversight import presenter
from workbench.ui.oversight.presenter import KEPT_HERE
from workbench.ui.oversight.view import OversightScreen
from workbench.ui.shell.place import Place
from workbench.ui.today.view import TodayScreen
from workbench.ui.widgets.buttons import Button
from workbench.ui.widgets.inputs import PlainField, SearchField
from workbench.ui.widgets.rows import Rows
from workbench.ui.widgets.text import Label


@pytest.fixture
def show(qtbot: QtBot) -> Callable[..., OversightScreen]:
    """Shows a part of Oversight on a frame."""

    def shown(frame: Frame, part: str = "looks", size: tuple[int, int] = (1150, 720)) -> OversightScreen:
        screen = OversightScreen(frame)
        qtbot.addWidget(screen)
        screen.resize(*size)
        screen.show()
        screen.arrive(Place("oversight", tab=part))
        qtbot.wait(1)
        return screen

    return shown


def pressable(screen: OversightScreen, begins: str) -> Button:
    """The button in sight whose name begins so."""
    shown = [button for button in screen.findChildren(Button) if button.isVisible()]
    return next(button for button in shown if button.accessibleName().startswith(begins))


def words(screen: OversightScreen) -> str:
    """Every label in sight."""
    return "\n".join(label.text() for label in screen.findChildren(Label) if label.isVisible())


def listed(screen: OversightScreen) -> Rows:
    """The list in sight."""
    return next(rows for rows in screen.findChildren(Rows) if rows.isVisible())


def test_the_open_recall_stands_above_everything(led: Frame, show: Callable[..., OversightScreen]) -> None:
    """How far it has gone, since when, and the next step one press away."""
    screen = show(led)
    said = words(screen)
    assert "Part A sent. PPCS has not acknowledged it yet. Since " in said
    assert led.desk.device.card.name in said
    pressable(screen, "Write the next step").click()
    case = led.went[-1].case
    assert led.went[-1] == Place("form", case=case, form="recall")
    assert led.desk.store.case_row(case).open_recall


def test_each_look_says_how_fresh_it_is_and_enter_opens_it(
    led: Frame, show: Callable[..., OversightScreen], qtbot: QtBot
) -> None:
    """From whose laptop, and when."""
    screen = show(led)
    rows = listed(screen)
    assert rows.hasFocus()
    assert all("'s laptop, " in row.line for row in rows.rows.items)
    assert rows.rows.items[0].note.startswith("Overdue by ")
    qtbot.keyClick(rows, Qt.Key.Key_Return)
    assert led.went[-1] == Place("review", case=rows.rows.items[0].key)


def test_what_the_hours_do_not_reach_is_shown_and_taken_upward(
    led: Frame, show: Callable[..., OversightScreen]
) -> None:
    """Fewer hours, fewer looks; the rest stands apart."""
    presenter.plan_for(led.desk, 2)
    screen = show(led)
    assert len(listed(screen).rows.items) == 2
    pressable(screen, "Fewer looks").click()
    found = presenter.oversight(led.desk)
    assert (len(found.looks), found.a_week) == (1, 1)
    assert found.plan.endswith("more will not be reached in these hours.")
    below = show(led, "beyond")
    chosen = listed(below).current()
    pressable(below, "Take it upward").click()
    went = led.went[-1]
    assert (went.form, went.case) == ("escalation", chosen)
    assert dict(went.given)["matter"]
    presenter.plan_for(led.desk, 10)


def test_a_look_on_today_opens_the_review(stores: Stores, qapp: QApplication, qtbot: QtBot) -> None:
    """Not the bare form."""
    look.put_on(qapp, look.Look(still=True))
    frame = Frame(stores.desk(role="spo", person="Sal Example"))
    importing.bring(frame.desk, case_file(), "case.json")
    row = frame.desk.cases()[0]
    why = Because("", "touch-periodic", 1, "national", None, "firm")
    asked = Duty(
        "touch-periodic/x/1", "touch-periodic", row.case, "SPO look", "spo", "duty", "2026-01-01", why
    )
    owed = msgspec.structs.replace(asked, due="2026-03-01", form="touch-point")
    frame.desk.store.put_results([Results(row, (owed,))])
    screen = TodayScreen(frame)
    qtbot.addWidget(screen)
    screen.show()
    screen.arrive(Place("today"))
    qtbot.wait(1)
    begins = "Touch point, Gwyn Sample"
    next(button for button in screen.findChildren(Button) if button.accessibleName() == begins).click()
    assert frame.went[-1] == Place("review", case=row.case)


def test_an_entry_is_read_and_countersigned_in_the_queue(
    led: Frame, show: Callable[..., OversightScreen], qtbot: QtBot
) -> None:
    """Then it waits no longer, and the next stands first."""
    screen = show(led, "signing")
    rows = listed(screen)
    before = [row.key for row in rows.rows.items]
    qtbot.keyClick(rows, Qt.Key.Key_Return)
    assert screen.findChild(Reading).isVisible()
    assert not [button for button in screen.findChildren(Button) if button.accessibleName() == "Withdraw"]
    pressable(screen, "Countersign").click()
    assert [row.key for row in listed(screen).rows.items] == before[1:]
    assert led.said[-1] == ("Countersigned.", "good")
    case, entry, _ = before[0].split("/")
    assert led.desk.case(case).entries[entry].status == "countersigned"


def test_after_one_in_the_middle_the_next_is_chosen_and_not_the_first(
    led: Frame, show: Callable[..., OversightScreen], qtbot: QtBot
) -> None:
    """Who works down the queue goes on where they were; after the last, the one before."""
    screen = show(led, "signing")
    for at, stays in ((1, 1), (-1, -1)):
        rows = listed(screen)
        keys = [row.key for row in rows.rows.items]
        rows.setCurrentIndex(rows.rows.index(at % len(keys)))
        qtbot.keyClick(rows, Qt.Key.Key_Return)
        pressable(screen, "Countersign").click()
        left = [key for key in keys if key != keys[at]]
        assert [row.key for row in listed(screen).rows.items] == left
        assert listed(screen).current() == left[stays]


def test_a_return_needs_a_point(led: Frame, show: Callable[..., OversightScreen], qtbot: QtBot) -> None:
    """Without one it is refused beside the entry."""
    screen = show(led, "signing")
    key = listed(screen).rows.items[0].key
    qtbot.keyClick(listed(screen), Qt.Key.Key_Return)
    pressable(screen, "Return for rework").click()
    qtbot.wait(1)
    pressable(screen, "Return it").click()
    qtbot.wait(1)
    assert "A return names what to work on." in words(screen)
    screen.findChild(Reading).findChild(PlainField).setPlainText("Name who does it.")
    pressable(screen, "Return it").click()
    case, entry, _ = key.split("/")
    assert led.desk.case(case).entries[entry].status == "returned"
    assert key not in [row.key for row in listed(screen).rows.items]


def test_the_load_is_in_order_of_name_and_says_what_it_leaves_out(
    led: Frame, show: Callable[..., OversightScreen]
) -> None:
    """Nobody is ranked; a table where there is room, cards where there is not."""
    for size in ((1150, 720), (640, 720)):
        screen = show(led, "team", size)
        said = words(screen)
        names = [officer.name for officer in presenter.oversight(led.desk).officers]
        places = [said.index(f"{name}\n") for name in names]
        assert len(names) > 2
        assert places == sorted(places)
        assert "Leave and vacancies are not recorded here" in said


def test_a_list_is_searched_by_name_officer_or_what_is_asked(
    led: Frame, show: Callable[..., OversightScreen]
) -> None:
    """Every word must stand in the row."""
    screen = show(led)
    row = presenter.oversight(led.desk).looks[-1]
    screen.find_here()
    screen.findChild(SearchField).setText(f"{row.title.split()[-1].lower()} spo")
    screen.findChild(SearchField).asked.emit(screen.findChild(SearchField).text())
    left = [each.key for each in listed(screen).rows.items]
    assert row.key in left
    assert len(left) < len(presenter.oversight(led.desk).looks)


def test_a_sample_is_drawn_and_opens_as_a_look(
    led: Frame, show: Callable[..., OversightScreen], qtbot: QtBot
) -> None:
    """Its seed is shown, so that it can be drawn again."""
    screen = show(led, "sample")
    part = screen._sample
    assert (part._none.isVisible(), part._rows.isVisible()) == (True, False)
    pressable(screen, "Draw a sample").click()
    assert (part._none.isVisible(), part._rows.isVisible()) == (False, True)
    rows = listed(screen)
    assert len(rows.rows.items) == 5
    assert "5 drawn with seed " in words(screen)
    qtbot.keyClick(rows, Qt.Key.Key_Return)
    assert led.went[-1] == Place("review", case=rows.rows.items[0].key)


def test_an_empty_team_says_where_cases_come_from(
    stores: Stores, qapp: QApplication, show: Callable[..., OversightScreen]
) -> None:
    """Each part by itself."""
    look.put_on(qapp, look.Look(still=True))
    frame = Frame(stores.desk(role="spo"))
    for part in ("looks", "beyond", "signing", "upward"):
        assert "Cases come from the laptops of the team" in words(show(frame, part))
    assert "0 people, 0 responsible officers" in words(show(frame, "team"))


def test_what_nobody_sent_is_kept_here(stores: Stores) -> None:
    """An SPO's own entries came from nowhere."""
    assert presenter.freshness(stores.desk(role="spo"), None) == KEPT_HERE


def test_who_oversees_nobody_is_told_so(
    frame: Frame, desk: Desk, show: Callable[..., OversightScreen]
) -> None:
    """And nothing is looked up or logged."""
    before = len(list(desk.store.log_rows()))
    assert "Oversight is for SPOs and heads of PDU" in words(show(frame))
    assert len(list(desk.store.log_rows())) == before


@pytest.mark.parametrize("part", ["looks", "team", "sample"])
def test_who_oversees_nobody_is_shown_the_way_out(
    frame: Frame, show: Callable[..., OversightScreen], part: str
) -> None:
    """The cursor is on it, not on a list that is not shown."""
    screen = show(frame, part)
    first = screen.first()
    assert isinstance(first, Button)
    assert first.isVisible()
    first.click()
    assert frame.went == [Place("today")]
