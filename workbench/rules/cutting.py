"""How an audience reads a value: how much of it, in which words, and with children's names cut."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from workbench import clock
from workbench.models.dates import written
from workbench.models.records import MARKS
from workbench.models.released import WithheldValue
from workbench.models.shapes import Shape
from workbench.resources import say
from workbench.rules.book import RuleBook
from workbench.rules.view import View

# From the narrowest to the widest.
WIDTH = ("no", "ask", "gist", "initials", "first-name", "yes")
IDENTIFYING = frozenset({"person", "agency", "place"})
# What an action answers: factors have words; the ids of conditions, people and entries lead nowhere on paper.
FACTORS = "factors"
# What is shown of a child besides a shortened name, to those who may not read the name.
_OF_A_CHILD = frozenset(
    {"network.relation", "network.under_18", "network.household", "network.contact_allowed"}
)
LEAST_WORD = 3


class Cut(NamedTuple):
    """How much is shown, and the permitted gist where one was written."""

    how: str
    gist: str | None = None


class Names:
    """The names of people, agencies and places by id, and which people are or may be children."""

    def __init__(self, view: View, others: Mapping[str, str]) -> None:
        self._view = view
        self._others = others

    def of(self, id: str) -> str:
        """The name that belongs to an id; the id itself where nobody recorded one."""
        held = self._view.resolved("network.name", id).values
        return str(held[0]) if held else self._others.get(id, id)

    def every(self, id: str) -> tuple[str, ...]:
        """Every name recorded for a person, disputed ones too."""
        return tuple(str(value) for value in self._view.resolved("network.name", id).values)

    def people(self) -> tuple[str, ...]:
        """The people around the person, by id."""
        return self._view.things("person")

    def is_child(self, id: str | None) -> bool:
        """Whether somebody is under 18, or may be: not recorded and disputed count as may be."""
        return id in self._view.things("person") and self._view.value("network.under_18", id) != "no"

    def doubtful(self, id: str) -> bool:
        """Whether two accounts of their age stand."""
        return self._view.resolved("network.under_18", id).disputed

    def adults(self) -> frozenset[str]:
        """The words of the names of everybody who is not a child, the person on probation first of all."""
        found: set[str] = set()
        for fact in ("identity.name", "identity.alias"):
            for value in self._view.resolved(fact).values:
                found.update(str(value).split())
        for person in self.people():
            if not self.is_child(person):
                found.update(word for name in self.every(person) for word in name.split())
        return frozenset(found)

    def everybody(self, authors: Iterable[str]) -> tuple[str, ...]:
        """Every name that anybody on the file bears."""
        found = set(authors) | set(self._others.values())
        for fact in ("identity.name", "identity.alias", "officer.name", "officer.stand_in", "spo.name",
                     "spo.stand_in", "aco.name", "case.held_by"):  # fmt: skip
            found.update(str(value) for value in self._view.resolved(fact).values)
        for person in self.people():
            found.update(self.every(person))
        return tuple(sorted(found))


class Audience:
    """One audience in one language: what it may see, and how a value reads to it."""

    def __init__(self, book: RuleBook, audience: str, names: Names, language: str, *, vetted: bool) -> None:
        self.audience = audience
        self.names = names
        self.language = language
        self._book = book
        self._row = book.access[audience]
        self._vetted = vetted
        self._short = {name.casefold(): short for name, short in self._shortenings()}
        whole = "|".join(re.escape(name) for name in sorted(self._short, key=len, reverse=True))
        self._children = re.compile(rf"(?<!\w)(?:{whole})(?!\w)", re.IGNORECASE) if whole else None

    def cut(self, marks: Iterable[str]) -> Cut:
        """The narrowest that the marks allow; a mark nobody understands allows nothing."""
        return Cut(min((self._cell(mark) for mark in marks), key=WIDTH.index, default="yes"))

    def freed(self, marks: Iterable[str]) -> Cut:
        """What the other marks allow, once the ones that ask were released."""
        cells = (self._cell(mark) for mark in marks)
        return Cut(min((cell for cell in cells if cell != "ask"), key=WIDTH.index, default="yes"))

    def of_child(self, cut: Cut, fact: str) -> Cut:
        """A fact about a child: beyond relation and contact, only for those who may read a child's name."""
        if self._cell("child") == "yes" or fact in _OF_A_CHILD or fact == "network.name":
            return cut
        return Cut("no")

    def words(self, shape: Shape, answer: Any) -> str:
        """A value as a person reads it, whole."""
        if answer is None:
            return ""
        if isinstance(answer, dict):
            return self.words(Shape("text", shape.ask), answer.get("value", ""))
        if isinstance(answer, list):
            return ", ".join(filter(None, (self.words(shape, item) for item in answer)))
        text = str(answer)
        if text in shape.options:
            return say(shape.options[text], self.language)
        if shape.kind == FACTORS:
            return ""
        if shape.kind in ("yes-no", "yes-no-unknown") and text in ("yes", "no", "unknown"):
            return self._book.say(f"answer {text}", self.language)
        if shape.kind in IDENTIFYING:
            return self.names.of(text)
        return self._dated(shape.kind, text)

    def shorten(self, shape: Shape, answer: Any, whole: str) -> str:
        """The same text with every child's name as short as this audience may read it."""
        if shape.kind == "person" and isinstance(answer, str) and self.names.is_child(answer):
            return self._name_of(answer)
        if self._children is None:
            return whole
        return self._children.sub(lambda found: self._short.get(found[0].casefold(), ""), whole)

    def shortened(self, answer: Any) -> Any:
        """The recorded value with children's names cut; an id stays, since it names nobody."""
        if isinstance(answer, str):
            return self.shorten(Shape("text", ""), answer, answer)
        if isinstance(answer, list):
            return [self.shortened(item) for item in answer]
        if isinstance(answer, dict):
            return {key: self.shortened(value) for key, value in answer.items()}
        return answer

    def children(self) -> Iterator[WithheldValue]:
        """The names of children that this audience may not read whole."""
        if self._cell("child") != "yes":
            for person in self.names.people():
                if self.names.is_child(person):
                    for name in self.names.every(person):
                        yield WithheldValue(
                            "", "", f"person/{person}", ("child",), self._cell("child"), name, "person", True
                        )

    def _cell(self, mark: str) -> str:
        cell = self._row.cell(mark) if mark in MARKS else "no"
        if cell == "vetted":
            return "yes" if self._vetted else "gist"
        return cell

    def _shortenings(self) -> Iterator[tuple[str, str]]:
        """Each child's whole name and its own words, with what stands for them; words an adult bears stay."""
        if self._cell("child") == "yes":
            return
        adults = {word.casefold() for word in self.names.adults()}
        pairs: dict[str, str] = {}
        for person in self.names.people():
            if self.names.is_child(person):
                for name in self.names.every(person):
                    pairs[name] = self._shorter(person, name)
                    for word in name.split():
                        if len(word) >= LEAST_WORD and word.casefold() not in adults:
                            pairs.setdefault(word, self._shorter(person, word))
        yield from pairs.items()

    def _name_of(self, id: str) -> str:
        if self._cell("child") == "yes":
            return self.names.of(id)
        names = self.names.every(id)
        return self._shorter(id, names[0]) if names else ""

    def _shorter(self, id: str, name: str) -> str:
        """A child's name as short as the audience may read it; nothing where it may not, or age is disputed."""
        allowed = self._cell("child")
        if allowed in ("no", "ask", "gist") or self.names.doubtful(id):
            return ""
        if allowed == "first-name":
            whole = self.names.every(id)[0].split()
            return whole[0] if whole and name.split(maxsplit=1)[0] == whole[0] else ""
        return "".join(f"{word[0]}." for word in name.split())

    def _dated(self, kind: str, text: str) -> str:
        try:
            if kind == "day":
                return written(date.fromisoformat(text), self.language)
            if kind == "moment":
                return written(clock.moment(text), self.language)
        except ValueError:
            return text
        return text
