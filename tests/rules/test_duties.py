"""Duties through their life: due, met, deferred, ended, moved."""

from __future__ import annotations

from datetime import date, timedelta

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.rules.build import CASE, Build, authors, claim, noon
from tests.rules.world import BOOK, DEMO, FACTS, SHAPES, duties, only, outcome, state_of
from workbench.models.fold import fold
from workbench.resources import parse
from workbench.rules.book import load
from workbench.rules.evaluate import evaluate

VISIT = "home-visit-first"


def high(day: str = "2026-03-02") -> Build:
    b = Build()
    b.order(day)
    b.say("rosh.overall", "high", day)
    return b


def seen(b: Build, day: str, **more: object) -> str:
    return b.add("home-visit", f"{day}T10:00:00Z", answers={"outcome": "seen"}, **more).id  # type: ignore[arg-type]


def put_off(b: Build, duty: str, day: str, role: str = "practitioner", **answers: str) -> None:
    b.add("duty-deferred", day, answers={"duty": duty, "why": "In hospital.", **answers}, role=role)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2026-03-02", "not-yet"),
        ("2026-03-09", "not-yet"),
        ("2026-03-10", "due-soon"),
        ("2026-03-16", "due-soon"),
        ("2026-03-17", "due"),
        ("2026-03-18", "overdue"),
    ],
)
def test_states_as_days_go_by(day: str, expected: str) -> None:
    assert expected == state_of(only(high().case(), VISIT, day), day)


def test_because_says_why() -> None:
    b = high()
    because = only(b.case(), VISIT, "2026-03-05").because
    assert because.arithmetic == "2 March 2026 + 15 calendar days = 17 March 2026"
    assert "First home visit is owed by 17 March 2026: " + because.arithmetic + "." == because.says
    assert (because.source.document, because.source.dated) == ("Home Visits Policy Framework", "2021-10")
    assert [(e.fact, e.value) for e in because.entries] == [
        ("sentence.on", "2026-03-02"),
        ("rosh.overall", "high"),
    ]
    assert (because.text, because.book, because.confidence, because.unknown) == (1, "national", "check", ())


def test_because_in_welsh() -> None:
    duty = outcome(high().case(), "2026-03-05", language="cy").duties
    visit = next(d for d in duty if d.rule == VISIT)
    assert "Mae angen hyn erbyn 17 Mawrth 2026: Ymweliad cartref cyntaf." in visit.because.says
    assert visit.because.arithmetic == "2 Mawrth 2026 + 15 diwrnod calendr = 17 Mawrth 2026"


def test_low_risk_and_not_known_whether_registered_counts_as_the_stricter() -> None:
    b = Build()
    b.order("2026-03-02")
    b.say("rosh.overall", "low", "2026-03-02")
    b.say("cse", "no", "2026-03-02")
    because = only(b.case(), VISIT, "2026-03-05").because
    assert because.unknown == ("registered",)
    assert because.says.endswith("Not recorded: whether the person is registered with police.")
    assert because.would_change == ("Recording whether the person is registered with police.",)


def test_two_accounts_of_risk_are_not_known_and_said() -> None:
    b = Build()
    b.order("2026-03-02")
    b.say("registered", "no", "2026-03-02")
    b.say("cse", "no", "2026-03-02")
    b.say("rosh.overall", "low", "2026-03-02")
    b.say("rosh.overall", "medium", "2026-03-02", blind=True)
    duty = only(b.case(), VISIT, "2026-03-05")
    assert (duty.due, duty.because.unknown) == ("2026-03-17", ("rosh.overall",))
    assert "Two accounts that differ: the overall level of risk of serious harm." in duty.because.says
    assert [f.finding for f in outcome(b.case(), "2026-03-05").findings if f.rule == "two-accounts"] == [
        "two-accounts/rosh.overall"
    ]


def test_only_a_visit_that_saw_the_person_meets() -> None:
    b = high()
    b.add("home-visit", "2026-03-05", answers={"outcome": "no-answer"})
    met = seen(b, "2026-03-09")
    duty = only(b.case(), VISIT, "2026-03-20")
    assert (met, "met") == (duty.met_by, state_of(duty, "2026-03-20"))


