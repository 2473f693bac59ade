"""One marker in every answer of every form: what was withheld from a reader stands in none of its reports."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import Any

import msgspec
import pytest

from tests.conftest import Stores
from tests.forms.examples import EXAMPLES
from tests.reports.build import ALL, REPORT, library, render
from workbench.casework import recording, reporting
from workbench.forms.definition import Question
from workbench.forms.library import load
from workbench.models.released import ReleasedCase, Row, Value, Withheld

READERS = tuple(
    (id, reader) for id in library().ids() for reader in library().definition(id).report.audiences
)
AUDIENCES = tuple(sorted({reader for _, reader in READERS}))
# Readers within probation, and the annex: of these texts nothing is held back from them.
INSIDE = frozenset({"file", "spo", "receiving-officer", "sealed-annex"})
WORDS = frozenset({"text", "how", "whose", "what", "who", "known", "changed"})


class Marks:
    """Words that no dictionary has and that stand nowhere else, one for each text."""

    def __init__(self) -> None:
        self._count = count()

    def word(self) -> str:
        at = next(self._count)
        return "Zqx" + "".join(chr(ord("a") + at // 26**place % 26) for place in range(4))

    def put(self, question: Question, answer: Any) -> Any:
        """The answer with a word of its own in each text that somebody writes."""
        if question.kind in ("text", "narrative") and question.id not in ("crn", "other_case"):
            return f"{answer} {self.word()}"
        if question.kind == "repeat":
            columns = {column.id: column for column in question.of}
            return [
                {key: self.put(columns[key], item) if key in columns else item for key, item in row.items()}
                for row in answer
            ]
        if question.kind in ("evidence", "actions"):
            return [self._row(row) for row in answer]
        if question.kind == "factor":
            return {**self._row(answer), "evidence": [self._row(row) for row in answer.get("evidence", ())]}
        return answer

    def _row(self, row: dict[str, Any]) -> dict[str, Any]:
        return {
            key: f"{item} {self.word()}" if key in WORDS and isinstance(item, str) else item
            for key, item in row.items()
        }


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, tuple[ReleasedCase, Withheld]]]:
    """A case with an entry of every form that a report reads, cut to each reader."""
    stores = Stores(tmp_path_factory.mktemp("stores"))
    desk, forms, marks = stores.desk(), load(), Marks()

    def answers(form: str) -> dict[str, Any]:
        questions = {question.id: question for question in forms.form(form).questions()}
        return {path: marks.put(questions[path], answer) for path, answer in EXAMPLES[form][0].items()}

    case = recording.new_case(desk, answers("registration")).case
    read = {
        taken.form
        for id in library().ids()
        for taken in (
            *library().definition(id).report.reads.entries.values(),
            *library().definition(id).report.reads.chronology,
        )
    }
    for form in sorted(read - {"registration"}):
        if "practitioner" in forms.form(form).for_:
            session = recording.start(desk, case, form)
            session.restore(answers(form))
            recording.sign(desk, case, session)
    yield {reader: reporting.release(desk, case, reader, "en") for reader in AUDIENCES}
    stores.close()


def marks_of(text: str) -> set[str]:
    return {word.strip(".,;:()") for word in text.split() if "Zqx" in word}


def readable(case: ReleasedCase) -> Iterator[str]:
    """Every text that the reader may read."""
    for fact in case.facts:
        yield from (value.text for value in (fact.value, *fact.accounts))
    for entry in case.entries:
        yield entry.by_name
        for answer in entry.answers.values():
            yield from _texts(answer)
    yield case.name.text


def _texts(answer: Value | tuple[Row, ...]) -> Iterator[str]:
    if isinstance(answer, Value):
        yield answer.text
        return
    for row in answer:
        for cell in row.columns.values():
            yield from _texts(cell)


@pytest.mark.parametrize(("report", "reader"), READERS)
def test_no_marker_of_a_withheld_answer_comes_out(
    released: dict[str, tuple[ReleasedCase, Withheld]], report: str, reader: str
) -> None:
    case, withheld = released[reader]
    secret = {mark for value in withheld.values for mark in marks_of(value.text)}
    allowed = {mark for text in readable(case) for mark in marks_of(text)}
    shown = marks_of(render(case, "html", "en", report).data.decode().replace("<", " <").replace(">", "> "))
    assert secret - allowed or reader in INSIDE
    assert shown
    assert shown <= allowed, sorted(shown - allowed)


def test_the_file_sees_far_more_than_the_person(
    released: dict[str, tuple[ReleasedCase, Withheld]],
) -> None:
    """The harness tells readers apart: else the test above would pass on anything."""
    counts = {
        reader: len({mark for text in readable(released[reader][0]) for mark in marks_of(text)})
        for reader in ("file", "person", "doorstep")
    }
    assert counts["file"] > 2 * counts["person"] > counts["doorstep"]


def test_a_report_that_read_a_secret_would_be_found(
    released: dict[str, tuple[ReleasedCase, Withheld]],
) -> None:
    """A value put back into the person's case comes out, and is not among what may be read."""
    case, withheld = released["person"]
    secret = next(
        value.text for value in withheld.values if "Zqx" in value.text and value.path.startswith("key_")
    )
    plans = [entry for entry in case.entries if entry.form == "risk-management-plan"]
    leaking = msgspec.structs.replace(
        plans[-1], answers={**plans[-1].answers, "person_view": Value(secret, secret, "narrative", ("v",))}
    )
    others = tuple(entry for entry in case.entries if entry is not plans[-1])
    made = render(
        msgspec.structs.replace(case, entries=(*others, leaking)), "html", "en", REPORT, ALL
    ).data.decode()
    assert marks_of(secret) & marks_of(made.replace("<", " <"))
