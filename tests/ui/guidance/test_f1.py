"""F1: every screen, and every part of one that has a page of its own, opens the page that tells of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Frame
from workbench.ui.guidance.presenter import PAGES
from workbench.ui.shell.place import Place
from workbench.ui.shell.register import SCREENS

WHERE = {
    Place("today"): "today",
    Place("caseload"): "caseload",
    Place("case"): "case",
    Place("case", tab="chronology"): "chronology",
    Place("case", tab="assessments"): "case",
    Place("case", tab="thread"): "thread",
    Place("case", tab="plan"): "case",
    Place("case", tab="people"): "registers",
    Place("case", tab="addresses"): "registers",
    Place("case", tab="devices"): "registers",
    Place("form", form="contact"): "forms",
    Place("form", form="home-visit"): "home-visit",
    Place("form", form="home-visit-plan"): "home-visit",
    Place("report"): "reports",
    Place("search"): "search",
    Place("oversight"): "oversight",
    Place("review"): "oversight",
    Place("pdu"): "pdu",
    Place("cover"): "cover",
    Place("sitting"): "sitting",
    Place("card"): "case",
    Place("carry"): "carry-over",
    Place("figures"): "figures",
    Place("exchange"): "exchange",
    Place("guidance"): "start",
    Place("settings"): "settings",
    Place("settings", tab="safety"): "backup-and-recovery",
    Place("settings", tab="overlays"): "overlays",
    Place("waysout"): "ways-out",
}


@pytest.mark.parametrize(
    "place", WHERE, ids=lambda place: f"{place.screen} {place.tab or place.form}".strip()
)
def test_f1_opens_the_page_of_where_one_is(
    qtbot: QtBot, frame: Frame, registered: Callable[..., str], place: Place
) -> None:
    screen = SCREENS[place.screen](frame)
    qtbot.addWidget(screen)
    screen.resize(1200, 760)
    screen.show()
    of_a_case = place.screen in ("case", "form", "report", "review", "sitting", "card")
    case = registered() if of_a_case else ""
    screen.arrive(Place(place.screen, case=case, tab=place.tab, form=place.form))
    QApplication.processEvents()
    assert (screen.help_page(), screen.help_page() in PAGES) == (WHERE[place], True)


def test_every_screen_is_tried() -> None:
    assert {place.screen for place in WHERE} == set(SCREENS)
