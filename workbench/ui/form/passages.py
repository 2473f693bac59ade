"""The words of a case that may be taken over as evidence, each with where it stands; no Qt."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from workbench import clock
from workbench.casework.desk import Desk
from workbench.casework.passages import written
from workbench.casework.reading import kept_away
from workbench.forms.definition import Form, Question, rows
from workbench.models.fold import Entry
from workbench.resources import say
from workbench.ui.form import words

MOST = 200
# From these nothing is copied word for word: what may be kept is its gist, on its own form.
NOT_COPIED = "intelligence"


class Passage(msgspec.Struct, frozen=True):
    """A text of one entry: where it stands, who wrote it when, and what its own evidence row said of it."""

    entry: str
    version: str
    path: str
    title: str
    on: str
    by: str
    question: str
    text: str
    marks: tuple[str, ...] = ()
    taken: Mapping[str, Any] = {}

    @property
    def key(self) -> str:
        """What tells it from others."""
        return f"{self.version}/{self.path}"

    @property
    def where(self) -> str:
        """Its entry in words."""
        return f"{self.title}, {self.on}, {self.by}"


class Found(msgspec.Struct, frozen=True):
    """The passages that fit, latest first, at most 200; how many hold intelligence and are not copied."""

    passages: tuple[Passage, ...]
    held_back: int = 0
    more: bool = False


def find(desk: Desk, case: str, said: str = "", language: str = "en") -> Found:
    """The passages of a case that hold every word of `said`, latest entry first."""
    stood = desk.case(case)
    away = kept_away(desk, stood)
    wanted = said.casefold().split()
    found: list[Passage] = []
    held_back = 0
    live = [entry for entry in stood.entries.values() if entry.live and entry.id not in away]
    for entry in sorted(live, key=lambda each: (each.on, each.id), reverse=True):
        for passage in _of(desk, entry, language):
            told = f"{passage.text} {passage.title} {passage.question}".casefold()
            if not all(word in told for word in wanted):
                continue
            if NOT_COPIED in passage.marks:
                held_back += 1
            elif len(found) == MOST:
                return Found(tuple(found), held_back, more=True)
            else:
                found.append(passage)
    return Found(tuple(found), held_back)


def _of(desk: Desk, entry: Entry, language: str) -> Iterator[Passage]:
    version = entry.head
    form = desk.form_of(version)
    if form is None or version.content is None:
        return
    answers = version.answers()
    for path, text in written(form, answers):
        question = form.question(path.split("/")[0])
        if question is not None and path.rsplit("/", 1)[-1] not in ("whose", "how", "who"):
            yield Passage(
                entry=entry.id,
                version=version.id,
                path=path,
                title=say(form.title, language),
                on=words.day_words(entry.on, language),
                by=desk.author(version).name,
                question=words.asks(question, language),
                text=text,
                marks=version.content.marks.get(path, ()),
                taken=_taken(form, question, path, answers, entry.on),
            )


def _taken(form: Form, question: Question, path: str, answers: Mapping[str, Any], on: str) -> dict[str, Any]:
    """What an evidence row starts from: the row the words stood in, or the source its page names."""
    parts = path.split("/")
    held = answers.get(question.id)
    inner = held.get("evidence") if question.kind == "factor" and isinstance(held, dict) else held
    for row in rows(inner) if len(parts) >= 3 else ():
        if row.get("id") == parts[-2] and "source" in row:
            return {
                key: row[key] for key in ("source", "basis", "whose", "on", "checked", "how") if key in row
            }
    page = next((page for page in form.pages if question in page.questions), None)
    said_by = [q for q in page.questions if q.options_from == "sources"] if page else []
    source = next((answers[q.id] for q in said_by if isinstance(answers.get(q.id), str)), None)
    day = clock.day_of(clock.moment(on)).isoformat() if "T" in on else on
    return {"source": source, "on": day} if source else {"on": day}
