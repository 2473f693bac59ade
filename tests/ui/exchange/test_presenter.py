"""What the exchange says and does with real stores: cards, parcels, two accounts, cases handed over."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.casework.meeting import meet, send, team
from tests.casework.test_recording import ROSH, amend, case_of, record
from tests.conftest import Stores, case_file
from workbench.casework import drafting, receiving, sending, transferring, trusting, unfinished
from workbench.casework.desk import Desk
from workbench.casework.drafting import Spot
from workbench.errors import Refused
from workbench.ui.exchange import handing, parcels, presenter, settling
from workbench.ui.form import presenter as forms

OFFER = {
    "state": "offered",
    "on": "2026-03-10",
    "from_officer": "Ann Example",
    "to_officer": "Sam Spo",
    "caretaking": "no",
    "why": "Ann moves.",
    "open_risks": "None new.",
}


def alone(stores: Stores, name: str, person: str, role: str = "practitioner") -> Desk:
    """A store in which nobody has vouched for anybody."""
    stores.make(name, role, person)
    return stores.open(name)


def file(folder: Path, data: bytes, name: str = "a.wbundle") -> Path:
    """The bytes as a file."""
    path = folder / name
    path.write_bytes(data)
    return path


def pills(desk: Desk, name: str) -> list[str]:
    """The short states of a colleague."""
    (found,) = [each for each in presenter.colleagues(desk).others if each.name == name]
    return [words for words, _ in found.pills]


def apart(ann: Desk, bo: Desk) -> tuple[str, str]:
    """A case with one entry that both amended without having read the other's."""
    case = case_of(ann)
    entry = record(ann, case, "rosh", ROSH).entry
    assert entry
    send(ann, bo, case)
    amend(ann, case, entry, overall="very high")
    amend(bo, case, entry, children="medium", overall="medium", who="Nobody in particular.")
    send(bo, ann, case)
    return case, entry


# Colleagues


def test_it_says_that_ones_own_role_is_not_vouched_for(stores: Stores) -> None:
    """Until the voucher has come."""
    assert "your role of practitioner" in presenter.exchange(alone(stores, "one", "Una One")).warns
    assert presenter.exchange(stores.desk("two", person="Tim Two")).warns == ""


def test_a_card_is_verified_by_words_and_its_role_by_a_voucher(stores: Stores) -> None:
    """An administrator's voucher ends on the day after the last one named; the file goes to its bearer."""
    root, ann = alone(stores, "root", "Ada Root", "administrator"), alone(stores, "ann", "Ann Example")
    receiving.receive(root, trusting.own_card(ann))
    receiving.receive(ann, trusting.own_card(root))
    assert pills(root, "Ann Example") == ["Words not compared", "Role not vouched for"]
    assert presenter.exchange(root).waiting["colleagues"] == 1
    there = presenter.compare(ann, root.device.card.sha256())
    assert (
        there.why_not == "Whether they are an administrator is vouched for by an administrator, not by you."
    )
    presenter.trust(ann, there, vouch=False, vetted=False, last=None)
    compared = presenter.compare(root, ann.device.card.sha256())
    assert compared.words == there.words
    assert compared.may_vouch
    assert compared.a_role == "a practitioner"
    done = presenter.trust(root, compared, vouch=True, vetted=True, last=date(2027, 3, 9))
    assert pills(root, "Ann Example") == ["Verified", "Role counts", "Vetted"]
    (row,) = presenter.colleagues(root).others
    assert "The role counts up to 9 March 2027." in row.says
    assert done.file
    receiving.receive(ann, done.file)
    assert presenter.exchange(ann).warns == ""


def test_an_ended_card_says_why_and_offers_nothing(stores: Stores) -> None:
    """And nobody can be picked who bears it."""
    ann, sam, _ = team(stores)
    card = ann.device.card.sha256()
    presenter.end(sam, card, "Stolen from a car.", None)
    (row,) = [each for each in presenter.colleagues(sam).others if each.card == card]
    assert ([words for words, _ in row.pills], row.may_compare, row.may_end) == (["Ended"], False, False)
    assert "Stolen from a car." in row.says[1]
    assert "Ann Example" not in [each.name for each in parcels.addressees(sam)]


