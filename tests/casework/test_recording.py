"""Recording: signed, amended, joined, countersigned, returned, withdrawn; drafts; looking back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.conftest import Stores, case_file
from tests.forms.examples import EXAMPLES
from workbench.casework import guarding, keeping, reading, recording
from workbench.casework.desk import Desk
from workbench.errors import Refused
from workbench.models.fold import as_known_when, fold
from workbench.models.records import to_sign
from workbench.models.results import Changes
from workbench.security.signing import holds
from workbench.store import drafts

ROSH = {
    "on": "2026-03-09",
    "children": "high",
    "public": "medium",
    "known_adult": "low",
    "staff": "low",
    "overall": "high",
    "who": "Children of a new household.",
}
REGISTRATION = {
    "crn": "X100001",
    "name": "Gwyn Sample",
    "born": "1980-02-01",
    "taken_on": "2026-03-10",
    "officer": "Ann Example",
}


def case_of(desk: Desk, **more: object) -> str:
    """A registered case."""
    return recording.new_case(desk, {**REGISTRATION, **more}).case


def record(desk: Desk, case: str, form: str, answers: dict[str, object]) -> Changes:
    """Signs an entry."""
    session = recording.start(desk, case, form)
    session.restore(answers)
    return recording.sign(desk, case, session)


def amend(
    desk: Desk,
    case: str,
    entry: str,
    because: str = "Corrected.",
    base: tuple[str, ...] = (),
    **changed: object,
) -> Changes:
    """Signs a new version of an entry."""
    form = desk.case(case).entries[entry].form
    session = recording.start(desk, case, form, amends=entry)
    for path, value in changed.items():
        session.answer(path, value)
    return recording.amend(desk, case, entry, session, because, base=base)


def rosh(desk: Desk, case: str) -> object:
    """The level that holds today."""
    return desk.case(case).known("rosh.overall", None, desk.today.isoformat()).value


def test_an_entry_is_signed_kept_and_says_its_facts(desk: Desk) -> None:
    """The bytes carry the device's signature; the fact has its source."""
    case = case_of(desk)
    changes = record(desk, case, "rosh", ROSH)
    assert changes.version is not None
    version = desk.store.version(changes.version)
    assert version is not None
    assert holds(desk.device.card.signs, to_sign(version.header_bytes), version.signature)
    fact = next(row for row in reading.facts(desk, "X100001") if row["fact"] == "rosh.overall")
    assert (fact["value"], fact["version"], fact["from"]) == ("high", changes.version, "2026-03-09")


def test_what_must_be_answered_is_named(desk: Desk) -> None:
    """A refusal names the place; nothing is written."""
    case = case_of(desk)
    before = len(reading.chronology(desk, case))
    with pytest.raises(Refused, match="overall"):
        record(desk, case, "rosh", {"on": "2026-03-09"})
    assert len(reading.chronology(desk, case)) == before


def test_a_form_for_another_role_is_refused(desk: Desk) -> None:
    """A practitioner erases nothing."""
    with pytest.raises(Refused, match="practitioner"):
        recording.start(desk, case_of(desk), "erased")


def test_the_same_crn_twice_is_refused(desk: Desk) -> None:
    """One person, one case."""
    case_of(desk)
    with pytest.raises(Refused, match="X100001"):
        case_of(desk, name="Somebody Else")


def test_an_amendment_stands_beside_the_old_version(desk: Desk) -> None:
    """With a reason; the earlier words stay readable and searchable, flagged."""
    case = case_of(desk)
    entry = record(desk, case, "rosh", ROSH).entry
    assert entry is not None
    with pytest.raises(Refused, match="why"):
        amend(desk, case, entry, because=" ")
    amend(desk, case, entry, who="Adults met through work.")
    versions = reading.versions_of(desk, case, entry)
    assert [row["status"] for row in versions] == ["superseded", "signed"]
    assert versions[1]["because"] == "Corrected."
    hits = [(hit["extract"], hit["superseded"]) for hit in reading.search(desk, "household")]
    assert hits == [("Children of a new household.", True)]


