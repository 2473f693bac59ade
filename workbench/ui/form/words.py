"""Answers as people read them; no Qt."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from workbench import clock
from workbench.casework.carry_table import Carry, System
from workbench.forms.definition import BASES, CHECKED, Question, rows
from workbench.models.dates import written
from workbench.resources import Text, Words, say

MARKS = {
    "third-party": "Third party",
    "child": "Child",
    "police": "Police",
    "intelligence": "Intelligence",
    "mappa-meeting": "MAPPA meeting",
    "health": "Health",
    "polygraph": "Polygraph",
    "victim": "Victim",
    "not-for-disclosure": "Not for disclosure",
}
MARKS_SAY = {
    "third-party": "Somebody else told us, or it is about somebody else",
    "child": "It is about a child",
    "police": "It came from police",
    "intelligence": "It is intelligence",
    "mappa-meeting": "It was said in a MAPPA meeting",
    "health": "It is about health",
    "polygraph": "It came from a polygraph examination",
    "victim": "It is about a victim",
    "not-for-disclosure": "Not for disclosure until somebody decides",
}
_AGENCIES = {
    "police": Words("Police", "Yr heddlu"),
    "prison": Words("Prison", "Carchar"),
    "childrens-services": Words("Children's services", "Gwasanaethau plant"),
    "adult-services": Words("Adult services", "Gwasanaethau oedolion"),
    "victim-liaison": Words("Victim Liaison Unit", "Uned Cyswllt Dioddefwyr"),
    "health": Words("Health", "Iechyd"),
    "mental-health": Words("Mental health services", "Gwasanaethau iechyd meddwl"),
    "substance-misuse": Words("Drug and alcohol services", "Gwasanaethau cyffuriau ac alcohol"),
    "housing": Words("Housing", "Tai"),
    "approved-premises": Words("Approved Premises", "Safle Cymeradwy"),
    "youth-offending": Words("Youth offending team", "Tîm troseddau ieuenctid"),
    "court": Words("Court", "Llys"),
    "cps": Words("Crown Prosecution Service", "Gwasanaeth Erlyn y Goron"),
    "jobcentre": Words("Jobcentre", "Canolfan Waith"),
    "education": Words("School or college", "Ysgol neu goleg"),
    "immigration": Words("Immigration enforcement", "Gorfodi mewnfudo"),
    "programme": Words("Programme provider", "Darparwr rhaglenni"),
    "voluntary": Words("Voluntary organisation", "Sefydliad gwirfoddol"),
}
_YES_NO = {
    "yes": Words("Yes", "Ie"),
    "no": Words("No", "Na"),
    "unknown": Words("Not known", "Ddim yn hysbys"),
}


def agencies(language: str = "en") -> dict[str, str]:
    """The words of each agency to choose from."""
    return {key: say(text, language) for key, text in _AGENCIES.items()}


AGENCIES = agencies()


def options(question: Question, language: str = "en") -> dict[str, str]:
    """The words of each answer to choose from."""
    fixed = {"yes-no": ("yes", "no"), "yes-no-unknown": tuple(_YES_NO)}.get(question.kind, ())
    choices: Mapping[str, Text] = question.options or {key: _YES_NO[key] for key in fixed}
    return {key: say(text, language) for key, text in choices.items()}


def asks(question: Question) -> str:
    """The words of a question; its id where the form says none."""
    return say(question.ask) or question.id.replace("_", " ").capitalize()


def day_words(value: object) -> str:
    """A day or moment as people write it; the text itself where it is neither."""
    text = str(value)
    try:
        return written(clock.moment(text) if "T" in text else date.fromisoformat(text))
    except ValueError:
        return text


def carried(system: System, carry: Carry, answers: Mapping[str, Any]) -> str:
    """Where an entry with these answers is carried over to, and as what; empty where it is not."""
    if carry.when is not None:
        held = answers.get(carry.when.question)
        if held is None or (carry.when.answers and held not in carry.when.answers):
            return ""
    codes = [each.of(answers) for each in (*carry.types, *((carry.outcome,) if carry.outcome else ()))]
    told = [f"{code.code} ({code.means})" if code.code else code.means for code in codes if code is not None]
    return f"To be carried over to {system.name}{' as ' if told else ''}{', '.join(told)}."


def answer(question: Question, value: Any, names: Mapping[str, str]) -> str:
    """An answer in words, a list with one line a row; `names` are the words of ids."""
    return "\n".join(_lines(question, value, names))


def evidence(row: Mapping[str, Any], language: str = "en") -> str:
    """A point of evidence in words: what was seen or said, on what footing, how far checked, when."""
    about = [
        say(BASES.get(str(row.get("basis")), ""), language),
        say(CHECKED.get(str(row.get("checked")), ""), language),
        day_words(row["on"]) if row.get("on") else "",
    ]
    told = ", ".join(part for part in about if part)
    return f"{row.get('text', '')} ({told})" if told else str(row.get("text", ""))


def _lines(question: Question, value: Any, names: Mapping[str, str]) -> Iterator[str]:
    if value is None:
        return
    if question.kind in ("day", "moment"):
        yield day_words(value)
    elif question.kind in ("person", "place", "agency"):
        yield names.get(str(value)) or AGENCIES.get(str(value), str(value))
    elif question.kind == "computed":
        yield str(value.get("value", "")) if isinstance(value, dict) else ""
    elif question.kind == "any-of" and isinstance(value, list):
        words = options(question)
        yield ", ".join(words.get(str(item), str(item)) for item in value)
    elif question.kind == "repeat":
        yield from (_row(question, row, names) for row in rows(value)) if rows(value) else ("None",)
    elif question.kind == "evidence":
        yield from (evidence(row) for row in rows(value))
    elif question.kind == "actions":
        yield from (_action(row) for row in rows(value))
    elif question.kind == "factor" and isinstance(value, dict):
        yield from _factor(question, value)
    else:
        yield options(question).get(str(value), str(value))


def _row(question: Question, row: Mapping[str, Any], names: Mapping[str, str]) -> str:
    parts = []
    for column in question.of:
        if column.id in row:
            told = answer(column, row[column.id], names)
            short = column.kind in ("text", "narrative", "person", "place")
            parts.append(told if short else f"{asks(column).rstrip('?')}: {told}")
    return "; ".join(parts)


def _action(row: Mapping[str, Any]) -> str:
    parts = [str(row.get("what", "")), str(row.get("who", ""))]
    parts.append(f"by {day_words(row['by'])}" if row.get("by") else "")
    parts.append(f"done {day_words(row['done_on'])}" if row.get("done_on") else "")
    return "; ".join(part for part in parts if part)


def _factor(question: Question, value: Mapping[str, Any]) -> Iterator[str]:
    rating = options(question).get(str(value.get("rating")))
    if rating:
        yield rating
    if value.get("known"):
        yield str(value["known"])
    if value.get("changed"):
        yield f"Changed: {value['changed']}"
    yield from (evidence(row) for row in rows(value.get("evidence")))
