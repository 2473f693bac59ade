"""One sitting on the screen: changes in words, forms written on the form screen, signed together here."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.casework.test_sitting import filled
from tests.casework.test_threads import write
from tests.conftest import Stores
from tests.ui.conftest import Frame
from workbench.casework.desk import Desk
from workbench.ui.case import presenter as head
from workbench.ui.form.view import FormScreen
from workbench.ui.shell.place import Place
from workbench.ui.sitting import presenter
from workbench.ui.sitting.view import SittingScreen
from workbench.ui.today import presenter as today
from workbench.ui.widgets.buttons import Button
from workbench.ui.widgets.inputs import Tick
from workbench.ui.widgets.panels import Band


@pytest.fixture
def case(desk: Desk, registered: Callable[..., str]) -> str:
    """A man with a sexual conviction and an ARMS."""
    case = registered(name="Gwyn Sample", gender="man", tools="men")
    write(desk, case, "sentence")
    write(desk, case, "rosh", on="2026-03-01")
    return case


def assessed(stores: Stores, desk: Desk, case: str) -> None:
    """Signs an ARMS, between what was known before and what comes after."""
    stores.clock.move(timedelta(hours=1))
    write(desk, case, "arms")
    stores.clock.move(timedelta(hours=1))


def button(root: Any, name: str) -> Button:
    """The button of a name."""
    return next(each for each in root.findChildren(Button) if each.accessibleName() == name)


def test_changes_are_said_once_for_each_person_and_fact(stores: Stores, desk: Desk, case: str) -> None:
    """What it is and what it was, in words; without an assessment there is nothing to compare with."""
    assert (presenter.opened(desk, case).since, presenter.opened(desk, case).changes) == ("", ())
    assessed(stores, desk, case)
    write(desk, case, "rosh", on="2026-03-09", overall="very high", children="very high")
    partner = {"id": "p1", "name": "Carys", "relation": "partner", "under_18": "no", "contact_allowed": "yes"}
    write(desk, case, "people", on="2026-03-10", people=[partner])
    found = presenter.opened(desk, case)
    assert {change.name: change.words for change in found.changes} == {
        "RoSH, children": "Very high (before: High).",
        "RoSH, overall": "Very high (before: High).",
        "Own account, partner": "Says there is a partner.",
        "Carys": "Contact allowed: Yes. Name: Carys. Relation: Partner. Under 18: No.",
    }
    assert found.told.splitlines()[0] == "RoSH, children: Very high (before: High)."


def test_an_event_leads_to_a_sitting_from_today_and_from_the_case(desk: Desk, case: str) -> None:
    """Once its reviews are done, nothing does."""
    write(desk, case, "significant-event", kind="new-partner", learnt_on="2026-03-09T10:00:00Z")
    assert [item.asks for item in today.today(desk).items if item.sits] == ["A new partner"]
    assert "A new partner" in [due.asks for due in head.head(desk, case).due if due.sits]
    assert presenter.opened(desk, case).asked[0].asks == "A new partner"


def test_a_form_is_begun_written_and_comes_back_unsigned(
    frame: Frame, stores: Stores, case: str, qtbot: QtBot
) -> None:
    """Its last button leads back to the sitting, and nothing was signed."""
    desk = frame.desk
    screen = SittingScreen(frame)
    qtbot.addWidget(screen)
    screen.resize(1200, 800)
    screen.show()
    screen.arrive(Place("sitting", case=case))
    qtbot.keyClick(button(screen, "Begin empty: Risk management plan"), Qt.Key.Key_Space)
    place = frame.went[-1]
    assert (place.screen, place.tab, bool(place.draft)) == ("form", "sitting", True)
    filled(desk, case, "risk-management-plan")
    form = FormScreen(frame)
    qtbot.addWidget(form)
    form.resize(1200, 800)
    form.show()
    form.arrive(place)
    qtbot.wait(1)
    button(form, "Check").click()
    back = [each for each in form.findChildren(Button) if each.accessibleName() == "Back to the sitting"]
    back[-1].click()
    assert frame.went[-1] == Place("sitting", case=case)
    assert form.here() == place
    assert desk.case(case).of_form("risk-management-plan") == ()


def test_ready_forms_are_signed_together_and_an_unfinished_one_stays(
    frame: Frame, case: str, qtbot: QtBot
) -> None:
    """One press; the message names what was signed."""
    desk = frame.desk
    for form in ("arms", "risk-management-plan"):
        filled(desk, case, form)
    left = filled(desk, case, "mappa-level-1-review", decision=None)
    screen = SittingScreen(frame)
    qtbot.addWidget(screen)
    screen.resize(1200, 800)
    screen.show()
    screen.arrive(Place("sitting", case=case))
    sign = button(screen, "Sign 2 together: ARMS assessment, Risk management plan")
    qtbot.keyClick(sign, Qt.Key.Key_Space)
    assert frame.said[-1] == ("Signed together: ARMS assessment, Risk management plan.", "good")
    assert frame.went[-1].entry == desk.case(case).of_form("risk-management-plan")[-1].id
    assert [form.draft for form in presenter.opened(desk, case).unfinished] == [left]


def test_pressing_twice_signs_once(
    frame: Frame, case: str, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second press would be told that the drafts are gone; and who went on meanwhile is not fetched back."""
    filled(frame.desk, case, "risk-management-plan")
    screen = SittingScreen(frame)
    qtbot.addWidget(screen)
    screen.show()
    screen.arrive(Place("sitting", case=case))
    late: list[Callable[[], None]] = []
    at_once = frame.ask
    monkeypatch.setattr(frame, "ask", lambda *asked, key="": late.append(lambda: at_once(*asked, key=key)))
    sign = button(screen, "Sign: Risk management plan")
    sign.click()
    sign.click()
    assert len(late) == 1
    screen.hide()
    late.pop()()
    assert frame.said == [("Signed together: Risk management plan.", "good")]
    assert frame.went == []


def test_a_refusal_is_said_on_the_page_and_nothing_is_lost(frame: Frame, case: str, qtbot: QtBot) -> None:
    """A draft that was signed meanwhile elsewhere."""
    draft = filled(frame.desk, case, "risk-management-plan")
    screen = SittingScreen(frame)
    qtbot.addWidget(screen)
    screen.resize(1200, 800)
    screen.show()
    screen.arrive(Place("sitting", case=case))
    presenter.sign(frame.desk, case, (draft,))
    button(screen, "Sign: Risk management plan").click()
    bands = [band.words.text() for band in screen.findChildren(Band)]
    assert bands == ["A draft of this sitting is gone. It may have been signed."]
    assert len(frame.desk.case(case).of_form("risk-management-plan")) == 1


def test_what_was_looked_at_is_counted_and_stays_ticked(
    frame: Frame, stores: Stores, case: str, qtbot: QtBot
) -> None:
    """Also after coming back from a form."""
    assessed(stores, frame.desk, case)
    write(frame.desk, case, "rosh", on="2026-03-09", overall="very high", children="very high")
    screen = SittingScreen(frame)
    qtbot.addWidget(screen)
    screen.resize(1200, 800)
    screen.show()
    for _ in range(2):
        screen.arrive(Place("sitting", case=case))
        qtbot.wait(1)
        ticks = [tick for tick in screen.findChildren(Tick) if tick.isVisible()]
        ticks[0].setChecked(True)
        assert screen._count is not None
        assert screen._count.text().endswith("1 of 2 looked at.")