def test_met_after_its_last_day_is_met_late() -> None:
    b = high()
    seen(b, "2026-03-18")
    assert state_of(only(b.case(), VISIT, "2026-03-20"), "2026-03-20") == "met-late"


def test_met_on_the_last_day_late_in_the_evening_is_met() -> None:
    b = high()
    b.add("home-visit", "2026-03-17T23:30:00Z", answers={"outcome": "seen"})
    assert state_of(only(b.case(), VISIT, "2026-03-20"), "2026-03-20") == "met"


@pytest.mark.parametrize("act", ["withdraw", "misfile", "restrict"])
def test_taking_the_meeting_visit_away_opens_the_duty_again(act: str) -> None:
    b = high()
    seen(b, "2026-03-09")
    b.act(act, b.versions[-1], "2026-03-19", role="data-protection")
    assert state_of(only(b.case(), VISIT, "2026-03-20"), "2026-03-20") == "overdue"


def test_a_met_duty_keeps_the_because_it_had() -> None:
    b = Build()
    b.order("2026-03-02")
    for fact, value in (("rosh.overall", "low"), ("registered", "no"), ("cse", "no")):
        b.say(fact, value, "2026-03-02")
    seen(b, "2026-04-20")
    b.say("rosh.overall", "high", "2026-03-02", at="2026-05-01T09:00:00Z")
    duty = only(b.case(), VISIT, "2026-05-02")
    assert (duty.due, state_of(duty, "2026-05-02")) == ("2026-05-25", "met")


def test_an_amendment_after_meeting_leaves_what_was_known_then() -> None:
    b = Build()
    b.order("2026-03-02")
    b.say("registered", "no", "2026-03-02")
    b.say("cse", "no", "2026-03-02")
    first = b.say("rosh.overall", "medium", "2026-03-02")
    seen(b, "2026-04-10")
    b.add(
        "said", "2026-03-02", act="amend", entry=first.id, parents=(first.id,), at="2026-05-01T09:00:00Z",
        claims=(claim("rosh.overall", "high", "2026-03-02"),),
    )  # fmt: skip
    assert only(b.case(), VISIT, "2026-05-02").due == "2026-04-13"


def test_an_unanswered_outcome_meets_nothing_and_says_so() -> None:
    b = high()
    visit = b.add("home-visit", "2026-03-09", answers={"rooms": "Kitchen."})
    found = outcome(b.case(), "2026-03-10")
    doubts = [f for f in found.findings if f.rule == "cannot-tell-whether" and f.entry == visit.id]
    assert [f.because.unknown for f in doubts] == [("outcome",)]
    assert state_of(only(b.case(), VISIT, "2026-03-10"), "2026-03-10") == "due-soon"


def test_deferred_until_its_day_then_overdue() -> None:
    b = high()
    put_off(b, f"{VISIT}/{b.versions[0].id}/1", "2026-03-10", no_longer_owed="no", until="2026-04-01")
    duty = only(b.case(), VISIT, "2026-03-20")
    assert [state_of(duty, "2026-03-31"), state_of(duty, "2026-04-01")] == ["deferred", "overdue"]


def test_no_longer_owed_by_a_named_person() -> None:
    b = high()
    put_off(b, f"{VISIT}/{b.versions[0].id}/1", "2026-03-10", role="spo", no_longer_owed="yes")
    duty = only(b.case(), VISIT, "2026-03-20")
    assert (state_of(duty, "2026-03-20"), duty.ended_on) == ("ended", "2026-03-10")
    assert "Sam Sample" in (duty.why_ended or "")


def test_a_role_the_rule_does_not_allow_defers_nothing() -> None:
    b = high()
    put_off(b, f"{VISIT}/{b.versions[0].id}/1", "2026-03-10", role="vlo", no_longer_owed="yes")
    assert state_of(only(b.case(), VISIT, "2026-03-20"), "2026-03-20") == "overdue"


