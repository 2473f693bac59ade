"""Cards, words and vouchers: a role counts where somebody who may has vouched for it, whenever that arrives."""

from __future__ import annotations

import itertools
from datetime import date
from typing import Any

import msgspec
import pytest

from tests.casework.meeting import meet, send
from tests.casework.test_importing import ERASED, MISFILED, RESTRICTED
from tests.casework.test_recording import ROSH, case_of, record
from tests.conftest import PASSPHRASE, ROOT, ROOT_KEYS, Stores, vouch
from tests.exchange.build import snapshot
from workbench.casework import guarding, importing, keeping, reading, receiving, recording, sending, trusting
from workbench.casework.desk import Desk
from workbench.casework.exporting import export
from workbench.casework.opening import Secret
from workbench.errors import Ambiguous, BadInput, NotFound, Refused
from workbench.exchange import papers
from workbench.models.vouching import CardEnded, Voucher
from workbench.security.keyring import NoKeyring
from workbench.store import search

PLAN = {"from_day": "2026-03-09", "gap_days": 14, "reduces": "no", "review_on": "2026-06-09"}
WORD = "Quokkaword"
WAYS: dict[str, tuple[Any, dict[str, Any]]] = {
    "erase": (keeping.erase, ERASED),
    "misfile": (keeping.misfile, MISFILED),
    "restrict": (keeping.restrict, RESTRICTED),
}


def alone(stores: Stores, name: str, role: str, person: str) -> Desk:
    """A store nobody has vouched in: it knows no administrator."""
    stores.make(name, role, person)
    return stores.open(name)


def voucher(desk: Desk, **changes: Any) -> Voucher:
    """The administrator's word for the person of a store."""
    made = papers.make_voucher(
        ROOT_KEYS, ROOT, desk.device.card, vetted=False, from_="2025-01-01", until=None
    )
    changed = msgspec.structs.replace(made, **changes)
    signature = ROOT_KEYS.sign(changed.to_sign())
    return msgspec.structs.replace(changed, signature=importing.plain_base64(signature))


def given(desk: Desk, *found: papers.Paper) -> receiving.Received:
    """Papers received as a file."""
    return receiving.receive(desk, papers.write(found))


def whole(desk: Desk) -> None:
    """Every check holds; the gap of a misfiled version that never came is none of this room's."""
    bad = [check.says for check in guarding.verify(desk) if not check.ok and check.check != "sequence"]
    assert bad == []


class Taken:
    """A case with one entry here, and a lead who took it out there, by a card whose role nobody vouched for yet."""

    def __init__(self, stores: Stores, way: str) -> None:
        self.ann = stores.desk("ann")
        self.case = case_of(self.ann)
        version = record(self.ann, self.case, "rosh", {**ROSH, "who": f"Children near {WORD}."}).version
        assert version
        self.version = version
        self.joan = stores.desk("joan", role="data-protection", person="Joan Lead")
        importing.bring(self.joan, export(self.ann, self.case), "case.json")
        act, answers = WAYS[way]
        act(self.joan, self.case, [version], {"versions": [{"id": "r1", "version": version}], **answers})
        self.file = export(self.joan, self.case)
        assert len(msgspec.json.decode(self.file)["cards"]) > 2

    def unvouched(self) -> bytes:
        """The same file with cards alone: what a stranger could have made."""
        file = msgspec.json.decode(self.file)
        file["cards"] = [card for card in file["cards"] if "format" in card]
        return msgspec.json.encode(file)

    def stands(self, desk: Desk) -> bool:
        """Whether the entry's words are held and found."""
        held = desk.store.version(self.version)
        found = search.find(desk.store.connection, WORD)
        level = desk.case(self.case).known("rosh.overall", None, "2026-03-10").value
        assert (level == "high") == bool(found)
        return bool(held and held.content and found)


