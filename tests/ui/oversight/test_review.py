"""The review: what changed since the last look, one question, and a touch point signed like any entry."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from tests.conftest import Stores, case_file
from tests.forms.examples import EXAMPLES
from tests.ui.conftest import Frame
from workbench.casework import importing, overseeing, recording, unfinished
from workbench.casework.desk import Desk
from workbench.errors import Refused
from workbench.models.results import Because, Duty
from workbench.store.store import Results
from workbench.ui.look import look
from workbench.ui.oversight.review import lens, presenter
from workbench.ui.oversight.review.judging import Judging
from workbench.ui.oversight.review.view import ReviewScreen
from workbench.ui.shell.place import Place
from workbench.ui.widgets.buttons import Button
from workbench.ui.widgets.panels import Nothing
from workbench.ui.widgets.text import Label

LOOKED = {
    "on": "2026-03-05",
    "reason": "periodic",
    "read": ["plan"],
    "changed": "Nothing.",
    "question": "Who sees the evenings?",
    "decision": "endorsed",
    "why": "It holds.",
}


def write(desk: Desk, case: str, form: str, answers: dict[str, object]) -> str:
    """Signs an entry and gives its id."""
    session = recording.start(desk, case, form)
    session.restore(answers)
    return recording.sign(desk, case, session).entry or ""


@pytest.fixture
def spo(stores: Stores, qapp: object) -> Frame:
    """The frame of an SPO with a store of her own."""
    look.load_fonts()
    look.put_on(qapp, look.Look(still=True))  # type: ignore[arg-type]
    return Frame(stores.desk(role="spo", person="Sal Example"))


@pytest.fixture
def case(spo: Frame) -> str:
    """Brought in by a file, then looked at."""
    importing.bring(spo.desk, case_file(), "case.json")
    case = spo.desk.cases()[0].case
    write(spo.desk, case, "touch-point", LOOKED)
    return case


@pytest.fixture
def show(qtbot: QtBot) -> Callable[..., ReviewScreen]:
    """Shows the review of a case."""

    def shown(frame: Frame, case: str, width: int = 1150) -> ReviewScreen:
        screen = ReviewScreen(frame)
        qtbot.addWidget(screen)
        screen.resize(width, 720)
        screen.show()
        screen.arrive(Place("review", case=case))
        qtbot.wait(1)
        return screen

    return shown


def judging(screen: ReviewScreen) -> Judging:
    """The form beside the record."""
    found = screen.findChildren(Judging)
    return found[-1]


def test_a_fact_that_changed_is_shown_as_it_was_and_is(spo: Frame, case: str) -> None:
    """And stands in the words that the look starts from."""
    write(spo.desk, case, "mappa-level", EXAMPLES["mappa-level"][0])
    review = presenter.review(spo.desk, case)
    changes = {change.what: (change.before, change.after) for change in review.since.changes}
    level = spo.desk.case(case).known("mappa.level", None, "2026-03-10").value
    assert changes["MAPPA, level"] == ("not recorded", f"Level {level}")
    assert f"MAPPA, level from not recorded to Level {level}" in review.opened.session.draft()["changed"]
    assert [written.entry for written in review.since.written] == [
        entry.id for entry in spo.desk.case(case).of_form("mappa-level")
    ]


def test_nothing_new_is_said_plainly(spo: Frame, case: str) -> None:
    """A case that nobody wrote on since."""
    since = presenter.review(spo.desk, case).since
    assert since.looked == "Last looked at on 5 March 2026 by Sal Example."
    assert since.words == (
        "Since the look of 5 March 2026. No level, date, address or person changed. Nothing was written."
    )


def test_the_first_look_says_that_nobody_looked(spo: Frame) -> None:
    """What is recorded then stands as written."""
    importing.bring(spo.desk, case_file(), "case.json")
    since = presenter.review(spo.desk, spo.desk.cases()[0].case).since
    assert (since.on, since.changes) == ("", ())
    assert [written.title for written in since.written] == [
        "File brought in",
        "Contact",
        "Risk of serious harm",
        "Registration",
    ]


def test_what_can_be_known_is_put_down_and_the_judgement_is_not(spo: Frame, case: str) -> None:
    """No decision, no question, no reason stands there beforehand."""
    draft = presenter.review(spo.desk, case).opened.session.draft()
    assert set(draft) == {"on", "reason", "fresh", "changed", "read"}
    assert draft["read"] == ["rosh", "contacts"]


def test_there_is_always_a_question_to_ask(spo: Frame, case: str) -> None:
    """Where no rule finds one, one of our own."""
    asks = presenter.review(spo.desk, case).asks
    assert 0 < len(asks) <= 3
    assert all(ask.says.endswith("?") for ask in asks)


def test_a_recall_asks_first(led: Frame) -> None:
    """Before everything else that is open."""
    case = next(row.case for row in led.desk.cases() if row.open_recall)
    review = presenter.review(led.desk, case)
    assert review.asks[0].says.startswith("What stops the recall")
    assert review.open[0].because.rule == "recall-open"


def test_the_plan_is_set_against_what_shows_it_happens(led: Frame) -> None:
    """Each action with its day; levels with theirs, the latest first."""
    case = overseeing.team(led.desk).looks[0].row.case
    review = presenter.review(led.desk, case)
    assert review.plan.startswith("Plan of ")
    assert {action.tone for action in review.actions} <= {"danger", "quiet", "good", "warn"}
    assert review.actions
    levels = {level.name: level.cells for level in review.levels}
    assert list(levels) == ["RoSH", "MAPPA level", "ARMS", "OSP/DC", "OSP/IIC"]
    assert levels["RoSH"][0][1].casefold() == led.desk.store.case_row(case).rosh


def test_what_may_lie_done_on_another_laptop_is_not_called_overdue(led: Frame) -> None:
    """Nothing newer than its last day has come from there; a look is the SPO's own, and is."""
    row = led.desk.cases()[0]
    heard = overseeing.heard_of(led.desk, row.case)[row.case].at[:10]
    why = Because("", "plan-review", 1, "national", None, "firm")
    asked = Duty(
        "plan-review/x/1", "plan-review", row.case, "Plan looked at", "practitioner", "duty", heard, why
    )
    before = str(date.fromisoformat(heard) - timedelta(days=1))
    older = replace(asked, duty="plan-review/x/2", asks="Plan looked at before", due=before)
    own = replace(asked, duty="touch-periodic/x/1", asks="SPO look", owed_by="spo", due=heard)
    led.desk.store.put_results([Results(row, (replace(asked, due=heard), older, own))])
    stands = {item.asks: item.stands for item in presenter.review(led.desk, row.case).open}
    assert stands["Plan looked at"] == "not known to be done"
    assert stands["Plan looked at before"].startswith("overdue by ")
    assert stands["SPO look"].startswith("overdue by ")


