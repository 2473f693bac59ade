"""How far each page of a form is; no Qt."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

import msgspec

from workbench.forms.definition import Form, Page, Question
from workbench.resources import Words, say
from workbench.ui.form import words
from workbench.ui.words import said

_NOT_ASKED = Words("Nothing asked here", "Ni ofynnir dim yma")
_ATTENTION = Words("Needs attention", "Angen sylw")
_DONE = Words("Done", "Wedi'i wneud")
_SO_MANY = Words("{answered} of {asked} answered", "Atebwyd {answered} o {asked}")
_NOT_BEGUN = Words("Not begun", "Heb ddechrau")
_PROGRESS = Words("{done} of {needed} needed answers", "{done} o {needed} ateb gofynnol")
_NONE_NEEDED = Words("Nothing is needed", "Nid oes dim yn ofynnol")


class Answers(Protocol):
    """What is asked of a sheet."""

    def visible(self, path: str) -> bool:
        """Whether a question is asked."""

    def answered(self, question: Question) -> bool:
        """Whether it has an answer."""

    def needed(self, question: Question) -> bool:
        """Whether signing needs it."""

    def errors(self) -> dict[str, str]:
        """What stands between the draft and signing."""

    def wrong_on(self, names: Iterable[str]) -> bool:
        """Whether something wrong may be said."""

    def value(self, path: str) -> object:
        """The answer at a path."""


class PageState(msgspec.Struct, frozen=True):
    """A page in the list: its title, its state in words, the icon and tone that repeat it."""

    page: str
    title: str
    says: str
    icon: str
    tone: str


class Progress(msgspec.Struct, frozen=True):
    """How many of the answers that are needed are there, also in words."""

    done: int
    needed: int
    says: str


def page_state(page: Page, title: str, answers: Answers, *, visited: bool, language: str = "en") -> PageState:
    """The state of a page: not begun, so many answered, done, or needs attention."""
    asked = [q for q in page.questions if q.kind not in ("shown", "computed") and answers.visible(q.id)]
    names = [question.id for question in asked]
    answered = sum(answers.answered(question) for question in asked)
    rated = _rating(page, answers)
    if not asked:
        return PageState(page.page, title, say(_NOT_ASKED, language), "minus", "quiet")
    if answers.wrong_on(names):
        return PageState(page.page, title, say(_ATTENTION, language), "circle-alert", "danger")
    gaps = any(path.split("/")[0] in names for path in answers.errors())
    if not gaps and answered and (visited or answered == len(asked)):
        return PageState(page.page, title, rated or say(_DONE, language), "circle-check", "good")
    if rated or (answered and (visited or not _only_given(asked, answers))):
        told = rated or said(_SO_MANY, language, answered=answered, asked=len(asked))
        return PageState(page.page, title, told, "pencil", "info")
    return PageState(page.page, title, say(_NOT_BEGUN, language), "circle", "quiet")


def progress(form: Form, answers: Answers, language: str = "en") -> Progress:
    """The answers that signing needs, and how many of them are there."""
    gaps = {path.split("/")[0] for path in answers.errors()}
    needed = [question.id for question in form.questions() if answers.needed(question)]
    done = sum(name not in gaps for name in needed)
    text = _PROGRESS if needed else _NONE_NEEDED
    return Progress(done, len(needed), said(text, language, done=done, needed=len(needed)))


def _only_given(asked: Iterable[Question], answers: Answers) -> bool:
    """Whether all that is answered is what an empty form starts from."""
    return not any(answers.answered(q) and not q.default and not q.from_fact for q in asked)


def _rating(page: Page, answers: Answers) -> str:
    if page.widget != "factor":
        return ""
    question = next((each for each in page.questions if each.kind == "factor"), None)
    if question is None or not answers.visible(question.id):
        return ""
    return words.options(question).get(str(answers.value(f"{question.id}/rating")), "")
