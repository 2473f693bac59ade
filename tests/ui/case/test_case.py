"""A case: the head that is always there, everything in words, each line leading to its entry."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.forms.examples import EXAMPLES
from tests.ui.conftest import Frame
from workbench.casework import drafting, recording, sitting
from workbench.casework.desk import Desk
from workbench.casework.drafting import Spot
from workbench.ui.case import presenter
from workbench.ui.case.assessments import presenter as assessments
from workbench.ui.case.chronology import presenter as chronology
from workbench.ui.case.chronology.view import Chronology
from workbench.ui.case.entries import NewEntry
from workbench.ui.case.plan import presenter as plan
from workbench.ui.case.summary import presenter as summary
from workbench.ui.case.tabs import MAKE
from workbench.ui.case.view import CaseScreen
from workbench.ui.shell.place import Place
from workbench.ui.widgets.buttons import Button
from workbench.ui.widgets.panels import Shield


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
    assert dict(head.values)["Next appointment"] == "none recorded"
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
    found = chronology.lines(desk, case)
    contacts = chronology.shown(found, "contacts")
    assert [line.entry for line in contacts] == [second, first]
    assert [line.day for line in contacts] == ["Yesterday, Mon 9 March", ""]
    assert not chronology.shown(found, "visits")
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
    contacts = chronology.shown(chronology.lines(desk, case), "all")
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
        "Ring the police. Ann Example: done 2 March 2026. Shown by 1 entries.",
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


def test_a_form_is_found_by_typing(frame: Frame, registered: Callable[..., str], qtbot: QtBot) -> None:
    """Enter takes the first that fits."""
    screen = CaseScreen(frame)
    qtbot.addWidget(screen)
    screen.resize(1200, 800)
    screen.show()
    panel = NewEntry(screen)
    chosen: list[str] = []
    panel.chosen.connect(chosen.append)
    panel.appear(NewEntry.forms(frame.desk))
    field = panel.findChild(type(panel._field))
    qtbot.keyClicks(field, "home visit")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert chosen == ["home-visit"]
