"""Bringing case files in: the same versions, facts and duties everywhere; all of a file or nothing."""

from __future__ import annotations

import base64
import hashlib
import json
import random
from typing import Any

import msgspec
import pytest

from tests.conftest import Stores
from tests.exchange.build import (
    CARD,
    CASE,
    CRN,
    ID,
    KEYS,
    LEVEL,
    ROSH,
    data,
    plain,
    random_uuid,
    refused_rows,
    signed,
    snapshot,
)
from tests.exchange.conftest import Caseload
from workbench.casework import guarding, keeping, reading, recording
from workbench.casework.desk import Desk
from workbench.casework.exporting import export
from workbench.casework.importing import bring
from workbench.errors import BadInput
from workbench.forms import library
from workbench.models import canonical
from workbench.models.ids import named
from workbench.models.records import FileRef
from workbench.store import attachments

SPO = {"name": "Sam Spo", "role": "spo"}
AT = "2025-03-06T09:00:00Z"


def bytes_of(desk: Desk, case: str) -> dict[str, tuple[bytes, bytes | None, bytes]]:
    """The signed bytes of every version of a case."""
    return {
        version.id: (version.header_bytes, version.content_bytes, version.signature)
        for version in desk.store.versions(case)
    }


def stands(desk: Desk, case: str) -> object:
    """What a case is: its facts, its duties with their because, its findings."""
    stood = desk.case(case)
    outcome = desk.outcome(stood)
    facts = list(stood.facts(desk.today.isoformat(), desk.library.facts))
    return facts, outcome.duties, outcome.findings


def refusal(desk: Desk, file: dict[str, Any] | bytes) -> str:
    """The sentence with which a file is refused whole: no table changes, one row `refused` is written."""
    before, rows = snapshot(desk), refused_rows(desk)
    with pytest.raises(BadInput) as told:
        bring(desk, file if isinstance(file, bytes) else data(file), "case.json")
    assert snapshot(desk) == before
    assert refused_rows(desk) == rows + 1
    assert told.value.says.isprintable()
    return told.value.says


def with_entry(place: int, **changes: Any) -> dict[str, Any]:
    """The small file with one entry changed."""
    file = plain()
    file["entries"][place].update(changes)
    return file


# import(export(x)) = x


def test_the_sample_caseload_is_the_same_in_another_store(caseload: Caseload, stores: Stores) -> None:
    """Same ids, bytes, facts, duties and findings; written out again, the same file; nothing of the importer's."""
    desk = stores.desk(sample=True)
    for case, file in caseload.files.items():
        bring(desk, file, "case.json")
        assert bytes_of(desk, case) == bytes_of(caseload.desk, case)
        assert stands(desk, case) == stands(caseload.desk, case)
        assert export(desk, case) == file
    statuses = {entry.status for case in caseload.files for entry in desk.case(case).entries.values()}
    assert statuses >= {"signed", "countersigned", "withdrawn", "restricted"}
    assert all(check.ok for check in guarding.verify(desk)), guarding.verify(desk)
    before = snapshot(desk)
    for file in caseload.files.values():
        assert bring(desk, file, "again.json").new == 0
    assert snapshot(desk) == before


def test_order_in_the_file_is_free(caseload: Caseload, stores: Stores) -> None:
    """Any order gives the same case."""
    desk = stores.desk(sample=True)
    order = random.Random(7)
    for case, raw in list(caseload.files.items())[::9]:
        file = json.loads(raw)
        for part in ("entries", "cards"):
            order.shuffle(file[part])
        bring(desk, data(file), "case.json")
        assert bytes_of(desk, case) == bytes_of(caseload.desk, case)
        assert stands(desk, case) == stands(caseload.desk, case)


