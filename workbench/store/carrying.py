"""What one device signed and nobody has marked as carried over, from the columns of versions.

Content is read only where it decides: what was marked, and the one answer that a system asks about.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from workbench.store.driver import Connection

FORM = "carried-over"

# Nothing else that was done to an entry puts an earlier version of it out of date.
_AFTER = "'record', 'amend', 'join', 'withdraw', 'misfile', 'restrict', 'erase'"
_SIGNED = "'record', 'amend', 'join'"

# What was marked since this device last signed a version of it. The keys stand in a set, not in a join: there
# are as many marks as entries, and each entry must not go through all of them.
_MARKED = f"""
SELECT json_extract(said, '$.answers.entry') || '/' || json_extract(said, '$.answers.system')
FROM (SELECT n, entry, CAST(content AS TEXT) AS said FROM versions
  WHERE form = '{FORM}' AND n > :after AND act IN ({_SIGNED}) AND content IS NOT NULL) AS mark
WHERE NOT EXISTS (SELECT 1 FROM versions AS later
  WHERE later.entry = mark.entry AND later.act IN ('withdraw', 'restrict'))
AND NOT EXISTS (SELECT 1 FROM versions AS later
  WHERE later.entry = json_extract(said, '$.answers.entry') AND later.n > mark.n
  AND later.device = :device AND later.act IN ({_SIGNED}))
"""

_WAITING = f"""
WITH wanted AS MATERIALIZED (
  SELECT json_extract(value, '$.form') AS form, json_extract(value, '$.system') AS system,
    json_extract(value, '$.question') AS question, json_extract(value, '$.answers') AS answers
  FROM json_each(:wanted)),
left_over AS MATERIALIZED (
  SELECT held.n, held.id, held.entry, wanted.system, wanted.question, wanted.answers
  FROM wanted JOIN versions AS held ON held.form = wanted.form
  WHERE held.n > :after AND held.device = :device AND held.at >= :since
  AND held.act IN ({_SIGNED}) AND held.content IS NOT NULL
  AND held.entry || '/' || wanted.system NOT IN ({_MARKED}))
SELECT n, system FROM left_over
WHERE NOT EXISTS (SELECT 1 FROM versions AS later,
  json_each(CAST(later.header AS TEXT), '$.parents') AS parent
  WHERE later.entry = left_over.entry AND later.act IN ({_AFTER}) AND parent.value = left_over.id)
AND (question = '' OR (SELECT CASE json_array_length(answers)
  WHEN 0 THEN json_type(CAST(content AS TEXT), '$.answers.' || question) IS NOT NULL
  ELSE json_extract(CAST(content AS TEXT), '$.answers.' || question)
    IN (SELECT value FROM json_each(answers)) END
  FROM versions AS own WHERE own.n = left_over.n))
"""


class Wanted(msgspec.Struct, frozen=True):
    """A form that another system holds too; with `question` only where the answer is one of these, or any."""

    form: str
    system: str
    question: str = ""
    answers: tuple[str, ...] = ()


class From(msgspec.Struct, frozen=True):
    """From where is asked: a moment of signing, and the place in the order of arrival before which all is settled."""

    since: str
    after: int = 0


class Kept(msgspec.Struct, frozen=True):
    """A current version that a system does not hold yet; `place` is where it stands in the order of arrival."""

    place: int
    case: str
    entry: str
    version: str
    form: str
    on: str
    at: str
    system: str


def waiting(connection: Connection, device: str, asked: From, wanted: Iterable[Wanted]) -> list[Kept]:
    """What this device signed and nobody marked since, the oldest first."""
    rows = connection.execute(
        "SELECT versions.n, case_id, entry, id, form, on_, at, system FROM versions "
        f"JOIN ({_WAITING}) AS found ON found.n = versions.n ORDER BY at, id, system",
        _given(device, asked, wanted),
    )
    return [Kept(*row) for row in rows.fetchall()]


def count(connection: Connection, device: str, asked: From, wanted: Iterable[Wanted]) -> int:
    """How many there are."""
    row = connection.execute(f"SELECT count(*) FROM ({_WAITING})", _given(device, asked, wanted)).fetchone()
    return int(row[0])


def newest(connection: Connection) -> int:
    """The place of what arrived last."""
    row = connection.execute("SELECT max(n) FROM versions").fetchone()
    return int(row[0] or 0)


def _given(device: str, asked: From, wanted: Iterable[Wanted]) -> dict[str, str | int]:
    return {
        "device": device,
        "since": asked.since,
        "after": asked.after,
        "wanted": msgspec.json.encode(tuple(wanted)).decode(),
    }