def test_a_second_order_inside_a_licence_owes_nothing_again() -> None:
    b = Build()
    b.licence("2026-01-05", of="s")
    b.order("2026-02-02")
    assert [d.due for d in duties(b.case(), VISIT, "2026-02-10")] == ["2026-01-20"]


def test_an_earlier_order_turning_up_moves_the_duty_and_keeps_its_deferral() -> None:
    b = high("2026-03-09")
    later = b.versions[0].id
    put_off(b, f"{VISIT}/{later}/1", "2026-03-10", no_longer_owed="no", until="2026-05-01")
    earlier = b.order("2026-03-02", id="earlier")
    duty = only(b.case(), VISIT, "2026-03-20")
    assert (f"{VISIT}/{earlier.id}/1", "2026-03-17") == (duty.duty, duty.due)
    assert state_of(duty, "2026-03-20") == "deferred"


def test_a_corrected_start_moves_the_same_duty() -> None:
    b = Build()
    first = b.order("2026-03-02", of="s")
    before = only(b.case(), VISIT, "2026-03-05")
    said = tuple(
        claim(c.fact, "2026-03-04" if c.fact == "sentence.on" else c.is_, "2026-03-04", "s")
        for c in first.claims
    )
    b.add("sentence", "2026-03-04", act="amend", entry=first.id, parents=(first.id,), claims=said)
    after = only(b.case(), VISIT, "2026-03-05")
    assert (before.duty, "2026-03-17", "2026-03-19") == (after.duty, before.due, after.due)


def test_recalled_twice_owes_a_first_visit_after_each_release() -> None:
    b = Build()
    b.licence("2026-01-05", of="s")
    for recalled, released in (("2026-02-02", "2026-04-01"), ("2026-05-05", "2026-07-01")):
        b.say("recall.state", "revoked", recalled)
        b.add("sentence", released, claims=(claim("sentence.released_on", released, released, "s"),))
    found = duties(b.case(), VISIT, "2026-07-02")
    assert [d.started_on for d in found] == ["2026-01-05", "2026-04-01", "2026-07-01"]
    assert [state_of(d, "2026-07-02") for d in found] == ["ended", "ended", "not-yet"]
    assert found[0].why_ended == "The person was recalled."


def test_custody_pauses_the_clock() -> None:
    b = high()
    b.order("2026-03-05", None, "determinate", of="other")
    paused = only(b.case(), VISIT, "2026-03-10")
    assert (paused.due, state_of(paused, "2026-03-30")) == (None, "not-yet")
    b.add(
        "sentence", "2026-03-25", claims=(claim("sentence.released_on", "2026-03-25", "2026-03-25", "other"),)
    )
    assert only(b.case(), VISIT, "2026-03-30").due == "2026-04-06"


def test_death_stops_every_clock_that_day() -> None:
    b = high()
    b.end("2026-03-10", "died")
    found = outcome(b.case(), "2026-03-10")
    assert {"ended"} == {state_of(duty, "2026-03-10") for duty in found.duties}
    assert tuple(f for f in found.findings if f.level == "serious") == ()


def test_another_lead_agency_ends_the_visit_from_its_day() -> None:
    b = high()
    b.say("lead_agency", "police", "2026-03-06")
    duty = only(b.case(), VISIT, "2026-03-20")
    assert (state_of(duty, "2026-03-20"), duty.ended_on) == ("ended", "2026-03-06")


@pytest.mark.parametrize(
    ("fact", "value"), [("tools.apply", "women"), ("tools.apply", "neither"), ("lead_agency", "clinician")]
)
def test_no_tool_for_men_where_other_tools_apply(fact: str, value: str) -> None:
    b = Build()
    b.order("2026-03-02")
    b.say(fact, value, "2026-03-02")
    assert duties(b.case(), "arms-initial", "2026-03-05") == []


def test_what_was_true_all_along_leaves_no_duty_behind_whenever_it_was_recorded() -> None:
    b = Build()
    b.order("2026-03-02")
    b.say("tools.apply", "women", "2026-03-20")
    assert duties(b.case(), "arms-initial", "2026-03-21") == []