def test_own_work_with_forks_joins_and_files_travels(stores: Stores) -> None:
    """And comes home again without a change."""
    desk = stores.desk()
    registration = {"crn": CRN, "name": "Gwyn Sample", "born": "1980-02-01", "officer": "Ann Example"}
    case = recording.new_case(desk, {**registration, "taken_on": "2026-03-10"}).case
    letter = b"A letter about the flat.\n"
    sha256, kind = attachments.put(desk.store.folder, desk.store.connection, letter, desk.stamp(), bytes(32))
    session = recording.start(desk, case, "rosh")
    session.restore({**ROSH, "on": "2026-03-09"})
    ref = FileRef(len(letter), "letter.txt", sha256, kind)
    first = recording.sign(desk, case, session, files=(ref,))
    assert first.entry and first.version
    for overall in ("very high", "high", "very high"):
        again = recording.start(desk, case, "rosh", amends=first.entry)
        again.answer("overall", overall)
        base = (first.version,) if overall == "high" else ()
        recording.amend(desk, case, first.entry, again, "Looked at again.", base=base)
    other = stores.desk("other", person="Bea Other")
    file = export(desk, case)
    bring(other, file, "case.json")
    assert bytes_of(other, case) == bytes_of(desk, case)
    assert stands(other, case) == stands(desk, case)
    assert len(other.case(case).entries[first.entry].versions) == 4
    assert attachments.get(other.store.folder, other.store.connection, sha256) == letter
    assert bring(desk, export(other, case), "case.json").new == 0
    forked = json.loads(file)
    forked["entries"] = [item for item in forked["entries"] if not item.get("parents")]
    for item in forked["entries"]:
        item["status"] = "superseded" if item["id"] == first.version else "signed"
    third = stores.desk("third", person="Cy Third")
    bring(third, data(forked), "case.json")
    assert third.case(case).entries[first.entry].forked


def test_ways_out_travel(stores: Stores) -> None:
    """What was erased, misfiled or restricted elsewhere is so here, and does not come back."""
    lead = stores.desk("lead", "data-protection", "Joan Lead")
    desk = stores.desk()
    case = bring(desk, data(plain()), "case.json").case
    first = export(desk, case)
    bring(lead, first, "case.json")
    held = {entry.form: entry.head.id for entry in lead.case(case).entries.values()}
    why = {"why": "Ordered.", "ground": "order", "order": "Court order 1"}
    rows = {form: [{"id": "r1", "version": version}] for form, version in held.items()}
    keeping.erase(lead, case, [held["contact"]], {**why, "versions": rows["contact"]})
    readers = {
        "readers": [{"id": "r2", "reader": "Joan Lead"}],
        "vanishes": "The level.",
        "ground": "Contested.",
    }
    keeping.restrict(lead, case, [held["rosh"]], {**why, **readers, "versions": rows["rosh"]})
    bring(desk, export(lead, case), "case.json")
    assert stands(desk, case) == stands(lead, case)
    assert {entry.form: entry.status for entry in desk.case(case).entries.values()} == {
        "registration": "signed",
        "rosh": "restricted",
        "contact": "erased",
        "brought-in-file": "signed",
    }
    for words in ("Zanzibarword", "family"):
        assert reading.search(desk, words) == []
    before = stands(lead, case)
    for file in (first, data(plain())):
        bring(lead, file, "case.json")
    assert stands(lead, case) == before


def test_a_misfiled_entry_does_not_come_back_with_its_file(stores: Stores) -> None:
    """Neither with the file it came from nor with an export made before."""
    lead = stores.desk("lead", "data-protection", "Joan Lead")
    case = bring(lead, data(plain()), "case.json").case
    first = export(lead, case)
    target = next(entry.head.id for entry in lead.case(case).entries.values() if entry.form == "contact")
    answers = {
        "versions": [{"id": "r1", "version": target}],
        "why": "Not hers.",
        "ground": "Filed by mistake.",
    }
    keeping.misfile(lead, case, [target], answers)
    for file in (data(plain()), first):
        assert bring(lead, file, "case.json").new == 0
        assert lead.store.version(target) is None


# What a file without signatures becomes


