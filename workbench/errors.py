"""Two kinds of failure: what the world did (`Expected`, shown as a sentence) and our own bugs (all else).

Expected
├── BadInput       what somebody gave us cannot be read or is not allowed; `place` says where
├── NotFound       no such case, entry, form, rule or report
├── Ambiguous      several cases carry this CRN; the ids are listed
├── Refused        the record or its rules do not allow this act
├── StoreProblem   the store cannot be opened or written; `kind` says which of the known reasons
└── BadDefinition  a form, rule, fact list or template shipped with the program is wrong
"""

from __future__ import annotations


class Expected(Exception):
    """A failure we know: `says` is a sentence for the user, `next_step` what to do about it."""

    def __init__(self, says: str, next_step: str = "") -> None:
        super().__init__(says)
        self.says = says
        self.next_step = next_step

    def sentence(self) -> str:
        """The whole message on one line, as the command line prints it."""
        return f"{self.says} {self.next_step}".strip()


class BadInput(Expected):
    """Input from outside that cannot be taken; `place` is a path or a line in it."""

    def __init__(self, says: str, place: str = "", next_step: str = "") -> None:
        super().__init__(f"{place}: {says}" if place else says, next_step)
        self.place = place


class NotFound(Expected):
    """What was asked for by name is not here."""


class Ambiguous(Expected):
    """More than one case answers to this CRN; `ids` lists them."""

    def __init__(self, says: str, ids: tuple[str, ...], next_step: str = "") -> None:
        super().__init__(says, next_step)
        self.ids = ids


class Refused(Expected):
    """An act that the record or its rules do not allow."""


class StoreProblem(Expected):
    """The store cannot be opened or written; `kind` is one of a short list of known reasons."""

    def __init__(self, kind: str, says: str, next_step: str = "") -> None:
        super().__init__(says, next_step)
        self.kind = kind


class BadDefinition(Expected):
    """A data file of the program is wrong; `file` and `line` (1-based, 0 = unknown) say where."""

    def __init__(self, says: str, file: str = "", line: int = 0) -> None:
        where = f"{file}:{line}" if file and line else file
        super().__init__(f"{where}: {says}" if where else says)
        self.file = file
        self.line = line
