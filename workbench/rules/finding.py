"""One finding: what is said, of which entry, and why it is said."""

from __future__ import annotations

from workbench.models.evaluation import Truth, evaluate
from workbench.models.results import Because, BecauseEntry, Finding, Level
from workbench.resources import say
from workbench.rules import because
from workbench.rules.episodes import Run
from workbench.rules.files import FindingFile
from workbench.rules.record import Record


def made(
    record: Record,
    file: FindingFile,
    *,
    key: str = "",
    entry: str | None = None,
    question: str | None = None,
    says: str | None = None,
    level: Level | None = None,
    rests: tuple[BecauseEntry, ...] = (),
    unknown: tuple[str, ...] = (),
    tells: tuple[str, ...] = (),
) -> Finding:
    """One finding; its id is the file's, the entry, and what in it."""
    words = says or say(file.says, record.language)
    first = because.opened(record, entry) if entry else None
    reason = Because(
        words, file.finding, None, "national", file.source, file.confidence,
        rests or ((first,) if first else ()), unknown,
        would_change=because.would_change(record, unknown, entry),
    )  # fmt: skip
    name = "/".join(part for part in (file.finding, entry, key or question) if part)
    return Finding(
        name, file.finding, record.case.id, entry, question, level or file.level, words, reason, tells,
        urgent=file.urgent == "yes",
    )  # fmt: skip


def cannot_tell(record: Record, file: FindingFile, entry: str, truth: Truth) -> Finding:
    """The note that stands where it cannot be told whether a finding holds."""
    unknown = tuple(sorted(truth.missing))
    left = because.listed(record, because.names(record, unknown, entry))
    says = record.book.say("cannot_tell_finding", record.language, says=say(file.says, record.language))
    says += record.book.say("not_recorded", record.language, facts=left) if left else ""
    return made(record, file, entry=entry, says=says, level="note", unknown=unknown)


def stopped(record: Record, file: FindingFile, run: Run) -> bool:
    """Whether the finding is not made in this case at all."""
    scope = record.facts_of(record.view(), run)
    return any(evaluate(record.node(stop.when), scope).value is True for stop in file.stops)
