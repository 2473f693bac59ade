"""Every form of due, in a rule written for the test."""

from __future__ import annotations

import pytest

from tests.rules.build import Build
from tests.rules.world import OPENINGS, duties, only, outcome, state_of
from workbench.resources import parse
from workbench.rules.book import RuleBook, load

RULE = """
rule: x-test
asks: {en: A thing asked, cy: Peth y gofynnir amdano}
owed_by: practitioner
in: [community-order, suspended-sentence-order, licence]
starts: each episode
late: {level: warn}
confidence: ours
met_by: {form: contact}
texts:
  - text: 1
    in_force: {from: 2020-01-01}
    source: {document: This test, place: here, dated: 2026-01}
    numbers: {a: 2 weeks, b: 10 working days, c: 24 hours, d: 5 calendar days, e: 1 month}
    due:
      - {within: a}
"""
REGION = """
region: kind
title: {en: Kind (invented), cy: Caredig (dychmygol)}
short_notice: 3 calendar days
"""


def book(*replaced: tuple[str, str], regions: tuple[str, ...] = ()) -> RuleBook:
    text = RULE
    for old, new in replaced:
        assert old in text
        text = text.replace(old, new)
    extra = (parse(text.encode(), "x-test.yaml"), parse(REGION.encode(), "kind.yaml"))
    return load(regions, openings=OPENINGS, extra=extra)


def ordered(day: str = "2026-03-02") -> Build:
    b = Build()
    b.order(day)
    return b


@pytest.mark.parametrize(
    ("due", "expected"),
    [
        ("{within: a}", "2026-03-16"),
        ("{within: b}", "2026-03-16"),
        ("{within: d, then: next working day}", "2026-03-09"),
        ("{sooner_of: [{within: a}, {within: e}]}", "2026-03-16"),
        ("{later_of: [{within: a}, {within: e}]}", "2026-04-02"),
        ("{before: identity.born, by: d}", "2029-12-31"),
    ],
)
def test_forms_of_due(due: str, expected: str) -> None:
    assert expected == only(ordered().case(), "x-test", "2026-03-05", book(("{within: a}", due))).due


def test_sliding_to_a_working_day_is_said() -> None:
    slid = book(("{within: a}", "{within: d, then: next working day}"))
    expected = "2 March 2026 + 5 calendar days = 7 March 2026; then the next working day, 9 March 2026"
    assert expected == only(ordered().case(), "x-test", "2026-03-05", slid).because.arithmetic


HOURS = (("starts: each episode", "starts: {form: recall}"), ("{within: a}", "{within: c}"))


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        ("2026-03-27T16:30:00Z", "2026-03-28T16:30:00.000Z"),  # over a weekend and into the spring change
        ("2026-03-28T20:00:00Z", "2026-03-29T20:00:00.000Z"),
        ("2026-10-24T20:00:00Z", "2026-10-25T20:00:00.000Z"),
    ],
)
def test_an_hour_rule_counts_elapsed_time_from_a_moment(start: str, expected: str) -> None:
    b = ordered()
    b.add("recall", start, answers={"state": "considered"})
    duty = only(b.case(), "x-test", start[:10], book(*HOURS))
    assert (expected, "due") == (duty.due_at, state_of(duty, start[:10]))


def test_an_hour_rule_is_late_by_the_moment() -> None:
    b = ordered()
    b.add("recall", "2026-03-05T10:00:00Z", answers={"state": "considered"})
    assert state_of(only(b.case(), "x-test", "2026-03-06", book(*HOURS)), "2026-03-06") == "overdue"
    b.add("contact", "2026-03-06T10:00:01Z")
    assert state_of(only(b.case(), "x-test", "2026-03-07", book(*HOURS)), "2026-03-07") == "met-late"


@pytest.mark.parametrize(("basis", "expected"), [("met", "2026-03-24"), ("due", "2026-03-30")])
def test_every_counts_from_met_or_from_due(basis: str, expected: str) -> None:
    b = ordered()
    b.add("contact", "2026-03-10")
    found = duties(b.case(), "x-test", "2026-03-11", book(("{within: a}", f"{{every: a, from: {basis}}}")))
    assert ["2026-03-16", expected] == [duty.due for duty in found]


def test_a_fact_starts_a_clock_on_the_day_it_was_said() -> None:
    b = ordered()
    b.say("contact_plan.gap_days", 14, "2026-04-01")
    duty = only(
        b.case(), "x-test", "2026-04-02", book(("starts: each episode", "starts: contact_plan.gap_days"))
    )
    assert (duty.started_on, duty.due) == ("2026-04-01", "2026-04-15")


def test_what_was_asked_of_others_is_waiting() -> None:
    b = ordered()
    b.add("information-exchange", "2026-03-04")
    asked = book(("met_by:", "asked_by: {form: information-exchange}\nmet_by:"))
    duty = only(b.case(), "x-test", "2026-03-20", asked)
    assert (duty.waiting_since, state_of(duty, "2026-03-20")) == ("2026-03-04", "waiting")


