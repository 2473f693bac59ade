"""What an overlay may not do, and whether its own rules, forms and reports are sound: checked before it ever counts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from workbench.casework import studying
from workbench.casework.overlays_parts import OWN_KINDS, Parts, openings, shapes
from workbench.errors import BadDefinition, BadInput, NotFound
from workbench.exchange.strict import shown
from workbench.forms import library as form_library
from workbench.forms import lint as form_lint
from workbench.forms.definition import Form
from workbench.reports import library as report_library
from workbench.resources import Document
from workbench.rules import book as rule_book
from workbench.rules import lint as rule_lint
from workbench.rules import regional
from workbench.rules.book import RuleBook
from workbench.rules.files import AdviceFile, FindingFile, RuleFile

# Words without the marks by which a page could hold links, pictures or emphasis.
_TITLE = re.compile(r"# [^*_`\[\]<>|#]+")
_LINE = re.compile(r"(?:## |- |[0-9]{1,2}\. |> )?[^*_`\[\]<>|#]*")
_KEPT = {
    "prompt": "An overlay has no recall prompts: nothing stands beside the national one, or weakens it.",
    "event": "An overlay has no events: their steps are firm.",
    "words": "An overlay does not change the words in which duties say why.",
}
# What a hostile definition can make its reader stumble over, once it is of the right shape.
_STUMBLES = (ValueError, KeyError, IndexError, TypeError, AttributeError, ArithmeticError, RecursionError)


def check(parts: Parts) -> None:
    """Refuses an overlay that does what no overlay may, or whose own rules and forms are not sound.

    Raises:
        BadInput: with the first reason and its place.
    """
    try:
        for problem in _problems(parts):
            raise BadInput(problem)
    except (BadDefinition, NotFound) as error:
        raise BadInput(shown(error.says, 300)) from None
    except _STUMBLES as error:
        raise BadInput(f"A definition in it cannot be worked with ({type(error).__name__}).") from None


def _problems(parts: Parts) -> Iterator[str]:
    """Everything wrong, the cheap first; what follows is only safe to look at where nothing came before."""
    national = form_library.load()
    book = rule_book.load(openings=openings(national))
    prefix = f"{parts.heading.id}-"
    for document in parts.rules[1:]:
        yield from _own_rule(document, prefix, book)
    for document in parts.forms:
        yield from _own_form(document, prefix)
    for page, text in parts.guidance.items():
        yield from _own_page(page, text, prefix)
    yield from (f"{parts.rules[0].name}: {says}" for says in regional.problems(parts.region, book))
    library = form_library.load(parts.forms)
    own = {document.name for document in (*parts.rules, *parts.forms)}
    yield from (problem.says for problem in form_lint.check(library) if problem.file in own)
    whole = rule_book.load((parts.heading.id,), openings=openings(library), extra=parts.rules)
    found = rule_lint.check(whole, library.facts, shapes(library), prefix)
    yield from (problem.sentence() for problem in found if problem.file in own)
    if parts.blocks:
        # Each report that is changed is drawn for every reader: full, empty, hostile and in Welsh.
        changed = {report_library.block_of(path).report for path in parts.blocks}
        yield from studying.report_problems(sorted(changed), parts.blocks)


def _own_rule(document: Document, prefix: str, national: RuleBook) -> Iterator[str]:
    """What is wrong with a file that adds to the rules."""
    data: Any = document.data
    if not isinstance(data, dict):
        yield f"{document.name}: An overlay does not change what an audience may see."
        return
    kinds = [kind for kind in (*OWN_KINDS, *_KEPT) if kind in data]
    if len(kinds) != 1:
        yield f"{document.name}: it is no rule, finding or line of advice"
    elif kinds[0] in _KEPT:
        yield f"{document.name}: {_KEPT[kinds[0]]}"
    else:
        yield from (f"{document.name}: {says}" for says in _own_part(document, kinds[0], prefix, national))


def _own_part(document: Document, kind: str, prefix: str, national: RuleBook) -> Iterator[str]:
    name = str(document.data[kind])
    if name in national.rules or name in national.findings or name in national.advice:
        yield f"{name} is national: an overlay sets its numbers and does not write it anew"
    elif not name.startswith(prefix):
        yield f"{shown(name)}: what an overlay adds is called {prefix}..."
    elif kind == "rule":
        yield from regional.rule_problems(document.to(RuleFile))
    elif kind == "finding":
        yield from regional.finding_problems(document.to(FindingFile))
    else:
        document.to(AdviceFile)


def _own_form(document: Document, prefix: str) -> Iterator[str]:
    """What is wrong with a form that is added, beside what the lint of all forms finds."""
    form = document.to(Form)
    if not form.form.startswith(prefix):
        yield f"{document.name}: a form that an overlay adds is called {prefix}..."
    elif form.act != "record":
        yield f"{document.name}: an overlay's form records; it takes nothing out of the record"
    elif form.opens or form.sets:
        yield f"{document.name}: an overlay's form neither says facts of the case nor opens events"


def _own_page(page: str, text: str, prefix: str) -> Iterator[str]:
    """What is wrong with a page of the guide: it is plain words, with headings, items, numbered lines and notes."""
    name = f"guidance/{page}.md"
    title, *lines = text.splitlines() or [""]
    if not page.startswith(prefix):
        yield f"{name}: a page that an overlay adds is called {prefix}..."
    elif not _TITLE.fullmatch(title):
        yield f"{name}:1: a page begins with '# ' and its title"
    else:
        wrong = (number for number, line in enumerate(lines, 2) if not _LINE.fullmatch(line.rstrip()))
        says = "a page has words, '## ', '- ', '1. ' and '> ', and nothing else"
        yield from (f"{name}:{number}: {says}" for number in wrong)
