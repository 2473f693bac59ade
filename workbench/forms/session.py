"""One form being filled in: no window, no store. What is typed stays in the draft until it is signed."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

import msgspec

from workbench import clock
from workbench.clock import Clock
from workbench.errors import BadInput
from workbench.forms import claims as claiming
from workbench.forms import marks as marking
from workbench.forms import quality, values
from workbench.forms.definition import LISTS, Form, Question, rows
from workbench.forms.relevance import Relevant, relevant
from workbench.forms.scope import AnswerScope, Check, FactScope, Surroundings, holds, plain
from workbench.models.evaluation import Answer
from workbench.models.ids import Ids
from workbench.models.records import MARKS, Claim
from workbench.models.results import Finding
from workbench.resources import Text, Words

NOT_ENOUGH = "not-enough"


class Context(msgspec.Struct, frozen=True):
    """What is known of the case while a form is filled in.

    `facts` are the facts of the case itself, by path, typed as expressions compare them (a day is a
    date). `people` and `places` are the words for each id. `previous` are the answers last signed with
    this form, for the look at what was carried forward; `amends` starts the draft from them and from the
    `marks` they bore. `refused` says why nothing may be signed on the case now; empty where it may.
    """

    case: str = ""
    facts: Mapping[str, Answer] = {}
    people: Mapping[str, str] = {}
    places: Mapping[str, str] = {}
    previous: Mapping[str, Any] | None = None
    amends: bool = False
    marks: Mapping[str, tuple[str, ...]] = {}
    refused: Text = ""


class Changed(NamedTuple):
    """What an answer changed: its path, and the questions that appeared and went away."""

    path: str
    shown: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()


class Gap(NamedTuple):
    """What stands between the draft and signing: where, and a sentence (English, or both languages)."""

    path: str
    says: Text


class Session:
    """A draft of one form, with what it means so far.

    A path is `outcome`, `others/<row id>/person`, `concern/<row id>/text`, `opportunity/rating` or
    `opportunity/evidence/<row id>/text`. Answers are plain JSON; None takes an answer away. An empty
    list says that the question was asked and the answer is nobody or nothing.
    """

    def __init__(
        self, form: Form, known: Context, checks: Mapping[str, Check], clock: Clock, ids: Ids
    ) -> None:
        self.form = form
        self.known = known
        self._checks = checks
        self._clock = clock
        self._ids = ids
        self._draft: dict[str, Any] = {}
        self._marks: dict[str, frozenset[str]] = {}
        if known.amends and known.previous is not None:
            self._draft = copy.deepcopy(dict(known.previous))
            self._marks = _innermost(known.marks)
        else:
            self._prefill(tuple(form.questions()), self._draft)
        self._relevant = self._reckon()

    def restore(self, draft: Mapping[str, Any], marks: Mapping[str, Iterable[str]] | None = None) -> None:
        """Takes up a draft kept earlier; answers of renamed questions move, unknown ones are dropped."""
        known = self.form.asked
        moved = {self.form.renamed.get(old, old): value for old, value in draft.items()}
        self._draft = copy.deepcopy({new: value for new, value in moved.items() if new in known})
        for path, added in (marks or {}).items():
            self.mark(path, added)
        self._relevant = self._reckon()

    def answer(self, path: str, value: Any) -> Changed:
        """Puts an answer down (None takes it away) and says what that showed or hid.

        Raises:
            BadInput: the form has no such place.
        """
        holder, key = self._place(path)
        if value is None:
            holder.pop(key, None)
        else:
            holder[key] = copy.deepcopy(value)
        return self._change(path)

    def add_row(self, path: str) -> str:
        """Adds a row to a list and gives its id.

        Raises:
            BadInput: there is no list at this path.
        """
        question = self._list_at(path)
        holder, key = self._place(path)
        row: dict[str, Any] = {"id": self._ids.new()}
        self._prefill(question.of, row)
        holder.setdefault(key, []).append(row)
        self._change(path)
        return str(row["id"])

    def remove_row(self, path: str) -> Changed:
        """Takes the row at `others/<row id>` away; a list left empty is unanswered again.

        Raises:
            BadInput: there is no such row.
        """
        place, _, row_id = path.rpartition("/")
        self._list_at(place)
        holder, key = self._place(place)
        left = [row for row in rows(holder.get(key)) if row.get("id") != row_id]
        if len(left) == len(rows(holder.get(key))):
            raise BadInput("there is no such row", path)
        if left:
            holder[key] = left
        else:
            holder.pop(key)
        return self._change(place)

    def mark(self, path: str, marks: Iterable[str]) -> None:
        """Adds the author's marks to an answer; marks are only ever added.

        Raises:
            BadInput: there is no such mark.
        """
        marks = frozenset(marks)
        if not marks <= set(MARKS):
            raise BadInput(f"there is no mark called {', '.join(sorted(marks - set(MARKS)))}", path)
        self._marks[path] = self._marks.get(path, frozenset()) | marks

    def draft(self) -> dict[str, Any]:
        """Everything typed, hidden answers too."""
        return copy.deepcopy(self._draft)

    def answers(self) -> dict[str, Any]:
        """What would be signed: hidden answers left out, computed ones as they stand, in the form's order."""
        return copy.deepcopy(self._relevant.answers)

    def own_marks(self) -> dict[str, tuple[str, ...]]:
        """The marks its author added, by path."""
        return {path: marking.ordered(marks) for path, marks in self._marks.items()}

    def marks(self) -> dict[str, tuple[str, ...]]:
        """The marks of every answer that has some, by path."""
        return marking.by_path(self.form, self._relevant.answers, self._marks)

    def visible(self, path: str) -> bool:
        """Whether the question or column at this path is asked; one in a hidden list is not."""
        parts = path.split("/")
        return not any("/".join(parts[:end]) in self._relevant.hidden for end in range(1, len(parts) + 1))

    def refusals(self) -> tuple[Text, ...]:
        """Why this form is not signed for this person now; empty where it is, or where that cannot be told."""
        scope = FactScope(self.known.facts, self._around())
        unfit = (only.else_ for only in self.form.only if holds(only.must, scope).value is False)
        return (*((self.known.refused,) if self.known.refused else ()), *unfit)

    def missing(self) -> tuple[Gap, ...]:
        """What stands between the draft and signing, in the form's order.

        Unanswered questions that must be answered, values of the wrong kind, and what does not hold.
        """
        answers = self._relevant.answers
        gaps = [Gap(path, says) for path, says in values.problems(self.form, answers)]
        asked = self.form.asked
        scope = AnswerScope(asked, answers, self._around())
        for question in asked.values():
            if self.visible(question.id):
                gaps.extend(_gaps(question, answers, scope, question.id))
            held = rows(answers.get(question.id)) if question.kind == "repeat" else []
            for row, each in zip(held, scope.rows(question.id) or (), strict=False):
                place = f"{question.id}/{row.get('id')}/"
                for column in question.of:
                    if self.visible(place + column.id):
                        gaps.extend(_gaps(column, row, each, place + column.id))
        return tuple(gaps)

    def findings(self, language: str = "en") -> tuple[Finding, ...]:
        """What the author should look at before signing."""
        before = self.known.previous
        return quality.findings(self.form, self._relevant.answers, before, self.known.case, language)

    def happened(self) -> str:
        """When it happened: a day or a moment; the day of signing where the form asks no such thing."""
        return claiming.happened(self.form, self._relevant.answers, self._clock.now())

    def claims(self) -> tuple[Claim, ...]:
        """What the entry would say about the case, were it signed now."""
        now = self._clock.now()
        answers = self._relevant.answers
        day = claiming.day_happened(self.form, answers, now)
        return claiming.claims(self.form, answers, day, now, self._marks)

    def _around(self) -> Surroundings:
        return Surroundings(self._clock.now(), self._checks)

    def _reckon(self) -> Relevant:
        return relevant(self.form, self._draft, self._around())

    def _change(self, path: str) -> Changed:
        before = self._relevant.hidden
        self._relevant = self._reckon()
        after = self._relevant.hidden
        return Changed(path, tuple(sorted(before - after)), tuple(sorted(after - before)))

    def _prefill(self, questions: tuple[Question, ...], row: dict[str, Any]) -> None:
        """Puts down what an empty form or row starts from."""
        for question in questions:
            value: Any = None
            if question.default == "now":
                value = plain(self._clock.now())
            elif question.default == "today":
                value = plain(clock.today(self._clock))
            elif question.default:
                value = question.default
            elif question.from_fact:
                value = plain(self.known.facts.get(question.from_fact))
            if value is not None:
                row[question.id] = value

    def _place(self, path: str) -> tuple[dict[str, Any], str]:
        """The dictionary that holds the answer at a path, and its key there."""
        if self.form.at(path) is None:
            raise BadInput("the form has no such question", path)
        *before, key = path.split("/")
        holder: Any = self._draft
        for index, part in enumerate(before):
            if isinstance(holder, list):
                holder = next((row for row in rows(holder) if row.get("id") == part), None)
            else:
                at = self.form.at("/".join(before[: index + 1]))
                if at is not None and at.kind == "factor":
                    holder.setdefault(part, {})
                holder = holder.get(part)
            if not isinstance(holder, dict | list):
                raise BadInput("there is no such row", path)
        return holder, key

    def _list_at(self, path: str) -> Question:
        question = self.form.at(path)
        if question is None or question.kind not in LISTS:
            raise BadInput("there is no list here", path)
        return question


