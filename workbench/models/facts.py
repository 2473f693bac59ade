"""The list of facts: the typed door through which forms speak to rules and reports."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import msgspec

FactType = Literal["text", "day", "moment", "number", "yes-no", "one-of", "person", "agency", "place", "id"]
Of = Literal["case", "person", "address", "condition", "factor", "action", "device", "sentence"]


class FactDefinition(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One fact that a form may say; `values` are the option ids where the type is one-of."""

    fact: str
    type: FactType
    holds: Literal["one", "many"]
    of: Of
    means: str
    said_by: tuple[str, ...]
    values: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()


FactBook = Mapping[str, FactDefinition]
