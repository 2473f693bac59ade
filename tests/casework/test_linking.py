"""Linked cases: read as one, filed as two, apart again when the link is withdrawn; in any order of arrival."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.casework.linked import CRN, checked, level, link, stored, unlink
from tests.casework.test_importing import ERASED, WAYS
from tests.casework.test_recording import ROSH, amend, case_of, record, rosh
from tests.conftest import Stores
from workbench.casework import keeping, reading, recording, reporting
from workbench.casework.desk import Desk
from workbench.casework.exporting import export
from workbench.casework.importing import bring
from workbench.errors import Ambiguous, Refused
from workbench.models.fold import as_known_when

# Read as one


def test_two_cases_under_one_crn_are_two_until_somebody_links_them(pair: tuple[Desk, str, str]) -> None:
    """The CRN is ambiguous, then it is not; withdrawn, it is again."""
    desk, ours, theirs = pair
    apart = stored(desk)
    with pytest.raises(Ambiguous) as caught:
        reading.show(desk, CRN)
    assert caught.value.ids == (ours, theirs)
    made = link(desk, ours, theirs)
    assert {desk.find(name).case for name in (CRN, ours, theirs)} == {ours}
    assert [row["case"] for row in reading.cases(desk)] == [ours]
    assert reading.cases(desk)[0]["linked"] == [{"case": theirs, "crn": CRN}]
    checked(desk)
    unlink(desk, made)
    with pytest.raises(Ambiguous):
        desk.find(CRN)
    assert [row["case"] for row in reading.cases(desk)] == [ours, theirs]
    assert stored(desk) == apart
    checked(desk)


def test_every_list_reads_the_joined_case_under_either_name(pair: tuple[Desk, str, str]) -> None:
    """Facts, chronology, duties, findings, search and reports see one case."""
    desk, ours, theirs = pair
    link(desk, theirs, ours)
    for read in (reading.chronology, reading.facts, reading.due, reading.findings, reading.show):
        assert read(desk, theirs) == read(desk, ours) == read(desk, CRN)  # type: ignore[operator]
    forms = sorted(row["form"] for row in reading.chronology(desk, CRN))
    assert forms == ["registration", "registration", "rosh", "rosh", "same-person", "sentence"]
    duties = [row["duty"] for row in reading.due(desk, everything=True)]
    assert len(duties) == len(set(duties)) > 0
    assert {row["case"] for row in reading.due(desk)} == {ours}
    assert list(desk.store.duties(theirs)) == []
    assert list(desk.store.findings(theirs)) == []
    for words in ("Quokkaword", "Sample-Jones", "Gwyn Sample"):
        assert {hit["case"] for hit in reading.search(desk, words)} == {ours}
    released, _ = reporting.release(desk, theirs, "file", "en")
    assert released == reporting.release(desk, ours, "file", "en")[0]
    assert len([entry for entry in released.entries if entry.form == "rosh"]) == 2
    assert {row["case"] for row in reading.audit(desk, CRN)} == {ours, theirs}


def test_a_case_with_another_crn_keeps_it(desk: Desk) -> None:
    """Found under both; each keeps its own when they are apart again."""
    first, second = case_of(desk), case_of(desk, crn="X100002", name="Gwyn Semple", taken_on="2026-03-09")
    made = link(desk, first, "x100002")
    assert [row.crn for row in desk.store.cases()] == [CRN, "X100002"]
    assert [(row["crn"], row["name"]) for row in reading.cases(desk)] == [(CRN, "Gwyn Sample")]
    assert desk.find("X100002").case == first
    entry = next(entry for entry in desk.case(first).of_form("registration") if entry.case == second)
    amend(desk, first, entry.id, crn="X100003")
    assert [row.crn for row in desk.store.cases()] == [CRN, "X100003"]
    unlink(desk, made)
    assert [(row["crn"], row["linked"]) for row in reading.cases(desk)] == [(CRN, []), ("X100003", [])]
    checked(desk)


def test_three_chained_cases_are_one_until_the_chain_is_cut(desk: Desk) -> None:
    """One and two, two and three: under the smallest id, whoever is asked for."""
    cases = [case_of(desk, crn=f"X10000{n}") for n in range(1, 4)]
    one, two, three = cases
    link(desk, three, two)
    made = link(desk, two, one)
    assert {desk.find(case).case for case in cases} == {one}
    assert len(desk.case(three).of_form("registration")) == 3
    checked(desk)
    unlink(desk, made)
    assert [desk.find(case).case for case in cases] == [one, two, two]
    assert [row["case"] for row in reading.cases(desk)] == [one, two]
    checked(desk)
    link(desk, one, two)
    link(desk, one, three)
    assert desk.find(three).case == one
    checked(desk)


def test_an_amended_link_lets_go_of_the_case_it_named(desk: Desk) -> None:
    """From then on another one is read with it."""
    one, two, three = (case_of(desk, crn=f"X10000{n}") for n in range(1, 4))
    made = link(desk, two, three)
    assert made.entry
    amend(desk, two, made.entry, other_case="X100001")
    assert [desk.find(case).case for case in (one, two, three)] == [one, one, three]
    checked(desk)


@pytest.mark.parametrize("way", sorted(WAYS))
def test_a_link_taken_out_of_the_record_parts_the_cases(stores: Stores, way: str) -> None:
    """Misfiled, restricted or erased, it says nothing any longer."""
    desk, lead = stores.desk(), stores.desk("lead", role="data-protection", person="Joan Lead")
    one, two = case_of(desk), case_of(desk, crn="X100002")
    made = link(desk, one, two)
    assert made.version
    files = [export(desk, case) for case in (one, two)]
    for file in files:
        bring(lead, file, "case.json")
    assert lead.find(two).case == one
    act, answers = WAYS[way]
    act(lead, two, [made.version], {"versions": [{"id": "r1", "version": made.version}], **answers})
    assert [lead.find(case).case for case in (one, two)] == [one, two]
    checked(lead)


def test_looking_back_before_the_link_sees_two_cases(stores: Stores) -> None:
    """As this store knew them at the end of that day."""
    desk = stores.desk()
    one, two = case_of(desk), case_of(desk, crn="X100002")
    stores.clock.move(timedelta(days=2))
    link(desk, one, two)
    desk.close()
    back = stores.open(today=date(2026, 3, 10))
    assert [row["case"] for row in reading.cases(back)] == [one, two]
    assert back.find("X100002").case == two
    back.close()
    now = stores.open(today=date(2026, 3, 12))
    assert [row["case"] for row in reading.cases(now)] == [one]


# What is signed


def test_what_an_author_saw_of_a_linked_case_displaces_it(pair: tuple[Desk, str, str]) -> None:
    """Two accounts of one day are disputed until somebody who has seen both says which."""
    desk, ours, theirs = pair
    link(desk, ours, theirs)
    assert rosh(desk, ours) is None
    made = level(desk, ours, "very high")
    assert rosh(desk, theirs) == "very high"
    assert made.version
    version = desk.store.version(made.version)
    assert version is not None
    elsewhere = {f"{theirs}/{device}": seq for device, seq in desk.store.vector(theirs).items()}
    assert version.header.case == ours
    assert version.header.seen == {desk.device.device: 3, **elsewhere}
    then = as_known_when(desk.case(ours), version)
    assert {held.header.case for held in then.versions()} == {ours, theirs}


def test_what_was_signed_before_the_link_had_seen_one_case_alone(pair: tuple[Desk, str, str]) -> None:
    """Its heading counts this case's devices by their own names, and as known then the other is not there."""
    desk, ours, theirs = pair
    link(desk, ours, theirs)
    for case in (ours, theirs):
        version = next(v for v in desk.store.versions(case) if v.header.form[0] == "rosh")
        assert version.header.seen == {version.header.device: 1}
        then = as_known_when(desk.case(case), version)
        assert {held.header.case for held in then.versions()} == {case}