def test_two_amendments_of_one_version_are_a_fork_until_joined(desk: Desk) -> None:
    """Both stay; a join settles them."""
    case = case_of(desk)
    first = record(desk, case, "rosh", ROSH)
    assert first.entry and first.version
    amend(desk, case, first.entry, overall="very high", children="very high")
    amend(desk, case, first.entry, base=(first.version,), overall="high", children="high")
    assert desk.case(case).entries[first.entry].forked
    amend(
        desk,
        case,
        first.entry,
        because="Agreed with the police view.",
        overall="very high",
        children="very high",
    )
    assert not desk.case(case).entries[first.entry].forked
    assert rosh(desk, case) == "very high"


def test_nobody_countersigns_their_own(stores: Stores) -> None:
    """Not even an SPO; and another SPO's signature covers the version that was read."""
    desk = stores.desk(role="spo", person="Sam Spo")
    case = case_of(desk)
    plan = record(
        desk,
        case,
        "contact-plan",
        {"from_day": "2026-03-09", "gap_days": 14, "reduces": "no", "review_on": "2026-06-09"},
    )
    assert plan.version
    with pytest.raises(Refused, match="own"):
        recording.countersign(desk, case, plan.version)


def test_a_withdrawn_entry_no_longer_counts(desk: Desk) -> None:
    """By its author, with a reason; the words stay."""
    case = case_of(desk)
    changes = record(desk, case, "rosh", ROSH)
    assert changes.version and changes.entry
    with pytest.raises(Refused, match="why"):
        recording.withdraw(desk, case, changes.version, "")
    recording.withdraw(desk, case, changes.version, "Written about somebody else's visit.")
    assert rosh(desk, case) is None
    assert reading.versions_of(desk, case, changes.entry)[0]["answers"]["overall"] == "high"


def test_a_draft_keeps_each_answer_and_goes_when_signed(desk: Desk) -> None:
    """One row an answer; it never is an entry before."""
    case = case_of(desk)
    draft = recording.begin_draft(desk, case, "rosh")
    for path, value in ROSH.items():
        recording.keep_answer(desk, draft, path, value, place=path)
    session = recording.resume(desk, draft)
    assert session.answers() == ROSH
    assert rosh(desk, case) is None
    recording.sign(desk, case, session, draft=draft)
    assert desk.store.connection.execute("SELECT count(*) FROM drafts").fetchone()[0] == 0
    assert rosh(desk, case) == "high"


def test_a_draft_whose_entry_moved_on_says_so(desk: Desk) -> None:
    """Begin again from the new version, or keep a second account: the person chooses."""
    case = case_of(desk)
    entry = record(desk, case, "rosh", ROSH).entry
    assert entry
    draft = recording.begin_draft(desk, case, "rosh", amends=entry)
    held = drafts.held(desk.store.connection, draft)[0]
    assert not recording.moved_on(desk, held)
    amend(desk, case, entry, who="Changed meanwhile.")
    assert recording.moved_on(desk, held)


def test_looking_back_leaves_out_what_came_later(stores: Stores) -> None:
    """`--today` sets the clock, and nothing signed later is known; nothing can be recorded."""
    desk = stores.desk()
    case = case_of(desk)
    stores.clock.move(timedelta(days=20))
    record(desk, case, "rosh", {**ROSH, "on": "2026-03-09"})
    desk.close()
    desk = stores.open(today=date(2026, 3, 15))
    assert rosh(desk, case) is None
    assert [row["form"] for row in reading.chronology(desk, case)] == ["registration"]
    with pytest.raises(Refused):
        record(desk, case, "rosh", ROSH)


def test_a_rebuild_gives_what_the_lists_show(desk: Desk) -> None:
    """Incremental and whole are the same."""
    case = case_of(desk, registered=None)
    entry = record(desk, case, "rosh", ROSH).entry
    assert entry
    amend(desk, case, entry, overall="very high", children="very high")
    rebuilt = fold(case, desk.store.versions(case))
    assert desk.outcome(rebuilt).duties == desk.outcome(desk.case(case)).duties
    assert all(check.ok for check in guarding.verify(desk)), guarding.verify(desk)


# Ways out


@pytest.fixture
def lead(stores: Stores) -> Desk:
    """A data protection lead's store, with one case brought in."""
    return stores.desk(role="data-protection", person="Joan Lead")


