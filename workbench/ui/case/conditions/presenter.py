"""The conditions that bind the person: why, from when to when, when and how they were checked. No Qt here."""

from __future__ import annotations

from collections.abc import Iterator

from workbench.casework.desk import Desk
from workbench.ui.case.registers import Item, Register, Written, answered, register, written
from workbench.ui.knowing import Knowing
from workbench.ui.words import day_words

FORM = "orders-and-conditions"
_ADD = "Add a condition or an order"
_FACTS = (
    ("purpose", "What it is there to prevent"),
    ("from_day", "From"),
    ("until_day", "Until"),
    ("told_on", "Explained on"),
    ("understood", "Understood as"),
    ("check_every", "To be checked"),
    ("last_check", "What happened then"),
    ("review_on", "Still needed? Ask on"),
)


def conditions(desk: Desk, case: str) -> tuple[Register, ...]:
    """In force by kind, no contact, notification; then those that have ended."""
    known = Knowing(desk, case)
    in_force: dict[str, list[Item]] = {}
    ended: list[Item] = []
    for condition in written(desk, known, FORM, "conditions"):
        if _ended(condition, known.day):
            ended.append(_condition(condition, known.day))
        else:
            in_force.setdefault(condition.words("kind"), []).append(_condition(condition, known.day))
    found = [
        register(desk, f"{kind}: in force", items, "", FORM, add=_ADD) for kind, items in in_force.items()
    ]
    if not found:
        found = [
            register(desk, "Conditions in force", (), "No condition is recorded as in force.", FORM, add=_ADD)
        ]
    found.append(
        register(
            desk,
            "No contact",
            _no_contact(desk, known),
            "No condition forbids contact with a named person.",
            FORM,
            add="Add a person not to be contacted",
        )
    )
    told = tuple(answered(known, FORM, *_NOTIFICATION))
    if told:
        found.append(Register("Notification", told, ""))
    if ended:
        found.append(Register("No longer in force", tuple(ended), ""))
    return tuple(found)


_NOTIFICATION = (
    ("registered", "Subject to notification"),
    ("notify_until", "Until, as police state it"),
    ("notify_next", "Next date, as police state it"),
)


def _ended(condition: Written, today: str) -> bool:
    until = condition.raw("until_day")
    return condition.raw("in_force") == "no" or bool(until and until < today)


def _condition(condition: Written, today: str) -> Item:
    ended = _ended(condition, today)
    checked = condition.raw("checked_on")
    told = f"{day_words(checked)}: {condition.words('checked_how').lower()}" if checked else ""
    return Item(
        name=condition.words("wording"),
        state="" if not ended else "Ended",
        facts=(
            *condition.facts(*_FACTS[:6]),
            *((("Last checked", told),) if told else ()),
            *condition.facts(*_FACTS[6:]),
        ),
        alight=() if ended else tuple(_alight(condition, today)),
        entries=condition.entries,
        at=condition.at,
    )


def _alight(condition: Written, today: str) -> Iterator[str]:
    """What a condition in force lacks; a standard one is there by law and explained with the licence."""
    own = condition.raw("kind") != "licence-standard"
    if own and not condition.raw("purpose"):
        yield "What it is there to prevent is not recorded."
    if own and not condition.raw("told_on"):
        yield "No one has recorded that it was explained."
    if condition.raw("check_every") and not condition.raw("checked_on"):
        yield "It is to be checked, and no check is recorded with its day."
    review = condition.raw("review_on")
    if review and review <= today:
        yield f"Whether it is still needed was to be asked by {day_words(review)}."


def _no_contact(desk: Desk, known: Knowing) -> Iterator[Item]:
    names = {found.of: found.words for found in known.each("network.name") if found.of}
    for row in written(desk, known, FORM, "no_contact"):
        off = row.raw("in_force") == "no"
        facts = row.facts(("kind", "By"), ("except_when", "Allowed only when"), ("review_on", "Ask again on"))
        name = names.get(row.raw("person"), "Somebody not on the list of people")
        state, tone = ("Ended", "plain") if off else ("Forbidden", "danger")
        yield Item(name, state, tone, facts, entries=row.entries, at=row.at)
