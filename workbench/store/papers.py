"""The rows of vouchers, ended cards and compared words: kept in their order of arrival, never changed."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from workbench.models.records import Card
from workbench.models.vouching import CardEnded, Paper, Voucher, WordsCompared, name_of
from workbench.store import audit
from workbench.store.driver import Connection, transaction
from workbench.store.store import Logged

_KINDS: dict[str, type[Paper]] = {"voucher": Voucher, "card-ended": CardEnded, "words": WordsCompared}


def held(connection: Connection) -> tuple[Paper, ...]:
    """Every paper, in order of arrival."""
    rows = connection.execute("SELECT kind, data FROM papers ORDER BY n").fetchall()
    return tuple(msgspec.json.decode(data, type=_KINDS[kind]) for kind, data in rows)


def put(
    connection: Connection, cards: Iterable[Card], papers: Iterable[Paper], log: Logged, device: str, who: str
) -> None:
    """Keeps cards and papers, with one row of the look-log; what is held already stays as it is."""
    with transaction(connection):
        for card in cards:
            connection.execute(
                "INSERT OR IGNORE INTO cards (sha256, person, data) VALUES (?,?,?)",
                (card.sha256(), card.person, msgspec.json.encode(card)),
            )
        for paper in papers:
            connection.execute(
                "INSERT OR IGNORE INTO papers (sha256, kind, data, received_at) VALUES (?,?,?,?)",
                (name_of(paper), kind_of(paper), msgspec.json.encode(paper), log.at),
            )
        audit.append(connection, device, log.at, who, log.what, why=log.why, detail=log.detail)


def kind_of(paper: Paper) -> str:
    """What sort of paper it is, as files and tables name it."""
    return next(kind for kind, shape in _KINDS.items() if isinstance(paper, shape))
