"""Marks by answer: of form, question, source, author, and of what lies beside."""

from __future__ import annotations

from typing import Any

from tests.forms import small
from workbench.forms.library import load
from workbench.forms.marks import by_path, ordered

SHIPPED = load()
FORM = small.form(
    """
    - {id: name, kind: text}
    - {id: agreed, kind: yes-no}
    - {id: what, kind: narrative, marks: [health]}
    - {id: heard, kind: evidence, ask: Heard}
    - id: others
      ask: Others
      kind: repeat
      of:
        - {id: name, kind: text}
        - {id: expected, kind: yes-no, marks: [victim]}
        - {id: source, kind: one-of, ask: From, options_from: sources}
    """
)


def marks(answers: dict[str, Any], **own: list[str]) -> dict[str, tuple[str, ...]]:
    return by_path(FORM, answers, own)


def test_an_open_answer_has_none() -> None:
    assert marks({"name": "A", "agreed": "yes"}) == {}


def test_a_question_marks_its_answer_alone() -> None:
    assert marks({"name": "A", "what": "x"}) == {"what": ("health",)}


def test_the_author_adds_marks() -> None:
    assert marks({"name": "A", "what": "x"}, what=["police"], name=["child"]) == {
        "name": ("child",),
        "what": ("police", "health"),
    }


def test_a_source_marks_its_item_and_the_free_text_beside_it() -> None:
    found = marks({"name": "A", "agreed": "yes", "heard": [{"id": "1", "text": "x", "source": "visor"}]})
    assert found == {
        "name": ("police", "intelligence"),
        "heard": ("police", "intelligence"),
        "heard/1": ("police", "intelligence"),
        "heard/1/text": ("police", "intelligence"),
        "heard/1/source": ("police", "intelligence"),
    }


def test_one_item_does_not_mark_another() -> None:
    items = [{"id": "1", "text": "x", "source": "child"}, {"id": "2", "text": "y", "source": "self-report"}]
    found = marks({"heard": items})
    assert found["heard/1/text"] == ("third-party", "child")
    assert "heard/2/text" not in found
    assert found["heard"] == ("third-party", "child")


def test_a_row_carries_its_columns_and_its_source() -> None:
    found = marks({"others": [{"id": "r", "name": "A", "expected": "no", "source": "police"}, {"id": "s"}]})
    assert found == {
        "others": ("police", "victim"),
        "others/r": ("police", "victim"),
        "others/r/name": ("police",),
        "others/r/expected": ("victim",),
    }


def test_the_authors_mark_of_a_row_holds_for_all_in_it() -> None:
    found = by_path(
        FORM, {"others": [{"id": "r", "name": "A"}, {"id": "s", "name": "B"}]}, {"others/r": ["child"]}
    )
    assert (found["others/r/name"], found.get("others/s/name")) == (("child",), None)


def test_text_in_a_factor_carries_its_evidence() -> None:
    item = {"id": "1", "text": "x", "source": "polygraph"}
    found = by_path(SHIPPED.form("arms"), {"opportunity": {"known": "x", "evidence": [item]}})
    assert found["opportunity/known"] == ("third-party", "polygraph")
    assert found["opportunity"] == ("third-party", "polygraph")


def test_a_form_marks_all_its_answers() -> None:
    found = by_path(SHIPPED.form("home-visit"), {"outcome": "seen"})
    assert found == {"outcome": ("third-party",)}


def test_sensitive_marks_the_whole_contact() -> None:
    contact = SHIPPED.form("contact")
    assert by_path(contact, {"note": "x", "sensitive": "no"}) == {}
    assert by_path(contact, {"note": "x", "sensitive": "yes"}) == {
        "note": ("not-for-disclosure",),
        "sensitive": ("not-for-disclosure",),
    }


def test_a_mark_nobody_knows_stays() -> None:
    assert ordered(["unheard-of", "child"]) == ("child", "unheard-of")
