"""Findings and advice, and what is said where something is not known."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest

from tests.rules.build import Build
from tests.rules.world import BOOK, outcome
from workbench.models.results import Finding
from workbench.rules.states import is_item_for


def found(b: Build, rule: str, day: str) -> list[Finding]:
    return [finding for finding in outcome(b.case(), day).findings if finding.rule == rule]


def factor(*sources: str) -> dict[str, object]:
    return {
        "rating": "low",
        "evidence": [{"id": f"e{n}", "text": "x", "source": s} for n, s in enumerate(sources)],
    }


def test_each_factor_on_self_report_alone_is_pointed_out() -> None:
    b = Build()
    answers = {"opportunity": factor("self-report"), "hostile_orientation": factor("self-report", "police")}
    entry = b.add("arms", "2026-03-05", answers=answers)
    assert [(entry.id, "opportunity")] == [
        (f.entry, f.question) for f in found(b, "self-report-only", "2026-03-06")
    ]


def test_only_the_newest_entry_of_a_form_is_looked_at() -> None:
    b = Build()
    b.add("risk-management-plan", "2026-03-05")
    assert len(found(b, "plan-names-no-other-agency", "2026-03-06")) == 1
    b.add("risk-management-plan", "2026-03-07", answers={"agencies": [{"id": "a", "agency": "police-1"}]})
    assert found(b, "plan-names-no-other-agency", "2026-03-08") == []


def test_two_accounts_stay_until_somebody_has_seen_both() -> None:
    b = Build()
    b.say("rosh.overall", "low", "2026-03-02")
    b.say("rosh.overall", "high", "2026-03-02", blind=True)
    finding = found(b, "two-accounts", "2026-03-05")[0]
    assert {"low", "high"} == {entry.value for entry in finding.because.entries}
    assert "low" not in finding.says
    b.say("rosh.overall", "high", "2026-03-02")
    assert found(b, "two-accounts", "2026-03-05") == []


def test_silence_warns_the_practitioner_and_then_the_spo() -> None:
    b = Build()
    b.licence("2026-03-02", of="s")
    b.say("contact_plan.gap_days", 10, "2026-03-02")
    said = {"how": "face-to-face", "seen_by": "responsible-officer", "outcome": "attended"}
    b.add("contact", "2026-04-01T10:00:00Z", answers=said)
    b.add("contact", "2026-04-08T10:00:00Z", answers={**said, "outcome": "did-not-attend"})
    tells = [
        [f.tells for f in found(b, "contact-own", day)] for day in ("2026-04-15", "2026-04-16", "2026-04-21")
    ]
    assert tells == [[], [("practitioner",)], [("practitioner", "spo")]]
    assert str(outcome(b.case(), "2026-04-15").stale_on) == "2026-04-16"
    late = found(b, "contact-own", "2026-04-21")[0]
    assert "Last seen on 1 April 2026; the plan says every 10 calendar days." in late.says


def test_a_serious_finding_is_an_item_of_those_it_tells() -> None:
    b = Build()
    b.licence("2026-03-02", of="s")
    b.say("contact_plan.gap_days", 10, "2026-03-02")
    finding = found(b, "contact-own", "2026-03-18")[0]
    assert (is_item_for(finding, "practitioner"), is_item_for(finding, "spo")) == (True, False)


def test_no_silence_while_in_custody() -> None:
    b = Build()
    b.order("2026-03-02", None, "determinate")
    b.say("contact_plan.gap_days", 10, "2026-03-02")
    assert found(b, "contact-own", "2026-06-01") == []


def test_a_case_that_no_branch_fits_is_said_and_owes_nothing() -> None:
    rule = BOOK.rules["home-visit-first"]
    text = msgspec.structs.replace(rule.texts[0], due=rule.texts[0].due[1:])
    rules = {"home-visit-first": msgspec.structs.replace(rule, texts=(text,))}
    b = Build()
    b.order("2026-03-02")
    b.say("rosh.overall", "high", "2026-03-02")
    result = outcome(b.case(), "2026-03-05", msgspec.structs.replace(BOOK, rules=rules))
    said = [f.says for f in result.findings if f.rule == "rule-does-not-cover"]
    assert said == ["No branch of the rule fits this case; a person decides: First home visit."]
    assert result.duties == ()


def test_what_is_missing_for_many_duties_is_said_once() -> None:
    b = Build()
    b.order("2026-03-02")
    facts = [f.because.unknown for f in found(b, "cannot-tell-whether", "2026-03-05")]
    assert facts.count(("lead_agency",)) == 1


@pytest.mark.parametrize(
    ("missing", "expected"),
    [
        (
            None,
            "Maps for Change must structure supervision here, unless you record why it is not appropriate.",
        ),
        ("osp.iic", "Record the OSP/IIC band first."),
        ("identity.born", "Record the day of birth first."),
    ],
)
def test_advice_asks_for_what_it_lacks_and_says_nothing_else(missing: str | None, expected: str) -> None:
    b = Build()
    b.order("2026-03-02")
    said = {
        "tools.apply": "men", "identity.born": "1980-05-05", "offence.sexual": "yes", "osp.dc": "low",
        "osp.iic": "low", "programme.provided": "no", "opd.screened": "yes",
    }  # fmt: skip
    for fact, value in said.items():
        if fact != missing:
            b.say(fact, value, "2026-03-02")
    assert [expected] == [line.says for line in outcome(b.case(), "2026-03-05").advice]


def test_maintaining_innocence_changes_no_advice() -> None:
    b = Build()
    b.order("2026-03-02")
    b.say("tools.apply", "men", "2026-03-02")
    before = outcome(b.case(), "2026-03-05").advice
    b.say("maintains_innocence", "yes", "2026-03-02")
    assert before == outcome(b.case(), "2026-03-05").advice


def test_an_ordinary_case_in_order_has_nothing_serious() -> None:
    b = Build()
    b.order("2026-03-02")
    for fact, value in (
        ("rosh.overall", "medium"),
        ("registered", "yes"),
        ("cse", "no"),
        ("lead_agency", "probation"),
    ):
        b.say(fact, value, "2026-03-02")
    b.say("contact_plan.gap_days", 14, "2026-03-02")
    b.add("home-visit", "2026-03-10", answers={"outcome": "seen", "others": []})
    result = outcome(b.case(), "2026-03-20")
    assert [f.finding for f in result.findings if f.level == "serious"] == []
    assert [d.duty for d in result.duties if d.kind == "event"] == []


def test_no_doubt_is_told_where_something_else_has_stopped_it() -> None:
    """Not a MAPPA case: whether its level is recorded does not matter."""
    b = Build()
    b.order("2026-03-02")
    assert "cannot-tell-whether/mappa.level" in [f.finding for f in outcome(b.case(), "2026-03-10").findings]
    b.say("mappa.category", "none", "2026-03-02")
    assert "cannot-tell-whether/mappa.level" not in [
        f.finding for f in outcome(b.case(), "2026-03-10").findings
    ]


def test_a_case_is_worked_out_again_on_the_day_an_age_is_reached() -> None:
    b = Build()
    b.order("2026-03-02", None)
    b.say("identity.born", "2000-06-01", "2026-03-02")
    assert outcome(b.case(), "2026-05-31").stale_on == date(2026, 6, 1)


def test_a_day_that_was_set_is_told_for_each_thing_when_it_comes() -> None:
    b = Build()
    b.order("2026-03-02", None)
    for condition, day in (("c1", "2026-05-01"), ("c2", "2026-06-01")):
        b.say("condition.review_on", day, "2026-03-02", condition)
        b.say("condition.in_force", "yes", "2026-03-02", condition)
    found = {day: outcome(b.case(), day) for day in ("2026-05-01", "2026-06-01")}
    named = {
        day: [f.finding for f in each.findings if f.rule == "condition-review"] for day, each in found.items()
    }
    assert named == {
        "2026-05-01": ["condition-review/c1"],
        "2026-06-01": ["condition-review/c1", "condition-review/c2"],
    }
    assert found["2026-05-01"].stale_on == date(2026, 6, 1)