def test_a_search_finds_by_name_or_role_and_the_wanted_card_stands_first(stores: Stores) -> None:
    """One's own card stands apart."""
    ann, sam, joan = team(stores)
    assert [each.name for each in presenter.colleagues(ann, "lead").others] == ["Joan Lead"]
    assert [each.name for each in presenter.colleagues(ann, "spo").others] == ["Sam Spo"]
    first = presenter.colleagues(ann, "", sam.device.card.sha256()).others[0]
    assert (first.name, presenter.colleagues(ann).own.name) == ("Sam Spo", "Ann Example")
    assert joan.device.card.name != first.name


# Parcels


def test_what_will_go_is_said_before_it_goes_and_nothing_is_noted(stores: Stores) -> None:
    """Entries, what is withheld, and whether there is anything new."""
    ann, sam, _ = team(stores)
    case = case_of(sam)
    planned = parcels.plan(sam, (case,), "Ann Example")
    assert planned.says[0] == "Gwyn Sample, X100001: 1 version of 1 entry."
    assert "only their laptop can open it" in planned.says[-1]
    assert planned.fresh
    assert sending.sent(sam) == ()
    told = send(sam, ann, case)
    assert told.receipt
    receiving.receive(sam, told.receipt)
    again = parcels.plan(sam, (case,), "Ann Example")
    assert not again.fresh
    assert "nothing they do not hold already" in again.says[0]


def test_several_cases_are_sealed_each_into_a_file_of_its_own(stores: Stores) -> None:
    """No name holds a CRN; each is told as sent, until its receipt has come."""
    ann, sam, _ = team(stores)
    cases = (case_of(ann), case_of(ann, crn="X100002", name="Una Sample"))
    sealed = parcels.seal(ann, cases, "Sam Spo")
    assert len({name for name, _ in sealed.files}) == 2
    assert not [name for name, _ in sealed.files if "X1" in name]
    assert [row.badge for row in parcels.sent(ann)] == ["No receipt yet"] * 2
    for _, data in sealed.files:
        receipt = receiving.receive(sam, data).receipt
        assert receipt
        receiving.receive(ann, receipt)
    assert [(row.title, row.badge) for row in parcels.sent(ann)] == [("To Sam Spo, SPO", "Receipt came")] * 2
    assert {row.line for row in parcels.sent(ann)} == {"Gwyn Sample, X100001", "Una Sample, X100002"}


def test_a_file_is_told_in_sentences_with_its_receipt(stores: Stores, tmp_path: Path) -> None:
    """And how old the news is, days later."""
    ann, sam, _ = team(stores)
    case = case_of(ann)
    came = parcels.take_in(sam, file(tmp_path, sending.bundle(ann, case, "Sam Spo").data))
    assert not came.refused
    assert "X100001: 1 new version." in came.says
    assert came.cases == ((case, "Gwyn Sample, X100001"),)
    assert came.receipt
    stores.clock.move(timedelta(days=9))
    news = {row.title: (row.note, row.note_tone) for row in parcels.heard(sam)}
    assert news["Ann Example"] == ("From Ann Example's laptop: 9 days ago", "warn")
    assert news["Joan Lead"] == ("From Joan Lead's laptop: nothing yet", "warn")


def test_a_refused_file_says_why_and_nothing_of_it_is_taken(stores: Stores, tmp_path: Path) -> None:
    """A damaged bundle, papers with a fault at a place, a file that is gone."""
    ann, sam, _ = team(stores)
    data = sending.bundle(ann, case_of(ann), "Sam Spo").data
    for broken in (data[:-30], b'[{"format": 1}]'):
        came = parcels.take_in(sam, file(tmp_path, broken))
        assert came.refused
        assert came.says[0] == "Nothing of this file was taken."
        assert came.receipt is None
    assert "(at $[0]" in came.says[1]
    assert parcels.take_in(sam, tmp_path / "gone").refused
    assert sam.cases() == ()