def _gaps(question: Question, answers: Mapping[str, Any], scope: AnswerScope, path: str) -> Iterator[Gap]:
    """What keeps one question that is asked from being signed."""
    if question.required != "no" and question.id not in answers and _required(question, scope):
        yield Gap(path, _of(question, "still to be answered.", "i'w ateb o hyd."))
    if question.must and holds(question.must, scope).value is False:
        yield Gap(path, question.else_)
    if question.kind == "factor" and question.required == "yes" and question.id in answers:
        yield from _factor_gaps(question, answers[question.id], path)


def _required(question: Question, scope: AnswerScope) -> bool:
    """Whether it must be answered; not where it only shows because nobody can tell yet whether it matters."""
    asked = not question.show_when or holds(question.show_when, scope).value is True
    return asked and (question.required == "yes" or holds(question.required, scope).value is True)


def _of(question: Question, en: str, cy: str) -> Words:
    """Says something of a question, by its own words."""
    return Words(f"{quality.name_of(question)}: {en}", f"{quality.name_of(question, 'cy')}: {cy}")


def _factor_gaps(question: Question, factor: Any, path: str) -> Iterator[Gap]:
    """Every factor is rated, or says how what is missing will be found out; every rating has evidence."""
    held = factor if isinstance(factor, dict) else {}
    if not held.get("rating"):
        yield Gap(f"{path}/rating", _of(question, "still to be rated.", "i'w sgorio o hyd."))
    elif held["rating"] == NOT_ENOUGH:
        if not held.get("known"):
            how = "dywedwch sut y ceir yr wybodaeth sydd ar goll."
            yield Gap(f"{path}/known", _of(question, "say how the missing information will be got.", how))
    elif not held.get("evidence"):
        needs = _of(question, "a rating needs evidence.", "mae angen tystiolaeth ar gyfer sgôr.")
        yield Gap(f"{path}/evidence", needs)


def _innermost(marks: Mapping[str, Iterable[str]]) -> dict[str, frozenset[str]]:
    """The marks of the parts alone: a list's own line only sums up what its rows bear."""
    return {
        path: frozenset(found)
        for path, found in marks.items()
        if not any(other.startswith(f"{path}/") for other in marks)
    }
