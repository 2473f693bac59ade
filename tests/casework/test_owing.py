"""What presses: the piles the store counts and the few rows it reads are what a scan of every row gives."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.casework.linked import link, unlink
from tests.conftest import NOW, Stores
from workbench.casework import owing
from workbench.casework.desk import Desk
from workbench.casework.owing import Owed
from workbench.clock import stamp
from workbench.models.results import Because, Duty, Finding
from workbench.rules import states
from workbench.store.store import CaseRow, Results

CASES = ("case-a", "case-b")
BECAUSE = Because("", "rule", None, "book", None, "ours")
# Mostly none, so that many duties stand alike; else the day itself, or one beside it: where a state turns.
DAYS = st.sampled_from((None,) * 6 + (-40, -1, 0, 1)).map(
    lambda days: None if days is None else (NOW + timedelta(days=days)).date().isoformat()
)
MOMENTS = st.sampled_from((None,) * 6 + (-90_000, -1, 0, 1, 90_000)).map(
    lambda seconds: None if seconds is None else stamp(NOW + timedelta(seconds=seconds))
)
FLAG = st.sampled_from((False,) * 9 + (True,))
DUTIES = st.builds(
    Duty,
    duty=st.integers(0, 10**6).map(lambda number: f"rule/{number}/1"),
    rule=st.just("rule"),
    case=st.sampled_from(CASES),
    asks=st.just("Ask"),
    owed_by=st.sampled_from(("practitioner", "spo", "court-officer")),
    level=st.sampled_from(("warn", "serious")),
    tells=st.sampled_from(((), ("practitioner", "spo"), ("spo",))),
    kind=st.sampled_from(("duty",) * 5 + ("event",)),
    started_on=st.just("2026-01-01"),
    because=st.just(BECAUSE),
    due=DAYS,
    due_at=MOMENTS,
    soon_from=DAYS,
    met_on=st.sampled_from((None,) * 9 + ("2026-03-01",)),
    ended_on=DAYS,
    deferred_until=DAYS,
    waiting_since=st.sampled_from((None,) * 9 + ("2026-03-01",)),
    short_notice=FLAG,
    no_date=FLAG,
    stands=FLAG,
    urgent=FLAG,
)
FINDINGS = st.builds(
    Finding,
    finding=st.integers(0, 10**6).map(lambda number: f"finding/{number}"),
    rule=st.just("rule"),
    case=st.sampled_from(CASES),
    entry=st.none(),
    question=st.none(),
    level=st.sampled_from(("note", "warn", "serious")),
    says=st.just("Look"),
    because=st.just(BECAUSE),
    tells=st.sampled_from(((), ("practitioner",), ("spo", "practitioner"), ("spo",))),
    urgent=FLAG,
)


def scanned(desk: Desk) -> list[tuple[tuple[int, int, str, str], str]]:
    """Every item by reading every row, in the order of the rules, and its state."""
    held, role = {row.case for row in desk.cases()}, desk.device.card.role
    found = [
        (states.pressing(duty, desk.now), states.state(duty, desk.now))
        for duty in desk.store.duties()
        if duty.case in held
        and states.is_item(duty, desk.now)
        and (states.is_item_for(duty, role) or states.is_told(duty, role, desk.now))
    ]
    for finding in desk.store.findings():
        if finding.case in held and states.is_item_for(finding, role):
            found.append(((*states.looks(finding), "", finding.finding), ""))
    return sorted(found)


def name_of(item: Owed) -> str:
    """The id of the duty; a finding's is not in its item."""
    return item.duty.duty if item.duty is not None else item.asks


def told(scan: list[tuple[tuple[int, int, str, str], str]]) -> list[str]:
    return [key[3] if state else "Look" for key, state in scan]


def test_the_piles_hold_what_a_scan_of_every_row_gives_in_the_same_order(stores: Stores) -> None:
    """Whatever the dates of the duties and the moment; each count, and the first of any number, for either role."""
    for role in ("practitioner", "spo"):
        _holds(stores, stores.desk(role, role=role))


def _holds(stores: Stores, desk: Desk) -> None:
    rows = {case: CaseRow(case, case.upper()) for case in CASES}

    @settings(max_examples=12)
    @given(
        st.lists(DUTIES, min_size=5, max_size=30, unique_by=lambda duty: duty.duty),
        st.lists(FINDINGS, max_size=6, unique_by=lambda finding: finding.finding),
        st.sampled_from((0, 1, 999, 1_000_000, -1_000_000, 86_400_000_000, -86_400_000_000)),
        st.integers(0, 12),
    )
    def holds(duties: list[Duty], findings: list[Finding], off: int, most: int) -> None:
        stores.clock.at = NOW + timedelta(microseconds=off)
        desk.store.put_results(
            Results(
                row,
                tuple(duty for duty in duties if duty.case == case),
                tuple(finding for finding in findings if finding.case == case),
            )
            for case, row in rows.items()
        )
        scan, piles = scanned(desk), owing.piles(desk)
        counts: Counter[str] = Counter()
        for pile in piles:
            counts[pile.state] += pile.count
        assert counts == Counter(state for _, state in scan)
        assert [name_of(item) for item in owing.first(piles, len(scan) + 1)] == told(scan)
        assert [name_of(item) for item in owing.first(piles, most)] == told(scan)[:most]

    holds()


def test_no_more_rows_are_read_of_a_pile_than_are_shown(stores: Stores) -> None:
    """A region's worth of what is overdue is counted, and ten are read."""
    desk = stores.desk()
    duty = Duty("", "rule", "case-a", "Ask", "practitioner", "duty", "2026-01-01", BECAUSE, due="2026-03-01")
    owed = tuple(msgspec.structs.replace(duty, duty=f"rule/{number:04}/1") for number in range(500))
    desk.store.put_results([Results(CaseRow("case-a", "CASE-A"), owed)])
    (pile,) = owing.piles(desk)
    assert (pile.count, [placed[0] for placed in pile.read(2)]) == (
        500,
        [("2026-03-01", "rule/0000/1"), ("2026-03-01", "rule/0001/1")],
    )


def test_linked_cases_press_as_one_and_apart_again_as_two(pair: tuple[Desk, str, str]) -> None:
    """Under the case they are read under; nothing twice."""
    desk, ours, theirs = pair
    apart = owing.first(owing.piles(desk), 99)
    assert [name_of(item) for item in apart] == told(scanned(desk))
    assert {item.case for item in apart} == {theirs}
    made = link(desk, theirs, ours)
    joined = owing.first(owing.piles(desk), 99)
    assert [name_of(item) for item in joined] == told(scanned(desk))
    assert {item.case for item in joined} == {ours}
    unlink(desk, made)
    assert owing.first(owing.piles(desk), 99) == apart