def test_no_adult_tool_before_eighteen() -> None:
    b = Build()
    b.order("2026-03-02")
    b.say("identity.born", "2008-03-30", "2026-03-02")
    young = only(b.case(), "arms-initial", "2026-03-29")
    assert (young.due, state_of(young, "2026-03-29")) == (None, "not-yet")
    assert str(outcome(b.case(), "2026-03-29").stale_on) == "2026-03-30"
    adult = only(b.case(), "arms-initial", "2026-03-30")
    assert (adult.started_on, adult.due) == ("2026-03-30", "2026-05-11")


def test_approved_premises_put_the_visit_off_to_the_first_address_after() -> None:
    b = Build()
    b.licence("2026-03-02", of="s")
    b.say("rosh.overall", "high", "2026-03-02")
    b.say("address.type", "ap", "2026-03-02")
    assert None is only(b.case(), VISIT, "2026-03-20").due
    b.say("address.type", "rented", "2026-05-20")
    assert only(b.case(), VISIT, "2026-05-21").due == "2026-06-04"


def test_no_fixed_abode_asks_for_what_is_possible() -> None:
    b = high()
    b.say("no_fixed_abode", "yes", "2026-03-02")
    assert "Seen where the person stays" in only(b.case(), VISIT, "2026-03-05").asks
    b.add("contact", "2026-03-06", answers={"how": "face-to-face", "outcome": "attended"})
    assert state_of(only(b.case(), VISIT, "2026-03-07"), "2026-03-07") == "met"


def test_owed_by_the_officer_then_the_spo_then_the_holder_and_never_nobody() -> None:
    b = high()
    assert only(b.case(), VISIT, "2026-03-05").officer == "whoever holds this file"
    b.say("case.held_by", "Example Office", "2026-03-02")
    assert only(b.case(), VISIT, "2026-03-05").officer == "Example Office"
    b.say("spo.name", "Sam Sample", "2026-03-02")
    duty = only(b.case(), VISIT, "2026-03-05")
    assert (duty.owed_by, duty.officer) == ("spo", "Sam Sample")
    b.say("officer.name", "Pat Sample", "2026-03-02")
    duty = only(b.case(), VISIT, "2026-03-05")
    assert (duty.owed_by, duty.officer) == ("practitioner", "Pat Sample")


def test_a_transfer_restarts_no_clock() -> None:
    b = high()
    before = only(b.case(), VISIT, "2026-03-05")
    b.say("officer.name", "New Sample", "2026-03-12")
    after = only(b.case(), VISIT, "2026-03-12")
    assert (before.duty, before.due) == (after.duty, after.due)


def test_level_1_reviews_count_from_the_last() -> None:
    b = Build()
    b.order("2026-03-02")
    for day in ("2026-07-01", "2026-12-15"):
        b.add(
            "mappa-level-1-review", day, answers={"disclosure_considered": "no", "disclosure_reason": "No."}
        )
    found = duties(b.case(), "mappa-l1-review", "2027-01-02")
    assert [(duty.due, duty.met_on) for duty in found] == [
        ("2026-09-02", "2026-07-01"),
        ("2027-01-01", "2026-12-15"),
        ("2027-06-15", None),
    ]
    assert [duty.duty.rsplit("/", 1)[1] for duty in found] == ["1", "2", "3"]


def test_an_empty_number_reads_owed_until_its_natural_limit() -> None:
    b = Build()
    b.order("2026-03-02", None, "determinate", of="s")
    b.say("sentence.release_on", "2026-09-28", "2026-03-02", "s")
    duty = only(b.case(), "rmp-release", "2026-03-05")
    states = [
        state_of(duty, day) for day in ("2026-03-05", "2026-09-20", "2026-09-21", "2026-09-28", "2026-09-29")
    ]
    assert states == ["owed-no-date", "owed-no-date", "due-soon", "due", "overdue"]
    assert (duty.because.confidence, duty.due) == ("empty", "2026-09-28")


