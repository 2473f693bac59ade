"""Every form in words: what it is for, who writes it, what it asks and what helps with each question."""

from __future__ import annotations

from collections.abc import Iterator

from workbench.casework.desk import Desk
from workbench.forms.definition import Form, Page
from workbench.resources import say
from workbench.ui.gate.roles import ROLES
from workbench.ui.guidance.pages import Block
from workbench.ui.guidance.topic import Topic


def form_topics(desk: Desk) -> Iterator[Topic]:
    """A page for each form, by title."""
    forms = sorted(desk.library.latest(), key=lambda form: say(form.title).casefold())
    for form in forms:
        about = say(form.about)
        yield Topic(f"form:{form.form}", "form", say(form.title), about, tuple(_blocks(desk, form)))


def _blocks(desk: Desk, form: Form) -> Iterator[Block]:
    yield Block("text", say(form.about))
    yield Block("pair", "Written by", ", ".join(ROLES.get(role, role) for role in form.for_))
    if form.countersigned_by:
        signed = ", ".join(ROLES.get(role, role) for role in form.countersigned_by)
        yield Block("pair", "Countersigned by", signed)
    yield Block("pair", "Version", str(form.version))
    for page in form.pages:
        yield from _page(page)


def _page(page: Page) -> Iterator[Block]:
    yield Block("heading", say(page.title))
    if say(page.guide):
        yield Block("text", say(page.guide))
    for question in page.questions:
        if say(question.ask):
            yield Block("strong", say(question.ask))
        if say(question.guide):
            yield Block("text", say(question.guide))
