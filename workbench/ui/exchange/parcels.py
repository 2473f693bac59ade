"""What goes and what comes, in words: what a bundle would hold, what a file brought, who has confirmed what. No Qt."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import msgspec

from workbench.casework import (
    importing,
    reading,
    receipts,
    receiving,
    sending,
    telling,
    transferring,
    trusting,
)
from workbench.casework.desk import Desk
from workbench.casework.receiving import Apart
from workbench.casework.sending import Forecast
from workbench.casework.trusting import CardRow
from workbench.errors import BadInput, Expected, NotFound
from workbench.models.amounts import counted
from workbench.ui.exchange import settling
from workbench.ui.exchange.words import role_words
from workbench.ui.widgets.row import Row
from workbench.ui.words import ago, day_of, moment_words

SEALED = "Sealed so that only {} can open it. The name of the file tells nothing."
CASE_FILE = (
    "This is a case file, not a bundle: nothing of it was taken yet.",
    "Bring it in where you know its source. The cards in it need not be verified here, and what is not signed in it "
    "stands as brought in by you.",
)
# A colleague not heard from for longer than this is marked (ours).
_LATE_DAYS = 7
_SHOWN = 30
_MB = 1024 * 1024


class Addressee(msgspec.Struct, frozen=True):
    """Somebody a case may be sealed to: how a verb is told who, and who it is in words."""

    to: str
    words: str
    name: str


class Planned(msgspec.Struct, frozen=True):
    """What would go of each case, in sentences; `fresh` is whether there is anything the colleague does not hold."""

    says: tuple[str, ...]
    fresh: bool


class Sealed(msgspec.Struct, frozen=True):
    """Sealed bundles with their names, and sentences about them."""

    files: tuple[tuple[str, bytes], ...]
    says: tuple[str, ...]


class Stranger(msgspec.Struct, frozen=True):
    """A card that came and whose words are not compared yet."""

    card: str
    name: str


class Came(msgspec.Struct, frozen=True):
    """What one file brought, in sentences, and where each thing it asks for can be done.

    `cases` are the cases it touched, `matters` what is to be settled in them, `offered` whether one of them is
    offered here; `strangers` are cards to compare words for. Of a refused one nothing was taken; `case_file`
    is whether it is a file of another kind, which can be brought in.
    """

    file: str
    says: tuple[str, ...]
    refused: bool = False
    case_file: bool = False
    cases: tuple[tuple[str, str], ...] = ()
    matters: tuple[Row, ...] = ()
    offered: bool = False
    strangers: tuple[Stranger, ...] = ()
    receipt: bytes | None = None
    receipt_name: str = ""


class Kept(msgspec.Struct, frozen=True):
    """What is kept apart of one card on one case: whose it claims to be, why, and whether comparing lets it in."""

    card: str
    title: str
    says: tuple[str, ...]
    name: str
    may_compare: bool


# Sending


def people(desk: Desk, words: str) -> tuple[Row, ...]:
    """The cases whose name or CRN holds these words."""
    rows = reading.people(desk, words, _SHOWN)
    return tuple(Row(row.case, row.name or row.crn, line=row.crn) for row in rows)


def addressees(desk: Desk) -> tuple[Addressee, ...]:
    """Everybody a case may be sealed to, by name; two people of one name are told apart by their cards."""
    live = [row for row in trusting.cards(desk) if _is_live(row)]
    persons: dict[str, set[str]] = {}
    for row in live:
        persons.setdefault(row.name, set()).add(desk.cards[row.card].person)
    found: dict[str, Addressee] = {}
    for row in live:
        words = f"{row.name}, {role_words(row.role)}"
        if len(persons[row.name]) > 1:
            found[row.card] = Addressee(row.card, f"{words} (card {row.card[:8]})", row.name)
        else:
            found.setdefault(row.name, Addressee(row.name, words, row.name))
    return tuple(found.values())


def _is_live(row: CardRow) -> bool:
    return row.verified and not row.own and row.ended is None and not row.replaced


def plan(desk: Desk, cases: tuple[str, ...], to: str) -> Planned:
    """What would go, case by case, and how it is sealed; nothing is sealed yet.

    Raises:
        Refused: the colleague may not read one of the cases.
    """
    says: list[str] = []
    fresh, devices = False, 1
    for case in cases:
        found = sending.forecast(desk, case, to)
        fresh, devices = fresh or found.versions > 0, found.devices
        says.append(f"{named(desk, case)}: {_holds(found)}")
        if found.withheld:
            says.append(
                f"{counted(found.withheld, 'version')} of it {'is' if found.withheld == 1 else 'are'} not for "
                "them, or no longer here: they are told only that something stands there."
            )
    where = "their laptop" if devices == 1 else f"their {devices} laptops"
    says.append(SEALED.format(where))
    return Planned(tuple(says), fresh)


def _holds(found: Forecast) -> str:
    if not found.versions:
        return "nothing they do not hold already, as far as their receipts say."
    told = f"{counted(found.versions, 'version')} of {counted(found.entries, 'entry', 'entries')}"
    if found.files:
        size = max(1, round(found.file_bytes / _MB))
        told += f", and {counted(found.files, 'file')} ({'under 1' if found.file_bytes < _MB else size} MB)"
    return f"{told}."


def names(desk: Desk, count: int) -> tuple[str, ...]:
    """File names that tell nothing, for so many bundles."""
    return tuple(receipts.file_name(desk) for _ in range(count))


def seal(desk: Desk, cases: tuple[str, ...], to: str) -> Sealed:
    """Seals one bundle for each case; each is noted as sent and logged.

    Raises:
        Refused: the colleague may not read one of the cases; then none is sealed.
    """
    for case in cases:
        sending.forecast(desk, case, to)
    made = [sending.bundle(desk, case, to) for case in cases]
    says = tuple(sentence for each in made for sentence in each.says)
    return Sealed(tuple((each.name, each.data) for each in made), says)


# Receiving


def take_in(desk: Desk, path: Path) -> Came:
    """Takes in one file from a colleague and tells what it brought, or why it is refused."""
    before = set(desk.cards)
    try:
        data = _read(path)
        found = receiving.receive(desk, data)
    except Expected as error:
        if "workbench import" in error.next_step:
            return Came(path.name, CASE_FILE, case_file=True)
        return Came(path.name, _refusal(error), refused=True)
    cases = tuple(dict.fromkeys(desk.links.reading(case) for case in found.cases))
    offered = {offer.case for offer in transferring.offers(desk)}
    strangers = (card for card in desk.cards.keys() - before if not desk.standing.is_verified(card))
    return Came(
        file=path.name,
        # What is to be settled is listed below, each with a way to it.
        says=tuple(says for says in found.says if not says.endswith(telling.SETTLE)),
        cases=tuple((case, named(desk, case)) for case in cases),
        matters=settling.among(desk, cases),
        offered=not offered.isdisjoint(cases),
        strangers=tuple(Stranger(card, desk.cards[card].name) for card in sorted(strangers)),
        receipt=found.receipt,
        receipt_name=found.receipt_name,
    )


def bring_in(desk: Desk, path: Path) -> Came:
    """Brings in a case file, signed by this store's person as brought in."""
    try:
        brought = importing.bring(desk, _read(path), path.name)
    except Expected as error:
        return Came(path.name, _refusal(error), refused=True)
    case = desk.links.reading(brought.case)
    says = (f"The case file is brought in: {counted(brought.new, 'new version')}.",)
    return Came(path.name, says, cases=((case, named(desk, case)),), matters=settling.of_case(desk, case))


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(receiving.MOST + 1)
    except OSError:
        raise Expected("The file cannot be read.", "Copy it to this laptop and choose it again.") from None


