"""Every form that a practitioner writes, a marker in each text: found, the same elsewhere, never in clear."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import NOW, Stores
from tests.forms.examples import EXAMPLES
from tests.journeys.test_nothing_in_clear import MARK, files_in_clear
from workbench.casework import guarding, reading, recording, reporting
from workbench.casework.desk import Desk
from workbench.casework.exporting import export
from workbench.casework.importing import bring
from workbench.forms.definition import Question
from workbench.forms.library import load

# Written by the program itself, beside the bytes they tell of.
OWN = ("report-issued", "brought-in-file")
WORDS = ("text", "how", "whose", "what", "who", "known", "changed")


def marked(question: Question, value: Any) -> Any:
    """An answer with the marker in every text that somebody writes."""
    if question.kind in ("text", "narrative") and question.id not in ("crn", "other_case"):
        return f"{value} {MARK}"
    if question.kind == "repeat":
        columns = {column.id: column for column in question.of}
        return [
            {key: marked(columns[key], item) if key in columns else item for key, item in row.items()}
            for row in value
        ]
    if question.kind in ("evidence", "actions"):
        return [_words(row) for row in value]
    if question.kind == "factor":
        return {**_words(value), "evidence": [_words(row) for row in value.get("evidence", ())]}
    return value


def _words(row: dict[str, Any]) -> dict[str, Any]:
    return {
        key: f"{item} {MARK}" if key in WORDS and isinstance(item, str) else item for key, item in row.items()
    }


def a_month(stores: Stores, desk: Desk) -> tuple[str, set[str]]:
    """Signs an entry of each form, each on a later day, from drafts kept answer by answer; gives their forms."""
    case = ""
    for day, form in enumerate(form for form in load().latest() if form.form in EXAMPLES):
        if "practitioner" not in form.for_ or form.act != "record" or form.form in OWN:
            continue
        stores.clock.at = NOW + timedelta(days=day)
        questions = {question.id: question for question in form.questions()}
        answers = {path: marked(questions[path], value) for path, value in EXAMPLES[form.form][0].items()}
        if form.form == "registration":
            continue
        if not case:
            case = register(desk)
            # The one that the same-person entry names: from then on the two are read as one.
            register(desk, crn=EXAMPLES["same-person"][0]["other_case"])
        draft = recording.begin_draft(desk, case, form.form)
        for path, value in answers.items():
            recording.keep_answer(desk, draft, path, value)
        recording.sign(desk, case, recording.resume(desk, draft), draft=draft)
    return case, {entry.form for entry in desk.case(case).entries.values()}


def register(desk: Desk, **more: str) -> str:
    """The case, by its own worked example."""
    questions = {question.id: question for question in load().form("registration").questions()}
    answers = {path: marked(questions[path], value) for path, value in EXAMPLES["registration"][0].items()}
    return recording.new_case(desk, {**answers, **more}).case


def test_a_month_of_every_form(stores: Stores, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Recorded, amended, searched, handed on by file, reported, backed up and locked."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home" / "cache"))
    desk = stores.desk()
    case, forms = a_month(stores, desk)
    assert len(forms) > 20
    entry = desk.case(case).of_form("rosh")[0]
    session = recording.start(desk, case, "rosh", amends=entry.id)
    session.answer("who", f"Others, {MARK}.")
    recording.amend(desk, case, entry.id, session, f"{MARK} was heard again.")
    found = {hit["form"] for hit in reading.search(desk, MARK)}
    assert len(found) > 20, forms - found
    assert all(check.ok for check in guarding.verify(desk)), guarding.verify(desk)
    other = stores.desk("other", person="Bea Other")
    for each in desk.links.together(case):
        bring(other, export(desk, each), "case.json")
    assert desk.outcome(desk.case(case)) == other.outcome(other.case(case))
    assert {hit["version"] for hit in reading.search(other, MARK)} == {
        hit["version"] for hit in reading.search(desk, MARK)
    }
    for format_ in ("pdf", "docx", "html"):
        assert reporting.draw(desk, "release-plan", case, "file", format_).data
    guarding.back_up(desk, tmp_path / "backups")
    for each in (desk, other):
        each.close()
    assert files_in_clear(tmp_path) == []
    assert list((tmp_path / "store" / "tmp").iterdir()) == []
