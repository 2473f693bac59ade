"""What answers claim: nothing that is not known, the weakest footing, the marks of all it rests on."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.forms import small
from tests.forms.conftest import NOW
from tests.forms.examples import EXAMPLES
from workbench.forms.claims import claims, day_happened, happened
from workbench.forms.definition import Form
from workbench.forms.library import load

SHIPPED = load()
QUESTIONS = """
- {id: name, kind: text}
- {id: seen_on, kind: day, ask: On}
- {id: until_on, kind: day, ask: Until}
- {id: registered, kind: yes-no-unknown, ask: Registered}
- {id: agreed, kind: yes-no, marks: [victim]}
- id: people
  ask: People
  kind: repeat
  mints: person
  of:
    - {id: name, kind: text, marks: [child]}
    - {id: heard, kind: evidence, ask: Heard}
- {id: heard, kind: evidence, ask: Heard}
"""


def of(row: str, **answers: Any) -> list[tuple[Any, ...]]:
    """The claims of one row of `sets`, as (of, value, from, until, marks, basis)."""
    form = small.form(QUESTIONS, rest=f"sets:\n  - {row}\n")
    found = claims(form, answers, "2026-03-01", NOW)
    return [(c.of, c.is_, c.from_, c.until, c.marks, c.basis) for c in found]


def test_a_value_holds_from_the_day_it_happened() -> None:
    assert of("{fact: identity.name, is: name}", name="A") == [(None, "A", "2026-03-01", None, (), None)]


def test_what_is_not_answered_claims_nothing() -> None:
    assert of("{fact: identity.name, is: name}") == []


def test_not_known_claims_nothing() -> None:
    row = "{fact: registered, is: registered}"
    assert of(row, registered="unknown") == []
    assert of(row, registered="no") == [(None, "no", "2026-03-01", None, (), None)]


def test_when_that_cannot_be_told_claims_nothing() -> None:
    row = "{fact: identity.name, is: name, when: agreed = 'yes'}"
    assert of(row, name="A") == []
    assert of(row, name="A", agreed="no") == []
    assert of(row, name="A", agreed="yes") == [(None, "A", "2026-03-01", None, ("victim",), None)]


def test_from_and_until_are_the_days_given() -> None:
    row = "{fact: identity.name, is: name, from: seen_on, until: until_on}"
    found = of(row, name="A", seen_on="2026-02-01", until_on="2026-02-08")
    assert found == [(None, "A", "2026-02-01", "2026-02-08", (), None)]
    assert of(row, name="A") == [(None, "A", "2026-03-01", None, (), None)]


def test_what_ended_before_it_began_claims_nothing() -> None:
    row = "{fact: identity.name, is: name, from: seen_on, until: until_on}"
    assert of(row, name="A", seen_on="2026-02-08", until_on="2026-02-08") == []


def test_a_literal_is_claimed_as_written() -> None:
    assert of("{fact: registered, is: \"'yes'\"}") == [(None, "yes", "2026-03-01", None, (), None)]


def test_each_row_claims_about_itself() -> None:
    people = [{"id": "p1", "name": "A"}, {"id": "p2"}, {"id": "p3", "name": "C"}]
    found = of("{fact: network.name, each: people, of: row, is: name}", people=people)
    assert found == [
        ("p1", "A", "2026-03-01", None, ("child",), None),
        ("p3", "C", "2026-03-01", None, ("child",), None),
    ]


def test_the_weakest_footing_of_the_evidence() -> None:
    items = [{"id": "1", "basis": "convicted"}, {"id": "2", "basis": "alleged"}, {"id": "3"}]
    row = "{fact: identity.name, is: name, basis: heard}"
    assert of(row, name="A", heard=items)[0][-1] == "alleged"
    assert of(row, name="A", heard=items[:1])[0][-1] == "convicted"
    assert of(row, name="A", heard=items[2:])[0][-1] is None
    assert of(row, name="A")[0][-1] is None


def test_a_footing_in_the_same_row() -> None:
    people = [{"id": "p1", "name": "A", "heard": [{"id": "1", "basis": "acquitted"}]}]
    row = "{fact: network.name, each: people, of: row, is: name, basis: heard}"
    assert of(row, people=people, heard=[{"id": "2", "basis": "convicted"}])[0][-1] == "acquitted"


def test_a_claim_bears_the_marks_of_all_it_rests_on_and_of_its_fact() -> None:
    form = small.form(QUESTIONS, rest="sets:\n  - {fact: visor.reference, is: name, when: agreed = 'yes'}\n")
    found = claims(form, {"name": "A", "agreed": "yes"}, "2026-03-01", NOW, {"name": ["health"]})
    assert found[0].marks == ("police", "health", "victim")


def test_one_claim_is_made_once() -> None:
    people = [{"id": "p1", "name": "A"}, {"id": "p2", "name": "A"}]
    assert len(of("{fact: identity.alias, each: people, is: name}", people=people)) == 1


def test_when_it_happened() -> None:
    form = SHIPPED.form("home-visit")
    late = {"visited_on": "2026-06-30T23:30:00Z"}
    assert happened(form, late, NOW) == "2026-06-30T23:30:00Z"
    assert day_happened(form, late, NOW) == "2026-07-01"
    assert happened(form, {}, NOW) == "2026-03-03"
    assert happened(form, {"visited_on": "soon"}, NOW) == "2026-03-03"
    assert day_happened(SHIPPED.form("warning-signs"), {}, NOW) == "2026-03-03"


def _said(form: Form, answers: dict[str, Any]) -> object:
    return claims(form, answers, day_happened(form, answers, NOW), NOW)


@pytest.mark.parametrize("form", ["registration", "arms", "sentence", "recall"])
@given(data=st.data())
def test_the_order_of_answering_changes_no_claim(form: str, data: st.DataObject) -> None:
    answers, _ = EXAMPLES[form]
    shuffled = dict(data.draw(st.permutations(list(answers.items()))))
    definition = SHIPPED.form(form)
    assert _said(definition, shuffled) == _said(definition, answers)
