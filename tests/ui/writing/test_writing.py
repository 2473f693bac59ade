"""Writing comfort: spelling in two languages, short forms, plain paste, undo, find."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from workbench.errors import BadInput
from workbench.ui.writing.field import WritingField
from workbench.ui.writing.find import FindBar
from workbench.ui.writing.snippets import as_text, expansion, from_text
from workbench.ui.writing.speller import Speller
from workbench.ui.writing.tools import Tools


@pytest.fixture(scope="module")
def speller() -> Speller:
    made = Speller()
    made._load()
    return made


@pytest.mark.parametrize(
    "word", ["allotment", "organise", "amodau", "amodau'r", "Mae’r", "MOSOVO", "OASys", "MAPPA's"]
)
def test_words_of_both_languages_and_of_the_field_are_right(speller: Speller, word: str) -> None:
    assert speller.right(word)


def test_a_slip_is_found_and_the_word_meant_comes_first(speller: Speller) -> None:
    assert not speller.right("recieve")
    assert speller.suggest("recieve")[0] == "receive"


def test_in_a_welsh_form_welsh_words_are_offered_first(speller: Speller) -> None:
    assert not speller.right("ymwelliad")
    assert "ymweliad" in speller.suggest("ymwelliad", "cy")
    assert "ymweliad" not in speller.suggest("ymwelliad", "en")


def test_own_words_and_names_are_right(speller: Speller) -> None:
    assert not speller.right("Quxwell")
    speller.names(["Asha Quxwell"])
    assert speller.right("Quxwell's")
    speller.names([])
    speller.own(["Zanzibarword"])
    assert speller.right("Zanzibarword")
    assert not speller.right("Quxwell")


def test_before_it_is_loaded_nothing_is_wrong() -> None:
    assert Speller().right("recieve")


def test_words_are_looked_at_once_the_dictionaries_are_there(qtbot: QtBot) -> None:
    tools = Tools()
    with qtbot.waitSignal(tools.changed, timeout=20_000):
        tools.wake()
    assert not tools.speller.right("recieve")


def test_a_screen_that_is_locked_away_while_they_load_is_left_alone(qtbot: QtBot) -> None:
    """A fault in the thread that loads would be told by pytest as an error."""
    tools = Tools()
    speller = tools.speller
    tools.wake()
    delete(tools)
    qtbot.waitUntil(lambda: speller.ready, timeout=20_000)
    assert not speller.right("recieve")


def test_a_short_form_stands_alone() -> None:
    snippets = {"dna": "Did not attend."}
    assert expansion("Then ;dna", snippets) == (4, "Did not attend.")
    assert expansion("word;dna", snippets) is None
    assert expansion(";dn", snippets) is None


@given(
    st.dictionaries(
        st.from_regex(r"[a-z0-9]{1,8}", fullmatch=True),
        st.from_regex(r"[A-Za-z]{1,9}( [a-z]{1,5})?", fullmatch=True),
    )
)
def test_short_forms_come_back_from_the_lines_they_are_edited_in(snippets: dict[str, str]) -> None:
    assert from_text(as_text(snippets)) == snippets


def test_a_line_that_is_no_short_form_is_told_with_its_number() -> None:
    with pytest.raises(BadInput, match="Line 2"):
        from_text("dna = Did not attend.\nnothing here")


@pytest.fixture
def tools(qtbot: QtBot) -> Tools:
    made = Tools()
    made._asked = True
    made.take((), {"dna": "Did not attend."})
    return made


def shown(qtbot: QtBot, tools: Tools) -> WritingField:
    field = WritingField("Note", tools)
    qtbot.addWidget(field)
    field.show()
    return field


def test_a_short_form_is_written_out_and_one_undo_takes_it_back(qtbot: QtBot, tools: Tools) -> None:
    field = shown(qtbot, tools)
    qtbot.keyClicks(field, "He ;dna ")
    assert field.toPlainText() == "He Did not attend. "
    field.undo()
    assert field.toPlainText() == "He ;dna"


def test_tab_writes_a_short_form_out_and_else_goes_on(qtbot: QtBot, tools: Tools) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    lines = QVBoxLayout(holder)
    field, other = WritingField("Note", tools), WritingField("Plan", tools)
    lines.addWidget(field)
    lines.addWidget(other)
    holder.show()
    holder.activateWindow()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    qtbot.keyClicks(field, ";dna")
    qtbot.keyClick(field, Qt.Key.Key_Tab)
    assert field.toPlainText() == "Did not attend."
    assert field.hasFocus()
    qtbot.keyClick(field, Qt.Key.Key_Tab)
    assert other.hasFocus()
    assert field.toPlainText() == "Did not attend."


def test_paste_takes_words_alone(qtbot: QtBot, tools: Tools) -> None:
    field = shown(qtbot, tools)
    data = QMimeData()
    data.setHtml("<b>bold</b><img src='file:///x.png'>")
    data.setText("bold")
    field.insertFromMimeData(data)
    assert field.toPlainText() == "bold"


def test_only_what_is_written_by_hand_is_told(qtbot: QtBot, tools: Tools) -> None:
    field = shown(qtbot, tools)
    told: list[str] = []
    field.wrote.connect(lambda: told.append(field.toPlainText()))
    field.put("from the draft")
    tools.changed.emit()
    qtbot.wait(10)
    assert told == []
    qtbot.keyClicks(field, "x")
    assert told == ["xfrom the draft"]


def test_a_field_grows_with_what_is_written(qtbot: QtBot, tools: Tools) -> None:
    field = shown(qtbot, tools)
    before = field.height()
    field.put_in("line\n" * 9)
    assert field.height() > before


def test_a_wrong_word_is_underlined_once_it_is_finished(qtbot: QtBot, tools: Tools, speller: Speller) -> None:
    tools.speller = speller
    field = shown(qtbot, tools)
    field.activateWindow()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    qtbot.keyClicks(field, "recieve")
    assert marked(field) == 0
    qtbot.keyClicks(field, " it")
    assert marked(field) == 1


def test_the_menu_puts_the_word_meant_in_place(qtbot: QtBot, tools: Tools, speller: Speller) -> None:
    tools.speller = speller
    field = shown(qtbot, tools)
    field.put("I recieve it")
    cursor = field.textCursor()
    cursor.setPosition(4)
    menu = field.menu_at(cursor)
    action = next(each for each in menu.actions() if each.text() == "receive")
    action.trigger()
    assert field.toPlainText() == "I receive it"
    assert "Add to my words" in [each.text() for each in menu.actions()]


def test_find_walks_through_the_fields_of_a_page(qtbot: QtBot, tools: Tools) -> None:
    first, second = shown(qtbot, tools), shown(qtbot, tools)
    first.put("The plan and the Plan")
    second.put("no plan")
    bar = FindBar(lambda: [first, second])
    qtbot.addWidget(bar)
    bar.show()
    reached: list[QWidget] = []
    bar.shown.connect(reached.append)
    qtbot.keyClicks(bar.wanted, "plan")
    assert bar.count.text() == "1 of 3"
    bar.step(1)
    bar.step(1)
    assert bar.count.text() == "3 of 3"
    assert reached[-1] is second
    assert second.textCursor().selectedText() == "plan"
    bar.step(-1)
    assert first.textCursor().selectedText() == "Plan"


def marked(field: WritingField) -> int:
    """How many stretches of the first paragraph are underlined."""
    block = QTextCursor(field.document()).block()
    return len(block.layout().formats())
