"""The guide: every page is sound, every form and rule is in it in words, and a search finds them."""

from __future__ import annotations

import ast
import re

import pytest

from tests.resources.test_house import ROOT
from workbench.casework.desk import Desk
from workbench.errors import BadDefinition
from workbench.ui.guidance import pages, presenter
from workbench.ui.guidance.pages import Block
from workbench.ui.guidance.presenter import PAGES, Guide
from workbench.ui.shell.rail import PLACES


@pytest.fixture
def guide(desk: Desk) -> Guide:
    return presenter.guide(desk)


def test_every_page_that_was_written_is_in_the_guide_and_short() -> None:
    assert sorted(PAGES) == sorted(path.stem for path in pages.folder().glob("*.md"))
    long = {topic.key: len(topic.text.split()) for topic in presenter.written()}
    assert {key: count for key, count in long.items() if count > 600} == {}


def test_every_link_leads_to_a_page(guide: Guide) -> None:
    keys = {topic.key for topic in guide.topics}
    links = [block.more for topic in guide.topics for block in topic.blocks if block.kind == "link"]
    assert len(links) >= 10
    assert [link for link in links if link not in keys] == []
    assert len(keys) == len(guide.topics)


def test_every_picture_is_wanted_by_a_page() -> None:
    wanted = {
        block.more for topic in presenter.written() for block in topic.blocks if block.kind == "picture"
    }
    held = {path.name for path in (pages.folder() / "pictures").glob("*.png")}
    assert held - wanted == set()
    assert pages.picture("no-such-picture.png") is None


def test_f1_leads_to_a_page_from_every_screen() -> None:
    named: dict[str, str] = {}
    for path in sorted((ROOT / "workbench" / "ui").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef) and node.name == "help_page":
                for found in ast.walk(node):
                    if isinstance(found, ast.Return) and isinstance(found.value, ast.Constant):
                        named[f"{path.name}:{found.lineno}"] = str(found.value.value)
    assert len(named) > 5
    assert {where: page for where, page in named.items() if page not in PAGES} == {}


def test_every_form_and_every_rule_is_in_it(guide: Guide, desk: Desk) -> None:
    keys = {topic.key for topic in guide.topics}
    forms = {f"form:{form.form}" for form in desk.library.latest()}
    book = desk.book
    rules = {
        f"rule:{name}"
        for parts in (book.rules, book.prompts, book.events, book.findings, book.advice)
        for name in parts
    }
    assert keys == set(PAGES) | forms | rules


def test_a_rule_is_told_in_words(guide: Guide) -> None:
    found = guide.topic("rule:home-visit-first")
    pairs = {block.text: block.more for block in found.blocks if block.kind == "pair"}
    assert found.title == "First home visit"
    assert found.blocks[0] == Block("pill", "Check local policy", "warn")
    assert pairs["Starts with"] == "each new order, licence or time in custody"
    assert (pairs["High"], pairs["Medium"], pairs["Low"]) == ("15 calendar days", "6 weeks", "12 weeks")
    assert pairs["Met by"] == "Home visit"
    assert "Home Visits Policy Framework, first visit (October 2021)" in found.text


def test_no_rule_shows_how_its_file_is_written(guide: Guide) -> None:
    for topic in guide.topics:
        if topic.section == "rule":
            assert not re.search(r"\w_\w|[{}]|: \w+\.\w", topic.text), (topic.key, topic.text)


def test_a_search_finds_titles_first_then_words_and_says_where(guide: Guide) -> None:
    rows = presenter.rows(guide, "guide", "recov")
    assert rows[0].title == "Backup and recovery"
    assert "glossary" in {row.key for row in rows}
    assert all(row.line for row in rows)
    shown = next(row.line for row in rows if row.key == "glossary")
    assert "recovery" in shown.casefold()


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("visit first", "rule:home-visit-first"),
        ("ARMS", "form:arms"),
        ("ctrl+k", "keyboard"),
        ("warning sign", "rule:warning-sign"),
    ],
)
def test_a_search_goes_over_guide_forms_and_rules(guide: Guide, words: str, key: str) -> None:
    assert key in [row.key for row in presenter.rows(guide, "guide", words)]


def test_a_search_that_finds_nothing_gives_nothing_and_signs_alone_are_no_search(guide: Guide) -> None:
    assert presenter.rows(guide, "guide", "zzzz") == []
    assert presenter.extract("short text", ["zzzz"]) == "short text"


def test_without_a_search_a_section_stands_in_its_order(guide: Guide) -> None:
    assert [row.key for row in presenter.rows(guide, "guide", "  ")] == list(PAGES)
    titles = [row.title for row in presenter.rows(guide, "form", "")]
    assert titles == sorted(titles, key=str.casefold)


def test_an_unknown_page_is_the_first(guide: Guide) -> None:
    assert guide.topic("no-such-page").key == "start"


def test_the_rail_opens_the_guide() -> None:
    assert "guidance" in [key for key, *_ in PLACES]


PAGE = """# A page

First line
and its second.
- one
2. two
> note
**Strong line**
| term | meaning |
![Says this](a-picture.png)
[Go there](start)
## Heading
"""


def test_the_small_part_of_markdown_is_read() -> None:
    assert pages.parse(PAGE, "page.md") == pages.Written(
        "A page",
        (
            Block("text", "First line and its second."),
            Block("item", "one"),
            Block("number", "two", "2"),
            Block("note", "note"),
            Block("strong", "Strong line"),
            Block("pair", "term", "meaning"),
            Block("picture", "Says this", "a-picture.png"),
            Block("link", "Go there", "start"),
            Block("heading", "Heading"),
        ),
    )


@pytest.mark.parametrize(
    "line",
    [
        "### deeper",
        "`code`",
        "* item",
        "<b>bold</b>",
        "Some **bold** words",
        "See [there](start) for more",
        "![outside](../secret.png)",
        "[out](https://example.org)",
        "| one |",
        "| one | two | three |",
    ],
)
def test_every_other_mark_is_refused_with_its_line(line: str) -> None:
    with pytest.raises(BadDefinition) as told:
        pages.parse(f"# Title\n\n{line}\n", "page.md")
    assert (told.value.file, told.value.line) == ("page.md", 3)


def test_a_page_without_a_title_is_refused() -> None:
    with pytest.raises(BadDefinition):
        pages.parse("Words\n", "page.md")
