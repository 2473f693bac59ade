"""The golden thread of a case: each factor, what is done about it, where that was worked on, what shows it happened.

Nothing is rated, summed or concluded here: it only puts side by side what people wrote and linked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal

import msgspec

from workbench.casework.desk import Desk
from workbench.casework.reading import kept_away
from workbench.forms.definition import Form, Question, rows
from workbench.models.fold import Case, Entry
from workbench.resources import say

ARMS, PLAN, EXERCISES, SESSION, SIGNS = (
    "arms",
    "risk-management-plan",
    "maps-plan",
    "maps-session",
    "warning-signs",
)
# The entries whose actions are in force: of each form the last one.
ACTING = (PLAN, ARMS, "mappa-level-1-review")
# Where something is worked on; every other entry that an action names shows that it happened.
WORKING = frozenset({SESSION, "home-visit", "contact"})
PROTECTIVE = frozenset({"absent", "emerging", "established"})


class Work(msgspec.Struct, frozen=True):
    """Something done about factors: an action of `entry`, or a planned exercise.

    `answers` are the ids it names: factors, conditions, people. `worked` are the sessions, visits and contacts
    in which it was worked on, `shown` the other entries that show it happened, each oldest first.
    """

    kind: Literal["action", "exercise"]
    what: str
    entry: str
    answers: tuple[str, ...] = ()
    who: str = ""
    by: str = ""
    done_on: str = ""
    worked: tuple[str, ...] = ()
    shown: tuple[str, ...] = ()


class Strand(msgspec.Struct, frozen=True):
    """One factor as last assessed, in its author's words, and what is done about it; `rating` may be empty."""

    factor: str
    asks: str
    rating: str
    says: str
    known: str
    changed: str
    entry: str
    works: tuple[Work, ...]

    @property
    def protective(self) -> bool:
        """Whether it is rated as something that protects."""
        return self.rating in PROTECTIVE


class Answer(msgspec.Struct, frozen=True):
    """What the plan does if something happens: who does what, within what time."""

    trigger: str
    who: str
    action: str
    within: str
    entry: str


class Sign(msgspec.Struct, frozen=True):
    """A warning sign of this person's own, what the list says to do, and what the plan does."""

    sign: str
    do: str
    known_to: str
    entry: str
    plan: tuple[Answer, ...]


class Threads(msgspec.Struct, frozen=True):
    """The whole map. `loose` is what answers no factor, `besides` what the plan does on triggers of no listed sign.

    `assessed` and `planned` are the entries it rests on; empty where there is none.
    """

    assessed: str
    planned: str
    strands: tuple[Strand, ...]
    loose: tuple[Work, ...]
    signs: tuple[Sign, ...]
    besides: tuple[Answer, ...]


def threads(desk: Desk, case: str) -> Threads:
    """The threads of a case as they stand; what is kept to other readers is left out."""
    stood = desk.case(case)
    away = kept_away(desk, stood)
    last = {
        form: entry for form in (*ACTING, EXERCISES, SIGNS) if (entry := _last(stood, form, away)) is not None
    }
    works = [*_actions(desk, stood, last, away), *_exercises(stood, last.get(EXERCISES), away)]
    arms = last.get(ARMS)
    strands = tuple(_strands(desk, arms, works)) if arms is not None else ()
    tied = {id(work) for strand in strands for work in strand.works}
    signs, besides = _signs(last.get(SIGNS), last.get(PLAN))
    return Threads(
        assessed=arms.id if arms else "",
        planned=last[PLAN].id if PLAN in last else "",
        strands=strands,
        loose=tuple(work for work in works if id(work) not in tied),
        signs=signs,
        besides=besides,
    )


def _last(case: Case, form: str, away: frozenset[str]) -> Entry | None:
    found = [entry for entry in case.of_form(form) if entry.id not in away]
    return found[-1] if found else None


# What is done


class _Action(msgspec.Struct, frozen=True):
    """An action as written, under its row's id."""

    id: str
    row: Mapping[str, Any]
    entry: str


def _written(form: Form | None, entry: Entry) -> Iterator[_Action]:
    answers = entry.head.answers()
    for question in form.questions() if form else ():
        if question.kind == "actions":
            for row in rows(answers.get(question.id)):
                yield _Action(str(row.get("id")), row, entry.id)


