"""What a region's overlay holds, read from its files, and what it changes, in words."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from workbench.casework.overlays_policy import Policy
from workbench.errors import BadDefinition, BadInput
from workbench.exchange.overlay import Heading, Overlay
from workbench.exchange.strict import shown
from workbench.forms.definition import shape
from workbench.forms.library import Library
from workbench.models.amounts import counted
from workbench.models.results import Source
from workbench.models.shapes import FormShape, Opening
from workbench.reports import library as report_library
from workbench.resources import Document, parse, say
from workbench.rules import book as rule_book
from workbench.rules.book import RuleBook
from workbench.rules.files import RegionFile

POLICY = "policy.yaml"
OWN_KINDS = ("rule", "finding", "advice")
# Ours: no region needs more, and a check takes no longer than a breath.
MOST_OWN = 100
MOST_TEXT = 20_000


class Parts(msgspec.Struct, frozen=True):
    """An overlay as the program works with it: files of rules (the region's own first) and forms, policy, and blocks.

    `blocks` are sections of reports that the region writes in its own way, by the paths of their files;
    `guidance` are pages of the guide, by their ids.
    """

    heading: Heading
    rules: tuple[Document, ...]
    forms: tuple[Document, ...] = ()
    policy: Policy = Policy()
    blocks: dict[str, str] = {}
    guidance: dict[str, str] = {}

    @property
    def region(self) -> RegionFile:
        """The region's own file."""
        return self.rules[0].to(RegionFile)


def read(overlay: Overlay) -> Parts:
    """The parts of an overlay by their files.

    Raises:
        BadInput: a file is none that an overlay has, or not of its shape.
    """
    rules: list[Document] = []
    forms: list[Document] = []
    written: dict[str, str] = {}
    guidance: dict[str, str] = {}
    policy = Policy()
    for name, data in overlay.files.items():
        room, _, rest = name.partition("/")
        if name == POLICY:
            policy = _policy(_document(name, data))
        elif room in ("rules", "forms") and rest.endswith(".yaml") and "/" not in rest:
            (rules if room == "rules" else forms).append(_document(name, data))
        elif room == "reports":
            written[name] = _text(name, data)
        elif room == "guidance" and rest.endswith(".md") and "/" not in rest:
            guidance[rest.removesuffix(".md")] = _text(name, data)
        else:
            raise BadInput(
                "an overlay has rules, forms, reports, guidance and policy.yaml, and nothing else", name
            )
    if len(rules) + len(forms) > MOST_OWN:
        raise BadInput(f"An overlay has at most {MOST_OWN} rules and forms.")
    return Parts(
        overlay.heading, _region_first(rules, overlay.heading), tuple(forms), policy, written, guidance
    )


def openings(library: Library) -> tuple[Opening, ...]:
    """The events that entries of any form open."""
    return tuple(opening for form in library.all() for opening in form.openings())


def shapes(library: Library) -> dict[tuple[str, int], FormShape]:
    """The forms as rules and reports see them."""
    return {(form.form, form.version): shape(form) for form in library.all()}


def _document(name: str, data: bytes) -> Document:
    try:
        return parse(data, name)
    except BadDefinition as error:
        raise BadInput(shown(error.says, 200)) from None


def _text(name: str, data: bytes) -> str:
    try:
        text = data.decode()
    except UnicodeDecodeError:
        raise BadInput("is not UTF-8", name) from None
    if not all(letter.isprintable() or letter == "\n" for letter in text):
        raise BadInput("holds a letter that no page can show", name)
    if len(text) > MOST_TEXT:
        raise BadInput(f"a text has at most {MOST_TEXT:,} letters", name)
    return text


def _policy(document: Document) -> Policy:
    try:
        policy = document.to(Policy)
    except BadDefinition as error:
        raise BadInput(shown(error.says, 200)) from None
    if policy.idle_minutes is not None and not 1 <= policy.idle_minutes <= 10:
        raise BadInput("idle_minutes is from 1 to 10", POLICY)
    if policy.backup_days is not None and not 7 <= policy.backup_days <= 35:
        raise BadInput("backup_days is from 7 to 35", POLICY)
    if policy.not_printed and (unknown := set(policy.not_printed) - set(report_library.Library().ids())):
        raise BadInput(f"there is no report called {shown(min(unknown), 60)}", POLICY)
    return policy


def _region_first(rules: list[Document], heading: Heading) -> tuple[Document, ...]:
    """The files of rules, the region's own first: there is exactly one, and it bears the overlay's id."""
    own = [each for each in rules if isinstance(each.data, dict) and "region" in each.data]
    if len(own) != 1 or own[0].data["region"] != heading.id:
        raise BadInput(f"It needs one file under rules/ that says 'region: {heading.id}'.")
    try:
        own[0].to(RegionFile)
    except BadDefinition as error:
        raise BadInput(shown(error.says, 200)) from None
    return (own[0], *(each for each in rules if each is not own[0]))


# What it changes, in words


class Change(msgspec.Struct, frozen=True):
    """One thing that an overlay changes: of which rule, what it is nationally and in the region, from which day.

    `longer` is whether the region gives more time; `source` is on whose word. Of an addition `national` holds
    its own words.
    """

    rule: str
    what: str
    national: str
    region: str
    longer: bool
    from_: str
    source: Source | None


def changes(parts: Parts, national: RuleBook) -> tuple[Change, ...]:
    """What an overlay changes, number by number, then what it switches off, then what it adds."""
    region = parts.region
    return (*_numbers(region, national), *_ours(region), *_whole(region), *_added(parts))


def _numbers(region: RegionFile, national: RuleBook) -> Iterator[Change]:
    for name, settings in region.rules.items():
        rule = national.rules[name]
        for setting in settings:
            for number, written in setting.numbers.items():
                plain, longer = rule_book.beside(rule, number, written)
                yield Change(name, number, plain, written, longer, setting.from_, setting.source)
            if setting.choice is not None:
                first = rule.choices[0] if rule.choices else ""
                yield Change(name, "choice", first, setting.choice, False, setting.from_, setting.source)


def _ours(region: RegionFile) -> Iterator[Change]:
    for name, ours in region.ours.items():
        if ours.off == "yes":
            yield Change(name, "", "on", "off", False, "", ours.source)
        for number, written in ours.numbers.items():
            yield Change(name, number, "", written, False, "", ours.source)


def _whole(region: RegionFile) -> Iterator[Change]:
    """What it changes for every rule; these are of no rule."""
    if region.suggestions == "yes":
        yield Change("", "suggestions", "off until switched on", "all on", False, "", None)
    if region.short_notice is not None:
        yield Change("", "short notice", "due at once", region.short_notice, True, "", None)
    if region.days_off:
        yield Change("", "days off", "", ", ".join(region.days_off), False, "", None)


def asked(policy: Policy) -> Iterator[Change]:
    """What a region's policy changes in every store of it: each is of no rule."""
    told: list[tuple[str, str, str]] = []
    if policy.idle_minutes is not None:
        own = "after as many minutes as each person chooses, 10 at most"
        told.append(
            ("the window locks itself", own, f"after {counted(policy.idle_minutes, 'minute')} at most")
        )
    if policy.backup_days is not None:
        told.append(("a backup is kept", "35 days at most", f"{counted(policy.backup_days, 'day')} at most"))
    if policy.backup_folder == "yes":
        own = "beside the store, unless a person chooses another folder"
        told.append(("backups lie", own, "in a folder that each person is asked to choose"))
    library = report_library.Library()
    for report in policy.not_printed:
        title = say(library.definition(report).report.title)
        told.append((f"the report '{title}'", "printed from the window", "not printed from the window"))
    for what, national, region in told:
        yield Change("", what, national, region, False, "", None)


def _added(parts: Parts) -> Iterator[Change]:
    for document in (*parts.rules[1:], *parts.forms):
        kind = next(kind for kind in (*OWN_KINDS, "form") if kind in document.data)
        texts = (document.data.get(name) for name in ("asks", "says", "title"))
        told = next((text for text in texts if text is not None), "")
        words = told if isinstance(told, str) else str(told.get("en", ""))
        yield Change(str(document.data[kind]), kind, words, "added", False, "", None)
    for page, text in parts.guidance.items():
        yield Change(page, "guidance", text.partition("\n")[0].removeprefix("# "), "added", False, "", None)
    for path in parts.blocks:
        named = report_library.block_of(path)
        yield Change(named.report, named.block, "", "written anew", False, "", None)
