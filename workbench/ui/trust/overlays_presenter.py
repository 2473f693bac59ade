"""What the settings show of overlays and suggestions: what each changes, and what work it makes; no Qt here."""

from __future__ import annotations

from pathlib import Path

import msgspec

from workbench.casework import overlays, overlays_cost, receiving, studying
from workbench.casework.desk import Desk
from workbench.casework.overlays import Held, Suggested
from workbench.casework.overlays_cost import Cost, Share
from workbench.casework.overlays_parts import Change
from workbench.casework.overlays_switched import Decision
from workbench.errors import BadInput, Expected
from workbench.models.amounts import counted
from workbench.resources import say
from workbench.ui.gate.roles import ROLES
from workbench.ui.words import day_words, moment_words

WAY = (
    "Reckoned from the {} as they stand today. What comes round again counts once each time it comes round. "
    "For the rest it is what fell due in the last 52 weeks, or falls due in the next 52, whichever is more. "
    "Cases that come later are not in it."
)
NO_CASES = (
    "This store holds no cases, so the work cannot be reckoned here. An SPO sees on this screen what each "
    "makes for the team: ask before you switch anything on."
)
_SAMPLE = "In a sample an invented region holds beside the national rule book: every suggestion is on."
_SIGNED = 12
_KINDS = {
    "rule": "A rule",
    "finding": "A finding",
    "advice": "A line of advice",
    "form": "A form",
    "guidance": "A page of the guide",
}


class Number(msgspec.Struct, frozen=True):
    """One thing that an overlay changes, in words; `longer` is whether it gives more time than the national rule."""

    title: str
    line: str
    source: str
    longer: bool


class Overlay(msgspec.Struct, frozen=True):
    """An overlay: how it stands (words and tone), what else is to be known, and what it changes."""

    key: str
    title: str
    state: str
    tone: str
    told: tuple[str, ...]
    numbers: tuple[Number, ...]
    on: bool
    may_switch: bool


class Suggestion(msgspec.Struct, frozen=True):
    """An empty number with the program's suggestion."""

    key: str
    title: str
    says: str
    told: str
    on: bool


class Shown(msgspec.Struct, frozen=True):
    """The whole part; `who` says who can switch, where this person cannot; `alone` what holds without an overlay."""

    who: str
    alone: str
    overlays: tuple[Overlay, ...]
    suggestions: tuple[Suggestion, ...]
    decided: bool


class Work(msgspec.Struct, frozen=True):
    """The work one thing makes: a rate for each person, a sentence on the first day, and all of it to be signed."""

    people: tuple[tuple[str, str], ...]
    at_once: str
    signed: str


class Reckoned(msgspec.Struct, frozen=True):
    """What each thing makes, by its key, and how it was reckoned."""

    way: str
    work: dict[str, Work]


def shown(desk: Desk) -> Shown:
    """Overlays and suggestions as they stand."""
    may = overlays.may_switch(desk)
    return Shown(
        "" if may else overlays.WHO_CAN,
        _SAMPLE if desk.about.sample else "The national rule book holds alone.",
        tuple(_overlay(desk, each, may=may) for each in overlays.listed(desk)),
        tuple(_suggestion(each) for each in overlays.suggestions(desk)),
        bool(desk.switched.decisions),
    )


def _overlay(desk: Desk, held: Held, *, may: bool) -> Overlay:
    state, tone = ("In force", "good") if held.in_force else ("Not in force", "plain")
    if not held.fits:
        state, tone = "Does not fit this version of the program", "warn"
    told = [f"Holds from {day_words(held.from_)}. Made by {held.made_by}."]
    if held.policy.idle_minutes is not None:
        told.append(f"The window locks itself after at most {counted(held.policy.idle_minutes, 'minute')}.")
    if held.policy.backup_days is not None:
        told.append(f"Backups are kept for at most {counted(held.policy.backup_days, 'day')}.")
    if held.policy.backup_folder == "yes":
        told.append("Each person chooses a folder for their backups.")
    if held.policy.not_printed:
        told.append(f"Not printed from the window: {', '.join(map(_report, held.policy.not_printed))}.")
    if held.decision is not None:
        told.append(_decided(desk, held.decision))
    on = desk.switched.overlay == held.sha256
    numbers = tuple(_number(desk, change) for change in held.changes)
    return Overlay(held.sha256, held.called, state, tone, tuple(told), numbers, on, may and (held.fits or on))


def _report(report: str) -> str:
    """A report by its title, as it stands in a sentence."""
    titles = {row["report"]: str(row["title"]) for row in studying.reports()}
    return titles.get(report, report)


def _decided(desk: Desk, decision: Decision) -> str:
    card = desk.cards.get(decision.by)
    name = card.name if card else "somebody whose card is not here"
    return f"Switched {'on' if decision.on else 'off'} by {name}, {moment_words(decision.at)}: {decision.why}"


