"""What files bring in beside entries: acts that take content away, and what two stores both brought in."""

from __future__ import annotations

import hashlib
import json
from base64 import b64decode, b64encode
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from tests.casework.test_recording import ROSH, case_of, record
from tests.conftest import Stores
from workbench.casework import guarding, keeping, reading, recording
from workbench.casework.desk import Desk
from workbench.casework.exporting import export
from workbench.casework.importing import bring
from workbench.errors import BadInput, Refused
from workbench.models import canonical
from workbench.models.records import FileRef, to_sign
from workbench.store import attachments, search

WORD = "Quokkaword"
ERASED = {"ground": "order", "order": "Court order 1", "why": "Ordered by the court."}
MISFILED = {"why": "Another person's.", "ground": "Filed here by mistake."}
RESTRICTED = {
    "readers": [{"id": "r2", "reader": "Sam Spo"}],
    "why": "Contested.",
    "ground": "Accuracy contested.",
    "vanishes": "The RoSH level.",
}
WAYS: dict[str, tuple[Callable[..., Any], dict[str, Any]]] = {
    "erase": (keeping.erase, ERASED),
    "misfile": (keeping.misfile, MISFILED),
    "restrict": (keeping.restrict, RESTRICTED),
}


class World:
    """A case with one entry, as its author's file; and the same after a lead took the entry out."""

    def __init__(self, stores: Stores, way: str) -> None:
        author = stores.desk("author")
        self.case = case_of(author)
        changes = record(author, self.case, "rosh", {**ROSH, "who": f"Children near {WORD}."})
        assert changes.version
        self.version = changes.version
        self.whole = export(author, self.case)
        lead = stores.desk("lead", role="data-protection", person="Joan Lead")
        bring(lead, self.whole, "case.json")
        act, answers = WAYS[way]
        named = {"versions": [{"id": "r1", "version": self.version}], **answers}
        act(lead, self.case, [self.version], named)
        self.after = export(lead, self.case)

    def gone(self, desk: Desk) -> None:
        """No word of it is held or found, and every check holds."""
        held = desk.store.version(self.version)
        assert held is None or held.content is None
        assert desk.store.refused(self.version)
        assert search.find(desk.store.connection, WORD) == ()
        assert desk.case(self.case).known("rosh.overall", None, "2026-06-01").value is None
        assert failed(desk) == []


def failed(desk: Desk) -> list[str]:
    """The checks that do not hold; a gap where a misfiled version never came is none of this room's."""
    return [check.says for check in guarding.verify(desk) if not check.ok and check.check != "sequence"]


@pytest.mark.parametrize("way", ["erase", "misfile"])
def test_what_an_act_in_a_file_takes_away_is_gone_here(stores: Stores, way: str) -> None:
    """Whole file first, act second; and the whole file again brings nothing back."""
    world = World(stores, way)
    desk = stores.desk()
    bring(desk, world.whole, "whole.json")
    assert len(reading.search(desk, WORD)) == 1
    bring(desk, world.after, "after.json")
    world.gone(desk)
    assert (len(desk.store.holes(world.case)) == 1) == (way == "misfile")
    assert bring(desk, world.whole, "whole.json").new == 0
    world.gone(desk)
    assert WORD.encode() not in b"".join(
        b64decode(item["signed"]["content"]) for item in json.loads(export(desk, world.case))["entries"]
    )


@pytest.mark.parametrize("way", ["erase", "misfile"])
def test_content_is_refused_where_the_act_came_first(stores: Stores, way: str) -> None:
    """A store that only ever saw the act never takes the content in."""
    world = World(stores, way)
    desk = stores.desk()
    bring(desk, world.after, "after.json")
    bring(desk, world.whole, "whole.json")
    world.gone(desk)
    assert bring(desk, world.whole, "whole.json").new == 0


def test_restricted_words_are_not_found_where_the_act_came_by_file(stores: Stores) -> None:
    """The content stays, for the readers named; search and facts leave it out."""
    world = World(stores, "restrict")
    for order in (("whole", "after"), ("after", "whole")):
        desk = stores.desk("-".join(order))
        for name in order:
            bring(desk, getattr(world, name), "case.json")
        held = desk.store.version(world.version)
        assert held and held.content
        assert search.find(desk.store.connection, WORD) == ()
        assert desk.case(world.case).known("rosh.overall", None, "2026-06-01").value is None
        assert failed(desk) == []


