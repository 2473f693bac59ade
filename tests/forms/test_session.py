"""A form filled in: what shows, what is missing, what is kept and what is signed."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from tests.forms import small
from tests.forms.conftest import NOW, Begin
from workbench.errors import BadInput
from workbench.forms.relevance import relevant
from workbench.forms.scope import Surroundings, moved
from workbench.models.amounts import amount as read_amount
from workbench.resources import say


def paths(gaps: object) -> list[str]:
    return [gap.path for gap in gaps]  # type: ignore[attr-defined]


def test_an_empty_form_starts_from_its_defaults(begin: Begin) -> None:
    assert begin("home-visit").answers() == {"visited_on": "2026-03-03T14:30:00Z"}


def test_what_is_known_is_not_asked_again(begin: Begin) -> None:
    session = begin("officer-change", facts={"officer.name": "A Example"})
    assert session.answers()["from_officer"] == "A Example"
    plan = begin("risk-management-plan", facts={"sentence.release_on": date(2026, 5, 1)})
    assert plan.answers()["release_on"] == "2026-05-01"


def test_an_answer_shows_and_hides_what_hangs_on_it(begin: Begin) -> None:
    session = begin("home-visit")
    assert session.visible("others")
    hidden = session.answer("outcome", "no-answer")
    assert hidden.hidden == (
        "account",
        "children_things",
        "devices",
        "differs",
        "others",
        "presentation",
        "rooms",
    )
    assert not session.visible("others")
    shown = session.answer("outcome", "refused")
    assert shown.shown == ("children_things", "differs", "others")


def test_hidden_answers_stay_in_the_draft_and_are_not_signed(begin: Begin) -> None:
    session = begin("home-visit")
    session.answer("outcome", "seen")
    session.answer("rooms", "Kitchen and bedroom.")
    session.answer("outcome", "no-answer")
    assert session.draft()["rooms"] == "Kitchen and bedroom."
    assert "rooms" not in session.answers()
    assert session.claims() == ()


def test_a_hidden_column_is_hidden_in_its_row_alone(begin: Begin) -> None:
    session = begin("home-visit")
    session.answer("outcome", "seen")
    named, unnamed = session.add_row("others"), session.add_row("others")
    for row in (named, unnamed):
        session.answer(f"others/{row}/called", "A woman, about forty")
    session.answer(f"others/{named}/person", "p-1")
    assert not session.visible(f"others/{named}/called")
    assert session.visible(f"others/{unnamed}/called")
    assert session.answers()["others"] == [
        {"id": named, "person": "p-1"},
        {"id": unnamed, "called": "A woman, about forty"},
    ]


def test_what_hangs_on_a_hidden_answer_cannot_be_told_and_is_shown() -> None:
    form = small.form(
        """
        - {id: agreed, kind: yes-no}
        - {id: name, kind: text, show_when: agreed = 'yes'}
        - {id: why, kind: text, show_when: name = 'Anna'}
        """
    )
    found = relevant(form, {"agreed": "no", "name": "Berta", "why": "x"}, Surroundings(NOW))
    assert found.answers == {"agreed": "no", "why": "x"}
    assert found.hidden == {"name"}


def test_a_draft_comes_back_as_it_was(begin: Begin) -> None:
    session = begin("home-visit")
    session.answer("outcome", "seen")
    row = session.add_row("concern")
    session.answer(f"concern/{row}/text", "A child's shoes by the door")
    session.mark("rooms", ["police"])
    again = begin("home-visit")
    again.restore(session.draft(), session.own_marks())
    assert (again.draft(), again.own_marks()) == (session.draft(), session.own_marks())
    assert again.answers() == session.answers()


def test_a_draft_follows_a_question_that_was_renamed(begin: Begin) -> None:
    form = small.form("- {id: name, kind: text}", head=small.HEAD + "renamed: {called: name}\n")
    session = begin(form)
    session.restore({"called": "Anna", "gone": "x"})
    assert session.draft() == {"name": "Anna"}


def test_what_the_caller_holds_is_never_the_draft_itself(begin: Begin) -> None:
    session = begin("home-visit")
    given = [{"id": "r", "sign": "Alone by the school"}]
    session.answer("warning_signs", given)
    given.clear()
    session.draft()["warning_signs"].clear()
    session.answers()["warning_signs"].clear()
    assert session.answers()["warning_signs"] == [{"id": "r", "sign": "Alone by the school"}]


def test_rows_keep_their_ids(begin: Begin) -> None:
    session = begin("arms")
    session.answer("opportunity/rating", "high")
    first, second = session.add_row("opportunity/evidence"), session.add_row("opportunity/evidence")
    session.answer(f"opportunity/evidence/{second}/source", "police")
    session.remove_row(f"opportunity/evidence/{first}")
    assert session.answers()["opportunity"] == {
        "rating": "high",
        "evidence": [{"id": second, "source": "police"}],
    }


def test_a_list_left_empty_is_unanswered_and_nobody_is_an_answer(begin: Begin) -> None:
    session = begin("home-visit")
    session.answer("outcome", "seen")
    session.remove_row(f"others/{session.add_row('others')}")
    assert paths(session.missing()) == ["others"]
    session.answer("others", [])
    assert session.missing() == ()


def test_none_takes_an_answer_away(begin: Begin) -> None:
    session = begin("home-visit")
    session.answer("visited_on", None)
    assert session.draft() == {}


@pytest.mark.parametrize(
    "path", ["no_such", "others/none/person", "others/none", "opportunity/sum", "outcome/x"]
)
def test_no_such_place(begin: Begin, path: str) -> None:
    with pytest.raises(BadInput):
        begin("home-visit" if not path.startswith("opp") else "arms").answer(path, "x")


def test_no_such_list_or_row(begin: Begin) -> None:
    session = begin("home-visit")
    with pytest.raises(BadInput):
        session.add_row("outcome")
    with pytest.raises(BadInput):
        session.remove_row("others/none")


def test_what_must_hold_is_told_in_its_own_sentence(begin: Begin) -> None:
    session = begin("home-visit")
    session.answer("outcome", "no-answer")
    session.answer("visited_on", "2026-03-04T09:00:00Z")
    assert [(gap.path, say(gap.says)) for gap in session.missing()] == [
        ("visited_on", "The visit cannot be in the future.")
    ]


def test_must_says_nothing_of_what_cannot_be_told(begin: Begin) -> None:
    session = begin("rosh")
    session.answer("overall", "low")
    assert "overall" not in paths(session.missing())
    session.answer("children", "medium")
    assert "overall" in paths(session.missing())


def test_required_by_an_expression(begin: Begin) -> None:
    session = begin("rosh")
    assert "who" not in paths(session.missing())
    session.answer("overall", "low")
    assert "who" not in paths(session.missing())
    session.answer("overall", "high")
    assert "who" in paths(session.missing())


def test_columns_are_asked_in_every_row(begin: Begin) -> None:
    session = begin("home-visit")
    session.answer("outcome", "seen")
    row = session.add_row("others")
    assert paths(session.missing()) == [f"others/{row}/under_18"]


def test_a_column_is_held_against_its_own_row(begin: Begin) -> None:
    session = begin("address")
    row = session.add_row("places")
    session.answer(f"places/{row}/from_day", "2026-03-03")
    session.answer(f"places/{row}/until_day", "2026-03-01")
    assert f"places/{row}/until_day" in paths(session.missing())


def test_a_value_of_the_wrong_kind_stands_in_the_way(begin: Begin) -> None:
    session = begin("home-visit")
    session.answer("outcome", "vanished")
    assert "outcome" in paths(session.missing())


def test_computed_answers_are_signed_with_their_working(begin: Begin) -> None:
    session = begin("registration")
    assert "adult_on" not in session.answers()
    session.answer("born", "2008-02-29")
    assert session.answers()["adult_on"] == {
        "value": "2026-02-28",
        "working": "2008-02-29 + 18 years = 2026-02-28",
    }
    assert "adult_on" not in session.draft()


def test_an_amendment_starts_from_what_was_signed(begin: Begin) -> None:
    before = {"outcome": "seen", "visited_on": "2026-02-01T10:00:00Z", "others": []}
    assert begin("home-visit", previous=before, amends=True).answers() == before
    assert begin("home-visit", previous=before).answers() == {"visited_on": "2026-03-03T14:30:00Z"}


MAN = {"identity.gender": "man", "identity.born": date(1980, 1, 1), "offence.sexual": "yes"}


@pytest.mark.parametrize(
    ("facts", "refused"),
    [
        (MAN, 0),
        ({}, 0),
        ({**MAN, "tools.apply": "men"}, 0),
        ({**MAN, "tools.apply": "women"}, 1),
        ({**MAN, "identity.gender": "woman"}, 1),
        ({**MAN, "identity.gender": "woman", "tools.apply": "men"}, 0),
        ({**MAN, "identity.born": date(2008, 3, 3)}, 0),
        ({**MAN, "identity.born": date(2008, 3, 4)}, 1),
        ({**MAN, "offence.sexual": "no"}, 1),
    ],
)
def test_arms_is_for_adult_men_with_a_sexual_conviction(
    begin: Begin, facts: dict[str, object], refused: int
) -> None:
    assert len(begin("arms", facts=facts).refusals()) == refused


def test_every_arms_factor_is_rated_with_evidence_or_says_how_it_will_be_known(begin: Begin) -> None:
    session = begin("arms")
    session.answer("trained", "yes")
    assert sum(gap.path.count("/") == 0 for gap in session.missing()) == 14
    session.answer("opportunity/rating", "high")
    assert "opportunity/evidence" in paths(session.missing())
    row = session.add_row("opportunity/evidence")
    session.answer(f"opportunity/evidence/{row}/source", "police")
    assert not [path for path in paths(session.missing()) if path.startswith("opportunity")]
    session.answer("opportunity", {"rating": "not-enough"})
    assert "opportunity/known" in paths(session.missing())
    session.answer("opportunity/known", "Ask the sister by 10 March.")
    assert not [path for path in paths(session.missing()) if path.startswith("opportunity")]
    session.answer("opportunity", {"known": "Something"})
    assert "opportunity/rating" in paths(session.missing())


def test_checks_are_handed_in(begin: Begin) -> None:
    form = small.form("- {id: person, kind: person}\n- {id: why, kind: text, show_when: on_network(person)}")
    session = begin(form, checks={"on_network": lambda args: "yes" if args == ("p-1",) else "no"})
    session.answer("person", "p-2")
    assert not session.visible("why")
    session.answer("person", "p-1")
    assert session.visible("why")
    assert begin(form).visible("why")


def test_marks_are_those_of_the_record(begin: Begin) -> None:
    session = begin("contact")
    session.answer("note", "x")
    session.mark("note", ["health"])
    session.mark("note", ["child"])
    assert session.marks() == {"note": ("child", "health")}
    with pytest.raises(BadInput, match="no mark called secret"):
        session.mark("note", ["secret"])


def test_claims_bear_the_authors_marks(begin: Begin) -> None:
    session = begin("home-visit")
    session.answer("outcome", "seen")
    session.mark("outcome", ["police"])
    assert session.claims()[0].marks == ("third-party", "police")


@pytest.mark.parametrize(
    ("start", "amount", "back", "expected"),
    [
        ("2024-01-31", "1 month", False, "2024-02-29"),
        ("2024-02-29", "1 year", False, "2025-02-28"),
        ("2026-01-15", "2 months", True, "2025-11-15"),
        ("2026-03-03", "2 weeks", False, "2026-03-17"),
        ("2026-03-03", "3 calendar days", True, "2026-02-28"),
        ("2026-12-31", "2 months", False, "2027-02-28"),
    ],
)
def test_days_move_by_the_calendar(start: str, amount: str, back: bool, expected: str) -> None:
    found = moved(date.fromisoformat(start), read_amount(amount), back=back)
    assert found.isoformat() == expected


def test_moments_move_by_hours_through_the_clock_change() -> None:
    start = datetime(2026, 3, 29, 0, 30, tzinfo=UTC)
    assert moved(start, read_amount("24 hours"), back=False) == datetime(2026, 3, 30, 0, 30, tzinfo=UTC)
