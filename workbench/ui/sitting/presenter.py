"""One sitting in words: what asks for it, what changed, the forms and how far each is. No Qt here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from workbench.casework import sitting
from workbench.casework.desk import Desk
from workbench.casework.sitting import Change, Part
from workbench.models.results import Because, Changes
from workbench.resources import say
from workbench.rules import states
from workbench.ui.knowing import Knowing
from workbench.ui.today.presenter import duty_words
from workbench.ui.words import day_words, fact_words

# The words of what a fact is about, by the kind of thing.
_NAMED = {"person": "network.name", "condition": "condition.text", "device": "device.what"}
_LONGEST = 60
_STATES = {
    "refused": ("Not in this sitting", "plain"),
    "not-begun": ("Not begun", "plain"),
    "unfinished": ("Not finished", "warn"),
    "ready": ("Ready to sign", "good"),
}


class Asked(msgspec.Struct, frozen=True):
    """What asks for the sitting, how it stands, and why."""

    asks: str
    stands: str
    because: Because


class Changed(msgspec.Struct, frozen=True):
    """One thing that changed, in words, since when, and the entry that says so."""

    name: str
    words: str
    since: str
    entry: str


class Written(msgspec.Struct, frozen=True):
    """One form of the sitting: how far it is in words, what is missing, and what was signed before."""

    form: str
    title: str
    state: str
    tone: str
    says: tuple[str, ...]
    draft: str
    last: str
    last_on: str
    carries: bool
    refused: bool
    ready: bool


class Sitting(msgspec.Struct, frozen=True):
    """The whole sitting. `told` are the changes in words, for the review that begins with them."""

    case: str
    name: str
    asked: tuple[Asked, ...]
    since: str
    changes: tuple[Changed, ...]
    forms: tuple[Written, ...]
    told: str

    @property
    def ready(self) -> tuple[Written, ...]:
        """The forms that can be signed."""
        return tuple(form for form in self.forms if form.ready)

    @property
    def unfinished(self) -> tuple[Written, ...]:
        """The forms that were begun and cannot be signed yet."""
        return tuple(form for form in self.forms if form.draft and not form.ready)


def opened(desk: Desk, case: str) -> Sitting:
    """A sitting as it stands; looking at the case is logged before it is shown."""
    desk.log("looked", case=case, detail="sitting")
    row = desk.store.case_row(case)
    assessed = sitting.last_assessed(desk, case)
    form = desk.form_of(assessed.head) if assessed else None
    since = f"{say(form.title)}, {day_words(assessed.on[:10])}" if form and assessed else ""
    changes = tuple(_changes(desk, case)) if assessed else ()
    return Sitting(
        case=case,
        name=row.name or row.crn,
        asked=tuple(_asked(desk, case)),
        since=since,
        changes=changes,
        forms=tuple(_written(part) for part in sitting.parts(desk, case)),
        told="\n".join(f"{each.name}: {each.words}" for each in changes),
    )


def begin(desk: Desk, case: str, form: str, told: str, *, from_last: bool) -> str:
    """Begins one form of a sitting; gives its draft.

    Raises:
        Refused: the form is not for this case or this person.
    """
    return sitting.begin(desk, case, form, from_last=from_last, told=told)


def sign(desk: Desk, case: str, drafts: tuple[str, ...]) -> Changes:
    """Signs the forms of a sitting, all of them or none.

    Raises:
        Refused: one cannot be signed yet; nothing is signed then.
        NotFound: a draft is gone.
    """
    return sitting.sign(desk, case, drafts)


def _asked(desk: Desk, case: str) -> Iterator[Asked]:
    for duty in sitting.asking(desk, case):
        stands, _, _ = duty_words(duty, states.state(duty, desk.now), desk.today)
        yield Asked(duty.asks, stands, duty.because)


# What changed


def _changes(desk: Desk, case: str) -> Iterator[Changed]:
    """One line for each fact of the case, and one for everything an entry says of one person or thing."""
    known = Knowing(desk, case)
    together: dict[tuple[str, str], list[Change]] = {}
    for change in sitting.changed(desk, case):
        key = (change.entry, change.of or change.fact)
        together.setdefault(key, []).append(change)
    for held in together.values():
        alone = held[0].of is None
        yield _line(known, fact_words(held[0].fact) if alone else _about(desk, known, held[0]), held)


def _about(desk: Desk, known: Knowing, change: Change) -> str:
    kind = desk.library.facts[change.fact].of
    named = known.fact(_NAMED[kind], change.of) if kind in _NAMED else None
    if named is None or not named.recorded:
        return kind.capitalize()
    return named.words if len(named.words) <= _LONGEST else f"{named.words[:_LONGEST].rstrip()}…"


def _line(known: Knowing, name: str, held: Sequence[Change]) -> Changed:
    alone = held[0].of is None
    words = " ".join(_words(known, change, name="" if alone else _short(change.fact)) for change in held)
    return Changed(name, words, day_words(held[0].since), held[0].entry)


def _short(fact: str) -> str:
    return fact.rpartition(".")[2].replace("_", " ").capitalize()


def _words(known: Knowing, change: Change, *, name: str) -> str:
    """What it is now and what it was; of a fact that holds many, what came and what went."""
    now = [known.value(change.fact, value) for value in change.now if value not in change.before]
    gone = [known.value(change.fact, value) for value in change.before if value not in change.now]
    told = "; ".join(now) if now else "no longer"
    was = f" (before: {'; '.join(gone)})" if gone else ""
    return f"{name}: {told}{was}." if name else f"{told[:1].upper()}{told[1:]}{was}."


# The forms


def _written(part: Part) -> Written:
    state, tone = _STATES[part.state]
    says: tuple[str, ...] = (part.refused,) if part.refused else part.gaps
    if part.state == "ready" and part.findings:
        points = f"{part.findings} point{'s' if part.findings != 1 else ''}"
        says = (f"{points} worth a look before you sign.",)
    return Written(
        form=part.form,
        title=part.title,
        state=state,
        tone=tone,
        says=says,
        draft=part.draft,
        last=part.last,
        last_on=day_words(part.last_on),
        carries=part.carries,
        refused=bool(part.refused),
        ready=part.state == "ready",
    )