def brought(desk: Desk, make_file: Callable[..., bytes]) -> str:
    """A case with one RoSH entry, brought in from a file."""
    from workbench.casework.importing import bring

    return bring(desk, make_file(), "case.json").case


def test_erased_words_are_found_nowhere(lead: Desk, make_file: Callable[..., bytes]) -> None:
    """The heading stays and still proves; a copy that comes again is refused its content."""
    from workbench.casework.importing import bring

    case = brought(lead, make_file)
    target = next(entry for entry in lead.case(case).entries.values() if entry.form == "contact")
    answers = {
        "versions": [{"id": "r1", "version": target.head.id}],
        "ground": "order",
        "order": "Court order 1",
        "why": "Ordered by the court.",
    }
    keeping.erase(lead, case, [target.head.id], answers)
    assert lead.case(case).entries[target.id].status == "erased"
    assert reading.search(lead, "Zanzibarword") == []
    tables = lead.store.connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    # What somebody searched for stands in the look-log, which says what was done, not what was recorded.
    for table in {name for (name,) in tables} - {"audit"}:
        for row in lead.store.connection.execute(f"SELECT * FROM {table}").fetchall():
            assert (
                b"zanzibarword"
                not in b" ".join(
                    value if isinstance(value, bytes) else str(value).encode() for value in row
                ).lower()
            )
    bring(lead, make_file(), "case.json")
    assert lead.case(case).entries[target.id].status == "erased"
    assert reading.search(lead, "Zanzibarword") == []
    assert all(check.ok for check in guarding.verify(lead)), guarding.verify(lead)


def test_misfiled_content_goes_and_only_a_hash_stays(lead: Desk, make_file: Callable[..., bytes]) -> None:
    """Even form and day are about somebody else."""
    case = brought(lead, make_file)
    target = next(entry for entry in lead.case(case).entries.values() if entry.form == "contact")
    answers = {
        "versions": [{"id": "r1", "version": target.head.id}],
        "why": "Another person's contact.",
        "ground": "Filed here by mistake.",
    }
    keeping.misfile(lead, case, [target.head.id], answers)
    assert lead.store.version(target.head.id) is None
    assert len(lead.store.holes(case)) == 1
    assert reading.search(lead, "Zanzibarword") == []
    assert "contact" not in [row["form"] for row in reading.chronology(lead, case)]
    assert all(check.ok for check in guarding.verify(lead)), guarding.verify(lead)


def test_restricting_lists_first_what_would_vanish(lead: Desk, make_file: Callable[..., bytes]) -> None:
    """Facts leave the fold and words leave the search; content stays."""
    case = brought(lead, make_file)
    target = next(entry for entry in lead.case(case).entries.values() if entry.form == "rosh")
    assert "rosh.overall" in keeping.would_vanish(lead, case, [target.head.id]).facts
    answers = {
        "versions": [{"id": "r1", "version": target.head.id}],
        "readers": [{"id": "r2", "reader": "Sam Spo"}],
        "why": "Contested.",
        "ground": "Accuracy contested.",
        "vanishes": "The RoSH level.",
    }
    keeping.restrict(lead, case, [target.head.id], answers)
    assert rosh(lead, case) is None
    assert lead.store.version(target.head.id) is not None
    assert next(row for row in reading.cases(lead) if row["case"] == case)["restricted"] is True


def test_a_legal_hold_blocks_erasure(lead: Desk, make_file: Callable[..., bytes]) -> None:
    """Until it is lifted."""
    case = brought(lead, make_file)
    record(lead, case, "legal-hold", {"held": "yes", "reason": "Keep IICSA", "from_day": "2026-03-09"})
    target = next(iter(lead.case(case).entries.values()))
    with pytest.raises(Refused, match="hold"):
        keeping.erase(lead, case, [target.head.id], {})


