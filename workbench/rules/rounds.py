"""One occurrence of a duty: its last day, what met, stopped, deferred or ended it, and why."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import msgspec

from workbench import clock as clocks
from workbench.clock import day_of
from workbench.models.amounts import amount
from workbench.models.dates import written
from workbench.models.evaluation import evaluate
from workbench.models.results import Advice, Because, Duty, Finding
from workbench.resources import Text, say
from workbench.rules import because, owners
from workbench.rules.episodes import Run, paused
from workbench.rules.files import RuleFile, TextFile
from workbench.rules.ladder import Decision, Start, day_ahead, decide, unrecorded
from workbench.rules.record import Match, Record, day_said
from workbench.rules.view import FactScope


class Occasion(msgspec.Struct, frozen=True):
    """What starts a clock: a run, an entry or a fact; `entries` all name it, `on` is its recorded moment."""

    entry: str
    entries: tuple[str, ...]
    day: date
    run: Run
    on: str = ""


class Clock(msgspec.Struct, frozen=True):
    """One occurrence: the day it started, the day its amounts count from, its wording, why it waits, its form."""

    rule: RuleFile
    occasion: Occasion
    start: date
    counts_from: date
    asks: Text
    waiting: Text | None
    form: str = ""


class Doubt(msgspec.Struct, frozen=True):
    """What could not be told of a duty: whether it was met, is stopped or covered, and for want of what."""

    what: str
    rule: str
    duty: str
    unknown: tuple[str, ...]
    entry: str | None = None


class Owed(msgspec.Struct):
    """What the rules give; `turns` are the days on which any of it could change with no new entry."""

    duties: list[Duty] = []
    doubts: list[Doubt] = []
    turns: list[date] = []
    findings: list[Finding] = []
    advice: list[Advice] = []

    def add(self, other: Owed) -> None:
        """Takes in what another holds."""
        self.duties += other.duties
        self.doubts += other.doubts
        self.turns += other.turns
        self.findings += other.findings
        self.advice += other.advice


class Last(msgspec.Struct, frozen=True):
    """The last day as it stands after pauses, limits and short notice, with the sum in words."""

    due: date | None
    due_at: datetime | None
    sum: str | None
    no_date: bool = False
    short_notice: bool = False
    paused: bool = False


class Ended(msgspec.Struct, frozen=True):
    """How a duty stopped being owed, or until when a person put it off."""

    ended_on: date | None = None
    why: str | None = None
    deferred_until: str | None = None
    never: bool = False


def owed_for(
    record: Record, clock: Clock, text: TextFile, duty_id: str, met: Match | None, owed: Owed
) -> date | None:
    """Adds the duty of one occurrence; gives the day the next one counts from, where it comes round again."""
    scope = _scope(record, clock, met)
    start = Start(clock.counts_from, clock.occasion.on, clock.start)
    decision = decide(record, clock.rule, text, start, scope)
    if decision is not None and _switched_off(clock.rule, decision):
        return None
    if decision is None and met is None:
        if not _over(record, clock):
            owed.doubts.append(Doubt("covered", clock.rule.rule, duty_id, ()))
        return None
    ended = Ended() if met else _ended(record, clock, duty_id, scope, owed)
    if ended.never:
        return None
    last = _last(record, clock, decision, scope) if decision and not clock.waiting else Last(None, None, None)
    owed.duties.append(_duty(record, clock, text, duty_id, met, decision, last, ended, scope))
    if met is None or decision is None or not decision.reckoned.again:
        return None
    return last.due if text.due[decision.branch].from_ == "due" and last.due else met.day


def _switched_off(rule: RuleFile, decision: Decision) -> bool:
    """Whether nobody has set the number of a rule that is itself empty: it is off until a region does."""
    return rule.confidence == "empty" and any(number.amount is None for number in decision.reckoned.numbers)


def _scope(record: Record, clock: Clock, met: Match | None) -> FactScope:
    """What is known: as it was known when the duty was met, on the last day of its run, or today."""
    if met is not None:
        view = record.view(met.day, met.said_at)
    elif _over(record, clock):
        assert clock.occasion.run.until is not None
        view = record.view(max(clock.start, clock.occasion.run.until - timedelta(days=1)))
    else:
        view = record.view()
    return record.facts_of(view, clock.occasion.run)


def _over(record: Record, clock: Clock) -> bool:
    until = clock.occasion.run.until
    return until is not None and until <= record.today


def _last(record: Record, clock: Clock, decision: Decision, scope: FactScope) -> Last:
    found = decision.reckoned
    if found.due is None:
        return Last(_limit(clock, scope), None, None, no_date=True)
    if found.anchor is not None:
        known = _first_known(record, clock, found.anchor, scope)
        if found.due < known:
            last = record.book.calendar.shift(known, record.book.short_notice())
            return Last(last, None, found.sum, short_notice=True)
        return Last(found.due, None, found.sum)
    moved = paused(record.episodes, clock.rule.pauses, clock.start, found.due)
    if moved is None:
        return Last(None, None, found.sum, paused=True)
    if moved == found.due:
        return Last(found.due, found.due_at, found.sum)
    days = record.book.say(
        "paused_sum",
        record.language,
        days=str((moved - found.due).days),
        due=written(moved, record.language),
    )
    return Last(moved, None, f"{found.sum}{days}")


def _limit(clock: Clock, scope: FactScope) -> date | None:
    """The natural limit of a duty without a number: a fact its rule names, else the last day of its run."""
    if clock.rule.limit is not None and clock.rule.limit != "end":
        return day_ahead(scope, clock.rule.limit, clock.start)
    until = clock.occasion.run.until
    return until - timedelta(days=1) if until is not None else None


def _first_known(record: Record, clock: Clock, anchor: str, scope: FactScope) -> date:
    """The day on which the version was signed that made a back-counted date computable, as it was known then."""
    run = clock.occasion.run
    moments = []
    for fact in ("sentence.kind", "sentence.on", anchor):
        definition = record.facts.get(fact)
        things = run.sentences if definition is not None and definition.of == "sentence" else (None,)
        for thing in things:
            for live in scope.view.resolved(fact, thing).claims:
                claim = live.claim
                entry = record.entry(live.version.header.entry)
                assert entry is not None
                moments.append(
                    min(
                        v.said_at
                        for v in entry.versions
                        if any((c.fact, c.of, c.is_) == (claim.fact, claim.of, claim.is_) for c in v.claims)
                    )
                )
    return day_of(clocks.moment(max(moments))) if moments else clock.start


def _ended(record: Record, clock: Clock, duty_id: str, scope: FactScope, owed: Owed) -> Ended:
    doubts: list[Doubt] = []
    for stop in clock.rule.stops:
        truth = evaluate(record.node(stop.when), scope)
        if truth.value is True:
            day = _since(record, clock, scope, record.book.named[stop.when])
            never = stop.always == "yes" or day <= clock.start
            return Ended(day, say(stop.says, record.language), never=never)
        if truth.value is None and not _over(record, clock):
            unknown = unrecorded(record, stop.when, scope, truth.missing)
            doubts.append(Doubt("stopped", clock.rule.rule, duty_id, unknown))
    # A doubt matters only where nothing else has stopped it for certain.
    owed.doubts.extend(doubts)
    put_off = _put_off(record, clock, duty_id)
    if put_off.ended_on is not None:
        return put_off
    until = clock.occasion.run.until
    if until is None:
        return put_off
    key = "ended_recall" if clock.occasion.run.recalled else "ended_episode"
    return Ended(until, record.book.say(key, record.language), put_off.deferred_until)


def _since(record: Record, clock: Clock, scope: FactScope, paths: tuple[str, ...]) -> date:
    """The day from which the facts named are as they are."""
    days = [clock.start]
    for entry in because.entries(record, scope, paths):
        days.append(day_said(entry.on))
    return max(days)


def _put_off(record: Record, clock: Clock, duty_id: str) -> Ended:
    """The last word of a person who may defer this duty or say that it is no longer owed."""
    rule, _, n = duty_id.split("/")
    found = Ended()
    for placed in record.of_form("duty-deferred"):
        head = placed.entry.live[0]
        answers = record.answers(head)
        named = str(answers.get("duty", "")).split("/")
        if len(named) != 3 or named[0] != rule or named[2] != n or named[1] not in clock.occasion.entries:
            continue
        author = record.authors(head)
        if author.role not in clock.rule.deferred_by:
            continue
        if answers.get("no_longer_owed") == "yes":
            why = record.book.say(
                "ended_person", record.language, name=author.name, why=str(answers.get("why", ""))
            )
            return Ended(placed.day, why)
        found = Ended(deferred_until=str(answers["until"]) if "until" in answers else None)
    return found


def _duty(
    record: Record,
    clock: Clock,
    text: TextFile,
    duty_id: str,
    met: Match | None,
    decision: Decision | None,
    last: Last,
    ended: Ended,
    scope: FactScope,
) -> Duty:
    role, officer = owners.owner(record, clock.rule.owed_by)
    soon = record.book.calendar.shift(last.due, amount(clock.rule.soon), back=True) if last.due else None
    return Duty(
        duty=duty_id,
        rule=clock.rule.rule,
        case=record.case.id,
        asks=say(clock.asks, record.language),
        owed_by=role,
        kind="duty",
        started_on=clock.start.isoformat(),
        because=_because(record, clock, text, met, decision, last, scope),
        due=last.due.isoformat() if last.due else None,
        due_at=clocks.stamp(last.due_at) if last.due_at else None,
        soon_from=soon.isoformat() if soon else None,
        officer=officer,
        met_by=met.entry.id if met else None,
        met_on=met.on if met else None,
        ended_on=ended.ended_on.isoformat() if ended.ended_on else None,
        why_ended=ended.why,
        deferred_until=ended.deferred_until,
        waiting_since=_asked(record, clock),
        short_notice=last.short_notice,
        no_date=last.no_date,
        level=clock.rule.late.level,
        tells=clock.rule.late.tells,
        urgent=clock.rule.late.soon == "yes",
        form=clock.form,
    )


def _asked(record: Record, clock: Clock) -> str | None:
    """The day on which what the rule waits for was asked of somebody else."""
    if clock.rule.asked_by is None:
        return None
    asked = record.matches((clock.rule.asked_by,), clock.start, clock.occasion.run.until)
    return next((match.day.isoformat() for match in asked if match.truth.value is True), None)


def _because(
    record: Record,
    clock: Clock,
    text: TextFile,
    met: Match | None,
    decision: Decision | None,
    last: Last,
    scope: FactScope,
) -> Because:
    unknown = decision.unknown if decision else ()
    numbers = decision.reckoned.numbers if decision else ()
    first = because.opened(record, clock.occasion.entry)
    rests = because.entries(record, scope, decision.paths if decision else ())
    regional = next((number for number in numbers if number.national), None)
    return Because(
        says=_says(record, clock, met, last) + because.not_recorded(record, scope, unknown),
        rule=clock.rule.rule,
        text=text.text,
        book=regional.book if regional else "national",
        source=regional.source if regional else text.source,
        confidence=decision.confidence if decision else clock.rule.confidence,
        entries=((first,) if first else ()) + rests,
        unknown=unknown,
        arithmetic=last.sum,
        national=_beside(record, regional.national) if regional and regional.national else None,
        would_change=because.would_change(record, unknown),
        note=say(clock.rule.note, record.language) if clock.rule.note else None,
    )


def _beside(record: Record, national: dict[str, str | bool | None]) -> dict[str, str | bool | None]:
    """The national number beside the region's, with the words that are shown."""
    key = "region_longer" if national["longer"] else "region"
    base = national["national"] or record.book.say("no_number", record.language)
    says = record.book.say(key, record.language, national=str(base), region=str(national["region"]))
    return {**national, "says": says}


def _says(record: Record, clock: Clock, met: Match | None, last: Last) -> str:
    """The sentence: when it is owed and why, without what is not recorded."""
    language = record.language
    asks = say(clock.asks, language)
    due = written(last.due, language) if last.due else ""
    if clock.waiting is not None:
        return say(clock.waiting, language)
    if met is not None:
        key = "met" if last.due and not last.no_date else "met_no_date"
        return record.book.say(key, language, asks=asks, met=written(met.day, language), due=due)
    if last.paused:
        return record.book.say("paused", language, asks=asks)
    if last.no_date:
        return record.book.say("no_date_limit" if last.due else "no_date", language, asks=asks, due=due)
    key = "short_notice" if last.short_notice else "owed"
    return record.book.say(key, language, asks=asks, due=due, sum=last.sum or "")
