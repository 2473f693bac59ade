"""The searchable words of a version: what people wrote, apart by the marks it carries."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from workbench.casework.desk import Desk
from workbench.forms.definition import Form, Question, rows
from workbench.models.records import HEAD_ACTS, Version
from workbench.models.shapes import ACTION, EVIDENCE
from workbench.store.search import Passage

WRITTEN = frozenset({"text", "narrative"})
EVIDENCE_WORDS = ("text", "how", "whose")
ACTION_WORDS = ("what", "who")


def passages_of(desk: Desk, version: Version, superseded: bool) -> tuple[Passage, ...]:
    """One passage for each set of marks; none for an act, or where the content or definition is gone."""
    form = desk.form_of(version)
    if version.content is None or form is None or version.act not in HEAD_ACTS:
        return ()
    texts: dict[tuple[str, ...], list[str]] = {}
    for path, text in written(form, version.answers()):
        texts.setdefault(version.content.marks.get(path, ()), []).append(text)
    header = version.header
    return tuple(
        Passage(header.entry, version.id, header.form[0], header.on, marks, superseded, "\n".join(found))
        for marks, found in sorted(texts.items())
    )


def written(form: Form, answers: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Every text a person wrote, with its path, in the form's order."""
    for question in form.questions():
        if question.id in answers:
            yield from _texts(question, answers[question.id], question.id)


def _texts(question: Question, value: Any, path: str) -> Iterator[tuple[str, str]]:
    if question.kind in WRITTEN and isinstance(value, str):
        yield path, value
    elif question.kind == "repeat":
        for row in rows(value):
            for column in question.of:
                if column.id in row:
                    yield from _texts(column, row[column.id], f"{path}/{row.get('id')}/{column.id}")
    elif question.kind == "evidence":
        yield from _columns(value, path, tuple(name for name in EVIDENCE if name in EVIDENCE_WORDS))
    elif question.kind == "actions":
        yield from _columns(value, path, tuple(name for name in ACTION if name in ACTION_WORDS))
    elif question.kind == "factor" and isinstance(value, dict):
        for part in ("known", "changed"):
            if isinstance(value.get(part), str):
                yield f"{path}/{part}", value[part]
        yield from _columns(value.get("evidence"), f"{path}/evidence", EVIDENCE_WORDS)


def _columns(value: Any, path: str, names: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for row in rows(value):
        for name in names:
            if isinstance(row.get(name), str):
                yield f"{path}/{row.get('id')}/{name}", row[name]
