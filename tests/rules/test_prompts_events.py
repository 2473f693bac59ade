"""The recall prompt and events: what opens them, and the little that closes them."""

from __future__ import annotations

import pytest

from tests.rules.build import Build, claim
from tests.rules.world import BOOK, duties, only, outcome, state_of
from workbench.models.records import Version
from workbench.models.results import Duty


def recalled(state: str = "spo-agreed", day: str = "2026-05-04") -> Build:
    b = Build()
    b.licence("2026-03-02", of="s")
    step(b, state, f"{day}T10:00:00Z")
    return b


def step(b: Build, state: str, at: str, role: str = "spo") -> Version:
    claims = (claim("recall.state", state, at[:10]),)
    return b.add("recall", at, answers={"state": state, "reason": "Reasons."}, claims=claims, role=role)


def prompt(b: Build, day: str = "2026-06-01") -> Duty:
    return only(b.case(), "recall-open", day)


def stands(b: Build, day: str = "2026-06-01") -> bool:
    return state_of(prompt(b, day), day) == "due"


def test_considering_a_recall_opens_no_prompt() -> None:
    assert duties(recalled("considered").case(), "recall-open", "2026-06-01") == []


def test_everybody_who_must_act_sees_it() -> None:
    b = recalled()
    for fact, name in (
        ("officer.name", "Ola"),
        ("officer.stand_in", "Oke"),
        ("spo.name", "Sam"),
        ("aco.name", "Alex"),
    ):
        b.say(fact, name, "2026-03-02")
    duty = prompt(b)
    assert (duty.tells, duty.people) == (("practitioner", "spo", "aco"), ("Ola", "Oke", "Sam", "Alex"))


@pytest.mark.parametrize("act", ["withdraw", "restrict"])
def test_taking_the_entry_away_does_not_end_it(act: str) -> None:
    b = recalled()
    b.act(act, b.versions[-1], "2026-05-05", role="data-protection")
    assert stands(b)


def test_amending_the_entry_back_does_not_end_it() -> None:
    b = recalled()
    first = b.versions[-1]
    b.add(
        "recall",
        "2026-05-05",
        act="amend",
        entry=first.id,
        parents=(first.id,),
        answers={"state": "considered"},
    )
    assert stands(b)


def test_a_disputed_fact_does_not_end_it() -> None:
    b = recalled()
    b.say("recall.state", "ppcs-acknowledged", "2026-05-04", blind=True)
    assert stands(b)


def test_misfiling_takes_it_out_of_this_case() -> None:
    b = recalled()
    b.act("misfile", b.versions[-1], "2026-05-05", role="data-protection")
    assert duties(b.case(), "recall-open", "2026-06-01") == []


def test_deferring_it_changes_nothing() -> None:
    b = recalled()
    said = {"duty": prompt(b).duty, "no_longer_owed": "yes", "why": "Away."}
    b.add("duty-deferred", "2026-05-05", answers=said, role="aco")
    assert stands(b)


def test_a_transfer_a_new_sentence_and_an_end_do_not_end_it() -> None:
    b = recalled()
    b.say("officer.name", "Somebody Else", "2026-05-10")
    b.order("2026-05-11")
    b.end("2026-05-20", "expired")
    assert stands(b)


def test_death_ends_it() -> None:
    b = recalled()
    b.end("2026-05-20", "died")
    assert (state_of(prompt(b), "2026-06-01"), prompt(b).ended_on) == ("ended", "2026-05-20")


def test_acknowledged_within_the_day_it_closes() -> None:
    b = recalled()
    step(b, "aco-authorised", "2026-05-04T12:00:00Z", "aco")
    ack = step(b, "ppcs-acknowledged", "2026-05-04T16:00:00Z")
    duty = prompt(b, "2026-05-04")
    assert ("met", ack.id) == (state_of(duty, "2026-05-04"), duty.met_by)


def test_withdrawing_the_acknowledgement_opens_it_again() -> None:
    b = recalled()
    b.act("withdraw", step(b, "ppcs-acknowledged", "2026-05-04T16:00:00Z"), "2026-05-05")
    assert stands(b)


