"""The forms shipped: what other rooms rely on, and how a definition travels."""

from __future__ import annotations

import pytest

from tests.forms import small
from workbench import resources
from workbench.errors import BadDefinition, BadInput, NotFound
from workbench.forms.definition import received, shape
from workbench.forms.library import Library, load
from workbench.models.canonical import decode
from workbench.models.shapes import Opening

# Questions that rules, reports and casework name; they may grow, and none may go.
RELIED_ON = {
    "home-visit": "outcome visited_on others warning_signs",
    "contact": "on how seen_by outcome signs",
    "oasys-record": "kind done_on after_arms",
    "arms": "done_on opportunity sexual_preoccupation offence_related_interests emotional_congruence "
    "hostile_orientation self_management social_influences commitment_to_desist intimate_relationship "
    "positive_routine social_investment",
    "mappa-level-1-review": "reviewed_on disclosure_considered disclosure_reason",
    "recall": "state state_at",
    "duty-deferred": "duty until why no_longer_owed",
    "event-closed": "event why",
    "significant-event": "kind learnt_on what source steps",
    "risk-management-plan": "release_on key_information further_considerations at_risk supervision monitoring "
    "interventions victim_safety supervision_actions monitoring_actions intervention_actions victim_actions "
    "contingency first_72_hours until_offices_open out_of_hours agencies mosovo_officer police_visits readiness "
    "diversity person_view my_must my_must_not my_if my_help review_on",
    "end-of-supervision": "ended_on how",
    "carried-over": "entry system at",
    "switched": "on what state overlay called number amount source weekly why",
    "report-issued": "report audience sha256 recipient basis withheld",
}
COLUMNS = {
    ("home-visit", "others"): {"person", "under_18", "expected"},
    ("contact", "signs"): {"sign", "what"},
    ("significant-event", "steps"): {"step", "done_on", "how", "why_not"},
    ("risk-management-plan", "at_risk"): {"who", "person", "from_what", "what_holds"},
    ("risk-management-plan", "contingency"): {"trigger", "kind", "who", "action", "within", "police_only"},
    ("risk-management-plan", "first_72_hours"): {"when", "who", "what"},
    ("risk-management-plan", "until_offices_open"): {"what", "who", "phone"},
    ("risk-management-plan", "out_of_hours"): {"matter", "who", "phone"},
    ("risk-management-plan", "agencies"): {"agency", "name", "agreed", "agreed_on"},
    ("risk-management-plan", "my_help"): {"who", "phone", "text"},
}


@pytest.mark.parametrize("form", RELIED_ON)
def test_questions_that_others_name(library: Library, form: str) -> None:
    assert set(RELIED_ON[form].split()) <= set(shape(library.form(form)).questions)


@pytest.mark.parametrize(("form", "repeat"), COLUMNS)
def test_columns_that_others_name(library: Library, form: str, repeat: str) -> None:
    assert COLUMNS[form, repeat] <= set(shape(library.form(form)).questions[repeat].columns)


def test_arms_has_eleven_factors_each_with_not_enough(library: Library) -> None:
    factors = [question for question in library.form("arms").questions() if question.kind == "factor"]
    assert len(factors) == 11
    assert all("not-enough" in factor.options for factor in factors)


def test_a_definition_travels_whole(library: Library) -> None:
    for form in library.all():
        assert list(form.asked.values()) == list(form.questions())
        again = received(form.data())
        assert (again, again.sha256) == (form, form.sha256)


def test_the_same_files_give_the_same_hashes(library: Library) -> None:
    assert [form.sha256 for form in load().all()] == [form.sha256 for form in library.all()]


def test_a_definition_explains_its_sources_and_columns_itself(library: Library) -> None:
    data = decode(library.form("home-visit").data())
    assert [source["source"] for source in data["known_sources"]] == [
        "self-report",
        "observation",
        "partner-or-family",
        "child",
        "police",
    ]
    others = next(q for page in data["pages"] for q in page["questions"] if q["id"] == "others")
    assert others["of"][2]["ask"] == {"en": "Under 18?", "cy": "O dan 18?"}


@pytest.mark.parametrize("data", [b"{}", b'{"form": "x"}', b"\xff", b'{"form":1}'])
def test_what_is_no_definition_is_refused(data: bytes) -> None:
    with pytest.raises(BadInput):
        received(data)


def test_the_latest_version_is_the_one_written_with() -> None:
    one = small.read(small.text("- {id: name, kind: text}"))
    assert one.form("small") is one.form("small", 1)
    with pytest.raises(NotFound, match="small version 2"):
        one.form("small", 2)
    with pytest.raises(NotFound, match="called none"):
        one.form("none")


def test_a_file_bears_the_name_of_its_form() -> None:
    with pytest.raises(BadDefinition, match=r"small-1\.yaml"):
        small.read(small.text("- {id: name, kind: text}"), name="forms/big-1.yaml")


def test_a_form_from_elsewhere_is_read_at_once() -> None:
    """Those of the program are read when they are asked for; an overlay that does not fit must not be laid."""
    odd = small.text("- {id: name, kind: text, colour: red}").encode()
    with pytest.raises(BadDefinition, match="colour"):
        load((resources.parse(odd, "forms/small-1.yaml"),))
    with pytest.raises(BadDefinition, match=r"FORM-VERSION\.yaml"):
        load((resources.parse(odd, "forms/small.yaml"),))


def test_a_key_nobody_knows_is_refused_with_its_line() -> None:
    with pytest.raises(BadDefinition, match=r"forms/small-1.yaml:14: .*colour"):
        small.read(small.text("- {id: name, kind: text, colour: red}"))


def test_shape_tells_marks_columns_and_names(library: Library) -> None:
    form = shape(library.form("home-visit"))
    assert (form.marks, form.happened) == (("third-party",), "visited_on")
    assert form.questions["with_whom"].identifies
    assert form.questions["others"].columns["under_18"].marks == ("child",)
    assert next(iter(form.questions["outcome"].options)) == "seen"


def test_events_that_a_home_visit_opens(library: Library) -> None:
    found = library.form("home-visit").openings()
    assert [(each.event, each.if_unknown) for each in found] == [
        ("child-present", True),
        ("warning-sign", False),
    ]
    assert isinstance(found[0], Opening)


def test_places_in_a_form(library: Library) -> None:
    visit, arms = library.form("home-visit"), library.form("arms")
    found = {
        "outcome": visit.at("outcome"),
        "person": visit.at("others/r/person"),
        "text": visit.at("concern/r/text"),
        "rating": arms.at("opportunity/rating"),
        "basis": arms.at("opportunity/evidence/r/basis"),
    }
    assert {name: question.id for name, question in found.items() if question} == {
        name: name for name in found
    }
    for path in ("none", "others/r", "others/r/none", "concern/r/none", "outcome/x"):
        assert visit.at(path) is None
    assert arms.at("opportunity/none") is None
