"""Linked cases by file: each file holds its own case, in any order of arrival, and nothing is half done."""

from __future__ import annotations

import json
import os
import secrets
from base64 import b64decode, b64encode
from datetime import timedelta
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.casework.linked import CRN, GROUPS, agreed, checked, level, link, stored, unlink
from tests.casework.test_recording import ROSH, amend, case_of, record, rosh
from tests.conftest import NOW, Stores, case_file
from tests.journeys.test_any_order import Laptop
from workbench.casework import guarding, keeping, reading, recording
from workbench.casework.desk import Desk
from workbench.casework.exporting import export
from workbench.casework.importing import bring
from workbench.clock import FixedClock
from workbench.errors import BadInput, StoreProblem
from workbench.models import canonical
from workbench.models.records import Version, to_sign

# By file


def test_each_file_holds_the_entries_of_its_own_case(stores: Stores, pair: tuple[Desk, str, str]) -> None:
    """Exporting one and importing it gives the same versions, and leaves the other as it is."""
    desk, ours, theirs = pair
    link(desk, ours, theirs)
    record(desk, theirs, "rosh", ROSH)
    files = {case: export(desk, case) for case in (ours, theirs)}
    elsewhere = stores.desk("elsewhere", person="Cy Example")
    for case, file in files.items():
        held = {item["id"] for item in json.loads(file)["entries"]}
        assert held == {version.id for version in desk.store.versions(case)}
        assert json.loads(file)["case"] == {"id": case, "crn": CRN}
        before = {each: elsewhere.store.versions(each) for each in files if each != case}
        bring(elsewhere, file, "case.json")
        assert {each: elsewhere.store.versions(each) for each in before} == before
        assert bring(desk, file, "again.json").new == 0
    assert agreed(elsewhere, (ours, theirs)) == agreed(desk, (ours, theirs))
    assert {case: export(elsewhere, case) for case in files} == files
    checked(elsewhere)


def test_a_link_holds_from_when_the_other_case_comes(stores: Stores, pair: tuple[Desk, str, str]) -> None:
    """The file that links comes first; the other, with the smaller id, gives the id under which both are read."""
    desk, ours, theirs = pair
    link(desk, theirs, ours)
    elsewhere = stores.desk("elsewhere", person="Cy Example")
    bring(elsewhere, export(desk, theirs), "theirs.json")
    assert elsewhere.find(CRN).case == theirs
    assert list(elsewhere.store.duties(theirs)) != []
    bring(elsewhere, export(desk, ours), "ours.json")
    assert elsewhere.find(CRN).case == ours
    assert list(elsewhere.store.duties(theirs)) == []
    checked(elsewhere)


def test_two_cases_are_joined_through_one_that_is_not_here(desk: Desk, stores: Stores) -> None:
    """Both name it; under the smallest id that is held."""
    one, two, three = (case_of(desk, crn=f"X10000{n}") for n in range(1, 4))
    link(desk, two, one)
    link(desk, three, one)
    elsewhere = stores.desk("elsewhere", person="Cy Example")
    for case in (three, two):
        bring(elsewhere, export(desk, case), "case.json")
    assert [elsewhere.find(case).case for case in (two, three)] == [two, two]
    bring(elsewhere, export(desk, one), "case.json")
    assert [elsewhere.find(case).case for case in (one, two, three)] == [one, one, one]


def said_by_file(crn: str, other: str) -> bytes:
    """A file whose author says that this person is the same as another."""
    item = {
        "id": "link",
        "form": "same-person",
        "version": 1,
        "at": "2025-02-03T09:00:00Z",
        "author": {"name": "Kim Example", "role": "practitioner"},
        "status": "signed",
        "answers": {"other_case": other, "checked": "Same birthday."},
    }
    file = json.loads(case_file(crn))
    return json.dumps({**file, "entries": [*file["entries"], item]}).encode()


