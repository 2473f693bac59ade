"""Carrying over: what waits and what no longer does, the words for each system, and what stays out of them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import msgspec
import pytest

from tests.conftest import Stores
from tests.forms.examples import EXAMPLES
from workbench.casework import carry_table, carrying, keeping, recording
from workbench.casework.desk import Desk
from workbench.errors import Refused
from workbench.forms import library
from workbench.forms.definition import Question
from workbench.models.results import Changes


@pytest.fixture
def person(registered: object) -> str:
    """A case to write on."""
    return str(registered())  # type: ignore[operator]


def sign(desk: Desk, case: str, form: str, **answers: object) -> Changes:
    """Signs a form with these answers, or its worked example."""
    session = recording.start(desk, case, form)
    if not answers:
        session.restore(EXAMPLES[form][0])
    for path, answer in answers.items():
        session.answer(path, answer)
    return recording.sign(desk, case, session)


def contact(desk: Desk, case: str, **more: object) -> str:
    """A contact with a note; gives the entry."""
    entry = sign(desk, case, "contact", on="2026-03-10T08:30:00Z", note="Came on time.", **more).entry
    assert entry is not None
    return entry


def told(desk: Desk) -> list[tuple[str, str]]:
    """What waits, as entry and system; the cheap count must say the same."""
    found = [(each.entry, each.system) for each in carrying.waiting(desk)]
    assert carrying.count(desk) == len(found)
    return found


@contextmanager
def acting(desk: Desk, role: str) -> Iterator[None]:
    """The same device in another role, which counts there as in a sample."""
    own = desk.device
    card = msgspec.structs.replace(own.card, role=role)
    desk.cards[card.sha256()] = card
    desk.about = msgspec.structs.replace(desk.about, sample=True)
    desk.__dict__.pop("standing", None)
    desk.device = msgspec.structs.replace(own, card=card)
    yield
    desk.device = own


# The table


def options(question: Question) -> set[str]:
    """What may be answered."""
    return {"yes", "no", "unknown"} if question.kind.startswith("yes-no") else set(question.options)


def test_the_table_names_only_what_forms_have() -> None:
    """Every form, question, answer, system and source."""
    table, forms = carry_table.read(), library.load()
    for name, carried in table.forms.items():
        form = forms.form(name)
        for each in carried:
            assert each.system in table.systems
            asked = {question: form.question(question) for question in each.copies}
            assert [question for question, found in asked.items() if found is None] == []
            assert len(asked) == len(each.copies)
            if each.when is not None:
                decides = form.question(each.when.question)
                assert decides is not None
                assert set(each.when.answers) <= options(decides)
            for coded in (*each.types, *([each.outcome] if each.outcome else [])):
                assert bool(coded.by) == bool(coded.codes)
                if coded.by:
                    by = form.question(coded.by)
                    assert by is not None
                    assert set(coded.codes) <= options(by), (name, coded.by)
                for code in (coded, *coded.codes.values()):
                    assert code.source in ({"", *table.sources} if not code.code else table.sources)


def test_no_system_reads_intelligence_or_what_is_not_for_disclosure() -> None:
    """Nor what was said in a MAPPA meeting, of a polygraph, or of victims."""
    for system in carry_table.read().systems.values():
        closed = ("intelligence", "not-for-disclosure", "mappa-meeting", "polygraph", "victim", "a new mark")
        assert {system.reader.cell(mark) for mark in closed} == {"no"}


# What waits


def test_what_was_signed_waits_with_type_and_outcome_oldest_first(
    desk: Desk, stores: Stores, person: str
) -> None:
    """A contact has no type of its own there; a home visit has."""
    first = contact(desk, person)
    stores.clock.move(timedelta(minutes=1))
    visit = sign(desk, person, "home-visit").entry
    found = carrying.waiting(desk)
    assert [(each.entry, each.name) for each in found] == [(first, "Gwyn Sample"), (visit, "Gwyn Sample")]
    assert (found[0].types, found[0].outcome and found[0].outcome.code) == ((), "ATTC")
    assert [code.code for code in found[1].types] == ["CHVS"]


def test_visor_waits_only_where_it_was_said(desk: Desk, person: str) -> None:
    """The answer decides."""
    plain = contact(desk, person, visor_relevant="no")
    both = contact(desk, person, visor_relevant="yes")
    assert told(desk) == [(plain, "ndelius"), (both, "ndelius"), (both, "visor")]


def test_marked_it_no_longer_waits_and_amended_or_undone_it_does_again(
    desk: Desk, stores: Stores, person: str
) -> None:
    """Each system by itself."""
    entry = contact(desk, person, visor_relevant="yes")
    stores.clock.move(timedelta(minutes=1))
    marked = carrying.done(desk, entry, "ndelius")
    assert told(desk) == [(entry, "visor")]
    carrying.undo(desk, marked)
    assert told(desk) == [(entry, "ndelius"), (entry, "visor")]
    carrying.done(desk, entry, "ndelius")
    carrying.done(desk, entry, "visor")
    assert told(desk) == []
    session = recording.start(desk, person, "contact", amends=entry)
    session.answer("note", "Came five minutes late.")
    recording.amend(desk, person, entry, session, "The time was wrong.")
    assert told(desk) == [(entry, "ndelius"), (entry, "visor")]


def test_what_left_the_record_does_not_wait(desk: Desk, person: str) -> None:
    """Withdrawn."""
    changes = sign(desk, person, "contact", on="2026-03-10T08:30:00Z", note="Wrong person.")
    recording.withdraw(desk, person, str(changes.version), "Another case.")
    assert told(desk) == []
    with pytest.raises(Refused):
        carrying.outgoing(desk, str(changes.entry), "ndelius")


@pytest.mark.parametrize(("act", "verb"), [("misfiled", keeping.misfile), ("erased", keeping.erase)])
def test_what_was_taken_out_does_not_wait(
    stores: Stores, desk: Desk, person: str, act: str, verb: object
) -> None:
    """Misfiled or erased by whose role counts, in the same store."""
    changes = sign(desk, person, "contact", on="2026-03-10T08:30:00Z", note="Wrong person.")
    answers = {key: value for key, value in EXAMPLES[act][0].items() if key != "versions"}
    with acting(desk, "data-protection"):
        verb(desk, person, [str(changes.version)], {**answers, "versions": []})  # type: ignore[operator]
    assert told(desk) == []


def test_history_is_not_asked_about(desk: Desk, stores: Stores, person: str) -> None:
    """What was signed more than 14 days before the tray was first used; later, everything since stays."""
    contact(desk, person)
    stores.clock.move(timedelta(days=15))
    recent = contact(desk, person)
    assert told(desk) == [(recent, "ndelius")]
    stores.clock.move(timedelta(days=300))
    assert told(desk) == [(recent, "ndelius")]


def test_what_is_settled_is_looked_through_no_more_and_nothing_that_waits_is_lost(
    desk: Desk, stores: Stores, person: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Up to the oldest that waits; an amendment makes even a settled entry wait again."""
    monkeypatch.setattr(carrying, "OPEN", 0)
    monkeypatch.setattr(carrying, "STEP", 1)
    first, second, third = (contact(desk, person) for _ in range(3))
    carrying.done(desk, first, "ndelius")
    before = desk.store.meta("carrying")
    assert told(desk) == [(second, "ndelius"), (third, "ndelius")]
    assert desk.store.meta("carrying") != before
    assert told(desk) == [(second, "ndelius"), (third, "ndelius")]
    carrying.done(desk, second, "ndelius")
    carrying.done(desk, third, "ndelius")
    assert told(desk) == []
    stores.clock.move(timedelta(minutes=1))
    session = recording.start(desk, person, "contact", amends=first)
    session.answer("note", "Came five minutes late.")
    recording.amend(desk, person, first, session, "The time was wrong.")
    assert told(desk) == [(first, "ndelius")]


