"""What casework hands to a report besides the case: what is owed, in the reader's language, and what was chosen."""

from __future__ import annotations

import pytest

from tests.casework.test_recording import case_of, record
from tests.reports.build import library
from workbench.casework import reporting
from workbench.casework.desk import Desk
from workbench.errors import Refused
from workbench.models.released import Chosen
from workbench.resources import say
from workbench.rules import states

SENTENCE = {
    "sentenced_on": "2026-02-02",
    "court": "Sample Crown Court",
    "sentences": [{"id": "s1", "kind": "community-order", "made_on": "2026-02-02", "offence": "assault"}],
    "sexual": "yes",
    "registered": "yes",
}


def test_every_report_is_offered_for_every_reader_it_is_written_for() -> None:
    offered = {each.report: each for each in reporting.offered()}
    assert set(library().ids()) == set(offered)
    assert set(offered["event-letter"].audiences) == {"police", "childrens-services", "vlo", "spo"}
    assert say(offered["my-plan"].title, "cy") == "Fy nghynllun"


def test_what_is_owed_goes_with_the_case_in_the_language_of_the_copy(desk: Desk) -> None:
    case = case_of(desk)
    record(desk, case, "sentence", SENTENCE)
    english, _ = reporting.release(desk, case, "spo", "en")
    welsh, _ = reporting.release(desk, case, "spo", "cy")
    owed = [duty for duty in desk.store.duties(case) if states.state(duty, desk.now) not in reporting.OVER]
    assert len(english.duties) == len(owed) > 0
    assert {duty.asks for duty in english.duties} == {duty.asks for duty in owed}
    visit = [at for at, duty in enumerate(english.duties) if duty.rule == "home-visit-first"]
    assert [welsh.duties[at].asks for at in visit] == ["Ymweliad cartref cyntaf"]


def test_what_does_not_fit_is_refused_before_the_case_is_released(desk: Desk) -> None:
    case = case_of(desk)
    with pytest.raises(Refused, match="ends before"):
        reporting.prepare(desk, "chronology-extract", case, "file", chosen=Chosen("2026-02-01", "2026-01-01"))
    chosen = Chosen("2026-01-01", "2026-03-01", ("visit",), "Review")
    prepared = reporting.prepare(desk, "chronology-extract", case, "file", chosen=chosen)
    assert chosen == prepared.chosen
    with pytest.raises(Refused, match="not written for court"):
        reporting.prepare(desk, "my-plan", case, "court")