def test_one_device_has_not_seen_its_own_other_case(desk: Desk) -> None:
    """A count in one case says nothing of another, though one laptop made both."""
    one, two = case_of(desk), case_of(desk, crn="X100002")
    record(desk, one, "rosh", ROSH)
    for _ in range(3):
        level(desk, two, "medium")
    link(desk, one, two)
    assert rosh(desk, one) is None
    assert desk.case(one).known("rosh.overall", None, "2026-03-10").values == ("high", "medium")


def test_acts_are_filed_in_the_entrys_own_case(pair: tuple[Desk, str, str]) -> None:
    """Amended and withdrawn under the joined case, an entry stays where it is; a new one goes where it is put."""
    desk, ours, theirs = pair
    link(desk, ours, theirs)
    entry = next(entry.id for entry in desk.case(ours).of_form("rosh") if entry.case == theirs)
    amended = amend(desk, ours, entry, overall="low", public="low")
    assert amended.version
    withdrawn = recording.withdraw(desk, ours, amended.version, "Wrong.")
    assert [amended.case, withdrawn.case] == [theirs, theirs]
    versions = desk.case(ours).entries[entry].versions
    assert {version.header.case for version in versions} == {theirs}
    assert desk.case(ours).entries[entry].status == "withdrawn"
    assert [row["act"] for row in reading.versions_of(desk, CRN, entry)] == ["record", "amend", "withdraw"]
    assert record(desk, theirs, "rosh", ROSH).case == theirs
    checked(desk)


