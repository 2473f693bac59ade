"""Each benchmark once, as small as it goes: so that none rots between the runs that count."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bench.__main__ import BENCHES
from tests.bench.harness import TINY, Line, Spread, compare, table


@pytest.mark.parametrize("name", BENCHES)
def test_every_benchmark_runs(name: str, tmp_path: Path) -> None:
    lines = list(BENCHES[name](TINY, tmp_path))
    assert lines
    assert all(line.took or line.note for line in lines)
    assert all(line.ratio is None or line.ratio.median > 0 for line in lines)


def test_a_ratio_is_taken_round_by_round_and_the_first_round_only_warms() -> None:
    above, below = iter([100.0, 2.0, 4.0, 9.0]), iter([1.0, 1.0, 2.0, 3.0])
    found, ratio = compare(lambda: next(above), lambda: next(below), 3)
    assert found == Spread(4.0, 2.0, 9.0)
    assert ratio == Spread(2.0, 2.0, 3.0)


@pytest.mark.parametrize(
    ("line", "held"),
    [
        (Line("w", took=Spread(5, 1, 9), may_take=5), True),
        (Line("w", took=Spread(5, 1, 9), may_take=4), False),
        (Line("w", took=Spread(5, 1, 9), ratio=Spread(3, 1, 9), may_ratio=2, may_take=5), False),
        (Line("w", took=Spread(5, 1, 9)), None),
        (Line("w", may_ratio=1, note="floor not installed"), None),
    ],
)
def test_a_budget_is_judged_by_the_median(line: Line, held: bool | None) -> None:
    assert line.held is held


def test_the_table_tells_what_missed() -> None:
    text = table([Line("slow", "floor", Spread(5, 1, 9), "ms", Spread(3, 2, 4), 2.0, 4.0)])
    assert "MISS  slow" in text
    assert "3.00 × (2.00-4.00)" in text
    assert "≤ 2 × and ≤ 4 ms" in text
