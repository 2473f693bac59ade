"""A factor on one page: the rating in words, what is known, what changed, the evidence, what manages it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from workbench.forms.definition import Question, rows
from workbench.ui.form import words
from workbench.ui.form.base import Field
from workbench.ui.form.choices import RadioField
from workbench.ui.form.lists import EvidenceField
from workbench.ui.form.options import Tick
from workbench.ui.form.sheet import Sheet
from workbench.ui.form.texts import NarrativeField
from workbench.ui.form.wrong import Wrong
from workbench.ui.widgets.buttons import Button
from workbench.ui.widgets.flow import column, empty
from workbench.ui.widgets.text import Label

CHANGED = "One sentence: what is different, and how you know. If nothing is, say how you checked."


class ManagedField(Field):
    """The actions that manage a factor: of this form, and of plans signed before."""

    def __init__(self, sheet: Sheet, question: Question, path: str, parent: QWidget | None = None) -> None:
        super().__init__(sheet, question, path, parent)
        self._factor = path.split("/", maxsplit=1)[0].replace("_", "-")
        self._list = column(gap=2)
        self._shown: tuple[tuple[str, str], ...] | None = None
        self._boxes: dict[str, Tick] = {}
        self.body.addLayout(self._list)
        self._none = Label("No action is recorded yet.", "quiet", parent=self)
        self.body.addWidget(self._none)
        place = next((each.id for each in sheet.form.questions() if each.kind == "actions"), "")
        self._place = place
        if place:
            self._add = Button("Add an action", self._add_action, icon="plus", parent=self)
            self._add.setAccessibleName("Add an action for this factor")
            self.watch(self._add)
            self.body.addWidget(self._add, 0, Qt.AlignmentFlag.AlignLeft)

    def show_value(self) -> None:
        """Shows the actions there are, those that manage this factor ticked."""
        found = self._offered()
        if tuple(found.items()) != self._shown:
            self._shown = tuple(found.items())
            empty(self._list)
            self._boxes = {}
            for key, told in found.items():
                option = Tick(told, self)
                option.clicked.connect(lambda _=False: self.settled())
                self.watch(option)
                self._list.addWidget(option)
                self._boxes[key] = option
        held = self.sheet.value(self.path) or []
        for key, box in self._boxes.items():
            box.setChecked(key in held)
        self._none.setVisible(not found)

    def refresh(self) -> None:
        """Follows the actions of this form."""
        self.show_value()

    def value(self) -> list[str] | None:
        """The ids of the actions ticked."""
        return [key for key, box in self._boxes.items() if box.isChecked()] or None

    def inputs(self) -> list[QWidget]:
        """The actions, then the button that adds one."""
        return [*self._boxes.values(), *([self._add] if self._place else [])]

    def _offered(self) -> Mapping[str, str]:
        found: dict[str, str] = {}
        question = self.sheet.form.question(self._place) if self._place else None
        for each in rows(self.sheet.value(self._place)) if question else ():
            assert question is not None
            found[str(each.get("id"))] = words.answer(question, [each], {}) or "An action without words yet"
        found.update({each.id: each.words for each in self.sheet.opened.actions})
        for key in self.sheet.value(self.path) or []:
            found.setdefault(str(key), "An action of an earlier version")
        return found

    def _add_action(self) -> None:
        row_id = self.sheet.add_row(self._place)
        self.sheet.answer(f"{self._place}/{row_id}/answers", [self._factor])
        held = self.sheet.value(self.path) or []
        self.sheet.answer(self.path, [*held, row_id])
        self.sheet.wants_row.emit(f"{self._place}/{row_id}/what")


class FactorField(Field):
    """All of a factor, one below the other."""

    def __init__(self, sheet: Sheet, question: Question, path: str, parent: QWidget | None = None) -> None:
        super().__init__(sheet, question, path, parent)
        self.body.setSpacing(18)

        def part(id_: str, ask: str, kind: Any = "text") -> Question:
            return Question(id=id_, kind=kind, ask=ask, sources=question.sources)

        rating = part("rating", "How does it stand now?")
        before = sheet.opened.before
        told = before.words.get(question.id, "").split("\n")[0] if before else ""
        stood = f"Last time: {told}, {before.on}." if before and told else ""
        self.rating = RadioField(sheet, rating, f"{path}/rating", choices=words.options(question))
        self.known = NarrativeField(sheet, part("known", "What is known now"), f"{path}/known")
        self.changed = NarrativeField(sheet, part("changed", "What has changed"), f"{path}/changed", least=2)
        self.evidence = EvidenceField(sheet, part("evidence", "Evidence", "evidence"), f"{path}/evidence")
        self.managed = ManagedField(sheet, part("managed_by", "What manages it"), f"{path}/managed_by")
        self._parts: list[tuple[Field, Wrong]] = []
        for field, guide in (
            (self.known, "Write this before you choose a word for the rating."),
            (self.evidence, "Each point with where it was learnt and how far it was checked."),
            (self.changed, CHANGED),
            (self.rating, stood),
            (self.managed, "Or what builds on it, where it protects."),
        ):
            self._add_part(field, guide)

    def show_value(self) -> None:
        """Shows what the sheet holds."""
        for field, _ in self._parts:
            field.show_value()

    def inputs(self) -> list[QWidget]:
        """Everything that takes keys, in order."""
        return [widget for field, _ in self._parts for widget in field.inputs()]

    def say_wrong(self, says: str) -> None:
        """Each part says for itself what is wrong with it."""

    def refresh(self) -> None:
        """Follows the sheet."""
        for field, wrong in self._parts:
            says = self.sheet.error(field.path)
            wrong.say(says)
            field.say_wrong(says)
            field.refresh()

    def reveal(self, path: str) -> QWidget | None:
        """The part at a path."""
        for field, _ in self._parts:
            if path.startswith(field.path):
                return field.reveal(path)
        return self.first()

    def _add_part(self, field: Field, guide: str) -> None:
        holder = QWidget(self)
        lines = column(holder, gap=4)
        lines.addWidget(Label(field.name, "strong", parent=holder))
        if guide:
            lines.addWidget(Label(guide, "quiet", parent=holder))
        wrong = Wrong(holder)
        lines.addWidget(wrong)
        lines.addWidget(field)
        self.body.addWidget(holder)
        self._parts.append((field, wrong))