def test_a_branch_that_cannot_be_told_counts_and_the_earliest_day_wins() -> None:
    ladder = "{when: \"registered = 'yes'\", within: d}\n      - {when: \"cse = 'no'\", within: a}"
    b = ordered()
    b.say("cse", "no", "2026-03-02")
    duty = only(b.case(), "x-test", "2026-03-05", book(("{within: a}", ladder)))
    assert (duty.due, duty.because.unknown) == ("2026-03-07", ("registered",))


def test_a_region_gives_time_at_short_notice() -> None:
    changes = (("licence]", "licence, custody]"), ("{within: a}", "{before: sentence.release_on, by: e}"))
    b = Build()
    b.order("2026-03-02", None, "determinate", of="s")
    b.say("sentence.release_on", "2026-03-20", "2026-03-02", "s")
    found = [only(b.case(), "x-test", "2026-03-03", book(*changes, regions=r)) for r in ((), ("kind",))]
    assert [(duty.due, duty.short_notice) for duty in found] == [("2026-03-02", True), ("2026-03-05", True)]


MISSED = "starts: {form: contact, where: \"outcome = 'did-not-attend'\"}"
SEEN = "{form: contact, where: \"outcome = 'attended'\"}"


def started(b: Build, *more: str, day: str = "2026-03-20") -> list[str]:
    """The first days of the duties of a rule that missed contacts start, and a home visit meets."""
    changes = (
        ("starts: each episode", "\n".join((MISSED, *more))),
        ("met_by: {form: contact}", "met_by: {form: home-visit}"),
    )
    return [duty.started_on for duty in duties(b.case(), "x-test", day, book(*changes))]


def contacts(*outcomes: str) -> Build:
    b = ordered()
    for day, said in enumerate(outcomes, 3):
        b.add("contact", f"2026-03-{day:02d}T10:00:00Z", answers={"outcome": said} if said else {})
    return b


def test_only_the_entries_that_say_so_start_a_clock() -> None:
    assert started(contacts("attended", "did-not-attend")) == ["2026-03-04"]


def test_a_withdrawn_entry_starts_nothing() -> None:
    b = contacts("did-not-attend")
    b.act("withdraw", b.versions[-1], "2026-03-06")
    assert started(b) == []


def test_an_entry_of_which_it_cannot_be_told_starts_nothing_and_is_said() -> None:
    b = contacts("")
    assert started(b) == []
    found = outcome(b.case(), "2026-03-20", book(("starts: each episode", MISSED))).findings
    says = [
        each.says for each in found if each.rule == "cannot-tell-whether" and each.entry == b.versions[-1].id
    ]
    assert says == ["Cannot tell whether this entry calls for something to be done: 'How did it go?'."]


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        (f"after: [{SEEN}]", ["2026-03-05"]),
        (f"unless: [{SEEN}]", ["2026-03-03"]),
    ],
)
def test_what_came_earlier_in_the_stretch_decides(more: str, expected: list[str]) -> None:
    assert expected == started(contacts("did-not-attend", "attended", "did-not-attend"), more)


def test_what_came_before_the_stretch_decides_nothing() -> None:
    b = Build()
    b.add("contact", "2026-02-20T10:00:00Z", answers={"outcome": "attended"})
    b.order("2026-03-02")
    b.add("contact", "2026-03-03T10:00:00Z", answers={"outcome": "did-not-attend"})
    assert started(b, f"unless: [{SEEN}]") == ["2026-03-03"]


def test_what_starts_while_another_stands_open_joins_it() -> None:
    b = contacts("did-not-attend", "did-not-attend")
    assert started(b, "joins: yes") == ["2026-03-03"]
    b.add("home-visit", "2026-03-10T10:00:00Z")
    b.add("contact", "2026-03-11T10:00:00Z", answers={"outcome": "did-not-attend"})
    assert started(b, "joins: yes") == ["2026-03-03", "2026-03-11"]


def test_a_deferral_that_names_a_joined_entry_still_fits_when_an_earlier_one_turns_up() -> None:
    b = contacts("did-not-attend", "did-not-attend")
    b.add(
        "duty-deferred", "2026-03-05",
        answers={"duty": f"x-test/{b.versions[-1].id}/1", "until": "2026-04-20", "why": "Agreed"},
    )  # fmt: skip
    changes = (
        ("starts: each episode", f"{MISSED}\njoins: yes"),
        ("met_by: {form: contact}", "met_by: {form: rosh}"),
    )
    assert only(b.case(), "x-test", "2026-03-20", book(*changes)).deferred_until == "2026-04-20"


@pytest.mark.parametrize(("role", "expected"), [("spo", "due-soon"), ("aco", "met")])
def test_only_the_roles_named_meet_it(role: str, expected: str) -> None:
    b = ordered()
    b.add("touch-point", "2026-03-10", role=role)
    looked = book(("met_by: {form: contact}", "met_by: {form: touch-point, by: [aco]}"))
    assert expected == state_of(only(b.case(), "x-test", "2026-03-11", looked), "2026-03-11")