def test_what_somebody_else_signed_waits_at_theirs(desk: Desk, stores: Stores, person: str) -> None:
    """A tray is one person's."""
    from workbench.casework.exporting import export
    from workbench.casework.importing import bring

    contact(desk, person)
    other = stores.desk("other", person="Bo Example")
    bring(other, export(desk, person), "case.json")
    assert told(other) == []


def test_who_does_not_carry_over_has_no_tray(stores: Stores) -> None:
    """The form says who does."""
    aco = stores.desk("aco", role="aco")
    assert (carrying.carries(aco), carrying.count(aco), carrying.waiting(aco)) == (False, 0, ())


# The words


def test_the_words_are_labels_and_answers_in_order(desk: Desk, person: str) -> None:
    """As a person would type them."""
    entry = contact(desk, person, tasks="Ring the housing office.", how="phone", seen_by="duty-officer")
    assert carrying.text(desk, entry, "ndelius") == (
        "How: Telephone\n"
        "Who saw or spoke with the person: A duty officer\n"
        "\nNote:\nCame on time.\n"
        "\nSet tasks:\nRing the housing office."
    )


def test_copying_is_logged_as_what_left_and_looking_as_a_look(desk: Desk, person: str) -> None:
    """Each with case and entry."""
    entry = contact(desk, person)
    carrying.outgoing(desk, entry, "ndelius")
    carrying.text(desk, entry, "ndelius")
    last = list(desk.store.log_rows())[-2:]
    assert [(row.what, row.case, row.detail) for row in last] == [
        ("looked", person, entry),
        ("copied", person, entry),
    ]
    assert last[1].why == "carried over to nDelius"


