"""Head of PDU: recalls that wait for authority, the draw of decisions, placements, and what was not reached."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Frame
from workbench.casework import heading, recording
from workbench.ui.pdu import presenter
from workbench.ui.pdu.view import PduScreen
from workbench.ui.shell.place import Place


def test_the_open_recall_stands_there_and_its_form_is_opened(headed: Frame, qtbot: QtBot) -> None:
    screen = PduScreen(headed)
    qtbot.addWidget(screen)
    screen.arrive(Place("pdu"))
    recalled = [row.case for row in headed.desk.cases() if row.open_recall]
    rows = screen._lists.list_of("recalls")
    assert rows.rows.rowCount() == len(recalled) > 0
    rows.opened.emit(rows.current())
    assert headed.went[-1] == Place("form", case=recalled[0], form="recall")


def test_the_same_seed_draws_the_same_decisions_and_the_draw_is_logged(headed: Frame) -> None:
    held = heading.decisions(headed.desk)
    assert held
    first, again = (heading.draw(headed.desk, "42", 3) for _ in range(2))
    assert first == again
    assert len(first) == min(3, len(held))
    details = [row.detail for row in headed.desk.store.log_rows()]
    assert f"decisions on recall, {len(first)} of {len(held)}, seed 42" in details


def test_a_drawn_decision_opens_a_sample_that_says_how_it_was_drawn(headed: Frame, qtbot: QtBot) -> None:
    screen = PduScreen(headed)
    qtbot.addWidget(screen)
    screen.arrive(Place("pdu", tab="sample"))
    screen._seed.setText("42")
    screen._draw()
    rows = screen._lists.list_of("sample")
    rows.opened.emit(rows.current())
    place = headed.went[-1]
    assert (place.screen, place.form) == ("form", "decision-sample")
    assert dict(place.given)["drawn"].endswith("seed 42")
    session = recording.start(headed.desk, place.case, place.form)
    for question, value in place.given:
        assert session.form.question(question) is not None, value


def test_looks_are_told_by_the_spo_who_owes_them(headed: Frame) -> None:
    found = heading.headed(headed.desk)
    assert all(look.state in ("overdue", "not-known-done") for each in found.unreached for look in each.looks)
    assert [each.spo for each in found.unreached] == sorted({each.spo for each in found.unreached})
    assert found.unreached


def test_a_practitioner_heads_nothing(frame: Frame) -> None:
    assert presenter.headed(frame.desk) == presenter.Headed(may=False)


def test_who_heads_nothing_is_shown_the_way_out(frame: Frame, qtbot: QtBot) -> None:
    """The cursor is on it, not on a list that is not shown."""
    screen = PduScreen(frame)
    qtbot.addWidget(screen)
    screen.show()
    screen.arrive(Place("pdu"))
    first = screen.first()
    assert first is not None
    assert first.isVisible()
    qtbot.keyClick(first, Qt.Key.Key_Space)
    assert frame.went == [Place("today")]


def test_the_list_takes_the_cursor_once_it_has_rows(headed: Frame, qtbot: QtBot) -> None:
    """Until then the cursor waits on its tab; Enter then opens the first."""
    screen = PduScreen(headed)
    qtbot.addWidget(screen)
    with qtbot.waitActive(screen):
        screen.show()
        screen.activateWindow()
    before = screen.first()
    assert before is screen._lists.tabs.button("recalls")
    before.setFocus()
    screen.arrive(Place("pdu"))
    assert screen.focusWidget() is screen._lists.list_of("recalls")
