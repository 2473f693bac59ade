"""What the report screen shows: which reports there are, for whom, what was held back, what stops it; no Qt here."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import msgspec

from workbench.casework import reporting
from workbench.casework.desk import Desk
from workbench.casework.reporting import Drawn, Offered, Prepared
from workbench.models.released import Chosen
from workbench.models.results import Changes
from workbench.resources import say
from workbench.ui.words import fact_words

LANGUAGES = {"en": "English", "cy": "Cymraeg (Welsh)"}
FORMATS = {"pdf": "PDF, the record", "docx": "Word, a working copy", "html": "HTML, for a screen reader"}


class Choices(msgspec.Struct, frozen=True):
    """What can be drawn for a case, and whose it is; a report has readers and kinds of entry, each in words."""

    name: str
    crn: str
    reports: Mapping[str, str]
    audiences: Mapping[str, Mapping[str, str]]
    kinds: Mapping[str, Mapping[str, str]]
    language: str
    today: date


class Asked(msgspec.Struct, frozen=True):
    """Which report, for whom, in what language, and how much of a chronology."""

    report: str
    audience: str
    language: str
    chosen: Chosen = Chosen()


class Held(msgspec.Struct, frozen=True):
    """Something the reader will not see: what it is, how often, and why."""

    what: str
    why: str


class Shown(msgspec.Struct, frozen=True):
    """A drawn report, in words: what it holds back, what stops it being issued, what must be looked at."""

    drawn: Drawn
    reader: str
    held: tuple[Held, ...]
    gaps: tuple[str, ...]
    to_tick: tuple[str, ...]


def choices(desk: Desk, case: str, entry: str = "") -> Choices:
    """What can be drawn for this case, or of one entry of it."""
    row = desk.store.case_row(case)
    offered = [each for each in reporting.offered() if each.whole == bool(entry)]
    spoken = desk.case(case).known("identity.language", None, desk.today.isoformat()).value
    return Choices(
        name=row.name or row.crn,
        crn=row.crn,
        reports={each.report: say(each.title) for each in offered},
        audiences={
            each.report: {reader: _capital(say(each.audiences[reader])) for reader in _readers(each)}
            for each in offered
        },
        kinds={
            each.report: {kind: _capital(say(words)) for kind, words in each.kinds.items()}
            for each in offered
        },
        language="cy" if spoken == "cy" else "en",
        today=desk.today,
    )


def _readers(report: Offered) -> list[str]:
    """The readers, the likeliest first: agencies where a report goes out; a single entry is printed for the file."""
    likely = "file" if report.whole else "agencies"
    return sorted(report.audiences, key=lambda reader: reader != likely)


def prepare(desk: Desk, case: str, asked: Asked) -> Prepared:
    """The case released for this report and reader."""
    return reporting.prepare(desk, asked.report, case, asked.audience, asked.language, asked.chosen)


def shown(drawn: Drawn, reader: str) -> Shown:
    """A drawn report in words."""
    counted: dict[tuple[str, str], int] = {}
    for value in drawn.withheld.values:
        what = f"{fact_words(value.path.split('/')[0])}"
        why = ", ".join(_mark(mark) for mark in value.marks) or "not for this reader"
        counted[what, why] = counted.get((what, why), 0) + 1
    held = tuple(
        Held(what if count == 1 else f"{what} ({count} times)", why) for (what, why), count in counted.items()
    )
    return Shown(drawn, reader, held, drawn.gaps, drawn.to_tick)


def issue(
    desk: Desk, case: str, drawn: Drawn, recipient: str, basis: str, ticked: tuple[str, ...]
) -> Changes:
    """Issues it; who read the list of what was held back is the person at this store."""
    answers = {"recipient": recipient, "basis": basis, "withheld_read_by": desk.device.card.name}
    given = {key: value for key, value in answers.items() if value}
    return reporting.issue(desk, case, drawn, given, ticked)


def copied(desk: Desk, case: str, drawn: Drawn, how: str) -> None:
    """Notes in the look-log that a copy was printed or saved."""
    desk.log(how, case=case, detail=f"{drawn.report} for {drawn.audience} as {drawn.format}")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _mark(mark: str) -> str:
    return {"third-party": "from a third party", "child": "about a child"}.get(mark, mark.replace("-", " "))
