"""The frame: the panel that says why, the switcher, dates and facts as words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from workbench.casework import choices
from workbench.casework.desk import Desk
from workbench.models.results import Because, BecauseEntry, Source
from workbench.ui import words
from workbench.ui.case import offered
from workbench.ui.shell import counts
from workbench.ui.shell.command import Command
from workbench.ui.shell.switcher import Switcher
from workbench.ui.shell.why import Why
from workbench.ui.widgets.buttons import Button
from workbench.ui.widgets.inputs import PlainField, SearchField
from workbench.ui.widgets.row import Row
from workbench.ui.widgets.text import Label, breakable

BECAUSE = Because(
    says="First home visit is owed by 7 November 2026.",
    rule="home-visit-first",
    text=1,
    book="national",
    source=Source("Home Visits Policy Framework", "first visit", "2021-10"),
    confidence="check",
    entries=(BecauseEntry("e1", "v1", "rosh.overall", "high", "2026-10-27"),),
    unknown=("registered",),
    arithmetic="23 October 2026 + 15 calendar days = 7 November 2026",
    would_change=("a release date",),
    note="The numbers are firm.",
)


def test_the_panel_says_everything_a_because_holds(qtbot: QtBot) -> None:
    """Sentence, confidence, arithmetic, source, entries, what is not recorded, what would change it, the rule."""
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(900, 700)
    wanted: list[str] = []
    panel = Why(wanted.append, window)
    window.show()
    panel.explain("First home visit", BECAUSE)
    told = "\n".join(label.text() for label in panel.findChildren(Label))
    for part in (
        BECAUSE.says,
        str(BECAUSE.arithmetic),
        "Home Visits Policy Framework, first visit (October 2021)",
        "a release date",
        "The numbers are firm.",
        "Rule home-visit-first, text 1, book: national",
    ):
        assert part in told
    assert "Registered" not in told
    panel.explain("First home visit", msgspec.structs.replace(BECAUSE, would_change=()))
    assert "Registered" in "\n".join(label.text() for label in panel.findChildren(Label))
    rests = next(button for button in panel.findChildren(Button) if "RoSH" in button.accessibleName())
    assert rests.accessibleName() == "RoSH, overall: high. Entry of 27 October 2026"
    assert rests.text() == "Entry of 27 October 2026"
    assert "RoSH, overall: high" in told
    rests.click()
    assert wanted == ["e1"]
    qtbot.keyClick(panel, Qt.Key.Key_Escape)
    assert not panel.isVisible()


def test_the_switcher_takes_people_and_commands_by_typing(qtbot: QtBot) -> None:
    """Arrows choose, Enter takes, Escape leaves everything as it was."""
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(900, 700)
    window.show()
    ran: list[str] = []
    opened: list[str] = []
    switcher = Switcher(window)
    commands = (Command("lock", "Lock now", "Ctrl+L", lambda: ran.append("lock")),)
    people = (Row("case:1", "Gwyn Sample", line="X1"), Row("case:2", "Ann Other", line="X2"))
    # Those whom the words fit come at once, as from a desk that is quick.
    switcher.wanted.connect(
        lambda text: switcher.offer_cases([row for row in people if text in row.spoken.casefold()])
    )
    field = switcher.findChild(SearchField)
    switcher.appear(commands, opened.append)
    qtbot.keyClicks(field, "x2")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    switcher.appear(commands, opened.append)
    qtbot.keyClicks(field, "lock")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    switcher.appear(commands, opened.append)
    qtbot.keyClick(field, Qt.Key.Key_Down)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert opened == ["2", "2"]
    assert ran == ["lock"]


def test_the_switcher_knows_other_words_and_the_forms_of_a_case(qtbot: QtBot, desk: Desk) -> None:
    """Forms show once something is typed; a command is found by what others call it."""
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(900, 700)
    window.show()
    done: list[str] = []
    switcher = Switcher(window)
    commands = (
        Command("back", "Back", "", lambda: done.append("back")),
        Command("cover", "Covering for a colleague", "", lambda: done.append("cover")),
    )
    field = switcher.findChild(SearchField)
    for typed in ("annual leave", "complaint", ""):
        switcher.appear(commands, done.append)
        switcher.offer_forms(offered.forms(desk), lambda form: done.append(f"write {form}"))
        qtbot.keyClicks(field, typed)
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert done == ["cover", "write request", "back"]
    switcher.appear(commands, done.append)
    qtbot.keyClicks(field, "complaint")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert done == ["cover", "write request", "back"]


def test_enter_opens_nobody_whom_the_last_letter_no_longer_fits(qtbot: QtBot) -> None:
    """Also where the desk has not answered yet."""
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    opened: list[str] = []
    switcher = Switcher(window)
    switcher.appear((), opened.append)
    switcher.offer_cases([Row("case:1", "Gwyn Sample", line="X1"), Row("case:2", "Ann Other", line="X2")])
    field = switcher.findChild(SearchField)
    qtbot.keyClicks(field, "gwynne")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert opened == []
    field.setText("other")
    switcher.offer_cases([Row("case:2", "Ann Other", line="X2")])
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert opened == ["2"]


def test_people_are_found_by_any_letters_of_their_name_or_crn(
    desk: Desk, registered: Callable[..., str]
) -> None:
    """Those last looked at first; letters without their accents will do."""
    cases = {
        name: registered(crn, name)
        for crn, name in (("X100001", "Llŷr Sample"), ("X100002", "Ann Other"), ("X100003", "Bea Other"))
    }

    def found(words: str, *recent: str) -> list[str]:
        return [row.title for row in counts.people(desk, recent, words)]

    assert found("llyr") == found("sam 001") == found("ŷr") == ["Llŷr Sample"]
    assert found("ot") == ["Ann Other", "Bea Other"]
    assert found("other", cases["Bea Other"], cases["Llŷr Sample"]) == ["Bea Other", "Ann Other"]
    assert found("", cases["Bea Other"]) == ["Bea Other", "Ann Other", "Llŷr Sample"]
    assert found("zz") == found("ann bea") == []
    choices.pin(desk, cases["Llŷr Sample"], kept=True)
    choices.pin(desk, cases["Ann Other"], kept=True)
    bea, ann = cases["Bea Other"], cases["Ann Other"]
    assert found("", bea, ann) == ["Llŷr Sample", "Ann Other", "Bea Other"]
    lines = [row.line for row in counts.people(desk, (bea, ann), "other")]
    assert lines == ["X100002, pinned", "X100003, last looked at"]
    assert found("pinned") == ["Llŷr Sample", "Ann Other"]


def test_without_words_a_few_stand_beside_the_pinned(desk: Desk, registered: Callable[..., str]) -> None:
    """So that the commands below them are in reach."""
    cases = [registered(f"X1{number:05}", f"Sample {number:02}") for number in range(11)]
    choices.pin(desk, cases[10], kept=True)
    offered = [row.title for row in counts.people(desk, (cases[9],))]
    assert offered == ["Sample 10", "Sample 09", *(f"Sample {number:02}" for number in range(7))]


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (words.day_words("2026-03-05"), "5 March 2026"),
        (words.day_words("2021-10"), "October 2021"),
        (words.day_words("2026-07-05T13:30:00Z"), "5 July 2026, 14:30"),
        (words.short_day("2026-03-11", date(2026, 3, 10)), "tomorrow"),
        (words.short_day("2026-03-10T23:30:00Z", date(2026, 3, 10)), "today"),
        (words.short_day("2026-07-10T23:30:00Z", date(2026, 7, 10)), "tomorrow"),
        (words.short_day("2028-03-11", date(2026, 3, 10)), "11 Mar 2028"),
        (words.ago("2026-03-09", date(2026, 3, 10)), "yesterday"),
        (words.ago("2026-02-09", date(2026, 3, 10)), "4 weeks ago"),
        (words.ago("2020-02-09", date(2026, 3, 10)), "6 years ago"),
        (words.fact_words("mappa.level"), "MAPPA, level"),
        (words.value_words("very-high"), "very high"),
        (words.value_words("Gwyn Sample"), "Gwyn Sample"),
    ],
)
def test_dates_and_facts_are_words(told: str, expected: str) -> None:
    """London days, summer time included."""
    assert told == expected


def test_words_without_a_break_are_broken(qtbot: QtBot) -> None:
    """No name holds a window open; a reader is told it whole."""
    name = "Q" * 90
    label = Label(name)
    qtbot.addWidget(label)
    assert "\u200b" in label.text()
    assert label.accessibleName() == name
    assert label.minimumSizeHint().width() < 300
    assert breakable("Cadwaladr-Featherstonehaugh") == "Cadwaladr-Featherstonehaugh"


def test_markup_is_words_and_pasting_is_plain(qtbot: QtBot) -> None:
    """In labels and in fields."""
    from PySide6.QtCore import QMimeData

    label = Label("<b>bold</b>")
    field = PlainField("Note")
    qtbot.addWidget(label)
    qtbot.addWidget(field)
    pasted = QMimeData()
    pasted.setHtml("<b>bold</b>")
    pasted.setText("plain\x00 words")
    field.insertFromMimeData(pasted)
    assert label.textFormat() == Qt.TextFormat.PlainText
    assert field.toPlainText() == "plain words"
