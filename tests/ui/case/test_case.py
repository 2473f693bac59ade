"""A case: the head that is always there, everything in words, each line leading to its entry."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.forms.examples import EXAMPLES
from tests.ui.conftest import Frame
from workbench.casework import choices, drafting, recording, sitting
from workbench.casework.desk import Desk
from workbench.casework.drafting import Spot
from workbench.ui.case import offered, presenter
from workbench.ui.case.assessments import presenter as assessments
from workbench.ui.case.chronology import lines
from workbench.ui.case.chronology import presenter as chronology
from workbench.ui.case.chronology.view import Chronology
from workbench.ui.case.entries import NewEntry
from workbench.ui.case.plan import presenter as plan
from workbench.ui.case.summary import presenter as summary
from workbench.ui.case.summary.view import Summary
from workbench.ui.case.tabs import MAKE
from workbench.ui.case.view import CaseScreen
from workbench.ui.shell.place import Place
from workbench.ui.widgets.buttons import Button
from workbench.ui.widgets.panels import Card, Shield
from workbench.ui.widgets.text import Label


def write(desk: Desk, case: str, form: str, **more: object) -> str:
    """Signs the worked example of a form; gives the entry."""
    session = recording.start(desk, case, form)
    session.restore({**EXAMPLES[form][0], **more})
    entry = recording.sign(desk, case, session).entry
    assert entry is not None
    return entry


def contact(desk: Desk, case: str, note: str, on: str) -> str:
    """Signs a contact."""
    session = recording.start(desk, case, "contact")
    session.answer("on", on)
    session.answer("note", note)
    entry = recording.sign(desk, case, session).entry
    assert entry is not None
    return entry


def test_the_head_says_what_is_not_recorded(desk: Desk, registered: Callable[..., str]) -> None:
    """And the age on the day practice is seen from."""
    head = presenter.head(desk, registered(name="Gwyn Sample"))
    assert (head.name, head.rosh, head.mappa, head.recall) == ("Gwyn Sample", "RoSH not recorded", "", "")
    assert dict(head.values)["Age"] == "46"
    assert dict(head.values)["Next appointment"] == "None recorded"
    assert {risk.level for risk in head.risks} == {"not recorded"}


def test_opening_a_case_is_logged_before_it_is_shown(desk: Desk, registered: Callable[..., str]) -> None:
    """One row of the look-log."""
    case = registered()
    presenter.head(desk, case)
    last = list(desk.store.log_rows())[-1]
    assert (last.what, last.case) == ("looked", case)


def test_facts_are_words_with_their_entry(desk: Desk, registered: Callable[..., str]) -> None:
    """Option words, never ids, and the way back to where they were written."""
    case = registered()
    entry = write(desk, case, "rosh")
    parts = {part.title: part.facts for part in summary.page(desk, case).parts}
    overall = parts["Risk of serious harm"][0]
    assert overall.entry == entry
    assert overall.words[0].isupper()
    assert parts["Conditions in force"] == ()


def test_the_chronology_groups_by_day_and_filters(desk: Desk, registered: Callable[..., str]) -> None:
    """The latest first; a day is named once."""
    case = registered()
    first = contact(desk, case, "Came on time.", "2026-03-09T10:00:00Z")
    second = contact(desk, case, "Rang about the hostel.", "2026-03-09T15:00:00Z")
    found = lines.read(desk, case)
    contacts = lines.shown(found, lines.Cut("contacts"))
    assert [line.entry for line in contacts] == [second, first]
    assert [line.day for line in contacts] == ["Yesterday, Mon 9 March", ""]
    assert not lines.shown(found, lines.Cut("visits"))
    assert chronology.find(desk, case, "hostel") == {second}
    assert contacts.nearest("2026-03-09") == second


def test_what_has_a_day_and_no_time_stands_before_the_moments_of_that_day_in_london(
    desk: Desk, registered: Callable[..., str]
) -> None:
    """Half past midnight in summer is still the day before in UTC."""
    case = registered()
    evening = contact(desk, case, "Rang late.", "2025-06-30T21:50:00Z")
    night = contact(desk, case, "Taken to hospital.", "2025-06-30T23:30:00Z")
    day = write(desk, case, "address", on="2025-07-01")
    contacts = lines.shown(lines.read(desk, case), lines.Cut())
    told = [(line.entry, line.day) for line in contacts if line.entry in (evening, night, day)]
    assert told == [(night, "Tue 1 July 2025"), (day, ""), (evening, "Mon 30 June 2025")]


def test_no_line_of_the_chronology_can_be_written_in_or_moved(
    frame: Frame, registered: Callable[..., str], qtbot: QtBot
) -> None:
    """It is read; a reader must not call it editable."""
    case = registered()
    tab = Chronology(frame)
    qtbot.addWidget(tab)
    tab.arrive(Place("case", case=case, tab="chronology"))
    index = tab._list.model().index(0, 0)
    assert tab._list.model().rowCount() == 1
    assert index.flags() == Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
    assert tab._list.model().supportedDragActions() == Qt.DropAction.CopyAction


def test_the_chronology_says_what_was_signed_in_one_sitting(
    desk: Desk, registered: Callable[..., str]
) -> None:
    """In words, in the list and in the entry itself; an entry by itself says nothing of it."""
    case = registered(gender="man", tools="men")
    alone = write(desk, case, "sentence")
    drafts = [sitting.begin(desk, case, form, from_last=False) for form in ("arms", "oasys-prompts")]
    for draft in drafts:
        writing = drafting.take_up(desk, draft).writing
        drafting.keep(desk, writing, EXAMPLES[writing.form][0], {}, Spot())
    sitting.sign(desk, case, drafts)
    arms, prompts = (desk.case(case).of_form(form)[0].id for form in ("arms", "oasys-prompts"))
    found = chronology.previews(desk, case, (alone, arms, prompts))
    said = [each for each, preview in found.items() if ("One sitting", "plain") in preview.pills]
    assert said == [arms, prompts]
    whole, by_itself = chronology.whole(desk, case, arms), chronology.whole(desk, case, alone)
    assert whole is not None
    assert by_itself is not None
    assert whole.says.endswith("Signed in one sitting with: ARMS-informed OASys prompts.")
    assert "one sitting" not in by_itself.says


def test_a_preview_holds_what_was_written_and_its_source(desk: Desk, registered: Callable[..., str]) -> None:
    """In words."""
    case = registered()
    entry = contact(desk, case, "Came on time.", "2026-03-09T10:00:00Z")
    preview = chronology.previews(desk, case, [entry])[entry]
    assert preview.text == "Came on time."
    assert preview.pills[0] == ("Source: The person on probation", "info")


def test_an_entry_is_read_amended_and_withdrawn(
    frame: Frame, registered: Callable[..., str], qtbot: QtBot
) -> None:
    """From the pane beside the list."""
    case = registered()
    entry = contact(frame.desk, case, "Came on time.", "2026-03-09T10:00:00Z")
    tab = Chronology(frame)
    qtbot.addWidget(tab)
    tab.resize(1000, 700)
    tab.show()
    tab.arrive(Place("case", case=case, tab="chronology", entry=entry))
    qtbot.wait(1)
    buttons = {button.accessibleName(): button for button in tab.findChildren(Button) if button.isVisible()}
    buttons["Amend"].click()
    assert frame.went[-1] == Place("form", case=case, form="contact", entry=entry)
    buttons["Withdraw"].click()
    qtbot.wait(1)
    field = frame_field(tab)
    qtbot.keyClicks(field, "Written on the wrong case.")
    next(button for button in tab.findChildren(Button) if button.accessibleName() == "Withdraw it").click()
    assert frame.desk.case(case).entries[entry].status == "withdrawn"
    whole = chronology.whole(frame.desk, case, entry)
    assert whole is not None
    assert whole.earlier[0].why == "Written on the wrong case."


def frame_field(tab: Chronology) -> object:
    """The field that asks for the reason."""
    from workbench.ui.widgets.inputs import PlainField

    return next(field for field in tab.findChildren(PlainField) if field.isVisible())


def test_offence_detail_is_covered_and_lifting_is_logged(
    frame: Frame, registered: Callable[..., str], qtbot: QtBot
) -> None:
    """One press, one row."""
    case = registered()
    write(frame.desk, case, "sentence")
    screen = CaseScreen(frame)
    qtbot.addWidget(screen)
    screen.resize(1200, 800)
    screen.show()
    screen.arrive(Place("case", case=case))
    qtbot.wait(1)
    shield = screen.findChildren(Shield)[0]
    shield.findChild(Button).click()
    assert list(frame.desk.store.log_rows(case))[-1].what == "revealed"


@pytest.mark.parametrize("tab", MAKE)
def test_an_empty_case_says_what_is_missing(
    frame: Frame, registered: Callable[..., str], qtbot: QtBot, tab: str
) -> None:
    """On every tab; none fails on a person just registered."""
    case = registered(name="Gwyn Sample")
    screen = CaseScreen(frame)
    qtbot.addWidget(screen)
    screen.resize(1200, 800)
    screen.show()
    screen.arrive(Place("case", case=case, tab=tab))
    qtbot.wait(1)
    assert frame.said == []


def test_the_plan_says_what_shows_that_an_action_happened(desk: Desk, registered: Callable[..., str]) -> None:
    """Done without evidence says so."""
    case = registered()
    entry = contact(desk, case, "Checked the phone.", "2026-03-09T10:00:00Z")
    actions = [
        {"id": "a1", "what": "Check devices", "who": "Ann Example", "by": "2026-03-01"},
        {
            "id": "a2",
            "what": "Ring the police",
            "who": "Ann Example",
            "done_on": "2026-03-02",
            "shown_by": [entry],
        },
        {"id": "a3", "what": "Ask the VLO", "who": "Ann Example", "done_on": "2026-03-02"},
    ]
    write(desk, case, "risk-management-plan", monitoring_actions=actions)
    words = [fact.words for part in plan.parts(desk, case) for fact in part.facts if fact.name == "Actions"]
    assert words[:3] == [
        "Check devices. Ann Example: past its day (1 March 2026).",
        "Ring the police. Ann Example: done 2 March 2026. Shown by 1 entry.",
        "Ask the VLO. Ann Example: done 2 March 2026. Nothing shows yet that it happened.",
    ]


def test_assessments_stand_side_by_side_in_words(desk: Desk, registered: Callable[..., str]) -> None:
    """The latest first; no sum, no arrow."""
    case = registered()
    write(desk, case, "rosh")
    write(desk, case, "rosh", on="2026-03-09", overall="very high")
    table = next(table for table in assessments.assessments(desk, case).tables if len(table.columns) == 2)
    rows = dict(table.rows)
    overall = next(cells for name, cells in rows.items() if name.lower().startswith("overall"))
    assert overall[0] == "Very high"


def test_the_head_pins_a_case_and_lets_it_go(
    frame: Frame, registered: Callable[..., str], qtbot: QtBot
) -> None:
    """The words on the button say what it does next."""
    case = registered()
    screen = CaseScreen(frame)
    qtbot.addWidget(screen)
    screen.resize(1200, 800)
    screen.show()
    screen.arrive(Place("case", case=case))
    button = screen._pin
    assert (button.text(), button.accessibleName()) == ("Pin", "Pin: keep this person at hand (F9)")
    button.click()
    assert button.text() == "Unpin"
    assert button.accessibleName().startswith("Unpin: ")
    assert choices.pinned(frame.desk) == (case,)
    screen.arrive(Place("case", case=case))
    assert button.text() == "Unpin"
    screen.pinned("another", kept=False)
    assert button.text() == "Unpin"
    button.click()
    assert (button.text(), choices.pinned(frame.desk)) == ("Pin", ())


def test_a_form_is_found_by_typing(frame: Frame, registered: Callable[..., str], qtbot: QtBot) -> None:
    """Enter takes the first that fits."""
    screen = CaseScreen(frame)
    qtbot.addWidget(screen)
    screen.resize(1200, 800)
    screen.show()
    panel = NewEntry(screen)
    chosen: list[str] = []
    panel.chosen.connect(chosen.append)
    panel.appear(offered.forms(frame.desk))
    field = panel.findChild(type(panel._field))
    qtbot.keyClicks(field, "home visit")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert chosen == ["home-visit"]


def test_a_remark_is_said_once_and_names_its_entries(desk: Desk, registered: Callable[..., str]) -> None:
    """However many actions are late; what each is about is a title and a day, never just an entry."""
    case = registered()
    late = [{"id": "a", "what": "Ring", "who": "Nia", "by": "2026-01-05"}]
    plan_of = {"supervision_actions": late, "monitoring_actions": late}
    entry = write(desk, case, "risk-management-plan", **plan_of)
    remarks = summary.page(desk, case).remarks
    said = [remark.says for remark in remarks]
    assert len(said) == len(set(said))
    remark = next(remark for remark in remarks if "past its day" in remark.says)
    assert remark.times >= 2
    assert [found for _, found in remark.entries] == [entry]
    assert remark.entries[0][0].startswith("Risk management plan, ")


def test_the_plan_repeats_no_title_and_runs_no_rows_together(
    desk: Desk, registered: Callable[..., str]
) -> None:
    """What a card is called is not said again in it; each row of a list is a line of its own."""
    case = registered()
    row = {"id": "r", "who": "A child.", "from_what": "Harm.", "what_holds": "Visits."}
    write(desk, case, "risk-management-plan", at_risk=[row, {**row, "id": "s", "who": "A neighbour."}])
    parts = plan.parts(desk, case)
    assert [part.title for part in parts if part.facts[0].name == part.title.partition(" (")[0]] == []
    lines = [fact.words for part in parts for fact in part.facts if "Harm" in fact.words]
    assert lines == ["A child; Harm; Visits.", "A neighbour; Harm; Visits."]


def test_where_it_is_narrow_a_long_name_has_the_whole_width(
    frame: Frame, registered: Callable[..., str], qtbot: QtBot
) -> None:
    """What to do goes beside the list of tabs, and Tab reaches it after the list."""
    screen = CaseScreen(frame)
    qtbot.addWidget(screen)
    screen.resize(660, 480)
    screen.show()
    screen.arrive(Place("case", case=registered(name="Maximilian Bartholomew Featherstonehaugh ap Llywelyn")))
    qtbot.wait(1)
    acts, listed = screen._acts, screen._tab_list
    assert acts.mapTo(screen, acts.rect().topLeft()).y() > screen._name.geometry().bottom()
    assert acts.geometry().left() > listed.geometry().right()
    assert screen._stack.height() > 200
    assert listed.nextInFocusChain() is screen._buttons[0]
    screen.resize(1200, 800)
    qtbot.wait(1)
    assert acts.mapTo(screen, acts.rect().topLeft()).y() < screen._values.geometry().top()


@pytest.mark.parametrize(("width", "at"), [(1000, [(0, 0), (1, 0), (1, 1)]), (500, [(0, 0), (0, 1), (0, 2)])])
def test_cards_stand_in_the_shorter_column_and_in_order_where_there_is_one(
    frame: Frame, qtbot: QtBot, width: int, at: list[tuple[int, int]]
) -> None:
    """A long first card does not push the third below it while the second column is empty."""
    tab = Summary(frame)
    qtbot.addWidget(tab)
    tab.resize(width, 600)
    tab.show()
    qtbot.wait(1)
    cards = [Card(title) for title in ("One", "Two", "Three")]
    for line in range(12):
        cards[0].body.addWidget(Label(f"Line {line}"))
    tab.show_cards(cards)
    qtbot.wait(1)
    lefts = sorted({card.x() for card in cards})
    placed = [
        (lefts.index(card.x()), sum(other.x() == card.x() and other.y() < card.y() for other in cards))
        for card in cards
    ]
    assert placed == at


def test_a_word_that_no_form_bears_is_said_and_escape_leads_back(
    frame: Frame, registered: Callable[..., str], qtbot: QtBot
) -> None:
    """To the button that opened the panel."""
    screen = CaseScreen(frame)
    qtbot.addWidget(screen)
    screen.resize(1200, 800)
    with qtbot.waitActive(screen):
        screen.show()
        screen.activateWindow()
    screen.arrive(Place("case", case=registered()))
    button = next(each for each in screen.findChildren(Button) if each.accessibleName() == "New entry")
    button.setFocus()
    button.click()
    panel = screen.findChildren(NewEntry)[0]
    assert panel._none.isHidden()
    qtbot.keyClicks(panel._field, "zzz")
    assert panel._none.isVisible()
    qtbot.keyClick(panel._field, Qt.Key.Key_Return)
    assert frame.went == []
    qtbot.keyClick(panel._field, Qt.Key.Key_Escape)
    assert panel.isHidden()
    assert screen.focusWidget() is button