def test_unsigned_items_are_signed_as_brought_in(desk: Desk) -> None:
    """By the importer, who says whose they are; one entry tells of the file; the same file changes nothing."""
    brought = bring(desk, data(plain()), "case.json")
    assert (brought.case, brought.crn, brought.new) == (CASE, CRN, 3)
    level = next(version for version in desk.store.versions(CASE) if version.header.form[0] == "rosh")
    assert level.header.act == "bring"
    assert level.header.by == desk.device.card.person
    assert level.brought is not None
    assert (level.brought.author.name, level.said_at) == ("Kim Example", "2025-02-03T09:00:00.000Z")
    assert desk.case(CASE).known("rosh.overall", None, "2025-02-04").value == "high"
    assert [row["form"] for row in reading.chronology(desk, CRN)].count("brought-in-file") == 1
    before = snapshot(desk)
    assert bring(desk, data(plain()), "other-name.json").new == 0
    assert snapshot(desk) == before


def test_text_ids_become_ids_of_the_case(desk: Desk) -> None:
    """The same file makes the same ids everywhere: entries, people, rows, and marks on them."""
    people = {
        "id": "network",
        "form": "people",
        "version": 1,
        "at": "2025-02-04T09:00:00Z",
        "author": SPO,
        "status": "signed",
        "answers": {
            "on": "2025-02-04",
            "people": [{"id": "mother", "name": "Ann Sample", "relation": "parent"}],
        },
        "marks": {"people/mother/name": ["police"]},
    }
    file = plain()
    file["entries"].append(people)
    bring(desk, data(file), "case.json")
    version = desk.store.version(named(CASE, "entry", "network"))
    assert version is not None
    assert version.content is not None
    mother = named(CASE, "person", "mother")
    assert version.answers()["people"][0]["id"] == mother
    assert version.content.marks[f"people/{mother}/name"] == ("third-party", "police")
    name = next(claim for claim in version.claims if claim.fact == "network.name")
    assert (name.of, "police" in name.marks) == (mother, True)


def test_an_item_without_id_is_told_from_its_equals(desk: Desk) -> None:
    """By its place among equals: two alike are two, and again they are the same two."""
    file = plain()
    file["entries"][2].pop("id")
    file["entries"].append(dict(file["entries"][2]))
    assert bring(desk, data(file), "case.json").new == 4
    assert bring(desk, data(file), "case.json").new == 0


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"status": "countersigned"}, "countersigned"),
        (
            {"status": "countersigned", "acts": [{"act": "countersign", "at": AT, "author": SPO}]},
            "countersigned",
        ),
        ({"status": "returned"}, "returned"),
        ({"status": "withdrawn", "acts": [{"act": "withdraw", "at": AT, "author": SPO}]}, "withdrawn"),
    ],
)
def test_status_and_acts_agree(desk: Desk, changes: dict[str, Any], status: str) -> None:
    """With no acts, the status stands for one by nobody named."""
    bring(desk, data(with_entry(1, **changes)), "case.json")
    entry = next(entry for entry in desk.case(CASE).entries.values() if entry.form == "rosh")
    assert entry.status == status
    assert bring(desk, data(with_entry(1, **changes)), "case.json").new == 0


def test_chains_and_forks_of_a_file(desk: Desk) -> None:
    """An amendment, and a second one of the same version, joined by a third."""
    level = {**plain()["entries"][1], "status": "superseded"}
    file = plain()
    file["entries"][1] = level
    file["entries"] += [
        {**level, "id": "b", "amends": "level", "at": "2025-02-05T09:00:00Z"},
        {**level, "id": "c", "amends": "level", "at": "2025-02-06T09:00:00Z"},
        {**level, "id": "d", "parents": ["b", "c"], "at": "2025-02-07T09:00:00Z", "status": "signed"},
    ]
    random.Random(3).shuffle(file["entries"])
    bring(desk, data(file), "case.json")
    entry = desk.case(CASE).entries[named(CASE, "entry", "level")]
    assert [version.act for version in entry.heads] == ["join"]
    assert sorted(version.act for version in entry.versions) == ["amend", "amend", "join", "record"]


