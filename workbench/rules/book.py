"""Rule books: the national one and the overlays of regions, read strictly and kept with one hash."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import Any, TypeVar

import msgspec

from workbench import resources
from workbench.errors import BadDefinition, NotFound
from workbench.models.amounts import Amount, amount
from workbench.models.evaluation import paths_of
from workbench.models.expressions import ExpressionError, Node, parse
from workbench.models.results import Source
from workbench.models.shapes import CheckDefinition, Opening
from workbench.resources import Document, Words
from workbench.rules import checks
from workbench.rules.calendar import Calendar, bank_holidays
from workbench.rules.files import (
    AdviceFile,
    AudienceFile,
    EventFile,
    FindingFile,
    Ours,
    PromptFile,
    RegionFile,
    RuleFile,
    Setting,
    Suggestion,
    TextFile,
)

NATIONAL = "national"
EMPTY = "empty"
T = TypeVar("T")


class Reckoning(msgspec.Struct, frozen=True):
    """A named number as it stands: `amount` is None where it is empty; whose it is, and the national one beside it."""

    name: str
    amount: Amount | None
    book: str
    source: Source
    ours: bool = False
    national: dict[str, Any] | None = None


class RuleBook(msgspec.Struct, frozen=True, dict=True):
    """Every rule, finding, advice, event and audience in force here; `sha256` names the whole.

    `suggested` are the suggestions switched on one by one (`touch-periodic/interval`: `16 weeks`; empty where
    one was switched off). `nodes`
    holds each expression as read, `named` the facts it rests on, `places` the file of each part
    (`rule/home-visit-first`).
    """

    rules: dict[str, RuleFile]
    prompts: dict[str, PromptFile]
    findings: dict[str, FindingFile]
    advice: dict[str, AdviceFile]
    events: dict[str, EventFile]
    access: dict[str, AudienceFile]
    words: dict[str, Words]
    regions: tuple[RegionFile, ...]
    suggested: Mapping[str, str]
    checks: Mapping[str, CheckDefinition]
    nodes: dict[str, Node]
    named: dict[str, tuple[str, ...]]
    places: dict[str, Document]
    calendar: Calendar
    openings: tuple[Opening, ...]
    sha256: str

    @cached_property
    def owing(self) -> tuple[RuleFile, ...]:
        """The rules that owe something; one that is itself empty owes nothing while it has no number anywhere."""
        return tuple(rule for rule in self.rules.values() if not self._off(rule))

    def _off(self, rule: RuleFile) -> bool:
        if rule.confidence != "empty" or any(region.rules.get(rule.rule) for region in self.regions):
            return False
        every = any(region.suggestions == "yes" for region in self.regions)
        named = ((name, number) for text in rule.texts for name, number in text.numbers.items())
        return all(
            number == EMPTY or not (every or f"{rule.rule}/{name}" in self.suggested)
            for name, number in named
        )

    def say(self, key: str, language: str, **values: str) -> str:
        """A fixed sentence of the book, filled."""
        return resources.say(self.words[key], language).format(**values)

    def number(self, rule: RuleFile, text: TextFile, name: str, on: date) -> Reckoning:
        """A named number for what started on `on`: a region's from its own day, else the national one.

        Raises:
            KeyError: the text has no number of that name (lint refuses such a book).
        """
        written = text.numbers[name]
        base = _plain(written)
        for region in self.regions:
            for setting in reversed(region.rules.get(rule.rule, ())):
                if name in setting.numbers and setting.from_ <= on.isoformat():
                    return self._regional(region, setting, name, base)
        if isinstance(written, Suggestion):
            every = any(region.suggestions == "yes" for region in self.regions)
            suggested = self.suggested.get(f"{rule.rule}/{name}", written.suggest if every else "")
            if suggested:
                return Reckoning(name, amount(suggested), NATIONAL, text.source, ours=True)
        return Reckoning(name, base, NATIONAL, text.source)

    def choice(self, rule: RuleFile, on: date) -> str | None:
        """Which of a rule's choices holds for what started on `on`; the first unless a region chose."""
        for region in self.regions:
            for setting in reversed(region.rules.get(rule.rule, ())):
                if setting.choice is not None and setting.from_ <= on.isoformat():
                    return setting.choice
        return rule.choices[0] if rule.choices else None

    def short_notice(self) -> Amount:
        """The time given to what was already past when first known: none, unless a region gives some."""
        given = [region.short_notice for region in self.regions if region.short_notice is not None]
        return amount(given[0]) if given else Amount(0, "calendar days")

    def _regional(self, region: RegionFile, setting: Setting, name: str, base: Amount | None) -> Reckoning:
        own = amount(setting.numbers[name])
        beside = {
            "number": name,
            "national": base.words() if base else None,
            "region": own.words(),
            "longer": base is not None and days_about(own) > days_about(base),
        }
        return Reckoning(name, own, region.region, setting.source, national=beside)