@pytest.mark.parametrize("way", sorted(WAYS))
def test_an_act_by_a_self_made_card_has_no_effect_until_somebody_vouches(stores: Stores, way: str) -> None:
    """It is seen, with why; once the voucher is here it takes effect as if it had come in the other order."""
    taken = Taken(stores, way)
    desk = taken.ann
    importing.bring(desk, taken.unvouched(), "case.json")
    assert taken.stands(desk)
    acts = [v for v in desk.case(taken.case).versions() if v.header.act == way]
    assert [act.authority for act in acts] == ["none"]
    whole(desk)
    given(desk, taken.joan.device.card, voucher(taken.joan))
    assert not taken.stands(desk)
    whole(desk)
    assert guarding.rebuild(desk) == 1
    assert not taken.stands(desk)
    other = stores.desk("other", person="Bo Example")
    importing.bring(other, export(desk, taken.case), "case.json")
    assert other.case(taken.case).entries.keys() == desk.case(taken.case).entries.keys()
    assert {e.status for e in other.case(taken.case).entries.values()} == {
        e.status for e in desk.case(taken.case).entries.values()
    }


def test_the_same_in_any_order(stores: Stores) -> None:
    """Voucher, root trusted, erasure and entry: equal in the end, whichever of half the orders they came in."""
    taken = Taken(stores, "erase")
    file = taken.unvouched()
    whole_file = msgspec.json.decode(file)
    assert len(whole_file["erased"]) == 1
    seen = set()
    for n, order in enumerate(list(itertools.permutations(range(4)))[::2]):
        desk = alone(stores, f"late-{n}", "practitioner", "Lee Late")
        entry = export(taken.ann, taken.case)
        steps = (
            lambda desk=desk: given(desk, ROOT, taken.joan.device.card, voucher(taken.joan)),
            lambda desk=desk: trust_root(desk),
            lambda desk=desk: importing.bring(desk, file, "case.json"),
            lambda desk=desk, entry=entry: importing.bring(desk, entry, "case.json"),
        )
        for step in order:
            steps[step]()
        held = desk.store.version(taken.version)
        stood = desk.case(taken.case)
        seen.add(
            (
                held is not None and held.content is None,
                tuple(sorted(e.status for e in stood.entries.values())),
            )
        )
        whole(desk)
    assert len(seen) == 1


def trust_root(desk: Desk) -> None:
    """Compares words with the administrator."""
    if ROOT.sha256() not in desk.cards:
        given(desk, ROOT)
    trusting.trust(desk, "Ada Admin", " ".join(trusting.words(desk, "Ada Admin")))


def test_content_that_came_after_an_idle_erasure_goes_with_the_voucher(stores: Stores) -> None:
    """Also the file it held."""
    taken = Taken(stores, "erase")
    desk = alone(stores, "late", "practitioner", "Lee Late")
    importing.bring(desk, taken.unvouched(), "case.json")
    importing.bring(desk, export(taken.ann, taken.case), "case.json")
    assert taken.stands(desk)
    trust_root(desk)
    given(desk, voucher(taken.joan))
    assert not taken.stands(desk)
    assert importing.bring(desk, export(taken.ann, taken.case), "case.json").new == 0
    whole(desk)


def test_a_voucher_that_would_erase_under_a_legal_hold_is_refused(stores: Stores) -> None:
    """Nothing of it is kept; it can come again once the hold is lifted."""
    taken = Taken(stores, "erase")
    spo = stores.desk("sam", role="spo", person="Sam Spo")
    importing.bring(spo, export(taken.ann, taken.case), "case.json")
    importing.bring(spo, taken.unvouched(), "case.json")
    hold = {"held": "yes", "reason": "Keep for the inquiry", "from_day": "2026-03-09"}
    record(spo, taken.case, "legal-hold", hold)
    before = snapshot(spo)
    with pytest.raises(BadInput, match="legal hold"):
        given(spo, taken.joan.device.card, voucher(taken.joan))
    assert snapshot(spo) == before
    assert taken.stands(spo)
    record(spo, taken.case, "legal-hold", {**hold, "held": "no", "from_day": "2026-03-10"})
    given(spo, taken.joan.device.card, voucher(taken.joan))
    assert not taken.stands(spo)


