"""Overseeing: what the fast queries say of a whole team is what reading every case from end to end says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import team as teams
from tests.conftest import Kept
from workbench.casework import overseeing, owing, recording
from workbench.casework.desk import Desk
from workbench.casework.overseeing import Team
from workbench.rules import states


@pytest.fixture(scope="module")
def folder(kept: Kept) -> Path:
    """One store for all tests here; those that write say what they leave."""
    return teams.copy(kept)


@pytest.fixture
def led(folder: Path) -> Iterator[Desk]:
    """The SPO's desk."""
    desk = teams.open_(folder)
    yield desk
    desk.store.close()


@pytest.fixture
def team(led: Desk) -> Team:
    """Everything that waits for her."""
    return overseeing.team(led)


def test_every_look_that_is_owed_is_there_once_a_case(led: Desk, team: Team) -> None:
    """By the rules' own word on each duty of each case."""
    wanted = overseeing.rules(led)
    assert {"touch-periodic", "touch-pre-release", "touch-post-release"} <= wanted
    steps = overseeing.steps_of_events(led)
    owed = set()
    for row in led.cases():
        for duty in led.outcome(led.case(row.case)).duties:
            open_ = {step.step for step in duty.steps if not step.done_by and not step.reason}
            looks = duty.rule in wanted or any((duty.rule, step) in steps for step in open_)
            if looks and states.is_item(duty, led.now):
                owed.add(row.case)
    assert len(owed) > 2
    assert [look.row.case for look in team.looks] == list(dict.fromkeys(look.row.case for look in team.looks))
    assert {look.row.case for look in team.looks} == owed


def test_the_overdue_come_first_and_of_them_the_higher_risk(team: Team) -> None:
    """Then the earlier day."""
    late = [look.state == "overdue" for look in team.looks]
    assert late == sorted(late, reverse=True)
    risks = [
        {"very high": 0, "high": 1, "medium": 2, "low": 3}[look.row.rosh or "low"]
        for look in team.looks
        if look.state == "overdue"
    ]
    assert risks == sorted(risks)


def test_the_queue_holds_what_others_signed_and_nobody_judged(led: Desk, team: Team) -> None:
    """Oldest first; as every case read from end to end has it."""
    by_hand = set()
    for row in led.cases():
        for entry in led.case(row.case).entries.values():
            form = led.form_of(entry.head)
            asks = form is not None and "spo" in form.countersigned_by
            if asks and entry.status == "signed" and entry.live and led.author(entry.head).role != "spo":
                by_hand.add((row.case, entry.id, entry.head.id))
    assert len(by_hand) > 3
    assert {(each.row.case, each.entry, each.version) for each in team.waiting} == by_hand
    assert [each.at for each in team.waiting] == sorted(each.at for each in team.waiting)


def test_the_load_adds_up(led: Desk, team: Team) -> None:
    """Officer by officer, in order of name."""
    assert [load.officer for load in team.loads] == sorted(load.officer for load in team.loads)
    assert sum(load.cases for load in team.loads) == led.count_cases() == teams.CASES
    officers = {row.case: row.officer or "" for row in led.cases()}
    late = Counter(
        officers[duty.case]
        for duty in led.store.duties()
        if duty.kind == "duty"
        and duty.owed_by not in ("spo", "aco")
        and states.state(duty, led.now) == "overdue"
    )
    events = Counter(
        officers[duty.case]
        for duty in led.store.duties()
        if duty.kind == "event" and states.is_item(duty, led.now)
    )
    assert {load.officer: load.overdue for load in team.loads if load.overdue} == dict(late)
    assert {load.officer: load.events for load in team.loads if load.events} == dict(events)


def test_an_open_recall_says_how_far_it_has_gone(led: Desk, team: Team) -> None:
    """And who must see it."""
    (recall,) = team.recalls
    assert recall.row.open_recall
    assert recall.state == "part-a-sent"
    assert led.device.card.name in recall.duty.people