def test_a_countersignature_is_filed_in_the_entrys_own_case(
    stores: Stores, pair: tuple[Desk, str, str]
) -> None:
    """By an SPO who reads the joined case."""
    desk, ours, theirs = pair
    link(desk, ours, theirs)
    plan = {"from_day": "2026-03-09", "gap_days": 14, "reduces": "no", "review_on": "2026-06-09"}
    made = record(desk, theirs, "contact-plan", plan)
    spo = stores.desk("spo", role="spo", person="Sam Spo")
    for case in (theirs, ours):
        bring(spo, export(desk, case), "case.json")
    assert made.version
    assert recording.countersign(spo, ours, made.version).case == theirs
    assert made.entry
    assert spo.case(ours).entries[made.entry].status == "countersigned"


@pytest.mark.parametrize("way", sorted(WAYS))
def test_ways_out_are_filed_in_the_entrys_own_case(
    stores: Stores, pair: tuple[Desk, str, str], way: str
) -> None:
    """What is taken out under the joined case leaves the case it was filed in, and no other."""
    desk, ours, theirs = pair
    link(desk, ours, theirs)
    lead = stores.desk("lead", role="data-protection", person="Joan Lead")
    for case in (ours, theirs):
        bring(lead, export(desk, case), "case.json")
    version = next(entry for entry in lead.case(ours).of_form("rosh") if entry.case == theirs).head.id
    act, answers = WAYS[way]
    done = act(lead, ours, [version], {"versions": [{"id": "r1", "version": version}], **answers})
    assert done.case == theirs
    assert [len(lead.store.holes(case)) for case in (ours, theirs)] == [0, int(way == "misfile")]
    assert reading.search(lead, "Quokkaword") == []
    assert rosh(lead, theirs) == "high"
    checked(lead)
    bring(desk, export(lead, theirs), "after.json")
    assert rosh(desk, ours) == "high"
    checked(desk)


def test_a_legal_hold_on_either_case_holds_both(stores: Stores, pair: tuple[Desk, str, str]) -> None:
    """They are about one person."""
    desk, ours, theirs = pair
    link(desk, ours, theirs)
    lead = stores.desk("lead", role="data-protection", person="Joan Lead")
    for case in (ours, theirs):
        bring(lead, export(desk, case), "case.json")
    record(lead, theirs, "legal-hold", {"held": "yes", "reason": "Inquiry", "from_day": "2026-03-09"})
    head = next(entry for entry in lead.case(ours).of_form("rosh") if entry.case == ours).head
    with pytest.raises(Refused, match="hold"):
        keeping.erase(lead, ours, [head.id], ERASED)


def test_the_other_case_is_put_down_by_its_id(desk: Desk) -> None:
    """A CRN may come to mean another case; one that is not here cannot be named."""
    one, two = case_of(desk), case_of(desk, crn="X100002")
    made = link(desk, one, "x100002")
    assert made.version
    assert desk.store.version(made.version).answers()["other_case"] == two  # type: ignore[union-attr]
    for name in ("X100001", one, "X999999", "00000000-0000-7000-8000-000000000000"):
        with pytest.raises(Refused, match="no other case"):
            link(desk, one, name)


def test_a_crn_that_two_other_cases_bear_is_asked_about(pair: tuple[Desk, str, str]) -> None:
    """Their ids are listed; once those two are linked, either will do."""
    desk, ours, theirs = pair
    third = case_of(desk, crn="X100009")
    with pytest.raises(Ambiguous) as caught:
        link(desk, third, CRN)
    assert caught.value.ids == (ours, theirs)
    link(desk, ours, theirs)
    link(desk, third, CRN)
    assert desk.find(third).case == ours
