"""Bundles between stores: what arrives, what is told, what is confirmed, and what is never sent."""

from __future__ import annotations

import pytest

from tests.casework.meeting import meet, send, team
from tests.casework.test_importing import ERASED, RESTRICTED
from tests.casework.test_recording import ROSH, amend, case_of, record
from tests.conftest import Stores, case_file, vouch
from tests.exchange.build import refused_rows, snapshot
from tests.forms.examples import EXAMPLES
from workbench.casework import (
    attaching,
    guarding,
    keeping,
    receiving,
    recording,
    sending,
    transferring,
    trusting,
)
from workbench.casework.desk import Desk
from workbench.casework.exporting import export
from workbench.casework.importing import bring
from workbench.errors import BadInput, NotFound, Refused
from workbench.store import attachments

PLAN = {"from_day": "2026-03-09", "gap_days": 14, "reduces": "no", "review_on": "2026-06-09"}

DISCUSSION = EXAMPLES["case-discussion"][0]


def held(desk: Desk, case: str) -> set[tuple[str, bool]]:
    """Every version of a case, and whether its content is here."""
    return {(version.id, version.content is not None) for version in desk.store.versions(case)}


def whole(desk: Desk) -> None:
    """Every check of the store holds."""
    assert [check.says for check in guarding.verify(desk) if not check.ok] == []


def test_a_case_goes_to_a_colleague_and_back(stores: Stores) -> None:
    """Same versions, same facts, same duties; receiving again changes nothing; what comes back is only the new."""
    ann, sam, _ = team(stores)
    case = case_of(ann)
    version = record(ann, case, "contact-plan", PLAN).version
    assert version
    told = send(ann, sam, case)
    assert told.new == 2 and told.cases == (case,)
    assert held(sam, case) == held(ann, case)
    assert sam.case(case).known("identity.name", None, "2026-03-10").value == "Gwyn Sample"
    assert [duty.duty for duty in sam.store.duties(case)] == [duty.duty for duty in ann.store.duties(case)]
    recording.countersign(sam, case, version)
    back = sending.bundle(sam, case, "Ann Example")
    assert back.versions == 1
    assert receiving.receive(ann, back.data).new == 1
    entry = next(entry for entry in ann.case(case).entries.values() if entry.head.id == version)
    assert entry.status == "countersigned"
    before = snapshot(ann)
    assert receiving.receive(ann, back.data).new == 0
    assert snapshot(ann) == before
    for desk in (ann, sam):
        whole(desk)


def test_a_receipt_confirms(stores: Stores) -> None:
    """By a sealed file of its own, or with the next bundle back."""
    ann, sam, joan = team(stores)
    case = case_of(ann)
    told = send(ann, sam, case)
    assert [sent.confirmed for sent in sending.sent(ann)] == [None]
    assert told.receipt and "X1" not in told.receipt_name
    receiving.receive(ann, told.receipt)
    assert [bool(sent.confirmed) for sent in sending.sent(ann)] == [True]
    assert sending.bundle(ann, case, "Sam Spo").versions == 0
    send(ann, joan, case)
    send(joan, ann, case)
    assert {sent.to: bool(sent.confirmed) for sent in sending.sent(ann)}["Joan Lead"]


def test_an_erasure_travels_whichever_came_first(stores: Stores) -> None:
    """The content goes from the store that holds it, and never reaches the one that does not."""
    ann, sam, joan = team(stores)
    case = case_of(ann)
    version = record(ann, case, "rosh", ROSH).version
    assert version
    for desk in (sam, joan):
        send(ann, desk, case)
    keeping.erase(joan, case, [version], {"versions": [{"id": "r1", "version": version}], **ERASED})
    late = stores.desk("late", person="Lee Late")
    vouch(late, ann, sam, joan)
    vouch(joan, late)
    vouch(ann, late)
    send(joan, late, case)
    send(ann, late, case)
    send(joan, sam, case)
    for desk in (sam, late):
        gone = desk.store.version(version)
        assert gone and gone.content is None
        assert desk.case(case).known("rosh.overall", None, "2026-03-10").value is None
        whole(desk)