def test_a_file_that_erases_is_refused_under_a_legal_hold(stores: Stores) -> None:
    """The hold stands here, whatever was decided elsewhere."""
    world = World(stores, "erase")
    desk = stores.desk(role="data-protection", person="Kim Keeper")
    bring(desk, world.whole, "whole.json")
    hold = {"held": "yes", "reason": "Keep for the inquiry", "from_day": "2026-03-09"}
    record(desk, world.case, "legal-hold", hold)
    with pytest.raises(BadInput, match="legal hold"):
        bring(desk, world.after, "after.json")
    assert desk.store.version(world.version).content is not None  # type: ignore[union-attr]


def test_verify_sees_content_that_stands_where_it_was_taken_away(stores: Stores) -> None:
    """Words put back behind the program's back are told."""
    world = World(stores, "restrict")
    desk = stores.desk()
    bring(desk, world.after, "after.json")
    passage = search.Passage(world.version, world.version, "rosh", "2026-03-09", (), False, WORD)
    search.put_passages(desk.store.connection, world.case, [passage])
    assert failed(desk) == ["1 version that was taken away still stands."]


def test_an_erased_amendment_travels(stores: Stores) -> None:
    """The version it amended stays superseded, here and where the file goes."""
    lead = stores.desk(role="data-protection", person="Joan Lead")
    case = bring(lead, two_versions(), "case.json").case
    entry = next(iter(lead.case(case).entries.values()))
    named = {"versions": [{"id": "r1", "version": entry.head.id}], **ERASED}
    keeping.erase(lead, case, [entry.head.id], named)
    other = stores.desk("other")
    bring(other, export(lead, case), "case.json")
    statuses = [lead.case(case).entries[entry.id].status, other.case(case).entries[entry.id].status]
    assert statuses == ["erased", "erased"]


def two_versions() -> bytes:
    """A file with one entry and its amendment."""
    author = {"name": "Kim Example", "role": "practitioner"}
    first = {"form": "rosh", "version": 1, "author": author, "answers": ROSH}
    entries = [
        {**first, "id": "one", "at": "2026-03-09T10:00:00Z", "status": "superseded"},
        {**first, "id": "two", "at": "2026-03-09T11:00:00Z", "status": "signed", "amends": "one"},
    ]
    file = {"format": "workbench-case/1", "case": {"crn": "X200003"}, "entries": entries}
    return json.dumps(file).encode()


# What two stores both brought in


def test_two_stores_that_brought_in_one_file_merge(stores: Stores, make_file: Callable[..., bytes]) -> None:
    """Two headings, one version: both stay, and the next time nothing is new."""
    one, other = stores.desk("one"), stores.desk("other", person="Bo Example")
    case = bring(one, make_file(), "case.json").case
    bring(other, make_file(), "case.json")
    done = bring(other, export(one, case), "from-one.json")
    assert (done.new, done.held) == (1, 3)
    twins = other.store.twins(case)
    assert [(twin.id, twin.header_bytes) for twin in twins] == [
        (version.id, version.header_bytes) for version in one.store.versions(case) if version.brought
    ]
    assert other.store.vector(case)[one.device.device] == 4
    assert failed(other) == []
    assert bring(other, export(one, case), "from-one.json").new == 0
    assert len(other.store.twins(case)) == 3
    assert rebuilt(other, case) == other.case(case)


def rebuilt(desk: Desk, case: str) -> object:
    """The case as read anew from the store."""
    desk.forget(case)
    return desk.case(case)


def test_one_id_with_two_contents_refuses_the_file(stores: Stores, make_file: Callable[..., bytes]) -> None:
    """The same text ids, but somebody changed the words."""
    one, other = stores.desk("one"), stores.desk("other", person="Bo Example")
    case = bring(one, make_file(), "case.json").case
    bring(other, make_file().replace(b"allotment", b"workshop"), "case.json")
    with pytest.raises(BadInput, match="says something else"):
        bring(other, export(one, case), "from-one.json")


