"""The sixty-second card: what one must know before a contact, in one panel that needs no scrolling."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from pytestqt.qtbot import QtBot

from tests.conftest import Stores
from tests.forms.examples import EXAMPLES
from tests.ui.conftest import Frame
from workbench.casework import recording
from workbench.casework.desk import Desk
from workbench.ui.card import presenter
from workbench.ui.card.view import CardScreen
from workbench.ui.shell.place import Place
from workbench.ui.widgets.buttons import Button
from workbench.ui.widgets.flow import Page
from workbench.ui.widgets.inputs import Tick
from workbench.ui.widgets.text import Label

LONG = "Goes to the allotment on Tuesdays and tells his sister before he travels anywhere by train. " * 6


def sign(desk: Desk, case: str, form: str, **answers: object) -> str:
    """Signs a form with these answers; gives the entry."""
    session = recording.start(desk, case, form)
    for path, answer in answers.items():
        session.answer(path, answer)
    entry = recording.sign(desk, case, session).entry
    assert entry is not None
    return entry


def example(desk: Desk, case: str, form: str, **more: object) -> None:
    """Signs the worked example of a form."""
    session = recording.start(desk, case, form)
    session.restore({**EXAMPLES[form][0], **more})
    recording.sign(desk, case, session)


def actions(desk: Desk, *what: tuple[str, str, str]) -> list[dict[str, str]]:
    """Rows of actions: what, by when, done on."""
    return [
        {"id": desk.ids.new(), "what": each, "who": "Ann Example", "by": by}
        | ({"done_on": done} if done else {})
        for each, by, done in what
    ]


def conditions(desk: Desk, *rows: tuple[str, str, str]) -> list[dict[str, str]]:
    """Rows of conditions in force: kind, words, what the last check showed."""
    return [
        {"id": desk.ids.new(), "kind": kind, "wording": wording, "in_force": "yes"}
        | ({"check_every": "each visit", "last_check": check} if check else {})
        for kind, wording, check in rows
    ]


def show(frame: Frame, qtbot: QtBot, case: str) -> CardScreen:
    """Shows the card as it stands beside the rail of a window of 1366 by 768, under one band."""
    screen = CardScreen(frame)
    qtbot.addWidget(screen)
    screen.resize(1366 - 208, 768 - 40)
    screen.show()
    screen.arrive(Place("card", case=case))
    qtbot.wait(5)
    return screen


def words(screen: CardScreen) -> str:
    """Every label in sight."""
    return "\n".join(label.accessibleName() for label in screen.findChildren(Label) if label.isVisible())


def button(screen: CardScreen, begins: str) -> Button:
    """The button in sight whose name begins so."""
    shown = [button for button in screen.findChildren(Button) if button.isVisible()]
    return next(button for button in shown if button.accessibleName().startswith(begins))


def test_the_last_three_contacts_and_what_was_promised(desk: Desk, registered: Callable[..., str]) -> None:
    """Newest first; tasks of the last contact that set any."""
    case = registered()
    for day in ("02", "03", "05"):
        sign(desk, case, "contact", on=f"2026-03-{day}T10:00:00Z", note=f"Note of {day}.", tasks=f"Do {day}.")
    sign(desk, case, "contact", on="2026-03-09T10:00:00Z", outcome="did-not-attend", explanation="No bus.")
    state = presenter.card(desk, case)
    assert [(each.when, each.what, each.words) for each in state.contacts] == [
        ("Yesterday", "Face to face, did not attend", "No bus."),
        ("Thu 5 Mar", "Face to face, attended", "Note of 05."),
        ("Tue 3 Mar", "Face to face, attended", "Note of 03."),
    ]
    assert (state.promised, state.promised_on) == ("Do 05.", "Thu 5 Mar")


def test_a_withdrawn_contact_is_not_on_it_and_a_visit_is(desk: Desk, registered: Callable[..., str]) -> None:
    """Only what still counts."""
    case = registered()
    gone = sign(desk, case, "contact", on="2026-03-09T10:00:00Z", note="Wrong person.")
    recording.withdraw(desk, case, desk.case(case).entries[gone].head.id, "Another case.")
    example(desk, case, "home-visit")
    assert [each.what for each in presenter.card(desk, case).contacts] == ["Home visit: Seen at home"]


def test_the_plan_asks_for_what_is_open_and_due_first(desk: Desk, registered: Callable[..., str]) -> None:
    """What is done asks nothing."""
    case = registered()
    rows = actions(
        desk,
        ("Join the woodwork group", "2026-04-01", ""),
        ("Show the telephone", "2026-03-01", ""),
        ("Ring the landlord", "2026-02-01", "2026-02-02"),
    )
    example(desk, case, "risk-management-plan", supervision_actions=rows)
    assert [(each.asks, each.note, each.tone) for each in presenter.card(desk, case).asks] == [
        ("Has this happened? Show the telephone", "Ann Example, was due 1 March 2026", "danger"),
        ("Has this happened? Join the woodwork group", "Ann Example, by 1 April 2026", "quiet"),
    ]


def test_conditions_of_their_own_stand_there_with_their_checks(
    desk: Desk, registered: Callable[..., str]
) -> None:
    """The standard ones are counted; nothing looks checked that was not."""
    case = registered()
    rows = conditions(
        desk,
        ("licence-standard", "Be of good behaviour.", ""),
        ("licence-additional", "Show every device.", "Telephone seen."),
        ("exclusion", "Keep out of the park.", ""),
    )
    sign(desk, case, "orders-and-conditions", on="2026-03-02", conditions=rows)
    state = presenter.card(desk, case)
    assert {(each.words, each.note) for each in state.conditions} == {
        ("Show every device.", "Checked: each visit. Last time: Telephone seen."),
        ("Keep out of the park.", ""),
    }
    assert state.more_conditions == "No check of 1 of them is recorded. Also in force: 1 standard condition."


def test_visor_says_when_it_was_checked_and_today_is_well(
    desk: Desk, stores: Stores, registered: Callable[..., str]
) -> None:
    """An older check asks for another."""
    case = registered()
    assert presenter.card(desk, case).visor == "No check before a contact is recorded."
    sign(desk, case, "contact", on="2026-03-10T08:00:00Z", note="Short.", visor_checked="checked")
    state = presenter.card(desk, case)
    assert (state.visor, state.visor_tone) == ("Last checked today, before a contact.", "good")
    stores.clock.move(timedelta(days=3))
    assert presenter.card(desk, case).visor_tone == "warn"


def test_opening_it_is_logged(desk: Desk, registered: Callable[..., str]) -> None:
    """As a look."""
    case = registered()
    presenter.card(desk, case)
    last = list(desk.store.log_rows())[-1]
    assert (last.what, last.case, last.detail) == ("looked", case, "sixty-second card")


def test_from_it_into_the_room_or_to_the_record(
    frame: Frame, qtbot: QtBot, registered: Callable[..., str]
) -> None:
    """The tick goes into the record."""
    case = registered()
    screen = show(frame, qtbot, case)
    button(screen, "In the room").click()
    button(screen, "Record the contact").click()
    screen.findChildren(Tick)[0].click()
    button(screen, "Record the contact").click()
    assert frame.rooms == [case]
    assert frame.went == [
        Place("form", case=case, form="contact"),
        Place("form", case=case, form="contact", given=(("visor_checked", "checked"),)),
    ]


def test_an_empty_record_says_what_is_not_there(
    frame: Frame, qtbot: QtBot, registered: Callable[..., str]
) -> None:
    """In words, each part."""
    said = words(show(frame, qtbot, registered()))
    for line in (
        "No contact is recorded yet.",
        "No task was set at the last contacts.",
        "The plan leaves no action open.",
        "Next appointment: none recorded",
    ):
        assert line in said


def test_it_never_scrolls_at_the_smallest_window_however_much_is_written(
    frame: Frame, qtbot: QtBot, registered: Callable[..., str]
) -> None:
    """The longest of everything, under a name of sixty letters."""
    desk = frame.desk
    case = registered(name="Maximilian Bartholomew Cadwaladr-Featherstonehaugh ap Llywelyn")
    rows = conditions(
        desk, *(("licence-additional", f"{number} {LONG}", f"{number} {LONG}") for number in range(9))
    )
    sign(desk, case, "orders-and-conditions", on="2026-03-02", conditions=rows)
    plan = actions(desk, *((f"{number} {LONG}", f"2026-03-0{number + 1}", "") for number in range(5)))
    example(desk, case, "risk-management-plan", supervision_actions=plan)
    for day in range(1, 6):
        sign(desk, case, "contact", on=f"2026-03-0{day}T10:00:00Z", note=LONG, tasks=LONG)
    screen = show(frame, qtbot, case)
    page = screen.findChildren(Page)[0]
    assert screen.findChildren(Button)[-1].isVisible()
    assert page.verticalScrollBar().maximum() == 0
    assert page.horizontalScrollBar().maximum() == 0
