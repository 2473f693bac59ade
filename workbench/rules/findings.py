"""Findings and advice: what in the record a person should look at, and what the pathway suggests."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from workbench.models.evaluation import evaluate
from workbench.models.results import Advice, Because, BecauseEntry, Finding
from workbench.resources import say
from workbench.rules import because, entry_looks, fact_looks
from workbench.rules.files import AdviceFile, FindingFile
from workbench.rules.finding import made
from workbench.rules.ladder import unrecorded
from workbench.rules.record import Record
from workbench.rules.rounds import Owed


def find(record: Record, owed: Owed, file: FindingFile) -> None:
    """Adds what one kind of finding says of a case."""
    owed.findings.extend(_LOOKS[file.looks](record, file, owed))


def doubted(record: Record, owed: Owed) -> Iterator[Finding]:
    """The findings that tell what could not be told of all that is owed."""
    for file in record.book.findings.values():
        if file.looks in DOUBTED:
            yield from DOUBTED[file.looks](record, file, owed)


def advise(record: Record, owed: Owed) -> None:
    """Adds every line of advice: where facts are missing it asks for them once and says nothing else."""
    asked: set[tuple[str, ...]] = set()
    for file in record.book.advice.values():
        run = record.current(file.in_) if file.in_ else None
        if (file.in_ and run is None) or (file.settled and record.view().value(file.settled) is not None):
            continue
        scope = record.facts_of(record.view(), run)
        applies = evaluate(record.node(file.applies), scope)
        if applies.value is False:
            continue
        when = evaluate(record.node(file.when), scope)
        if when.value is False:
            continue
        truths = ((file.applies, applies), (file.when, when))
        unknown = tuple(dict.fromkeys(
            path for text, truth in truths if truth.value is None
            for path in unrecorded(record, text, scope, truth.missing)
        ))  # fmt: skip
        if unknown in asked:
            continue
        if unknown:
            asked.add(unknown)
        rests = because.entries(record, scope, _rests(record, file))
        owed.advice.append(_advice(record, file, unknown, rests))


def _rests(record: Record, file: AdviceFile) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*record.book.named[file.applies], *record.book.named[file.when])))


def _advice(
    record: Record, file: AdviceFile, unknown: tuple[str, ...], rests: tuple[BecauseEntry, ...]
) -> Advice:
    says = say(file.says, record.language)
    if unknown:
        facts = because.listed(record, because.names(record, unknown))
        says = record.book.say("asks_for", record.language, facts=facts)
    reason = Because(
        says, file.advice, None, "national", file.source, file.confidence, rests, unknown,
        would_change=because.would_change(record, unknown),
    )  # fmt: skip
    return Advice(file.advice, file.advice, record.case.id, None, None, "note", says, reason)


def _cannot(record: Record, file: FindingFile, owed: Owed) -> Iterator[Finding]:
    """What could not be told; what stands in the way of several duties is said once."""
    seen: set[tuple[str, ...]] = set()
    for doubt in owed.doubts:
        if doubt.what == "covered":
            continue
        key = (doubt.what, doubt.entry or "", *doubt.unknown)
        if key not in seen:
            seen.add(key)
            left = because.listed(record, because.names(record, doubt.unknown, doubt.entry))
            says = record.book.say(f"cannot_tell_{doubt.what}", record.language, facts=left)
            part = doubt.rule if doubt.entry else ",".join(doubt.unknown)
            yield made(record, file, key=part, entry=doubt.entry, says=says, unknown=doubt.unknown)


def _not_covered(record: Record, file: FindingFile, owed: Owed) -> Iterator[Finding]:
    for doubt in owed.doubts:
        if doubt.what == "covered":
            asks = say(record.book.rules[doubt.rule].asks, record.language)
            yield made(record, file, key=doubt.duty, says=f"{say(file.says, record.language)} {asks}.")


_LOOKS: dict[str, Callable[[Record, FindingFile, Owed], Iterator[Finding]]] = {
    "answers": entry_looks.answers,
    "unfollowed": entry_looks.unfollowed,
    "words": entry_looks.words,
    "self-report": entry_looks.self_report,
    "old-evidence": entry_looks.old_evidence,
    "bare-allegation": entry_looks.bare_allegation,
    "late-actions": entry_looks.late_actions,
    "unanswered": entry_looks.unanswered,
    "in-a-row": entry_looks.in_a_row,
    "two-accounts": fact_looks.two_accounts,
    "silence": fact_looks.silence,
    "facts": fact_looks.facts,
    "changes": fact_looks.changed,
    "passed": fact_looks.passed,
    "nothing-since": fact_looks.nothing_since,
}
DOUBTED = {"cannot-tell": _cannot, "not-covered": _not_covered}
