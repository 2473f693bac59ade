"""Duties: what starts a clock in a case, how often it comes round, and which text governs it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import groupby

import msgspec

from workbench.models.evaluation import evaluate
from workbench.resources import Text
from workbench.rules.episodes import Run, day_or_none
from workbench.rules.files import Meeting, RuleFile, TextFile
from workbench.rules.record import Match, Record
from workbench.rules.rounds import Clock, Doubt, Occasion, Owed, owed_for

# A duty that comes round again by its own meeting entry ends here; no run of supervision holds more.
MOST_ROUNDS = 500


def owe(record: Record, owed: Owed, rule: RuleFile) -> None:
    """Adds every duty of a rule in a case, met and ended ones too, by first day."""
    if record.kinds.isdisjoint(rule.in_):
        return
    counts: dict[str, int] = {}
    found = _occasions(record, rule, owed)
    for occasion in _joined(record, rule, found) if rule.joins == "yes" else found:
        if occasion.day > record.today:
            owed.turns.append(occasion.day)
        else:
            _rounds(record, rule, occasion, counts, owed)


def _starts(rule: RuleFile) -> tuple[Meeting, ...]:
    starts = rule.starts if isinstance(rule.starts, tuple) else (rule.starts,)
    return tuple(start for start in starts if isinstance(start, Meeting))


def _occasions(record: Record, rule: RuleFile, owed: Owed) -> Iterator[Occasion]:
    runs = record.runs(rule.in_, cut="recall" in rule.ends)
    if not isinstance(rule.starts, str):
        yield from _entered(record, rule, runs, owed)
    elif rule.starts == "each episode":
        for run in runs:
            yield Occasion(run.entry, run.entries, run.from_, run)
    else:
        yield from _said(record, rule.starts, runs)


def _entered(record: Record, rule: RuleFile, runs: tuple[Run, ...], owed: Owed) -> Iterator[Occasion]:
    """The entries that start a rule; one of which it cannot be told starts nothing and leaves a doubt."""
    meetings = _starts(rule)
    for run in runs:
        for match in record.matches(meetings, run.from_, _spared_from(record, rule, run)):
            if match.truth.value is None:
                missing = tuple(sorted(match.truth.missing))
                owed.doubts.append(Doubt("started", rule.rule, "", missing, match.entry.id))
            elif match.truth.value and _follows(record, rule, match, run):
                yield Occasion(match.entry.id, (match.entry.id,), match.day, run, match.on)


def _spared_from(record: Record, rule: RuleFile, run: Run) -> date | None:
    """The first day on which nothing in the stretch can start the rule any more; None where there is none."""
    spares = record.matches(rule.unless, run.from_, run.until)
    first = next((match.day for match in spares if match.truth.value is True), None)
    return first + timedelta(days=1) if first is not None else run.until


def _follows(record: Record, rule: RuleFile, match: Match, run: Run) -> bool:
    """Whether earlier entries of the stretch are as the rule wants them."""

    def came(meetings: tuple[Meeting, ...]) -> bool:
        return any(
            earlier.truth.value is True and (earlier.on, earlier.entry.id) < (match.on, match.entry.id)
            for earlier in record.matches(meetings, run.from_, match.day + timedelta(days=1))
        )

    return (not rule.after or came(rule.after)) and not (rule.unless and came(rule.unless))


def _joined(record: Record, rule: RuleFile, occasions: Iterable[Occasion]) -> Iterator[Occasion]:
    """Occasions that stand open together as one, which every entry that started it names."""
    meetings = rule.met_by if isinstance(rule.met_by, tuple) else (rule.met_by,)
    for _, group in groupby(sorted(occasions, key=_place), key=lambda occasion: occasion.run.entry):
        first: Occasion | None = None
        over: date | None = None
        for occasion in group:
            if first is not None and (over is None or occasion.day <= over):
                first = msgspec.structs.replace(first, entries=(*first.entries, *occasion.entries))
                continue
            if first is not None:
                yield first
            first = occasion
            met = record.matches(meetings, occasion.day, occasion.run.until, occasion.entries)
            over = next((match.day for match in met if match.truth.value is True), None)
        if first is not None:
            yield first


def _place(occasion: Occasion) -> tuple[date, str, date, str]:
    return (occasion.run.from_, occasion.run.entry, occasion.day, occasion.entry)


def _said(record: Record, fact: str, runs: tuple[Run, ...]) -> Iterator[Occasion]:
    """The first day on which each entry said a fact, inside a run."""
    seen: set[str] = set()
    for live in record.view().claims(fact):
        entry = live.version.header.entry
        day = day_or_none(live.claim.from_)
        for run in runs:
            if day is not None and run.holds(day) and entry not in seen:
                seen.add(entry)
                yield Occasion(entry, (entry,), day, run, live.version.header.on)


def _rounds(record: Record, rule: RuleFile, occasion: Occasion, counts: dict[str, int], owed: Owed) -> None:
    """The duty of one occasion and, where it comes round, one more after each time it was met."""
    start, waiting = _awaited(record, rule, occasion)
    asks, meetings, form = _wording(record, rule, occasion.run)
    choice = record.book.choice(rule, start)
    fitting = tuple(m for m in meetings if m.choice in (None, choice))
    matches = record.matches(fitting, start, occasion.run.until, occasion.entries)
    clock = Clock(rule, occasion, start, start, asks, waiting, form)
    for _ in range(MOST_ROUNDS):
        counts[occasion.entry] = counts.get(occasion.entry, 0) + 1
        duty_id = f"{rule.rule}/{occasion.entry}/{counts[occasion.entry]}"
        met = None if waiting else _met(matches, duty_id, rule, owed)
        text = _governing(record, clock, met, owed)
        if text is None:
            return
        again = owed_for(record, clock, text, duty_id, met, owed)
        if again is None or met is None:
            return
        clock = msgspec.structs.replace(clock, start=met.day, counts_from=again)


def _met(matches: Iterator[Match], duty_id: str, rule: RuleFile, owed: Owed) -> Match | None:
    """The next entry that truly meets; those that cannot be told leave a doubt."""
    doubts = []
    for match in matches:
        if match.truth.value is True:
            return match
        if match.truth.value is None:
            doubts.append(
                Doubt("met", rule.rule, duty_id, tuple(sorted(match.truth.missing)), match.entry.id)
            )
    owed.doubts.extend(doubts)
    return None


def _awaited(record: Record, rule: RuleFile, occasion: Occasion) -> tuple[date, Text | None]:
    """The day the clock starts: the first on which nothing holds it back; else why it waits still."""
    start = occasion.day
    for wait in rule.waits:
        days = sorted({start, *_changes(record, record.book.named[wait.when], start)})
        scopes = ((day, record.facts_of(record.view(day), occasion.run)) for day in days)
        free = next((d for d, s in scopes if evaluate(record.node(wait.when), s).value is not True), None)
        if free is None:
            return start, wait.says
        start = free
    return start, None


def _changes(record: Record, paths: Iterable[str], start: date) -> Iterator[date]:
    """The days after `start`, today at the latest, on which a fact named here changed or the person turned 18."""
    adult = record.adult_on() if "identity.born" in paths else None
    if adult is not None and start < adult <= record.today:
        yield adult
    for path in paths:
        for live in record.view().claims(path):
            for text in (live.claim.from_, live.claim.until):
                day = day_or_none(text)
                if day is not None and start < day <= record.today:
                    yield day


def _governing(record: Record, clock: Clock, met: Match | None, owed: Owed) -> TextFile | None:
    """The text in force on the day the duty started, or a correction of it that found the duty open."""
    day = clock.start.isoformat()
    texts = clock.rule.texts
    found = [t for t in texts if t.corrects is None and t.in_force.from_ <= day and _lasts(t, day)]
    text = found[-1] if found else _begun_since(record, clock, owed)
    if text is None:
        return None
    for later in texts:
        if later.corrects != text.text:
            continue
        first = date.fromisoformat(later.in_force.from_)
        over = min((d for d in (met.day if met else None, clock.occasion.run.until) if d), default=None)
        if over is None or first <= over:
            if first > record.today:
                owed.turns.append(first)
            else:
                text = later
    return text


def _begun_since(record: Record, clock: Clock, owed: Owed) -> TextFile | None:
    """The first text that came into force while a duty counted back from a day ahead was already running.

    Who was sentenced before there was a rule is released under it all the same; a clock that counts on
    from its start is not begun afterwards.
    """
    day, until = clock.start.isoformat(), clock.occasion.run.until
    for text in clock.rule.texts:
        first = text.in_force.from_
        ahead = all(branch.before is not None for branch in text.due)
        if text.corrects is None and first > day and ahead and (until is None or first < until.isoformat()):
            if first <= record.today.isoformat():
                return text
            owed.turns.append(date.fromisoformat(first))
    return None


def _lasts(text: TextFile, day: str) -> bool:
    return text.in_force.until is None or day < text.in_force.until


def _wording(record: Record, rule: RuleFile, run: Run) -> tuple[Text, tuple[Meeting, ...], str]:
    """The wording that holds today, what meets the duty under it, and the form to write for it."""
    usual = rule.met_by if isinstance(rule.met_by, tuple) else (rule.met_by,)
    for variant in rule.variants:
        scope = record.facts_of(record.view(), run)
        if evaluate(record.node(variant.when), scope).value is True:
            meetings = (*usual, *variant.met_by)
            return variant.asks, meetings, next((m.form for m in (*variant.met_by, *usual)), "")
    return rule.asks, usual, next((m.form for m in usual), "")
