"""Answers of every kind: what is taken, what is refused with its place, and that nothing breaks the check."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.forms import small
from workbench.forms import claims, marks, values
from workbench.forms.library import Library, load
from workbench.forms.quality import findings
from workbench.forms.relevance import relevant
from workbench.forms.scope import Surroundings

from tests.forms.conftest import NOW  # isort: skip

SHA = "ab" * 32
FORM = small.form(
    """
    - {id: text, kind: text}
    - {id: what, kind: narrative}
    - {id: on, kind: day, ask: On}
    - {id: at, kind: moment, ask: At}
    - {id: agreed, kind: yes-no}
    - {id: under_18, kind: yes-no-unknown}
    - id: level
      ask: Level
      kind: one-of
      options:
        low: Low
        high: High
    - id: picks
      ask: Picks
      kind: any-of
      options:
        first: First
        second: Second
    - {id: whole, kind: number, ask: Whole}
    - {id: share, kind: number, ask: Share, decimals: 2}
    - {id: person, kind: person}
    - {id: letter, kind: file, ask: Letter}
    - {id: heard, kind: evidence, ask: Heard, sources: [self-report, police]}
    - id: mood
      ask: Mood
      kind: factor
      options:
        low: Low
        not-enough: Not enough
    - {id: done, kind: actions, ask: Done}
    - id: others
      ask: Others
      kind: repeat
      of:
        - {id: name, kind: text}
        - {id: heard, kind: evidence, ask: Heard}
    - {id: known_already, kind: shown, ask: Known, shows: [identity.name]}
    - {id: later, kind: computed, ask: Later, computes: on + 1 month}
    """,
    head=small.HEAD + "marks: [third-party]\n",
)
LINK = {"entry": "e", "version": "v", "path": "note", "start": 0, "end": 4}
ITEM = {
    "id": "i1",
    "text": "Two lines\nof it",
    "source": "police",
    "basis": "alleged",
    "whose": None,
    "on": "2026-03-01",
    "checked": "confirmed",
    "how": "Asked the sergeant",
    "from": LINK,
    "file": SHA,
}
GOOD: list[tuple[str, Any]] = [
    ("text", "One line"),
    ("what", "Two\nlines"),
    ("on", "2024-02-29"),
    ("at", "2026-03-03T14:30:00Z"),
    ("at", "2026-03-03T14:30:00.123Z"),
    ("agreed", "no"),
    ("under_18", "unknown"),
    ("level", "high"),
    ("picks", ["first", "second"]),
    ("whole", 0),
    ("share", "12.5"),
    ("person", "p-mother"),
    ("letter", SHA),
    ("heard", [ITEM]),
    ("heard", [{**ITEM, "from": None, "whose": "PC Example"}]),
    ("mood", {"rating": "low", "known": "x", "changed": "y", "evidence": [ITEM], "managed_by": ["a"]}),
    (
        "done",
        [{"id": "a", "what": "w", "who": "me", "by": "2026-04-01", "answers": ["mood"], "shown_by": []}],
    ),
    ("others", []),
    ("others", [{"id": "r", "name": "Nobody", "heard": [ITEM]}]),
    ("later", {"value": "2026-04-03", "working": "2026-03-03 + 1 month = 2026-04-03"}),
]
BAD: list[tuple[str, Any, str]] = [
    ("no_such", "x", "no_such"),
    ("text", None, "text"),
    ("text", "", "text"),
    ("text", "  ", "text"),
    ("text", "two\nlines", "text"),
    ("text", "bell\u0007", "text"),
    ("text", "e\u0301", "text"),
    ("text", "x" * 2_001, "text"),
    ("what", 5, "what"),
    ("what", "x" * 50_001, "what"),
    ("on", "2026-02-29", "on"),
    ("on", "20260301", "on"),
    ("on", "0001-01-01", "on"),
    ("on", "2026-03-01T10:00:00Z", "on"),
    ("at", "2026-03-01", "at"),
    ("at", "2026-03-01T10:00:00+00:00", "at"),
    ("at", "2026-03-01T25:00:00Z", "at"),
    ("agreed", "unknown", "agreed"),
    ("agreed", True, "agreed"),
    ("under_18", "maybe", "under_18"),
    ("level", "sky high", "level"),
    ("level", ["low"], "level"),
    ("picks", ["second", "first"], "picks"),
    ("picks", ["first", "first"], "picks"),
    ("picks", ["third"], "picks"),
    ("picks", [], "picks"),
    ("picks", [{}], "picks"),
    ("whole", "5", "whole"),
    ("whole", 1.5, "whole"),
    ("whole", True, "whole"),
    ("whole", 2**53, "whole"),
    ("share", 12.5, "share"),
    ("share", "12.555", "share"),
    ("share", "1e5", "share"),
    ("person", "", "person"),
    ("person", "a b", "person"),
    ("letter", "AB" * 32, "letter"),
    ("heard", {}, "heard"),
    ("heard", ["x"], "heard[0]"),
    ("heard", [{"text": "x"}], "heard[0]"),
    ("heard", [ITEM, ITEM], "heard/i1"),
    ("heard", [{**ITEM, "source": "child"}], "heard/i1/source"),
    ("heard", [{**ITEM, "basis": "rumour"}], "heard/i1/basis"),
    ("heard", [{**ITEM, "from": {"entry": "e"}}], "heard/i1/from"),
    ("heard", [{**ITEM, "from": {**LINK, "start": 9}}], "heard/i1/from"),
    ("heard", [{**ITEM, "on": None}], "heard/i1/on"),
    ("heard", [{**ITEM, "extra": "x"}], "heard/i1/extra"),
    ("mood", "low", "mood"),
    ("mood", {"rating": "high"}, "mood/rating"),
    ("mood", {"id": "x"}, "mood/id"),
    ("mood", {"evidence": [{**ITEM, "source": "?"}]}, "mood/evidence/i1/source"),
    ("mood", {"managed_by": ["a", "a"]}, "mood/managed_by"),
    ("done", [{"id": "a", "by": "soon"}], "done/a/by"),
    ("done", [{"id": "a", "answers": "mood"}], "done/a/answers"),
    ("others", [{"id": "r", "name": ""}], "others/r/name"),
    ("others", [{"id": "r", "heard": [{**ITEM, "source": "?"}]}], "others/r/heard/i1/source"),
    ("others", [{"id": str(number)} for number in range(1_001)], "others"),
    ("known_already", "x", "known_already"),
    ("later", "2026-04-03", "later"),
]


@pytest.mark.parametrize(("question", "value"), GOOD)
def test_taken(question: str, value: Any) -> None:
    assert values.problems(FORM, {question: value}) == ()


@pytest.mark.parametrize(("question", "value", "path"), BAD)
def test_refused_with_its_place(question: str, value: Any, path: str) -> None:
    assert [problem.path for problem in values.problems(FORM, {question: value})] == [path]


def test_answers_are_an_object() -> None:
    assert [problem.path for problem in values.problems(FORM, [])] == [""]


def test_no_flood_of_problems() -> None:
    assert len(values.problems(FORM, {str(number): 1 for number in range(5_000)})) == values.MAX_PROBLEMS


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
SHIPPED: Library = load()


def near(form_id: str) -> st.SearchStrategy[dict[str, Any]]:
    """Answers that use the names of the form, with anything as value: rows, factors, plain JSON."""
    form = SHIPPED.form(form_id)
    columns = [column.id for question in form.questions() for column in question.of]
    names = st.sampled_from(["id", "text", "source", "rating", "evidence", "value", "by", "from", *columns])
    row = st.dictionaries(names, JSON | st.sampled_from(["yes", "2026-03-03", "police", "low"]), max_size=5)
    value = JSON | row | st.lists(row, max_size=3) | st.sampled_from(["yes", "seen", "2026-03-03T10:00:00Z"])
    return st.dictionaries(st.sampled_from([question.id for question in form.questions()]), value)


@given(JSON)
def test_any_json_is_judged_and_never_breaks_the_check(value: Any) -> None:
    assert isinstance(values.problems(FORM, value), tuple)


@pytest.mark.parametrize("form_id", ["home-visit", "arms", "recall", "people", "sentence"])
@given(data=st.data())
def test_what_is_read_before_it_is_judged_breaks_nothing(form_id: str, data: st.DataObject) -> None:
    """A draft or a file may hold anything: relevance, claims, marks and findings must stand it."""
    form = SHIPPED.form(form_id)
    answers = data.draw(near(form_id))
    values.problems(form, answers)
    found = relevant(form, answers, Surroundings(NOW)).answers
    claims.claims(form, found, claims.day_happened(form, found, NOW), NOW)
    marks.by_path(form, found)
    assert isinstance(findings(form, found, answers, "case"), tuple)
