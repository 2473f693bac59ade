"""One sitting: the changes once, each form a draft, and all of it signed or nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from tests.casework.test_threads import rated, write
from tests.conftest import Stores
from tests.forms.examples import EXAMPLES
from workbench.casework import drafting, recording, sitting, unfinished
from workbench.casework.desk import Desk
from workbench.casework.drafting import Spot
from workbench.casework.sitting import Change, Part
from workbench.errors import NotFound, Refused


@pytest.fixture
def case(desk: Desk, registered: Callable[..., str]) -> str:
    """A man with a sexual conviction, at Level 1."""
    case = registered(gender="man", tools="men")
    write(desk, case, "sentence")
    return case


def filled(desk: Desk, case: str, form: str, **more: Any) -> str:
    """Begins the draft of a form and fills in its worked example."""
    draft = sitting.begin(desk, case, form, from_last=False)
    writing = drafting.take_up(desk, draft).writing
    drafting.keep(desk, writing, {**EXAMPLES[form][0], **more}, {}, Spot())
    return draft


def part(desk: Desk, case: str, form: str) -> Part:
    """One part of the sitting."""
    return next(each for each in sitting.parts(desk, case) if each.form == form)


def test_four_forms_are_signed_together_each_its_own_entry(desk: Desk, case: str) -> None:
    """One commit, one row of the look-log; the versions name the sitting they came from, the drafts are gone."""
    drafts = [filled(desk, case, form) for form in sitting.FORMS]
    rows = len(list(desk.store.log_rows(case)))
    changes = sitting.sign(desk, case, drafts)
    entries = [desk.case(case).of_form(form)[-1] for form in sitting.FORMS]
    named = {entry.head.content.sitting for entry in entries if entry.head.content}
    assert (len({entry.id for entry in entries}), len(named), None in named) == (4, 1, False)
    assert changes.case == case
    assert unfinished.begun(desk, case) == ()
    assert len(list(desk.store.log_rows(case))) == rows + 1


def test_one_that_cannot_be_signed_keeps_all_from_being_signed(desk: Desk, case: str) -> None:
    """Which one is told; every draft stands as it was."""
    drafts = [filled(desk, case, "oasys-prompts"), filled(desk, case, "mappa-level-1-review", decision=None)]
    with pytest.raises(Refused, match=r"^MAPPA Level 1 review: This cannot be signed yet"):
        sitting.sign(desk, case, drafts)
    assert desk.case(case).of_form(*sitting.FORMS) == ()
    assert {held.draft for held in unfinished.begun(desk, case)} == set(drafts)


def test_what_came_from_one_sitting_can_be_told_afterwards(desk: Desk, case: str) -> None:
    """After an amendment too; what was signed alone, in a sitting or out of it, stands alone."""
    sitting.sign(desk, case, [filled(desk, case, form) for form in ("arms", "risk-management-plan")])
    sitting.sign(desk, case, [filled(desk, case, "oasys-prompts")])
    stood = desk.case(case)
    arms, plan = stood.of_form("arms")[0].id, stood.of_form("risk-management-plan")[0].id
    amending = recording.start(desk, case, "risk-management-plan", amends=plan)
    recording.amend(desk, case, plan, amending, "A word was missing.")
    found = sitting.together(desk.case(case))
    assert {each: [entry.id for entry in entries] for each, entries in found.items()} == {
        arms: [arms, plan],
        plan: [arms, plan],
    }
    assert sitting.together(desk.case(case), {plan}) == {}


def test_a_draft_of_another_case_or_none_is_refused(
    desk: Desk, registered: Callable[..., str], case: str
) -> None:
    """And so is a sitting of nothing."""
    other = filled(desk, registered("X100002"), "risk-management-plan")
    for drafts, refusal in (([other], NotFound), (["gone"], NotFound), ([], Refused)):
        with pytest.raises(refusal):
            sitting.sign(desk, case, drafts)


def test_a_part_says_how_far_it_is(desk: Desk, case: str) -> None:
    """Not begun, unfinished with what is missing, ready; and what was signed before."""
    assert part(desk, case, "risk-management-plan").state == "not-begun"
    sitting.begin(desk, case, "risk-management-plan", from_last=True)
    begun = part(desk, case, "risk-management-plan")
    assert (begun.state, len(begun.gaps) > 2) == ("unfinished", True)
    draft = filled(desk, case, "risk-management-plan")
    assert draft == begun.draft
    assert part(desk, case, "risk-management-plan").state == "ready"
    sitting.sign(desk, case, [draft])
    signed = part(desk, case, "risk-management-plan")
    assert (signed.state, signed.last) == (
        "not-begun",
        desk.case(case).of_form("risk-management-plan")[-1].id,
    )


def test_what_is_not_for_this_case_says_why(desk: Desk, registered: Callable[..., str]) -> None:
    """ARMS is for adult men; a Level 1 review for Level 1."""
    woman = registered("X100003", gender="woman", tools="women", mappa_category="none")
    assert part(desk, woman, "arms").refused.startswith("ARMS is for adult men")
    assert part(desk, woman, "mappa-level-1-review").refused == "It is not a MAPPA case."
    with pytest.raises(Refused):
        sitting.begin(desk, woman, "arms", from_last=True)


def test_what_is_told_begins_from_last_time_and_judgements_do_not(desk: Desk, case: str) -> None:
    """Rows keep their ids, so that threads go on; days, choices and ratings are given anew."""
    factor = rated("high", changed="Moved.", managed_by=["a1"])
    session = recording.start(desk, case, "arms")
    more = {"reasoning": "He lives alone.", "overall": "high", "kind": "initial", "person_view": "Agrees."}
    session.restore({**EXAMPLES["arms"][0], "opportunity": factor, **more})
    session.mark("reasoning", ("not-for-disclosure",))
    recording.sign(desk, case, session)
    actions = [{"id": "a1", "what": "Visit", "who": "A", "by": "2026-04-01"}]
    write(desk, case, "risk-management-plan", monitoring_actions=actions, review_on="2026-06-01")
    begun = recording.resume(desk, sitting.begin(desk, case, "arms", from_last=True))
    arms = begun.draft()
    assert arms["opportunity"] == {key: factor[key] for key in ("known", "evidence", "managed_by")}
    assert (arms["reasoning"], arms["kind"]) == ("He lives alone.", "review")
    assert not {"overall", "person_view"} & arms.keys()
    assert "not-for-disclosure" in begun.marks()["reasoning"]
    plan = recording.resume(desk, sitting.begin(desk, case, "risk-management-plan", from_last=True)).draft()
    assert (plan["monitoring_actions"], "review_on" in plan) == (actions, False)


def test_the_review_begins_with_the_changes_and_never_with_what_others_said_last(
    desk: Desk, case: str
) -> None:
    """As they were told; the agencies are asked again."""
    write(desk, case, "mappa-level-1-review", contingency="Tested.")
    draft = sitting.begin(desk, case, "mappa-level-1-review", from_last=True, told="A new address.")
    held = recording.resume(desk, draft).draft()
    assert held["changes"] == "A new address."
    assert not {"contingency", "contributors"} & held.keys()


def test_only_what_is_otherwise_than_at_the_last_assessment_has_changed(
    stores: Stores, desk: Desk, case: str
) -> None:
    """With what it was; saying the same again is no change, and the diary is none."""
    write(desk, case, "rosh", on="2026-03-01", overall="high")
    assert Change(
        "rosh.overall", None, (), ("high",), "2026-03-01", desk.case(case).of_form("rosh")[0].id
    ) in (sitting.changed(desk, case))
    stores.clock.move(timedelta(hours=1))
    write(desk, case, "arms")
    stores.clock.move(timedelta(hours=1))
    assert sitting.changed(desk, case) == ()
    entry = write(desk, case, "rosh", on="2026-03-09", overall="very high", children="very high")
    write(desk, case, "contact-plan")
    found = {change.fact: change for change in sitting.changed(desk, case)}
    assert found["rosh.overall"] == Change(
        "rosh.overall", None, ("high",), ("very high",), "2026-03-09", entry
    )
    assert "rosh.public" not in found
    # An entry amended since, in which most stays as it was.
    sentence = desk.case(case).of_form("sentence")[0]
    session = recording.start(desk, case, "sentence", amends=sentence.id)
    session.answer("registered", "yes")
    recording.amend(desk, case, sentence.id, session, "Police confirmed it.")
    changes = {change.fact: change for change in sitting.changed(desk, case)}
    assert (changes["registered"].before, changes["registered"].now) == ((), ("yes",))
    assert not {"offence.sexual", "sentence.kind"} & changes.keys()
    assert "contact_plan.review_on" not in found


def test_an_open_event_asks_for_a_sitting_until_its_reviews_are_done(desk: Desk, case: str) -> None:
    """What is signed together does its steps."""
    write(desk, case, "significant-event", kind="new-partner", learnt_on="2026-03-09T10:00:00Z")
    assert [duty.kind for duty in sitting.asking(desk, case)][:1] == ["event"]
    today = {"arms": {"done_on": "2026-03-10"}, "mappa-level-1-review": {"reviewed_on": "2026-03-10"}}
    forms = ("arms", "risk-management-plan", "mappa-level-1-review")
    sitting.sign(desk, case, [filled(desk, case, form, **today.get(form, {})) for form in forms])
    event = next(duty for duty in desk.store.duties(case) if duty.kind == "event")
    done = {step.step for step in event.steps if step.done_by}
    assert {"arms", "plan", "level-1"} <= done