@pytest.mark.parametrize("role", ["spo", "practitioner"])
def test_a_countersignature_counts_as_the_role_counts(stores: Stores, role: str) -> None:
    """Not by a role nobody vouched for; nor by one that the form does not ask for."""
    ann = stores.desk("ann")
    sam = alone(stores, "sam", "spo", "Sam Spo")
    case = case_of(ann)
    version = record(ann, case, "contact-plan", PLAN).version
    assert version
    importing.bring(sam, export(ann, case), "case.json")
    recording.countersign(sam, case, version)
    assert status(sam, case, version) == "signed"
    importing.bring(ann, export(sam, case), "case.json")
    assert status(ann, case, version) == "signed"
    given(ann, sam.device.card, voucher(sam, role=role))
    assert status(ann, case, version) == ("countersigned" if role == "spo" else "signed")


def status(desk: Desk, case: str, version: str) -> str:
    """The status of the entry whose head a version is."""
    return next(e.status for e in desk.case(case).entries.values() if e.head.id == version)


def test_a_voucher_covers_its_days_alone(stores: Stores) -> None:
    """From a day on, and until a day, that day not included."""
    ann, sam = stores.desk("ann"), alone(stores, "sam", "spo", "Sam Spo")
    case = case_of(ann)
    version = record(ann, case, "contact-plan", PLAN).version
    assert version
    importing.bring(sam, export(ann, case), "case.json")
    recording.countersign(sam, case, version)
    importing.bring(ann, export(sam, case), "case.json")
    for days in ({"from_": "2026-03-11"}, {"until": "2026-03-10"}):
        given(ann, sam.device.card, voucher(sam, **days))
        assert status(ann, case, version) == "signed"
    given(ann, sam.device.card, voucher(sam, until="2026-03-11"))
    assert status(ann, case, version) == "countersigned"


def test_a_readers_entry_by_an_unvouched_card_opens_nothing(stores: Stores) -> None:
    """Nor does one brought in from a file, signed by nobody."""
    sam, ann = stores.desk("sam", role="spo", person="Sam Spo"), stores.desk("ann")
    case = case_of(sam)
    kept = record(sam, case, "contact-plan", PLAN).entry
    answers = {"scope": "entry", "entry": kept, "ground": "need-to-know", "why": "Family."}
    record(sam, case, "readers", {**answers, "readers": [{"id": "r1", "reader": "Sam Spo"}]})
    importing.bring(ann, export(sam, case), "case.json")
    assert kept in reading.kept_away(ann, ann.case(case))
    bad = alone(stores, "bad", "spo", "Max Mallory")
    importing.bring(bad, export(sam, case), "case.json")
    record(bad, case, "readers", {**answers, "readers": [{"id": "r1", "reader": "Ann Example"}]})
    importing.bring(ann, export(bad, case), "case.json")
    assert kept in reading.kept_away(ann, ann.case(case))


def test_somebody_elses_entry_is_not_withdrawn_by_a_stranger(stores: Stores) -> None:
    """Not even by one who bears the author's own id."""
    ann = stores.desk("ann")
    case = case_of(ann)
    version = record(ann, case, "rosh", ROSH).version
    assert version
    bad = alone(stores, "bad", "spo", "Max Mallory")
    importing.bring(bad, export(ann, case), "case.json")
    recording.withdraw(bad, case, version, "Never happened.")
    importing.bring(ann, export(bad, case), "case.json")
    assert status(ann, case, version) == "signed"
    recording.withdraw(ann, case, version, "On the wrong day.")
    assert status(ann, case, version) == "withdrawn"


