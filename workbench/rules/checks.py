"""The named checks of expressions: functions over a case, listed with their types in `resources/checks.yaml`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta

from workbench import resources
from workbench.models.amounts import Amount
from workbench.models.evaluation import Answer
from workbench.models.facts import FactBook
from workbench.models.fold import Case
from workbench.models.shapes import CheckDefinition
from workbench.rules.calendar import Calendar
from workbench.rules.episodes import LAST, day_or_none
from workbench.rules.view import Check, Checks, View

ADULT = 18
# The age from which nobody is a young adult any more.
GROWN = 26
AGES = (ADULT, GROWN)
ROSH = ("low", "medium", "high", "very high")


def definitions() -> Mapping[str, CheckDefinition]:
    """Every check that an expression may name, by name."""
    document = resources.read(resources.root() / "checks.yaml")
    listed = document.to(tuple[CheckDefinition, ...])
    return {definition.check: definition for definition in listed}


def checks(case: Case, facts: FactBook, today: date) -> Checks:
    """The named checks over a case as it stands today, for the sessions of forms."""
    return over(View(case, facts, today))


def over(view: View) -> Checks:
    """The named checks over what one view knows."""
    found = _Checks(view)
    table: dict[str, Check] = {
        "on_network": found.on_network,
        "contact_allowed": found.contact_allowed,
        "forbidden_by_condition": found.forbidden_by_condition,
        "is_child": found.is_child,
        "is_adult": found.is_adult,
        "age_on": age_on,
        "rosh_reached": found.rosh_reached,
        "any_on_network": found.any_on_network,
        "is_young_adult": found.is_young_adult,
        "rosh_of": found.rosh_of,
        "rosh_moved": found.rosh_moved,
        "warned_before": found.warned_before,
        "close_to_release": found.close_to_release,
        "offices_closed": offices_closed,
        "named_zone": found.named_zone,
        "on_record": found.on_record,
        "disputed_by": found.disputed_by,
    }
    return table


class _Checks:
    def __init__(self, view: View) -> None:
        self._view = view

    def on_network(self, args: tuple[Answer, ...]) -> Answer:
        return "yes" if args[0] in self._view.things("person") else "no"

    def contact_allowed(self, args: tuple[Answer, ...]) -> Answer:
        person = args[0]
        if not isinstance(person, str) or self.on_network(args) == "no":
            return "no"
        if self.forbidden_by_condition(args) == "yes":
            return "no"
        return self._view.value("network.contact_allowed", person) or "unknown"

    def forbidden_by_condition(self, args: tuple[Answer, ...]) -> Answer:
        if not isinstance(args[0], str):
            return None
        for condition in self._view.things("condition"):
            forbidden = self._view.resolved("condition.no_contact", condition).values
            if args[0] in forbidden and self._view.value("condition.in_force", condition) != "no":
                return "yes"
        return "no"

    def is_child(self, args: tuple[Answer, ...]) -> Answer:
        found = self._view.value("network.under_18", args[0]) if isinstance(args[0], str) else None
        return found or "unknown"

    def is_adult(self, args: tuple[Answer, ...]) -> Answer:
        age = age_on((args[0], self._view.day))
        return None if age is None else "yes" if isinstance(age, int) and age >= ADULT else "no"

    def rosh_reached(self, args: tuple[Answer, ...]) -> Answer:
        if args[0] not in ROSH:
            return None
        said = self._rosh_since(self._sentence_began().isoformat())
        if not said:
            return None
        return "yes" if said.intersection(ROSH[ROSH.index(args[0]) :]) else "no"

    def any_on_network(self, args: tuple[Answer, ...]) -> Answer:
        people = self._view.things("person")
        if not people:
            return None
        relations = [self._view.value("network.relation", person) for person in people]
        return "yes" if args[0] in relations else None if None in relations else "no"

    def is_young_adult(self, args: tuple[Answer, ...]) -> Answer:
        age = age_on((args[0], self._view.day))
        return None if not isinstance(age, int) else "yes" if ADULT <= age < GROWN else "no"

    def rosh_of(self, args: tuple[Answer, ...]) -> Answer:
        return self._view.value(f"rosh.{args[0]}")

    def rosh_moved(self, args: tuple[Answer, ...]) -> Answer:
        before = self._on_eve("rosh.overall", args[0])
        if args[1] is None or before is None:
            return None if args[1] is None else "no"
        return "yes" if before != args[1] else "no"

    def warned_before(self, args: tuple[Answer, ...]) -> Answer:
        day, months = args
        warned = day_or_none(self._on_eve("enforcement.warned_on", day))
        withdrawn = day_or_none(self._on_eve("enforcement.withdrawn_on", day))
        if not isinstance(day, date) or not isinstance(months, int):
            return None
        if warned is None or (withdrawn is not None and withdrawn >= warned):
            return "no"
        return "yes" if day <= Calendar().shift(warned, Amount(months, "months")) else "no"

    def close_to_release(self, args: tuple[Answer, ...]) -> Answer:
        day, days = args
        if not isinstance(day, date) or not isinstance(days, int):
            return None
        release = (self._view.value("sentence.release_on", each) for each in self._view.things("sentence"))
        near = (isinstance(each, date) and day < each <= day + timedelta(days=days) for each in release)
        return "yes" if any(near) else "no"

    def named_zone(self, args: tuple[Answer, ...]) -> Answer:
        text = args[0]
        if not isinstance(text, str):
            return None
        for condition in self._view.things("condition"):
            zone = self._view.value("condition.zone", condition)
            in_force = self._view.value("condition.in_force", condition) != "no"
            if in_force and isinstance(zone, str) and names_place(zone, text):
                return "yes"
        return "no"

    def on_record(self, args: tuple[Answer, ...]) -> Answer:
        return "yes" if self._view.resolved(str(args[0])).claims else "no"

    def disputed_by(self, args: tuple[Answer, ...]) -> Answer:
        by = args[0]
        if not isinstance(by, date):
            return None
        said = (str(live.claim.is_) <= by.isoformat() for live in self._view.claims("dispute.said_on"))
        return "yes" if any(said) else "no"

    def _on_eve(self, fact: str, day: Answer) -> str | int | None:
        """What was known under a fact on the day before; what the day itself brought does not count."""
        self._view.claims(fact)
        if not isinstance(day, date):
            return None
        return self._view.case.known(fact, None, (day - timedelta(days=1)).isoformat()).value

    def _rosh_since(self, begun: str) -> set[str | int]:
        """The levels said to hold on `begun` or on any day since; accounts that differ all count."""
        lives = sorted(self._view.claims("rosh.overall"), key=lambda live: live.claim.from_)
        starts = sorted({live.claim.from_ for live in lives})
        ends = dict(zip(starts, [*starts[1:], LAST], strict=bool(starts)))
        today = self._view.day.isoformat()
        return {
            live.claim.is_
            for live in lives
            if live.claim.from_ <= today and min(ends[live.claim.from_], live.claim.until or LAST) > begun
        }

    def _sentence_began(self) -> date:
        """The first day of the earliest sentence that is not over; a fall in risk before it is another time's."""
        current = []
        for sentence in self._view.things("sentence"):
            ends = self._view.value("sentence.ends_on", sentence)
            if not isinstance(ends, date) or ends >= self._view.day:
                current.append(self._view.value("sentence.on", sentence))
        return min((day for day in current if isinstance(day, date)), default=date.min)


def names_place(zone: str, text: str) -> bool:
    """Whether one of the places of a zone, which stand with commas between, stands in a text as whole words."""
    words = " ".join(re.findall(r"\w+", text.casefold()))
    named = (" ".join(re.findall(r"\w+", place.casefold())) for place in zone.split(","))
    return any(place and f" {place} " in f" {words} " for place in named)


def offices_closed(args: tuple[Answer, ...]) -> Answer:
    """Whether offices are closed on a day or on the next; regional days off are not counted."""
    day = args[0]
    if not isinstance(day, date):
        return None
    working = Calendar()
    return "no" if all(working.is_working(day + timedelta(days=n)) for n in (0, 1)) else "yes"


def age_on(args: tuple[Answer, ...]) -> Answer:
    """Whole years between two days; somebody born on 29 February is a year older on 1 March."""
    born, day = args
    if not isinstance(born, date) or not isinstance(day, date):
        return None
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def birthday(born: date, age: int) -> date:
    """The first day on which somebody born then has reached `age`."""
    try:
        return born.replace(year=born.year + age)
    except ValueError:
        return date(born.year + age, 3, 1)
