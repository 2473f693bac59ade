"""What is known of a case, as words: each fact with when, from which entry, and both accounts where two differ."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from workbench.casework.desk import Desk
from workbench.forms.definition import rows
from workbench.models.fold import Live, Resolved
from workbench.resources import say
from workbench.ui.words import day_words

PLAN = "risk-management-plan"
NOT_RECORDED = "not recorded"
_PLAIN = {"yes": "Yes", "no": "No", "unknown": "Not known"}


class Account(msgspec.Struct, frozen=True):
    """What one person wrote of a fact, and who."""

    words: str
    by: str
    entry: str


class Known(msgspec.Struct, frozen=True):
    """One fact as it stands today; of a disputed one `words` says so and `accounts` holds each."""

    fact: str
    of: str | None
    words: str = NOT_RECORDED
    raw: str = ""
    since: str = ""
    entry: str = ""
    marks: tuple[str, ...] = ()
    accounts: tuple[Account, ...] = ()

    @property
    def recorded(self) -> bool:
        """Whether anybody wrote anything of it."""
        return bool(self.entry)


class Knowing:
    """Reads facts of one case as words, on the day practice is seen from."""

    def __init__(self, desk: Desk, case: str) -> None:
        self.desk = desk
        self.case = desk.case(case)
        self.day = desk.today.isoformat()
        self._options: dict[str, dict[str, str]] = {}

    def fact(self, fact: str, of: str | None = None) -> Known:
        """One fact; of one that holds many, all its values."""
        many = self.desk.library.facts[fact].holds == "many"
        return self._known(self.case.known(fact, of, self.day, many=many))

    def each(self, fact: str) -> Iterator[Known]:
        """A fact of everything it is known about, in order of when it was first said."""
        found = (self.case.known(fact, of, self.day) for of in self.case.about(fact) if of is not None)
        for resolved in sorted(found, key=lambda found: found.claims[0].claim.from_ if found.claims else ""):
            if resolved.claims:
                yield self._known(resolved)

    def planned(self) -> Iterator[Mapping[str, Any]]:
        """The actions of the last plan, in its order: what, who, by when, and what shows that it happened."""
        plans = self.case.of_form(PLAN)
        for value in plans[-1].head.answers().values() if plans else ():
            yield from (row for row in rows(value) if "what" in row and ("by" in row or "who" in row))

    def words(self, fact: str, of: str | None = None) -> str:
        """Just the words."""
        return self.fact(fact, of).words

    def raw(self, fact: str, of: str | None = None) -> str:
        """The value as recorded; empty where nothing is known or two accounts differ."""
        return self.fact(fact, of).raw

    def _known(self, found: Resolved) -> Known:
        if not found.claims:
            return Known(found.fact, found.of)
        first = found.claims[0]
        accounts = tuple(self._account(found.fact, live) for live in found.claims) if found.disputed else ()
        if found.disputed:
            words = "two accounts: " + " / ".join(account.words for account in accounts)
        else:
            words = "; ".join(self.value(found.fact, value) for value in found.values)
        return Known(
            fact=found.fact,
            of=found.of,
            words=words,
            raw="" if found.disputed or found.many else str(found.value),
            since=first.claim.from_,
            entry=first.version.header.entry,
            marks=tuple(sorted({mark for live in found.claims for mark in live.claim.marks})),
            accounts=accounts,
        )

    def _account(self, fact: str, live: Live) -> Account:
        author = self.desk.author(live.version)
        return Account(self.value(fact, live.claim.is_), author.name, live.version.header.entry)

    def value(self, fact: str, value: object) -> str:
        """One value of a fact in words."""
        kind = self.desk.library.facts[fact].type
        text = str(value)
        if kind in ("day", "moment"):
            return day_words(text)
        if kind == "yes-no":
            return _PLAIN.get(text, text)
        if kind == "one-of":
            return self._words_of(fact).get(text) or _PLAIN.get(text) or text.replace("-", " ").capitalize()
        if kind == "person":
            return self.words("network.name", text)
        return text

    def _words_of(self, fact: str) -> dict[str, str]:
        """The option words of the question that claims this fact; only a question that holds all its values will do."""
        held = self._options.get(fact)
        if held is None:
            definition = self.desk.library.facts[fact]
            held = self._options[fact] = {}
            for form in self.desk.library.all():
                claims = [row.is_ for row in form.sets if row.fact == fact]
                for question in form.asked.values():
                    if question.id in claims and set(definition.values) <= set(question.options):
                        held.update({key: say(words) for key, words in question.options.items()})
        return held
