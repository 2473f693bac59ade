"""Evidence with its source, and actions with what they answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from workbench.forms.definition import BASES, CHECKED, Question
from workbench.resources import Text, Words, say
from workbench.ui.form import words
from workbench.ui.form.base import Field
from workbench.ui.form.choices import IdsField, ListField
from workbench.ui.form.days import DayField
from workbench.ui.form.part import Part
from workbench.ui.form.passages import Passage
from workbench.ui.form.rows import RowsField
from workbench.ui.form.sheet import Sheet
from workbench.ui.form.texts import NarrativeField, RowTextField
from workbench.ui.widgets.buttons import Button
from workbench.ui.widgets.flow import row
from workbench.ui.widgets.panels import Icon
from workbench.ui.widgets.text import Label

DRAGGED = "application/x-workbench-passage"
_FROM_RECORD = Words("From the record", "O'r record")
_TAKE = Words("Take evidence from the record", "Cymryd tystiolaeth o'r record")
_TEXT = Words("What was seen or said", "Yr hyn a welwyd neu a ddywedwyd")
_SOURCE = Words("Where was it learnt?", "O ble y daeth yr wybodaeth?")
_BASIS = Words("On what footing?", "Ar ba sail?")
_ON = Words("When was it?", "Pryd oedd hyn?")
_CHECKED = Words("Was it checked?", "A gafodd ei wirio?")
_HOW = Words("How was it checked?", "Sut y cafodd ei wirio?")
_WHOSE = Words("If a judgement, whose?", "Os barn ydyw, barn pwy?")
_COPIED = Words("Copied from: {entry}", "Copïwyd o: {entry}")
_AN_ENTRY = Words("an entry of this case", "cofnod o'r achos hwn")
_WHAT = Words("What", "Beth")
_WHO = Words("Who", "Pwy")
_BY = Words("By", "Erbyn")
_DONE_ON = Words("Done on", "Gwnaed ar")
_ANSWERS = Words(
    "Which factor, condition or person does it answer?", "Pa ffactor, amod neu unigolyn y mae'n ei ateb?"
)
_SHOWN_BY = Words("Which entry shows that it happened?", "Pa gofnod sy'n dangos iddo ddigwydd?")


class EvidenceField(RowsField):
    """Points of evidence, each with where it was learnt, on what footing, and how far it was checked."""

    row_word = Words("Evidence", "Tystiolaeth")
    add_words = Words("Add evidence", "Ychwanegu tystiolaeth")

    def __init__(self, sheet: Sheet, question: Question, path: str, parent: QWidget | None = None) -> None:
        super().__init__(sheet, question, path, parent)
        self.setAcceptDrops(True)
        asks = sheet.wants_evidence
        pick = Button(sheet.say(_FROM_RECORD), lambda: asks.emit(path), icon="link", parent=self)
        pick.setAccessibleName(sheet.say(_TAKE))
        self.buttons.addWidget(pick)
        self.watch(pick)

    def parts_of(self, row_id: str) -> list[Part]:
        """Its words, then where they come from and how they were checked."""
        sheet, start = self.sheet, f"{self.path}/{row_id}"

        def asked(id_: str, ask: Words) -> Question:
            return Question(id=id_, kind="day" if id_ == "on" else "text", ask=sheet.say(ask))

        def listed(id_: str, ask: Words, choices: dict[str, str]) -> Part:
            return _part(ListField(sheet, asked(id_, ask), f"{start}/{id_}", choices=choices))

        return [
            _part(NarrativeField(sheet, asked("text", _TEXT), f"{start}/text", least=2), wide=True),
            listed("source", _SOURCE, self.sources()),
            listed("basis", _BASIS, self._words(BASES)),
            _part(DayField(sheet, asked("on", _ON), f"{start}/on")),
            listed("checked", _CHECKED, self._words(CHECKED)),
            _part(RowTextField(sheet, asked("how", _HOW), f"{start}/how")),
            _part(RowTextField(sheet, asked("whose", _WHOSE), f"{start}/whose")),
        ]

    def _words(self, choices: Mapping[str, Text]) -> dict[str, str]:
        return {key: self.sheet.say(told) for key, told in choices.items()}

    def beside_parts(self, row_id: str) -> list[QWidget]:
        """Which entry the words were copied from."""
        held = self.sheet.value(f"{self.path}/{row_id}/from")
        if not isinstance(held, dict):
            return []
        holder = QWidget()
        line = row(holder, gap=6)
        line.addWidget(Icon("link", "info", 16))
        told = self.sheet.opened.entries.get(str(held.get("entry"))) or self.sheet.say(_AN_ENTRY)
        line.addWidget(Label(self.sheet.say(_COPIED, entry=told), "small"), 1)
        return [holder]

    def summary(self, row_id: str) -> str:
        """Its words and its source."""
        held = self.sheet.value(f"{self.path}/{row_id}") or {}
        source = self.sources().get(str(held.get("source")), "")
        told = words.evidence(held, self.sheet.language)
        return f"{told} {source}".strip()

    def sources(self) -> dict[str, str]:
        """The sources that this question allows."""
        allowed = self.question.sources
        known = self.sheet.form.known_sources
        return {each.source: say(each.says) for each in known if not allowed or each.source in allowed}

    def take(self, passage: Passage, start: int, end: int) -> None:
        """Adds words of the record as evidence: copied, with the link, and with the marks they bear."""
        row_id = self.sheet.add_row(self.path)
        place = f"{self.path}/{row_id}"
        parts: dict[str, Any] = dict(passage.taken)
        if parts.get("source") not in self.sources():
            parts.pop("source", None)
        parts["text"] = passage.text[start:end].strip()
        parts["from"] = {
            "entry": passage.entry,
            "version": passage.version,
            "path": passage.path,
            "start": start,
            "end": end,
        }
        for name, value in parts.items():
            self.sheet.answer(f"{place}/{name}", value)
        for mark in passage.marks:
            self.sheet.mark(place, mark)
        self.show_value()
        self.reveal(f"{place}/text")

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Takes words of the record."""
        if event.mimeData().hasFormat(DRAGGED) and self.isEnabled():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Adds the words that were dropped."""
        dragged = self.sheet.dragged
        if dragged is not None:
            event.acceptProposedAction()
            self.take(*dragged)


class ActionsField(RowsField):
    """What is to be done: what, who, by when, what it answers, and how we will know that it happened."""

    row_word = Words("Action", "Cam gweithredu")
    add_words = Words("Add an action", "Ychwanegu cam gweithredu")

    def parts_of(self, row_id: str) -> list[Part]:
        """What, who, by when, what for, done when, shown by what."""
        sheet, start = self.sheet, f"{self.path}/{row_id}"

        def asked(id_: str, ask: Words) -> Question:
            return Question(id=id_, kind="day" if id_ in ("by", "done_on") else "text", ask=sheet.say(ask))

        answers = {each.id: f"{each.words} ({each.kind.lower()})" for each in sheet.opened.answerable}
        entries = sheet.opened.entries
        shown_by = IdsField(sheet, asked("shown_by", _SHOWN_BY), f"{start}/shown_by", entries)
        return [
            _part(NarrativeField(sheet, asked("what", _WHAT), f"{start}/what", least=1), wide=True),
            _part(RowTextField(sheet, asked("who", _WHO), f"{start}/who")),
            _part(DayField(sheet, asked("by", _BY), f"{start}/by")),
            _part(DayField(sheet, asked("done_on", _DONE_ON), f"{start}/done_on")),
            _part(IdsField(sheet, asked("answers", _ANSWERS), f"{start}/answers", answers), wide=True),
            Part(
                shown_by,
                shown_by.name,
                wide=True,
                when=lambda: sheet.value(f"{start}/done_on") is not None,
            ),
        ]


def _part(field: Field, *, wide: bool = False) -> Part:
    """A part whose heading is the name of its field."""
    return Part(field, field.name, wide=wide)