def test_each_case_says_from_whose_laptop_it_came(led: Desk, team: Team) -> None:
    """What the SPO signed herself does not count as having come."""
    heard = [look.heard for look in team.looks]
    assert all(each is not None and each.name != led.device.card.name for each in heard)


def test_the_count_of_the_rail_is_what_the_lists_hold(led: Desk, team: Team) -> None:
    """Looks and countersignatures together."""
    assert overseeing.count(led) == len(team.looks) + len(team.waiting)


def test_hours_are_kept_in_the_store(led: Desk) -> None:
    """And never below none."""
    assert overseeing.looks_a_week(led) == overseeing.LOOKS
    overseeing.keep_looks_a_week(led, -3)
    assert overseeing.looks_a_week(led) == 0


def test_a_sample_is_drawn_by_its_seed(led: Desk) -> None:
    """The same seed draws the same; the draw stands in the look-log; no more are drawn than there are."""
    first, again, other = (
        [each.row.case for each in overseeing.draw(led, seed, 5)] for seed in ("12", "12", "13")
    )
    assert len(set(first)) == 5
    assert (first == again, first == other) == (True, False)
    assert list(led.store.log_rows())[-1].detail == f"dip sample, 5 of {teams.CASES} cases, seed 13"
    assert len(overseeing.draw(led, "12", 99)) == teams.CASES
    assert len(overseeing.fresh_seed(led)) == 6


def test_a_countersignature_or_a_return_takes_it_off_the_queue(led: Desk, team: Team) -> None:
    """Each for itself."""
    first, second = team.waiting[:2]
    recording.countersign(led, first.row.case, first.version)
    recording.give_back(led, second.row.case, second.version, {"": "Say who does it."})
    left = {each.version for each in overseeing.waiting(led)}
    assert {each.version for each in team.waiting} - left == {first.version, second.version}


def test_what_is_kept_to_others_stays_out_of_the_queue(led: Desk, team: Team) -> None:
    """Not even its title is told."""
    hidden = team.waiting[-1]
    session = recording.start(led, hidden.row.case, "readers")
    session.restore(
        {
            "scope": "entry",
            "entry": hidden.entry,
            "ground": "need-to-know",
            "readers": [{"id": led.ids.new(), "reader": "Kim Example"}],
            "why": "Somebody here knows the person.",
        }
    )
    if session.missing():
        pytest.fail(str(session.missing()))
    recording.sign(led, hidden.row.case, session)
    assert hidden.version not in {each.version for each in overseeing.waiting(led)}


def test_a_look_that_was_taken_is_owed_no_longer(led: Desk, team: Team) -> None:
    """And counts for the week."""
    look = next(each for each in team.looks if each.duty.rule == "touch-periodic" and not each.also)
    session = recording.start(led, look.row.case, owing.LOOK)
    session.restore(
        {
            "on": led.today.isoformat(),
            "reason": look.reason,
            "read": ["plan"],
            "changed": "Nothing.",
            "question": "Who sees the evenings?",
            "decision": "endorsed",
            "why": "It holds.",
        }
    )
    recording.sign(led, look.row.case, session)
    after = overseeing.team(led)
    assert overseeing.look(led, look.row.case) is None
    assert look.row.case not in {each.row.case for each in after.looks}
    assert after.done == team.done + 1


def test_an_escalation_waits_until_it_is_answered(led: Desk, team: Team) -> None:
    """Then it is gone from the list."""
    case = led.cases()[0].case
    session = recording.start(led, case, "escalation")
    asked = {
        "on": "2026-03-10T08:00:00Z",
        "to_whom": "Head of PDU",
        "matter": "Hours.",
        "tried": "All of them.",
    }
    session.restore(asked)
    entry = recording.sign(led, case, session).entry or ""
    assert entry in {each.entry for each in overseeing.team(led).upward}
    session = recording.start(led, case, "escalation", amends=entry)
    session.restore({**asked, "answer": "Two days of help.", "answered_on": "2026-03-10"})
    recording.amend(led, case, entry, session, "Answered.")
    assert entry not in {each.entry for each in overseeing.team(led).upward}
