"""Every rule in words: what it asks, of whom, from when, by when, on whose word, and how sure that is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from workbench.casework.desk import Desk
from workbench.models.amounts import amount
from workbench.models.results import Source
from workbench.resources import Text, say
from workbench.rules.files import (
    AdviceFile,
    EventFile,
    FindingFile,
    Meeting,
    PromptFile,
    RuleFile,
    Suggestion,
)
from workbench.ui.gate.roles import ROLES
from workbench.ui.guidance.pages import Block
from workbench.ui.guidance.topic import Topic
from workbench.ui.shell.why import CONFIDENCE
from workbench.ui.words import day_words

_KINDS = {
    "remand": "on remand",
    "custody": "in custody",
    "community-order": "community order",
    "suspended-sentence-order": "suspended sentence order",
    "licence": "on licence",
    "recall-custody": "in custody after recall",
    "hospital": "in hospital",
    "court": "before sentence",
}
_WHEN = {
    "today": "today",
    "next working day": "by the next working day",
    "as soon as possible": "as soon as possible",
    "review": "at the review",
}


def rule_topics(desk: Desk) -> Iterator[Topic]:
    """A page for each duty, event, prompt, finding and line of advice, duties first."""
    book = desk.book
    for name, prompt in sorted(book.prompts.items()):
        yield _topic(name, prompt.asks, _prompt(desk, prompt))
    for name, rule in sorted(book.rules.items(), key=lambda pair: say(pair[1].asks)):
        yield _topic(name, rule.asks, _rule(desk, rule))
    for name, event in sorted(book.events.items()):
        yield _topic(name, event.asks, _event(event))
    for name, finding in sorted(book.findings.items()):
        yield _topic(name, finding.says, _finding(finding))
    for name, advice in sorted(book.advice.items()):
        yield _topic(name, advice.says, _advice(advice))


def _topic(name: str, title: Text, blocks: Iterable[Block]) -> Topic:
    held = tuple(blocks)
    lead = next((block.text for block in held if block.kind == "text"), "")
    return Topic(f"rule:{name}", "rule", say(title), lead, held)


def _rule(desk: Desk, rule: RuleFile) -> Iterator[Block]:
    yield _confidence(rule.confidence)
    yield Block("pair", "Owed by", ROLES.get(rule.owed_by, rule.owed_by))
    yield Block("pair", "Where the person is", ", ".join(_KINDS[kind] for kind in rule.in_))
    yield Block("pair", "Starts with", _starts(desk, rule.starts))
    if rule.met_by:
        met = (rule.met_by,) if isinstance(rule.met_by, Meeting) else rule.met_by
        yield Block("pair", "Met by", _or(_form(desk, each) for each in met))
    if rule.note:
        yield Block("note", say(rule.note))
    text = rule.texts[-1]
    if text.numbers:
        yield Block("heading", "Its numbers")
        for name, number in text.numbers.items():
            yield Block("pair", _spaced(name), _number(number))
    if rule.stops or rule.waits:
        yield Block("heading", "When it is not owed, or waits")
        yield from (Block("item", say(stop.says)) for stop in (*rule.stops, *rule.waits))
    yield from _source(text.source)


def _prompt(desk: Desk, prompt: PromptFile) -> Iterator[Block]:
    yield _confidence(prompt.confidence)
    yield Block("pair", "Told", _roles(prompt.tells))
    yield Block("pair", "Written with", say(desk.library.form(prompt.form).title))
    if prompt.note:
        yield Block("note", say(prompt.note))
    yield from _source(prompt.source)


def _event(event: EventFile) -> Iterator[Block]:
    yield _confidence(event.confidence)
    yield Block("pair", "Owed by", ROLES.get(event.owed_by, event.owed_by))
    if event.note:
        yield Block("note", say(event.note))
    yield Block("heading", "Its checklist")
    for number, step in enumerate(event.steps, 1):
        yield Block("number", f"{say(step.asks)} ({_WHEN[step.when]})", str(number))
    yield from _source(event.source)


def _finding(finding: FindingFile) -> Iterator[Block]:
    yield _confidence(finding.confidence)
    yield Block("text", "A finding is something a person should look at. It is no duty and has no date.")
    yield from _source(finding.source)


def _advice(advice: AdviceFile) -> Iterator[Block]:
    yield _confidence(advice.confidence)
    yield Block("text", "Advice never decides. Record why, where you choose otherwise.")
    yield from _source(advice.source)


def _confidence(confidence: str) -> Block:
    words, tone = CONFIDENCE[confidence]
    return Block("pill", words, tone)


def _source(source: Source) -> Iterator[Block]:
    yield Block("heading", "Source")
    yield Block("text", f"{source.document}, {source.place} ({day_words(source.dated)})")


def _starts(desk: Desk, starts: str | Meeting | tuple[Meeting, ...]) -> str:
    if starts == "each episode":
        return "each new order, licence or time in custody"
    if isinstance(starts, str):
        return f"what is recorded as {_spaced(starts).casefold()}"
    entries = (starts,) if isinstance(starts, Meeting) else starts
    return _or(dict.fromkeys(f"'{say(desk.library.form(each.form).title)}'" for each in entries))


def _form(desk: Desk, meeting: Meeting) -> str:
    title = say(desk.library.form(meeting.form).title)
    return f"{title}, countersigned" if meeting.state == "countersigned" else title


def _number(number: str | Suggestion) -> str:
    if isinstance(number, Suggestion):
        return f"no figure in the source; {amount(number.suggest).words()} is suggested, ours, off until switched on"
    return "no figure in the source" if number == "empty" else amount(number).words()


def _roles(roles: Iterable[str]) -> str:
    return ", ".join(ROLES.get(role, role) for role in roles)


def _or(parts: Iterable[str]) -> str:
    return " or ".join(dict.fromkeys(parts))


def _spaced(name: str) -> str:
    words = name.replace("_", " ").replace(".", ", ")
    return words[:1].upper() + words[1:]