def test_a_handed_over_case_is_dropped_after_28_days_and_may_come_back(stores: Stores) -> None:
    """Content goes, headings stay; the same file brings it back."""
    from workbench.casework.exporting import export
    from workbench.casework.importing import bring

    desk = stores.desk()
    case = case_of(desk)
    record(desk, case, "rosh", {**ROSH, "who": "Children near Zanzibarword."})
    with pytest.raises(Refused, match="held by you"):
        keeping.drop(desk, case)
    change = {
        "state": "accepted",
        "on": "2026-03-10",
        "from_officer": "Ann Example",
        "to_officer": "Kim Example",
        "caretaking": "no",
        "open_risks": "None.",
        "next_appointment": "2026-03-12T10:00:00Z",
    }
    record(desk, case, "officer-change", change)
    with pytest.raises(Refused, match="28 days"):
        keeping.drop(desk, case)
    copy = export(desk, case)
    stores.clock.move(timedelta(days=28))
    assert keeping.drop(desk, case) == 3
    assert reading.search(desk, "Zanzibarword") == []
    assert [row["crn"] for row in reading.cases(desk)] == ["X100001"]
    assert rosh(desk, case) is None
    assert bring(desk, copy, "back.json").new == 3
    assert rosh(desk, case) == "high"
    assert len(reading.search(desk, "Zanzibarword")) == 1
    assert all(check.ok for check in guarding.verify(desk)), guarding.verify(desk)


def test_a_decision_is_read_as_its_author_knew_the_case(desk: Desk) -> None:
    """What came later is not there."""
    case = case_of(desk)
    first = record(desk, case, "rosh", ROSH)
    record(desk, case, "rosh", {**ROSH, "on": "2026-03-10", "overall": "very high", "children": "very high"})
    assert first.version
    version = desk.store.version(first.version)
    assert version
    then = as_known_when(desk.case(case), version)
    assert (rosh(desk, case), then.known("rosh.overall", None, "2026-03-10").value) == ("very high", "high")


def test_names_are_found_also_when_misspelt(desk: Desk) -> None:
    """Without accents, in part, and nearly right."""
    case = case_of(desk, name="Siôn Rhydderch-Wyn")
    for typed in ("sion", "DDERCH", "X1000", "Sion Rydderch", "Rhyderch Wyn"):
        assert case in [hit["case"] for hit in reading.search(desk, typed)], typed
    assert reading.search(desk, "Zebedee") == []


def test_lists_and_index_can_be_made_anew(desk: Desk) -> None:
    """And are what they were."""
    case = case_of(desk)
    record(desk, case, "rosh", ROSH)
    before = (list(desk.store.duties()), reading.search(desk, "household"))
    desk.store.connection.execute("DELETE FROM due_rows")
    assert guarding.rebuild(desk) == 1
    assert (list(desk.store.duties()), reading.search(desk, "household")) == before


def test_an_amendment_keeps_marks_readers_and_files(desk: Desk) -> None:
    """Marks are only ever added; who may read does not widen by a spelling fix."""
    case = case_of(desk)
    session = recording.start(desk, case, "contact")
    session.restore(
        {
            "on": "2026-03-10T08:00:00Z",
            "how": "phone",
            "outcome": "attended",
            "seen_by": "responsible-officer",
            "note": "Told in confidnce.",
        }
    )
    session.mark("note", ["victim", "not-for-disclosure"])
    made = recording.sign(desk, case, session, readers=("Ann Example",))
    assert made.entry
    amend(desk, case, made.entry, note="Told in confidence.")
    head = desk.case(case).entries[made.entry].head
    assert head.content
    assert head.content.marks["note"] == ("victim", "not-for-disclosure")
    assert head.content.readers == ("Ann Example",)


def test_the_marks_of_a_draft_are_kept(desk: Desk) -> None:
    """As its answers are."""
    case = case_of(desk)
    draft = recording.begin_draft(desk, case, "rosh")
    recording.keep_answer(desk, draft, "who", "Somebody")
    recording.keep_marks(desk, draft, "who", ["police"])
    assert recording.resume(desk, draft).own_marks()["who"] == ("police",)


