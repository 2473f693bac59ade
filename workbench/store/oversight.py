"""What is asked of a whole store at once, from its indexed rows: no case is read from end to end."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

import msgspec

from workbench.models.records import Version, read_version
from workbench.models.results import Advice, Duty
from workbench.store.driver import Connection

# What may stand signed by one person and wait for another.
_SIGNED = "'record', 'amend', 'join', 'loosen'"
# Acts that settle nothing: a first version names none, a mark was taken off, or a file states it unsigned.
_ASIDE = "'record', 'loosen', 'bring'"
# As many as one statement names at once.
_AT_ONCE = 1000


class Signed(msgspec.Struct, frozen=True):
    """A version that its signer has signed: in which case and entry, with which form, when, by whom, on which card."""

    case: str
    entry: str
    version: str
    form: str
    at: str
    by: str
    card: str


class Heard(msgspec.Struct, frozen=True):
    """The last thing of a case that another laptop signed: when it came, and the card it was signed under."""

    received_at: str
    card: str


class Occurrence(msgspec.Struct, frozen=True):
    """What a duty's row holds for counting."""

    duty: str
    case: str
    officer: str | None
    due: str | None
    met_by: str | None
    met_on: str | None
    ended_on: str | None
    short_notice: bool
    waiting_since: str | None
    no_date: bool


class Signing(msgspec.Struct, frozen=True):
    """When an entry was first signed, and when that version reached this store."""

    signed_at: str
    received_at: str


class _Signer(msgspec.Struct):
    by: str
    card: str


def pressing(connection: Connection, day: str, until: str) -> list[Duty]:
    """The duties and events not met and not ended on `day` that may press by `until` (both inclusive)."""
    rows = connection.execute(
        "SELECT data FROM due_rows WHERE n IN (SELECT n FROM due_rows INDEXED BY due_rows_order "
        "WHERE since IS NOT NULL AND since <= :until AND (ended IS NULL OR ended > :day))",
        {"day": day, "until": until},
    )
    decoder = msgspec.json.Decoder(Duty)
    return [decoder.decode(data) for (data,) in rows.fetchall()]


def untouched(connection: Connection, forms: Collection[str]) -> list[Signed]:
    """The signed versions of these forms that nothing later names, oldest first.

    What a file brought in unsigned is left out: nobody signed it, so it waits for nobody.
    """
    rows = connection.execute(
        # Found in two indexes alone: only what waits is read.
        "SELECT case_id, entry, id, form, at, header FROM versions WHERE content IS NOT NULL AND n IN ("
        f"SELECT n FROM versions AS held WHERE form IN ({_places(forms)}) AND act IN ({_SIGNED}) AND NOT EXISTS ("
        f"SELECT 1 FROM versions AS later WHERE later.entry = held.entry AND later.act NOT IN ({_ASIDE}) "
        "AND instr(json_extract(CAST(later.header AS TEXT), '$.parents'), held.id))) ORDER BY at, id",
        tuple(forms),
    )
    decoder = msgspec.json.Decoder(_Signer)
    found = []
    for case, entry, id_, form, at, header in rows.fetchall():
        signer = decoder.decode(bytes(header))
        found.append(Signed(case, entry, id_, form, at, signer.by, signer.card))
    return found


def versions_of(connection: Connection, entries: Iterable[str]) -> dict[str, list[Version]]:
    """Every version of each of these entries, in order of arrival here."""
    found: dict[str, list[Version]] = {}
    for some in _some(entries):
        rows = connection.execute(
            f"SELECT entry, header, content, signature FROM versions WHERE entry IN ({_places(some)}) ORDER BY n",
            some,
        )
        for entry, header, content, signature in rows.fetchall():
            found.setdefault(entry, []).append(_version(header, content, signature))
    return found


def entries_of(connection: Connection, form: str, cases: Collection[str]) -> list[str]:
    """The entries of these cases that were made with a form."""
    rows = connection.execute(
        f"SELECT DISTINCT entry FROM versions WHERE form = ? AND case_id IN ({_places(cases)})",
        (form, *cases),
    )
    return [entry for (entry,) in rows.fetchall()]