def test_a_misfiled_entry_leaves_a_hole_that_travels(stores: Stores) -> None:
    """Nobody who receives the case later sees even the heading."""
    ann, sam, joan = team(stores)
    case = case_of(ann)
    version = record(ann, case, "rosh", ROSH).version
    assert version
    send(ann, joan, case)
    answers = {"versions": [{"id": "r1", "version": version}], "why": "Another's.", "ground": "A mistake."}
    keeping.misfile(joan, case, [version], answers)
    send(joan, sam, case)
    assert sam.store.version(version) is None
    assert len(sam.store.holes(case)) == 1
    assert send(ann, sam, case).new == 0
    assert sam.store.version(version) is None
    whole(sam)


def test_forks_and_two_accounts_are_told(stores: Stores) -> None:
    """Two amendments of one entry, neither having seen the other: both stay, and a person settles it."""
    ann, bo = stores.desk("ann"), stores.desk("bo", person="Bo Example")
    meet(ann, bo)
    case = case_of(ann)
    entry = record(ann, case, "rosh", ROSH).entry
    assert entry
    send(ann, bo, case)
    amend(ann, case, entry, children="very high", overall="very high")
    amend(bo, case, entry, children="medium", overall="medium")
    told = send(bo, ann, case)
    assert ann.case(case).entries[entry].forked
    assert sum("two accounts" in sentence for sentence in told.says) >= 2
    assert not any("two accounts" in sentence for sentence in send(bo, ann, case).says)
    send(ann, bo, case)
    assert bo.case(case).entries[entry].heads[0].id == ann.case(case).entries[entry].heads[0].id


def test_files_go_with_their_entries(stores: Stores) -> None:
    """Sealed anew under the receiver's own key."""
    ann, sam, _ = team(stores)
    case = case_of(ann)
    ref = attaching.attach(ann, "letter.txt", b"A letter about the allotment.")
    session = recording.start(ann, case, "rosh")
    session.restore(ROSH)
    recording.sign(ann, case, session, files=(ref,))
    send(ann, sam, case)
    data = attachments.get(sam.store.folder, sam.store.connection, ref.sha256)
    assert data == b"A letter about the allotment."
    whole(sam)


def test_what_is_kept_to_others_is_not_sent_but_its_place_is(stores: Stores) -> None:
    """The colleague sees that something is there; named as a reader later, they get it."""
    ann, sam, joan = team(stores)
    case = case_of(sam)
    entry, version = _kept_to(sam, case, "Ann Example")
    made = sending.bundle(sam, case, "Joan Lead")
    assert made.withheld == 1
    receiving.receive(joan, made.data)
    assert joan.store.version(version) is None
    assert joan.store.vector(case) == sam.store.vector(case)
    whole(joan)
    assert sending.bundle(sam, case, "Ann Example").withheld == 0
    named = {"scope": "entry", "entry": entry, "ground": "need-to-know", "why": "They joined."}
    readers = [{"id": "r1", "reader": "Ann Example"}, {"id": "r2", "reader": "Joan Lead"}]
    record(sam, case, "readers", {**named, "readers": readers})
    send(sam, joan, case)
    assert joan.store.version(version) is not None
    assert joan.store.holes(case) == ()
    whole(joan)
    whole(ann)


def _kept_to(desk: Desk, case: str, reader: str) -> tuple[str, str]:
    session = recording.start(desk, case, "case-discussion")
    session.restore(DISCUSSION)
    done = recording.sign(desk, case, session, readers=(reader,))
    assert done.entry and done.version
    return done.entry, done.version


