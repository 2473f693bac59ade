"""Which field answers which kind of question."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from workbench.forms.definition import Question
from workbench.resources import Words
from workbench.ui.form import words
from workbench.ui.form.base import Field
from workbench.ui.form.choices import FEW, ListField, ManyField, RadioField
from workbench.ui.form.days import DayField, MomentField
from workbench.ui.form.files import FileField
from workbench.ui.form.sheet import Sheet
from workbench.ui.form.texts import (
    ComputedField,
    NarrativeField,
    NumberField,
    RowTextField,
    ShownField,
    TextField,
)

_NOBODY = Words(
    "Nobody is recorded around the person yet.", "Nid oes neb wedi'i gofnodi o amgylch y person eto."
)
_NO_ADDRESS = Words("No address is recorded yet.", "Nid oes cyfeiriad wedi'i gofnodi eto.")
_PLAIN: dict[str, type[Field]] = {
    "text": TextField,
    "narrative": NarrativeField,
    "number": NumberField,
    "day": DayField,
    "moment": MomentField,
    "yes-no": RadioField,
    "yes-no-unknown": RadioField,
    "any-of": ManyField,
    "file": FileField,
    "shown": ShownField,
    "computed": ComputedField,
}


def field(
    sheet: Sheet, question: Question, path: str, parent: QWidget | None = None, *, inside: bool = False
) -> Field:
    """The field of a question; `inside` a row, where there is less room."""
    from workbench.ui.form.factor import FactorField
    from workbench.ui.form.lists import ActionsField, EvidenceField
    from workbench.ui.form.rows import RepeatField

    rows: dict[str, type[Field]] = {
        "repeat": RepeatField,
        "evidence": EvidenceField,
        "actions": ActionsField,
        "factor": FactorField,
    }
    if question.kind in rows:
        return rows[question.kind](sheet, question, path, parent)
    if question.kind == "one-of":
        few = len(question.options) <= FEW and not (inside and len(question.options) > 3)
        return RadioField(sheet, question, path, parent) if few else ListField(sheet, question, path, parent)
    if question.kind == "person":
        nothing = sheet.say(_NOBODY)
        return ListField(sheet, question, path, parent, choices=sheet.session.known.people, nothing=nothing)
    if question.kind == "place":
        nothing = sheet.say(_NO_ADDRESS)
        return ListField(sheet, question, path, parent, choices=sheet.session.known.places, nothing=nothing)
    if question.kind == "agency":
        return ListField(sheet, question, path, parent, choices=words.agencies(sheet.language))
    if question.kind == "text" and inside:
        return RowTextField(sheet, question, path, parent)
    if question.kind == "narrative" and inside:
        return NarrativeField(sheet, question, path, parent, least=2)
    return _PLAIN[question.kind](sheet, question, path, parent)
