"""How far each page of a form is; no Qt."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

import msgspec

from workbench.forms.definition import Form, Page, Question
from workbench.ui.form import words


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
    """How many of the answers that are needed are there."""

    done: int
    needed: int

    @property
    def says(self) -> str:
        """In words."""
        return f"{self.done} of {self.needed} needed answers" if self.needed else "Nothing is needed"


def page_state(page: Page, title: str, answers: Answers, *, visited: bool) -> PageState:
    """The state of a page: not begun, so many answered, done, or needs attention."""
    asked = [q for q in page.questions if q.kind not in ("shown", "computed") and answers.visible(q.id)]
    names = [question.id for question in asked]
    answered = sum(answers.answered(question) for question in asked)
    rated = _rating(page, answers)
    if not asked:
        return PageState(page.page, title, "Nothing asked here", "minus", "quiet")
    if answers.wrong_on(names):
        return PageState(page.page, title, "Needs attention", "circle-alert", "danger")
    gaps = any(path.split("/")[0] in names for path in answers.errors())
    if not gaps and answered and (visited or answered == len(asked)):
        return PageState(page.page, title, rated or "Done", "circle-check", "good")
    if rated or (answered and (visited or not _only_given(asked, answers))):
        told = rated or f"{answered} of {len(asked)} answered"
        return PageState(page.page, title, told, "pencil", "info")
    return PageState(page.page, title, "Not begun", "circle", "quiet")


def progress(form: Form, answers: Answers) -> Progress:
    """The answers that signing needs, and how many of them are there."""
    gaps = {path.split("/")[0] for path in answers.errors()}
    needed = [question.id for question in form.questions() if answers.needed(question)]
    return Progress(sum(name not in gaps for name in needed), len(needed))


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
