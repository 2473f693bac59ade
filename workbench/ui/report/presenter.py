"""What the report screen shows: which reports there are, for whom, what was held back, what stops it; no Qt here."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import msgspec

from workbench.casework import reporting
from workbench.casework.desk import Desk
from workbench.casework.reporting import Drawn, Offered, Prepared
from workbench.models.fold import Case
from workbench.models.released import Chosen, WithheldValue
from workbench.models.results import Changes
from workbench.resources import Words, say
from workbench.ui.form import words
from workbench.ui.form.known import fact_words
from workbench.ui.words import said

# Each by its own name, so that whoever reads it finds it.
LANGUAGES = {"en": "English", "cy": "Cymraeg"}
FORMATS = {
    "pdf": Words("PDF, the record", "PDF, y cofnod"),
    "docx": Words("Word, a working copy", "Word, copi gwaith"),
    "html": Words("HTML, for a screen reader", "HTML, ar gyfer darllenydd sgrin"),
}
_TIMES = Words("{what} ({count} times)", "{what} ({count} gwaith)")
_NOT_THIS = Words("not for this reader", "nid ar gyfer y darllenydd hwn")
_NAME = Words("A name", "Enw")
# What holds a whole answer back beside its marks.
_WHOLE = {
    "hidden": Words("kept to named readers", "wedi'i gadw i ddarllenwyr a enwir"),
    "not known": Words("asked by a form that is not here", "gofynnwyd gan ffurflen nad yw yma"),
}


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


class Ready(msgspec.Struct, frozen=True):
    """A case released for a report, and in words what each value is that is held back."""

    prepared: Prepared
    called: Mapping[tuple[str, str], str]


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


def choices(desk: Desk, case: str, entry: str = "", language: str = "en") -> Choices:
    """What can be drawn for this case, or of one entry of it."""
    row = desk.store.case_row(case)
    offered = [each for each in reporting.offered() if each.whole == bool(entry)]
    spoken = desk.case(case).known("identity.language", None, desk.today.isoformat()).value
    return Choices(
        name=row.name or row.crn,
        crn=row.crn,
        reports={each.report: say(each.title, language) for each in offered},
        audiences={
            each.report: {
                reader: _capital(say(each.audiences[reader], language)) for reader in _readers(each)
            }
            for each in offered
        },
        kinds={
            each.report: {kind: _capital(say(told, language)) for kind, told in each.kinds.items()}
            for each in offered
        },
        language="cy" if spoken == "cy" else "en",
        today=desk.today,
    )


def _readers(report: Offered) -> list[str]:
    """The readers, the likeliest first: agencies where a report goes out; a single entry is printed for the file."""
    likely = "file" if report.whole else "agencies"
    return sorted(report.audiences, key=lambda reader: reader != likely)


def prepare(desk: Desk, case: str, asked: Asked, language: str = "en") -> Ready:
    """The case released for this report and reader; `language` is that of the screen."""
    prepared = reporting.prepare(desk, asked.report, case, asked.audience, asked.language, asked.chosen)
    held, values = desk.case(case), prepared.withheld.values
    return Ready(prepared, {_place(value): _called(desk, held, value, language) for value in values})


def shown(drawn: Drawn, reader: str, called: Mapping[tuple[str, str], str], language: str = "en") -> Shown:
    """A drawn report in words; `called` says what each value is that is held back."""
    counted: dict[tuple[str, str], int] = {}
    for value in drawn.withheld.values:
        why = ", ".join(_mark(mark, language) for mark in value.marks) or say(_NOT_THIS, language)
        key = (called.get(_place(value), value.path), why)
        counted[key] = counted.get(key, 0) + 1
    held = tuple(
        Held(what if count == 1 else said(_TIMES, language, what=what, count=count), why)
        for (what, why), count in counted.items()
    )
    return Shown(drawn, reader, held, drawn.gaps, drawn.to_tick)


def _place(value: WithheldValue) -> tuple[str, str]:
    return value.version, value.path


def _called(desk: Desk, case: Case, value: WithheldValue, language: str) -> str:
    """What a value is, never what it says: a fact by its name, an answer by its form and question."""
    first, _, rest = value.path.partition("/")
    if first == "fact":
        return fact_words(desk, rest, language)
    entry = case.entries.get(value.entry)
    form = desk.form_of(entry.head) if entry is not None else None
    question = form.question(first) if form is not None else None
    if form is None or question is None:
        return say(_NAME, language)
    return f"{say(form.title, language)}: {words.asks(question, language)}"


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


def _mark(mark: str, language: str) -> str:
    return say(_WHOLE[mark], language) if mark in _WHOLE else words.mark(mark, language)