@pytest.mark.parametrize(("role", "expected"), [("practitioner", "due"), ("spo", "due"), ("aco", "ended")])
def test_only_the_aco_cancels(role: str, expected: str) -> None:
    b = recalled()
    step(b, "cancelled", "2026-05-05T09:00:00Z", role)
    assert expected == state_of(prompt(b), "2026-06-01")


def test_recalled_twice_prompts_twice() -> None:
    b = recalled()
    step(b, "ppcs-acknowledged", "2026-05-04T16:00:00Z")
    second = step(b, "spo-agreed", "2026-09-01T10:00:00Z")
    found = duties(b.case(), "recall-open", "2026-09-02")
    assert [(state_of(duty, "2026-09-02"), duty.started_on) for duty in found] == [
        ("met", "2026-05-04"),
        ("due", "2026-09-01"),
    ]
    assert f"recall-open/{second.id}/1" == found[1].duty


def visit(b: Build, day: str, *rows: dict[str, str], outcome: str = "out-others-seen") -> Version:
    return b.add(
        "home-visit",
        f"{day}T15:00:00Z",
        answers={"outcome": outcome, "others": [{"id": f"r{i}", **row} for i, row in enumerate(rows)]},
    )


def person(b: Build, id: str, **said: str) -> None:
    claims = tuple(claim(f"network.{fact}", value, "2026-01-05", id) for fact, value in said.items())
    b.add("people", "2026-01-05", claims=claims)


ALLOWED = {"name": "Daisy Example", "under_18": "yes", "contact_allowed": "yes"}


@pytest.mark.parametrize(
    ("known", "row", "opens"),
    [
        (ALLOWED, {"person": "kid", "under_18": "yes"}, False),
        ({**ALLOWED, "contact_allowed": "no"}, {"person": "kid", "under_18": "yes"}, True),
        ({"name": "Daisy Example"}, {"person": "kid", "under_18": "unknown"}, True),
        ({}, {"person": "kid", "under_18": "yes"}, True),
        ({}, {"under_18": "unknown"}, True),
        ({}, {}, True),
        ({}, {"person": "kid", "under_18": "no"}, False),
    ],
)
def test_a_child_at_the_door(known: dict[str, str], row: dict[str, str], *, opens: bool) -> None:
    b = Build()
    b.order("2026-03-02")
    person(b, "other", name="Somebody Else")
    if known:
        person(b, "kid", **known)
    visit(b, "2026-03-05", row)
    found = duties(b.case(), "child-present", "2026-03-05")
    assert opens == bool(found)
    assert all(duty.steps[0].step == "danger-now" and "999" in duty.steps[0].asks for duty in found)


def test_a_condition_that_forbids_contact_opens_it() -> None:
    b = Build()
    b.order("2026-03-02")
    person(b, "kid", **ALLOWED)
    b.say("condition.no_contact", "kid", "2026-03-02", "c1")
    visit(b, "2026-03-05", {"person": "kid", "under_18": "yes"})
    assert len(duties(b.case(), "child-present", "2026-03-05")) == 1


def test_contact_allowed_later_does_not_close_it() -> None:
    b = Build()
    b.order("2026-03-02")
    visit(b, "2026-03-05", {"person": "kid", "under_18": "yes"})
    b.add(
        "people",
        "2026-03-06",
        claims=tuple(claim(f"network.{f}", v, "2026-01-05", "kid") for f, v in ALLOWED.items()),
    )
    assert state_of(only(b.case(), "child-present", "2026-03-09"), "2026-03-09") == "due"


@pytest.mark.parametrize("act", ["withdraw", "restrict"])
def test_taking_the_visit_away_does_not_close_the_event(act: str) -> None:
    b = Build()
    b.act(act, visit(b, "2026-03-05", {"under_18": "yes"}), "2026-03-06", role="data-protection")
    assert state_of(only(b.case(), "child-present", "2026-03-09"), "2026-03-09") == "due"


def test_misfiling_the_visit_takes_the_event_away() -> None:
    b = Build()
    b.act("misfile", visit(b, "2026-03-05", {"under_18": "yes"}), "2026-03-06", role="data-protection")
    assert duties(b.case(), "child-present", "2026-03-09") == []


