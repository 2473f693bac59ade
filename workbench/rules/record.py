"""One case laid out for one evaluation: entries by form, answers, views of the facts, episodes and runs."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import date, datetime
from operator import itemgetter
from typing import Any, NamedTuple

from workbench import clock
from workbench.clock import day_of
from workbench.models.evaluation import YES, Truth, evaluate
from workbench.models.expressions import Node
from workbench.models.facts import FactBook
from workbench.models.fold import Case, Entry, Key
from workbench.models.records import HEAD_ACTS, Author, Version
from workbench.rules import checks
from workbench.rules.book import RuleBook
from workbench.rules.episodes import Episode, Run, episodes, runs
from workbench.rules.files import EpisodeKind, Meeting
from workbench.rules.view import AnswerScope, Checks, FactScope, History, Shapes, View

Authors = Callable[[Version], Author]
"""Who wrote a version, by the name and the role that counts for them: for history brought in, as the file states."""

ANY_FACT = "any fact"


class Placed(NamedTuple):
    """An entry with the Europe/London day on which it happened."""

    day: date
    entry: Entry


class Said(NamedTuple):
    """One version of an entry that says, or once said, something of the case."""

    entry: Entry
    version: Version


class Match(NamedTuple):
    """An entry of the form that could meet a duty: from which day or moment, and whether it does."""

    entry: Entry
    version: Version
    on: str
    day: date
    truth: Truth

    @property
    def said_at(self) -> str:
        """The moment at which what met the duty was signed."""
        return self.version.said_at


# The day from which an entry meets, its id, the entry, and that day or its own moment as recorded.
_Met = tuple[date, str, Entry, str]


class Record:
    """What one evaluation of a case reads, each part worked out once."""

    def __init__(
        self,
        case: Case,
        book: RuleBook,
        facts: FactBook,
        shapes: Shapes,
        authors: Authors,
        now: datetime,
        language: str = "en",
    ) -> None:
        self.case = case
        self.book = book
        self.facts = facts
        self.shapes = shapes
        self.authors = authors
        self.now = now
        self.language = language
        self.today = day_of(now)
        self.episodes: tuple[Episode, ...] = episodes(case)
        self.kinds = frozenset(episode.kind for episode in self.episodes)
        # What was looked at since somebody last emptied it: facts by path, `of <kind>`, `form <id>`.
        self.looked_at: set[str] = set()
        # Expressions and versions that lack a row which the expression needs: neither ever changes.
        self.bare: set[tuple[str, str]] = set()
        self._history = History(case)
        self._answers: dict[str, dict[str, Any]] = {}
        self._views: dict[tuple[date, str | None], View] = {}
        self._checks: dict[tuple[date, str | None], Checks] = {}
        self._runs: dict[tuple[tuple[EpisodeKind, ...], bool], tuple[Run, ...]] = {}
        self._forms: dict[str, tuple[Placed, ...]] = {}
        self._said: dict[str, tuple[Said, ...]] = {}
        self._lines: dict[tuple[str, str, tuple[str, ...]], list[_Met]] = {}

    def of_form(self, form: str) -> tuple[Placed, ...]:
        """The entries of a form that still count, by day, then by id."""
        self.looked_at.add(f"form {form}")
        if form not in self._forms:
            entries = (e for e in self.case.by_form.get(form, ()) if e.live)
            placed = sorted((day_said(e.on), e.on, e.id, e) for e in entries)
            self._forms[form] = tuple(Placed(day, entry) for day, _, _, entry in placed)
        return self._forms[form]

    def ever_said(self, form: str) -> tuple[Said, ...]:
        """Every version of a form that ever said something here: withdrawn and restricted too, misfiled not."""
        self.looked_at.add(f"form {form}")
        if form not in self._said:
            found: list[Said] = []
            for entry in self.case.by_form.get(form, ()):
                found.extend(_said_by(entry))
            self._said[form] = tuple(found)
        return self._said[form]

    def said_apart(self) -> tuple[Key, ...]:
        """The facts of which current versions do not all say the same."""
        self.looked_at.add(ANY_FACT)
        return tuple(
            key
            for key, lives in self.case.claims.items()
            if len(lives) > 1 and any(live.claim.is_ != lives[0].claim.is_ for live in lives)
        )

    def entry(self, entry: str) -> Entry | None:
        """An entry by its id."""
        found = self.case.entries.get(entry)
        if found is not None:
            self.looked_at.add(f"form {found.form}")
        return found

    def answers(self, version: Version) -> dict[str, Any]:
        """The answers of a version."""
        key = version.header.id
        if key not in self._answers:
            self._answers[key] = version.answers()
        return self._answers[key]

    def view(self, day: date | None = None, said: str | None = None) -> View:
        """The facts as they stand on a day (today where none is named), as known at `said`."""
        key = (day or self.today, said)
        if key not in self._views:
            self._views[key] = View(self.case, self.facts, key[0], said, self._history, self.looked_at)
        return self._views[key]

    def facts_of(self, view: View, run: Run | None = None) -> FactScope:
        """The scope of a rule's expressions over a view."""
        return FactScope(view, self.checks(view), self.book.calendar, self.now, run)

    def answers_of(self, version: Version, view: View | None = None) -> AnswerScope:
        """The scope of an expression over the answers of a version."""
        form, number, _ = version.header.form
        shape = self.shapes.get((form, number))
        columns = shape.questions if shape else {}
        table = self.checks(view or self.view())
        return AnswerScope(self.answers(version), columns, table, self.book.calendar, self.now)

    def checks(self, view: View) -> Checks:
        """The named checks over a view."""
        key = (view.day, view.said)
        if key not in self._checks:
            self._checks[key] = checks.over(view)
        return self._checks[key]

    def runs(self, kinds: tuple[EpisodeKind, ...], *, cut: bool = False) -> tuple[Run, ...]:
        """The runs of these kinds of episode."""
        if (kinds, cut) not in self._runs:
            self._runs[kinds, cut] = runs(self.episodes, kinds, cut=cut)
        return self._runs[kinds, cut]

    def current(self, kinds: tuple[EpisodeKind, ...]) -> Run | None:
        """The run of these kinds that holds today; the one that began last, where several do."""
        held = [run for run in self.runs(kinds) if run.holds(self.today)]
        return held[-1] if held else None

    def matches(
        self,
        meetings: Iterable[Meeting],
        since: date,
        before: date | None = None,
        started_by: Collection[str] = (),
        *,
        newest_first: bool = False,
    ) -> Iterator[Match]:
        """The entries that may meet one of `meetings`, earliest first, from `since` and before `before`.

        `started_by` are the entries that started the clock; they do not meet what asks for another.
        """
        lines = []
        for meeting in meetings:
            line = self._line(meeting)
            first = bisect_left(line, (since,))
            last = len(line) if before is None else bisect_left(line, (before,))
            if first < last:
                lines.append((line[first:last], meeting))
        found = [(met, meeting) for line, meeting in lines for met in line]
        if len(lines) > 1:
            found.sort(key=_place, reverse=newest_first)
        elif newest_first:
            found.reverse()
        for (day, id_, entry, on), meeting in found:
            if meeting.another == "no" or id_ not in started_by:
                yield Match(entry, _signed(entry, meeting), on, day, self._meets(entry, meeting))

    def _line(self, meeting: Meeting) -> list[_Met]:
        """The entries of a meeting's form, in its state and by its roles, by the day from which they meet, and id."""
        placed = self.of_form(meeting.form)
        key = (meeting.form, meeting.state, meeting.by)
        if key not in self._lines:
            line = []
            for day, entry in placed:
                met = day
                if meeting.state == "countersigned":
                    if entry.countersigned is None:
                        continue
                    met = max(day, day_of(clock.moment(entry.countersigned.said_at)))
                if not meeting.by or self.authors(_signed(entry, meeting)).role in meeting.by:
                    line.append((met, entry.id, entry, entry.on if met == day else met.isoformat()))
            self._lines[key] = sorted(line, key=itemgetter(0, 1))
        return self._lines[key]

    def adult_on(self) -> date | None:
        """The day on which the person turns 18, where a day of birth is known."""
        born = self.view().value("identity.born")
        return checks.birthday(born, checks.ADULT) if isinstance(born, date) else None

    def node(self, text: str) -> Node:
        """An expression of the book, as read."""
        return self.book.nodes[text]

    def _meets(self, entry: Entry, meeting: Meeting) -> Truth:
        """Whether every current version of an entry says what meets: in a fork, both must."""
        if meeting.where is None:
            return YES
        node = self.node(meeting.where)
        truths = [evaluate(node, self.answers_of(version)) for version in entry.live]
        return next((t for t in truths if t.value is False), None) or next(
            (t for t in truths if t.value is None), truths[0]
        )


def _signed(entry: Entry, meeting: Meeting) -> Version:
    """The version by which an entry meets: the countersignature where one is asked for."""
    counter = entry.countersigned if meeting.state == "countersigned" else None
    return counter or entry.live[0]


def _said_by(entry: Entry) -> list[Said]:
    if entry.live is entry.versions:
        # Nearly every entry is one version that nothing was ever done to.
        return [Said(entry, entry.versions[0])]
    gone = {parent for v in entry.versions if v.act == "misfile" for parent in v.header.parents}
    return [
        Said(entry, version)
        for version in entry.versions
        if version.content is not None and version.act in HEAD_ACTS and version.header.id not in gone
    ]


def _place(each: tuple[_Met, Meeting]) -> tuple[date, str]:
    return each[0][:2]


def day_said(on: str) -> date:
    """The Europe/London day of a recorded day or moment."""
    # London is never behind UTC, and at most two hours ahead: the day is the one written until ten at night.
    if "T" not in on or on[11:13] < "22":
        return date.fromisoformat(on[:10])
    return day_of(clock.moment(on))
