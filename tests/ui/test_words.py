"""The fixed texts of the window that stand in both languages: the same parts in each, and one English in one Welsh."""

from __future__ import annotations

import ast
import string
from collections import defaultdict
from functools import cache

from tests.resources.test_house import ROOT


@cache
def pairs() -> list[tuple[str, str, str]]:
    """Where each pair stands, its English and its Welsh."""
    found = []
    for path in sorted((ROOT / "workbench" / "ui").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Words":
                texts = [each.value for each in node.args if isinstance(each, ast.Constant)]
                if len(texts) == 2 and all(isinstance(each, str) for each in texts):
                    found.append((f"{path.relative_to(ROOT)}:{node.lineno}", str(texts[0]), str(texts[1])))
    return found


def parts(text: str) -> set[str]:
    """The names of what is filled in."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_both_languages_fill_in_the_same_parts() -> None:
    assert [where for where, english, welsh in pairs() if parts(english) != parts(welsh)] == []


def test_welsh_is_another_text() -> None:
    assert len(pairs()) > 200
    assert [where for where, english, welsh in pairs() if english == welsh] == []


def test_one_english_is_one_welsh() -> None:
    welsh: dict[str, set[str]] = defaultdict(set)
    for _, english, told in pairs():
        welsh[english].add(told)
    assert {english: found for english, found in welsh.items() if len(found) > 1} == {}
