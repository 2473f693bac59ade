"""The fold: which claim holds, what an entry's status is, and that order never matters."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from time import perf_counter

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.models.build import CASE, claim, version
from workbench import clock
from workbench.models.fold import Case, fold
from workbench.models.records import Author, Version

DAY = "2026-06-01"


def state(case: Case) -> object:
    """Everything that two stores must agree on."""
    return (
        {
            entry.id: (
                entry.status,
                entry.countersigned_before,
                [(v.id, v.content is None) for v in entry.versions],
                [v.id for v in entry.heads],
            )
            for entry in case.entries.values()
        },
        {key: [(live.claim, live.version.id) for live in lives] for key, lives in case.claims.items()},
        [
            (found.fact, found.values, found.disputed)
            for key in sorted(case.claims, key=str)
            for found in (case.known(key[0], key[1], DAY),)
        ],
    )


def test_the_latest_from_holds() -> None:
    """A later level displaces an earlier one, whatever the order of writing."""
    late = version("b", claim("high", "2026-03-01"), seq=1)
    early = version("a", claim("low", "2026-01-01"), seq=2)
    assert fold(CASE, [late, early]).known("rosh.overall", None, DAY).value == "high"
    assert fold(CASE, [late, early]).known("rosh.overall", None, "2026-02-01").value == "low"


def test_a_claim_that_ended_brings_no_older_one_back() -> None:
    """Once the newest has ended, the fact is not known."""
    old = version("a", claim("low", "2026-01-01"))
    new = version("b", claim("high", "2026-02-01", until="2026-03-01"), seq=2)
    found = fold(CASE, [old, new]).known("rosh.overall", None, DAY)
    assert found.claims == ()


def test_two_accounts_nobody_reconciled_are_disputed() -> None:
    """Neither author had seen the other: no clock decides."""
    ours = version("a", claim("low"), device="laptop-a", at="2026-01-05T09:00:00.000Z")
    theirs = version("b", claim("high"), device="laptop-b", at="2026-01-05T17:00:00.000Z")
    found = fold(CASE, [ours, theirs]).known("rosh.overall", None, DAY)
    assert (found.disputed, found.value, set(found.values)) == (True, None, {"low", "high"})


def test_who_had_seen_the_other_displaces_it() -> None:
    """The second author had the first account in front of them."""
    ours = version("a", claim("low"), device="laptop-a", seq=4)
    theirs = version("b", claim("high"), device="laptop-b", seen={"laptop-a": 4})
    assert fold(CASE, [ours, theirs]).known("rosh.overall", None, DAY).value == "high"


def test_a_file_brought_in_has_seen_nothing_but_its_own_authors_past() -> None:
    """History from a file never displaces what was signed here, nor another author's account."""
    kim, lee = Author("Kim", "practitioner"), Author("Lee", "spo")
    first = version("a", claim("low"), device="laptop-a", seq=1, brought=kim, at="2026-01-05T09:00:00.000Z")
    again = version("b", claim("high"), device="laptop-a", seq=2, brought=kim, at="2026-01-05T10:00:00.000Z")
    other = version(
        "c", claim("medium"), device="laptop-a", seq=3, brought=lee, at="2026-01-05T11:00:00.000Z"
    )
    assert fold(CASE, [first, again]).known("rosh.overall", None, DAY).value == "high"
    assert fold(CASE, [first, again, other]).known("rosh.overall", None, DAY).disputed


def test_a_fork_keeps_both_accounts_until_a_join() -> None:
    """Two amendments of one version are two heads; a join settles them."""
    root = version("a", claim("low"))
    left = version("b", claim("medium"), entry="a", act="amend", parents=("a",), device="laptop-a", seq=2)
    right = version(
        "c", claim("high"), entry="a", act="amend", parents=("a",), device="laptop-b", seen={"laptop-a": 1}
    )
    forked = fold(CASE, [root, left, right])
    assert forked.entries["a"].forked
    assert forked.known("rosh.overall", None, DAY).disputed
    joined = version(
        "d", claim("high"), entry="a", act="join", parents=("b", "c"), seq=3, seen={"laptop-b": 1}
    )
    settled = fold(CASE, [root, left, right, joined])
    assert not settled.entries["a"].forked
    assert settled.known("rosh.overall", None, DAY).value == "high"


