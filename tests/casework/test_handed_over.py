"""A case that went to another officer: its sender reads it, and passes on what reaches them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.casework.meeting import send
from tests.casework.test_recording import ROSH, case_of, record
from tests.conftest import Stores, case_file, vouch
from tests.forms.examples import EXAMPLES
from workbench.casework import carrying, drafting, importing, keeping, recording, transferring, unfinished
from workbench.casework.desk import Desk
from workbench.casework.drafting import Spot
from workbench.errors import Refused
from workbench.resources import say

OFFER = {"state": "offered", "on": "2026-03-10", "from_officer": "Ann Example", "to_officer": "Bo Example",
         "caretaking": "no", "why": "She moves.", "open_risks": "None new."}  # fmt: skip
NEXT = {"next_appointment": "2026-03-17T10:00:00Z"}
LEARNT = {"on": "2026-03-10T08:00:00Z", "source": "police", "what": "He was seen in the park."}
SAYS = "Bo Example has held this case since 10 March 2026"


@pytest.fixture
def handed(stores: Stores) -> tuple[Desk, Desk, str, str]:
    """Ann's case, accepted by Bo, who told her so; a draft she had begun before; the store of each."""
    ann, bo = _colleagues(stores)
    case = case_of(ann)
    writing, session = drafting.begin(ann, case, "rosh")
    session.restore(ROSH)
    draft = drafting.keep(ann, writing, session.draft(), {}, Spot()).draft
    record(ann, case, "contact", EXAMPLES["contact"][0])
    _hand(ann, bo, case, OFFER)
    return ann, bo, case, draft


def _colleagues(stores: Stores) -> tuple[Desk, Desk]:
    ann, bo = desks = (stores.desk("ann"), stores.desk("bo", person="Bo Example"))
    for desk in desks:
        vouch(desk, *desks)
    return ann, bo


def _hand(here: Desk, there: Desk, case: str, offer: dict[str, str]) -> None:
    record(here, case, "officer-change", offer)
    send(here, there, case)
    transferring.accept(there, case, NEXT)
    assert not _refusals(here, case)
    send(there, here, case)


def _refusals(desk: Desk, case: str) -> tuple[str, ...]:
    return tuple(say(text) for text in recording.start(desk, case, "rosh").refusals())


def test_nothing_more_is_signed_where_the_case_was_handed_over(handed: tuple[Desk, Desk, str, str]) -> None:
    """The sentence says who holds it, what to do and what may still be done; the new holder signs as before."""
    ann, bo, case, _ = handed
    held = tuple(ann.case(case).versions())
    with pytest.raises(Refused, match=SAYS) as refused:
        record(ann, case, "rosh", ROSH)
    for told in ("Speak with Bo Example", "Information for the holder", "still read", "offered back to you"):
        assert told in refused.value.sentence()
    registration = ann.case(case).of_form("registration")[0].head
    with pytest.raises(Refused, match=SAYS):
        recording.withdraw(ann, case, registration.id, "Not hers any more.")
    assert tuple(ann.case(case).versions()) == held
    record(bo, case, "rosh", ROSH)


def test_what_was_begun_stays_and_says_why_it_waits(handed: tuple[Desk, Desk, str, str]) -> None:
    """The draft opens with its words; signing it is refused, in Welsh too, and it is kept."""
    ann, _, case, draft = handed
    taken = drafting.take_up(ann, draft)
    assert taken.session.answers()["who"] == ROSH["who"]
    (why,) = taken.session.refusals()
    assert say(why).startswith(SAYS)
    assert say(why, "cy").startswith("Bo Example sydd wedi dal yr achos hwn ers 10 Mawrth 2026")
    with pytest.raises(Refused, match=SAYS):
        drafting.finish(ann, taken.writing, taken.session)
    assert [held.draft for held in unfinished.begun(ann, case)] == [draft]


def test_what_reaches_the_sender_is_passed_on(handed: tuple[Desk, Desk, str, str]) -> None:
    """The one form that is still hers arrives with the holder."""
    ann, bo, case, _ = handed
    record(ann, case, "information-for-holder", LEARNT)
    send(ann, bo, case)
    (entry,) = bo.case(case).of_form("information-for-holder")
    assert entry.head.answers()["what"] == LEARNT["what"]


def test_what_was_signed_before_is_still_marked_as_carried_over(handed: tuple[Desk, Desk, str, str]) -> None:
    """Nobody else can: the tray lists what was signed on this laptop."""
    ann, _, case, _ = handed
    waits = carrying.waiting(ann)
    assert {each.case for each in waits} == {case}
    carrying.done(ann, waits[0].entry, waits[0].system)
    assert len(carrying.waiting(ann)) == len(waits) - 1


def test_no_file_is_brought_into_a_case_handed_over(handed: tuple[Desk, Desk, str, str]) -> None:
    """What others never signed would be signed by whoever brings it in; the holder brings it."""
    ann, bo, case, _ = handed
    row = ann.store.case_row(case)
    data = case_file(row.crn, case={"id": case, "crn": row.crn})
    with pytest.raises(Refused, match=SAYS):
        importing.bring(ann, data, "old.json")
    assert importing.bring(bo, data, "old.json").new


def test_a_copy_whose_words_were_dropped_takes_nothing_more(
    stores: Stores, handed: tuple[Desk, Desk, str, str]
) -> None:
    """Who holds it was among the words; what is passed on still can be."""
    ann, _, case, _ = handed
    stores.clock.move(timedelta(days=28))
    keeping.drop(ann, case)
    with pytest.raises(Refused, match="Only the headings of this case are held here"):
        record(ann, case, "rosh", ROSH)
    record(ann, case, "information-for-holder", LEARNT)


def test_a_case_that_comes_back_is_written_again(handed: tuple[Desk, Desk, str, str]) -> None:
    """Offered back, accepted: the sender of the first time holds it, and the other may write no more."""
    ann, bo, case, _ = handed
    with pytest.raises(Refused, match=SAYS):
        record(ann, case, "officer-change", {**OFFER, "why": "She stays after all."})
    record(bo, case, "officer-change", {**OFFER, "from_officer": "Bo Example", "to_officer": "Ann Example"})
    send(bo, ann, case)
    transferring.accept(ann, case, NEXT)
    record(ann, case, "rosh", ROSH)
    send(ann, bo, case)
    assert _refusals(bo, case)[0].startswith("Ann Example has held this case since")


def test_a_caretaker_leaves_the_case_where_it_was(stores: Stores) -> None:
    """A case lent for a time is written by both; so is one whose officer stays its stand-in."""
    ann, bo = _colleagues(stores)
    lent = case_of(ann)
    _hand(ann, bo, lent, {**OFFER, "caretaking": "yes"})
    record(ann, lent, "rosh", ROSH)
    kept = case_of(ann, crn="X100002")
    record(ann, kept, "officer-change", OFFER)
    send(ann, bo, kept)
    transferring.accept(bo, kept, {**NEXT, "stand_in": "Ann Example"})
    send(bo, ann, kept)
    record(ann, kept, "rosh", ROSH)
