"""The table of what other systems hold of an entry: under which type and outcome, and which answers are copied."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from workbench import resources
from workbench.resources import YesNo
from workbench.rules.files import AudienceFile


class Code(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A type or outcome of another system; `code` is empty where only its words are known."""

    means: str = ""
    code: str = ""
    source: str = ""


class Coded(Code, frozen=True, forbid_unknown_fields=True):
    """A code for every entry of a form, or one by the answer to a question; then its own holds for the rest."""

    by: str = ""
    codes: dict[str, Code] = {}

    def of(self, answers: Mapping[str, Any]) -> Code | None:
        """The code of an entry with these answers; None where the table knows none."""
        found = self.codes.get(str(answers.get(self.by)))
        return found or (Code(self.means, self.code, self.source) if self.means else None)


class When(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The one question that decides whether a system holds an entry; without `answers` any answer will do."""

    question: str
    answers: tuple[str, ...] = ()


class Carry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What one system holds of a form; `copies` are questions, in that system's order."""

    system: str
    copies: tuple[str, ...]
    types: tuple[Coded, ...] = ()
    outcome: Coded | None = None
    when: When | None = None


class System(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Another system: its name, and what its readers may see of an answer with each mark.

    `typed` says whether it holds each entry under a type.
    """

    name: str
    reader: AudienceFile
    typed: YesNo = "yes"


class Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole table; `sources` say where codes were read."""

    systems: dict[str, System]
    sources: dict[str, str]
    forms: dict[str, tuple[Carry, ...]]

    def carry(self, form: str, system: str) -> Carry | None:
        """What a system holds of a form; None where it holds nothing."""
        return next((each for each in self.forms.get(form, ()) if each.system == system), None)


def read() -> Table:
    """The table as shipped."""
    return resources.read(resources.root() / "carrying.yaml").to(Table)
