"""How much work a number makes before it is switched on: items a week for each person, from this store's own cases."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

import msgspec

from workbench.casework import overlays, overlays_parts
from workbench.casework.desk import Desk
from workbench.casework.signing import is_open
from workbench.errors import NotFound
from workbench.exchange import overlay
from workbench.forms import library as form_library
from workbench.models.results import Duty
from workbench.rules import book as rule_book
from workbench.rules.book import RuleBook, days_about
from workbench.rules.evaluate import evaluate
from workbench.store import overlays as overlay_rows

WEEKS = 52
_YEAR = timedelta(weeks=WEEKS)
# Less than one item in some four years.
NOTHING = 0.005
# Rule, name and role.
_Whose = tuple[str, str, str]


class Share(msgspec.Struct, frozen=True):
    """What one person would have: items in an average week, and how many stand there on the first day.

    Both are differences to what is in force now, and may be below nothing.
    """

    name: str
    role: str
    weekly: float
    at_once: int


class Cost(msgspec.Struct, frozen=True):
    """The work that one rule makes, by person, the busiest first; reckoned over so many cases."""

    shares: tuple[Share, ...]
    cases: int


def of_suggestions(desk: Desk) -> dict[str, Cost]:
    """What each of the program's suggestions makes, by rule and number, against none of them."""
    found = overlays.suggestions(desk)
    regions = tuple(msgspec.structs.replace(region, suggestions="no") for region in desk.book.regions)
    base = msgspec.structs.replace(desk.book, regions=regions, suggested={})
    every = msgspec.structs.replace(base, suggested={each.key: each.suggestion for each in found})
    rules = {each.key.partition("/")[0] for each in found}
    costs = _difference(desk, base, every, rules)
    return {each.key: costs[each.key.partition("/")[0]] for each in found}


def of_overlay(desk: Desk, sha256: str) -> dict[str, Cost]:
    """What each rule that an overlay sets or adds makes, against what is in force without it, by rule.

    Raises:
        NotFound: it never came here.
        BadDefinition: it fits this version of the program no longer.
    """
    row = overlay_rows.one(desk.store.connection, sha256)
    if row is None:
        raise NotFound("That overlay is not here.", "Receive its file first.")
    parts = overlays_parts.read(overlay.read(row.data))
    library = form_library.load(parts.forms)
    openings = overlays_parts.openings(library)
    demo = ("demo",) if desk.about.sample else ()
    suggested = desk.switched.suggested
    base = rule_book.load(demo, openings=openings, suggested=suggested)
    whole = rule_book.load(
        (parts.heading.id, *demo), openings=openings, extra=parts.rules, suggested=suggested
    )
    own = (name for name in whole.rules if name.startswith(f"{parts.heading.id}-"))
    return _difference(desk, base, whole, {*parts.region.rules, *own})


def _difference(desk: Desk, base: RuleBook, other: RuleBook, rules: Iterable[str]) -> dict[str, Cost]:
    """What these rules make by one book more than by another."""
    wanted = sorted(rules)
    cases = [desk.case(row.case) for row in desk.cases()]
    weekly: dict[_Whose, float] = defaultdict(float)
    at_once: dict[_Whose, int] = defaultdict(int)
    for book, sign in ((base, -1), (other, 1)):
        alone = _alone(book, wanted)
        for case in cases:
            said = evaluate(case, alone, desk.library.facts, desk.shapes, desk.author, desk.now)
            for whose, much in _weekly(alone, said.duties, desk.today):
                weekly[whose] += sign * much
            for duty in said.duties:
                at_once[_whose(duty)] += sign * _stands(duty, desk.today.isoformat())
    return {rule: Cost(_shares(rule, weekly, at_once), len(cases)) for rule in wanted}


def _alone(book: RuleBook, rules: Iterable[str]) -> RuleBook:
    """A book of these rules alone: the others take their time and say nothing of these."""
    kept = {name: book.rules[name] for name in rules if name in book.rules}
    return msgspec.structs.replace(book, rules=kept, findings={}, advice={}, events={})


def _shares(rule: str, weekly: Mapping[_Whose, float], at_once: Mapping[_Whose, int]) -> tuple[Share, ...]:
    people = {whose for whose in (*weekly, *at_once) if whose[0] == rule}
    found = [Share(whose[1], whose[2], weekly.get(whose, 0.0), at_once.get(whose, 0)) for whose in people]
    busy = [share for share in found if abs(share.weekly) > NOTHING or share.at_once]
    return tuple(sorted(busy, key=lambda share: (-share.weekly, share.role, share.name)))


def _whose(duty: Duty) -> _Whose:
    return (duty.rule, duty.officer or "", duty.owed_by)


def _weekly(book: RuleBook, duties: Iterable[Duty], today: date) -> Iterator[tuple[_Whose, float]]:
    """Items a week: once a period where a duty comes round, else by the fuller of two years."""
    once: dict[str, list[Duty]] = {}
    for duty in duties:
        if duty.rule not in book.rules or duty.no_date:
            continue
        days = _period(book, duty)
        if days is None:
            once.setdefault(duty.rule, []).append(duty)
        elif is_open(duty, today.isoformat()):
            yield _whose(duty), 7 / days
    for found in once.values():
        for duty in _fuller_year(found, today):
            yield _whose(duty), 1 / WEEKS


def _period(book: RuleBook, duty: Duty) -> float | None:
    """The days from one round to the next; None where the duty does not come round, or nobody set how often."""
    rule = book.rules[duty.rule]
    text = next((each for each in rule.texts if each.text == duty.because.text), None)
    every = next((branch.every for branch in text.due if branch.every is not None), None) if text else None
    if text is None or every is None:
        return None
    found = book.number(rule, text, every, date.fromisoformat(duty.started_on)).amount
    return max(days_about(found), 1.0) if found is not None else None


def _fuller_year(duties: Iterable[Duty], today: date) -> list[Duty]:
    """What fell due in the year behind, or falls due in the year ahead, whichever is more."""
    dated = [(date.fromisoformat(duty.due), duty) for duty in duties if duty.due is not None]
    behind = [duty for day, duty in dated if today - _YEAR < day <= today]
    ahead = [duty for day, duty in dated if today < day <= today + _YEAR]
    return max(behind, ahead, key=len)


def _stands(duty: Duty, day: str) -> bool:
    """Whether a duty would stand there at once: its last day has come, and it is not met."""
    return is_open(duty, day) and not duty.no_date and duty.due is not None and duty.due <= day
