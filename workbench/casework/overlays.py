"""Overlays of regions and the program's own suggestions: taken in, looked at, switched on and off, handed on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

import msgspec

from workbench import __version__
from workbench.casework import (
    judging,
    overlays_parts,
    overlays_switched,
    reading,
    standings,
)
from workbench.casework.desk import Desk
from workbench.casework.overlays_laid import Laid
from workbench.casework.overlays_parts import Change, Parts
from workbench.casework.overlays_policy import Policy
from workbench.casework.overlays_switched import TEAM, Decision, Switched
from workbench.casework.recording import said_by, start
from workbench.casework.signing import Signer
from workbench.errors import BadInput, NotFound, Refused
from workbench.exchange import overlay, papers
from workbench.exchange.overlay import Overlay
from workbench.exchange.strict import exact_base64, plain_json, told
from workbench.forms import library as form_library
from workbench.models import dates
from workbench.models.amounts import counted
from workbench.models.records import Card, Version, read_version, to_sign
from workbench.resources import say
from workbench.rules import book as rule_book
from workbench.rules.book import RuleBook
from workbench.rules.files import RuleFile, Suggestion
from workbench.security.signing import holds
from workbench.store import overlays as overlay_rows
from workbench.store.store import CaseRow, Write

WHO_CAN = "Only an administrator whose role is vouched for here switches these on and off."
_HANDED = ("decisions.json", "papers.json")
_OVERLAY = "overlay.zip"


class Held(msgspec.Struct, frozen=True):
    """An overlay that came here; `decision` is the last that counts about it, `changes` what it does."""

    sha256: str
    called: str
    from_: str
    made_by: str
    in_force: bool
    fits: bool
    policy: Policy
    changes: tuple[Change, ...]
    decision: Decision | None


class Suggested(msgspec.Struct, frozen=True):
    """An empty number with the program's own suggestion, and whether it counts here; `decision` says since when."""

    key: str
    asks: str
    suggestion: str
    amount: str
    owed_by: str
    source: str
    decision: Decision | None


# Taking in


def is_one(data: bytes) -> bool:
    """Whether a file is an overlay, or decisions about overlays, by how it begins."""
    return overlay.is_zip(data)


def take(desk: Desk, data: bytes) -> tuple[str, ...]:
    """Takes in an overlay, or what an administrator decided elsewhere and what follows from it in every case.

    An overlay changes nothing until it is switched on.

    Raises:
        BadInput: it is damaged, not signed by somebody verified here, or does what no overlay may.
    """
    found = overlay.members(data, 2 * overlay.MAX_BYTES)
    if _HANDED[0] in found:
        return _take_decisions(desk, found)
    read, parts = checked(desk, data)
    sha256 = _keep(desk, data, parts)
    by = desk.cards[read.heading.signed_by]
    count = len(overlays_parts.changes(parts, national()))
    next_step = "It is in force." if desk.switched.overlay == sha256 else "An administrator switches it on."
    return (
        f"The overlay {read.heading.called()}, made by {by.name}, passed every check: {counted(count, 'change')}. "
        f"{next_step}",
    )


def checked(desk: Desk, data: bytes) -> tuple[Overlay, Parts]:
    """An overlay once it has passed every check, with its parts; nothing is kept.

    Raises:
        BadInput: with the first reason.
    """
    # Read here alone: no other command waits for the lints.
    from workbench.casework import overlays_checking

    read = overlay.read(data)
    _check_signed(desk, read)
    parts = overlays_parts.read(read)
    overlays_checking.check(parts)
    return read, parts


def _check_signed(desk: Desk, read: Overlay) -> None:
    """Refuses an overlay that no administrator made whose role counts here."""
    sha256 = read.heading.signed_by
    card = desk.cards.get(sha256)
    if card is None or not overlay.signature_holds(read.heading, card):
        raise BadInput(
            "It is not signed by a card that is here.", next_step="Take in the card of whoever made it first."
        )
    counts = desk.standing.counts(sha256, desk.today.isoformat()) and sha256 not in desk.standing.ended
    if card.role != overlays_switched.ROLE or not counts:
        raise BadInput(f"It is signed by {card.name}, who does not count as an administrator here.")


def _keep(desk: Desk, data: bytes, parts: Parts) -> str:
    sha256 = parts.heading.sha256()
    row = overlay_rows.Held(sha256, data, msgspec.msgpack.encode(parts), __version__, desk.stamp())
    log = desk.logged("received", detail=f"overlay {parts.heading.called()}")
    overlay_rows.put(desk.store.connection, row, log, desk.device.device, desk.device.card.name)
    return sha256


# Looking


def national() -> RuleBook:
    """The national book alone."""
    return rule_book.load(openings=overlays_parts.openings(form_library.load()))


def may_switch(desk: Desk) -> bool:
    """Whether this store's person may switch things on and off."""
    card = desk.device.card
    return (
        desk.known_until is None
        and card.role == overlays_switched.ROLE
        and desk.standing.counts(card.sha256(), desk.today.isoformat())
    )


