"""Ids of a case file: each text that names an entry, person, place or row becomes an id of this case."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from workbench.forms.definition import Form, Question, rows
from workbench.models.ids import is_uuid, named

# The eleven factors have words for ids in every case, so that assessments years apart compare.
FIXED = frozenset(
    [
        "opportunity",
        "sexual-preoccupation",
        "offence-related-interests",
        "emotional-congruence",
        "hostile-orientation",
        "self-management",
        "social-influences",
        "commitment-to-desist",
        "intimate-relationship",
        "positive-routine",
        "social-investment",
    ]
)


class FileIds:
    """Turns the ids of one file into ids of one case; a UUID stays what it is."""

    def __init__(self, case: str, row_texts: frozenset[str], entry_texts: frozenset[str]) -> None:
        self._case = case
        self._rows = row_texts
        self._entries = entry_texts

    def of(self, kind: str, text: str) -> str:
        """The id of an `entry`, `person`, `place`, `agency` or `row` by its text."""
        return text if is_uuid(text) else named(self._case, kind, text)

    def pointed(self, text: str) -> str:
        """The id that a pointer means: a factor's word, a row of the file, an entry of it, or a person."""
        if is_uuid(text) or text in FIXED:
            return text
        kind = "row" if text in self._rows else "entry" if text in self._entries else "person"
        return self.of(kind, text)

    def answers(self, form: Form, answers: Mapping[str, Any]) -> dict[str, Any]:
        """The same answers with every id turned."""
        return {
            key: self._value(form.asked[key], value) if key in form.asked else value
            for key, value in answers.items()
        }

    def path(self, form: Form, path: str) -> str:
        """The path of an answer after its ids were turned: every second part names a row."""
        parts = path.split("/")
        question = form.question(parts[0])
        if question is None:
            return path
        for place in range(2 if question.kind == "factor" else 1, len(parts), 2):
            parts[place] = self.of(question.mints if place == 1 else "row", parts[place])
        return "/".join(parts)

    def _value(self, question: Question, value: Any) -> Any:
        if question.kind in ("person", "place", "agency"):
            return self.of(question.kind, value) if isinstance(value, str) else value
        if question.kind == "repeat" and isinstance(value, list):
            columns = {column.id: column for column in question.of}
            kind = question.mints
            return [self._row(row, lambda key, item: self._column(columns, key, item), kind) for row in value]
        if question.kind in ("evidence", "actions") and isinstance(value, list):
            return [self._row(row, self._part) for row in value]
        if question.kind == "factor" and isinstance(value, dict):
            return {key: self._factor(key, item) for key, item in value.items()}
        return value

    def _column(self, columns: Mapping[str, Question], key: str, item: Any) -> Any:
        return self._value(columns[key], item) if key in columns else item

    def _row(self, row: Any, turn: Callable[[str, Any], Any], kind: str = "row") -> Any:
        if not isinstance(row, dict):
            return row
        return {
            key: (self.of(kind, item) if key == "id" and isinstance(item, str) else turn(key, item))
            for key, item in row.items()
        }

    def _part(self, key: str, item: Any) -> Any:
        if key in ("answers", "shown_by") and isinstance(item, list):
            return [self.pointed(each) if isinstance(each, str) else each for each in item]
        if key == "from" and isinstance(item, dict):
            return {
                part: self.of("entry", each)
                if part in ("entry", "version") and isinstance(each, str)
                else each
                for part, each in item.items()
            }
        return item

    def _factor(self, key: str, item: Any) -> Any:
        if key == "evidence" and isinstance(item, list):
            return [self._row(row, self._part) for row in item]
        if key == "managed_by" and isinstance(item, list):
            return [self.of("row", each) if isinstance(each, str) else each for each in item]
        return item


def row_texts(form: Form, answers: Mapping[str, Any]) -> set[str]:
    """The ids of every row in the answers."""
    found: set[str] = set()
    for question in form.questions():
        value = answers.get(question.id)
        if question.kind == "factor" and isinstance(value, dict):
            value = value.get("evidence")
        if isinstance(value, list):
            found.update(row["id"] for row in rows(value) if isinstance(row.get("id"), str))
    return found
