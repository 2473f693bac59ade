"""A form gives way: in a narrow window, at twice the text, with long words."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.journeys.test_every_screen import cut
from tests.ui.conftest import Frame
from tests.ui.form.conftest import Open, crashed, field, work_of, wrongs
from workbench.ui.form.choices import RadioField
from workbench.ui.form.offer import Offer
from workbench.ui.form.rows import RepeatField
from workbench.ui.form.texts import TextField
from workbench.ui.form.work import CHECK
from workbench.ui.look import look
from workbench.ui.look.look import in_force
from workbench.ui.widgets.inputs import LineField
from workbench.ui.writing.field import LineOfWriting


def test_of_a_long_answer_the_beginning_is_seen(opens: Open, registered: Callable[..., str]) -> None:
    screen = opens(case=registered(), form="home-visit")
    work = work_of(screen)
    work.sheet.answer("with_whom", "A Example, B Example, C Example and D Example of the unit " * 4)
    shown = field(screen, "with_whom")
    shown.show_value()
    assert isinstance(shown, TextField)
    assert shown.line.cursorPosition() == 0


def test_a_narrow_window_gives_way_and_grows_its_targets(
    qtbot: QtBot, opens: Open, registered: Callable[..., str]
) -> None:
    screen = opens(case=registered(), form="home-visit")
    work = work_of(screen)
    assert work.pages.isVisible()
    assert work.side.isVisible()
    screen.resize(480, 800)
    qtbot.waitUntil(lambda: not work.pages.isVisible())
    assert not work.side.isVisible()
    assert work._choose.currentText().startswith("1 of 3: At the door")
    outcome = field(screen, "outcome")
    assert isinstance(outcome, RadioField)
    assert min(option.height() for option in outcome._options.values()) >= 44
    assert work._next.height() >= 44
    work.open_evidence()
    assert work.side.isVisible()
    assert not work.stack.isVisible()


FORMS = [
    "address",
    "arms",
    "home-visit-plan",
    "mappa-level-1-review",
    "orders-and-conditions",
    "people",
    "recall",
]


@pytest.mark.parametrize(
    "form", [*FORMS, "report-issued", "safeguarding-check", "scores", "sentence", "significant-event"]
)
def test_every_widget_has_a_name_and_nothing_runs_out_of_the_page(
    qtbot: QtBot, opens: Open, registered: Callable[..., str], form: str
) -> None:
    screen = opens(case=registered(gender="man"), form=form)
    screen.resize(700, 700)
    work = work_of(screen)
    for page in work.opened.form.pages:
        work.go(page.page)
        shown = work._page(page.page)
        for rows in shown.findChildren(RepeatField):
            if rows.isVisible():
                rows.add()
        qtbot.wait(1)
        assert work.stack.currentWidget() is shown
        for widget in shown.findChildren(QWidget):
            if widget.isVisible() and isinstance(
                widget, QAbstractButton | QLineEdit | QPlainTextEdit | QComboBox
            ):
                assert named(widget), (page.page, widget)
        assert shown.widget().width() <= shown.viewport().width()


def named(widget: QWidget) -> str:
    found = QAccessible.queryAccessibleInterface(widget)
    return found.text(QAccessible.Text.Name) if found is not None else ""


def test_it_fits_at_twice_the_text(
    qtbot: QtBot, qapp: object, opens: Open, registered: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    look.put_on(qapp, look.Look(scale=2.0, still=True))  # type: ignore[arg-type]
    try:
        screen = opens(case=registered(name="A" * 58), form="home-visit")
        assert screen.size().toTuple() == (1150, 700)
        assert screen.minimumSizeHint().width() <= 1150
        assert not work_of(screen).pages.isVisible()
        assert in_force().scale == 2.0
    finally:
        look.put_on(qapp, look.Look(still=True))  # type: ignore[arg-type]


def test_a_line_inside_a_row_grows_with_its_words_and_stays_one_line(
    qtbot: QtBot, opens: Open, registered: Callable[..., str]
) -> None:
    screen = opens(case=registered(), form="contact")
    signs = field(screen, "signs")
    assert isinstance(signs, RepeatField)
    row = signs.add()
    QApplication.processEvents()
    line = signs.reveal(f"signs/{row}/sign")
    assert isinstance(line, LineOfWriting)
    narrow = line.height()
    assert narrow == LineField("").sizeHint().height()
    qtbot.keyClicks(line, "Drinks more than was agreed on the days after benefits come, alone and at home")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    pasted = QMimeData()
    pasted.setText(" and\nwith others ")
    line.insertFromMimeData(pasted)
    QApplication.processEvents()
    assert line.height() > narrow
    work_of(screen).sheet.settle()
    held = work_of(screen).sheet.value(f"signs/{row}/sign")
    assert held.endswith("at home and with others")
    assert "\n" not in held


def test_in_a_narrow_window_what_is_offered_scrolls_with_the_page(
    qtbot: QtBot, frame: Frame, opens: Open, registered: Callable[..., str]
) -> None:
    screen = opens(draft=crashed(frame.desk, registered()))
    work = work_of(screen)
    (offer,) = work.findChildren(Offer)
    assert not work.stack.isAncestorOf(offer)
    screen.resize(480, 800)
    qtbot.waitUntil(lambda: work.stack.isAncestorOf(offer))
    for page in ("contact", CHECK, "record", CHECK):
        work.go(page)
        QApplication.processEvents()
        assert offer.isVisible()
        assert work.stack.currentWidget().isAncestorOf(offer)
    work.check.show_check()
    assert work.check.isAncestorOf(offer)
    screen.resize(1150, 700)
    qtbot.waitUntil(lambda: not work.stack.isAncestorOf(offer))
    work.withdraw()
    assert not offer.isVisible()


def test_what_is_wrong_in_a_row_is_told_whole_however_late(
    qtbot: QtBot, qapp: QApplication, opens: Open, registered: Callable[..., str]
) -> None:
    look.put_on(qapp, look.Look(scale=2.0, still=True))
    screen = opens(case=registered(), form="maps-review")
    work = work_of(screen)
    lists = [each for each in work._page(work._at).findChildren(RepeatField) if each.isVisible()]
    for each in lists:
        each.add()
    qtbot.wait(20)
    work.sheet.all_due()
    work._refresh()
    qtbot.wait(20)
    assert lists
    assert wrongs(screen).count("still to be answered") > 2
    assert cut(work) == []