def other_version() -> dict[str, Any]:
    """The RoSH form in a version of another time."""
    form = library.load().form("rosh")
    later: dict[str, Any] = msgspec.to_builtins(msgspec.structs.replace(form, version=9))
    return later


def test_a_form_version_not_known_here_needs_its_definition(desk: Desk) -> None:
    """Without it the file is refused; with it the entry is shown."""
    assert "rosh version 9 is not known" in refusal(desk, with_entry(1, version=9))
    definition = other_version()
    sha256 = canonical.sha256(canonical.encode(definition))
    file = with_entry(1, version=9)
    for wrong in ({"0" * 64: definition}, {sha256: {**definition, "about": "Something else."}}):
        assert "$.definitions." in refusal(desk, {**file, "definitions": wrong})
    bring(desk, data({**file, "definitions": {sha256: definition}}), "case.json")
    row = next(row for row in reading.chronology(desk, CRN) if row["form"] == "rosh")
    assert row["title"] == reading.say(library.load().form("rosh").title)
    assert desk.library.form("rosh").version == 1
    assert all(check.ok for check in guarding.verify(desk)), guarding.verify(desk)


# What is refused whole


TEXT = {
    "type": "text/plain",
    "sha256": hashlib.sha256(b"foo").hexdigest(),
    "data": base64.b64encode(b"foo").decode(),
}


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"on": "2026-W10-1"}, ".on"),
        ({"on": "20260305T101422Z"}, ".on"),
        ({"on": "2026-03-05T10:14:22+01:00Z"}, ".on"),
        ({"on": "0001-01-01T00:00:00Z"}, ".on"),
        ({"on": "9999-12-31"}, ".on"),
        ({"on": "2025-02-30"}, ".on"),
        ({"at": "0001-01-01T00:00:00Z"}, ".at"),
        ({"at": "2025-02-03"}, ".at"),
        ({"at": "9999-12-31T23:59:59Z"}, ".at"),
        ({"form": "ro\nsh"}, ".form"),
        ({"version": -1}, ".form"),
        ({"id": ""}, ".id"),
        ({"id": "a\x00b"}, ".id"),
        ({"id": "x" * 201}, ".id"),
        ({"id": "meeting"}, "$.entries"),
        ({"answers": []}, ".answers"),
        ({"answers": {**ROSH, "overall": "enormous"}}, ".answers.overall"),
        ({"answers": {**ROSH, "who": "\x00"}}, ".answers.who"),
        ({"answers": {**ROSH, "who": None}}, ".answers.who"),
        ({"answers": {**ROSH, "other\x1b": "x"}}, ".answers"),
        ({"author": {"name": "Bell\x07", "role": "spo"}}, ".author.name"),
        ({"author": {"name": "x" * 201, "role": "spo"}}, ".author.name"),
        ({"because": "e\u0301"}, ".because"),
        ({"amends": "nobody"}, ".amends"),
        ({"amends": "level", "status": "superseded"}, ".amends"),
        ({"amends": "reg"}, ""),
        ({"amends": "reg", "parents": ["meeting"]}, ".parents"),
        ({"marks": {"who": ["secret"]}}, ".marks.who"),
        ({"marks": {"nowhere": ["police"]}}, ".marks.nowhere"),
        ({"status": "superseded"}, ".status"),
        ({"status": "signed", "acts": [{"act": "withdraw", "at": AT, "author": SPO}]}, ".status"),
        ({"status": "countersigned", "acts": [{"act": "return", "at": AT, "author": SPO}]}, ".status"),
        ({"acts": [{"act": "erase", "at": AT, "author": SPO}]}, ".acts[0].act"),
        ({"acts": [{"act": "bring", "at": AT, "author": SPO}]}, ".acts[0].act"),
        (
            {"status": "countersigned", "acts": [{"act": "countersign", "at": "now", "author": SPO}]},
            ".acts[0].at",
        ),
        ({"files": [{**TEXT, "name": "../../.profile"}]}, ".files[0].name"),
        ({"files": [{**TEXT, "name": "C:\\letter.txt"}]}, ".files[0].name"),
        ({"files": [{**TEXT, "name": ""}]}, ".files[0].name"),
        ({"files": [{**TEXT, "name": "a.txt", "sha256": "0" * 64}]}, ".files[0].sha256"),
        ({"files": [{**TEXT, "name": "a.txt", "data": "?"}]}, ".files[0].data"),
        (
            {
                "files": [
                    {"name": "a", "type": "", "sha256": hashlib.sha256(b"MZ\0").hexdigest(), "data": "TVoA"}
                ]
            },
            ".files",
        ),
    ],
)
def test_an_item_that_is_wrong_refuses_the_file(desk: Desk, changes: dict[str, Any], place: str) -> None:
    """With its place."""
    assert refusal(desk, with_entry(1, **changes)).startswith("$.entries"), place
    assert place in refusal(desk, with_entry(1, **changes))


