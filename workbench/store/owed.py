"""What follows from the record as rows, and of the duties not met and the findings: which of them stand alike.

Rows hold dates, never states: a day yet to come is compared when it is read. Whether rows that stand
alike press, and how much, is for the rules to say of one of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Generic, TypeVar

import msgspec

from workbench import clock
from workbench.models.results import Advice, Duty, Finding
from workbench.store.driver import Connection

T = TypeVar("T", Duty, Finding)
# The dates of a duty as its row names them, each with the moment it is compared with.
_DATES = {"due": ":day", "due_at": ":moment", "soon_from": ":day", "ended": ":day", "deferred": ":day"}
_SIGNS = ", ".join(f"({name} > {at}) - ({name} < {at})" for name, at in _DATES.items())
# What may press on a day, in parts that each read one stretch of the index.
_PRESSES = (
    "since = '' AND ended IS NULL",
    "since = '' AND ended > :day",
    "since > '' AND since <= :day AND (ended IS NULL OR ended > :day)",
)
_SIDES = {-1: "{} < {}", 0: "{} = {}", 1: "{} > {}", None: "{} IS NULL"}


class Pile(msgspec.Struct, Generic[T], frozen=True):
    """Rows that stand alike: how many, and one of them; `words` and `sides` are what they share.

    Of duties each date lies on the same side of the moment: before it, at it or after it, or there is none.
    """

    one: T
    count: int
    words: tuple[str, ...]
    sides: tuple[int | None, ...] = ()


def put(
    connection: Connection,
    case: str,
    duties: Iterable[Duty],
    findings: Iterable[Finding],
    advice: Iterable[Advice],
) -> None:
    """Replaces what follows from the record of a case; a row that says the same is left alone."""
    _put_duties(connection, case, duties)
    fresh = [_looked_at(case, found) for found in findings]
    fresh += [(case, "advice", "", "", found.finding, msgspec.json.encode(found)) for found in advice]
    query = "SELECT case_id, kind, level, tells, finding, data FROM finding_rows WHERE case_id = ? ORDER BY n"
    if connection.execute(query, (case,)).fetchall() != fresh:
        connection.execute("DELETE FROM finding_rows WHERE case_id = ?", (case,))
        connection.executemany(
            "INSERT INTO finding_rows (case_id, kind, level, tells, finding, data) VALUES (?,?,?,?,?,?)",
            fresh,
        )


def _put_duties(connection: Connection, case: str, duties: Iterable[Duty]) -> None:
    query = "SELECT duty, data FROM due_rows WHERE case_id = ?"
    held = {duty: bytes(data) for duty, data in connection.execute(query, (case,))}
    for duty in duties:
        data = msgspec.json.encode(duty)
        if held.pop(duty.duty, None) != data:
            connection.execute(
                "INSERT INTO due_rows "
                "(case_id, duty, since, traits, due, due_at, soon_from, ended, deferred, data) "
                "VALUES (?,?,?,?,?,?,?,?,?,?) ON CONFLICT (case_id, duty) DO UPDATE SET "
                "since = excluded.since, traits = excluded.traits, due = excluded.due, due_at = excluded.due_at, "
                "soon_from = excluded.soon_from, ended = excluded.ended, deferred = excluded.deferred, "
                "data = excluded.data",
                (
                    case,
                    duty.duty,
                    _since(duty),
                    _traits(duty),
                    duty.due,
                    duty.due_at,
                    duty.soon_from,
                    duty.ended_on,
                    duty.deferred_until,
                    data,
                ),
            )
    for gone in held:
        connection.execute("DELETE FROM due_rows WHERE case_id = ? AND duty = ?", (case, gone))


def _traits(duty: Duty) -> str:
    """What beside its dates decides how a duty stands, how much it presses and for whom."""
    told = (f"tells:{role}" for role in sorted(duty.tells))
    urgent = ("urgent",) if duty.urgent else ()
    return " ".join((*_undated(duty), *urgent, f"by:{duty.owed_by}", duty.level, *told))


def _undated(duty: Duty) -> list[str]:
    """What lets a duty press on any day, whatever its dates."""
    traits = {
        "event": duty.kind == "event",
        "stands": duty.stands,
        "waiting": duty.waiting_since is not None,
        "short": duty.short_notice,
        "undated": duty.no_date,
    }
    return [name for name, holds in traits.items() if holds]


def _since(duty: Duty) -> str | None:
    """The first day on which it may press, empty where that may be any day; None where it never will."""
    if duty.met_on is not None:
        return None
    if _undated(duty) or duty.due_at is not None:
        return ""
    return min((day for day in (duty.due, duty.soon_from) if day is not None), default=None)


def _looked_at(case: str, found: Finding) -> tuple[str, str, str, str, str, bytes]:
    # For whom it is, and beside its level how much it presses.
    tells = " ".join((*sorted(found.tells), *(("urgent",) if found.urgent else ())))
    return (case, "finding", found.level, tells, found.finding, msgspec.json.encode(found))


def duties(connection: Connection, case: str | None) -> Iterator[Duty]:
    """The duties as last worked out, of one case or all, met and ended ones too, by last day."""
    where = "WHERE case_id = ?" if case else ""
    rows = connection.execute(
        f"SELECT data FROM due_rows {where} ORDER BY due IS NULL, due, case_id, duty", (case,) if case else ()
    )
    decoder = msgspec.json.Decoder(Duty)
    for (data,) in rows:
        yield decoder.decode(data)


def found(connection: Connection, kind: str, case: str | None) -> Iterator[bytes]:
    """The findings or the advice as last worked out, of one case or all, in order of writing."""
    where = "AND case_id = ?" if case else ""
    rows = connection.execute(
        f"SELECT data FROM finding_rows WHERE kind = ? {where} ORDER BY n", (kind, case) if case else (kind,)
    )
    for (data,) in rows:
        yield data


def piles(connection: Connection, now: datetime) -> list[Pile[Duty]]:
    """The duties that may press at a moment, with some that do not, piled by how they stand at it.

    What ended by that day presses no more and is left out.
    """
    dates = ", ".join(_DATES)
    # Two steps: the inner one reads an index in its own order, and leaves few rows to be compared.
    alike = " UNION ALL ".join(
        f"SELECT traits, {dates}, count(*) AS count, min(n) AS n FROM due_rows INDEXED BY due_rows_alike "
        f"WHERE {where} GROUP BY since, ended, traits, due, due_at, soon_from, deferred"
        for where in _PRESSES
    )
    rows = connection.execute(
        f"SELECT traits, {_SIGNS}, sum(count), min(n) FROM ({alike}) "
        f"GROUP BY {', '.join(str(n + 1) for n in range(len(_DATES) + 1))}",
        _at(now),
    ).fetchall()
    told = []
    for traits, *sides, count, n in rows:
        (data,) = connection.execute("SELECT data FROM due_rows WHERE n = ?", (n,)).fetchone()
        told.append(Pile(msgspec.json.decode(data, type=Duty), count, (traits,), tuple(sides)))
    return told


def first_of(connection: Connection, pile: Pile[Duty], now: datetime, most: int) -> list[Duty]:
    """The first of a pile made for this moment, by last moment or day and then by id."""
    (traits,) = pile.words
    where = " AND ".join(
        _SIDES[side].format(name, at) for side, (name, at) in zip(pile.sides, _DATES.items(), strict=True)
    )
    rows = connection.execute(
        "SELECT data FROM due_rows INDEXED BY due_rows_order WHERE since <= :day AND traits = :traits "
        f"AND {where} ORDER BY {'due' if pile.one.due_at is None else 'due_at'}, duty LIMIT :most",
        {"traits": traits, "most": most, **_at(now)},
    )
    return [msgspec.json.decode(data, type=Duty) for (data,) in rows.fetchall()]


def _at(now: datetime) -> dict[str, str]:
    return {"day": clock.day_of(now).isoformat(), "moment": clock.stamp(now)}


def finding_piles(connection: Connection, level: str) -> list[Pile[Finding]]:
    """The findings of one level, piled by whom they are for."""
    rows = connection.execute(
        "SELECT level, tells, count(*), min(n) FROM finding_rows WHERE kind = 'finding' AND level = ? "
        "GROUP BY level, tells",
        (level,),
    ).fetchall()
    told = []
    for *words, count, n in rows:
        (data,) = connection.execute("SELECT data FROM finding_rows WHERE n = ?", (n,)).fetchone()
        told.append(Pile(msgspec.json.decode(data, type=Finding), count, tuple(words)))
    return told


def first_findings_of(connection: Connection, pile: Pile[Finding], most: int) -> list[Finding]:
    """The first of a pile, by id."""
    rows = connection.execute(
        "SELECT data FROM finding_rows WHERE kind = 'finding' AND level = ? AND tells = ? "
        "ORDER BY finding, n LIMIT ?",
        (*pile.words, most),
    )
    return [msgspec.json.decode(data, type=Finding) for (data,) in rows.fetchall()]
