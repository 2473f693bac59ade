"""What an author should look at before signing, read from the form alone; a person decides what it is worth."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from workbench.forms.definition import Form, Page, Question, rows
from workbench.models.results import Because, Finding, Level, Source
from workbench.resources import Text, Words, say

VAGUE = re.compile(
    r"\b(monitor(?:ed|ing)?|appropriate(?:ly)?|as (?:and when )?(?:necessary|needed|required)|ongoing|"
    r"regular(?:ly)?|liaise)\b",
    re.IGNORECASE,
)
_WHEN = re.compile(
    r"\d|\b(?:daily|weekly|fortnightly|monthly|today|tomorrow|(?:mon|tues|wednes|thurs|fri|satur|sun)day|"
    r"january|february|march|april|may|june|july|august|september|october|november|december)\b",
    re.IGNORECASE,
)
_WHO = re.compile(r"(?<![.!?]\s)(?<!^)\b[A-Z][a-z]+|\b(?:I|we|[A-Z]{2,})\b")
_SENTENCE = re.compile(r"[^.!?\n]+")
_WORD = re.compile(r"\w+")
# What inspectors found wrong; that it is worth a look here is ours.
SOURCE = Source(
    document=(
        "Management and supervision of men convicted of sexual offences, "
        "HM Inspectorates of Probation and Prisons"
    ),
    place="parts 3.1, 4.1 and 5.1",
    dated="2019-01",
)
# Words that must run on unchanged before they count as carried forward (ours).
RUN = 5
# A share below this, in percent, is not worth a look (ours).
COPIED_FROM = 50
_SELF_REPORT = Words(
    "{name}: all the evidence is the person's own account, and none of it is confirmed.",
    "{name}: hanes y person ei hun yw'r holl dystiolaeth, ac nid oes dim ohoni wedi'i gadarnhau.",
)
_NO_ACTION = {
    "medium": Words(
        "{name}: rated medium, and no action answers it.",
        "{name}: fe'i graddiwyd yn ganolig, ac nid oes cam gweithredu'n ei ateb.",
    ),
    "high": Words(
        "{name}: rated high, and no action answers it.",
        "{name}: fe'i graddiwyd yn uchel, ac nid oes cam gweithredu'n ei ateb.",
    ),
}
# By whether it names somebody, and a day.
_INCOMPLETE = {
    (False, True): Words("{name}: without an owner.", "{name}: heb berchennog."),
    (True, False): Words("{name}: without a date.", "{name}: heb ddyddiad."),
    (False, False): Words("{name}: without an owner and a date.", "{name}: heb berchennog na dyddiad."),
}
_ACTION = Words("An action", "Cam gweithredu")
_COPIED = Words(
    "{name}: {share}% stands as it was last time. If it is still true, say how that was checked.",
    "{name}: mae {share}% yr un fath â'r tro diwethaf. Os yw'n dal yn wir, dywedwch sut y gwiriwyd hynny.",
)
_VAGUE = Words(
    "{name}: '{word}' says neither who nor when, or only one of them.",
    "{name}: nid yw '{word}' yn dweud pwy na phryd, neu dim ond un o'r ddau.",
)
_NO_VICTIMS = Words(
    "The plan says nothing about the safety of actual and potential victims.",
    "Nid yw'r cynllun yn dweud dim am ddiogelwch dioddefwyr gwirioneddol a phosibl.",
)
_NO_AGENCY = Words("The plan names no other agency.", "Nid yw'r cynllun yn enwi unrhyw asiantaeth arall.")


def findings(
    form: Form,
    answers: Mapping[str, Any],
    previous: Mapping[str, Any] | None,
    case: str,
    language: str = "en",
) -> tuple[Finding, ...]:
    """Everything the form alone shows, in the form's order; `previous` are the answers last signed."""
    answered = _answered(form, answers)
    found: list[Found] = []
    for page in form.pages:
        plan = any(question.kind == "actions" for question in page.questions)
        for question in page.questions:
            if question.id in answers:
                found.extend(_question(question, answers[question.id], (previous or {}).get(question.id)))
                if plan and question.kind == "narrative":
                    found.extend(vague(question.id, _name(question), answers[question.id]))
                if question.kind == "factor" and factor_id(question) not in answered:
                    found.extend(factor_without_action(question.id, _name(question), answers[question.id]))
        found.extend(_page(page, answers))
    return tuple(
        _finding(rule, path, level, say(says, language), form, case) for rule, path, level, says in found
    )


Found = tuple[str, str, Level, Words]


def name_of(question: Question, language: str = "en") -> str:
    """What a finding calls a question."""
    return say(question.ask, language) or question.id


def _name(question: Question) -> Words:
    return Words(name_of(question), name_of(question, "cy"))


def _told(words: Words, name: Text, **parts: object) -> Words:
    """A sentence with its parts filled in, in both languages."""
    return Words(words.en.format(name=say(name), **parts), words.cy.format(name=say(name, "cy"), **parts))


