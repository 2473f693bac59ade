"""Cards, vouchers and ended cards as files: read strictly, each with its signature checked where its card is here."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from workbench import clock as clocks
from workbench.errors import BadInput
from workbench.exchange.strict import exact_base64, plain_json, told
from workbench.models import canonical
from workbench.models.ids import is_uuid
from workbench.models.records import ROLES, Card
from workbench.models.vouching import CardEnded, Voucher
from workbench.security.signing import DeviceKeys, card_holds, holds

MAX_BYTES = 1024 * 1024
MAX_PAPERS = 1_000
MAX_NAME = 200
WORDS = 8
_BITS = 11

Paper = Card | Voucher | CardEnded


def eight_words(one: Card, other: Card, words: Sequence[str]) -> tuple[str, ...]:
    """The words two people compare: 88 bits of SHA-256 over both cards, in order of their hashes."""
    data = b"".join(
        canonical.encode(msgspec.to_builtins(card)) for card in sorted((one, other), key=Card.sha256)
    )
    number = int.from_bytes(hashlib.sha256(data).digest()[: WORDS * _BITS // 8], "big")
    places = (number >> _BITS * (WORDS - 1 - place) for place in range(WORDS))
    return tuple(words[place % 2**_BITS] for place in places)


def make_voucher(
    keys: DeviceKeys, by: Card, card: Card, *, vetted: bool, from_: str, until: str | None
) -> Voucher:
    """Somebody's word for the role on a card; `from_` is a day, `until` the first day on which it no longer counts."""
    blank = Voucher(card.sha256(), by.sha256(), card.role, vetted, from_, until, "")
    return msgspec.structs.replace(blank, signature=_base64(keys.sign(blank.to_sign())))


def make_ended(keys: DeviceKeys, by: Card, card: Card, from_: str, why: str) -> CardEnded:
    """Somebody's word that a card is out of its bearer's hands since a moment."""
    blank = CardEnded(card.sha256(), by.sha256(), from_, why, "")
    return msgspec.structs.replace(blank, signature=_base64(keys.sign(blank.to_sign())))


def read(data: bytes) -> tuple[Paper, ...]:
    """The papers of a file: one as an object, or several in a list.

    Raises:
        BadInput: it is no such file, or one of them is not as it should be; `place` says where.
    """
    if len(data) > MAX_BYTES:
        raise BadInput("A file of cards and vouchers has at most 1 MB.")
    found = plain_json(data)
    if not isinstance(found, list):
        return (paper(found, "$"),)
    if len(found) > MAX_PAPERS:
        raise BadInput(f"more than {MAX_PAPERS:,} papers", "$")
    return tuple(paper(each, f"$[{place}]") for place, each in enumerate(found))


def paper(data: object, place: str) -> Paper:
    """One paper from plain data; which sort it is shows in its keys.

    Raises:
        BadInput: it is none, or a field of it is wrong.
    """
    keys = data.keys() if isinstance(data, dict) else ()
    shape: type[Paper] = Card if "format" in keys else Voucher if "vetted" in keys else CardEnded
    try:
        found: Paper = msgspec.convert(data, shape)
        canonical.encode(data)
    except msgspec.ValidationError as error:
        raise told(error, place) from None
    except BadInput as error:
        raise BadInput(error.says.removeprefix(f"{error.place}: "), place) from None
    if isinstance(found, Card):
        _check_card(found, place)
    elif isinstance(found, Voucher):
        _check_voucher(found, place)
    else:
        _moment(found.from_, f"{place}.from")
    return found


def check_signed(papers: Iterable[Paper], cards: Mapping[str, Card], place: str) -> None:
    """Refuses papers whose signatures do not hold, or that name a card that is not among `cards`.

    Raises:
        BadInput: with the place of the first.
    """
    for n, each in enumerate(papers):
        where = f"{place}[{n}]"
        if isinstance(each, Card):
            if not card_holds(each):
                raise BadInput("the card's signature does not hold", where)
            continue
        by = cards.get(each.by)
        if by is None or each.card not in cards:
            raise BadInput("it names a card that is neither here nor with it", where)
        if not paper_holds(each, by):
            raise BadInput("the signature does not hold", where)


def paper_holds(paper: Voucher | CardEnded, by: Card) -> bool:
    """Whether a paper carries the signature of the card it names as its maker's."""
    try:
        signature = exact_base64(paper.signature)
    except ValueError:
        return False
    return paper.by == by.sha256() and holds(by.signs, paper.to_sign(), signature)


def write(papers: Iterable[Paper]) -> bytes:
    """The bytes of a file of papers: one alone as an object, several as a list."""
    found = [msgspec.to_builtins(each) for each in papers]
    return msgspec.json.format(msgspec.json.encode(found[0] if len(found) == 1 else found), indent=1) + b"\n"


def _check_card(card: Card, place: str) -> None:
    if not (is_uuid(card.person) and is_uuid(card.device)):
        raise BadInput("an id that is not a UUID", place)
    if card.role not in ROLES:
        raise BadInput("there is no such role", f"{place}.role")
    if not 0 < len(card.name.strip()) <= MAX_NAME or not card.name.isprintable():
        raise BadInput("a name has 1 to 200 letters", f"{place}.name")
    for name, size in (("signs", 32), ("opens", 32), ("signature", 64)):
        try:
            found = exact_base64(getattr(card, name))
        except ValueError:
            found = b""
        if len(found) != size:
            raise BadInput(f"not {size} bytes in base64", f"{place}.{name}")
    _moment(card.made, f"{place}.made")


def _check_voucher(voucher: Voucher, place: str) -> None:
    if voucher.role not in ROLES:
        raise BadInput("there is no such role", f"{place}.role")
    for name, day in (("from", voucher.from_), ("until", voucher.until)):
        if day is not None and not _is_day(day):
            raise BadInput("not a day", f"{place}.{name}")


def _is_day(text: str) -> bool:
    try:
        clocks.moment(f"{text}T00:00Z")
    except ValueError:
        return False
    return True


def _moment(text: str, place: str) -> None:
    try:
        clocks.moment(text)
    except ValueError:
        raise BadInput("not a moment such as 2026-03-05T10:14:22Z", place) from None


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode()