def test_signing_says_what_is_missing_and_goes_there(
    spo: Frame, case: str, show: Callable[..., ReviewScreen], qtbot: QtBot
) -> None:
    """Nothing is signed until it is there."""
    screen = show(spo, case)
    before = len(spo.desk.case(case).of_form("touch-point"))
    judging(screen).press()
    said = "\n".join(label.text() for label in screen.findChildren(Label) if label.isVisible())
    assert "What was asked?: still to be answered." in said
    assert len(spo.desk.case(case).of_form("touch-point")) == before


def test_a_look_is_signed_as_an_entry(
    spo: Frame, case: str, show: Callable[..., ReviewScreen], qtbot: QtBot
) -> None:
    """Asked, decided, why; the rest as it was put down. Then one is back at Oversight."""
    screen = show(spo, case)
    part = judging(screen)
    asked = presenter.review(spo.desk, case).asks[0].says
    part.first().click()
    decision = next(box for box in part.findChildren(QComboBox) if box.accessibleName() == "What is decided?")
    qtbot.keyClick(decision, Qt.Key.Key_Down)
    part.sheet.answer("why", "The plan holds.")
    part.press()
    signed = spo.desk.case(case).of_form("touch-point")[-1].head.answers()
    assert (signed["question"], signed["decision"], signed["why"]) == (asked, "endorsed", "The plan holds.")
    assert signed["changed"].startswith("Since the look of 5 March 2026.")
    assert spo.went[-1] == Place("oversight")
    assert spo.said[-1][1] == "good"
    assert unfinished.begun(spo.desk, case) == ()


def test_words_not_signed_are_there_again(
    spo: Frame, case: str, show: Callable[..., ReviewScreen], qtbot: QtBot
) -> None:
    """Leaving keeps them; coming back takes them up."""
    screen = show(spo, case)
    judging(screen).sheet.answer("why", "Half a thought.")
    screen.leave()
    again = show(spo, case)
    assert judging(again).sheet.value("why") == "Half a thought."
    assert len(unfinished.begun(spo.desk, case)) == 1


def test_where_it_is_narrow_one_side_is_shown_at_a_time(
    spo: Frame, case: str, show: Callable[..., ReviewScreen], qtbot: QtBot
) -> None:
    """The record first; the look one press away."""
    screen = show(spo, case, width=640)
    assert not judging(screen).isVisible()
    next(button for button in screen.findChildren(Button) if button.accessibleName() == "Your look").click()
    assert judging(screen).isVisible()


def test_who_writes_no_touch_point_is_told_so(
    frame: Frame, registered: Callable[..., str], show: Callable[..., ReviewScreen]
) -> None:
    """A practitioner is not asked to judge."""
    case = registered()
    with pytest.raises(Refused):
        presenter.review(frame.desk, case)
    assert show(frame, case).findChildren(Nothing)


def test_every_question_of_the_inspectors_is_sound(spo: Frame, case: str) -> None:
    """Its forms and findings exist; what speaks to it and what is missing is told, and nothing is graded."""
    desk = spo.desk
    found = lens.lens()
    assert {question.part for question in found.questions} == {"Assessment", "Planning", "Delivery", "Review"}
    forms = {form.form for form in desk.library.latest()}
    for question in found.questions:
        assert question.asks.endswith("?")
        assert set(question.forms) <= forms
        assert set(question.findings) <= set(desk.book.findings)
    seen = {each.asks: each for each in presenter.review(desk, case).seen}
    contact = seen["Is there enough contact to manage the risk?"]
    assert [words for words, _ in contact.speaks] == ["Contact, 3 Mar 2025"]
    assert "Nothing new since the last look." in contact.missing
    assert seen["Were home visits made where they were needed?"].missing == (
        "Nothing is recorded that speaks to it.",
    )
