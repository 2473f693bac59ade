"""The golden thread on paper: each factor with what is done about it, and what shows that it happened.

It puts side by side what people linked, and rates, sums and concludes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from workbench.models.released import ReleasedEntry, Row, Value

ARMS, PLAN, REVIEW, EXERCISES, SESSION = (
    "arms",
    "risk-management-plan",
    "mappa-level-1-review",
    "maps-plan",
    "maps-session",
)

# Where an action or an exercise says what it is, the first that is there.
_NAMED = ("what", "title", "theme")


class Shown:
    """An entry that shows that something happened: what it is, and of which day."""

    __slots__ = ("on", "title")

    def __init__(self, entry: ReleasedEntry) -> None:
        self.title = Value(entry.title, entry.title, "text", (entry.version,))
        self.on = Value(entry.on, entry.on, "day", (entry.version,))


class Work:
    """Something done about factors: an action, or an exercise of Maps for Change."""

    __slots__ = ("answers", "by", "done_on", "id", "shown", "what", "who")

    def __init__(self, row: Row, answers: frozenset[str], shown: Iterable[ReleasedEntry]) -> None:
        self.id = row.id
        self.what = next((row.columns[each] for each in _NAMED if row.columns.get(each)), None)
        self.who = row.columns.get("who")
        self.by = row.columns.get("by")
        self.done_on = row.columns.get("done_on")
        self.answers = answers
        self.shown = tuple(map(Shown, shown))


class Thread:
    """One factor as last assessed, and what is done about it; `factor` is its fixed words' key."""

    __slots__ = ("changed", "factor", "known", "rating", "works")

    def __init__(self, question: str, row: Row, works: Iterable[Work]) -> None:
        self.factor = f"f_{question}"
        self.rating = row.columns.get("rating")
        self.known = row.columns.get("known")
        self.changed = row.columns.get("changed")
        managed = set(_ids(row.columns.get("managed_by")))
        named = question.replace("_", "-")
        self.works = tuple(work for work in works if named in work.answers or work.id in managed)


class Threads:
    """Every factor of the last ARMS, and what is done that answers none of them."""

    __slots__ = ("factors", "loose")

    def __init__(self, entries: Iterable[ReleasedEntry]) -> None:
        held = tuple(entries)
        last = {entry.form: entry for entry in held}
        works = (*_actions(last, held), *_exercises(last.get(EXERCISES), held))
        self.factors = tuple(Thread(question, row, works) for question, row in _factors(last.get(ARMS)))
        tied = {id(work) for thread in self.factors for work in thread.works}
        self.loose = tuple(work for work in works if id(work) not in tied)


def _factors(arms: ReleasedEntry | None) -> Iterator[tuple[str, Row]]:
    for question, answer in (arms.answers if arms else {}).items():
        if isinstance(answer, tuple) and len(answer) == 1 and "rating" in answer[0].columns:
            yield question, answer[0]


def _actions(last: dict[str, ReleasedEntry], held: Iterable[ReleasedEntry]) -> Iterator[Work]:
    """The actions in force: those of the last plan, the last ARMS and the last review."""
    by_id = {entry.entry: entry for entry in held}
    for form in (PLAN, ARMS, REVIEW):
        for answer in (last[form].answers if form in last else {}).values():
            for row in answer if isinstance(answer, tuple) else ():
                if "what" in row.columns and "rating" not in row.columns:
                    shown = [by_id[each] for each in _ids(row.columns.get("shown_by")) if each in by_id]
                    yield Work(row, frozenset(_ids(row.columns.get("answers"))), shown)


def _exercises(plan: ReleasedEntry | None, held: Iterable[ReleasedEntry]) -> Iterator[Work]:
    """The exercises planned for a factor, each with the sessions of that name."""
    rows = plan.answers.get("exercises") if plan else ()
    for row in rows if isinstance(rows, tuple) else ():
        title = _text(row.columns.get("title"))
        sessions = (
            entry
            for entry in held
            if entry.form == SESSION and title and _text(entry.answers.get("exercise")) == title
        )
        yield Work(row, frozenset(_ids(row.columns.get("factor"))), sessions)


def _ids(answer: Value | tuple[Row, ...] | None) -> tuple[str, ...]:
    """The ids that an answer names; none where it is withheld."""
    if not isinstance(answer, Value) or answer.cut:
        return ()
    if isinstance(answer.raw, list | tuple):
        return tuple(str(each) for each in answer.raw)
    return (str(answer.raw),) if answer.raw else ()


def _text(answer: Value | tuple[Row, ...] | None) -> str:
    return answer.text.strip().casefold() if isinstance(answer, Value) and not answer.cut else ""
