"""Reading: the lists and records that screens and the command line show, each look logged."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

import msgspec

from workbench.casework.desk import Desk
from workbench.casework.signing import case_row, is_open, work_out_again
from workbench.errors import NotFound
from workbench.models.amounts import counted
from workbench.models.fold import Case, Entry, Resolved
from workbench.models.readers import kept
from workbench.models.records import Version
from workbench.models.results import Advice, Because, Duty, Finding, Step
from workbench.resources import say
from workbench.rules import states
from workbench.store import search as searching
from workbench.store.store import CaseRow

Row = dict[str, Any]


def refresh(desk: Desk, most: int = 0) -> int:
    """Works out again the cases whose day has come or whose rule book changed; gives how many.

    With `most` no more than so many at once; then it gives how many cases are left.
    """
    if desk.known_until is not None:
        return 0
    stale = desk.store.stale(desk.today.isoformat(), desk.book.sha256)
    reading = tuple(dict.fromkeys(desk.links.reading(case) for case in stale))
    now = reading[:most] if most else reading
    for case in now:
        work_out_again(desk, case)
    return len(reading) - len(now) if most else len(reading)


def cases(desk: Desk) -> list[Row]:
    """Every case of the store, in order of CRN."""
    duties: dict[str, list[Duty]] = {}
    for duty in _duties(desk, None):
        duties.setdefault(duty.case, []).append(duty)
    rows = [_case(desk, row, duties.get(row.case, [])) for row in _rows(desk)]
    desk.log("listed", detail=counted(len(rows), "case"))
    return rows


def listed(desk: Desk) -> tuple[CaseRow, ...]:
    """Every line of the caseload, as lists show it; one row of the look-log."""
    rows = tuple(_rows(desk))
    desk.log("listed", detail=counted(len(rows), "case"))
    return rows


def people(desk: Desk, words: str, most: int) -> tuple[CaseRow, ...]:
    """The first cases whose name or CRN holds each of these words, in order of name; without a word, of all."""
    found = searching.find_people(desk.store.connection, _asked(words), most)
    return tuple(
        desk.store.case_row(case) for case in dict.fromkeys(desk.links.reading(each) for each in found)
    )


def _asked(words: str) -> str:
    # A NUL, which comes in by pasting, would end the question to the index in the middle of a word.
    return words.replace("\0", " ")


def show(desk: Desk, text: str) -> Row:
    """One case on one page: who, the facts that hold, what is due, the latest entries."""
    row = _row(desk, desk.find(text))
    desk.log("looked", case=row.case)
    case, day = desk.case(row.case), desk.today.isoformat()
    owed = sorted(_duties(desk, row.case), key=lambda duty: states.pressing(duty, desk.now))
    return {
        **_case(desk, row, owed),
        "facts": [_fact(desk, found) for found in _known(desk, case, desk.today)],
        "due": [_duty(desk, duty, row.crn) for duty in owed if is_open(duty, day)],
        "findings": [_finding(found, row.crn) for found in _outcome_of(desk, row.case, "findings")],
        "latest": _entries(desk, case)[-10:],
    }


def chronology(desk: Desk, text: str) -> list[Row]:
    """Every entry of a case as its current version has it, oldest first by when it happened."""
    row = desk.find(text)
    desk.log("looked", case=row.case, detail="chronology")
    return _entries(desk, desk.case(row.case))


def facts(desk: Desk, text: str, on: date | None = None) -> list[Row]:
    """What is known of a case on a day (today unless named), disputed facts with each account."""
    row = desk.find(text)
    desk.log("looked", case=row.case, detail="facts")
    case = desk.case(row.case)
    return [_fact(desk, found) for found in _known(desk, case, on or desk.today)]


def due(
    desk: Desk, text: str | None = None, officer: str | None = None, *, everything: bool = False
) -> list[Row]:
    """What is owed, the most pressing first; with `everything` also what was met or has ended."""
    wanted = desk.find(text).case if text else None
    crns = {row.case: row.crn for row in desk.store.cases()}
    found = []
    for duty in sorted(_duties(desk, wanted), key=lambda duty: states.pressing(duty, desk.now)):
        told = _duty(desk, duty, crns[duty.case])
        if not everything and told["state"] in ("met", "met-late", "ended"):
            continue
        if officer is None or (duty.officer or "").casefold() == officer.casefold():
            found.append(told)
    desk.log("listed", case=wanted, detail=f"{len(found)} due")
    return found


def findings(desk: Desk, text: str | None = None, entry: str | None = None) -> list[Row]:
    """What a person should look at, of one case or all."""
    return _results(desk, text, "findings", entry)


def advice(desk: Desk, text: str | None = None) -> list[Row]:
    """Pathway suggestions, of one case or all."""
    return _results(desk, text, "advice", None)


def search(desk: Desk, words: str, case: str = "") -> list[Row]:
    """Where these words stand, current versions first, and the cases whose name or CRN they are.

    With `case` only in that case, and no names.
    """
    found: list[Row] = []
    words = _asked(words)
    hits = searching.find_names(desk.store.connection, words) if not case else ()
    for named in dict.fromkeys(desk.links.reading(hit) for hit in hits):
        if was_there(desk.case(named)):
            found.append(_named(desk, _row(desk, desk.store.case_row(named))))
    crns: dict[str, str] = {}
    for hit in _hits(desk, words, case):
        stood = desk.case(hit.case)
        if hit.entry in kept_away(desk, stood) or (desk.known_until and not _was_known(stood, hit.version)):
            continue
        if stood.id not in crns:
            crns[stood.id] = desk.store.case_row(stood.id).crn
        found.append(
            {
                "case": stood.id,
                "crn": crns[stood.id],
                "entry": hit.entry,
                "version": hit.version,
                "form": hit.form,
                "question": _question(desk, hit, words),
                "on": hit.on,
                "extract": hit.extract,
                "superseded": hit.superseded,
            }
        )
    desk.log("searched", case=case or None, detail=words[:200])
    return found


def _hits(desk: Desk, words: str, case: str) -> Iterator[searching.Hit]:
    for each in desk.links.together(case) if case else (None,):
        yield from searching.find(desk.store.connection, words, case=each)


def matches(text: str, words: str) -> tuple[tuple[int, int], ...]:
    """Where in a text the words of a search stand, whole or as beginnings, whatever their case and accents."""
    wanted = searching.plain_words(words)
    return tuple(
        (found.start(), found.end())
        for found in re.finditer(r"[^\W_]+", text)
        if wanted and searching.plain_text(found.group()).startswith(wanted)
    )


def audit(desk: Desk, text: str | None = None) -> list[Row]:
    """The look-log, oldest first."""
    cases = desk.links.together(desk.find(text).case) if text else (None,)
    found = [row for case in cases for row in desk.store.log_rows(case)]
    if len(cases) > 1:
        found.sort(key=lambda row: (row.at, row.device, row.seq))
    return [
        {"seq": row.seq, "at": row.at, "who": row.who, "what": row.what, "case": row.case, "why": row.why}
        for row in found
    ]


# Rows


def _case(desk: Desk, row: CaseRow, owed: Iterable[Duty]) -> Row:
    return {
        "case": row.case,
        "crn": row.crn,
        "name": row.name,
        "officer": row.officer,
        "rosh": row.rosh,
        "mappa": {"category": row.mappa_category, "level": row.mappa_level},
        "next_due": row.next_due,
        "overdue": sum(states.state(duty, desk.now) == "overdue" for duty in owed),
        "open_recall": row.open_recall,
        "restricted": row.restricted,
        "sample": desk.about.sample,
        "linked": [
            {"case": case, "crn": desk.store.case_row(case).crn}
            for case in desk.links.together(row.case)
            if case != row.case
        ],
    }


def _rows(desk: Desk) -> Iterator[CaseRow]:
    for row in desk.cases():
        if desk.known_until is None:
            yield row
        elif was_there(desk.case(row.case)):
            yield _row(desk, row)


def _row(desk: Desk, row: CaseRow) -> CaseRow:
    """The line of a case, as it was known where somebody looks back.

    Raises:
        NotFound: the case was not known then.
    """
    if desk.known_until is None:
        return row
    case = desk.case(row.case)
    if not was_there(case):
        raise NotFound(f"The case {row.crn} was not known on {desk.known_until}.", "Leave out --today.")
    return case_row(desk, case, desk.outcome(case), row.crn)


def _duties(desk: Desk, wanted: str | None) -> Iterator[Duty]:
    if desk.known_until is None:
        yield from desk.store.duties(wanted)
        return
    for row in desk.cases():
        if wanted in (None, row.case):
            yield from desk.outcome(desk.case(row.case)).duties


def _outcome_of(desk: Desk, case: str, kind: str) -> Iterable[Finding | Advice]:
    if desk.known_until is not None:
        outcome = desk.outcome(desk.case(case))
        found: tuple[Finding, ...] | tuple[Advice, ...] = (
            outcome.findings if kind == "findings" else outcome.advice
        )
        return found
    return desk.store.findings(case) if kind == "findings" else desk.store.advice(case)


def _results(desk: Desk, text: str | None, kind: str, entry: str | None) -> list[Row]:
    named = desk.find(text) if text else None
    rows = [named] if named else list(desk.cases())
    found = [
        _finding(result, row.crn)
        for row in rows
        for result in _outcome_of(desk, row.case, kind)
        if entry is None or result.entry == entry
    ]
    desk.log("listed", case=named.case if named else None, detail=f"{len(found)} {kind}")
    return found


def _duty(desk: Desk, duty: Duty, crn: str) -> Row:
    row: Row = {
        "duty": duty.duty,
        "rule": duty.rule,
        "case": duty.case,
        "crn": crn,
        "asks": duty.asks,
        "owed_by": duty.owed_by,
        "officer": duty.officer,
        "state": states.state(duty, desk.now),
        "started_on": duty.started_on,
        "due": duty.due,
        "due_at": duty.due_at,
        "met_by": duty.met_by,
        "because": because(duty.because),
    }
    if duty.kind == "event":
        row["steps"] = [_step(row, step) for step in duty.steps]
    return row


def _step(event: Row, step: Step) -> Row:
    """A step of an event, with the keys of a duty; it rests on what its event rests on."""
    done = step.done_by is not None or step.reason is not None
    return {
        **event,
        "duty": f"{event['duty']}/{step.step}",
        "asks": step.asks,
        "owed_by": step.owed_by,
        "state": "met" if step.done_by else "ended" if step.reason else event["state"],
        "due": step.due,
        "due_at": None,
        "met_by": step.done_by,
        "when": step.when,
        "done": done,
        "reason": step.reason,
    }


def because(of: Because) -> Row:
    """A because as every list shows it."""
    told: Row = msgspec.to_builtins(of)
    return told


def _finding(found: Finding | Advice, crn: str) -> Row:
    return {
        "finding": found.finding,
        "rule": found.rule,
        "case": found.case,
        "crn": crn,
        "entry": found.entry,
        "question": found.question,
        "level": found.level,
        "says": found.says,
        "because": because(found.because),
    }


def _entries(desk: Desk, case: Case) -> list[Row]:
    away = kept_away(desk, case)
    shown = (entry for entry in case.entries.values() if entry.heads and entry.id not in away)
    rows = [_entry(desk, entry) for entry in shown]
    return sorted(rows, key=lambda row: (str(row["on"])[:10], str(row["at"]), row["entry"]))


def kept_away(desk: Desk, case: Case) -> frozenset[str]:
    """The entries that are kept to named people, of whom the person at this store is none."""
    own = {desk.device.card.name, desk.device.card.person}
    return frozenset(entry for entry, readers in kept(case).items() if not own & readers)


def was_there(case: Case) -> bool:
    """Whether anything of a case was known at all."""
    return any(entry.heads for entry in case.entries.values())


def _entry(desk: Desk, entry: Entry) -> Row:
    head = entry.head
    form = desk.form_of(head)
    author = desk.author(head)
    marks = sorted({mark for found in head.content.marks.values() for mark in found}) if head.content else []
    return {
        "entry": entry.id,
        "version": head.id,
        "form": head.header.form[0],
        "title": say(form.title) if form else head.header.form[0],
        "on": head.header.on,
        "at": head.said_at,
        "by": {"name": author.name, "role": author.role},
        "status": entry.status,
        "marks": marks,
    }


def _known(desk: Desk, case: Case, day: date) -> Iterator[Resolved]:
    return case.facts(day.isoformat(), desk.library.facts)


def _fact(desk: Desk, found: Resolved) -> Row:
    first = found.claims[0]
    marks = sorted({mark for live in found.claims for mark in live.claim.marks})
    accounts = [
        {
            "value": live.claim.is_,
            "entry": live.version.header.entry,
            "version": live.version.id,
            "by": msgspec.to_builtins(desk.author(live.version)),
        }
        for live in found.claims
    ]
    value: Any = list(found.values) if found.many else found.value
    return {
        "fact": found.fact,
        "of": found.of,
        "value": value,
        "from": first.claim.from_,
        "until": first.claim.until,
        "known": found.known,
        "entry": first.version.header.entry,
        "version": first.version.id,
        "marks": marks,
        "disputed": accounts if found.disputed else [],
    }


def _named(desk: Desk, row: CaseRow) -> Row:
    """A hit on a name or CRN, shown as its registration."""
    case = desk.case(row.case)
    registered = case.of_form("registration")
    head = registered[0].head if registered else None
    return {
        "case": row.case,
        "crn": row.crn,
        "entry": head.header.entry if head else None,
        "version": head.id if head else None,
        "form": "registration",
        "question": "name",
        "on": head.header.on if head else None,
        "extract": f"{row.name or ''} {row.crn}".strip(),
        "superseded": False,
    }


def _was_known(case: Case, version: str) -> bool:
    return any(held.id == version for held in case.versions())


def _question(desk: Desk, hit: searching.Hit, words: str) -> str | None:
    """The question whose answer holds the first of the words."""
    from workbench.casework.passages import written

    version: Version | None = desk.store.version(hit.version)
    form = desk.form_of(version) if version else None
    if version is None or form is None:
        return None
    wanted = searching.plain_words(words)
    for path, text in written(form, version.answers()):
        if wanted and wanted[0] in searching.plain_text(text):
            return path
    return None


def versions_of(desk: Desk, text: str, entry: str) -> list[Row]:
    """Every version of one entry, oldest first, with its answers: the whole history of each field."""
    row = desk.find(text)
    case = desk.case(row.case)
    found = case.entries.get(entry)
    if found is None or entry in kept_away(desk, case):
        raise NotFound(f"There is no entry {entry} in this case.")
    desk.log("looked", case=row.case, detail=entry)
    return [
        {
            "version": version.id,
            "act": version.act,
            "at": version.said_at,
            "by": msgspec.to_builtins(desk.author(version)),
            "because": version.content.because if version.content else None,
            "status": found.status_of(version),
            "brought": version.brought is not None,
            "vouched": version.authority == "vouched",
            "answers": version.answers() if version.content else None,
        }
        for version in found.versions
    ]
