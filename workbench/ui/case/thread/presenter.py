"""The golden thread map in words: every cell says what stands there and leads to its entry. No Qt here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

import msgspec

from workbench.casework import threads
from workbench.casework.desk import Desk
from workbench.casework.threads import Answer, Sign, Strand, Threads, Work
from workbench.models.amounts import counted
from workbench.resources import say
from workbench.ui.form import words as answers_in
from workbench.ui.form.known import answerable
from workbench.ui.knowing import Knowing
from workbench.ui.words import day_words


class Link(msgspec.Struct, frozen=True):
    """A way to an entry."""

    words: str
    entry: str


class Cell(msgspec.Struct, frozen=True):
    """One cell: what it says, a quiet second line, what is alight in it with its tone, and its ways to entries."""

    words: str = ""
    more: str = ""
    alight: str = ""
    tone: str = "warn"
    links: tuple[Link, ...] = ()


class Line(msgspec.Struct, frozen=True):
    """One thing done: what, where it was worked on, what shows that it happened."""

    done: Cell
    worked: Cell
    shown: Cell


class Row(msgspec.Struct, frozen=True):
    """A factor or sign with everything done about it."""

    head: Cell
    rating: str
    tone: str
    lines: tuple[Line, ...]


class Part(msgspec.Struct, frozen=True):
    """A table of the map: its title, its columns, its rows; `empty` is said where there are none.

    `says` is what is alight in it, `form` the one that would mend it, amending `entry` where there is one.
    """

    title: str
    says: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    empty: str
    form: str = ""
    words: str = ""
    entry: str = ""


class Map(msgspec.Struct, frozen=True):
    """The whole map. `missing` are the forms without which it has no beginning: ARMS, plan."""

    case: str
    parts: tuple[Part, ...]
    missing: tuple[tuple[str, str], ...]


_COLUMNS = ("Factor", "What is done", "Sessions and visits", "What shows it happened")
_LOOSE = ("What it answers", *_COLUMNS[1:])
_SIGNS = ("Sign", "What to do", "What the plan does")
_TONES = {
    "high": "danger",
    "medium": "warn",
    "low": "good",
    "absent": "warn",
    "emerging": "info",
    "established": "good",
}


def thread(desk: Desk, case: str) -> Map:
    """The map of a case."""
    found = threads.threads(desk, case)
    words = _Words(desk, case)
    risks = [strand for strand in found.strands if not strand.protective and not words.protects(strand)]
    others = [strand for strand in found.strands if strand not in risks]
    parts = tuple(
        _mended(desk, found, part)
        for part in (
            _factors(words, "What raises the risk", risks),
            _factors(words, "What protects", others),
            _loose(words, found),
            _signs(words, found),
        )
    )
    role = desk.device.card.role
    missing = tuple(
        (form, say(definition.title))
        for form, there in ((threads.ARMS, found.assessed), (threads.PLAN, found.planned))
        if not there and role in (definition := desk.library.form(form)).for_
    )
    return Map(case, parts, missing)


def _mended(desk: Desk, found: Threads, part: Part) -> Part:
    """The same with the way to the plan, where something is alight that a plan would answer."""
    form = desk.library.form(threads.PLAN)
    if not part.says or not found.planned or desk.device.card.role not in form.for_:
        return part
    return msgspec.structs.replace(
        part, form=form.form, words=f"Amend: {say(form.title)}", entry=found.planned
    )


class _Words:
    """The words of entries and of what actions answer."""

    def __init__(self, desk: Desk, case: str) -> None:
        self._desk = desk
        self._known = Knowing(desk, case)
        self.day = self._known.day

    def protects(self, strand: Strand) -> bool:
        """Whether the form asks for it as something that protects, where it is not rated yet."""
        question = self._desk.library.form(threads.ARMS).question(strand.factor.replace("-", "_"))
        return question is not None and "established" in question.options

    def link(self, entry_id: str, *, short: bool = False) -> Link:
        """An entry: its form, its day, and of a session how it went; `short` is the day alone."""
        entry = self._known.case.entries[entry_id]
        if short:
            return Link(day_words(entry.on[:10]), entry_id)
        form = self._desk.form_of(entry.head)
        title = say(form.title) if form else entry.form
        told = f"{title}, {day_words(entry.on[:10])}"
        outcome = form.question("outcome") if form else None
        value = entry.head.answers().get("outcome")
        if outcome is not None and value is not None:
            told = f"{told}: {answers_in.answer(outcome, value, {}).lower()}"
        return Link(told, entry_id)

    def answered(self, work: Work) -> str:
        """What else an action answers: conditions and people, by their words."""
        named = (self._names[each] for each in work.answers if each in self._names)
        return "; ".join(named)

    @cached_property
    def _names(self) -> Mapping[str, str]:
        """The words of every condition and person that an action may answer."""
        people = {found.of: found.words for found in self._known.each("network.name") if found.of}
        form = self._desk.library.form(threads.PLAN)
        found = answerable(self._desk, self._known.case, form, people)
        return {each.id: each.words for each in found if each.kind != "Factor"}


# Factors


def _factors(words: _Words, title: str, strands: list[Strand]) -> Part:
    rows = tuple(_row(words, strand) for strand in strands)
    bare = sum(_alight(strand)[1] == "warn" for strand in strands)
    says = f"Nothing is done about {bare} of {len(rows)}." if bare else ""
    return Part(title, says, _COLUMNS, rows, "No ARMS is recorded, so no thread begins here.")


def _row(words: _Words, strand: Strand) -> Row:
    more = f"Changed: {strand.changed}" if strand.changed else ""
    head = Cell(strand.asks, more, links=(words.link(strand.entry, short=True),))
    lines = tuple(_line(words, work) for work in strand.works)
    alight, tone = _alight(strand)
    if alight:
        lines = (Line(Cell(alight=alight, tone=tone), Cell(), Cell()),)
    return Row(head, strand.says or "Not rated", _TONES.get(strand.rating, "plain"), lines)


def _alight(strand: Strand) -> tuple[str, str]:
    """What to say of a factor about which nothing is done, and how loudly; nothing where something is."""
    if strand.works:
        return "", ""
    if strand.rating in ("medium", "high"):
        return "No action answers it.", "warn"
    if strand.rating in ("absent", "emerging"):
        return "Nothing builds on it yet.", "warn"
    if strand.rating == "not-enough":
        return (
            f"What is missing: {strand.known}" if strand.known else "It is not known how to find out.",
            "info",
        )
    if strand.rating in ("low", "established"):
        return "Nothing is planned for it, and its rating asks for nothing.", "quiet"
    return "It is not rated, and no action answers it.", "warn"


def _line(words: _Words, work: Work) -> Line:
    if work.kind == "exercise":
        done = Cell(work.what, "Planned exercise", links=(words.link(work.entry),))
        shown = Cell() if work.worked else Cell(alight="Not begun.", tone="info")
        return Line(done, _worked(words, work), shown)
    who, tone, late = _state(work, words.day)
    done = Cell(work.what, who, late, tone, (words.link(work.entry),))
    shown = Cell(links=tuple(words.link(entry) for entry in work.shown))
    if not work.shown and not work.worked:
        says = (
            "Done, and nothing shows that it happened."
            if work.done_on
            else "Nothing shows yet that it happened."
        )
        shown = Cell(alight=says, tone="warn" if work.done_on else "quiet")
    return Line(done, _worked(words, work), shown)


def _worked(words: _Words, work: Work) -> Cell:
    return Cell(links=tuple(words.link(entry) for entry in work.worked))


def _state(work: Work, today: str) -> tuple[str, str, str]:
    """Who and by when, then what is wrong with the day."""
    who = work.who or "nobody named"
    if work.done_on:
        return f"{who}, done {day_words(work.done_on)}", "warn", ""
    if not work.by:
        return f"{who}, no day set", "warn", ""
    told = f"{who}, by {day_words(work.by)}"
    return (told, "danger", "Past its day.") if work.by < today else (told, "warn", "")


# What answers no factor


def _loose(words: _Words, found: Threads) -> Part:
    rows = tuple(_loose_row(words, work) for work in found.loose)
    bare = sum(bool(row.head.alight) for row in rows)
    says = f"{bare} of {len(rows)} answer nothing that is recorded." if bare else ""
    return Part("Actions that answer no factor", says, _LOOSE, rows, "Every action answers a factor.")


def _loose_row(words: _Words, work: Work) -> Row:
    answered = words.answered(work)
    head = (
        Cell(answered, "Answers no factor") if answered else Cell(alight="Answers nothing that is recorded.")
    )
    return Row(head, "", "plain", (_line(words, work),))


# Signs


def _signs(words: _Words, found: Threads) -> Part:
    rows = [_sign(words, sign) for sign in found.signs]
    for answer in found.besides:
        head = Cell(answer.trigger, "A trigger of the plan, on no list of signs")
        rows.append(Row(head, "", "plain", (Line(Cell(), _planned(words, (answer,)), Cell()),)))
    bare = sum(not sign.plan for sign in found.signs)
    says = f"The plan says nothing on {bare} of {counted(len(found.signs), 'sign')}." if bare else ""
    return Part("Warning signs, and what then", says, _SIGNS, tuple(rows), "No warning sign is recorded.")


def _sign(words: _Words, sign: Sign) -> Row:
    more = f"Known to {sign.known_to}" if sign.known_to else ""
    head = Cell(sign.sign, more, links=(words.link(sign.entry, short=True),))
    do = Cell(sign.do) if sign.do else Cell(alight="The list does not say what to do.")
    plan = _planned(words, sign.plan) if sign.plan else Cell(alight="The plan does not say who does what.")
    return Row(head, "", "plain", (Line(do, plan, Cell()),))


def _planned(words: _Words, answers: Sequence[Answer]) -> Cell:
    """Who does what, within what time."""
    told = (f"{each.who}: {each.action}{f', {each.within}' if each.within else ''}." for each in answers)
    return Cell("\n".join(told), links=(words.link(answers[0].entry),))
