"""The named checks that forms and rules may call."""

from __future__ import annotations

from datetime import date

import pytest

from tests.rules.build import Build
from tests.rules.world import FACTS
from workbench.models.evaluation import Answer
from workbench.rules.checks import checks, definitions

TODAY = date(2026, 3, 5)


def ask(b: Build, name: str, *args: Answer) -> Answer:
    return checks(b.case(), FACTS, TODAY)[name](args)


def test_every_check_that_is_listed_is_coded_and_reads_facts_that_exist() -> None:
    listed = definitions()
    assert set(listed) == set(checks(Build().case(), FACTS, TODAY))
    assert set() == {path for check in listed.values() for path in check.reads} - set(FACTS)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({}, "no"),
        ({"name": "A"}, "unknown"),
        ({"contact_allowed": "yes"}, "yes"),
        ({"contact_allowed": "no"}, "no"),
    ],
)
def test_contact_allowed(said: dict[str, str], expected: str) -> None:
    b = Build()
    for fact, value in said.items():
        b.say(f"network.{fact}", value, "2026-01-05", "p")
    assert expected == ask(b, "contact_allowed", "p")


def test_nobody_named_is_on_no_network_and_allowed_no_contact() -> None:
    assert (ask(Build(), "on_network", None), ask(Build(), "contact_allowed", None)) == ("no", "no")


@pytest.mark.parametrize(("in_force", "expected"), [(None, "yes"), ("yes", "yes"), ("no", "no")])
def test_a_condition_forbids_until_it_is_known_to_have_ended(in_force: str | None, expected: str) -> None:
    b = Build()
    b.say("network.contact_allowed", "yes", "2026-01-05", "p")
    b.say("condition.no_contact", "p", "2026-01-05", "c")
    if in_force:
        b.say("condition.in_force", in_force, "2026-01-05", "c")
    assert expected == ask(b, "forbidden_by_condition", "p")
    assert ("no" if expected == "yes" else "yes") == ask(b, "contact_allowed", "p")


@pytest.mark.parametrize(
    ("born", "day", "expected"),
    [
        ("2008-03-05", "2026-03-05", 18),
        ("2008-03-06", "2026-03-05", 17),
        ("2008-02-29", "2026-02-28", 17),
        ("2008-02-29", "2026-03-01", 18),
    ],
)
def test_age_on(born: str, day: str, expected: int) -> None:
    assert expected == ask(Build(), "age_on", date.fromisoformat(born), date.fromisoformat(day))


def test_an_age_nobody_recorded_is_not_known() -> None:
    assert None is ask(Build(), "is_adult", None)


def test_risk_once_reached_in_this_sentence_stays_reached_and_an_earlier_sentence_does_not_count() -> None:
    b = Build()
    b.say("rosh.overall", "high", "2019-05-01")
    b.order("2026-01-05")
    b.say("rosh.overall", "medium", "2026-01-05")
    assert ask(b, "rosh_reached", "high") == "no"
    b.say("rosh.overall", "very high", "2026-02-02")
    b.say("rosh.overall", "low", "2026-03-02")
    assert ask(b, "rosh_reached", "high") == "yes"


def test_a_level_has_moved_only_against_the_day_before() -> None:
    b = Build()
    b.say("rosh.overall", "medium", "2026-03-02")
    days = [date(2026, 3, 2), date(2026, 3, 3)]
    assert [ask(b, "rosh_moved", day, "high") for day in days] == ["no", "yes"]
    assert ask(b, "rosh_moved", days[1], "medium") == "no"


@pytest.mark.parametrize(
    ("day", "expected"),
    [("2026-03-02", "no"), ("2026-03-03", "yes"), ("2027-03-02", "yes"), ("2027-03-03", "no")],
)
def test_a_warning_counts_for_its_months_and_not_on_its_own_day(day: str, expected: str) -> None:
    b = Build()
    b.say("enforcement.warned_on", "2026-03-02", "2026-03-02")
    assert expected == ask(b, "warned_before", date.fromisoformat(day), 12)


def test_a_withdrawn_warning_stops_counting_and_a_later_one_counts_again() -> None:
    b = Build()
    b.say("enforcement.warned_on", "2026-03-02", "2026-03-02")
    b.say("enforcement.withdrawn_on", "2026-03-09", "2026-03-09")
    assert ask(b, "warned_before", date(2026, 3, 20), 12) == "no"
    b.say("enforcement.warned_on", "2026-03-15", "2026-03-15")
    assert ask(b, "warned_before", date(2026, 3, 20), 12) == "yes"


@pytest.mark.parametrize(
    ("day", "expected"), [("2026-08-02", "no"), ("2026-08-03", "yes"), ("2026-09-28", "no")]
)
def test_close_to_release_ends_on_the_day_they_walk_out(day: str, expected: str) -> None:
    b = Build()
    b.say("sentence.release_on", "2026-09-28", "2026-01-05", "s")
    assert expected == ask(b, "close_to_release", date.fromisoformat(day), 56)


@pytest.mark.parametrize(
    ("zone", "address", "expected"),
    [
        ("Bangor", "4 Example Lane, Bangor", "yes"),
        ("Caernarfon, bangor ", "4 Example Lane, BANGOR.", "yes"),
        ("Example Lane", "4 Example   Lane", "yes"),
        ("LL57 2AB", "4 Example Lane, LL57 2AB", "yes"),
        ("Ban, gor", "4 Example Lane, Bangor", "no"),
        (" , ", "4 Example Lane", "no"),
        ("Bangor", None, None),
    ],
)
def test_an_address_names_a_zone_by_whole_words(zone: str, address: str | None, expected: str | None) -> None:
    b = Build()
    b.say("condition.zone", zone, "2026-01-05", "c")
    assert expected == ask(b, "named_zone", address)


def test_a_zone_that_has_ended_names_nothing() -> None:
    b = Build()
    b.say("condition.zone", "Bangor", "2026-01-05", "c")
    b.say("condition.in_force", "no", "2026-02-05", "c")
    assert ask(b, "named_zone", "Bangor") == "no"


def test_a_dispute_counts_from_the_day_on_which_it_was_said() -> None:
    b = Build()
    b.say("dispute.said_on", "2026-02-05", "2026-02-05")
    b.say("dispute.said_on", "2026-03-01", "2026-03-01")
    days = (date(2026, 2, 4), date(2026, 2, 5), date(2026, 3, 1), None)
    assert [ask(b, "disputed_by", day) for day in days] == ["no", "yes", "yes", None]


def test_a_fact_nobody_recorded_is_not_on_record() -> None:
    b = Build()
    assert ask(b, "on_record", "record.warning") == "no"
    b.say("record.warning", "Threats in 2011", "2026-01-05")
    assert ask(b, "on_record", "record.warning") == "yes"
