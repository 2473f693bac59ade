"""The small panel in which short forms are written and changed."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QWidget

from workbench.errors import BadInput
from workbench.ui.look.look import in_force
from workbench.ui.widgets.buttons import Button
from workbench.ui.widgets.flow import Flow, column
from workbench.ui.widgets.inputs import PlainField
from workbench.ui.widgets.text import Label
from workbench.ui.writing.snippets import as_text, from_text


class ShortForms(QFrame):
    """One line for each short form; `keeps` gives them all."""

    keeps = Signal(object)

    def __init__(self, snippets: Mapping[str, str], parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("floating", "true")
        self.setAccessibleName("Short forms")
        lines = column(self, gap=8, margin=16)
        lines.addWidget(Label("Short forms", "heading"))
        lines.addWidget(Label("Write ;dna and a space in any field, and it is written out.", "quiet"))
        self.field = PlainField("Short forms, one a line")
        self.field.setPlainText(as_text(snippets))
        lines.addWidget(self.field, 1)
        self._says = Label("One a line: dna = Did not attend.", "small")
        lines.addWidget(self._says)
        holder = QWidget()
        flow = Flow(holder, gap=8)
        flow.addWidget(Button("Keep", self._keep, kind="primary"))
        flow.addWidget(Button("Leave as they were", self.hide))
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
            self.keeps.emit(from_text(self.field.toPlainText()))
        except BadInput as error:
            self.refuse(error.sentence())