def load(
    regions: tuple[str, ...] = (),
    *,
    openings: tuple[Opening, ...] = (),
    extra: tuple[Document, ...] = (),
    suggested: Mapping[str, str] | None = None,
) -> RuleBook:
    """The national book with these regions laid over it, the first the strongest.

    `openings` are the events that entries of forms open; `extra` are files of an overlay from elsewhere;
    `suggested` are suggestions switched on one by one, by rule and number.

    Raises:
        BadDefinition: a file is not of its shape, an id stands twice, or an expression cannot be read.
        NotFound: no such region.
    """
    documents = (*resources.documents("rules"), *extra)
    chosen = []
    for name in regions:
        found = [d for d in documents if "region" in d.keys and d.data["region"] == name]
        if not found:
            raise NotFound(f"No region is called {name!r}.", "`workbench rules list` names them.")
        chosen.append(found[-1])
    used = [d for d in documents if "region" not in d.keys] + chosen
    return _assembled(used, tuple(d.to(RegionFile) for d in chosen), openings, suggested or {})


def _assembled(
    used: list[Document],
    regions: tuple[RegionFile, ...],
    openings: tuple[Opening, ...],
    suggested: Mapping[str, str],
) -> RuleBook:
    places: dict[str, Document] = {}
    rules = _kind(used, "rule", RuleFile, places)
    prompts = _kind(used, "prompt", PromptFile, places)
    findings = _kind(used, "finding", FindingFile, places)
    advice = _kind(used, "advice", AdviceFile, places)
    events = _kind(used, "event", EventFile, places)
    known = {"rule", "prompt", "finding", "advice", "event", "region", "words"}
    for document in used:
        if document.keys and not known & set(document.keys):
            raise BadDefinition("is no rule, finding, advice, event, region or words", document.name, 1)
    access, words = _tables(used, places)
    for region in regions:
        for name, change in region.ours.items():
            _change_ours(name, change, rules, findings, advice)
            if change.off == "yes":
                for kind in ("rule", "finding", "advice"):
                    places.pop(f"{kind}/{name}", None)
    listed = checks.definitions()
    nodes: dict[str, Node] = {}
    for document in used:
        _read_expressions(document, nodes)
    nodes.update({opening.when: parse(opening.when) for opening in openings})
    off = frozenset(_day(day, region) for region in regions for day in region.days_off)
    return RuleBook(
        rules, prompts, findings, advice, events, access, words, regions, suggested, listed, nodes,
        {text: _named(text, node, listed) for text, node in nodes.items()}, places,
        Calendar(off), openings, _hash(used, (listed, openings, sorted(suggested.items()))),
    )  # fmt: skip


def _day(text: str, region: RegionFile) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadDefinition(f"{region.region}: {text!r} is no day") from None


