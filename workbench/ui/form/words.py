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
from workbench.ui.words import said

_MARKS = {
    "third-party": Words("Third party", "Trydydd parti"),
    "child": Words("Child", "Plentyn"),
    "police": Words("Police", "Yr heddlu"),
    "intelligence": Words("Intelligence", "Cudd-wybodaeth"),
    "mappa-meeting": Words("MAPPA meeting", "Cyfarfod MAPPA"),
    "health": Words("Health", "Iechyd"),
    "polygraph": Words("Polygraph", "Polygraff"),
    "victim": Words("Victim", "Dioddefwr"),
    "not-for-disclosure": Words("Not for disclosure", "Nid i'w ddatgelu"),
}
_MARKS_SAY = {
    "third-party": Words(
        "Somebody else told us, or it is about somebody else",
        "Rhywun arall a ddywedodd wrthym, neu mae'n ymwneud â rhywun arall",
    ),
    "child": Words("It is about a child", "Mae'n ymwneud â phlentyn"),
    "police": Words("It came from police", "Daeth oddi wrth yr heddlu"),
    "intelligence": Words("It is intelligence", "Cudd-wybodaeth ydyw"),
    "mappa-meeting": Words("It was said in a MAPPA meeting", "Fe'i dywedwyd mewn cyfarfod MAPPA"),
    "health": Words("It is about health", "Mae'n ymwneud ag iechyd"),
    "polygraph": Words("It came from a polygraph examination", "Daeth o brawf polygraff"),
    "victim": Words("It is about a victim", "Mae'n ymwneud â dioddefwr"),
    "not-for-disclosure": Words(
        "Not for disclosure until somebody decides", "Nid i'w ddatgelu nes bydd rhywun yn penderfynu"
    ),
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
# A system of which the table of what is carried over has the English name alone.
_SYSTEMS = {"visor": Words("ViSOR or MAPPS", "ViSOR neu MAPPS")}
_CARRIED = Words("To be carried over to {system}.", "I'w drosglwyddo i {system}.")
_CARRIED_AS = Words("To be carried over to {system} as {codes}.", "I'w drosglwyddo i {system} fel {codes}.")
_NONE = Words("None", "Dim")
_BY = Words("by {day}", "erbyn {day}")
_DONE = Words("done {day}", "gwnaed {day}")
_CHANGED = Words("Changed: {words}", "Newid: {words}")


def mark(name: str, language: str = "en") -> str:
    """A mark in a word or two; its own name where it is none we know."""
    return say(_MARKS.get(name, name), language)


def mark_says(name: str, language: str = "en") -> str:
    """What a mark says of an answer; empty where it is none we know."""
    return say(_MARKS_SAY.get(name, ""), language)


MARKS = {name: mark(name) for name in _MARKS}


def agencies(language: str = "en") -> dict[str, str]:
    """The words of each agency to choose from."""
    return {key: say(text, language) for key, text in _AGENCIES.items()}


AGENCIES = agencies()


def options(question: Question, language: str = "en") -> dict[str, str]:
    """The words of each answer to choose from."""
    fixed = {"yes-no": ("yes", "no"), "yes-no-unknown": tuple(_YES_NO)}.get(question.kind, ())
    choices: Mapping[str, Text] = question.options or {key: _YES_NO[key] for key in fixed}
    return {key: say(text, language) for key, text in choices.items()}


def asks(question: Question, language: str = "en") -> str:
    """The words of a question; its id where the form says none."""
    return say(question.ask, language) or question.id.replace("_", " ").capitalize()


def day_words(value: object, language: str = "en") -> str:
    """A day or moment as people write it; the text itself where it is neither."""
    text = str(value)
    try:
        return written(clock.moment(text) if "T" in text else date.fromisoformat(text), language)
    except ValueError:
        return text


def carried(system: System, carry: Carry, answers: Mapping[str, Any], language: str = "en") -> str:
    """Where an entry with these answers is carried over to, and as what; empty where it is not.

    Codes stand as the other system writes them.
    """
    if carry.when is not None:
        held = answers.get(carry.when.question)
        if held is None or (carry.when.answers and held not in carry.when.answers):
            return ""
    codes = [each.of(answers) for each in (*carry.types, *((carry.outcome,) if carry.outcome else ()))]
    told = [f"{code.code} ({code.means})" if code.code else code.means for code in codes if code is not None]
    name = say(_SYSTEMS.get(carry.system, system.name), language)
    return said(_CARRIED_AS if told else _CARRIED, language, system=name, codes=", ".join(told))


def answer(question: Question, value: Any, names: Mapping[str, str], language: str = "en") -> str:
    """An answer in words, a list with one line a row; `names` are the words of ids."""
    return "\n".join(_lines(question, value, names, language))


def evidence(row: Mapping[str, Any], language: str = "en") -> str:
    """A point of evidence in words: what was seen or said, on what footing, how far checked, when."""
    about = [
        say(BASES.get(str(row.get("basis")), ""), language),
        say(CHECKED.get(str(row.get("checked")), ""), language),
        day_words(row["on"], language) if row.get("on") else "",
    ]
    told = ", ".join(part for part in about if part)
    return f"{row.get('text', '')} ({told})" if told else str(row.get("text", ""))


def _lines(question: Question, value: Any, names: Mapping[str, str], language: str) -> Iterator[str]:
    if value is None:
        return
    if question.kind in ("day", "moment"):
        yield day_words(value, language)
    elif question.kind in ("person", "place", "agency"):
        yield names.get(str(value)) or say(_AGENCIES.get(str(value), str(value)), language)
    elif question.kind == "computed":
        yield str(value.get("value", "")) if isinstance(value, dict) else ""
    elif question.kind == "any-of" and isinstance(value, list):
        words = options(question, language)
        yield ", ".join(words.get(str(item), str(item)) for item in value)
    elif question.kind == "repeat":
        held = rows(value)
        yield from (_row(question, row, names, language) for row in held) if held else (say(_NONE, language),)
    elif question.kind == "evidence":
        yield from (evidence(row, language) for row in rows(value))
    elif question.kind == "actions":
        yield from (_action(row, language) for row in rows(value))
    elif question.kind == "factor" and isinstance(value, dict):
        yield from _factor(question, value, language)
    else:
        yield options(question, language).get(str(value), str(value))


def _row(question: Question, row: Mapping[str, Any], names: Mapping[str, str], language: str) -> str:
    parts = []
    for column in question.of:
        if column.id in row:
            told = answer(column, row[column.id], names, language)
            short = column.kind in ("text", "narrative", "person", "place")
            parts.append(told if short else f"{asks(column, language).rstrip('?')}: {told}")
    # A sentence inside the row ends where the next part begins.
    return "; ".join([*(part.rstrip(".") for part in parts[:-1]), *parts[-1:]])


def _action(row: Mapping[str, Any], language: str) -> str:
    parts = [str(row.get("what", "")), str(row.get("who", ""))]
    for when, text in (("by", _BY), ("done_on", _DONE)):
        if row.get(when):
            parts.append(said(text, language, day=day_words(row[when], language)))
    return "; ".join(part for part in parts if part)


def _factor(question: Question, value: Mapping[str, Any], language: str) -> Iterator[str]:
    rating = options(question, language).get(str(value.get("rating")))
    if rating:
        yield rating
    if value.get("known"):
        yield str(value["known"])
    if value.get("changed"):
        yield said(_CHANGED, language, words=value["changed"])
    yield from (evidence(row, language) for row in rows(value.get("evidence")))
