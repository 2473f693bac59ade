"""A factor on one page: the rating in words, what is known, what changed, the evidence, what manages it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from workbench.forms.definition import Question, rows
from workbench.resources import Words
from workbench.ui.form import words
from workbench.ui.form.base import Field
from workbench.ui.form.choices import RadioField
from workbench.ui.form.lists import EvidenceField
from workbench.ui.form.options import Tick
from workbench.ui.form.sheet import Sheet
from workbench.ui.form.texts import NarrativeField
from workbench.ui.form.wrong import Wrong
from workbench.ui.look.look import in_force
from workbench.ui.widgets.buttons import Button
from workbench.ui.widgets.flow import column, empty
from workbench.ui.widgets.text import Label

_NONE = Words("No action is recorded yet.", "Nid oes cam gweithredu wedi'i gofnodi eto.")
_ADD = Words("Add an action", "Ychwanegu cam gweithredu")
_ADD_HERE = Words("Add an action for this factor", "Ychwanegu cam gweithredu ar gyfer y ffactor hwn")
_NO_WORDS = Words("An action without words yet", "Cam gweithredu heb eiriau eto")
_EARLIER = Words("An action of an earlier version", "Cam gweithredu o fersiwn gynharach")
_LAST_TIME = Words("Last time: {rating}, {day}.", "Y tro diwethaf: {rating}, {day}.")
_RATING = Words("How does it stand now?", "Sut mae'n sefyll nawr?")
_KNOWN = Words("What is known now", "Yr hyn sy'n hysbys nawr")
_KNOWN_FIRST = Words(
    "Write this before you choose a word for the rating.", "Ysgrifennwch hwn cyn dewis gair ar gyfer y sgôr."
)
_EVIDENCE = Words("Evidence", "Tystiolaeth")
_EACH_POINT = Words(
    "Each point with where it was learnt and how far it was checked.",
    "Pob pwynt: o ble y daeth, a pha mor bell y cafodd ei wirio.",
)
_CHANGED = Words("What has changed", "Yr hyn sydd wedi newid")
_ONE_SENTENCE = Words(
    "One sentence: what is different, and how you know. If nothing is, say how you checked.",
    "Un frawddeg: beth sy'n wahanol, a sut rydych yn gwybod. Os nad oes dim, dywedwch sut y gwnaethoch wirio.",
)
_MANAGED = Words("What manages it", "Yr hyn sy'n ei reoli")
_BUILDS = Words(
    "Or what builds on it, where it protects.", "Neu'r hyn sy'n adeiladu arno, lle mae'n diogelu."
)


class ManagedField(Field):
    """The actions that manage a factor: of this form, and of plans signed before."""

    def __init__(self, sheet: Sheet, question: Question, path: str, parent: QWidget | None = None) -> None:
        super().__init__(sheet, question, path, parent)
        self._factor = path.split("/", maxsplit=1)[0].replace("_", "-")
        self._list = column(gap=2)
        self._shown: tuple[tuple[str, str], ...] | None = None
        self._boxes: dict[str, Tick] = {}
        self.body.addLayout(self._list)
        self._none = Label(sheet.say(_NONE), "quiet", parent=self)
        self.body.addWidget(self._none)
        place = next((each.id for each in sheet.form.questions() if each.kind == "actions"), "")
        self._place = place
        if place:
            self._add = Button(sheet.say(_ADD), self._add_action, icon="plus", parent=self)
            self._add.setAccessibleName(sheet.say(_ADD_HERE))
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
        language, nothing = self.sheet.language, self.sheet.say(_NO_WORDS)
        for each in rows(self.sheet.value(self._place)) if question else ():
            assert question is not None
            found[str(each.get("id"))] = words.answer(question, [each], {}, language) or nothing
        found.update({each.id: each.words for each in self.sheet.opened.actions})
        for key in self.sheet.value(self.path) or []:
            found.setdefault(str(key), self.sheet.say(_EARLIER))
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
        self.body.setSpacing(in_force().gap(18))
        self.body.setContentsMargins(0, in_force().gap(10), 0, 0)

        def part(id_: str, ask: Words, kind: Any = "text") -> Question:
            return Question(id=id_, kind=kind, ask=sheet.say(ask), sources=question.sources)

        rating = part("rating", _RATING)
        before = sheet.opened.before
        told = before.words.get(question.id, "").split("\n")[0] if before else ""
        stood = sheet.say(_LAST_TIME, rating=told, day=before.on) if before and told else ""
        self.rating = RadioField(sheet, rating, f"{path}/rating", choices=words.options(question))
        self.known = NarrativeField(sheet, part("known", _KNOWN), f"{path}/known")
        self.changed = NarrativeField(sheet, part("changed", _CHANGED), f"{path}/changed", least=2)
        self.evidence = EvidenceField(sheet, part("evidence", _EVIDENCE, "evidence"), f"{path}/evidence")
        self.managed = ManagedField(sheet, part("managed_by", _MANAGED), f"{path}/managed_by")
        self._parts: list[tuple[Field, Wrong]] = []
        for field, guide in (
            (self.known, sheet.say(_KNOWN_FIRST)),
            (self.evidence, sheet.say(_EACH_POINT)),
            (self.changed, sheet.say(_ONE_SENTENCE)),
            (self.rating, stood),
            (self.managed, sheet.say(_BUILDS)),
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