def test_words_are_the_same_on_both_sides_and_others_for_a_changed_card(stores: Stores) -> None:
    """Eight words of 2,048; the wrong ones trust nobody."""
    ann, bo = stores.desk("ann"), stores.desk("bo", person="Bo Example")
    receiving.receive(ann, trusting.own_card(bo))
    receiving.receive(bo, trusting.own_card(ann))
    words = trusting.words(ann, "Bo Example")
    assert words == trusting.words(bo, "ann example")
    assert len(words) == 8
    receiving.receive(ann, trusting.own_card(alone(stores, "mal", "practitioner", "Max Mallory")))
    assert trusting.words(ann, "Max Mallory") != words
    with pytest.raises(Refused, match="not the words"):
        trusting.trust(ann, "Bo Example", " ".join(reversed(words)))
    assert not next(row for row in trusting.cards(ann) if row.name == "Bo Example").verified
    trusting.trust(ann, "Bo Example", " ".join(words).upper())
    assert next(row for row in trusting.cards(ann) if row.name == "Bo Example").verified
    with pytest.raises(NotFound):
        trusting.words(ann, "Nobody Known")


def test_who_may_vouch_for_what(stores: Stores) -> None:
    """An administrator for everybody; an SPO whose role counts for all but head of PDU and administrator."""
    ada = alone(stores, "ada", "administrator", "Ada Own")
    sam, ann = alone(stores, "sam", "spo", "Sam Spo"), alone(stores, "ann", "practitioner", "Ann Example")
    head = alone(stores, "head", "aco", "Hal Head")
    for here, there in itertools.permutations((ada, sam, ann, head), 2):
        receiving.receive(here, trusting.own_card(there))
    with pytest.raises(Refused, match="not vouched"):
        give(sam, "Ann Example", "practitioner")
    with pytest.raises(Refused, match="does not vouch"):
        give(ann, "Sam Spo", "spo")
    with pytest.raises(Refused, match="The card says spo"):
        give(ada, "Sam Spo", "aco")
    file = give(ada, "Sam Spo", "spo").file
    assert file
    trusting.trust(sam, "Ada Own", " ".join(trusting.words(sam, "Ada Own")))
    receiving.receive(sam, file)
    with pytest.raises(Refused, match="does not vouch for an aco"):
        give(sam, "Hal Head", "aco")
    told = give(sam, "Ann Example", "practitioner", until=date(2026, 6, 1))
    assert told.file
    trusting.trust(head, "Ada Own", " ".join(trusting.words(head, "Ada Own")))
    receiving.receive(head, told.file)
    row = next(row for row in trusting.cards(head) if row.name == "Ann Example")
    assert (row.verified, row.vouched, row.until) == (True, True, "2026-06-01")


def give(desk: Desk, name: str, role: str, **more: Any) -> trusting.Trusted:
    """Vouches for a role after words were compared."""
    return trusting.trust(desk, name, " ".join(trusting.words(desk, name)), role=role, **more)


def test_a_second_administrator_trusted_by_words_is_no_root(stores: Stores) -> None:
    """Their word counts once the first vouches for them; a card that replaces the first's is the root again."""
    ann = stores.desk("ann")
    mal = alone(stores, "mal", "administrator", "Max Mallory")
    bo = alone(stores, "bo", "spo", "Bo Example")
    for here, there in ((ann, mal), (mal, bo), (mal, ann)):
        receiving.receive(here, trusting.own_card(there))
    trusting.trust(ann, "Max Mallory", " ".join(trusting.words(ann, "Max Mallory")))
    file = give(mal, "Bo Example", "spo").file
    assert file
    told = receiving.receive(ann, file)
    assert any("does not count here" in sentence for sentence in told.says)
    assert not next(row for row in trusting.cards(ann) if row.name == "Bo Example").vouched
    given(ann, mal.device.card, voucher(mal))
    assert next(row for row in trusting.cards(ann) if row.name == "Bo Example").vouched