def test_an_amendment_needs_a_new_countersignature() -> None:
    """The head reads 'countersigned before the last change'."""
    root = version("a", claim("low"))
    agreed = version(
        "b", entry="a", act="countersign", parents=("a",), device="laptop-b", seen={"laptop-a": 1}
    )
    assert fold(CASE, [root, agreed]).entries["a"].status == "countersigned"
    later = version("c", claim("high"), entry="a", act="amend", parents=("a",), seq=2, seen={"laptop-b": 1})
    entry = fold(CASE, [root, agreed, later]).entries["a"]
    assert (entry.status, entry.countersigned_before) == ("signed", True)


def test_withdrawn_and_restricted_claims_leave_the_fold() -> None:
    """The words stay; what they said of the case does not count."""
    root = version("a", claim("low"))
    for act, status in (("withdraw", "withdrawn"), ("restrict", "restricted")):
        out = version("b", entry="a", act=act, parents=("a",), seq=2)
        case = fold(CASE, [root, out])
        assert (case.entries["a"].status, case.claims) == (status, {})


def test_erased_content_never_counts_even_where_it_is_still_held() -> None:
    """A copy that arrives after the erase act is as good as gone."""
    root = version("a", claim("low"))
    gone = version("b", entry="a", act="erase", parents=("a",), seq=2)
    assert state(fold(CASE, [root, gone])) == state(fold(CASE, [gone, root.without_content()]))


def test_a_fact_that_holds_many_is_a_set() -> None:
    """A value leaves only by its own end."""
    flags = [
        version("a", claim("RCHD", fact="flag.code", from_="2026-01-01")),
        version("b", claim("MAPP", fact="flag.code", from_="2026-02-01"), seq=2),
        version("c", claim("RCHD", fact="flag.code", from_="2026-03-01", until="2026-04-01"), seq=3),
    ]
    case = fold(CASE, flags)
    assert case.known("flag.code", None, "2026-03-15", many=True).values == ("MAPP", "RCHD")
    assert case.known("flag.code", None, DAY, many=True).values == ("MAPP",)


# Any order, any repeats, skewed clocks, erased versions


@st.composite
def histories(draw: st.DrawFn) -> list[Version]:
    """What up to three laptops wrote about one case, each with its own skewed clock and view of the others."""
    made: list[Version] = []
    counts = {"a": 0, "b": 0, "c": 0}
    skew = {device: draw(st.integers(-3, 3)) for device in counts}
    held: dict[str, list[Version]] = {device: [] for device in counts}
    for n in range(draw(st.integers(1, 10))):
        device = draw(st.sampled_from(sorted(counts)))
        if draw(st.booleans()):
            other = draw(st.sampled_from(sorted(counts)))
            held[device] = list({v.id: v for v in [*held[device], *held[other]]}.values())
        counts[device] += 1
        seen = {}
        for version_ in held[device]:
            owner = version_.header.device
            seen[owner] = max(seen.get(owner, 0), version_.header.seq)
        moment = datetime(2026, 1, 5, tzinfo=UTC) + timedelta(days=skew[device], hours=n)
        act = draw(
            st.sampled_from(["record", "record", "amend", "withdraw", "countersign", "restrict", "erase"])
        )
        target = draw(st.sampled_from(held[device])) if held[device] and act != "record" else None
        value = draw(st.sampled_from(["low", "medium", "high"]))
        day = draw(st.sampled_from(["2026-01-05", "2026-01-06"]))
        new = version(
            f"{n:02d}-{device}",
            *([claim(value, day)] if act in ("record", "amend") else []),
            entry=target.header.entry if target else None,
            act=act if target else "record",
            parents=(target.id,) if target else (),
            device=device,
            seq=counts[device],
            seen=seen,
            at=clock.stamp(moment),
        )
        held[device].append(new)
        made.append(new)
    return made