def test_an_unsigned_file_may_name_the_other_case_by_its_crn(desk: Desk) -> None:
    """It links while exactly one other case bears that CRN."""
    first = bring(desk, said_by_file("X200002", "x300003"), "link.json").case
    assert desk.links.together(first) == (first,)
    other = bring(desk, case_file("X300003"), "other.json").case
    assert desk.links.together(first) == tuple(sorted((first, other)))
    checked(desk)
    bring(desk, case_file("X300003", case={"crn": "X300003", "id": desk.ids.new()}), "third.json")
    assert desk.links.together(first) == (first,)
    assert len(reading.cases(desk)) == 3
    checked(desk)


def signed_again(desk: Desk, version: Version, **changed: object) -> dict[str, str]:
    """The signed bytes of a version with another heading, signed by this device."""
    content = version.content_bytes
    assert content is not None
    header = canonical.encode({**json.loads(version.header_bytes), **changed})
    parts = {"header": header, "content": content, "signature": desk.device.keys.sign(to_sign(header))}
    return {**{name: b64encode(data).decode() for name, data in parts.items()}, "card": version.header.card}


def test_a_version_of_an_entry_on_another_case_is_refused(desk: Desk) -> None:
    """Under a linked case it would stand as that entry's."""
    one, two = case_of(desk), case_of(desk, crn="X100002")
    made = record(desk, two, "rosh", ROSH)
    assert made.entry
    amend(desk, two, made.entry, who="Others.")
    item = json.loads(export(desk, two))["entries"][-1]
    version = desk.case(two).entries[made.entry].head
    parent, own = desk.ids.new(), desk.ids.new()
    item["signed"] = signed_again(desk, version, case=one, parents=[parent], id=own, seq=99)
    item.update(id=own, amends=parent)
    file = json.loads(export(desk, one))
    file["entries"].append(item)
    assert b64decode(item["signed"]["content"]) == version.content_bytes
    with pytest.raises(BadInput, match="on another case"):
        bring(desk, json.dumps(file).encode(), "case.json")
    assert {v.header.case for v in desk.case(two).entries[made.entry].versions} == {two}


# Nothing half done


