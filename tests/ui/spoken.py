"""What a screen says in one language and in the other: all of it, and what of it may be the same."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QWidget,
)

from tests.forms.test_welsh import SAME

# Names of systems, bands and codes, as those who use them write them.
SHARED = {
    *SAME,
    "OSP/DC",
    "OSP/IIC",
    "RoSH",
    "MAPPA",
    "ViSOR",
    "nDelius",
    "Attended and complied",
    "Home visit",
}
# Words that English cannot do without and Welsh does not have.
ENGLISH = re.compile(
    r"\b(the|and|of|is|it|not|this|was|were|with|for|by|from|known|level|last|to)\b", re.IGNORECASE
)


def said(root: QWidget) -> set[str]:
    """Everything that a widget and all in it show, offer or read out."""
    found: set[str] = set()
    for widget in (root, *root.findChildren(QWidget)):
        found |= {widget.accessibleName(), widget.accessibleDescription(), widget.toolTip()}
        if isinstance(widget, QLabel | QAbstractButton | QLineEdit):
            found.add(widget.text())
        if isinstance(widget, QLineEdit):
            found.add(widget.placeholderText())
        if isinstance(widget, QPlainTextEdit):
            found.add(widget.toPlainText())
        if isinstance(widget, QComboBox):
            found |= {widget.itemText(place) for place in range(widget.count())}
        if isinstance(widget, QMenu):
            found |= {action.text().partition("\t")[0] for action in widget.actions()}
    return found


def leaves(value: object) -> Iterator[str]:
    """Every text in answers: what people wrote stands as they wrote it."""
    if isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from leaves(each)
    elif isinstance(value, str):
        yield value


def fixed(texts: Iterable[str], wrote: Iterable[str]) -> dict[str, str]:
    """The texts that hold letters once names, figures and what people wrote are taken out, with what is left."""
    known = sorted({*SHARED, *wrote}, key=len, reverse=True)
    taken = re.compile("|".join(map(re.escape, known)))
    bare = {text: taken.sub("", text) for text in texts}
    return {text: rest for text, rest in bare.items() if any(letter.isalpha() for letter in rest)}


def english_in(welsh: Iterable[str], wrote: Iterable[str]) -> list[str]:
    """The texts of a Welsh screen in which an English word stands."""
    return [text for text, rest in fixed(welsh, wrote).items() if ENGLISH.search(rest)]