def test_a_plan_counts_only_when_countersigned() -> None:
    b = Build()
    b.order("2026-03-02", None, "determinate", of="s")
    b.say("sentence.release_on", "2026-09-28", "2026-03-02", "s")
    plan = b.add("risk-management-plan", "2026-08-03")
    assert None is only(b.case(), "rmp-release", "2026-08-04").met_by
    b.act("countersign", plan, "2026-08-10", role="spo")
    assert (
        (duty := only(b.case(), "rmp-release", "2026-08-11")).met_on,
        state_of(duty, "2026-08-11"),
    ) == ("2026-08-10", "met")
    b.add("risk-management-plan", "2026-08-12", act="amend", entry=plan.id, parents=(plan.id,))
    assert None is only(b.case(), "rmp-release", "2026-08-13").met_by


def test_a_56_day_recall_is_short_notice_and_never_overdue() -> None:
    b = Build()
    b.licence("2026-01-05", of="s")
    b.say("recall.state", "returned", "2026-05-01")
    b.say("sentence.release_on", "2026-05-20", "2026-05-01", "s", at="2026-05-04T09:00:00Z")
    duty = duties(b.case(), "rmp-release", "2026-05-10", DEMO)[-1]
    assert (state_of(duty, "2026-05-19"), duty.due) == ("short-notice", "2026-05-04")


def test_the_release_day_of_an_earlier_stretch_is_not_the_one_to_come() -> None:
    b = Build()
    b.licence("2026-01-05", of="s")
    b.say("sentence.release_on", "2026-01-05", "2025-06-01", "s")
    b.say("recall.state", "returned", "2026-05-01")
    duty = duties(b.case(), "rmp-release", "2026-05-10", DEMO)[-1]
    assert (duty.due, duty.because.unknown) == (None, ("sentence.release_on",))


def test_a_known_release_day_makes_an_ordinary_back_counted_duty() -> None:
    b = Build()
    b.order("2026-03-02", None, "determinate", of="s")
    b.say("sentence.release_on", "2026-09-28", "2026-03-02", "s")
    duty = only(b.case(), "rmp-release", "2026-03-05", DEMO)
    assert (
        duty.due,
        duty.because.confidence,
        state_of(duty, "2026-09-01"),
    ) == ("2026-08-31", "ours", "overdue")


def test_a_region_shows_its_number_beside_the_national_one() -> None:
    b = Build()
    b.order("2026-03-02")
    for fact, value in (("rosh.overall", "medium"), ("registered", "no"), ("cse", "no")):
        b.say(fact, value, "2026-03-02")
    because = only(b.case(), VISIT, "2026-03-05", DEMO).because
    assert (because.book, because.national["says"]) == ("demo", "national 6 weeks, region 4 weeks")
    assert because.arithmetic == "2 March 2026 + 4 weeks = 30 March 2026"


def test_a_region_longer_than_national_says_so() -> None:
    text = b"""
region: slow
title: {en: Slow (invented), cy: Araf (dychmygol)}
rules:
  home-visit-first:
    - {from: 2026-01-01, numbers: {high: 4 weeks}, source: {document: Invented, place: here, dated: 2026-01}}
"""
    book = load(("slow",), extra=(parse(text, "slow.yaml"),))
    because = only(high().case(), VISIT, "2026-03-05", book).because
    assert because.national["says"].endswith("region longer than national")


def test_a_correction_governs_what_is_still_open_on_its_first_day() -> None:
    rule = BOOK.rules[VISIT]
    force = msgspec.structs.replace(rule.texts[0].in_force, from_="2026-03-15")
    numbers = {**rule.texts[0].numbers, "high": "10 calendar days"}
    fixed = msgspec.structs.replace(rule.texts[0], text=2, corrects=1, in_force=force, numbers=numbers)
    rules = {**BOOK.rules, VISIT: msgspec.structs.replace(rule, texts=(rule.texts[0], fixed))}
    book = msgspec.structs.replace(BOOK, rules=rules)
    b = high()
    assert ((d := only(b.case(), VISIT, "2026-03-14", book)).because.text, d.due) == (1, "2026-03-17")
    assert str(outcome(b.case(), "2026-03-14", book).stale_on) == "2026-03-15"
    assert ((d := only(b.case(), VISIT, "2026-03-15", book)).because.text, d.due) == (2, "2026-03-12")
    seen(b, "2026-03-09")
    assert only(b.case(), VISIT, "2026-03-20", book).because.text == 1