def test_a_case_file_is_told_apart_and_can_be_brought_in(stores: Stores, tmp_path: Path) -> None:
    """By a second, deliberate step."""
    desk = stores.desk()
    path = file(tmp_path, case_file(), "case.json")
    came = parcels.take_in(desk, path)
    assert (came.case_file, came.refused, desk.cases()) == (True, False, ())
    brought = parcels.bring_in(desk, path)
    assert [name for _, name in brought.cases] == ["Gwyn Sample, X200002"]
    assert len(desk.cases()) == 1


def test_what_is_kept_apart_is_let_in_by_trusting(stores: Stores, tmp_path: Path) -> None:
    """It says whose it claims to be, and why."""
    ann, bo = stores.desk("ann"), alone(stores, "bo", "Bo Example")
    receiving.receive(bo, trusting.own_card(ann))
    here = presenter.compare(bo, ann.device.card.sha256())
    presenter.trust(bo, here, vouch=False, vetted=False, last=None)
    case = case_of(bo)
    came = parcels.take_in(ann, file(tmp_path, sending.bundle(bo, case, "Ann Example").data))
    assert [each.name for each in came.strangers] == ["Bo Example"]
    (kept,) = parcels.kept_apart(ann)
    assert kept.title == "X100001: 1 version"
    assert "Bo Example (practitioner)" in kept.says[0]
    assert kept.may_compare
    presenter.trust(ann, presenter.compare(ann, kept.card), vouch=False, vetted=False, last=None)
    assert parcels.kept_apart(ann) == ()
    assert [row.case for row in ann.cases()] == [case]


def test_two_people_of_one_name_are_told_apart(stores: Stores) -> None:
    """By their cards; one with two laptops stays one."""
    ann, one, other = (
        stores.desk("ann"),
        stores.desk("one", person="Al Same"),
        stores.desk("two", person="Al Same"),
    )
    meet(ann, one)
    meet(ann, other)
    found = [each for each in parcels.addressees(ann) if each.name == "Al Same"]
    assert {each.to for each in found} == {one.device.card.sha256(), other.device.card.sha256()}
    assert len({each.words for each in found}) == 2


# Two accounts


def test_accounts_of_one_entry_stand_side_by_side_and_either_can_be_begun_from(stores: Stores) -> None:
    """What differs stands first; signing the draft joins both."""
    ann, bo = stores.desk("ann"), stores.desk("bo", person="Bo Example")
    meet(ann, bo)
    case, entry = apart(ann, bo)
    (row,) = settling.among(ann, settling.to_look_through(ann))
    assert row.note.startswith("Amended apart by ")
    found = settling.beside(ann, row.key)
    assert found
    assert sorted(side.by for side in found.sides) == ["Ann Example", "Bo Example"]
    differs = [asked for asked in found.rows if asked.differs]
    assert found.rows[: len(differs)] == tuple(differs)
    assert len(differs) == 3
    begun = {
        side.by: drafting.take_up(ann, settling.begin_from(ann, case, entry, side.version))
        for side in found.sides
    }
    levels = {by: taken.session.answers()["overall"] for by, taken in begun.items()}
    assert levels == {"Ann Example": "very high", "Bo Example": "medium"}
    kept = begun["Bo Example"]
    theirs = kept.writing.draft
    again = next(side.version for side in found.sides if side.by == "Bo Example")
    assert settling.begin_from(ann, case, entry, again) == theirs
    forms.sign(ann, kept.writing, kept.session, "Bo had the police report.", ())
    assert not ann.case(case).entries[entry].forked
    assert ann.case(case).known("rosh.overall", None, "2026-03-10").value == "medium"
    assert settling.of_case(ann, case) == ()
    assert settling.beside(ann, row.key) is None