def _actions(desk: Desk, case: Case, last: Mapping[str, Entry], away: frozenset[str]) -> Iterator[Work]:
    """The actions in force; one that a factor names as what manages it answers that factor too."""
    manages = _managed(desk, last.get(ARMS))
    for form in ACTING:
        entry = last.get(form)
        for action in _written(desk.form_of(entry.head), entry) if entry else ():
            row = action.row
            named = [str(each) for each in row.get("answers") or ()]
            happened = [case.entries[each] for each in row.get("shown_by") or () if each in case.entries]
            seen = sorted((e for e in happened if e.live and e.id not in away), key=lambda e: (e.on, e.id))
            yield Work(
                kind="action",
                what=str(row.get("what", "")),
                entry=action.entry,
                answers=tuple(dict.fromkeys([*named, *manages.get(action.id, ())])),
                who=str(row.get("who", "")),
                by=str(row.get("by", "")),
                done_on=str(row.get("done_on", "")),
                worked=tuple(e.id for e in seen if e.form in WORKING),
                shown=tuple(e.id for e in seen if e.form not in WORKING),
            )


def _managed(desk: Desk, arms: Entry | None) -> dict[str, list[str]]:
    """By action, the factors that say it manages them."""
    found: dict[str, list[str]] = {}
    for factor, _, held in _factors(desk, arms):
        for action in held.get("managed_by") or ():
            found.setdefault(str(action), []).append(factor)
    return found


def _exercises(case: Case, plan: Entry | None, away: frozenset[str]) -> Iterator[Work]:
    """The exercises planned for a factor, each with the sessions of that exercise."""
    if plan is None:
        return
    sessions = [entry for entry in case.of_form(SESSION) if entry.id not in away]
    for row in rows(plan.head.answers().get("exercises")):
        title, theme = str(row.get("title", "")), row.get("theme")
        held = [entry for entry in sessions if _is_of(entry, title, theme)]
        yield Work(
            kind="exercise",
            what=title or str(theme or ""),
            entry=plan.id,
            answers=(str(row.get("factor", "")),),
            worked=tuple(entry.id for entry in held),
        )


def _is_of(session: Entry, title: str, theme: object) -> bool:
    """Whether a session was of an exercise: by its name, or by its theme where the plan names none."""
    answers = session.head.answers()
    if title:
        return str(answers.get("exercise", "")).strip().casefold() == title.strip().casefold()
    return answers.get("theme") == theme


# What it answers


def _factors(desk: Desk, arms: Entry | None) -> Iterator[tuple[str, Question, Mapping[str, Any]]]:
    """Each factor by the id that actions know it under, its question, and what was written of it."""
    form = desk.form_of(arms.head) if arms else None
    answers = arms.head.answers() if arms else {}
    for question in form.questions() if form else ():
        if question.kind == "factor":
            held = answers.get(question.id)
            yield question.id.replace("_", "-"), question, held if isinstance(held, dict) else {}


def _strands(desk: Desk, arms: Entry, works: Iterable[Work]) -> Iterator[Strand]:
    held = list(works)
    for factor, question, written in _factors(desk, arms):
        rating = str(written.get("rating", ""))
        yield Strand(
            factor=factor,
            asks=say(question.ask),
            rating=rating,
            says=say(question.options[rating]) if rating in question.options else "",
            known=str(written.get("known", "")),
            changed=str(written.get("changed", "")),
            entry=arms.id,
            works=tuple(work for work in held if factor in work.answers),
        )


# Signs


def _signs(listed: Entry | None, plan: Entry | None) -> tuple[tuple[Sign, ...], tuple[Answer, ...]]:
    """Each sign with what the plan does on it, and what the plan does on other triggers."""
    answers = [_answer(row, plan.id) for row in rows(plan.head.answers().get("contingency"))] if plan else []
    written = rows(listed.head.answers().get("signs")) if listed else []
    signs = tuple(_sign(row, listed.id, answers) for row in written) if listed else ()
    used = {id(answer) for sign in signs for answer in sign.plan}
    return signs, tuple(answer for answer in answers if id(answer) not in used)


def _answer(row: Mapping[str, Any], entry: str) -> Answer:
    trigger, who, action, within = (str(row.get(key, "")) for key in ("trigger", "who", "action", "within"))
    return Answer(trigger, who, action, within, entry)


def _sign(row: Mapping[str, Any], entry: str, answers: Iterable[Answer]) -> Sign:
    sign = str(row.get("sign", ""))
    plan = tuple(answer for answer in answers if _same(answer.trigger, sign))
    return Sign(sign, str(row.get("do", "")), str(row.get("known_to", "")), entry, plan)


def _same(trigger: str, sign: str) -> bool:
    """Whether a trigger is a sign in the same words, or one holds the other."""
    one, other = " ".join(trigger.casefold().split()), " ".join(sign.casefold().split())
    return bool(one and other) and (one in other or other in one)