def test_nothing_is_owed_under_a_text_not_yet_in_force() -> None:
    assert duties(high("2021-09-30").case(), VISIT, "2026-03-05") == []


def test_stale_on_is_the_day_a_recorded_change_takes_effect() -> None:
    b = high()
    b.add("said", "2026-03-02", claims=(claim("lead_agency", "police", "2026-03-11"),))
    assert str(outcome(b.case(), "2026-03-05").stale_on) == "2026-03-11"


@pytest.mark.parametrize("day", ["2026-03-03", "2026-03-20", "2026-04-15", "2026-07-05"])
def test_until_stale_on_nothing_changes_and_on_it_something_may(day: str) -> None:
    b = Build()
    b.licence("2026-03-02", "2026-09-30", of="s")
    b.say("identity.born", "2008-04-10", "2026-03-02")
    b.say("contact_plan.gap_days", 14, "2026-03-02")
    b.add("said", "2026-03-02", claims=(claim("rosh.overall", "high", "2026-03-02", until="2026-06-01"),))
    b.order("2026-06-20", None, "determinate", of="other")
    b.add(
        "sentence", "2026-07-10", claims=(claim("sentence.released_on", "2026-07-10", "2026-07-10", "other"),)
    )
    b.add(
        "mappa-level-1-review",
        "2026-03-15",
        answers={"disclosure_considered": "no", "disclosure_reason": "No."},
    )
    case = b.case()
    first = outcome(case, day)
    assert first.stale_on is not None
    last = first.stale_on - timedelta(days=1)
    assert first == outcome(case, last.isoformat())
    assert first.stale_on > date.fromisoformat(day)


@settings(max_examples=25, deadline=None)
@given(st.randoms(use_true_random=False))
def test_any_order_of_arrival_gives_the_same_outcome(random: object) -> None:
    b = high("2026-03-09")
    put_off(b, f"{VISIT}/{b.versions[0].id}/1", "2026-03-10", no_longer_owed="no", until="2026-05-01")
    b.order("2026-03-02", id="earlier")
    b.add("arms", "2026-03-20")
    first = b.add(
        "home-visit",
        "2026-03-12T10:00:00Z",
        answers={"outcome": "no-answer", "others": [{"id": "r1", "under_18": "yes"}]},
    )
    b.act("withdraw", first, "2026-03-13")
    b.say("rosh.overall", "low", "2026-03-09", blind=True)
    b.add("recall", "2026-04-01T10:00:00Z", answers={"state": "spo-agreed"})
    expected = outcome(b.case(), "2026-04-02")
    mixed = [*b.versions, *b.versions[::2]]
    random.shuffle(mixed)  # type: ignore[attr-defined]
    assert expected == evaluate(fold(CASE, mixed), BOOK, FACTS, SHAPES, authors, noon("2026-04-02"))


def test_a_rule_begun_since_governs_what_is_counted_back_and_nothing_else() -> None:
    """Who was sentenced before there was a rule is released under it; a clock that counts on is not begun late."""
    b = Build()
    b.order("2018-05-08", "2030-05-07", "determinate", of="s")
    b.say("sentence.release_on", "2026-09-28", "2018-05-08", of="s")
    b.say("rosh.overall", "high", "2018-06-01")
    case = b.case()
    assert only(case, "ap-referral", "2026-08-10").due == "2026-08-30"
    assert duties(case, "oasys-initial", "2026-08-10") == []
    # Before its first day nobody owes it, and that day is known to be one on which the case turns.
    before = outcome(case, "2018-12-01")
    assert [d for d in before.duties if d.rule == "ap-referral"] == []
    assert str(before.stale_on) == "2019-01-01"
