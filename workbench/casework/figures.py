"""Figures: how many of what fell due in a quarter were done in time, with what is behind each number.

A duty counts in the quarter of its last day. It is in time where the later of the day it was done and the
day its entry was signed is no later than that; on arrival, where its entry had also come here by then.
Short notice is counted apart, and never against anybody.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Literal

import msgspec

from workbench import clock as clocks
from workbench.casework import overseeing
from workbench.casework.desk import Desk
from workbench.models.fold import stand
from workbench.store import oversight
from workbench.store.oversight import Occurrence, Signing

Result = Literal["in-time", "late", "not-done", "short-notice", "used", "not-used", "not-decided"]
# Fewer than this many are not told to readers outside the team.
FEW = 5
QUARTERS = 8
MAPS = "maps"
_GOOD = frozenset({"in-time", "used"})
_MAPS_FORMS = ("interventions", "maps-plan")
_MAPS_ADVICE = frozenset({"maps-must", "maps-may"})


class Figure(msgspec.Struct, frozen=True):
    """What is counted: its words, what being counted in means, and the rules whose duties are counted."""

    figure: str
    title: str
    means: str
    rules: tuple[str, ...] = ()


FIGURES = (
    Figure("arms", "First ARMS in time", "done by its last day", ("arms-initial",)),
    Figure("arms-review", "ARMS reviews in time", "reviewed by the last day", ("arms-review",)),
    Figure("level-1", "MAPPA Level 1 reviews in time", "reviewed by the last day", ("mappa-l1-review",)),
    Figure("visit-first", "First home visits in time", "seen at home by the last day", ("home-visit-first",)),
    Figure(
        "visit-later", "Later home visits in time", "seen at home by the last day", ("home-visit-concern",)
    ),
    Figure("looks", "Touch points in time", "looked at by the last day"),
    Figure("release-plan", "Plans before release in time", "countersigned by the last day", ("rmp-release",)),
    Figure(MAPS, "Maps for Change used where advised", "chosen for use"),
)


class Counted(msgspec.Struct, frozen=True):
    """One thing counted: on which case, in which quarter, by when, when it was done and signed, how it counts."""

    case: str
    quarter: str
    officer: str
    due: str
    done: str
    result: Result
    arrived_late: bool = False


class Sum(msgspec.Struct, frozen=True):
    """So many of so many; `arrived` counts those that had also come here in time, `short` those of short notice."""

    good: int
    of: int
    arrived: int
    short: int


class Told(msgspec.Struct, frozen=True):
    """A figure with everything it counts, the newest quarter first; `undated` are owed with no last day set."""

    figure: Figure
    quarters: tuple[str, ...]
    counted: tuple[Counted, ...]
    undated: int = 0

    def sum(self, quarter: str = "") -> Sum:
        """The sum of one quarter, or of all."""
        found = [each for each in self.counted if quarter in ("", each.quarter)]
        short = sum(each.result == "short-notice" for each in found)
        good = [each for each in found if each.result in _GOOD]
        arrived = sum(not each.arrived_late for each in good)
        return Sum(len(good), len(found) - short, arrived, short)


def figures(desk: Desk, officer: str = "") -> tuple[Told, ...]:
    """Every figure over the last eight quarters, of all cases or of one officer's; one row of the look-log.

    Figures of one practitioner are for that practitioner and the SPO; for anybody else they are empty.
    """
    quarters = last_quarters(desk.today)
    wanted = {rule: figure for figure in FIGURES for rule in _rules(desk, figure)}
    found: dict[str, list[Counted]] = {figure.figure: [] for figure in FIGURES}
    undated: dict[str, int] = {}
    may, today = _may_see(desk, officer), desk.today.isoformat()
    occurrences = list(oversight.occurrences(desk.store.connection, tuple(wanted), _first_day(quarters[-1])))
    met = {each.met_by for each in occurrences if each.met_by is not None}
    signed = oversight.signings(desk.store.connection, met)
    for each in occurrences:
        figure = wanted[each.duty.split("/", 1)[0]].figure
        if may(each.officer or ""):
            undated[figure] = undated.get(figure, 0) + (
                each.no_date and not each.met_on and not each.ended_on
            )
            found[figure] += _counted(each, signed, today)
    found[MAPS] = [each for each in _maps(desk) if may(each.officer)]
    desk.log("listed", detail=f"figures{' of one officer' if officer else ''}")
    return tuple(
        Told(
            figure,
            quarters,
            tuple(each for each in _in_order(found[figure.figure]) if each.quarter in quarters),
            undated.get(figure.figure, 0),
        )
        for figure in FIGURES
    )


def _may_see(desk: Desk, officer: str) -> Callable[[str], bool]:
    own = desk.device.card
    if not officer:
        return lambda _: True
    allowed = own.role == "spo" or officer == own.name
    return lambda name: allowed and name == officer


def officers(desk: Desk) -> tuple[str, ...]:
    """Whose own figures the person here may see, in order of name."""
    own = desk.device.card
    named = {row.officer for row in desk.cases() if row.officer}
    return tuple(sorted(named if own.role == "spo" else named & {own.name}, key=str.casefold))


def _rules(desk: Desk, figure: Figure) -> Iterable[str]:
    return sorted(overseeing.rules(desk)) if figure.figure == "looks" else figure.rules


def quarter_of(day: str) -> str:
    """The quarter of a calendar year a day lies in: `2026-03-05` is in `2026 Q1`."""
    return f"{day[:4]} Q{(int(day[5:7]) + 2) // 3}"


def last_quarters(today: date) -> tuple[str, ...]:
    """The present quarter and the seven before it, newest first."""
    first = date(today.year, (today.month - 1) // 3 * 3 + 1, 1)
    found = [quarter_of(first.isoformat())]
    while len(found) < QUARTERS:
        first = (first - timedelta(days=1)).replace(day=1)
        name = quarter_of(first.isoformat())
        if name != found[-1]:
            found.append(name)
    return tuple(found)


def _first_day(quarter: str) -> str:
    return f"{quarter[:4]}-{int(quarter[-1]) * 3 - 2:02d}-01"


def _counted(each: Occurrence, signed: Mapping[str, Signing], today: str) -> Iterator[Counted]:
    """The duty as it counts; nothing where its last day is to come, none is set, or it ended before it."""
    if each.due is None or (each.no_date and each.met_on is None):
        return
    gone = each.ended_on is not None and each.ended_on <= each.due
    if (each.met_on is None and (each.due >= today or gone or each.waiting_since)) or each.due > today:
        return
    done = arrived = ""
    if each.met_on is not None:
        moments = signed.get(each.met_by or "")
        done = max(_day(each.met_on), _day(moments.signed_at) if moments else "")
        arrived = max(done, _day(moments.received_at) if moments else "")
    result: Result = "not-done"
    if each.short_notice:
        result = "short-notice"
    elif done:
        result = "in-time" if done <= each.due else "late"
    late = result == "in-time" and arrived > each.due
    yield Counted(each.case, quarter_of(each.due), each.officer or "", each.due, done, result, late)


def _day(moment: str) -> str:
    return clocks.day_of(clocks.moment(moment)).isoformat() if "T" in moment else moment


def _maps(desk: Desk) -> Iterator[Counted]:
    """Each recorded choice in the quarter it was made; where one is advised and nobody chose, in this quarter."""
    rows = {row.case: row for row in desk.cases()}
    since = _first_day(last_quarters(desk.today)[-1])
    entries = dict[str, str]()
    for case, entry in oversight.happened(desk.store.connection, _MAPS_FORMS, since):
        entries[entry] = desk.links.reading(case)
    chosen: dict[str, tuple[str, str]] = {}
    for entry, versions in oversight.versions_of(desk.store.connection, entries).items():
        for version in stand(entry, versions).live:
            said = [claim for claim in version.claims if claim.fact == "maps.choice"]
            day = version.header.on[:10]
            if said and chosen.get(entries[entry], ("",))[0] <= day:
                chosen[entries[entry]] = (day, str(said[0].is_))
    for case, (day, choice) in chosen.items():
        if case in rows:
            result: Result = "used" if choice == "use" else "not-used"
            yield Counted(case, quarter_of(day), rows[case].officer or "", "", day, result)
    for case in oversight.advised(desk.store.connection, _MAPS_ADVICE):
        if case in rows and case not in chosen:
            quarter = quarter_of(desk.today.isoformat())
            yield Counted(case, quarter, rows[case].officer or "", "", "", "not-decided")


def _in_order(found: Iterable[Counted]) -> list[Counted]:
    """The newest first: by last day, or by the day of the choice."""
    return sorted(found, key=lambda each: (each.due or each.done or "9999", each.case), reverse=True)


# For others


def exported(desk: Desk, told: Iterable[Told], officer: str, *, few: bool) -> str:
    """The figures as CSV, a line a figure and quarter; with `few` small numbers are kept back. Logged as an export."""
    whose = officer or "everybody"
    lines = [
        ("figure", "whose", "quarter", "in time or used", "of", "had arrived in time", "short notice, apart")
    ]
    for each in told:
        for name in each.quarters:
            lines.append((each.figure.title, whose, name, *cells(each.sum(name), few=few)))
    desk.log("exported", detail=f"figures as csv{', small numbers kept back' if few else ''}")
    return "".join(",".join(_cell(cell) for cell in line) + "\r\n" for line in lines)


def cells(sum_: Sum, *, few: bool) -> tuple[str, str, str, str]:
    """The numbers of a sum; with `few` those that would tell of fewer than five are kept back.

    Where the part or the rest is small, the part is kept back: either would give the other away.
    """
    if not few:
        return (str(sum_.good), str(sum_.of), str(sum_.arrived), str(sum_.short))
    rest = sum_.of - sum_.good
    hidden = 0 < sum_.of < FEW
    good = (
        f"<{FEW}"
        if hidden or 0 < sum_.good < FEW
        else f">{sum_.of - FEW}"
        if 0 < rest < FEW
        else str(sum_.good)
    )
    arrived = str(sum_.arrived) if good == str(sum_.good) and sum_.arrived == sum_.good else "kept back"
    return (good, f"<{FEW}" if hidden else str(sum_.of), arrived, _small(sum_.short))


def _small(number: int) -> str:
    return f"<{FEW}" if 0 < number < FEW else str(number)


def _cell(text: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    told = f"'{text}" if text.startswith(("=", "+", "-", "@", "\t")) else text
    return f'"{told.replace(chr(34), chr(34) * 2)}"' if any(sign in told for sign in ',"\r\n') else told