def test_rings_of_any_length_are_refused(desk: Desk) -> None:
    """One that amends itself, two, and very many."""
    level = {**plain()["entries"][1], "status": "superseded"}
    for length in (1, 2, 3000):
        ring = [{**level, "id": f"e{n}", "amends": f"e{(n + 1) % length}"} for n in range(length)]
        assert "ring" in refusal(desk, plain(entries=ring))


def test_names_of_the_case_are_checked(desk: Desk) -> None:
    """No CRN, a control character, an id that is none, an id that bears another CRN here."""
    for case in ({"crn": " "}, {"crn": "X\x00"}, {"crn": "X" * 41}, {"crn": CRN, "id": "../../x"}):
        assert "$.case" in refusal(desk, plain(case=case))
    bring(desk, data(plain()), "case.json")
    assert "$.case.crn" in refusal(desk, plain(case={"crn": "X300003", "id": CASE}))


def test_an_item_held_here_cannot_say_something_else(desk: Desk) -> None:
    """The same text id with other answers, another author, or as another version's amendment."""
    bring(desk, data(plain()), "case.json")
    for changes in ({"answers": {**ROSH, "overall": "very high"}}, {"author": SPO}):
        assert "says something else" in refusal(desk, with_entry(1, **changes))


# What arrives signed


def test_what_a_stranger_signed_is_taken_as_theirs(desk: Desk) -> None:
    """Importing is a person's decision; nothing is added in the importer's name."""
    assert bring(desk, data(signed()), "case.json").new == 1
    version = desk.store.version(ID)
    assert version is not None
    assert desk.author(version).name == "Kim Example"
    assert len(desk.store.versions(CASE)) == 1


@pytest.mark.parametrize(
    "item",
    [
        {"answers": {**ROSH, "overall": "low"}},
        {"author": {"name": "Kim Example", "role": "spo"}},
        {"at": "2025-02-03T09:00:01.000Z"},
        {"on": "2025-02-04"},
        {"because": "Changed."},
        {"marks": {"who": ["police"]}},
        {"files": [{**TEXT, "name": "a.txt"}]},
        {"id": random_uuid()},
        {"amends": random_uuid()},
        {"form": "contact", "answers": {"note": "x"}},
        {"status": "superseded"},
        {"status": "countersigned"},
        {"status": "withdrawn", "acts": [{"act": "withdraw", "at": AT, "author": SPO}]},
    ],
)
def test_what_stands_in_plain_must_be_what_was_signed(desk: Desk, item: dict[str, Any]) -> None:
    """Every field of it."""
    assert "$.entries[0]" in refusal(desk, signed(item=item))