def factor_id(question: Question) -> str:
    """The id under which facts and actions know a factor."""
    return question.id.replace("_", "-")


def _answered(form: Form, answers: Mapping[str, Any]) -> frozenset[str]:
    """The ids of factors, conditions and people that an action of this form answers."""
    actions = (row for q in form.questions() if q.kind == "actions" for row in rows(answers.get(q.id)))
    lists = (row.get("answers") for row in actions)
    return frozenset(str(item) for listed in lists if isinstance(listed, list) for item in listed)


def _question(question: Question, value: Any, before: Any) -> Iterator[Found]:
    name = _name(question)
    if question.kind == "evidence":
        yield from self_report_only(question.id, name, value)
    elif question.kind == "actions":
        yield from actions_incomplete(question.id, value)
    elif question.kind == "narrative":
        yield from copied_forward(question.id, name, value, before)
    elif question.kind == "factor" and isinstance(value, dict):
        yield from self_report_only(question.id, name, value.get("evidence"))
        old = before.get("known") if isinstance(before, dict) else None
        yield from copied_forward(f"{question.id}/known", name, value.get("known"), old)


def self_report_only(path: str, name: Text, evidence: Any) -> Iterator[Found]:
    """Evidence that rests on what the person said, with nothing beside it that checks it."""
    held = rows(evidence)
    if held and all(row.get("source") == "self-report" and row.get("checked") != "confirmed" for row in held):
        yield "self-report-only", path, "warn", _told(_SELF_REPORT, name)


def factor_without_action(path: str, name: Text, factor: Any) -> Iterator[Found]:
    """A factor rated medium or high that names no action."""
    if (
        isinstance(factor, dict)
        and (rating := factor.get("rating")) in ("medium", "high")
        and not factor.get("managed_by")
    ):
        level: Level = "serious" if rating == "high" else "warn"
        yield "factor-without-action", path, level, _told(_NO_ACTION[rating], name)


def actions_incomplete(path: str, actions: Any) -> Iterator[Found]:
    """Actions that name nobody, or no day."""
    for row in rows(actions):
        says = _INCOMPLETE.get((bool(row.get("who")), bool(row.get("by"))))
        if says is not None:
            what = str(row["what"])[:80] if row.get("what") else _ACTION
            yield "action-incomplete", f"{path}/{row.get('id')}", "warn", _told(says, what)


def copied_forward(path: str, name: Text, text: Any, before: Any) -> Iterator[Found]:
    """Text taken over from the version before; for its author and countersigner only."""
    share = copied_share(text, before) if isinstance(text, str) and isinstance(before, str) else 0
    if share >= COPIED_FROM:
        yield "copied-forward", path, "note", _told(_COPIED, name, share=share)


def copied_share(text: str, before: str) -> int:
    """How much of `text` stood in `before`, in whole percent of its words.

    A word counts where it lies in a run of five words that `before` has too; shorter texts count as a whole.
    """
    words = [word.casefold() for word in _WORD.findall(text)]
    old = [word.casefold() for word in _WORD.findall(before)]
    if not words:
        return 0
    if len(words) < RUN:
        return 100 if words == old else 0
    runs = {tuple(old[place : place + RUN]) for place in range(len(old) - RUN + 1)}
    copied: set[int] = set()
    for place in range(len(words) - RUN + 1):
        if tuple(words[place : place + RUN]) in runs:
            copied.update(range(place, place + RUN))
    return 100 * len(copied) // len(words)


def vague(path: str, name: Text, text: Any) -> Iterator[Found]:
    """The first sentence of a plan with a word that promises something and leaves out who or when."""
    for sentence in _SENTENCE.findall(text) if isinstance(text, str) else ():
        told = VAGUE.search(sentence)
        if told and not (_WHO.search(sentence.strip()) and _WHEN.search(sentence)):
            yield "vague-words", path, "note", _told(_VAGUE, name, word=told[0].lower())
            return


def _page(page: Page, answers: Mapping[str, Any]) -> Iterator[Found]:
    """The two gaps that inspectors found in plans: nothing for victims, and no other agency."""
    asked = {question.id for question in page.questions}
    if "victim_safety" in asked and not answers.get("victim_safety") and not answers.get("victim_actions"):
        yield "victim-section-empty", "victim_safety", "serious", _NO_VICTIMS
    named = any(row.get("agency") or row.get("name") for row in rows(answers.get("agencies")))
    if "agencies" in asked and not named:
        yield "plan-names-no-other-agency", "agencies", "serious", _NO_AGENCY


def _finding(rule: str, path: str, level: Level, says: str, form: Form, case: str) -> Finding:
    because = Because(says=says, rule=rule, text=None, book="national", source=SOURCE, confidence="ours")
    return Finding(
        finding=f"{rule}/{form.form}/{path}",
        rule=rule,
        case=case,
        entry=None,
        question=path,
        level=level,
        says=says,
        because=because,
    )
