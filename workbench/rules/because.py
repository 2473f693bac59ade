"""The because of a result: the sentence and its parts, in words a person reads."""

from __future__ import annotations

from collections.abc import Iterable

from workbench import resources
from workbench.models.fold import Live, Resolved
from workbench.models.results import BecauseEntry
from workbench.models.shapes import FormShape
from workbench.rules.record import Record
from workbench.rules.view import FactScope

# The facts by which an episode begins, the later one the stronger.
OPENING = ("sentence.on", "sentence.released_on")


def entries(record: Record, scope: FactScope, paths: Iterable[str]) -> tuple[BecauseEntry, ...]:
    """What is known under these facts, with the entries that say it; accounts that differ all stand."""
    found: dict[tuple[str, str, str], BecauseEntry] = {}
    for path in paths:
        for held in _held(record, scope, path):
            for live in held.claims:
                key = (live.version.id, path, held.of or "")
                found[key] = said(live)
    return tuple(found.values())


def said(live: Live) -> BecauseEntry:
    """One claim as a because lists it."""
    header = live.version.header
    return BecauseEntry(header.entry, live.version.id, live.claim.fact, live.claim.is_, live.claim.from_)


def opened(record: Record, entry: str) -> BecauseEntry | None:
    """The entry that opened something, as a because lists it, with the claim by which an episode began."""
    stood = record.entry(entry)
    if stood is None:
        return None
    head = stood.head
    said_so = [claim for claim in head.claims if claim.fact in OPENING]
    if head in stood.live and said_so:
        claim = said_so[-1]
        return BecauseEntry(entry, head.id, claim.fact, claim.is_, claim.from_)
    return BecauseEntry(entry, head.id, None, None, head.header.on)


def not_recorded(record: Record, scope: FactScope, unknown: Iterable[str]) -> str:
    """A clause that lists what is not recorded and what is disputed; empty where all is known."""
    missing: list[str] = []
    disputed: list[str] = []
    for path in unknown:
        held = next(iter(_held(record, scope, path)), None)
        (disputed if held is not None and held.disputed else missing).append(name_of(record, path))
    parts = []
    if missing:
        parts.append(record.book.say("not_recorded", record.language, facts=listed(record, missing)))
    if disputed:
        parts.append(record.book.say("disputed", record.language, facts=listed(record, disputed)))
    return "".join(parts)


def would_change(record: Record, unknown: Iterable[str], entry: str | None = None) -> tuple[str, ...]:
    """What would change the result: recording each thing that is not known, by an entry where one is named."""
    return tuple(
        record.book.say("recording", record.language, fact=name) for name in names(record, unknown, entry)
    )


def names(record: Record, unknown: Iterable[str], entry: str | None = None) -> list[str]:
    """What is not known, in words and each once; of an entry, by its questions as its form asks them."""
    stood = record.entry(entry) if entry else None
    shape = record.shapes.get(stood.head.header.form[:2]) if stood else None
    found: dict[str, None] = {}
    for name in unknown:
        ask = _ask(shape, name.partition(".")[0]) if shape else None
        check = record.book.checks.get(name)
        if ask is not None:
            found[f"'{resources.say(ask, record.language)}'"] = None
        else:
            found.update((name_of(record, path), None) for path in (check.reads if check else (name,)))
    return list(found)


def _ask(shape: FormShape, question: str) -> resources.Text | None:
    """The words of a question, or of a column of one of its repeats."""
    columns = (asked.columns.get(question) for asked in shape.questions.values())
    asked = shape.questions.get(question) or next((column for column in columns if column), None)
    return asked.ask if asked else None


def name_of(record: Record, path: str) -> str:
    """A fact's short name in the language of the reader."""
    words = record.book.words.get(f"fact {path}")
    return resources.say(words, record.language) if words else path


def listed(record: Record, names: list[str]) -> str:
    """Names as a list inside a sentence."""
    if len(names) < 2:
        return "".join(names)
    and_ = record.book.say("and", record.language)
    return f"{', '.join(names[:-1])} {and_} {names[-1]}"


def _held(record: Record, scope: FactScope, path: str) -> Iterable[Resolved]:
    definition = record.facts.get(path)
    if definition is None:
        return
    things: tuple[str | None, ...] = (None,)
    if definition.of == "sentence" and scope.run is not None:
        things = scope.run.sentences
    elif definition.of != "case":
        things = scope.view.things(definition.of)
    for thing in things:
        held = scope.view.resolved(path, thing)
        if held.claims:
            yield held