def test_a_restricted_version_goes_to_its_readers_alone(stores: Stores) -> None:
    """Whoever is not named gets its place."""
    ann, sam, joan = team(stores)
    case = case_of(ann)
    version = record(ann, case, "rosh", ROSH).version
    assert version
    send(ann, joan, case)
    answers = {"versions": [{"id": "r1", "version": version}], **RESTRICTED}
    keeping.restrict(joan, case, [version], answers)
    assert sending.bundle(joan, case, "Sam Spo").withheld == 0
    send(joan, ann, case)
    lee = stores.desk("lee", person="Lee Late")
    vouch(lee, ann, sam, joan)
    vouch(joan, lee)
    send(joan, lee, case)
    assert lee.store.version(version) is None
    assert lee.case(case).known("rosh.overall", None, "2026-03-10").value is None


def test_a_whole_case_kept_to_others_is_refused(stores: Stores) -> None:
    """It is not even named."""
    _, sam, _ = team(stores)
    case = case_of(sam)
    answers = {"scope": "case", "ground": "reader-knows-victim", "why": "Family."}
    record(sam, case, "readers", {**answers, "readers": [{"id": "r1", "reader": "Ann Example"}]})
    with pytest.raises(Refused, match="not one of them"):
        sending.bundle(sam, case, "Joan Lead")
    assert sending.bundle(sam, case, "Ann Example").versions == 2


def test_what_two_stores_brought_in_from_one_file_is_one(stores: Stores) -> None:
    """Two headings, one version; the colleague's count has no gap."""
    ann, sam, joan = team(stores)
    case = bring(ann, case_file(), "one.json").case
    bring(sam, case_file(), "one.json")
    assert send(sam, ann, case).new == 1
    assert send(ann, sam, case).new == 1
    send(ann, joan, case)
    for desk in (ann, sam, joan):
        assert held(desk, case) == held(ann, case)
        whole(desk)


def test_nothing_goes_to_a_card_that_nobody_verified(stores: Stores) -> None:
    """Nor to one that was never received."""
    ann, bo = stores.desk("ann"), stores.desk("bo", person="Bo Example")
    case = case_of(ann)
    with pytest.raises(NotFound, match="no card of Bo Example"):
        sending.bundle(ann, case, "Bo Example")
    receiving.receive(ann, trusting.own_card(bo))
    with pytest.raises(Refused, match="Nobody here has verified"):
        sending.bundle(ann, case, "Bo Example")
    meet(ann, bo)
    assert send(ann, bo, case).new == 1


def test_a_wrong_recipient_a_cut_and_a_newer_making_are_refused(stores: Stores) -> None:
    """Whole, with the reason; one row in the look-log, nothing else changed."""
    ann, sam, joan = team(stores)
    case = case_of(ann)
    data = sending.bundle(ann, case, "Sam Spo").data
    before = snapshot(sam)
    newer = data.replace(b"WB1", b"WB2", 1)
    later = data.replace(b'{"v":1', b'{"v":2', 1)
    bad = {"damaged or cut": data[:-20], "newer": newer, "newer version": later, "not a bundle": b"WBX\n"}
    for says, spoilt in bad.items():
        with pytest.raises(BadInput, match=says):
            receiving.receive(sam, spoilt)
    assert refused_rows(sam) == len(bad)
    assert snapshot(sam) == before
    with pytest.raises(BadInput, match="somebody else"):
        receiving.receive(joan, data)


def test_a_sample_and_a_real_store_never_mix(stores: Stores) -> None:
    """In neither direction."""
    real, sample = stores.desk("real"), stores.desk("sample", person="Sam Sample", sample=True)
    meet(real, sample)
    for here, there in ((real, sample), (sample, real)):
        case = case_of(here)
        data = sending.bundle(here, case, there.device.card.name).data
        with pytest.raises(BadInput, match="sample store"):
            receiving.receive(there, data)