def test_versions_of_a_card_nobody_verified_wait_in_quarantine(stores: Stores) -> None:
    """Sealed, with the reason; outside the fold, the count and the search; let in once the card is trusted."""
    ann, bo = stores.desk("ann"), stores.desk("bo", person="Bo Example")
    stranger = alone(stores, "mal", "practitioner", "Lee Late")
    case = case_of(bo)
    meet(bo, stranger)
    meet(ann, bo)
    send(bo, stranger, case)
    record(stranger, case, "rosh", {**ROSH, "who": f"Children near {WORD}."})
    send(stranger, bo, case)
    told = send(bo, ann, case)
    assert told.new == 1
    assert any("quarantine" in sentence for sentence in told.says)
    apart = receiving.quarantined(ann)
    assert [(row.name, row.versions, row.crn) for row in apart] == [("Lee Late", 1, "X100001")]
    assert "verified" in apart[0].reason
    files = list((ann.store.folder.quarantine).iterdir())
    assert len(files) == 1
    assert WORD.encode() not in files[0].read_bytes()
    assert search.find(ann.store.connection, WORD) == ()
    assert send(bo, ann, case).new == 0
    assert receiving.quarantined(ann) == apart
    whole(ann)
    words = " ".join(trusting.words(ann, "Lee Late"))
    assert any("1 new version" in sentence for sentence in trusting.trust(ann, "Lee Late", words).says)
    assert receiving.quarantined(ann) == ()
    assert list((ann.store.folder.quarantine).iterdir()) == []
    assert len(search.find(ann.store.connection, WORD)) == 1
    assert ann.store.vector(case) == bo.store.vector(case)
    whole(ann)


def test_a_bundle_from_somebody_nobody_verified_waits_whole(stores: Stores) -> None:
    """What it leaves out cannot be told, so nothing of it counts as held; it asks for no receipt."""
    ann, bo = stores.desk("ann"), stores.desk("bo", person="Bo Example")
    stranger = alone(stores, "mal", "practitioner", "Lee Late")
    case = case_of(bo)
    meet(bo, stranger)
    vouch(ann, bo)
    send(bo, stranger, case)
    record(stranger, case, "rosh", ROSH)
    receiving.receive(stranger, trusting.own_card(ann))
    trusting.trust(stranger, "Ann Example", " ".join(trusting.words(stranger, "Ann Example")))
    told = receiving.receive(ann, sending.bundle(stranger, case, "Ann Example").data)
    assert (told.new, told.receipt, ann.store.vector(case)) == (0, None, {})
    assert [row.versions for row in receiving.quarantined(ann)] == [2]
    trusting.trust(ann, "Lee Late", " ".join(trusting.words(ann, "Lee Late")))
    assert receiving.quarantined(ann) == ()
    assert ann.store.vector(case) == stranger.store.vector(case)
    whole(ann)


def test_what_a_stolen_card_sends_is_kept_apart_whatever_day_it_states(stores: Stores) -> None:
    """What came before stays; a voucher it made afterwards does not count."""
    ann, sam = stores.desk("ann"), stores.desk("sam", role="spo", person="Sam Spo")
    vouch(ann, sam)
    vouch(sam, ann)
    case = case_of(sam)
    send(sam, ann, case)
    stores.clock.at = stores.clock.at.replace(day=5)
    record(sam, case, "contact-plan", PLAN)
    late = sending.bundle(sam, case, "Ann Example").data
    stores.clock.at = stores.clock.at.replace(day=12)
    ended = papers.make_ended(ROOT_KEYS, ROOT, sam.device.card, "2026-03-11T09:00:00.000Z", "Stolen.")
    assert "ended the card of Sam Spo" in given(ann, ended).says[0]
    assert receiving.receive(ann, late).new == 0
    assert "Stolen." in receiving.quarantined(ann)[0].reason
    assert len(ann.store.versions(case)) == 1
    with pytest.raises(Refused, match="Nobody here has verified"):
        sending.bundle(ann, case, "Sam Spo")
    stranger = alone(stores, "mal", "spo", "Max Mallory")
    made = papers.make_voucher(
        sam.device.keys, sam.device.card, stranger.device.card, vetted=False, from_="2025-01-01", until=None
    )
    given(ann, stranger.device.card, made)
    assert not next(row for row in trusting.cards(ann) if row.name == "Max Mallory").vouched