# A second person


def test_a_mark_comes_off_when_an_spo_signs_too(stores: Stores) -> None:
    """One signs the act, another agrees in their own store; together they take the mark off."""
    author, spo = stores.desk("author"), stores.desk("spo", role="spo", person="Sam Spo")
    case = case_of(author)
    version = record(author, case, "rosh", ROSH).version
    assert version
    answers = {"path": "who", "marks_off": ["police"], "why": "Public.", "second": "Sam Spo"}
    act = keeping.loosen(author, case, [version], answers).version
    assert act
    assert author.case(case).entries[version].loosened(version) == {}
    with pytest.raises(Refused):
        recording.countersign(author, case, act)
    bring(spo, export(author, case), "case.json")
    recording.countersign(spo, case, act)
    bring(author, export(spo, case), "case.json")
    for desk in (author, spo):
        assert desk.case(case).entries[version].loosened(version) == {"who": frozenset({"police"})}
        assert desk.case(case).entries[version].status == "signed"


# Roles, files, looking back


def test_a_way_out_is_taken_only_by_a_role_it_is_for(stores: Stores) -> None:
    """A practitioner's key signs an erasure well enough; it is refused all the same."""
    world = World(stores, "erase")
    author = stores.desk("forger")
    bring(author, world.whole, "whole.json")
    file = json.loads(world.after)
    item = next(item for item in file["entries"] if item["form"] == "erased")
    header = json.loads(b64decode(item["signed"]["header"]))
    card = author.device.card
    header |= {"by": card.person, "device": card.device, "card": card.sha256(), "seq": 1}
    data = canonical.encode(header)
    item["signed"] |= {
        "header": b64encode(data).decode(),
        "signature": b64encode(author.device.keys.sign(to_sign(data))).decode(),
        "card": card.sha256(),
    }
    item["author"] = {"name": card.name, "role": card.role}
    with pytest.raises(BadInput, match="role"):
        bring(author, json.dumps(file).encode(), "forged.json")


def test_looking_back_brings_no_file_in(stores: Stores) -> None:
    """Refused before anything is put beside the store."""
    stores.make()
    desk = stores.open(today=date(2026, 3, 9))
    file = json.loads(two_versions())
    data = b"A letter.\n"
    file["entries"][0]["files"] = [
        {
            "name": "letter.txt",
            "type": "text/plain",
            "sha256": hashlib.sha256(data).hexdigest(),
            "data": b64encode(data).decode(),
        }
    ]
    with pytest.raises(Refused):
        bring(desk, json.dumps(file).encode(), "case.json")
    assert attachments.total(desk.store.connection) == 0


def test_a_file_that_no_version_names_goes_after_a_week(stores: Stores) -> None:
    """One that a version names stays, and goes with it when the version is erased."""
    desk = stores.desk(role="data-protection", person="Joan Lead")
    case = bring(desk, two_versions(), "case.json").case
    put = [put_file(desk, data) for data in (b"Named.\n", b"Named by nobody.\n")]
    session = recording.start(desk, case, "legal-hold")
    session.restore({"held": "no", "reason": "None", "from_day": "2026-03-09"})
    changes = recording.sign(desk, case, session, files=(put[0],))
    assert changes.version
    later = stores.clock.now() + timedelta(days=8)
    attachments.sweep(desk.store.folder, desk.store.connection, stores.clock.now())
    assert held(desk, put) == [True, True]
    attachments.sweep(desk.store.folder, desk.store.connection, later)
    assert held(desk, put) == [True, False]
    named = {"versions": [{"id": "r1", "version": changes.version}], **ERASED}
    keeping.erase(desk, case, [changes.version], named)
    assert held(desk, put) == [False, False]


def put_file(desk: Desk, data: bytes) -> FileRef:
    """A file put beside the store."""
    random = desk.ids.bytes(32)
    sha256, kind = attachments.put(desk.store.folder, desk.store.connection, data, desk.stamp(), random)
    return FileRef(len(data), "note.txt", sha256, kind)


def held(desk: Desk, refs: list[FileRef]) -> list[bool]:
    """Which of these files are held."""
    return [attachments.held(desk.store.connection, ref.sha256) for ref in refs]