def test_a_gap_is_refused(stores: Stores) -> None:
    """A bundle that begins after what is held here leaves out what lies between."""
    ann, sam, _ = team(stores)
    case = case_of(ann)
    told = send(ann, sam, case)
    assert told.receipt
    receiving.receive(ann, told.receipt)
    record(ann, case, "rosh", ROSH)
    data = sending.bundle(ann, case, "Sam Spo").data
    sam.store.connection.execute("DELETE FROM versions WHERE case_id = ?", (case,))
    sam.read_anew()
    with pytest.raises(BadInput, match="it begins after version 1"):
        receiving.receive(sam, data)


OFFER = {"state": "offered", "on": "2026-03-10", "from_officer": "Ann Example", "to_officer": "Sam Spo",
         "caretaking": "no", "why": "She moves.", "open_risks": "None new."}  # fmt: skip


def test_an_offer_is_told_and_binds_only_when_accepted(stores: Stores) -> None:
    """Until then every duty stays with the sender; whoever it is not offered to cannot accept it."""
    ann, sam, _ = team(stores)
    case = case_of(ann)
    record(ann, case, "officer-change", OFFER)
    told = send(ann, sam, case)
    assert any("offered to you" in sentence for sentence in told.says)
    assert sam.case(case).known("officer.name", None, "2026-03-10").value == "Ann Example"
    assert [(offer.case, offer.from_officer) for offer in transferring.offers(sam)] == [(case, "Ann Example")]
    assert transferring.offers(ann) == ()
    with pytest.raises(NotFound, match="not offered to you"):
        transferring.accept(ann, case, {})
    with pytest.raises(Refused, match="next_appointment"):
        transferring.accept(sam, case, {})
    transferring.accept(sam, case, {"next_appointment": "2026-03-17T10:00:00Z"})
    assert transferring.offers(sam) == ()
    send(sam, ann, case)
    assert ann.case(case).known("case.held_by", None, "2026-03-10").value == "Sam Spo"


def test_a_refused_offer_leaves_everything_where_it_was(stores: Stores) -> None:
    """With the reason, which the sender reads; a new offer can be made."""
    ann, sam, _ = team(stores)
    case = case_of(ann)
    record(ann, case, "officer-change", OFFER)
    send(ann, sam, case)
    with pytest.raises(Refused, match="says why"):
        transferring.refuse(sam, case, " ")
    transferring.refuse(sam, case, "No room this month.")
    assert transferring.offers(sam) == ()
    send(sam, ann, case)
    assert ann.case(case).known("officer.name", None, "2026-03-10").value == "Ann Example"
    record(ann, case, "officer-change", OFFER)
    send(ann, sam, case)
    assert len(transferring.offers(sam)) == 1


def test_who_has_confirmed_a_version_is_known(stores: Stores) -> None:
    """Each device that was sent the case, until its receipt has come."""
    ann, sam, _ = team(stores)
    case = case_of(ann)
    version = record(ann, case, "rosh", ROSH).version
    assert version
    told = send(ann, sam, case)
    sending.bundle(ann, case, "Joan Lead")
    reached = {each.name: each.confirmed for each in sending.reached(ann, version)}
    assert reached == {"Joan Lead": False, "Sam Spo": False}
    assert told.receipt
    receiving.receive(ann, told.receipt)
    reached = {each.name: each.confirmed for each in sending.reached(ann, version)}
    assert reached == {"Joan Lead": False, "Sam Spo": True}


def test_a_case_file_carries_the_vouchers(stores: Stores) -> None:
    """Whoever trusts the same administrator sees the roles count; the file comes back as it went."""
    ann, sam, _ = team(stores)
    case = case_of(ann)
    version = record(ann, case, "contact-plan", PLAN).version
    assert version
    send(ann, sam, case)
    recording.countersign(sam, case, version)
    file = export(sam, case)
    lee = stores.desk("lee", person="Lee Late")
    bring(lee, file, "case.json")
    entry = next(entry for entry in lee.case(case).entries.values() if entry.head.id == version)
    assert entry.status == "countersigned"
    assert export(lee, case) == file
