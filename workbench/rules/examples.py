"""Worked examples: each builds a small case from what it gives, and says what must follow."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import msgspec

from workbench import clock
from workbench.models import canonical
from workbench.models.facts import FactBook
from workbench.models.fold import Case, fold
from workbench.models.records import Act, Author, Claim, Content, Header, Version
from workbench.models.results import Duty, Source
from workbench.rules.book import RuleBook
from workbench.rules.evaluate import Outcome, evaluate
from workbench.rules.files import (
    AdviceFile,
    EventFile,
    Example,
    FindingFile,
    Given,
    PromptFile,
    RegionFile,
    Setting,
)
from workbench.rules.record import day_said
from workbench.rules.states import state
from workbench.rules.view import Shapes

CASE = "example"
SENTENCE = "example-sentence"
WORDS = frozenset({"episode", "kind", "until"})
# Where an example names no day at all.
SOME_DAY = date(2026, 1, 5)


class Failure(msgspec.Struct, frozen=True):
    """An example that does not hold: its place in the file, what it says must be, and what is."""

    place: str
    expected: str
    actual: str


def run(book: RuleBook, facts: FactBook, shapes: Shapes, kind: str, name: str) -> Iterator[Failure]:
    """The examples of one rule, prompt, finding, advice or event that do not hold."""
    for place, example in examples_of(book, kind, name):
        outcome = of(book, facts, shapes, kind, name, example)
        expected = _expected(kind, example)
        actual = _actual(kind, name, example, outcome)
        for key in expected:
            if expected[key] != actual.get(key):
                yield Failure(place, f"{key}: {expected[key]}", f"{key}: {actual.get(key)}")


def examples_of(book: RuleBook, kind: str, name: str) -> Iterator[tuple[str, Example]]:
    """The examples of one part of the book with their places."""
    if kind == "rule":
        for index, text in enumerate(book.rules[name].texts):
            for place, example in enumerate(text.examples):
                yield f"$.texts[{index}].examples[{place}]", example
        return
    for place, example in enumerate(_part(book, kind, name).examples):
        yield f"$.examples[{place}]", example


def _part(book: RuleBook, kind: str, name: str) -> PromptFile | FindingFile | AdviceFile | EventFile:
    if kind == "prompt":
        return book.prompts[name]
    if kind == "finding":
        return book.findings[name]
    return book.advice[name] if kind == "advice" else book.events[name]


def of(book: RuleBook, facts: FactBook, shapes: Shapes, kind: str, name: str, example: Example) -> Outcome:
    """What follows from an example, with this part of the book alone; a finding is read beside every rule."""
    alone = msgspec.structs.replace(
        book,
        regions=_region(name, example),
        rules={name: book.rules[name]} if kind == "rule" else book.rules if kind == "finding" else {},
        prompts=book.prompts if kind == "prompt" else {},
        findings={name: book.findings[name]} if kind == "finding" else {},
        advice={name: book.advice[name]} if kind == "advice" else {},
        events={name: book.events[name]} if kind == "event" else {},
    )
    return read(alone, facts, shapes, example)


def read(book: RuleBook, facts: FactBook, shapes: Shapes, example: Example, language: str = "en") -> Outcome:
    """What follows from an example by the whole of a book."""
    now = clock.noon(_today(example))
    return evaluate(_case(example, facts), book, facts, shapes, _author, now, language=language)


def _expected(kind: str, example: Example) -> dict[str, str]:
    found: dict[str, str] = {}
    if example.state is not None:
        found["state"] = example.state
    if example.due is not None and example.state != "none":
        found["due"] = example.due
    if example.says is not None:
        found["says"] = example.says
    if kind in ("rule", "advice") and example.state != "none":
        found["unknown"] = ", ".join(sorted(example.unknown))
    if example.tells:
        found["tells"] = ", ".join(example.tells)
    return found


def _actual(kind: str, name: str, example: Example, outcome: Outcome) -> dict[str, str]:
    if kind == "finding":
        found = [finding for finding in outcome.findings if finding.rule == name]
        tells = ", ".join(found[0].tells) if found else ""
        return {"says": "yes" if found else "no", "tells": tells}
    if kind == "advice":
        lines = [line for line in outcome.advice if line.rule == name]
        unknown = ", ".join(sorted(path for line in lines for path in line.because.unknown))
        says = "no" if not lines else "asks" if unknown else "yes"
        return {"says": says, "unknown": unknown}
    duties = sorted(
        (d for d in outcome.duties if d.rule == name), key=lambda d: int(d.duty.rsplit("/", 1)[1])
    )
    if len(duties) < example.n:
        return {"state": "none", "due": "nothing owed", "unknown": ""}
    return _duty(duties[example.n - 1], example)


def _duty(duty: Duty, example: Example) -> dict[str, str]:
    return {
        "state": state(duty, clock.noon(_today(example))),
        "due": duty.due_at or duty.due or "none",
        "unknown": ", ".join(sorted(duty.because.unknown)),
    }


def _region(name: str, example: Example) -> tuple[RegionFile, ...]:
    if example.suggestions == "no" and example.choice is None:
        return ()
    setting = Setting("2000-01-01", _SOURCE, choice=example.choice)
    return (RegionFile("example", "An example", {name: (setting,)}, suggestions=example.suggestions),)


def _today(example: Example) -> date:
    if example.today is not None:
        return date.fromisoformat(example.today)
    days = [day_said(given.on) for given in example.entries]
    return max([_first(example), *days])


def _first(example: Example) -> date:
    return date.fromisoformat(example.given["episode"]) if "episode" in example.given else SOME_DAY


def _author(version: Version) -> Author:
    return Author("A Example", version.header.by)


def _case(example: Example, facts: FactBook) -> Case:
    first = _first(example)
    made: list[Version] = []
    if "episode" in example.given:
        _add(made, "example-sentence-entry", "sentence", first.isoformat(), claims=_sentence(example, first))
    said = {path: value for path, value in example.given.items() if path not in WORDS}
    _add(made, "example-facts", "example", first.isoformat(), claims=_claims(said, facts, first))
    for number, given in enumerate(example.entries, 1):
        _entry(made, f"example-{number}", given, facts)
    return fold(CASE, made)


def _sentence(example: Example, first: date) -> tuple[Claim, ...]:
    """The claims that make an episode of the kind wanted begin on `first`."""
    kind = example.given.get("kind", "community-order")
    earlier, before = (first - timedelta(days=days) for days in (700, 300))
    shapes: dict[str, tuple[str, date, date | None, bool]] = {
        "custody": ("determinate", first, None, False),
        "licence": ("determinate", before, first, False),
        "recall-custody": ("determinate", earlier, before, True),
        "hospital": ("hospital-order", first, None, False),
    }
    sentence, on, released, recalled = shapes.get(kind, (kind, first, None, False))
    said: list[tuple[str, str | None, str, date]] = [
        ("sentence.kind", SENTENCE, sentence, on),
        ("sentence.on", SENTENCE, on.isoformat(), on),
    ]
    if released is not None:
        said.append(("sentence.released_on", SENTENCE, released.isoformat(), released))
    if recalled:
        said.append(("recall.state", None, "revoked", first))
    if "until" in example.given:
        said.append(("sentence.ends_on", SENTENCE, example.given["until"], on))
    return tuple(Claim(fact, of, value, day.isoformat(), None, (), None) for fact, of, value, day in said)


def _claims(said: dict[str, str], facts: FactBook, day: date) -> tuple[Claim, ...]:
    found = []
    for named, value in said.items():
        # A fact of a person or the like names which: 'network.household of mother'.
        path, _, thing = named.partition(" of ")
        definition = facts.get(path)
        number = definition is not None and definition.type == "number"
        of = thing or (SENTENCE if definition is not None and definition.of == "sentence" else None)
        found.append(Claim(path, of, int(value) if number else value, day.isoformat(), None, (), None))
    return tuple(found)


def _entry(made: list[Version], name: str, given: Given, facts: FactBook) -> None:
    claims = _claims(given.says, facts, day_said(given.on))
    _add(made, name, given.form, given.on, claims=claims, given=given)
    if given.countersigned == "yes":
        _act(made, name, given, "countersign", "spo")
    if given.withdrawn == "yes":
        _act(made, name, given, "withdraw", given.role)


def _act(made: list[Version], name: str, given: Given, act: Act, role: str) -> None:
    acting = msgspec.structs.replace(given, role=role, answers={})
    _add(made, name, given.form, given.on, given=acting, act=act, parent=name)


def _add(
    made: list[Version],
    name: str,
    form: str,
    on: str,
    *,
    claims: tuple[Claim, ...] = (),
    given: Given | None = None,
    act: Act = "record",
    parent: str | None = None,
) -> None:
    given = given or Given(form, on)
    device = name if given.blind == "yes" else "device"
    header = Header(
        act=act, at=on if "T" in on else f"{on}T12:00:00Z", by=given.role, card="", case=CASE, content="",
        device=device, entry=name, form=(form, 1, ""), id=name if act == "record" else f"{name}-{act}", on=on,
        parents=(parent,) if parent else (), seen={} if given.blind == "yes" else {"device": len(made)},
        seq=len(made) + 1, v=1,
    )  # fmt: skip
    answers = msgspec.Raw(canonical.encode(given.answers))
    content = Content(answers, None, None, claims, (), {}, None, "", None)
    made.append(Version(header, content, b"", b"", b""))


_SOURCE = Source("A worked example", "this file", "2000-01-01")
