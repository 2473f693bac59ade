"""The guide as the screen shows it: pages, forms and rules in words, and what a search finds in them; no Qt here."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

import msgspec

from workbench.casework.desk import Desk
from workbench.ui.guidance import pages
from workbench.ui.guidance.forms import form_topics
from workbench.ui.guidance.pages import Block
from workbench.ui.guidance.rules import rule_topics
from workbench.ui.guidance.topic import Topic
from workbench.ui.widgets.row import Row

PAGES = (
    "start",
    "today",
    "caseload",
    "case",
    "chronology",
    "forms",
    "home-visit",
    "reports",
    "in-the-room",
    "search",
    "settings",
    "backup-and-recovery",
    "why",
    "glossary",
    "keyboard",
)
SECTIONS = {"guide": "Guide", "form": "Forms", "rule": "Rules"}
_AROUND = 60


class Guide(msgspec.Struct, frozen=True):
    """Every page there is, in order."""

    topics: tuple[Topic, ...]

    def topic(self, key: str) -> Topic:
        """The page of this key; the first where there is none."""
        return next((topic for topic in self.topics if topic.key == key), self.topics[0])


def guide(desk: Desk) -> Guide:
    """The guide, the forms and the rules in force here."""
    return Guide((*written(), *form_topics(desk), *rule_topics(desk)))


def written() -> tuple[Topic, ...]:
    """The pages of the guide itself, for which no desk is needed."""
    return tuple(_topic(page) for page in PAGES)


def _topic(page: str) -> Topic:
    found = pages.read(page)
    lead = next((block.text for block in found.blocks if block.kind == "text"), "")
    return Topic(page, "guide", found.title, lead, found.blocks)


def rows(guide: Guide, section: str, words: str) -> list[Row]:
    """The lines of the list: a section in its order, or wherever words stand, titles first."""
    wanted = plain(words).split()
    if not wanted:
        return [Row(topic.key, topic.title) for topic in guide.topics if topic.section == section]
    named, held = [], []
    for topic in guide.topics:
        if _holds(plain(topic.title), wanted):
            named.append(Row(topic.key, topic.title, line=SECTIONS[topic.section]))
        elif _holds(plain(f"{topic.title} {topic.text}"), wanted):
            line = f"{SECTIONS[topic.section]}: {extract(topic.text, wanted)}"
            held.append(Row(topic.key, topic.title, line=line))
    return named + held


def plain(text: str) -> str:
    """Small letters without accents, in which a search looks."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(each for each in parts if not unicodedata.combining(each))


def _holds(text: str, wanted: Iterable[str]) -> bool:
    """Whether every word stands in it at the start of a word."""
    padded = f" {' '.join(''.join(c if c.isalnum() else ' ' for c in text).split())}"
    return all(f" {' '.join(_parts(word))}" in padded for word in wanted)


def _parts(word: str) -> list[str]:
    return "".join(c if c.isalnum() else " " for c in word).split()


def extract(text: str, wanted: Iterable[str]) -> str:
    """The words around the first that stands in a text."""
    found = [place for word in wanted if (place := plain(text).find(word)) >= 0]
    at = min(found, default=0)
    start = max(0, at - _AROUND // 2)
    words = text[start : at + _AROUND]
    return ("… " if start else "") + " ".join(words.split())


__all__ = ["Block", "Guide", "Topic", "guide", "rows", "written"]
