"""What an expression of a form is read against: the answers given so far, the case's facts, the clock."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any

import msgspec

from workbench import clock
from workbench.forms.definition import LISTS, Question, rows
from workbench.models.amounts import Amount
from workbench.models.evaluation import Answer, Truth, evaluate
from workbench.models.expressions import Node, Term, parse, parse_term

Check = Callable[[tuple[Answer, ...]], Answer]
ROW = "row"
# Years outside these are slips of the pen, and would break arithmetic with months.
_YEARS = r"(?:18[5-9]|19\d|20\d|21\d)\d"
_DAY = re.compile(rf"{_YEARS}-\d\d-\d\d\Z", re.ASCII)
DECIMAL = re.compile(r"-?\d{1,9}(?:\.(\d{1,6}))?\Z", re.ASCII)
_MOMENT = re.compile(rf"{_YEARS}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{{3}})?Z\Z", re.ASCII)


class Surroundings(msgspec.Struct, frozen=True):
    """What answers alone do not say: the moment, and the named checks."""

    now: datetime
    checks: Mapping[str, Check] = {}


class AnswerScope:
    """Answers by question id, with the types their questions give them; in a row, its columns come first."""

    def __init__(
        self,
        questions: Mapping[str, Question],
        answers: Mapping[str, Any],
        around: Surroundings,
        outer: AnswerScope | None = None,
    ) -> None:
        self._questions = questions
        self._answers = answers
        self._around = around
        self._outer = outer

    def value(self, path: str) -> Answer:
        """The answer to a question or column, a part of a factor, or the id of the row."""
        if path == ROW and self._outer is not None:
            return typed_text(self._answers.get("id"))
        name, _, part = path.partition(".")
        question = self._questions.get(name)
        if question is None:
            return self._outer.value(path) if self._outer is not None else None
        value = self._answers.get(name)
        if part:
            return typed_text(value.get(part)) if isinstance(value, dict) else None
        return typed(question, value)

    def rows(self, group: str) -> tuple[AnswerScope, ...] | None:
        """The rows of a repeat; None where it was never asked."""
        question = self._questions.get(group)
        if question is None or question.kind not in LISTS:
            return self._outer.rows(group) if self._outer is not None else None
        value = self._answers.get(group)
        if not isinstance(value, list):
            return None
        columns = {column.id: column for column in question.of}
        return tuple(AnswerScope(columns, row, self._around, self) for row in rows(value))

    def bases(self, id: str) -> tuple[str, ...]:
        """The footings of the evidence under a question, or the one answer that names a footing."""
        question = self._questions.get(id)
        if question is None:
            return self._outer.bases(id) if self._outer is not None else ()
        value = self._answers.get(id)
        if question.kind == "evidence":
            return tuple(str(row.get("basis")) for row in rows(value))
        return (value,) if isinstance(value, str) else ()

    def check(self, name: str, args: tuple[Answer, ...]) -> Answer:
        """What a named check gives; None where nobody handed it in."""
        check = self._around.checks.get(name)
        return check(args) if check is not None else None

    def shift(self, start: date | datetime, amount: Amount, *, back: bool) -> date | datetime:
        """The day or moment an amount away; forms count no working days (lint keeps them out)."""
        return moved(start, amount, back=back)

    def today(self) -> date:
        """The day in Europe/London."""
        return clock.day_of(self._around.now)

    def now(self) -> datetime:
        """The present moment, in UTC."""
        return self._around.now


class FactScope(AnswerScope):
    """The facts of a case, for what must hold before a form is for this person."""

    def __init__(self, facts: Mapping[str, Answer], around: Surroundings) -> None:
        super().__init__({}, {}, around)
        self._facts = facts

    def value(self, path: str) -> Answer:
        """A fact of the case."""
        return self._facts.get(path)


def holds(expression: str | Node, scope: AnswerScope) -> Truth:
    """What an expression says of this scope."""
    return evaluate(read(expression) if isinstance(expression, str) else expression, scope)


# The same few are read with every answer typed and every entry brought in.
@lru_cache(maxsize=4_096)
def read(expression: str) -> Node:
    """An expression of a form.

    Raises:
        ExpressionError: it cannot be read.
    """
    return parse(expression)


@lru_cache(maxsize=4_096)
def read_term(text: str) -> Term:
    """One term of a form.

    Raises:
        ExpressionError: it cannot be read.
    """
    return parse_term(text)


def typed(question: Question, value: Any) -> Answer:
    """An answer as expressions compare it; None where it is missing or not of the question's kind."""
    if question.kind == "day":
        return day(value)
    if question.kind == "moment":
        return moment(value)
    if question.kind == "number":
        return _number(question, value)
    if question.kind == "any-of":
        return tuple(item for item in value if isinstance(item, str)) if isinstance(value, list) else None
    if question.kind == "computed":
        return typed_text(value.get("value")) if isinstance(value, dict) else None
    return typed_text(value)


def typed_text(value: Any) -> str | None:
    """A text as it stands; None for anything else and for an empty one."""
    return value if isinstance(value, str) and value else None


def day(value: Any) -> date | None:
    """The day that an answer writes as YYYY-MM-DD, between 1850 and 2199; else None."""
    if not isinstance(value, str) or not _DAY.match(value):
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def moment(value: Any) -> datetime | None:
    """The moment that an answer writes as 2026-03-03T14:30:00Z, in the same years; else None."""
    if not isinstance(value, str) or not _MOMENT.match(value):
        return None
    try:
        return clock.moment(value)
    except ValueError:
        return None


def _number(question: Question, value: Any) -> int | Decimal | None:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if question.decimals and isinstance(value, str):
        return Decimal(value) if DECIMAL.match(value) else None
    return None


def plain(value: Answer) -> Any:
    """A value as an answer writes it."""
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%dT%H:%M:%SZ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    return str(value) if isinstance(value, Decimal) else value


def moved(start: date | datetime, amount: Amount, *, back: bool) -> date | datetime:
    """`start` moved by hours, days, weeks, months or years; a month keeps the day, or takes the month's last."""
    number = -amount.number if back else amount.number
    if amount.unit == "hours":
        return start + timedelta(hours=number)
    if amount.unit in ("calendar days", "weeks"):
        return start + timedelta(days=number * (7 if amount.unit == "weeks" else 1))
    months = start.year * 12 + start.month - 1 + number * (12 if amount.unit == "years" else 1)
    year, month = divmod(months, 12)
    return start.replace(
        year=year, month=month + 1, day=min(start.day, calendar.monthrange(year, month + 1)[1])
    )