def test_ending_a_card_is_for_those_who_may_give_its_role(stores: Stores) -> None:
    """With a reason; an ending by anybody else is kept and does not count."""
    ann, sam = stores.desk("ann"), stores.desk("sam", role="spo", person="Sam Spo")
    vouch(ann, sam)
    vouch(sam, ann)
    with pytest.raises(Refused, match="does not end"):
        trusting.end(ann, "Sam Spo", "I dislike it.")
    with pytest.raises(Refused, match="says why"):
        trusting.end(sam, "Ann Example", " ")
    case = case_of(ann)
    send(ann, sam, case)
    stores.clock.at = stores.clock.at.replace(day=11)
    done = trusting.end(sam, "Ann Example", "Left in a car.", "2026-03-09T00:00Z")
    assert any(
        "1 version of that card came here since then and still counts" in sentence for sentence in done.says
    )
    assert next(row for row in trusting.cards(sam) if row.name == "Ann Example").ended == "Left in a car."
    mal = alone(stores, "mal", "spo", "Max Mallory")
    false = papers.make_ended(
        mal.device.keys, mal.device.card, sam.device.card, "2026-01-01T00:00:00.000Z", "x"
    )
    assert "does not count" in given(ann, mal.device.card, false).says[-1]
    assert ann.standing.ended == {}


def test_a_restored_store_is_trusted_anew(stores: Stores, tmp_path: Any) -> None:
    """Its new card replaces the old; until words are compared its versions wait, and bundles go to the new one."""
    ann, bo = stores.desk("ann"), stores.desk("bo", person="Bo Example")
    meet(ann, bo)
    case = case_of(bo)
    send(bo, ann, case)
    place = guarding.back_up(bo, tmp_path / "backups")
    bo.close()
    again, _ = guarding.restore(
        place, tmp_path / "again", Secret(PASSPHRASE), stores.clock, stores.ids, NoKeyring(), "broke"
    )
    try:
        record(again, case, "rosh", ROSH)
        assert send(again, ann, case).new == 0
        assert len(receiving.quarantined(ann)) == 1
        words = " ".join(trusting.words(ann, "Bo Example"))
        assert trusting.trust(ann, "Bo Example", words)
        assert [card.device for card in trusting.devices_of(ann, "Bo Example")] == [again.device.device]
        assert ann.store.vector(case) == again.store.vector(case)
        assert send(ann, again, case).new == 0
    finally:
        again.store.close()


def test_names_borne_by_two_are_told(stores: Stores) -> None:
    """Each is named by the beginning of its card's hash."""
    ann = stores.desk("ann")
    for name in ("one", "two"):
        receiving.receive(ann, trusting.own_card(alone(stores, name, "pso", "Bo Example")))
    with pytest.raises(Ambiguous) as told:
        trusting.words(ann, "Bo Example")
    assert len(told.value.ids) == 2
    assert len(trusting.words(ann, told.value.ids[0][:12])) == 8


def test_in_a_sample_store_every_role_counts(stores: Stores) -> None:
    """So that a sample can be shown without an administrator."""
    stores.make("sample", "spo", "Sam Sample", sample=True)
    desk = stores.open("sample")
    author = stores.desk("ann")
    case = case_of(author)
    version = record(author, case, "contact-plan", PLAN).version
    assert version
    importing.bring(desk, export(author, case), "case.json")
    recording.countersign(desk, case, version)
    assert status(desk, case, version) == "countersigned"


def test_papers_come_back_as_they_went() -> None:
    """One as an object, several as a list; a changed field breaks the signature."""
    ended = papers.make_ended(ROOT_KEYS, ROOT, ROOT, "2026-03-11T09:00:00.000Z", "Gone.")
    for found in ((ROOT,), (ROOT, ended)):
        assert papers.read(papers.write(found)) == found
    cards = {ROOT.sha256(): ROOT}
    papers.check_signed((ROOT, ended), cards, "$")
    for bad in (
        msgspec.structs.replace(ended, why="Otherwise."),
        CardEnded(ROOT.sha256(), "0" * 64, ended.from_, ended.why, ended.signature),
        msgspec.structs.replace(ROOT, role="spo"),
    ):
        with pytest.raises(BadInput):
            papers.check_signed((bad,), cards, "$")