def test_the_same_kind_within_fourteen_days_joins_and_after_does_not() -> None:
    b = Build()
    first = visit(b, "2026-03-05", {"under_18": "yes"})
    visit(b, "2026-03-19", {"under_18": "yes"})
    visit(b, "2026-03-20", {"under_18": "yes"})
    found = duties(b.case(), "child-present", "2026-03-21")
    assert [duty.started_on for duty in found] == ["2026-03-05", "2026-03-20"]
    assert f"child-present/{first.id}/1" == found[0].duty


def rows(*, skip: str = "", reason: str = "") -> list[dict[str, str]]:
    found = []
    for number, each in enumerate(BOOK.events["child-present"].steps):
        done = {"why_not": reason} if reason and each.step == skip else {"done_on": "2026-03-07"}
        if reason or each.step != skip:
            found.append({"id": f"s{number}", "step": each.step, **done})
    return found


@pytest.mark.parametrize(
    ("steps", "expected"),
    [(rows(), "met"), (rows(skip="arms"), "due"), (rows(skip="arms", reason="Not a man."), "met")],
)
def test_it_closes_only_with_every_step_done_or_reasoned(steps: list[dict[str, str]], expected: str) -> None:
    b = Build()
    visit(b, "2026-03-05", {"under_18": "yes"})
    b.add("significant-event", "2026-03-07T09:00:00Z", answers={"kind": "child-present", "steps": steps})
    assert expected == state_of(only(b.case(), "child-present", "2026-03-09"), "2026-03-09")


def test_an_entry_of_its_own_does_a_step() -> None:
    b = Build()
    visit(b, "2026-03-05", {"under_18": "yes"})
    check = b.add("safeguarding-check", "2026-03-06")
    done = {s.step: s.done_by for s in only(b.case(), "child-present", "2026-03-09").steps if s.done_by}
    assert {"safeguarding-check": check.id} == done


def test_a_person_closes_it_with_reasons() -> None:
    b = Build()
    opened = visit(b, "2026-03-05", {"under_18": "yes"})
    b.add(
        "event-closed",
        "2026-03-08",
        answers={"event": f"child-present/{opened.id}/1", "why": "It was a doll."},
    )
    duty = only(b.case(), "child-present", "2026-03-09")
    assert state_of(duty, "2026-03-09") == "ended"
    assert duty.why_ended == "Pat Sample closed it with reasons: It was a doll."


def test_times_order_the_list_and_are_never_overdue() -> None:
    b = Build()
    visit(b, "2026-04-02", {"under_18": "yes"})
    duty = only(b.case(), "child-present", "2026-06-01")
    assert {each.when: each.due for each in duty.steps} == {
        "today": "2026-04-02",
        "next working day": "2026-04-07",
        "as soon as possible": None,
        "review": None,
    }
    assert state_of(duty, "2026-06-01") == "due"


def test_a_warning_sign_ticked_at_a_contact_is_one_item() -> None:
    b = Build()
    b.add(
        "contact", "2026-03-05", answers={"how": "phone", "signs": [{"id": "r1", "sign": "Drinking again"}]}
    )
    b.add("contact", "2026-03-06", answers={"how": "phone", "signs": []})
    assert only(b.case(), "warning-sign", "2026-03-06").asks == "One of the person's own warning signs showed"


def test_what_cannot_be_told_opens_no_other_event_and_is_said() -> None:
    b = Build()
    contact = b.add("contact", "2026-03-05", answers={"signs": [{"id": "r1", "what": "Looked tired."}]})
    found = outcome(b.case(), "2026-03-06")
    assert [d for d in found.duties if d.kind == "event"] == []
    assert [f for f in found.findings if f.entry == contact.id] == []


@pytest.mark.parametrize(
    ("state", "expected"), [("revoked", "met"), ("at-large", "met"), ("part-a-sent", "due")]
)
def test_an_acknowledged_recall_stays_closed_when_its_entry_goes_on(state: str, expected: str) -> None:
    """Revocation follows acknowledgement; a correction back to an earlier state opens the prompt again."""
    b = Build()
    b.licence("2026-03-02", of="s")
    first = step(b, "part-a-sent", "2026-05-04T10:00:00Z")
    last = first
    for said, at in (("ppcs-acknowledged", "2026-05-04T16:00:00Z"), (state, "2026-05-05T09:00:00Z")):
        last = b.add("recall", at, answers={"state": said}, act="amend", entry=first.id, parents=(last.id,))
    assert expected == state_of(prompt(b, "2026-05-06"), "2026-05-06")