def _change_ours(
    name: str,
    change: Ours,
    rules: dict[str, RuleFile],
    findings: dict[str, FindingFile],
    advice: dict[str, AdviceFile],
) -> None:
    """Changes or takes out what is marked ours; nothing else is ever touched, whatever a region says."""
    rule, finding = rules.get(name), findings.get(name)
    found = rule or finding or advice.get(name)
    firm = found is None or found.confidence != "ours"
    if firm or (
        rule and any(branch.confidence not in (None, "ours") for text in rule.texts for branch in text.due)
    ):
        raise BadDefinition(f"{name} is not marked ours: a region cannot switch it off or change it so")
    if change.off == "yes":
        for parts in (rules, findings, advice):
            parts.pop(name, None)
    elif finding is None or not change.numbers.keys() <= finding.numbers.keys():
        raise BadDefinition(f"{name} has no such number that a region may change")
    else:
        findings[name] = msgspec.structs.replace(finding, numbers={**finding.numbers, **change.numbers})


def _tables(
    used: Iterable[Document], places: dict[str, Document]
) -> tuple[dict[str, AudienceFile], dict[str, Words]]:
    access: dict[str, AudienceFile] = {}
    words: dict[str, Words] = {}
    for document in used:
        if not document.keys:
            for row in document.to(tuple[AudienceFile, ...]):
                access[row.audience] = row
                places[f"audience/{row.audience}"] = document
        elif "words" in document.keys:
            words.update(document.to(_WordsFile).words)
    return access, words


class _WordsFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    words: dict[str, Words]


def _kind(used: Iterable[Document], key: str, kind: type[T], places: dict[str, Document]) -> dict[str, T]:
    found: dict[str, T] = {}
    for document in used:
        if key in document.keys:
            read = document.to(kind)
            name = getattr(read, key)
            if f"{key}/{name}" in places:
                line = document.line(f"$.{key}")
                raise BadDefinition(f"{name} stands in another file too", document.name, line)
            found[name] = read
            places[f"{key}/{name}"] = document
    return found


def _read_expressions(document: Document, nodes: dict[str, Node]) -> None:
    for place, text in _expressions(document.data, "$"):
        if text not in nodes:
            try:
                nodes[text] = parse(text)
            except ExpressionError as error:
                raise BadDefinition(str(error), document.name, document.line(place)) from None


def _expressions(data: Any, place: str) -> Iterator[tuple[str, str]]:
    """Every expression of a file with its place; worked examples and steps hold none."""
    if isinstance(data, dict):
        for key, value in data.items():
            here = f"{place}.{key}"
            if key in ("when", "where", "applies") and isinstance(value, str):
                if not (key == "when" and value in _TIMES):
                    yield here, value
            elif key != "examples":
                yield from _expressions(value, here)
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from _expressions(value, f"{place}[{index}]")


def _named(text: str, node: Node, listed: Mapping[str, CheckDefinition]) -> tuple[str, ...]:
    """What an expression rests on, in the order it names it; a check stands for the facts it reads."""
    found = dict.fromkeys(sorted(paths_of(node), key=text.find))
    for name, check in listed.items():
        if f"{name}(" in text:
            found.update(dict.fromkeys(check.reads))
    return tuple(found)


_TIMES = frozenset({"today", "next working day", "as soon as possible", "review"})


def _hash(used: Iterable[Document], listed: object) -> str:
    # Another table of bank holidays is another book: open duties are then worked out again.
    digest = hashlib.sha256(b"workbench-rules/1\n" + bank_holidays())
    for document in sorted(used, key=lambda d: d.name):
        digest.update(f"{document.name}\0{document.sha256}\n".encode())
    digest.update(msgspec.json.encode(listed))
    return digest.hexdigest()


def _plain(written: str | Suggestion) -> Amount | None:
    return None if isinstance(written, Suggestion) or written == EMPTY else amount(written)


def beside(rule: RuleFile, number: str, written: str) -> tuple[str, bool]:
    """The national number beside a region's: in words (empty where none is set), and whether the region's is longer."""
    found = next((text.numbers[number] for text in reversed(rule.texts) if number in text.numbers), EMPTY)
    base = _plain(found)
    return (base.words() if base else "", base is not None and days_about(amount(written)) > days_about(base))


def days_about(of: Amount) -> float:
    """A rough length in days, only to say which of two amounts is longer."""
    per = {
        "hours": 1 / 24,
        "calendar days": 1,
        "working days": 1.4,
        "weeks": 7,
        "months": 30.4,
        "years": 365.2,
    }
    return of.number * per[of.unit]
