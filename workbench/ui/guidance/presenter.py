"""The guide as the screen shows it: pages, forms and rules in words, and what a search finds in them; no Qt here."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from workbench.casework.desk import Desk
from workbench.ui.guidance import pages
from workbench.ui.guidance.forms import form_topics
from workbench.ui.guidance.rules import rule_topics
from workbench.ui.guidance.topic import Topic, parts, plain
from workbench.ui.widgets.row import Row

PAGES = (
    "start",
    "today",
    "caseload",
    "case",
    "chronology",
    "thread",
    "release",
    "registers",
    "forms",
    "sitting",
    "home-visit",
    "carry-over",
    "reports",
    "in-the-room",
    "oversight",
    "pdu",
    "cover",
    "figures",
    "exchange",
    "ways-out",
    "search",
    "settings",
    "overlays",
    "backup-and-recovery",
    "why",
    "protects",
    "support",
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
    return Guide((*written(), *regional(desk), *form_topics(desk), *rule_topics(desk)))


def written() -> tuple[Topic, ...]:
    """The pages of the guide itself, for which no desk is needed."""
    return tuple(_topic(page) for page in PAGES)


def regional(desk: Desk) -> tuple[Topic, ...]:
    """The pages that the overlay in force adds."""
    held = desk.laid.overlay.guidance if desk.laid.overlay else {}
    return tuple(_topic_of(page, pages.parse(text, page)) for page, text in held.items())


def _topic(page: str) -> Topic:
    return _topic_of(page, pages.read(page))


def _topic_of(page: str, found: pages.Written) -> Topic:
    lead = next((block.text for block in found.blocks if block.kind == "text"), "")
    return Topic(page, "guide", found.title, lead, found.blocks)


def rows(guide: Guide, section: str, words: str) -> list[Row]:
    """The lines of the list: a section in its order, or wherever words stand, titles first."""
    wanted = [f" {' '.join(found)}" for word in words.split() if (found := parts(word))]
    if not wanted:
        return [
            Row(topic.key, topic.title, line=topic.lead) for topic in guide.topics if topic.section == section
        ]
    named, held = [], []
    for topic in guide.topics:
        title = f" {' '.join(parts(topic.title))}"
        if all(word in title for word in wanted):
            named.append(Row(topic.key, topic.title, line=SECTIONS[topic.section]))
        elif all(word in topic.words for word in wanted):
            line = f"{SECTIONS[topic.section]}: {extract(topic.text, words.split())}"
            held.append(Row(topic.key, topic.title, line=line))
    return named + held


def extract(text: str, wanted: Iterable[str]) -> str:
    """The words around the first that stands in a text."""
    looked_in = plain(text)
    found = [place for word in wanted if (place := looked_in.find(plain(word))) >= 0]
    at = min(found, default=0)
    # From the start of a word, so that no half of one stands there.
    start = text.rfind(" ", 0, max(0, at - _AROUND // 2)) + 1 if at > _AROUND // 2 else 0
    words = " ".join(text[start : at + _AROUND].split())
    return f"… {words}" if start else words
