"""Drafts: kept answer by answer, taken up as they were, signed into an entry, told from a crash."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.conftest import Stores
from workbench.casework import attaching, drafting, own_words, recording, unfinished
from workbench.casework.desk import Desk
from workbench.casework.drafting import Spot, Writing
from workbench.errors import BadInput, NotFound, Refused

SPOT = Spot("record", "note", open=True)
REGISTRATION = {
    "taken_on": "2026-03-01",
    "name": "Gwyn Sample",
    "crn": "x100009",
    "born": "1980-02-01",
    "officer": "Ann Example",
}


def contact(desk: Desk, case: str, note: str) -> tuple[Writing, drafting.Taken]:
    writing, session = drafting.begin(desk, case, "contact")
    session.answer("note", note)
    writing = drafting.keep(desk, writing, session.draft(), {}, SPOT)
    return writing, drafting.take_up(desk, writing.draft)


def test_a_draft_is_taken_up_with_all_that_was_kept(desk: Desk, registered: Callable[..., str]) -> None:
    writing, taken = contact(desk, registered(), "Spoke of the allotment.")
    assert taken.session.draft()["note"] == "Spoke of the allotment."
    assert taken.session.draft()["how"] == "face-to-face"
    assert (taken.spot.page, taken.spot.question) == ("record", "note")
    assert taken.writing == writing


def test_an_answer_taken_away_stays_away(desk: Desk, registered: Callable[..., str]) -> None:
    writing, _ = contact(desk, registered(), "One")
    drafting.keep(desk, writing, {"note": None}, {}, SPOT)
    taken = drafting.take_up(desk, writing.draft)
    assert "note" not in taken.session.draft()
    assert taken.session.missing() == ()


def test_only_a_draft_never_laid_down_was_interrupted(desk: Desk, registered: Callable[..., str]) -> None:
    writing, crashed = contact(desk, registered(), "One")
    assert crashed.interrupted
    drafting.lay_down(desk, writing, SPOT)
    assert not drafting.take_up(desk, writing.draft).interrupted


def test_a_draft_thrown_away_is_fetched_back_as_it_was(desk: Desk, registered: Callable[..., str]) -> None:
    """Both are in the look-log; a second draft of the form does not bring it back by itself."""
    case = registered()
    writing, taken = contact(desk, case, "Spoke of the allotment.")
    unfinished.throw_away(desk, writing.draft)
    assert unfinished.begun(desk) == ()
    assert [held.draft for held in unfinished.thrown(desk)] == [writing.draft]
    with pytest.raises(NotFound):
        drafting.take_up(desk, writing.draft)
    with pytest.raises(NotFound, match="no such draft"):
        unfinished.throw_away(desk, writing.draft)
    unfinished.fetch_back(desk, writing.draft)
    assert unfinished.thrown(desk) == ()
    assert drafting.take_up(desk, writing.draft).session.draft() == taken.session.draft()
    said = [row.what for row in desk.store.log_rows(case)]
    assert said[-2:] == ["draft discarded", "draft fetched back"]


def test_what_was_thrown_away_is_gone_after_fourteen_days(stores: Stores) -> None:
    """To the second; then its words lie nowhere in the store."""
    desk = stores.desk()
    case = recording.new_case(desk, REGISTRATION).case
    writing, _ = contact(desk, case, "Spoke of the allotment.")
    kept, _ = contact(desk, case, "Rang about the bins.")
    unfinished.throw_away(desk, writing.draft)
    stores.clock.move(timedelta(days=14))
    assert [held.draft for held in unfinished.thrown(desk)] == [writing.draft]
    desk.store.close()
    desk = stores.open()
    assert [held.draft for held in unfinished.thrown(desk)] == [writing.draft]
    stores.clock.move(timedelta(milliseconds=1))
    assert unfinished.thrown(desk) == ()
    desk.store.close()
    desk = stores.open()
    left = desk.store.connection.execute("SELECT DISTINCT draft FROM draft_answers").fetchall()
    assert left == [(kept.draft,)]
    with pytest.raises(NotFound, match="gone"):
        unfinished.fetch_back(desk, writing.draft)


def test_signing_takes_the_draft_away(desk: Desk, registered: Callable[..., str]) -> None:
    case = registered()
    writing, taken = contact(desk, case, "Spoke of the allotment.")
    changes = drafting.finish(desk, writing, taken.session)
    assert desk.case(case).entries[changes.entry or ""].head.answers()["note"] == "Spoke of the allotment."
    with pytest.raises(NotFound):
        drafting.take_up(desk, writing.draft)


def test_a_new_person_is_registered_from_a_draft_without_a_case(desk: Desk) -> None:
    writing, session = drafting.begin(desk, desk.ids.new(), "registration")
    for question, value in REGISTRATION.items():
        session.answer(question, value)
    writing = drafting.keep(desk, writing, session.draft(), {}, SPOT)
    changes = drafting.finish(desk, writing, session)
    assert [(row.case, row.crn) for row in desk.store.cases()] == [(writing.case, "X100009")]
    assert changes.case == writing.case
    assert unfinished.begun(desk) == ()


def test_a_crn_is_held_once(desk: Desk, registered: Callable[..., str]) -> None:
    registered("X100009")
    writing, session = drafting.begin(desk, desk.ids.new(), "registration")
    for question, value in REGISTRATION.items():
        session.answer(question, value)
    with pytest.raises(Refused, match="X100009"):
        drafting.finish(desk, writing, session)


def test_an_amendment_says_why_and_names_the_version_it_began_from(
    desk: Desk, registered: Callable[..., str]
) -> None:
    case = registered()
    writing, taken = contact(desk, case, "One")
    entry = drafting.finish(desk, writing, taken.session).entry or ""
    amending, session = drafting.begin(desk, case, "contact", entry)
    session.answer("note", "Two")
    amending = drafting.keep(desk, amending, session.draft(), {}, SPOT)
    with pytest.raises(Refused):
        drafting.finish(desk, amending, session)
    other = recording.start(desk, case, "contact", amends=entry)
    recording.amend(desk, case, entry, other, "Read again")
    assert drafting.take_up(desk, amending.draft).moved_on
    drafting.finish(desk, amending, session, because="A word was wrong")
    assert desk.case(case).entries[entry].forked
    assert unfinished.begun(desk) == ()


def test_marks_of_a_draft_come_back(desk: Desk, registered: Callable[..., str]) -> None:
    writing, _ = contact(desk, registered(), "One")
    drafting.keep(desk, writing, {}, {"note": ("police",)}, SPOT)
    assert drafting.take_up(desk, writing.draft).session.own_marks() == {"note": ("police",)}


def test_a_file_attached_to_a_draft_is_named_by_its_entry(desk: Desk, registered: Callable[..., str]) -> None:
    case = registered()
    ref = attaching.attach(desk, "../minutes\n.txt", b"Minutes of the meeting.")
    writing, session = drafting.begin(desk, case, "report-issued")
    for question, value in {
        "report": "Plan",
        "audience": "police",
        "sha256": ref.sha256,
        "file": ref.sha256,
    }.items():
        session.answer(question, value)
    kept = {
        **session.draft(),
        drafting.FILES: [{"bytes": 23, "name": ref.name, "sha256": ref.sha256, "type": ref.type}],
    }
    writing = drafting.keep(desk, writing, kept, {}, SPOT)
    taken = drafting.take_up(desk, writing.draft)
    assert taken.files == (ref,)
    changes = drafting.finish(desk, writing, taken.session, files=taken.files)
    content = desk.case(case).entries[changes.entry or ""].head.content
    assert content is not None
    assert [file.name for file in content.files] == ["..  minutes .txt".replace("  ", " ")]


def test_an_amendment_brings_another_file_and_gives_up_the_one_no_longer_named(
    desk: Desk, registered: Callable[..., str]
) -> None:
    case = registered()
    first = attaching.attach(desk, "first.txt", b"Minutes of the meeting.")
    writing, session = drafting.begin(desk, case, "report-issued")
    for question, value in {"report": "Plan", "audience": "police", "sha256": first.sha256}.items():
        session.answer(question, value)
    session.answer("file", first.sha256)
    made = drafting.finish(desk, writing, session, files=(first,))
    second = attaching.attach(desk, "second.txt", b"Minutes as agreed.")
    writing, session = drafting.begin(desk, case, "report-issued", made.entry or "")
    session.answer("file", second.sha256)
    session.answer("sha256", second.sha256)
    writing = drafting.keep(desk, writing, session.draft(), {}, SPOT)
    drafting.finish(desk, writing, session, because="The minutes were agreed.", files=(second,))
    content = desk.case(case).entries[made.entry or ""].head.content
    assert content is not None
    assert [file.sha256 for file in content.files] == [second.sha256]
    with pytest.raises(NotFound):
        drafting.take_up(desk, writing.draft)


def test_a_file_of_no_kind_that_may_be_attached_is_refused(desk: Desk) -> None:
    with pytest.raises(BadInput):
        attaching.attach(desk, "program.exe", b"MZ\x00\x01")
    with pytest.raises(BadInput):
        attaching.attach(desk, "nothing.txt", b"")


def test_own_words_and_short_forms_are_kept(desk: Desk) -> None:
    assert own_words.add_own_word(desk, "Zanzibarword") == ("Zanzibarword",)
    assert own_words.own_words(desk) == ("Zanzibarword",)
    with pytest.raises(BadInput):
        own_words.add_own_word(desk, "two words")
    assert "dna" in own_words.snippets(desk)
    assert own_words.keep_snippets(desk, {"hv": "Home visit with "}) == {"hv": "Home visit with "}
    assert own_words.snippets(desk) == {"hv": "Home visit with "}
    with pytest.raises(BadInput):
        own_words.keep_snippets(desk, {"Not One": "x"})