def test_what_is_not_for_disclosure_stays_out_and_is_said(desk: Desk, person: str) -> None:
    """'Sensitive' holds for the whole entry: nothing is left to copy."""
    entry = contact(desk, person, sensitive="yes")
    found = carrying.outgoing(desk, entry, "ndelius")
    assert found.text == ""
    assert ("Note", ("not-for-disclosure",)) in found.left_out
    with pytest.raises(Refused):
        carrying.text(desk, entry, "ndelius")
    assert "copied" not in {row.what for row in desk.store.log_rows()}


def test_one_marked_answer_stays_out_alone(desk: Desk, person: str) -> None:
    """The author's own mark counts like any other."""
    session = recording.start(desk, person, "contact")
    for path, answer in (("on", "2026-03-10T08:30:00Z"), ("note", "Came on time."), ("location", "Dunmere")):
        session.answer(path, answer)
    session.mark("location", ("intelligence",))
    entry = str(recording.sign(desk, person, session).entry)
    found = carrying.outgoing(desk, entry, "ndelius")
    assert "Came on time." in found.text
    assert "Dunmere" not in found.text
    assert ("Where", ("intelligence",)) in found.left_out


def test_an_entry_kept_to_named_readers_is_not_copied(desk: Desk, person: str) -> None:
    """Whoever reads the other system is not among them."""
    session = recording.start(desk, person, "contact")
    session.answer("note", "About a colleague.")
    entry = str(recording.sign(desk, person, session, readers=(desk.device.card.person,)).entry)
    assert carrying.outgoing(desk, entry, "ndelius").text == ""


def test_lists_become_lines_and_children_initials(desk: Desk, person: str) -> None:
    """A home visit, to nDelius; nothing shows how it is stored."""
    sign(desk, person, "people")
    visit = str(sign(desk, person, "home-visit").entry)
    found = carrying.outgoing(desk, visit, "ndelius")
    assert "\n- " in found.text
    assert "{" not in found.text
    assert "None" not in found.text


@pytest.mark.parametrize("form", sorted(carry_table.read().forms))
def test_every_form_has_words_for_its_systems(desk: Desk, person: str, form: str) -> None:
    """From its worked example: words, or a reason why none; and no id or mark in them."""
    roles = desk.library.form(form).for_
    with acting(desk, "practitioner" if "practitioner" in roles else roles[0]):
        entry = str(sign(desk, person, form).entry)
    for carry in carry_table.read().forms[form]:
        found = carrying.outgoing(desk, entry, carry.system)
        assert bool(found.text) or bool(found.left_out)
        assert "\n\n\n" not in found.text
