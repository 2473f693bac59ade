"""Episodes: in which kind of supervision or custody a person was, when. A pure function of claims.

A day `until` is the first day on which the episode is over; None where no end is recorded.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

import msgspec

from workbench.models.fold import Case, Live
from workbench.rules.files import EpisodeKind

ORDERS: dict[str, EpisodeKind] = {
    "community-order": "community-order",
    "suspended-sentence-order": "suspended-sentence-order",
}
CUSTODIAL = frozenset({"determinate", "extended", "indeterminate"})
CLOSED: dict[str, EpisodeKind] = {"remand": "remand", "hospital-order": "hospital"}
RECALLED = frozenset({"revoked", "at-large", "returned"})
COMMUNITY = frozenset({"community-order", "suspended-sentence-order", "licence"})
# After the last day that anything can be dated: what is settled is asked as of then.
LAST = "9999-12-31"


class Episode(msgspec.Struct, frozen=True):
    """One stretch; `opener` is the entry that said it began, on `opened` (its own day or moment)."""

    kind: EpisodeKind
    from_: date
    until: date | None
    opener: str
    opened: str
    entries: tuple[str, ...]
    sentence: str | None

    def ending(self, day: date) -> Episode:
        """The same episode over by `day`."""
        until = day if self.until is None else min(self.until, day)
        return msgspec.structs.replace(self, until=until)


class Run(msgspec.Struct, frozen=True):
    """Episodes of one family that overlap: a duty is owed once in it.

    `entry` names it: of the openers the one that happened earliest, then the one with the smaller id.
    `entries` are all the openers, so that what names any of them still fits.
    """

    entry: str
    entries: tuple[str, ...]
    from_: date
    until: date | None
    episodes: tuple[Episode, ...]
    recalled: bool = False

    @property
    def kind(self) -> EpisodeKind:
        """The kind of the episode it began with."""
        return self.episodes[0].kind

    @property
    def sentences(self) -> tuple[str, ...]:
        """The sentences its episodes follow from, in order."""
        return tuple(dict.fromkeys(e.sentence for e in self.episodes if e.sentence is not None))

    def holds(self, day: date) -> bool:
        """Whether `day` lies in it."""
        return self.from_ <= day and (self.until is None or day < self.until)


def episodes(case: Case) -> tuple[Episode, ...]:
    """Every episode of a case, by first day, kind and opener; the same in any order of arrival."""
    recalls = tuple(_changes(case, "recall.state", None, RECALLED))
    found: list[Episode] = []
    for sentence in case.about("sentence.kind"):
        found.extend(_sentence(case, sentence, recalls))
    found.extend(_before_sentence(case, found))
    for day, died in _ends(case):
        found = [e.ending(day) if e.from_ < day else e for e in found if e.from_ < day or not died]
    return tuple(sorted(found, key=lambda e: (e.from_, e.kind, e.opener)))


def runs(
    all_episodes: Iterable[Episode], kinds: Iterable[EpisodeKind], *, cut: bool = False
) -> tuple[Run, ...]:
    """The runs of these kinds, by first day; with `cut`, a recall ends them and release opens new ones."""
    every = tuple(all_episodes)
    wanted = frozenset(kinds)
    chosen = [episode for episode in every if episode.kind in wanted]
    if not chosen:
        return ()
    recalls = [episode for episode in every if episode.kind == "recall-custody"] if cut else []
    for recall in recalls:
        chosen = [part for episode in chosen for part in _without(episode, recall)]
    days = frozenset(recall.from_ for recall in recalls)
    found: list[Run] = []
    for family in (COMMUNITY, frozenset(wanted - COMMUNITY)):
        group = [episode for episode in chosen if episode.kind in family]
        if group:
            found.extend(_joined(sorted(group, key=lambda e: (e.from_, e.opener)), days))
    return tuple(sorted(found, key=lambda run: (run.from_, run.entry)))


def paused(
    all_episodes: Iterable[Episode], kinds: Iterable[EpisodeKind], start: date, due: date
) -> date | None:
    """The day `due` moved on by the calendar days spent in these kinds; None while one has no known end."""
    wanted = frozenset(kinds)
    reached = start
    for episode in sorted((e for e in all_episodes if e.kind in wanted), key=lambda e: e.from_):
        begun = max(episode.from_, reached)
        if episode.from_ > due:
            break
        if episode.until is None:
            return None
        if episode.until > begun:
            due += episode.until - begun
            reached = episode.until
    return due


def settled(case: Case, fact: str, of: str | None) -> tuple[str | None, Live | None]:
    """What was last said under a fact about a thing; of accounts that differ, the smallest."""
    claims = case.known(fact, of, LAST).claims
    if not claims:
        return None, None
    first = min(claims, key=lambda live: (str(live.claim.is_), live.version.id))
    return str(first.claim.is_), first


def day_or_none(text: str | int | None) -> date | None:
    """A day of the record; None where nothing readable stands there."""
    try:
        return date.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return None


def _before_sentence(case: Case, sentenced: list[Episode]) -> Iterator[Episode]:
    """From the day a hearing was entered to the sentence that followed, if any did."""
    for day, live in _changes(case, "court.hearing_on", None, None):
        until = min((each.from_ for each in sentenced if each.from_ >= day), default=None)
        yield _episode("court", day, until, live, None)


def _sentence(case: Case, sentence: str | None, recalls: tuple[tuple[date, Live], ...]) -> Iterator[Episode]:
    kinds = case.known("sentence.kind", sentence, LAST)
    kind = str(kinds.value) if kinds.value is not None else ""
    began, said = settled(case, "sentence.on", sentence)
    start = day_or_none(began)
    if start is None or said is None:
        return
    last = day_or_none(settled(case, "sentence.ends_on", sentence)[0])
    over = last + timedelta(days=1) if last else None
    if kind in ORDERS:
        yield _episode(ORDERS[kind], start, over, said, sentence)
    elif kind in CLOSED:
        released = next((day for day, _ in _releases(case, sentence, start)), None)
        until = min((day for day in (over, released) if day is not None), default=None)
        yield _episode(CLOSED[kind], start, until, said, sentence)
    elif kind in CUSTODIAL:
        changes = _timeline(_releases(case, sentence, start), recalls, start)
        yield from _custodial([(start, "custody", said), *changes], said, sentence, over)


def _custodial(
    steps: list[tuple[date, EpisodeKind, Live]], said: Live, sentence: str | None, over: date | None
) -> Iterator[Episode]:
    """An episode for each step, until the next one or until the sentence is over."""
    for place, (day, kind, live) in enumerate(steps):
        until = steps[place + 1][0] if place + 1 < len(steps) else over
        if over is None or day < over:
            ended = min(until, over) if until and over else until
            yield _episode(kind, day, ended, live, sentence, said)


def _timeline(
    releases: list[tuple[date, Live]], recalls: tuple[tuple[date, Live], ...], start: date
) -> list[tuple[date, EpisodeKind, Live]]:
    """Releases and recalls in turn; a later account of the same release takes the earlier one's place."""
    kinds: list[tuple[date, EpisodeKind, Live]] = [(day, "licence", live) for day, live in releases]
    kinds += [(day, "recall-custody", live) for day, live in recalls if day >= start]
    kinds.sort(key=lambda change: (change[0], change[1] == "licence", change[2].version.id))
    steps: list[tuple[date, EpisodeKind, Live]] = []
    for change in kinds:
        before = steps[-1][1] if steps else "custody"
        if change[1] == "recall-custody" and before != "licence":
            continue
        if change[1] == before == "licence":
            if change[2].claim.from_ > steps[-1][2].claim.from_:
                steps[-1] = change
            continue
        steps.append(change)
    return steps