def test_a_fact_that_two_entries_say_differently_is_settled_by_amending_one(stores: Stores) -> None:
    """Whoever amends has read both, so theirs holds."""
    ann, bo = stores.desk("ann"), stores.desk("bo", person="Bo Example")
    meet(ann, bo)
    case = case_of(ann)
    send(ann, bo, case)
    record(ann, case, "rosh", ROSH)
    theirs = record(bo, case, "rosh", {**ROSH, "overall": "medium", "children": "medium"})
    send(bo, ann, case)
    (row,) = settling.of_case(ann, case)
    assert "RoSH, overall: " in row.line
    assert row.badge == "2 facts"
    found = settling.beside(ann, row.key)
    assert found
    assert {asked.cells for asked in found.rows if asked.differs} == {
        tuple("Medium" if side.by == "Bo Example" else "High" for side in found.sides)
    }
    assert theirs.entry
    amend(ann, case, theirs.entry, "Theirs is the later assessment.")
    assert settling.of_case(ann, case) == ()
    assert ann.case(case).known("rosh.overall", None, "2026-03-10").value == "medium"


def test_whoever_does_not_write_the_form_reads_both_and_is_told_who_settles(stores: Stores) -> None:
    """An SPO does not write a RoSH."""
    ann, sam, _ = team(stores)
    bo = stores.desk("bo", person="Bo Example")
    meet(ann, bo)
    meet(ann, sam)
    case, entry = apart(ann, bo)
    send(ann, sam, case)
    assert sam.case(case).entries[entry].forked
    (row, *_) = settling.of_case(sam, case)
    found = settling.beside(sam, row.key)
    assert found
    assert {side.why_not for side in found.sides} == {"This form is written by a practitioner."}
    with pytest.raises(Refused):
        settling.begin_from(sam, case, entry, found.sides[0].version)


# Handing over


def test_a_form_of_a_case_that_went_to_somebody_else_says_so(stores: Stores) -> None:
    """It opens with what was written before; it cannot be signed, and the draft stays."""
    ann, sam, _ = team(stores)
    case = case_of(ann)
    begun = forms.opened(ann, case, "rosh")
    begun.session.restore(ROSH)
    held, _at = forms.keep(ann, begun.writing, begun.session.draft(), {}, Spot())
    assert begun.refusals == ()
    record(ann, case, "officer-change", OFFER)
    send(ann, sam, case)
    transferring.accept(sam, case, {"next_appointment": "2026-03-17T10:00:00Z"})
    send(sam, ann, case)
    opened = forms.opened(ann, case, "", draft=held.draft)
    assert opened.session.answers()["who"] == ROSH["who"]
    (why,) = opened.refusals
    assert why.startswith("Sam Spo has held this case since 10 March 2026")
    with pytest.raises(Refused, match="Sam Spo has held this case"):
        forms.sign(ann, opened.writing, opened.session, "", ())
    assert [each.draft for each in unfinished.begun(ann, case)] == [held.draft]
    assert forms.opened(ann, case, "information-for-holder").refusals == ()


def test_an_offer_is_answered_through_the_form_as_it_was_offered(stores: Stores) -> None:
    """The form starts with what the offer said; once the rest is answered, the case moves."""
    ann, sam, joan = team(stores)
    case = case_of(ann)
    record(ann, case, "officer-change", OFFER)
    send(ann, sam, case)
    assert presenter.exchange(sam).waiting["handover"] == 1
    (waits,) = handing.handover(ann).waiting
    assert waits.says == "Offered to Sam Spo on 10 March 2026 (today). No answer has come."
    assert dict(waits.withdraw)["state"] == "withdrawn"
    assert handing.handover(ann).offers == handing.handover(sam).waiting == ()
    (offered,) = handing.handover(sam).offers
    assert ("From", "Ann Example") in offered.facts
    opened = forms.opened(sam, case, "", draft=handing.begin_form(sam, case, offered.accept))
    assert handing.begin_form(sam, case, offered.accept) == opened.writing.draft
    assert (opened.recovered, opened.unfinished) == (None, None)
    opened.session.answer("next_appointment", "2026-03-17T10:00:00Z")
    forms.sign(sam, opened.writing, opened.session, "", ())
    assert handing.handover(sam).offers == ()
    assert sam.case(case).known("case.held_by", None, "2026-03-10").value == "Sam Spo"
    send(sam, ann, case)
    assert handing.handover(ann).waiting == ()
    refusing = drafting.take_up(ann, handing.begin_form(ann, case, offered.refuse)).session
    assert refusing.answers()["state"] == "refused"
    assert handing.handover(joan).why_not
