"""Who sees what: the table, children's names, releases, and nothing left unaccounted for."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.rules.build import Build, authors, claim
from tests.rules.world import BOOK, FACTS, SHAPES
from workbench.errors import NotFound
from workbench.models.records import MARKS
from workbench.models.released import ReleasedCase, Row, Value, Withheld
from workbench.rules.access import release
from workbench.rules.lint import AUDIENCES

SECRET = "zanzibar"


def cut(b: Build, audience: str, **more: Any) -> tuple[ReleasedCase, Withheld]:
    return release(
        b.case(), audience, book=BOOK, shapes=SHAPES, facts=FACTS, authors=authors,
        as_of="2026-06-01", crn="X000001", **more,
    )  # fmt: skip


def noted(*marks: str) -> Build:
    """A contact whose notes hold a secret under these marks."""
    b = Build()
    b.add("contact", "2026-03-05", answers={"notes": SECRET}, marks={"notes": marks} if marks else {})
    return b


def notes(case: ReleasedCase) -> Value:
    found = case.entries[0].answers["notes"]
    assert isinstance(found, Value)
    return found


TABLE = """
court              ask initials ask no  no  ask no  ask no
parole-board       ask initials ask gist ask ask gist ask no
ppcs               ask initials ask no  no  ask no  ask no
person             no  initials no  no  no  yes yes no  no
data-team          no  initials no  no  no  yes yes no  no
sealed-annex       yes initials yes gist ask yes no yes yes
agencies           yes initials yes gist ask ask gist yes ask
police             yes yes      yes gist ask ask gist yes ask
childrens-services yes yes      ask gist ask ask gist ask ask
vlo                ask initials ask no  no  no  no  yes no
receiving-officer  yes initials yes vetted yes yes yes yes yes
spo                yes initials yes vetted yes yes yes yes yes
review             yes initials yes vetted yes yes yes yes yes
file               yes initials yes vetted yes yes yes yes yes
doorstep           no  first-name no no no no no no no
on-call            yes initials yes gist ask yes no yes ask
figures            no  no no no no no no no no
"""


@pytest.mark.parametrize("line", TABLE.strip().splitlines(), ids=lambda line: line.split()[0])
def test_the_table(line: str) -> None:
    audience, *cells = line.split()
    assert dict(zip(MARKS, cells, strict=True)) == {mark: BOOK.access[audience].cell(mark) for mark in MARKS}


def test_every_audience_has_a_row() -> None:
    assert set(AUDIENCES) == set(BOOK.access)


@pytest.mark.parametrize(
    ("marks", "audience", "how"),
    [
        ((), "court", ""),
        (("third-party",), "court", "withheld"),
        (("third-party",), "police", ""),
        (("intelligence",), "police", "gist"),
        (("intelligence",), "person", "withheld"),
        (("third-party", "intelligence"), "parole-board", "withheld"),
        (("polygraph",), "court", "withheld"),
        (("mark of next year",), "file", "withheld"),
        (("child",), "agencies", ""),
    ],
)
def test_the_narrowest_of_several_marks_holds(marks: tuple[str, ...], audience: str, how: str) -> None:
    case, withheld = cut(noted(*marks), audience)
    assert how == notes(case).cut
    held = [value for value in withheld.values if value.text == SECRET]
    assert (how != "") == bool(held)
    assert (SECRET in msgspec.json.encode(case).decode()) == (how == "")


def test_a_vetted_reader_sees_intelligence_and_another_the_gist() -> None:
    b = noted("intelligence")
    assert [notes(cut(b, "spo", vetted=vetted)[0]).cut for vetted in (True, False)] == ["", "gist"]


def test_marks_of_form_question_and_path_all_count() -> None:
    b = Build()
    rows = [{"id": "r1", "person": "kid"}, {"id": "r2", "person": "gran"}]
    answers = {"outcome": "seen", "rooms": "Two.", "children_things": "A cot.", "others": rows}
    b.add(
        "home-visit",
        "2026-03-05",
        answers=answers,
        marks={"others/r1/person": ("police",), "rooms": ("health",)},
    )
    _, withheld = cut(b, "court")
    marks = {value.path: value.marks for value in withheld.values}
    assert marks["outcome"] == ("third-party",)
    assert marks["rooms"] == ("health", "third-party")
    assert marks["children_things"] == ("child", "third-party")
    assert marks["others/r1/person"] == ("police", "third-party")
    assert marks["others/r2/person"] == ("third-party",)


def family(b: Build) -> None:
    for who, name, under in (
        ("kid", "Daisy Harper", "yes"),
        ("gran", "Rosa Harper", "no"),
        ("boy", "Tom Quill", None),
    ):
        claims = [
            claim("network.name", name, "2026-01-05", who),
            claim("network.relation", "relative", "2026-01-05", who),
        ]
        if under:
            claims.append(claim("network.under_18", under, "2026-01-05", who))
        b.add("people", "2026-01-05", claims=tuple(claims))


@pytest.mark.parametrize(
    ("audience", "expected"),
    [
        ("file", "Met D.H. and Rosa Harper; D. and T.Q. were there."),
        ("police", "Met Daisy Harper and Rosa Harper; Daisy and Tom Quill were there."),
        ("doorstep", "Met Daisy and Rosa Harper; Daisy and Tom were there."),
    ],
)
def test_a_childs_name_is_cut_in_running_text(audience: str, expected: str) -> None:
    b = Build()
    family(b)
    text = "Met Daisy Harper and Rosa Harper; Daisy and Tom Quill were there."
    b.add("contact", "2026-03-05", answers={"notes": text, "met_with": "kid"})
    case, withheld = cut(b, audience)
    answers = next(entry.answers for entry in case.entries if entry.form == "contact")
    assert expected == answers["notes"].text
    whole = audience == "police"
    assert {"file": "D.H.", "police": "Daisy Harper", "doorstep": "Daisy"}[audience] == answers[
        "met_with"
    ].text
    assert whole == ("Daisy Harper" not in [value.text for value in withheld.values if value.identifies])


def test_whose_age_two_people_tell_differently_is_named_to_nobody_who_may_not_read_children() -> None:
    b = Build()
    family(b)
    b.say("network.under_18", "no", "2026-01-05", "kid", blind=True)
    b.add("contact", "2026-03-05", answers={"met_with": "kid"})
    assert [
        next(e.answers["met_with"].text for e in cut(b, who)[0].entries if e.form == "contact")
        for who in ("file", "childrens-services")
    ] == ["", "Daisy Harper"]


@pytest.mark.parametrize("act", ["restrict", "withdraw", "misfile"])
def test_what_no_longer_counts_goes_to_nobody(act: str) -> None:
    b = noted()
    b.act(act, b.versions[0], "2026-03-06", role="data-protection")
    assert cut(b, "file")[0].entries == ()


def test_an_entry_kept_to_named_readers_is_held_back_whole() -> None:
    b = Build()
    b.add(
        "contact",
        "2026-03-05",
        answers={"notes": SECRET},
        claims=(claim("tier", SECRET, "2026-03-05"),),
        readers=("p1",),
    )
    case, withheld = cut(b, "file")
    assert (case.entries, case.facts) == ((), ())
    assert [value.text for value in withheld.values] == [SECRET]


def test_a_victims_identity_is_read_by_the_victim_liaison_unit_alone() -> None:
    b = Build()
    b.add("victim-identity", "2026-03-05", answers={"name": SECRET})
    assert cut(b, "file")[0].entries == ()
    assert [value.text for value in cut(b, "file")[1].values] == [SECRET]


def let_out(b: Build, audience: str, *, agreed: bool = False, **said: str) -> None:
    answers = {
        "entry": b.versions[0].id,
        "version": b.versions[0].id,
        "path": "notes",
        "audience": audience,
        "how": "whole",
        **said,
    }
    made = b.add("release-of-withheld-answer", "2026-03-06", answers=answers)
    if agreed:
        b.act("countersign", made, "2026-03-06", role="spo")


def test_what_asks_is_let_out_by_an_entry_that_names_this_answer_and_audience() -> None:
    b = noted("third-party")
    let_out(b, "parole-board")
    assert [notes(cut(b, audience)[0]).cut for audience in ("parole-board", "court")] == ["", "withheld"]


def test_a_later_change_of_the_answer_is_withheld_again() -> None:
    b = noted("third-party")
    let_out(b, "parole-board")
    first = b.versions[0].id
    marks = {"notes": ("third-party",)}
    b.add(
        "contact",
        "2026-03-07",
        act="amend",
        entry=first,
        parents=(first,),
        answers={"notes": SECRET},
        marks=marks,
    )
    found = next(e for e in cut(b, "parole-board")[0].entries if e.form == "contact")
    assert found.answers["notes"].cut == "withheld"


def test_a_written_gist_stands_where_only_a_gist_is_permitted_and_never_the_whole() -> None:
    b = noted("intelligence")
    let_out(b, "police", agreed=True)
    assert ((value := notes(cut(b, "police")[0])).cut, value.text) == ("gist", "")
    let_out(b, "police", agreed=True, how="gist", gist="Known to police.")
    assert notes(cut(b, "police")[0]).text == "Known to police."


def test_what_is_no_is_let_out_by_nothing() -> None:
    b = noted("intelligence")
    let_out(b, "court", agreed=True)
    assert notes(cut(b, "court")[0]).cut == "withheld"


@pytest.mark.parametrize(("agreed", "how"), [(False, "withheld"), (True, "")])
def test_a_victims_answer_needs_a_second_person(how: str, *, agreed: bool) -> None:
    b = noted("victim")
    let_out(b, "court", agreed=agreed)
    assert how == notes(cut(b, "court")[0]).cut


def test_a_gist_is_all_that_is_let_out() -> None:
    b = noted("health")
    let_out(b, "court", how="gist", gist="A health matter is being treated.")
    assert ((v := notes(cut(b, "court")[0])).cut, v.text) == ("gist", "A health matter is being treated.")


def test_words_days_and_names_in_both_languages() -> None:
    b = Build()
    answers = {
        "outcome": "seen",
        "visited_on": "2026-07-03T14:30:00Z",
        "others": [{"id": "r1", "person": "gran", "under_18": "no"}],
    }
    family(b)
    b.add("home-visit", "2026-07-03", answers=answers)
    english, welsh = (
        next(e.answers for e in cut(b, "file", language=language)[0].entries if e.form == "home-visit")
        for language in ("en", "cy")
    )
    assert [english["outcome"].text, english["visited_on"].text] == ["Seen at home", "3 July 2026, 15:30"]
    assert [
        welsh["outcome"].text,
        welsh["visited_on"].text,
    ] == ["Gwelwyd gartref", "3 Gorffennaf 2026, 15:30"]
    row = english["others"][0]
    assert isinstance(row, Row)
    assert (
        row.id,
        row.columns["person"].text,
        row.columns["under_18"].text,
        welsh["others"][0].columns["under_18"].text,
    ) == ("r1", "Rosa Harper", "No", "Na")


def test_answers_come_in_the_order_of_the_form() -> None:
    """Not by name, as the signed bytes have them."""
    b = Build()
    said = {
        "commitment_to_desist": {"rating": "emerging"},
        "opportunity": {"rating": "low"},
        "done_on": "2026-03-05",
    }
    b.add("arms", "2026-03-05", answers=said)
    assert list(cut(b, "file")[0].entries[0].answers) == ["done_on", "opportunity", "commitment_to_desist"]


def test_a_factor_and_its_evidence_are_rows() -> None:
    b = Build()
    evidence = [{"id": "e1", "text": "Seen with others.", "source": "police"}]
    b.add(
        "arms",
        "2026-03-05",
        answers={"opportunity": {"rating": "low", "evidence": evidence}},
        marks={"opportunity/evidence/e1": ("police",)},
    )
    row = cut(b, "court")[0].entries[0].answers["opportunity"][0]
    assert row.columns["rating"].text == "low"
    assert row.columns["evidence"][0].columns["text"].cut == "withheld"


def test_what_an_action_answers_is_told_in_the_words_of_the_factors() -> None:
    """An id of a person or a condition leads nowhere on paper, and is left out."""
    b = Build()
    actions = [
        {"id": "a1", "what": "Ask", "answers": ["self-management", "p1"]},
        {"id": "a2", "answers": ["p1"]},
    ]
    b.add("arms", "2026-03-05", answers={"actions": actions})
    for language, words in (("en", "Poor self-management"), ("cy", "Hunanreolaeth wael")):
        first, second = cut(b, "file", language=language)[0].entries[0].answers["actions"]
        assert (first.columns["answers"].text, second.columns["answers"].text) == (words, "")
        assert first.columns["answers"].raw == ["self-management", "p1"]


def test_a_disputed_fact_shows_both_accounts_and_no_value() -> None:
    b = Build()
    b.say("rosh.overall", "low", "2026-03-02")
    b.say("rosh.overall", "high", "2026-03-02", blind=True)
    fact = next(f for f in cut(b, "file")[0].facts if f.fact == "rosh.overall")
    assert ("", True, {"Low", "High"}) == (
        fact.value.text,
        fact.value.disputed,
        {a.text for a in fact.accounts},
    )


def test_a_fact_carries_its_own_marks_and_its_claims() -> None:
    b = Build()
    b.say("visor.reference", SECRET, "2026-03-02")
    case, withheld = cut(b, "court")
    assert [f.value.cut for f in case.facts] == ["withheld"]
    assert [(v.text, v.identifies) for v in withheld.values] == [(SECRET, True)]


def test_an_answer_of_a_form_nobody_knows_is_held_back() -> None:
    b = Build()
    b.add("form-of-next-year", "2026-03-05", answers={"anything": SECRET})
    case, withheld = cut(b, "file")
    assert case.entries[0].answers["anything"].cut == "withheld"
    assert [value.text for value in withheld.values] == [SECRET]


def test_an_unknown_audience_is_refused() -> None:
    with pytest.raises(NotFound):
        cut(noted(), "press")


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(AUDIENCES), st.sets(st.sampled_from((*MARKS, "unheard-of")), max_size=4))
def test_a_value_is_released_whole_or_it_is_accounted_for(audience: str, marks: set[str]) -> None:
    case, withheld = cut(noted(*sorted(marks)), audience)
    whole = SECRET in msgspec.json.encode(case).decode()
    assert whole != (SECRET in [value.text for value in withheld.values])


def test_a_row_bears_its_own_marks_and_not_those_of_its_neighbours() -> None:
    """A police-only agencies does not hide the one beside it, and a mark is off once two people took it off."""
    b = Build()
    rows = [{"id": "r1", "agreed": "Late"}, {"id": "r2", "agreed": "Seen by police"}]
    plan = b.add(
        "risk-management-plan",
        "2026-03-05",
        answers={"agencies": rows},
        marks={
            "agencies": ("police",),
            "agencies/r2": ("police",),
            "agencies/r2/agreed": ("police",),
        },
    )
    found = cut(b, "court")[0].entries[0].answers["agencies"]
    assert [row.columns["agreed"].cut for row in found] == ["", "withheld"]
    b.add(
        "mark-loosened",
        "2026-03-06",
        act="loosen",
        entry=plan.id,
        parents=(plan.id,),
        answers={
            "path": "agencies/r2/agreed",
            "marks_off": ["police"],
            "why": "Public.",
            "second": "A Sample",
        },
    )
    found = cut(b, "court")[0].entries[0].answers["agencies"]
    assert [row.columns["agreed"].cut for row in found] == ["", "withheld"]
    act = b.versions[-1].id
    b.add("mark-loosened", "2026-03-06", act="countersign", entry=plan.id, parents=(act,))
    found = cut(b, "court")[0].entries[0].answers["agencies"]
    assert [row.columns["agreed"].cut for row in found] == ["", "withheld"]
    b.add("mark-loosened", "2026-03-07", act="countersign", entry=plan.id, parents=(act,), role="spo")
    found = cut(b, "court")[0].entries[0].answers["agencies"]
    assert [row.columns["agreed"].cut for row in found] == ["", ""]
