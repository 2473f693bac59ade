"""The case as it stands and what is due: fold, case row, due lists, and the case of 5,000 entries opened."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import cycle, islice
from pathlib import Path

from tests.bench import places
from tests.bench.harness import Line, Sizes, Spread, alone, compare, single, times, took, versus
from workbench.casework import reading
from workbench.casework.desk import Desk
from workbench.casework.signing import form_name
from workbench.models.fold import Case
from workbench.models.fold import fold as fold_all
from workbench.store.store import CaseRow, Logged, Write

MORNINGS = 28
CASE = "00000000-0000-7000-8000-00000000b1c0"


def fold(sizes: Sizes, folder: Path) -> Iterator[Line]:
    """A long case folded, alone and against a tenth of it."""
    form = ("contact", 1, "0" * 64)
    versions = tuple(places.history(CASE, form, sizes.entries))
    tenth = versions[: sizes.entries // 10]
    whole = lambda: took(lambda: fold_all(CASE, versions))
    part = lambda: took(lambda: fold_all(CASE, tenth), 5)
    claims = sum(len(version.claims) for version in versions)
    note = f"{claims:,} claims"
    found = compare(whole, part, sizes.rounds)
    yield versus(f"fold {len(versions):,} entries", "a tenth of them", found, ratio=11, ms=60, note=note)


def long_case(sizes: Sizes, folder: Path) -> Iterator[Line]:
    """A long case read from the store and folded, against the raw query for what is shown of it."""
    desk = places.empty(folder / "long")
    try:
        form = form_name(desk, desk.library.form("contact"))
        versions = tuple(places.history(CASE, form, sizes.entries))
        write = Write(CaseRow(CASE, "B900000"), Logged("recorded", desk.stamp()), versions=versions)
        desk.store.append(write, desk.device.device, "Ann Example")
        sql = desk.store.connection

        def opened() -> float:
            desk.forget(CASE)
            return took(lambda: desk.case(CASE))

        def listed() -> float:
            desk.forget(CASE)
            return took(lambda: reading.chronology(desk, CASE))

        def raw() -> object:
            query = "SELECT header, content, signature FROM versions WHERE case_id = ? ORDER BY n"
            return sql.execute(query, (CASE,)).fetchall()

        floor = lambda: took(raw)
        what = f"case of {len(versions):,} entries: "
        found = compare(opened, floor, sizes.rounds)
        yield versus(f"{what}open (read and fold)", "its rows by raw SQL", found, ratio=2, ms=100)
        found = compare(listed, floor, sizes.rounds)
        yield versus(
            f"{what}open and list", "its rows by raw SQL", found, note="not budgeted without a window"
        )
        row = lambda: took(lambda: desk.store.case_row(CASE), 20)
        yield single("case row", alone(row, sizes.rounds), ms=1)
    finally:
        desk.close()


def due(sizes: Sizes, folder: Path) -> Iterator[Line]:
    """What is due of one case and of many, and the store's own sweep when the day or the books change."""
    desk = places.caseload(folder / "due", sizes.cases)
    try:
        cases = [desk.case(row.case) for row in desk.store.cases()]
        fullest = desk.case(places.fullest(desk))
        note = f"{len(fullest.entries)} entries, the fullest"
        one = alone(lambda: _after_a_change(desk, fullest), sizes.rounds * 3)
        yield single("due list of one case after a change", one, ms=2, note=note)
        cold = alone(lambda: _after_a_change(desk, fullest, kept=False), sizes.rounds * 3)
        yield single("due list of one case, nothing worked out before", cold, note=note)
        many, few = sizes.region, max(1, sizes.region // 10)
        found = compare(_each(desk, cases, many), _each(desk, cases, few), sizes.rounds)
        note = "the sample's stories again and again"
        yield single(f"due lists of {many:,} cases, each", times(found[0], 1 / many), ms=1, note=note)
        yield versus(f"due lists of {many:,} cases", f"of {few:,} cases", found, ratio=11)
        sweep = times(alone(lambda: _sweep(desk), sizes.rounds), 1 / len(cases))
        yield single("due sweep (read, fold, work out, write), each case", sweep)
        morning = Spread(*[_mornings(desk) / MORNINGS / len(cases)] * 3)
        note = f"mean of {MORNINGS} mornings: only those whose day has come are worked out"
        yield single("what turned overnight, each case of the region", morning, ms=1, note=note)
    finally:
        desk.close()


def _after_a_change(desk: Desk, case: Case, *, kept: bool = True) -> float:
    """The newest contact comes in; what was kept is what stood before it."""
    newest = case.of_form("contact")[-1]
    before = fold_all(case.id, (v for v in case.versions() if v.header.entry != newest.id))
    after = before.with_versions(newest.versions)
    desk.outcome(before)
    if not kept:
        desk.read_anew()
    return took(lambda: desk.outcome(after))


def _each(desk: Desk, cases: list[Case], count: int) -> Callable[[], float]:
    def work_out() -> None:
        for case in islice(cycle(cases), count):
            desk.outcome(case)

    return lambda: took(work_out)


def _mornings(desk: Desk) -> float:
    """Four weeks with no new entry; each morning begins with nothing read."""
    seconds = 0.0
    for _ in range(MORNINGS):
        desk.clock.move(timedelta(days=1))  # type: ignore[attr-defined]
        desk.read_anew()
        seconds += took(lambda: reading.refresh(desk))
    return seconds


def _sweep(desk: Desk) -> float:
    desk.store.connection.execute("UPDATE cases SET book = NULL")
    for row in desk.store.cases():
        desk.forget(row.case)
    return took(lambda: reading.refresh(desk))