def test_a_readers_entry_keeps_an_entry_to_the_people_named(stores: Stores) -> None:
    """It leaves lists, search and every release; for those named it stays."""
    from workbench.casework.reporting import release

    desk = stores.desk(role="spo", person="Sam Spo")
    case = case_of(desk)
    made = record(
        desk, case, "legal-hold", {"held": "yes", "reason": "Zanzibarword", "from_day": "2026-03-09"}
    )
    answers = {
        "scope": "entry",
        "entry": made.entry,
        "readers": [{"id": "r1", "reader": "Somebody Else"}],
        "ground": "need-to-know",
        "why": "A colleague knows the person.",
    }
    record(desk, case, "readers", answers)
    assert made.entry not in [row["entry"] for row in reading.chronology(desk, case)]
    assert reading.search(desk, "Zanzibarword") == []
    released, _ = release(desk, case, "file", "en")
    assert "Zanzibarword" not in str(released)


def test_what_was_restricted_since_stays_out_when_looking_back(
    stores: Stores, make_file: Callable[..., bytes]
) -> None:
    """However far somebody looks back."""
    lead = stores.desk(role="data-protection", person="Joan Lead")
    case = brought(lead, make_file)
    target = next(entry for entry in lead.case(case).entries.values() if entry.form == "rosh")
    answers = {
        "versions": [{"id": "r1", "version": target.head.id}],
        "readers": [{"id": "r2", "reader": "Sam Spo"}],
        "why": "Contested.",
        "ground": "Accuracy contested.",
        "vanishes": "The RoSH level.",
    }
    keeping.restrict(lead, case, [target.head.id], answers)
    lead.close()
    back = stores.open(today=date(2025, 6, 1))
    assert rosh(back, case) is None


def test_a_duty_whose_order_ends_later_is_still_owed(desk: Desk) -> None:
    """The end of its episode lies ahead; lists show its day."""
    case = case_of(desk)
    record(
        desk,
        case,
        "sentence",
        {
            "sentenced_on": "2026-03-02",
            "sexual": "yes",
            "registered": "yes",
            "sentences": [{"id": "s1", "kind": "community-order", "ends_on": "2027-03-02"}],
        },
    )
    row = next(row for row in reading.cases(desk) if row["case"] == case)
    assert row["next_due"] == min(duty["due"] for duty in reading.due(desk, case) if duty["due"])
    assert reading.show(desk, case)["due"] != []


def test_erasing_takes_the_drafts_too(lead: Desk, make_file: Callable[..., bytes]) -> None:
    """A draft that began from an erased version holds its words."""
    case = brought(lead, make_file)
    target = next(entry for entry in lead.case(case).entries.values() if entry.form == "contact")
    held = drafts.Draft("d1", case, "contact", 1, target.id, (target.head.id,), "2026-03-10T09:00:00.000Z")
    drafts.begin(lead.store.connection, held)
    answers = {
        "versions": [{"id": "r1", "version": target.head.id}],
        "ground": "order",
        "order": "Court order 1",
        "why": "Ordered by the court.",
    }
    keeping.erase(lead, case, [target.head.id], answers)
    assert drafts.held(lead.store.connection) == ()


def test_only_a_signature_vouches_for_an_issued_file(desk: Desk, tmp_path: Path) -> None:
    """An item brought in from a file says nothing of a PDF that somebody made."""
    import hashlib
    import json

    from workbench.casework.importing import bring

    forged = tmp_path / "forged.pdf"
    forged.write_bytes(b"%PDF-1.7 forged")
    file = json.loads(case_file())
    file["entries"].append(
        {
            "id": "issued",
            "form": "report-issued",
            "version": 1,
            "at": "2025-03-05T10:14:22Z",
            "author": {"name": "Kim Example", "role": "practitioner"},
            "status": "signed",
            "answers": {
                "report": "release-plan",
                "audience": "police",
                "sha256": hashlib.sha256(forged.read_bytes()).hexdigest(),
            },
        }
    )
    bring(desk, json.dumps(file).encode(), "case.json")
    assert [check.ok for check in guarding.verify_file(desk, forged)] == [False]


def test_a_visit_offers_the_places_that_are_written_down(desk: Desk) -> None:
    """By their address."""
    case = case_of(desk)
    place = "0192f000-0000-7000-8000-00000000abcd"
    answers = EXAMPLES["address"][0]
    first = {**answers["places"][0], "id": place, "text": "2 Invented Row"}
    record(desk, case, "address", {**answers, "places": [first]})
    assert recording.start(desk, case, "home-visit").known.places == {place: "2 Invented Row"}