def _number(desk: Desk, change: Change) -> Number:
    rule = desk.book.rules.get(change.rule)
    if not change.rule:
        days = ", ".join(map(day_words, change.region.split(", ")))
        told = (
            f"Offices closed besides the bank holidays: {days}"
            if change.what == "days off"
            else _changed(change)
        )
        return Number("For every rule", told, "", change.longer)
    title = (
        say(rule.asks) if rule and change.region != "added" else change.rule.replace("-", " ").capitalize()
    )
    source = f"{change.source.document}, {change.source.place}" if change.source else ""
    if change.from_:
        source = f"{source}. From {day_words(change.from_)}"
    return Number(title, _changed(change), source, change.longer)


def _changed(change: Change) -> str:
    if change.region == "added":
        return f"{_KINDS[change.what]}, added by the region: {change.national}"
    if change.region == "written anew":
        return f"The section '{change.what.replace('_', ' ')}' of this report is written by the region"
    if change.region == "off":
        return "Switched off; it is marked ours, not policy"
    national = f"national {change.national}" if change.national else "no national number"
    return f"{change.what.replace('_', ' ').capitalize()}: {national}, region {change.region}"


def _suggestion(found: Suggested) -> Suggestion:
    told = f"Owed by: {_role(found.owed_by)}. That it is owed: {found.source}."
    if found.decision is not None:
        told = f"{told} Switched {'on' if found.decision.on else 'off'} {moment_words(found.decision.at)}."
    return Suggestion(found.key, found.asks, found.suggestion, told, bool(found.amount))


# The work


def reckon(desk: Desk) -> Reckoned:
    """What each suggestion makes."""
    return reckoned(overlays_cost.of_suggestions(desk))


def reckon_overlay(desk: Desk, key: str) -> Reckoned:
    """What an overlay makes more than what is in force without it, all its rules together."""
    costs = overlays_cost.of_overlay(desk, key)
    cases = next((cost.cases for cost in costs.values()), 0)
    people: dict[tuple[str, str], Share] = {}
    for share in (share for cost in costs.values() for share in cost.shares):
        whose = (share.name, share.role)
        held = people.get(whose, Share(*whose, 0.0, 0))
        people[whose] = Share(*whose, held.weekly + share.weekly, held.at_once + share.at_once)
    shares = sorted(people.values(), key=lambda share: (-share.weekly, share.name))
    return reckoned({key: Cost(tuple(shares), cases)})


def reckoned(costs: dict[str, Cost]) -> Reckoned:
    """Costs in words, by their keys."""
    cases = max((cost.cases for cost in costs.values()), default=0)
    where = f"{counted(cases, 'case')} in this store"
    return Reckoned(
        WAY.format(where) if cases else NO_CASES,
        {key: _work(cost) for key, cost in costs.items()} if cases else {},
    )


def _work(cost: Cost) -> Work:
    people = tuple((_named(share), rate_words(share.weekly)) for share in cost.shares)
    at_once = sum(share.at_once for share in cost.shares)
    signed = "; ".join(f"{name}: {rate}" for name, rate in people[:_SIGNED]) or "none in the cases held"
    return Work(people, _at_once(at_once), signed)


def _at_once(count: int) -> str:
    if count > 0:
        return f"On the first day {count:,} {'stands' if count == 1 else 'stand'} there at once: the day has passed."
    return f"On the first day {-count:,} fewer stand there." if count else ""


def _named(share: Share) -> str:
    role = _role(share.role)
    return f"{share.name} ({role.lower()})" if share.name else role


def _role(role: str) -> str:
    return ROLES.get(role, role).partition(" (")[0]


def rate_words(weekly: float) -> str:
    """How often, as one would say it: `2 a week`, `1 every 4 weeks`, `1 a year`."""
    if weekly < 0:
        return f"{rate_words(-weekly)} fewer"
    if weekly == 0:
        return "no more than now"
    if weekly >= 0.95:
        return f"{weekly:.1f}".removesuffix(".0") + " a week"
    weeks = round(1 / weekly)
    if weeks < 40:
        return f"1 every {weeks} weeks" if weeks > 1 else "1 a week"
    return "1 a year"


# What is done


def switch_overlay(desk: Desk, key: str, on: bool, why: str, weekly: str) -> Shown:
    """Switches an overlay, and shows how things stand after."""
    overlays.switch_overlay(desk, key, on=on, why=why, weekly=weekly)
    return shown(desk)


def switch_suggestion(desk: Desk, key: str, on: bool, why: str, weekly: str) -> Shown:
    """Switches a suggestion, and shows how things stand after."""
    overlays.switch_suggestion(desk, key, on=on, why=why, weekly=weekly)
    return shown(desk)


def receive(desk: Desk, path: Path) -> tuple[str, ...]:
    """Takes in an overlay, or decisions made elsewhere; tells what came.

    Raises:
        BadInput: it is neither, or is refused.
    """
    try:
        with path.open("rb") as file:
            data = file.read(receiving.MOST + 1)
    except OSError:
        raise Expected(f"The file {path.name} cannot be read.", "Choose it again.") from None
    if not overlays.is_one(data):
        raise BadInput("This is no overlay.", next_step="Files from colleagues are received under Exchange.")
    return receiving.receive(desk, data).says


def hand_on(desk: Desk) -> bytes:
    """What was decided here, as a file for colleagues."""
    return overlays.hand_on(desk)
