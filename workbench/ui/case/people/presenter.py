"""The people around the person, in registers: who is whom as of when, and what contact is allowed. No Qt here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from workbench.casework.desk import Desk
from workbench.ui.case.registers import Item, Register, Written, register, written
from workbench.ui.knowing import Knowing
from workbench.ui.words import day_words

FORM = "people"
FAMILY = frozenset({"partner", "former-partner", "child", "parent", "sibling", "relative"})
_FACTS = (
    ("household", "Same household"),
    ("contact_how", "How"),
    ("decided_by", "Decided by"),
    ("may_be_told", "May be told"),
    ("told", "Told of the offence"),
    ("since", "Since"),
    ("born", "Born"),
    ("phone", "Telephone"),
    ("services", "Known to"),
    ("risk", "Risk"),
    ("source", "How it is known"),
)
_TITLES = (
    ("Children, and what contact is allowed", "No child is recorded around the person."),
    ("Family and partners", "Nobody of the family is recorded."),
    ("Friends, associates and others", "Nobody else is recorded."),
    ("Professionals", "No professional is recorded."),
    ("Victims, by reference", "No victim is on the list of people."),
)


def people(desk: Desk, case: str) -> tuple[Register, ...]:
    """One register for each kind of tie; those whose tie has ended stand last and say so.

    Victims have a name nowhere: a reference is all that stands here.
    """
    known = Knowing(desk, case)
    forbidden = _forbidden(known)
    found: dict[int, list[Item]] = {number: [] for number in range(len(_TITLES))}
    for person in sorted(written(desk, known, FORM, "people"), key=lambda each: _ended(each, known.day)):
        found[_kind(person)].append(_person(person, known.day, forbidden))
    return tuple(
        register(desk, title, found[number], empty, FORM, add="Add a person")
        for number, (title, empty) in enumerate(_TITLES)
        if found[number] or number < 2
    )


def _kind(person: Written) -> int:
    relation = person.raw("relation")
    if relation == "victim":
        return 4
    if person.raw("under_18") in ("yes", "unknown"):
        return 0
    if relation in FAMILY:
        return 1
    return 3 if relation == "professional" else 2


def _ended(person: Written, today: str) -> bool:
    return bool(person.raw("until_day")) and person.raw("until_day") <= today


def _person(person: Written, today: str, forbidden: frozenset[str]) -> Item:
    ended = _ended(person, today)
    state, tone = _contact(person)
    if ended:
        state, tone = f"Until {day_words(person.raw('until_day'))}", "plain"
    relation = ("Tie", person.words("relation"))
    facts = (relation, *_age(person), *person.facts(*_FACTS))
    alight = () if ended else tuple(_alight(person, today, forbidden))
    return Item(person.raw("name") or "Somebody", state, tone, facts, alight, person.entries, person.at)


def _contact(person: Written) -> tuple[str, str]:
    return {
        "yes": ("Contact allowed", "good"),
        "no": ("Contact not allowed", "danger"),
        "unknown": ("Contact: not known", "warn"),
    }.get(person.raw("contact_allowed"), ("Contact not recorded", "warn"))


def _age(person: Written) -> Iterable[tuple[str, str]]:
    if person.raw("under_18") == "unknown":
        yield "Under 18", "Not known"
    elif turns := person.words("turns_18"):
        yield "Turns 18", day_words(turns)


def _alight(person: Written, today: str, forbidden: frozenset[str]) -> Iterator[str]:
    """What somebody should look at before anything else."""
    allowed, child = person.raw("contact_allowed"), person.raw("under_18") in ("yes", "unknown")
    if person.raw("household") == "yes" and allowed == "no":
        yield "Lives in the same household, and contact is not allowed."
    if str(person.row.get("id")) in forbidden and allowed == "yes":
        yield "A condition forbids contact, and here it is allowed."
    if child and allowed == "yes" and not person.raw("contact_how"):
        yield "How contact happens, and with whom present, is not recorded."
    if child and allowed in ("yes", "no") and not person.raw("decided_by"):
        yield "Who decided on contact is not recorded."
    turns = person.row.get("turns_18")
    if child and isinstance(turns, dict) and str(turns.get("value", "9")) <= today:
        yield "Is 18 by now, and is still recorded as a child."


def _forbidden(known: Knowing) -> frozenset[str]:
    """The people with whom a condition in force forbids contact."""
    found: set[str] = set()
    for condition in known.each("condition.in_force"):
        if condition.raw == "yes":
            resolved = known.case.known("condition.no_contact", condition.of, known.day, many=True)
            found.update(str(value) for value in resolved.values)
    return frozenset(found)
