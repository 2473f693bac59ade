"""Small forms for tests: written as a file is, read by the same reader, judged by the same lint."""

from __future__ import annotations

from textwrap import dedent, indent

from workbench import resources
from workbench.forms import library, lint
from workbench.forms.definition import Form
from workbench.forms.library import Library

HEAD = """\
form: small
version: 1
title:
  en: A small form
  cy: Ffurflen fach
for: [practitioner]
about: For tests.
"""
PAGE = """\
pages:
  - page: only
    title:
      en: Only page
      cy: Unig dudalen
    questions:
"""


def text(questions: str, *, rest: str = "", head: str = HEAD) -> str:
    """The file of a form with these questions and, after them, `rest`."""
    return head + PAGE + indent(dedent(questions).strip("\n"), "      ") + "\n" + dedent(rest).lstrip("\n")


def read(written: str, name: str = "forms/small-1.yaml") -> Library:
    folder = resources.root() / "forms"
    lists = [resources.read(folder / file) for file in ("columns.yaml", "sources.yaml")]
    return library.read((*lists, resources.parse(written.encode(), name)), resources.root())


def form(questions: str, *, rest: str = "", head: str = HEAD) -> Form:
    return read(text(questions, rest=rest, head=head)).form("small")


def problems(written: str) -> list[str]:
    """What the lint says of the form, as `line: sentence`."""
    found = lint.check(read(written))
    return [
        f"{problem.line}: {problem.args[0].partition(': ')[2]}"
        for problem in found
        if "facts" not in problem.file
    ]
