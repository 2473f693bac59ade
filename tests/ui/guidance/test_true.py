"""The guide against the program: what it quotes is what the window says, and its keys are the keys there are."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from tests.resources.test_house import CODE, ROOT
from workbench.ui.guidance import pages
from workbench.ui.shell import window

QUOTED = re.compile(r"(?<!\w)'([^']{2,80})'(?!\w)")
# What somebody types, which no button says.
TYPED = {"workbench verify", "complaint", "RMP", "VLO"}


def said() -> str:
    """Every fixed text of the program, in small letters: those of its code, its forms and its rules."""
    texts = [
        str(node.value)
        for path in CODE
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
    for folder in ("forms", "rules"):
        texts += [path.read_text("utf-8") for path in (ROOT / "resources" / folder).rglob("*.yaml")]
    return " ".join(" ".join(texts).split()).casefold()


def test_what_the_guide_quotes_stands_in_the_program() -> None:
    """Of a sentence the program's own words; its full stop may be left out."""
    words = said()
    for path in sorted(pages.folder().glob("*.md")):
        quoted = QUOTED.findall(" ".join(path.read_text("utf-8").split()))
        missing = [each for each in quoted if each not in TYPED and each.rstrip(".").casefold() not in words]
        assert (path.name, missing) == (path.name, [])


def test_the_guide_names_every_key_that_works_anywhere() -> None:
    """And no other."""
    text = (pages.folder() / "keyboard.md").read_text("utf-8")
    anywhere, looks = (
        text.partition(f"## {part}")[2].partition("\n## ")[0] for part in ("Anywhere", "How it looks")
    )
    told = {key for row in re.findall(r"^\| ([^|]+) \|", anywhere, re.MULTILINE) for key in row.split(", ")}
    tree = ast.parse(Path(window.__file__).read_text("utf-8"))
    strokes = {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and re.fullmatch(r"(?:(?:Ctrl|Alt|Shift)\+)+\S+|F\d+", node.value)
    }
    of_looks = {"Ctrl++", "Ctrl+-", "Ctrl+Shift+D"}
    assert told - {"Escape"} == strokes - of_looks
    assert "Ctrl+Shift+D" in looks
