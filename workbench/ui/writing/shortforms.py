"""The small panel in which short forms are written and changed."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QWidget

from workbench.errors import BadInput
from workbench.resources import Words, say
from workbench.ui.look.look import in_force
from workbench.ui.widgets.buttons import Button
from workbench.ui.widgets.flow import Flow, column
from workbench.ui.widgets.inputs import PlainField
from workbench.ui.widgets.text import Label
from workbench.ui.writing.snippets import as_text, from_text

_TITLE = Words("Short forms", "Byrfoddau")
_WRITE = Words(
    "Write ;dna and a space in any field, and it is written out.",
    "Ysgrifennwch ;dna a bwlch mewn unrhyw faes, a chaiff ei ysgrifennu'n llawn.",
)
_FIELD = Words("Short forms, one a line", "Byrfoddau, un i bob llinell")
_EACH = Words("One a line: dna = Did not attend.", "Un i bob llinell: dna = Heb ddod.")
_KEEP = Words("Keep", "Cadw")
_LEAVE = Words("Leave as they were", "Eu gadael fel yr oeddent")


class ShortForms(QFrame):
    """One line for each short form; `keeps` gives them all."""

    keeps = Signal(object)

    def __init__(self, snippets: Mapping[str, str], parent: QWidget, language: str = "en") -> None:
        super().__init__(parent)
        self.setProperty("floating", "true")
        self._language = language
        self.setAccessibleName(say(_TITLE, language))
        lines = column(self, gap=8, margin=16)
        lines.addWidget(Label(say(_TITLE, language), "heading"))
        lines.addWidget(Label(say(_WRITE, language), "quiet"))
        self.field = PlainField(say(_FIELD, language))
        self.field.setPlainText(as_text(snippets))
        lines.addWidget(self.field, 1)
        self._says = Label(say(_EACH, language), "small")
        lines.addWidget(self._says)
        holder = QWidget()
        flow = Flow(holder, gap=8)
        flow.addWidget(Button(say(_KEEP, language), self._keep, kind="primary"))
        flow.addWidget(Button(say(_LEAVE, language), self.hide))
        lines.addWidget(holder)

    def open_over(self, screen: QWidget) -> None:
        """Shows it in the middle of a screen."""
        look = in_force()
        width, height = min(screen.width() - look.px(24), look.px(560)), min(screen.height(), look.px(420))
        self.setGeometry((screen.width() - width) // 2, (screen.height() - height) // 3, width, height)
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def refuse(self, says: str) -> None:
        """Says what is wrong."""
        self._says.say(says)
        self._says.setProperty("tone", "danger")
        self._says.style().polish(self._says)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves them as they were."""
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)

    def _keep(self) -> None:
        try:
            self.keeps.emit(from_text(self.field.toPlainText(), self._language))
        except BadInput as error:
            self.refuse(error.sentence())
