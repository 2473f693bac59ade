"""Carrying over: what was signed here and other systems do not hold yet, the words for each, and marking it done."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import msgspec

from workbench import clock as clocks
from workbench.casework import carry_table
from workbench.casework.carry_table import Code, System
from workbench.casework.carry_words import asks, words
from workbench.casework.desk import Desk
from workbench.casework.recording import places_of, sign, start, withdraw
from workbench.errors import NotFound, Refused
from workbench.forms.definition import Question
from workbench.models.fold import Case, Entry
from workbench.models.readers import FORM as READERS
from workbench.models.records import Version
from workbench.models.released import ReleasedEntry, Withheld
from workbench.models.results import Changes
from workbench.resources import say
from workbench.rules import access
from workbench.store import carrying as kept
from workbench.store.carrying import FORM

# Nobody is asked about what was signed longer before the tray was first used (ours).
BEFORE = timedelta(days=14)
# What lies before the oldest that waits, and before so many of the newest versions, is settled for good and
# never looked through again (ours). Counted, not dated: a clock set wrong must not settle anything.
OPEN = 1000
STEP = 200
_KEY = "carrying"


class Waiting(msgspec.Struct, frozen=True):
    """One entry that one other system does not hold yet.

    Where that system is `typed` and no type is known here, it is chosen there; `source` says where codes were read.
    """

    case: str
    crn: str
    name: str
    entry: str
    version: str
    form: str
    title: str
    on: str
    at: str
    system: str
    system_name: str
    types: tuple[Code, ...] = ()
    outcome: Code | None = None
    typed: bool = True
    source: str = ""


class Outgoing(msgspec.Struct, frozen=True):
    """What would be copied of an entry; `left_out` are questions that are not, each with the marks that hold it.

    `shortened` says that names of children were cut to what readers of that system may see.
    """

    text: str
    left_out: tuple[tuple[str, tuple[str, ...]], ...] = ()
    shortened: bool = False


def carries(desk: Desk) -> bool:
    """Whether the person at this store marks what was carried over."""
    return desk.device.card.role in desk.library.form(FORM).for_


def count(desk: Desk) -> int:
    """How much waits; no case is read."""
    if not carries(desk) or desk.known_until is not None:
        return 0
    return kept.count(desk.store.connection, desk.device.device, _from(desk), _wanted())


def waiting(desk: Desk) -> tuple[Waiting, ...]:
    """What waits, the oldest first; one row of the look-log."""
    if not carries(desk) or desk.known_until is not None:
        return ()
    asked, table = _from(desk), carry_table.read()
    found = kept.waiting(desk.store.connection, desk.device.device, asked, _wanted())
    _settle(desk, asked, found)
    desk.log("listed", detail=f"{len(found)} to carry over")
    return tuple(_waiting(desk, table, each) for each in found)


def _wanted() -> Iterator[kept.Wanted]:
    for form, carried in carry_table.read().forms.items():
        for each in carried:
            question, answers = (each.when.question, each.when.answers) if each.when else ("", ())
            yield kept.Wanted(form, each.system, question, answers)


def _from(desk: Desk) -> kept.From:
    """From where is asked; the first time it is noted in the store."""
    data = desk.store.meta(_KEY)
    if data is not None:
        return msgspec.json.decode(data, type=kept.From)
    return _keep(desk, kept.From(clocks.stamp(clocks.start_of(desk.today - BEFORE))))


def _settle(desk: Desk, asked: kept.From, found: list[kept.Kept]) -> None:
    """Notes now and then up to where everything is marked, so that years of work make no count slow."""
    after = kept.newest(desk.store.connection) - OPEN
    after = min((after, *(each.place - 1 for each in found)))
    if after >= asked.after + STEP:
        _keep(desk, msgspec.structs.replace(asked, after=after))


def _keep(desk: Desk, asked: kept.From) -> kept.From:
    device, data = desk.device, msgspec.json.encode(asked)
    desk.store.set_meta({_KEY: data}, desk.logged("choices kept"), device.card.name, device.device)
    return asked


def _waiting(desk: Desk, table: carry_table.Table, found: kept.Kept) -> Waiting:
    row = desk.store.case_row(desk.links.reading(found.case))
    version = desk.store.version(found.version)
    form = desk.form_of(version) if version else None
    carry = table.carry(found.form, found.system)
    answers = version.answers() if version else {}
    codes = [coded.of(answers) for coded in carry.types] if carry else []
    types = tuple(code for code in codes if code is not None)
    outcome = carry.outcome.of(answers) if carry and carry.outcome else None
    sources = (code.source for code in (*types, outcome) if code is not None and code.code)
    return Waiting(
        case=row.case,
        crn=row.crn,
        name=row.name or row.crn,
        entry=found.entry,
        version=found.version,
        form=found.form,
        title=say(form.title) if form else found.form,
        on=found.on,
        at=found.at,
        system=found.system,
        system_name=table.systems[found.system].name,
        types=types,
        outcome=outcome,
        typed=table.systems[found.system].typed == "yes",
        source="; ".join(table.sources[source] for source in dict.fromkeys(sources)),
    )


# The words


def outgoing(desk: Desk, entry: str, system: str) -> Outgoing:
    """What of an entry may be copied to a system, question by question; the look is logged.

    Raises:
        NotFound: there is no such entry here.
        Refused: the entry no longer counts, or that system holds nothing of its form.
    """
    stood, held = _entry(desk, entry)
    found = _outgoing(desk, stood, held, system)
    desk.log("looked", case=stood.id, detail=entry)
    return found


def text(desk: Desk, entry: str, system: str) -> str:
    """The words of an entry for a system, about to leave by the clipboard; logged as what left.

    Raises:
        NotFound: there is no such entry here.
        Refused: nothing of it may be copied there.
    """
    stood, held = _entry(desk, entry)
    found = _outgoing(desk, stood, held, system)
    name = carry_table.read().systems[system].name
    if not found.text:
        raise Refused(f"Nothing of this entry may be copied to {name}.", "Write there what belongs there.")
    desk.log("copied", case=stood.id, why=f"carried over to {name}", detail=entry)
    return found.text


def done(desk: Desk, entry: str, system: str) -> Changes:
    """Signs that an entry was carried over to a system, now.

    Raises:
        NotFound: there is no such entry here.
        Refused: the person's role does not mark this.
    """
    _, held = _entry(desk, entry)
    session = start(desk, held.case, FORM)
    session.answer("entry", entry)
    session.answer("system", system)
    return sign(desk, held.case, session)


def undo(desk: Desk, marked: Changes) -> Changes:
    """Withdraws a mark that was made by mistake: the entry waits again."""
    return withdraw(desk, marked.case, str(marked.version), "Marked as carried over by mistake.")


def _entry(desk: Desk, entry: str) -> tuple[Case, Entry]:
    case = desk.store.case_of_entry(entry)
    if case is None:
        raise NotFound("That entry is not in this store.", "It may have been taken out of the case.")
    stood = desk.case(case)
    held = stood.entries[entry]
    if not held.live:
        raise Refused("This entry no longer counts.", "It was withdrawn or taken out of the case.")
    return stood, held


def _outgoing(desk: Desk, stood: Case, held: Entry, system: str) -> Outgoing:
    table = carry_table.read()
    own = (version for version in held.live if version.header.device == desk.device.device)
    version = next(own, held.live[-1])
    form, carry = desk.form_of(version), table.carry(held.form, system)
    if form is None or carry is None:
        raise Refused("That system holds nothing of this form.", "See the guidance page 'Carry-over'.")
    released, withheld = _released(desk, stood, held, system, table.systems[system])
    said = next((each for each in released if each.version == version.id), None)
    answers = said.answers if said is not None else {}
    # Where the whole entry is kept to named people, nothing of it was released.
    asked = [question for each in carry.copies if (question := form.question(each)) is not None]
    return Outgoing(
        text=words(form, carry.copies, answers),
        left_out=tuple(_left_out(asked, version, withheld)),
        shortened=any(value.version == version.id and value.how == "initials" for value in withheld.values),
    )


def _released(
    desk: Desk, stood: Case, held: Entry, system: str, reader: System
) -> tuple[tuple[ReleasedEntry, ...], Withheld]:
    """The entry alone, cut to those who read a system; who may read it at all stands in entries about readers."""
    about = {each.id: each for each in stood.of_form(READERS)}
    one = Case(stood.id, {**about, held.id: held}, stood.claims)
    day = desk.today.isoformat()
    book = msgspec.structs.replace(desk.book, access={**desk.book.access, system: reader.reader})
    cut, withheld = access.release(
        one,
        system,
        book=book,
        shapes=desk.shapes,
        facts=desk.library.facts,
        authors=desk.author,
        as_of=day,
        crn="",
        names=places_of(stood),
        releases=(),
    )
    return cut.entries, withheld


def _left_out(
    asked: list[Question], version: Version, withheld: Withheld
) -> Iterator[tuple[str, tuple[str, ...]]]:
    held = [each for each in withheld.values if each.version == version.id and each.how != "initials"]
    for question in asked:
        inside = [each for each in held if each.path.partition("/")[0] == question.id]
        if inside:
            marks = sorted({mark for each in inside for mark in each.marks})
            yield asks(question), tuple(marks)
