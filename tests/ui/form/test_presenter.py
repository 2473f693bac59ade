"""What the form screen is given: who, what is known, what was written last time, what may be evidence."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from workbench.casework import recording
from workbench.casework.desk import Desk
from workbench.errors import NotFound, Refused
from workbench.ui.form import known, passages, presenter, words
from workbench.ui.form.presenter import Opened
from workbench.ui.form.states import page_state, progress


def visit(desk: Desk, case: str, **answers: object) -> str:
    session = recording.start(desk, case, "home-visit")
    session.restore({"visited_on": "2026-03-09T14:30:00Z", "outcome": "seen", "others": [], **answers})
    return recording.sign(desk, case, session).entry or ""


def people(desk: Desk, case: str, *names: str) -> None:
    session = recording.start(desk, case, "people")
    rows = [
        {"id": f"row-{place}", "name": name, "relation": "friend", "under_18": "no", "contact_allowed": "yes"}
        for place, name in enumerate(names)
    ]
    session.restore({"on": "2026-03-01", "people": rows})
    recording.sign(desk, case, session)


def test_a_form_knows_whom_it_is_about(desk: Desk, registered: Callable[..., str]) -> None:
    opened = presenter.opened(desk, registered(name="Gwyn Sample"), "contact")
    assert (opened.title, opened.head.name, opened.head.crn) == ("Contact", "Gwyn Sample", "X100001")
    assert opened.before is None


def test_what_is_known_stands_beside_its_question_with_its_source(
    desk: Desk, registered: Callable[..., str]
) -> None:
    case = registered()
    entry = visit(desk, case)
    people(desk, case, "Dylan Friend")
    opened = presenter.opened(desk, case, "home-visit")
    (seen,) = opened.known["visited_on"]
    assert (seen.value, seen.source, seen.entry) == (
        "9 March 2026",
        "Home visit, 9 March 2026, 14:30, Ann Example",
        entry,
    )
    assert "outcome" not in opened.known
    known = presenter.opened(desk, case, "people").known["people"]
    assert "Dylan Friend" in {line.value for line in known}
    assert "Friend" in {line.value for line in known}


def test_the_last_version_is_told_in_words(desk: Desk, registered: Callable[..., str]) -> None:
    case = registered()
    visit(desk, case, rooms="Kitchen and hall.", announced="no")
    before = presenter.opened(desk, case, "home-visit").before
    assert before is not None
    assert (before.on, before.by) == ("9 March 2026, 14:30", "Ann Example")
    assert before.words["outcome"] == "Seen at home"
    assert before.words["announced"] == "No"
    assert before.words["others"] == "None"


def test_evidence_comes_with_its_source_and_its_marks(desk: Desk, registered: Callable[..., str]) -> None:
    case = registered()
    concern = {"id": "c1", "text": "A scooter stood in the hall.", "source": "police", "basis": "alleged"}
    entry = visit(desk, case, concern=[concern], rooms="The hall.")
    found = passages.find(desk, case, "scooter").passages
    assert [(each.entry, each.path, each.text) for each in found] == [
        (entry, "concern/c1/text", "A scooter stood in the hall.")
    ]
    assert found[0].taken == {"source": "police", "basis": "alleged"}
    assert "police" in found[0].marks
    assert passages.find(desk, case, "nothing of the sort").passages == ()


def test_intelligence_is_not_offered_for_copying(desk: Desk, registered: Callable[..., str]) -> None:
    case = registered()
    session = recording.start(desk, case, "contact")
    session.restore(
        {
            "on": "2026-03-09T14:30:00Z",
            "how": "phone",
            "outcome": "attended",
            "seen_by": "other",
            "note": "Handling terms apply.",
        },
        {"note": ("intelligence",)},
    )
    recording.sign(desk, case, session)
    found = passages.find(desk, case, "handling")
    assert (found.passages, found.held_back) == ((), 1)


def test_a_form_of_another_role_is_refused(
    stores: object, registered: Callable[..., str], desk: Desk
) -> None:
    case = registered()
    with pytest.raises(Refused):
        presenter.opened(desk, case, "erased")
    with pytest.raises(NotFound):
        presenter.opened(desk, "00000000-0000-7000-8000-000000000000", "contact")


def test_an_earlier_draft_of_the_same_form_is_told(desk: Desk, registered: Callable[..., str]) -> None:
    case = registered()
    first = presenter.opened(desk, case, "contact")
    kept, _ = presenter.keep(desk, first.writing, {"note": "One"}, {}, first.spot)
    again = presenter.opened(desk, case, "contact")
    assert again.unfinished is not None
    assert again.unfinished.draft == kept.draft
    assert presenter.opened(desk, case, "home-visit").unfinished is None


@pytest.mark.parametrize(
    ("form", "question", "value", "expected"),
    [
        ("contact", "on", "2026-07-09T13:30:00Z", "9 July 2026, 14:30"),
        ("contact", "how", "phone", "Telephone"),
        ("home-visit", "announced", "no", "No"),
        ("contact", "signs", [{"id": "a", "sign": "Drink", "what": "Two cans"}], "Drink; Two cans"),
        (
            "arms",
            "opportunity",
            {"rating": "high", "known": "Lives by a park.", "evidence": [{"id": "e", "text": "Seen there."}]},
            "High priority\nLives by a park.\nSeen there.",
        ),
        (
            "arms",
            "actions",
            [{"id": "a", "what": "Ring police", "who": "Ann", "by": "2026-04-01"}],
            "Ring police; Ann; by 1 April 2026",
        ),
    ],
)
def test_answers_in_words(desk: Desk, form: str, question: str, value: object, expected: str) -> None:
    asked = desk.library.form(form).question(question)
    assert asked is not None
    assert words.answer(asked, value, {}) == expected


class Held:
    """A session as page states look at it."""

    def __init__(self, opened: Opened) -> None:
        from PySide6.QtCore import QObject

        from workbench.ui.form.sheet import Sheet
        from workbench.ui.writing.tools import Tools

        self.sheet = Sheet(opened, Tools(QObject()))


def test_pages_say_how_far_they_are(desk: Desk, registered: Callable[..., str]) -> None:
    sheet = Held(presenter.opened(desk, registered(gender="man"), "arms")).sheet
    form = sheet.form
    about, factor = form.pages[0], form.pages[1]
    assert page_state(factor, "Opportunity", sheet, visited=False).says == "Not begun"
    assert progress(form, sheet).says == "1 of 5 needed answers"
    for question, value in (("trained", "yes"), ("kind", "initial")):
        sheet.answer(question, value)
    assert page_state(about, "About", sheet, visited=True).says == "Done"
    assert progress(form, sheet).needed == 16
    sheet.answer("opportunity/rating", "high")
    assert page_state(factor, "Opportunity", sheet, visited=False).says == "High priority"
    assert page_state(factor, "Opportunity", sheet, visited=False).tone == "info"
    sheet.all_due()
    assert page_state(factor, "Opportunity", sheet, visited=False).says == "Needs attention"


@pytest.mark.parametrize(
    ("form", "answers", "expected"),
    [
        ("home-visit", {"outcome": "seen"}, ["nDelius as CHVS (Home visit), ATTC (Attended and complied)"]),
        ("contact", {"visor_relevant": "no"}, ["nDelius"]),
        (
            "contact",
            {"outcome": "attended", "visor_relevant": "yes"},
            ["nDelius as ATTC (Attended and complied)", "ViSOR or MAPPS"],
        ),
        ("recall", {"state": "part-a-sent"}, ["nDelius as EA11 (Recall requested)"]),
        ("recall", {"state": "considering"}, []),
        ("home-visit-plan", {}, []),
        ("rosh", {}, ["OASys"]),
        ("people", {}, []),
    ],
)
def test_where_an_entry_is_carried_over_is_said(
    desk: Desk,
    registered: Callable[..., str],
    form: str,
    answers: dict[str, str],
    expected: list[str],
) -> None:
    carries = presenter.opened(desk, registered(), form).carries
    told = [words.carried(system, carry, answers) for system, carry in carries]
    assert [each for each in told if each] == [f"To be carried over to {each}." for each in expected]


def test_every_fact_has_a_name_that_stands_before_its_value(desk: Desk) -> None:
    names = {fact: known.fact_words(desk, fact) for fact in desk.library.facts}
    assert [fact for fact, name in names.items() if name == fact or "_" in name] == []
    assert names["home_visit.seen_on"] == "Day the person was seen at home"
    assert names["no_fixed_abode"] == "No fixed address"


def test_answers_of_a_welsh_form_are_welsh(desk: Desk, registered: Callable[..., str]) -> None:
    form = presenter.opened(desk, registered(), "home-visit", language="cy").form
    announced, outcome = form.question("announced"), form.question("outcome")
    assert announced is not None
    assert outcome is not None
    assert words.options(announced) == {"yes": "Ie", "no": "Na"}
    assert words.options(outcome)["seen"] == "Gwelwyd gartref"
    row = {"text": "Sgwter yn y cyntedd.", "basis": "alleged", "checked": "confirmed"}
    assert words.evidence(row, "cy") == "Sgwter yn y cyntedd. (Honnwyd, Cadarnhawyd)"