def happened(connection: Connection, forms: Collection[str], since: str) -> list[tuple[str, str]]:
    """The cases and entries made with these forms of what happened on a day or later."""
    rows = connection.execute(
        f"SELECT DISTINCT case_id, entry FROM versions WHERE form IN ({_places(forms)}) AND on_ >= ?",
        (*forms, since),
    )
    return [(case, entry) for case, entry in rows.fetchall()]


def signed_by(connection: Connection, form: str, device: str, since: str) -> int:
    """How many entries of a form a device has signed from a moment on."""
    row = connection.execute(
        "SELECT count(DISTINCT entry) FROM versions WHERE form = ? AND device = ? AND at >= ? AND act = 'record'",
        (form, device, since),
    ).fetchone()
    return int(row[0])


def heard(connection: Connection, device: str, cases: Collection[str] = ()) -> dict[str, Heard]:
    """For each case (or these) the last version that another device than this one signed."""
    where = f"AND case_id IN ({_places(cases)})" if cases else ""
    rows = connection.execute(
        "SELECT held.case_id, held.header, arrivals.received_at FROM (SELECT case_id, "
        "(SELECT n FROM versions WHERE versions.case_id = cases.case_id AND device != ? "
        f"ORDER BY n DESC LIMIT 1) AS last FROM cases WHERE kind = 'case' {where}) AS newest "
        "JOIN versions AS held ON held.n = newest.last JOIN arrivals ON arrivals.version = held.id",
        (device, *cases),
    )
    decoder = msgspec.json.Decoder(_Signer)
    return {case: Heard(at, decoder.decode(bytes(header)).card) for case, header, at in rows.fetchall()}


def occurrences(connection: Connection, rules: Collection[str], since: str) -> Iterator[Occurrence]:
    """Every duty of these rules with a last day from `since` on or with none, met and ended ones too, in no order."""
    told = " OR ".join("(duty >= ? || '/' AND duty < ? || '0')" for _ in rules)
    rows = connection.execute(
        f"SELECT data FROM due_rows WHERE n IN (SELECT n FROM due_rows WHERE {told}) "
        "AND (due IS NULL OR due >= ?)",
        [*(rule for rule in rules for _ in range(2)), since],
    )
    decoder = msgspec.json.Decoder(Occurrence)
    for (data,) in rows.fetchall():
        yield decoder.decode(data)


def signings(connection: Connection, entries: Collection[str]) -> dict[str, Signing]:
    """When each of these entries was first signed, and when that first came here; of what was signed alone.

    An entry that a file brought in unsigned has no such moment: it was signed as it came in.
    """
    found: dict[str, Signing] = {}
    for some in _some(entries):
        rows = connection.execute(
            "SELECT entry, at, (SELECT min(received_at) FROM arrivals WHERE version = versions.id) FROM versions "
            f"WHERE entry IN ({_places(some)}) AND act != 'bring' ORDER BY at DESC, id DESC",
            some,
        )
        # The first of an entry comes last, and stays.
        found.update({entry: Signing(at, received or at) for entry, at, received in rows.fetchall()})
    return found


def advised(connection: Connection, rules: Collection[str]) -> list[str]:
    """The cases in which one of these lines of advice stands."""
    rows = connection.execute("SELECT data FROM finding_rows WHERE kind = 'advice'")
    decoder = msgspec.json.Decoder(Advice)
    told = (decoder.decode(data) for (data,) in rows.fetchall())
    return sorted({advice.case for advice in told if advice.rule in rules})


def _some(values: Iterable[str]) -> Iterator[tuple[str, ...]]:
    held = tuple(values)
    for start in range(0, len(held), _AT_ONCE):
        yield held[start : start + _AT_ONCE]


def _places(values: Collection[str]) -> str:
    return ", ".join("?" * len(values))


def _version(header: bytes, content: bytes | None, signature: bytes) -> Version:
    held = None if content is None else bytes(content)
    return read_version(bytes(header), held, bytes(signature), trusted=True)