@pytest.mark.parametrize(
    "header",
    [
        {"id": "x"},
        {"entry": "../x"},
        {"entry": random_uuid()},
        {"on": "soon"},
        {"on": "9999-12-31"},
        {"at": "0001-01-01T00:00:00.000Z"},
        {"seq": 0},
        {"seq": "1"},
        {"seen": {"x": -1}},
        {"v": 2},
        {"act": "amend"},
        {"act": "amend", "parents": [ID]},
        {"act": "join", "parents": [random_uuid()]},
        {"act": "bring"},
        {"act": "erase", "parents": []},
        {"act": "explode"},
        {"parents": [random_uuid()]},
        {"form": ["rosh", 1, "0" * 64]},
        {"form": ["rosh", 2, "0" * 64]},
        {"case": random_uuid()},
        {"by": random_uuid()},
        {"device": random_uuid()},
        {"card": "0" * 64},
        {"content": "0" * 64},
        {"other": 1},
    ],
)
def test_a_heading_that_no_program_signs_is_refused(desk: Desk, header: dict[str, Any]) -> None:
    """Also where the signature over it holds."""
    assert "$.entries[0]" in refusal(desk, signed(header))


@pytest.mark.parametrize(
    "content",
    [
        {"claims": [{**LEVEL, "marks": [], "basis": None, "from": "soon"}]},
        {"claims": [{**LEVEL, "marks": [], "basis": None, "until": "9999-12-31"}]},
        {"claims": [{**LEVEL, "marks": [], "basis": None, "is": "x" * 100_000}]},
        {"claims": [{**LEVEL, "marks": [], "basis": None, "is": {"a": 1}}]},
        {"claims": "none"},
        {"brought": {"act": "record", "author": SPO, "at": AT}},
        {"files": [{"bytes": 3, "name": "../x", "sha256": TEXT["sha256"], "type": "text/plain"}]},
        {"files": [{"bytes": 3, "name": "x", "sha256": TEXT["sha256"], "type": "text/plain"}]},
        {"because": "Not in plain."},
        {"marks": {"who": ["police"]}},
        {"answers": 5},
        {"salt": None},
        {"other": 1},
    ],
)
def test_a_content_that_no_program_signs_is_refused(desk: Desk, content: dict[str, Any]) -> None:
    """Also where the signature over it holds."""
    assert "$.entries[0]" in refusal(desk, signed(content=content))


def test_broken_signatures_and_unknown_cards(desk: Desk) -> None:
    """Each its own place."""
    other = msgspec.structs.replace(CARD, name="Somebody Else")
    for file, says in (
        (signed(signature=bytes(64)), "the signature does not hold"),
        (signed(signature=KEYS.sign(b"something else")), "the signature does not hold"),
        (signed(signature=b"short"), "the signature does not hold"),
        ({**signed(), "cards": []}, "the card that signed it is not in the file"),
        ({**signed(), "cards": [msgspec.to_builtins(other)]}, "$.cards[0]"),
    ):
        assert says in refusal(desk, file)
    for key in ("header", "content", "signature"):
        file = signed()
        file["entries"][0]["signed"][key] = "?"
        assert "not base64" in refusal(desk, file)


def test_one_place_in_a_count_belongs_to_one_version(desk: Desk) -> None:
    """Two ids that claim it refuse the file, whether they come together or apart."""
    other = random_uuid()
    second = signed({"id": other, "entry": other})
    both = signed()
    both["entries"] += second["entries"]
    assert "same place" in refusal(desk, both)
    bring(desk, data(signed()), "case.json")
    assert "same place" in refusal(desk, second)
    assert "says something else" in refusal(desk, signed({"on": "2025-02-04"}))


@pytest.mark.parametrize(
    "claim",
    [
        {"fact": "no.such.fact"},
        {"fact": "identity.name"},
        {"of": "somebody"},
        {"is": 12},
        {"is": "enormous"},
        {"marks": ["no-such-mark"]},
        {"basis": "no such basis"},
        {"until": "2025-02-03"},
    ],
)
def test_a_fact_that_its_form_cannot_say_is_refused(desk: Desk, claim: dict[str, Any]) -> None:
    """Also where a stranger signed it."""
    said = {**LEVEL, "marks": [], "basis": None, **claim}
    assert "$.entries[0].signed.content.claims[0]" in refusal(desk, signed(content={"claims": [said]}))
