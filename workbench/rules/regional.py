"""What a region may not do to the national book, and what a rule or finding of its own must be able to stand on."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

from workbench.models.amounts import Amount, amount
from workbench.rules.book import EMPTY, RuleBook, days_about
from workbench.rules.files import (
    Due,
    FindingFile,
    Number,
    RegionFile,
    RuleFile,
    Setting,
    Suggestion,
    TextFile,
)

# Ours: a number ten times the national one is as good as the rule switched off.
MOST_TIMES = 10
# Ours: days off beside the bank holidays, in one year.
MOST_DAYS_OFF = 10
MOST_NOTICE = Amount(28, "calendar days")
# What a finding of a region's own may look at: the others belong to one finding each.
LOOKS = frozenset({"answers", "facts"})
_TIMES = re.compile(r"[0-9]{1,3}(\.[0-9]{1,2})?\Z")


def problems(region: RegionFile, national: RuleBook) -> Iterator[str]:
    """Everything a region's file asks for that no region may have, as sentences."""
    for name, settings in region.rules.items():
        rule = national.rules.get(name)
        if rule is None:
            yield _untouchable(name, national)
            continue
        for setting in settings:
            yield from _setting(rule, setting)
    for name, ours in region.ours.items():
        if name in national.prompts or name in national.events:
            yield _untouchable(name, national)
        finding = national.findings.get(name)
        for number, written in ours.numbers.items():
            if finding is None or not _alike(finding.numbers.get(number, ""), written):
                yield f"{name}: {written!r} cannot stand for its number {number!r}"
    yield from _days_off(region.days_off)
    notice = _read(region.short_notice) if region.short_notice else Amount(0, "calendar days")
    if notice is None or notice.unit != "calendar days" or notice.number > MOST_NOTICE.number:
        yield f"short_notice: at most {MOST_NOTICE.words()}"


def rule_problems(rule: RuleFile) -> Iterator[str]:
    """What a rule of a region's own lacks before it can be reckoned, beside what the lint of all rules finds."""
    numbers = {text.text for text in rule.texts}
    if not rule.texts or len(numbers) != len(rule.texts):
        yield f"{rule.rule}: each text has a number of its own"
    if _read(rule.soon) is None:
        yield f"{rule.rule}: {rule.soon!r} is no amount of time"
    for text in rule.texts:
        days = [text.in_force.from_, *((text.in_force.until,) if text.in_force.until else ())]
        if any(_day(day) is None for day in days):
            yield f"{rule.rule}: the days on which a text is in force are written 2026-03-02"
        if text.corrects is not None and text.corrects not in numbers:
            yield f"{rule.rule}: it corrects a text that is not there"
        if not text.due or not all(_is_whole(branch, text) for branch in text.due):
            yield f"{rule.rule}: each step is due within, before or every, by a number that stands with it"


def finding_problems(finding: FindingFile) -> Iterator[str]:
    """What a finding of a region's own may not do, or lacks."""
    if finding.looks not in LOOKS:
        yield f"{finding.finding}: a region's own finding looks at answers or at facts"
    if finding.when is None:
        yield f"{finding.finding}: it has no 'when'"
    if finding.of and _read(finding.numbers.get("fresh", "")) is None:
        yield f"{finding.finding}: what settles it needs the number 'fresh'"


def _untouchable(name: str, national: RuleBook) -> str:
    if name in national.prompts:
        return f"{name} is a recall prompt: nothing may weaken it"
    if name in national.events:
        return f"{name} is an event with firm steps: a region cannot change it"
    return f"there is no national rule {name!r} whose numbers a region may set"


def _setting(rule: RuleFile, setting: Setting) -> Iterator[str]:
    if _day(setting.from_) is None:
        yield f"{rule.rule}: {setting.from_!r} is no day"
    if setting.choice is not None and setting.choice not in rule.choices:
        yield f"{rule.rule} has no choice called {setting.choice!r}"
    for number, written in setting.numbers.items():
        stated = [text.numbers[number] for text in rule.texts if number in text.numbers]
        own = _read(written)
        if not stated:
            yield f"{rule.rule} has no number called {number!r}"
        elif own is None:
            yield f"{rule.rule}: {written!r} is no amount of time such as 6 weeks"
        else:
            yield from _number(rule.rule, number, own, stated)


def _number(rule: str, number: str, own: Amount, stated: Iterable[Number]) -> Iterator[str]:
    for written in stated:
        plain = written.suggest if isinstance(written, Suggestion) else written
        base = None if plain == EMPTY else amount(plain)
        hours = base is not None and base.unit == "hours"
        if hours != (own.unit == "hours"):
            yield f"{rule}: {number} is counted in {'hours' if hours else 'days, weeks or months'}"
        elif own.number == 0 and (base is None or base.number > 0):
            yield f"{rule}: {number} cannot be nothing"
        elif base is not None and days_about(own) > MOST_TIMES * max(days_about(base), 1 / 24):
            yield (
                f"{rule}: {own.words()} for {number} is over {MOST_TIMES} times the national {base.words()}, "
                "which switches the rule off"
            )


def _days_off(days: Iterable[str]) -> Iterator[str]:
    read = [_day(day) for day in days]
    if None in read:
        yield "days_off: a day is written 2026-03-02"
    years = Counter(day.year for day in read if day is not None)
    if any(count > MOST_DAYS_OFF for count in years.values()):
        yield f"days_off: at most {MOST_DAYS_OFF} in one year"


def _alike(national: str, written: str) -> bool:
    """Whether a region's number for a finding is of the national one's kind, and not as good as none."""
    base, own = _read(national), _read(written)
    if base is not None:
        return own is not None and 0 < days_about(own) <= MOST_TIMES * days_about(base)
    if not (_TIMES.match(national) and _TIMES.match(written)):
        return False
    whole = "." in national or "." not in written
    return whole and 0 < Decimal(written) <= MOST_TIMES * Decimal(national)


def _is_whole(due: Due, text: TextFile) -> bool:
    """Whether a step of a ladder gives a day in one way, by numbers of its text that are no hours counted back."""
    parts = (*due.sooner_of, *due.later_of)
    name = due.by if due.before is not None else due.within or due.every
    ways = [due.within, due.before, due.every, due.sooner_of or None, due.later_of or None]
    if sum(way is not None for way in ways) != 1:
        return False
    if parts:
        return all(_is_whole(part, text) for part in parts)
    written = text.numbers.get(name or "")
    if written is None:
        return False
    plain = written.suggest if isinstance(written, Suggestion) else written
    own = _read(plain)
    if own is None:
        return plain == EMPTY
    return own.number > 0 and not (due.before is not None and own.unit == "hours")


def _read(text: str) -> Amount | None:
    try:
        return amount(text)
    except ValueError:
        return None


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.isoformat() == text else None
