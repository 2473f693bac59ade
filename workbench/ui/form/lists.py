"""Evidence with its source, and actions with what they answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from workbench.forms.definition import BASES, CHECKED, Question
from workbench.resources import Text, say
from workbench.ui.form import words
from workbench.ui.form.choices import IdsField, ListField
from workbench.ui.form.days import DayField
from workbench.ui.form.part import Part
from workbench.ui.form.passages import Passage
from workbench.ui.form.rows import RowsField
from workbench.ui.form.sheet import Sheet
from workbench.ui.form.texts import NarrativeField, TextField
from workbench.ui.widgets.buttons import Button
from workbench.ui.widgets.flow import row
from workbench.ui.widgets.panels import Icon
from workbench.ui.widgets.text import Label

DRAGGED = "application/x-workbench-passage"


class EvidenceField(RowsField):
    """Points of evidence, each with where it was learnt, on what footing, and how far it was checked."""

    row_word = "Evidence"
    add_words = "Add evidence"

    def __init__(self, sheet: Sheet, question: Question, path: str, parent: QWidget | None = None) -> None:
        super().__init__(sheet, question, path, parent)
        self.setAcceptDrops(True)
        pick = Button("From the record", lambda: sheet.wants_evidence.emit(path), icon="link", parent=self)
        pick.setAccessibleName("Take evidence from the record")
        self.buttons.addWidget(pick)
        self.watch(pick)

    def parts_of(self, row_id: str) -> list[Part]:
        """Its words, then where they come from and how they were checked."""
        sheet, start = self.sheet, f"{self.path}/{row_id}"

        def asked(id_: str, ask: str) -> Question:
            return Question(id=id_, kind="text", ask=ask)

        def listed(id_: str, ask: str, choices: dict[str, str]) -> Part:
            return Part(ListField(sheet, asked(id_, ask), f"{start}/{id_}", choices=choices), ask)

        text = NarrativeField(sheet, asked("text", "What was seen or said"), f"{start}/text", least=2)
        day = Question(id="on", kind="day", ask="When was it?")
        return [
            Part(text, "What was seen or said", wide=True),
            listed("source", "Where was it learnt?", self.sources()),
            listed("basis", "On what footing?", self._words(BASES)),
            Part(DayField(sheet, day, f"{start}/on"), "When was it?"),
            listed("checked", "Was it checked?", self._words(CHECKED)),
            Part(
                TextField(sheet, asked("how", "How was it checked?"), f"{start}/how"), "How was it checked?"
            ),
            Part(
                TextField(sheet, asked("whose", "If a judgement, whose?"), f"{start}/whose"),
                "If a judgement, whose?",
            ),
        ]

    def _words(self, choices: Mapping[str, Text]) -> dict[str, str]:
        return {key: say(told, self.sheet.opened.language) for key, told in choices.items()}

    def beside_parts(self, row_id: str) -> list[QWidget]:
        """Which entry the words were copied from."""
        held = self.sheet.value(f"{self.path}/{row_id}/from")
        if not isinstance(held, dict):
            return []
        holder = QWidget()
        line = row(holder, gap=6)
        line.addWidget(Icon("link", "info", 16))
        told = self.sheet.opened.entries.get(str(held.get("entry")), "an entry of this case")
        line.addWidget(Label(f"Copied from: {told}", "small"), 1)
        return [holder]

    def summary(self, row_id: str) -> str:
        """Its words and its source."""
        held = self.sheet.value(f"{self.path}/{row_id}") or {}
        source = self.sources().get(str(held.get("source")), "")
        told = words.evidence(held, self.sheet.opened.language)
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

    row_word = "Action"
    add_words = "Add an action"

    def parts_of(self, row_id: str) -> list[Part]:
        """What, who, by when, what for, done when, shown by what."""
        sheet, start = self.sheet, f"{self.path}/{row_id}"

        def asked(id_: str, ask: str) -> Question:
            return Question(id=id_, kind="day" if id_ in ("by", "done_on") else "text", ask=ask)

        answers = {each.id: f"{each.words} ({each.kind.lower()})" for each in sheet.opened.answerable}
        entries = sheet.opened.entries
        what = NarrativeField(sheet, asked("what", "What"), f"{start}/what", least=1)
        return [
            Part(what, "What", wide=True),
            Part(TextField(sheet, asked("who", "Who"), f"{start}/who"), "Who"),
            Part(DayField(sheet, asked("by", "By"), f"{start}/by"), "By"),
            Part(DayField(sheet, asked("done_on", "Done on"), f"{start}/done_on"), "Done on"),
            Part(
                IdsField(
                    sheet, asked("answers", "Which factor, condition or person"), f"{start}/answers", answers
                ),
                "Which factor, condition or person does it answer?",
                wide=True,
            ),
            Part(
                IdsField(
                    sheet,
                    asked("shown_by", "Which entry shows that it happened"),
                    f"{start}/shown_by",
                    entries,
                ),
                "Which entry shows that it happened?",
                wide=True,
                when=lambda: sheet.value(f"{start}/done_on") is not None,
            ),
        ]