def listed(desk: Desk) -> tuple[Held, ...]:
    """Every overlay that came here: the one in force first, then the newest."""
    rows = overlay_rows.held(desk.store.connection)
    book = national() if rows else None
    found = [_held(desk, row, book) for row in reversed(rows) if book is not None]
    return tuple(sorted(found, key=lambda each: not each.in_force))


def _held(desk: Desk, row: overlay_rows.Held, book: RuleBook) -> Held:
    heading = overlay.read(row.data).heading
    decision = desk.switched.deciding(row.sha256)
    on = desk.switched.overlay == row.sha256
    parts = Laid(Switched(row.sha256), row, sample=False).overlay
    fits, rules = parts is not None, parts.policy if parts else Policy()
    changes = overlays_parts.changes(parts, book) if parts else ()
    by = desk.cards.get(heading.signed_by)
    name = by.name if by else ""
    return Held(
        row.sha256, heading.called(), heading.from_, name, on and fits, fits, rules, changes, decision
    )


def suggestions(desk: Desk) -> tuple[Suggested, ...]:
    """Every empty number for which the program has a suggestion, by rule."""
    found = []
    for name, rule in sorted(desk.book.rules.items()):
        for number, written in _empty(rule):
            key = f"{name}/{number}"
            every = any(region.suggestions == "yes" for region in desk.book.regions)
            amount = desk.switched.suggested.get(key, written.suggest if every else "")
            source = rule.texts[-1].source
            found.append(
                Suggested(
                    key,
                    say(rule.asks),
                    written.suggest,
                    amount,
                    rule.owed_by,
                    f"{source.document}, {source.place}",
                    desk.switched.deciding(key),
                )
            )
    return tuple(found)


def _empty(rule: RuleFile) -> Iterable[tuple[str, Suggestion]]:
    numbers = rule.texts[-1].numbers.items() if rule.texts else ()
    return [(name, written) for name, written in numbers if isinstance(written, Suggestion)]


# Switching


def switch_overlay(desk: Desk, sha256: str, *, on: bool, why: str, weekly: str = "") -> None:
    """Switches an overlay on or off by a signed entry; one that is on is replaced.

    Raises:
        NotFound: it never came here.
        Refused: this person may not, or gives no reason, or its day has not come.
        BadInput: it does not pass the checks of this program.
    """
    row = overlay_rows.one(desk.store.connection, sha256)
    if row is None:
        raise NotFound("That overlay is not here.", "Receive its file first.")
    heading = overlay.read(row.data).heading
    if on:
        _check_signed(desk, overlay.read(row.data))
        if heading.from_ > desk.today.isoformat():
            raise Refused(
                f"{heading.called()} holds from {dates.written(date.fromisoformat(heading.from_))}.",
                "Switch it on that day, or later.",
            )
        if row.program != __version__:
            # Another version of the program let it in.
            checked(desk, row.data)
    said = {
        "overlay": sha256,
        "called": heading.called(),
        "source": f"{heading.region}, from {heading.from_}",
    }
    _sign(desk, {"what": "overlay", **said}, on=on, why=why, weekly=weekly)


def switch_suggestion(desk: Desk, key: str, *, on: bool, why: str, weekly: str = "") -> None:
    """Switches one suggestion on or off by a signed entry; `weekly` is what was shown of the work it makes.

    Raises:
        NotFound: there is no such suggestion.
        Refused: this person may not, or gives no reason.
    """
    found = next((each for each in suggestions(desk) if each.key == key), None)
    if found is None:
        raise NotFound(f"There is no suggestion {key}.", "See them with 'workbench overlay suggestions'.")
    said = {"number": key, "amount": found.suggestion, "source": f"ours, not policy ({found.source})"}
    _sign(desk, {"what": "suggestion", **said}, on=on, why=why, weekly=weekly)


def _sign(desk: Desk, answers: Mapping[str, str], *, on: bool, why: str, weekly: str) -> None:
    if not may_switch(desk):
        raise Refused(WHO_CAN, "Ask your administrator for the file to receive.")
    if not why.strip():
        raise Refused("Switching something on or off says why.", "Give the reason.")
    session = start(desk, TEAM, overlays_switched.FORM)
    state = "switched-on" if on else "switched-off"
    day, reckoned = desk.today.isoformat(), weekly or "not reckoned"
    session.restore({**answers, "on": day, "state": state, "why": why.strip(), "weekly": reckoned})
    version = Signer(desk, TEAM).sign(said_by(desk, session))
    _put(desk, (version,), "switched", answers.get("called") or answers["number"])
    desk.anchor()


def _put(desk: Desk, versions: tuple[Version, ...], what: str, detail: str) -> None:
    """Writes decisions into the row of the team, and lets what they change take effect."""
    forms = {version.header.form[2] for version in versions} - desk.held_definitions
    definitions = {sha256: form.data() for sha256 in forms if (form := desk.form_hashes.get(sha256))}
    write = Write(
        CaseRow(TEAM, "", kind=overlays_switched.KIND),
        desk.logged(what, detail=detail),
        versions=versions,
        definitions=definitions,
    )
    desk.store.append(write, desk.device.device, desk.device.card.name)
    desk.held_definitions.update(definitions)
    desk.read_anew()