@settings(max_examples=150, deadline=None)
@given(histories(), st.randoms(use_true_random=False), st.data())
def test_any_order_any_repeats_and_any_steps_give_one_state(
    history: list[Version], chance: object, data: st.DataObject
) -> None:
    """The whole rebuild equals the incremental fold, in every order of arrival."""
    expected = state(fold(CASE, history))
    shuffled = history + data.draw(st.lists(st.sampled_from(history), max_size=4))
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert state(fold(CASE, shuffled)) == expected
    step = Case(CASE, {}, {})
    while shuffled:
        cut = data.draw(st.integers(1, len(shuffled)))
        step, shuffled = step.with_versions(shuffled[:cut]), shuffled[cut:]
    assert state(step) == expected


def test_a_case_of_many_entries_folds_in_one_walk() -> None:
    """Eight hundred entries at once take moments: the work grows with the claims, not with their square."""
    many = [
        version(f"v{n:04d}", *(claim("x", fact=f"fact.{n}.{k}") for k in range(5)), seq=n + 1)
        for n in range(800)
    ]
    begun = perf_counter()
    found = Case(CASE, {}, {}).with_versions(many)
    taken = perf_counter() - begun
    assert state(found) == state(fold(CASE, many))
    assert taken < 0.2


KIM = Author("Kim Example", "spo")


def test_what_a_file_says_unsigned_touches_nothing_that_was_signed() -> None:
    """Neither a countersignature nor a way out; of what came unsigned itself it may speak."""
    for act in ("countersign", "return", "withdraw", "misfile", "restrict", "erase"):
        signed = version("a", claim("high"))
        said = version("b", entry="a", act=act, parents=("a",), seq=2, brought=KIM)
        found = fold(CASE, [signed, said])
        assert (found.entries["a"].status, found.entries["a"].countersigned) == ("signed", None), act
        assert found.known("rosh.overall", None, DAY).value == "high", act
    came = version("a", claim("high"), brought=Author("Ann Example", "practitioner"))
    said = version("b", entry="a", act="countersign", parents=("a",), seq=2, brought=KIM)
    assert fold(CASE, [came, said]).entries["a"].status == "countersigned"


def test_a_mark_comes_off_only_when_another_person_signed_too() -> None:
    """Not on one person's word, not on their own second signature, and not on a file's."""
    answers: dict[str, object] = {"path": "who", "marks_off": ["police"]}
    entry = version("a", claim("high"))
    act = version("b", entry="a", act="loosen", parents=("a",), seq=2, answers=answers)
    own = version("c", entry="a", act="countersign", parents=("b",), seq=3)
    filed = version("d", entry="a", act="countersign", parents=("b",), seq=4, brought=KIM)
    other = version("e", entry="a", act="countersign", parents=("b",), device="laptop-b")
    assert fold(CASE, [entry, act, own, filed]).entries["a"].loosened("a") == {}
    stood = fold(CASE, [entry, act, other]).entries["a"]
    assert stood.loosened("a") == {"who": frozenset({"police"})}
    unsigned = version("b", entry="a", act="loosen", parents=("a",), seq=2, answers=answers, brought=KIM)
    assert fold(CASE, [entry, unsigned, other]).entries["a"].loosened("a") == {}


def test_who_saw_the_same_thing_in_another_store_has_seen_it() -> None:
    """A version brought in twice has two places; having seen either is having seen it."""
    ours = version("a", claim("low"), device="laptop-a", seq=4, brought=KIM)
    ours = msgspec.structs.replace(ours, also=(("laptop-b", 7),))
    theirs = version("b", claim("high"), device="laptop-b", seq=8, seen={"laptop-b": 7})
    assert fold(CASE, [ours, theirs]).known("rosh.overall", None, DAY).value == "high"