def test_a_link_that_could_not_be_written_links_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The disk is full at the very end: both cases stand as they did."""
    one, two = case_of(desk), case_of(desk, crn="X100002")
    before = stored(desk)

    def full(*_: object) -> None:
        raise StoreProblem("full", "The disk is full.")

    with monkeypatch.context() as patch:
        patch.setattr(desk.store, "_log", full)
        with pytest.raises(StoreProblem):
            link(desk, one, two)
    assert stored(desk) == before
    assert [desk.find(case).case for case in (one, two)] == [one, two]
    assert len(desk.case(two).entries) == 1
    link(desk, one, two)
    checked(desk)


def test_linked_cases_are_dropped_together(stores: Stores) -> None:
    """Handed over, both go; their files bring both back as one."""
    desk = stores.desk()
    one, two = case_of(desk), case_of(desk, crn="X100002")
    link(desk, one, two)
    change = {
        "state": "accepted",
        "on": "2026-03-10",
        "from_officer": "Ann Example",
        "to_officer": "Kim Example",
        "caretaking": "no",
        "open_risks": "None.",
        "next_appointment": "2026-03-12T10:00:00Z",
    }
    record(desk, two, "officer-change", change)
    files = [export(desk, case) for case in (one, two)]
    stores.clock.move(timedelta(days=28))
    assert keeping.drop(desk, two) == 4
    assert all(v.content is None for case in (one, two) for v in desk.store.versions(case))
    for file in files:
        bring(desk, file, "back.json")
    assert desk.find(two).case == one
    checked(desk)


def test_drafts_of_either_case_are_taken_up_where_they_began(pair: tuple[Desk, str, str]) -> None:
    """Begun before the link and signed after it, an entry stays in its case."""
    desk, ours, theirs = pair
    draft = recording.begin_draft(desk, theirs, "rosh")
    for path, value in ROSH.items():
        recording.keep_answer(desk, draft, path, value)
    link(desk, ours, theirs)
    made = recording.sign(desk, theirs, recording.resume(desk, draft), draft=draft)
    assert made.version
    assert desk.store.version(made.version).header.case == theirs  # type: ignore[union-attr]
    assert rosh(desk, ours) == "high"


# In any order


def test_files_in_any_order_give_the_same(stores: Stores, pair: tuple[Desk, str, str]) -> None:
    """Linked, recorded under the link, withdrawn and linked another way: every order of the files."""
    desk, ours, theirs = pair
    third = case_of(desk, crn="X100003")
    made = link(desk, ours, theirs)
    level(desk, theirs, "low")
    files = [export(desk, ours), export(desk, theirs)]
    unlink(desk, made)
    link(desk, third, theirs)
    level(desk, ours, "very high")
    files += [export(desk, ours), export(desk, third)]
    cases = (ours, theirs, third)
    expected = agreed(desk, cases)
    assert [desk.find(case).case for case in cases] == [ours, min(theirs, third), min(theirs, third)]
    for place, order in enumerate(permutations(files)):
        if place % 4:
            continue
        other = stores.desk(f"order-{place}", person="Cy Example")
        for file in order:
            bring(other, file, "case.json")
        assert agreed(other, cases) == expected
        checked(other)
        other.close()


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["link", "link", "unlink", "record", "amend", "send", "send"]),
        st.integers(0, 1),
        st.integers(0, 2),
        st.integers(0, 2),
    ),
    min_size=4,
    max_size=12,
)


def act(laptop: Laptop, what: str, case: str, other: str, overall: str) -> None:
    """One thing that a person does, where their store allows it."""
    desk = laptop.desk
    laptop.clock.move(timedelta(minutes=5))
    if not {case, other} <= {row.case for row in desk.store.cases()}:
        return
    mine = [e for e in desk.case(case).entries.values() if e.head.header.by == desk.device.card.person]
    links = [entry for entry in mine if entry.form == "same-person" and entry.live]
    levels = [entry for entry in mine if entry.form == "rosh"]
    if what == "link" and other != case:
        link(desk, case, other)
    elif what == "unlink" and links:
        recording.withdraw(desk, case, links[0].head.id, "Two people after all.")
    elif what == "record":
        level(desk, case, overall)
    elif what == "amend" and levels:
        amend(desk, case, levels[0].id, overall=overall, public=overall, **GROUPS)


@settings(
    max_examples=int(os.environ.get("ANY_ORDER", "6")),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(STEPS)
def test_two_laptops_agree_on_what_is_one_case(
    tmp_path: Path, steps: list[tuple[str, int, int, int]]
) -> None:
    """Three cases linked and parted on laptops that exchange files: equal, and as a rebuild would have it."""
    folder = tmp_path / secrets.token_hex(4)
    laptops = [Laptop(folder / name, 0, skew) for name, skew in (("one", 0), ("two", 2))]
    try:
        one, two = (laptop.desk for laptop in laptops)
        cases = (case_of(one), case_of(one, crn="X100002"), case_of(two, taken_on="2026-03-02"))
        for what, here, case, other in steps:
            if what == "send":
                held = [row.case for row in laptops[here].desk.store.cases()]
                bring(laptops[1 - here].desk, export(laptops[here].desk, held[case % len(held)]), "sent.json")
            else:
                act(laptops[here], what, cases[case], cases[other], ("low", "medium", "high")[other])
        for sender, receiver in ((one, two), (two, one), (one, two)):
            for row in sender.store.cases():
                bring(receiver, export(sender, row.case), "last.json")
        for desk in (one, two):
            checked(desk)
            desk.clock = desk.wall = FixedClock(NOW + timedelta(days=10))
            guarding.rebuild(desk)
        assert agreed(one, cases) == agreed(two, cases)
        for desk in (one, two):
            checked(desk)
    finally:
        for laptop in laptops:
            laptop.desk.store.close()
