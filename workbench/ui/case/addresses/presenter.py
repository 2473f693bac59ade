"""The places where the person sleeps and slept, with their approval and the visits to each. No Qt here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from workbench.casework.desk import Desk
from workbench.casework.reading import kept_away
from workbench.models.fold import Entry
from workbench.ui.case.registers import Item, Register, Written, register, written
from workbench.ui.form import words as answers_in
from workbench.ui.knowing import Knowing
from workbench.ui.words import day_words

FORM, VISIT = "address", "home-visit"
MOST_VISITS = 6
_FACTS = (
    ("type", "Kind"),
    ("from_day", "From"),
    ("until_day", "First day elsewhere"),
    ("paid_by", "Paid by"),
    ("authority", "Authority"),
    ("alternatives", "Alternatives tried"),
    ("household", "Who lives there"),
    ("children", "Children there or visiting"),
    ("police_view", "Police"),
    ("childrens_services_view", "Children's services"),
    ("needs_met", "Meets needs"),
)
# Where nobody else decides whether the person may sleep there.
_UNASKED = frozenset({"prison", "hospital", "street"})


def addresses(desk: Desk, case: str) -> tuple[Register, ...]:
    """Where the person is now, what is planned, then where they were, the latest first."""
    known = Knowing(desk, case)
    visits = _visits(desk, known)
    places = sorted(written(desk, known, FORM, "places"), key=lambda each: each.raw("from_day"), reverse=True)
    now = [_place(desk, each, known.day, visits) for each in places if not _left(each, known.day)]
    before = [_place(desk, each, known.day, visits) for each in places if _left(each, known.day)]
    nowhere = (
        " The person is recorded as without a fixed address." if known.raw("no_fixed_abode") == "yes" else ""
    )
    found = [
        register(
            desk,
            "Where the person sleeps",
            now,
            f"No place is recorded.{nowhere}",
            FORM,
            add="Add an address",
        )
    ]
    if before:
        found.append(Register("Earlier places", tuple(before), ""))
    if elsewhere := tuple(_elsewhere(desk, visits, {str(each.row.get("id")) for each in places})):
        found.append(Register("Visits for which no address was named", elsewhere, ""))
    return tuple(found)


def _left(place: Written, today: str) -> bool:
    return bool(place.raw("until_day")) and place.raw("until_day") <= today


def _visits(desk: Desk, known: Knowing) -> Mapping[str, Sequence[Entry]]:
    """The visits to each place, the latest first; those that name none under the empty id."""
    away = kept_away(desk, known.case)
    found: dict[str, list[Entry]] = {}
    for entry in reversed(known.case.of_form(VISIT)):
        if entry.id not in away:
            found.setdefault(str(entry.head.answers().get("place", "")), []).append(entry)
    return found


def _place(desk: Desk, place: Written, today: str, visits: Mapping[str, Sequence[Entry]]) -> Item:
    there = visits.get(str(place.row.get("id")), ())
    state, tone = _state(place, today)
    approved = place.words("approved_by")
    on = place.words("approved_on")
    approval = (("Approved", f"{approved}{f', {on}' if on else ''}"),) if approved or on else ()
    shown = tuple(_visit(desk, entry) for entry in there[:MOST_VISITS])
    told = f"{len(shown)} of {len(there)}; the earlier ones stand in the chronology"
    visited = (("Visits shown", told),) if len(there) > len(shown) else ()
    return Item(
        name=place.raw("text") or "A place",
        state=state,
        tone=tone,
        facts=(*place.facts(*_FACTS), *approval, *visited),
        alight=tuple(_alight(place, today, bool(there))),
        entries=(*((f"Address, {words}", entry) for words, entry in place.entries), *shown),
        at=place.at,
    )


def _state(place: Written, today: str) -> tuple[str, str]:
    if _left(place, today):
        return f"Left {day_words(place.raw('until_day'))}", "plain"
    if place.raw("from_day") > today:
        return f"From {day_words(place.raw('from_day'))}", "info"
    return "Lives here now", "good"


def _alight(place: Written, today: str, visited: bool) -> Iterator[str]:
    """What nobody has recorded of a place where the person is or will be."""
    if _left(place, today) or place.raw("type") in _UNASKED:
        return
    if not place.raw("approved_by") and not place.raw("approved_on"):
        yield "No approval is recorded."
    if not place.raw("police_view"):
        yield "What police say of it is not recorded."
    if place.raw("children") in ("yes", "unknown") and not place.raw("childrens_services_view"):
        yield "What children's services say of it is not recorded."
    if not visited and place.raw("from_day") <= today:
        yield "No visit to it is recorded."


def _visit(desk: Desk, entry: Entry) -> tuple[str, str]:
    form = desk.form_of(entry.head)
    outcome = form.question("outcome") if form else None
    told = answers_in.answer(outcome, entry.head.answers().get("outcome"), {}).lower() if outcome else ""
    return f"Visit, {day_words(entry.on[:10])}{f': {told}' if told else ''}", entry.id


def _elsewhere(desk: Desk, visits: Mapping[str, Sequence[Entry]], known: set[str]) -> Iterator[Item]:
    for place, entries in visits.items():
        if place not in known:
            for entry in entries[:MOST_VISITS]:
                words, id_ = _visit(desk, entry)
                yield Item(words, entries=(("The entry", id_),))