# Handing on


class Handed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A decision as it travels: exactly as signed, in base64."""

    content: str
    header: str
    signature: str


def hand_on(desk: Desk) -> bytes:
    """What is decided here as a file for other stores: the decisions, the overlay in force, and whose word it is.

    Raises:
        NotFound: nothing was ever decided.
    """
    versions = [each for each in desk.store.versions(TEAM) if each.content_bytes is not None]
    if not versions:
        raise NotFound("Nothing was switched on or off here.", "There is nothing to hand on.")
    handed = [
        Handed(
            *map(overlay.to_base64, (version.content_bytes or b"", version.header_bytes, version.signature))
        )
        for version in versions
    ]
    cards = {version.header.card for version in versions}
    files = {_HANDED[0]: msgspec.json.encode(handed)}
    row = overlay_rows.one(desk.store.connection, desk.switched.overlay)
    if row is not None:
        files[_OVERLAY] = row.data
        cards.add(overlay.read(row.data).heading.signed_by)
    files[_HANDED[1]] = papers.write(standings.about(desk, cards))
    desk.log("exported", detail=f"{counted(len(versions), 'decision')} about overlays")
    return overlay.write(files)


def _take_decisions(desk: Desk, found: Mapping[str, bytes]) -> tuple[str, ...]:
    if not set(_HANDED) <= found.keys() <= {*_HANDED, _OVERLAY}:
        raise BadInput("It holds something else than decisions, papers and an overlay.")
    come = papers.read(found["papers.json"])
    cards = {**desk.cards, **{each.sha256(): each for each in come if isinstance(each, Card)}}
    papers.check_signed(come, cards, "papers.json")
    standings.check_devices(desk, come)
    versions = [
        _decision(desk, each, cards, f"decisions.json[{n}]")
        for n, each in enumerate(_handed(found["decisions.json"]))
    ]
    with standings.as_if(desk, come):
        strangers = {
            version.header.card for version in versions if not desk.standing.is_verified(version.header.card)
        }
        if strangers:
            names = ", ".join(sorted(cards[card].name for card in strangers))
            raise BadInput(
                f"It carries the word of {names}, whose card nobody here has verified.",
                next_step="Compare words with them first.",
            )
        held = checked(desk, found[_OVERLAY]) if _is_new(desk, found.get(_OVERLAY)) else None
    standings.take(desk, come)
    says = []
    if held is not None:
        _keep(desk, found[_OVERLAY], held[1])
        says.append(f"The overlay {held[0].heading.called()} is here.")
    known = {version.id for version in desk.store.versions(TEAM)}
    new = tuple(version for version in versions if version.id not in known)
    if new:
        _put(desk, new, "received", counted(len(new), "decision"))
        reading.refresh(desk)
    return (
        *says,
        *(_told(each) for each in desk.switched.decisions if each.version in {v.id for v in new}),
    ) or ("Nothing new: everything in this file is held here already.",)


def _is_new(desk: Desk, data: bytes | None) -> bool:
    """Whether an overlay came with it that is not held yet."""
    if data is None:
        return False
    return overlay_rows.one(desk.store.connection, overlay.read(data).heading.sha256()) is None


def _handed(data: bytes) -> tuple[Handed, ...]:
    try:
        return msgspec.convert(plain_json(data), tuple[Handed, ...])
    except msgspec.ValidationError as error:
        raise told(error, "decisions.json") from None


def _decision(desk: Desk, handed: Handed, cards: Mapping[str, Card], place: str) -> Version:
    """A decision as somebody signed it.

    Raises:
        BadInput: it is none, or its signature does not hold.
    """
    try:
        header, content, signature = map(exact_base64, (handed.header, handed.content, handed.signature))
        version = read_version(header, content, signature)
    except ValueError:
        raise BadInput("not base64", place) from None
    except BadInput as error:
        raise BadInput(error.says, place) from None
    card = cards.get(version.header.card)
    form = desk.form_by_hash(version.header.form[2])
    if card is None or card.device != version.header.device:
        raise BadInput("its author's card is not with it", place)
    if not holds(card.signs, to_sign(header), signature):
        raise BadInput("its signature does not hold", place)
    if version.header.case != TEAM or version.header.form[0] != overlays_switched.FORM or form is None:
        raise BadInput("it is no decision about overlays that this program knows", place)
    judging.version(desk, version, form, card, place)
    return version


def _told(decision: Decision) -> str:
    what = decision.called or f"the suggestion {decision.key} ({decision.amount})"
    state = "on" if decision.on else "off"
    counts = "" if decision.counts else " It is without effect here: nobody has vouched for that role."
    return f"Switched {state}: {what}.{counts}"
