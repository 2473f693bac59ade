"""What a report may know: a case already cut to one audience, every value with the versions it came from.

Made only by `workbench.rules.access.release`; `workbench.reports` accepts nothing else. Withheld values
are not in here at all: they stand in `Withheld`, which stays in the parent process.
"""

from __future__ import annotations

import msgspec


class Value(msgspec.Struct, frozen=True, tag="value"):
    """One released answer or fact; `kind` is the question kind or fact type (a closed list).

    `raw` is the JSON value as recorded (ids, days as text); `text` is how a person reads it
    (option words, names of people, `3 March 2026`). `cut` is "" when whole, else `withheld`,
    `gist` or `initials`: then `raw` and `text` hold only what may be read.
    """

    raw: object
    text: str
    kind: str
    versions: tuple[str, ...]
    cut: str = ""
    disputed: bool = False


class Row(msgspec.Struct, frozen=True, tag="row"):
    """One row of a repeat, evidence list, factor, or actions list; `id` is kept through amendments."""

    id: str
    columns: dict[str, Value | tuple[Row, ...]]


class ReleasedEntry(msgspec.Struct, frozen=True):
    """One entry as its current head has it; `answers` by question id, in the order of its form.

    Superseded versions are not here. `asks` are the words of its questions (`question`, `question.column`), where the
    whole of it is to be read.
    """

    entry: str
    version: str
    form: str
    form_version: int
    title: str
    on: str
    at: str
    by_name: str
    by_role: str
    status: str
    answers: dict[str, Value | tuple[Row, ...]]
    countersigned_by: str = ""
    countersigned_at: str = ""
    asks: dict[str, str] = {}


class ReleasedFact(msgspec.Struct, frozen=True):
    """One fact as it stands on `as_of`; a disputed one has an empty `value.text` and its `accounts`."""

    fact: str
    of: str | None
    value: Value
    since: str
    until: str | None
    accounts: tuple[Value, ...] = ()


class ReleasedDuty(msgspec.Struct, frozen=True):
    """One open duty, for 'what is due' sections."""

    rule: str
    asks: str
    owed_by: str
    state: str
    due: str | None


class ReleasedCase(msgspec.Struct, frozen=True):
    """A case cut to one audience. `entries` oldest first by (on, at, version); `as_of` a day."""

    case: str
    crn: Value
    name: Value
    audience: str
    language: str
    as_of: str
    sample: bool
    entries: tuple[ReleasedEntry, ...]
    facts: tuple[ReleasedFact, ...]
    duties: tuple[ReleasedDuty, ...] = ()


class WithheldValue(msgspec.Struct, frozen=True):
    """One value held back from the audience: where it stands, which marks, and the value itself.

    `kind` is the question kind; `identifies` is true for names, places, telephone numbers, e-mail
    addresses, accounts, references and dates of birth (the leak gate treats those as needles).
    """

    entry: str
    version: str
    path: str
    marks: tuple[str, ...]
    how: str
    text: str
    kind: str
    identifies: bool


class Withheld(msgspec.Struct, frozen=True):
    """Everything held back from one audience, and the names that anybody on the file bears."""

    audience: str
    values: tuple[WithheldValue, ...]
    known_names: tuple[str, ...]


class Rendered(msgspec.Struct, frozen=True):
    """What the worker gives back: the bytes, their text as extracted, which sentence rests on what.

    `hashes` (SHA-256): program, template, fonts, case, file. `replaced` are the characters that no bundled
    font has and that a PDF shows by name.
    """

    format: str
    data: bytes
    text: str
    sentences: tuple[tuple[str, tuple[str, ...]], ...]
    pages: int
    hashes: dict[str, str]
    replaced: tuple[str, ...] = ()


class Picture(msgspec.Struct, frozen=True):
    """One page as a picture: 4 bytes a dot (blue, green, red, nothing), rows of `stride` bytes from the top."""

    width: int
    height: int
    stride: int
    data: bytes


class Chosen(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a person chose for one copy: the days that the chronology runs from and to (both count), its kinds, why.

    `entry` is the one that a report of a single entry is about. Anything left empty narrows nothing.
    """

    since: str = ""
    until: str = ""
    kinds: tuple[str, ...] = ()
    purpose: str = ""
    entry: str = ""


ALL = Chosen()
