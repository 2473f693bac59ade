"""Whether answers are of the kinds their questions ask for: strict, total, and safe on anything JSON can hold."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from typing import Any, NamedTuple

from workbench.errors import BadInput
from workbench.forms.definition import BASES, CHECKED, LISTS, Form, Question
from workbench.forms.scope import DECIMAL, day, moment
from workbench.models import canonical
from workbench.models.canonical import MAX_INTEGER
from workbench.models.shapes import ACTION, FACTOR
from workbench.resources import Text, Words

MAX_TEXT = 2_000
MAX_NARRATIVE = 50_000
MAX_ROWS = 1_000
MAX_PROBLEMS = 200
A_DAY = Words("Must be a day, such as 2026-03-03.", "Rhaid iddo fod yn ddiwrnod, megis 2026-03-03.")
A_MOMENT = Words(
    "Must be a moment, such as 2026-03-03T14:30:00Z.", "Rhaid iddo fod yn foment, megis 2026-03-03T14:30:00Z."
)
A_WHOLE_NUMBER = Words("Must be a whole number.", "Rhaid iddo fod yn rhif cyfan.")
A_NUMBER = Words(
    "Must be a number with no more decimals than the form asks for, written as text.",
    "Rhaid iddo fod yn rhif heb fwy o ddegolion nag y mae'r ffurflen yn gofyn amdanynt, fel testun.",
)
_ONE_LINE = Words("Must be one line.", "Ysgrifennwch hyn ar un llinell.")
_NOT_TAKEN = Words(
    "Holds characters that the record does not take.",
    "Mae'n cynnwys nodau nad yw'r record yn eu derbyn.",
)
_TOO_MANY = Words(f"Has more than {MAX_ROWS:,} rows.", f"Mae yma fwy na {MAX_ROWS:,} o resi.")
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,99}\Z", re.ASCII)
_SHA256 = re.compile(r"[0-9a-f]{64}\Z")


class Problem(NamedTuple):
    """One thing wrong with the answers: where (`others/<row id>/person`), and a sentence.

    What somebody who fills in the form can bring about is told in both languages.
    """

    path: str
    says: Text


def problems(form: Form, answers: Any) -> tuple[Problem, ...]:
    """What is wrong with the answers, at most 200 things; empty where they may be kept as they are.

    Only kinds are judged, not whether an answer is missing, hidden, or breaks what must hold.
    """
    if not isinstance(answers, dict):
        return (Problem("", "The answers must be an object."),)
    return tuple(islice(_fields(form.asked, answers, form, ""), MAX_PROBLEMS))


def _fields(
    questions: Mapping[str, Question], answers: Mapping[Any, Any], form: Form, prefix: str
) -> Iterator[Problem]:
    for key in answers:
        if key not in questions and not (prefix and key == "id"):
            yield Problem(f"{prefix}{_shown(key)}", "The form has no such question.")
    for question in questions.values():
        if question.id in answers:
            yield from _answer(question, answers[question.id], form, prefix + question.id)


def _answer(question: Question, value: Any, form: Form, path: str) -> Iterator[Problem]:
    if value is None:
        yield Problem(path, "A missing answer is left out, not written as null.")
    elif question.kind in LISTS:
        yield from _list(question, value, form, path)
    elif question.kind == "factor":
        yield from _factor(question, value, form, path)
    else:
        wrong = _ONE[question.kind](question, value)
        if wrong:
            yield Problem(path, wrong)


def _list(question: Question, value: Any, form: Form, path: str) -> Iterator[Problem]:
    if not isinstance(value, list):
        yield Problem(path, "Must be a list of rows.")
        return
    if len(value) > MAX_ROWS:
        yield Problem(path, _TOO_MANY)
        return
    seen: set[str] = set()
    for index, row in enumerate(value):
        row_id = row.get("id") if isinstance(row, dict) else None
        if not isinstance(row_id, str) or not _ID.match(row_id):
            yield Problem(f"{path}[{index}]", "Each row needs an id of its own.")
            continue
        if row_id in seen:
            yield Problem(f"{path}/{row_id}", "Two rows have this id.")
        seen.add(row_id)
        yield from _row(question, row, form, f"{path}/{row_id}")


def _row(question: Question, row: dict[Any, Any], form: Form, path: str) -> Iterator[Problem]:
    if question.kind == "repeat":
        yield from _fields({column.id: column for column in question.of}, row, form, f"{path}/")
    elif question.kind == "evidence":
        yield from _parts(row, _evidence_parts(question, form), path)
    else:
        yield from _parts(row, _ACTION, path)


def _factor(question: Question, value: Any, form: Form, path: str) -> Iterator[Problem]:
    if not isinstance(value, dict):
        yield Problem(path, "Must be a rating with its evidence.")
        return
    yield from _parts(value, {**_FACTOR, "rating": lambda item: _option(question.options, item)}, path)
    if "evidence" in value:
        yield from _list(_as_evidence(question), value["evidence"], form, f"{path}/evidence")


def _as_evidence(question: Question) -> Question:
    return Question(id="evidence", kind="evidence", sources=question.sources)


Part = Callable[[Any], Text]


def _parts(row: dict[Any, Any], parts: Mapping[str, Part], path: str) -> Iterator[Problem]:
    for key, value in row.items():
        part = parts.get(key) if isinstance(key, str) else None
        if part is None:
            yield Problem(f"{path}/{_shown(key)}", "The form has no such question.")
        elif value is None and key not in ("whose", "from"):
            yield Problem(f"{path}/{key}", "A missing answer is left out, not written as null.")
        else:
            wrong = part(value)
            if wrong:
                yield Problem(f"{path}/{key}", wrong)


def _evidence_parts(question: Question, form: Form) -> dict[str, Part]:
    known = [source.source for source in form.known_sources]
    sources = question.sources or tuple(known)
    return {
        "id": _id,
        "text": _narrative,
        "source": lambda value: _option(dict.fromkeys(sources, ""), value),
        "basis": lambda value: _option(BASES, value),
        "whose": lambda value: "" if value is None else _text(value),
        "on": _a_day,
        "checked": lambda value: _option(CHECKED, value),
        "how": _text,
        "from": _from,
        "file": _file,
    }


def _from(value: Any) -> str:
    """Where quoted words were copied from: entry, version, path, start, end (characters)."""
    if value is None:
        return ""
    if not isinstance(value, dict) or set(value) != {"entry", "version", "path", "start", "end"}:
        return "Must name entry, version, path, start and end."
    if _id(value["entry"]) or _id(value["version"]) or _text(value["path"]):
        return "Must name an entry, a version and a path in it."
    start, end = value["start"], value["end"]
    if _whole(start) or _whole(end) or not 0 <= start <= end:
        return "Start and end must be places in the text, in order."
    return ""


def _shown(key: object) -> str:
    return str(key)[:60]


def _text(value: Any) -> Text:
    return _written(value, MAX_TEXT) or (_ONE_LINE if "\n" in value else "")


def _narrative(value: Any) -> Text:
    return _written(value, MAX_NARRATIVE)


def _written(value: Any, most: int) -> Text:
    if not isinstance(value, str):
        return "Must be a text."
    if not value.strip():
        return "An empty text is left out."
    if len(value) > most:
        return Words(f"Longer than {most:,} characters.", f"Yn hwy na {most:,} o lythrennau.")
    try:
        canonical.encode(value)
    except BadInput:
        return _NOT_TAKEN
    return ""


def _option(options: Mapping[str, Any], value: Any) -> str:
    if not isinstance(value, str) or value not in options:
        return f"Must be one of: {', '.join(options)}."
    return ""


def _options(question: Question, value: Any) -> str:
    order = list(question.options)
    if not isinstance(value, list) or not value or not all(isinstance(item, str) for item in value):
        return "Must be a list of options."
    if any(item not in question.options for item in value):
        return f"Each must be one of: {', '.join(order)}."
    places = [order.index(item) for item in value]
    if places != sorted(set(places)):
        return "Options stand once each, in the form's order."
    return ""


def _number(question: Question, value: Any) -> Text:
    if not question.decimals:
        return _whole(value)
    found = DECIMAL.match(value) if isinstance(value, str) else None
    if found is None or len(found[1] or "") > question.decimals:
        return A_NUMBER
    return ""


def _whole(value: Any) -> Text:
    if not isinstance(value, int) or isinstance(value, bool) or abs(value) > MAX_INTEGER:
        return A_WHOLE_NUMBER
    return ""


def _a_day(value: Any) -> Text:
    return "" if day(value) is not None else A_DAY


def _a_moment(value: Any) -> Text:
    return "" if moment(value) is not None else A_MOMENT


def _id(value: Any) -> str:
    return "" if isinstance(value, str) and _ID.match(value) else "Must be an id."


def _ids(value: Any) -> str:
    if not isinstance(value, list) or len(value) > MAX_ROWS or any(_id(item) for item in value):
        return "Must be a list of ids."
    return "" if len(set(value)) == len(value) else "Names one id twice."


def _file(value: Any) -> str:
    good = isinstance(value, str) and _SHA256.match(value)
    return "" if good else "Must be the SHA-256 of a file, 64 hexadecimal digits."


def _computed(value: Any) -> Text:
    if not isinstance(value, dict) or set(value) != {"value", "working"}:
        return "Must hold a value and its working."
    return _text(value["value"]) or _narrative(value["working"])


_FACTOR: dict[str, Part] = {
    "rating": _narrative,
    "known": _narrative,
    "changed": _narrative,
    "evidence": lambda value: "",
    "managed_by": _ids,
}
_ACTION: dict[str, Part] = {
    "id": _id,
    "what": _narrative,
    "who": _text,
    "by": _a_day,
    "answers": _ids,
    "done_on": _a_day,
    "shown_by": _ids,
}
assert set(_FACTOR) == set(FACTOR)
assert set(_ACTION) == {"id", *ACTION}
_ONE: dict[str, Callable[[Question, Any], Text]] = {
    "text": lambda question, value: _text(value),
    "narrative": lambda question, value: _narrative(value),
    "day": lambda question, value: _a_day(value),
    "moment": lambda question, value: _a_moment(value),
    "yes-no": lambda question, value: _option({"yes": "", "no": ""}, value),
    "yes-no-unknown": lambda question, value: _option({"yes": "", "no": "", "unknown": ""}, value),
    "one-of": lambda question, value: _option(question.options, value),
    "any-of": _options,
    "number": _number,
    "person": lambda question, value: _id(value),
    "agency": lambda question, value: _id(value),
    "place": lambda question, value: _id(value),
    "file": lambda question, value: _file(value),
    "shown": lambda question, value: "What is shown is not answered.",
    "computed": lambda question, value: _computed(value),
}
