"""Ways out as the screen shows them: acts, holds, requests, and what one more act would do; no Qt here."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from workbench.casework import taking_out
from workbench.casework.desk import Desk
from workbench.casework.keeping import Vanishing
from workbench.casework.sending import Reached
from workbench.casework.taking_out import Hold, Issued, Out, Request
from workbench.models.amounts import counted
from workbench.ui.gate.roles import ROLES
from workbench.ui.words import day_words, fact_words, moment_words

MOST = 200
# The words of each act: of its button, of its state, of what it does.
ACTS = {
    "misfiled": (
        "This is on the wrong case",
        "Misfiled",
        "Content and headings go, here and in every store that hears of it. A hash of each heading stays. "
        "Record it anew on the right case.",
    ),
    "restricted": (
        "Restrict",
        "Restricted",
        "It leaves the case, the search and the reports. It stays for the people you name, and can come back.",
    ),
    "erased": (
        "Erase",
        "Erased",
        "The content is destroyed for ever, here and in every store that hears of it. The headings stay, so that "
        "the record still proves what it is.",
    ),
    "mark-loosened": (
        "Take a mark off",
        "Mark taken off",
        "More readers may then see the answer. A second person agrees first, and an SPO countersigns.",
    ),
}
_TONES = {"misfiled": "danger", "restricted": "warn", "erased": "danger", "mark-loosened": "info"}
_SHOWN = 8


class Card(msgspec.Struct, frozen=True):
    """One thing in a list: whom and what it is about, its state, and lines of words, the first the plainest.

    `case` and `entry` are where it leads; `stores` are lines on how far it came.
    """

    case: str
    entry: str
    title: str
    state: str
    tone: str
    lines: tuple[str, ...]
    stores: tuple[str, ...] = ()


class Listed(msgspec.Struct, frozen=True):
    """A list: what stands above it, and its cards; `more` is how many are not shown."""

    says: str
    cards: tuple[Card, ...]
    more: int = 0


class Part(msgspec.Struct, frozen=True):
    """A heading with lines; `tone` is that of a warning."""

    title: str
    lines: tuple[str, ...]
    tone: str = ""


class Before(msgspec.Struct, frozen=True):
    """What is to be known before an act is signed, and the answers with which its form begins."""

    case: str
    entry: str
    form: str
    title: str
    does: str
    parts: tuple[Part, ...]
    action: str
    given: tuple[tuple[str, str], ...]


def out(desk: Desk) -> Listed:
    """What was taken out, the newest first."""
    found = taking_out.out(desk)
    says = (
        "Nothing was ever taken out here."
        if not found
        else f"{counted(len(found), 'act')}, the newest first."
    )
    return Listed(says, tuple(map(_out, found[:MOST])), max(0, len(found) - MOST))


def _out(act: Out) -> Card:
    what = act.title or "An entry of which nothing is left"
    count = counted(act.count, "version")
    lines = [f"{what}, {count}. Signed {moment_words(act.at)} by {act.by}."]
    if not act.counts:
        lines.append("Without effect here: nobody has vouched for that role.")
    if act.why:
        lines.append(f"Why: {act.why}")
    lines += _issued_words(act.issued)
    return Card(
        act.row.case,
        act.entry,
        act.row.name or act.row.crn,
        ACTS[act.form][1],
        _TONES[act.form] if act.counts else "plain",
        tuple(lines),
        _stores(act.reached),
    )


def _stores(reached: Iterable[Reached]) -> tuple[str, ...]:
    """Which of the stores that were sent the case have confirmed the act."""
    found = tuple(reached)
    if not found:
        return ("The case was sent to nobody from here.",)
    return tuple(
        f"{each.name} ({_role(each.role)}): {'has confirmed it' if each.confirmed else 'has not confirmed it yet'}"
        for each in found
    )


def _issued_words(issued: Iterable[Issued]) -> list[str]:
    found = tuple(issued)
    if not found:
        return []
    told = "; ".join(
        f"{each.report.replace('-', ' ')} for {each.recipient or each.audience.replace('-', ' ')}, {day_words(each.on)}"
        for each in found[:_SHOWN]
    )
    more = f", and {len(found) - _SHOWN} more" if len(found) > _SHOWN else ""
    return [
        f"Issued since it was written, and may hold it: {told}{more}. Nothing calls a file back: write to each."
    ]


def holds(desk: Desk) -> Listed:
    """Legal holds."""
    found = taking_out.holds(desk)
    says = "While a hold stands on a case, nothing in it is erased."
    return Listed(says, tuple(map(_hold, found[:MOST])), max(0, len(found) - MOST))


def _hold(hold: Hold) -> Card:
    until = f" until {day_words(hold.until)}" if hold.until else ", no end known"
    lines = (f"From {day_words(hold.from_)}{until}. Recorded by {hold.by}.", hold.reason)
    state, tone = ("Held", "warn") if hold.held else ("Lifted", "plain")
    return Card(hold.row.case, hold.entry, hold.row.name or hold.row.crn, state, tone, lines)


def requests(desk: Desk) -> Listed:
    """Letters and requests of the people here."""
    found = taking_out.requests(desk)
    left = sum(not each.answered_on for each in found)
    says = (
        f"{counted(left, 'request')} without an answer, the oldest first."
        if left
        else "Every request is answered."
    )
    return Listed(
        says if found else "No request was recorded.",
        tuple(map(_request, found[:MOST])),
        max(0, len(found) - MOST),
    )


def _request(request: Request) -> Card:
    came = f"Received {day_words(request.on)}."
    answered = f" Answered {day_words(request.answered_on)}." if request.answered_on else ""
    state, tone = ("Answered", "good") if request.answered_on else ("No answer yet", "warn")
    name = request.row.name or request.row.crn
    return Card(request.row.case, request.entry, name, state, tone, (came + answered,))


def before(desk: Desk, case: str, entry: str, form: str) -> Before:
    """What an act would do to an entry."""
    found = taking_out.before(desk, case, entry, form)
    words, _, does = ACTS[form]
    parts = [
        Part(
            "What it names",
            tuple(f"{found.title}, written {moment_words(at)} by {by}" for _, at, by in found.versions),
        )
    ]
    gone = _vanishing(found.vanishing)
    if form != "mark-loosened":
        parts.append(
            Part(
                "What would vanish from the case",
                gone or ("No open duty, finding or fact rests on it alone.",),
            )
        )
    if form == "erased" and found.held:
        parts.append(
            Part(
                "A legal hold stands on this case",
                ("It must be lifted before anything is erased.",),
                "danger",
            )
        )
    parts.append(Part("Which stores were sent the case", _sent(found.reached)))
    issued = _issued_words(found.issued)
    parts.append(Part("Issued files", tuple(issued) or ("No report was issued since it was written.",)))
    given = tuple(("versions/version", version) for version, _, _ in found.versions)
    if form == "restricted":
        given = (*given, ("vanishes", " ".join(gone) or "Nothing rests on it alone."))
    name = found.row.name or found.row.crn
    return Before(
        found.row.case, entry, form, f"{words}: {name}", does, tuple(parts), "Go on to the form", given
    )


def _vanishing(found: Vanishing) -> tuple[str, ...]:
    kinds = (
        ("Duties", found.duties),
        ("Findings", found.findings),
        ("Facts", tuple(map(fact_words, found.facts))),
    )
    return tuple(f"{name}: {_some(dict.fromkeys(each))}." for name, each in kinds if each)


def _some(words: Iterable[str]) -> str:
    found = [each.rstrip(".") for each in words]
    more = f", and {len(found) - _SHOWN} more" if len(found) > _SHOWN else ""
    return "; ".join(found[:_SHOWN]) + more


def _sent(reached: Iterable[Reached]) -> tuple[str, ...]:
    found = tuple(
        f"{each.name} ({_role(each.role)}): {'holds it' if each.confirmed else 'was sent the case'}"
        for each in reached
    )
    return (*found, "The act travels to each with the next bundle.") if found else ("Nobody, from here.",)


def _role(role: str) -> str:
    return ROLES.get(role, role).partition(" (")[0].lower()
