"""Release: the day somebody in custody walks out, how that day is known, and when offices open after it."""

from __future__ import annotations

from datetime import date, timedelta

import msgspec

from workbench.casework.desk import Desk
from workbench.forms.definition import rows
from workbench.models.fold import Live
from workbench.rules.calendar import Calendar
from workbench.rules.episodes import Episode, day_or_none, episodes

INSIDE = ("custody", "recall-custody")


class WayOut(msgspec.Struct, frozen=True):
    """A time in custody and the day on which it ends.

    `since` is its first day. `day` is None where no day of release is recorded for it; `known` is
    `confirmed`, `reckoned` or empty, `because` how it was reckoned, `entry` the entry that says so.
    `open_again` is the first working day after it, where offices are closed on that day or the next.
    """

    since: date
    recalled: bool
    day: date | None = None
    known: str = ""
    because: str = ""
    entry: str = ""
    open_again: date | None = None


def way_out(desk: Desk, case: str) -> WayOut | None:
    """How somebody in custody or recalled to it leaves; None for everybody else.

    Of several sentences the earliest day counts, as it does for what is due before release.
    """
    stood, today = desk.case(case), desk.today
    inside = [each for each in episodes(stood) if each.kind in INSIDE and _holds(each, today)]
    if not inside:
        return None
    since = min(each.from_ for each in inside)
    recalled = any(each.kind == "recall-custody" for each in inside)
    days: list[tuple[date, str, Live]] = []
    for each in inside:
        found = stood.known("sentence.release_on", each.sentence, today.isoformat())
        day = day_or_none(found.value)
        if day is not None and day >= since:
            days.append((day, each.sentence or "", found.claims[0]))
    if not days:
        return WayOut(since, recalled)
    day, sentence, live = min(days, key=lambda found: found[:2])
    row = next(
        (row for row in rows(live.version.answers().get("sentences")) if row.get("id") == sentence), {}
    )
    return WayOut(
        since,
        recalled,
        day,
        known=str(row.get("release_from", "")),
        because=str(row.get("release_because", "")),
        entry=live.version.header.entry,
        open_again=open_again(desk.book.calendar, day),
    )


def open_again(calendar: Calendar, day: date) -> date | None:
    """The first working day after a day, where offices are closed on that day or the next; else None."""
    after = day + timedelta(days=1)
    if calendar.is_working(day) and calendar.is_working(after):
        return None
    return calendar.working_on_or_after(after)


def _holds(episode: Episode, day: date) -> bool:
    return episode.from_ <= day and (episode.until is None or day < episode.until)
