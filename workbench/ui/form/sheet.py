"""The draft in the window: fields write into it, it says what changed, what is wrong and what is not yet kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

import msgspec
from PySide6.QtCore import QObject, Signal

from workbench import clock
from workbench.casework.drafting import FILES
from workbench.forms import values
from workbench.forms.definition import Question, rows
from workbench.models.records import FileRef
from workbench.resources import Text, Words, say
from workbench.ui.form.passages import Passage
from workbench.ui.form.presenter import Opened
from workbench.ui.words import said
from workbench.ui.writing.tools import Tools

Pull = Callable[[], Any]
# How people write what the record keeps in its own way.
_TYPED: dict[Text, Words] = {
    values.A_DAY: Words(
        "Write a day, such as 3 March, 3/3/26 or today.",
        "Ysgrifennwch ddiwrnod, megis 3 Mawrth, 3/3/26 neu heddiw.",
    ),
    values.A_MOMENT: Words(
        "Write a day and a time, such as 3 March and 14:30.",
        "Ysgrifennwch ddiwrnod ac amser, megis 3 Mawrth a 14:30.",
    ),
    values.A_WHOLE_NUMBER: Words("Write a whole number.", "Ysgrifennwch rif cyfan."),
    values.A_NUMBER: Words("Write a number, such as 12.5.", "Ysgrifennwch rif, megis 12.5."),
}


class Sheet(QObject):
    """One form being filled in.

    `changed` tells the path of an answer that was settled, `focused` the one the cursor came to,
    `wrote` that something is being typed, `rested` that the cursor has left a field, `grew` that a row was
    opened and has fields now. `wants_evidence`,
    `wants_row` and `wants_file` name the place that asks.
    """

    changed = Signal(str)
    focused = Signal(str)
    wrote = Signal()
    rested = Signal()
    grew = Signal()
    wants_evidence = Signal(str)
    wants_row = Signal(str)
    wants_file = Signal(str, str, object)

    def __init__(self, opened: Opened, tools: Tools, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.opened = opened
        self.session = opened.session
        self.form = opened.form
        self.language = opened.language
        self.tools = tools
        self.files: dict[str, FileRef] = {ref.sha256: ref for ref in opened.files}
        self.dragged: tuple[Passage, int, int] | None = None
        self.unkept: set[str] = set()
        self.unkept_marks = False
        self._typing: dict[str, Pull] = {}
        self._due: set[str] = set()
        self._all_due = False
        self._draft: dict[str, Any] | None = None
        self._errors: dict[str, str] | None = None

    def say(self, text: Text, **parts: object) -> str:
        """A fixed text in the language of the form, with its parts filled in where it has some."""
        return said(text, self.language, **parts)

    def today(self) -> date:
        """The Europe/London day."""
        return clock.today(self.opened.clock)

    # Answers

    @property
    def draft(self) -> dict[str, Any]:
        """Everything written so far; not to be changed."""
        if self._draft is None:
            self._draft = self.session.draft()
        return self._draft

    def value(self, path: str) -> Any:
        """The answer at a path; None where there is none."""
        return at(self.draft, path)

    def answer(self, path: str, value: Any) -> None:
        """Puts an answer down (None takes it away)."""
        if value == self.value(path):
            return
        self.session.answer(path, value)
        self._settled(path)

    def typing(self, path: str, pull: Pull) -> None:
        """Notes that a field is being written in; `pull` gives its answer once the writer pauses."""
        self._typing[path] = pull
        self.wrote.emit()

    def settle(self) -> None:
        """Takes what is being written as it stands."""
        while self._typing:
            path, pull = self._typing.popitem()
            self.answer(path, pull())

    def add_row(self, path: str) -> str:
        """Adds a row to a list and gives its id."""
        made = self.session.add_row(path)
        self._settled(path)
        return made

    def put_rows(self, path: str, held: list[Any] | None) -> None:
        """Puts a whole list down: after a row was taken out, or put back."""
        self._typing = {at: pull for at, pull in self._typing.items() if not at.startswith(f"{path}/")}
        self.session.answer(path, held)
        self._settled(path)

    def add_file(self, ref: FileRef) -> None:
        """Takes a file that now lies in the store."""
        self.files[ref.sha256] = ref
        self.unkept.add(FILES)

    def _settled(self, path: str) -> None:
        self.unkept.add(path.split("/", maxsplit=1)[0])
        self._draft = self._errors = None
        self.changed.emit(path)
        self.wrote.emit()

    def taken(self) -> tuple[dict[str, Any], dict[str, tuple[str, ...]]]:
        """What is not kept yet, which then counts as kept: answers (None where one was taken away) and marks."""
        self.settle()
        answers = {name: self.draft.get(name) for name in sorted(self.unkept - {FILES})}
        if FILES in self.unkept:
            answers[FILES] = [msgspec.to_builtins(ref) for ref in self.files.values()]
        marks = self.session.own_marks() if self.unkept_marks else {}
        self.unkept, self.unkept_marks = set(), False
        return answers, marks

    def give_back(self, names: Iterable[str], *, marks: bool) -> None:
        """Counts answers as not kept again: keeping them failed."""
        self.unkept.update(names)
        self.unkept_marks = self.unkept_marks or marks

    def everything(self) -> None:
        """Counts every answer as not kept: what an empty form starts from belongs to its draft too."""
        self.unkept.update(self.draft)
        self.unkept_marks = True

    # What is asked, wrong, marked

    def visible(self, path: str) -> bool:
        """Whether the question at a path is asked."""
        return self.session.visible(path)

    def answered(self, question: Question) -> bool:
        """Whether a question that is asked has an answer that would be signed."""
        return question.id in self.draft and self.visible(question.id)

    def needed(self, question: Question) -> bool:
        """Whether signing needs an answer; not where nobody can tell yet whether the question matters."""
        if not self.visible(question.id) or question.required == "no":
            return False
        sure = question.required == "yes" and not question.show_when
        return (
            sure
            or question.id in self.draft
            or any(path.split("/")[0] == question.id for path in self.errors())
        )

    def errors(self) -> dict[str, str]:
        """What stands between the draft and signing, by path."""
        if self._errors is None:
            self._errors = {}
            for gap in self.session.missing():
                says = _TYPED.get(gap.says, gap.says)
                self._errors.setdefault(gap.path, say(says, self.language))
        return self._errors

    def left(self, path: str) -> None:
        """A field was left: what is wrong with it may be said; that it is empty may not."""
        self._due.add(path)

    def all_due(self) -> None:
        """Everything that is missing may be said."""
        self._all_due = True

    def error(self, path: str) -> str:
        """What is to be said about a path now; empty where nothing is."""
        said = self.errors().get(path, "")
        if not said or self._all_due:
            return said
        return said if path in self._due and self.value(path) is not None else ""

    def wrong_on(self, names: Iterable[str]) -> bool:
        """Whether any of these questions has something wrong that may be said."""
        wanted = set(names)
        return any(self.error(path) for path in self.errors() if path.split("/")[0] in wanted)

    def missing_on(self, names: Iterable[str]) -> int:
        """How many things still stand between these questions and signing."""
        wanted = set(names)
        return sum(path.split("/")[0] in wanted for path in self.errors())

    def marks(self, question: Question) -> tuple[str, ...]:
        """The marks that an answer bears beyond those of the whole form."""
        found = {*self.session.marks().get(question.id, ()), *question.marks}
        found.update(self.session.own_marks().get(question.id, ()))
        return tuple(mark for mark in sorted(found) if mark not in self.form.marks)

    def mark(self, path: str, mark: str) -> None:
        """Adds an author's mark."""
        self.session.mark(path, (mark,))
        self.unkept_marks = True
        self.unkept.add(path.split("/", maxsplit=1)[0])
        self.changed.emit(path)
        self.wrote.emit()

    def name(self, id: str) -> str:
        """The words of an id that an answer holds."""
        return self.opened.names.get(id, id)


def at(answers: Any, path: str) -> Any:
    """What answers hold at a path; None where there is nothing."""
    held = answers
    for part in path.split("/"):
        if isinstance(held, list):
            held = next((row for row in rows(held) if row.get("id") == part), None)
        else:
            held = held.get(part) if isinstance(held, dict) else None
    return held