def _releases(case: Case, sentence: str | None, start: date) -> list[tuple[date, Live]]:
    found: dict[date, Live] = {}
    for _, live in _changes(case, "sentence.released_on", sentence, None):
        day = day_or_none(live.claim.is_)
        if day is not None and day >= start:
            found.setdefault(day, live)
    return sorted(found.items(), key=lambda item: item[0])


def _changes(
    case: Case, fact: str, of: str | None, values: frozenset[str] | None
) -> Iterator[tuple[date, Live]]:
    """Each day on which a fact was newly said to be one of `values`, with the claim that says so."""
    for start in sorted({live.claim.from_ for live in case.claims.get((fact, of), ())}):
        held = case.known(fact, of, start)
        day = day_or_none(start)
        if day is None or not held.claims:
            continue
        if values is None or values.issuperset(str(value) for value in held.values):
            yield day, min(held.claims, key=lambda live: (str(live.claim.is_), live.version.id))


def _ends(case: Case) -> Iterator[tuple[date, bool]]:
    for start, live in _changes(case, "supervision.ended_on", None, None):
        day = day_or_none(live.claim.is_)
        how = case.known("supervision.ended_how", None, start.isoformat()).value
        if day is not None:
            yield day, how == "died"


def _episode(
    kind: EpisodeKind,
    start: date,
    until: date | None,
    live: Live,
    sentence: str | None,
    also: Live | None = None,
) -> Episode:
    opener = live.version.header.entry
    entries = {opener, also.version.header.entry} if also else {opener}
    return Episode(kind, start, until, opener, live.version.header.on, tuple(sorted(entries)), sentence)


def _without(episode: Episode, recall: Episode) -> Iterator[Episode]:
    """What is left of an episode outside a recall; what follows it is opened by whatever ended it."""
    if episode.until is not None and episode.until <= recall.from_:
        yield episode
        return
    if recall.until is not None and episode.from_ >= recall.until:
        yield episode
        return
    if episode.from_ < recall.from_:
        yield episode.ending(recall.from_)
    if recall.until is not None and (episode.until is None or episode.until > recall.until):
        yield msgspec.structs.replace(episode, from_=max(episode.from_, recall.until))


def _joined(group: list[Episode], recalls: frozenset[date]) -> Iterator[Run]:
    together: list[Episode] = []
    until: date | None = None
    for episode in group:
        if together and until is not None and episode.from_ >= until:
            yield _run(together, until, recalls)
            together = []
        until = _later(until, episode.until) if together else episode.until
        together.append(episode)
    if together:
        yield _run(together, until, recalls)


def _run(together: list[Episode], until: date | None, recalls: frozenset[date]) -> Run:
    first = min(together, key=lambda e: (e.opened[:10], e.opener))
    entries = tuple(sorted({e.opener for e in together}))
    return Run(first.opener, entries, together[0].from_, until, tuple(together), until in recalls)


def _later(one: date | None, other: date | None) -> date | None:
    return None if one is None or other is None else max(one, other)
