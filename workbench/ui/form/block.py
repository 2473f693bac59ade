"""One question as it stands on the page: its words, guidance, what is known, its field, what is wrong, its marks."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QSizePolicy, QWidget

from workbench.forms.definition import Question
from workbench.models.records import MARKS
from workbench.resources import Words, say
from workbench.ui.form import words
from workbench.ui.form.base import Field
from workbench.ui.form.known import Known
from workbench.ui.form.make import field as make_field
from workbench.ui.form.sheet import Sheet
from workbench.ui.form.wrong import Wrong
from workbench.ui.widgets.buttons import Button
from workbench.ui.widgets.flow import Flow, column, row
from workbench.ui.widgets.panels import Icon
from workbench.ui.widgets.text import Label, Pill

KEPT = Words(
    "Kept in the draft, not signed: an earlier answer leaves this question out.",
    "Mae'n aros yn y drafft, heb ei lofnodi: mae ateb cynharach yn gadael y cwestiwn hwn allan.",
)
_MARK = Words("Mark this answer", "Marcio'r ateb hwn")
_NEEDED = Words("needed", "gofynnol")
_MORE = Words("And {count} more under Known.", "A {count} arall o dan Hysbys.")


class Marking(QWidget):
    """The marks an answer bears, and the menu that adds one."""

    def __init__(self, sheet: Sheet, question: Question, path: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sheet, self._question, self._path = sheet, question, path
        self._shown: tuple[str, ...] = ()
        line = row(self, gap=6)
        holder = QWidget(self)
        self._flow = Flow(holder, gap=6)
        line.addWidget(holder, 1, Qt.AlignmentFlag.AlignVCenter)
        self._pills: dict[str, Pill] = {}
        does = sheet.say(_MARK)
        self._button = Button(does, self.open, icon="flag", kind="icon", tint="quiet", parent=self)
        self._button.setAccessibleName(f"{does}: {words.asks(question)}")
        # Between any two questions it would cost a stroke each: Ctrl+M opens it where one writes.
        self._button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._button.setToolTip(f"{does} (Ctrl+M)")
        line.addWidget(self._button, 0, Qt.AlignmentFlag.AlignTop)

    def refresh(self) -> None:
        """Shows the marks as they stand."""
        found = self._sheet.marks(self._question)
        if found == self._shown:
            return
        # What an author adds stays; what a source brings goes with it.
        fresh = [mark for mark in found if mark not in self._pills]
        for mark in fresh:
            self._pills[mark] = Pill(
                words.mark(mark, self._sheet.language), "info", self._flow.parentWidget()
            )
            self._flow.addWidget(self._pills[mark])
        for mark, pill in self._pills.items():
            pill.setVisible(mark in found)
        self._shown = found

    def menu(self) -> QMenu:
        """Every mark; those there already are ticked and stay, for marks are only ever added."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        held = {*self._sheet.marks(self._question), *self._sheet.form.marks}
        for mark in MARKS:
            action = QAction(words.mark_says(mark, self._sheet.language), menu)
            action.setCheckable(True)
            action.setChecked(mark in held)
            action.setEnabled(mark not in held)
            action.triggered.connect(lambda _=False, mark=mark: self._sheet.mark(self._path, mark))
            menu.addAction(action)
        return menu

    def open(self) -> None:
        """Opens the menu; it closes by itself."""
        self.menu().popup(self._button.mapToGlobal(self._button.rect().bottomLeft()))


class Block(QFrame):
    """A question on a page."""

    def __init__(
        self, sheet: Sheet, question: Question, parent: QWidget | None = None, *, titled: bool = True
    ) -> None:
        super().__init__(parent)
        self.sheet, self.question = sheet, question
        self._titled = titled
        self._seen = False
        # What is made is shown with its page; only a change is told to Qt, which is slow to hear it.
        self.shown = self._needs = True
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        lines = column(self, gap=5)
        self._marking = Marking(sheet, question, question.id, self)
        self._needed: Label | None = None
        lines.addLayout(self._heading())
        if titled and say(question.guide):
            lines.addWidget(Label(say(question.guide), "quiet", parent=self))
        known = sheet.opened.known.get(question.id, ())
        if known and question.kind not in ("shown", "repeat", "evidence", "actions", "factor"):
            lines.addWidget(Beside(sheet, known, self))
        self._kept: Label | None = None
        self._wrong = Wrong(self)
        self.field: Field = make_field(sheet, question, question.id, parent=self)
        self.field.show_value()
        lines.addWidget(self._wrong)
        lines.addWidget(self.field)
        self._lines = lines

    def refresh(self) -> None:
        """Follows the sheet: asked or not, wrong or not, its marks.

        An answered question that an earlier answer leaves out stays in sight, greyed, until the page is left.
        """
        asked = self.sheet.visible(self.question.id)
        self._seen = self._seen or asked
        ghost = not asked and self._seen and self.question.id in self.sheet.draft
        if self.shown != (asked or ghost):
            self.shown = asked or ghost
            self.setVisible(self.shown)
        self._say_kept(ghost)
        self.field.setEnabled(asked)
        self._marking.setEnabled(asked)
        if self._needed is not None and self._needs != self.sheet.needed(self.question):
            self._needs = not self._needs
            self._needed.setVisible(self._needs)
        says = self.sheet.error(self.question.id) if asked else ""
        self._wrong.say(says)
        self.field.say_wrong(says)
        self._marking.refresh()
        self.field.refresh()

    def mark(self) -> None:
        """Opens the menu of marks."""
        self._marking.open()

    def leave(self) -> None:
        """The page is left: what is not asked goes out of sight."""
        self._seen = self.sheet.visible(self.question.id)
        self.refresh()

    def _say_kept(self, ghost: bool) -> None:
        if ghost and self._kept is None:
            self._kept = Label(self.sheet.say(KEPT), "small", parent=self)
            self._lines.insertWidget(self._lines.indexOf(self._wrong), self._kept)
        if self._kept is not None:
            self._kept.setVisible(ghost)

    def _heading(self) -> QHBoxLayout:
        head = row(gap=8)
        role = "heading" if self._titled else "quiet"
        told = words.asks(self.question) if self._titled else say(self.question.guide)
        head.addWidget(Label(told, role, parent=self), 1)
        if self.question.required != "no":
            self._needed = Label(self.sheet.say(_NEEDED), "small", wrap=False, parent=self)
            self._needed.setMinimumHeight(self._marking.sizeHint().height())
            head.addWidget(self._needed, 0, Qt.AlignmentFlag.AlignTop)
        if self.question.kind not in ("shown", "computed"):
            head.addWidget(self._marking, 0, Qt.AlignmentFlag.AlignTop)
        else:
            self._marking.hide()
        return head


class Beside(QWidget):
    """What is known already about a question, with its source."""

    def __init__(self, sheet: Sheet, known: Sequence[Known], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        line = row(self, gap=6)
        first, more = known[0], len(known) - 1
        line.addWidget(Icon("info", "info", 16, self))
        others = f" {sheet.say(_MORE, count=more)}" if more else ""
        told = f"{first.what}: {first.value}. {first.source}.{others}"
        line.addWidget(Label(told, "small", parent=self), 1)
