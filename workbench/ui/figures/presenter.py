"""Figures in words: so many of so many, over time, and the cases behind each number; no Qt here."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from workbench.casework import figures
from workbench.casework.desk import Desk
from workbench.casework.figures import FEW, MAPS, Counted, Sum, Told
from workbench.ui.widgets.row import Row
from workbench.ui.words import day_words, short_day

ALL = ""
READERS = {"spo": "Inside the team", "figures": "Outside the team"}
HEAD = ("Quarter", "In time", "Arrived in time", "Short notice, apart")
_RESULTS = {
    "in-time": ("In time", "good"),
    "late": ("Late", "danger"),
    "not-done": ("Not done", "danger"),
    "short-notice": ("Short notice, counted apart", "info"),
    "used": ("Used", "good"),
    "not-used": ("Not used, with a reason", "info"),
    "not-decided": ("Advised, and nothing chosen yet", "warn"),
}
NOTE = (
    "A duty counts in the quarter of its last day; in time is told by the day its entry was signed. Short notice is "
    "counted apart. Leave and vacancies are not recorded here: read each figure with them in mind."
)


class Quarter(msgspec.Struct, frozen=True):
    """One quarter of a figure: its name, its numbers as words, and the share of its bar; None where there is none."""

    name: str
    words: str
    label: str
    arrived: str
    short: str
    share: float | None


class Shown(msgspec.Struct, frozen=True):
    """One figure: its sum in words, its quarters oldest first, and the cases behind it (none for readers outside)."""

    figure: str
    title: str
    head: tuple[str, ...]
    sum: str
    says: tuple[str, ...]
    quarters: tuple[Quarter, ...]
    spoken: str
    cases: tuple[Row, ...]


class Figures(msgspec.Struct, frozen=True):
    """Everything on the screen, for one reader and of one officer or all; `told` is what an export writes."""

    reader: str
    officer: str
    officers: Mapping[str, str]
    period: str
    rows: tuple[Row, ...]
    shown: tuple[Shown, ...]
    told: tuple[Told, ...]


def read(desk: Desk, reader: str, officer: str) -> Figures:
    """The figures for a reader; those of one officer are never for readers outside."""
    officer = officer if reader == "spo" else ALL
    told = figures.figures(desk, officer)
    names = {row.case: row.name or row.crn for row in desk.cases()}
    few = reader != "spo"
    shown = tuple(_shown(desk, each, names, few=few) for each in told)
    newest, oldest = told[0].quarters[0], told[0].quarters[-1]
    return Figures(
        reader=reader,
        officer=officer,
        officers={ALL: "Everybody", **{name: name for name in figures.officers(desk)}},
        period=f"From {_months(oldest)[0]} to {_months(newest)[1]}; the last quarter is not over yet.",
        rows=tuple(_row(each, one) for each, one in zip(told, shown, strict=True)),
        shown=shown,
        told=told,
    )


def _months(quarter: str) -> tuple[str, str]:
    """The first and the last month of a quarter: of `2026 Q1` `January 2026` and `March 2026`."""
    last = int(quarter[-1]) * 3
    return day_words(f"{quarter[:4]}-{last - 2:02d}"), day_words(f"{quarter[:4]}-{last:02d}")


def _row(told: Told, shown: Shown) -> Row:
    apart = [says for says in shown.says if says.startswith("Short notice")]
    return Row(told.figure.figure, told.figure.title, line=". ".join((shown.sum, *apart)))


def _shown(desk: Desk, told: Told, names: Mapping[str, str], *, few: bool) -> Shown:
    total = told.sum()
    quarters = tuple(_of_quarter(told, name, few=few) for name in reversed(told.quarters))
    return Shown(
        figure=told.figure.figure,
        title=told.figure.title,
        head=("Quarter", "Used") if told.figure.figure == MAPS else HEAD,
        sum=_sum(total, few=few),
        says=tuple(_says(told, total, few=few)),
        quarters=quarters,
        spoken="; ".join(f"{each.name}: {each.words}" for each in quarters),
        cases=() if few else tuple(_case(desk, each, names) for each in told.counted),
    )


def _sum(total: Sum, *, few: bool) -> str:
    if not total.of:
        return "Nothing counted in these quarters"
    good, of, _, _ = figures.cells(total, few=few)
    return f"{good} of {of}{_per_cent(total, few=few)}"


def _per_cent(total: Sum, *, few: bool) -> str:
    """The share, where there are enough for one; kept back where it would tell of fewer than five."""
    rest = total.of - total.good
    told = few and (0 < total.good < FEW or 0 < rest < FEW)
    return "" if total.of < FEW or told else f" ({round(100 * total.good / total.of)} %)"


def _says(told: Told, total: Sum, *, few: bool) -> list[str]:
    """What stands beside the sum: what it means, arrival, short notice, what has no date."""
    _, _, arrived, short = figures.cells(total, few=few)
    says = [f"Counted in: {told.figure.means}."]
    if told.figure.figure != MAPS and total.of:
        says.append(
            f"On arrival here by the last day: {arrived}." if arrived.isdigit() else "On arrival: kept back."
        )
    if total.short:
        says.append(f"Short notice, counted apart: {short}.")
    if told.undated and not few:
        says.append(f"Owed with no last day set: {told.undated}.")
    return says


def _of_quarter(told: Told, name: str, *, few: bool) -> Quarter:
    total = told.sum(name)
    good, of, arrived, short = figures.cells(total, few=few)
    words = f"{good} of {of}{_per_cent(total, few=few)}" if total.of else "none"
    shares = total.of and (not few or _per_cent(total, few=few))
    label = f"{good} of {of}" if total.of else "none"
    return Quarter(name, words, label, arrived, short, total.good / total.of if shares else None)


def _case(desk: Desk, each: Counted, names: Mapping[str, str]) -> Row:
    words, tone = _RESULTS[each.result]
    days = [f"last day {short_day(each.due, desk.today)}"] if each.due else []
    if each.done:
        days.append(f"{'chosen' if not each.due else 'done'} {short_day(each.done, desk.today)}")
    late = ", came here late" if each.arrived_late else ""
    return Row(
        key=each.case,
        title=names.get(each.case, "No longer here"),
        badge=f"{words}{late}",
        badge_tone=tone,
        line=" · ".join((each.quarter, *days)),
    )


def behind(shown: Shown, quarter: str, told: Told) -> tuple[Row, ...]:
    """The cases behind one quarter of a figure, or behind all of it."""
    pairs = zip(told.counted, shown.cases, strict=False)
    return tuple(row for counted, row in pairs if quarter in ("", counted.quarter))


def csv(desk: Desk, found: Figures) -> str:
    """The figures as CSV, cut to the reader; logged as an export."""
    return figures.exported(desk, found.told, found.officer, few=found.reader != "spo")