def _refusal(error: Expected) -> tuple[str, ...]:
    """Why a file was refused, with its place at the end, and what to do next."""
    says = error.says
    if isinstance(error, BadInput) and error.place and error.place != "$":
        reason = says.removeprefix(f"{error.place}: ")
        says = f"{reason[:1].upper()}{reason[1:]} (at {error.place})."
    told = ["Nothing of this file was taken.", says if says.endswith(".") else f"{says}.", error.next_step]
    return tuple(each for each in told if each)


# Sent, heard from, kept apart


def sent(desk: Desk) -> tuple[Row, ...]:
    """What was sent to whom, the newest first; each key ends with its first case."""
    found = []
    for number, each in enumerate(sending.sent(desk)):
        when = f"Sent {moment_words(each.at)}"
        found.append(
            Row(
                key=f"{number}/{each.cases[0] if each.cases else ''}",
                title=f"To {each.to}, {role_words(each.role)}" if each.to else "To a card no longer here",
                badge="Receipt came" if each.confirmed else "No receipt yet",
                badge_tone="good" if each.confirmed else "plain",
                line="; ".join(named(desk, case) for case in each.cases),
                note=f"{when}. Receipt {moment_words(each.confirmed)}" if each.confirmed else when,
                note_icon="circle-check" if each.confirmed else "clock",
            )
        )
    return tuple(found)


def heard(desk: Desk) -> tuple[Row, ...]:
    """How old the last news of each colleague's laptop is, the oldest first; those never heard from last."""
    rows = [row for row in trusting.cards(desk) if _is_live(row)]
    rows.sort(key=lambda row: (row.heard is None, row.heard or "", row.name))
    return tuple(_heard(desk, row) for row in rows)


def _heard(desk: Desk, row: CardRow) -> Row:
    late = row.heard is None or (desk.today - date.fromisoformat(day_of(row.heard))).days > _LATE_DAYS
    told = ago(row.heard, desk.today) if row.heard else "nothing yet"
    return Row(
        key=row.card,
        title=row.name,
        line=role_words(row.role),
        note=f"From {row.name}'s laptop: {told}",
        note_icon="circle-alert" if late else "clock",
        note_tone="warn" if late else "quiet",
    )


def kept_apart(desk: Desk) -> tuple[Kept, ...]:
    """What lies in quarantine, the oldest first."""
    return tuple(_kept(desk, each) for each in receiving.quarantined(desk))


def _kept(desk: Desk, each: Apart) -> Kept:
    ended = each.card in desk.standing.ended
    who = f"{each.name} ({role_words(each.role)})" if each.name else "somebody whose card is not here"
    says = (
        f"Signed in the name of {who}. It came on {moment_words(each.at)} and does not count.",
        each.reason,
        f"Ask {each.name or 'the sender'} for their new card and a new bundle."
        if ended
        else "Once the words are compared it is taken in by itself.",
    )
    what = f"{each.crn}: {counted(each.versions, 'version')}"
    return Kept(each.card, what, says, each.name, bool(each.name) and not ended)


def named(desk: Desk, case: str) -> str:
    """A case as a sentence names it: name and CRN, or the CRN alone."""
    try:
        row = desk.store.case_row(case)
    except NotFound:
        return "A case that is not here"
    return f"{row.name}, {row.crn}" if row.name else row.crn
